package script_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/script"
)

const bakery = `# An objector who leaves the circle in mid-round still counts.
at 2026-03-02T10:00:00Z
as ana: circle.found id=bakery name=Bakery aim="bread the street is glad of" members=[ana,cia]

as ada with sam recorded-by sol: objection.raise id=o1
  # Her own words.
  aim=teams
	argument="Nobody is left to bake."
----
objection.raised id=o1 by=cia version=1
# consent.responded by=cia
  response=objects   

as wes for "Ada B" basis="power of attorney" channel=phone id=c-7: consent.respond
# He comes too late.
----

after 1w5d
----
consent.judged
show proposal "the Sundays"
 
verify
due 2026-05-01T00:00:00Z
----
`

func TestParse(t *testing.T) {
	f, err := script.Parse("bakery.txt", []byte(bakery))
	require.NoError(t, err)
	require.Equal(t, "bakery.txt", f.Name)
	require.Equal(t, bakery, string(f.Bytes()))
	require.Len(t, f.Steps, 7)

	at, found, raise, respond, after, verify, due := f.Steps[0], f.Steps[1], f.Steps[2], f.Steps[3], f.Steps[4], f.Steps[5], f.Steps[6]
	require.Equal(t, []int{2, 3, 5, 14, 18, 23, 24},
		[]int{at.Line, found.Line, raise.Line, respond.Line, after.Line, verify.Line, due.Line})

	require.Equal(t, script.KindAt, at.Kind)
	require.Equal(t, time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), at.At)
	require.False(t, at.HasExpect)

	require.Equal(t, script.KindCommand, found.Kind)
	require.Equal(t, script.Speaker{Who: "ana"}, found.Speaker)
	require.Equal(t, "circle.found", found.Command)
	require.Equal(t, `{"id":"bakery","name":"Bakery","aim":"bread the street is glad of","members":["ana","cia"]}`, string(found.Fields))

	require.Equal(t, script.Speaker{Who: "ada", With: "sam", RecordedBy: "sol"}, raise.Speaker)
	require.Equal(t, `{"id":"o1","aim":"teams","argument":"Nobody is left to bake."}`, string(raise.Fields))
	require.Equal(t, `as ada with sam recorded-by sol: objection.raise id=o1 aim=teams argument="Nobody is left to bake."`, raise.Text)
	require.Equal(t, []string{"objection.raised id=o1 by=cia version=1", "# consent.responded by=cia", "  response=objects"}, raise.Expect)

	require.Equal(t, script.Speaker{Who: "wes", For: "Ada B", Basis: "power of attorney", Channel: "phone", ID: "c-7"}, respond.Speaker)
	require.Equal(t, `{}`, string(respond.Fields))
	require.True(t, respond.HasExpect)
	require.Empty(t, respond.Expect)

	require.Equal(t, script.KindAfter, after.Kind)
	require.Equal(t, 12*24*time.Hour, after.After)
	require.Equal(t, []string{"consent.judged", `show proposal "the Sundays"`}, after.Expect)

	require.Equal(t, script.KindQuestion, verify.Kind)
	require.Equal(t, []string{"verify"}, verify.Words)
	require.Equal(t, []string{"due", "2026-05-01T00:00:00Z"}, due.Words)
	require.True(t, due.HasExpect, "a file may end in an expectation of nothing")
}

// one reads a file that is one statement.
func one(t *testing.T, text string) script.Step {
	t.Helper()
	f, err := script.Parse("one", []byte(text))
	require.NoError(t, err)
	require.Len(t, f.Steps, 1)
	return f.Steps[0]
}

func TestParseLayout(t *testing.T) {
	for _, text := range []string{"", "\n", "  \t\n", "# only a comment", "  # indented", "\r\n \r\n"} {
		f, err := script.Parse("empty", []byte(text))
		require.NoError(t, err, "%q", text)
		require.Empty(t, f.Steps, "%q", text)
		require.Equal(t, text, string(f.Bytes()))
	}
	for _, text := range []string{
		"show a b", "show a b\n", "show a b  \r\n", "show\n a\n\tb\n", "show a\n# c\n  # d\n b\n", "\n\nshow\ta \t b\n\n",
	} {
		require.Equal(t, []string{"show", "a", "b"}, one(t, text).Words, "%q", text)
	}
	s := one(t, "show a\r\n----  \r\nx \r\n y\r\n\r\n")
	require.Equal(t, []string{"x", " y"}, s.Expect)
	require.Equal(t, []string{"----", "#"}, one(t, "show a\n----\n----\n#").Expect)
}

