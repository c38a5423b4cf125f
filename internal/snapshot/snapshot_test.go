package snapshot_test

import (
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/snapshot"
)

type word string

type small uint8

type key struct {
	Of   word
	part int
}

type apple struct{ Weight int }
type pear struct{ green bool }

func (apple) Wire() string { return "fruit.apple" }
func (pear) Wire() string  { return "fruit.pear" }

// whole has one of each that has a form.
type whole struct {
	yes    bool
	n      int
	Little int8
	u      uint64
	b      small
	s      word
	bytes  []byte
	list   []word
	lists  [][]int
	pair   [2]small
	table  map[key]*inner
	in     inner
	chain  *whole
	at     time.Time
	said   circle.Text
	fruit  circle.Deed
	fruits []circle.Deed
	shelf  snapshot.Shelf[word, *inner]
	plain  snapshot.Shelf[word, inner]

	derived func() `snapshot:"-"`
}

type inner struct {
	Name word
	n    int
	more []inner
}

var form = snapshot.NewForm(whole{}.typ(), []canon.Named{apple{}, &pear{}})

// full is a value in which nothing is zero.
func full() *whole {
	w := &whole{yes: true, n: math.MinInt, Little: -128, u: 1<<64 - 1, b: 255, s: "word", bytes: []byte{0, 1}, list: []word{"a", ""},
		lists: [][]int{nil, {}, {1, 2}}, pair: [2]small{3, 4}, table: map[key]*inner{{"b", 1}: {Name: "x"}, {"a", 2}: nil, {"a", 1}: {n: 2}},
		in: inner{"in", 7, []inner{{Name: "deep"}}}, chain: &whole{s: "next", list: []word{}},
		at: time.Date(2026, 3, 2, 10, 0, 0, 5, time.UTC), fruit: apple{3}, fruits: []circle.Deed{&apple{4}, pear{true}, &pear{}, nil}}
	w.said.Bind(1<<40, 3)
	for i := range 40 {
		name := word(fmt.Sprintf("n%d", i*7%40))
		w.shelf.Set(name, &inner{Name: name, n: i})
		w.plain.Set(name, inner{Name: name, n: i})
	}
	return w
}

func written(t *testing.T, v *whole) string {
	t.Helper()
	b, err := form.Append(nil, v)
	require.NoError(t, err)
	return string(b)
}

func read(t *testing.T, b string) *whole {
	t.Helper()
	var v whole
	require.NoError(t, form.Read(b, &v))
	return &v
}

// TestThereAndBack: what is read is what was written, down to what nobody else can
// see, and is written as it was.
func TestThereAndBack(t *testing.T) {
	for name, v := range map[string]*whole{"nothing": {}, "everything": full()} {
		b := written(t, v)
		got := read(t, b)
		require.Equal(t, b, written(t, got), name)
		gotShelf, gotPlain, wantShelf, wantPlain := got.shelf.Map(), got.plain.Map(), v.shelf.Map(), v.plain.Map()
		require.Equal(t, len(wantShelf), len(gotShelf), name)
		for k := range wantShelf {
			require.Equal(t, wantShelf[k], gotShelf[k], name)
			require.Equal(t, wantPlain[k], gotPlain[k], name)
		}
		require.Equal(t, b, written(t, got), "%s: and when all of it was looked at", name)
		got.shelf, got.plain, v.shelf, v.plain = snapshot.Shelf[word, *inner]{}, snapshot.Shelf[word, inner]{}, snapshot.Shelf[word, *inner]{}, snapshot.Shelf[word, inner]{}
		require.Equal(t, v, got, name)
	}
}

// TestEveryBeginning: what ends too early is refused, wherever it ends; and so is what
// goes on.
func TestEveryBeginning(t *testing.T) {
	b := written(t, full())
	for n := range len(b) {
		require.ErrorIs(t, form.Read(b[:n], &whole{}), snapshot.ErrMalformed, n)
	}
	require.ErrorIs(t, form.Read(b+"\x00", &whole{}), snapshot.ErrMalformed)
}

// TestEveryByte: whichever byte is changed, it is refused, or it is another value that
// is written so.
func TestEveryByte(t *testing.T) {
	b := []byte(written(t, full()))
	for i := range b {
		for _, by := range []byte{1, 0x80, 0xff} {
			b[i] ^= by
			judge(t, string(b))
			b[i] ^= by
		}
	}
}

