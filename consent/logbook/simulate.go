package logbook

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/sayround/sayround/consent"
)

// An Alternative is a rule that is compared with others, and how it is asked.
type Alternative struct {
	Name string
	Rule consent.Rule
	// Seconds is how long answers are taken; zero: as long as it takes.
	Seconds int64
	// Stands: an answer cannot be changed once it is given, so that a rule may be
	// certain before everybody was heard. Otherwise, as in the engine, it may be
	// changed while somebody is still awaited.
	Stands bool
}

// A Simulation is what several rules made of the same questions.
type Simulation struct {
	Seed      uint64 // the same practice and seed draw the same questions
	Questions int
	Practice  Practice
	Results   []Result // one for each rule, in the order in which they were named
}

// A Result is what one rule made of the questions of a simulation.
type Result struct {
	Alternative
	Adopted, Declined, Open int
	// Unheard were decided although somebody was never heard: one of those asked
	// had not answered.
	Unheard int
	// Over were adopted over an objection that stood.
	Over int
	// Half and Ninety are within how many seconds half of the decided questions were
	// decided, and nine in ten of them: exact, by the nearest rank, which is the
	// time of the first question by which so many were decided. Zero where none was.
	Half, Ninety int64
}

// Decided is how many questions came to an end.
func (r *Result) Decided() int { return r.Adopted + r.Declined }

// Simulate draws questions from how people have answered so far, and puts each to
// every one of several rules, with the same answers at the same times.
//
// For each question one of the past rosters is drawn, and for everybody on it one of
// their past replies: what they said and after how long, or that they said nothing.
// All are drawn alike and each by itself. So it is assumed that
//
//   - who answers how does not depend on what others answer, nor on what is asked:
//     objections of several people to the same thing come together more often than here;
//   - people answer as they did under the rule that they had;
//   - nobody answers twice, nobody leaves, and nobody has a delegate;
//   - an objection stands to the end. Where people worked on it, the new text is a
//     question of its own, which is among the past ones too.
//
// A rule is asked as the engine asks it, after each answer if it can be certain early
// ([consent.Early]), when everybody was heard, and at the close; and beside that
// whenever it has said that time alone may change its mind. Who answers at the close
// or later is too late, unless the rule waits longer. A verdict that is not pending
// ends the question when it is final, when there is no close, or at the close: so a
// rule that is certain before the close is not held back until then, as a method
// may do ([consent.Window]).
//
// It is pure: chance comes from the seed alone.
//
// Source: M-261.
func Simulate(p Practice, seed uint64, questions int, among ...Alternative) (Simulation, error) {
	s := Simulation{Seed: seed, Questions: questions, Practice: p}
	if err := p.check(questions, among); err != nil {
		return s, err
	}
	sums := make([]sum, len(among))
	source := rand.New(rand.NewPCG(seed, 0))
	for range questions {
		q := p.draw(source)
		for i := range among {
			sums[i].add(among[i].decide(q))
		}
	}
	for i := range among {
		sums[i].Alternative = among[i]
		s.Results = append(s.Results, sums[i].result())
	}
	return s, nil
}

// check refuses what nothing can be drawn from.
func (p Practice) check(questions int, among []Alternative) error {
	if questions < 1 {
		return fmt.Errorf("%d questions are none: name how many are to be drawn", questions)
	}
	if len(p.Rosters) == 0 {
		return fmt.Errorf("nobody has been asked anything yet, so there is nothing to draw from")
	}
	for i, roster := range p.Rosters {
		for _, member := range roster {
			if member < 0 || member >= len(p.Members) || len(p.Members[member].Replies) == 0 {
				return fmt.Errorf("question %d was put to member %d, of whom no reply is known", i, member)
			}
		}
	}
	for _, a := range among {
		if a.Rule == nil || a.Seconds < 0 {
			return fmt.Errorf("%q is no rule that can be asked: it needs a rule, and a time that is not below zero", a.Name)
		}
	}
	return nil
}

// opened is when every question that is drawn begins: only what comes after it
// matters.
var opened = time.Unix(0, 0).UTC()

// A drawn question is one that was never put, with what everybody says to it, in
// the order of time.
type drawn struct {
	seats   []consent.Seat
	answers []consent.Answer
}

