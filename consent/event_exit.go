package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// exitEvent is an event that leads a process to a stage beside the straight
// way, or out.
type exitEvent interface {
	ownEvent
	leads(from Stage) Stage
}

// Forwarded: the author put the draft to the circle.
type Forwarded struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
}

// WordingChanged: an amendment after a round changed the wording only, as its author says:
// what was said in the rounds holds for it (M-138).
type WordingChanged struct {
	Proposal proposal.ID `json:"proposal"`
	Version  int         `json:"version"`
	// Onwards: more than the wording was changed, and by the method the circle goes
	// on from the reactions all the same.
	Onwards bool `json:"onwards,omitempty"`
	// Begins: more than the wording was changed before the circle had reacted, so it
	// begins again with it.
	Begins bool `json:"begins,omitempty"`
}

// stage is where it leads.
func (e *WordingChanged) stage() Stage {
	if e.Begins {
		return StageIntake
	}
	return StageRevise
}

// ClassDisputed: somebody said that an amendment changed more than the wording, so the
// circle begins again with it (M-137).
type ClassDisputed struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// Parked: a proposal was set aside, with somebody who looks after it and a time at
// which it comes back (M-145).
type Parked struct {
	Proposal proposal.ID     `json:"proposal"`
	Owner    circle.PersonID `json:"owner"`
	Wake     time.Time       `json:"wake"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// Resumed: a parked proposal came back, to this stage; nobody is named when time brought
// it back.
type Resumed struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by,omitempty"`
	To       Name            `json:"to"`
	At       time.Time       `json:"at"`
}

// Escalated: a broader circle was asked, or an arbiter where there is none
// (M-188, M-189), with what it needs to know.
type Escalated struct {
	Proposal proposal.ID     `json:"proposal"`
	To       circle.ID       `json:"to,omitempty"`
	Arbiter  circle.PersonID `json:"arbiter,omitempty"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"heard"`
	Packet   *Packet         `json:"packet,omitempty"`
}

// Ruled: the broader circle answered by consent (M-188), or the arbiter did
// (M-189).
type Ruled struct {
	Proposal proposal.ID     `json:"proposal"`
	Circle   circle.ID       `json:"circle,omitempty"`
	By       circle.PersonID `json:"by,omitempty"`
	Ruling   Ruling          `json:"ruling"`
	Answer   circle.Text     `json:"answer" words:"heard"`
	Binding  bool            `json:"binding,omitempty"`
	At       time.Time       `json:"at"`
}

// BallotCalled: no consent was found, and the circle votes (M-191). That is another
// question than the one before: it has a rule of its own, and says which question
// it follows, whose round, answers and verdict stay on record as they are.
type BallotCalled struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"heard"`
	Rule     RuleName        `json:"rule,omitempty"`
	// Follows is the number of the round in which the question before was put, and
	// Over are the objections that stand.
	Follows int            `json:"follows,omitempty"`
	Over    []objection.ID `json:"over,omitempty"`
}

// Declared: the chair said the outcome, over these objections (M-154).
type Declared struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Outcome  Declaration     `json:"outcome"`
	Over     []objection.ID  `json:"over,omitempty"`
	Reason   circle.Text     `json:"reason" words:"heard"`
}

// Discarded: who facilitates ended a proposal that is not valid or not in good faith
// (M-91).
type Discarded struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// TransferOffered: a proposal was offered to another circle (M-11).
type TransferOffered struct {
	Proposal proposal.ID     `json:"proposal"`
	To       circle.ID       `json:"to"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// TransferRefused: a circle did not take a proposal; it is offered to the next one, or stays
