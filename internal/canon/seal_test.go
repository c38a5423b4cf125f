package canon_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/canon"
)

// album is a thing with everything in it that a copy must have of its own.
type album struct {
	Far    *leaf       `json:"far,omitempty"`
	Grid   [][]string  `json:"grid,omitempty"`
	List   []string    `json:"list,omitempty"`
	Notes  []note      `json:"notes,omitempty" words:"around"`
	Said   saying      `json:"said,omitempty" words:"own"`
	Shared []saying    `json:"shared,omitempty" words:"all"`
	Thing  thing       `json:"thing,omitempty"`
	Things []thing     `json:"things,omitempty"`
	When   time.Time   `json:"when,omitempty"`
	Whens  []time.Time `json:"whens,omitempty"`
}

func (album) Wire() string { return "room.collected" }

func full() album {
	return album{Far: &leaf{N: 1}, Grid: [][]string{{"a"}}, List: []string{"a"}, Notes: []note{{By: "ana", What: say("one")}},
		Said: say("two"), Shared: []saying{say("three"), kept(3, 1), say("four")}, Thing: &note{By: "ben", What: say("five")},
		Things: []thing{&bag{In: []thing{&note{What: say("six")}}}, &empty{}},
		When:   time.Date(2026, 3, 2, 10, 0, 0, 999, time.FixedZone("away", 3600)), Whens: []time.Time{{}, time.Unix(7, 7)}}
}

// said is one thing that Seal handed over.
type said struct{ kind, words string }

// TestSeal: every saying is handed over once, with the name of its field, in
// the order of the keys, and its place stands where the words stood.
func TestSeal(t *testing.T) {
	a := full()
	var got []said
	keep := func(kind, words string) (int, error) { got = append(got, said{kind, words}); return len(got), nil }
	require.NoError(t, canon.Seal(&a, entry, keep))
	require.Equal(t, []said{{"what", "one"}, {"said", "two"}, {"shared", "three"}, {"shared", "four"}, {"what", "five"}, {"what", "six"}}, got)
	require.Equal(t, kept(entry, 2), a.Said)
	require.Equal(t, []saying{kept(entry, 3), kept(3, 1), kept(entry, 4)}, a.Shared, "what is sealed already stays as it is")
	require.Equal(t, kept(entry, 1), a.Notes[0].What)
	require.Equal(t, kept(entry, 5), a.Thing.(*note).What)
	require.Equal(t, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), a.When, "times are brought to what the text can hold")
	require.Equal(t, []time.Time{{}, time.Unix(7, 0).UTC()}, a.Whens)

	require.NoError(t, canon.Seal(&a, entry, func(string, string) (int, error) { t.Fatal("there is nothing left"); return 0, nil }))
	_ = canon.Digest(a) // which does not panic: no words are open
}

// TestSayings: what Seal hands over is visited, in the same order, before it is sealed and
// after, with what the nearest tag around it says.
func TestSayings(t *testing.T) {
	a := full()
	var got []said
	see := func(tag string, s canon.Said) {
		words, open := s.Words()
		if !open {
			pos, part := s.Place()
			words = fmt.Sprint(pos, ".", part)
		}
		got = append(got, said{tag, words})
	}
	canon.Sayings(&a, see)
	require.Equal(t, []said{{"inside", "one"}, {"own", "two"}, {"all", "three"}, {"all", "3.1"}, {"all", "four"}, {"inside", "five"}, {"inside", "six"}}, got)
	n := 0
	require.NoError(t, canon.Seal(&a, entry, func(string, string) (int, error) { n++; return n, nil }))
	got = nil
	canon.Sayings(&a, see)
	at := func(n int) string { return fmt.Sprint(uint64(entry), ".", n) }
	require.Equal(t, []said{{"inside", at(1)}, {"own", at(2)}, {"all", at(3)}, {"all", "3.1"}, {"all", at(4)}, {"inside", at(5)}, {"inside", at(6)}}, got)
	canon.Sayings(&empty{}, func(string, canon.Said) { t.Fatal("nothing is said here") })
	canon.Sayings(&album{}, func(tag string, s canon.Said) {
		_, part := s.Place()
		require.Zero(t, part, tag)
	})
}

func TestSealFails(t *testing.T) {
	full, no := full(), errors.New("no room")
	calls := 0
	err := canon.Seal(&full, entry, func(string, string) (int, error) {
		if calls++; calls == 3 {
			return 0, no
		}
		return calls, nil
	})
	require.ErrorIs(t, err, no)
	require.Equal(t, 3, calls, "nothing is handed over afterwards")
	_, open := full.Shared[0].Words()
	require.True(t, open, "what was not kept is not sealed")

	by := album{Thing: note{What: say("by value")}}
	require.Error(t, canon.Seal(&by, entry, func(string, string) (int, error) { return 1, nil }), "a thing inside must be a pointer")
	require.NoError(t, canon.Seal(&leaf{}, entry, nil), "nothing is said here")
	require.NoError(t, canon.Seal(&album{}, entry, nil), "nothing was said here")
}

