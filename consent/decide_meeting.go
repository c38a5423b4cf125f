package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

func (s *State) meeting(id MeetingID) (*Meeting, error) {
	if m := s.meetings[id]; m != nil {
		return m, nil
	}
	return nil, UnknownMeeting.Refuse("meeting", id)
}

// sittingMeeting returns a meeting that goes on.
func (s *State) sittingMeeting(id MeetingID) (*Meeting, error) {
	m, err := s.meeting(id)
	if err == nil && m.Status != StatusOpen {
		err = MeetingNot.Refuse("meeting", id, "status", m.Status)
	}
	return m, err
}

func (s *State) takesPart(id circle.ID, who circle.PersonID) error {
	if l := s.Org.LevelIn(id, who); l == circle.Full || l == circle.Learning {
		return nil
	}
	return proposal.NotParticipant.Refuse("who", who, "circle", id)
}

func (c CallMeeting) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	at := s.Org.Circle(c.Circle)
	switch {
	case at == nil:
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	case at.Closed:
		return nil, circle.CircleClosed.Refuse("circle", c.Circle)
	case s.meetings[c.ID] != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	case c.At.Before(now):
		return nil, InPast.Refuse("at", c.At)
	}
	if at.Rules.General != nil {
		return nil, GeneralOnly.Refuse("circle", c.Circle)
	}
	if err := s.takesPart(c.Circle, by.By); err != nil {
		return nil, err
	}
	if err := s.soundAgenda(c.Agenda, nil, c.Circle, c.At); err != nil {
		return nil, err
	}
	for _, id := range slices.Concat(c.Items, c.Scope) {
		if err := s.decidableAt(id, c.Circle, c.At); err != nil {
			return nil, err
		}
	}
	if err := endsAfter(c.Ends, c.At); err != nil {
		return nil, err
	}
	if err := s.agendaBefore(c); err != nil {
		return nil, err
	}
	agenda, items := s.comingBack(c)
	return []Event{&MeetingCalled{Meeting: c.ID, Circle: c.Circle, At: c.At, Items: items, By: by.By,
		Agenda: slices.Clone(agenda), Scope: c.Scope, Ends: c.Ends, Labels: s.labelled(c.Circle)}}, nil
}

// decidableAt refuses to put on an agenda what cannot be decided then, because
// somebody still reads or cannot read it yet (CP-14, CP-16).
func (s *State) decidableAt(id proposal.ID, of circle.ID, at time.Time) error {
	p, err := s.process(id)
	switch {
	case err != nil:
		return err
	case p.Stage.Terminal():
		return Ended.Refuse("proposal", id, "stage", p.Stage)
	case p.Stage == StageDraft:
		return p.notHere(CallMeeting{}.Wire())
	case p.Circle != of:
		return proposal.UnknownProposal.Refuse("proposal", id)
	}
	if err := s.formatsThere(p, at); err != nil {
		return err
	}
	return s.readingOver(p, at)
}

func (c OpenMeeting) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Status != StatusCalled:
		return nil, MeetingNot.Refuse("meeting", c.Meeting, "status", m.Status)
	case s.openMeeting(m.Circle) != nil:
		return nil, OtherMeeting.Refuse("circle", m.Circle, "meeting", s.openMeeting(m.Circle).ID)
	case now.Before(m.At):
		return nil, MeetingNot.Refuse("meeting", c.Meeting, "status", "called for "+circle.Plain(m.At))
	case !m.plan().Until.IsZero() && !now.Before(m.Plan.Until):
		return nil, PlannedEndOver.Refuse("meeting", c.Meeting, "until", m.Plan.Until)
	}
	if err := s.takesPart(m.Circle, by.By); err != nil && m.beside().called(by.By) == nil {
		return nil, err
	}
	instead := s.substituting(m, c.Present, now)
	e := &MeetingOpened{Meeting: c.Meeting, At: now, Present: c.Present, Guests: c.Guests, Substitutes: instead}
	var came []Event
	for i, who := range c.Present {
		from := s.comesIn(m, who)
		err := s.takesPart(m.Circle, who)
		if err != nil && from == nil && !slices.ContainsFunc(instead, func(sub Substitute) bool { return sub.Person == who }) {
			return nil, err
		}
		if s.Org.Body(who) != nil && s.Org.Reads(who).Body != nil {
			return nil, VacantSeat.Refuse("who", who)
		}
		if slices.Contains(c.Present[:i], who) {
			return nil, AlreadyPresent.Refuse("who", who)
		}
		if from != nil {
			e.Present = without(e.Present, []circle.PersonID{who})
			came = append(came, from)
		}
	}
	if err := s.soundGuests(m, c); err != nil {
		return nil, err
	}
	events := append([]Event{e}, sits(instead)...)
	for _, who := range e.Present {
		events = append(events, m.comes(who)...)
	}
	return append(events, came...), nil
}

