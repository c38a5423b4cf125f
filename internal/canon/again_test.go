package canon_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/canon"
)

// A roster is a thing that nobody keeps, with fields that are often the same.
type roster struct {
	Leaf  *leaf    `json:"leaf,omitempty" canon:"again"`
	No    int      `json:"no"`
	Order []string `json:"order" canon:"again"`
	Pace  pace     `json:"pace,omitempty" canon:"again"`
}

func (*roster) Wire() string { return "room.roster" }
func (*roster) Passing()     {}

func rosters() canon.Types {
	t := canon.Types{}
	t.Add(&roster{})
	return t
}

func thingIn(t *testing.T, types canon.Types, names *canon.Names, with string) *roster {
	t.Helper()
	s := canon.NewScanner([]byte(`{"type":"room.roster","v":1,"with":`+with+`}`), entry, types, names)
	thing, ok := s.Thing(types)
	require.True(t, ok && s.Done(), with)
	return thing.(*roster)
}

// TestAgain: what a field held before is read as it was, whatever stood between;
// and who adds to a list, or changes a number, reaches nobody else.
func TestAgain(t *testing.T) {
	var names canon.Names
	types := rosters()
	var texts []string
	for i := range 9 { // more than are held
		texts = append(texts, fmt.Sprintf(`{"leaf":{"n":%d},"no":7,"order":["a","b%d"],"pace":"%d/s"}`, i+1, i, i+1))
	}
	texts = append(texts, `{"no":7,"order":[]}`, `{"no":7,"order":["a"],"pace":"11/s"}`, `{"no":7,"order":["a","b0","c"],"pace":"1/s"}`)
	for range 3 {
		for i := range texts {
			for _, text := range []string{texts[i], texts[len(texts)-1-i], texts[i]} {
				var want roster
				require.NoError(t, canon.Decode([]byte(text), &want, entry, types, nil))
				got := thingIn(t, types, &names, text)
				require.Equal(t, &want, got)
				got.No = 99
				_ = append(got.Order, "nobody else's")
				if got.Leaf != nil {
					got.Leaf = &leaf{N: 99}
				}
			}
		}
	}
}

// TestPassing: the next text may be read into the same room; two things in one
// text stand beside each other.
func TestPassing(t *testing.T) {
	var names canon.Names
	types := rosters()
	first := thingIn(t, types, &names, `{"leaf":{"n":1},"no":1,"order":["a"]}`)
	second := thingIn(t, types, &names, `{"no":2,"order":["b"]}`)
	require.Same(t, first, second)
	require.Equal(t, &roster{No: 2, Order: []string{"b"}}, second)
	both := `{"type":"room.roster","v":1,"with":{"no":1,"order":["a"]}}`
	s := canon.NewScanner([]byte(both+both), entry, types, &names)
	one, ok := s.Thing(types)
	require.True(t, ok)
	two, ok := s.Thing(types)
	require.True(t, ok)
	require.NotSame(t, one, two)
	require.Equal(t, one, two)
}

// A nest stands in itself, with a list that is often the same.
type nest struct {
	In   []nest   `json:"in,omitempty"`
	List []string `json:"list,omitempty" canon:"again"`
}

// TestAgainIsNoDeeper: what may stand higher up is still refused where it would be
// too deep.
func TestAgainIsNoDeeper(t *testing.T) {
	var names canon.Names
	refused := 0
	for deep := range 8 {
		text := []byte(strings.Repeat(`{"in":[`, deep) + `{"list":["a"]}` + strings.Repeat(`]}`, deep))
		want := canon.Decode(text, new(nest), entry, nil, nil)
		if want != nil {
			refused++
		}
		require.Equal(t, want, canon.Decode(text, new(nest), entry, nil, &names), deep)
	}
	require.Positive(t, refused)
}

// TestAgainIsTheSameEverywhere: what names words is another thing in every entry,
// and a number may go on behind one that was read before; neither can be read as it
// was.
func TestAgainIsTheSameEverywhere(t *testing.T) {
	type words struct {
		Said []saying `json:"said" canon:"again"`
	}
	type number struct {
		N *int `json:"n" canon:"again"`
	}
	for _, v := range []any{&words{}, &number{}} {
		require.Panics(t, func() { _, _ = canon.Append(nil, v, entry) })
	}
}

// TestShort: short texts lie beside each other and stay what they are.
func TestShort(t *testing.T) {
	var names canon.Names
	var got []string
	var want []string
	for i := range 2000 {
		text := strings.Repeat("x", i%37) + fmt.Sprint(i)
		s := canon.NewScanner([]byte(`"`+text+`"`), entry, nil, &names)
		short, ok := s.Short()
		require.True(t, ok)
		got, want = append(got, short), append(want, text)
	}
	require.Equal(t, want, got)
}

// TestPlain: of every text, as much is plain as byte by byte.
func TestPlain(t *testing.T) {
	odd := rapid.SampledFrom([]byte{0, 1, 0x1f, 0x20, '!', '"', '#', '[', '\\', ']', 0x7e, 0x7f, 0x80, 0x81, 0xa0, 0xff})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.OneOf(rapid.Just(byte('a')), rapid.Byte(), odd), 0, 40).Draw(t, "text")
		end := 0
		for end < len(text) && text[end] >= 0x20 && text[end] < 0x7f && text[end] != '"' && text[end] != '\\' {
			end++
		}
		s := canon.NewScanner([]byte(`"`+string(text)+`"`), entry, nil, nil)
		got, ok := s.Plain()
		require.Equal(t, end == len(text) || text[end] == '"', ok)
		if ok {
			require.Equal(t, string(text[:end]), string(got))
		}
		if !slices.ContainsFunc(text, func(b byte) bool { return b >= 0x80 }) { // words beyond ASCII are written as they are too
			written, err := canon.AppendText(nil, string(text))
			require.Equal(t, end == len(text), err == nil && string(written) == `"`+string(text)+`"`)
		}
	})
}
