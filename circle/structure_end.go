package circle

import (
	"slices"
	"time"
)

// The refusals that concern the end of circles.
var (
	NobodyAround = &Code{ID: "nobody-around", Kind: ErrNotValid, Rule: "M-24, I-1", Stands: InEngine,
		Says: "{circle} has no circle around it that could take what it leaves."}
	NotAllNamed = &Code{ID: "not-all-named", Kind: ErrNotValid, Rule: "M-24, I-19", Stands: InEngine,
		Says: "Say what becomes of {left}: when {circle} ends, nothing is left behind."}
	NotInThere = &Code{ID: "not-in-there", Kind: ErrNotValid, Rule: "M-24", Stands: InEngine,
		Says: "{what} is no part of {circle}, or is named twice."}
	NotBeside = &Code{ID: "not-beside", Kind: ErrNotValid, Rule: "M-27", Stands: InEngine,
		Says: "{circle} can go into the circle around it or into one that lies beside it, not into {into}."}
	HatStays = &Code{ID: "hat-stays", Kind: ErrNotValid, Rule: "M-25, M-26", Stands: InEngine,
		Says: "{role} is worn for the process of its own circle: it does not become a circle, and does not go to another one."}
)

func endCodes() []*Code { return []*Code{NobodyAround, NotAllNamed, NotInThere, NotBeside, HatStays} }

// An ending is a circle on its way out, and what is said of what it has.
type ending struct {
	o     *Organisation
	c     *Circle
	to    *Circle // takes what it leaves
	raise []ID
	roles []RoleGoes
}

// ending refuses where something would be left behind.
func (o *Organisation) ending(id, to ID, raise []ID, roles []RoleGoes) (ending, error) {
	e := ending{o, o.circles[id], o.circles[to], raise, roles}
	for i, child := range raise {
		if x := o.circles[child]; x == nil || x.Parent != id || x.Closed || slices.Contains(raise[:i], child) {
			return e, NotInThere.Refuse("what", child, "circle", id)
		}
	}
	for i, g := range roles {
		twice := slices.ContainsFunc(roles[:i], func(x RoleGoes) bool { return x.Role == g.Role })
		if r := o.roles[g.Role]; r == nil || r.Circle != id || r.Hat != "" || r.Ended || twice {
			return e, NotInThere.Refuse("what", g.Role, "circle", id)
		}
		if g.To != "" && g.To != to {
			return e, NotInThere.Refuse("what", g.To, "circle", to)
		}
	}
	if left := e.unnamed(); left != nil {
		return e, NotAllNamed.Refuse("left", left, "circle", id)
	}
	return e, nil
}

// unnamed lists what nothing was said of.
func (e ending) unnamed() []string {
	var out []string
	for _, child := range e.c.Children {
		if !e.o.circles[child].Closed && !slices.Contains(e.raise, child) {
			out = append(out, "the circle "+string(child))
		}
	}
	for _, r := range e.c.Roles {
		named := slices.ContainsFunc(e.roles, func(g RoleGoes) bool { return g.Role == r })
		if e.o.roles[r].Hat == "" && !named {
			out = append(out, "the role "+string(r))
		}
	}
	return out
}

// untied ends what ties the circle to others: what it lent and was lent, and its
// links both ways.
func (e ending) untied() []Event {
	var out []Event
	for _, h := range e.c.Charter().Lent {
		out = append(out, &Returned{Circle: e.c.ID, Item: h.Item})
	}
	for _, giver := range e.o.lenders[e.c.ID] {
		for _, h := range e.o.circles[giver].Charter().Lent {
			if h.To == e.c.ID {
				out = append(out, &Returned{Circle: giver, Item: h.Item})
			}
		}
	}
	for _, to := range append([]ID{e.c.Parent}, e.o.servers(e.c.ID)...) {
		for _, l := range e.o.circles[to].Linked {
			if l.From == e.c.ID {
				out = append(out, &LinkEnded{Circle: e.c.ID, To: to, As: l.As, Role: l.role()})
			}
		}
	}
	for _, l := range e.c.Linked {
		out = append(out, &LinkEnded{Circle: l.From, To: e.c.ID, As: l.As, Role: l.role()})
	}
	return out
}

// unroled ends the hats, and brings each other role where it was said.
func (e ending) unroled() []Event {
	var out []Event
	for _, r := range e.c.Roles {
		if e.o.roles[r].Hat != "" {
			out = append(out, &RoleDissolved{Role: r, Circle: e.c.ID})
		}
	}
	for _, g := range e.roles {
		if g.To == "" {
			out = append(out, &RoleDissolved{Role: g.Role, Circle: e.c.ID})
			continue
		}
		out = append(out, &RoleMoved{Role: g.Role, From: e.c.ID, To: g.To})
	}
	return out
}

