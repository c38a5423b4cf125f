package rule_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// What peers decide differently is not said of a rule and then believed: it is found
// out, by asking the rule about the same case with one thing changed. docs/rules.md
// shows what came out.

// A trial is a rule with the classes that it knows.
type trial struct {
	called  string
	rule    consent.Rule
	classes []circle.Class
	options bool
	cases   int
}

// asks draws a question at its close, that nobody may answer twice.
func (x trial) asks(l lottery) consent.Case {
	c := consent.Case{Opened: opening, Closes: second(10), Now: second(10), Version: 1}
	if x.options {
		c.Options = []consent.Option{{ID: "A"}, {ID: "B"}, {ID: "C"}}
	}
	for i := range 2 + l.IntN(5) {
		c.Seats = append(c.Seats, consent.Seat{Person: name(i), Class: pick(l, x.classes...), Weight: int64(1 + l.IntN(2))})
		if l.chance(70) {
			c.Answers = append(c.Answers, x.says(l, i, 1))
		}
	}
	return c
}

// says draws an answer.
func (x trial) says(l lottery, seat, at int) consent.Answer {
	a := consent.Answer{Seat: name(seat), Version: 1, At: second(at)}
	if !x.options {
		a.Position = pick(l, "yes", "yes", "no", "abstain")
		return a
	}
	a.Scores = map[string]int64{}
	for _, i := range l.Perm(3)[:1+l.IntN(3)] {
		o := string("ABC"[i])
		a.Ranking = append(a.Ranking, []string{o})
		a.Scores[o] = int64(l.IntN(6))
	}
	return a
}

// comes is what a rule comes to.
func (x trial) comes(c consent.Case) string {
	v := x.rule.Judge(c)
	return v.Outcome.String() + fmt.Sprint(v.Winners)
}

// with is a case in which one seat has said something else.
func with(c consent.Case, seat int, answers ...consent.Answer) consent.Case {
	c.Answers = slices.DeleteFunc(slices.Clone(c.Answers), func(a consent.Answer) bool { return a.Seat == name(seat) })
	c.Answers = append(c.Answers, answers...)
	return c
}

// left is a case in which one seat has left, or (gone) never was there.
func left(c consent.Case, seat int, gone bool) consent.Case {
	c.Seats = slices.Clone(c.Seats)
	if gone {
		c.Seats = slices.Delete(c.Seats, seat, seat+1)
		return with(c, seat)
	}
	c.Seats[seat].Out = true
	return c
}

// seen is how often something was seen.
type seen map[string]int

// tried are the votes that were tried already, by their names.
var tried = map[string]seen{}

// choices tries a rule in many cases.
func (x trial) choices() seen {
	if s, was := tried[x.called]; was {
		return s
	}
	s := seen{}
	if x.called != "" {
		tried[x.called] = s
	}
	note := func(what string, so bool) {
		if so {
			s[what]++
		}
	}
	for n := range x.cases {
		l := lottery{rand.New(rand.NewPCG(uint64(n), 8)), x.called}
		c := x.asks(l)
		i := l.IntN(len(c.Seats))
		at := x.says(l, i, 1)
		late, now := at, with(c, i, at)
		late.At = c.Closes
		note("in time", x.comes(now) != x.comes(with(c, i)))
		note("late", x.comes(with(c, i, late)) != x.comes(with(c, i)))

		abstain := at
		abstain.Position, abstain.Ranking, abstain.Scores = "abstain", nil, nil
		there, away := x.comes(with(c, i, abstain)), x.comes(left(with(c, i), i, false))
		note("abstaining helps", there != away && there == "adopted[]")
		note("abstaining harms", there != away && away == "adopted[]")
		note("who left counts", x.comes(left(now, i, false)) != x.comes(left(now, i, true)))

		then := x.says(l, i, 2)
		both := x.comes(with(c, i, at, then))
		note("not the last", both != x.comes(with(c, i, then)))
		note("not the first", both != x.comes(with(c, i, at)))

		c.Now = second(8)
		v := x.rule.Judge(c)
		heard := len(c.Answers) == len(c.Seats)
		note("adopted early", v.Final && v.Outcome == consent.Carried && !heard)
		note("declined early", v.Final && v.Outcome == consent.Declined && !heard)
		note("early", v.Final && heard)
		c.Now = second(3)
		waits := func(r consent.Reason) bool { return r.Code == "not-before" && !r.Holds }
		v = x.rule.Judge(c)
		note("declined before its time", v.Final && v.Outcome == consent.Declined && slices.ContainsFunc(v.Why, waits))
		c.Now, c.MayChange = second(8), true
		note("final though it may change", x.rule.Judge(c).Final)
	}
	return s
}

// even is what comes of as many for as against, of each class two.
func (x trial) even() consent.Outcome {
	c := asked(0, 10)
	for i := range 2 * len(x.classes) {
		c.Seats = append(c.Seats, consent.Seat{Person: name(i), Class: x.classes[i/2]})
		c.Answers = append(c.Answers, consent.Answer{Seat: name(i), Position: []string{"no", "yes"}[i%2], Version: 1, At: second(1)})
	}
	return x.rule.Judge(c).Outcome
}

// trials are the votes of the stock.
func trials(t testing.TB) []trial {
	made := rules(t)
	easy, err := rule.Votes()[consent.RuleName{Kind: "conviction", Version: 1}](`{"alpha":"0.9","beta":"0.5","funds":10,"requested":1,"rho":"0.02"}`)
	require.NoError(t, err)
	made["conviction"] = easy // the one of the others asks for so much that it is never adopted
	var out []trial
	for _, called := range slices.Sorted(maps.Keys(made)) {
		x := trial{called: called, rule: made[called], classes: []circle.Class{"a", "b"}, cases: 400}
		switch called {
		case "double-majority-shares":
			x.classes = []circle.Class{"votes", "states"}
		case "approval-weighted", "quadratic", "weighted-split":
			continue // they choose among options
		}
		out = append(out, x)
	}
	return out
}

