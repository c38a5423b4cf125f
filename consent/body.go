package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// The refusals that concern members which are no persons.
var (
	VacantSeat = &circle.Code{ID: "vacant-seat", Kind: circle.ErrNotNow, Rule: "M-45", Stands: circle.InEngine,
		Says: "Nobody answers for {who} now, so nobody can be there for it. circle.name-representative names somebody."}
	AnswersForBody = &circle.Code{ID: "answers-for-body", Kind: circle.ErrNotYou, Rule: "EC-114", Stands: circle.InEngine,
		Says: "{who} has no stance of their own on {proposal}: they answer for {body}, and say so."}
)

// asked are the full participants of a circle who are asked: all but the bodies
// for which nobody answers, where the circle waits for none of those (M-45).
func (s *State) asked(id circle.ID) []circle.PersonID { return s.held(id, s.Org.FullIn(id)) }

// held leaves out of a list the bodies for which nobody answers.
func (s *State) held(id circle.ID, list []circle.PersonID) []circle.PersonID {
	if !slices.ContainsFunc(list, func(who circle.PersonID) bool { return s.Org.Vacant(id, who) }) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(who circle.PersonID) bool { return s.Org.Vacant(id, who) })
}

// speaksFor is the body with a seat in the running round for which somebody
// answers, "" if there is none.
func (s *State) speaksFor(p *Process, who circle.PersonID) circle.PersonID {
	for _, seat := range p.round().Seats {
		if b := s.Org.Body(seat.Person); b != nil && b.Speaks == who {
			return seat.Person
		}
	}
	return ""
}

// through adds to what is awaited who acts for the bodies.
func (s *State) through(list []Awaited) []Awaited {
	for i := range list {
		for _, who := range list[i].Who {
			if b := s.Org.Body(who); b != nil && b.Speaks != "" && !slices.Contains(list[i].Through, b.Speaks) {
				list[i].Through = append(list[i].Through, b.Speaks)
			}
		}
	}
	return list
}
