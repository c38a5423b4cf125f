package circle

import "slices"

// Who acts in a role, and who sits in a circle through a link, follow from much
// else: from who stands in for whom and whose term is over, from whom the receiving
// circle confirmed, from what it and the circles around it agreed. The past notes
// what came of it, whenever an event may have changed it, and does not reckon it
// anew.

// follow notes who acts and who sits there now, where an event may have changed it.
func (p *past) follow(o *Organisation, e Event) {
	switch e := e.(type) {
	case *Linked:
		if !slices.Contains(p.into[e.Circle], e.To) {
			p.into[e.Circle] = append(p.into[e.Circle], e.To)
		}
		p.through(o, e.To, e.Circle)
	case *LinkEnded:
		p.through(o, e.To, e.Circle)
	case *LinkConfirmed:
		p.through(o, e.To, e.Circle)
	case *LinkRefused:
		p.through(o, e.To, e.Circle)
	case *RulesAgreed:
		p.within(o, e.Circle)
	case *Closed:
		p.from(o, e.Circle)
	case *Dissolved:
		p.all(o, e.Circle)
		p.from(o, e.Circle)
	case *Merged:
		p.all(o, e.Circle)
		p.from(o, e.Circle)
	case *RoleMoved:
		p.staffed(o, e.Role)
		p.from(o, e.From)
	default:
		p.acts(o, e)
	}
}

// acts is follow for events about one role.
func (p *past) acts(o *Organisation, e Event) {
	switch e := e.(type) {
	case *RoleGiven:
		p.staffed(o, e.Role)
	case *RoleLaidDown:
		p.staffed(o, e.Role)
	case *RoleRevoked:
		p.staffed(o, e.Role)
	case *RoleTurned:
		p.staffed(o, e.Role)
	case *RoleTermEnded:
		p.staffed(o, e.Role)
	case *RoleDissolved:
		p.staffed(o, e.Role)
	case *CoOpted:
		p.staffed(o, e.Role)
	case *SubstituteNamed:
		p.staffed(o, e.Role)
	case *SubstituteEnded:
		p.staffed(o, e.Role)
	case *SurrogatesOrdered:
		p.staffed(o, e.Role)
	}
}

// staffed notes who acts in a role, and who sits elsewhere by it.
func (p *past) staffed(o *Organisation, id RoleID) {
	p.office(o, id)
	p.from(o, o.roles[id].Circle)
}

// from notes who sits in the circles to which one is linked.
func (p *past) from(o *Organisation, id ID) {
	for _, to := range p.into[id] {
		p.through(o, to, id)
	}
}

// all notes who sits in a circle by any link.
func (p *past) all(o *Organisation, id ID) {
	for _, l := range p.circle(id).through {
		p.through(o, id, l.from)
	}
}

// within is what the rules of a circle change: in itself, in those inside, and in
// those to which they are linked.
func (p *past) within(o *Organisation, id ID) {
	c := o.circles[id]
	for _, r := range c.Roles {
		p.office(o, r)
	}
	p.all(o, id)
	p.from(o, id)
	for _, child := range c.Children {
		p.within(o, child)
	}
}

// office notes who acts in a role by wearing it or standing in for who does.
func (p *past) office(o *Organisation, id RoleID) {
	r := o.roles[id]
	var now []PersonID
	for i := range r.Holders {
		if who := o.inOffice(r, &r.Holders[i]); who != "" && !slices.Contains(now, who) {
			now = append(now, who)
		}
	}
	x := p.roles[id]
	x.office = p.become(x.office, now)
}

// through notes who sits in a circle by the links from another one.
func (p *past) through(o *Organisation, id, from ID) {
	c := o.circles[id]
	var now []PersonID
	for i := range c.Linked {
		if c.Linked[i].From != from {
			continue
		}
		for _, who := range o.Through(id, &c.Linked[i]) {
			if !slices.Contains(now, who) {
				now = append(now, who)
			}
		}
	}
	x := p.circle(id)
	i, known := x.links[from]
	if !known {
		if x.links == nil {
			x.links = map[ID]int{}
		}
		i = len(x.through)
		x.links[from], x.through = i, append(x.through, linkPast{from: from})
	}
	x.through[i].who = p.become(x.through[i].who, now)
}

// become ends the spans of those who are not among some people any more, and
// begins those of who has come.
func (p *past) become(list []holderSpan, now []PersonID) []holderSpan {
	var there []PersonID
	for i := range list {
		switch s := &list[i]; {
		case s.to != always:
		case slices.Contains(now, s.who):
			there = append(there, s.who)
		default:
			s.to = p.now
		}
	}
	for _, who := range now {
		if !slices.Contains(there, who) {
			list = append(list, holderSpan{span{p.now, always}, who})
		}
	}
	return list
}
