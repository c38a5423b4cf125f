package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Command is anything that a person may ask for: a command of any room. Its
// wire name is the room and an imperative.
type Command interface{ Wire() string }

// ownCommand is a command of this room.
type ownCommand interface {
	Command
	decide(*State, circle.Actor, time.Time) ([]Event, error)
}

// Ask puts a question that is decided at once, such as an agenda or how to
// respond to a need: to those present when the circle is in a meeting, to all
// full participants otherwise. When all consent, what it enacts is carried out
// in the same entry.
type Ask struct {
	ID       proposal.ID   `json:"id"`
	Circle   circle.ID     `json:"circle"`
	Question circle.Text   `json:"question"`
	Enacts   []circle.Deed `json:"enacts,omitempty"`
}

// OpenRound begins a round: on a proposal (clarify, react, options, consent),
// or of a meeting (opening, closing).
type OpenRound struct {
	Proposal proposal.ID `json:"proposal,omitempty"`
	Meeting  MeetingID   `json:"meeting,omitempty"`
	Round    RoundKind   `json:"kind"`
	// Last is who speaks last, after all others, in a round in turn (M-110).
	Last circle.PersonID `json:"last,omitempty"`
}

// Speak says something in a round, when it is one's turn.
type Speak struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	Text     circle.Text     `json:"text"`
	Source   proposal.Source `json:"source,omitempty"`
}

// Reply answers a question between the turns; it takes nobody's turn, and may
// be given while a stop card lies on the table.
type Reply struct {
	Proposal proposal.ID `json:"proposal,omitempty"`
	Meeting  MeetingID   `json:"meeting,omitempty"`
	Text     circle.Text `json:"text"`
}

// Pass lets one's turn go by. In a consent round nobody passes.
type Pass struct {
	Proposal proposal.ID `json:"proposal,omitempty"`
	Meeting  MeetingID   `json:"meeting,omitempty"`
}

// ComeBack asks to be come back to at the end of the round.
type ComeBack struct {
	Proposal proposal.ID `json:"proposal,omitempty"`
	Meeting  MeetingID   `json:"meeting,omitempty"`
}

// Skip passes over somebody who is not there; the facilitator does it.
type Skip struct {
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	Person   circle.PersonID `json:"person"`
}

// Card is a signal that anyone in a round can give at any time (CP-17).
type Card string

// The cards.
const (
	StopCard  Card = "stop"  // I have a question, or cannot follow: wait for me
	SlowCard  Card = "slow"  // please slow down
	AgreeCard Card = "agree" // I like what I hear
)

// Values lists the cards.
func (Card) Values() []string { return []string{string(StopCard), string(SlowCard), string(AgreeCard)} }

// Check refuses a card that nobody knows.
func (c Card) Check() error {
	switch c {
	case StopCard, SlowCard, AgreeCard:
		return nil
	}
	return fmt.Errorf("%q is no card", string(c))
}

// Signal holds up a card.
type Signal struct {
	Proposal proposal.ID `json:"proposal,omitempty"`
	Meeting  MeetingID   `json:"meeting,omitempty"`
	Card     Card        `json:"card"`
}

// ClearCard takes one's own stop card back. Nobody else can.
type ClearCard struct {
	Proposal proposal.ID `json:"proposal,omitempty"`
	Meeting  MeetingID   `json:"meeting,omitempty"`
}

// Respond consents to the current version, or chooses among its options. Consenting
// also accepts how that version meets one's own objections. To object, raise an
// objection.
type Respond struct {
	Proposal proposal.ID `json:"proposal"`
	Version  int         `json:"version,omitempty"`
	// Answer is the position that one takes. Among options one says how one ranks or
	// scores them instead.
	Answer string      `json:"answer,omitempty"`
	Reason circle.Text `json:"reason,omitempty"`
	// Strength is to be seen, and without effect on any verdict (M-127).
	Strength Strength `json:"strength,omitempty"`
	// Prefers is how one ranks or scores the options, as the rule counts them (see
	// [Ballot]).
	Prefers *Preference `json:"prefers,omitempty"`
}

// Strength is how strongly somebody answers, in hundredths of all their heart.
type Strength int

// Check refuses a strength that is more than all one's heart.
func (n Strength) Check() error {
	if n < 0 || n > 100 {
		return fmt.Errorf("the strength of an answer is a number from 1 to 100, not %d", int(n))
	}
	return nil
}

// Of names the proposal that the version is of.
func (c Integrate) Of() proposal.ID { return c.Proposal }

// CloseRound ends a consent round in which somebody present has not answered:
// they count as absent.
type CloseRound struct {
	Proposal proposal.ID `json:"proposal"`
}

// Integrate writes a new version that meets objections, each with the tools
// that meet it (EC-35).
type Integrate struct {
	Proposal proposal.ID        `json:"proposal"`
	Text     circle.Text        `json:"text"`
	Term     circle.Period      `json:"term,omitempty"`
	Measures []proposal.Measure `json:"measures,omitempty"`
	Options  []proposal.Option  `json:"options,omitempty"`
	Meets    []Meets            `json:"meets"`
	// CheckIn is how often circle and holder look at the role together that somebody
	// is selected for (EC-81).
	CheckIn circle.Period `json:"check-in,omitempty"`
}

