package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals about the agenda of a meeting.
var (
	UnknownItem = &circle.Code{ID: "unknown-item", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "On the agenda of {meeting} there is no item {item}."}
	BadMinutes = &circle.Code{ID: "bad-minutes", Kind: circle.ErrNotValid, Rule: "M-116", Stands: circle.InEngine,
		Says: "An item takes a minute at least, not {minutes}."}
	BegunStays = &circle.Code{ID: "begun-stays", Kind: circle.ErrNotNow, Rule: "M-113", Stands: circle.InEngine,
		Says: "The meeting came to {items} already: that stays on the agenda."}
	ItemRunning = &circle.Code{ID: "item-running", Kind: circle.ErrNotNow, Rule: "M-119", Stands: circle.InEngine,
		Says: "The meeting deals with {item} still. First say what came of it."}
	NotRunning = &circle.Code{ID: "item-not-running", Kind: circle.ErrNotNow, Rule: "M-116", Stands: circle.InEngine,
		Says: "The meeting does not deal with {item} now."}
	TimeOver = &circle.Code{ID: "time-over", Kind: circle.ErrNotNow, Rule: "M-116", Stands: circle.InEngine,
		Says: "The time for {item} was over at {until}. More time is agreed before; now the item ends with a next step."}
	ItemDone = &circle.Code{ID: "item-done", Kind: circle.ErrTaken, Rule: "M-119", Stands: circle.InEngine,
		Says: "It was said already what came of {item}."}
	NextWanted = &circle.Code{ID: "next-wanted", Kind: circle.ErrNotValid, Rule: "M-119", Stands: circle.InEngine,
		Says: "Say that {item} came to what was wanted, or what the next step is."}
	ItemsOpen = &circle.Code{ID: "items-open", Kind: circle.ErrNotNow, Rule: "M-119", Stands: circle.InEngine,
		Says: "Before the meeting closes, say what came of {items}: what was wanted, or the next step."}
	OutOfScope = &circle.Code{ID: "out-of-scope", Kind: circle.ErrNotNow, Rule: "M-115", Stands: circle.InEngine,
		Says: "The meeting {meeting} was called for {scope} and nothing else: {proposal} is decided another time."}
	ProcessFirst = &circle.Code{ID: "process-first", Kind: circle.ErrNotNow, Rule: "M-111", Stands: circle.InEngine,
		Says: "Somebody objected to how {meeting} is facilitated. Before it closes, everybody has a word on that, in a process round."}
	NotThere = &circle.Code{ID: "not-there", Kind: circle.ErrNotYou, Rule: "M-117", Stands: circle.InEngine,
		Says: "{who} is not at the meeting {meeting}. Who comes late says so first."}
	EvaluatedBefore = &circle.Code{ID: "meeting-evaluated", Kind: circle.ErrTaken, Rule: "M-120", Stands: circle.InEngine,
		Says: "{who} has said already how {meeting} was."}
)

// agendaCodes lists them.
func agendaCodes() []*circle.Code {
	return []*circle.Code{UnknownItem, BadMinutes, BegunStays, ItemRunning, NotRunning, TimeOver, ItemDone, NextWanted, ItemsOpen,
		OutOfScope, ProcessFirst, NotThere, EvaluatedBefore}
}

// soundAgenda refuses an agenda with an item twice, without time, with a
// presenter whom nobody knows, or with what cannot be decided then. What stands
// on the agenda already was asked before, and may have come to its end.
func (s *State) soundAgenda(items []AgendaItem, there []proposal.ID, of circle.ID, at time.Time) error {
	for i, a := range items {
		switch {
		case slices.ContainsFunc(items[:i], func(b AgendaItem) bool { return b.ID == a.ID }):
			return circle.TakenID.Refuse("id", a.ID)
		case a.Minutes < 1:
			return BadMinutes.Refuse("minutes", a.Minutes)
		case a.Presenter != "" && s.Org.Person(a.Presenter) == nil:
			return circle.UnknownPerson.Refuse("who", a.Presenter)
		}
		if a.Item == "" || slices.Contains(there, a.Item) {
			continue
		}
		if err := s.decidableAt(a.Item, of, at); err != nil {
			return err
		}
	}
	return nil
}

