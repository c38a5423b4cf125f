package consenttest

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A step is what one seat may still do: answer, object, or drop out.
type step func(c *consent.Case, seat int)

// steps are all that a seat may do. The first is to do nothing.
func (k *kit) steps(c *consent.Case) []step {
	out := []step{func(*consent.Case, int) {}}
	answer := func(a consent.Answer) step {
		return func(c *consent.Case, seat int) {
			a.Seat, a.Version, a.At = c.Seats[seat].Person, c.Version, c.Now
			c.Answers = append(c.Answers, a)
		}
	}
	for _, a := range k.answers(c) {
		if a.Position != consent.Consents || slices.Contains(k.claims.Positions, a.Position) {
			out = append(out, answer(a))
		}
	}
	return append(out,
		func(c *consent.Case, seat int) { c.Seats[seat].Out = true },
		func(c *consent.Case, seat int) {
			answer(consent.Answer{Position: consent.Objects})(c, seat)
			c.Objections = append(c.Objections, consent.Objection{ID: "new-" + string(c.Seats[seat].Person), Seat: c.Seats[seat].Person, Version: c.Version, Stands: true, Raised: c.Now})
		})
}

// free are the seats that may still do something: those that have not answered,
// and all others where answers may be changed.
func free(c *consent.Case) []int {
	if !open(c) {
		return nil
	}
	var out []int
	for i, s := range c.Seats {
		if !s.Out && (c.MayChange || !answered(c, s.Person)) {
			out = append(out, i)
		}
	}
	return out
}

// mostFutures is how many ways to go on are tried of one case at each instant:
// all, if there are no more.
const mostFutures = 256

// futures yields the ways in which a case can go on while it is open: each seat
// that is free does one thing that it may, at the present instant or at the last
// one, and the objections that stand go on to stand or have ended. A seat that
// has answered does not drop out: what it said stays with it.
func (k *kit) futures(c consent.Case) func(func(consent.Case) bool) {
	return func(yield func(consent.Case) bool) {
		for _, at := range []time.Time{c.Now, lastMoment(&c)} {
			for _, start := range ended(later(c, at)) {
				if !k.goOn(start, yield) {
					return
				}
			}
		}
	}
}

// lastMoment is the last instant at which something can be said, as far as it can
// be tried.
func lastMoment(c *consent.Case) time.Time {
	switch {
	case c.Closes.IsZero():
		return c.Now.Add(24 * time.Hour)
	case open(c):
		return c.Closes.Add(-time.Second)
	}
	return c.Now
}

// ended is the case as it is, and, while it is open, with the objections ended that
// stand.
func ended(c consent.Case) []consent.Case {
	out := []consent.Case{c}
	if !open(&c) || !slices.ContainsFunc(c.Objections, func(o consent.Objection) bool { return o.Stands }) {
		return out
	}
	next := copied(c)
	for i := range next.Objections {
		if o := &next.Objections[i]; o.Stands {
			o.Stands, o.Ended = false, c.Now
		}
	}
	return append(out, next)
}

// goOn yields the ways in which the seats that are free can go on at an instant,
// and says whether more are wanted.
func (k *kit) goOn(c consent.Case, yield func(consent.Case) bool) bool {
	seats, steps := free(&c), k.steps(&c)
	all := 1
	for range seats {
		if all *= len(steps); all > mostFutures {
			break
		}
	}
	r := rand.New(rand.NewPCG(uint64(len(c.Answers)), uint64(len(seats))))
	for n := range min(all, mostFutures) {
		next, code := copied(c), n
		for _, seat := range seats {
			at := code % len(steps)
			if code /= len(steps); all > mostFutures {
				at = r.IntN(len(steps))
			}
			if at == len(steps)-2 && answered(&c, c.Seats[seat].Person) {
				continue
			}
			steps[at](&next, seat)
		}
		if !yield(next) {
			return false
		}
	}
	return true
}

// later is the case at another instant, with nothing said in between.
func later(c consent.Case, at time.Time) consent.Case {
	c = copied(c)
	c.Now = at
	return c
}

// end is an instant by which everything is over: the close, or long after now.
func end(c *consent.Case) time.Time {
	if c.Closes.IsZero() || !c.Now.Before(c.Closes) {
		return c.Now.Add(365 * 24 * time.Hour)
	}
	return c.Closes
}

// instants are moments from now on at which time alone might change something.
func instants(c *consent.Case) []time.Time {
	var out []time.Time
	for _, d := range []time.Duration{0, time.Second, time.Hour, 24 * time.Hour, 72 * time.Hour, 30 * 24 * time.Hour, 365 * 24 * time.Hour} {
		out = append(out, c.Now.Add(d))
	}
	if c.Now.Before(c.Closes) {
		out = append(out, c.Closes.Add(-time.Second), c.Closes, c.Closes.Add(time.Second))
	}
	return out
}

// swapped lets two seats change places: each has what the other said.
func swapped(c consent.Case, a, b circle.PersonID) consent.Case {
	c = copied(c)
	turn := func(who *circle.PersonID) {
		switch *who {
		case a:
			*who = b
		case b:
			*who = a
		}
	}
	for i := range c.Answers {
		turn(&c.Answers[i].Seat)
	}
	for i := range c.Objections {
		turn(&c.Objections[i].Seat)
	}
	return c
}