// Meets names an objection and the tools with which it is met.
type Meets struct {
	Objection objection.ID  `json:"objection"`
	Tools     []circle.Tool `json:"tools"`
}

// CallMeeting calls a meeting, with the proposals that are to be decided in
// it. It is refused for a time at which somebody still reads.
type CallMeeting struct {
	ID     MeetingID     `json:"id"`
	Circle circle.ID     `json:"circle"`
	At     time.Time     `json:"at"`
	Items  []proposal.ID `json:"items,omitempty"`
	// Agenda is what else is to be said of the items, and what is not about a
	// proposal (M-113).
	Agenda []AgendaItem `json:"agenda,omitempty"`
	// Scope makes it a special meeting, for these proposals and no other (M-115).
	Scope []proposal.ID `json:"scope,omitempty"`
	// Ends is when the meeting is to end. Then it ends, unless those present
	// extended it with nobody against (M-118).
	Ends time.Time `json:"ends,omitempty"`
}

// OpenMeeting begins a meeting and says who is there.
type OpenMeeting struct {
	Meeting MeetingID         `json:"meeting"`
	Present []circle.PersonID `json:"present"`
	Guests  []circle.PersonID `json:"guests,omitempty"`
}

// Arrive says that somebody came late.
type Arrive struct {
	Meeting MeetingID `json:"meeting"`
}

// SendApology says that one cannot come.
type SendApology struct {
	Meeting MeetingID `json:"meeting"`
}

// SpeakAsGuest uses some of the guests' time (EC-26).
type SpeakAsGuest struct {
	Meeting MeetingID   `json:"meeting"`
	Minutes int         `json:"minutes"`
	Text    circle.Text `json:"text"`
}

// AdoptAgenda is carried out when those present consent to the agenda.
type AdoptAgenda struct {
	Meeting MeetingID `json:"meeting"`
}

// At names the meeting whose agenda it is.
func (c AdoptAgenda) At() MeetingID { return c.Meeting }

// CloseMeeting ends a meeting, and says whether people's access needs were met
// (CP-15).
type CloseMeeting struct {
	Meeting MeetingID `json:"meeting"`
	Needs   []NeedMet `json:"needs,omitempty"`
}

// SendMinutes says that the minutes of a meeting went out to somebody, in a
// format that they can take in.
type SendMinutes struct {
	Meeting MeetingID       `json:"meeting"`
	To      circle.PersonID `json:"to"`
	Format  circle.Format   `json:"format"`
}

// Wire names, one for each command.
func (Ask) Wire() string          { return "consent.ask" }
func (OpenRound) Wire() string    { return "consent.open-round" }
func (Speak) Wire() string        { return "consent.speak" }
func (Reply) Wire() string        { return "consent.reply" }
func (Pass) Wire() string         { return "consent.pass" }
func (ComeBack) Wire() string     { return "consent.come-back-to-me" }
func (Skip) Wire() string         { return "consent.skip" }
func (Signal) Wire() string       { return "consent.signal" }
func (ClearCard) Wire() string    { return "consent.clear-card" }
func (Respond) Wire() string      { return "consent.respond" }
func (CloseRound) Wire() string   { return "consent.close-round" }
func (Integrate) Wire() string    { return "consent.integrate" }
func (CallMeeting) Wire() string  { return "consent.call-meeting" }
func (OpenMeeting) Wire() string  { return "consent.open-meeting" }
func (Arrive) Wire() string       { return "consent.arrive" }
func (SendApology) Wire() string  { return "consent.send-apology" }
func (SpeakAsGuest) Wire() string { return "consent.speak-as-guest" }
func (AdoptAgenda) Wire() string  { return "consent.adopt-agenda" }
func (CloseMeeting) Wire() string { return "consent.close-meeting" }
func (SendMinutes) Wire() string  { return "consent.send-minutes" }

// ownCommands lists one of each command of this room.
func ownCommands() []ownCommand {
	return slices.Concat(commonCommands(), recordCommands(), windowCommands(), exitCommands(), agendaCommands(), furtherCommands(), linkingCommands(), sealedCommands(), selectCommands(), []ownCommand{Dissent{}})
}

func commonCommands() []ownCommand {
	return []ownCommand{Ask{}, OpenRound{}, Speak{}, Reply{}, Pass{}, ComeBack{}, Skip{}, Signal{}, ClearCard{}, Respond{},
		CloseRound{}, Integrate{}, CallMeeting{}, OpenMeeting{}, Arrive{}, SendApology{}, SpeakAsGuest{}, AdoptAgenda{},
		CloseMeeting{}, SendMinutes{}}
}

// Commands lists one of each command that people may give, room by room.
func Commands() []Command {
	var out []Command
	for _, c := range circle.Commands() {
		out = append(out, c)
	}
	for _, c := range proposal.Commands() {
		out = append(out, c)
	}
	for _, c := range objection.Commands() {
		out = append(out, c)
	}
	for _, c := range ownCommands() {
		out = append(out, c)
	}
	return out
}
