package circle

import (
	"slices"
	"time"
)

// RoleDefined: what a role is there for was written.
type RoleDefined struct {
	Role             RoleID `json:"role"`
	Version          int    `json:"version"`
	Purpose          Text   `json:"purpose" words:"common"`
	Domain           []Item `json:"domain,omitempty" words:"common"`
	Accountabilities []Item `json:"accountabilities,omitempty" words:"common"`
	Limits           []Item `json:"limits,omitempty" words:"common"`
	Case             Name   `json:"case,omitempty"`
}

// RoleRevoked: the circle ended somebody's wearing of a role.
type RoleRevoked struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
	Case   Name     `json:"case,omitempty"`
}

// SurrogatesOrdered: it was said who stands in for the wearer of a role, in
// which order.
type SurrogatesOrdered struct {
	Role  RoleID     `json:"role"`
	Order []PersonID `json:"order,omitempty"`
}

// SubstituteNamed: somebody acts in the wearer's stead, on one item or while
// they are away.
type SubstituteNamed struct {
	Role   RoleID    `json:"role"`
	Holder PersonID  `json:"holder"`
	Person PersonID  `json:"person"`
	Item   Name      `json:"item,omitempty"`
	Until  time.Time `json:"until,omitempty"`
	By     PersonID  `json:"by"`
	Reason Text      `json:"reason,omitempty" words:"own"`
}

// SubstituteEnded: nobody acts in the wearer's stead any more.
type SubstituteEnded struct {
	Role   RoleID   `json:"role"`
	Holder PersonID `json:"holder"`
	Item   Name     `json:"item,omitempty"`
}

// RotationAgreed: a role goes from one to the next in a stated order.
type RotationAgreed struct {
	Role     RoleID     `json:"role"`
	Order    []PersonID `json:"order"`
	BackStop PersonID   `json:"back-stop"`
	Told     []ID       `json:"told,omitempty"`
}

// RoleTurned: a role that rotates went on to the next.
type RoleTurned struct {
	Role       RoleID    `json:"role"`
	From       PersonID  `json:"from,omitempty"` // nobody wore it
	To         PersonID  `json:"to"`
	At         time.Time `json:"at"`
	By         PersonID  `json:"by"`
	Evaluation Text      `json:"evaluation" words:"own"`
}

// CheckedIn: holder and circle have looked at a role together.
type CheckedIn struct {
	Role   RoleID   `json:"role"`
	Person PersonID `json:"person"`
	By     PersonID `json:"by"`
	Text   Text     `json:"text,omitempty" words:"own"`
}

// Wire names, one for each event.
func (RoleDefined) Wire() string       { return "circle.role-defined" }
func (RoleRevoked) Wire() string       { return "circle.role-revoked" }
func (SurrogatesOrdered) Wire() string { return "circle.surrogates-ordered" }
func (SubstituteNamed) Wire() string   { return "circle.substitute-named" }
func (SubstituteEnded) Wire() string   { return "circle.substitute-ended" }
func (RotationAgreed) Wire() string    { return "circle.rotation-agreed" }
func (RoleTurned) Wire() string        { return "circle.role-turned" }
func (CheckedIn) Wire() string         { return "circle.checked-in" }

func officeEvents() []Event {
	return []Event{RoleDefined{}, RoleRevoked{}, SurrogatesOrdered{}, SubstituteNamed{}, SubstituteEnded{}, RotationAgreed{},
		RoleTurned{}, CheckedIn{}}
}

// Adopted is told which case carried the deed that the event came of.
func (e *RoleGiven) Adopted(by Name) {
	if e.Case == "" { // the selection, and not the welcome that completes it
		e.Case = by
	}
}
func (e *RoleDefined) Adopted(by Name) { e.Case = by }
func (e *RoleRevoked) Adopted(by Name) { e.Case = by }

func (e RoleDefined) apply(o *Organisation) {
	o.roles[e.Role].Definition = &Definition{Version: e.Version, Purpose: e.Purpose, Domain: e.Domain,
		Accountabilities: e.Accountabilities, Limits: e.Limits, Case: e.Case}
}

func (e RoleRevoked) apply(o *Organisation) { o.roles[e.Role].leaves(e.Person) }

func (e SurrogatesOrdered) apply(o *Organisation) { o.roles[e.Role].Surrogates = e.Order }

func (e SubstituteNamed) apply(o *Organisation) {
	r := o.roles[e.Role]
	if e.Item == "" {
		h := r.holding(e.Holder)
		h.Substitute = e.Person
		return
	}
	r.Items = append(r.forOthers(e.Item), ForItem{e.Item, e.Person})
}

func (e SubstituteEnded) apply(o *Organisation) {
	r := o.roles[e.Role]
	if e.Item != "" {
		r.Items = r.forOthers(e.Item)
	} else if h := r.holding(e.Holder); h != nil {
		h.Substitute = ""
	}
}

func (e RotationAgreed) apply(o *Organisation) {
	o.roles[e.Role].Rotation = &Rotation{Order: e.Order, BackStop: e.BackStop}
}

func (e RoleTurned) apply(o *Organisation) {
	r := o.roles[e.Role]
	next := Holding{Person: e.To, Since: e.At}
	if h := r.holding(e.From); h != nil {
		next.Until, next.Case, next.CheckIn = h.Until, h.Case, h.CheckIn
		r.leaves(e.From)
	}
	r.leaves(e.To)
	r.Holders = append(r.Holders, next)
	turned := *r.Rotation
	turned.Turns++
	r.Rotation = &turned
}

func (e CheckedIn) apply(o *Organisation) { o.roles[e.Role].holding(e.Person).CheckedIn++ }

// leaves takes a holder out of the role. Who stood in for somebody on an item
// did so for who wore it then, so that ends too when nobody is left.
func (r *Role) leaves(who PersonID) {
	r.Holders = slices.DeleteFunc(r.Holders, func(h Holding) bool { return h.Person == who })
	if len(r.Holders) == 0 {
		r.Items = nil
	}
}

// holding returns how somebody wears the role, nil if they do not.
func (r *Role) holding(who PersonID) *Holding {
	for i := range r.Holders {
		if r.Holders[i].Person == who {
			return &r.Holders[i]
		}
	}
	return nil
}

// forOthers are the substitutes on other items.
func (r *Role) forOthers(item Name) []ForItem {
	return slices.DeleteFunc(slices.Clone(r.Items), func(s ForItem) bool { return s.Item == item })
}
