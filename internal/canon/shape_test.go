package canon_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/canon"
)

// A saying is something a person said, as circle.Text is.
type saying struct {
	entry uint64
	part  int
	words *string
}

func say(words string) saying { return saying{words: &words} }

func kept(entry uint64, part int) saying { return saying{entry: entry, part: part} }

func (s *saying) Words() (string, bool) {
	if s.words == nil {
		return "", false
	}
	return *s.words, true
}

func (s *saying) Place() (uint64, int) { return s.entry, s.part }

func (s *saying) Bind(entry uint64, part int) { *s = saying{entry: entry, part: part} }

func (s *saying) Say(words string) { *s = say(words) }

func (s *saying) Kind() string { return "words" }

func (s *saying) Check() error {
	if s.words != nil && *s.words == "" {
		return errors.New("no words")
	}
	return nil
}

// A colour has a closed list of values.
type colour string

func (colour) Values() []string { return []string{"red", "green"} }

func (c colour) Check() error {
	if c != "red" && c != "green" {
		return fmt.Errorf("%q is no colour", string(c))
	}
	return nil
}

// A pace chooses its own text: 3/s.
type pace struct{ N int }

func (p pace) MarshalText() ([]byte, error) {
	if p.N < 0 {
		return nil, errors.New("no pace goes backwards")
	}
	return []byte(strconv.Itoa(p.N) + "/s"), nil
}

func (p *pace) UnmarshalText(b []byte) error {
	s, ok := strings.CutSuffix(string(b), "/s")
	n, err := strconv.Atoi(s)
	if !ok || err != nil || n < 0 {
		return fmt.Errorf("%q is no pace", b)
	}
	p.N = n
	return nil
}

func (p pace) Kind() string { return "pace" }

// A mood is worded by its String.
type mood uint8

func (m mood) String() string { return [...]string{"calm", "not calm"}[m] }

// A thing is any command or event.
type thing interface{ Wire() string }

// The things that there are.
type (
	note struct {
		At   time.Time `json:"at,omitempty"`
		By   string    `json:"by"`
		What saying    `json:"what,omitempty" words:"inside"`
	}
	noteV2 struct {
		Who string `json:"who"`
	}
	bag struct {
		In []thing `json:"in,omitempty"`
	}
	empty struct{}
)

func (note) Wire() string       { return "room.noted" }
func (noteV2) Wire() string     { return "room.noted" }
func (noteV2) WireVersion() int { return 2 }
func (bag) Wire() string        { return "room.packed" }
func (empty) Wire() string      { return "room.emptied" }

// A leaf stands in other things; one may be left out, the other may not.
type leaf struct {
	N int8   `json:"n,omitempty"`
	S string `json:"s,omitempty"`
}

type stem struct {
	Leaf   leaf   `json:"leaf,omitempty"`
	Must   string `json:"must"`
	Leaves []leaf `json:"leaves"`
}

// A box may be left out, and so may all that is in it.
type box struct {
	In     *leaf    `json:"in,omitempty"`
	Leaves []leaf   `json:"leaves,omitempty"`
	List   []string `json:"list,omitempty"`
}

// A sheet has all shapes that the form knows. Not in the order of its keys,
// and with fields that are no part of the text.
type sheet struct {
	When    time.Time   `json:"when,omitempty"`
	Array   [2]int      `json:"array,omitempty"`
	Box     box         `json:"box,omitempty"`
	Colour  colour      `json:"colour,omitempty"`
	Far     *leaf       `json:"far,omitempty"`
	Flag    bool        `json:"flag,omitempty"`
	Grid    [][]string  `json:"grid,omitempty"`
	Hidden  string      `json:"-"`
	Large   uint64      `json:"large,omitempty"`
	Leaf    leaf        `json:"leaf,omitempty"`
	List    []string    `json:"list,omitempty"`
	Moods   []mood      `json:"moods,omitempty"`
	Must    string      `json:"must"`
	Num     int64       `json:"num,omitempty"`
	Pace    pace        `json:"pace,omitempty"`
	Paces   []pace      `json:"paces,omitempty"`
	Said    saying      `json:"said,omitempty"`
	Sayings []saying    `json:"sayings,omitempty"`
	Small   int8        `json:"small,omitempty"`
	Stems   []stem      `json:"stems,omitempty"`
	Thing   thing       `json:"thing,omitempty"`
	Things  []thing     `json:"things,omitempty"`
	Times   []time.Time `json:"times,omitempty"`
	Tiny    uint8       `json:"tiny,omitempty"`
	Untold  string
}

