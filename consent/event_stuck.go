package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// DeadlockCalled: somebody finds the circle deadlocked on a proposal (M-192).
type DeadlockCalled struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"heard"`
}

// DeadlockDeclared: so many of the circle find it deadlocked that it may vote.
type DeadlockDeclared struct {
	Proposal proposal.ID  `json:"proposal"`
	Got      int          `json:"got"`
	Of       int          `json:"of"`
	Share    circle.Share `json:"share"`
}

// MediationBegan: somebody was asked to look for a way, until a day.
type MediationBegan struct {
	Proposal proposal.ID     `json:"proposal"`
	Mediator circle.PersonID `json:"mediator"`
	By       circle.PersonID `json:"by"`
	Until    time.Time       `json:"until"`
	Reason   circle.Text     `json:"reason,omitempty" words:"heard"`
}

// MediationReported: the mediator said whether there is a way.
type MediationReported struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Found    bool            `json:"found,omitempty"`
	Report   circle.Text     `json:"report" words:"heard"`
}

// Wire names, one for each event.
func (DeadlockCalled) Wire() string    { return "consent.deadlock-called" }
func (DeadlockDeclared) Wire() string  { return "consent.deadlock-declared" }
func (MediationBegan) Wire() string    { return "consent.mediation-began" }
func (MediationReported) Wire() string { return "consent.mediation-reported" }

// stuckEvents lists one of each.
func stuckEvents() []ownEvent {
	return append(appealEvents(), &DeadlockCalled{}, &DeadlockDeclared{}, &MediationBegan{}, &MediationReported{})
}

// On names the proposal that an event is about.
func (e *DeadlockCalled) On() proposal.ID    { return e.Proposal }
func (e *DeadlockDeclared) On() proposal.ID  { return e.Proposal }
func (e *MediationBegan) On() proposal.ID    { return e.Proposal }
func (e *MediationReported) On() proposal.ID { return e.Proposal }

// In names no meeting: the proposal's own trail leads to it.
func (*DeadlockCalled) In() MeetingID    { return "" }
func (*DeadlockDeclared) In() MeetingID  { return "" }
func (*MediationBegan) In() MeetingID    { return "" }
func (*MediationReported) In() MeetingID { return "" }

// leads is the stage to which an event leads from another one: none of these
// moves a process on.
func (*DeadlockCalled) leads(from Stage) Stage    { return from }
func (*DeadlockDeclared) leads(from Stage) Stage  { return from }
func (*MediationBegan) leads(from Stage) Stage    { return from }
func (*MediationReported) leads(from Stage) Stage { return from }
