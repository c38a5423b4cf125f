package circle

import (
	"slices"
	"time"
)

// An Event is something that has happened to people or circles. Its wire name
// is "circle." and a past tense; its stored form is for ever.
type Event interface {
	Wire() string
	apply(*Organisation)
}

// Founded: an organisation began, with its root circle.
type Founded struct {
	Circle   ID       `json:"circle"`
	By       PersonID `json:"by"`
	Name     Text     `json:"name,omitempty" words:"common"`
	Aim      Text     `json:"aim" words:"common"`
	AimParts []Item   `json:"aim-parts,omitempty" words:"common"`
	Domain   []Item   `json:"domain,omitempty" words:"common"`
	// Engine is the edition of the engine's law that the ledger began under.
	Engine int `json:"engine"`
}

// Opened: a circle began inside another.
type Opened struct {
	Circle   ID     `json:"circle"`
	Parent   ID     `json:"parent"`
	Type     Kind   `json:"kind"`
	Name     Text   `json:"name,omitempty" words:"common"`
	Aim      Text   `json:"aim,omitempty" words:"common"`
	AimParts []Item `json:"aim-parts,omitempty" words:"common"`
	Domain   []Item `json:"domain,omitempty" words:"common"`
	Product  Text   `json:"product,omitempty" words:"common"`
	Meetings int    `json:"meetings,omitempty"`
	Answers  Name   `json:"answers,omitempty"`
	// What some have beside the ordinary, see [Charter].
	Terms       []Terms  `json:"terms,omitempty"`
	Serves      []ID     `json:"serves,omitempty"`
	Gathers     []Class  `json:"gathers,omitempty"`
	Owner       PersonID `json:"owner,omitempty"`
	Governs     bool     `json:"governs,omitempty"`
	Unconfirmed bool     `json:"unconfirmed,omitempty"`
}

// Admitted: a person became known to the organisation.
type Admitted struct {
	Person  PersonID `json:"person"`
	Name    Text     `json:"name,omitempty" words:"own"`
	Class   Class    `json:"class,omitempty"`
	Reading Reading  `json:"reading,omitempty"`
	Formats []Format `json:"formats,omitempty"`
	Access  []Text   `json:"access,omitempty" words:"own"`
	// Body says that the member is an organisation or a seat.
	Body BodyKind `json:"body,omitempty"`
}

// SupporterNamed: a person named somebody who may stand at their side.
type SupporterNamed struct {
	Person    PersonID `json:"person"`
	Supporter PersonID `json:"supporter"`
}

// Joined: a person takes part in a circle, or their level there changed.
type Joined struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
	Level  Level    `json:"level"`
}

// Left: a person takes part in a circle no longer.
type Left struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
}

// RulesAgreed: a circle agreed its own way of deciding.
type RulesAgreed struct {
	Circle ID        `json:"circle"`
	Rules  Rules     `json:"rules"`
	At     time.Time `json:"at,omitempty"` // where a review counts from it
}

// RoleCreated: a circle has a role.
type RoleCreated struct {
	Role   RoleID `json:"role"`
	Circle ID     `json:"circle"`
	Hat    Hat    `json:"hat,omitempty"`
	Name   Text   `json:"name,omitempty" words:"common"`
}

// RoleGiven: a person wears a role, until its term ends.
type RoleGiven struct {
	Role   RoleID    `json:"role"`
	Person PersonID  `json:"person"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until,omitempty"`
	// Focus is the part of the role that this holder looks after.
	Focus Text `json:"focus,omitempty" words:"heard"`
	// CheckIn is how often holder and circle look at it together.
	CheckIn Period `json:"check-in,omitempty"`
	// Case is the proposal that gave it; empty: the founding.
	Case Name `json:"case,omitempty"`
}

// RoleLaidDown: a person wears a role no longer.
type RoleLaidDown struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
}

// RoleTermEnded: the term of a holder is over. They wear the role until the
// circle has chosen again.
type RoleTermEnded struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
}

// Linked: whoever wears a hat in one circle takes full part in another.
type Linked struct {
	Circle ID     `json:"circle"`
	To     ID     `json:"to"`
	As     Hat    `json:"as"`
	Role   RoleID `json:"role,omitempty"`
	Duties []Item `json:"duties,omitempty" words:"common"`
}

// FoundingEnded: from here on structure changes by consent alone.
type FoundingEnded struct {
	Circle ID `json:"circle"`
}

// Met: a helping circle has used one of its meetings.
type Met struct {
	Circle ID `json:"circle"`
}

// Closed: a circle ended.
type Closed struct {
	Circle ID `json:"circle"`
}

// Wire names, one for each event.
func (Founded) Wire() string        { return "circle.founded" }
func (Opened) Wire() string         { return "circle.opened" }
func (Admitted) Wire() string       { return "circle.admitted" }
func (SupporterNamed) Wire() string { return "circle.supporter-named" }
func (Joined) Wire() string         { return "circle.joined" }
func (Left) Wire() string           { return "circle.left" }
func (RulesAgreed) Wire() string    { return "circle.rules-agreed" }
func (RoleCreated) Wire() string    { return "circle.role-created" }
func (RoleGiven) Wire() string      { return "circle.role-given" }
func (RoleLaidDown) Wire() string   { return "circle.role-laid-down" }
func (RoleTermEnded) Wire() string  { return "circle.role-term-ended" }
func (Linked) Wire() string         { return "circle.linked" }
func (FoundingEnded) Wire() string  { return "circle.founding-ended" }
func (Met) Wire() string            { return "circle.met" }
func (Closed) Wire() string         { return "circle.closed" }

// Events lists one of each event, for readers of ledgers.
func Events() []Event {
	return slices.Concat(structureEvents(), officeEvents(), linkEvents(), steadEvents(), awayEvents(), []Event{JoiningAgreed{}, RepresentativeNamed{}, Founded{}, Opened{}, Admitted{}, SupporterNamed{}, Joined{}, Left{}, RulesAgreed{}, RulesReviewed{},
		RoleCreated{}, RoleGiven{}, RoleLaidDown{}, RoleTermEnded{}, Linked{}, FoundingEnded{}, Met{}, Closed{}},
		moneyEvents(), intentEvents(), membershipEvents())
}

// Concerns names the person whom the words of an event are about, where that
// is not who spoke them.
func (e Admitted) Concerns() PersonID { return e.Person }
