package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

func (e *MeetingCalled) apply(s *State) {
	if s.meetings == nil {
		s.meetings = map[MeetingID]*Meeting{}
	}
	s.meetings[e.Meeting] = &Meeting{ID: e.Meeting, Circle: e.Circle, At: e.At, Items: e.Items, Status: StatusCalled}
	s.takeUpAgain(e)
	if !e.Ends.IsZero() {
		s.meetings[e.Meeting].planned().Until = e.Ends
	}
	if e.Labels {
		p := s.meetings[e.Meeting].planned()
		p.Labels, p.By = true, e.By
	}
	if m := s.meetings[e.Meeting]; e.Agenda != nil || e.Scope != nil {
		m.replan(e.Agenda)
		m.Plan.Scope = e.Scope
		for _, id := range e.Scope {
			if !slices.Contains(m.Items, id) {
				m.Items = append(slices.Clone(m.Items), id)
			}
		}
	}
}

func (e *MeetingOpened) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Status, m.Opened, m.Present, m.Guests, m.Substitutes = StatusOpen, e.At, e.Present, e.Guests, e.Substitutes
	s.stir(m.Circle)
	if s.sitting == nil {
		s.sitting = map[circle.ID]MeetingID{}
	}
	s.sitting[m.Circle] = e.Meeting
	s.timers.set(Timer{MeetingEnds, string(e.Meeting), ""}, m.plan().Until)
}

func (e *Arrived) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Present = append(m.Present, e.Person)
	if m.Round != nil {
		m.Round.add(e.Person)
	}
	for _, id := range m.Items {
		if p := s.processes[id]; p != nil && p.Meeting == e.Meeting && p.Round != nil && !s.leftOut(p, p.Round.Kind, e.Person) {
			p.Round.add(e.Person)
		}
	}
}

func (e *ApologySent) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Apologies = append(m.Apologies, e.By)
}

func (e *GuestHeard) apply(s *State) {
	m := s.meetings[e.Meeting]
	if v := m.beside().visit(e.By); v != nil && v.In {
		m.seat().visit(e.By).Used += e.Minutes
		return
	}
	m.Used += e.Minutes
}

func (e *AgendaAdopted) apply(s *State) { s.meetings[e.Meeting].Agenda = true }

func (e *MeetingClosed) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Status, m.Closed, m.Needs, m.Round, m.Absent = StatusOver, e.At, e.Needs, nil, e.Absent
	s.countMeeting(m)
	s.backFromTimeOut(m)
	s.leave(m, e)
	delete(s.sitting, m.Circle)
}

func (e *MinutesSent) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Sent = append(m.Sent, Sent{To: e.To, Format: e.Format, At: e.At})
	s.minutesClock(m)
	for _, id := range slices.Concat(m.Items, m.Asked) {
		if p := s.processes[id]; p != nil && p.Stage == StageLastCall && p.Meeting == e.Meeting {
			s.lastCall(p)
		}
	}
}
