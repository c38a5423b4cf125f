package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// turnInSelection asks, for the moves of a selection and those that open what is
// sealed, what the state alone can say of them.
func (s *State) turnInSelection(p *Process, on string, who circle.PersonID) error {
	switch on {
	case (Nominate{}).Wire(), (Reveal{}).Wire():
		return p.veiled()
	case (SealAnswer{}).Wire():
		if err := p.veiled(); err != nil {
			return err
		}
		return s.mayAnswer(p, who, p.Round.spot(who), 0)
	case (ChangeNomination{}).Wire():
		return p.changesNow(who)
	case (ProposeCandidate{}).Wire():
		return s.mayPropose(p, who)
	case (DiscardCandidate{}).Wire():
		return p.standsThere()
	case (AcceptRole{}).Wire(), (DeclineRole{}).Wire():
		return s.mayAccept(p, who)
	}
	return nil
}

// veiled refuses where nothing is sealed.
func (p *Process) veiled() error {
	if p.round().Veiled {
		return nil
	}
	return NothingSealed.Refuse("proposal", p.Proposal)
}

// changesNow asks for the turn in a round in which nominations are changed.
func (p *Process) changesNow(who circle.PersonID) error {
	if r := p.round(); r.Kind != ChangeRound || r.Closed {
		return NoChangeNow.Refuse("proposal", p.Proposal)
	}
	return p.Round.turn(who)
}

// mayPropose: a candidate is proposed by who facilitates, or by who was asked to
// in their place (M-219).
func (s *State) mayPropose(p *Process, who circle.PersonID) error {
	if p.Selection.Proposer == who {
		return nil
	}
	return s.conducts(p, who)
}

// standsThere refuses where there is no candidate.
func (p *Process) standsThere() error {
	if p.Selection.Candidate == nil {
		return NoCandidate.Refuse("proposal", p.Proposal)
	}
	return nil
}

// mayAccept refuses who was not chosen, or has accepted (M-223).
func (s *State) mayAccept(p *Process, who circle.PersonID) error {
	if list := s.toAccept(p, p.Round); !slices.Contains(list, who) {
		return NotChosen.Refuse("who", who, "proposal", p.Proposal, "chosen", list)
	}
	return nil
}
