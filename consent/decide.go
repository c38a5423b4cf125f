package consent

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Decide answers whether a command may happen, and which events follow. It
// reads the state and changes nothing.
func (s *State) Decide(by circle.Actor, now time.Time, cmd Command) ([]Event, error) {
	if err := s.Org.ActsInPerson(by); err != nil {
		return nil, err
	}
	if c, ok := cmd.(Respond); ok && by.Alone() {
		if p, at := s.placed(c.Proposal, by.By); p != nil {
			return c.answer(s, p, at, by, now)
		}
	}
	if cmd = given(cmd); cmd == nil {
		return nil, unknownCommand("")
	}
	if c, ok := cmd.(interface {
		freely(*State, circle.Actor, time.Time) ([]Event, error)
	}); ok && s.Org.Founded() { // no place here is asked for, and nobody's leave
		return c.freely(s, by, now)
	}
	if s.Org.Founded() {
		if err := s.Org.Admits(by); err != nil && !s.founding(by, cmd) {
			return nil, err
		}
	} else if cmd.Wire() != (circle.Found{}).Wire() {
		return nil, circle.NotFounded.Refuse()
	}
	if by = s.voiced(by, cmd); by.For != "" {
		own, err := s.forWhom(by, cmd)
		if err != nil {
			return nil, err
		}
		by = own
	}
	if by.Through != "" {
		if err := s.interprets(by, cmd); err != nil {
			return nil, err
		}
	}
	events, err := s.route(by, now, cmd)
	if by.RecordedBy == "" && by.Through == "" {
		return events, err
	}
	return s.noted(by, cmd, events, err)
}

// placed is the process that was spoken of last, if it is of this proposal, and
// the spot that somebody has in its round; nil for everybody else. Who has a
// spot is known here, and stays known: most of what is decided are answers, one
// after the other to the same question, and they need not be looked up.
func (s *State) placed(id proposal.ID, who circle.PersonID) (*Process, spot) {
	p := s.last
	if p == nil || p.Proposal != id || p.Round == nil {
		return nil, nowhere
	}
	at := p.Round.spot(who)
	if at == nowhere {
		return nil, nowhere
	}
	return p, at
}

// route asks the law of the room that a command belongs to.
func (s *State) route(by circle.Actor, now time.Time, cmd Command) ([]Event, error) {
	switch c := cmd.(type) {
	case ownCommand:
		return c.decide(s, by, now)
	case circle.Command:
		return s.decideCircle(by, now, c, "")
	case proposal.Command:
		return s.decideProposal(by, now, c)
	case objection.Command:
		return s.decideObjection(by, now, c)
	}
	return nil, unknownCommand(cmd.Wire())
}

// founding says whether a command is the founder's, who need not take part.
func (s *State) founding(by circle.Actor, cmd Command) bool {
	_, structural := cmd.(circle.Command)
	return structural && s.Org.Founding(by)
}

// own turns a list of events of one room into events of any room.
func own[E Event](events []E, err error) ([]Event, error) {
	if err != nil {
		return nil, err
	}
	out := make([]Event, len(events))
	for i, e := range events {
		out[i] = e
	}
	return out, nil
}

func (s *State) decideCircle(by circle.Actor, now time.Time, c circle.Command, consentOf circle.ID) ([]Event, error) {
	if r, ok := c.(interface{ Agrees() circle.Rules }); ok {
		if err := s.knows(r.Agrees()); err != nil {
			return nil, err
		}
	}
	if err := s.namesPolicies(c); err != nil {
		return nil, err
	}
	events, err := own(s.Org.Decide(by, now, c, circle.Facts{ConsentOf: consentOf}))
	if err != nil {
		return nil, err
	}
	return s.withVacancies(s.withJoiners(events), now), nil
}

// knows refuses rules that name a method which nobody knows.
func (s *State) knows(r circle.Rules) error {
	if _, err := s.method(string(r.Method)); err != nil {
		return err
	}
	for _, m := range r.Matters {
		if _, err := s.method(string(m.Method)); err != nil {
			return err
		}
	}
	if r.General == nil {
		return nil
	}
	for _, m := range r.General.Reserved {
		if _, err := s.method(string(m.Method)); err != nil {
			return err
		}
	}
	return nil
}

// process returns the process of a proposal that is under decision.
func (s *State) process(id proposal.ID) (*Process, error) {
	if p := s.last; p != nil && p.Proposal == id { // as a rule it is the one that was spoken of last
		return p, nil
	}
	if p := s.processes[id]; p != nil {
		return p, nil
	}
	if p := s.Process(id); p != nil {
		return p, nil
	}
	return nil, proposal.UnknownProposal.Refuse("proposal", id)
}

