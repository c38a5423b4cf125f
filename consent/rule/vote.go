package rule

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A Vote is a rule of yes and no that is data: a condition, and what else there
// is to say about when it decides. Most rules of this package are a Vote with
// its condition written for them.
//
// The choices that peers make differently, where a rule does not say otherwise:
// the instant of the deadline is outside; a base says by its name whether it has
// those who abstain; a position may be changed where the question says so
// (MayChange), the earlier one stays on record, and then nothing is decided
// before the close; "at least" and "over" are said each time, and compared
// exactly; weights are those of the opening; who leaves, or is out, counts
// nowhere, with what they had said; after a final verdict nothing more counts;
// what cannot come out any other way is decided early, and a rejection that is
// certain does not wait for the earliest time of an adoption; half and half is
// no tie but a comparison that holds or does not; objections that stand are
// reported, and stop a vote only where its condition counts them; where nobody
// has a seat nothing is adopted.
type Vote struct {
	// Carry is when it is adopted. Otherwise it is declined.
	Carry Condition `json:"carry"`
	// Positions are those that can be taken. Empty: yes, no and abstain.
	Positions []string `json:"positions,omitempty"`
	// Weights say how many times the votes of a class count.
	Weights []ClassWeight `json:"weights,omitempty"`
	// Lending lets others speak for who does not.
	Lending *Lending `json:"lending,omitempty"`
	// Split lets a seat give its weight in parts, as scores.
	Split bool `json:"split,omitempty"`
	// AtClose decides nothing before the close, however certain it is.
	AtClose bool `json:"at-close,omitempty"`
	// After is how many seconds after the opening it can be adopted, and no sooner.
	// It can be declined before.
	After int64 `json:"after,omitempty"`
	// Ends is what ends the vote at once when it holds, and adopts, whatever is
	// still to come: what comes later does not count. It is not an early answer that
	// is certain, but a rule for when the vote is over.
	Ends *Condition `json:"ends,omitempty"`
	// Late keeps the vote open when enough answer late.
	Late *Late `json:"late,omitempty"`
	// Also is what it says beside, and decides nothing by.
	Also []Condition `json:"also,omitempty"`
}

// A ClassWeight says how many times each vote of a class counts: a whole number
// of at most 40 digits, so that weights count exactly that no seat could hold.
type ClassWeight struct {
	Class circle.Class `json:"class"`
	Times string       `json:"times"`
}

// Lending is who speaks for whom. It has one step: who speaks for others does
// not pass on what is lent to them. So there are no circles in it.
type Lending struct {
	// Override parts what a seat says for those who lend to it from what it says
	// for itself, which begins with OwnVoice. Otherwise one answer is both.
	Override bool `json:"override,omitempty"`
	// Idle are classes that nobody can lend to.
	Idle []circle.Class `json:"idle,omitempty"`
}

// OwnVoice begins a position that is taken for the own seat alone, whoever
// speaks for it: "own:yes".
const OwnVoice = "own:"

// Late keeps a vote open for some time after a quorum is reached.
type Late struct {
	Quorum  Condition `json:"quorum"`
	Seconds int64     `json:"seconds"`
}

// admits says whether a position can be taken.
func (r *Vote) admits(position string) bool {
	if len(r.Positions) == 0 {
		return position == Yes || position == No || position == Abstain
	}
	return slices.Contains(r.Positions, position)
}

// factors are the weights of classes, in their order; nil: there are none.
func (r *Vote) factors(classes []circle.Class) []*big.Int {
	if len(r.Weights) == 0 {
		return nil
	}
	out := make([]*big.Int, len(classes))
	for _, w := range r.Weights {
		if at := slices.Index(classes, w.Class); at >= 0 {
			out[at], _ = wholeNumber(w.Times)
		}
	}
	return out
}

