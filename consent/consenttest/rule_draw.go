package consenttest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// When the cases that are drawn begin and close.
var (
	kitOpened = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	kitCloses = kitOpened.Add(7 * 24 * time.Hour)
)

// mostSeats is how many seats a drawn case has at most: few enough to try every
// way in which it can go on.
const mostSeats = 5

// draw makes a case in which every field can be anything that an engine hands
// in: seats that are out or lend their voice, to one another, in chains and in
// circles; answers to older versions, answers that were changed and such as a
// policy gave for who was silent; objections that stand and that have ended; no
// close; a register, and a meeting that is a quorum however few are there.
func (k *kit) draw(r *rand.Rand) consent.Case {
	c := consent.Case{Version: 1 + r.IntN(2), MayChange: r.IntN(2) == 0, Quorate: r.IntN(6) == 0,
		Opened: kitOpened.Add(time.Duration(r.IntN(3)) * time.Hour)}
	if r.IntN(5) > 0 {
		c.Closes = kitCloses
	}
	c.Now = c.Opened.Add(time.Duration(r.IntN(9)) * 24 * time.Hour)
	if k.claims.Options {
		for i := range 2 + r.IntN(3) {
			c.Options = append(c.Options, consent.Option{ID: string(rune('A' + i))})
		}
	}
	for i := range r.IntN(mostSeats + 1) {
		c.Seats = append(c.Seats, k.drawSeat(r, i))
	}
	k.enrol(r, &c)
	if len(c.Seats) == 0 {
		return c
	}
	for range r.IntN(2*len(c.Seats) + 1) {
		a := k.drawAnswer(r, &c)
		a.Seat = c.Seats[r.IntN(len(c.Seats))].Person
		if !c.MayChange && slices.ContainsFunc(c.Answers, func(b consent.Answer) bool { return b.Seat == a.Seat && b.Version == a.Version }) {
			continue
		}
		c.Answers = append(c.Answers, a)
	}
	times(r, &c)
	for i := range r.IntN(2) * r.IntN(3) {
		c.Objections = append(c.Objections, drawObjection(r, &c, fmt.Sprint("o", i)))
	}
	return c
}

// enrol draws a register in one case of four: of each class at least those who
// have a seat.
func (k *kit) enrol(r *rand.Rand, c *consent.Case) {
	if r.IntN(4) > 0 {
		return
	}
	classes := k.claims.Classes
	if len(classes) == 0 {
		classes = []string{""}
	}
	for _, class := range classes {
		n := r.IntN(3)
		for _, s := range c.Seats {
			if s.Class == circle.Class(class) {
				n++
			}
		}
		c.Register = append(c.Register, consent.Enrolled{Class: circle.Class(class), N: n})
	}
}

func drawObjection(r *rand.Rand, c *consent.Case, id string) consent.Objection {
	last := c.Now
	if !open(c) {
		last = c.Closes.Add(-time.Second)
	}
	o := consent.Objection{ID: id, Seat: c.Seats[r.IntN(len(c.Seats))].Person, Version: max(c.Version-r.IntN(2), 1), Stands: r.IntN(2) == 0, Raised: between(r, c.Opened, last)}
	if !o.Stands {
		o.Ended = between(r, o.Raised, last)
	}
	return o
}

// between draws an instant from one to another.
func between(r *rand.Rand, from, to time.Time) time.Time {
	if left := to.Sub(from); left > 0 {
		from = from.Add(time.Duration(r.Int64N(int64(left) + 1)).Truncate(time.Second))
	}
	return from
}

func (k *kit) drawSeat(r *rand.Rand, i int) consent.Seat {
	s := consent.Seat{Person: person(i), Out: r.IntN(8) == 0}
	if k.claims.Weights {
		s.Weight = int64(r.IntN(5))
	}
	if n := len(k.claims.Classes); n > 0 {
		s.Class = circle.Class(k.claims.Classes[r.IntN(n)])
	}
	if k.claims.Delegates && r.IntN(2) == 0 {
		s.Delegate = person(r.IntN(mostSeats + 1)) // one more than can have a seat
	}
	return s
}

func person(i int) circle.PersonID {
	return circle.PersonID(strings.Fields("ana bea cem dov eli fay gus hal")[i])
}

// drawAnswer makes an answer, as a rule to the version as it is now.
func (k *kit) drawAnswer(r *rand.Rand, c *consent.Case) consent.Answer {
	a := consent.Answer{Version: c.Version, At: c.Now, Silent: r.IntN(8) == 0}
	if r.IntN(6) == 0 {
		a.Version--
	}
	if !k.claims.Options {
		a.Position = k.claims.Positions[r.IntN(len(k.claims.Positions))]
		return a
	}
	a.Ranking, a.Scores = drawBallot(r, c.Options)
	return a
}

// drawBallot ranks and scores some of the options: several on one rank, ranks left
// empty, an option that is named again, and one that nobody knows.
func drawBallot(r *rand.Rand, options []consent.Option) (ranking [][]string, scores map[string]int64) {
	if r.IntN(8) > 0 {
		scores = map[string]int64{}
	}
	for _, i := range r.Perm(len(options))[:r.IntN(len(options)+1)] {
		o := options[i].ID
		switch last := len(ranking) - 1; {
		case last >= 0 && len(ranking[last]) > 0 && r.IntN(4) == 0:
			ranking[last] = append(ranking[last], o)
		default:
			ranking = append(ranking, []string{o})
		}
		switch r.IntN(12) {
		case 0:
			ranking = append(ranking, nil)
		case 1:
			ranking = append(ranking, []string{options[r.IntN(len(options))].ID})
		case 2:
			ranking = append(ranking, []string{"nobody's"})
		}
		if scores != nil {
			scores[o] = int64(r.IntN(6))
		}
	}
	return ranking, scores
}

// times spreads the answers from the opening to now, in their order, and not
// past the close.
func times(r *rand.Rand, c *consent.Case) {
	last := c.Now
	if !c.Closes.IsZero() && !last.Before(c.Closes) {
		last = c.Closes.Add(-time.Second)
	}
	at := c.Opened
	for i := range c.Answers {
		at = between(r, at, last)
		c.Answers[i].At = at
	}
}

// copied is a case that shares nothing with the other.
func copied(c consent.Case) consent.Case {
	c.Options, c.Seats, c.Objections, c.Register = slices.Clone(c.Options), slices.Clone(c.Seats), slices.Clone(c.Objections), slices.Clone(c.Register)
	c.Answers = slices.Clone(c.Answers)
	for i := range c.Answers {
		a := &c.Answers[i]
		a.Scores, a.Ranking = maps.Clone(a.Scores), slices.Clone(a.Ranking)
		for j := range a.Ranking {
			a.Ranking[j] = slices.Clone(a.Ranking[j])
		}
	}
	return c
}

// answered says whether a seat has answered the version as it is now.
func answered(c *consent.Case, who circle.PersonID) bool {
	return slices.ContainsFunc(c.Answers, func(a consent.Answer) bool { return a.Seat == who && a.Version == c.Version })
}

// open says that answers still count.
func open(c *consent.Case) bool { return c.Closes.IsZero() || c.Now.Before(c.Closes) }
