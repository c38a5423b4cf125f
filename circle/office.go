package circle

import (
	"slices"
	"time"
)

// A Definition says what a role is there for, apart from who wears it (M-46). It
// is a governed text: a new version is written by consent, and says by which
// case.
type Definition struct {
	Version          int
	Purpose          Text
	Domain           []Item
	Accountabilities []Item
	Limits           []Item
	Case             Name // the proposal that wrote it; empty: the founding
}

// Has says whether an item stands in the domain of the role.
func (d *Definition) Has(id ItemID) bool {
	return d != nil && slices.ContainsFunc(d.Domain, func(i Item) bool { return i.ID == id })
}

// A Rotation is the order in which a role goes from one to the next (EC-90).
type Rotation struct {
	Order []PersonID
	// BackStop is somebody with experience who is there if all else fails.
	BackStop PersonID
	Turns    int // how often it went on
}

// A ForItem is that somebody stands in for the wearer of a role on one item
// (M-59).
type ForItem struct {
	Item   Name
	Person PersonID
}

// Capacity is as what somebody acts in a role.
type Capacity string

// The capacities, in the order in which they are asked.
const (
	AsSubstitute Capacity = "substitute" // named for one item, or while the wearer is away
	AsHolder     Capacity = "holder"
	AsSurrogate  Capacity = "surrogate" // the first in the stated order who is there
	AsFallback   Capacity = "fallback"  // nobody wears it, and it falls to them
)

// inOffice is who acts by a holding: its holder, or who was named while they
// are away; "" when the term is over and the circle lets it rest.
func (o *Organisation) inOffice(r *Role, h *Holding) PersonID {
	switch {
	case h.Over && o.StaffingOf(r.Circle).AfterTerm == Rests:
		return ""
	case h.Substitute != "":
		return h.Substitute
	}
	return h.Person
}

// bears says whether somebody wears a hat in a circle or stands in for who
// does, whether or not the term has ended.
func (o *Organisation) bears(id ID, hat Hat, who PersonID) bool {
	for _, r := range o.circles[id].Roles {
		role := o.roles[r]
		if role.Hat == hat && slices.ContainsFunc(role.Holders, func(h Holding) bool { return h.Person == who || h.Substitute == who }) {
			return true
		}
	}
	return false
}

// apart refuses to let somebody wear a role beside a hat that is kept apart
// from it: Leader and Delegate of one circle always, others where the circle
// says so (EC-83, M-49).
func (o *Organisation) apart(r *Role, who PersonID) error {
	if r.Hat == "" {
		return nil
	}
	if opposite := opposites[r.Hat]; opposite != "" && o.bears(r.Circle, opposite, who) {
		return LeaderIsDelegate.Refuse("who", who, "circle", r.Circle)
	}
	for _, a := range o.StaffingOf(r.Circle).Apart {
		if a.Other == r.Hat {
			a.One, a.Other = a.Other, a.One
		}
		if a.One == r.Hat && o.bears(r.Circle, a.Other, who) {
			return HatsApart.Refuse("who", who, "hat", a.One, "other", a.Other, "circle", r.Circle)
		}
	}
	return nil
}

var opposites = map[Hat]Hat{Leader: Delegate, Delegate: Leader}

// Acting answers who acts in a role now, on an item if one is named: who was
// named for that item; who wears it; the first of the surrogates who is there;
// and when nobody wears it, who wears the hat that it falls to (M-55, M-56,
// M-59). Nobody: the circle itself. There says who is there; nil: everybody.
func (o *Organisation) Acting(id RoleID, item Name, there func(PersonID) bool) ([]PersonID, Capacity) {
	r := o.roles[id]
	if r == nil {
		return nil, ""
	}
	if there == nil {
		there = func(PersonID) bool { return true }
	}
	if who := r.Substitute(item); who != "" {
		return []PersonID{who}, AsSubstitute
	}
	if who, as := o.inRole(r, there); who != nil {
		return who, as
	}
	for _, who := range r.Surrogates {
		if there(who) && !o.bears(r.Circle, opposites[r.Hat], who) {
			return []PersonID{who}, AsSurrogate
		}
	}
	if len(r.Holders) == 0 {
		return o.fallsTo(r, there)
	}
	return nil, ""
}

// inRole lists those who wear a role or stand in for who does.
func (o *Organisation) inRole(r *Role, there func(PersonID) bool) (out []PersonID, as Capacity) {
	as = AsSubstitute
	for i := range r.Holders {
		h := &r.Holders[i]
		if who := o.inOffice(r, h); who != "" && there(who) && !slices.Contains(out, who) {
			out = append(out, who)
			if who == h.Person {
				as = AsHolder
			}
		}
	}
	return out, as
}

// fallsTo lists those to whom a role falls that nobody wears. Nobody so becomes
// Leader and Delegate of one circle.
func (o *Organisation) fallsTo(r *Role, there func(PersonID) bool) ([]PersonID, Capacity) {
	hat := o.StaffingOf(r.Circle).Unfilled
	if hat == "" {
		hat = Leader
	}
	if hat == r.Hat || opposites[r.Hat] == hat {
		return nil, ""
	}
	out := slices.DeleteFunc(o.Wearers(r.Circle, hat), func(who PersonID) bool { return !there(who) })
	if len(out) == 0 {
		return nil, ""
	}
	return out, AsFallback
}

// Substitute is who was named to act in the role on one item, "" if nobody.
func (r *Role) Substitute(item Name) PersonID {
	for _, s := range r.Items {
		if s.Item == item && item != "" {
			return s.Person
		}
	}
	return ""
}

// Overdue lists those whose term in the role has ended, so that the circle is to
// choose again (M-51).
func (r *Role) Overdue() []Holding {
	return slices.DeleteFunc(slices.Clone(r.Holders), func(h Holding) bool { return !h.Over })
}

// NextCheckIn is when holder and circle look at the role together next; the
// zero time: no check-in was agreed (EC-81, EC-86).
func (h *Holding) NextCheckIn() time.Time {
	if h.CheckIn.IsZero() {
		return time.Time{}
	}
	return h.CheckIn.Times(h.Since, h.CheckedIn+1)
}

// Surrogates are those who stand in for the wearers of a hat in a circle, in
// order (M-55).
func (o *Organisation) Surrogates(id ID, hat Hat) []PersonID {
	var out []PersonID
	if c := o.circles[id]; c != nil {
		for _, r := range c.Roles {
			if role := o.roles[r]; role.Hat == hat {
				out = append(out, role.Surrogates...)
			}
		}
	}
	return out
}

// SubstituteFor is who was named to wear a hat of a circle on one item, "" if
// nobody (M-59).
func (o *Organisation) SubstituteFor(id ID, hat Hat, item Name) PersonID {
	c := o.circles[id]
	if c == nil {
		return ""
	}
	for _, r := range c.Roles {
		if role := o.roles[r]; role.Hat == hat && len(role.Items) > 0 {
			if who := role.Substitute(item); who != "" {
				return who
			}
		}
	}
	return ""
}

// Roles lists all roles by name.
func (o *Organisation) Roles() []RoleID { return sortedKeys(o.roles) }
