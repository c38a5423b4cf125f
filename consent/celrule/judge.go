package celrule

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/interpreter"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// Early says whether the author claims that it can be certain before everybody was
// heard.
func (r *Rule) Early() bool { return r.source.Early }

// Judge answers the case. What cannot be worked out leaves the question open, with
// the reason: else anybody could sink a proposal by making its rule overflow.
func (r *Rule) Judge(c consent.Case) consent.Verdict {
	if len(r.programs) == 0 {
		return failed(&c, errors.New("the rule has no conditions: New makes one"))
	}
	if err := rule.Weighable(c.Seats); err != nil {
		return failed(&c, err)
	}
	n := r.counted(&c)
	v := consent.Verdict{Outcome: consent.Pending, Why: r.spread(n)}
	if n.nobody() {
		v.Outcome, v.Final = consent.Declined, true
		v.Why = append(v.Why, consent.Reason{Code: "nobody", Got: "0", Need: "1"})
	} else if holds, why, err := r.tell(n); err == nil {
		v.Why = append(v.Why, why...)
		r.conclude(&v, &c, n, holds)
	} else {
		v = failed(&c, err)
		v.Wake = wake(&c)
		return v
	}
	v.Why = append(v.Why, consent.Standing(&c)...)
	return v
}

// wake is when time alone may change what comes out: at the close.
func wake(c *consent.Case) time.Time {
	if rule.Over(c) {
		return time.Time{}
	}
	return c.Closes
}

// failed leaves the question open with the reason why the rule cannot answer.
func failed(c *consent.Case, err error) consent.Verdict {
	return consent.Verdict{Outcome: consent.Pending,
		Why: append([]consent.Reason{{Code: "rule-error", Got: err.Error()}}, consent.Standing(c)...)}
}

// spread tells how the weights are spread over the positions.
func (r *Rule) spread(n *count) []consent.Reason {
	var why []consent.Reason
	for place, name := range placeNames {
		if place == veto && !r.reads[rule.Veto] {
			continue
		}
		told := consent.Reason{Code: name, Holds: true, Got: strconv.FormatInt(n.total(name, -1), 10)}
		if place == silent {
			told.Who, told.Holds = n.unheard, n.unheard == nil
		}
		why = append(why, told)
	}
	return why
}

// conclude says what follows from what holds now. Where there is no close, it is
// over when everybody was heard; then an objection may still be withdrawn, and
// what comes out is not final as long as answers may be changed.
func (r *Rule) conclude(v *consent.Verdict, c *consent.Case, n *count, holds bool) {
	timeUp, heard := rule.Over(c), n.unheard == nil
	over := timeUp || heard && c.Closes.IsZero()
	sure := over
	if !over && r.source.Early && !c.MayChange {
		sure = r.certain(n, holds)
	}
	if sure && !holds && !timeUp && r.reads[objections] {
		sure = false
	}
	if !sure {
		v.Wake = wake(c)
		return
	}
	v.Final = timeUp || !c.MayChange
	v.Outcome = consent.Declined
	if holds {
		v.Outcome = consent.Carried
	}
}

// certain says whether all corners of what may still come agree with what holds
// now: everybody who is silent leaves, or takes one position. That they stay silent
// is how it is now.
func (r *Rule) certain(n *count, holds bool) bool {
	for do := int8(gone); do < silent; do++ {
		if do == veto && !r.reads[rule.Veto] {
			continue
		}
		then, err := r.hold(n.would(do))
		if err != nil || then != holds {
			return false
		}
	}
	return true
}

// hold says whether all conditions hold. Nobody adopts nothing.
func (r *Rule) hold(n *count) (bool, error) {
	if n.nobody() {
		return false, nil
	}
	all, spent := true, uint64(0)
	for i := range r.programs {
		holds, _, err := r.programs[i].run(r.programs[i].holds, r.sees(n), &spent)
		if err != nil {
			return false, err
		}
		all = all && holds
	}
	return all, nil
}

// tell says whether all conditions hold, and every comparison that was made.
func (r *Rule) tell(n *count) (bool, []consent.Reason, error) {
	all, spent := true, uint64(0)
	var why []consent.Reason
	for i := range r.programs {
		p := &r.programs[i]
		holds, details, err := p.run(p.told, r.sees(n), &spent)
		if err != nil {
			return false, nil, err
		}
		all = all && holds
		for i := range p.compares {
			if told, ok := p.compares[i].reason(p.Name, details.State()); ok {
				why = append(why, told)
			}
		}
		if !p.alone {
			why = append(why, consent.Reason{Code: string(p.Name), Holds: holds, Need: p.CEL})
		}
	}
	return all, why, nil
}

// sees is what conditions can ask of a count.
func (r *Rule) sees(n *count) any {
	if len(r.late) == 0 {
		return n
	}
	calls := make(map[string]cel.LateBoundFunction, len(r.late))
	for _, word := range r.late {
		calls[word] = n.ofClass
	}
	sees, err := cel.FunctionVars(n, calls)
	if err != nil {
		panic(err) // a count is no function, and there is a function to each name
	}
	return sees
}

// run runs a condition, and adds what it cost to what the others did.
func (p *program) run(by cel.Program, sees any, spent *uint64) (bool, *cel.EvalDetails, error) {
	out, details, err := by.Eval(sees)
	if cost := details.ActualCost(); cost != nil {
		*spent += *cost
	}
	if err == nil && *spent > MaxCost {
		err = tooDear
	}
	if err != nil {
		return false, nil, fmt.Errorf("%s: %s", p.Name, plain(err))
	}
	return out == types.True, details, nil
}

var tooDear = interpreter.EvalCancelledError{Cause: interpreter.CostLimitExceeded}

// plain says in our own words why a condition could not be worked out: they are
// kept with the verdict, and must not change with a release of CEL.
func plain(err error) string {
	var ended interpreter.EvalCancelledError
	switch says := err.Error(); {
	case errors.As(err, &ended) && ended.Cause == interpreter.CostLimitExceeded:
		return "it takes too long to work out"
	case strings.Contains(says, "overflow"):
		return "a number in it is too large"
	case strings.Contains(says, "by zero"):
		return "something in it is divided by nothing"
	}
	return "it cannot be worked out"
}

var _ consent.Early = (*Rule)(nil)
