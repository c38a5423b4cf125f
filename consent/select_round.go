package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// without leaves out of the rounds of a selection who named nobody in the time
// that the method gives (M-225). A candidate is asked all the same: nobody is
// given a role without being asked.
func (p *Process) without(kind RoundKind, order []circle.PersonID) []circle.PersonID {
	sel := p.Selection
	if sel == nil || len(sel.Out) == 0 {
		return order
	}
	return slices.DeleteFunc(slices.Clone(order), func(who circle.PersonID) bool {
		asked := kind == ConsentRound && slices.Contains(sel.people(), who)
		return slices.Contains(sel.Out, who) && !asked
	})
}

// nomineesLast asks the nominees when all others have answered, by methods that
// do so (M-220).
func (p *Process) nomineesLast(e *RoundOpened) {
	if e.Round != ConsentRound || p.Selection == nil || !p.Method.Selecting.Last {
		return
	}
	for _, who := range p.Selection.people() {
		if i := slices.Index(e.Order, who); i >= 0 {
			e.Order = append(slices.Delete(slices.Clone(e.Order), i, i+1), who)
			e.Last = who
		}
	}
}

// nomineeWaits refuses a nominee's answer while others are awaited, where the
// round has no turns that would say so.
func (p *Process) nomineeWaits(who circle.PersonID) error {
	if p.Selection == nil || !p.Method.Selecting.Last || p.Round.InTurn || p.Stage != StageDecide {
		return nil
	}
	nominees := p.Selection.people()
	if !slices.Contains(nominees, who) {
		return nil
	}
	others := slices.DeleteFunc(p.Round.Awaited(), func(a circle.PersonID) bool { return slices.Contains(nominees, a) })
	if len(others) > 0 {
		return NomineeLast.Refuse("who", who, "awaited", others)
	}
	return nil
}

// nextInSelection says who must act next in the stages that only a selection has;
// nil in all others.
func (s *State) nextInSelection(p *Process) []Awaited {
	of, sel, r := string(p.Proposal), p.Selection, p.round()
	running := !r.Closed && !r.Complete()
	switch {
	case p.Stage == StageNominate && running && r.Veiled:
		return []Awaited{{Who: r.Awaited(), What: Nominate{}.Wire(), Of: of, By: r.Closes}}
	case p.Stage == StageNominate && r.Veiled:
		return []Awaited{{Who: s.conductors(p), What: Reveal{}.Wire(), Of: of, By: r.Closes}}
	case p.Stage == StageWeigh && running:
		return []Awaited{s.nextInRound(p)}
	case p.Stage == StageWeigh && sel.Candidate == nil && sel.Proposer != "" && s.Org.LevelIn(p.Circle, sel.Proposer) == circle.Full:
		return []Awaited{{Who: []circle.PersonID{sel.Proposer}, What: ProposeCandidate{}.Wire(), Of: of}}
	case p.Stage == StageWeigh && sel.Candidate == nil:
		return []Awaited{{Who: s.conductors(p), What: ProposeCandidate{}.Wire(), Of: of}}
	case p.Stage == StageAccept:
		var out []Awaited
		if list := s.toAccept(p, r); len(list) > 0 {
			out = append(out, Awaited{Who: list, What: AcceptRole{}.Wire(), Of: of})
		}
		for _, to := range s.toWelcome(p) {
			out = append(out, Awaited{Who: s.Org.FullIn(to), What: Welcome{}.Wire(), Of: of})
		}
		return out
	case p.Stage == StageNominate, p.Stage == StageWeigh:
		return []Awaited{{Who: s.conductors(p), What: "consent.open-round", Of: of}}
	}
	return nil
}
