package circle

import (
	"maps"
	"slices"
)

// Copy returns an organisation that can be changed without touching o. It
// costs time and memory in proportion to the organisation.
func (o *Organisation) Copy() *Organisation {
	c := &Organisation{founder: o.founder, root: o.root, settled: o.settled,
		people:  make(map[PersonID]*Person, len(o.people)),
		circles: make(map[ID]*Circle, len(o.circles)),
		roles:   make(map[RoleID]*Role, len(o.roles)),
		index:   o.index.copied(),
		ever:    o.ever,
	}
	for id, x := range o.changes {
		if c.changes == nil {
			c.changes = make(map[Name]*Change, len(o.changes))
		}
		copied := *x
		copied.Agreed, copied.Awaits = slices.Clip(x.Agreed), slices.Clone(x.Awaits)
		c.changes[id] = &copied
	}
	c.steads = maps.Clone(o.steads) // each list is replaced, never changed
	c.money = o.money.copied()
	if o.intents != nil {
		c.intents = make(map[IntentID]*Intent, len(o.intents))
	}
	for id, i := range o.intents {
		copied := *i
		c.intents[id] = &copied
	}
	for id, p := range o.people {
		copied := *p
		copied.Supporters = slices.Clip(p.Supporters)
		copied.Interpreters = slices.Clip(p.Interpreters)
		c.people[id] = &copied
	}
	for id, x := range o.circles {
		copied := *x
		copied.Participants = slices.Clone(x.Participants)
		copied.Roles, copied.Children, copied.Linked = slices.Clone(x.Roles), slices.Clone(x.Children), slices.Clone(x.Linked)
		copied.Beside = x.Beside.copied()
		c.circles[id] = &copied
	}
	for id, r := range o.roles {
		copied := *r
		copied.Holders, copied.Items = slices.Clone(r.Holders), slices.Clip(r.Items)
		c.roles[id] = &copied
	}
	return c
}
