package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// leftOut says whether a person is left out of a round: the proposer of the
// reactions, where the method says so (M-104).
func (s *State) leftOut(p *Process, kind RoundKind, who circle.PersonID) bool {
	return kind == ReactRound && p.Method.ProposerSilent && s.Matters.Proposal(p.Proposal).Proposer() == who
}

// reacting leaves out who is to be silent in a round. A proposer with nobody
// beside them reacts themselves: a round of nobody would never be held.
func (s *State) reacting(p *Process, kind RoundKind, order []circle.PersonID) []circle.PersonID {
	if len(order) < 2 {
		return order
	}
	return slices.DeleteFunc(slices.Clone(order), func(who circle.PersonID) bool { return s.leftOut(p, kind, who) })
}

// turned sets who speaks when: another person begins each time, and where it
// goes both ways, every other round runs the other way round (M-101).
func turned(order []circle.PersonID, held int, bothWays bool) []circle.PersonID {
	out := rotate(order, held)
	if bothWays && held%2 == 1 {
		slices.Reverse(out[1:])
	}
	return out
}

// endsWith names who speaks last (M-110).
func (e *RoundOpened) endsWith(who circle.PersonID) error {
	i := slices.Index(e.Order, who)
	switch {
	case who == "":
		return nil
	case i < 0:
		return NotInRound.Refuse("who", who)
	case !e.InTurn:
		return LastNeedsTurns.Refuse("who", who)
	}
	e.Last, e.Order = who, append(slices.Delete(slices.Clone(e.Order), i, i+1), who)
	return nil
}
