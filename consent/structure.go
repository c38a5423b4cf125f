package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals of changes of structure that concern agreements.
var (
	PolicyElsewhere = &circle.Code{ID: "policy-elsewhere", Kind: circle.ErrNotKnown, Rule: "M-26, M-27", Stands: circle.InEngine,
		Says: "{policy} is no agreement in force of {circle}, or is named twice."}
	PoliciesUnnamed = &circle.Code{ID: "policies-unnamed", Kind: circle.ErrNotValid, Rule: "M-27, I-19", Stands: circle.InEngine,
		Says: "Say of each agreement of {circle} whether it holds on or ends. Nothing was said of {left}."}
	WhyTheyEnd = &circle.Code{ID: "why-they-end", Kind: circle.ErrNotValid, Rule: "M-27", Stands: circle.InEngine,
		Says: "Give a reason why {policies} end with {circle}."}
)

func structureCodes() []*circle.Code {
	return []*circle.Code{PolicyElsewhere, PoliciesUnnamed, WhyTheyEnd, PoliciesRest}
}

// structureDeeds are the changes of structure that a decision may carry out, and
// who sits at a meeting from outside.
func structureDeeds() []Command {
	out := sittingDeeds()
	for _, c := range circle.StructureCommands() {
		if c.Wire() != (circle.StandAlone{}).Wire() {
			out = append(out, c)
		}
	}
	return out
}

// namesPolicies refuses a change of structure that names agreements which are
// not there, or a merger that leaves some unnamed. What a consent to a change
// names is what the change names.
func (s *State) namesPolicies(c circle.Deed) error {
	if joins, ok := c.(interface{ Pending() circle.Name }); ok {
		change := s.Org.Change(joins.Pending())
		if change == nil {
			return nil
		}
		c = change.Deed
	}
	named, ok := c.(interface {
		Policies() (circle.ID, []circle.Name)
	})
	if !ok {
		return nil
	}
	at, list := named.Policies()
	for i, id := range list {
		p := s.Matters.Proposal(proposal.ID(id))
		if p == nil || p.Status != proposal.StatusAgreement || p.Circle != at || slices.Contains(list[:i], id) {
			return PolicyElsewhere.Refuse("policy", id, "circle", at)
		}
	}
	merge, ok := merging(c)
	switch {
	case !ok:
		return nil
	case len(merge.End) > 0 && merge.Reason.IsZero():
		return WhyTheyEnd.Refuse("policies", merge.End, "circle", at)
	}
	left := slices.DeleteFunc(s.Matters.Leaves(at).Proposals, func(id proposal.ID) bool { return slices.Contains(list, circle.Name(id)) })
	if len(left) > 0 {
		return PoliciesUnnamed.Refuse("circle", at, "left", left)
	}
	return nil
}

func merging(c circle.Deed) (circle.Merge, bool) {
	switch c := c.(type) {
	case circle.Merge:
		return c, true
	case *circle.Merge:
		return *c, true
	}
	return circle.Merge{}, false
}

// bequests answers what becomes of the matters of circles that a decision ends:
// agreements and needs fall to the circle that takes what is left, and so do open
// cases, which begin there anew by its method (M-24, M-27).
func (s *State) bequests(deciding *Process, text *proposal.Proposal, done []Event, now time.Time) ([]Event, error) {
	var out []Event
	for _, e := range done {
		var left proposal.Inherited
		var ends []circle.Name
		var why circle.Text
		switch e := e.(type) {
		case *circle.Dissolved:
			left = s.Matters.Leaves(e.Circle)
			left.To = e.To
		case *circle.Merged:
			left, ends, why = s.Matters.Leaves(e.Circle), e.End, e.Reason
			left.To = e.Into
		default:
			continue
		}
		for _, id := range ends {
			out = append(out, &proposal.Dropped{Proposal: proposal.ID(id), Reason: why})
		}
		cases, err := s.bequeath(deciding, left, now)
		if err != nil {
			return nil, err
		}
		left.Proposals = slices.DeleteFunc(left.Proposals, func(id proposal.ID) bool {
			return slices.Contains(ends, circle.Name(id)) || id != deciding.Proposal && s.processes[id] != nil || wentBack(done, id)
		})
		if text.Circle == left.From && text.Sort == proposal.Policy && !slices.Contains(left.Proposals, text.ID) {
			left.Proposals = append(left.Proposals, text.ID)
		}
		if len(left.Proposals)+len(left.Needs) > 0 {
			out = append(out, &left)
		}
		out = append(out, cases...)
	}
	return out, nil
}

// wentBack says whether an agreement went already with what was lent and
// returned.
func wentBack(done []Event, id proposal.ID) bool {
	return slices.ContainsFunc(done, func(e Event) bool {
		went, ok := e.(*proposal.Inherited)
		return ok && slices.Contains(went.Proposals, id)
	})
}

// bequeath brings the open cases of a circle before the one that inherits.
func (s *State) bequeath(deciding *Process, left proposal.Inherited, now time.Time) ([]Event, error) {
	var out []Event
	for _, id := range s.OpenProcesses() {
		p := s.processes[id]
		if p.Circle != left.From || id == deciding.Proposal {
			continue
		}
		text := s.Matters.Proposal(id)
		method, err := s.methodOf(left.To, text.Sort, "")
		if err != nil {
			return nil, err
		}
		out = append(out, endings(s.open(id))...)
		out = append(out, &Transferred{Proposal: id, From: left.From, To: left.To, By: text.Proposer()},
			s.opened(id, left.To, text.Need, method, now))
	}
	return out, nil
}

// beforeStructure disarms what a role has running when it ends.
func (s *State) beforeStructure(e circle.Event) {
	if d, ok := e.(*circle.RoleDissolved); ok {
		for _, h := range s.Org.Role(d.Role).Holders {
			s.timers.set(Timer{RoleEnds, string(d.Role), string(h.Person)}, time.Time{})
		}
	}
}

// afterStructure arms what returns by itself, and moves what goes along with a
// change of structure.
func (s *State) afterStructure(e circle.Event) {
	switch e := e.(type) {
	case *circle.ItemLent:
		s.timers.set(Timer{HandoverEnds, string(e.Circle), string(e.Item)}, e.Until)
	case *circle.Returned:
		s.timers.set(Timer{HandoverEnds, string(e.Circle), string(e.Item)}, time.Time{})
	case *circle.PolicyMoved:
		s.Matters.Move(proposal.ID(e.Policy), e.To, e.Item)
	case *circle.Founded:
		s.stir(e.Circle)
	case *circle.Opened:
		s.stir(e.Circle)
	}
}

// objectsFromOutside says whether somebody without a seat may object to a case:
// its circle holds the item on these terms (M-12), or governs a helping team in
// which they take part (M-19).
func (s *State) objectsFromOutside(p *Process, by circle.Actor) bool {
	item := circle.ItemID("")
	if text := s.Matters.Proposal(p.Proposal); text != nil {
		if n := s.Matters.Need(text.Need); n != nil {
			item = n.Item
		}
	}
	return s.Org.ObjectsTo(p.Circle, item, by.By)
}