// Check refuses a vote that cannot be held.
func (r *Vote) Check() error {
	for _, q := range r.conditions() {
		if err := q.Check(); err != nil {
			return err
		}
		if r.Split && q.counts(func(one *Condition) bool { return one.Heads }) {
			return fmt.Errorf("condition %q counts heads, and in this vote a seat can be of several minds", q.Name)
		}
	}
	for i, p := range r.Positions {
		if at, ok := placeOf[p]; !ok || len(at) != 1 || at[0] == unheard {
			return fmt.Errorf("there is no position %q: say yes, no, abstain or veto", p)
		} else if slices.Contains(r.Positions[:i], p) {
			return fmt.Errorf("position %q stands there twice", p)
		}
	}
	for i, w := range r.Weights {
		if _, err := wholeNumber(w.Times); err != nil {
			return fmt.Errorf("the votes of class %q count a whole number of times: %w", w.Class, err)
		}
		if slices.ContainsFunc(r.Weights[:i], func(o ClassWeight) bool { return o.Class == w.Class }) {
			return fmt.Errorf("class %q has two weights", w.Class)
		}
	}
	switch {
	case r.After < 0, r.Late != nil && r.Late.Seconds <= 0:
		return fmt.Errorf("a time that is not after the opening is no time")
	case r.Split && r.Lending != nil:
		return fmt.Errorf("a vote has either parts or lending: a part that somebody else speaks for is nobody's")
	}
	return nil
}

// conditions are all that a vote has.
func (r *Vote) conditions() []*Condition {
	out := []*Condition{&r.Carry}
	if r.Ends != nil {
		out = append(out, r.Ends)
	}
	if r.Late != nil {
		out = append(out, &r.Late.Quorum)
	}
	for i := range r.Also {
		out = append(out, &r.Also[i])
	}
	return out
}

// counts says whether some comparison in it has a property.
func (q *Condition) counts(has func(*Condition) bool) bool {
	if len(q.Count) > 0 {
		return has(q)
	}
	for _, parts := range [][]Condition{q.All, q.Any} {
		for i := range parts {
			if parts[i].counts(has) {
				return true
			}
		}
	}
	for _, part := range []*Condition{q.Not, q.EachClass, q.InClasses} {
		if part != nil && part.counts(has) {
			return true
		}
	}
	return false
}

// NewVote reads a vote from its parameters and refuses, by name, what cannot be.
func NewVote(parameters string) (consent.Rule, error) { return made[Vote](parameters) }

// Early says that it may be certain before everybody was heard.
func (r *Vote) Early() bool { return !r.AtClose }

// Judge answers the case.
func (r *Vote) Judge(c consent.Case) consent.Verdict {
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	t := newTeller(&c, r)
	if t.unweighable {
		return failed(&c, Weighable(c.Seats))
	}
	closes, ended := r.hold(t)
	up := ended || !closes.IsZero() && !c.Now.Before(closes)
	at := c.Now
	if up && !ended {
		at = closes.Add(-1)
	}
	s := t.sight(at)
	s.timeUp = up
	s.settle(&c, closes)
	v := consent.Verdict{Outcome: consent.Pending, Why: t.counted(&c)}
	if !closes.Equal(c.Closes) {
		v.Why = append(v.Why, consent.Reason{Code: "closes", Holds: true, Got: closes.UTC().Format(time.RFC3339), Need: c.Closes.UTC().Format(time.RFC3339)})
	}
	f := s.find(&r.Carry, nil)
	if ended {
		f.end = surely
		v.Why = append(v.Why, consent.Reason{Code: "ended", Holds: true, Need: r.Ends.String()})
	}
	r.conclude(&v, f, s, closes)
	r.beside(&v, s)
	v.Why = append(append(v.Why, t.used()...), consent.Standing(&c)...)
	return v
}

// settle says what can still change: nothing after the close, nor, where there is
// no close to wait for, after everybody was heard. If positions may be changed
// even then, what comes out is not final.
func (s *sight) settle(c *consent.Case, closes time.Time) {
	s.over = s.timeUp || s.heard && closes.IsZero()
	s.may = c.MayChange && !s.over
	s.loose = c.MayChange && !s.timeUp
}