// where it is when none is named (M-11).
type TransferRefused struct {
	Proposal proposal.ID     `json:"proposal"`
	Circle   circle.ID       `json:"circle"`
	Next     circle.ID       `json:"next,omitempty"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// Transferred: another circle took the proposal: it ends here, and begins there (M-80).
type Transferred struct {
	Proposal proposal.ID     `json:"proposal"`
	From     circle.ID       `json:"from"`
	To       circle.ID       `json:"to"`
	By       circle.PersonID `json:"by,omitempty"` // empty: the circle, by consent
}

// MergeAgreed: one author agreed that another proposal takes the place of this one.
type MergeAgreed struct {
	Proposal proposal.ID     `json:"proposal"`
	With     proposal.ID     `json:"with"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Superseded: another proposal took the place of this one; nobody is named when the
// circle decided so by consent (M-146).
type Superseded struct {
	Proposal proposal.ID     `json:"proposal"`
	With     proposal.ID     `json:"with"`
	By       circle.PersonID `json:"by,omitempty"`
	Reason   circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Expired: the time that the method gives a process was over (M-208).
type Expired struct {
	Proposal proposal.ID `json:"proposal"`
	At       time.Time   `json:"at"`
}

// MovedToMeeting: somebody took the question out of its window, so that a meeting hears it;
// the proposal counts as withdrawn until it is put again (M-198).
type MovedToMeeting struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// WithdrawalAnnounced: the proposer takes the proposal back, unless somebody takes it over in
// time (methods §8.12).
type WithdrawalAnnounced struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Until    time.Time       `json:"until"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// TakenOver: somebody carries on a proposal that its proposer was taking back.
type TakenOver struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
}

// BreakdownDeclared: the process of a case broke down, and a keeper alone facilitates it
// (M-196).
type BreakdownDeclared struct {
	Proposal proposal.ID     `json:"proposal"`
	Keeper   circle.PersonID `json:"keeper"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"heard"`
}

// ProcessRestored: the keeper gave the case back (M-196).
type ProcessRestored struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
}

// Wire names, one for each event.
func (Forwarded) Wire() string           { return "consent.forwarded" }
func (WordingChanged) Wire() string      { return "consent.wording-changed" }
func (ClassDisputed) Wire() string       { return "consent.class-disputed" }
func (Parked) Wire() string              { return "consent.parked" }
func (Resumed) Wire() string             { return "consent.resumed" }
func (Escalated) Wire() string           { return "consent.escalated" }
func (Ruled) Wire() string               { return "consent.ruled" }
func (BallotCalled) Wire() string        { return "consent.ballot-called" }
func (Declared) Wire() string            { return "consent.declared" }
func (Discarded) Wire() string           { return "consent.discarded" }
func (TransferOffered) Wire() string     { return "consent.transfer-offered" }
func (TransferRefused) Wire() string     { return "consent.transfer-refused" }
func (Transferred) Wire() string         { return "consent.transferred" }
func (MergeAgreed) Wire() string         { return "consent.merge-agreed" }
func (Superseded) Wire() string          { return "consent.superseded" }
func (Expired) Wire() string             { return "consent.expired" }
func (MovedToMeeting) Wire() string      { return "consent.moved-to-meeting" }
func (WithdrawalAnnounced) Wire() string { return "consent.withdrawal-announced" }
func (TakenOver) Wire() string           { return "consent.taken-over" }
func (BreakdownDeclared) Wire() string   { return "consent.breakdown-declared" }
func (ProcessRestored) Wire() string     { return "consent.process-restored" }

// exitEvents lists one of each event of the ways aside and out.
func exitEvents() []ownEvent {
	return append(stuckEvents(), &Forwarded{}, &WordingChanged{}, &ClassDisputed{}, &Parked{}, &Resumed{}, &Escalated{}, &Ruled{}, &BallotCalled{}, &Declared{}, &Discarded{}, &TransferOffered{}, &TransferRefused{}, &Transferred{}, &MergeAgreed{}, &Superseded{}, &Expired{}, &MovedToMeeting{}, &WithdrawalAnnounced{}, &TakenOver{}, &BreakdownDeclared{}, &ProcessRestored{}, &SplitUp{})
}

// On names the proposal that an event is about.
func (e *Forwarded) On() proposal.ID           { return e.Proposal }
func (e *WordingChanged) On() proposal.ID      { return e.Proposal }
func (e *ClassDisputed) On() proposal.ID       { return e.Proposal }
func (e *Parked) On() proposal.ID              { return e.Proposal }
func (e *Resumed) On() proposal.ID             { return e.Proposal }
func (e *Escalated) On() proposal.ID           { return e.Proposal }
func (e *Ruled) On() proposal.ID               { return e.Proposal }
func (e *BallotCalled) On() proposal.ID        { return e.Proposal }
func (e *Declared) On() proposal.ID            { return e.Proposal }
func (e *Discarded) On() proposal.ID           { return e.Proposal }
func (e *TransferOffered) On() proposal.ID     { return e.Proposal }
func (e *TransferRefused) On() proposal.ID     { return e.Proposal }
func (e *Transferred) On() proposal.ID         { return e.Proposal }
func (e *MergeAgreed) On() proposal.ID         { return e.Proposal }
func (e *Superseded) On() proposal.ID          { return e.Proposal }
func (e *Expired) On() proposal.ID             { return e.Proposal }
func (e *MovedToMeeting) On() proposal.ID      { return e.Proposal }
func (e *WithdrawalAnnounced) On() proposal.ID { return e.Proposal }
func (e *TakenOver) On() proposal.ID           { return e.Proposal }
func (e *BreakdownDeclared) On() proposal.ID   { return e.Proposal }
func (e *ProcessRestored) On() proposal.ID     { return e.Proposal }

// In names no meeting: the proposal's own trail leads to it.
func (*Forwarded) In() MeetingID           { return "" }
func (*WordingChanged) In() MeetingID      { return "" }
func (*ClassDisputed) In() MeetingID       { return "" }
func (*Parked) In() MeetingID              { return "" }
func (*Resumed) In() MeetingID             { return "" }
func (*Escalated) In() MeetingID           { return "" }
func (*Ruled) In() MeetingID               { return "" }
func (*BallotCalled) In() MeetingID        { return "" }
func (*Declared) In() MeetingID            { return "" }
func (*Discarded) In() MeetingID           { return "" }
func (*TransferOffered) In() MeetingID     { return "" }
func (*TransferRefused) In() MeetingID     { return "" }
func (*Transferred) In() MeetingID         { return "" }
func (*MergeAgreed) In() MeetingID         { return "" }
func (*Superseded) In() MeetingID          { return "" }
func (*Expired) In() MeetingID             { return "" }
func (*MovedToMeeting) In() MeetingID      { return "" }
func (*WithdrawalAnnounced) In() MeetingID { return "" }
func (*TakenOver) In() MeetingID           { return "" }
func (*BreakdownDeclared) In() MeetingID   { return "" }
func (*ProcessRestored) In() MeetingID     { return "" }

// leads is the stage to which an event leads from another one.
func (*Forwarded) leads(Stage) Stage                { return StageIntake }
func (e *WordingChanged) leads(Stage) Stage         { return e.stage() }
func (*ClassDisputed) leads(Stage) Stage            { return StageIntake }
func (*Parked) leads(Stage) Stage                   { return StageParked }
func (e *Resumed) leads(Stage) Stage                { return stageNamed(e.To) }
func (*Escalated) leads(Stage) Stage                { return StageEscalated }
func (e *Ruled) leads(Stage) Stage                  { return stageOfRuling[e.Ruling] }
func (*BallotCalled) leads(Stage) Stage             { return StageBallot }
func (*Declared) leads(from Stage) Stage            { return from }
func (*Discarded) leads(Stage) Stage                { return StageDiscarded }
func (*TransferOffered) leads(from Stage) Stage     { return from }
func (*TransferRefused) leads(from Stage) Stage     { return from }
func (*Transferred) leads(Stage) Stage              { return StageTransferred }
func (*MergeAgreed) leads(from Stage) Stage         { return from }
func (*Superseded) leads(Stage) Stage               { return StageSuperseded }
func (*Expired) leads(Stage) Stage                  { return StageExpired }
func (*MovedToMeeting) leads(Stage) Stage           { return StageWithdrawn }
func (*WithdrawalAnnounced) leads(from Stage) Stage { return from }
func (*TakenOver) leads(from Stage) Stage           { return from }
func (*BreakdownDeclared) leads(from Stage) Stage   { return from }
func (*ProcessRestored) leads(from Stage) Stage     { return from }

var stageOfRuling = map[Ruling]Stage{RulesReturn: StageIntegrate, RulesAdopt: StageAdopted, RulesDecline: StageNotAdopted, RulesTake: StageTransferred}

// stageNamed is the stage of a name.
func stageNamed(n Name) Stage {
	for i, name := range stageNames {
		if name == string(n) {
			return Stage(i)
		}
	}
	return 0
}
