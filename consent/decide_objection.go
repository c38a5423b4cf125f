package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// onObjection asks what spans the rooms, then the law of objections: who may
// judge, who proposed, whose answer it is.
func (s *State) onObjection(by circle.Actor, now time.Time, c objection.Command, o *objection.Objection) ([]Event, error) {
	p, err := s.process(o.Proposal)
	if err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case objection.Defer: // nobody does it alone: the law says so
		return own(s.Objections.Decide(by, now, c, s.objectionFacts(p)))
	case objection.Join:
		return s.answersWith(p, by, now, c)
	case objection.Lift:
		return s.answersWith(p, by, now, c)
	}
	if err := s.spans(p, by, now, c, o); err != nil {
		return nil, err
	}
	return s.onProposal(by, now, c, o.Proposal)
}

// spans refuses a judge who has a part in this very objection, a confirming who did
// not propose, and who takes over what is somebody's who is still there.
func (s *State) spans(p *Process, by circle.Actor, now time.Time, c objection.Command, o *objection.Objection) error {
	m := moveIndex[p.Stage][c.Wire()]
	if m == nil || !m.of(p.Method) || !o.Stands() {
		return nil // the table and the law have words for it
	}
	switch {
	case m.Who == Judging:
		return s.mayJudge(p, o, by.By)
	case m.Who == Interpreting:
		return s.mayInterpret(p, o, by.By)
	case m.On == (objection.Test{}).Wire():
		return s.testInQueue(p, o.ID)
	case m.On == (objection.ConfirmSolved{}).Wire():
		return s.mayConfirm(p, o, by.By)
	case m.On == (objection.Adopt{}).Wire() && !s.orphaned(p, o): // it is theirs also when their consent right was taken away
		return objection.NotOrphaned.Refuse("objection", o.ID, "by", o.Holders())
	}
	return nil
}

// mayConfirm refuses who is not the proposer. For one who has left the circle,
// who facilitates speaks.
func (s *State) mayConfirm(p *Process, o *objection.Objection, who circle.PersonID) error {
	proposer := s.Matters.Proposal(p.Proposal).Proposer()
	if who == proposer {
		return nil
	}
	if l := s.Org.LevelIn(p.Circle, proposer); l != circle.Full && l != circle.Learning && s.facilitates(p.Circle, who) == nil {
		return nil
	}
	return NotProposer.Refuse("objection", o.ID, "proposer", proposer, "who", who)
}

// answersWith makes another's objection, or one's own concern, the answer of a
// seat.
func (s *State) answersWith(p *Process, by circle.Actor, now time.Time, c objection.Command) ([]Event, error) {
	m, err := s.admit(p, c.Wire(), by, now)
	if err != nil {
		return nil, err
	}
	if err := s.mayAnswer(p, by.By, p.round().spot(by.By), 0); err != nil {
		return nil, err
	}
	if err := s.minutesOf(p.Proposal, by.By); err != nil {
		return nil, err
	}
	events, err := own(s.Objections.Decide(by, now, c, s.objectionFacts(p)))
	if err != nil {
		return nil, err
	}
	open := s.open(p.Proposal)
	if lift, ok := c.(objection.Lift); ok {
		if own := s.unmet(p, by.By); len(own) > 0 {
			return nil, OneObjection.Refuse("who", by.By, "proposal", p.Proposal, "objections", objection.Names(own))
		}
		open = append(open, Objection{ID: string(lift.ID), Seat: by.By, Version: p.Round.Version, Stands: true})
	}
	return s.objects(p, m, by.By, now, open, events)
}

// putOff carries out the circle's consent to put an objection off (M-184).
func (s *State) putOff(of circle.ID, now time.Time, d objection.Defer) ([]Event, error) {
	o, err := s.Objections.Get(d.Objection)
	if err != nil {
		return nil, err
	}
	p, err := s.process(o.Proposal)
	if err != nil {
		return nil, err
	}
	if p.Stage != StageIntegrate {
		return nil, p.notHere(d.Wire())
	}
	f := s.objectionFacts(p)
	f.ConsentOf = of
	return own(s.Objections.Decide(circle.Actor{}, now, d, f))
}

