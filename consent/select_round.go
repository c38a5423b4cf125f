package consent

import (
	"time"

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
	case p.Stage == StageNominate && r.Veiled && s.timeOver(p, time.Time{}) != nil: // time reveals them, and until then who was passed over may still name somebody
		return []Awaited{{What: WindowEnds.String(), Of: of, By: r.Closes}}
	case p.Stage == StageNominate && r.Veiled:
		return []Awaited{{Who: s.conductors(p), What: Reveal{}.Wire(), Of: of, By: r.Closes}}
	case p.Stage == StageWeigh && running:
		return []Awaited{s.nextInRound(p)}
	case p.Stage == StageWeigh && sel.Candidate == nil:
		return []Awaited{s.nextToPropose(p)}
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

// nextToPropose says who proposes somebody: who was asked to, or who facilitates.
// Nobody proposes themselves (M-219), so where only they are left, another is
// asked to propose; and where nobody is left whom anybody named, people name
// somebody anew (M-222).
func (s *State) nextToPropose(p *Process) Awaited {
	sel, conductors, of := p.Selection, s.conductors(p), string(p.Proposal)
	left := s.leftToPropose(p)
	if len(left) < sel.seats() {
		return Awaited{Who: conductors, What: OpenRound{}.Wire(), Of: of}
	}
	own := func(who circle.PersonID) bool {
		return p.Method.Selecting.By == ByReasons && len(left) == sel.seats() && slices.Contains(left, Name(who))
	}
	asked := sel.Proposer != "" && s.Org.LevelIn(p.Circle, sel.Proposer) == circle.Full
	if asked && !own(sel.Proposer) {
		return Awaited{Who: []circle.PersonID{sel.Proposer}, What: ProposeCandidate{}.Wire(), Of: of}
	}
	if who := slices.DeleteFunc(slices.Clone(conductors), own); len(who) > 0 {
		return Awaited{Who: who, What: ProposeCandidate{}.Wire(), Of: of}
	}
	return Awaited{Who: conductors, What: AskToPropose{}.Wire(), Of: of}
}

// leftToPropose lists whom, or what, the circle could still be asked about: those
// who were named, or anybody where nobody was, or a search outside.
func (s *State) leftToPropose(p *Process) []Name {
	sel := p.Selection
	var list []Name
	for _, n := range sel.Nominations {
		list = append(append(list, n.First...), n.Names...)
	}
	if len(list) == 0 || slices.Contains(list, Name(NamesOutside)) {
		for _, o := range sel.Options {
			list = append(list, o.ID)
		}
		for _, who := range s.Org.FullIn(p.Circle) {
			if len(sel.Roles) > 0 {
				list = append(list, Name(who))
			}
		}
	}
	var out []Name
	for _, name := range list {
		if name != passing && !slices.Contains(sel.Discarded, name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
