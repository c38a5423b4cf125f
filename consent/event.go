package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Event is anything that has happened: an event of any room. Its wire name is
// the room and a past tense.
type Event interface{ Wire() string }

// ownEvent is an event of this room.
type ownEvent interface {
	Event
	On() proposal.ID
	In() MeetingID
	apply(*State)
}

// Opened: a proposal began its way through the stages, under this method and
// these rules, which stay what they are to its end.
type Opened struct {
	Proposal proposal.ID   `json:"proposal"`
	Circle   circle.ID     `json:"circle"`
	At       time.Time     `json:"at"`
	Major    bool          `json:"major,omitempty"`
	Method   *Method       `json:"method" canon:"again"`
	Rules    *circle.Rules `json:"rules" canon:"again"`
	// Draft opens it as its author's draft: nobody is asked yet.
	Draft bool `json:"draft,omitempty"`
}

// RoundOpened: a round began, in this order. A consent round freezes who has a
// consent right.
type RoundOpened struct {
	Proposal proposal.ID       `json:"proposal,omitempty"`
	Meeting  MeetingID         `json:"meeting,omitempty"`
	Round    RoundKind         `json:"kind"`
	No       int               `json:"no"`
	Version  int               `json:"version,omitempty"`
	InTurn   bool              `json:"in-turn,omitempty"`
	Order    []circle.PersonID `json:"order" canon:"again"`
	Seats    []Seat            `json:"seats,omitempty" canon:"again"`
	Last     circle.PersonID   `json:"last,omitempty"`
	At       time.Time         `json:"at"`
	// Closes is when the window closes in which everybody answers; zero: it has
	// no end.
	Closes time.Time `json:"closes,omitempty"`
	// First stands for a list that would be too long for an entry: every full
	// participant of the circle as it is now is asked, from this one on.
	First circle.PersonID `json:"first,omitempty"`
	// Here says that it is only everybody who is at the meeting, or there by proxy.
	Here bool `json:"here,omitempty"`
	// Without are those of everybody who have no stance in it.
	Without []circle.PersonID `json:"without,omitempty"`
	// Register counts the members by class, and Quorate says that whoever is here
	// is a quorum, where the rule of a vote must know.
	Register []Enrolled `json:"register,omitempty"`
	Quorate  bool       `json:"quorate,omitempty"`
	// Options are those to choose from, where the rule chooses among them.
	Options []proposal.OptionID `json:"options,omitempty"`
	// Sealed: what is answered stays sealed until all answers are revealed.
	Sealed bool `json:"sealed,omitempty"`
}

// Spoken: somebody said something in a round.
type Spoken struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	By       circle.PersonID `json:"by"`
	Text     circle.Text     `json:"text" words:"own"`
	Source   proposal.Source `json:"source,omitempty"`
	// Reply marks an answer given between the turns, which takes nobody's turn.
	Reply bool `json:"reply,omitempty"`
}

// Passed: somebody let their turn go by.
type Passed struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	By       circle.PersonID `json:"by"`
}

// Deferred: somebody asked to be come back to at the end of the round.
type Deferred struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	By       circle.PersonID `json:"by"`
}

// Skipped: somebody was not there when their turn came.
type Skipped struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	Person   circle.PersonID `json:"person"`
	By       circle.PersonID `json:"by"`
}

// Signalled: somebody held up a card (CP-17).
type Signalled struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	By       circle.PersonID `json:"by"`
	Card     Card            `json:"card"`
}

// CardCleared: somebody took their stop card back.
type CardCleared struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	By       circle.PersonID `json:"by"`
}

