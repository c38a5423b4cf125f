package canon_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/canon"
)

// TestForm shows the form of each shape, once.
func TestForm(t *testing.T) {
	seven := leaf{N: 7}
	for want, s := range map[string]sheet{
		`{"must":""}`:                                                          {},
		`{"must":"a\"b\\c/d é"}`:                                               {Must: `a"b\c/d é`},
		`{"array":[0,-3],"must":""}`:                                           {Array: [2]int{0, -3}},
		`{"far":{"n":7},"must":""}`:                                            {Far: &seven},
		`{"far":{},"must":""}`:                                                 {Far: &leaf{}},
		`{"flag":true,"must":""}`:                                              {Flag: true},
		`{"grid":[[],["a","b"]],"must":""}`:                                    {Grid: [][]string{{}, {"a", "b"}}},
		`{"large":9007199254740991,"must":""}`:                                 {Large: canon.MaxInt},
		`{"leaf":{"n":-128,"s":"x"},"must":""}`:                                {Leaf: leaf{-128, "x"}},
		`{"must":"","num":-9007199254740991}`:                                  {Num: -canon.MaxInt},
		`{"must":"","pace":"3/s"}`:                                             {Pace: pace{3}},
		`{"must":"","said":4}`:                                                 {Said: kept(entry, 4)},
		`{"must":"","said":"8.65535"}`:                                         {Said: kept(8, 65535)},
		`{"must":"","said":"0.1"}`:                                             {Said: kept(0, 1)},
		`{"must":"","stems":[{"leaves":[],"must":""}]}`:                        {Stems: []stem{{Leaves: []leaf{}}}},
		`{"must":"","thing":{"type":"room.emptied","v":1,"with":{}}}`:          {Thing: &empty{}},
		`{"must":"","thing":{"type":"room.noted","v":2,"with":{"who":"ana"}}}`: {Thing: &noteV2{"ana"}},
		`{"must":"","things":[{"type":"room.packed","v":1,"with":{"in":[{"type":"room.emptied","v":1,"with":{}}]}}]}`: {Things: []thing{&bag{[]thing{&empty{}}}}},
		`{"must":"","when":1772445600}`: {When: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)},
		`{"must":"","when":0}`:          {When: time.Unix(0, 0).UTC()},
	} {
		require.Equal(t, want, string(mustAppend(t, s)))
		require.Equal(t, want, string(mustAppend(t, &s)), "a pointer is written as what it points to")
		var back sheet
		require.NoError(t, canon.Decode([]byte(want), &back, entry, types, nil), want)
		require.Equal(t, s, back)
	}
}

// A wrong text has a fault and the place of it.
type wrong struct {
	name, text string
	fault      canon.Fault
	path       string
}

const (
	malformed    = canon.Malformed
	notCanonical = canon.NotCanonical
	unknown      = canon.Unknown
	newer        = canon.Newer
	wrongKind    = canon.WrongKind
)

func named(with string) string { return `{"must":"","thing":` + with + `}` }

