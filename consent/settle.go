package consent

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// Settle is the settling rule that methods share beyond plain consent
// (methods §1.3.3): how many must have been heard, and how many must support,
// besides that nothing stops it. Everything is counted in seats, everybody once.
// What is zero is not asked.
//
// The choices that peers make differently: a stand-aside and an abstention count
// as heard and not as support; objections are counted by objections that stand,
// not by people; a share is of those who took a side; the rule never declines
// before the window closes.
//
// Source: methods §1.3.3; M-129, M-130, M-131, M-152, M-191.
type Settle struct {
	// Heard demands that every seat has answered, or its silence was counted.
	Heard bool `json:"heard,omitempty"`
	// Quorum is how many seats must have spoken for themselves.
	Quorum int `json:"quorum,omitempty"`
	// Support is how many must have consented for themselves.
	Support int `json:"support,omitempty"`
	// Most demands that a strict majority of the seats consents, with at most
	// Missing of them not heard (M-131).
	Most    bool `json:"most,omitempty"`
	Missing int  `json:"missing,omitempty"`
	// Share and Of demand that at least Share of every Of seats that took a side
	// are in favour.
	Share int `json:"share,omitempty"`
	Of    int `json:"of,omitempty"`
	// Asides is the most stand-asides that still pass (methods §1.3.3).
	Asides int `json:"asides,omitempty"`
	// Vetoes is how many objections stop it. Zero: one does. At the close of the
	// window they decline it.
	Vetoes int `json:"vetoes,omitempty"`
	// Ballot counts votes and not objections: the fallback of a stuck question.
	Ballot bool `json:"ballot,omitempty"`
}

// Name gives the rule's name with its parameters, as a method stores it.
func (r Settle) Name() RuleName {
	b, err := canon.Append(nil, r, 0)
	if err != nil {
		panic(err) // whole numbers and booleans can always be written
	}
	return RuleName{Kind: settleKind, Version: 1, Parameters: string(b)}
}

const settleKind = "settle"

func newSettle(parameters string) (Rule, error) {
	var r Settle
	if err := canon.Read([]byte(parameters), &r, nil); err != nil {
		return nil, err
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	return r, nil
}

// Check refuses numbers that cannot be.
func (r *Settle) Check() error {
	for _, n := range []int{r.Quorum, r.Support, r.Missing, r.Share, r.Of, r.Asides, r.Vetoes} {
		if n < 0 {
			return fmt.Errorf("a count begins at 0, and %d is below", n)
		}
	}
	if (r.Share == 0) != (r.Of == 0) || r.Share > r.Of {
		return fmt.Errorf("%d of %d is no share", r.Share, r.Of)
	}
	return nil
}

// Early says that the rule may be certain before everybody was heard.
func (r Settle) Early() bool { return !r.Heard }

// count is what a case holds, in numbers.
type count struct {
	seats, heard, spoke, support, against, asides, vetoes int
	unheard                                               []circle.PersonID
}

func counted(c Case) count {
	var n count
	last := lastAnswers(c)
	for _, s := range c.Seats {
		if s.Out {
			continue
		}
		n.seats++
		a, ok := last[s.Person]
		if !ok {
			n.unheard = append(n.unheard, s.Person)
			continue
		}
		n.heard++
		if !a.Silent {
			n.spoke++
		}
		switch a.Position {
		case Consents:
			if !a.Silent {
				n.support++
			}
		case Objects, Against:
			n.against++
		case string(StandsAside):
			n.asides++
		}
	}
	n.vetoes = len(Standing(&c))
	return n
}

// lastAnswers are the answers to the version that stand.
func lastAnswers(c Case) map[circle.PersonID]Answer {
	out := make(map[circle.PersonID]Answer, len(c.Answers))
	for _, a := range c.Answers {
		if a.Version == c.Version {
			out[a.Seat] = a
		}
	}
	return out
}

// Judge answers the case.
func (r Settle) Judge(c Case) Verdict {
	n := counted(c)
	v := Verdict{Outcome: Pending, Why: r.compared(n)}
	met := n.seats > 0
	for _, why := range v.Why {
		met = met && why.Holds
	}
	stops := max(r.Vetoes, 1)
	stopped := !r.Ballot && n.vetoes >= stops
	if !r.Ballot {
		v.Why = append(v.Why, Reason{Code: "objections", Holds: !stopped, Got: fmt.Sprint(n.vetoes), Need: fmt.Sprintf("below %d", stops)})
	}
	v.Why = append(v.Why, Standing(&c)...)
	closed := !c.Closes.IsZero() && !c.Now.Before(c.Closes)
	switch {
	case met && !stopped:
		v.Outcome = Carried
	case r.Vetoes > 0 && stopped && closed, r.Ballot && n.unheard == nil:
		v.Outcome = Declined
	}
	v.Final = v.Outcome != Pending && (closed || n.unheard == nil)
	return v
}

// compared makes every comparison that the parameters ask for.
func (r Settle) compared(n count) []Reason {
	var out []Reason
	at := func(code string, asked bool, got, need int) {
		if asked {
			out = append(out, Reason{Code: code, Holds: got >= need, Got: fmt.Sprint(got), Need: fmt.Sprint(need)})
		}
	}
	at("quorum", r.Quorum > 0, n.spoke, r.Quorum)
	at("support", r.Support > 0, n.support, r.Support)
	at("majority", r.Most, n.support, n.seats/2+1)
	if r.Heard {
		out = append(out, Reason{Code: "heard", Holds: n.unheard == nil, Got: fmt.Sprint(n.heard), Need: fmt.Sprint(n.seats), Who: n.unheard})
	}
	if r.Most {
		out = append(out, Reason{Code: "missing", Holds: len(n.unheard) <= r.Missing, Got: fmt.Sprint(len(n.unheard)),
			Need: fmt.Sprintf("at most %d", r.Missing), Who: n.unheard})
	}
	if r.Of > 0 {
		sides := n.support + n.against
		out = append(out, Reason{Code: "share", Holds: sides > 0 && n.support*r.Of >= sides*r.Share,
			Got: fmt.Sprintf("%d of %d", n.support, sides), Need: fmt.Sprintf("%d of %d", r.Share, r.Of)})
	}
	if r.Asides > 0 {
		out = append(out, Reason{Code: "stand-asides", Holds: n.asides <= r.Asides, Got: fmt.Sprint(n.asides), Need: fmt.Sprintf("at most %d", r.Asides)})
	}
	return out
}