// Of all rules alike: who answers at the instant of the close is too late, and who
// has left counts nowhere, whatever they had said. Rules that choose among options
// take the last ballot of everybody, and are certain when everybody was heard.
func TestChoicesAlike(t *testing.T) {
	for _, x := range trials(t) {
		s := x.choices()
		require.Zero(t, s["late"], x.called)
		require.Zero(t, s["who left counts"], x.called)
		if x.called != "rough-consensus" { // of which objections alone decide
			require.Positive(t, s["in time"], x.called)
		}
	}
	for _, e := range elections {
		x := trial{rule: e.rule, classes: []circle.Class{""}, options: true, cases: 60}
		s := x.choices()
		for _, never := range []string{"late", "who left counts", "not the last", "adopted early", "declined early", "final though it may change", "abstaining helps", "abstaining harms"} {
			require.Zero(t, s[never], "%T: %s", e.rule, never)
		}
		require.Positive(t, s["in time"], "%T", e.rule)
		require.Positive(t, s["early"], "%T", e.rule)
	}
}

// choicesTable is what came out for each vote, and what it says of itself.
func choicesTable(t testing.TB) string {
	var b, says strings.Builder
	b.WriteString(choicesHead)
	for _, x := range trials(t) {
		s := x.choices()
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", x.called, s.abstaining(), s.twice(), s.early(), x.even())
		if v, ok := x.rule.(*rule.Vote); ok {
			fmt.Fprintf(&says, "- %s: %s\n", x.called, v)
		}
	}
	return b.String() + saysHead + says.String()
}

const choicesHead = `
## What others decide differently

Each line is found out by asking the rule about many cases with one thing changed. Of all rules
alike, elections too: the instant of the close is outside; a seat that is out counts nowhere, whatever was said from it
(the engine puts out who leaves the circle without an answer to the version; what was answered before stands);
weights are those of the opening, for a case holds no others; what is final stays so. Elections take the
last ballot of everybody, are certain before the close only when everybody was heard and nobody
may answer again, and name all who are level, so that people settle it.

| rule | who abstains | who answers twice | certain before the close | as many for as against |
|---|---|---|---|---|
`

const saysHead = `
How much is enough, and whether that much itself is, each vote says in words. With the parameters
that were tried above:

`

// abstaining says what it changes to abstain and not to be there.
func (s seen) abstaining() string {
	switch helps, harms := s["abstaining helps"] > 0, s["abstaining harms"] > 0; {
	case helps && harms:
		return "completes a quorum, and is in a base"
	case helps:
		return "completes a quorum"
	case harms:
		return "is in a base: can keep it from being adopted"
	}
	return "counts nowhere"
}

func (s seen) twice() string {
	switch first, last := s["not the first"] == 0, s["not the last"] == 0; {
	case last:
		return "the last stands"
	case first:
		return "the first stands, as far as it gave all"
	}
	return "the last stands, if it is not over before"
}

// early says what can be final before everybody was heard, and whether it can while
// answers may be changed.
func (s seen) early() string {
	says := []string{}
	if s["adopted early"] > 0 {
		says = append(says, "adopted")
	}
	if s["declined early"] > 0 {
		says = append(says, "declined")
	}
	out := strings.Join(says, ", ")
	switch {
	case out == "" && s["early"] > 0:
		out = "when everybody was heard"
	case out == "":
		out = "no"
	}
	if s["declined before its time"] > 0 {
		out += ", declined also before its earliest time"
	}
	if s["final though it may change"] > 0 {
		out += "; also while answers may be changed"
	}
	return out
}

// Each rule says in its documentation what it decides where others decide
// differently, or of whom it does as they do; and those that are referred to answer
// every question.
func TestChoicesAreSaid(t *testing.T) {
	docs := documented(t)
	for _, all := range []string{"Vote", "Elections"} {
		for _, answers := range []string{"deadline", "abstain", "may be changed", "at least|more than", "opening", "leaves", "nothing (more )?counts", "reject", "tie|level"} {
			require.Regexp(t, answers, docs[all], "%s says nothing of it", all)
		}
	}
	require.Contains(t, docs, "Majority")
	for name, says := range docs {
		if !strings.Contains(says, "that peers make differently") {
			require.Regexp(t, `Otherwise as \[?[A-Z]\w+\]?\.|Elections`, says, "%s does not say its choices", name)
		}
	}
}

// documented are the comments of all rules of the package, and of what they refer
// to: of the types that judge, or make a vote.
func documented(t *testing.T) map[string]string {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	comments, rules := map[string]string{}, map[string]bool{"Elections": true}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range parsed.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				if spec, ok := d.Specs[0].(*ast.TypeSpec); ok {
					comments[spec.Name.Name] = plain(d.Doc.Text())
				}
			case *ast.FuncDecl:
				comments[d.Name.Name] = plain(d.Doc.Text())
				if d.Recv != nil && slices.Contains([]string{"Judge", "Vote", "Lasting"}, d.Name.Name) {
					rules[receiver(d)] = true
				}
			}
		}
	}
	out := map[string]string{}
	for name := range rules {
		if ast.IsExported(name) {
			out[name] = comments[name]
		}
	}
	return out
}

// plain is a comment in one line.
func plain(comment string) string { return strings.Join(strings.Fields(comment), " ") }

func receiver(d *ast.FuncDecl) string {
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	return of.(*ast.Ident).Name
}
