package house_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// pure are the rooms in which decisions are made. The same ledger must lead to
// the same state on every run and every machine, so no clock, no chance, no goroutine
// and no number with a fraction is in them (S9): machines round those differently.
var pure = []string{"circle", "proposal", "objection", "consent", "consent/rule", "consent/celrule"}

// clocks are the functions of package time that look at a clock or wait for
// one.
var clocks = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep"}

// fractions are the types of numbers that are rounded.
var fractions = []string{"float32", "float64", "complex64", "complex128"}

// TestPurity holds the rooms to it.
func TestPurity(t *testing.T) {
	for _, s := range production(t) {
		if slices.Contains(pure, s.dir()) {
			say(t, impure(s))
		}
	}
}

// impure lists the places where a file is not a function of what it is given.
func impure(s *source) []string {
	var out []string
	found := func(n ast.Node, what string) {
		out = append(out, fmt.Sprintf("%s:%d: %s", s.path, s.line(n), what))
	}
	for _, i := range s.file.Imports {
		if path := strings.Trim(i.Path.Value, `"`); path == "math/rand" || path == "math/rand/v2" {
			found(i, path+" has no place here: chance comes from outside and is recorded")
		}
	}
	called := map[ast.Node]bool{}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			called[n.Fun] = true
		case *ast.GoStmt:
			found(n, "a goroutine is started here: the library starts nothing")
		case *ast.Ident:
			if slices.Contains(fractions, n.Name) {
				found(n, n.Name+" is rounded, and not the same on every machine: count in whole numbers, or use math/big")
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT || n.Kind == token.IMAG {
				found(n, n.Value+" has a fraction: count in whole numbers, or use math/big")
			}
		case *ast.SelectorExpr:
			if of, ok := n.X.(*ast.Ident); ok && of.Name == "time" && slices.Contains(clocks, n.Sel.Name) && !theDefault(s, n, called[n]) {
				found(n, "time."+n.Sel.Name+" looks at a clock: time enters as a value")
			}
		}
		return true
	})
	return out
}

// theDefault says whether this is the one place that may name the system's
// clock, without asking it: the zero value of consent.Config.
func theDefault(s *source, n *ast.SelectorExpr, called bool) bool {
	return s.path == "consent/config.go" && n.Sel.Name == "Now" && !called
}

// TestPurityBites shows that each is seen.
func TestPurityBites(t *testing.T) {
	const text = `package consent

import (
	"math/rand"
	"time"
)

type config struct{ now func() time.Time }

func f(c config) time.Time {
	go rand.Int()
	c.now = time.Now
	time.Sleep(1)
	if float64(len("x")) > 0.5 {
		return time.Time{}
	}
	return time.Now()
}
`
	for at, want := range map[string]int{"consent/config.go": 6, "consent/state.go": 7} {
		if got := impure(written(t, at, text)); len(got) != want {
			t.Errorf("in %s: %d findings, want %d: %q", at, len(got), want, got)
		}
	}
}
