package rulecases

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/internal/canon"
)

// A reading is what a family reads of a case. What cannot be read fails the case.
type reading struct {
	rule, input map[string]any
	at          any // the time at which the answer is asked for; nil: none is named
	read        map[string]bool
}

// given reads a parameter of the rule, and fact something that happened; nil:
// there is none.
func (r *reading) given(key string) any { return r.seen("rule "+key, r.rule[key]) }

func (r *reading) fact(key string) any { return r.seen("input "+key, r.input[key]) }

func (r *reading) seen(what string, v any) any {
	if r.read == nil {
		r.read = map[string]bool{}
	}
	r.read[what] = true
	return v
}

// knowing fails cases that say something which their family did not read: they
// would be judged by another rule, or about something else, than they name.
func knowing(of map[string]family) map[string]family {
	for name, judge := range of {
		of[name] = func(r *reading) (findings, error) {
			r.given("method")
			found, err := judge(r)
			if err != nil {
				return nil, err
			}
			for _, key := range slices.Sorted(maps.Keys(r.rule)) {
				if !r.read["rule "+key] && !slices.Contains(noClaims, key) {
					return nil, fmt.Errorf("parameter %q is not known", key)
				}
			}
			for _, key := range slices.Sorted(maps.Keys(r.input)) {
				if !r.read["input "+key] && !slices.Contains(noClaims, key) {
					return nil, fmt.Errorf("fact %q is not known", key)
				}
			}
			return found, nil
		}
	}
	return of
}

// whole reads a whole number.
func whole(v any) int64 {
	n, err := number(v)
	if err != nil {
		panic(err.Error())
	}
	if !n.IsInt() || !n.Num().IsInt64() {
		panic(fmt.Sprintf("%v is no whole number that can be counted", v))
	}
	return n.Num().Int64()
}

// of reads a whole number of the input; none is 0.
func (r *reading) of(key string) int64 { return orZero(r.fact(key)) }

func orZero(v any) int64 {
	if v == nil {
		return 0
	}
	return whole(v)
}

// among fails a case that asks for something else than what is known.
func among(what, asked string, known ...string) {
	if asked != "" && !slices.Contains(known, asked) {
		panic(fmt.Sprintf("%s %q is not known", what, asked))
	}
}

// text reads a text or a number as text.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	}
	panic(fmt.Sprintf("%v is no text", v))
}

func (r *reading) param(key string) string { return text(r.given(key)) }

// yes reads whether something is so; what is not said is not.
func yes(v any) bool {
	b, ok := v.(bool)
	if v != nil && !ok {
		panic(fmt.Sprintf("%v is neither true nor false", v))
	}
	return b
}

// all reads a list; none is empty.
func all(v any) []any {
	l, ok := v.([]any)
	if v != nil && !ok {
		panic(fmt.Sprintf("%v is no list", v))
	}
	return l
}

// list reads a list of things with fields.
func list(v any) []map[string]any {
	all := all(v)
	out := make([]map[string]any, len(all))
	for i := range all {
		m, ok := all[i].(map[string]any)
		if !ok {
			panic(fmt.Sprintf("%v has no fields", all[i]))
		}
		out[i] = m
	}
	return out
}

// names reads a list of texts.
func names(v any) []string {
	all := all(v)
	out := make([]string, len(all))
	for i := range all {
		out[i] = text(all[i])
	}
	return out
}

// tick is an instant of a case: so many seconds after the opening.
func tick(n int64) time.Time {
	return time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Second)
}

// ticks reads an instant back.
func ticks(text string) int64 {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return int64(at.Sub(tick(0)) / time.Second)
}

// A poll is a case that is being put together.
type poll struct {
	consent.Case
	refused []string
}

// newPoll opens a vote that closes after so many ticks and is looked at then.
func newPoll(closes int64) *poll {
	return &poll{Case: consent.Case{Version: 1, Opened: tick(0), Closes: tick(closes), Now: tick(closes)}}
}

// seat adds a seat. Without a weight nobody has a vote, so there is none.
func (p *poll) seat(who string, class string, weight int64) bool {
	if weight < 0 {
		panic(fmt.Sprintf("%s has a weight below zero", who))
	}
	if weight > 0 {
		p.Seats = append(p.Seats, consent.Seat{Person: circle.PersonID(who), Class: circle.Class(class), Weight: weight})
	}
	return weight > 0
}

// say adds an answer.
func (p *poll) say(who, position string, at int64) {
	p.Answers = append(p.Answers, consent.Answer{Seat: circle.PersonID(who), Position: position, Version: 1, At: tick(at)})
}

// bloc adds one seat with a weight, and its answer if it gives one.
func (p *poll) bloc(class, position string, weight int64) {
	who := fmt.Sprintf("%s-%d", position, len(p.Seats))
	if p.seat(who, class, weight) && position != rule.Silent {
		p.say(who, position, 0)
	}
}

