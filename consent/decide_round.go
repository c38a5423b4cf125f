package consent

import (
	"cmp"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

func (c OpenRound) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if (c.Proposal == "") == (c.Meeting == "") {
		return nil, OneSubject.Refuse("command", c.Wire())
	}
	if c.Proposal == "" {
		return c.ofMeeting(s, by, now)
	}
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, c.Wire()+" "+string(c.Round), by, now)
	if err != nil {
		return nil, err
	}
	e, err := s.roundFor(p, c.Round, c.Last, now)
	if err != nil {
		return nil, err
	}
	return s.lead(p, m, p.withAhead(e))
}

// roundFor makes the round of a process: who has a place in it, in which
// order, and for the question itself who has a consent right.
func (s *State) roundFor(p *Process, kind RoundKind, last circle.PersonID, now time.Time) (*RoundOpened, error) {
	full := s.asked(p.Circle)
	meeting := s.openMeeting(p.Circle)
	e := &RoundOpened{Proposal: p.Proposal, Round: kind, No: p.Rounds + 1, Version: s.Matters.Proposal(p.Proposal).Current().N,
		InTurn: p.Method.Turns, At: now}
	order, held, about := full, p.Rounds, []circle.PersonID(nil)
	if meeting != nil && (p.Method.Meeting || p.Method.Present || slices.Contains(meeting.Items, p.Proposal)) {
		e.Meeting, held = meeting.ID, meeting.Rounds
		order = s.attending(full, meeting)
	}
	order = without(p.without(kind, order), s.withdrawn(p))
	switch {
	case kind == ConsentRound, kind == BallotRound:
		if err := s.puttable(p, s.meetings[e.Meeting], now); err != nil {
			return nil, err
		}
		about = s.concerned(p)
		full, order = without(full, about), without(order, about)
		e.Seats = s.seats(p, full, order)
		s.enrol(p, e, full)
	case kind == NominateRound:
		e.Seats = s.seats(p, full, order)
	default:
		order = s.withLearners(p.Circle, order, s.meetings[e.Meeting])
	}
	guests := without(s.sitters(p, s.meetings[e.Meeting], kind), about)
	if order = append(slices.Clip(order), guests...); len(guests) > 0 {
		e.seat(guests)
	}
	if p.Method.Decider && kind == ConsentRound {
		order = []circle.PersonID{s.Matters.Proposal(p.Proposal).Proposer()}
		if s.Org.LevelIn(p.Circle, order[0]) != circle.Full {
			return nil, DeciderNotFull.Refuse("method", p.Method.Name, "who", order[0], "circle", p.Circle)
		}
		if slices.Contains(s.interested(p), order[0]) {
			return nil, OwnInterest.Refuse("who", order[0], "proposal", p.Proposal, "circle", p.Circle)
		}
		e.Seats = s.seats(p, order, order)
	}
	if len(order) == 0 {
		return nil, NotBlocking.Refuse()
	}
	e.Closes = p.Method.Window.closes(kind, now)
	if err := cmp.Or(p.sealing(e, now), s.putTo(p, e, now)); err != nil {
		return nil, err
	}
	large := len(e.Seats) > mostNamed && (len(order) == len(full) || e.Meeting != "") && len(guests) == 0
	e.Here = large && len(order) < len(full)
	e.Order = turned(s.reacting(p, kind, order), held, p.Method.BothWays && !large) // a large one is told by who begins
	if err := e.endsWith(last); err != nil {
		return nil, err
	}
	p.nomineesLast(e)
	if large {
		e.First, e.Order, e.Seats, e.Without = e.Order[0], nil, nil, about
	}
	return e, nil
}

// puttable refuses to put a question for which too few are there, or on removing a
// member who was not told and heard.
func (s *State) puttable(p *Process, m *Meeting, now time.Time) error {
	if err := s.quorate(m, s.uncounted(p)...); err != nil {
		return err
	}
	if err := s.boardThere(p.Circle, m, s.enacts(p), s.uncounted(p)...); p.Selection == nil && err != nil {
		return err
	}
	return s.fairlyPut(p, now)
}

// closes is when the time is over that everybody has for a question; zero: it has
// no end.
func (w Window) closes(kind RoundKind, now time.Time) time.Time {
	if kind != ConsentRound || w.IsZero() {
		return time.Time{}
	}
	return w.For.After(now)
}

