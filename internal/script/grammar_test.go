package script_test

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/exp/ebnf"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/script"
)

// grammar reads the grammar out of the package comment: the indented block below the
// heading "Grammar".
func grammar(t require.TestingT) ebnf.Grammar {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	require.NoError(t, err)
	_, below, found := strings.Cut(file.Doc.Text(), "\n# Grammar\n")
	require.True(t, found)
	var block []string
	for line := range strings.SplitSeq(below, "\n") {
		if strings.HasPrefix(line, "\t") {
			block = append(block, line)
		} else if line != "" && len(block) > 0 {
			break
		}
	}
	g, err := ebnf.Parse("doc.go", strings.NewReader(strings.Join(block, "\n")))
	require.NoError(t, err)
	return g
}

func TestGrammarIsWellFormed(t *testing.T) {
	g := grammar(t)
	require.NoError(t, ebnf.Verify(g, "file"))
	require.Greater(t, len(g), 25)
}

// A matcher finds out by brute force what a grammar makes of a text: for every
// expression and place, all the places where it may end.
type matcher struct {
	grammar ebnf.Grammar
	text    string
	known   map[string]map[int][]int // by production, then by place
}

// matches reports whether a text as a whole is a file by the grammar. The end of a file
// stands for the end of a line and one blank line.
func matches(g ebnf.Grammar, text string) bool {
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	m := &matcher{grammar: g, text: text + "\n", known: map[string]map[int][]int{}}
	return slices.Contains(m.name("file", 0), len(m.text))
}

func (m *matcher) name(name string, at int) []int {
	if m.known[name] == nil {
		m.known[name] = map[int][]int{}
	}
	ends, ok := m.known[name][at]
	if !ok {
		ends = m.ends(m.grammar[name].Expr, at)
		m.known[name][at] = ends
	}
	return ends
}

func (m *matcher) ends(e ebnf.Expression, at int) []int {
	switch e := e.(type) {
	case *ebnf.Name:
		return m.name(e.String, at)
	case *ebnf.Token:
		if strings.HasPrefix(m.text[at:], e.String) {
			return []int{at + len(e.String)}
		}
		return nil
	case *ebnf.Range:
		r, size := utf8.DecodeRuneInString(m.text[at:])
		if size > 0 && char(e.Begin) <= r && r <= char(e.End) {
			return []int{at + size}
		}
		return nil
	case *ebnf.Group:
		return m.ends(e.Body, at)
	case *ebnf.Option:
		return union([]int{at}, m.ends(e.Body, at))
	case *ebnf.Repetition:
		return m.all(e.Body, at)
	case ebnf.Sequence:
		here := []int{at}
		for _, x := range e {
			here = m.from(x, here)
		}
		return here
	case ebnf.Alternative:
		var all []int
		for _, x := range e {
			all = union(all, m.ends(x, at))
		}
		return all
	default:
		panic(fmt.Sprintf("an expression of type %T", e))
	}
}

// from gathers the ends from several places.
func (m *matcher) from(e ebnf.Expression, places []int) (all []int) {
	for _, at := range places {
		all = union(all, m.ends(e, at))
	}
	return all
}

// all gathers the ends after any number of repetitions.
func (m *matcher) all(e ebnf.Expression, at int) []int {
	seen := map[int]bool{at: true}
	for fresh := []int{at}; len(fresh) > 0; {
		var next []int
		for _, end := range m.from(e, fresh) {
			if !seen[end] {
				seen[end] = true
				next = append(next, end)
			}
		}
		fresh = next
	}
	return slices.Sorted(maps.Keys(seen))
}

