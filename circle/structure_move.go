package circle

import "time"

// The refusals that concern what goes from one circle to another.
var (
	NotAdjacent = &Code{ID: "not-adjacent", Kind: ErrNotValid, Rule: "M-26", Stands: InEngine,
		Says: "{what} can go to the circle around {circle} or to one inside it, not to {to}."}
	ServesNothing = &Code{ID: "serves-nothing", Kind: ErrNotValid, Rule: "M-26", Stands: InEngine,
		Says: "{serves} is no part of the aim of {to}. Its aim has: {parts}. Name the part that {what} serves there."}
	ServesHere = &Code{ID: "serves-here", Kind: ErrNotValid, Rule: "M-26", Stands: InEngine,
		Says: "{serves} is a part of the aim of {circle}: while {what} serves it there, it stays."}
	OutsideItsDomain = &Code{ID: "outside-its-domain", Kind: ErrNotValid, Rule: "M-26, I-17", Stands: InEngine,
		Says: "{item} is not {circle}'s to decide on: an agreement goes where its domain is."}
	LentAlready = &Code{ID: "lent-already", Kind: ErrTaken, Rule: "M-28", Stands: InEngine,
		Says: "{circle} has lent {item} to {to}."}
	NotLent = &Code{ID: "not-lent", Kind: ErrNotKnown, Rule: "M-28", Stands: InEngine,
		Says: "{circle} has lent {item} to nobody."}
	NoEnd = &Code{ID: "no-end", Kind: ErrNotValid, Rule: "M-28", Stands: InEngine,
		Says: "Say for how long {to} decides on {item}. What goes for good is a new domain of both, with circle.redefine."}
	CannotTake = &Code{ID: "cannot-take", Kind: ErrNotValid, Rule: "M-28", Stands: InEngine,
		Says: "{to} cannot decide on what {circle} lends: it is the same circle, or decides nothing itself."}
)

func moveCodes() []*Code {
	return []*Code{NotAdjacent, ServesNothing, ServesHere, OutsideItsDomain, LentAlready, NotLent, NoEnd, CannotTake}
}

// relevant is the relevance test: down goes what serves a part of the inner
// circle's aim, and up what serves no part of it any more (M-26).
func (o *Organisation) relevant(what string, from, to ID, serves ItemID) error {
	a, b := o.circles[from], o.circles[to]
	switch {
	case a.Parent != to && b.Parent != from:
		return NotAdjacent.Refuse("what", what, "circle", from, "to", to)
	case !b.AimPart(serves):
		return ServesNothing.Refuse("serves", serves, "to", to, "parts", b.AimNames(), "what", what)
	case a.Parent == to && serves != WholeAim && a.AimPart(serves):
		return ServesHere.Refuse("serves", serves, "circle", from, "what", what)
	}
	return nil
}

func (c MoveRole) concerns(o *Organisation) ([]ID, error) {
	r := o.roles[c.Role]
	switch {
	case r == nil || r.Ended:
		return nil, UnknownRole.Refuse("role", c.Role)
	case r.Hat != "":
		return nil, HatStays.Refuse("role", c.Role)
	}
	return o.bothOpen(r.Circle, c.To)
}

func (o *Organisation) bothOpen(from, to ID) ([]ID, error) {
	for _, id := range []ID{from, to} {
		if _, err := o.open(id); err != nil {
			return nil, err
		}
	}
	return distinctIDs(from, to), nil
}

func (c MoveRole) carry(o *Organisation, _ time.Time) ([]Event, error) {
	from := o.roles[c.Role].Circle
	if err := o.relevant(string(c.Role), from, c.To, c.Serves); err != nil {
		return nil, err
	}
	return []Event{&RoleMoved{Role: c.Role, From: from, To: c.To, Serves: c.Serves, Reason: c.Reason}}, nil
}

func (c MovePolicy) concerns(o *Organisation) ([]ID, error) { return o.bothOpen(c.From, c.To) }

func (c MovePolicy) carry(o *Organisation, _ time.Time) ([]Event, error) {
	if err := o.relevant(string(c.Policy), c.From, c.To, c.Serves); err != nil {
		return nil, err
	}
	to := o.circles[c.To]
	if !to.Owns(c.Item) || o.HandedTo(to, c.Item) != "" || to.ByParent() {
		return nil, OutsideItsDomain.Refuse("item", c.Item, "circle", c.To)
	}
	return []Event{&PolicyMoved{Policy: c.Policy, From: c.From, To: c.To, Serves: c.Serves, Item: c.Item, Reason: c.Reason}}, nil
}

func (c Lend) concerns(o *Organisation) ([]ID, error) { return o.bothOpen(c.Circle, c.To) }

func (c Lend) carry(o *Organisation, now time.Time) ([]Event, error) {
	x, to := o.circles[c.Circle], o.circles[c.To]
	if c.Circle == c.To || to.ByParent() {
		return nil, CannotTake.Refuse("to", c.To, "circle", c.Circle)
	}
	if !x.Owns(c.Item) || o.HandedTo(x, c.Item) != "" || o.pieceHandedTo(x, c.Item) != "" {
		return nil, OutsideItsDomain.Refuse("item", c.Item, "circle", c.Circle)
	}
	if h := x.Lender(c.Item); h != nil {
		return nil, LentAlready.Refuse("circle", c.Circle, "item", c.Item, "to", h.To)
	}
	if c.For.IsZero() && !c.AtWill && to.Kind != Delegates && to.Kind != Service {
		return nil, NoEnd.Refuse("to", c.To, "item", c.Item)
	}
	e := &ItemLent{Circle: c.Circle, To: c.To, Item: c.Item, Since: now, AtWill: c.AtWill}
	if !c.For.IsZero() {
		e.Until = c.For.After(now)
	}
	return []Event{e}, nil
}

func (c TakeBack) concerns(o *Organisation) ([]ID, error) {
	x, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	h := x.Lender(c.Item)
	switch {
	case h == nil:
		return nil, NotLent.Refuse("circle", c.Circle, "item", c.Item)
	case h.AtWill:
		return []ID{c.Circle}, nil
	}
	return []ID{c.Circle, h.To}, nil
}

func (c TakeBack) carry(*Organisation, time.Time) ([]Event, error) {
	return []Event{&Returned{Circle: c.Circle, Item: c.Item}}, nil
}

func (c HandOff) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := o.bothOpen(c.Circle, c.To); err != nil {
		return nil, err
	}
	if c.Circle == c.To {
		return nil, CannotTake.Refuse("to", c.To, "circle", c.Circle)
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	return []Event{&HandedOff{Circle: c.Circle, To: c.To, What: c.What}}, nil
}