// inScope refuses to take up in a special meeting what it was not called for
// (M-115). What is decided outside meetings goes its own way.
func (s *State) inScope(p *Process) error {
	m := s.openMeeting(p.Circle)
	if m == nil || m.Plan == nil || m.Plan.Scope == nil || slices.Contains(m.Plan.Scope, p.Proposal) {
		return nil
	}
	if p.Method.Meeting || p.Method.Present || slices.Contains(m.Items, p.Proposal) {
		return m.outOfScope(p.Proposal)
	}
	return nil
}

func (m *Meeting) outOfScope(id proposal.ID) error {
	return OutOfScope.Refuse("meeting", m.ID, "scope", m.Plan.Scope, "proposal", id)
}

// askable refuses a question at once in a special meeting, unless it is about
// the meeting itself.
func (m *Meeting) askable(c Ask) error {
	if m.Plan == nil || m.Plan.Scope == nil {
		return nil
	}
	ofMeeting := func(d circle.Deed) bool { _, ok := d.(interface{ At() MeetingID }); return ok }
	if len(c.Enacts) > 0 && !slices.ContainsFunc(c.Enacts, func(d circle.Deed) bool { return !ofMeeting(d) }) {
		return nil
	}
	return m.outOfScope(c.ID)
}

// A direct call is refused: those present consent to the agenda and to its
// time, nobody changes either alone.
func (c ChangeAgenda) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return nil, s.meetingByConsent(c.Meeting, by)
}

func (c ExtendItem) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return nil, s.meetingByConsent(c.Meeting, by)
}

func (s *State) meetingByConsent(id MeetingID, by circle.Actor) error {
	m, err := s.meeting(id)
	if err != nil {
		return err
	}
	return proposal.ByConsent.Refuse("who", by.By, "circle", m.Circle)
}

// meetingOf returns the meeting that goes on, to a decision of its circle.
func (s *State) meetingOf(id MeetingID, of circle.ID) (*Meeting, error) {
	m, err := s.sittingMeeting(id)
	if err == nil && m.Circle != of {
		err = UnknownMeeting.Refuse("meeting", id)
	}
	return m, err
}

func (c ChangeAgenda) enact(s *State, of circle.ID, now time.Time) ([]Event, error) {
	m, err := s.meetingOf(c.Meeting, of)
	if err != nil {
		return nil, err
	}
	if err := s.soundAgenda(c.Agenda, m.Items, of, now); err != nil {
		return nil, err
	}
	gone := slices.DeleteFunc(slices.Clone(m.plan().Begun), func(id circle.Name) bool {
		return slices.ContainsFunc(c.Agenda, func(a AgendaItem) bool { return a.ID == id })
	})
	if len(gone) > 0 {
		return nil, BegunStays.Refuse("items", gone)
	}
	return []Event{&AgendaChanged{Meeting: c.Meeting, Agenda: slices.Clone(c.Agenda)}}, nil
}

func (c ExtendItem) enact(s *State, of circle.ID, now time.Time) ([]Event, error) {
	m, err := s.meetingOf(c.Meeting, of)
	if err != nil {
		return nil, err
	}
	p := m.plan()
	switch {
	case p.Running() == "" || p.Running() != c.Item:
		return nil, NotRunning.Refuse("item", c.Item)
	case c.Minutes < 1:
		return nil, BadMinutes.Refuse("minutes", c.Minutes)
	case !now.Before(p.Ends):
		return nil, TimeOver.Refuse("item", c.Item, "until", p.Ends)
	}
	return []Event{&ItemExtended{Meeting: c.Meeting, Item: c.Item, Until: p.Ends.Add(time.Duration(c.Minutes) * time.Minute)}}, nil
}

// itemOf finds an item that has no outcome yet, for who facilitates.
func (s *State) itemOf(id MeetingID, item circle.Name, by circle.Actor) (*Plan, int, error) {
	m, err := s.sittingMeeting(id)
	if err != nil {
		return nil, 0, err
	}
	if err := s.facilitates(m.Circle, by.By); err != nil {
		return nil, 0, err
	}
	p := m.plan()
	i := p.item(item)
	switch {
	case i < 0:
		return nil, 0, UnknownItem.Refuse("meeting", id, "item", item)
	case slices.Contains(p.Ended, item):
		return nil, 0, ItemDone.Refuse("item", item)
	}
	return p, i, nil
}

