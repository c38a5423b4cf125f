package consent

import (
	"time"

	"github.com/sayround/sayround/proposal"
)

// beforeAgreement disarms what runs beside what is in force no more.
func (s *State) beforeAgreement(e proposal.Event) {
	switch e := e.(type) {
	case *proposal.TookEffect, *proposal.Expired, *proposal.Superseded, *proposal.Struck:
		s.unwatch(e.(interface{ On() proposal.ID }).On())
	case *proposal.Lapsed:
		s.unwatchComing(e.Proposal)
	case *proposal.ConditionConfirmed:
		s.unwatchComing(e.Proposal)
	}
}

// afterAgreement arms what runs beside what has come into force, and stops the
// clocks of those whose ground has moved.
func (s *State) afterAgreement(e proposal.Event) {
	switch e := e.(type) {
	case *proposal.TookEffect:
		s.watch(e.Proposal)
		s.outdate(e.Proposal)
	case *proposal.ConditionConfirmed:
		s.watchComing(e.Proposal)
	case *proposal.Expired:
		s.watchComing(e.Proposal)
		s.outdate(e.Proposal)
	case *proposal.Lapsed:
		s.outdate(e.Proposal)
	case *proposal.Superseded:
		s.outdate(e.Proposal)
	case *proposal.Struck:
		s.outdate(e.Proposal)
	case *proposal.Extended:
		s.timers.set(Timer{AgreementExpires, string(e.Proposal), ""}, e.Until)
	case *proposal.LeftToExpire:
		s.timers.set(Timer{AgreementExpires, string(e.Proposal), ""}, e.Expires)
		s.timers.set(Timer{TermEnds, string(e.Proposal), ""}, time.Time{})
	case *proposal.ReviewDated:
		s.timers.set(Timer{TermEnds, string(e.Proposal), ""}, e.Until)
	}
}

// adopted arms what runs beside an agreement from its adoption on.
func (s *State) adopted(e *proposal.Adopted) {
	s.end(e.Proposal, StageAdopted)
	if e.Pending {
		s.watchComing(e.Proposal)
	} else {
		s.watch(e.Proposal)
	}
	s.outdate(e.Proposal)
}

// watchComing arms what brings a version into force that is adopted already.
func (s *State) watchComing(id proposal.ID) {
	next := s.Matters.Particulars(id).Coming
	switch {
	case next == nil:
	case !next.Lapses.IsZero():
		s.timers.set(Timer{ConditionLapses, string(id), ""}, next.Lapses)
	default:
		s.timers.set(Timer{TakesEffect, string(id), ""}, next.Effective)
	}
}

func (s *State) unwatchComing(id proposal.ID) {
	s.timers.set(Timer{ConditionLapses, string(id), ""}, time.Time{})
	s.timers.set(Timer{TakesEffect, string(id), ""}, time.Time{})
}

// reviewOver is what the end of a review without a new version means: the
// version in force stays so, unless its own end has come meanwhile (methods
// §8.11).
func (s *State) reviewOver(id proposal.ID) {
	s.Matters.ReviewOver(id)
	if x := s.Matters.Particulars(id); x.Extended && !s.Matters.ReviewOpen(id, s.latest) {
		s.timers.set(Timer{AgreementExpires, string(id), ""}, s.latest)
	}
}

// outdate stops the clocks of proposals that were written against an older
// version of an agreement: nobody's silence counts for a question that cannot
// be answered any more (methods §8.6).
func (s *State) outdate(of proposal.ID) {
	for _, id := range s.Matters.Rivals(of) {
		if p := s.processes[id]; p != nil {
			s.stopClocks(p)
		}
	}
}

// rebased lets a process go on with a version against what is in force now. A
// question that was put is put anew: nobody's answer is carried over.
func (s *State) rebased(p *Process) {
	if p.Stage == StageDecide || p.Stage == StageLastCall {
		p.Round.Closed, p.Round.Closes = true, time.Time{}
		s.stopClocks(p)
	}
	p.Stage = afterRebase(p.Stage)
}

// stopClocks lets no time run out on a question that cannot be answered.
func (s *State) stopClocks(p *Process) {
	s.rest(p)
	s.timers.set(Timer{WindowEnds, string(p.Proposal), ""}, time.Time{})
}