// hold counts all answers in time, and says when the vote closes and whether it
// has ended before.
func (r *Vote) hold(t *teller) (closes time.Time, ended bool) {
	c := t.c
	closes = c.Closes
	if r.Ends == nil && r.Late == nil && r.Lending == nil && !r.Split {
		t.hearAll(closes)
		return closes, false
	}
	t.recount()
	reached := false
	for i := range c.Answers {
		a := &c.Answers[i]
		if !closes.IsZero() && !a.At.Before(closes) || a.At.After(c.Now) || !t.hear(a) {
			continue
		}
		if r.Ends != nil && r.holds(t, r.Ends, a.At) {
			return closes, true
		}
		if r.Late != nil && !reached && r.holds(t, &r.Late.Quorum, a.At) {
			reached = true
			if until := a.At.Add(time.Duration(r.Late.Seconds) * time.Second); !closes.IsZero() && until.After(closes) {
				closes = until
			}
		}
	}
	return closes, false
}

// holds says whether a condition holds on what was counted so far.
func (r *Vote) holds(t *teller, q *Condition, at time.Time) bool {
	s := t.sight(at)
	s.quiet = true
	return s.find(q, nil).now
}

// conclude says what follows from what was found.
func (r *Vote) conclude(v *consent.Verdict, f found, s *sight, closes time.Time) {
	if empty(s.now) {
		v.Outcome, v.Final = consent.Declined, true
		v.Why = append(v.Why, consent.Reason{Code: "nobody", Got: "0", Need: "1"})
		return
	}
	v.Why = append(v.Why, s.why...)
	switch {
	case s.over:
	case s.may, r.AtClose, f.end == surely && empty(s.settled): // all may still leave, and nobody adopts nothing
		f.end = unsure
	case f.end == never && r.Ends != nil && s.find(r.Ends, nil).end != never: // it may still be ended
		f.end = unsure
	}
	s.why = nil
	switch f.end {
	case never:
		v.Outcome, v.Final = consent.Declined, !s.loose
	case surely:
		v.Outcome, v.Final = consent.Carried, !s.loose
	}
	if v.Outcome == consent.Pending && !s.timeUp {
		v.Wake = closes
	}
}

// empty says that a count has no seat in it.
func empty(count [][places]amount) bool {
	for i := range count {
		for p := range places {
			if count[i][p].weight > 0 {
				return false
			}
		}
	}
	return true
}

// beside says what else the vote tells, and holds an adoption back until its
// time has come.
func (r *Vote) beside(v *consent.Verdict, s *sight) {
	for i := range r.Also {
		s.find(&r.Also[i], nil)
	}
	v.Why = append(v.Why, s.why...)
	if r.After > 0 {
		holdBack(v, s.opened, s.clock, r.After)
	}
}

// counted tells how the weights are spread over the positions.
func (t *teller) counted(c *consent.Case) []consent.Reason {
	s := sight{tally: &t.tally}
	why := make([]consent.Reason, 0, places+4)
	for p, name := range placeNames {
		if p != unheard && !t.admits[p] {
			continue
		}
		r := consent.Reason{Code: name, Holds: true, Got: s.weighs(p)}
		if p == unheard {
			if t.tally.unheard > 0 {
				r.Who = t.silentOnes(c)
			}
			r.Holds = len(r.Who) == 0
		}
		why = append(why, r)
	}
	return why
}

// weighs writes what one position weighs in all.
func (s *sight) weighs(p int) string {
	if s.factors != nil {
		var in [places]int64
		in[p] = 1
		return s.sum(ones(in), false, nil).now.String()
	}
	var n int64
	for i := range s.now {
		n += s.now[i][p].weight
	}
	return strconv.FormatInt(n, 10)
}

// silentOnes are the people who have not answered.
func (t *teller) silentOnes(c *consent.Case) []circle.PersonID {
	var who []circle.PersonID
	for i := range c.Seats {
		if c.Seats[i].Out {
			continue
		}
		if t.parts != nil && t.left(i) > 0 || t.parts == nil && t.said[i].spoke == mute && t.said[i].own == mute {
			who = append(who, c.Seats[i].Person)
		}
	}
	return who
}
