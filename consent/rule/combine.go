package rule

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A Counted is what a test sees of a case: how much is for each position.
type Counted struct {
	t   *tally
	now [][places]amount
}

// Weight is what some positions weigh together, in some classes or in all.
func (c Counted) Weight(names []string, of ...circle.Class) int64 { return c.count(names, false, of) }

// Heads is how many seats took some positions, in some classes or in all.
func (c Counted) Heads(names []string, of ...circle.Class) int64 { return c.count(names, true, of) }

func (c Counted) count(names []string, heads bool, of []circle.Class) int64 {
	in, err := spread(names)
	if err != nil {
		panic(err) // a test that counts what there is not is no rule: the engine leaves the question pending
	}
	var n int64
	for i, class := range c.t.classes {
		if len(of) > 0 && !slices.Contains(of, class) {
			continue
		}
		for p := range places {
			if in[p] > 0 {
				n += c.now[i][p].of(heads)
			}
		}
	}
	return n
}

// Count makes a rule of a test that is written for the close: it adopts where the
// test holds. It is certain before the close when the test comes out the same at
// every corner: nobody else answers, everybody else leaves, and everybody else
// takes one position, for each of the positions (none named: yes, no and abstain).
//
// That is sound for tests that compare sums, each in the same classes, with
// numbers and shares of sums. It is not sound for tests that hold in a window
// ("exactly two yes"), that take roots of how many voted, or that compare one
// class with another: for these use atClose, which waits for the end. A Condition
// needs no such care.
//
// The choices that peers make differently are those of Vote; what the base is is
// for the test to say.
func Count(atClose bool, test func(Counted) bool, positions ...string) consent.Rule {
	return &counting{test, Vote{Positions: positions, AtClose: atClose}}
}

type counting struct {
	test func(Counted) bool
	vote Vote
}

// Early says whether it may be certain before everybody was heard.
func (r *counting) Early() bool { return !r.vote.AtClose }

// Judge answers the case.
func (r *counting) Judge(c consent.Case) consent.Verdict {
	if err := Weighable(c.Seats); err != nil {
		return failed(&c, err)
	}
	t := newTeller(&c, &r.vote)
	r.vote.hold(t)
	s := t.sight(c.Now)
	s.timeUp = timeIsOver(&c)
	s.settle(&c, c.Closes)
	now := r.test(Counted{&t.tally, t.now})
	f := found{now, known(now)}
	if !s.over && (s.may || !s.heard && !t.corners(now, r.test)) {
		f.end = unsure
	}
	v := consent.Verdict{Outcome: consent.Pending, Why: t.counted(&c)}
	s.reason(consent.Reason{Code: "test", Holds: now})
	r.vote.conclude(&v, f, s, c.Closes)
	v.Why = append(v.Why, consent.Standing(&c)...)
	return v
}

// corners says that a test comes out the same at every corner.
func (t *teller) corners(now bool, test func(Counted) bool) bool {
	for to := -1; to < unheard; to++ {
		if to >= 0 && !t.admits[to] {
			continue
		}
		would := slices.Clone(t.settled)
		for i, free := range t.free {
			if to >= 0 {
				would[i][to] = would[i][to].plus(free)
			}
		}
		if test(Counted{&t.tally, would}) != now {
			return false
		}
	}
	return true
}

// After holds the adoptions of a rule back until some seconds after the opening.
// What it declines is declined at once.
func After(seconds int64, r consent.Rule) consent.Rule {
	held := &after{seconds, r}
	if c, ok := r.(consent.Chooser); ok {
		return &afterChoice{held, c.Ballot()}
	}
	return held
}

// afterChoice holds back a rule that chooses among options.
type afterChoice struct {
	*after
	ballot consent.Ballot
}

// Ballot is that of the rule that is held back.
func (r *afterChoice) Ballot() consent.Ballot { return r.ballot }

type after struct {
	seconds int64
	rule    consent.Rule
}

// Early says what the rule says.
func (r *after) Early() bool {
	early, ok := r.rule.(consent.Early)
	return ok && early.Early()
}

// Judge answers the case.
func (r *after) Judge(c consent.Case) consent.Verdict {
	v := r.rule.Judge(c)
	holdBack(&v, c.Opened, c.Now, r.seconds)
	return v
}

// holdBack makes an adoption wait for its time.
func holdBack(v *consent.Verdict, opened, now time.Time, seconds int64) {
	from := opened.Add(time.Duration(seconds) * time.Second)
	early := now.Before(from)
	v.Why = append(v.Why, consent.Reason{Code: "not-before", Holds: !early, Got: now.UTC().Format(time.RFC3339), Need: from.UTC().Format(time.RFC3339)})
	if early && v.Outcome == consent.Carried {
		v.Outcome, v.Final, v.Wake = consent.Pending, false, from
	}
}
