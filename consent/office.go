package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// peopleDeeds are the commands about people, roles and links that a decision
// may carry out, beside those that there were from the beginning.
func peopleDeeds() []Command {
	return []Command{circle.DefineRole{}, circle.RevokeRole{}, circle.OrderSurrogates{}, circle.Rotate{},
		circle.EndLink{}, circle.ConfirmLink{}, circle.RefuseLink{}, circle.SetMandate{}, circle.ConfirmRole{}, circle.Remove{}, circle.NameRepresentative{}, Instruct{}, circle.ChangeClass{}, circle.CoOpt{}, circle.RemoveMember{}}
}

// carried tells what a decision has carried out which case it was (M-50).
func carried(events []Event, by proposal.ID) {
	for _, e := range events {
		if e, ok := e.(interface{ Adopted(circle.Name) }); ok {
			e.Adopted(circle.Name(by))
		}
	}
}

// afterStaffing sets the clocks of those who wear a role, or act in their
// stead.
func (s *State) afterStaffing(e circle.Event) {
	switch e := e.(type) {
	case *circle.RoleGiven:
		s.timers.set(Timer{SubstituteEnds, string(e.Role), string(e.Person)}, time.Time{})
	case *circle.RoleLaidDown:
		s.timers.set(Timer{SubstituteEnds, string(e.Role), string(e.Person)}, time.Time{})
	case *circle.RoleRevoked:
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.Person)}, time.Time{})
		s.timers.set(Timer{SubstituteEnds, string(e.Role), string(e.Person)}, time.Time{})
	case *circle.RoleTurned:
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.From)}, time.Time{})
		s.timers.set(Timer{SubstituteEnds, string(e.Role), string(e.From)}, time.Time{})
		holders := s.Org.Role(e.Role).Holders // who took it over came to them last
		s.timers.set(Timer{RoleEnds, string(e.Role), string(e.To)}, holders[len(holders)-1].Until)
	case *circle.SubstituteNamed:
		if e.Item == "" {
			s.timers.set(Timer{SubstituteEnds, string(e.Role), string(e.Holder)}, e.Until)
		}
	case *circle.SubstituteEnded:
		if e.Item == "" {
			s.timers.set(Timer{SubstituteEnds, string(e.Role), string(e.Holder)}, time.Time{})
		}
	}
}

// dueInRoles lists the roles for which a circle is to choose again, and the
// check-ins of those who wear one (M-51, EC-81).
func (s *State) dueInRoles(now time.Time) []Due {
	var out []Due
	for _, id := range s.Org.Roles() {
		r := s.Org.Role(id)
		if last := s.selected[id]; last != nil && !last.Vacant.IsZero() {
			out = append(out, Due{At: last.Vacant, What: "selection-due", Of: string(id), Past: true})
		}
		for i := range r.Holders {
			h := &r.Holders[i]
			if h.Over {
				out = append(out, Due{At: h.Until, What: "selection-due", Of: string(id), Part: string(h.Person), Past: true})
			} else if at := h.NextCheckIn(); !at.IsZero() {
				out = append(out, Due{At: at, What: "check-in", Of: string(id), Part: string(h.Person), Past: !at.After(now)})
			}
		}
	}
	return out
}

// insteadOn is who facilitates one case in the Facilitator's stead, "" if nobody
// was named, or who was named is not there (M-59).
func (s *State) insteadOn(p *Process) circle.PersonID {
	who := s.Org.SubstituteFor(p.Circle, circle.Facilitator, circle.Name(p.Proposal))
	if who == "" || !s.there(p.Circle, who, s.openMeeting(p.Circle)) {
		return ""
	}
	return who
}

// there says whether somebody takes part in a circle, and in its meeting if one
// goes on.
func (s *State) there(id circle.ID, who circle.PersonID, m *Meeting) bool {
	return s.takesPart(id, who) == nil && (m == nil || m.Attends(who))
}

// facilitatesCase refuses who does not run the process of one case: who was
// named for it, or else who facilitates the circle. Who stands in for the
// Facilitator at any time may stand in here too, and the Facilitator may not.
func (s *State) facilitatesCase(p *Process, who circle.PersonID) error {
	instead := s.insteadOn(p)
	if instead == "" {
		return s.facilitates(p.Circle, who)
	}
	chairs := s.chairsOf(p.Circle)
	standsIn := s.Org.LevelIn(p.Circle, who) == circle.Full && !slices.Contains(chairs, who) && slices.Contains(s.standIns(p.Circle, chairs), who)
	if who == instead || standsIn {
		return nil
	}
	return NotFacilitating.Refuse("who", who, "circle", p.Circle, "facilitators", []circle.PersonID{instead})
}

// chairsFor are those who facilitate one case.
func (s *State) chairsFor(p *Process) []circle.PersonID {
	if who := s.insteadOn(p); who != "" {
		return []circle.PersonID{who}
	}
	return s.chairsOf(p.Circle)
}

// surrogates are those who stand in for the Facilitator by the circle's order
// and take full part (M-55).
func (s *State) surrogates(id circle.ID) []circle.PersonID {
	return slices.DeleteFunc(s.Org.Surrogates(id, circle.Facilitator), func(who circle.PersonID) bool {
		return s.Org.LevelIn(id, who) != circle.Full
	})
}

// surrogate is the first of them who is there, "" if none is.
func (s *State) surrogate(id circle.ID, m *Meeting) circle.PersonID {
	for _, who := range s.surrogates(id) {
		if s.there(id, who, m) {
			return who
		}
	}
	return ""
}

// attended says whether somebody of a list is there: at the meeting, if one
// goes on.
func (s *State) attended(list []circle.PersonID, m *Meeting) bool {
	return slices.ContainsFunc(list, func(who circle.PersonID) bool { return m == nil || m.Attends(who) })
}