func union(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func char(t *ebnf.Token) rune {
	r, _ := utf8.DecodeRuneInString(t.String)
	return r
}

// beyond reports whether a file was refused by a rule that the grammar can't say.
func beyond(err error) bool {
	return errors.Is(err, script.ErrLimit) || errors.Is(err, script.ErrTwice) || errors.Is(err, script.ErrTime) || errors.Is(err, script.ErrValue)
}

// agree holds the reader to the grammar over one text.
func agree(t require.TestingT, g ebnf.Grammar, text string) {
	_, err := script.Parse("text", []byte(text))
	if matches(g, text) {
		require.True(t, err == nil || beyond(err), "the grammar admits %q, and the reader refuses it: %v", text, err)
	} else {
		require.Error(t, err, "the reader admits %q, and the grammar does not", text)
	}
}

// The reader and the grammar agree on every sample of this package.
func TestGrammarAndReaderAgreeOnSamples(t *testing.T) {
	g := grammar(t)
	require.True(t, matches(g, bakery))
	for _, v := range values {
		require.True(t, matches(g, "as ana: a.b x="+v[0]), v[0])
	}
	for _, r := range refusals {
		if !utf8.ValidString(r.text) || strings.ContainsRune(r.text, '\u200b') {
			continue // what no grammar over characters says, and what "printable" says
		}
		if r.err == nil {
			require.False(t, matches(g, r.text), "%q", r.text)
		}
		agree(t, g, r.text)
	}
}

// A teller makes up texts by a grammar.
type teller struct {
	t       *rapid.T
	grammar ebnf.Grammar
	depth   map[string]int // how deep a production goes at the least
	deep    int            // how deep the teller stands
}

// newTeller finds out how deep each production goes at the least, so that a teller that
// has gone deep knows the way out.
func newTeller(g ebnf.Grammar) *teller {
	w := &teller{grammar: g, depth: map[string]int{}}
	for changed := true; changed; {
		changed = false
		for name, p := range g {
			if d := 1 + w.least(p.Expr); w.depth[name] == 0 && d < math.MaxInt32 {
				w.depth[name], changed = d, true
			}
		}
	}
	return w
}

// least is how deep an expression goes at the least, as far as is known.
func (w *teller) least(e ebnf.Expression) int {
	switch e := e.(type) {
	case *ebnf.Name:
		if d := w.depth[e.String]; d > 0 {
			return d
		}
		return math.MaxInt32
	case *ebnf.Group:
		return w.least(e.Body)
	case ebnf.Sequence:
		d := 0
		for _, x := range e {
			d = max(d, w.least(x))
		}
		return d
	case ebnf.Alternative:
		d := math.MaxInt32
		for _, x := range e {
			d = min(d, w.least(x))
		}
		return d
	default:
		return 0
	}
}

// tell writes one text that an expression admits.
func (w *teller) tell(e ebnf.Expression) string {
	const far = 14
	switch e := e.(type) {
	case *ebnf.Name:
		return w.name(e.String)
	case *ebnf.Token:
		return e.String
	case *ebnf.Range:
		return string(w.char(char(e.Begin), char(e.End)))
	case *ebnf.Group:
		return w.tell(e.Body)
	case *ebnf.Option:
		if w.deep > far || rapid.Bool().Draw(w.t, "without") {
			return ""
		}
		return w.tell(e.Body)
	case *ebnf.Repetition:
		most := 3
		if w.deep > far {
			most = 0
		}
		return w.several(e.Body, rapid.IntRange(0, most).Draw(w.t, "times"))
	case ebnf.Sequence:
		var b strings.Builder
		for _, x := range e {
			b.WriteString(w.tell(x))
		}
		return b.String()
	case ebnf.Alternative:
		if w.deep > far {
			return w.tell(slices.MinFunc(e, func(a, b ebnf.Expression) int { return w.least(a) - w.least(b) }))
		}
		return w.tell(e[rapid.IntRange(0, len(e)-1).Draw(w.t, "which")])
	default:
		panic(fmt.Sprintf("an expression of type %T", e))
	}
}

func (w *teller) several(e ebnf.Expression, times int) string {
	var b strings.Builder
	for range times {
		b.WriteString(w.tell(e))
	}
	return b.String()
}

// name tells a production: a time that exists, a character that can be printed, and
// otherwise what the grammar says.
func (w *teller) name(name string) string {
	w.deep++
	defer func() { w.deep-- }()
	switch name {
	case "time":
		return time.Unix(rapid.Int64Range(-1<<35, 1<<37).Draw(w.t, "time"), 0).UTC().Format(time.RFC3339)
	case "other":
		return string(rapid.SampledFrom([]rune("éß…Ω中🍞\u0301")).Draw(w.t, "other"))
	default:
		return w.tell(w.grammar[name].Expr)
	}
}

// char draws a character from a range, mostly from its ends.
func (w *teller) char(begin, end rune) rune {
	r := rapid.OneOf(rapid.SampledFrom([]rune{begin, end}), rapid.Int32Range(begin, min(end, begin+30)), rapid.Int32Range(begin, end)).Draw(w.t, "char")
	if utf8.ValidRune(r) {
		return r
	}
	return begin
}

// told draws a file: any at all, or one of a single statement, which leaves less to
// blank lines and comments.
func (w *teller) told(t *rapid.T) string {
	w.t = t
	return w.name(rapid.SampledFrom([]string{"file", "step", "command", "command", "question", "at", "after"}).Draw(t, "start"))
}

// Whatever the grammar admits, the reader reads, unless a rule beyond the grammar is
// broken; and the matcher knows it again.
func TestGrammarSentencesAreRead(t *testing.T) {
	g := grammar(t)
	w := newTeller(g)
	rapid.Check(t, func(t *rapid.T) {
		text := w.told(t)
		_, err := script.Parse("told", []byte(text))
		require.True(t, err == nil || beyond(err), "%q: %v", text, err)
		require.True(t, matches(g, text), "%q", text)
	})
}

// A sentence in which one character was lost, doubled or put in is a sentence to the
// reader if, and only if, it is one to the grammar.
func TestGrammarAndReaderAgreeOnBrokenSentences(t *testing.T) {
	g := grammar(t)
	w := newTeller(g)
	broken := 0
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(w.told(t))
		if len(text) == 0 {
			return
		}
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		odd := rapid.SampledFrom([]rune(" \t\n\r\"\\#:=,.[]{}-a0Z@é\x00\x7f")).Draw(t, "odd")
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			text = slices.Delete(text, at, at+1)
		case 1:
			text = slices.Insert(text, at, odd)
		default:
			text[at] = odd
		}
		if slices.ContainsFunc(text, func(r rune) bool { return r >= 0x80 && !unicode.IsPrint(r) }) {
			return // the grammar says "printable" in words only
		}
		if !matches(g, string(text)) {
			broken++
		}
		agree(t, g, string(text))
	})
	require.NotZero(t, broken, "breaking sentences breaks some of them")
}
