package circle

import (
	"slices"
	"time"
)

// EndLink ends a link, and with it what came through it. Either circle may, by
// consent (M-67).
type EndLink struct {
	Circle ID     `json:"circle"`
	To     ID     `json:"to"`
	As     Hat    `json:"as"`
	Role   RoleID `json:"role,omitempty"`
}

// ConfirmLink takes somebody who comes through a link: the receiving circle
// does, by consent (M-64).
type ConfirmLink struct {
	Circle ID       `json:"circle"`
	To     ID       `json:"to"`
	As     Hat      `json:"as"`
	Role   RoleID   `json:"role,omitempty"`
	Person PersonID `json:"person"`
}

// RefuseLink does not take them: their circle chooses again (M-64).
type RefuseLink struct {
	Circle ID       `json:"circle"`
	To     ID       `json:"to"`
	As     Hat      `json:"as"`
	Role   RoleID   `json:"role,omitempty"`
	Person PersonID `json:"person"`
	Reason Text     `json:"reason" words:"heard"`
}

// SetMandate says how far those who go through a link are bound by the circle
// that they come from; that circle says so (M-70).
type SetMandate struct {
	Circle  ID      `json:"circle"`
	To      ID      `json:"to"`
	As      Hat     `json:"as"`
	Role    RoleID  `json:"role,omitempty"`
	Mandate Mandate `json:"mandate"`
}

// ConfirmRole takes the Leader whom a broader circle has chosen for this one
// (M-65).
type ConfirmRole struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
}

// Wire names, one for each command.
func (EndLink) Wire() string     { return "circle.end-link" }
func (ConfirmLink) Wire() string { return "circle.confirm-link" }
func (RefuseLink) Wire() string  { return "circle.refuse-link" }
func (SetMandate) Wire() string  { return "circle.set-mandate" }
func (ConfirmRole) Wire() string { return "circle.confirm-role" }

func linkCommands() []Command {
	return []Command{EndLink{}, ConfirmLink{}, RefuseLink{}, SetMandate{}, ConfirmRole{}}
}

// LinkEnded: a link is there no more.
type LinkEnded struct {
	Circle ID     `json:"circle"`
	To     ID     `json:"to"`
	As     Hat    `json:"as"`
	Role   RoleID `json:"role,omitempty"`
}

// LinkConfirmed: the receiving circle took somebody who comes through a link.
type LinkConfirmed struct {
	Circle ID       `json:"circle"`
	To     ID       `json:"to"`
	As     Hat      `json:"as"`
	Role   RoleID   `json:"role,omitempty"`
	Person PersonID `json:"person"`
}

// LinkRefused: the receiving circle did not take them.
type LinkRefused struct {
	Circle ID        `json:"circle"`
	To     ID        `json:"to"`
	As     Hat       `json:"as"`
	Role   RoleID    `json:"role,omitempty"`
	Person PersonID  `json:"person"`
	At     time.Time `json:"at"`
	Reason Text      `json:"reason" words:"own"`
}

// MandateSet: a circle said how far those who go through a link are bound.
type MandateSet struct {
	Circle  ID      `json:"circle"`
	To      ID      `json:"to"`
	As      Hat     `json:"as"`
	Role    RoleID  `json:"role,omitempty"`
	Mandate Mandate `json:"mandate"`
}

// RoleOffered: a broader circle chose somebody for a role of another circle,
// who begins when that one has confirmed.
type RoleOffered struct {
	Role    RoleID   `json:"role"`
	Person  PersonID `json:"person"`
	Of      ID       `json:"of"`
	Term    Period   `json:"term,omitempty"`
	Focus   Text     `json:"focus,omitempty" words:"heard"`
	CheckIn Period   `json:"check-in,omitempty"`
}

// Wire names, one for each event.
func (LinkEnded) Wire() string     { return "circle.link-ended" }
func (LinkConfirmed) Wire() string { return "circle.link-confirmed" }
func (LinkRefused) Wire() string   { return "circle.link-refused" }
func (MandateSet) Wire() string    { return "circle.mandate-set" }
func (RoleOffered) Wire() string   { return "circle.role-offered" }

func linkEvents() []Event {
	return []Event{LinkEnded{}, LinkConfirmed{}, LinkRefused{}, MandateSet{}, RoleOffered{}}
}

// Concerns names the person whom the reason of a refusal is about.
func (e LinkRefused) Concerns() PersonID { return e.Person }

// An Offer is somebody whom a broader circle has chosen for a role.
type Offer struct {
	Person  PersonID
	Of      ID
	Term    Period
	Focus   Text
	CheckIn Period
}

func (e Linked) apply(o *Organisation) {
	l := Link{From: e.Circle, As: e.As}
	if e.Role != "" || len(e.Duties) > 0 {
		l.Bond = &Bond{Role: e.Role, Duties: e.Duties}
	}
	c := o.circles[e.To]
	c.Linked = append(c.Linked, l)
}

func (e LinkEnded) apply(o *Organisation) {
	c := o.circles[e.To]
	c.Linked = slices.DeleteFunc(slices.Clone(c.Linked), func(l Link) bool { return l.is(e.Circle, e.As, e.Role) })
}

func (e LinkConfirmed) apply(o *Organisation) {
	o.rebind(e.To, e.Circle, e.As, e.Role, func(b *Bond) {
		b.Confirmed = append(slices.Clone(b.Confirmed), e.Person)
		b.Refused = b.refusedBut(e.Person)
	})
}

func (e LinkRefused) apply(o *Organisation) {
	o.rebind(e.To, e.Circle, e.As, e.Role, func(b *Bond) {
		b.Confirmed = slices.DeleteFunc(slices.Clone(b.Confirmed), func(who PersonID) bool { return who == e.Person })
		b.Refused = append(b.refusedBut(e.Person), Refused{e.Person, e.At})
	})
}

func (e MandateSet) apply(o *Organisation) {
	o.ever.bound = o.ever.bound || e.Mandate == Imperative
	o.rebind(e.To, e.Circle, e.As, e.Role, func(b *Bond) { b.Mandate = e.Mandate })
}

func (e RoleOffered) apply(o *Organisation) {
	o.roles[e.Role].Offered = &Offer{Person: e.Person, Of: e.Of, Term: e.Term, Focus: e.Focus, CheckIn: e.CheckIn}
}

// refusedBut are those who were refused, without one.
func (b *Bond) refusedBut(who PersonID) []Refused {
	return slices.DeleteFunc(slices.Clone(b.Refused), func(r Refused) bool { return r.Person == who })
}

// rebind changes what was agreed about a link, in a copy of its own.
func (o *Organisation) rebind(to, from ID, as Hat, role RoleID, change func(*Bond)) {
	c := o.circles[to]
	c.Linked = slices.Clone(c.Linked)
	l := c.linkTo(from, as, role)
	b := *l.bond()
	change(&b)
	l.Bond = &b
}
