package circle

import "slices"

// An Authority answers: may this person do this now, and by which text (M-61)?
type Authority struct {
	May    bool
	Item   ItemID
	Circle ID // the circle in whose domain the item lies; empty: in nobody's
	// Role is the role that the circle entrusted the item to, empty: none, so
	// that the circle decides by consent.
	Role RoleID
	Who  []PersonID // who may act on it alone
	As   Capacity   // as what they act
	// Text is the case that wrote what the answer rests on: the definition of the
	// role. Empty: the founding.
	Text    Name
	Version int
	Limits  []Item // within which they act
}

// AuthorityOver answers who may act on an item of a domain alone, whether the
// person is one of them, and by which text.
func (o *Organisation) AuthorityOver(item ItemID, who PersonID) Authority {
	a := Authority{Item: item, Circle: o.holderOf(item)}
	c := o.circles[a.Circle]
	if c == nil {
		return a
	}
	for _, id := range c.Roles {
		r := o.roles[id]
		if !r.Definition.Has(item) {
			continue
		}
		a.Role, a.Text, a.Version, a.Limits = id, r.Definition.Case, r.Definition.Version, r.Definition.Limits
		a.Who, a.As = o.Acting(id, "", nil)
		a.May = slices.Contains(a.Who, who)
	}
	return a
}

// holderOf is the circle that decides on an item: the one that holds it and has
// not handed it on.
func (o *Organisation) holderOf(item ItemID) ID {
	if c := o.circles[o.root]; c != nil && c.Owns(item) {
		for next := o.HandedTo(c, item); next != ""; next = o.HandedTo(c, item) {
			c = o.circles[next]
		}
		return c.ID
	}
	for _, id := range o.Circles() {
		if c := o.circles[id]; !c.Closed && c.Owns(item) && o.HandedTo(c, item) == "" {
			return id
		}
	}
	return ""
}