// judge holds bytes from anywhere to it: they are refused, or written as they were
// read, each row of a shelf too.
func judge(t *testing.T, b string) {
	t.Helper()
	var v whole
	if form.Read(b, &v) != nil {
		return
	}
	for range v.shelf.All() {
	}
	for range v.plain.All() {
	}
	again, err := form.Append(nil, &v)
	require.NoError(t, err)
	require.Equal(t, hex.EncodeToString([]byte(b)), hex.EncodeToString(again))
}

// TestRefused: each way to write what cannot have been written.
func TestRefused(t *testing.T) {
	type one struct {
		B uint8
		T time.Time
		M map[word]bool
		L []uint64
		F circle.Deed
		C *one
		S snapshot.Shelf[word, bool]
	}
	form := snapshot.NewForm(typeOf[one](), []canon.Named{apple{}})
	const nothing = "\x00\x00\x00\x00\x00\x00\x00\x00"
	require.NoError(t, form.Read(nothing, &one{}))
	for b, why := range map[string]string{
		"":                                     "ends too early",
		nothing + "\x00":                       "behind the end",
		"\x80":                                 "ends too early",
		"\x80\x00":                             "more bytes than it needs",
		"\x80\x02":                             "too large",
		strings.Repeat("\xff", 9) + "\x02":     "too large",
		"\x00\x01\x80\x94\xeb\xdc\x03":         "none of those",
		"\x00\x00\x03\x01b\x00\x01a\x00":       "not in order",
		"\x00\x00\x03\x01a\x00\x01a\x00":       "not in order",
		"\x00\x00\x02\x01a\x02":                "none of those",
		"\x00\x00\xff\xff\x7f":                 "more follows",
		"\x00\x00\x00\xff\xff\xff\x7f\x01\x01": "more follows",
		"\x00\x00\x00\x00\x01\x01x\x00":        "nobody knows",
		"\x00\x00\x00\x00\x03":                 "none of those",
		"\x00\x00\x00\x00\x00\x02":             "none of those",
		strings.Repeat("\x00\x00\x00\x00\x00\x01", 300):                                      "nested too deep",
		"\x00\x00\x00\x00\x00\x00\x01\x03\x00\x00\x00\x00\x01a":                              "more follows",
		"\x00\x00\x00\x00\x00\x00\x01\x03\x01\x00\x00\x00\x01a\x01":                          "does not begin where it should",
		"\x00\x00\x00\x00\x00\x00\x01\x04\x00\x00\x00\x00\x01a\x01\x01":                      "behind the last row",
		"\x00\x00\x00\x00\x00\x00\x01\x03\x00\x00\x00\x00\x01a\x02":                          "none of those",
		"\x00\x00\x00\x00\x00\x00\x02\x06\x00\x00\x00\x00\x03\x00\x00\x00\x01b\x01\x01a\x01": "not in order",
	} {
		err := form.Read(b, &one{})
		require.ErrorIs(t, err, snapshot.ErrMalformed, "%q", b)
		require.ErrorContains(t, err, why, "%q", b)
	}
}

// TestWordsStayOut: words that were not sealed are not written (T13).
func TestWordsStayOut(t *testing.T) {
	_, err := form.Append(nil, &whole{said: circle.Say("my own words")})
	require.ErrorIs(t, err, snapshot.ErrWords)
	_, err = form.Append(nil, &whole{table: map[key]*inner{}, chain: &whole{said: circle.Say("my own words")}})
	require.ErrorIs(t, err, snapshot.ErrWords)
}

// TestLeftOut: what is tagged so is not written, and is nothing in what is read.
func TestLeftOut(t *testing.T) {
	b := written(t, &whole{derived: func() {}})
	require.Equal(t, written(t, &whole{}), b)
	require.Nil(t, read(t, b).derived)
}

// TestNoForm: what has no form is found when the form is made, and what has no wire
// name when it is written.
func TestNoForm(t *testing.T) {
	require.Panics(t, func() { snapshot.NewForm(typeOf[struct{ f func() }](), nil) })
	require.Panics(t, func() { snapshot.NewForm(typeOf[struct{ x any }](), nil) })
	require.Panics(t, func() { snapshot.NewForm(typeOf[[]struct{}](), nil) })
	_, err := form.Append(nil, &whole{fruit: plum{}})
	require.ErrorContains(t, err, "no wire name")
	_, err = form.Append(nil, &whole{fruit: (*apple)(nil)})
	require.ErrorContains(t, err, "nil")
}

