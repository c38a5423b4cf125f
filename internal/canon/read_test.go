package canon_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/canon"
)

// TestReadAccepts: a command is JSON as people and programs write it, in any
// order, with white space and with every escape.
func TestReadAccepts(t *testing.T) {
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	seven := leaf{N: 7}
	for text, want := range map[string]sheet{
		`{}`:                                   {},
		" {\t\"must\" :\r\n\"a\" } \n":         {Must: "a"},
		`{"num":7,"flag":true}`:                {Num: 7, Flag: true},
		`{"flag":false,"num":0}`:               {},
		`{"list":[],"leaf":{}}`:                {List: []string{}},
		`{"list":["a" , "b"]}`:                 {List: []string{"a", "b"}},
		`{"array":[ 1 ,2 ]}`:                   {Array: [2]int{1, 2}},
		`{"must":"\u0063\/\b\f\n\r\t"}`:        {Must: "c/\b\f\n\r\t"},
		`{"must":"\uD83D\uDE42"}`:              {Must: "🙂"},
		`{"m\u0075st":"a"}`:                    {Must: "a"},
		"{\"must\":\"e\u0301\"}":               {Must: "e\u0301"},
		"{\"must\":\"a\u0085\"}":               {Must: "a\u0085"},
		`{"when":"2026-03-02T10:00:00Z"}`:      {When: at},
		`{"when":"2026-03-02T12:00:00+02:00"}`: {When: at},
		`{"when":"2026-03-02T10:00:00.9Z"}`:    {When: at},
		`{"when":1772445600}`:                  {When: at},
		`{"far":{"n":7}}`:                      {Far: &seven},
		`{"pace":"03/s"}`:                      {Pace: pace{3}},
		`{"said":"we object"}`:                 {Said: say("we object")},
		`{"sayings":["a","b"]}`:                {Sayings: []saying{say("a"), say("b")}},
		`{"colour":"any"}`:                     {Colour: "any"},
		`{"thing":{"with":{"by":"ana","what":"hello"},"type":"room.noted"}}`: {Thing: &note{By: "ana", What: say("hello")}},
		`{"thing":{ "v":2 , "with":{"who":"}\"]"} , "type":"room.noted" }}`:  {Thing: &noteV2{`}"]`}},
		`{"things":[{"type":"room.packed","with":{"in":[{"type":"room.emptied","with":{ } }]}},{"with":{},"type":"room.emptied"}],"num":1}`: {
			Things: []thing{&bag{[]thing{&empty{}}}, &empty{}}, Num: 1},
	} {
		var s sheet
		require.NoError(t, canon.Read([]byte(text), &s, types), text)
		require.Equal(t, want, s, text)
	}
}

