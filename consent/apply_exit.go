package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Aside is what a process needs that left the straight way.
type Aside struct {
	// From is the stage in which a friendly amendment came.
	From Stage
	// Owner looks after a parked proposal until Wake; Since is when it was
	// parked.
	Owner circle.PersonID
	Wake  time.Time
	Since time.Time
	// To is the broader circle that is asked.
	To circle.ID
	// Arbiter is the person who was asked, where no circle was (M-189).
	Arbiter circle.PersonID
	// Bound says that the answer which came back binds the circle (M-188).
	Bound bool
	// Deadlock are those who said that the circle is deadlocked, and Deadlocked
	// that they are enough of them (M-192).
	Deadlock   []circle.PersonID
	Deadlocked bool
	// Mediator looks for a way until MediateBy; Mediated says that they told
	// whether there is one.
	Mediator  circle.PersonID
	MediateBy time.Time
	Mediated  bool
	// Offered is the circle that the proposal is offered to.
	Offered circle.ID
	// Until is when a withdrawal takes effect, unless somebody takes over.
	Until time.Time
	// Into is the proposal that is to take this one's place, and Agreed the
	// author who has said so.
	Into   proposal.ID
	Agreed circle.PersonID
	// Keeper alone facilitates a case whose process broke down.
	Keeper circle.PersonID
	// Questions and Meetings are counted where the method bounds the work on
	// objections, and First is when the question was put first (M-187, M-190).
	Questions int
	Meetings  int
	First     time.Time
	// Asked is the question as it was put last, where the method comes back to it and
	// another round, or a time of rest, came after it. Nil: the round says it.
	Asked *Question
	// Order is the order in which objections are dealt with, and Claimed are those
	// for which priority was claimed since it was set (M-169).
	Order   []objection.ID
	Claimed []objection.ID
	// TimeOut is a time-out that was asked for or runs; nil: none.
	TimeOut *TimeOut
	// Outside says that it is set aside for a reason outside the process; nil: it is
	// not.
	Outside *Outside
	// Consulted are those from outside whom the case affects (M-44).
	Consulted []Consultee
	// Ballot is the rule of the vote that goes on; none: there is no vote, or it was
	// called before its rule stood in the record.
	Ballot RuleName
	// Given is how circles have told those who come from them to answer (M-70).
	Given []Given
}

var notAside = &Aside{}

// aside is what to read of a process that left the straight way.
func (p *Process) aside() *Aside {
	if p.Aside == nil {
		return notAside
	}
	return p.Aside
}

// stray is the same to write.
func (p *Process) stray() *Aside {
	if p.Aside == nil {
		p.Aside = &Aside{}
	}
	return p.Aside
}

// traceExit notes in the minutes of the meeting that goes on what happens to a
// proposal beside the straight way, before the proposal may be gone.
func (s *State) traceExit(pos uint64, e exitEvent) {
	p := s.processes[e.On()]
	if p == nil {
		return
	}
	if m := s.openMeeting(p.Circle); m != nil && (p.Meeting == m.ID || slices.Contains(m.Items, p.Proposal)) {
		m.Trail.add(pos)
	}
}

// begin sets what a process begins with beside the straight way.
func (s *State) begin(p *Process, e *Opened) {
	if e.Draft {
		p.Stage = StageDraft
	}
	if !e.Method.Age.IsZero() {
		s.timers.set(Timer{AgeEnds, string(e.Proposal), ""}, e.Method.Age.After(e.At))
	}
}

// disarm stops the timers of the ways aside.
func (s *State) disarm(id proposal.ID) {
	for _, kind := range []TimerKind{WakeUp, AgeEnds, GraceEnds} {
		s.timers.set(Timer{kind, string(id), ""}, time.Time{})
	}
}

// amended is the stage to which a new version leads: the circle begins again
// with it, but for a draft, for a version that meets objections, for one for
// which the answers stand, and for a change of the wording.
func (p *Process) amended(w proposal.Weight) Stage {
	switch p.Stage {
	case StageDraft, StageIntegrate:
		return p.Stage
	case StageRevise:
		if w == proposal.Editorial || p.Method.Onwards {
			return StageRevise
		}
	case StageDecide:
		if p.Method.Keep {
			return StageDecide
		}
	default: // begins again
	}
	return StageIntake
}

// counts takes note of the question being put, where the method bounds that.
func (p *Process) counts(e *RoundOpened) {
	if e.Round != ConsentRound || p.Stage == StageDecide {
		return
	}
	p.triesAgain()
	if p.Method.Limit.IsZero() && p.Rules.Stuck.Meetings == 0 {
		return
	}
	a := p.stray()
	a.Questions++
	if a.First.IsZero() {
		a.First = e.At
	}
}

