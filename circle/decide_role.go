package circle

import "time"

func (c CreateRole) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := o.open(c.Circle); err != nil {
		return nil, err
	}
	if o.roles[c.ID] != nil {
		return nil, TakenID.Refuse("id", c.ID)
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	return []Event{&RoleCreated{Role: c.ID, Circle: c.Circle, Hat: c.Hat, Name: c.Name}}, nil
}

func (c GiveRole) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	r := o.roles[c.Role]
	if r == nil {
		return nil, UnknownRole.Refuse("role", c.Role)
	}
	if o.people[c.Person] == nil {
		return nil, UnknownPerson.Refuse("who", c.Person)
	}
	if _, err := o.open(r.Circle); err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, r.Circle, f); err != nil {
		return nil, err
	}
	if o.clash(r, c.Person) {
		return nil, LeaderIsDelegate.Refuse("who", c.Person, "circle", r.Circle)
	}
	e := &RoleGiven{Role: c.Role, Person: c.Person, Since: now}
	if !c.Term.IsZero() {
		e.Until = c.Term.After(now)
	}
	return []Event{e}, nil
}

// clash says whether wearing r would make the person Leader and Delegate of
// one circle (EC-83, I-10).
func (o *Organisation) clash(r *Role, who PersonID) bool {
	switch r.Hat {
	case Leader:
		return o.Wears(r.Circle, Delegate, who)
	case Delegate:
		return o.Wears(r.Circle, Leader, who)
	}
	return false
}

func (c LayDown) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	switch {
	case o.roles[c.Role] == nil:
		return nil, UnknownRole.Refuse("role", c.Role)
	case !o.Holds(c.Role, by.By):
		return nil, NotWearing.Refuse("who", by.By, "role", c.Role)
	}
	return []Event{&RoleLaidDown{Role: c.Role, Person: by.By}}, nil
}

func (c LinkTo) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	from, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	to, err := o.open(c.To)
	if err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, c.To, f); err != nil {
		return nil, err
	}
	switch {
	case c.As != Leader && c.As != Delegate:
		return nil, NotALink.Refuse("hat", c.As)
	case from.Parent != to.ID:
		return nil, NotBroader.Refuse("circle", c.Circle, "parent", plainOr(from.Parent, "none, as the root has no circle around it"), "to", c.To)
	}
	for _, l := range to.Linked {
		if l == (Link{c.Circle, c.As}) {
			return nil, TakenID.Refuse("id", c.Circle)
		}
	}
	return []Event{&Linked{Circle: c.Circle, To: c.To, As: c.As}}, nil
}

func (c EndFounding) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if o.settled {
		return nil, ByConsentOnly.Refuse("who", by.By, "circle", o.root)
	}
	if err := o.mayStructure(by, o.root, f); err != nil {
		return nil, err
	}
	return []Event{&FoundingEnded{Circle: o.root}}, nil
}

func (c Close) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	circle, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if circle.Kind != Helping {
		return nil, NotHelping.Refuse("circle", c.Circle, "kind", circle.Kind)
	}
	if err := o.mayStructure(by, circle.Parent, f); err != nil {
		return nil, err
	}
	return []Event{&Closed{Circle: c.Circle}}, nil
}
