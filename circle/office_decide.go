package circle

import (
	"slices"
	"time"
)

// The refusals that concern roles.
var (
	HatsApart = &Code{ID: "hats-apart", Kind: ErrNotValid, Rule: "M-49", Stands: InRules,
		Says: "{who} cannot be {hat} and {other} of {circle} at once: the circle keeps the two apart."}
	HolderOutside = &Code{ID: "holder-outside", Kind: ErrNotValid, Rule: "M-54", Stands: InRules,
		Says: "{who} takes no full part in {circle}, and its roles are for those who do."}
	HolderNoMember = &Code{ID: "holder-no-member", Kind: ErrNotValid, Rule: "EC-84", Stands: InRules,
		Says: "{who} is not a member, and the roles of {circle} are for members."}
	RoleHasItem = &Code{ID: "role-has-item", Kind: ErrTaken, Rule: "M-46", Stands: InEngine,
		Says: "{item} belongs to the role {role} already: two roles do not hold one thing."}
	NotSubstituting = &Code{ID: "not-substituting", Kind: ErrNotYou, Rule: "EC-89", Stands: InEngine,
		Says: "{who} cannot name who stands in for {holder}. {holder} does it, or failing that the Facilitator, the Secretary, the Delegate or the Leader."}
	SelfSubstitute = &Code{ID: "self-substitute", Kind: ErrNotValid, Rule: "EC-89", Stands: InEngine,
		Says: "{who} wears the role: who stands in is somebody else."}
	SubstituteReason = &Code{ID: "substitute-reason", Kind: ErrNotValid, Rule: "M-59", Stands: InEngine,
		Says: "Say why {who} stands in on {item}: it stays on record."}
	NoSubstitute = &Code{ID: "no-substitute", Kind: ErrNotNow, Rule: "EC-89", Stands: InEngine,
		Says: "Nobody stands in for {holder} in the role {role} there."}
	PastUntil = &Code{ID: "past-until", Kind: ErrNotValid, Stands: InEngine,
		Says: "{until} lies behind us: name a time to come, or none."}
	RotationIncomplete = &Code{ID: "rotation-incomplete", Kind: ErrNotValid, Rule: "EC-90", Stands: InEngine,
		Says: "A role that goes from one to the next needs {missing}."}
	RotationUntold = &Code{ID: "rotation-untold", Kind: ErrNotValid, Rule: "EC-90", Stands: InEngine,
		Says: "Tell {circles} first: they are linked with {circle}, and must know that the role changes hands."}
	NotRotating = &Code{ID: "not-rotating", Kind: ErrNotNow, Rule: "EC-90", Stands: InEngine,
		Says: "The role {role} does not go from one to the next: the circle has agreed no order."}
	NotInTurn = &Code{ID: "not-in-turn", Kind: ErrNotYou, Rule: "EC-90", Stands: InEngine,
		Says: "{who} cannot hand {role} on. Who wears it does, or the back-stop, the Secretary or the Facilitator."}
	EvaluationFirst = &Code{ID: "evaluation-first", Kind: ErrNotValid, Rule: "EC-90", Stands: InEngine,
		Says: "Say how it went with {role}: each time it changes hands, the circle looks back."}
	NobodyNext = &Code{ID: "nobody-next", Kind: ErrNotNow, Rule: "EC-90", Stands: InEngine,
		Says: "Nobody in the order of {role} can take it, and its back-stop cannot either."}
	NoCheckIn = &Code{ID: "no-check-in", Kind: ErrNotNow, Rule: "EC-81", Stands: InEngine,
		Says: "No check-in was agreed for {who} in the role {role}."}
)

func officeCodes() []*Code {
	return []*Code{HatsApart, HolderOutside, HolderNoMember, RoleHasItem, NotSubstituting, SelfSubstitute, SubstituteReason, NoSubstitute,
		PastUntil, RotationIncomplete, RotationUntold, NotRotating, NotInTurn, EvaluationFirst, NobodyNext, NoCheckIn}
}

// roleHere returns a role of a circle that has not ended.
func (o *Organisation) roleHere(id RoleID) (*Role, error) {
	r := o.roles[id]
	if r == nil {
		return nil, UnknownRole.Refuse("role", id)
	}
	_, err := o.open(r.Circle)
	return r, err
}

// mayStaff returns a role that may be changed now.
func (o *Organisation) mayStaff(by Actor, id RoleID, f Facts) (*Role, error) {
	r, err := o.roleHere(id)
	if err != nil {
		return nil, err
	}
	return r, o.mayStructure(by, r.Circle, f)
}