// draw makes a question: who is asked, and what each says.
func (p Practice) draw(source *rand.Rand) *drawn {
	q := &drawn{}
	for _, member := range p.Rosters[source.IntN(len(p.Rosters))] {
		m := &p.Members[member]
		q.seats = append(q.seats, consent.Seat{Person: m.Person, Class: m.Class, Weight: m.Weight})
		if r := m.Replies[source.IntN(len(m.Replies))]; r.Position != "" {
			q.answers = append(q.answers, consent.Answer{Seat: m.Person, Position: r.Position, Version: 1, At: after(r.After)})
		}
	}
	slices.SortStableFunc(q.answers, func(a, b consent.Answer) int { return a.At.Compare(b.At) })
	return q
}

func after(seconds int64) time.Time { return opened.Add(time.Duration(seconds) * time.Second) }

// A fate is what became of one question under one rule.
type fate struct {
	outcome       consent.Outcome
	after         int64
	unheard, over bool
}

// mostWakes is how often a rule is asked again in one question because time alone
// may have changed its mind: one that always names another time would be asked for
// ever.
const mostWakes = 1000

// decide puts a question to a rule and goes on from instant to instant until the
// rule has decided, or nothing more can come.
func (a *Alternative) decide(q *drawn) fate {
	e, can := a.Rule.(consent.Early)
	early := can && e.Early()
	c := consent.Case{Now: opened, Opened: opened, Version: 1, Seats: q.seats}
	if a.Seconds > 0 {
		c.Closes = after(a.Seconds)
	}
	ends, wakes := false, 0 // whether the engine would ask at this instant
	for {
		heard := len(c.Answers) == len(c.Seats)
		c.MayChange = !a.Stands && !heard
		v := judged(a.Rule, c)
		if v.Outcome != consent.Pending && (ends || heard) && (v.Final || !c.Now.Before(c.Closes)) {
			return fate{v.Outcome, int64(c.Now.Sub(opened) / time.Second), !heard, v.Outcome == consent.Carried && len(c.Objections) > 0}
		}
		wake := wakesAt(&c, v.Wake)
		switch {
		case q.comes(&c, wake):
			q.take(&c)
			ends = early
		case !wake.IsZero() && wakes < mostWakes:
			c.Now, ends, wakes = wake, true, wakes+1
		default:
			return fate{outcome: consent.Pending}
		}
	}
}

// wakesAt is when time alone changes something next: the close, or sooner or later
// what the rule has named; zero: never.
func wakesAt(c *consent.Case, named time.Time) time.Time {
	if c.Now.Before(c.Closes) && !(c.Now.Before(named) && named.Before(c.Closes)) {
		return c.Closes
	}
	if c.Now.Before(named) {
		return named
	}
	return time.Time{}
}

// comes says whether there is another answer, and it is in time: before time alone
// changes something, and before the last instant that there is.
func (q *drawn) comes(c *consent.Case, wake time.Time) bool {
	next := len(c.Answers)
	if next == len(q.answers) {
		return false
	}
	if wake.IsZero() {
		return c.Closes.IsZero()
	}
	return q.answers[next].At.Before(wake)
}

// take lets the next answer be given. Who objects raises an objection.
func (q *drawn) take(c *consent.Case) {
	next := len(c.Answers)
	a := &q.answers[next]
	c.Now, c.Answers = a.At, q.answers[:next+1]
	if a.Position == consent.Objects {
		c.Objections = append(c.Objections, consent.Objection{ID: "of-" + string(a.Seat), Seat: a.Seat, Version: 1, Stands: true, Raised: a.At})
	}
}

// A sum of fates is what became of all questions under one rule.
type sum struct {
	Result
	times []int64
}

func (s *sum) add(f fate) {
	switch f.outcome {
	case consent.Carried:
		s.Adopted++
	case consent.Declined:
		s.Declined++
	default:
		s.Open++
		return
	}
	s.times = append(s.times, f.after)
	if f.unheard {
		s.Unheard++
	}
	if f.over {
		s.Over++
	}
}

// result sums up, when all questions are through.
func (s *sum) result() Result {
	slices.Sort(s.times)
	s.Half, s.Ninety = nearestRank(s.times, 50), nearestRank(s.times, 90)
	return s.Result
}

// nearestRank is the smallest of sorted numbers to which at least so many percent of
// them come up; zero of none.
func nearestRank(sorted []int64, percent int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+99)/100-1]
}
