package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// Outside is that a case is set aside for a reason outside the process (CP-22). It
// leaves all as it is, as a time-out does, and no clock of the case runs meanwhile.
type Outside struct {
	Since time.Time
	Leads []circle.PersonID // who say when it goes on, beside those whom the rules name
	Clock []StoppedClock
}

// A StoppedClock is a timer that goes on when the case does.
type StoppedClock struct {
	Timer Timer
	At    time.Time // when it would have fired
}

// clocksOf are the timers of a case: those that bring it on by themselves.
func (s *State) clocksOf(p *Process) []Timer {
	var out []Timer
	for _, kind := range []TimerKind{LastCallEnds, WindowEnds, WakeUp, AgeEnds, GraceEnds} {
		out = append(out, Timer{kind, string(p.Proposal), ""})
	}
	for _, o := range s.Objections.On(p.Proposal) {
		out = append(out, acknowledging(o))
	}
	return out
}

func (e *ItemSetAside) apply(s *State) {
	p := s.processes[e.Proposal]
	out := &Outside{Since: e.At, Leads: e.Leads}
	for _, t := range s.clocksOf(p) {
		if at := s.timers.when(t); !at.IsZero() {
			out.Clock = append(out.Clock, StoppedClock{t, at})
			s.timers.set(t, time.Time{})
		}
	}
	p.stray().Outside = out
}

// The time in which a case was set aside does not count for anything that it has
// time for.
func (e *WentOn) apply(s *State) {
	p := s.processes[e.Proposal]
	a := p.stray()
	gone := e.At.Sub(a.Outside.Since)
	for _, c := range a.Outside.Clock {
		s.timers.set(c.Timer, c.At.Add(gone))
	}
	a.Outside = nil
	for _, at := range []*time.Time{&p.Until, &a.Until, &a.Wake, &a.MediateBy, &a.First} {
		put(at, gone)
	}
	if p.Round != nil {
		put(&p.Round.Closes, gone)
	}
	if p.Stage == StageLastCall { // what went out to the absent meanwhile
		if p.Until.IsZero() && !p.Quiet && !s.silenceEnds(p).IsZero() {
			p.Until = p.Rules.Absence.After.After(e.At)
		}
		s.lastCall(p)
	}
}

// put moves an instant, if there is one.
func put(at *time.Time, by time.Duration) {
	if !at.IsZero() {
		*at = at.Add(by)
	}
}

// released are those who may say that a case which is set aside goes on.
func (s *State) released(o *Outside) []circle.PersonID {
	out := slices.Clone(o.Leads)
	leads, next := s.Org.Safeguards()
	for _, who := range slices.Concat(leads, next) {
		if !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// notOutside refuses work on a case that is set aside.
func (s *State) notOutside(p *Process) error {
	if o := p.aside().Outside; o != nil {
		return IsSetAside.Refuse("proposal", p.Proposal, "leads", s.released(o))
	}
	return nil
}

func (c GoOn) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	o := p.aside().Outside
	if p.Stage.Terminal() {
		return nil, Ended.Refuse("proposal", c.Proposal, "stage", p.Stage)
	}
	if o == nil {
		return nil, NotSetAside.Refuse("proposal", c.Proposal)
	}
	if leads := s.released(o); !slices.Contains(leads, by.By) {
		return nil, NotALead.Refuse("who", by.By, "leads", leads)
	}
	return []Event{&WentOn{Proposal: c.Proposal, By: by.By, At: now}}, nil
}

// nextOutside says who lets a case go on that is set aside.
func (s *State) nextOutside(p *Process) []Awaited {
	if o := p.aside().Outside; o != nil {
		return []Awaited{{Who: s.released(o), What: GoOn{}.Wire(), Of: string(p.Proposal)}}
	}
	return nil
}

// permittedOutside says whether somebody may let a case go on that is set aside.
func (s *State) permittedOutside(p *Process, by circle.Actor, now time.Time) []Permission {
	if p.aside().Outside == nil {
		return nil
	}
	c := GoOn{Proposal: p.Proposal}
	_, err := c.decide(s, by, now)
	return []Permission{{c.Wire(), err}}
}

// tellOutside words that a case was set aside, and nothing of why.
func tellOutside(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *ItemSetAside:
		return "It was set aside for a reason outside this process, and no work was done on it", circle.Text{}, true
	case *WentOn:
		return fmt.Sprintf("%s said that it goes on, and it did where it was", how(entry, v.By)), circle.Text{}, true
	}
	return "", circle.Text{}, false
}
