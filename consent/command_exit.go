package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// PutForward puts one's draft to the circle.
type PutForward struct {
	Proposal proposal.ID `json:"proposal"`
}

// DisputeClass says that an amendment changed more than the wording (M-137).
type DisputeClass struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// Park sets a proposal aside: somebody looks after it, and it comes back by
// itself (M-145).
type Park struct {
	Proposal proposal.ID     `json:"proposal"`
	Owner    circle.PersonID `json:"owner"`
	Wake     time.Time       `json:"wake"`
	Reason   circle.Text     `json:"reason"`
}

// Resume takes a parked proposal up again before its day.
type Resume struct {
	Proposal proposal.ID `json:"proposal"`
}

// Escalate asks a broader circle for an answer, the next one if none is named.
// The circle that was asked may ask further; the chain ends at the root (M-188).
type Escalate struct {
	Proposal proposal.ID `json:"proposal"`
	To       circle.ID   `json:"to,omitempty"`
	Reason   circle.Text `json:"reason"`
}

// RuleOn is the broader circle's answer, carried out when it consents to it
// (M-188).
type RuleOn struct {
	Proposal proposal.ID `json:"proposal"`
	Ruling   Ruling      `json:"ruling"`
	Answer   circle.Text `json:"answer"`
	// Binding makes an answer that gives the question back more than advice: each
	// version is held against it before the question is put.
	Binding bool `json:"binding,omitempty"`
}

// Ruling is what a broader circle answers.
type Ruling string

// The rulings.
const (
	RulesAdopt   Ruling = "adopt"   // the proposal is adopted as it is
	RulesDecline Ruling = "decline" // it is not adopted
	RulesReturn  Ruling = "return"  // the circle works on, with the answer
	RulesTake    Ruling = "take"    // the broader circle decides on the matter itself
)

// Values lists the rulings.
func (Ruling) Values() []string {
	return []string{string(RulesAdopt), string(RulesDecline), string(RulesReturn), string(RulesTake)}
}

// Check refuses a ruling that nobody knows.
func (r Ruling) Check() error { return among(string(r), r.Values()) }

// CallBallot lets the circle vote on a question on which it found no consent
// (M-191).
type CallBallot struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// Declare says the outcome with dissent on record, where the method has a
// chair (M-154).
type Declare struct {
	Proposal proposal.ID `json:"proposal"`
	Outcome  Declaration `json:"outcome"`
	Reason   circle.Text `json:"reason"`
}

// Declaration is what a chair declares.
type Declaration string

// The declarations.
const (
	DeclaresAdopted    Declaration = "adopted"
	DeclaresNotAdopted Declaration = "not-adopted"
)

// Values lists the declarations.
func (Declaration) Values() []string {
	return []string{string(DeclaresAdopted), string(DeclaresNotAdopted)}
}

// Check refuses a declaration that nobody knows.
func (d Declaration) Check() error { return among(string(d), d.Values()) }

// Discard ends a proposal that is not valid or not in good faith (M-91, M-174).
type Discard struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// OfferTransfer offers a proposal to the circle that it belongs to (M-11).
type OfferTransfer struct {
	Proposal proposal.ID `json:"proposal"`
	To       circle.ID   `json:"to"`
	Reason   circle.Text `json:"reason"`
}

// AcceptTransfer takes a proposal that another circle offers (M-80).
type AcceptTransfer struct {
	Proposal proposal.ID `json:"proposal"`
}

// RefuseTransfer does not take it: it is offered to the circle around one's
// own (M-11).
type RefuseTransfer struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// Supersede says that another proposal takes the place of this one: both
// authors say so, or the circle by consent (M-146).
type Supersede struct {
	Proposal proposal.ID `json:"proposal"`
	By       proposal.ID `json:"by"`
	Reason   circle.Text `json:"reason,omitempty" words:"heard"`
}

// MoveToMeeting takes a question out of its window, so that a meeting hears it:
// the proposal counts as withdrawn until it is put again (M-198).
type MoveToMeeting struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// TakeOver carries on a proposal that its proposer is taking back (methods
// §8.12).
type TakeOver struct {
	Proposal proposal.ID `json:"proposal"`
}

// DeclareBreakdown gives the case to a keeper, who alone facilitates it from
// then on (M-196).
type DeclareBreakdown struct {
	Proposal proposal.ID     `json:"proposal"`
	Keeper   circle.PersonID `json:"keeper"`
	Reason   circle.Text     `json:"reason"`
}

// RestoreProcess gives the case back; its keeper does it (M-196).
type RestoreProcess struct {
	Proposal proposal.ID `json:"proposal"`
}

// Wire names, one for each command.
func (PutForward) Wire() string       { return "consent.put-forward" }
func (DisputeClass) Wire() string     { return "consent.dispute-class" }
func (Park) Wire() string             { return "consent.park" }
func (Resume) Wire() string           { return "consent.resume" }
func (Escalate) Wire() string         { return "consent.escalate" }
func (RuleOn) Wire() string           { return "consent.rule-on" }
func (CallBallot) Wire() string       { return "consent.call-ballot" }
func (Declare) Wire() string          { return "consent.declare" }
func (Discard) Wire() string          { return "consent.discard" }
func (OfferTransfer) Wire() string    { return "consent.offer-transfer" }
func (AcceptTransfer) Wire() string   { return "consent.accept-transfer" }
func (RefuseTransfer) Wire() string   { return "consent.refuse-transfer" }
func (Supersede) Wire() string        { return "consent.supersede" }
func (MoveToMeeting) Wire() string    { return "consent.move-to-meeting" }
func (TakeOver) Wire() string         { return "consent.take-over" }
func (DeclareBreakdown) Wire() string { return "consent.declare-breakdown" }
func (RestoreProcess) Wire() string   { return "consent.restore-process" }

// Of names the proposal that a command is about.
func (c PutForward) Of() proposal.ID       { return c.Proposal }
func (c DisputeClass) Of() proposal.ID     { return c.Proposal }
func (c Park) Of() proposal.ID             { return c.Proposal }
func (c Resume) Of() proposal.ID           { return c.Proposal }
func (c Escalate) Of() proposal.ID         { return c.Proposal }
func (c RuleOn) Of() proposal.ID           { return c.Proposal }
func (c CallBallot) Of() proposal.ID       { return c.Proposal }
func (c Declare) Of() proposal.ID          { return c.Proposal }
func (c Discard) Of() proposal.ID          { return c.Proposal }
func (c OfferTransfer) Of() proposal.ID    { return c.Proposal }
func (c AcceptTransfer) Of() proposal.ID   { return c.Proposal }
func (c RefuseTransfer) Of() proposal.ID   { return c.Proposal }
func (c Supersede) Of() proposal.ID        { return c.Proposal }
func (c MoveToMeeting) Of() proposal.ID    { return c.Proposal }
func (c TakeOver) Of() proposal.ID         { return c.Proposal }
func (c DeclareBreakdown) Of() proposal.ID { return c.Proposal }
func (c RestoreProcess) Of() proposal.ID   { return c.Proposal }

// exitCommands lists one of each command for the ways aside and out.
func exitCommands() []ownCommand {
	return append(stuckCommands(), PutForward{}, DisputeClass{}, Park{}, Resume{}, Escalate{}, RuleOn{}, CallBallot{}, Declare{}, Discard{},
		OfferTransfer{}, AcceptTransfer{}, RefuseTransfer{}, Supersede{}, MoveToMeeting{}, TakeOver{}, DeclareBreakdown{}, RestoreProcess{}, Split{})
}