// known refuses people whom nobody knows, and anybody twice.
func (o *Organisation) known(people ...PersonID) error {
	for i, who := range people {
		switch {
		case o.people[who] == nil:
			return UnknownPerson.Refuse("who", who)
		case slices.Contains(people[:i], who):
			return TakenID.Refuse("id", who)
		}
	}
	return nil
}

// mayWear refuses somebody who cannot wear a role: a body, two hats that are kept
// apart, or a circle whose roles are for those who take part.
func (o *Organisation) mayWear(r *Role, who PersonID) error {
	if err := o.apart(r, who); err != nil {
		return err
	}
	if o.Body(who) != nil {
		return BodyWearsNone.Refuse("who", who)
	}
	switch s := o.StaffingOf(r.Circle); {
	case s.Insiders && o.LevelIn(r.Circle, who) != Full:
		return HolderOutside.Refuse("who", who, "circle", r.Circle)
	case s.Members && o.people[who].Class == "":
		return HolderNoMember.Refuse("who", who, "circle", r.Circle)
	}
	return nil
}

func (c DefineRole) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	r, err := o.mayStaff(by, c.Role, f)
	if err != nil {
		return nil, err
	}
	if err := distinct(c.Domain, c.Accountabilities, c.Limits); err != nil {
		return nil, err
	}
	for _, i := range c.Domain {
		if err := o.canEntrust(r, i.from()); err != nil {
			return nil, err
		}
	}
	version := 1
	if r.Definition != nil {
		version = r.Definition.Version + 1
	}
	return []Event{&RoleDefined{Role: c.Role, Version: version, Purpose: c.Purpose, Domain: c.Domain,
		Accountabilities: c.Accountabilities, Limits: c.Limits}}, nil
}

// canEntrust refuses to give a role what its circle does not hold itself, or
// another role holds.
func (o *Organisation) canEntrust(r *Role, item ItemID) error {
	c := o.circles[r.Circle]
	if to := o.HandedTo(c, item); !c.Owns(item) || to != "" {
		return NotHeld.Refuse("parent", c.ID, "item", item, "other", plainOr(to, "another circle"))
	}
	for _, other := range c.Roles {
		if other != r.ID && o.roles[other].Definition.Has(item) {
			return RoleHasItem.Refuse("item", item, "role", other)
		}
	}
	return nil
}

func (c RevokeRole) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if err := o.mayRevoke(by, c.Role, c.Person, f); err != nil {
		return nil, err
	}
	if !o.Holds(c.Role, c.Person) {
		return nil, NotWearing.Refuse("who", c.Person, "role", c.Role)
	}
	return append([]Event{&RoleRevoked{Role: c.Role, Person: c.Person}}, o.losing(c.Role, c.Person)...), nil
}

func (c OrderSurrogates) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := o.mayStaff(by, c.Role, f); err != nil {
		return nil, err
	}
	if err := o.known(c.Order...); err != nil {
		return nil, err
	}
	return []Event{&SurrogatesOrdered{Role: c.Role, Order: c.Order}}, nil
}

func (c NameSubstitute) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	r, err := o.roleHere(c.Role)
	if err != nil {
		return nil, err
	}
	if c.Holder == "" {
		c.Holder = by.By
	}
	switch {
	case r.holding(c.Holder) == nil:
		return nil, NotWearing.Refuse("who", c.Holder, "role", c.Role)
	case !o.maySubstitute(r, c.Holder, by.By):
		return nil, NotSubstituting.Refuse("who", by.By, "holder", c.Holder)
	case o.people[c.Person] == nil:
		return nil, UnknownPerson.Refuse("who", c.Person)
	case r.holding(c.Person) != nil:
		return nil, SelfSubstitute.Refuse("who", c.Person)
	case c.Item != "" && c.Reason.IsZero():
		return nil, SubstituteReason.Refuse("who", c.Person, "item", c.Item)
	case !c.Until.IsZero() && !c.Until.After(now):
		return nil, PastUntil.Refuse("until", c.Until)
	}
	if err := o.mayWear(r, c.Person); err != nil {
		return nil, err
	}
	return []Event{&SubstituteNamed{Role: c.Role, Holder: c.Holder, Person: c.Person, Item: c.Item, Until: c.Until, By: by.By, Reason: c.Reason}}, nil
}

// maySubstitute says whether somebody may name who stands in for a holder: the
// holder, or who wears a process hat of the circle (EC-89).
func (o *Organisation) maySubstitute(r *Role, holder, who PersonID) bool {
	return who == holder || slices.ContainsFunc([]Hat{Facilitator, Secretary, Delegate, Leader}, func(hat Hat) bool {
		return o.Wears(r.Circle, hat, who)
	})
}

