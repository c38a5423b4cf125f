package circle

import "time"

// DefineRole writes what a role is there for, or writes it anew (M-46). The
// domain of a role lies in that of its circle.
type DefineRole struct {
	Role             RoleID `json:"role"`
	Purpose          Text   `json:"purpose"`
	Domain           []Item `json:"domain,omitempty"`
	Accountabilities []Item `json:"accountabilities,omitempty"`
	Limits           []Item `json:"limits,omitempty"`
}

// RevokeRole ends somebody's wearing of a role before its term (M-57, EC-81).
type RevokeRole struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
}

// OrderSurrogates says who stands in for the wearer of a role who is missing,
// and in which order (M-55).
type OrderSurrogates struct {
	Role  RoleID     `json:"role"`
	Order []PersonID `json:"order,omitempty"`
}

// NameSubstitute lets somebody act in the wearer's stead: on one item, or while
// they are away. The wearer names them; failing that the Facilitator, the
// Secretary, the Delegate or the Leader may (EC-89, M-59, M-72).
type NameSubstitute struct {
	Role   RoleID   `json:"role"`
	Holder PersonID `json:"holder,omitempty"` // empty: who gives the command
	Person PersonID `json:"person"`
	// Item is the proposal on which they act. Empty: they act in all, until the
	// time given, or until it is ended.
	Item   Name      `json:"item,omitempty"`
	Until  time.Time `json:"until,omitempty"`
	Reason Text      `json:"reason,omitempty"`
}

// EndSubstitute ends it: the wearer is back, or the substitute acts no longer.
type EndSubstitute struct {
	Role   RoleID   `json:"role"`
	Holder PersonID `json:"holder,omitempty"` // empty: who gives the command
	Item   Name     `json:"item,omitempty"`
}

// Rotate lets a role go from one to the next in a stated order. It takes notice
// to the circles that are linked with this one, and somebody with experience as
// back-stop (EC-90, M-60).
type Rotate struct {
	Role     RoleID     `json:"role"`
	Order    []PersonID `json:"order"`
	BackStop PersonID   `json:"back-stop,omitempty"`
	Told     []ID       `json:"told,omitempty"`
}

// HandOver gives a role that rotates to the next in its order, after a look back
// at how it went (EC-90).
type HandOver struct {
	Role       RoleID `json:"role"`
	Evaluation Text   `json:"evaluation,omitempty"`
}

// CheckIn tells that holder and circle have looked at a role together (EC-81,
// EC-86).
type CheckIn struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
	Text   Text     `json:"text,omitempty"`
}

// Wire names, one for each command.
func (DefineRole) Wire() string      { return "circle.define-role" }
func (RevokeRole) Wire() string      { return "circle.revoke-role" }
func (OrderSurrogates) Wire() string { return "circle.order-surrogates" }
func (NameSubstitute) Wire() string  { return "circle.name-substitute" }
func (EndSubstitute) Wire() string   { return "circle.end-substitute" }
func (Rotate) Wire() string          { return "circle.rotate" }
func (HandOver) Wire() string        { return "circle.hand-over" }
func (CheckIn) Wire() string         { return "circle.check-in" }

func officeCommands() []Command {
	return []Command{DefineRole{}, RevokeRole{}, OrderSurrogates{}, NameSubstitute{}, EndSubstitute{}, Rotate{}, HandOver{}, CheckIn{}}
}
