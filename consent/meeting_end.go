package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ExtendMeeting is carried out when those present consent to a later end of
// their meeting: it is extended with nobody against, or it ends (M-118).
type ExtendMeeting struct {
	Meeting MeetingID `json:"meeting"`
	Until   time.Time `json:"until"`
}

// Wire names the command.
func (ExtendMeeting) Wire() string { return "consent.extend-meeting" }

// At names the meeting whose end it is.
func (c ExtendMeeting) At() MeetingID { return c.Meeting }

// MeetingExtended: those present consented to a later end.
type MeetingExtended struct {
	Meeting MeetingID `json:"meeting"`
	Until   time.Time `json:"until"`
}

// Wire names the event.
func (MeetingExtended) Wire() string { return "consent.meeting-extended" }

// On names no proposal: the event is about a meeting.
func (*MeetingExtended) On() proposal.ID { return "" }

// In names the meeting that it happened in.
func (e *MeetingExtended) In() MeetingID { return e.Meeting }

// The refusals about the end of a meeting.
var (
	EndsBefore = &circle.Code{ID: "ends-before", Kind: circle.ErrNotValid, Rule: "M-118", Stands: circle.InEngine,
		Says: "A meeting ends after it has begun, and is extended to a later time: {until} is not after {from}."}
	NoPlannedEnd = &circle.Code{ID: "no-planned-end", Kind: circle.ErrNotNow, Rule: "M-118", Stands: circle.InEngine,
		Says: "The meeting {meeting} has no planned end: it goes on until who facilitates closes it."}
	PlannedEndOver = &circle.Code{ID: "planned-end-over", Kind: circle.ErrNotNow, Rule: "M-118", Stands: circle.InEngine,
		Says: "The meeting {meeting} was to end at {until}, and that is over. Call another one."}
)

func meetingEndCodes() []*circle.Code {
	return []*circle.Code{EndsBefore, NoPlannedEnd, PlannedEndOver}
}

// A leftover is what the meetings of a circle did not come to before their
// planned end: it comes back on the agenda of the next one that is called.
type leftover struct {
	Agenda []AgendaItem
	Items  []proposal.ID
}

// endsAfter refuses a planned end that does not lie behind another time.
func endsAfter(until, from time.Time) error {
	if !until.IsZero() && !until.After(from) {
		return EndsBefore.Refuse("until", until, "from", from)
	}
	return nil
}

// A direct call is refused: nobody extends a meeting alone.
func (c ExtendMeeting) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return nil, s.meetingByConsent(c.Meeting, by)
}

func (c ExtendMeeting) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	m, err := s.meetingOf(c.Meeting, of)
	switch {
	case err != nil:
		return nil, err
	case m.plan().Until.IsZero():
		return nil, NoPlannedEnd.Refuse("meeting", c.Meeting)
	}
	if err := endsAfter(c.Until, m.Plan.Until); err != nil {
		return nil, err
	}
	return []Event{&MeetingExtended{Meeting: c.Meeting, Until: c.Until}}, nil
}

// closing is a meeting that ends: with its outcome for a helping circle, which
// ends when it has met as often as it was given.
func (s *State) closing(m *Meeting, e *MeetingClosed) []Event {
	e.Meeting, e.Absent = m.ID, s.absent(m)
	events := slices.Concat([]Event{e}, s.substitutesLeave(m), s.sessionsHeld(m, e.At))
	if h := s.Org.Circle(m.Circle); h.Kind == circle.Helping {
		events = append(events, &circle.Met{Circle: h.ID})
		if h.Held+1 >= h.Meetings {
			events = append(events, &circle.Closed{Circle: h.ID})
		}
	}
	return events
}

