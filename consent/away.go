package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// The refusals of who has no stance although they take part.
var (
	RightRests = &circle.Code{ID: "right-rests", Kind: circle.ErrNotNow, Rule: "M-38, I-18", Stands: circle.InEngine,
		Says: "{who} is on leave from {circle}: they are told what goes on, and their consent right rests until they are back. circle.return ends the leave."}
	OwnRemoval = &circle.Code{ID: "own-removal", Kind: circle.ErrNotYou, Rule: "EC-28", Stands: circle.InEngine,
		Says: "{who} is asked, and heard, and has no stance on {proposal}: it is about their own part in the circle."}
	OwnRole = &circle.Code{ID: "own-role", Kind: circle.ErrNotYou, Rule: "EC-81", Stands: circle.InRules,
		Says: "{who} is asked, and heard, and has no stance on {proposal}: it is about a role that {who} wears, and {circle} has agreed that a holder is heard on that and does not decide."}
)

// concerned are those whom the proposal would remove: they have a voice in it,
// and no stance (EC-28, M-37).
func (s *State) concerned(p *Process) []circle.PersonID {
	text := s.Matters.Proposal(p.Proposal)
	if text == nil {
		return nil
	}
	return append(s.subjects(p.Circle, text.Enacts), s.interested(p)...)
}

// subjects are the people whom deeds are about: whom they remove from the circle,
// and, where the circle has agreed so, from whom they take a role (EC-81); and
// the vacant seats that they fill: nobody waits for a seat in the question who is to
// sit there.
func (s *State) subjects(of circle.ID, deeds []circle.Deed) []circle.PersonID {
	var out []circle.PersonID
	for _, d := range deeds {
		if role, who := takenOff(d); role != "" && s.Org.StaffingOf(of).TakenOff == circle.HeardOnly && s.Org.Holds(role, who) {
			out = append(out, who)
		}
		if d, ok := d.(interface{ Subject() circle.PersonID }); ok && !s.keepsVote(d.Subject(), deeds) {
			out = append(out, d.Subject())
		}
		if d, ok := d.(interface{ Fills() circle.PersonID }); ok && s.Org.Body(d.Fills()) != nil && s.Org.Body(d.Fills()).Speaks == "" {
			out = append(out, d.Fills())
		}
	}
	return out
}

// takenOff is the role that a deed takes from somebody.
func takenOff(d circle.Deed) (circle.RoleID, circle.PersonID) {
	switch d := d.(type) {
	case circle.RevokeRole:
		return d.Role, d.Person
	case *circle.RevokeRole:
		return d.Role, d.Person
	}
	return "", ""
}

// removes says whether the proposal would end somebody's part in the circle.
func (s *State) removes(p *Process, who circle.PersonID) bool {
	return slices.ContainsFunc(s.Matters.Proposal(p.Proposal).Enacts, func(d circle.Deed) bool {
		r, ok := d.(interface{ Subject() circle.PersonID })
		return ok && r.Subject() == who
	})
}

// without takes people out of a list.
func without(list, people []circle.PersonID) []circle.PersonID {
	if len(people) == 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(who circle.PersonID) bool { return slices.Contains(people, who) })
}

// hasStance refuses who takes part and has no stance: who is on leave, and whom
// the proposal is about.
func (s *State) hasStance(p *Process, who circle.PersonID) error {
	switch {
	case s.Org.Away(p.Circle, who):
		return RightRests.Refuse("who", who, "circle", p.Circle)
	case slices.Contains(s.interested(p), who):
		return OwnInterest.Refuse("who", who, "proposal", p.Proposal, "circle", p.Circle)
	case slices.Contains(s.concerned(p), who) && !s.removes(p, who):
		return OwnRole.Refuse("who", who, "proposal", p.Proposal, "circle", p.Circle)
	case slices.Contains(s.concerned(p), who):
		return OwnRemoval.Refuse("who", who, "proposal", p.Proposal)
	}
	return nil
}

// afterLeave sets the clock of somebody's leave.
func (s *State) afterLeave(e circle.Event) {
	begins := func(id circle.ID, who circle.PersonID) Timer { return Timer{LeaveBegins, string(id), string(who)} }
	ends := func(id circle.ID, who circle.PersonID) Timer { return Timer{LeaveEnds, string(id), string(who)} }
	switch e := e.(type) {
	case *circle.LeaveTaken:
		s.timers.set(begins(e.Circle, e.Person), e.From)
		s.timers.set(ends(e.Circle, e.Person), e.Until)
	case *circle.LeaveBegan:
		s.timers.set(begins(e.Circle, e.Person), time.Time{})
	case *circle.LeaveEnded:
		s.timers.set(begins(e.Circle, e.Person), time.Time{})
		s.timers.set(ends(e.Circle, e.Person), time.Time{})
	case *circle.Removed:
		s.timers.set(begins(e.Circle, e.Person), time.Time{})
		s.timers.set(ends(e.Circle, e.Person), time.Time{})
	case *circle.Left:
		s.timers.set(begins(e.Circle, e.Person), time.Time{})
		s.timers.set(ends(e.Circle, e.Person), time.Time{})
	}
}
