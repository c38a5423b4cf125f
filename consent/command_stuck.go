package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// CallDeadlock says that one finds the circle deadlocked on a proposal. When
// the share says so that the circle has agreed, it may vote (M-192).
type CallDeadlock struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// Mediate asks somebody who has no part in a case to look for a way, before
// it is passed on (methods §2.3 T22).
type Mediate struct {
	Proposal proposal.ID     `json:"proposal"`
	Mediator circle.PersonID `json:"mediator"`
	Reason   circle.Text     `json:"reason,omitempty"`
}

// ReportMediation says what came of a mediation; the mediator does so.
type ReportMediation struct {
	Proposal proposal.ID `json:"proposal"`
	Found    bool        `json:"found,omitempty"` // there is a way, and the circle writes it down as a version
	Report   circle.Text `json:"report"`
}

// Wire names, one for each command.
func (CallDeadlock) Wire() string    { return "consent.call-deadlock" }
func (Mediate) Wire() string         { return "consent.mediate" }
func (ReportMediation) Wire() string { return "consent.report-mediation" }

// Of names the proposal that a command is about.
func (c CallDeadlock) Of() proposal.ID    { return c.Proposal }
func (c Mediate) Of() proposal.ID         { return c.Proposal }
func (c ReportMediation) Of() proposal.ID { return c.Proposal }

// stuckCommands lists one of each.
func stuckCommands() []ownCommand {
	return append(appealCommands(), CallDeadlock{}, Mediate{}, ReportMediation{})
}
