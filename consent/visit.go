package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Visit is that somebody from outside asked to look on at a meeting.
type Visit struct {
	Person circle.PersonID
	Fine   []circle.PersonID // who of those there has said that they do not mind
	In     bool
	Shut   bool // somebody minds
	Given  int  // minutes in which they may speak
	Used   int
}

// AskToVisit asks to look on at a meeting. Where the circle has agreed so, those
// there are asked first, and one who minds is enough. Whoever wants to be heard on
// something says on what (EC-27).
type AskToVisit struct {
	Meeting MeetingID   `json:"meeting"`
	About   circle.Text `json:"about,omitempty"`
}

// AnswerVisit says whether one minds that somebody looks on. No reason is asked
// for, and none is kept.
type AnswerVisit struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	Minds   bool            `json:"minds,omitempty"`
}

// GiveTime lets a visitor speak for some minutes: who facilitates does it. Without
// it they look on and say nothing.
type GiveTime struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	Minutes int             `json:"minutes"`
}

// Wire names, one for each command.
func (AskToVisit) Wire() string  { return "consent.ask-to-visit" }
func (AnswerVisit) Wire() string { return "consent.answer-visit" }
func (GiveTime) Wire() string    { return "consent.give-time" }

func visitCommands() []ownCommand {
	return append(consultCommands(), AskToVisit{}, AnswerVisit{}, GiveTime{})
}

// VisitAsked: somebody asked to look on.
type VisitAsked struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	About   circle.Text     `json:"about,omitempty" words:"own"`
}

// VisitFine: one of those there does not mind.
type VisitFine struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	By      circle.PersonID `json:"by"`
}

// VisitorLetIn: nobody there minds, or the circle asks nobody, and somebody looks
// on.
type VisitorLetIn struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
}

// VisitRefused: somebody minds. Why, nobody asks.
type VisitRefused struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
}

// TimeGiven: a visitor may speak for some minutes.
type TimeGiven struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	Minutes int             `json:"minutes"`
	By      circle.PersonID `json:"by"`
}

// Wire names, one for each event.
func (*VisitAsked) Wire() string   { return "consent.visit-asked" }
func (*VisitFine) Wire() string    { return "consent.visit-fine" }
func (*VisitorLetIn) Wire() string { return "consent.visitor-let-in" }
func (*VisitRefused) Wire() string { return "consent.visit-refused" }
func (*TimeGiven) Wire() string    { return "consent.time-given" }

// On names no proposal: these events are about a meeting.
func (*VisitAsked) On() proposal.ID   { return "" }
func (*VisitFine) On() proposal.ID    { return "" }
func (*VisitorLetIn) On() proposal.ID { return "" }
func (*VisitRefused) On() proposal.ID { return "" }
func (*TimeGiven) On() proposal.ID    { return "" }

// In names the meeting that an event belongs to.
func (e *VisitAsked) In() MeetingID   { return e.Meeting }
func (e *VisitFine) In() MeetingID    { return e.Meeting }
func (e *VisitorLetIn) In() MeetingID { return e.Meeting }
func (e *VisitRefused) In() MeetingID { return e.Meeting }
func (e *TimeGiven) In() MeetingID    { return e.Meeting }

func visitEvents() []ownEvent {
	return append(consultEvents(), &VisitAsked{}, &VisitFine{}, &VisitorLetIn{}, &VisitRefused{}, &TimeGiven{})
}

// visit finds what somebody has asked for, nil if they have not.
func (b *Sitting) visit(who circle.PersonID) *Visit {
	if i := slices.IndexFunc(b.Visits, func(v Visit) bool { return v.Person == who }); i >= 0 {
		return &b.Visits[i]
	}
	return nil
}

func (e *VisitAsked) apply(s *State) {
	b := s.meetings[e.Meeting].seat()
	b.Visits = append(b.Visits, Visit{Person: e.Person})
}

func (e *VisitFine) apply(s *State) {
	v := s.meetings[e.Meeting].seat().visit(e.Person)
	v.Fine = append(slices.Clone(v.Fine), e.By)
}

func (e *VisitorLetIn) apply(s *State) { s.meetings[e.Meeting].seat().visit(e.Person).In = true }
func (e *VisitRefused) apply(s *State) { s.meetings[e.Meeting].seat().visit(e.Person).Shut = true }

func (e *TimeGiven) apply(s *State) { s.meetings[e.Meeting].seat().visit(e.Person).Given += e.Minutes }

