package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Apply takes an entry that stands at position pos of the ledger: what has
// happened. It cannot fail.
func (s *State) Apply(pos uint64, at time.Time, events []Event) {
	s.latest = at
	for _, e := range events {
		s.applyOne(pos, e)
	}
}

func (s *State) applyOne(pos uint64, e Event) {
	switch e := e.(type) {
	case *Responded: // the commonest by far; what is below would come to the same
		e.apply(s)
		s.traceProcess(pos, e.Proposal)
		return
	case ownEvent:
		if exit, ok := e.(exitEvent); ok {
			s.traceExit(pos, exit)
		}
		e.apply(s)
		s.traceOwn(pos, e)
		return
	case circle.Event:
		s.beforeStructure(e)
		s.Org.Reach(s.latest)
		s.Org.Apply(e)
		s.afterCircle(e)
	case proposal.Event:
		s.beforeProposal(e)
		s.Matters.Apply(e)
		s.afterProposal(e)
	case objection.Event:
		s.Objections.Apply(e)
		s.afterHandling(e)
	}
	s.trace(pos, e)
}

// trace notes in which entries a proposal, a need or a meeting is told.
func (s *State) trace(pos uint64, e Event) {
	if id := s.subject(e); id != "" {
		s.traceProcess(pos, id)
	} else if n, ok := e.(interface{ About() proposal.NeedID }); ok {
		s.needTrail(n.About()).add(pos)
	} else if list, ok := e.(interface{ Among() []proposal.NeedID }); ok {
		for _, n := range list.Among() {
			s.needTrail(n).add(pos)
		}
	}
}

func (s *State) traceOwn(pos uint64, e ownEvent) {
	if id := e.On(); id != "" {
		s.traceProcess(pos, id)
	}
	if in := e.In(); in != "" {
		s.meetings[in].Trail.add(pos)
	}
}

func (s *State) traceProcess(pos uint64, id proposal.ID) {
	p := s.at(id)
	if p == nil {
		s.traceEnded(pos, id)
		return
	}
	p.Trail.add(pos)
	if p.Meeting == "" {
		return
	}
	if m := s.meetings[p.Meeting]; m != nil && m.Status == StatusOpen {
		m.Trail.add(pos)
	}
}

// traceEnded notes what happens to a proposal after its process has ended.
func (s *State) traceEnded(pos uint64, id proposal.ID) {
	old, ok := s.ended.Get(id)
	if !ok {
		return
	}
	t := Trail{Last: old.Last, Bytes: []byte(old.Trail)}
	t.add(pos)
	s.ended.Set(id, ended{old.Stage, t.Last, string(t.Bytes)})
}

// at is the process of a proposal, while entries are applied: the same one is
// asked for several times on end.
func (s *State) at(id proposal.ID) *Process {
	if s.last == nil || s.last.Proposal != id {
		s.last = s.processes[id]
	}
	return s.last
}

func (s *State) needTrail(id proposal.NeedID) *Trail {
	if s.needs == nil {
		s.needs = map[proposal.NeedID]*Trail{}
	}
	t := s.needs[id]
	if t == nil {
		t = &Trail{}
		s.needs[id] = t
	}
	return t
}

func (s *State) afterCircle(e circle.Event) {
	switch e := e.(type) {
	case *circle.RoleGiven:
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.Person)}, e.Until)
	case *circle.CoOpted:
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.Person)}, e.Until)
	case *circle.RoleLaidDown:
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.Person)}, time.Time{})
	case *circle.RoleTermEnded:
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.Person)}, time.Time{})
	}
	s.afterStaffing(e)
	s.afterLeave(e)
	s.afterSelecting(e)
	s.afterStructure(e)
}

// beforeProposal disarms what runs beside a version that is in force no more.
func (s *State) beforeProposal(e proposal.Event) {
	switch e := e.(type) {
	case *proposal.Adopted:
		if !e.Pending {
			s.unwatch(e.Proposal)
		}
	case *proposal.Dropped:
		if s.processes[e.Proposal] == nil {
			s.unwatch(e.Proposal)
		}
	}
	s.beforeAgreement(e)
}

