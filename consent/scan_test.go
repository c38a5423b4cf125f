package consent

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
)

func recorded(t testing.TB) [][]byte {
	data, err := os.ReadFile("../testdata/ledgers/2026-11-4a/entries.jsonl")
	require.NoError(t, err)
	return bytes.Split(bytes.TrimSpace(data), []byte("\n"))
}

// alike holds the fast reader to the one that decides: it says yes only to what
// DecodeEntry accepts, and gives the same entry.
func alike(t testing.TB, b []byte, pos uint64, names *canon.Names, scratch *Entry) bool {
	if !scanEntry(b, pos, names, scratch) {
		return false
	}
	want, err := DecodeEntry(b, pos)
	require.NoError(t, err, "%s", b)
	writtenAs(t, b, want, pos)
	got := *scratch
	if len(got.Parts) == 0 {
		got.Parts = nil
	}
	require.Equal(t, *want, got, "%s", b)
	return true
}

// writtenAs holds both ways to write an entry to the bytes it was read from.
func writtenAs(t testing.TB, b []byte, e *Entry, pos uint64) {
	plain, err := canon.Append(nil, e, pos)
	require.NoError(t, err)
	require.Equal(t, string(b), string(plain))
	fast, err := encode(nil, e, pos)
	require.NoError(t, err)
	require.Equal(t, string(b), string(fast))
}

// TestScanEntry: on a real ledger the fast reader reads most entries, each as
// DecodeEntry does; with any byte changed it accepts nothing that DecodeEntry
// refuses.
func TestScanEntry(t *testing.T) {
	var names canon.Names
	var scratch Entry
	fast := 0
	lines := recorded(t)
	for pos, b := range lines {
		if alike(t, b, uint64(pos), &names, &scratch) {
			fast++
		} else {
			slow, err := DecodeEntry(b, uint64(pos))
			require.NoError(t, err)
			writtenAs(t, b, slow, uint64(pos))
		}
	}
	require.Greater(t, fast, len(lines)*3/4)
	for pos, b := range lines {
		if pos%10 != 0 {
			continue
		}
		for i := range b {
			for _, c := range []byte{'"', '0', 'x', '\\', ' ', '}', 0x80} {
				changed := bytes.Clone(b)
				changed[i] = c
				alike(t, changed, uint64(pos), &names, &scratch)
			}
		}
		for i := range b {
			alike(t, b[:i], uint64(pos), &names, &scratch)
		}
	}
}

// answered is an entry with one answer, which says this.
func answered(with string) []byte {
	return []byte(`{"at":1,"by":{"by":"ana"},"do":"consent.respond","events":[{"type":"consent.responded","v":1,"with":{` + with +
		`}}],"format":"sayround/1","id":"c-1","type":"act","v":1}`)
}

// answers say what an answer may say, and whether it is taken.
var answers = []struct {
	with  string
	taken bool
}{
	{`"by":"ana","proposal":"p","response":"consent","version":1`, true},
	{`"by":"ana","proposal":"p","reason":1,"response":"consent","version":1`, true},
	{`"by":"ana","proposal":"p","reason":65535,"version":-3`, true},
	{`"by":"","proposal":"","version":0`, true},
	{`"by":"ana","proposal":"p","reason":"6.2","response":"consent","version":1`, true},
	{`"by":"ana","proposal":"p","response":"consent","strength":2,"version":1`, true},
	{`"by":"é","proposal":"p\\","version":1`, true},
	{`"by":"ana","proposal":"p","reason":0,"version":1`, false},
	{`"by":"ana","proposal":"p","reason":65536,"version":1`, false},
	{`"by":"ana","proposal":"p","reason":"7.1","version":1`, false},
	{`"by":"ana","proposal":"p","response":"","version":1`, false},
	{`"by":"ana","proposal":"p","response":"consent","version":01`, false},
	{`"by":"ana","proposal":"p","response":"consent","version":-0`, false},
	{`"by":"ana","proposal":"p","response":"consent","version":9007199254740992`, false},
	{`"by":"ana","proposal":"p","version":1,"version":1`, false},
	{`"by":"ana","proposal":"p","response":"consent"`, false},
	{`"proposal":"p","by":"ana","version":1`, false},
	{`"by":"ana", "proposal":"p","version":1`, false},
	{`"by":"ana","proposal":"p","version":1}`, false},
}

// TestScanAnswer: the fast reader takes the answers that the other takes, and no others.
func TestScanAnswer(t *testing.T) {
	for _, c := range answers {
		b := answered(c.with)
		for _, names := range []*canon.Names{nil, new(canon.Names)} {
			for range 2 { // the second time the texts are known
				require.Equal(t, c.taken, alike(t, b, 7, names, new(Entry)), c.with)
			}
			_, err := DecodeEntry(b, 7)
			require.Equal(t, c.taken, err == nil, c.with)
		}
	}
}