// A proposal's own law is asked first or after the table; what opens or closes
// a process adds to it.
func (s *State) decideProposal(by circle.Actor, now time.Time, c proposal.Command) ([]Event, error) {
	switch c := c.(type) {
	case proposal.Submit:
		return s.submit(by, now, c)
	case proposal.OpenNeed:
		return s.settled(s.direct(by, now, c))
	case proposal.Revise:
		return s.revise(by, now, c)
	case proposal.Amend, proposal.Withdraw, proposal.AttachRendition, proposal.WaiveRendition, proposal.CheckConflicts:
		return s.inProcess(by, now, c)
	case proposal.Drop:
		return s.drop(by, now, c)
	case proposal.Rebase:
		return s.rebase(by, now, c)
	case proposal.Adopt, proposal.MissReading, proposal.EndTerm, proposal.TakeEffect, proposal.LapseCondition, proposal.Expire:
		return nil, unknownCommand(c.Wire())
	}
	return s.direct(by, now, c)
}

// drop asks the table first, where the proposal is under decision: it says that
// nobody drops it alone.
func (s *State) drop(by circle.Actor, now time.Time, c proposal.Drop) ([]Event, error) {
	if p := s.processes[c.Proposal]; p != nil {
		if _, err := s.admit(p, c.Wire(), by, now); err != nil {
			return nil, err
		}
	}
	return s.direct(by, now, c)
}

// direct asks the law of proposals alone.
func (s *State) direct(by circle.Actor, now time.Time, c proposal.Command) ([]Event, error) {
	return own(s.Matters.Decide(by, now, c, proposal.Facts{Org: &s.Org}))
}

// inProcess asks the table, then the law of proposals, and ends what stands
// against a proposal that is taken back.
func (s *State) inProcess(by circle.Actor, now time.Time, c proposal.Command) ([]Event, error) {
	id := c.(interface{ Of() proposal.ID }).Of()
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, c.Wire(), by, now)
	if err != nil {
		return nil, err
	}
	amends := c.Wire() == (proposal.Amend{}).Wire()
	if amends && p.Method.Amenders == ByProposer { // the proposer's alone also before the question (M-139)
		if err := s.mayAmend(p, by.By); err != nil {
			return nil, err
		}
	}
	if err := s.servesOwn(p, c); err != nil {
		return nil, err
	}
	events, err := s.direct(by, now, c)
	if err != nil {
		return nil, err
	}
	if err := s.keepsOptions(p, events); err != nil {
		return nil, err
	}
	if amends {
		events = s.keeping(p, by, events)
	}
	return s.lead(p, m, s.withEnds(s.withExits(p, by, now, events)))
}

// withEnds ends the objections against proposals that end without them.
func (s *State) withEnds(events []Event) []Event {
	for _, e := range events {
		var id proposal.ID
		switch e := e.(type) {
		case *proposal.Withdrawn:
			id = e.Proposal
		case *proposal.Dropped:
			id = e.Proposal
		default:
			continue
		}
		var ends []Event
		for _, o := range s.Objections.Standing(id) {
			ends = append(ends, &objection.Ended{Objection: o.ID})
		}
		events = append(ends, events...)
	}
	return events
}

// settled puts the end of the founding before the first matter.
func (s *State) settled(events []Event, err error) ([]Event, error) {
	if err != nil || s.Org.Settled() {
		return events, err
	}
	return append([]Event{&circle.FoundingEnded{Circle: s.Org.RootCircle()}}, events...), nil
}

