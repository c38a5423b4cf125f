package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// PutOff sets a proposal aside by consent of the circle, for so long from then on:
// it comes back by itself, and may be taken up again before (M-99). Who proposed
// it looks after it.
type PutOff struct {
	Proposal proposal.ID   `json:"proposal"`
	For      circle.Period `json:"for"`
	Reason   circle.Text   `json:"reason" words:"heard"`
}

// Wire names the command.
func (PutOff) Wire() string { return "consent.put-off" }

// Of names the proposal that it is about.
func (c PutOff) Of() proposal.ID { return c.Proposal }

// puttingOff are the moves by which the circle sets a proposal aside.
func puttingOff(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out, Move{s, PutOff{}.Wire(), TheCircle, nil, to(StageParked)})
	}
	return out
}

// A direct call is refused: who facilitates parks alone, and the circle puts off
// by consent.
func (c PutOff) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	_, err := s.admitted(c, c.Proposal, by, now)
	return nil, err
}

func (c PutOff) carryOut(s *State, of circle.ID, now time.Time) ([]Event, error) {
	g, err := s.carried(c, c.Proposal)
	if err != nil {
		return nil, err
	}
	if g.p.Circle != of {
		return nil, proposal.ByConsent.Refuse("who", of, "circle", g.p.Circle)
	}
	return g.to(&Parked{Proposal: c.Proposal, Owner: g.text.Proposer(), Wake: c.For.After(now), At: now, Reason: c.Reason})
}

// disposing gives a proposal that closes or postpones another one what carries
// that out, when it is adopted (M-99).
func (s *State) disposing(c proposal.Submit) (proposal.Submit, error) {
	if c.Target == "" || c.Disposition == "" || c.Disposition == proposal.Adoption {
		return c, nil
	}
	if len(c.Enacts) > 0 || c.Sort != "" {
		return c, proposal.DisposesOnly.Refuse("proposal", c.ID, "of", c.Target)
	}
	c.Sort = proposal.Disposal
	of := s.Matters.Proposal(c.Target)
	switch {
	case c.Disposition == proposal.Closing:
		c.Enacts = []circle.Deed{proposal.Drop{Proposal: c.Target, Reason: c.Text}}
	case of != nil && of.UnderDecision():
		c.Enacts = []circle.Deed{PutOff{Proposal: c.Target, For: c.For, Reason: c.Text}}
	default:
		c.Enacts = []circle.Deed{proposal.Hold{Proposal: c.Target, Reason: c.Text}}
	}
	return c, nil
}

// disposalWords says what a proposal asks to be done with another one.
func disposalWords(v *proposal.Submitted) string {
	switch v.Disposition {
	case proposal.Closing:
		return ", to close " + string(v.Target)
	case proposal.Postpone:
		return ", to postpone " + string(v.Target)
	}
	return ""
}

// isDisposal says that a proposal is about another one, and has no text of its
// own to be kept.
func isDisposal(p *proposal.Proposal) bool {
	return slices.Contains([]proposal.Sort{proposal.Process, proposal.Disposal}, p.Sort)
}
