package consent

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Whole is a state as bytes, with all that is derived from it: two states are equal to
// the last index exactly when these are.
func (s *State) Whole() ([]byte, error) {
	return writeShot(&shot{State: s})
}

// CatchUp takes in what the store holds, and lets no timer fire.
func (e *Engine) CatchUp(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.catchUp(ctx)
}

// Reseal puts the right seal under a snapshot whose rest was changed.
func Reseal(b, key []byte) []byte {
	b = bytes.Clone(b[:len(b)-sha256.Size])
	return append(b, sealOf(b, key)...)
}

// Reshoot changes what a snapshot tells and seals it again.
func Reshoot(b, key []byte, change func(size *uint64, s *State, tree *ledger.Tree)) ([]byte, error) {
	s, err := readShot(bytes.Clone(b), key)
	if err != nil {
		return nil, err
	}
	tree, err := ledger.NewTree(s.Size, s.Edge)
	if err != nil {
		return nil, err
	}
	change(&s.Size, s.State, &tree)
	s.Edge = tree.Edge()
	if s.State.timers, err = unpack(s.Due, s.Armed, false); err != nil {
		return nil, err
	}
	b, err = writeShot(s)
	return append(b, sealOf(b, key)...), err
}

// Upset makes a state tell what cannot be: its processes have no method.
func (s *State) Upset() {
	for _, p := range s.processes {
		p.Method = nil
	}
	if len(s.processes) == 0 {
		panic("there is nothing to upset")
	}
}

// Unfound makes a state forget all circles.
func (s *State) Unfound() { s.Org = circle.Organisation{} }

// SnapshotStart is where what stands in a snapshot begins.
const SnapshotStart = shotHead

// TestImageIsWhole: each field of what a state is made of is part of its image, which
// replay must give again and a digest is drawn from; or it is derived from what is, and
// is listed here with how.
func TestImageIsWhole(t *testing.T) {
	for _, c := range []struct {
		of, image reflect.Type
		derived   map[string]string
	}{
		{reflect.TypeFor[State](), reflect.TypeFor[image](), map[string]string{
			"sitting": "the open ones of Meetings", "last": "one of Processes", "eyes": "from the events, for reports",
			"kinds": "the engine's", "methods": "the engine's"}},
		{reflect.TypeFor[circle.Organisation](), reflect.TypeFor[circle.Image](), map[string]string{
			"index": "from Circles", "past": "from the events, for what was", "ever": "from the events, to look no further"}},
		{reflect.TypeFor[proposal.Matters](), reflect.TypeFor[proposal.Image](), map[string]string{"changing": "from Particulars"}},
		{reflect.TypeFor[objection.Objections](), reflect.TypeFor[objection.Image](), nil},
	} {
		var names []string
		for i := range c.image.NumField() {
			names = append(names, strings.ToLower(c.image.Field(i).Name))
		}
		seen := 0
		for i := range c.of.NumField() {
			name := c.of.Field(i).Name
			if slices.Contains(names, strings.ToLower(name)) {
				seen++
				continue
			}
			require.NotEmpty(t, c.derived[name], "%s.%s is neither in the image nor known to be derived", c.of, name)
			delete(c.derived, name)
		}
		require.Empty(t, c.derived)
		require.Equal(t, len(names), seen, "%s has what %s has not", c.image, c.of)
	}
}

// TestLeftOut: what a snapshot leaves out is what makeRest makes, or is the engine's.
func TestLeftOut(t *testing.T) {
	var out []string
	seen := map[reflect.Type]bool{}
	var walk func(of reflect.Type)
	walk = func(of reflect.Type) {
		if seen[of] {
			return
		}
		seen[of] = true
		switch of.Kind() {
		case reflect.Map:
			walk(of.Key())
			walk(of.Elem())
		case reflect.Slice, reflect.Array, reflect.Pointer:
			walk(of.Elem())
		case reflect.Struct:
			for i := range of.NumField() {
				if f := of.Field(i); f.Tag.Get("snapshot") == "-" {
					out = append(out, of.Name()+"."+f.Name)
				} else {
					walk(f.Type)
				}
			}
		}
	}
	walk(reflect.TypeFor[shot]())
	slices.Sort(out)
	require.Equal(t, []string{"Process.asks", "Process.early", "State.kinds", "State.last", "State.methods", "State.timers"}, out)
}

// TestBuildOf: a snapshot is bound to the version of the library that made it, wherever
// that stands in a program.
func TestBuildOf(t *testing.T) {
	const us = "github.com/sayround/sayround"
	builds := map[string]bool{}
	for _, info := range []*debug.BuildInfo{
		{Main: debug.Module{Path: us, Version: "(devel)"}, Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "a"}}},
		{Main: debug.Module{Path: us, Version: "(devel)"}, Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "a"}, {Key: "vcs.modified", Value: "true"}}},
		{Main: debug.Module{Path: us, Version: "(devel)"}, Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "b"}}},
		{Main: debug.Module{Path: "host"}, Deps: []*debug.Module{{Path: us + "/other", Version: "v9"}, {Path: us, Version: "v1.0.0", Sum: "h1:a"}}},
		{Main: debug.Module{Path: "host"}, Deps: []*debug.Module{{Path: us, Version: "v1.0.1", Sum: "h1:b"}}},
		{Main: debug.Module{Path: "host"}, Deps: []*debug.Module{{Path: us, Version: "v1.0.1", Replace: &debug.Module{Path: "./own"}}}},
		{Main: debug.Module{Path: "host"}},
	} {
		build := buildOf(info, true)
		require.NotContains(t, build, "v9")
		require.False(t, builds[build], build)
		builds[build] = true
	}
	require.Empty(t, buildOf(nil, false))
}

