package rule_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// The examples ask each rule of the stock about a small case, by the name and the
// parameters that a method would store, and print what a member is told.

// tell asks a rule of the stock about a case.
func tell(kind, parameters string, c consent.Case) {
	r, err := rule.Stock()[consent.RuleName{Kind: kind, Version: 1}](parameters)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sentence := range consent.Explain(r, c, r.Judge(c)) {
		fmt.Println(sentence)
	}
}

// question is one to which everybody who is named has a seat, open for three days:
// "ana yes" has answered, "ana" has not. A name may have a class ("ana/worker"), a
// weight ("ana*3") and somebody who speaks for it ("ana>ben").
func question(seats ...string) consent.Case {
	opened := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	c := consent.Case{Version: 1, Opened: opened, Now: opened.Add(time.Hour), Closes: opened.AddDate(0, 0, 3)}
	for _, text := range seats {
		name, position, answered := strings.Cut(text, " ")
		name, delegate, _ := strings.Cut(name, ">")
		name, weight, _ := strings.Cut(name, "*")
		name, class, _ := strings.Cut(name, "/")
		s := consent.Seat{Person: circle.PersonID(name), Class: circle.Class(class), Delegate: circle.PersonID(delegate)}
		s.Weight, _ = strconv.ParseInt(weight, 10, 64)
		c.Seats = append(c.Seats, s)
		if answered {
			c.Answers = append(c.Answers, consent.Answer{Seat: s.Person, Position: position, Version: 1, At: opened.Add(time.Minute)})
		}
	}
	return c
}

// closed is a question when its time is over.
func closed(c consent.Case) consent.Case {
	c.Now = c.Closes
	return c
}

// objected is a question to which somebody objects.
func objected(c consent.Case, by circle.PersonID) consent.Case {
	c.Objections = append(c.Objections, consent.Objection{ID: "noise", Seat: by, Version: 1, Stands: true, Raised: c.Opened.Add(time.Minute)})
	return c
}

// choice is one between several options when its time is over, with ballots such as
// "ana tea coffee=milk" from the best down, or "ana tea:5 coffee:2" with scores.
func choice(options string, ballots ...string) consent.Case {
	var names []string
	for _, b := range ballots {
		names = append(names, strings.Fields(b)[0])
	}
	c := closed(question(names...))
	for _, o := range strings.Fields(options) {
		c.Options = append(c.Options, consent.Option{ID: o})
	}
	for i, b := range ballots {
		a := consent.Answer{Seat: c.Seats[i].Person, Version: 1, At: c.Opened.Add(time.Minute), Scores: map[string]int64{}}
		for _, on := range strings.Fields(b)[1:] {
			option, score, scored := strings.Cut(on, ":")
			if n, err := strconv.ParseInt(score, 10, 64); scored && err == nil {
				a.Scores[option] = n
			} else {
				a.Ranking = append(a.Ranking, strings.Split(option, "="))
			}
		}
		if len(a.Ranking)+len(a.Scores) > 0 {
			c.Answers = append(c.Answers, a)
		}
	}
	return c
}

// Every rule of the stock has an example, with its output.
func TestEveryRuleHasAnExample(t *testing.T) {
	files, err := filepath.Glob("example_*_test.go")
	require.NoError(t, err)
	shown := map[string]bool{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			require.True(t, !ok || strings.HasPrefix(f.Name.Name, "Example"), "%s: examples alone", file)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && fmt.Sprint(call.Fun) == "tell" {
					kind, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
					require.NoError(t, err)
					shown[kind] = slices.ContainsFunc(parsed.Comments, func(c *ast.CommentGroup) bool {
						return c.Pos() > f.Pos() && c.End() < f.End() && strings.HasPrefix(c.Text(), "Output:")
					})
				}
				return true
			})
		}
	}
	for n := range maps.Keys(rule.Stock()) {
		require.True(t, shown[n.Kind], "%s has no example with an output", n.Kind)
	}
	require.Len(t, shown, len(rule.Stock()))
}
