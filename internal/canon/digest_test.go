package canon_test

import (
	"encoding/hex"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/canon"
)

// key is what a map may be ordered by when one word is not enough.
type key struct {
	A string
	B uint8
}

// A state has all that states are made of.
type state struct {
	Name    string
	Count   int
	Size    uint64
	On      bool
	At      time.Time
	Said    saying
	List    []string
	Fixed   [2]uint16
	Leaf    *leaf
	Thing   thing
	Words   map[string]int
	Numbers map[uint64]string
	Signed  map[int64]*leaf
	Keys    map[key]bool
	derived int `canon:"-"`
	Derived int `canon:"-"`
}

func states() state {
	return state{Name: "a", Count: 1, Size: 2, On: true, At: time.Unix(3, 4), Said: kept(5, 6), List: []string{"b", ""}, Fixed: [2]uint16{7, 8},
		Leaf: &leaf{N: 9}, Thing: &empty{}, Words: map[string]int{"c": 10, "d": 11}, Numbers: map[uint64]string{12: "e", 13: "f"},
		Signed: map[int64]*leaf{-14: {}, 15: nil}, Keys: map[key]bool{{"g", 1}: true, {"g", 2}: false}}
}

// TestDigestOnEveryMachine: digests are compared between machines, so that of
// one value is known.
func TestDigestOnEveryMachine(t *testing.T) {
	d := canon.Digest(states())
	require.Equal(t, "441110", hex.EncodeToString(d[:3]))
}

// TestDigestSeesEverything: two states of equal content have equal digests;
// when anything in one differs, they differ.
func TestDigestSeesEverything(t *testing.T) {
	first := canon.Digest(states())
	require.Equal(t, first, canon.Digest(states()))
	s := states()
	require.Equal(t, first, canon.Digest(&s), "a pointer is what it points to")

	s.derived, s.Derived = 1, 1
	require.Equal(t, first, canon.Digest(s), "what is derived is left out")
	s = states()
	s.At = s.At.In(time.FixedZone("away", 3600))
	require.Equal(t, first, canon.Digest(s), "the same instant elsewhere")

	seen := map[[32]byte]int{first: -1}
	for i, change := range []func(*state){
		func(s *state) { s.Name = "b" }, func(s *state) { s.Name = "" }, func(s *state) { s.Count = -1 }, func(s *state) { s.Size = 0 },
		func(s *state) { s.On = false }, func(s *state) { s.At = s.At.Add(1) }, func(s *state) { s.At = time.Time{} },
		func(s *state) { s.Said = kept(5, 7) }, func(s *state) { s.Said = kept(6, 6) }, func(s *state) { s.Said = saying{} },
		func(s *state) { s.List = []string{"", "b"} }, func(s *state) { s.List = []string{"b"} }, func(s *state) { s.List = nil },
		func(s *state) { s.List = []string{"b", "", ""} }, func(s *state) { s.List = []string{"b;0:"} }, func(s *state) { s.Fixed[1] = 7 },
		func(s *state) { s.Leaf = &leaf{} }, func(s *state) { s.Leaf = nil }, func(s *state) { s.Leaf.S = "x" },
		func(s *state) { s.Thing = &noteV2{} }, func(s *state) { s.Thing = &note{} }, func(s *state) { s.Thing = nil },
		func(s *state) { s.Words["c"] = 11 }, func(s *state) { s.Words = map[string]int{"c": 11, "d": 10} }, func(s *state) { delete(s.Words, "c") },
		func(s *state) { s.Numbers[12] = "" }, func(s *state) { s.Numbers[14] = "" }, func(s *state) { s.Signed[15] = &leaf{} },
		func(s *state) { s.Signed[-15] = nil }, func(s *state) { s.Keys[key{"g", 2}] = true }, func(s *state) { s.Keys[key{"g", 3}] = false },
		func(s *state) { s.Keys = nil },
	} {
		s := states()
		change(&s)
		d := canon.Digest(s)
		before, ok := seen[d]
		require.False(t, ok, "change %d cannot be told from %d", i, before)
		seen[d] = i
	}
}

// TestDigestOfEqual: equal sheets, equal digests; others, others.
func TestDigestOfEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := sheets().Draw(t, "a"), sheets().Draw(t, "b")
		require.Equal(t, reflect.DeepEqual(a, b), canon.Digest(a) == canon.Digest(b))
	})
}

// TestDigestKnowsNoOrder: a map has no order, and neither does its digest.
func TestDigestKnowsNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOf(rapid.String(), rapid.Int()).Draw(t, "map")
		again := map[string]int{}
		for k, v := range m {
			again[k] = v
		}
		require.Equal(t, canon.Digest(m), canon.Digest(again))
	})
}

// TestDigestPassesNothingOver: what a digest cannot hold is a mistake of the
// program, and is not passed over in silence.
func TestDigestPassesNothingOver(t *testing.T) {
	type hidden struct{ x int }
	require.PanicsWithValue(t, "canon: canon_test.hidden.x is neither exported nor derived", func() { canon.Digest(hidden{1}) })
	require.PanicsWithValue(t, "canon: words that were not sealed stand in a state", func() { canon.Digest(say("we object")) })
	require.Panics(t, func() { canon.Digest(state{Said: say("we object")}) })
	require.Panics(t, func() { canon.Digest([]saying{kept(1, 1), say("")}) })
	require.Panics(t, func() { canon.Digest(struct{ F float64 }{1}) })
	require.Panics(t, func() { canon.Digest(struct{ F func() }{func() {}}) })
	require.Panics(t, func() { canon.Digest(map[float64]int{1: 1, 2: 2}) })
	require.NotPanics(t, func() { canon.Digest(nil) })
	require.Equal(t, canon.Digest([]string(nil)), canon.Digest([]string{}), "as in the text, a list of nothing is no list")
}

// TestOrderOfLargeKeys: keys are in order also where their difference is
// more than a number can hold.
func TestOrderOfLargeKeys(t *testing.T) {
	m := map[uint64]int{0: 1, 1 << 62: 2, 1 << 63: 3, 3 << 62: 4, math.MaxUint64: 5}
	first := canon.Digest(m)
	for range 200 {
		require.Equal(t, first, canon.Digest(m))
	}
}