// Responded: a seat answered the question, at the time of the entry.
type Responded struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Response Name            `json:"response,omitempty"`
	Version  int             `json:"version"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
	Strength Strength        `json:"strength,omitempty"`
	// Prefers is how they rank or score the options, where it is about several.
	Prefers *Preference `json:"prefers,omitempty"`
}

// SilenceCounted: the circle's written policy gave the answer of people who
// were absent and silent.
type SilenceCounted struct {
	Proposal proposal.ID       `json:"proposal"`
	Who      []circle.PersonID `json:"who"`
	As       Name              `json:"as"`
	Version  int               `json:"version"`
	Policy   circle.Absence    `json:"policy"`
	At       time.Time         `json:"at"`
}

// Judged: the rule of the case gave its verdict on a version, with its reasons.
type Judged struct {
	Proposal proposal.ID       `json:"proposal"`
	Version  int               `json:"version"`
	At       time.Time         `json:"at"`
	Outcome  Result            `json:"outcome"`
	Rule     RuleName          `json:"rule" canon:"again"`
	Final    bool              `json:"final,omitempty"`
	Waiting  []circle.PersonID `json:"waiting,omitempty"`
	Why      []Reason          `json:"why,omitempty" canon:"again"`
	// Until is when the last call ends that begins with this verdict.
	Until time.Time `json:"until,omitempty"`
	// Reopens leads the question back from its last call to the answers.
	Reopens bool `json:"reopens,omitempty"`
	// Case is the digest of what the rule saw, of a verdict that ends the question:
	// by it the same case is known when the ledger is read again.
	Case Name `json:"case,omitempty" line:"-"`
	// Turnout says, of a verdict that ends the question, who was heard.
	Turnout Turnout `json:"turnout,omitempty"`
	// Winners are the options that were chosen, or that are level.
	Winners []proposal.OptionID `json:"winners,omitempty"`
}

// Turnout is how the seats of a question were heard, in numbers.
type Turnout struct {
	Spoke        int `json:"spoke,omitempty"`        // answered for themselves
	Acknowledged int `json:"acknowledged,omitempty"` // said that they have seen it, and no more
	Silent       int `json:"silent,omitempty"`       // said nothing, though they could
	Unreached    int `json:"unreached,omitempty"`    // were not there, and nothing was sent to them
}

// Result is what a verdict means for the process.
type Result string

// The results of a judgement.
const (
	ResultPending    Result = "pending"     // the round goes on, or must be held again
	ResultIntegrate  Result = "integrate"   // objections stand: the circle works on them
	ResultWaiting    Result = "waiting"     // consented by those present; the absent have their time
	ResultAdopted    Result = "adopted"     // adopted
	ResultNotAdopted Result = "not-adopted" // not adopted
)

// Called: a meeting was called.
type MeetingCalled struct {
	Meeting MeetingID       `json:"meeting"`
	Circle  circle.ID       `json:"circle"`
	At      time.Time       `json:"at"`
	Items   []proposal.ID   `json:"items,omitempty"`
	By      circle.PersonID `json:"by"`
	Agenda  []AgendaItem    `json:"agenda,omitempty" words:"heard"`
	Scope   []proposal.ID   `json:"scope,omitempty"`
	Ends    time.Time       `json:"ends,omitempty"`
	// Labels says that its agenda is made in it, of labels (M-114).
	Labels bool `json:"labels,omitempty"`
}

// MeetingOpened: a meeting began.
type MeetingOpened struct {
	Meeting MeetingID         `json:"meeting"`
	At      time.Time         `json:"at"`
	Present []circle.PersonID `json:"present"`
	Guests  []circle.PersonID `json:"guests,omitempty"`
	// Substitutes sit in it for somebody who wears a role and is not there (EC-89).
	Substitutes []Substitute `json:"substitutes,omitempty"`
}

// Arrived: somebody came late.
type Arrived struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
}

// ApologySent: somebody said that they cannot come.
type ApologySent struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
}

// GuestHeard: a guest spoke in the guests' time.
type GuestHeard struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
	Minutes int             `json:"minutes"`
	Text    circle.Text     `json:"text" words:"own"`
}

// AgendaAdopted: those present consented to the agenda.
type AgendaAdopted struct {
	Meeting MeetingID `json:"meeting"`
}

// MeetingClosed: a meeting ended, and whether people's needs were met in it.
type MeetingClosed struct {
	Meeting MeetingID `json:"meeting"`
	At      time.Time `json:"at"`
	Needs   []NeedMet `json:"needs,omitempty"`
	// Absent are the participants who were not there and had not sent word.
	Absent []circle.PersonID `json:"absent,omitempty"`
	// Planned says that its planned end came; Left are the items, and Back the
	// other proposals, that go back to the agenda (M-118).
	Planned bool          `json:"planned,omitempty"`
	Left    []circle.Name `json:"left,omitempty"`
	Back    []proposal.ID `json:"back,omitempty"`
}

// MinutesSent: a meeting's minutes went out to a person, in a format that they
// can take in.
type MinutesSent struct {
	Meeting MeetingID       `json:"meeting"`
	To      circle.PersonID `json:"to"`
	Format  circle.Format   `json:"format"`
	At      time.Time       `json:"at"`
	By      circle.PersonID `json:"by"`
}

// Wire names, one for each event.
func (Opened) Wire() string         { return "consent.opened" }
func (RoundOpened) Wire() string    { return "consent.round-opened" }
func (Spoken) Wire() string         { return "consent.spoken" }
func (Passed) Wire() string         { return "consent.passed" }
func (Deferred) Wire() string       { return "consent.deferred" }
func (Skipped) Wire() string        { return "consent.skipped" }
func (Signalled) Wire() string      { return "consent.signalled" }
func (CardCleared) Wire() string    { return "consent.card-cleared" }
func (Responded) Wire() string      { return "consent.responded" }
func (SilenceCounted) Wire() string { return "consent.silence-counted" }
func (Judged) Wire() string         { return "consent.judged" }
func (MeetingCalled) Wire() string  { return "consent.meeting-called" }
func (MeetingOpened) Wire() string  { return "consent.meeting-opened" }
func (Arrived) Wire() string        { return "consent.arrived" }
func (ApologySent) Wire() string    { return "consent.apology-sent" }
func (GuestHeard) Wire() string     { return "consent.guest-heard" }
func (AgendaAdopted) Wire() string  { return "consent.agenda-adopted" }
func (MeetingClosed) Wire() string  { return "consent.meeting-closed" }
func (MinutesSent) Wire() string    { return "consent.minutes-sent" }

// ownEvents lists one of each event of this room, for readers of ledgers.
func ownEvents() []ownEvent {
	return slices.Concat(commonEvents(), recordEvents(), windowEvents(), aheadEvents(), exitEvents(), agendaEvents(), furtherEvents(), linkingEvents(), sealedEvents(), selectEvents(), []ownEvent{&Dissented{}})
}

func commonEvents() []ownEvent {
	return []ownEvent{&Opened{}, &RoundOpened{}, &Spoken{}, &Passed{}, &Deferred{}, &Skipped{}, &Signalled{}, &CardCleared{},
		&Responded{}, &SilenceCounted{}, &Judged{}, &MeetingCalled{}, &MeetingOpened{}, &Arrived{}, &ApologySent{},
		&GuestHeard{}, &AgendaAdopted{}, &MeetingClosed{}, &MinutesSent{}}
}

// Passing: of the commonest events a state keeps what they tell, and not the event
// itself. So replay reads the next one into the same room (see [canon.Passing]).
func (*Opened) Passing()      {}
func (*RoundOpened) Passing() {}
func (*Responded) Passing()   {}

// On names the proposal that an event is about; "" when it is about none.
func (e *Opened) On() proposal.ID         { return e.Proposal }
func (e *RoundOpened) On() proposal.ID    { return e.Proposal }
func (e *Spoken) On() proposal.ID         { return e.Proposal }
func (e *Passed) On() proposal.ID         { return e.Proposal }
func (e *Deferred) On() proposal.ID       { return e.Proposal }
func (e *Skipped) On() proposal.ID        { return e.Proposal }
func (e *Signalled) On() proposal.ID      { return e.Proposal }
func (e *CardCleared) On() proposal.ID    { return e.Proposal }
func (e *Responded) On() proposal.ID      { return e.Proposal }
func (e *SilenceCounted) On() proposal.ID { return e.Proposal }
func (e *Judged) On() proposal.ID         { return e.Proposal }
func (*MeetingCalled) On() proposal.ID    { return "" }
func (*MeetingOpened) On() proposal.ID    { return "" }
func (*Arrived) On() proposal.ID          { return "" }
func (*ApologySent) On() proposal.ID      { return "" }
func (*GuestHeard) On() proposal.ID       { return "" }
func (*AgendaAdopted) On() proposal.ID    { return "" }
func (*MeetingClosed) On() proposal.ID    { return "" }
func (*MinutesSent) On() proposal.ID      { return "" }

// In names the meeting that an event happened in; "" when it does not say.
func (*Opened) In() MeetingID          { return "" }
func (e *RoundOpened) In() MeetingID   { return e.Meeting }
func (e *Spoken) In() MeetingID        { return e.Meeting }
func (e *Passed) In() MeetingID        { return e.Meeting }
func (e *Deferred) In() MeetingID      { return e.Meeting }
func (e *Skipped) In() MeetingID       { return e.Meeting }
func (e *Signalled) In() MeetingID     { return e.Meeting }
func (e *CardCleared) In() MeetingID   { return e.Meeting }
func (*Responded) In() MeetingID       { return "" }
func (*SilenceCounted) In() MeetingID  { return "" }
func (*Judged) In() MeetingID          { return "" }
func (e *MeetingCalled) In() MeetingID { return e.Meeting }
func (e *MeetingOpened) In() MeetingID { return e.Meeting }
func (e *Arrived) In() MeetingID       { return e.Meeting }
func (e *ApologySent) In() MeetingID   { return e.Meeting }
func (e *GuestHeard) In() MeetingID    { return e.Meeting }
func (e *AgendaAdopted) In() MeetingID { return e.Meeting }
func (e *MeetingClosed) In() MeetingID { return e.Meeting }
func (e *MinutesSent) In() MeetingID   { return e.Meeting }
