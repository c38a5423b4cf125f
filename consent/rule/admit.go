package rule

import (
	"fmt"

	"github.com/sayround/sayround/consent"
)

// Admit refuses an answer that cannot be given: without a position, with one that
// the vote does not have, by who has no seat, after the vote is over or certain,
// and a second one where the first may not be changed.
func (r *Vote) Admit(c consent.Case, a consent.Answer) error {
	if len(a.Ranking) > 0 {
		return &Refused{"invalid position", "here one takes a position, and there is nothing to rank"}
	}
	if a.Position == "" && len(a.Scores) == 0 {
		return &Refused{"empty position", "the answer takes no position"}
	}
	t := newTeller(&c, r)
	p, own := t.read(a.Position)
	if len(a.Scores) == 0 && p < 0 || len(a.Scores) > 0 && !r.Split {
		return errPosition(a.Position)
	}
	i := t.find(a.Seat)
	if i < 0 || c.Seats[i].Out {
		return &Refused{"no seat", fmt.Sprintf("%s has no seat in this vote", a.Seat)}
	}
	own = own && c.Seats[i].Delegate != ""
	if a.Version != c.Version {
		return &Refused{"not this version", fmt.Sprintf("the answer is to version %d, and version %d is asked about", a.Version, c.Version)}
	}
	c.Now = a.At
	closes, ended := r.hold(t)
	if ended || !closes.IsZero() && !a.At.Before(closes) || r.Judge(c).Final {
		return &Refused{"proposal is not open", "the vote is over"}
	}
	switch {
	case r.Split:
		_, err := t.partsOf(i, &a)
		return err
	case c.MayChange:
		return nil
	case own && t.said[i].own != mute:
		return &Refused{"already overridden", fmt.Sprintf("%s has already voted for the own seat, and it cannot be changed", a.Seat)}
	case !own && t.said[i].spoke != mute:
		return &Refused{"already voted", fmt.Sprintf("%s has already voted, and it cannot be changed", a.Seat)}
	}
	return nil
}

// Refused is why an answer cannot be given: a code, and the words for it.
type Refused struct{ Code, Says string }

func (e *Refused) Error() string { return e.Says }

func errPosition(position string) error {
	return &Refused{"invalid position", fmt.Sprintf("this vote has no position %q", position)}
}