// endMeeting ends a meeting at its planned time. What it did not come to is put
// back, so that nothing is lost: items without an outcome, and proposals that
// are still before the circle.
func (s *State) endMeeting(id MeetingID, due time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(id)
	if err != nil {
		return nil, err
	}
	e := &MeetingClosed{At: due, Planned: true}
	onItem := map[proposal.ID]bool{}
	for _, a := range m.plan().Items {
		onItem[a.Item] = true
		if s.without(a, m.Plan) {
			e.Left = append(e.Left, a.ID)
		}
	}
	for _, item := range m.Items {
		if p := s.processes[item]; p != nil && !onItem[item] {
			e.Back = append(e.Back, item)
		}
	}
	return s.closing(m, e), nil
}

// without says that an item has no outcome yet. Where a proposal came to its
// end, that is one.
func (s *State) without(a AgendaItem, p *Plan) bool {
	of := s.Process(a.Item)
	return !slices.Contains(p.Ended, a.ID) && (of == nil || !of.Stage.Terminal())
}

// comingBack is what earlier meetings of a circle left, as far as it can be
// dealt with in the one that is called: it stands in front of what is new.
func (s *State) comingBack(c CallMeeting) (agenda []AgendaItem, items []proposal.ID) {
	left := s.left[c.Circle]
	if left == nil || c.Scope != nil {
		return c.Agenda, c.Items
	}
	for _, a := range left.Agenda {
		again := slices.ContainsFunc(c.Agenda, func(b AgendaItem) bool { return b.ID == a.ID })
		if !again && (a.Item == "" || s.decidableAt(a.Item, c.Circle, c.At) == nil) {
			agenda = append(agenda, a)
		}
	}
	for _, item := range left.Items {
		if !slices.Contains(c.Items, item) && s.decidableAt(item, c.Circle, c.At) == nil {
			items = append(items, item)
		}
	}
	return append(agenda, c.Agenda...), append(items, c.Items...)
}

// leave keeps what a meeting left for the next one.
func (s *State) leave(m *Meeting, e *MeetingClosed) {
	s.timers.set(Timer{MeetingEnds, string(m.ID), ""}, time.Time{})
	if e.Left == nil && e.Back == nil {
		return
	}
	if s.left == nil {
		s.left = map[circle.ID]*leftover{}
	}
	l := s.left[m.Circle]
	if l == nil {
		l = &leftover{}
		s.left[m.Circle] = l
	}
	for _, a := range m.plan().Items {
		if slices.Contains(e.Left, a.ID) {
			l.Agenda = append(l.Agenda, a)
		}
	}
	l.Items = append(l.Items, e.Back...)
}

// takeUpAgain notes what a meeting that was called has on its agenda, so that it
// is not left over any more.
func (s *State) takeUpAgain(e *MeetingCalled) {
	l := s.left[e.Circle]
	if l == nil {
		return
	}
	l.Agenda = slices.DeleteFunc(slices.Clone(l.Agenda), func(a AgendaItem) bool {
		ended := a.Item != "" && s.processes[a.Item] == nil
		return ended || slices.ContainsFunc(e.Agenda, func(b AgendaItem) bool { return b.ID == a.ID })
	})
	l.Items = slices.DeleteFunc(slices.Clone(l.Items), func(id proposal.ID) bool {
		return s.processes[id] == nil || slices.Contains(e.Items, id)
	})
	if len(l.Agenda)+len(l.Items) == 0 {
		delete(s.left, e.Circle)
	}
}

func (e *MeetingExtended) apply(s *State) {
	s.meetings[e.Meeting].planned().Until = e.Until
	s.timers.set(Timer{MeetingEnds, string(e.Meeting), ""}, e.Until)
}

// LeftOver lists what meetings of a circle did not come to before their planned
// end, and what comes back on the agenda of the next one (M-118).
func (s *State) LeftOver(of circle.ID) (agenda []AgendaItem, items []proposal.ID) {
	if l := s.left[of]; l != nil {
		return slices.Clone(l.Agenda), slices.Clone(l.Items)
	}
	return nil, nil
}