// raised brings the circles inside to the one that takes what is left, each with
// its domain cut from what that one holds.
func (e ending) raised() ([]Event, error) {
	var out []Event
	for _, child := range e.raise {
		x := e.o.circles[child]
		domain := make([]Item, 0, len(x.Domain))
		for _, i := range x.Domain {
			item := Item{ID: i.ID, Text: i.Text, Of: e.itemOf(i.from()).from()}
			if item.Of == item.ID {
				item.Of = ""
			}
			if err := e.goesUp(x, i, item); err != nil {
				return nil, err
			}
			domain = append(domain, item)
		}
		out = append(out, &Reparented{Circle: child, From: e.c.ID, To: e.to.ID, Domain: domain})
	}
	return out, nil
}

// itemOf is an item of the ending circle's domain.
func (e ending) itemOf(id ItemID) Item {
	for _, i := range e.c.Domain {
		if i.ID == id {
			return i
		}
	}
	return Item{ID: id}
}

// goesUp refuses an item whose name means something else one circle further
// out.
func (e ending) goesUp(x *Circle, was, item Item) error {
	whole := was.from() == was.ID && item.Of == ""
	if e.to.Owns(item.ID) && !whole {
		return TakenID.Refuse("id", item.ID)
	}
	for _, sibling := range e.to.Children {
		s := e.o.circles[sibling]
		if s.Closed || sibling == e.c.ID || !s.Owns(item.ID) {
			continue
		}
		if r := x.TermsOf(item.ID).Resolver; r == "" || s.TermsOf(item.ID).Resolver != r {
			return TakenID.Refuse("id", item.ID)
		}
	}
	return nil
}

func (c Dissolve) concerns(o *Organisation) ([]ID, error) { return o.endConcerns(c.Circle) }

// endConcerns lists who consents to the end of a circle: the one around it, and
// the circle itself unless it has one participant or none (methods §8.10).
func (o *Organisation) endConcerns(id ID) ([]ID, error) {
	x, err := o.open(id)
	if err != nil {
		return nil, err
	}
	if x.Parent == "" {
		return nil, NobodyAround.Refuse("circle", id)
	}
	if len(o.FullIn(id)) > 1 && !x.ByParent() {
		return both(x), nil
	}
	return []ID{x.Parent}, nil
}

func (c Dissolve) carry(o *Organisation, _ time.Time) ([]Event, error) {
	e, err := o.ending(c.Circle, o.circles[c.Circle].Parent, c.Raise, c.Roles)
	if err != nil {
		return nil, err
	}
	raised, err := e.raised()
	if err != nil {
		return nil, err
	}
	return slices.Concat(e.untied(), e.unroled(), raised, []Event{&Dissolved{Circle: c.Circle, To: e.to.ID}}), nil
}

func (c TurnIntoRole) concerns(o *Organisation) ([]ID, error) { return o.endConcerns(c.Circle) }

func (c TurnIntoRole) carry(o *Organisation, now time.Time) ([]Event, error) {
	if o.roles[c.Role] != nil {
		return nil, TakenID.Refuse("id", c.Role)
	}
	x := o.circles[c.Circle]
	events, err := Dissolve{Circle: c.Circle, Raise: c.Raise, Roles: c.Roles}.carry(o, now)
	if err != nil {
		return nil, err
	}
	name := c.Name
	if name.IsZero() {
		name = x.Name
	}
	events = append(events, &RoleCreated{Role: c.Role, Circle: x.Parent, Name: name})
	for _, who := range o.Wearers(c.Circle, Leader) {
		events = append(events, &RoleGiven{Role: c.Role, Person: who, Since: now})
	}
	return events, nil
}

func (c TurnIntoCircle) concerns(o *Organisation) ([]ID, error) {
	r := o.roles[c.Role]
	switch {
	case r == nil || r.Ended:
		return nil, UnknownRole.Refuse("role", c.Role)
	case r.Hat != "":
		return nil, HatStays.Refuse("role", c.Role)
	}
	if _, err := o.open(r.Circle); err != nil {
		return nil, err
	}
	return []ID{r.Circle}, nil
}

