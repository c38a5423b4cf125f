package celrule

import (
	"fmt"
	"math/big"
	"strconv"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/interpreter"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A comparison is one of two whole numbers, with the places at which an
// evaluation keeps what it came to and what its sides came to.
type comparison struct {
	id          int64
	how         string
	left, right side
}

// A side of a comparison is a number, or an expression times a number: in
// "yes * 3" it is yes, three times.
type side struct {
	id    int64
	times int64
	whole int64 // where the expression begins with its factor
	fixed bool  // it is the number in times
}

// The comparisons in words, and turned round: what is at least the other has the
// other at most.
var (
	hows   = map[string]string{operators.GreaterEquals: "at least", operators.Greater: "over", operators.LessEquals: "at most", operators.Less: "below", operators.Equals: "exactly", operators.NotEquals: "other than"}
	turned = map[string]string{"at least": "at most", "over": "below", "at most": "at least", "below": "over", "exactly": "exactly", "other than": "other than"}
)

// comparisons finds those in an expression, but for what is said of each of a
// list, which comes to something else each time.
func comparisons(a *ast.AST, e ast.Expr) []comparison {
	if e.Kind() != ast.CallKind {
		return nil
	}
	call := e.AsCall()
	args := call.Args()
	if how, ok := hows[call.FunctionName()]; ok && a.GetType(args[0].ID()).Kind() == types.IntKind && a.GetType(args[1].ID()).Kind() == types.IntKind {
		c := comparison{e.ID(), how, sideOf(args[0]), sideOf(args[1])}
		if c.left.fixed && !c.right.fixed {
			c = comparison{c.id, turned[how], c.right, c.left}
		}
		return []comparison{c}
	}
	var out []comparison
	for _, arg := range args {
		out = append(out, comparisons(a, arg)...)
	}
	return out
}

// sideOf takes a side apart. A factor that is not above zero stays where it is.
func sideOf(e ast.Expr) side {
	s := side{id: e.ID(), times: 1, whole: e.ID()}
	if n, ok := number(e); ok {
		return side{times: n, fixed: true}
	}
	if e.Kind() != ast.CallKind || e.AsCall().FunctionName() != operators.Multiply {
		return s
	}
	args := e.AsCall().Args()
	for i, arg := range args {
		if n, ok := number(arg); ok && n > 0 {
			s.id, s.times = args[1-i].ID(), n
			return s
		}
	}
	return s
}

// number is the whole number that an expression is, if it is one.
func number(e ast.Expr) (int64, bool) {
	if e.Kind() != ast.LiteralKind {
		return 0, false
	}
	n, ok := e.AsLiteral().(types.Int)
	return int64(n), ok
}

// reason tells of a comparison what it came to; ok is false if it was not made,
// since what stood before it settled the matter. A share is told as one: that
// yes * 3 is at least cast * 2 is "4 of 5" where "at least 2/3" is needed.
func (c *comparison) reason(name circle.Name, state interpreter.EvalState) (r consent.Reason, ok bool) {
	held, ok := state.Value(c.id)
	holds, is := held.(types.Bool)
	if !ok || !is {
		return r, false
	}
	r = consent.Reason{Code: string(name), Holds: bool(holds)}
	if c.right.fixed || c.left.times == 1 && c.right.times == 1 {
		got, one := c.left.total(state)
		need, two := c.right.total(state)
		r.Got, r.Need = got, c.how+" "+need
		return r, one && two
	}
	part, one := at(state, c.left.id)
	of, two := at(state, c.right.id)
	r.Got = part + " of " + of
	r.Need = c.how + " " + big.NewRat(c.right.times, c.left.times).RatString()
	return r, one && two
}

// total is what the side comes to with its factor.
func (s *side) total(state interpreter.EvalState) (string, bool) {
	if s.fixed {
		return strconv.FormatInt(s.times, 10), true
	}
	return at(state, s.whole)
}

// at writes what was kept of an expression.
func at(state interpreter.EvalState, id int64) (string, bool) {
	v, ok := state.Value(id)
	n, is := v.(types.Int)
	return fmt.Sprint(int64(n)), ok && is
}
