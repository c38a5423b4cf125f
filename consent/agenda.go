package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// An AgendaItem is one thing that a meeting is to deal with (M-113).
type AgendaItem struct {
	ID    circle.Name `json:"id"`
	Topic circle.Text `json:"topic"`
	// Outcome is what those present want to come to.
	Outcome Desired `json:"outcome"`
	// Minutes is how long it is to take (M-116).
	Minutes   int             `json:"minutes"`
	Presenter circle.PersonID `json:"presenter,omitempty"`
	// Item is the proposal that it is about, if it is about one.
	Item proposal.ID `json:"item,omitempty"`
	// Election marks an item in which somebody is elected (M-114).
	Election bool `json:"election,omitempty"`
}

// Desired is what a circle wants to come to on an item.
type Desired string

// The desired outcomes.
const (
	ToUnderstand Desired = "understand"
	ToExplore    Desired = "explore"
	ToDecide     Desired = "decide"
)

// Values lists the outcomes.
func (Desired) Values() []string {
	return []string{string(ToUnderstand), string(ToExplore), string(ToDecide)}
}

// Check refuses an outcome that nobody knows.
func (d Desired) Check() error { return among(string(d), d.Values()) }

// A Plan is what was agreed for a meeting beside the proposals that are to be
// decided in it.
type Plan struct {
	Items []AgendaItem
	// Scope limits a special meeting to these proposals (M-115).
	Scope []proposal.ID
	Begun []circle.Name // the items that were begun, in order
	Ended []circle.Name // the items of which it was said what came of them
	Ends  time.Time     // when the time of the item that is dealt with is over
	Until time.Time     // when the meeting ends by its plan; zero: it has no planned end
	// Labels says that the agenda is made in the meeting, of labels; By asked for
	// the meeting, and First are the elections that somebody asked to come first
	// (M-114).
	Labels bool
	By     circle.PersonID
	First  []circle.Name
	// Objected says that an objection to the process waits for its round.
	Objected bool
	// Evaluated are those who said how the meeting was.
	Evaluated []circle.PersonID
}

// Running is the item that the meeting deals with now, "" if none.
func (p *Plan) Running() circle.Name {
	if n := len(p.Begun); n > 0 && !slices.Contains(p.Ended, p.Begun[n-1]) {
		return p.Begun[n-1]
	}
	return ""
}

func (p *Plan) item(id circle.Name) int {
	return slices.IndexFunc(p.Items, func(i AgendaItem) bool { return i.ID == id })
}

// copied returns a plan that can be changed without touching p.
func (p *Plan) copied() *Plan {
	if p == nil {
		return nil
	}
	c := *p
	c.Begun, c.Ended = slices.Clone(p.Begun), slices.Clone(p.Ended)
	return &c
}

// plan is the meeting's, or an empty one.
func (m *Meeting) plan() *Plan {
	if m.Plan == nil {
		return &Plan{}
	}
	return m.Plan
}

// planned is the meeting's plan, made when it is spoken of first.
func (m *Meeting) planned() *Plan {
	if m.Plan == nil {
		m.Plan = &Plan{}
	}
	return m.Plan
}

// ChangeAgenda is carried out when those present consent to another agenda
// (M-113). What was begun stays on it.
type ChangeAgenda struct {
	Meeting MeetingID    `json:"meeting"`
	Agenda  []AgendaItem `json:"agenda"`
}

// BeginItem says that the meeting comes to an item; its time begins.
type BeginItem struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
}

// ExtendItem is carried out when those present consent to more time for the
// item that they deal with, before its time is over (M-116).
type ExtendItem struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
	Minutes int         `json:"minutes"`
}

// EndItem says what came of an item: what was wanted, or what the next step is.
// No item ends silently (M-119).
type EndItem struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
	Reached bool        `json:"reached,omitempty"`
	Next    circle.Text `json:"next,omitempty"`
}

// ObjectToProcess objects to how the meeting is facilitated; everybody has a
// word on it in a round of its own (M-111).
type ObjectToProcess struct {
	Meeting MeetingID   `json:"meeting"`
	Reason  circle.Text `json:"reason"`
}

// EvaluateMeeting says how the meeting was (M-120, M-253).
type EvaluateMeeting struct {
	Meeting MeetingID   `json:"meeting"`
	Text    circle.Text `json:"text"`
	// Need names a need that it opens, so that what would make the next meeting
	// better stands on the backlog of the circle (M-253).
	Need proposal.NeedID `json:"need,omitempty"`
}

// Wire names, one for each command.
func (ChangeAgenda) Wire() string    { return "consent.change-agenda" }
func (BeginItem) Wire() string       { return "consent.begin-item" }
func (ExtendItem) Wire() string      { return "consent.extend-item" }
func (EndItem) Wire() string         { return "consent.end-item" }
func (ObjectToProcess) Wire() string { return "consent.object-to-process" }
func (EvaluateMeeting) Wire() string { return "consent.evaluate-meeting" }

