package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// CheckInAgreed: whoever is selected takes the role with a date for looking at it
// together, and again after the same time (EC-81, EC-86).
type CheckInAgreed struct {
	Proposal proposal.ID   `json:"proposal"`
	Every    circle.Period `json:"every"`
}

// Wire names the event.
func (CheckInAgreed) Wire() string { return "consent.check-in-agreed" }

// On names the proposal that the event is about.
func (e *CheckInAgreed) On() proposal.ID { return e.Proposal }

// In names no meeting.
func (*CheckInAgreed) In() MeetingID { return "" }

func (e *CheckInAgreed) apply(s *State) { s.processes[e.Proposal].Selection.CheckIn = e.Every }

// NoRoleToCheck refuses a check-in where nobody is selected for a role.
var NoRoleToCheck = &circle.Code{ID: "no-role-to-check", Kind: circle.ErrNotValid, Rule: "EC-81", Stands: circle.InEngine,
	Says: "A check-in goes with a role that somebody is selected for, and {proposal} selects nobody for a role."}

// checksIn notes how often circle and holder are to look at the role together.
func (p *Process) checksIn(every circle.Period) ([]Event, error) {
	switch {
	case every.IsZero():
		return nil, nil
	case p.Selection == nil, len(p.Selection.Roles) == 0:
		return nil, NoRoleToCheck.Refuse("proposal", p.Proposal)
	}
	return []Event{&CheckInAgreed{Proposal: p.Proposal, Every: every}}, nil
}
