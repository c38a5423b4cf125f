package circle

import "slices"

// A Pending is somebody who comes through a link, and whom the receiving circle
// has neither confirmed nor refused yet (M-64).
type Pending struct {
	Circle ID // where they come from
	To     ID // who confirms them
	As     Hat
	Role   RoleID // the one role that the link goes by; empty: whoever wears the hat
	Person PersonID
	Case   Name // the proposal that gave them the role, empty: the founding
}

// PendingLinks lists whom circles are still to confirm, by the circle that confirms.
func (o *Organisation) PendingLinks() []Pending {
	var out []Pending
	for _, to := range o.Circles() {
		c := o.circles[to]
		if c.Closed || len(c.Linked) == 0 || !o.LinkingOf(to).Confirm {
			continue
		}
		for i := range c.Linked {
			out = append(out, o.pending(to, &c.Linked[i])...)
		}
	}
	return out
}

// pending lists whom a circle is still to confirm of those who come through one
// link.
func (o *Organisation) pending(to ID, l *Link) []Pending {
	if o.circles[l.From].Closed {
		return nil
	}
	var out []Pending
	for _, who := range o.wearersOf(l) {
		refused := func(r Refused) bool { return r.Person == who }
		if slices.Contains(l.bond().Confirmed, who) || slices.ContainsFunc(l.bond().Refused, refused) {
			continue
		}
		u := Pending{Circle: l.From, To: to, As: l.As, Role: l.bond().Role, Person: who}
		for _, id := range o.circles[l.From].Roles {
			if r := o.roles[id]; r.Hat == l.As && (u.Role == "" || u.Role == id) && r.holding(who) != nil {
				u.Case = r.holding(who).Case
			}
		}
		out = append(out, u)
	}
	return out
}