// notDecoded are texts that are not the one way to write a value, and what is
// said to be wrong with each.
var notDecoded = []wrong{
	{"nothing", ``, malformed, ""},
	{"no object", `"must"`, malformed, ""},
	{"a list", `[]`, malformed, ""},
	{"null", `null`, malformed, ""},
	{"it does not end", `{"must":""`, malformed, ""},
	{"a text that does not end", `{"must":"a`, malformed, "must"},
	{"an escape that does not end", `{"must":"a\`, malformed, "must"},
	{"no value", `{"must":}`, wrongKind, "must"},
	{"no colon", `{"must"""}`, notCanonical, "must"},
	{"no comma", `{"must":"""num":1}`, malformed, ""},
	{"a comma too many", `{"must":"",}`, wrongKind, ""},
	{"something follows", `{"must":""}x`, malformed, ""},
	{"another follows", `{"must":""}{"must":""}`, malformed, ""},
	{"a line end follows", "{\"must\":\"\"}\n", malformed, ""},
	{"a byte order mark", "\xef\xbb\xbf{\"must\":\"\"}", malformed, ""},

	{"white space before", ` {"must":""}`, malformed, ""},
	{"white space behind", `{"must":""} `, malformed, ""},
	{"white space before a key", `{ "must":""}`, wrongKind, ""},
	{"white space behind a key", `{"must" :""}`, notCanonical, "must"},
	{"white space before a value", `{"must": ""}`, wrongKind, "must"},
	{"white space before the end", `{"must":"" }`, malformed, ""},
	{"white space in a list", `{"list":["a", "b"],"must":""}`, wrongKind, "list[1]"},
	{"a tab", "{\t\"must\":\"\"}", wrongKind, ""},

	{"a key twice", `{"must":"","must":""}`, notCanonical, "must"},
	{"another key twice", `{"flag":true,"flag":true,"must":""}`, notCanonical, "flag"},
	{"keys out of order", `{"must":"","flag":true}`, notCanonical, "flag"},
	{"an unknown key", `{"must":"","oops":1}`, unknown, "oops"},
	{"an unknown key first", `{"aaa":1,"must":""}`, unknown, "aaa"},
	{"an empty key", `{"":1,"must":""}`, unknown, ""},
	{"a key in capitals", `{"Must":""}`, unknown, "Must"},
	{"a key with an escape", `{"m\u0075st":""}`, notCanonical, ""},
	{"the key of a field that is no part", `{"Hidden":"","must":""}`, unknown, "Hidden"},
	{"a required field is missing", `{}`, malformed, "must"},
	{"a required field is missing behind others", `{"flag":true}`, malformed, "must"},
	{"a required field is missing before others", `{"num":1}`, notCanonical, "num"},
	{"a required field inside is missing", `{"must":"","stems":[{"leaves":[]}]}`, malformed, "stems[0].must"},

	{"the zero of a number", `{"must":"","num":0}`, notCanonical, "num"},
	{"the zero of a text", `{"colour":"","must":""}`, notCanonical, "colour"},
	{"the zero of a list", `{"list":[],"must":""}`, notCanonical, "list"},
	{"the zero of a fixed list", `{"array":[0,0],"must":""}`, notCanonical, "array"},
	{"the zero of an object", `{"leaf":{},"must":""}`, notCanonical, "leaf"},
	{"false", `{"flag":false,"must":""}`, notCanonical, "flag"},
	{"the zero of a time", fmt.Sprintf(`{"must":"","when":%d}`, time.Time{}.Unix()), notCanonical, "when"},
	{"the zero of what chooses its text", `{"must":"","pace":"0/s"}`, notCanonical, "pace"},

	{"null for a text", `{"must":null}`, wrongKind, "must"},
	{"null for a number", `{"must":"","num":null}`, wrongKind, "num"},
	{"null for a truth", `{"flag":null,"must":""}`, wrongKind, "flag"},
	{"null for a list", `{"list":null,"must":""}`, malformed, "list"},
	{"null for an object", `{"leaf":null,"must":""}`, malformed, "leaf"},
	{"null for a pointer", `{"far":null,"must":""}`, malformed, "far"},
	{"null for a thing", named(`null`), notCanonical, "thing"},
	{"null for a saying", `{"must":"","said":null}`, wrongKind, "said"},

	{"a number for a text", `{"must":1}`, wrongKind, "must"},
	{"a text for a number", `{"must":"","num":"1"}`, wrongKind, "num"},
	{"a number for a truth", `{"flag":1,"must":""}`, wrongKind, "flag"},
	{"a truth that goes on", `{"flag":truer,"must":""}`, malformed, ""},
	{"an object for a list", `{"list":{},"must":""}`, malformed, "list"},
	{"a list for an object", `{"leaf":[],"must":""}`, malformed, "leaf"},
	{"07", `{"must":"","num":07}`, notCanonical, "num"},
	{"-07", `{"must":"","num":-07}`, notCanonical, "num"},
	{"-0", `{"must":"","num":-0}`, notCanonical, "num"},
	{"00", `{"must":"","num":00}`, notCanonical, "num"},
	{"+1", `{"must":"","num":+1}`, wrongKind, "num"},
	{"a minus alone", `{"must":"","num":-}`, wrongKind, "num"},
	{"1.0", `{"must":"","num":1.0}`, wrongKind, "num"},
	{"0.5", `{"must":"","num":0.5}`, wrongKind, "num"},
	{".5", `{"must":"","num":.5}`, wrongKind, "num"},
	{"1e3", `{"must":"","num":1e3}`, wrongKind, "num"},
	{"1E3", `{"must":"","num":1E3}`, wrongKind, "num"},
	{"0x1f", `{"must":"","num":0x1f}`, notCanonical, "num"},
	{"31x", `{"must":"","num":31x}`, malformed, ""},
	{"NaN", `{"must":"","num":NaN}`, wrongKind, "num"},
	{"2^53", `{"must":"","num":9007199254740992}`, malformed, "num"},
	{"2^53+1", `{"must":"","num":9007199254740993}`, malformed, "num"},
	{"-2^53", `{"must":"","num":-9007199254740992}`, malformed, "num"},
	{"2^64", `{"must":"","num":18446744073709551616}`, malformed, "num"},
	{"a very long number", `{"must":"","num":` + strings.Repeat("9", 400) + `}`, malformed, "num"},
	{"more than a byte", `{"must":"","small":128}`, wrongKind, "small"},
	{"less than a byte", `{"must":"","small":-129}`, wrongKind, "small"},
	{"less than nothing", `{"must":"","tiny":-1}`, wrongKind, "tiny"},
	{"a text for a small number", `{"must":"","tiny":"1"}`, wrongKind, "tiny"},
	{"a name of a type longer than any", named(`{"type":"room.` + strings.Repeat("n", 80) + `","v":1,"with":{}}`), unknown, "thing"},
	{"more than eight bits", `{"must":"","tiny":256}`, wrongKind, "tiny"},
	{"a fixed list too short", `{"array":[1],"must":""}`, malformed, "array"},
	{"a fixed list too long", `{"array":[1,2,3],"must":""}`, malformed, "array"},

	{"an escaped letter", `{"must":"\u0063"}`, notCanonical, "must"},
	{"an escaped letter in capitals", `{"must":"\u004A"}`, notCanonical, "must"},
	{"an escaped line end", `{"must":"\n"}`, notCanonical, "must"},
	{"an escaped slash", `{"must":"\/"}`, notCanonical, "must"},
	{"an escaped quote as \\u", `{"must":"\u0022"}`, notCanonical, "must"},
	{"an escape that JSON does not have", `{"must":"\x41"}`, notCanonical, "must"},
	{"half a surrogate pair", `{"must":"\ud83d"}`, notCanonical, "must"},
	{"half a surrogate pair in bytes", "{\"must\":\"\xed\xa0\xbd\"}", malformed, "must"},
	{"no UTF-8", "{\"must\":\"\xff\"}", malformed, "must"},
	{"an overlong slash", "{\"must\":\"\xc0\xaf\"}", malformed, "must"},
	{"an unfinished letter", "{\"must\":\"\xc3\"}", malformed, "must"},
	{"beyond Unicode", "{\"must\":\"\xf4\x90\x80\x80\"}", malformed, "must"},
	{"not in NFC", "{\"must\":\"e\u0301\"}", notCanonical, "must"},
	{"Hangul letter by letter", "{\"must\":\"\u1100\u1161\"}", notCanonical, "must"},
	{"the sign of an ångström", "{\"must\":\"\u212b\"}", notCanonical, "must"},
	{"a zero byte", "{\"must\":\"a\x00b\"}", malformed, "must"},
	{"a line end", "{\"must\":\"a\nb\"}", malformed, "must"},
	{"delete", "{\"must\":\"a\x7f\"}", malformed, "must"},
	{"a control character of the second kind", "{\"must\":\"a\u0085\"}", notCanonical, "must"},
	{"the last of them", "{\"must\":\"a\u009f\"}", notCanonical, "must"},
	{"not in NFC inside a list", "{\"list\":[\"e\u0301\"],\"must\":\"\"}", notCanonical, "list[0]"},

	{"an older form of a pace", `{"must":"","pace":"03/s"}`, notCanonical, "pace"},
	{"no pace", `{"must":"","pace":"fast"}`, wrongKind, "pace"},
	{"a number for a pace", `{"must":"","pace":3}`, wrongKind, "pace"},
	{"a time in words", `{"must":"","when":"2026-03-02T10:00:00Z"}`, wrongKind, "when"},
	{"half a second", `{"must":"","when":1.5}`, wrongKind, "when"},

	{"words in the record", `{"must":"","said":"we object"}`, malformed, "said"},
	{"part 0", `{"must":"","said":0}`, malformed, "said"},
	{"part -1", `{"must":"","said":-1}`, malformed, "said"},
	{"part 70000", `{"must":"","said":70000}`, malformed, "said"},
	{"part 0 of an earlier entry", `{"must":"","said":"8.0"}`, malformed, "said"},
	{"a part of this entry, the long way", `{"must":"","said":"9.1"}`, malformed, "said"},
	{"a part of an entry to come", `{"must":"","said":"10.1"}`, malformed, "said"},
	{"a part with a leading zero", `{"must":"","said":"8.01"}`, malformed, "said"},
	{"an entry with a leading zero", `{"must":"","said":"08.1"}`, malformed, "said"},
	{"a part of three numbers", `{"must":"","said":"8.1.1"}`, malformed, "said"},
	{"a part without an entry", `{"must":"","said":".1"}`, malformed, "said"},
	{"an entry without a part", `{"must":"","said":"8"}`, malformed, "said"},
	{"a part in a list", `{"must":"","sayings":[1,0]}`, malformed, "sayings[1]"},

	{"a type nobody knows", named(`{"type":"room.burned","v":1,"with":{}}`), unknown, "thing"},
	{"no type", named(`{"type":"","v":1,"with":{}}`), unknown, "thing"},
	{"a newer version", named(`{"type":"room.noted","v":3,"with":{}}`), newer, "thing"},
	{"version 0", named(`{"type":"room.noted","v":0,"with":{}}`), newer, "thing"},
	{"no version", named(`{"type":"room.emptied","with":{}}`), notCanonical, "thing"},
	{"the version as a text", named(`{"type":"room.emptied","v":"1","with":{}}`), wrongKind, "thing"},
	{"another order", named(`{"v":1,"type":"room.emptied","with":{}}`), notCanonical, "thing"},
	{"with nothing", named(`{"type":"room.emptied","v":1}`), notCanonical, "thing"},
	{"more than that", named(`{"type":"room.emptied","v":1,"with":{},"x":1}`), malformed, "thing"},
	{"the fields of another version", named(`{"type":"room.noted","v":1,"with":{"who":"ana"}}`), unknown, "thing.room.noted.who"},
	{"a fault inside", named(`{"type":"room.noted","v":1,"with":{"by":7}}`), wrongKind, "thing.room.noted.by"},
	{"a type that is no text", named(`{"type":7,"v":1,"with":{}}`), wrongKind, "thing"},
	{"a type with an escape", named(`{"type":"room\u002eemptied","v":1,"with":{}}`), unknown, "thing"},
}

func TestDecodeRefuses(t *testing.T) {
	for _, r := range notDecoded {
		t.Run(r.name, func(t *testing.T) {
			var s sheet
			err := canon.Decode([]byte(r.text), &s, entry, types, nil)
			var bad *canon.Error
			require.ErrorAs(t, err, &bad, r.text)
			require.Equal(t, r.fault, bad.Fault, "%s", err)
			require.Equal(t, r.path, bad.Path, "%s", err)
			require.LessOrEqual(t, bad.Offset, len(r.text))
			require.Contains(t, err.Error(), fmt.Sprintf("at byte %d", bad.Offset))
		})
	}
}

// TestEveryBeginning: no beginning of a text is a text.
func TestEveryBeginning(t *testing.T) {
	b := []byte(`{"array":[0,-3],"far":{"n":7},"flag":true,"list":["a","é"],"must":"\"","said":4,"sayings":["8.1",2],` +
		`"thing":{"type":"room.noted","v":1,"with":{"by":"ana"}},"when":1}`)
	var s sheet
	require.NoError(t, canon.Decode(b, &s, entry, types, nil))
	for n := range b {
		require.Error(t, canon.Decode(b[:n], new(sheet), entry, types, nil), "%s", b[:n])
		require.Error(t, canon.Read(b[:n], new(sheet), types), "%s", b[:n])
	}
}

// A tree stands in itself.
type tree struct {
	In []tree `json:"in,omitempty"`
	N  int    `json:"n,omitempty"`
}

// TestDepth: at most 12 deep, in what is read and in what is passed over; a
// text cannot make the reader run out of room.
func TestDepth(t *testing.T) {
	nested := func(levels int, inside string) string {
		return strings.Repeat(`{"in":[`, levels) + inside + strings.Repeat(`]}`, levels)
	}
	for _, read := range []func(string) error{
		func(s string) error { return canon.Decode([]byte(s), new(tree), entry, nil, nil) },
		func(s string) error { return canon.Read([]byte(s), new(tree), nil) },
	} {
		require.NoError(t, read(nested(6, `{}`)), "objects and lists 12 deep")
		for _, deeper := range []string{nested(6, `{"n":1}`), nested(7, `{}`), nested(10_000, `{}`)} {
			var bad *canon.Error
			require.ErrorAs(t, read(deeper), &bad)
			require.Equal(t, canon.Malformed, bad.Fault)
			require.Contains(t, bad.What, "deeper")
		}
	}
	for _, brackets := range []string{`[`, `{"a":`} {
		err := canon.Read([]byte(`{"must":"","thing":{"with":`+strings.Repeat(brackets, 10_000)), new(sheet), types)
		require.ErrorContains(t, err, "deeper")
	}
}

// TestOneText: for every value there is one text, and it reads back.
func TestOneText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sheets().Draw(t, "sheet")
		b := mustAppend(t, s)
		var back sheet
		require.NoError(t, canon.Decode(b, &back, entry, types, nil), "%s", b)
		require.Equal(t, s, back)
		require.Equal(t, string(b), string(mustAppend(t, back)))
		require.Equal(t, canon.Digest(s), canon.Digest(back))

		var held canon.Names
		var named sheet
		require.NoError(t, canon.Decode(b, &named, entry, types, &held))
		clear(b) // the text is somebody else's: nothing read from it may lie in it
		require.Equal(t, s, named)
		require.Equal(t, s, back)
	})
}

// TestNoOtherText: whatever is changed in a text, either it is refused, or it
// is the one text of another value.
func TestNoOtherText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := mustAppend(t, sheets().Draw(t, "sheet"))
		i := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		insert := []byte(rapid.SampledFrom([]string{"", " ", "0", "-", "1", ",", `"`, `\`, "a", "{}", "[]", "null", `\u0061`, "\u0301", "\x00", "."}).Draw(t, "insert"))
		cut := rapid.IntRange(0, min(3, len(b)-i)).Draw(t, "cut")
		changed := bytes.Join([][]byte{b[:i], insert, b[i+cut:]}, nil)
		var back sheet
		if canon.Decode(changed, &back, entry, types, nil) == nil {
			require.Equal(t, string(changed), string(mustAppend(t, back)))
		}
	})
}

// TestNames: a text that comes again is kept once, however many there are, and
// reading with names gives what reading without gives.
func TestNames(t *testing.T) {
	var held canon.Names
	for i := range 1<<16 + 10 {
		b := fmt.Appendf(nil, `{"colour":"c%d","must":""}`, i)
		for range 2 {
			var s sheet
			require.NoError(t, canon.Decode(b, &s, entry, types, &held))
			if want := fmt.Sprintf("c%d", i); string(s.Colour) != want {
				t.Fatalf("%s was read as %s", want, s.Colour)
			}
		}
	}
}

// TestAppendRefuses: what has no form is refused, not bent.
func TestAppendRefuses(t *testing.T) {
	for name, v := range map[string]any{
		"a control character":        sheet{Must: "a\x00"},
		"a line end":                 sheet{Must: "a\nb"},
		"delete":                     sheet{Must: "\x7f"},
		"a control character beyond": sheet{Must: "a\u0085"},
		"no UTF-8":                   sheet{Must: "\xff"},
		"not in NFC":                 sheet{Must: "e\u0301"},
		"2^53":                       sheet{Num: canon.MaxInt + 1},
		"-2^53":                      sheet{Num: -canon.MaxInt - 1},
		"2^53, unsigned":             sheet{Large: canon.MaxInt + 1},
		"a time beyond":              sheet{When: time.Unix(canon.MaxInt+1, 0)},
		"what cannot word itself":    sheet{Pace: pace{-1}},
		"open words":                 sheet{Said: say("we object")},
		"open words in a list":       sheet{Sayings: []saying{say("we object")}},
		"open words in a thing":      sheet{Thing: &note{What: say("we object")}},
		"a thing without a type":     sheet{Things: []thing{nil}},
		"a required pointer": struct {
			P *int `json:"p"`
		}{},
		"a map": struct {
			M map[string]int `json:"m"`
		}{M: map[string]int{"a": 1}},
	} {
		_, err := canon.Append(nil, v, entry)
		require.Error(t, err, name)
		if strings.HasPrefix(name, "open words") {
			require.NotContains(t, err.Error(), "object", "what was said is not said by an error")
		}
	}
	var s struct {
		M map[string]int `json:"m"`
	}
	require.Error(t, canon.Decode([]byte(`{"m":{}}`), &s, entry, nil, nil))
}

// TestNoFormForTypes: a type without a form is a mistake of the program.
func TestNoFormForTypes(t *testing.T) {
	require.Panics(t, func() {
		_, _ = canon.Append(nil, struct {
			F float64 `json:"f"`
		}{math.Pi}, entry)
	})
	require.Panics(t, func() {
		_, _ = canon.Append(nil, struct {
			A any `json:"a"`
		}{1}, entry)
	})
}

func TestErrorSaysWhere(t *testing.T) {
	err := canon.Decode([]byte(`{"must":"","stems":[{"leaf":{"n":1000},"leaves":[],"must":""}]}`), new(sheet), entry, types, nil)
	require.EqualError(t, err, "stems[0].leaf.n: the number 1000 is too large here (at byte 37)")
	err = canon.Decode([]byte(`x`), new(sheet), entry, types, nil)
	require.EqualError(t, err, `"{" is wanted here (at byte 0)`)
}

// loud is what some things are and others are not.
type loud interface {
	Wire() string
	Loud()
}

// TestOtherThings: a thing that is known but cannot stand here is refused.
func TestOtherThings(t *testing.T) {
	var s struct {
		Loud loud `json:"loud"`
	}
	for _, err := range []error{
		canon.Decode([]byte(`{"loud":{"type":"room.emptied","v":1,"with":{}}}`), &s, entry, types, nil),
		canon.Read([]byte(`{"loud":{"type":"room.emptied","with":{}}}`), &s, types),
	} {
		var bad *canon.Error
		require.ErrorAs(t, err, &bad)
		require.Equal(t, canon.WrongKind, bad.Fault)
		require.Equal(t, "loud: room.emptied cannot stand here", strings.Split(err.Error(), " (")[0])
	}
}

// TestEmptyInside: an object that may be left out and holds an empty list
// is left out like one that is not given.
func TestEmptyInside(t *testing.T) {
	type rules struct {
		Tools []string `json:"tools,omitempty"`
	}
	type command struct {
		Rules rules `json:"rules,omitempty"`
	}
	b := mustAppend(t, command{rules{Tools: []string{}}})
	require.Equal(t, "{}", string(b))
	require.NoError(t, canon.Decode(b, new(command), entry, nil, nil))
}

// TestUnreadable: what Decode would refuse, Append does not write.
func TestUnreadable(t *testing.T) {
	type required struct {
		Said saying `json:"said"`
	}
	for name, v := range map[string]any{
		"required words that were never said": required{},
		"a list with words never said":        sheet{Sayings: []saying{{}}},
		"words of an entry to come":           sheet{Said: kept(entry+1, 1)},
		"words in a part beyond the last":     sheet{Said: kept(entry, 1<<16+1)},
		"words in part -1":                    sheet{Said: kept(entry, -1)},
		"nested deeper than is read":          deepTree(7),
	} {
		b, err := canon.Append(nil, v, entry)
		require.Error(t, err, "%s was written as %s", name, b)
	}
}

func deepTree(levels int) tree {
	if levels == 0 {
		return tree{N: 1}
	}
	return tree{In: []tree{deepTree(levels - 1)}}
}

// TestCutType: an entry that is cut off in the name of a type is broken,
// not of the future.
func TestCutType(t *testing.T) {
	err := canon.Decode([]byte(`{"must":"","thing":{"type":"room`), new(sheet), entry, types, nil)
	var bad *canon.Error
	require.ErrorAs(t, err, &bad)
	require.Equal(t, canon.Malformed, bad.Fault)
}