func TestParseTimes(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2026-03-02T10:00:00Z":        time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC),
		"2026-03-02T10:00:00+02:00":   time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC),
		"2026-03-02T10:00:00.25Z":     time.Date(2026, 3, 2, 10, 0, 0, 250e6, time.UTC),
		"2024-02-29T23:59:59.5-00:30": time.Date(2024, 3, 1, 0, 29, 59, 500e6, time.UTC),
	} {
		require.Equal(t, want, one(t, "at "+text).At, text)
	}
}

func TestParseDurations(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"5d": 5 * day, "36h": 36 * time.Hour, "90m": 90 * time.Minute, "1d12h": 36 * time.Hour, "2w": 14 * day, "30s": 30 * time.Second,
		"0s": 0, "007d": 7 * day, "1h1h": 2 * time.Hour, "106751d": 106751 * day,
	} {
		require.Equal(t, want, one(t, "after "+text).After, text)
	}
}

// values holds values as written, and the JSON that they stand for.
var values = [][2]string{
	{`word`, `"word"`},
	{`12`, `12`}, {`-3`, `-3`}, {`0`, `0`}, {`007`, `"007"`}, {`+5`, `"+5"`}, {`12a`, `"12a"`}, {`1.2.3`, `"1.2.3"`}, {`-`, `"-"`},
	{`true`, `true`}, {`false`, `false`}, {`True`, `"True"`}, {`nullable`, `"nullable"`},
	{`2026-03-02T10:00:00Z`, `"2026-03-02T10:00:00Z"`}, {`2/3`, `"2/3"`}, {`ana@b.example`, `"ana@b.example"`}, {`o'neil`, `"o'neil"`},
	{`<b>&`, `"<b>&"`}, {`room#7`, `"room#7"`}, {`Zoë`, `"Zoë"`}, {`…`, `"…"`},
	{`""`, `""`}, {`"12"`, `"12"`}, {`"null"`, `"null"`}, {`"a\"b\\\n\u00e9"`, `"a\"b\\\n\u00e9"`}, {`"#, [x]=:{}"`, `"#, [x]=:{}"`},
	{`[]`, `[]`}, {`[ ]`, `[]`}, {`{}`, `{}`}, {`{ }`, `{}`},
	{`[ana,cia]`, `["ana","cia"]`}, {`[ ana , "cia b" , 3 ]`, `["ana","cia b",3]`}, {"[\n  a,\n  # why\n  b\n  ]", `["a","b"]`},
	{`[{id:missed, stop:3}]`, `[{"id":"missed","stop":3}]`},
	{`{b:1,a:{"x y":[true]}}`, `{"b":1,"a":{"x y":[true]}}`},
	{`{at:10:30, true : false, 12:x, "":y}`, `{"at":"10:30","true":false,"12":"x","":"y"}`},
	{`[{a:1},{a:2}]`, `[{"a":1},{"a":2}]`},
	{`[[[[[[[[]]]]]]]]`, `[[[[[[[[]]]]]]]]`},
}

func TestParseValues(t *testing.T) {
	for _, v := range values {
		s := one(t, "as ana: a.b x="+v[0]+" z=1")
		require.Equal(t, `{"x":`+v[1]+`,"z":1}`, string(s.Fields), v[0])
		require.True(t, json.Valid(s.Fields), v[0])
	}
}

