package circle

import "slices"

// Because says by which text a circle decides on an item.
type Because string

// The grounds on which a circle decides (M-8, M-12).
const (
	InDomain   Because = "in-its-domain"    // it stands in its domain, and is handed to nobody
	LeftOver   Because = "left-over"        // pieces of it are handed down; what is left stays (M-8)
	Lent       Because = "lent"             // another circle lent it for a time (M-28)
	Overlaps   Because = "declared-overlap" // two hold it, and a third says which holds good (M-9)
	InNoDomain Because = "in-no-domain"     // no circle owns it, so it falls to the root: a gap (M-10)
)

// A Decider says which circle decides on an item of a domain, and by what.
type Decider struct {
	Circle  ID
	Item    ItemID
	Because Because
	// Holder is the circle in whose domain the item is, where it has lent it.
	Holder ID
	// Delegator is the circle that handed it down and keeps the overall
	// accountability (M-16); Mode is what is left to that one (M-12).
	Delegator ID
	Mode      Mode
	// Resolver says which holds good where others hold the item too.
	Resolver ID
	// Pieces are those handed further down.
	Pieces []ItemID
}

// Decides answers "who decides X?" by the residual rule: the innermost circle
// that holds the item; what was handed to nobody stays where it is, and what no
// circle owns falls to the root (M-8). There is more than one answer where an
// overlap is declared, or where circles in different places use one name.
func (o *Organisation) Decides(item ItemID) []Decider {
	var out []Decider
	for _, id := range o.holders[item] {
		if c := o.circles[id]; o.HandedTo(c, item) == "" {
			out = append(out, o.decider(c, item))
		}
	}
	if fell, ok := o.fell[item]; out == nil && ok {
		return []Decider{{Circle: o.standing(fell), Item: item, Because: LeftOver}}
	}
	if out == nil && o.root != "" {
		out = []Decider{{Circle: o.root, Item: item, Because: InNoDomain}}
	}
	return out
}

// DecidesIn answers who decides on an item, seen from a circle: one inside it if
// it was handed down, itself, or the nearest around it that holds it.
func (o *Organisation) DecidesIn(id ID, item ItemID) Decider {
	c := o.circles[id]
	for c != nil && !c.Owns(item) {
		c = o.circles[c.Parent]
	}
	if c == nil {
		return Decider{Circle: o.root, Item: item, Because: InNoDomain}
	}
	for to := o.HandedTo(c, item); to != ""; to = o.HandedTo(c, item) {
		c = o.circles[to]
	}
	return o.decider(c, item)
}

func (o *Organisation) decider(c *Circle, item ItemID) Decider {
	terms := c.TermsOf(item)
	d := Decider{Circle: c.ID, Item: item, Because: InDomain, Delegator: c.Parent, Mode: terms.Mode, Resolver: o.standing(terms.Resolver)}
	if d.Mode == "" && c.Parent != "" {
		d.Mode = Exclusive
	}
	for _, child := range c.Children {
		x := o.circles[child]
		if x.Closed {
			continue
		}
		for _, i := range x.Domain {
			if i.from() == item {
				d.Because, d.Pieces = LeftOver, append(d.Pieces, i.ID)
			}
		}
	}
	if d.Resolver != "" && o.shared(c, item) {
		d.Because = Overlaps
	} else {
		d.Resolver = ""
	}
	if h := c.Lender(item); h != nil {
		d.Holder, d.Circle, d.Because = c.ID, h.To, Lent
	}
	return d
}

// shared says whether a circle beside c holds an item too.
func (o *Organisation) shared(c *Circle, item ItemID) bool {
	for _, id := range o.holders[item] {
		if id != c.ID && o.circles[id].Parent == c.Parent {
			return true
		}
	}
	return false
}

// standing is a circle, or the one that took over what it left.
func (o *Organisation) standing(id ID) ID {
	for c := o.circles[id]; c != nil && c.Closed; c = o.circles[id] {
		id = c.Charter().Went
	}
	return id
}

// RulesOn says whether a circle may set a policy on an item: one of its own
// domain that is with nobody else, one that another lends it, or one that it
// handed down on the terms that its policy prevails (M-12, M-28, I-5). If not, to
// is who has the item from it, "" if it is not the circle's at all.
func (o *Organisation) RulesOn(c *Circle, item ItemID) (may bool, to ID) {
	if !c.Owns(item) {
		return slices.ContainsFunc(o.lenders[c.ID], func(id ID) bool {
			h := o.circles[id].Lender(item)
			return h != nil && h.To == c.ID
		}), ""
	}
	if h := c.Lender(item); h != nil {
		return false, h.To
	}
	to = o.HandedTo(c, item)
	return to == "" || o.Prevails(c.ID, to, item), to
}

// ObjectsTo says whether a person may object to what a circle decides on an item
// although they have no seat there: as a full participant of the circle that
// handed the item down on these terms (M-12), or as one who takes part in a
// helping team that the circle governs (M-19).
func (o *Organisation) ObjectsTo(id ID, item ItemID, who PersonID) bool {
	c := o.circles[id]
	if c == nil {
		return false
	}
	if c.Parent != "" && c.Owns(item) && c.TermsOf(item).Mode == MayObject && o.LevelIn(c.Parent, who) == Full {
		return true
	}
	return slices.ContainsFunc(c.Children, func(child ID) bool {
		x := o.circles[child]
		return x.Kind == HelpingTeam && !x.Closed && o.LevelIn(child, who) != "" && o.LevelIn(child, who) != Guest
	})
}

// Prevails says whether a policy of the outer circle on an item prevails over
// that of the inner one that holds it (M-12).
func (o *Organisation) Prevails(outer, inner ID, item ItemID) bool {
	c := o.circles[inner]
	return c != nil && c.Parent == outer && c.TermsOf(item).Mode == Supersede
}

// A Grant is one step of the way by which a circle has its authority.
type Grant struct {
	Circle ID
	From   ID // the circle that handed it its domain; empty: the members
	Domain []Item
}

// MandateOf traces the authority of a circle, link by link, back to the members
// (EC-8). A circle that stands alone has none.
func (o *Organisation) MandateOf(id ID) []Grant {
	if !o.Within(id, o.root) {
		return nil
	}
	var out []Grant
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		out = append(out, Grant{c.ID, c.Parent, c.Domain})
	}
	return out
}

// Binds lists the circles whose domains a circle's decisions bind beside its
// own: those that lend it something (M-21).
func (o *Organisation) Binds(id ID) []ID {
	out := slices.Clone(o.lenders[id])
	slices.Sort(out)
	return out
}