// mostHeads is how many people a case may seat one by one. More would only run
// out of memory, and the cases after it would never be judged.
const mostHeads = 4_000_000

// heads adds so many seats of one vote each, and their answers.
func (p *poll) heads(class, position string, n int64) {
	if n < 0 || int64(len(p.Seats))+n > mostHeads {
		panic(fmt.Sprintf("%d people who say %s are not seated one by one: at most %d are", n, position, mostHeads))
	}
	for range n {
		p.bloc(class, position, 1)
	}
}

// object adds an objection that stands.
func (p *poll) object(who string) {
	if len(p.Objections) >= mostHeads {
		panic(fmt.Sprintf("more than %d objections are not told one by one", mostHeads))
	}
	p.Objections = append(p.Objections, consent.Objection{ID: fmt.Sprintf("o%d", len(p.Objections)+1),
		Seat: circle.PersonID(who), Version: p.Version, Stands: true, Raised: tick(0)})
}

// offer gives an answer if the rule takes it, and otherwise notes the refusal.
func (p *poll) offer(r consent.Admitter, a consent.Answer) {
	if err := r.Admit(p.Case, a); err != nil {
		says := err.Error()
		if refused := (*rule.Refused)(nil); errors.As(err, &refused) {
			says = refused.Code
		}
		p.refused = append(p.refused, fmt.Sprintf("%s: %s", a.Seat, says))
		return
	}
	p.Answers = append(p.Answers, a)
}

// judged asks a rule, and reads what is always claimed under some name.
func (p *poll) judged(r consent.Rule) *judged {
	v := r.Judge(p.Case)
	refuseErrors(v)
	return &judged{v}
}

// refuseErrors fails a case that its rule could not count.
func refuseErrors(v consent.Verdict) {
	for _, why := range v.Why {
		if why.Code == "rule-error" {
			panic(why.Got)
		}
	}
}

// judged is a verdict, and what can be read of it.
type judged struct{ consent.Verdict }

func (v *judged) carried() bool  { return v.Outcome == consent.Carried }
func (v *judged) declined() bool { return v.Outcome == consent.Declined }

// reason finds the first reason with a code.
func (v *judged) reason(code string) *consent.Reason {
	for i := range v.Why {
		if v.Why[i].Code == code {
			return &v.Why[i]
		}
	}
	panic("the verdict says nothing of " + code)
}

// failing are the codes of comparisons that do not hold, in their order.
func (v *judged) failing(codes ...string) []string {
	out := []string{}
	for _, code := range codes {
		for _, why := range v.Why {
			if why.Code == code && !why.Holds {
				out = append(out, code)
				break
			}
		}
	}
	return out
}

// count reads the weight of a position.
func (v *judged) count(position string) *big.Rat {
	n, err := number(v.reason(position).Got)
	if err != nil {
		panic(err)
	}
	return n
}

// tally reads the weights of positions, under the names that a source has.
func (v *judged) tally(names map[string]string) sums {
	out := sums{}
	for name, position := range names {
		out[name] = v.count(position)
	}
	return out
}

// kind makes a rule as the engine does, by its kind and its parameters as data.
func kind(name string, parameters any) consent.Rule {
	var text []byte
	if parameters != nil {
		var err error
		if text, err = canon.Append(nil, parameters, 0); err != nil {
			panic(err.Error())
		}
	}
	r, err := rule.Votes()[consent.RuleName{Kind: name, Version: 1}](string(text))
	if err != nil {
		panic(err.Error())
	}
	return r
}

// units makes whole numbers of numbers with decimals, each as many times as large.
// What they come to together is at most so much: where it would be more, what
// stands behind the last place that can be held is cut.
func units(most int64, of ...any) []int64 {
	scale, sum := big.NewInt(1), new(big.Rat)
	all := make([]*big.Rat, len(of))
	for i, v := range of {
		n, err := number(v)
		if err != nil {
			panic(err.Error())
		}
		all[i] = n
		sum.Add(sum, n)
		scale.Mul(scale, new(big.Int).Div(n.Denom(), new(big.Int).GCD(nil, nil, scale, n.Denom())))
	}
	for ten := big.NewInt(10); new(big.Rat).Mul(sum, new(big.Rat).SetInt(scale)).Cmp(new(big.Rat).SetInt64(most)) > 0; {
		if scale.Cmp(ten) < 0 {
			panic(fmt.Sprintf("%s is more than can be counted", sum.FloatString(0)))
		}
		scale.Quo(scale, ten)
	}
	out := make([]int64, len(all))
	for i, n := range all {
		x := new(big.Int).Mul(n.Num(), scale)
		out[i] = x.Quo(x, n.Denom()).Int64()
	}
	return out
}
