package consent

import "github.com/sayround/sayround/circle"

// conductors are those who may run the process of a case.
func (s *State) conductors(p *Process) []circle.PersonID {
	if keeper := p.aside().Keeper; keeper != "" {
		return []circle.PersonID{keeper}
	}
	if who := s.insteadOn(p); who != "" {
		return []circle.PersonID{who}
	}
	return s.facilitators(p.Circle)
}

// nextAside says who must act next on a proposal beside the straight way, nil
// on the straight way.
func (s *State) nextAside(p *Process) []Awaited {
	of, a := string(p.Proposal), p.aside()
	switch {
	case p.Stage == StageDraft:
		return []Awaited{{Who: []circle.PersonID{s.Matters.Proposal(p.Proposal).Proposer()}, What: PutForward{}.Wire(), Of: of}}
	case p.Stage == StageParked:
		next := Awaited{Who: []circle.PersonID{s.owner(p)}, What: Resume{}.Wire(), Of: of, By: a.Wake}
		if next.Who[0] == "" {
			next.Who = s.conductors(p)
		}
		return []Awaited{next}
	case p.Stage == StageEscalated && a.Arbiter != "":
		return []Awaited{{Who: []circle.PersonID{a.Arbiter}, What: RuleOn{}.Wire(), Of: of}}
	case p.Stage == StageEscalated:
		return []Awaited{{Who: s.asked(a.To), What: RuleOn{}.Wire(), Of: of}}
	case a.Offered != "" && moveIndex[p.Stage][AcceptTransfer{}.Wire()] != nil:
		return []Awaited{{Who: s.facilitators(a.Offered), What: AcceptTransfer{}.Wire(), Of: of}}
	case p.Stage == StageIntegrate && a.Mediator != "" && s.latest.Before(a.MediateBy):
		return []Awaited{{Who: []circle.PersonID{a.Mediator}, What: ReportMediation{}.Wire(), Of: of, By: a.MediateBy}}
	case p.Stage == StageIntegrate && a.Keeper == "" && (p.Method.Formal || len(s.Objections.Standing(p.Proposal)) > 0):
		if spent, _ := p.reached(s.latest); spent {
			return []Awaited{{Who: s.conductors(p), What: s.stepFor(p), Of: of}}
		}
	}
	return nil
}