func (s *State) afterProposal(e proposal.Event) {
	switch e := e.(type) {
	case *proposal.Adopted:
		s.seenToDecide(e)
		s.adopted(e)
	case *proposal.Amended:
		if p := s.processes[e.Proposal]; p != nil && e.Rebased {
			s.rebased(p)
		} else {
			s.reworded(p, e.Weight)
		}
	case *proposal.Kept:
		s.keptGuideline(e)
		s.timers.set(Timer{TermEnds, string(e.Proposal), ""}, e.Until)
		s.timers.set(Timer{AgreementExpires, string(e.Proposal), ""}, e.Expires)
	case *proposal.ReviewDue:
		if e.Because == proposal.TermEnd {
			s.timers.set(Timer{TermEnds, string(e.Proposal), ""}, time.Time{})
		}
	case *proposal.MeasureRead:
		s.watchMeasure(e.Proposal, e.Measure)
	case *proposal.MeasureMissed:
		s.watchMeasure(e.Proposal, e.Measure)
	case *proposal.Withdrawn:
		s.end(e.Proposal, StageWithdrawn)
	case *proposal.Dropped:
		if s.processes[e.Proposal] != nil {
			s.end(e.Proposal, StageDropped)
		} else {
			s.Matters.Forget(e.Proposal)
			s.outdate(e.Proposal)
		}
	}
	s.afterAgreement(e)
}

// reworded leads a process back when its text was changed before it was
// decided, unless the question stays open and the answers stand.
func (s *State) reworded(p *Process, w proposal.Weight) {
	if p == nil {
		return
	}
	if p.Stage == StageDecide && !p.Method.Keep {
		p.Round.Closed, p.Round.Closes = true, time.Time{}
		s.timers.set(Timer{WindowEnds, string(p.Proposal), ""}, time.Time{})
	}
	p.Stage = p.amended(w)
}

// watch arms what runs beside an agreement.
func (s *State) watch(id proposal.ID) {
	p := s.Matters.Proposal(id)
	if p == nil || p.Status != proposal.StatusAgreement {
		return
	}
	s.timers.set(Timer{TermEnds, string(id), ""}, p.Agreement.Until)
	s.timers.set(Timer{AgreementExpires, string(id), ""}, s.Matters.Particulars(id).Expires)
	for _, m := range p.Agreement.Measures {
		s.timers.set(Timer{ReadingMissed, string(id), string(m.ID)}, m.Next)
	}
}

func (s *State) unwatch(id proposal.ID) {
	p := s.Matters.Proposal(id)
	if p == nil || p.Status != proposal.StatusAgreement {
		return
	}
	s.timers.set(Timer{TermEnds, string(id), ""}, time.Time{})
	s.timers.set(Timer{AgreementExpires, string(id), ""}, time.Time{})
	s.unwatchComing(id)
	for _, m := range p.Agreement.Measures {
		s.timers.set(Timer{ReadingMissed, string(id), string(m.ID)}, time.Time{})
	}
}

func (s *State) watchMeasure(id proposal.ID, m proposal.MeasureID) {
	w := s.Matters.Proposal(id).Agreement.Measure(m)
	s.timers.set(Timer{ReadingMissed, string(id), string(m)}, w.Next)
}

// end closes a process: what is needed to decide on it is let go, its trail
// through the ledger stays.
func (s *State) end(id proposal.ID, outcome Stage) {
	p := s.processes[id]
	if p == nil {
		return
	}
	s.timers.set(Timer{LastCallEnds, string(id), ""}, time.Time{})
	s.timers.set(Timer{WindowEnds, string(id), ""}, time.Time{})
	s.disarm(id)
	s.toTell(p)
	told := p.Trail
	if outcome != StageAdopted { // nothing but the trail leads to the need any more
		told = s.withNeed(p)
	}
	s.ended.Set(id, ended{outcome, told.Last, string(told.Bytes)})
	delete(s.processes, id)
	if s.last == p {
		s.last = nil
	}
	if outcome != StageAdopted {
		s.reviewOver(id)
	}
	s.Matters.Forget(id)
	s.acknowledged(id)
	s.Objections.Forget(id)
}

// withNeed is where a proposal and the need it answers are told.
func (s *State) withNeed(p *Process) Trail {
	text := s.Matters.Proposal(p.Proposal)
	if text == nil || s.needs[text.Need] == nil {
		return p.Trail
	}
	positions := append(s.needs[text.Need].Positions(), p.Trail.Positions()...)
	slices.Sort(positions)
	var out Trail
	for _, pos := range slices.Compact(positions) {
		out.add(pos)
	}
	return out
}

