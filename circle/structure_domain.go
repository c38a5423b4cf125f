package circle

import (
	"slices"
	"time"
)

// The refusals that concern aims and domains.
var (
	StillHandedDown = &Code{ID: "still-handed-down", Kind: ErrNotValid, Rule: "I-3", Stands: InEngine,
		Says: "{circle} cannot give up {item} while {other} holds it, or a piece of it, from {circle}."}
	BadTerms = &Code{ID: "bad-terms", Kind: ErrNotValid, Rule: "M-12", Stands: InEngine,
		Says: "{circle} has no item {item} in its domain, or its terms are given twice."}
	NoOverlap = &Code{ID: "no-overlap", Kind: ErrNotValid, Rule: "M-9, I-4", Stands: InRules,
		Says: "{parent} has not agreed that the domains of two circles inside it may overlap."}
	BadResolver = &Code{ID: "bad-resolver", Kind: ErrNotValid, Rule: "M-9, I-4", Stands: InEngine,
		Says: "{resolver} cannot resolve what overlaps in {circle}: name {parent}, or a circle around it."}
	NothingGiven = &Code{ID: "nothing-given", Kind: ErrNotValid, Stands: InEngine,
		Says: "Nothing is said that would change {circle}."}
	NothingToConfirm = &Code{ID: "nothing-to-confirm", Kind: ErrTaken, Rule: "M-4", Stands: InEngine,
		Says: "{circle} has nothing to confirm: its aim and domain are its own."}
	NotFree = &Code{ID: "not-free", Kind: ErrNotValid, Rule: "M-5, I-1", Stands: InEngine,
		Says: "{circle} lies in {parent} already: only a circle that stands alone is taken in."}
)

func domainCodes() []*Code {
	return []*Code{StillHandedDown, BadTerms, NoOverlap, BadResolver, NothingGiven, NothingToConfirm, NotFree}
}

// soundTerms refuses terms of what is not in the domain, and a declared overlap
// where none is agreed, or that nobody could resolve.
func (o *Organisation) soundTerms(id ID, parent *Circle, domain []Item, terms []Terms) error {
	for i, t := range terms {
		in := slices.ContainsFunc(domain, func(x Item) bool { return x.ID == t.Item })
		twice := slices.ContainsFunc(terms[:i], func(x Terms) bool { return x.Item == t.Item })
		if !in || twice {
			return BadTerms.Refuse("circle", id, "item", t.Item)
		}
		if t.Resolver == "" {
			continue
		}
		switch {
		case parent == nil || !o.Within(parent.ID, t.Resolver):
			return BadResolver.Refuse("circle", id, "resolver", t.Resolver, "parent", around(parent))
		case !o.StructuringOf(parent.ID).Overlap:
			return NoOverlap.Refuse("parent", parent.ID)
		}
	}
	return nil
}

func around(c *Circle) string {
	if c == nil {
		return "the circle around it"
	}
	return string(c.ID)
}

// handable refuses a domain of which the parent cannot hand on each item to a
// circle: to nobody whom it has handed it already, unless both declare it.
func (o *Organisation) handable(parent *Circle, to ID, domain []Item, terms []Terms) error {
	for _, item := range domain {
		if parent.Owns(item.from()) && item.from() != item.ID && parent.Owns(item.ID) {
			return TakenID.Refuse("id", item.ID)
		}
		other := ID("")
		if l := parent.Lender(item.from()); l != nil {
			other = l.To
		}
		if other == "" {
			other = o.clashing(parent, to, item, resolverOf(terms, item.ID))
		}
		if !parent.Owns(item.from()) || other != "" {
			return NotHeld.Refuse("parent", parent.ID, "item", item.ID, "other", plainOr(other, "another circle"))
		}
	}
	return o.soundTerms(to, parent, domain, terms)
}

func resolverOf(terms []Terms, id ItemID) ID {
	for _, t := range terms {
		if t.Item == id {
			return t.Resolver
		}
	}
	return ""
}

// clashing returns a circle inside parent, other than one, whose domain does not
// go together with an item; "" if all do (M-7, M-9).
func (o *Organisation) clashing(parent *Circle, to ID, item Item, resolver ID) ID {
	for _, child := range parent.Children {
		x := o.circles[child]
		if x.Closed || child == to {
			continue
		}
		for _, i := range x.Domain {
			whole := i.ID == item.from() || item.from() == item.ID && i.from() == item.ID
			if !whole && i.ID != item.ID {
				continue
			}
			if i.ID != item.ID || resolver == "" || x.TermsOf(i.ID).Resolver != resolver {
				return child
			}
		}
	}
	return ""
}

func (c Redefine) concerns(o *Organisation) ([]ID, error) {
	x, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if x.Parent != "" && o.StructuringOf(x.Parent).Change == ParentAlone {
		return []ID{x.Parent}, nil
	}
	return both(x), nil
}