func (s *State) submit(by circle.Actor, now time.Time, c proposal.Submit) ([]Event, error) {
	if s.Process(c.ID) != nil {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	c, err := s.disposing(c)
	if err != nil {
		return nil, err
	}
	method, err := s.methodOf(c.Circle, c.Sort, c.Matter)
	if err != nil {
		return nil, err
	}
	events, err := s.direct(by, now, c)
	if err != nil {
		return nil, err
	}
	if err := s.enactable(c.Circle, now, c.Enacts); err != nil {
		return nil, err
	}
	if err := s.asRemoval(c.Matter, c.Enacts); err != nil {
		return nil, err
	}
	if err := protects(method, c.Enacts); err != nil {
		return nil, err
	}
	if err := method.allows(c.Enacts); err != nil {
		return nil, err
	}
	events = append(events, s.openedAs(c.Draft, s.opened(c.ID, c.Circle, c.Need, method, now)))
	if c.Recommended != "" {
		events = append(events, &circle.Closed{Circle: c.Recommended})
	}
	return s.settled(events, nil)
}

// methodOf is the method by which a circle decides a sort of proposal on a kind
// of matter, under a rule that is known here.
func (s *State) methodOf(id circle.ID, sort proposal.Sort, matter circle.Name) (*Method, error) {
	rules := s.Org.RulesOf(id)
	name := string(rules.MethodFor(matter))
	if c := s.Org.Circle(id); c != nil && c.Rules.General.MethodFor(matter) != "" {
		name = string(c.Rules.General.MethodFor(matter))
	}
	if sort == proposal.Process {
		name = Quick.Name
	}
	m, err := s.method(name)
	if err != nil {
		return nil, err
	}
	if _, err := s.rule(m.Rule); err != nil {
		return nil, err
	}
	return m, nil
}

// rule makes the rule of a name.
func (s *State) rule(n RuleName) (Rule, error) {
	if n == consentRule {
		return ByConsent{}, nil
	}
	return s.kinds.of(n)
}

func (s *State) opened(id proposal.ID, at circle.ID, need proposal.NeedID, m *Method, now time.Time) Event {
	method, rules := *m, s.Org.RulesOf(at)
	rules.Staffing, rules.Linking, rules.Seating, rules.Safeguarding = circle.Staffing{}, circle.Linking{}, circle.Seating{}, nil
	rules.Review = nil // who wears which role is no matter of one case
	e := &Opened{Proposal: id, Circle: at, At: now, Method: &method, Rules: &rules}
	if n := s.Matters.Need(need); n != nil {
		e.Major = n.Major
	}
	return e
}

// revise opens a new process on an agreement, which stays in force.
func (s *State) revise(by circle.Actor, now time.Time, c proposal.Command) ([]Event, error) {
	id := c.(interface{ Of() proposal.ID }).Of()
	text, err := s.Matters.Get(id)
	if err != nil {
		return nil, err
	}
	method, err := s.methodOf(text.Circle, text.Sort, "")
	if err != nil {
		return nil, err
	}
	events, err := s.direct(by, now, c)
	if err != nil {
		return nil, err
	}
	return append(events, s.opened(id, text.Circle, text.Need, method, now)), nil
}

// ErrTable: the law came to what the table of moves does not have. The two are
// drawn apart, so this is a mistake of the engine; nothing was recorded.
var ErrTable = errors.New("consent: the law and the table of moves disagree")

// lead refuses events that would lead where the table does not go.
func (s *State) lead(p *Process, m *Move, events []Event) ([]Event, error) {
	if after := stageAfter(p, events); !m.leads(after) {
		return nil, fmt.Errorf("%w: %s led from %s to %s", ErrTable, m.On, p.Stage, after)
	}
	return events, nil
}

// stageAfter is the stage of a process when the events have happened.
func stageAfter(p *Process, events []Event) Stage {
	after := p.Stage
	for _, e := range events {
		switch e := e.(type) {
		case *RoundOpened:
			if e.Proposal == p.Proposal {
				after = stageOf[e.Round]
			}
		case *Judged:
			after = e.stage(after)
		case *proposal.Amended:
			if e.Proposal == p.Proposal {
				after = p.amended(e.Weight)
			}
		case *proposal.Withdrawn:
			after = StageWithdrawn
		case exitEvent:
			if e.On() == p.Proposal {
				after = e.leads(after)
			}
		case *proposal.Dropped:
			if e.Proposal == p.Proposal {
				after = StageDropped
			}
		case objection.Event:
			after = p.tested(after, e)
		}
	}
	return after
}

// stageOfResult is where a verdict leads.
var stageOfResult = map[Result]Stage{ResultIntegrate: StageIntegrate, ResultWaiting: StageLastCall, ResultAdopted: StageAdopted, ResultNotAdopted: StageNotAdopted,
	ResultAgreed: StageNominate, ResultChosen: StageAccept}

// stage is where the verdict leads from a stage; a pending one stays.
func (e *Judged) stage(from Stage) Stage {
	if to, ok := stageOfResult[e.Outcome]; ok {
		return to
	}
	if e.Reopens {
		return StageDecide
	}
	return from
}

// given is a command by itself where it was given by its address, so that nobody who looks at
// what it is has to look twice; nil is none, and the address of none.
func given(cmd Command) Command {
	v := reflect.ValueOf(cmd)
	switch {
	case v.Kind() != reflect.Pointer:
		return cmd
	case v.IsNil():
		return nil
	}
	itself, _ := v.Elem().Interface().(Command)
	return itself
}

// unknownCommand says that there is no such command, and what there is in its
// room.
func unknownCommand(wire string) error {
	room, _, _ := strings.Cut(wire, ".")
	var there []string
	for _, c := range Commands() {
		if r, _, _ := strings.Cut(c.Wire(), "."); r == room || !slices.Contains(rooms, room) {
			there = append(there, c.Wire())
		}
	}
	return UnknownCommand.Refuse("command", wire, "commands", there)
}

var rooms = []string{"circle", "proposal", "objection", "consent"}
