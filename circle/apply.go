package circle

import "slices"

// Apply takes what has happened. It cannot fail: whether it may happen was
// answered before.
func (o *Organisation) Apply(e Event) {
	e.apply(o)
	o.remember(e)
}

func (e Founded) apply(o *Organisation) {
	o.founder, o.root = e.By, e.Circle
	o.people = map[PersonID]*Person{}
	o.roles = map[RoleID]*Role{}
	o.circles = map[ID]*Circle{e.Circle: {ID: e.Circle, Kind: Root, Name: e.Name, Aim: e.Aim,
		AimParts: e.AimParts, Domain: e.Domain}}
	o.index = newIndex()
	o.indexed(o.circles[e.Circle])
}

func (e Opened) apply(o *Organisation) {
	o.circles[e.Circle] = &Circle{ID: e.Circle, Kind: e.Type, Parent: e.Parent, Name: e.Name, Aim: e.Aim,
		AimParts: e.AimParts, Domain: e.Domain, Product: e.Product, Meetings: e.Meetings, Answers: e.Answers}
	p := o.circles[e.Parent]
	p.Children = append(p.Children, e.Circle)
	e.chartered(o.circles[e.Circle])
	o.indexed(o.circles[e.Circle])
}

func (e Admitted) apply(o *Organisation) {
	o.people[e.Person] = &Person{ID: e.Person, Name: e.Name, Class: e.Class, Reading: e.Reading,
		Formats: e.Formats, Access: e.Access}
	if e.Body != "" {
		o.people[e.Person].Body, o.ever.bodies = &Body{Kind: e.Body}, true
	}
}

func (e SupporterNamed) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Supporters = append(p.Supporters, e.Supporter)
}

func (e Joined) apply(o *Organisation) {
	c := o.circles[e.Circle]
	for i := range c.Participants {
		if c.Participants[i].Person == e.Person {
			c.Participants[i].Level = e.Level
			return
		}
	}
	if len(c.Removed) > 0 {
		c.Removed = slices.DeleteFunc(slices.Clone(c.Removed), func(who PersonID) bool { return who == e.Person })
	}
	if len(c.Agreed) > 0 {
		c.Agreed = slices.DeleteFunc(slices.Clone(c.Agreed), func(who PersonID) bool { return who == e.Person })
	}
	c.Participants = append(c.Participants, Participant{e.Person, e.Level})
}

func (e Left) apply(o *Organisation) {
	c := o.circles[e.Circle]
	c.Participants = slices.DeleteFunc(c.Participants, func(p Participant) bool { return p.Person == e.Person })
	c.back(e.Person)
}

func (c *Circle) back(who PersonID) {
	if len(c.Leaves) > 0 {
		c.Leaves = slices.DeleteFunc(slices.Clone(c.Leaves), func(l Away) bool { return l.Person == who })
	}
}

func (e RoleCreated) apply(o *Organisation) {
	o.roles[e.Role] = &Role{ID: e.Role, Circle: e.Circle, Hat: e.Hat, Name: e.Name}
	c := o.circles[e.Circle]
	c.Roles = append(c.Roles, e.Role)
}

func (e RoleGiven) apply(o *Organisation) {
	r := o.roles[e.Role]
	e.without(r)
	r.Offered = nil
	r.Holders = append(r.Holders, Holding{Person: e.Person, Since: e.Since, Until: e.Until, Focus: e.Focus, Case: e.Case, CheckIn: e.CheckIn})
}

// without takes the person's earlier holding away: they have a new term.
func (e RoleGiven) without(r *Role) {
	r.Holders = slices.DeleteFunc(r.Holders, func(h Holding) bool { return h.Person == e.Person })
}

func (e RoleLaidDown) apply(o *Organisation) {
	o.roles[e.Role].leaves(e.Person)
}

func (e RoleTermEnded) apply(o *Organisation) {
	r := o.roles[e.Role]
	for i := range r.Holders {
		if r.Holders[i].Person == e.Person {
			r.Holders[i].Over = true
		}
	}
}

func (e FoundingEnded) apply(o *Organisation) { o.settled = true }

func (e Closed) apply(o *Organisation) {
	o.circles[e.Circle].Closed = true
	o.unindexed(o.circles[e.Circle])
}

func (e Met) apply(o *Organisation) { o.circles[e.Circle].Held++ }
