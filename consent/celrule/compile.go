package celrule

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

const (
	// mostErrors is how many mistakes the parser reads on after.
	mostErrors = 4
	// mostSaid is how many bytes of what CEL says of a mistake are told. It may quote
	// any word of the expression.
	mostSaid = 200
	// costModel is the revision of what CEL says that things cost. It is named, so
	// that a rule does not come to cost something else with the next release of CEL.
	costModel = 1
	// The cost of a rule is estimated for as many seats and classes as this. Where
	// there are more, the limit at run time holds.
	estimatedSeats   = 1000
	estimatedClasses = 50
)

// A Rule decides by conditions that are expressions of CEL. It is made by [New],
// never changes, and may be asked by many at once.
type Rule struct {
	source     Source
	parameters string
	programs   []program
	reads      map[string]bool // the names that some condition reads
	late       []string        // the counts that some condition asks of one class
	most       uint64
}

// A program is a condition that was compiled.
type program struct {
	Condition
	holds    cel.Program // says whether it holds
	told     cel.Program // does too, and keeps what its parts came to
	compares []comparison
	alone    bool // it is one comparison and nothing else
}

// New compiles a rule and refuses, with the reason, what it cannot be: an
// expression that is not in the language, that could cost too much, or that does
// not say whether something holds.
func New(s Source) (*Rule, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	parameters, err := canon.Append(nil, s, 0)
	if err != nil {
		return nil, err
	}
	if len(parameters) > MaxParameters {
		return nil, fmt.Errorf("a rule has at most %d bytes as parameters, and this one has %d", MaxParameters, len(parameters))
	}
	r := &Rule{source: s, parameters: string(parameters), reads: map[string]bool{}}
	r.source = r.Source()
	compares := 0
	for _, c := range s.Conditions {
		p, costs, err := r.compile(c)
		if err != nil {
			return nil, fmt.Errorf("condition %q: %w", c.Name, err)
		}
		if !p.alone && slices.Contains(worded, string(c.Name)) {
			return nil, fmt.Errorf("a condition called %q is told as one comparison, and this is none: give it another name, or make it several conditions", c.Name)
		}
		r.programs = append(r.programs, p)
		r.most, compares = cost.SafeAdd(r.most, costs), compares+len(p.compares)
	}
	switch {
	case r.most > MaxCost:
		return nil, fmt.Errorf("with %d seats and %d classes it could cost more than %d: let it go through them less often", estimatedSeats, estimatedClasses, MaxCost)
	case compares > MaxComparisons:
		return nil, fmt.Errorf("it makes %d comparisons, and the most that can be told of is %d", compares, MaxComparisons)
	case s.Early && r.reads[objections]:
		return nil, fmt.Errorf("a rule that counts objections waits for the close, since one may be raised or withdrawn until then: leave out early")
	}
	return r, nil
}

// Cost is the most that one look at a case can cost, in the units of CEL, where
// there are no more than a thousand seats in fifty classes. [MaxCost] is the most
// that is taken in.
func (r *Rule) Cost() uint64 { return r.most }

// compile compiles one condition, and says what it can cost at most.
func (r *Rule) compile(c Condition) (program, uint64, error) {
	env, err := environment()
	if err != nil {
		return program{}, 0, err
	}
	parsed, issues := env.Parse(c.CEL)
	if issues.Err() != nil {
		return program{}, 0, mistake(issues)
	}
	if err := spoken(parsed.NativeRep().Expr()); err != nil {
		return program{}, 0, err
	}
	checked, issues := env.Check(parsed)
	if issues.Err() != nil {
		return program{}, 0, mistake(issues)
	}
	if err := typed(checked.NativeRep()); err != nil {
		return program{}, 0, err
	}
	if !checked.OutputType().IsExactType(types.BoolType) {
		return program{}, 0, fmt.Errorf("it gives %s, and a condition says whether something holds", cel.FormatCELType(checked.OutputType()))
	}
	costs, err := env.EstimateCost(checked, sizes{})
	if err != nil {
		return program{}, 0, err
	}
	r.reading(checked.NativeRep())
	p := program{Condition: c, compares: comparisons(checked.NativeRep(), checked.NativeRep().Expr())}
	if p.holds, err = env.Program(checked, cel.CostLimit(MaxCost)); err != nil {
		return program{}, 0, err
	}
	p.told, err = env.Program(checked, cel.CostLimit(MaxCost), cel.EvalOptions(cel.OptTrackState))
	p.alone = len(p.compares) == 1 && p.compares[0].id == checked.NativeRep().Expr().ID()
	return p, costs.Max, err
}