var types = func() canon.Types {
	t := canon.Types{}
	t.Add(note{}, noteV2{}, &bag{}, empty{})
	return t
}()

// entry is the entry in which all texts of these tests stand.
const entry = 9

func words() *rapid.Generator[string] {
	letters := rapid.RuneFrom([]rune(` "\/<>&{}[],:'aAzé漢🙂ñÅ`+"\u202f\u2028"), unicode.Latin, unicode.Greek, unicode.Han, unicode.Hangul)
	return rapid.Map(rapid.StringOfN(letters, 0, 12, -1), norm.NFC.String)
}

func instants() *rapid.Generator[time.Time] {
	return rapid.Map(rapid.Int64Range(-1<<40, 1<<40), func(n int64) time.Time { return time.Unix(n, 0).UTC() })
}

func sayings() *rapid.Generator[saying] {
	return rapid.Custom(func(t *rapid.T) saying {
		return kept(rapid.Uint64Range(0, entry).Draw(t, "entry"), rapid.IntRange(1, 1<<16-1).Draw(t, "part"))
	})
}

func leaves() *rapid.Generator[leaf] {
	return rapid.Custom(func(t *rapid.T) leaf { return leaf{rapid.Int8().Draw(t, "n"), words().Draw(t, "s")} })
}

func things(deep int) *rapid.Generator[thing] {
	return rapid.Custom(func(t *rapid.T) thing {
		switch n := rapid.IntRange(0, 3).Draw(t, "thing"); {
		case n == 0 && deep > 0:
			return &bag{In: list(t, "in", things(deep-1))}
		case n == 1:
			return &empty{}
		case n == 2:
			return &noteV2{Who: words().Draw(t, "who")}
		}
		return &note{At: maybe(t, "at", instants()), By: words().Draw(t, "by"), What: maybe(t, "what", sayings())}
	})
}

func list[T any](t *rapid.T, label string, of *rapid.Generator[T]) []T {
	out := rapid.SliceOfN(of, 0, 3).Draw(t, label)
	if len(out) == 0 {
		return nil
	}
	return out
}

func maybe[T any](t *rapid.T, label string, of *rapid.Generator[T]) (zero T) {
	if rapid.Bool().Draw(t, label+"?") {
		return of.Draw(t, label)
	}
	return zero
}

// sheets draws sheets as Decode gives them: empty lists are nil, times in UTC.
func sheets() *rapid.Generator[sheet] {
	return rapid.Custom(func(t *rapid.T) sheet {
		s := sheet{
			When: maybe(t, "when", instants()), Colour: maybe(t, "colour", rapid.SampledFrom([]colour{"red", "green", "any"})),
			Flag: rapid.Bool().Draw(t, "flag"), Large: rapid.Uint64Range(0, canon.MaxInt).Draw(t, "large"),
			Grid: list(t, "grid", rapid.SliceOfN(words(), 0, 2)), Leaf: maybe(t, "leaf", leaves()),
			List: list(t, "list", words()), Must: words().Draw(t, "must"), Num: maybe(t, "num", rapid.Int64Range(-canon.MaxInt, canon.MaxInt)),
			Moods: list(t, "moods", rapid.SampledFrom([]mood{0, 1})),
			Pace:  pace{maybe(t, "pace", rapid.IntRange(0, 99))}, Said: maybe(t, "said", sayings()), Sayings: list(t, "sayings", sayings()),
			Small: rapid.Int8().Draw(t, "small"), Tiny: rapid.Uint8().Draw(t, "tiny"), Things: list(t, "things", things(2)),
			Times: list(t, "times", instants()), Thing: maybe(t, "thing", things(2)),
			Paces: list(t, "paces", rapid.Map(rapid.IntRange(0, 9), func(n int) pace { return pace{n} })),
			Stems: list(t, "stems", rapid.Custom(func(t *rapid.T) stem {
				return stem{maybe(t, "leaf", leaves()), words().Draw(t, "must"), rapid.SliceOfN(leaves(), 0, 2).Draw(t, "leaves")}
			})),
		}
		s.Array = [2]int{maybe(t, "first", rapid.IntRange(-9, 9)), maybe(t, "second", rapid.IntRange(-9, 9))}
		s.Box = box{List: list(t, "in the box", words()), Leaves: list(t, "in the box", leaves())}
		if rapid.Bool().Draw(t, "far?") {
			far := leaves().Draw(t, "far")
			s.Far = &far
		}
		return s
	})
}

// mustAppend writes v and requires that it can be written.
func mustAppend(t require.TestingT, v any) []byte {
	b, err := canon.Append(nil, v, entry)
	require.NoError(t, err)
	return b
}