// soundGuests refuses guests whom nobody knows, or who take part in the meeting.
func (s *State) soundGuests(m *Meeting, c OpenMeeting) error {
	for _, who := range c.Guests {
		if s.Org.Person(who) == nil {
			return circle.UnknownPerson.Refuse("who", who)
		}
		if slices.Contains(c.Present, who) {
			return AlreadyPresent.Refuse("who", who)
		}
	}
	return s.visitable(m.Circle, c.Guests)
}

func (c Arrive) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	came := s.comesIn(m, by.By)
	if err := s.takesPart(m.Circle, by.By); err != nil && came == nil {
		return nil, err
	}
	if m.AtTable(by.By) {
		return nil, AlreadyPresent.Refuse("who", by.By)
	}
	if came != nil {
		return []Event{came}, nil
	}
	return append(m.comes(by.By), &Arrived{Meeting: c.Meeting, Person: by.By}), nil
}

func (c SendApology) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Status == StatusOver:
		return nil, MeetingNot.Refuse("meeting", c.Meeting, "status", m.Status)
	}
	if err := s.takesPart(m.Circle, by.By); err != nil {
		return nil, err
	}
	if slices.Contains(m.Apologies, by.By) {
		return nil, ExcusedAlready.Refuse("who", by.By, "meeting", c.Meeting)
	}
	return []Event{&ApologySent{Meeting: c.Meeting, By: by.By}}, nil
}

func (c SpeakAsGuest) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if v := m.beside().visit(by.By); v != nil && v.In {
		return c.asVisitor(m, v)
	}
	most := s.Org.RulesOf(m.Circle).GuestMinutes
	switch {
	case !slices.Contains(m.Guests, by.By):
		return nil, NotGuest.Refuse("who", by.By, "meeting", c.Meeting)
	case m.Agenda:
		return nil, GuestsOver.Refuse()
	case c.Minutes < 1 || m.Used+c.Minutes > most:
		return nil, GuestsLimit.Refuse("most", most, "used", m.Used, "asked", c.Minutes)
	}
	return []Event{&GuestHeard{Meeting: c.Meeting, By: by.By, Minutes: c.Minutes, Text: c.Text}}, nil
}

// A direct call is refused: those present consent to the agenda, nobody adopts
// it alone.
func (c AdoptAgenda) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	return nil, proposal.ByConsent.Refuse("who", by.By, "circle", m.Circle)
}

func (c AdoptAgenda) enact(s *State, of circle.ID) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Circle != of:
		return nil, UnknownMeeting.Refuse("meeting", c.Meeting)
	case m.Agenda:
		return nil, circle.TakenID.Refuse("id", "agenda of "+c.Meeting)
	}
	return []Event{&AgendaAdopted{Meeting: c.Meeting}}, nil
}

func (c CloseMeeting) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := s.facilitates(m.Circle, by.By); err != nil {
		return nil, err
	}
	if err := m.roundOver(); err != nil {
		return nil, err
	}
	if err := s.needsAnswered(m, c.Needs); err != nil {
		return nil, err
	}
	if err := s.itemsEnded(m); err != nil {
		return nil, err
	}
	if err := s.reportsHeard(m); err != nil {
		return nil, err
	}
	return s.closing(m, &MeetingClosed{At: now, Needs: c.Needs}), nil
}

// roundOver refuses while the meeting's own round goes on, or a stop card lies
// on the table.
func (m *Meeting) roundOver() error {
	switch {
	case m.Round == nil:
		return nil
	case !m.Round.Complete():
		return RoundRunning.Refuse("kind", m.Round.Kind, "awaited", m.Round.Awaited())
	}
	return m.Round.goesOn()
}

// needsAnswered asks that for each format that somebody present needs it is
// said whether the meeting met it (CP-15).
func (s *State) needsAnswered(m *Meeting, answers []NeedMet) error {
	for _, who := range slices.Concat(m.Present, m.beside().here()) {
		for _, f := range s.Org.Reads(who).Formats {
			said := slices.ContainsFunc(answers, func(n NeedMet) bool { return n.Person == who && n.Need == f })
			if !said && f != circle.Standard {
				return NeedUnchecked.Refuse("who", who, "need", f)
			}
		}
	}
	return nil
}

func (c SendMinutes) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Status != StatusOver:
		return nil, MeetingNot.Refuse("meeting", c.Meeting, "status", m.Status)
	case s.Org.Person(c.To) == nil:
		return nil, circle.UnknownPerson.Refuse("who", c.To)
	case sentBefore(m, c.To):
		return nil, circle.TakenID.Refuse("id", c.To)
	}
	if err := s.takesPart(m.Circle, by.By); err != nil && m.beside().wears(circle.Secretary) != by.By {
		return nil, err
	}
	if needs := s.Org.Reads(c.To).Formats; len(needs) > 0 && !slices.Contains(needs, c.Format) {
		return nil, WrongFormat.Refuse("who", c.To, "formats", needs, "format", c.Format)
	}
	return []Event{&MinutesSent{Meeting: c.Meeting, To: c.To, Format: c.Format, At: now, By: by.By}}, nil
}

// sentBefore says whether the minutes as they are now went out to a person.
func sentBefore(m *Meeting, who circle.PersonID) bool {
	_, ok := m.reached(who)
	return ok
}