func (c Redefine) carry(o *Organisation, _ time.Time) ([]Event, error) {
	x := o.circles[c.Circle]
	if c.Name.IsZero() && c.Aim.IsZero() && len(c.AimParts)+len(c.Domain)+len(c.Terms) == 0 {
		return nil, NothingGiven.Refuse("circle", c.Circle)
	}
	if err := soundItems(c.Domain, c.AimParts); err != nil {
		return nil, err
	}
	domain, terms := c.Domain, c.Terms
	if len(domain) == 0 {
		domain = x.Domain
	}
	if len(terms) == 0 {
		terms = x.Charter().Terms
	}
	if len(c.Domain) > 0 && x.ByParent() {
		return nil, HelpingHasNone.Refuse("circle", c.Circle)
	}
	if err := o.fits(x, domain, terms); err != nil {
		return nil, err
	}
	events := []Event{&Redefined{Circle: c.Circle, Name: c.Name, Aim: c.Aim, AimParts: c.AimParts, Domain: c.Domain, Terms: c.Terms}}
	return events, nil
}

// fits refuses a domain and its terms that do not go together with the circle
// around and those inside.
func (o *Organisation) fits(x *Circle, domain []Item, terms []Terms) error {
	if p := o.circles[x.Parent]; p != nil {
		if err := o.handable(p, x.ID, domain, terms); err != nil {
			return err
		}
	} else if err := o.soundTerms(x.ID, nil, domain, terms); err != nil {
		return err
	}
	holds := func(id ItemID) bool { return slices.ContainsFunc(domain, func(i Item) bool { return i.ID == id }) }
	for _, child := range x.Children {
		if o.circles[child].Closed {
			continue
		}
		for _, i := range o.circles[child].Domain {
			if !holds(i.from()) || i.from() != i.ID && holds(i.ID) {
				return StillHandedDown.Refuse("circle", x.ID, "item", i.from(), "other", child)
			}
		}
	}
	for _, h := range x.Charter().Lent {
		if !holds(h.Item) {
			return StillHandedDown.Refuse("circle", x.ID, "item", h.Item, "other", h.To)
		}
	}
	return nil
}

func (c ConfirmAim) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	x, err := o.open(c.Circle)
	switch {
	case err != nil:
		return nil, err
	case f.ConsentOf != c.Circle:
		return nil, ByConsentOnly.Refuse("who", plainOr(ID(by.By), string(f.ConsentOf)), "circle", c.Circle)
	case !x.Charter().Unconfirmed:
		return nil, NothingToConfirm.Refuse("circle", c.Circle)
	}
	return []Event{&AimConfirmed{Circle: c.Circle}}, nil
}

func (c Describe) concerns(o *Organisation) ([]ID, error) {
	x, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	return both(x), nil
}

func (c Describe) carry(o *Organisation, _ time.Time) ([]Event, error) {
	return []Event{&Described{Circle: c.Circle, Version: o.circles[c.Circle].Charter().Version + 1, About: c.About}}, nil
}

func (c StandAlone) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	switch {
	case o.circles[c.ID] != nil:
		return nil, TakenID.Refuse("id", c.ID)
	case f.ConsentOf != "" || o.people[by.By] == nil:
		return nil, UnknownPerson.Refuse("who", by.By)
	case c.Aim.IsZero():
		return nil, NoAim.Refuse("circle", c.ID)
	case len(c.Domain) == 0:
		return nil, NoDomain.Refuse("circle", c.ID)
	}
	if err := soundItems(c.Domain, c.AimParts); err != nil {
		return nil, err
	}
	return []Event{&StoodAlone{Circle: c.ID, By: by.By, Name: c.Name, Aim: c.Aim, AimParts: c.AimParts, Domain: c.Domain},
		&Joined{Circle: c.ID, Person: by.By, Level: Full}}, nil
}

func (c TakeIn) concerns(o *Organisation) ([]ID, error) {
	x, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if _, err := o.open(c.Parent); err != nil {
		return nil, err
	}
	if !o.Free(c.Circle) || !o.Within(c.Parent, o.root) {
		return nil, NotFree.Refuse("circle", c.Circle, "parent", plainOr(x.Parent, "no circle, and neither does "+string(c.Parent)))
	}
	return []ID{c.Circle, c.Parent}, nil
}

func (c TakeIn) carry(o *Organisation, _ time.Time) ([]Event, error) {
	x, parent := o.circles[c.Circle], o.circles[c.Parent]
	as := Open{ID: c.Circle, Parent: c.Parent, Type: c.Type, Aim: x.Aim, Domain: c.Domain, Terms: c.Terms}
	if as.Type == "" {
		as.Type = Local
	}
	if as.Type != Local && as.Type != Department && as.Type != Sub {
		return nil, WrongPlace.Refuse("kind", as.Type, "wanted", "no circle that takes it in", "parent", c.Parent, "around", parent.Kind)
	}
	if err := as.sound(o, parent); err != nil {
		return nil, err
	}
	if err := o.fits(&Circle{ID: c.Circle, Parent: c.Parent, Children: x.Children, Beside: x.Beside}, c.Domain, c.Terms); err != nil {
		return nil, err
	}
	return []Event{&TakenIn{Circle: c.Circle, Parent: c.Parent, Type: as.Type, Domain: c.Domain, Terms: c.Terms}}, nil
}

func (c AgreeStructure) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := o.open(c.Circle); err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	return []Event{&StructureAgreed{Circle: c.Circle, Structure: c.Structure}}, nil
}
