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
	if r == nil || r.Ended {
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
	if err := o.mayWear(r, c.Person); err != nil {
		return nil, err
	}
	if b := o.boardBy(r); b != nil {
		if err := o.mayElect(b, c.Person, f); err != nil {
			return nil, err
		}
	}
	if r.Hat == Leader && f.ConsentOf != "" && f.ConsentOf != r.Circle && o.LinkingOf(r.Circle).Confirm {
		return []Event{&RoleOffered{Role: c.Role, Person: c.Person, Of: f.ConsentOf, Term: c.Term, Focus: c.Focus, CheckIn: c.CheckIn}}, nil
	}
	e := &RoleGiven{Role: c.Role, Person: c.Person, Since: now, Focus: c.Focus, CheckIn: c.CheckIn}
	if c.Term.IsZero() {
		c.Term = o.StaffingOf(r.Circle).Term
	}
	if err := o.roomForHat(r, c.Person); err != nil {
		return nil, err
	}
	if !c.Term.IsZero() {
		e.Until = c.Term.After(now)
	}
	return []Event{e}, nil
}

func (c LayDown) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	switch {
	case o.roles[c.Role] == nil:
		return nil, UnknownRole.Refuse("role", c.Role)
	case !o.Holds(c.Role, by.By):
		return nil, NotWearing.Refuse("who", by.By, "role", c.Role)
	}
	return append([]Event{&RoleLaidDown{Role: c.Role, Person: by.By}}, o.losing(c.Role, by.By)...), nil
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