func TestParseSpeakerInAnyOrder(t *testing.T) {
	want := script.Speaker{Who: "wes", With: "sam", Through: "iva", RecordedBy: "sol", For: "ada", Basis: "b", Channel: "phone", ID: "c1"}
	for _, text := range []string{
		"as wes with sam through iva recorded-by sol for ada basis=b channel=phone id=c1: a.b",
		"as wes id=c1 channel=phone basis=b for ada recorded-by sol through iva with sam: a.b",
		"as \"wes\"\n  with \"sam\" through iva for ada basis=\"b\"\n  recorded-by\tsol id=c1 channel=phone:\n  a.b",
	} {
		require.Equal(t, want, one(t, text).Speaker, text)
	}
	require.Equal(t, script.Speaker{Who: "with", For: "for"}, one(t, "as with for for: a.b").Speaker)
	require.Equal(t, "a-1.b-2", one(t, "as ana: a-1.b-2").Command)
}

// refusals are files that are no conversations, where the first fault lies, the sentence
// that says so, and the rule beyond the grammar that it breaks, if it breaks one.
var refusals = []struct {
	text         string
	line, column int
	what         string
	err          error
}{
	{"\n----\n", 2, 0, "---- belongs directly below a statement, and there is none above it", nil},
	{"verify\n\n----\n", 3, 0, "---- belongs directly below a statement, and there is none above it", nil},
	{"  verify\n", 1, 0, "a line that begins with white space continues a statement, and there is none above it", nil},
	{"show a\n\n  b\n", 3, 0, "a line that begins with white space continues a statement, and there is none above it", nil},
	{"verify\nshow a\xff\n", 2, 0, "the line is not UTF-8 text", nil},
	{"\n-----\n", 2, 1, `"-----" begins no statement: those begin with at, after, as, show, may, explain, due, verify or replay`, nil},
	{"Show a\n", 1, 1, `"Show" begins no statement: those begin with at, after, as, show, may, explain, due, verify or replay`, nil},

	{"at\n", 1, 3, "the line ends where a time should stand", nil},
	{"at \"x\"\n", 1, 4, `'"' stands where a time should`, nil},
	{"at noon\n", 1, 4, `"noon" is no time; one is written 2026-03-02T10:00:00Z`, script.ErrTime},
	{"at 2026-02-30T10:00:00Z\n", 1, 4, `"2026-02-30T10:00:00Z" is no time; one is written 2026-03-02T10:00:00Z`, script.ErrTime},
	{"at 2026-03-02T1:00:00Z\n", 1, 4, `"2026-03-02T1:00:00Z" is no time; one is written 2026-03-02T10:00:00Z`, script.ErrTime},
	{"at 2026-03-02T10:00:00+24:00\n", 1, 4, `"2026-03-02T10:00:00+24:00" is no time; one is written 2026-03-02T10:00:00Z`, script.ErrTime},
	{"at 2026-03-02T10:00:00-01:60\n", 1, 4, `"2026-03-02T10:00:00-01:60" is no time; one is written 2026-03-02T10:00:00Z`, script.ErrTime},
	{"at 2026-03-02T10:00:00Z now\n", 1, 24, "nothing more belongs to this statement", nil},

	{"after\n", 1, 6, "the line ends where a duration such as 5d, 36h or 1d12h should stand", nil},
	{"after x\n", 1, 7, "'x' stands where a duration such as 5d, 36h or 1d12h should", nil},
	{"after 5\n", 1, 8, "the line ends where a unit (w, d, h, m or s) should stand", nil},
	{"after 5y\n", 1, 8, "'y' stands where a unit (w, d, h, m or s) should", nil},
	{"after 1d 12h\n", 1, 9, "nothing more belongs to this statement", nil},
	{"after 1d,\n", 1, 9, "',' stands where the word should be over; a word that holds it needs quotes", nil},
	{"after 106752d\n", 1, 7, "the duration is longer than the clock can hold", script.ErrLimit},
	{"after 106751d1d\n", 1, 14, "the duration is longer than the clock can hold", script.ErrLimit},
	{"after 99999999999999999999s\n", 1, 7, "the duration is longer than the clock can hold", script.ErrLimit},

	{"show\n", 1, 5, "the line ends where a word should stand", nil},
	{"may\n# who?\n", 1, 4, "the line ends where a word should stand", nil},
	{"show #7\n", 1, 6, "'#' stands where a word should", nil},
	{"show a,b\n", 1, 7, "',' stands where the word should be over; a word that holds it needs quotes", nil},
	{"show a\u200bb\n", 1, 7, `'\u200b' stands where the word should be over; a word that holds it needs quotes`, nil},
	{"show Zoë\n\n\nshow Zoë \"x\n", 4, 10, "a string ends on the line on which it begins, and this one has no closing quote", nil},
	{"verify all\n", 1, 8, "verify stands alone: no word follows it", nil},

	{"as\n", 1, 3, "the line ends where a name or a value should stand", nil},
	{"as \"\": a.b\n", 1, 4, "nothing stands between the quotes", nil},
	{"as ana\n", 1, 7, "the line ends where the colon after the speaker should stand", nil},
	{"as ana,bo: a.b\n", 1, 7, "',' stands where the colon after the speaker should", nil},
	{"as ana : a.b\n", 1, 8, "here stands one of with, through, recorded-by, for, basis=, channel=, id=, or no white space before the colon", nil},
	{"as ana under sam: a.b\n", 1, 8, "here stands one of with, through, recorded-by, for, basis=, channel=, id=, or no white space before the colon", nil},
	{"as ana with: a.b\n", 1, 12, "':' stands where white space after with should", nil},
	{"as ana with : a.b\n", 1, 13, "':' stands where a name or a value should", nil},
	{"as ana basis: a.b\n", 1, 13, "':' stands where the = after basis should", nil},
	{"as ana id=\"\\x\": a.b\n", 1, 11, "the string has an escape that JSON does not know", nil},
	{"as ana with bo with bo: a.b\n", 1, 16, `"with" is given twice`, script.ErrTwice},
	{"as ana id=1\n  id=2: a.b\n", 2, 3, `"id" is given twice`, script.ErrTwice},
	{"as ana:a.b\n", 1, 8, "'a' stands where white space after the speaker's colon should", nil},
	{"as ana:\n", 1, 8, "the line ends where white space after the speaker's colon should stand", nil},
	{"as ana: =\n", 1, 9, "'=' stands where a command should", nil},
	{"as ana: found\n", 1, 9, `"found" is no command; one is written room.command, in small letters, digits and hyphens`, nil},
	{"as ana: circle.found.it\n", 1, 9, `"circle.found.it" is no command; one is written room.command, in small letters, digits and hyphens`, nil},
	{"as ana: Circle.found\n", 1, 9, `"Circle.found" is no command; one is written room.command, in small letters, digits and hyphens`, nil},
	{"as ana: circle.1st\n", 1, 9, `"circle.1st" is no command; one is written room.command, in small letters, digits and hyphens`, nil},

	{"as ana: a.b \"x\"=1\n", 1, 13, `'"' stands where a key should`, nil},
	{"as ana: a.b Text=1\n", 1, 13, `"Text" is no key; one is written in small letters, digits and hyphens`, nil},
	{"as ana: a.b text\n", 1, 17, "the line ends where the = after text should stand", nil},
	{"as ana: a.b text\n  = 1\n", 1, 17, "the line ends where the = after text should stand", nil},
	{"as ana: a.b x=1\n  y=2\n# c\n  x=3\n", 4, 3, `the key "x" is given twice`, script.ErrTwice},
	{"as ana: a.b x=\n", 1, 15, "the line ends where a value should stand", nil},
	{"as ana: a.b x= 1\n", 1, 15, "' ' stands where a value should", nil},
	{"as ana: a.b x=a=b\n", 1, 16, "'=' stands where the word should be over; a word that holds it needs quotes", nil},
	{"as ana: a.b x=\"a\"b\n", 1, 18, "'b' stands where the word should be over; a word that holds it needs quotes", nil},
	{"as ana: a.b x=null\n", 1, 15, `null is no value: leave the key out, or write "null" in quotes to mean the word`, script.ErrValue},
	{"as ana: a.b x=[1.5]\n", 1, 16, `1.5 is not an integer: write it in quotes, exactly, as in "2/3"`, script.ErrValue},
	{"as ana: a.b x=1e3\n", 1, 15, `1e3 is not an integer: write it in quotes, exactly, as in "2/3"`, script.ErrValue},

	{"as ana: a.b x=\"a\n  b\"\n", 1, 15, "a string ends on the line on which it begins, and this one has no closing quote", nil},
	{"as ana: a.b x=\"a\\\n", 1, 15, "a string ends on the line on which it begins, and this one has no closing quote", nil},
	{"as ana: a.b x=\"a\\\n  b\"\n", 1, 15, "a string ends on the line on which it begins, and this one has no closing quote", nil},
	{"as ana: a.b x=\"a\tb\"\n", 1, 17, `'\t' can't stand in a string: write it as an escape`, nil},
	{"as ana: a.b x=\"a\x00b\"\n", 1, 17, `'\x00' can't stand in a string: write it as an escape`, nil},
	{"as ana: a.b x=\"\\u12g4\"\n", 1, 15, "the string has an escape that JSON does not know", nil},
	{"as ana: a.b x=\"\\\tb\"\n", 1, 15, "the string has an escape that JSON does not know", nil},

	{"as ana: a.b x=[a\n", 1, 17, "the line ends where a comma, or the closing ] should stand", nil},
	{"as ana: a.b x=[a b]\n", 1, 18, "'b' stands where a comma, or the closing ] should", nil},
	{"as ana: a.b x=[a,]\n", 1, 18, "']' stands where a value should", nil},
	{"as ana: a.b x=[,a]\n", 1, 16, "',' stands where a value should", nil},
	{"as ana: a.b x={a}\n", 1, 17, `'}' stands where the colon after "a" should`, nil},
	{"as ana: a.b x={[]:1}\n", 1, 16, "'[' stands where a key should", nil},
	{"as ana: a.b x={\"a\n", 1, 16, "a string ends on the line on which it begins, and this one has no closing quote", nil},
	{"as ana: a.b x={a:1,\n  \"\\u0061\":2}\n", 2, 3, `the key "a" is given twice`, script.ErrTwice},
	{"as ana: a.b x=[[[[[[[[[]]]]]]]]]\n", 1, 23, "arrays and objects may stand 8 deep within one another, and no deeper", script.ErrLimit},
	{"as ana: a.b x={a:{a:{a:{a:[[[[{}]]]]}}}}\n", 1, 31, "arrays and objects may stand 8 deep within one another, and no deeper", script.ErrLimit},
}