func (c BeginItem) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, i, err := s.itemOf(c.Meeting, c.Item, by)
	if err != nil {
		return nil, err
	}
	if other := p.Running(); other != "" {
		return nil, ItemRunning.Refuse("item", other)
	}
	if err := s.inOrder(c.Meeting, c.Item); err != nil {
		return nil, err
	}
	var until time.Time
	if n := p.Items[i].Minutes; n > 0 {
		until = now.Add(time.Duration(n) * time.Minute)
	}
	return []Event{&ItemBegun{Meeting: c.Meeting, Item: c.Item, At: now, Until: until}}, nil
}

func (c EndItem) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	if _, _, err := s.itemOf(c.Meeting, c.Item, by); err != nil {
		return nil, err
	}
	if !c.Reached && c.Next.IsZero() {
		return nil, NextWanted.Refuse("item", c.Item)
	}
	return []Event{&ItemEnded{Meeting: c.Meeting, Item: c.Item, Reached: c.Reached, Next: c.Next}}, nil
}

// itemsEnded refuses to close a meeting while an objection to its process waits,
// or nobody has said what came of an item. Where a proposal came to its end, that
// says it.
func (s *State) itemsEnded(m *Meeting) error {
	if m.plan().Objected {
		return ProcessFirst.Refuse("meeting", m.ID)
	}
	var open []circle.Name
	for _, a := range m.plan().Items {
		if s.without(a, m.Plan) {
			open = append(open, a.ID)
		}
	}
	if open != nil {
		return ItemsOpen.Refuse("items", open)
	}
	return nil
}

// An objection to the process is always heard. It opens a round; where a round
// of the meeting goes on, that one is held first.
func (c ObjectToProcess) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if !m.Attends(by.By) {
		return nil, NotThere.Refuse("who", by.By, "meeting", c.Meeting)
	}
	events := []Event{&ProcessObjected{Meeting: c.Meeting, By: by.By, Reason: c.Reason}}
	if m.roundOver() == nil {
		events = append(events, m.inTurn(ProcessRound, now))
	}
	return events, nil
}

func (c EvaluateMeeting) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Status == StatusCalled:
		return nil, MeetingNot.Refuse("meeting", c.Meeting, "status", m.Status)
	case !m.Attends(by.By) && !slices.Contains(m.Guests, by.By):
		return nil, NotThere.Refuse("who", by.By, "meeting", c.Meeting)
	case slices.Contains(m.plan().Evaluated, by.By):
		return nil, EvaluatedBefore.Refuse("who", by.By, "meeting", c.Meeting)
	}
	events := []Event{&MeetingEvaluated{Meeting: c.Meeting, By: by.By, Text: c.Text, Need: c.Need}}
	if c.Need == "" {
		return events, nil
	}
	opened, err := s.settled(s.direct(by, now, proposal.OpenNeed{ID: c.Need, Circle: m.Circle, Text: c.Text}))
	if err != nil {
		return nil, err
	}
	return append(events, opened...), nil
}

// inTurn is a round of the meeting in which everybody speaks in turn.
func (m *Meeting) inTurn(kind RoundKind, now time.Time) *RoundOpened {
	order := rotate(slices.Concat(m.Present, m.beside().members()), m.Rounds)
	if kind != ProcessRound { // how they work is the circle's own matter
		order = append(order, m.Guests...)
	}
	return &RoundOpened{Meeting: m.ID, Round: kind, No: m.Rounds + 1, InTurn: true, Order: order, At: now}
}

// absent are the participants of a circle who were neither in its meeting nor
// sent word (M-117).
func (s *State) absent(m *Meeting) []circle.PersonID {
	all := s.withLearners(m.Circle, s.Org.FullIn(m.Circle), nil)
	return slices.DeleteFunc(all, func(who circle.PersonID) bool {
		return m.Attends(who) || slices.Contains(m.Apologies, who) || m.standsIn(who) != ""
	})
}