// notRead are texts that are no commands: each is refused with the place where
// it goes wrong, and nothing is guessed.
var notRead = []wrong{
	{"nothing", ``, malformed, ""},
	{"null", `null`, malformed, ""},
	{"a list", `[]`, malformed, ""},
	{"something follows", `{} {}`, malformed, ""},
	{"a comma too many", `{"num":1,}`, wrongKind, ""},
	{"a comma too many in a list", `{"list":["a",]}`, wrongKind, "list[1]"},
	{"a remark", `{/**/}`, wrongKind, ""},
	{"single quotes", `{'must':''}`, wrongKind, ""},
	{"a bare key", `{must:""}`, wrongKind, ""},
	{"an unknown key", `{"oops":1}`, unknown, "oops"},
	{"an unknown key inside", `{"leaf":{"oops":1}}`, unknown, "leaf.oops"},
	{"a key in capitals", `{"Num":1}`, unknown, "Num"},
	{"the name of a field that has none", `{"Untold":""}`, unknown, "Untold"},
	{"a key twice", `{"num":1,"num":1}`, canon.Twice, "num"},
	{"a key twice, once with an escape", `{"num":1,"n\u0075m":1}`, canon.Twice, "num"},
	{"no colon", `{"num" 1}`, malformed, "num"},
	{"null for a text", `{"must":null}`, wrongKind, "must"},
	{"null for a list", `{"list":null}`, malformed, "list"},
	{"null for a thing", `{"thing":null}`, malformed, "thing"},
	{"null for words", `{"said":null}`, wrongKind, "said"},
	{"a number for words", `{"said":4}`, wrongKind, "said"},
	{"a fraction", `{"num":1.5}`, wrongKind, "num"},
	{"an exponent", `{"num":1e3}`, wrongKind, "num"},
	{"07", `{"num":07}`, notCanonical, "num"},
	{"-0", `{"num":-0}`, notCanonical, "num"},
	{"2^53", `{"num":9007199254740992}`, malformed, "num"},
	{"too large here", `{"small":300}`, wrongKind, "small"},
	{"a date without a time", `{"when":"2026-03-02"}`, wrongKind, "when"},
	{"the 30th of February", `{"when":"2026-02-30T10:00:00Z"}`, wrongKind, "when"},
	{"no pace", `{"pace":"fast"}`, wrongKind, "pace"},
	{"half a surrogate pair", `{"must":"\ud83d"}`, malformed, "must"},
	{"two first halves", `{"must":"\ud83d\ud83d"}`, malformed, "must"},
	{"the second half alone", `{"must":"\ude42"}`, malformed, "must"},
	{"three hex digits", `{"must":"\u12"}`, malformed, "must"},
	{"no hex digits", `{"must":"\u+123"}`, malformed, "must"},
	{"no such escape", `{"must":"\x41"}`, malformed, "must"},
	{"no UTF-8", "{\"must\":\"\xff\"}", malformed, "must"},
	{"half a pair in bytes", "{\"must\":\"\xed\xa0\xbd\"}", malformed, "must"},
	{"a bare line end", "{\"must\":\"a\nb\"}", malformed, "must"},
	{"a zero byte", "{\"must\":\"\x00\"}", malformed, "must"},
	{"a type nobody knows", `{"thing":{"type":"room.burned","with":{}}}`, unknown, "thing"},
	{"a newer version", `{"thing":{"type":"room.noted","v":9,"with":{}}}`, newer, "thing"},
	{"no type", `{"thing":{"with":{}}}`, malformed, "thing"},
	{"with nothing", `{"thing":{"type":"room.emptied"}}`, malformed, "thing"},
	{"a type twice", `{"thing":{"type":"room.emptied","type":"room.emptied","with":{}}}`, unknown, "thing"},
	{"with twice", `{"thing":{"type":"room.emptied","with":{},"with":{}}}`, unknown, "thing"},
	{"more than that", `{"thing":{"type":"room.emptied","with":{},"x":1}}`, unknown, "thing"},
	{"with a list", `{"thing":{"type":"room.emptied","with":[]}}`, malformed, "thing.room.emptied"},
	{"with brackets that do not fit", `{"thing":{"type":"room.packed","with":{"in":[}]}}`, malformed, "thing.room.packed.in[0]"},
	{"a fault inside", `{"things":[{"type":"room.emptied","with":{}},{"type":"room.noted","with":{"by":7}}]}`, wrongKind, "things[1].room.noted.by"},
	{"an unknown key in a thing", `{"thing":{"type":"room.emptied","with":{"by":"ana"}}}`, unknown, "thing.room.emptied.by"},
	{"a list that does not end", `{"list":["a"`, malformed, "list"},
	{"a thing without commas", `{"thing":{"type":"room.emptied" "with":{}}}`, malformed, "thing"},
	{"a thing without a colon", `{"thing":{"type" "room.emptied"}}`, malformed, "thing"},
	{"a thing with a number as a key", `{"thing":{7:1}}`, wrongKind, "thing"},
	{"a thing that does not end", `{"thing":{"type":"room.emptied","with":{`, malformed, "thing"},
	{"words in it that do not end", `{"thing":{"with":{"by":"a`, malformed, "thing"},
	{"a time that does not end", `{"when":"2026`, malformed, "when"},
	{"a type that is no text", `{"thing":{"type":7,"with":{}}}`, wrongKind, "thing"},
	{"a version that is none", `{"thing":{"type":"room.emptied","v":"1","with":{}}}`, wrongKind, "thing"},
}

func TestReadRefuses(t *testing.T) {
	for _, r := range notRead {
		t.Run(r.name, func(t *testing.T) {
			err := canon.Read([]byte(r.text), new(sheet), types)
			var bad *canon.Error
			require.ErrorAs(t, err, &bad, r.text)
			require.Equal(t, r.fault, bad.Fault, "%s", err)
			require.Equal(t, r.path, bad.Path, "%s", err)
		})
	}
	var oops *canon.Error
	require.ErrorAs(t, canon.Read([]byte(`{"oops":1}`), new(leaf), nil), &oops)
	require.Equal(t, "there is no such field; the fields are n, s", oops.What)
	require.ErrorAs(t, canon.Read([]byte(`{"oops":1}`), new(empty), nil), &oops)
	require.Equal(t, "there is no such field; the fields are none", oops.What)
}

// TestReadWhatIsWritten: the one text of a value can be read as a command too,
// as long as nothing was said in it.
func TestReadWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sheets().Draw(t, "sheet")
		s.Said, s.Sayings, s.Thing, s.Things = saying{}, nil, &noteV2{s.Must}, nil
		var back sheet
		require.NoError(t, canon.Read(mustAppend(t, s), &back, types))
		require.Equal(t, s, back)
	})
}

// TestGarbageBehindWith: nothing stands between the data of a thing and
// what follows.
func TestGarbageBehindWith(t *testing.T) {
	for _, text := range []string{
		`{"thing":{"type":"room.emptied","with":{} garbage}}`,
		`{"thing":{"type":"room.emptied","with":{}{"a":1]}}`,
		`{"thing":{"with":{}7,"type":"room.emptied"}}`,
	} {
		require.Error(t, canon.Read([]byte(text), new(sheet), types), text)
	}
}

// TestVersionTwice: "type, v and with are wanted here, each once".
func TestVersionTwice(t *testing.T) {
	require.Error(t, canon.Read([]byte(`{"thing":{"type":"room.noted","v":2,"v":1,"with":{"by":"ana"}}}`), new(sheet), types))
}