// TestSip: the hash of ids is the one whose values its authors print.
func TestSip(t *testing.T) {
	var k secret
	var key, in [16]byte
	for i := range key {
		key[i], in[i] = byte(i), byte(i)
	}
	k[0], k[1] = binary.LittleEndian.Uint64(key[:8]), binary.LittleEndian.Uint64(key[8:])
	for n, want := range map[int]uint64{0: 0x726fdb47dd0e0e31, 1: 0x74f839c593dc67fd, 7: 0xab0200f58b01d137, 8: 0x93f5f5799a932462, 15: 0xa129ca6149be45e5} {
		require.Equal(t, want, k.hash(string(in[:n])), n)
	}
	require.NotEqual(t, newSecret(), newSecret())
}

// inOrder is what was seen, with the newest ids as a sorted list: in which of the free
// slots one came to lie hangs on which came first.
func inOrder(s seen) seen {
	list := append(s.recentList(), s.fresh...)
	slices.SortFunc(list, func(a, b command) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.pos, b.pos)) })
	s.recent, s.fresh, s.held = list, nil, 0
	return s
}

// TestSeenImage: what was seen is found again after it was written and read; what does
// not fit together is refused.
func TestSeenImage(t *testing.T) {
	var s seen
	for n := range 20_000 {
		if n%4999 == 0 {
			image := s.image()
			again, err := image.restore(uint64(max(n, 1)))
			require.NoError(t, err)
			require.Equal(t, inOrder(s), inOrder(again))
		}
		s.add(string(binary.AppendUvarint(nil, uint64(n))), uint64(n))
		if n%97 == 0 {
			s.order()
		}
	}
	for what, change := range map[string]func(*seenImage){
		"half a command":       func(i *seenImage) { i.Recent = i.Recent[1:] },
		"half of one in a run": func(i *seenImage) { i.Runs[0] = i.Runs[0][1:] },
		"beyond the end":       func(i *seenImage) { binary.LittleEndian.PutUint32(i.Recent[4:], 20_000) },
		"beyond it in a run":   func(i *seenImage) { binary.LittleEndian.PutUint32(i.Runs[0][4:], 20_000) },
		"out of order":         func(i *seenImage) { binary.LittleEndian.PutUint32(i.Runs[0], 1<<32-1) },
		"too many":             func(i *seenImage) { i.Recent = make([]byte, 8*recentSlots/2) },
	} {
		image := s.image()
		change(&image)
		_, err := image.restore(20_000)
		require.ErrorIs(t, err, errSeen, what)
	}
}

// TestTimersImage: timers are armed again as they were; what does not fit together is
// refused.
func TestTimersImage(t *testing.T) {
	var ts timers
	for n := range 50 {
		ts.set(Timer{TermEnds, string(rune('a' + n*7%26)), ""}, time.Unix(int64(1000+n%9), 0))
		ts.set(Timer{RoleEnds, "role", string(rune('a' + n))}, time.Unix(int64(1000+n%4), 0))
	}
	ts.set(Timer{RoleEnds, "role", "b"}, time.Time{})
	b, err := ts.pack()
	require.NoError(t, err)
	n := len(ts.at)
	again, err := unpack(b, n, false)
	require.NoError(t, err)
	require.Equal(t, ts.at, again.at)
	for range n {
		want, wantAt, _ := ts.next()
		got, gotAt, ok := again.next()
		require.True(t, ok)
		require.Equal(t, want, got)
		require.Equal(t, wantAt, gotAt)
		ts.skip()
		again.skip()
	}
	_, _, more := again.next()
	require.False(t, more)

	for i := range b {
		_, err := unpack(b[:i], n, false)
		require.ErrorIs(t, err, errTimers)
	}
	row := len(b) / n // those of one length stand together
	for what, wrong := range map[string]struct {
		b string
		n int
	}{
		"more than there are": {b, n + 1}, "fewer": {b, n - 1}, "far more": {b, math.MaxInt},
		"one twice": {b[:row] + b[:row], 2}, "something behind": {b + "x", n}, "of no kind": {b[:8] + "\xff" + b[9:], n},
	} {
		_, err := unpack(wrong.b, wrong.n, false)
		require.ErrorIs(t, err, errTimers, what)
	}
	ts.set(Timer{TermEnds, strings.Repeat("x", 1<<16), ""}, time.Unix(1, 0))
	_, err = ts.pack()
	require.ErrorIs(t, err, errTimers)
}

// TestShotOfNothing: a snapshot that tells of no entry, or of no state, is none; and what a program was built from is found by its name.
func TestShotOfNothing(t *testing.T) {
	founded := &State{kinds: stock()}
	for pos, b := range recorded(t)[:1] {
		e, err := DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		founded.Apply(uint64(pos), e.At, e.Events)
	}
	for _, row := range []struct {
		shot shot
		want error
	}{
		{shot{Size: 1, State: founded}, nil},
		{shot{Size: 0, State: founded}, ErrBadSnapshot},
		{shot{Size: 1, State: &State{kinds: stock()}}, ErrBadSnapshot},
	} {
		b, err := writeShot(&row.shot)
		require.NoError(t, err)
		_, err = readShot(append(b, sealOf(b, nil)...), nil)
		require.ErrorIs(t, err, row.want)
	}
	info := &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.time", Value: "noon"}, {Key: "vcs.revision", Value: "abc"}}}
	require.Equal(t, "abc", setting(info, "vcs.revision"))
	require.Empty(t, setting(info, "vcs.modified"))
}
