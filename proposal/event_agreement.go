package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// TookEffect: a version that was adopted earlier is in force from here on.
type TookEffect struct {
	Proposal ID        `json:"proposal"`
	Version  int       `json:"version"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until,omitempty"`
	Expires  time.Time `json:"expires,omitempty"`
}

// ConditionConfirmed: the condition of an adoption holds. By is empty where the
// circle said so by consent.
type ConditionConfirmed struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	By       circle.PersonID `json:"by,omitempty"`
	Note     circle.Text     `json:"note,omitempty" words:"own"`
}

// Lapsed: the condition of an adoption was not confirmed in time, so that the
// version never took effect.
type Lapsed struct {
	Proposal ID  `json:"proposal"`
	Version  int `json:"version"`
}

// Held: an agreement is suspended. Where an appeal or a petition does it, the
// reason stands there.
type Held struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty" words:"heard"`
}

// HoldLifted: an agreement is in force again.
type HoldLifted struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty" words:"heard"`
}

// Extended: the date came on which an agreement ends, while its review was
// open. It ends with the review, and at the latest at this instant.
type Extended struct {
	Proposal ID        `json:"proposal"`
	Version  int       `json:"version"`
	Until    time.Time `json:"until"`
}

// Expired: an agreement ended on its date.
type Expired struct {
	Proposal ID  `json:"proposal"`
	Version  int `json:"version"`
}

// LeftToExpire: the circle looked at an agreement and leaves it to its end.
type LeftToExpire struct {
	Proposal ID        `json:"proposal"`
	Expires  time.Time `json:"expires"`
}

// Superseded: other agreements took the place of one.
type Superseded struct {
	Proposal ID   `json:"proposal"`
	By       []ID `json:"by"`
}

// ReviewDelegated: a helping circle prepares the review of an agreement.
type ReviewDelegated struct {
	Proposal ID        `json:"proposal"`
	To       circle.ID `json:"to"`
	Until    time.Time `json:"until"`
}

// StartedAfresh: a need was opened from an agreement, which stays in force.
type StartedAfresh struct {
	Proposal ID              `json:"proposal"`
	Need     NeedID          `json:"need"`
	By       circle.PersonID `json:"by"`
}

// ReviewDated: an agreement whose review ended without consent has its next
// review date.
type ReviewDated struct {
	Proposal ID              `json:"proposal"`
	Term     circle.Period   `json:"term"`
	Until    time.Time       `json:"until"`
	By       circle.PersonID `json:"by"`
}

// Struck: the interpreter declared an agreement invalid. Notice are those who
// are told.
type Struck struct {
	Proposal ID                `json:"proposal"`
	Version  int               `json:"version"`
	By       circle.PersonID   `json:"by"`
	Reason   circle.Text       `json:"reason" words:"heard"`
	Notice   []circle.PersonID `json:"notice,omitempty"`
}

// Interpreted: the interpreter ruled how a version is to be understood.
type Interpreted struct {
	Ruling   RecordID        `json:"ruling"`
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
	Question circle.Text     `json:"question" words:"common"`
	Says     circle.Text     `json:"says" words:"common"`
	// Of is the circle whose Secretary ruled; Overrules is the ruling that binds
	// no longer.
	Of        circle.ID `json:"of"`
	Overrules RecordID  `json:"overrules,omitempty"`
}

// ConflictReported: two agreements in force contradict each other. Prevails is
// the one that counts; empty: neither does.
type ConflictReported struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	With     ID              `json:"with"`
	Theirs   int             `json:"with-version"`
	Prevails ID              `json:"prevails,omitempty"`
	By       circle.PersonID `json:"by"`
	Note     circle.Text     `json:"note" words:"own"`
}

// DeviationRecorded: somebody owns that an agreement was not kept.
type DeviationRecorded struct {
	Deviation RecordID        `json:"deviation"`
	Proposal  ID              `json:"proposal"`
	Version   int             `json:"version"`
	By        circle.PersonID `json:"by"`
	At        time.Time       `json:"at"`
	Reason    circle.Text     `json:"reason" words:"own"`
	Affected  circle.Text     `json:"affected" words:"own"`
	FollowUp  circle.Text     `json:"follow-up" words:"own"`
}

// Wire names, one for each event.
func (TookEffect) Wire() string         { return "proposal.took-effect" }
func (ConditionConfirmed) Wire() string { return "proposal.condition-confirmed" }
func (Lapsed) Wire() string             { return "proposal.lapsed" }
func (Held) Wire() string               { return "proposal.held" }
func (HoldLifted) Wire() string         { return "proposal.hold-lifted" }
func (Extended) Wire() string           { return "proposal.extended" }
func (Expired) Wire() string            { return "proposal.expired" }
func (LeftToExpire) Wire() string       { return "proposal.left-to-expire" }
func (Superseded) Wire() string         { return "proposal.superseded" }
func (ReviewDelegated) Wire() string    { return "proposal.review-delegated" }
func (StartedAfresh) Wire() string      { return "proposal.started-afresh" }
func (ReviewDated) Wire() string        { return "proposal.review-dated" }
func (Struck) Wire() string             { return "proposal.struck" }
func (Interpreted) Wire() string        { return "proposal.interpreted" }
func (DeviationRecorded) Wire() string  { return "proposal.deviation-recorded" }
func (ConflictReported) Wire() string   { return "proposal.conflict-reported" }

// agreementEvents lists the events of this file.
func agreementEvents() []Event {
	return []Event{TookEffect{}, ConditionConfirmed{}, Lapsed{}, Held{}, HoldLifted{}, Extended{}, Expired{}, LeftToExpire{},
		Superseded{}, ReviewDelegated{}, StartedAfresh{}, ReviewDated{}, Struck{}, Interpreted{}, DeviationRecorded{},
		ConflictReported{}, ReachSet{}}
}

// On names the proposal that an event is about.
func (e TookEffect) On() ID         { return e.Proposal }
func (e ConditionConfirmed) On() ID { return e.Proposal }
func (e Lapsed) On() ID             { return e.Proposal }
func (e Held) On() ID               { return e.Proposal }
func (e HoldLifted) On() ID         { return e.Proposal }
func (e Extended) On() ID           { return e.Proposal }
func (e Expired) On() ID            { return e.Proposal }
func (e LeftToExpire) On() ID       { return e.Proposal }
func (e Superseded) On() ID         { return e.Proposal }
func (e ReviewDelegated) On() ID    { return e.Proposal }
func (e StartedAfresh) On() ID      { return e.Proposal }
func (e ReviewDated) On() ID        { return e.Proposal }
func (e Struck) On() ID             { return e.Proposal }
func (e Interpreted) On() ID        { return e.Proposal }
func (e DeviationRecorded) On() ID  { return e.Proposal }
func (e ConflictReported) On() ID   { return e.Proposal }
