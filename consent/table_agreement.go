package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// baseHolds asks whether the agreements that the version would change are still
// as they were when it was written (methods §8.6).
var baseHolds = Guard{Name: "the agreements that it changes are as they were when it was written", holds: (*State).baseHolds}

// rebasing are the moves by which a proposal is brought up to date after
// another decision changed what it builds on. A question that was put already
// goes back to work on the text: what was answered, was answered to a version
// that is no more.
var rebasing = []Move{
	{StageIntake, "proposal.rebase", Authors, nil, to(StageIntake)},
	{StageClarify, "proposal.rebase", Authors, guards(roundDone, noneStands), to(StageIntake)},
	{StageReact, "proposal.rebase", Authors, guards(roundDone, noneStands), to(StageIntake)},
	{StageDecide, "proposal.rebase", Authors, nil, to(StageIntegrate)},
	{StageIntegrate, "proposal.rebase", Authors, nil, to(StageIntegrate)},
	{StageLastCall, "proposal.rebase", Authors, nil, to(StageIntegrate)},
}

func (s *State) baseHolds(p *Process, _ time.Time) error {
	for _, b := range s.Matters.Outdated(p.Proposal) {
		return Outdated.Refuse("proposal", p.Proposal, "agreement", b.Agreement, "version", b.Version)
	}
	return nil
}

// rebase asks the table, then the law of proposals.
func (s *State) rebase(by circle.Actor, now time.Time, c proposal.Rebase) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	events, err := s.direct(by, now, c)
	if err != nil {
		return nil, err
	}
	if !m.leads(afterRebase(p.Stage)) {
		return nil, ErrTable
	}
	return events, nil
}

// afterRebase is the stage to which a new base leads.
func afterRebase(from Stage) Stage {
	if from == StageDecide || from == StageIntegrate || from == StageLastCall {
		return StageIntegrate
	}
	return StageIntake
}
