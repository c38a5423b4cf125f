package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// OpenSelection opens the selection of people for roles of a circle, or of one
// thing of several. Any full participant may do it at any time (M-227); it goes
// by the method that the circle has for the matter "selection", or by the one for
// selections that goes with its own. The text says what the role asks for.
type OpenSelection struct {
	ID     proposal.ID `json:"id"`
	Circle circle.ID   `json:"circle"`
	// Roles are the seats to fill: a role named twice has two (M-224).
	Roles []circle.RoleID `json:"roles,omitempty"`
	// Options are the things to choose from, where it is not about people (M-226).
	Options []Choice `json:"options,omitempty"`
	// Text is the role with what it asks for. Where somebody was selected for the
	// role before, it may be left out, and the term: they are then as they were.
	Text circle.Text   `json:"text,omitempty"`
	Term circle.Period `json:"term,omitempty"`
	// Beside lets those who hold the role keep it.
	Beside bool `json:"beside,omitempty"`
	// CheckIn is how often circle and holder look at the role together (EC-81).
	CheckIn circle.Period `json:"check-in,omitempty"`
}

// Nominate names somebody for each seat, sealed until all nominations are
// revealed together (M-213). Until then one may name another. The words are the
// names, with commas between them; beside the names of people, or of options,
// there are "search-outside", "nobody" and "pass", where the method has them. By a method that chooses by
// objections the words say of each option how strongly one objects to it, from 0
// to 100, as in "barn:40, cafe:0" (M-155).
type Nominate struct {
	Proposal proposal.ID `json:"proposal"`
	Names    circle.Text `json:"names"`
}

// ChangeNomination changes whom one named, in one's turn of the change round, and
// says why. What was named first stays visible (M-217).
type ChangeNomination struct {
	Proposal proposal.ID `json:"proposal"`
	Names    []Name      `json:"names"`
	Reason   circle.Text `json:"reason"`
}

// AskToPropose asks somebody to propose a candidate in the place of who
// facilitates, who may be too near to it (M-219).
type AskToPropose struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
}

// ProposeCandidate proposes who is to be asked about, one for each seat: on the
// strength of the reasons, which it words, or by count (M-218), or by the
// objections to each option (M-155). It writes a new
// version, which may also change the term. A candidate to whom somebody objected
// is discarded by it (M-221, M-222).
type ProposeCandidate struct {
	Proposal proposal.ID   `json:"proposal"`
	Names    []Name        `json:"names"`
	Text     circle.Text   `json:"text"`
	Term     circle.Period `json:"term,omitempty"`
	// Tie is the rule by which a tie of counts, or of objections, was solved, and Draw how it was
	// drawn, where it was.
	Tie  Tie         `json:"tie,omitempty"`
	Draw circle.Text `json:"draw,omitempty"`
}

// DiscardCandidate takes the candidate off the table. From then on they are no
// candidate in this selection, and nominations of them are not counted (M-222).
type DiscardCandidate struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// AcceptRole is the last word of who was chosen (M-223).
type AcceptRole struct {
	Proposal proposal.ID `json:"proposal"`
}

// DeclineRole says no, after everybody consented; no reason is needed. Before that
// a nominee is heard in the round, and may object in it (M-216).
type DeclineRole struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// ShortList narrows a selection to some of those who were named, so that a large
// group names again among few (M-228).
type ShortList struct {
	Proposal proposal.ID `json:"proposal"`
	Names    []Name      `json:"names"`
	Reason   circle.Text `json:"reason"`
}

// Wire names, one for each command.
func (OpenSelection) Wire() string    { return "consent.open-selection" }
func (Nominate) Wire() string         { return "consent.nominate" }
func (ChangeNomination) Wire() string { return "consent.change-nomination" }
func (AskToPropose) Wire() string     { return "consent.ask-to-propose" }
func (ProposeCandidate) Wire() string { return "consent.propose-candidate" }
func (DiscardCandidate) Wire() string { return "consent.discard-candidate" }
func (AcceptRole) Wire() string       { return "consent.accept-role" }
func (DeclineRole) Wire() string      { return "consent.decline-role" }
func (ShortList) Wire() string        { return "consent.short-list" }

// selectCommands lists one of each.
func selectCommands() []ownCommand {
	return []ownCommand{OpenSelection{}, Nominate{}, ChangeNomination{}, AskToPropose{}, ProposeCandidate{}, DiscardCandidate{}, AcceptRole{}, DeclineRole{}, ShortList{}, Welcome{}}
}

// SelectionOpened: a circle began to select somebody for its roles, or something.
type SelectionOpened struct {
	Proposal proposal.ID     `json:"proposal"`
	Roles    []circle.RoleID `json:"roles,omitempty"`
	Options  []Choice        `json:"options,omitempty" words:"heard"`
	Beside   bool            `json:"beside,omitempty"`
}

