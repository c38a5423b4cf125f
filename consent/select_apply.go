package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

func (e *SelectionOpened) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Selection = &Selection{Roles: e.Roles, Options: e.Options, Beside: e.Beside, Agreed: !p.Method.Selecting.Parameters,
		ByObjections: p.Method.Selecting.By == ByObjections}
}

func (e *NominationsOpened) apply(s *State) {
	p := s.processes[e.Proposal]
	for _, n := range e.Nominations {
		p.Selection.names(n.By, n.Names, n.Against)
	}
	if e.Out {
		p.Selection.Out = append(p.Selection.Out, e.Missing...)
	}
	p.Stage = StageWeigh
	p.Round.Veiled, p.Round.Sealed, p.Round.Closed, p.Round.Closes = false, nil, true, time.Time{}
	s.timers.set(Timer{WindowEnds, string(e.Proposal), ""}, time.Time{})
}

// names keeps whom somebody names now beside whom they named first. What they have
// against each option takes the place of what they had.
func (sel *Selection) names(by circle.PersonID, names []Name, against []Misgiving) {
	at := slices.IndexFunc(sel.Nominations, func(n Nomination) bool { return n.By == by })
	if at < 0 {
		sel.Nominations = append(sel.Nominations, Nomination{By: by, First: names, Names: names, Against: against})
		return
	}
	sel.Nominations[at].Names, sel.Nominations[at].Against = names, against
}

func (e *NominationChanged) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Selection.names(e.By, e.Names, nil)
	p.Round.take(e.By, spoke)
	p.heardFrom(e.By)
}

func (e *ProposerAsked) apply(s *State) { s.processes[e.Proposal].Selection.Proposer = e.Person }

func (e *ShortListed) apply(s *State) { s.processes[e.Proposal].Selection.Among = e.Names }

func (e *CandidateProposed) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Selection.Candidate, p.Selection.Accepted, p.Stage = e.Names, nil, StageWeigh
}

func (e *CandidateDiscarded) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Selection.lays(e.Names)
	p.Stage, p.Round.Closed = StageWeigh, true
}

func (e *RoleAccepted) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Selection.Accepted = append(p.Selection.Accepted, e.By)
}

// selectionGoesOn leads a selection on from a verdict that does not end it.
func (s *State) selectionGoesOn(p *Process, e *Judged) {
	p.Round.Closed = true
	s.rest(p)
	switch e.Outcome {
	case ResultAgreed:
		p.Selection.Agreed, p.Selection.Version, p.Stage = true, e.Version, StageNominate
	case ResultChosen:
		p.Stage = StageAccept
	}
}

// changes notes a change round. Where nominations are counted, and the one before
// left a tie, it is among the tied.
func (p *Process) changes() {
	sel := p.Selection
	if sel.Changes++; sel.Changes > 1 || !p.Method.Selecting.Change {
		if p.Method.Selecting.By == ByCount {
			sel.Among = sel.tied()
		}
	}
}
