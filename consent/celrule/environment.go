package celrule

import (
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/env"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/sayround/sayround/consent/rule"
)

// The places of the positions in a count.
const (
	yes = iota
	no
	abstain
	veto
	silent
	positions
)

// placeNames are the positions by their places.
var placeNames = [positions]string{rule.Yes, rule.No, rule.Abstain, rule.Veto, rule.Silent}

// counts are the words for counts, each with the positions that it adds up. They
// are those of the stock's conditions, so that there is one vocabulary to learn.
var counts = map[string][]int{
	rule.Yes: {yes}, rule.No: {no}, rule.Abstain: {abstain}, rule.Veto: {veto}, rule.Silent: {silent},
	rule.Cast:     {yes, no, veto},
	rule.Answered: {yes, no, abstain, veto},
	rule.Everyone: {yes, no, abstain, veto, silent},
}

// The words beside the counts.
const (
	people     = "people."       // before a count: how many people, whatever they weigh
	register   = rule.Register   // how many people are on the register, or have a seat where nobody keeps one
	objections = rule.Objections // how many objections stand
	quorate    = "quorate"       // whoever is there is a quorum
	classes    = "classes"       // each class that has a seat or is on the register
	seats      = "seats"         // each seat that is not out
	sum        = "sum"           // of a list of whole numbers
)

// sums is the one overload of sum.
const sums = "sum_list_int"

// built are the operators and functions of CEL that a condition can use, each
// with the overloads for whole numbers, texts, true and false, and lists of them.
// None of them fails but by an overflow or a division by zero. A list has no
// index: there is no order of seats to rely on, and no place beyond the last.
var built = map[string][]string{
	operators.Conditional: nil, operators.LogicalAnd: nil, operators.LogicalOr: nil, operators.LogicalNot: nil,
	operators.NotStrictlyFalse: nil, // the macros need it
	operators.Equals:           nil, operators.NotEquals: nil,
	operators.Less: {overloads.LessInt64}, operators.LessEquals: {overloads.LessEqualsInt64},
	operators.Greater: {overloads.GreaterInt64}, operators.GreaterEquals: {overloads.GreaterEqualsInt64},
	operators.Add:      {overloads.AddInt64, overloads.AddList}, // the macros add to lists
	operators.Subtract: {overloads.SubtractInt64}, operators.Multiply: {overloads.MultiplyInt64},
	operators.Divide: {overloads.DivideInt64}, operators.Modulo: {overloads.ModuloInt64}, operators.Negate: {overloads.NegateInt64},
	operators.In:   {overloads.InList},
	overloads.Size: {overloads.SizeList, overloads.SizeListInst},
}

// environment is all that a condition can say. It is made once and never changed.
var environment = sync.OnceValues(func() (*cel.Env, error) {
	library := &env.LibrarySubset{IncludeMacros: []string{operators.All, operators.Exists, operators.ExistsOne, operators.Map, operators.Filter}}
	for name, ids := range built {
		f := env.NewFunction(name)
		for _, id := range ids {
			f.Overloads = append(f.Overloads, env.NewOverload(id, nil, nil))
		}
		library.IncludeFunctions = append(library.IncludeFunctions, f)
	}
	options := []cel.EnvOption{
		cel.CustomTypeProvider(provider{}),
		cel.StdLib(cel.StdLibSubset(library)),
		cel.ParserRecursionLimit(MaxDepth),
		cel.ParserExpressionSizeLimit(MaxSource),
		cel.ParserErrorRecoveryLimit(mostErrors),
		cel.CostModelVersion(costModel),
		cel.CostModel(cost.Overload(sums, cost.EvalCost(cost.Sum(cost.Const(1), cost.Length(cost.Arg(0)))))),
		cel.Variable(objections, cel.IntType),
		cel.Variable(quorate, cel.BoolType),
		cel.Variable(classes, cel.ListType(cel.StringType)),
		cel.Variable(seats, cel.ListType(seatType)),
		cel.Function(sum, cel.Overload(sums, []*cel.Type{cel.ListType(cel.IntType)}, cel.IntType, cel.UnaryBinding(added))),
	}
	options = append(options, counting(register)...)
	for word := range counts {
		options = append(options, counting(word)...)
		options = append(options, counting(people+word)...)
	}
	return cel.NewCustomEnv(options...)
})

// counting lets a word stand for a count of all, and of one class: yes and
// yes("worker").
func counting(word string) []cel.EnvOption {
	return []cel.EnvOption{
		cel.Variable(word, cel.IntType),
		cel.Function(word, cel.Overload(word, []*cel.Type{cel.StringType}, cel.IntType, cel.LateFunctionBinding())),
	}
}

// added adds up a list of whole numbers.
func added(list ref.Val) ref.Val {
	var total ref.Val = types.IntZero
	for i := list.(traits.Iterable).Iterator(); i.HasNext() == types.True; {
		if total = total.(types.Int).Add(i.Next()); types.IsError(total) {
			return total
		}
	}
	return total
}