func (c EndSubstitute) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	r, err := o.roleHere(c.Role)
	if err != nil {
		return nil, err
	}
	if c.Holder == "" {
		c.Holder = by.By
	}
	standing := r.Substitute(c.Item)
	if h := r.holding(c.Holder); c.Item == "" && h != nil {
		standing = h.Substitute
	}
	switch {
	case standing == "":
		return nil, NoSubstitute.Refuse("holder", c.Holder, "role", c.Role)
	case by.By != standing && !o.maySubstitute(r, c.Holder, by.By):
		return nil, NotSubstituting.Refuse("who", by.By, "holder", c.Holder)
	}
	return []Event{&SubstituteEnded{Role: c.Role, Holder: c.Holder, Item: c.Item}}, nil
}

func (c Rotate) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	r, err := o.mayStaff(by, c.Role, f)
	if err != nil {
		return nil, err
	}
	switch {
	case len(c.Order) < 2:
		return nil, RotationIncomplete.Refuse("missing", "an order of two people at least")
	case c.BackStop == "":
		return nil, RotationIncomplete.Refuse("missing", "a back-stop: somebody with experience who is there if all else fails")
	}
	if err := o.known(append(slices.Clone(c.Order), slices.DeleteFunc([]PersonID{c.BackStop}, func(who PersonID) bool {
		return slices.Contains(c.Order, who)
	})...)...); err != nil {
		return nil, err
	}
	untold := slices.DeleteFunc(o.linkedWith(r.Circle), func(id ID) bool { return slices.Contains(c.Told, id) })
	if len(untold) > 0 {
		return nil, RotationUntold.Refuse("circles", untold, "circle", r.Circle)
	}
	return []Event{&RotationAgreed{Role: c.Role, Order: c.Order, BackStop: c.BackStop, Told: c.Told}}, nil
}

// linkedWith lists the circles that a circle is linked with, in either
// direction, that have not ended.
func (o *Organisation) linkedWith(id ID) []ID {
	var out []ID
	note := func(other ID) {
		if !o.circles[other].Closed && !slices.Contains(out, other) {
			out = append(out, other)
		}
	}
	for _, other := range o.Circles() {
		if slices.ContainsFunc(o.circles[other].Linked, func(l Link) bool { return l.From == id }) {
			note(other)
		}
	}
	for _, l := range o.circles[id].Linked {
		note(l.From)
	}
	return out
}

func (c HandOver) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	r, err := o.roleHere(c.Role)
	switch {
	case err != nil:
		return nil, err
	case r.Rotation == nil:
		return nil, NotRotating.Refuse("role", c.Role)
	}
	mayTurn := r.holding(by.By) != nil || by.By == r.Rotation.BackStop ||
		o.Wears(r.Circle, Secretary, by.By) || o.Wears(r.Circle, Facilitator, by.By)
	switch {
	case !mayTurn:
		return nil, NotInTurn.Refuse("who", by.By, "role", c.Role)
	case c.Evaluation.IsZero():
		return nil, EvaluationFirst.Refuse("role", c.Role)
	}
	e := &RoleTurned{Role: c.Role, At: now, By: by.By, Evaluation: c.Evaluation}
	if len(r.Holders) > 0 {
		e.From = r.Holders[len(r.Holders)-1].Person
	}
	if e.To = o.nextInOrder(r, e.From); e.To == "" {
		return nil, NobodyNext.Refuse("role", c.Role)
	}
	return append([]Event{e}, o.losing(c.Role, e.From)...), nil
}

// nextInOrder is who wears a role that rotates after somebody: the next in the
// order who can, else the back-stop, else nobody.
func (o *Organisation) nextInOrder(r *Role, after PersonID) PersonID {
	order := r.Rotation.Order
	at := slices.Index(order, after)
	for i := range order {
		next := order[(at+1+i)%len(order)]
		if next != after && o.mayWear(r, next) == nil && o.LevelIn(r.Circle, next) != "" {
			return next
		}
	}
	if next := r.Rotation.BackStop; next != after && o.mayWear(r, next) == nil {
		return next
	}
	return ""
}

func (c CheckIn) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	r, err := o.roleHere(c.Role)
	if err != nil {
		return nil, err
	}
	h := r.holding(c.Person)
	switch {
	case h == nil:
		return nil, NotWearing.Refuse("who", c.Person, "role", c.Role)
	case h.CheckIn.IsZero():
		return nil, NoCheckIn.Refuse("who", c.Person, "role", c.Role)
	case by.By != c.Person && o.LevelIn(r.Circle, by.By) != Full:
		return nil, NotInCircle.Refuse("who", by.By, "circle", r.Circle)
	}
	return []Event{&CheckedIn{Role: c.Role, Person: c.Person, By: by.By, Text: c.Text}}, nil
}