// mostNamed is how many people are listed in an entry, which holds 32 KiB and no
// more; beyond it what is the same for everybody is said of everybody.
const mostNamed = 200

// seats freezes who has a consent right: every full participant, or those
// present where the method says so.
func (s *State) seats(p *Process, full, present []circle.PersonID) []Seat {
	list := p.without(ConsentRound, full)
	if p.Method.Present {
		list = present
	}
	return s.seatsOf(list)
}

func (s *State) seatsOf(list []circle.PersonID) []Seat {
	seats := make([]Seat, len(list))
	for i, who := range list {
		seats[i] = Seat{Person: who, Class: s.Org.Person(who).Class}
	}
	return seats
}

// withLearners adds the learning participants, who are heard in every round
// but the question itself.
func (s *State) withLearners(id circle.ID, order []circle.PersonID, m *Meeting) []circle.PersonID {
	out := slices.Clone(order)
	for _, p := range s.Org.Circle(id).Participants {
		if p.Level == circle.Learning && !s.Org.Away(id, p.Person) && !s.Org.Vacant(id, p.Person) && (m == nil || m.Attends(p.Person)) {
			out = append(out, p.Person)
		}
	}
	return out
}

// ofMeeting opens the opening or the closing round of a meeting. Guests have a
// place in both (EC-25).
func (c OpenRound) ofMeeting(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := s.facilitates(m.Circle, by.By); err != nil {
		return nil, err
	}
	if c.Round != OpeningRound && c.Round != ClosingRound && c.Round != ProcessRound {
		return nil, BadField.Refuse("command", c.Wire(), "field", "kind", "why", "a meeting has an opening and a closing round, and one on its process; a "+string(c.Round)+" round belongs to a proposal")
	}
	if err := m.roundOver(); err != nil {
		return nil, err
	}
	e := m.inTurn(c.Round, now)
	if err := e.endsWith(c.Last); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// floor is where somebody wants to speak: the round of a proposal or of a
// meeting, with the move that speaking makes in a process.
type floor struct {
	round   *Round
	process *Process
	move    *Move
}

// floorFor finds the round and asks whether the act has its place there.
func (s *State) floorFor(on string, by circle.Actor, id proposal.ID, meeting MeetingID, now time.Time) (floor, error) {
	if (id == "") == (meeting == "") {
		return floor{}, OneSubject.Refuse("command", on)
	}
	if meeting != "" {
		m, err := s.sittingMeeting(meeting)
		if err != nil {
			return floor{}, err
		}
		if m.Round == nil {
			return floor{}, NoRound.Refuse()
		}
		return floor{round: m.Round}, nil
	}
	p, err := s.process(id)
	if err != nil {
		return floor{}, err
	}
	m, err := s.admit(p, on, by, now)
	if err != nil {
		return floor{}, err
	}
	if p.Round == nil {
		return floor{}, NoRound.Refuse()
	}
	return floor{p.Round, p, m}, nil
}

// turn refuses who may not speak now: a stop card lies there, the round is
// through, it is another's turn, or they have spoken.
func (r *Round) turn(who circle.PersonID) error { return r.turnAt(r.spot(who).place, who) }

// turnAt is turn for somebody whose place in the round is known.
func (r *Round) turnAt(i int, who circle.PersonID) error {
	if err := r.goesOn(); err != nil {
		return err
	}
	switch {
	case i < 0:
		return NotInRound.Refuse("who", who)
	case r.Marks[i] != awaited && r.Marks[i] != later:
		return SpokenAlready.Refuse("who", who, "awaited", r.Awaited())
	case r.InTurn && r.Order[r.Turn] != who:
		return NotYourTurn.Refuse("speaker", r.Speaker())
	}
	return nil
}

// act finds the floor and asks for the turn.
func (s *State) act(on string, by circle.Actor, id proposal.ID, meeting MeetingID, now time.Time, e Event) ([]Event, error) {
	f, err := s.floorFor(on, by, id, meeting, now)
	if err != nil {
		return nil, err
	}
	if f.round.asks() && on == (Speak{}).Wire() {
		return nil, NoRound.Refuse()
	}
	if err := f.round.turn(by.By); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

func (c Speak) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return s.act(c.Wire(), by, c.Proposal, c.Meeting, now,
		&Spoken{Proposal: c.Proposal, Meeting: c.Meeting, By: by.By, Text: c.Text, Source: c.Source})
}

func (c Pass) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f, err := s.floorFor(c.Wire(), by, c.Proposal, c.Meeting, now)
	if err != nil {
		return nil, err
	}
	if err := f.round.turn(by.By); err != nil {
		return nil, err
	}
	return []Event{&Passed{Proposal: c.Proposal, Meeting: c.Meeting, By: by.By}}, nil
}