func TestParseRefuses(t *testing.T) {
	for _, r := range refusals {
		f, err := script.Parse("bad.txt", []byte(r.text))
		require.Nil(t, f, "%q", r.text)
		want := &script.SyntaxError{Name: "bad.txt", Line: r.line, Column: r.column, What: r.what, Err: r.err}
		require.Equal(t, want, err, "%q", r.text)
	}
}

func TestParseBounds(t *testing.T) {
	comment := func(n int) string { return "#" + strings.Repeat("x", n-1) }
	_, err := script.Parse("wide", []byte("verify\n"+comment(script.MaxLine)+"\r\n"))
	require.NoError(t, err)
	_, err = script.Parse("wide", []byte("verify\n"+comment(script.MaxLine+1)+"\n"))
	require.ErrorIs(t, err, script.ErrLimit)
	require.EqualError(t, err, "wide:2: the line has 65537 bytes, and may have 65536")

	full := strings.Repeat(comment(1023)+"\n", script.MaxFile/1024)
	_, err = script.Parse("full", []byte(full))
	require.NoError(t, err)
	_, err = script.Parse("full", []byte(full+"\n"))
	require.ErrorIs(t, err, script.ErrLimit)
	require.EqualError(t, err, "full: the file has 1048577 bytes, and may have 1048576")

	// Many short lines in one statement cost no more than one long file.
	_, err = script.Parse("long", []byte("show"+strings.Repeat("\n a", 300_000)))
	require.NoError(t, err)
}

func TestSyntaxErrorWords(t *testing.T) {
	_, err := script.Parse("bakery.txt", []byte("verify\nas ana: a.b x=1 x=2\n"))
	require.EqualError(t, err, `bakery.txt:2:17: the key "x" is given twice`)
	require.ErrorIs(t, err, script.ErrTwice)
}

func TestKindString(t *testing.T) {
	require.Equal(t, "at after command question Kind(0)", strings.Join([]string{
		script.KindAt.String(), script.KindAfter.String(), script.KindCommand.String(), script.KindQuestion.String(), script.Kind(0).String(),
	}, " "))
}