func (e *Opened) apply(s *State) {
	if s.processes == nil {
		s.processes = map[proposal.ID]*Process{}
	}
	p := &Process{Proposal: e.Proposal, Circle: e.Circle, Stage: StageIntake, Method: e.Method, Rules: e.Rules,
		Major: e.Major, Opened: e.At, early: s.early(e.Method.Rule)}
	if old, again := s.ended.Get(e.Proposal); again {
		p.Trail = Trail{Last: old.Last, Bytes: []byte(old.Trail)}
		s.ended.Delete(e.Proposal)
	} else {
		p.Trail.Bytes = make([]byte, 0, trailGuess)
	}
	s.processes[e.Proposal] = p
	s.last = p
	s.begin(p, e)
}

// trailGuess is room for the trail of a process that goes straight through.
const trailGuess = 48

// stageOf is the stage that a kind of round leads to.
var stageOf = map[RoundKind]Stage{ClarifyRound: StageClarify, ReactRound: StageReact, OptionsRound: StageIntegrate, ConsentRound: StageDecide,
	BallotRound: StageBallot, NominateRound: StageNominate, ReasonsRound: StageWeigh, ChangeRound: StageWeigh}

func (e *RoundOpened) apply(s *State) {
	order, seats := s.places(e)
	r := &Round{Kind: e.Round, No: e.No, Version: e.Version, Opened: e.At, InTurn: e.InTurn, Order: order,
		Marks: make([]mark, len(order)), Seats: seats, Final: e.Last, Closes: e.Closes, Register: e.Register, Quorate: e.Quorate, Options: e.Options, Veiled: e.Sealed}
	r.index()
	if e.Proposal == "" {
		m := s.meetings[e.Meeting]
		m.Rounds++
		m.Round = r
		m.heldOwn(e.Round)
		return
	}
	p := s.processes[e.Proposal]
	p.Rounds++
	p.counts(e)
	p.followed(e)
	if r.asks() && p.Aside != nil {
		p.Aside.Asked = nil
	} else if !r.asks() {
		p.keepQuestion()
	}
	p.Round, p.Stage, p.Meeting, p.Judged = r, stageOf[e.Round], e.Meeting, nil
	if r.asks() {
		p.put, p.asked, p.votes = r.No, s.ruleOf(p, r.Kind), r.Kind == BallotRound || r.among()
		p.asks = s.asking(p.asked)
	}
	p.Quiet, p.Extended = false, 0
	if e.Round == ChangeRound {
		p.changes()
	}
	s.timers.set(Timer{WindowEnds, string(e.Proposal), ""}, e.Closes)
	if m := s.meetings[e.Meeting]; m != nil {
		m.holds(e)
	}
}

// places lists who has a place and who a seat in a round, which the event names,
// or which is everybody, where they are too many to be named.
func (s *State) places(e *RoundOpened) ([]circle.PersonID, []Seat) {
	if e.First == "" {
		return slices.Clip(e.Order), e.Seats
	}
	p := s.processes[e.Proposal]
	full := without(s.asked(p.Circle), e.Without)
	if m := s.meetings[e.Meeting]; e.Here {
		here := s.attending(full, m)
		return rotate(here, slices.Index(here, e.First)), s.seats(p, full, here)
	}
	return rotate(full, slices.Index(full, e.First)), s.seatsOf(full)
}

// roundOf returns the round that an event speaks of.
func (s *State) roundOf(id proposal.ID, m MeetingID) *Round {
	if id != "" {
		return s.processes[id].Round
	}
	return s.meetings[m].Round
}

func (e *Spoken) apply(s *State) {
	if !e.Reply {
		s.roundOf(e.Proposal, e.Meeting).take(e.By, spoke)
	}
	if p := s.processes[e.Proposal]; p != nil {
		p.heardFrom(e.By)
	}
}

func (e *Passed) apply(s *State)   { s.roundOf(e.Proposal, e.Meeting).take(e.By, passed) }
func (e *Deferred) apply(s *State) { s.roundOf(e.Proposal, e.Meeting).take(e.By, later) }
func (e *Skipped) apply(s *State)  { s.roundOf(e.Proposal, e.Meeting).take(e.Person, skipped) }

func (e *Signalled) apply(s *State) {
	if r := s.roundOf(e.Proposal, e.Meeting); e.Card == StopCard && !slices.Contains(r.Stops, e.By) {
		r.Stops = append(r.Stops, e.By)
	}
}