func (c ComeBack) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f, err := s.floorFor(c.Wire(), by, c.Proposal, c.Meeting, now)
	if err != nil {
		return nil, err
	}
	if err := f.round.turn(by.By); err != nil {
		return nil, err
	}
	if f.round.Marks[f.round.spot(by.By).place] == later {
		return nil, CameBack.Refuse("who", by.By)
	}
	return []Event{&Deferred{Proposal: c.Proposal, Meeting: c.Meeting, By: by.By}}, nil
}

func (c Reply) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f, err := s.floorFor(c.Wire(), by, c.Proposal, c.Meeting, now)
	if err != nil {
		return nil, err
	}
	if f.process == nil && f.round.spot(by.By) == nowhere {
		return nil, NotInRound.Refuse("who", by.By)
	}
	return []Event{&Spoken{Proposal: c.Proposal, Meeting: c.Meeting, By: by.By, Text: c.Text, Reply: true}}, nil
}

func (c Signal) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f, err := s.floorFor(c.Wire(), by, c.Proposal, c.Meeting, now)
	if err != nil {
		return nil, err
	}
	if f.round.spot(by.By) == nowhere {
		return nil, NotInRound.Refuse("who", by.By)
	}
	return []Event{&Signalled{Proposal: c.Proposal, Meeting: c.Meeting, By: by.By, Card: c.Card}}, nil
}

func (c ClearCard) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f, err := s.floorFor(c.Wire(), by, c.Proposal, c.Meeting, now)
	if err != nil {
		return nil, err
	}
	if err := f.round.mayClear(by.By); err != nil {
		return nil, err
	}
	return []Event{&CardCleared{Proposal: c.Proposal, Meeting: c.Meeting, By: by.By}}, nil
}

// mayClear answers whether a stop card of somebody lies on the table: only who
// laid it takes it back.
func (r *Round) mayClear(who circle.PersonID) error {
	switch {
	case slices.Contains(r.Stops, who):
		return nil
	case len(r.Stops) > 0:
		return Suspended.Refuse("who", r.Stops)
	}
	return NoCard.Refuse("who", who)
}

func (c Skip) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f, err := s.floorFor(c.Wire(), by, c.Proposal, c.Meeting, now)
	if err != nil {
		return nil, err
	}
	if f.process == nil {
		if err := s.facilitates(s.meetings[c.Meeting].Circle, by.By); err != nil {
			return nil, err
		}
	}
	if err := f.round.turn(c.Person); err != nil {
		return nil, err
	}
	e := &Skipped{Proposal: c.Proposal, Meeting: c.Meeting, Person: c.Person, By: by.By}
	if !f.round.asks() || f.round.Veiled {
		return []Event{e}, nil
	}
	would := f.round.copied()
	would.take(c.Person, skipped)
	if f.process.Stage == StageBallot {
		return s.settleBallot(f.process, f.move, would, now, []Event{e})
	}
	return s.settle(f.process, f.move, would, s.open(c.Proposal), now, []Event{e})
}

func (c CloseRound) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if p.Stage == StageLastCall && len(p.Waiting) > 0 && !s.anyLeft(p) {
		return nil, TheirTime.Refuse("waiting", p.Waiting)
	}
	would := p.Round.copied()
	events := s.passedOver(p, would, by.By, now)
	if err := present(s.presence(p, would)); err != nil {
		return nil, err
	}
	if p.Stage == StageBallot {
		return s.settleBallot(p, m, would, now, events)
	}
	return s.settle(p, m, would, s.open(c.Proposal), now, events)
}

// anyLeft says whether somebody who is waited for has left the circle, so that
// there is a reason to ask the rule again.
func (s *State) anyLeft(p *Process) bool {
	return slices.ContainsFunc(p.Waiting, func(who circle.PersonID) bool {
		return s.hasLeft(p, who)
	})
}
