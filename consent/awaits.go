package consent

import (
	"maps"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Awaits lists everything that is awaited from one person now: on proposals and
// decisions, in meetings, of links that their circles are to confirm, and of
// safeguarding signals.
func (e *Engine) Awaits(who circle.PersonID) []Awaited {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Awaits(who)
}

// Awaits lists everything that is awaited from one person now.
func (s *State) Awaits(who circle.PersonID) []Awaited {
	var all []Awaited
	for _, id := range s.OpenProcesses() {
		all = append(all, s.Next(id)...)
	}
	for _, of := range s.Appeals("") {
		if id := s.appeals[of].Proposal; s.processes[id] == nil {
			all = append(all, s.nextOnAppeal(id)...)
		}
	}
	for _, u := range s.Org.PendingLinks() {
		all = append(all, s.confirming(u, string(u.To)))
	}
	for _, id := range slices.Sorted(maps.Keys(s.untold)) {
		all = append(all, s.nextToTell(id)...)
	}
	for _, m := range s.goingOn() {
		all = append(all, s.NextIn(m)...)
	}
	for _, id := range s.Safeguardings() {
		if g := s.signals[id]; g.Taken == "" {
			all = append(all, Awaited{Who: g.Leads, What: TakeUpSafeguarding{}.Wire(), Of: string(id), By: g.Until})
		}
	}
	return slices.DeleteFunc(s.through(all), func(a Awaited) bool { return !slices.Contains(a.Who, who) && !slices.Contains(a.Through, who) })
}

// goingOn lists the meetings that go on, by name.
func (s *State) goingOn() []MeetingID {
	var out []MeetingID
	for _, id := range s.sitting {
		if m := s.meetings[id]; m != nil && m.Status == StatusOpen {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// NextIn says from whom something is awaited before a meeting can close: the reports
// of the circles from which somebody is there (M-71).
func (e *Engine) NextIn(id MeetingID) []Awaited {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.NextIn(id)
}

// NextIn says from whom something is awaited in a meeting: reports before it can
// close, and a word on those who ask to look on.
func (s *State) NextIn(id MeetingID) []Awaited {
	m := s.meetings[id]
	if m == nil || m.Status != StatusOpen {
		return nil
	}
	var out []Awaited
	for _, from := range s.unreported(m) {
		next := Awaited{What: Report{}.Wire(), Of: string(id)}
		for _, who := range m.Present {
			if slices.Contains(s.Org.FromCircles(m.Circle, who), from) {
				next.Who = append(next.Who, who)
			}
		}
		out = append(out, next)
	}
	return append(out, s.visitsIn(m)...)
}

// confirming says that a circle is to confirm somebody who comes through a link.
func (s *State) confirming(u circle.Pending, of string) Awaited {
	return Awaited{Who: s.Org.FullIn(u.To), What: circle.ConfirmLink{}.Wire(), Of: of}
}

// nextOnLinks says which circles are to confirm somebody to whom a decision gave a
// role that links to them (M-64).
func (s *State) nextOnLinks(id proposal.ID) []Awaited {
	var out []Awaited
	for _, u := range s.pendingBy(id) {
		out = append(out, s.confirming(u, string(id)))
	}
	return out
}

// pendingBy lists whom circles are still to confirm of those to whom a decision gave a
// role. Most decisions give none, and cost no look at all the circles.
func (s *State) pendingBy(id proposal.ID) []circle.Pending {
	text := s.Matters.Proposal(id)
	if text == nil {
		return nil
	}
	gave := func(of circle.ID) bool {
		return slices.ContainsFunc(s.Org.Circle(of).Roles, func(role circle.RoleID) bool {
			r := s.Org.Role(role)
			return r.Hat != "" && slices.ContainsFunc(r.Holders, func(h circle.Holding) bool { return h.Case == circle.Name(id) })
		})
	}
	if !gave(text.Circle) && !slices.ContainsFunc(s.Org.Circle(text.Circle).Children, gave) {
		return nil
	}
	return slices.DeleteFunc(s.Org.PendingLinks(), func(u circle.Pending) bool { return u.Case != circle.Name(id) })
}

// withInstructions says of those who answer as their own circle has decided, and whose
// circle has not decided yet, that the circle is awaited (M-70).
func (s *State) withInstructions(p *Process, next []Awaited) []Awaited {
	uninstructed := func(who circle.PersonID) bool { return s.bound(p, who, "") != nil }
	if !slices.ContainsFunc(next, func(a Awaited) bool { return slices.ContainsFunc(a.Who, uninstructed) }) {
		return next // as a rule nobody is bound
	}
	var out []Awaited
	for _, a := range next {
		if a.What != (Respond{}).Wire() && a.What != (SealAnswer{}).Wire() {
			out = append(out, a)
			continue
		}
		free := a
		free.Who = nil
		var told []Awaited
		for _, who := range a.Who {
			if s.bound(p, who, "") == nil {
				free.Who = append(free.Who, who)
				continue
			}
			of := s.Org.BoundBy(p.Circle, who)
			told = append(told, Awaited{Who: s.Org.FullIn(of), What: Instruct{}.Wire(), Of: a.Of, By: a.By})
		}
		if len(free.Who) > 0 || len(told) == 0 {
			out = append(out, free)
		}
		out = append(out, told...)
	}
	return out
}

// permittedBesides says what a person may do on a case beside the moves of its stage:
// contest what another wrote down for them (CP-21), and, with their circle, confirm
// somebody to whom the decision gave a role that links to it (M-64).
func (s *State) permittedBesides(by circle.Actor, id proposal.ID, now time.Time) []Permission {
	var out []Permission
	if len(s.notes[id]) > 0 {
		c := Contest{Proposal: id}
		_, err := c.decide(s, by, now)
		out = append(out, Permission{c.Wire(), err})
	}
	if s.processes[id] != nil {
		return out
	}
	for _, u := range s.pendingBy(id) {
		out = append(out, Permission{circle.ConfirmLink{}.Wire(), proposal.ByConsent.Refuse("who", by.By, "circle", u.To)})
	}
	return out
}