// NominationsOpened: the sealed nominations were revealed together.
type NominationsOpened struct {
	Proposal    proposal.ID     `json:"proposal"`
	By          circle.PersonID `json:"by,omitempty"` // nobody: the last one came in, or the time was over
	At          time.Time       `json:"at"`
	Nominations []Named         `json:"nominations,omitempty"`
	// Missing are those who had named nobody; Out says that by the method they have
	// no part in the rest (M-225).
	Missing []circle.PersonID `json:"missing,omitempty"`
	Out     bool              `json:"out,omitempty"`
	// Gone are those whose words were erased or lost; they may name somebody openly.
	Gone []circle.PersonID `json:"gone,omitempty"`
	// Barred are those who could not take the role today, and why.
	Barred []Barred `json:"barred,omitempty"`
}

// Named is what one person had sealed: names, or what they have against each
// option.
type Named struct {
	By      circle.PersonID `json:"by"`
	Names   []Name          `json:"names,omitempty"`
	Against []Misgiving     `json:"against,omitempty"`
}

// Barred is somebody who was named and could not take a role as things are: the
// code says why.
type Barred struct {
	Name Name          `json:"name"`
	Role circle.RoleID `json:"role"`
	Why  Name          `json:"why"`
}

// NominationChanged: somebody named another, with a reason.
type NominationChanged struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Names    []Name          `json:"names"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// ProposerAsked: somebody is to propose a candidate in the place of who
// facilitates.
type ProposerAsked struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Person   circle.PersonID `json:"person"`
}

// CandidateProposed: the circle is to be asked about this candidate. The tally is
// what it was then, and for information only, unless the method counts.
type CandidateProposed struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Names    []Name          `json:"names"`
	Tally    []Count         `json:"tally,omitempty"`
	Tie      Tie             `json:"tie,omitempty"`
	Draw     circle.Text     `json:"draw,omitempty" words:"own"`
}

// CandidateDiscarded: the candidate is none any more, because somebody discarded
// them, another was proposed, or they declined themselves.
type CandidateDiscarded struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Names    []Name          `json:"names"`
	Declined bool            `json:"declined,omitempty"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// RoleAccepted: who was chosen accepted.
type RoleAccepted struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
}

// ShortListed: from now on it is among these.
type ShortListed struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Names    []Name          `json:"names"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// Wire names, one for each event.
func (SelectionOpened) Wire() string    { return "consent.selection-opened" }
func (NominationsOpened) Wire() string  { return "consent.nominations-opened" }
func (NominationChanged) Wire() string  { return "consent.nomination-changed" }
func (ProposerAsked) Wire() string      { return "consent.proposer-asked" }
func (CandidateProposed) Wire() string  { return "consent.candidate-proposed" }
func (CandidateDiscarded) Wire() string { return "consent.candidate-discarded" }
func (RoleAccepted) Wire() string       { return "consent.role-accepted" }
func (ShortListed) Wire() string        { return "consent.short-listed" }

// selectEvents lists one of each.
func selectEvents() []ownEvent {
	return []ownEvent{&SelectionOpened{}, &NominationsOpened{}, &NominationChanged{}, &ProposerAsked{}, &CandidateProposed{}, &CandidateDiscarded{}, &RoleAccepted{}, &ShortListed{}, &Welcomed{}}
}

// On names the proposal that an event is about.
func (e *SelectionOpened) On() proposal.ID    { return e.Proposal }
func (e *NominationsOpened) On() proposal.ID  { return e.Proposal }
func (e *NominationChanged) On() proposal.ID  { return e.Proposal }
func (e *ProposerAsked) On() proposal.ID      { return e.Proposal }
func (e *CandidateProposed) On() proposal.ID  { return e.Proposal }
func (e *CandidateDiscarded) On() proposal.ID { return e.Proposal }
func (e *RoleAccepted) On() proposal.ID       { return e.Proposal }
func (e *ShortListed) On() proposal.ID        { return e.Proposal }

// In names the meeting that an event happened in: none.
func (*SelectionOpened) In() MeetingID    { return "" }
func (*NominationsOpened) In() MeetingID  { return "" }
func (*NominationChanged) In() MeetingID  { return "" }
func (*ProposerAsked) In() MeetingID      { return "" }
func (*CandidateProposed) In() MeetingID  { return "" }
func (*CandidateDiscarded) In() MeetingID { return "" }
func (*RoleAccepted) In() MeetingID       { return "" }
func (*ShortListed) In() MeetingID        { return "" }

// leads is the stage that an event leads to.
func (*NominationsOpened) leads(Stage) Stage  { return StageWeigh }
func (*CandidateProposed) leads(Stage) Stage  { return StageWeigh }
func (*CandidateDiscarded) leads(Stage) Stage { return StageWeigh }
