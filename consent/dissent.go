package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Dissent attaches a minority opinion to a decision: to one that was made, or
// that is being made over an objection which was closed against its raiser's
// will (M-179). It blocks nothing, and stays with the decision for good.
type Dissent struct {
	Proposal proposal.ID `json:"proposal"`
	Text     circle.Text `json:"text"`
}

// Dissented: somebody's minority opinion stays with the decision.
type Dissented struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Text     circle.Text     `json:"text" words:"own"`
}

// Wire names.
func (Dissent) Wire() string   { return "consent.dissent" }
func (Dissented) Wire() string { return "consent.dissented" }

// Of names the proposal that a command is about.
func (c Dissent) Of() proposal.ID { return c.Proposal }

// On names the proposal that an event is about.
func (e *Dissented) On() proposal.ID { return e.Proposal }

// In names no meeting: it may be given at any time.
func (*Dissented) In() MeetingID { return "" }

// The words of a minority opinion are kept; nothing is decided by them.
func (*Dissented) apply(*State) {}

// NothingOverruled is the refusal of a minority opinion where there is no
// majority yet.
var NothingOverruled = &circle.Code{ID: "nothing-overruled", Kind: circle.ErrNotNow, Rule: "M-179", Stands: circle.InEngine,
	Says: "{proposal} is not decided, and no objection to it was closed against the will of who raised it: object, while the question is open."}

// against are the ways in which an objection ends against its raiser's will.
var against = []objection.Status{objection.StatusDismissed, objection.StatusOverruled, objection.StatusAbandoned}

var overruled = Guard{Name: "an objection was closed against the will of who raised it", holds: func(s *State, p *Process, _ time.Time) error {
	if slices.ContainsFunc(s.Objections.On(p.Proposal), func(o *objection.Objection) bool { return slices.Contains(against, o.Status) }) {
		return nil
	}
	return NothingOverruled.Refuse("proposal", p.Proposal)
}}

// dissenting are the moves of minority opinions.
func dissenting(stages ...Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out, Move{s, (Dissent{}).Wire(), FullOnes, guards(overruled), to(s)})
	}
	return out
}

func (c Dissent) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	e := &Dissented{Proposal: c.Proposal, By: by.By, Text: c.Text}
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	text := s.Matters.Proposal(c.Proposal)
	if p.Stage != StageAdopted || text == nil {
		if _, err := s.admit(p, c.Wire(), by, now); err != nil {
			return nil, err
		}
		return []Event{e}, nil
	}
	if s.Org.LevelIn(text.Circle, by.By) != circle.Full {
		return nil, NotFull.Refuse("who", by.By, "circle", text.Circle)
	}
	return []Event{e}, nil
}