func (e *CardCleared) apply(s *State) {
	r := s.roundOf(e.Proposal, e.Meeting)
	r.Stops = slices.DeleteFunc(r.Stops, func(p circle.PersonID) bool { return p == e.By })
}

func (e *Responded) apply(s *State) {
	p := s.at(e.Proposal)
	a := Answer{Seat: e.By, Position: string(e.Response), Version: e.Version, At: s.latest}
	e.Prefers.fill(&a)
	p.Round.answer(&a)
	p.heardFrom(e.By)
	if len(p.Waiting) > 0 {
		p.Waiting = slices.DeleteFunc(p.Waiting, func(w circle.PersonID) bool { return w == e.By })
		s.lastCall(p)
	}
}

func (e *SilenceCounted) apply(s *State) {
	p := s.processes[e.Proposal]
	for _, who := range e.Who {
		p.Round.answer(&Answer{Seat: who, Position: string(e.As), Version: e.Version, At: e.At, Silent: true})
	}
	p.Waiting, p.Until = nil, time.Time{}
	s.timers.set(Timer{LastCallEnds, string(e.Proposal), ""}, time.Time{})
}

func (e *Judged) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Judged, p.Waiting = e, slices.Clone(e.Waiting)
	switch e.Outcome {
	case ResultIntegrate:
		if p.Aside != nil {
			p.Aside.Ballot = RuleName{} // another vote is called anew
		}
		p.Stage, p.Round.Closed = StageIntegrate, true
		s.timers.set(Timer{WindowEnds, string(e.Proposal), ""}, time.Time{}) // the time was for an answer, and the answer is here
		s.rest(p)
	case ResultWaiting:
		p.Stage, p.Round.Closed = StageLastCall, true
		s.timers.set(Timer{WindowEnds, string(e.Proposal), ""}, time.Time{})
		if !e.Until.IsZero() {
			p.Quiet, p.Until = true, e.Until
		}
		s.lastCall(p)
	case ResultPending:
		s.unquiet(p, e)
		if p.Stage == StageLastCall {
			s.lastCall(p)
		}
	case ResultTied:
		s.rest(p)
	case ResultNotAdopted:
		s.end(e.Proposal, StageNotAdopted)
	case ResultAgreed, ResultChosen:
		s.selectionGoesOn(p, e)
	case ResultAdopted:
		s.hasSelected(p)
	}
}

// unquiet leads a question back from its last call, which begins anew when
// nothing stops it any more.
func (s *State) unquiet(p *Process, e *Judged) {
	if p.Quiet && e.Reopens {
		p.Stage, p.Round.Closed, p.Quiet = StageDecide, false, false
		s.rest(p)
	}
}

// rest stops the clock of a process that is worked on again.
func (s *State) rest(p *Process) {
	p.Waiting, p.Until, p.Quiet = nil, time.Time{}, false
	s.timers.set(Timer{LastCallEnds, string(p.Proposal), ""}, time.Time{})
	s.timers.set(Timer{WindowEnds, string(p.Proposal), ""}, time.Time{})
}

// lastCall sets the clock for the absent: it runs from the instant at which
// the minutes reached the last of them, or outside meetings from the verdict.
// Once it runs, nobody's answer moves it; and it never ends in the past.
func (s *State) lastCall(p *Process) {
	if s.Matters.Outdated(p.Proposal) != nil || p.aside().Outside != nil {
		return
	}
	if len(p.Waiting) == 0 && !p.Quiet {
		p.Until = time.Time{} // nobody is waited for, so nobody's silence is counted
	}
	if p.Until.IsZero() && !p.Quiet && p.Rules.Absence.Silence == circle.Consents {
		p.Until = s.silenceEnds(p)
	}
	s.timers.set(Timer{LastCallEnds, string(p.Proposal), ""}, p.Until)
}

func (s *State) silenceEnds(p *Process) time.Time {
	if len(p.Waiting) == 0 {
		return time.Time{}
	}
	m := s.meetings[p.Meeting]
	if m == nil {
		return p.Rules.Absence.After.After(p.Judged.At)
	}
	var last time.Time
	for _, who := range p.Waiting {
		sent := m.sentTo(who)
		if sent.IsZero() {
			return time.Time{}
		}
		if sent.After(last) {
			last = sent
		}
	}
	until := p.Rules.Absence.After.After(last)
	if until.Before(s.latest) {
		return s.latest
	}
	return until
}
