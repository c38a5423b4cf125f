package circle

import (
	"slices"
	"time"
)

// The refusals that concern links.
var (
	NoLink = &Code{ID: "no-link", Kind: ErrNotKnown, Rule: "EC-13", Stands: InEngine,
		Says: "{circle} is not linked with {to} by its {hat}."}
	LinkToItself = &Code{ID: "link-to-itself", Kind: ErrNotValid, Rule: "M-66", Stands: InEngine,
		Says: "{circle} cannot be linked with itself."}
	LinkByRole = &Code{ID: "link-by-role", Kind: ErrNotValid, Rule: "M-66", Stands: InEngine,
		Says: "{role} is no {hat} of {circle}, so nobody can go through the link by it."}
	NotComing = &Code{ID: "not-coming", Kind: ErrNotValid, Rule: "M-64", Stands: InEngine,
		Says: "{who} does not come to {to} as {hat} of {circle}."}
	ConfirmedBefore = &Code{ID: "confirmed-before", Kind: ErrTaken, Rule: "M-64", Stands: InEngine,
		Says: "{to} has confirmed {who} already."}
	NoOffer = &Code{ID: "role-not-offered", Kind: ErrNotNow, Rule: "M-65, I-12", Stands: InEngine,
		Says: "No broader circle has chosen {who} for the role {role}."}
)

func linkCodes() []*Code {
	return []*Code{NoLink, LinkToItself, LinkByRole, NotComing, ConfirmedBefore, NoOffer}
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
	if err := c.sound(o, from, to); err != nil {
		return nil, err
	}
	if err := o.roomFor(c.To, o.Wearers(c.Circle, c.As)...); err != nil {
		return nil, err
	}
	return []Event{&Linked{Circle: c.Circle, To: c.To, As: c.As, Role: c.Role, Duties: c.Duties}}, nil
}

// sound refuses a link that cannot be. Across the tree it takes a policy of the
// receiving circle, or of one around it (M-66).
func (c LinkTo) sound(o *Organisation, from, to *Circle) error {
	switch {
	case !slices.Contains([]Hat{Leader, Delegate, Representative}, c.As):
		return NotALink.Refuse("hat", c.As)
	case c.Circle == c.To:
		return LinkToItself.Refuse("circle", c.Circle)
	case !o.linksTo(from, to) && !o.LinkingOf(c.To).Cross:
		return NotBroader.Refuse("circle", c.Circle, "parent", plainOr(from.Parent, "none, as the root has no circle around it"), "to", c.To)
	case to.linkTo(c.Circle, c.As, c.Role) != nil:
		return TakenID.Refuse("id", c.Circle)
	}
	if r := o.roles[c.Role]; c.Role != "" && (r == nil || r.Circle != c.Circle || r.Hat != c.As) {
		return LinkByRole.Refuse("role", c.Role, "hat", c.As, "circle", c.Circle)
	}
	return distinct(c.Duties)
}

// link finds a link between circles that have not ended.
func (o *Organisation) link(from, to ID, as Hat, role RoleID) (*Link, error) {
	if o.circles[from] == nil {
		return nil, UnknownCircle.Refuse("circle", from)
	}
	c, err := o.open(to)
	if err != nil {
		return nil, err
	}
	l := c.linkTo(from, as, role)
	if l == nil {
		return nil, NoLink.Refuse("circle", from, "to", to, "hat", as)
	}
	return l, nil
}

func (c EndLink) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	l, err := o.link(c.Circle, c.To, c.As, c.Role)
	if err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, c.To, f); err != nil && o.mayStructure(by, c.Circle, f) != nil {
		return nil, err
	}
	events := []Event{&LinkEnded{Circle: c.Circle, To: c.To, As: c.As, Role: c.Role}}
	return append(events, o.fallout(falling{to: c.To, link: l}, o.Through(c.To, l)...)...), nil
}

// coming refuses a decision on somebody who does not come through the link.
func (o *Organisation) coming(by Actor, f Facts, l *Link, to ID, who PersonID) error {
	if err := o.mayStructure(by, to, f); err != nil {
		return err
	}
	if !slices.Contains(o.wearersOf(l), who) {
		return NotComing.Refuse("who", who, "to", to, "hat", l.As, "circle", l.From)
	}
	return nil
}

func (c ConfirmLink) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	l, err := o.link(c.Circle, c.To, c.As, c.Role)
	if err != nil {
		return nil, err
	}
	if err := o.coming(by, f, l, c.To, c.Person); err != nil {
		return nil, err
	}
	if slices.Contains(l.bond().Confirmed, c.Person) {
		return nil, ConfirmedBefore.Refuse("to", c.To, "who", c.Person)
	}
	return []Event{&LinkConfirmed{Circle: c.Circle, To: c.To, As: c.As, Role: c.Role, Person: c.Person}}, nil
}