// The refusals that concern visitors.
var (
	NoVisitors = &circle.Code{ID: "no-visitors", Kind: circle.ErrNotYou, Rule: "M-39", Stands: circle.InRules,
		Says: "Nobody looks on at the meetings of {circle}: so it has agreed. Whoever wants to be heard gives input."}
	VisitorsAsk = &circle.Code{ID: "visitors-ask", Kind: circle.ErrNotNow, Rule: "M-39", Stands: circle.InRules,
		Says: "By the rules of {circle} those at its meeting are asked before {who} looks on: consent.ask-to-visit asks them."}
	AskedToVisit = &circle.Code{ID: "visit-asked-before", Kind: circle.ErrTaken, Rule: "M-39", Stands: circle.InEngine,
		Says: "{who} has asked to look on at {meeting} already."}
	NoVisit = &circle.Code{ID: "no-visit", Kind: circle.ErrNotNow, Rule: "M-39", Stands: circle.InEngine,
		Says: "{who} has not asked to look on at {meeting}, or that is answered."}
	SaidFine = &circle.Code{ID: "visit-answered", Kind: circle.ErrTaken, Rule: "M-39", Stands: circle.InEngine,
		Says: "{by} has said already that they do not mind {who}."}
	LooksOn = &circle.Code{ID: "looks-on", Kind: circle.ErrNotNow, Rule: "M-39", Stands: circle.InEngine,
		Says: "{who} looks on at {meeting} and says nothing unless they are given time: {left} minutes are left to them, {asked} are asked."}
	VisitorOnly = &circle.Code{ID: "visitor-only", Kind: circle.ErrNotValid, Rule: "M-39", Stands: circle.InEngine,
		Says: "{who} does not look on at {meeting}: time is given, by the minute, to those who do."}
)

func visitCodes() []*circle.Code {
	return append(consultCodes(), NoVisitors, VisitorsAsk, AskedToVisit, NoVisit, SaidFine, LooksOn, VisitorOnly)
}

func (c AskToVisit) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := s.outsider(m, by.By); err != nil {
		return nil, err
	}
	rule := s.Org.SeatingOf(m.Circle).Visitors
	switch {
	case rule == circle.VisitorsNone:
		return nil, NoVisitors.Refuse("circle", m.Circle)
	case m.beside().visit(by.By) != nil, slices.Contains(m.Guests, by.By):
		return nil, AskedToVisit.Refuse("who", by.By, "meeting", m.ID)
	}
	events := []Event{&VisitAsked{Meeting: m.ID, Person: by.By, About: c.About}}
	if rule != circle.VisitorsAsked {
		events = append(events, &VisitorLetIn{Meeting: m.ID, Person: by.By})
	}
	return events, nil
}

func (c AnswerVisit) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	v := m.beside().visit(c.Person)
	switch {
	case !m.Attends(by.By):
		return nil, NotThere.Refuse("who", by.By, "meeting", m.ID)
	case v == nil || v.In || v.Shut:
		return nil, NoVisit.Refuse("who", c.Person, "meeting", m.ID)
	case c.Minds:
		return []Event{&VisitRefused{Meeting: m.ID, Person: c.Person}}, nil
	case slices.Contains(v.Fine, by.By):
		return nil, SaidFine.Refuse("by", by.By, "who", c.Person)
	}
	events := []Event{&VisitFine{Meeting: m.ID, Person: c.Person, By: by.By}}
	left := s.held(m.Circle, without(m.Present, append(slices.Clone(v.Fine), by.By)))
	if len(left) == 0 {
		events = append(events, &VisitorLetIn{Meeting: m.ID, Person: c.Person})
	}
	return events, nil
}

func (c GiveTime) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := s.facilitates(m.Circle, by.By); err != nil {
		return nil, err
	}
	if v := m.beside().visit(c.Person); v == nil || !v.In || c.Minutes < 1 {
		return nil, VisitorOnly.Refuse("who", c.Person, "meeting", m.ID)
	}
	return []Event{&TimeGiven{Meeting: m.ID, Person: c.Person, Minutes: c.Minutes, By: by.By}}, nil
}

// asVisitor is what a visitor says in the time that they were given.
func (c SpeakAsGuest) asVisitor(m *Meeting, v *Visit) ([]Event, error) {
	if left := v.Given - v.Used; c.Minutes < 1 || c.Minutes > left {
		return nil, LooksOn.Refuse("who", v.Person, "meeting", m.ID, "left", left, "asked", c.Minutes)
	}
	return []Event{&GuestHeard{Meeting: c.Meeting, By: v.Person, Minutes: c.Minutes, Text: c.Text}}, nil
}

// visitable refuses to open a meeting with people from outside where those there
// are asked first, or nobody looks on.
func (s *State) visitable(of circle.ID, guests []circle.PersonID) error {
	if len(guests) == 0 {
		return nil
	}
	switch s.Org.SeatingOf(of).Visitors {
	case circle.VisitorsNone:
		return NoVisitors.Refuse("circle", of)
	case circle.VisitorsAsked:
		return VisitorsAsk.Refuse("circle", of, "who", guests)
	}
	return nil
}

// visitsIn says who has yet to say whether they mind those who ask to look on.
func (s *State) visitsIn(m *Meeting) []Awaited {
	var out []Awaited
	for _, v := range m.beside().Visits {
		if !v.In && !v.Shut {
			out = append(out, Awaited{Who: without(m.Present, v.Fine), What: AnswerVisit{}.Wire(), Of: string(m.ID)})
		}
	}
	return out
}

// dueVisits lists those who have asked to look on at a meeting that goes on, and
// wait for an answer.
func (s *State) dueVisits() []Due {
	var out []Due
	for _, id := range s.sitting {
		m := s.meetings[id]
		for _, v := range m.beside().Visits {
			if !v.In && !v.Shut {
				out = append(out, Due{At: m.Opened, What: "visit-asked", Of: string(id), Part: string(v.Person), Past: true})
			}
		}
	}
	return out
}
