package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// ConfirmCondition says that the condition of an adoption holds: the agreement
// takes effect, or will at its date. The circle says so by consent, or the
// person whom the proposal names for it (M-186).
type ConfirmCondition struct {
	Proposal ID          `json:"proposal"`
	Note     circle.Text `json:"note,omitempty"`
}

// Hold suspends an agreement, by consent of the circle (methods §5.2).
type Hold struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason" words:"heard"`
}

// LiftHold puts an agreement that is on hold in force again, by consent of the
// circle.
type LiftHold struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty" words:"heard"`
}

// LetExpire is the outcome of a review that leaves an agreement to its end, by
// consent of the circle (M-233).
type LetExpire struct {
	Proposal ID `json:"proposal"`
}

// Replace puts other agreements in the place of one, by consent of the circle:
// it was split, or merged with others (M-233).
type Replace struct {
	Proposal ID   `json:"proposal"`
	By       []ID `json:"by"`
}

// DelegateReview gives the preparing of a review to a helping circle, by
// consent of the circle (M-233).
type DelegateReview struct {
	Proposal ID        `json:"proposal"`
	To       circle.ID `json:"to"`
	Until    time.Time `json:"until"`
}

// StartAfresh opens a need in which the matter of an agreement is understood
// anew. The text stays in force until the circle decides (M-233). Without a
// text of its own the need has the text of the agreement.
type StartAfresh struct {
	Proposal ID          `json:"proposal"`
	Need     NeedID      `json:"need"`
	Text     circle.Text `json:"text,omitempty"`
}

// DateReview sets the next review of an agreement whose review was due and
// ended without consent. The text stays in force, and a date there must be
// (methods §8.11).
type DateReview struct {
	Proposal ID            `json:"proposal"`
	Term     circle.Period `json:"term"`
}

// Strike declares an agreement invalid. The interpreter, who is the circle's
// Secretary, does so, and everybody whom it binds is told (M-238).
type Strike struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// Interpret rules how an agreement is to be understood. The circle's Secretary
// does so, and it binds until the text changes. The Secretary of a circle around
// it may do so too, and overrule what was ruled before (M-239).
type Interpret struct {
	ID        RecordID    `json:"id"`
	Proposal  ID          `json:"proposal"`
	Question  circle.Text `json:"question"`
	Ruling    circle.Text `json:"ruling"`
	Overrules RecordID    `json:"overrules,omitempty"`
}

// ReportConflict says that two agreements in force contradict each other. That
// of the broader circle prevails; between others neither does, and both are
// marked until one of them changes (methods §8.9).
type ReportConflict struct {
	Proposal ID          `json:"proposal"`
	With     ID          `json:"with"`
	Note     circle.Text `json:"note"`
}

// RecordDeviation owns that somebody did not keep to an agreement: why, who is
// affected, and what is done about it (M-240).
type RecordDeviation struct {
	ID       RecordID    `json:"id"`
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason"`
	Affected circle.Text `json:"affected"`
	FollowUp circle.Text `json:"follow-up"`
}

// Rebase writes a new version against the version of an agreement that was
// adopted last, after another decision changed it (methods §8.6). Without a
// text of its own it keeps the text.
type Rebase struct {
	Proposal  ID          `json:"proposal"`
	Agreement ID          `json:"agreement"`
	Version   int         `json:"version"`
	Text      circle.Text `json:"text,omitempty"`
}

// TakeEffect, LapseCondition and Expire are given by the clock alone.
type (
	// TakeEffect says that the effective date has come.
	TakeEffect struct{ Proposal ID }
	// LapseCondition says that the time for confirming a condition is over.
	LapseCondition struct{ Proposal ID }
	// Expire says that the date has come on which an agreement ends.
	Expire struct{ Proposal ID }
)

// Wire names, one for each command.
func (ConfirmCondition) Wire() string { return "proposal.confirm-condition" }
func (Hold) Wire() string             { return "proposal.hold" }
func (LiftHold) Wire() string         { return "proposal.lift-hold" }
func (LetExpire) Wire() string        { return "proposal.let-expire" }
func (Replace) Wire() string          { return "proposal.replace" }
func (DelegateReview) Wire() string   { return "proposal.delegate-review" }
func (StartAfresh) Wire() string      { return "proposal.start-afresh" }
func (DateReview) Wire() string       { return "proposal.date-review" }
func (Strike) Wire() string           { return "proposal.strike" }
func (Interpret) Wire() string        { return "proposal.interpret" }
func (RecordDeviation) Wire() string  { return "proposal.record-deviation" }
func (ReportConflict) Wire() string   { return "proposal.report-conflict" }
func (Rebase) Wire() string           { return "proposal.rebase" }
func (TakeEffect) Wire() string       { return "proposal.take-effect" }
func (LapseCondition) Wire() string   { return "proposal.lapse-condition" }
func (Expire) Wire() string           { return "proposal.expire" }

// agreementCommands lists the commands of this file that people give.
func agreementCommands() []Command {
	return []Command{ConfirmCondition{}, Hold{}, LiftHold{}, LetExpire{}, Replace{}, DelegateReview{}, StartAfresh{},
		DateReview{}, Strike{}, Interpret{}, RecordDeviation{}, ReportConflict{}, Rebase{}, SetReach{}}
}

// Of names the proposal that a command is about.
func (c ConfirmCondition) Of() ID { return c.Proposal }
func (c Hold) Of() ID             { return c.Proposal }
func (c LiftHold) Of() ID         { return c.Proposal }
func (c LetExpire) Of() ID        { return c.Proposal }
func (c Replace) Of() ID          { return c.Proposal }
func (c DelegateReview) Of() ID   { return c.Proposal }
func (c StartAfresh) Of() ID      { return c.Proposal }
func (c DateReview) Of() ID       { return c.Proposal }
func (c Strike) Of() ID           { return c.Proposal }
func (c Interpret) Of() ID        { return c.Proposal }
func (c RecordDeviation) Of() ID  { return c.Proposal }
func (c ReportConflict) Of() ID   { return c.Proposal }
func (c Rebase) Of() ID           { return c.Proposal }
func (c TakeEffect) Of() ID       { return c.Proposal }
func (c LapseCondition) Of() ID   { return c.Proposal }
func (c Expire) Of() ID           { return c.Proposal }

// Also names the other agreements that a command looks at.
func (c Replace) Also() []ID { return c.By }