// countMeeting takes note of a meeting that was held on proposals whose
// question was put.
func (s *State) countMeeting(m *Meeting) {
	for _, list := range [][]proposal.ID{m.Items, m.Asked} {
		for _, id := range list {
			if p := s.processes[id]; p != nil && (p.Method.Limit.Meetings > 0 || p.Rules.Stuck.Meetings > 0) && !p.aside().First.IsZero() {
				p.stray().Meetings++
			}
		}
	}
}

func (e *Forwarded) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Stage, p.Opened = StageIntake, e.At
}

func (e *WordingChanged) apply(s *State) {
	p := s.processes[e.Proposal]
	if p.Round != nil {
		p.stray().From = stageOf[p.Round.Kind]
		p.Round.Closed = true // nobody who comes later speaks to the text as it was
	}
	p.Stage = e.stage()
}

func (e *ClassDisputed) apply(s *State) { s.processes[e.Proposal].Stage = StageIntake }

func (e *Parked) apply(s *State) {
	p := s.processes[e.Proposal]
	s.rest(p)
	p.keepQuestion()
	p.Stage, p.Round = StageParked, nil
	a := p.stray()
	a.Owner, a.Wake, a.Since = e.Owner, e.Wake, e.At
	s.timers.set(Timer{WakeUp, string(e.Proposal), ""}, e.Wake)
}

// The time in which a proposal was parked does not count against its limit.
func (e *Resumed) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Stage = stageNamed(e.To)
	a := p.stray()
	if !a.First.IsZero() {
		a.First = a.First.Add(e.At.Sub(a.Since))
	}
	a.Owner, a.Wake, a.Since = "", time.Time{}, time.Time{}
	s.timers.set(Timer{WakeUp, string(e.Proposal), ""}, time.Time{})
}

func (e *Escalated) apply(s *State) {
	p := s.processes[e.Proposal]
	p.keepQuestion()
	p.Stage, p.Round = StageEscalated, nil
	a := p.stray()
	a.To, a.Arbiter = e.To, e.Arbiter
}

// An answer that gives the question back gives the circle its time again.
func (e *Ruled) apply(s *State) {
	switch e.Ruling {
	case RulesReturn:
		p := s.processes[e.Proposal]
		p.Stage = StageIntegrate
		a := p.stray()
		a.To, a.Arbiter, a.Questions, a.Meetings, a.First = "", "", 0, 0, time.Time{}
		a.Bound = a.Bound || e.Binding
		if !p.Method.Limit.IsZero() || p.Rules.Stuck.Meetings > 0 {
			a.First = e.At
		}
	case RulesDecline:
		s.end(e.Proposal, StageNotAdopted)
	case RulesAdopt, RulesTake: // what was adopted or taken says so itself
	}
}

// The round that follows leads to the ballot.
func (e *BallotCalled) apply(s *State) {
	if !e.Rule.IsZero() {
		s.processes[e.Proposal].stray().Ballot = e.Rule
	}
}

// The verdict that follows ends the process.
func (e *Declared) apply(*State) {}

func (e *Discarded) apply(s *State)      { s.end(e.Proposal, StageDiscarded) }
func (e *Superseded) apply(s *State)     { s.end(e.Proposal, StageSuperseded) }
func (e *Expired) apply(s *State)        { s.end(e.Proposal, StageExpired) }
func (e *MovedToMeeting) apply(s *State) { s.end(e.Proposal, StageWithdrawn) }

func (e *TransferOffered) apply(s *State) { s.processes[e.Proposal].stray().Offered = e.To }
func (e *TransferRefused) apply(s *State) { s.processes[e.Proposal].stray().Offered = e.Next }

// What is handed over keeps its text and its trail; the process ends here.
func (e *Transferred) apply(s *State) {
	p := s.processes[e.Proposal]
	s.rest(p)
	s.disarm(e.Proposal)
	s.ended.Set(e.Proposal, ended{StageTransferred, p.Trail.Last, string(p.Trail.Bytes)})
	delete(s.processes, e.Proposal)
	s.last = nil
	s.Matters.Move(e.Proposal, e.To, "")
	s.Objections.Forget(e.Proposal)
}

func (e *MergeAgreed) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Into, a.Agreed = e.With, e.By
}

func (e *WithdrawalAnnounced) apply(s *State) {
	s.processes[e.Proposal].stray().Until = e.Until
	s.timers.set(Timer{GraceEnds, string(e.Proposal), ""}, e.Until)
}

func (e *TakenOver) apply(s *State) {
	s.processes[e.Proposal].stray().Until = time.Time{}
	s.timers.set(Timer{GraceEnds, string(e.Proposal), ""}, time.Time{})
	s.Matters.TakeOver(e.Proposal, e.By)
}

func (e *BreakdownDeclared) apply(s *State) { s.processes[e.Proposal].stray().Keeper = e.Keeper }
func (e *ProcessRestored) apply(s *State)   { s.processes[e.Proposal].stray().Keeper = "" }
