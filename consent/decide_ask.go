package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Asking is three things in one entry: the question is put as a proposal, its
// process is opened, and the round begins.
func (c Ask) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if s.Org.Circle(c.Circle) == nil {
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	}
	if s.Org.LevelIn(c.Circle, by.By) != circle.Full {
		return nil, NotFull.Refuse("who", by.By, "circle", c.Circle)
	}
	events, err := s.submit(by, now, proposal.Submit{ID: c.ID, Circle: c.Circle, Text: c.Question, Sort: proposal.Process, Enacts: c.Enacts})
	if err != nil {
		return nil, err
	}
	full := s.appellate(c.Enacts, without(s.asked(c.Circle), s.subjects(c.Circle, c.Enacts)))
	present := full
	e := &RoundOpened{Proposal: c.ID, Round: ConsentRound, No: 1, Version: 1, At: now}
	p := &Process{Method: &Quick}
	if m := s.openMeeting(c.Circle); m != nil {
		if err := m.askable(c); err != nil {
			return nil, err
		}
		present, e.Meeting = s.attending(full, m), m.ID
		present = s.appellate(c.Enacts, present)
	}
	if len(present) == 0 {
		return nil, NotBlocking.Refuse()
	}
	if err := s.boardThere(c.Circle, s.openMeeting(c.Circle), c.Enacts); err != nil {
		return nil, err
	}
	e.Order, e.Seats = present, s.seats(p, full, present)
	return append(events, e), nil
}

func (c Integrate) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if err := s.mayAmend(p, by.By); err != nil {
		return nil, err
	}
	return c.events(s, p, m, by, now)
}

// enact writes the version that the circle consented to.
func (c Integrate) enact(s *State, of circle.ID, now time.Time) ([]Event, error) {
	p := s.processes[c.Proposal]
	if p == nil || p.Circle != of {
		return nil, proposal.UnknownProposal.Refuse("proposal", c.Proposal)
	}
	m := moveIndex[p.Stage][c.Wire()]
	if m == nil {
		return nil, p.notHere(c.Wire())
	}
	if err := s.allTested(p, now); err != nil {
		return nil, err
	}
	return c.events(s, p, m, circle.Actor{}, now)
}

func (c Integrate) events(s *State, p *Process, m *Move, by circle.Actor, now time.Time) ([]Event, error) {
	events, err := s.direct(by, now, proposal.Amend{Proposal: c.Proposal, Text: c.Text, Term: c.Term, Measures: c.Measures, Options: c.Options})
	if err != nil {
		return nil, err
	}
	if err := s.inQueue(p, c.Meets); err != nil {
		return nil, err
	}
	next := s.Matters.Proposal(c.Proposal).Numbered + 1
	for _, meets := range c.Meets {
		if err := s.workable(p, meets.Objection); err != nil {
			return nil, err
		}
		met, err := own(s.Objections.Decide(by, now, objection.Meet{Objection: meets.Objection, In: next, Tools: meets.Tools}, s.objectionFacts(p)))
		if err != nil {
			return nil, err
		}
		events = append(events, met...)
	}
	agreed, err := p.checksIn(c.CheckIn)
	if err != nil {
		return nil, err
	}
	return s.lead(p, m, append(events, agreed...))
}

// workable refuses work on an objection that is not against this proposal, or
// that was not understood yet where the method wants that (EC-34).
func (s *State) workable(p *Process, id objection.ID) error {
	o := s.Objections.Objection(id)
	switch {
	case o == nil || o.Proposal != p.Proposal || !o.Stands():
		return NotOfThis.Refuse("objection", id, "proposal", p.Proposal)
	case p.Method.Confirm && o.Status < objection.StatusConfirmed:
		return NotUnderstood.Refuse("objection", id, "by", o.Holders())
	}
	return nil
}