// agendaCommands lists one of each.
func agendaCommands() []ownCommand {
	return []ownCommand{ChangeAgenda{}, BeginItem{}, ExtendItem{}, EndItem{}, ObjectToProcess{}, EvaluateMeeting{}}
}

// At names the meeting whose agenda it is.
func (c ChangeAgenda) At() MeetingID { return c.Meeting }
func (c ExtendItem) At() MeetingID   { return c.Meeting }

// AgendaChanged: those present consented to another agenda.
type AgendaChanged struct {
	Meeting MeetingID    `json:"meeting"`
	Agenda  []AgendaItem `json:"agenda" words:"heard"`
}

// ItemBegun: a meeting came to an item, for so long.
type ItemBegun struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
	At      time.Time   `json:"at"`
	Until   time.Time   `json:"until,omitempty"` // zero: a label has no time of its own
}

// ItemExtended: those present consented to more time for an item.
type ItemExtended struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
	Until   time.Time   `json:"until"`
}

// ItemEnded: it was said what came of an item.
type ItemEnded struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
	Reached bool        `json:"reached,omitempty"`
	Next    circle.Text `json:"next,omitempty" words:"own"`
}

// ProcessObjected: somebody objected to how a meeting is facilitated.
type ProcessObjected struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
	Reason  circle.Text     `json:"reason" words:"own"`
}

// MeetingEvaluated: somebody said how a meeting was.
type MeetingEvaluated struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
	Text    circle.Text     `json:"text" words:"own"`
	Need    proposal.NeedID `json:"need,omitempty"` // that was opened by it
}

// Wire names, one for each event.
func (AgendaChanged) Wire() string    { return "consent.agenda-changed" }
func (ItemBegun) Wire() string        { return "consent.item-begun" }
func (ItemExtended) Wire() string     { return "consent.item-extended" }
func (ItemEnded) Wire() string        { return "consent.item-ended" }
func (ProcessObjected) Wire() string  { return "consent.process-objected" }
func (MeetingEvaluated) Wire() string { return "consent.meeting-evaluated" }

// agendaEvents lists one of each.
func agendaEvents() []ownEvent {
	return []ownEvent{&AgendaChanged{}, &ItemBegun{}, &ItemExtended{}, &ItemEnded{}, &ProcessObjected{}, &MeetingEvaluated{}}
}

// On names no proposal: these events are about a meeting.
func (*AgendaChanged) On() proposal.ID    { return "" }
func (*ItemBegun) On() proposal.ID        { return "" }
func (*ItemExtended) On() proposal.ID     { return "" }
func (*ItemEnded) On() proposal.ID        { return "" }
func (*ProcessObjected) On() proposal.ID  { return "" }
func (*MeetingEvaluated) On() proposal.ID { return "" }

// In names the meeting that an event happened in.
func (e *AgendaChanged) In() MeetingID    { return e.Meeting }
func (e *ItemBegun) In() MeetingID        { return e.Meeting }
func (e *ItemExtended) In() MeetingID     { return e.Meeting }
func (e *ItemEnded) In() MeetingID        { return e.Meeting }
func (e *ProcessObjected) In() MeetingID  { return e.Meeting }
func (e *MeetingEvaluated) In() MeetingID { return e.Meeting }

// replan takes over another agenda: proposals that are new on it can be put,
// and those that were spoken of stay told.
func (m *Meeting) replan(items []AgendaItem) {
	for _, i := range items {
		if i.Item != "" && !slices.Contains(m.Items, i.Item) {
			m.Items = append(slices.Clone(m.Items), i.Item)
		}
	}
	m.planned().Items = items
}

func (e *AgendaChanged) apply(s *State) { s.meetings[e.Meeting].replan(e.Agenda) }

func (e *ItemBegun) apply(s *State) {
	p := s.meetings[e.Meeting].planned()
	p.Begun, p.Ends = append(p.Begun, e.Item), e.Until
}

func (e *ItemExtended) apply(s *State) { s.meetings[e.Meeting].planned().Ends = e.Until }

func (e *ItemEnded) apply(s *State) {
	p := s.meetings[e.Meeting].planned()
	if p.Running() == e.Item {
		p.Ends = time.Time{}
	}
	p.Ended = append(p.Ended, e.Item)
}

func (e *ProcessObjected) apply(s *State) { s.meetings[e.Meeting].planned().Objected = true }

// heldOwn takes note of a round of the meeting's own.
func (m *Meeting) heldOwn(kind RoundKind) {
	if kind == ProcessRound && m.Plan != nil {
		m.Plan.Objected = false
	}
}

func (e *MeetingEvaluated) apply(s *State) {
	p := s.meetings[e.Meeting].planned()
	p.Evaluated = append(p.Evaluated, e.By)
}
