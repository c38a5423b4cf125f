package circle

import (
	"fmt"
	"slices"
)

// Safeguarding says who acts when somebody says that a person may be in danger
// (CP-22). It stands in the rules of the root circle and holds for everybody, so
// that nothing about a signal tells where it came from.
type Safeguarding struct {
	// Role is a role whose wearers act, and Leads are people who act, beside them or
	// without any.
	Role  RoleID     `json:"role,omitempty"`
	Leads []PersonID `json:"leads,omitempty"`
	// Within is how long they have to take a signal up. Then they are reminded, and
	// the first of Next is asked as well, after as long again the second, and so on.
	// Not said: nobody is reminded, and the signal stays due.
	Within Period     `json:"within,omitempty"`
	Next   []PersonID `json:"next,omitempty"`
}

// Check refuses what names nobody, or a next in line whose turn never comes.
func (s *Safeguarding) Check() error {
	switch {
	case s.Role == "" && len(s.Leads) == 0:
		return fmt.Errorf("who acts on a safeguarding signal is a role, or people, and neither is named")
	case len(s.Next) > 0 && s.Within.IsZero():
		return fmt.Errorf("whoever is next in line is asked when the time of those before them is over, and no time is said")
	}
	return nil
}

// SafeguardingAtRoot is the refusal of leads for one circle.
var SafeguardingAtRoot = &Code{ID: "safeguarding-at-root", Kind: ErrNotValid, Rule: "CP-22", Stands: InEngine,
	Says: "Who acts on a safeguarding signal is agreed in {root} for the whole organisation, and not in {circle}: so nothing tells where a signal came from."}

// soundLeads refuses leads of one circle, and leads whom nobody knows but those who
// found the organisation now. A role may be created until the founding is over.
func (o *Organisation) soundLeads(id ID, r *Safeguarding, founders ...PersonID) error {
	if r == nil {
		return nil
	}
	if o.root != "" && id != o.root {
		return SafeguardingAtRoot.Refuse("root", o.root, "circle", id)
	}
	for i, list := 0, slices.Concat(r.Leads, r.Next); i < len(list); i++ {
		if o.people[list[i]] == nil && !slices.Contains(founders, list[i]) {
			return UnknownPerson.Refuse("who", list[i])
		}
		if slices.Contains(list[:i], list[i]) {
			return TwiceInDomain.Refuse("item", list[i])
		}
	}
	if o.settled && r.Role != "" && o.roles[r.Role] == nil {
		return UnknownRole.Refuse("role", r.Role)
	}
	return nil
}

// Safeguards names who acts on a safeguarding signal as the rules are now: those
// who are asked at once, and those who are next in line. Where nobody wears the
// role, the first in line is asked at once.
func (o *Organisation) Safeguards() (leads, next []PersonID) {
	root := o.circles[o.root]
	if root == nil || root.Rules.Safeguarding == nil {
		return nil, nil
	}
	r := root.Rules.Safeguarding
	if role := o.roles[r.Role]; role != nil && !role.Ended {
		for i := range role.Holders {
			leads = append(leads, o.inOffice(role, &role.Holders[i]))
		}
	}
	leads = distinctPeople(append(leads, r.Leads...))
	next = slices.DeleteFunc(slices.Clone(r.Next), func(who PersonID) bool { return slices.Contains(leads, who) })
	if len(leads) == 0 && len(next) > 0 {
		leads, next = next[:1:1], next[1:]
	}
	return leads, next
}

// SafeguardsWithin is how long the leads have to take a signal up; zero: no time is
// said.
func (o *Organisation) SafeguardsWithin() Period {
	if root := o.circles[o.root]; root != nil && root.Rules.Safeguarding != nil {
		return root.Rules.Safeguarding.Within
	}
	return Period{}
}

// distinctPeople leaves out nobody's name, and each that comes again.
func distinctPeople(list []PersonID) []PersonID {
	var out []PersonID
	for _, who := range list {
		if who != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}
