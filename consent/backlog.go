package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A BacklogItem is something that waits on the backlog of a circle: a need, an
// objection that was put off, with who looks after it and until when, or a role
// for which it is to choose again (M-79, M-184, M-51).
type BacklogItem struct {
	Need      proposal.NeedID
	Objection string
	Proposal  proposal.ID // the case of the objection
	Owner     circle.PersonID
	// Role is one for which the circle is to choose again, After the selection that
	// gave it last, and Asks the version of it that says what the role asks for.
	// Told are the circles that must know: its own, and those to which the role links.
	Role  circle.RoleID
	After proposal.ID
	Asks  int
	Told  []circle.ID
	Due   Due
}

// Backlog lists what waits in a circle: its needs in their order, and behind them
// the objections that it put off, those that are due first in front, and the roles
// for which it is to choose again.
func (s *State) Backlog(of circle.ID) []BacklogItem {
	var out []BacklogItem
	for _, n := range s.Matters.Backlog(of) {
		out = append(out, BacklogItem{Need: n.ID, Due: Due{At: n.Planned().Due, What: "next-step", Of: string(n.ID)}})
	}
	first := len(out)
	for _, id := range s.Objections.PutOffs() {
		p, _ := s.Objections.PutOff(id)
		if text := s.Matters.Proposal(p.Proposal); text != nil && text.Circle != of || text == nil && s.takesPart(of, p.Owner) != nil {
			continue // where the case left no text, it is for the circles of who looks after it
		}
		out = append(out, BacklogItem{Objection: string(id), Proposal: p.Proposal, Owner: p.Owner,
			Due: Due{At: p.Until, What: "objection-put-off", Of: string(id), Part: string(p.Owner)}})
	}
	slices.SortStableFunc(out[first:], func(a, b BacklogItem) int { return a.Due.At.Compare(b.Due.At) })
	if s.Org.Circle(of) == nil {
		return out
	}
	return append(out, s.vacancies(of)...)
}