type plum struct{}

func (plum) Wire() string { return "fruit.plum" }

// TestHash: a form is known by all that it depends on.
func TestHash(t *testing.T) {
	type a struct {
		X int
		Y []word
	}
	hashes := map[[32]byte]string{}
	for name, f := range map[string]*snapshot.Form{
		"a":     snapshot.NewForm(typeOf[a](), nil),
		"named": snapshot.NewForm(typeOf[a](), []canon.Named{apple{}}),
		"renamed": func() *snapshot.Form {
			type a struct {
				Z int
				Y []word
			}
			return snapshot.NewForm(typeOf[a](), nil)
		}(),
		"one more": func() *snapshot.Form {
			type a struct {
				X int
				Y []word
				Z bool
			}
			return snapshot.NewForm(typeOf[a](), nil)
		}(),
		"other": func() *snapshot.Form {
			type a struct {
				X int
				Y []string
			}
			return snapshot.NewForm(typeOf[a](), nil)
		}(),
		"in another order": func() *snapshot.Form {
			type a struct {
				Y []word
				X int
			}
			return snapshot.NewForm(typeOf[a](), nil)
		}(),
	} {
		require.Empty(t, hashes[f.Hash()], name)
		hashes[f.Hash()] = name
	}
	require.Equal(t, form.Hash(), snapshot.NewForm(whole{}.typ(), []canon.Named{&pear{}, apple{}}).Hash(), "whatever the order in which types are listed")
}

// TestShelf: a shelf that was read is as good as a map.
func TestShelf(t *testing.T) {
	s := &read(t, written(t, full())).shelf
	is := maps.Clone(full().shelf.Map())
	check := func() {
		t.Helper()
		require.Equal(t, len(is), s.Len())
		for k, v := range is {
			got, ok := s.Get(k)
			require.True(t, ok, k)
			require.Equal(t, v, got)
			require.Same(t, got, s.Of(k), "there is one of each")
		}
		require.Equal(t, is, s.Map())
		require.ElementsMatch(t, slices.Collect(maps.Keys(is)), slices.Collect(maps.Keys(maps.Collect(s.All()))))
	}
	_, ok := s.Get("nobody")
	require.False(t, ok)
	s.Delete("nobody")
	s.Fetch(slices.Values([]word{"n3", "nobody"}))
	for _, k := range []word{"n4", "n5"} {
		s.Delete(k)
		delete(is, k)
	}
	s.Delete("n4")
	s.Set("n6", &inner{Name: "six"})
	s.Set("n4", &inner{Name: "again"})
	s.Set("new", &inner{})
	is["n6"], is["n4"], is["new"] = &inner{Name: "six"}, &inner{Name: "again"}, &inner{}
	check()
	for range s.All() {
		break
	}
	w := &whole{shelf: *s}
	s = &read(t, written(t, w)).shelf
	check()
	s.Of("n7").n = 1000 // what was changed in its place is written as it is now
	is["n7"] = &inner{Name: is["n7"].Name, n: 1000}
	s = &read(t, written(t, &whole{shelf: *s})).shelf
	check()
}

// TestShelfOfMany: several look at once, and there is one of each thing.
func TestShelfOfMany(t *testing.T) {
	s := &read(t, written(t, full())).shelf
	var all sync.WaitGroup
	got := make([]map[word]*inner, 4)
	for i := range got {
		all.Go(func() { got[i] = s.Map() })
	}
	all.Wait()
	for k, v := range got[0] {
		for i := range got {
			require.Same(t, v, got[i][k])
		}
		require.Same(t, v, s.Of(k))
	}
}

// TestOwn: what was written by ourselves is read as it is; where it was not after all,
// whoever asks for what is wrong finds no other value there.
func TestOwn(t *testing.T) {
	b := written(t, full())
	var v whole
	require.NoError(t, form.ReadOwn(b, &v))
	require.Equal(t, b, written(t, &v))
	wrong := strings.Replace(b, "\x02n3\x01\x02n3", "\x02n3\x07\x02n3", 1)
	require.NotEqual(t, b, wrong)
	require.ErrorIs(t, form.Read(wrong, &whole{}), snapshot.ErrMalformed)
	v = whole{}
	require.NoError(t, form.ReadOwn(wrong, &v))
	require.NotNil(t, v.shelf.Of("n4"))
	require.Panics(t, func() { v.shelf.Of("n3") })
}