func (c RefuseLink) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	l, err := o.link(c.Circle, c.To, c.As, c.Role)
	if err != nil {
		return nil, err
	}
	if err := o.coming(by, f, l, c.To, c.Person); err != nil {
		return nil, err
	}
	return []Event{&LinkRefused{Circle: c.Circle, To: c.To, As: c.As, Role: c.Role, Person: c.Person, At: now, Reason: c.Reason}}, nil
}

func (c SetMandate) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := o.link(c.Circle, c.To, c.As, c.Role); err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	return []Event{&MandateSet{Circle: c.Circle, To: c.To, As: c.As, Role: c.Role, Mandate: c.Mandate}}, nil
}

func (c ConfirmRole) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	r, err := o.roleHere(c.Role)
	switch {
	case err != nil:
		return nil, err
	case f.ConsentOf != r.Circle: // the circle itself, not the one around it that chose
		return nil, ByConsentOnly.Refuse("who", by.By, "circle", r.Circle)
	case r.Offered == nil || r.Offered.Person != c.Person:
		return nil, NoOffer.Refuse("who", c.Person, "role", c.Role)
	}
	offer := r.Offered
	events, err := GiveRole{Role: c.Role, Person: c.Person, Term: offer.Term, Focus: offer.Focus, CheckIn: offer.CheckIn}.decide(o, by, now, f)
	if err != nil {
		return nil, err
	}
	// Who chose them has confirmed them too.
	if to := o.circles[offer.Of]; to.linkTo(r.Circle, r.Hat, "") != nil {
		events = append(events, &LinkConfirmed{Circle: r.Circle, To: offer.Of, As: r.Hat, Person: c.Person})
	}
	return events, nil
}

// TakenIn is what follows when a circle has consented to somebody to whom a role is
// given that links to it: where it confirms who comes through a link, it has (M-64).
func (o *Organisation) TakenIn(to ID, role RoleID, who PersonID) []Event {
	r, c := o.roles[role], o.circles[to]
	if r == nil || c == nil || !o.LinkingOf(to).Confirm {
		return nil
	}
	var out []Event
	for i := range c.Linked {
		l := &c.Linked[i]
		if by := l.bond().Role; l.From == r.Circle && l.As == r.Hat && (by == "" || by == role) && !slices.Contains(l.bond().Confirmed, who) {
			out = append(out, &LinkConfirmed{Circle: l.From, To: to, As: l.As, Role: by, Person: who})
		}
	}
	return out
}

// falling is what is being lost: a role, or all that comes through a link.
type falling struct {
	to   ID
	link *Link
	lost map[RoleID]bool
}

// fallout says what ends when people lose a role or a link: where roles of a
// circle are for those who take part in it, the roles that they wear there only
// because they came through the link, and so on outwards (M-67).
func (o *Organisation) fallout(f falling, people ...PersonID) []Event {
	var out []Event
	for _, who := range people {
		f.lost = map[RoleID]bool{}
		out = append(out, o.falls(&f, f.to, who)...)
	}
	return out
}

// losing says what ends when people lose one role.
func (o *Organisation) losing(role RoleID, people ...PersonID) []Event {
	var out []Event
	for _, who := range people {
		f := &falling{lost: map[RoleID]bool{role: true}}
		out = append(out, o.fallsFrom(f, o.roles[role], who)...)
	}
	return out
}

// fallsFrom follows the links that go out by a role.
func (o *Organisation) fallsFrom(f *falling, r *Role, who PersonID) []Event {
	var out []Event
	if slices.Contains([]Hat{Leader, Delegate, Representative}, r.Hat) {
		for _, to := range o.linkedTo(r.Circle) {
			out = append(out, o.falls(f, to, who)...)
		}
	}
	return out
}

// falls ends what somebody wears in a circle in which they take part no longer.
func (o *Organisation) falls(f *falling, to ID, who PersonID) []Event {
	if !o.StaffingOf(to).Insiders || o.staysIn(f, to, who) {
		return nil
	}
	var out []Event
	for _, id := range o.circles[to].Roles {
		if f.lost[id] || !o.Holds(id, who) {
			continue
		}
		f.lost[id] = true
		out = append(out, &RoleRevoked{Role: id, Person: who})
		out = append(out, o.fallsFrom(f, o.roles[id], who)...)
	}
	return out
}

// staysIn says whether somebody takes full part in a circle also without what is
// being lost.
func (o *Organisation) staysIn(f *falling, to ID, who PersonID) bool {
	c := o.circles[to]
	if slices.ContainsFunc(c.Participants, func(p Participant) bool { return p.Person == who && p.Level == Full }) {
		return true
	}
	for i := range c.Linked {
		l := &c.Linked[i]
		if f.link != nil && to == f.to && l.is(f.link.From, f.link.As, f.link.bond().Role) || !slices.Contains(o.Through(to, l), who) {
			continue
		}
		for _, id := range o.circles[l.From].Roles {
			if r := o.roles[id]; r.Hat == l.As && !f.lost[id] && r.holding(who) != nil {
				return true
			}
		}
	}
	return false
}