func (c TurnIntoCircle) carry(o *Organisation, now time.Time) ([]Event, error) {
	r := o.roles[c.Role]
	as := Open{ID: c.ID, Parent: r.Circle, Type: c.Type, Name: c.Name, Aim: c.Aim, AimParts: c.AimParts, Domain: c.Domain, Terms: c.Terms}
	for i, h := range r.Holders {
		if i == 0 {
			as.Leader = h.Person
		}
		as.Members = append(as.Members, h.Person)
	}
	events, err := as.opening(o, now)
	if err != nil {
		return nil, err
	}
	return append(events, &RoleDissolved{Role: c.Role, Circle: r.Circle}), nil
}

func (c Merge) concerns(o *Organisation) ([]ID, error) {
	x, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	into, err := o.open(c.Into)
	switch {
	case err != nil:
		return nil, err
	case x.Parent == "":
		return nil, NobodyAround.Refuse("circle", c.Circle)
	case c.Circle == c.Into || into.ID != x.Parent && into.Parent != x.Parent || x.ByParent() || into.ByParent():
		return nil, NotBeside.Refuse("circle", c.Circle, "into", c.Into)
	}
	return distinctIDs(c.Circle, c.Into, x.Parent), nil
}

func (c Merge) carry(o *Organisation, _ time.Time) ([]Event, error) {
	x, into := o.circles[c.Circle], o.circles[c.Into]
	var children []ID
	for _, child := range x.Children {
		if !o.circles[child].Closed {
			children = append(children, child)
		}
	}
	e, err := o.ending(c.Circle, c.Into, children, c.Roles)
	if err != nil {
		return nil, err
	}
	merged := &Merged{Circle: c.Circle, Into: c.Into, Domain: into.Domain, Terms: into.Charter().Terms, End: c.End, Reason: c.Reason}
	var raised []Event
	if into.ID == x.Parent {
		if raised, err = e.raised(); err != nil {
			return nil, err
		}
	} else {
		merged.Domain, merged.Terms = union(x, into)
		for _, child := range children {
			raised = append(raised, &Reparented{Circle: child, From: c.Circle, To: c.Into, Domain: o.circles[child].Domain})
		}
		if err := e.namesStay(); err != nil {
			return nil, err
		}
	}
	events := slices.Concat(e.untied(), e.unroled(), raised, []Event{merged}, e.relinked())
	for _, p := range x.Participants {
		if p.Level == Full && o.LevelIn(c.Into, p.Person) != Full {
			events = append(events, &Joined{Circle: c.Into, Person: p.Person, Level: Full})
		}
	}
	return events, nil
}

// union is the domain of both circles, and the terms on which they hold it. What
// both held, as they had declared, the one holds alone.
func union(x, into *Circle) ([]Item, []Terms) {
	domain, terms := slices.Clone(into.Domain), []Terms(nil)
	for _, i := range x.Domain {
		if !into.Owns(i.ID) {
			domain = append(domain, i)
		}
	}
	for _, c := range []*Circle{into, x} {
		for _, t := range c.Charter().Terms {
			if !slices.ContainsFunc(terms, func(other Terms) bool { return other.Item == t.Item }) {
				terms = append(terms, t)
			}
		}
	}
	return domain, terms
}

// namesStay refuses where a circle inside one of the two has a name for a piece
// that is an item of the other.
func (e ending) namesStay() error {
	for _, pair := range [][2]*Circle{{e.c, e.to}, {e.to, e.c}} {
		for _, child := range pair[0].Children {
			x := e.o.circles[child]
			if x.Closed {
				continue
			}
			for _, i := range x.Domain {
				shared := pair[0].Owns(i.ID) && pair[1].Owns(i.ID)
				if pair[1].Owns(i.ID) && !shared || e.pieceTwice(pair[1], i) {
					return TakenID.Refuse("id", i.ID)
				}
			}
		}
	}
	return nil
}

// pieceTwice says whether a circle inside other has an item of the same name, or
// the whole of what this one has a piece of.
func (e ending) pieceTwice(other *Circle, i Item) bool {
	return e.o.clashing(other, "", i, "") != ""
}

// relinked ties the circles inside to the one that took them, by the links that
// they had.
func (e ending) relinked() []Event {
	var out []Event
	for _, l := range e.c.Linked {
		if slices.Contains(e.raise, l.From) {
			out = append(out, &Linked{Circle: l.From, To: e.to.ID, As: l.As, Role: l.role()})
		}
	}
	return out
}

// role is the one role by which a link is held, "" if any of its hat does.
func (l Link) role() RoleID {
	if l.Bond == nil {
		return ""
	}
	return l.Bond.Role
}
