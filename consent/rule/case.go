package rule

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// said is what each seat has said: for each seat of a case the place of its
// answer among the answers, or one of the two below.
type said []int

const (
	silent = -1 // has not answered this version
	out    = -2 // has left, or has no part in this
)

// whatWasSaid finds the answer of each seat that stands: the last one to the
// version as it is now that came in time: the instant at which the window closes
// is outside. Answers of nobody who has a seat are passed over.
func whatWasSaid(c *consent.Case) said {
	s := make(said, len(c.Seats))
	for i := range c.Seats {
		s[i] = silent
		if c.Seats[i].Out {
			s[i] = out
		}
	}
	find := consent.SeatFinder(c.Seats)
	for i := range c.Answers {
		if c.Answers[i].Version != c.Version || !c.Closes.IsZero() && !c.Answers[i].At.Before(c.Closes) {
			continue
		}
		if at := find(c.Answers[i].Seat); at >= 0 && s[at] != out {
			s[at] = i
		}
	}
	return s
}

// weight is what a seat counts. A seat without a weight counts one.
func weight(s *consent.Seat) int64 {
	if s.Weight == 0 {
		return 1
	}
	return s.Weight
}

// unheard lists who has a seat and has not answered.
func (s said) unheard(c *consent.Case) []circle.PersonID {
	var who []circle.PersonID
	for i, at := range s {
		if at == silent {
			who = append(who, c.Seats[i].Person)
		}
	}
	return who
}

// timeIsOver says that the window has closed. The instant at which it closes is
// outside: who answers then is too late.
func timeIsOver(c *consent.Case) bool { return !c.Closes.IsZero() && !c.Now.Before(c.Closes) }

// over says that the answers can be counted: the time is over, or everybody has
// answered and either nobody may change their mind or there is no close to wait
// for. In the last case what comes out is not final.
func (s said) over(c *consent.Case) bool {
	if timeIsOver(c) {
		return true
	}
	return !slices.Contains(s, silent) && (!c.MayChange || c.Closes.IsZero())
}

// waiting is the verdict on a question that is still open, with who is awaited.
func (s said) waiting(c *consent.Case) consent.Verdict {
	who := s.unheard(c)
	v := consent.Verdict{Outcome: consent.Pending, Why: append([]consent.Reason{{Code: "heard",
		Got: fmt.Sprint(s.heard()), Need: fmt.Sprint(s.heard() + len(who)), Who: who}}, consent.Standing(c)...)}
	if !timeIsOver(c) {
		v.Wake = c.Closes
	}
	return v
}

// heard counts who has answered.
func (s said) heard() int {
	n := 0
	for _, at := range s {
		if at >= 0 {
			n++
		}
	}
	return n
}

// Weighable refuses seats whose weights cannot be summed exactly, see
// [consent.Weighable].
func Weighable(seats []consent.Seat) error { return consent.Weighable(seats) }

// A Word is what one seat has said, as far as it stands.
type Word struct {
	Seat   *consent.Seat
	Answer *consent.Answer
	// Position is that of the answer, empty while there is none.
	Position string
}

// Said lists each seat that is not out with what it has said: its last answer to
// the version as it is now, nil if there is none. It is where a rule of one's own
// begins.
func Said(c *consent.Case) []Word {
	var out []Word
	for i, at := range whatWasSaid(c) {
		switch {
		case at >= 0:
			out = append(out, Word{&c.Seats[i], &c.Answers[at], c.Answers[at].Position})
		case at == silent:
			out = append(out, Word{Seat: &c.Seats[i]})
		}
	}
	return out
}

// Over says that the time to answer is over. The instant of the close itself is
// outside: who answers then is too late.
func Over(c *consent.Case) bool { return timeIsOver(c) }