// TestScanHead: what names more than who acted is read quickly, too, and as DecodeEntry reads it; what is not as an
// entry is written is not.
func TestScanHead(t *testing.T) {
	var c ledger.Commitment
	part := `{"c":"` + c.String() + `","k":"reason"}`
	entry := func(args, parts string) []byte {
		return []byte(`{` + args + `"at":1,"by":{"by":"ana"},"do":"consent.respond","events":[{"type":"consent.responded","v":1,"with":{` +
			answers[0].with + `}}],"format":"sayround/1","id":"c-1",` + parts + `"type":"act","v":1}`)
	}
	for _, row := range []struct {
		args, parts string
		taken       bool
	}{
		{"", "", true},
		{`"args":"x",`, "", true},
		{`"args":"",`, "", false},
		{`"args":x,`, "", false},
		{`"args":"x"`, "", false},
		{"", `"parts":[` + part + `],`, true},
		{"", `"parts":[` + part + `,` + part + `],`, true},
		{"", `"parts":[` + strings.Repeat(part+",", ledger.MaxParts-1) + part + `],`, true},
		{"", `"parts":[` + strings.Repeat(part+",", ledger.MaxParts) + part + `],`, false},
		{"", `"parts":[` + part + `,],`, false},
		{"", `"parts":[],`, false},
		{"", `"parts":],`, false},
		{"", `"parts":[{"c":"` + c.String() + `","k":"reason"],`, false},
		{"", `"parts":[{"c":"` + c.String() + `","k":reason}],`, false},
		{"", `"parts":[{"c":"short","k":"reason"}],`, false},
	} {
		b := entry(row.args, row.parts)
		require.Equal(t, row.taken, alike(t, b, 7, nil, new(Entry)), "%s", b)
		_, err := DecodeEntry(b, 7)
		require.Equal(t, row.taken, err == nil, "%s", b)
	}
}

// TestPassing: a state keeps nothing of an event whose room is used again.
func TestPassing(t *testing.T) {
	var names canon.Names
	var entry Entry
	whole, passing := &State{kinds: stock()}, &State{kinds: stock()}
	gone := 0
	for pos, b := range recorded(t) {
		want, err := DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		whole.Apply(uint64(pos), want.At, want.Events)
		if !scanEntry(b, uint64(pos), &names, &entry) {
			entry = *want
		}
		passing.Apply(uint64(pos), entry.At, entry.Events)
		for _, e := range entry.Events {
			if _, ok := e.(canon.Passing); ok {
				reflect.ValueOf(e).Elem().SetZero()
				gone++
			}
		}
		require.Equal(t, whole.Digest(), passing.Digest(), "%s", b)
	}
	require.Positive(t, gone)
}

// TestApart: whatever becomes of the events of a command afterwards, the state stays
// what it is.
func TestApart(t *testing.T) {
	e, whole := &Engine{state: &State{kinds: stock()}}, &State{kinds: stock()}
	for pos, b := range recorded(t) {
		told, err := DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		whole.Apply(uint64(pos), told.At, told.Events)
		callers, err := DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		kept, err := e.apart(callers.Events, b)
		require.NoError(t, err)
		e.take(callers.At, callers.ID, kept, b)
		for _, event := range callers.Events {
			wipe(reflect.ValueOf(event))
		}
		require.Equal(t, whole.Digest(), e.state.Digest(), "%s", b)
	}
}

// wipe empties a value and all that it leads to.
func wipe(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			wipe(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			wipe(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			wipe(v.Field(i))
		}
	}
	if v.CanSet() {
		v.SetZero()
	}
}

// FuzzScanEntry looks for bytes on which the two readers differ.
func FuzzScanEntry(f *testing.F) {
	for pos, b := range recorded(f) {
		if pos%5 == 0 {
			f.Add(b, uint64(pos))
		}
	}
	for _, c := range answers {
		f.Add(answered(c.with), uint64(7))
	}
	var names canon.Names
	var scratch Entry
	f.Fuzz(func(t *testing.T, b []byte, pos uint64) {
		alike(t, b, pos, &names, &scratch)
		alike(t, b, pos, nil, new(Entry))
	})
}

// TestCommandIsNoEvent: a command that a decision may carry out has a wire name
// too, and still cannot stand where an event stands.
func TestCommandIsNoEvent(t *testing.T) {
	b := []byte(`{"at":1,"by":{"by":"ana"},"do":"circle.close","events":[{"type":"circle.close","v":1,"with":{"circle":"den"}}],"format":"sayround/1","id":"c-1","type":"act","v":1}`)
	_, err := DecodeEntry(b, 0)
	require.ErrorIs(t, err, ErrNotCanonical)
	require.False(t, scanEntry(b, 0, nil, new(Entry)))
}
