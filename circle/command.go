package circle

import (
	"slices"
	"time"
)

// A Command asks for a change of people or circles. Its wire name is "circle."
// and an imperative.
type Command interface {
	Wire() string
	decide(*Organisation, Actor, time.Time, Facts) ([]Event, error)
}

// A Deed is a command of any room that a decision may carry out when it is
// adopted.
type Deed interface{ Wire() string }

// Facts are what the law of this room must know from outside.
type Facts struct {
	// ConsentOf is the circle whose decision carries the command; empty when a
	// person gives it directly.
	ConsentOf ID
}

// Found begins an organisation with its root circle (M-1, M-2). Members are
// admitted as full participants; who they are in more detail is said with
// Admit instead.
type Found struct {
	ID       ID         `json:"id"`
	Name     Text       `json:"name,omitempty"`
	Aim      Text       `json:"aim"`
	AimParts []Item     `json:"aim-parts,omitempty"`
	Domain   []Item     `json:"domain,omitempty"`
	Members  []PersonID `json:"members,omitempty"`
	Rules    Rules      `json:"rules,omitempty"`
}

// Open begins a circle inside another (M-3). A helping circle needs a product,
// a leader, a number of meetings and the need that it answers (EC-49); every
// other circle needs a domain.
type Open struct {
	ID       ID         `json:"id"`
	Parent   ID         `json:"parent"`
	Type     Kind       `json:"kind,omitempty"`
	Name     Text       `json:"name,omitempty"`
	Aim      Text       `json:"aim,omitempty"`
	AimParts []Item     `json:"aim-parts,omitempty"`
	Domain   []Item     `json:"domain,omitempty"`
	Members  []PersonID `json:"members,omitempty"`
	Leader   PersonID   `json:"leader,omitempty"`
	Product  Text       `json:"product,omitempty"`
	Meetings int        `json:"meetings,omitempty"`
	Answers  Name       `json:"answers,omitempty"`
	Rules    Rules      `json:"rules,omitempty"`
	// Terms are those on which it holds items of its domain (M-12).
	Terms []Terms `json:"terms,omitempty"`
	// Serves, Gathers, Owner and Governs are said of some kinds, see [Charter].
	Serves  []ID     `json:"serves,omitempty"`
	Gathers []Class  `json:"gathers,omitempty"`
	Owner   PersonID `json:"owner,omitempty"`
	Governs bool     `json:"governs,omitempty"`
}

// Admit makes a person known to the organisation.
type Admit struct {
	ID         PersonID   `json:"id"`
	Name       Text       `json:"name,omitempty"`
	Class      Class      `json:"class,omitempty"`
	Reading    Reading    `json:"reading,omitempty"`
	Formats    []Format   `json:"formats,omitempty"`
	Access     []Text     `json:"access,omitempty"`
	Supporters []PersonID `json:"supporters,omitempty"`
	// Body says that the member is no person, and Representative who answers for it
	// (M-45, EC-114).
	Body           BodyKind `json:"body,omitempty"`
	Representative PersonID `json:"representative,omitempty"`
	// Interpreters may render the person's words (CP-18).
	Interpreters []PersonID `json:"interpreters,omitempty"`
}

// NameSupporter lets somebody stand at one's side (CP-18). One names one's
// own supporters.
type NameSupporter struct {
	Person    PersonID `json:"person"`
	Supporter PersonID `json:"supporter"`
}

// Join lets a person take part in a circle at a level (EC-18), or changes
// their level.
type Join struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
	Level  Level    `json:"level"`
}

// Leave ends one's own part in a circle.
type Leave struct {
	Circle ID `json:"circle"`
}

// AgreeRules sets a circle's own way of deciding.
type AgreeRules struct {
	Circle ID    `json:"circle"`
	Rules  Rules `json:"rules"`
}

// CreateRole gives a circle a role.
type CreateRole struct {
	ID     RoleID `json:"id"`
	Circle ID     `json:"circle"`
	Hat    Hat    `json:"hat,omitempty"`
	Name   Text   `json:"name,omitempty"`
}

// GiveRole lets a person wear a role for a term (EC-81).
type GiveRole struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
	Term   Period   `json:"term,omitempty"` // empty: what the circle's rules say
	// Focus is the part of the role that they look after, where several wear it
	// (M-53).
	Focus Text `json:"focus,omitempty"`
	// CheckIn is how often holder and circle look at it together (EC-81, EC-86).
	CheckIn Period `json:"check-in,omitempty"`
}

// LayDown ends one's own wearing of a role; no reason is needed (CP-28).
type LayDown struct {
	Role RoleID `json:"role"`
}

// LinkTo makes whoever wears a hat in one circle a full participant of
// another, as long as they wear it (EC-13).
type LinkTo struct {
	Circle ID  `json:"circle"`
	To     ID  `json:"to"`
	As     Hat `json:"as"`
	// Role is the one role whose wearers come through the link, where several
	// bear the hat (M-66).
	Role RoleID `json:"role,omitempty"`
	// Duties are what the receiving circle adds to the role; they end with the
	// link (M-67).
	Duties []Item `json:"duties,omitempty"`
}

// EndFounding says that the founding is over. The first need or proposal says
// it by itself.
type EndFounding struct{}

// Close ends a helping circle before its meetings are used up.
type Close struct {
	Circle ID `json:"circle"`
}

// Wire names, one for each command.
func (Found) Wire() string         { return "circle.found" }
func (Open) Wire() string          { return "circle.open" }
func (Admit) Wire() string         { return "circle.admit" }
func (NameSupporter) Wire() string { return "circle.name-supporter" }
func (Join) Wire() string          { return "circle.join" }
func (Leave) Wire() string         { return "circle.leave" }
func (AgreeRules) Wire() string    { return "circle.agree-rules" }
func (CreateRole) Wire() string    { return "circle.create-role" }
func (GiveRole) Wire() string      { return "circle.give-role" }
func (LayDown) Wire() string       { return "circle.lay-down" }
func (LinkTo) Wire() string        { return "circle.link" }
func (EndFounding) Wire() string   { return "circle.end-founding" }
func (Close) Wire() string         { return "circle.close" }

// Commands lists one of each command, for those who read them from text.
func Commands() []Command {
	return slices.Concat(StructureCommands(), officeCommands(), linkCommands(), steadCommands(), awayCommands(), []Command{AgreeToJoin{}, NameRepresentative{}, Found{}, Open{}, Admit{}, NameSupporter{}, Join{}, Leave{}, AgreeRules{}, ReviewRules{},
		CreateRole{}, GiveRole{}, LayDown{}, LinkTo{}, EndFounding{}, Close{}},
		moneyCommands(), intentCommands(), membershipCommands())
}

// Agrees returns the rules that the command sets.
func (c Found) Agrees() Rules { return c.Rules }

// Agrees returns the rules that the command sets.
func (c Open) Agrees() Rules { return c.Rules }

// Agrees returns the rules that the command sets.
func (c AgreeRules) Agrees() Rules { return c.Rules }