// TestSealThenRead: what was sealed and written reads back as it was sealed.
func TestSealThenRead(t *testing.T) {
	t0 := canon.Types{}
	t0.Add(album{}, note{}, bag{}, empty{})
	a := full()
	n := 0
	require.NoError(t, canon.Seal(&a, entry, func(string, string) (int, error) { n++; return n, nil }))
	b := mustAppend(t, &a)
	var back album
	require.NoError(t, canon.Decode(b, &back, entry, t0, nil), "%s", b)
	require.Equal(t, a, back)
}

// TestClone: whatever is done to a copy does not reach the original, nor the
// other way round.
func TestClone(t *testing.T) {
	changes := map[string]func(*album){
		"a pointer":          func(a *album) { a.Far.N = 99 },
		"a list in a list":   func(a *album) { a.Grid[0][0] = "changed" },
		"a list":             func(a *album) { a.List[0] = "changed" },
		"a struct in a list": func(a *album) { a.Notes[0].By = "changed" },
		"words in a list":    func(a *album) { a.Notes[0].What.Bind(1, 1) },
		"words":              func(a *album) { a.Said.Say("changed") },
		"a list of words":    func(a *album) { a.Shared[0].Bind(1, 1) },
		"a thing":            func(a *album) { a.Thing.(*note).By = "changed" },
		"words in a thing":   func(a *album) { a.Thing.(*note).What.Bind(1, 1) },
		"a thing in a thing": func(a *album) { a.Things[0].(*bag).In[0].(*note).By = "changed" },
		"a list of things":   func(a *album) { a.Things[1] = nil },
		"a list of times":    func(a *album) { a.Whens[0] = time.Unix(1, 1) },
		"sealing it":         func(a *album) { _ = canon.Seal(a, 1, func(string, string) (int, error) { return 1, nil }) },
	}
	for name, change := range changes {
		original := full()
		copied := canon.Clone(&original).(*album)
		require.Equal(t, original, *copied)
		change(copied)
		require.Equal(t, full(), original, "%s: the original changed with its copy", name)
		copied = canon.Clone(original).(*album)
		change(&original)
		require.Equal(t, full(), *copied, "%s: the copy changed with its original", name)
		original = full()
		owned := canon.Own(original).(*album)
		change(&original)
		require.Equal(t, full(), *owned, "%s: what is our own changed with its original", name)
	}
}

// TestOwn: a value that leads nowhere is nobody else's already; what has a pointer
// to it is not.
func TestOwn(t *testing.T) {
	little := note{By: "ana", What: say("hello")}
	require.Equal(t, little, canon.Own(little))
	owned := canon.Own(&little)
	require.Equal(t, &little, owned)
	require.NotSame(t, &little, owned)
	require.Equal(t, album{}, canon.Own(album{}), "lists and pointers that are not given lead nowhere")
	lists := pair{[2][]string{{"a"}, {"b"}}}
	canon.Own(lists).(*pair).Two[0][0] = "changed"
	require.Equal(t, "a", lists.Two[0][0])
}

func TestCloneOfLittle(t *testing.T) {
	require.Equal(t, &empty{}, canon.Clone(empty{}))
	require.Equal(t, &album{}, canon.Clone(album{}), "what is not given is not given in the copy")
	require.Equal(t, &album{Things: []thing{&empty{}, nil}}, canon.Clone(album{Things: []thing{empty{}, nil}}), "things inside become pointers")
	rapid.Check(t, func(t *rapid.T) {
		b := &bag{In: list(t, "in", things(2))}
		require.Equal(t, b, canon.Clone(b))
		require.Equal(t, mustAppend(t, b), mustAppend(t, canon.Clone(b)))
	})
}

// pair is a thing with a fixed list of lists.
type pair struct {
	Two [2][]string `json:"two,omitempty"`
}

func (pair) Wire() string { return "room.paired" }

// TestCloneOfArrays: "Nothing that is done to the copy reaches the
// original."
func TestCloneOfArrays(t *testing.T) {
	original := pair{[2][]string{{"a"}, {"b"}}}
	canon.Clone(&original).(*pair).Two[0][0] = "changed"
	require.Equal(t, "a", original.Two[0][0])
}

// chain is a thing that stands in itself, with words behind.
type chain struct {
	Next *chain `json:"next,omitempty"`
	Said saying `json:"said,omitempty"`
}

// TestSealOfChains: words are found also in a type that stands in itself.
func TestSealOfChains(t *testing.T) {
	c := chain{Said: say("one"), Next: &chain{Said: say("two")}}
	n := 0
	require.NoError(t, canon.Seal(&c, entry, func(string, string) (int, error) { n++; return n, nil }))
	require.Equal(t, 2, n)
}