// mistake words the first thing that CEL found wrong, in one line.
func mistake(issues *cel.Issues) error {
	first := issues.Errors()[0]
	says, _, _ := strings.Cut(first.Message, "\n")
	says = strings.ReplaceAll(says, " (in container '')", "")
	if len(says) > mostSaid {
		says = strings.ToValidUTF8(says[:mostSaid], "") + "…"
	}
	says, _, _ = strings.Cut(says, " expecting ")
	if at := first.Location.Column(); at >= 0 {
		return fmt.Errorf("%s (at character %d)", says, at+1)
	}
	return fmt.Errorf("%s", says)
}

// spoken refuses what a condition may not even write down.
func spoken(e ast.Expr) error {
	var wrong error
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		says := ""
		switch e.Kind() {
		case ast.MapKind:
			says = "there are no maps: the order in which one is gone through is left to chance"
		case ast.StructKind:
			says = "nothing can be made: there is what the case holds"
		case ast.LiteralKind:
			switch l := e.AsLiteral().(type) {
			case types.Int, types.Bool, types.String:
			default:
				says = fmt.Sprintf("there are whole numbers, texts, true and false, and no %s", l.Type().TypeName())
			}
		}
		if says != "" && wrong == nil {
			wrong = fmt.Errorf("%s", says)
		}
	}))
	return wrong
}

// typed refuses an expression in which something has a type that could differ
// from one run to the next, or is not known before it runs.
func typed(a *ast.AST) error {
	var wrong error
	ast.PreOrderVisit(a.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if t := a.GetType(e.ID()); wrong == nil && !closed(t, true) {
			wrong = fmt.Errorf("there is a value of type %s in it: there are whole numbers, texts, true and false, seats, and lists of one of them", cel.FormatCELType(t))
		}
	}))
	return wrong
}

// closed says whether a type is one of those that there are.
func closed(t *types.Type, lists bool) bool {
	switch t.Kind() {
	case types.BoolKind, types.IntKind, types.StringKind:
		return true
	case types.StructKind:
		return t.TypeName() == seatName
	case types.ListKind:
		return lists && closed(t.Parameters()[0], false)
	}
	return false
}

// reading notes which names an expression reads.
func (r *Rule) reading(a *ast.AST) {
	ast.PreOrderVisit(a.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if at := a.ReferenceMap()[e.ID()]; at != nil && at.Name != "" {
			r.reads[strings.TrimPrefix(at.Name, people)] = true
		}
		switch e.Kind() {
		case ast.SelectKind:
			r.reads[e.AsSelect().FieldName()] = true
		case ast.CallKind:
			for _, word := range a.GetOverloadIDs(e.ID()) {
				if name := strings.TrimPrefix(word, people); (counts[name] != nil || word == register) && !slices.Contains(r.late, word) {
					r.reads[name] = true
					r.late = append(r.late, word)
				}
			}
		}
	}))
}

// sizes says how long things are at most of which CEL cannot know it, for the
// estimate of what a condition costs.
type sizes struct{}

// EstimateSize answers for the lists of the case, and for texts, which are names.
func (sizes) EstimateSize(of cost.AstNode) *cost.SizeEstimate {
	at := strings.Join(of.Path(), ".")
	switch {
	case at == seats:
		return &cost.SizeEstimate{Max: estimatedSeats}
	case at == classes:
		return &cost.SizeEstimate{Max: estimatedClasses}
	case of.Expr() != nil && of.Expr().Kind() == ast.LiteralKind:
		return nil // it is as long as it is
	case of.Type() != nil && of.Type().Kind() == types.StringKind:
		return &cost.SizeEstimate{Max: circle.MaxID}
	}
	return nil
}

// EstimateCallCost leaves what a call costs to CEL.
func (sizes) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}