// lend lets a fork look at a process whose objection a deed puts off, and names
// the proposal.
func (s *State) lend(f *State, id objection.ID) []proposal.ID {
	o := s.Objections.Objection(id)
	if o == nil || s.processes[o.Proposal] == nil {
		return nil
	}
	f.takeAlong(s.processes[o.Proposal])
	return []proposal.ID{o.Proposal}
}

// lapse closes an objection as answered when the time to say whether the answer
// meets it is over: nobody holds a circle up by not replying (methods §8.15).
func (s *State) lapse(id proposal.ID, of objection.ID, by circle.Actor, due time.Time) ([]Event, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, AcknowledgementEnds.String(), by, due)
	if err != nil {
		return nil, err
	}
	events, err := own(s.Objections.Decide(by, due, objection.Lapse{Objection: of}, s.objectionFacts(p)))
	if err != nil {
		return nil, err
	}
	return s.afterObjection(p, m, due, events)
}

// tested is the stage of a process when something has happened to one of its
// objections: a test has a stage of its own, and leads back to the work.
func (p *Process) tested(after Stage, e objection.Event) Stage {
	if _, opened := e.(*objection.TestOpened); opened {
		return StageTest
	}
	if id, closed := objection.Closes(e); closed && id == p.Testing {
		return StageIntegrate
	}
	return after
}

// nextInTest says what the test waits for.
func (s *State) nextInTest(p *Process) []Awaited {
	o := s.Objections.Objection(p.Testing)
	h := &p.Method.Objections
	await := func(who []circle.PersonID, what string) []Awaited {
		return []Awaited{{Who: who, What: what, Of: string(p.Proposal)}}
	}
	judges := s.judges(p, o)
	if o.Unruled(h) != "" {
		return await(s.interpreters(p, o), "objection.rule")
	}
	switch h.Tester {
	case objection.ByPeers, objection.BySupporters:
		if list := o.Unweighed(s.peers(p)); len(list) > 0 {
			return await(list, "objection.weigh")
		}
		return await(judges, "objection.end-test")
	case objection.ByReasoning:
		if !o.Trial.Stands("") {
			return append(await(o.Holders(), "objection.refine"), await(judges, "objection.end-test")...)
		}
		return await(judges, "objection.end-test")
	}
	if h.Tester == objection.ByForm && len(o.Trial.Argued) == 0 {
		return append(await(o.Holders(), "objection.argue"), await(judges, "objection.find")...)
	}
	return await(judges, "objection.find")
}

// nextInHandling says what an objection waits for by the method's way to test
// and to solve it; nil where it goes the common way.
func (s *State) nextInHandling(p *Process, o *objection.Objection, newest int) []Awaited {
	h := &p.Method.Objections
	of := string(p.Proposal)
	met := o.Status == objection.StatusMet && o.In == newest
	untested := o.Trial == nil && h.Trigger == objection.Always && o.Testable(h, s.peers(p))
	switch {
	case p.Stage == StageIntegrate && untested:
		return []Awaited{{Who: s.judges(p, o), What: "objection.test", Of: of}}
	case s.orphaned(p, o) && met:
		return nil
	case h.Solved == objection.ByAnswer && !o.Answered:
		return []Awaited{{Who: s.judges(p, o), What: "objection.answer", Of: of}}
	case h.Solved == objection.ByAnswer, h.Solved == objection.ByBoth && met && o.Accepted != newest:
		return []Awaited{{Who: o.Holders(), What: "objection.accept", Of: of, By: s.timers.when(acknowledging(o))}}
	case h.Solved == objection.ByBoth && met:
		return []Awaited{{Who: []circle.PersonID{s.Matters.Proposal(p.Proposal).Proposer()}, What: "objection.confirm-solved", Of: of}}
	}
	return nil
}
