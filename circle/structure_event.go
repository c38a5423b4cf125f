package circle

import (
	"slices"
	"time"
)

// ChangeAgreed: a circle agreed to a change that takes more consents than its
// own. It happens when the last of those who are awaited has consented.
type ChangeAgreed struct {
	Change Name `json:"change"`
	By     ID   `json:"by"`
	Awaits []ID `json:"awaits"`
	Deed   Deed `json:"deed" words:"heard"`
}

// ChangeConsented: one more circle consented to a change.
type ChangeConsented struct {
	Change Name `json:"change"`
	Circle ID   `json:"circle"`
}

// ChangeCalledOff: a change will not happen.
type ChangeCalledOff struct {
	Change Name `json:"change"`
	Circle ID   `json:"circle"`
}

// Redefined: a circle has another name, aim or domain. What is not given stayed.
type Redefined struct {
	Circle   ID      `json:"circle"`
	Name     Text    `json:"name,omitempty" words:"common"`
	Aim      Text    `json:"aim,omitempty" words:"common"`
	AimParts []Item  `json:"aim-parts,omitempty" words:"common"`
	Domain   []Item  `json:"domain,omitempty" words:"common"`
	Terms    []Terms `json:"terms,omitempty"`
}

// AimConfirmed: a new circle took its aim and domain as its own.
type AimConfirmed struct {
	Circle ID `json:"circle"`
}

// Described: more was said of a circle's domain, in a new version.
type Described struct {
	Circle  ID          `json:"circle"`
	Version int         `json:"version"`
	About   Description `json:"about" words:"common"`
}

// StoodAlone: a circle began outside the tree.
type StoodAlone struct {
	Circle   ID       `json:"circle"`
	By       PersonID `json:"by"`
	Name     Text     `json:"name,omitempty" words:"common"`
	Aim      Text     `json:"aim" words:"common"`
	AimParts []Item   `json:"aim-parts,omitempty" words:"common"`
	Domain   []Item   `json:"domain" words:"common"`
}

// TakenIn: a circle that stood alone lies in another one now.
type TakenIn struct {
	Circle ID      `json:"circle"`
	Parent ID      `json:"parent"`
	Type   Kind    `json:"kind"`
	Domain []Item  `json:"domain" words:"common"`
	Terms  []Terms `json:"terms,omitempty"`
}

// Reparented: a circle lies in another one than before, with the same domain
// cut from that one's.
type Reparented struct {
	Circle ID     `json:"circle"`
	From   ID     `json:"from"`
	To     ID     `json:"to"`
	Domain []Item `json:"domain,omitempty" words:"common"`
}

// RoleDissolved: a role ended, with its circle or because it became one.
type RoleDissolved struct {
	Role   RoleID `json:"role"`
	Circle ID     `json:"circle"`
}

// RoleMoved: a role belongs to another circle now. Who wears it wears it on.
type RoleMoved struct {
	Role   RoleID `json:"role"`
	From   ID     `json:"from"`
	To     ID     `json:"to"`
	Serves ItemID `json:"serves,omitempty"`
	Reason Text   `json:"reason,omitempty" words:"own"`
}

// PolicyMoved: an agreement belongs to another circle now.
type PolicyMoved struct {
	Policy Name   `json:"policy"`
	From   ID     `json:"from"`
	To     ID     `json:"to"`
	Serves ItemID `json:"serves"`
	Item   ItemID `json:"item"`
	Reason Text   `json:"reason,omitempty" words:"own"`
}

// Dissolved: a circle ended, and what it had fell to another one.
type Dissolved struct {
	Circle ID `json:"circle"`
	To     ID `json:"to"`
}

// Merged: a circle went into another one, which has the domain of both.
type Merged struct {
	Circle ID      `json:"circle"`
	Into   ID      `json:"into"`
	Domain []Item  `json:"domain" words:"common"`
	Terms  []Terms `json:"terms,omitempty"`
	End    []Name  `json:"end,omitempty"`
	Reason Text    `json:"reason,omitempty" words:"own"`
}

// ItemLent: another circle decides on an item, for a time.
type ItemLent struct {
	Circle ID        `json:"circle"`
	To     ID        `json:"to"`
	Item   ItemID    `json:"item"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until,omitempty"`
	AtWill bool      `json:"at-will,omitempty"`
}

// Returned: the circle that had lent an item decides on it again.
type Returned struct {
	Circle ID     `json:"circle"`
	Item   ItemID `json:"item"`
}

// HandedOff: it was said how work goes from one circle to another.
type HandedOff struct {
	Circle ID   `json:"circle"`
	To     ID   `json:"to"`
	What   Text `json:"what" words:"common"`
}

// StructureAgreed: it was agreed what holds about the circles inside a circle.
type StructureAgreed struct {
	Circle    ID          `json:"circle"`
	Structure Structuring `json:"structure"`
}

// Wire names, one for each event.
func (ChangeAgreed) Wire() string    { return "circle.change-agreed" }
func (ChangeConsented) Wire() string { return "circle.change-consented" }
func (ChangeCalledOff) Wire() string { return "circle.change-called-off" }
func (Redefined) Wire() string       { return "circle.redefined" }
func (AimConfirmed) Wire() string    { return "circle.aim-confirmed" }
func (Described) Wire() string       { return "circle.described" }
func (StoodAlone) Wire() string      { return "circle.stood-alone" }
func (TakenIn) Wire() string         { return "circle.taken-in" }
func (Reparented) Wire() string      { return "circle.reparented" }
func (RoleDissolved) Wire() string   { return "circle.role-dissolved" }
func (RoleMoved) Wire() string       { return "circle.role-moved" }
func (PolicyMoved) Wire() string     { return "circle.policy-moved" }
func (Dissolved) Wire() string       { return "circle.dissolved" }
func (Merged) Wire() string          { return "circle.merged" }
func (ItemLent) Wire() string        { return "circle.item-lent" }
func (Returned) Wire() string        { return "circle.returned" }
func (HandedOff) Wire() string       { return "circle.handed-off" }
func (StructureAgreed) Wire() string { return "circle.structure-agreed" }

// structureEvents lists one of each.
func structureEvents() []Event {
	return []Event{ChangeAgreed{}, ChangeConsented{}, ChangeCalledOff{}, Redefined{}, AimConfirmed{}, Described{}, StoodAlone{},
		TakenIn{}, Reparented{}, RoleDissolved{}, RoleMoved{}, PolicyMoved{}, Dissolved{}, Merged{}, ItemLent{},
		Returned{}, HandedOff{}, StructureAgreed{}}
}

// chartered gives a new circle what it has beside the ordinary.
func (e Opened) chartered(c *Circle) {
	if len(e.Terms)+len(e.Serves)+len(e.Gathers) == 0 && e.Owner == "" && !e.Governs && !e.Unconfirmed {
		return
	}
	*c.charter() = Charter{Terms: e.Terms, Serves: e.Serves, Gathers: e.Gathers, Owner: e.Owner, Governs: e.Governs, Unconfirmed: e.Unconfirmed}
}

func (e ChangeAgreed) apply(o *Organisation) {
	if o.changes == nil {
		o.changes = map[Name]*Change{}
	}
	o.changes[e.Change] = &Change{Deed: e.Deed, Agreed: []ID{e.By}, Awaits: slices.Clone(e.Awaits)}
}

func (e ChangeConsented) apply(o *Organisation) {
	c := o.changes[e.Change]
	c.Agreed = append(c.Agreed, e.Circle)
	c.Awaits = slices.DeleteFunc(c.Awaits, func(id ID) bool { return id == e.Circle })
	if len(c.Awaits) == 0 {
		c.Over()
	}
}

func (e ChangeCalledOff) apply(o *Organisation) { o.changes[e.Change].Over() }

func (e Redefined) apply(o *Organisation) {
	c := o.circles[e.Circle]
	if !e.Name.IsZero() {
		c.Name = e.Name
	}
	if !e.Aim.IsZero() {
		c.Aim = e.Aim
	}
	if len(e.AimParts) > 0 {
		c.AimParts = e.AimParts
	}
	if len(e.Terms) > 0 {
		c.charter().Terms = slices.Clone(e.Terms)
	}
	o.setDomain(c, e.Domain)
}

// setDomain gives a circle another domain, unless none is given.
func (o *Organisation) setDomain(c *Circle, domain []Item) {
	if len(domain) == 0 {
		return
	}
	o.unindexed(c)
	c.Domain = domain
	o.indexed(c)
}

func (e AimConfirmed) apply(o *Organisation) { o.circles[e.Circle].charter().Unconfirmed = false }

func (e Described) apply(o *Organisation) {
	x := o.circles[e.Circle].charter()
	x.Version, x.Described = e.Version, e.About
}

func (e StoodAlone) apply(o *Organisation) {
	o.circles[e.Circle] = &Circle{ID: e.Circle, Kind: Local, Name: e.Name, Aim: e.Aim, AimParts: e.AimParts, Domain: e.Domain}
	o.indexed(o.circles[e.Circle])
}

func (e TakenIn) apply(o *Organisation) {
	c, p := o.circles[e.Circle], o.circles[e.Parent]
	c.Parent, c.Kind = e.Parent, e.Type
	p.Children = append(p.Children, e.Circle)
	if len(e.Terms) > 0 {
		c.charter().Terms = slices.Clone(e.Terms)
	}
	o.setDomain(c, e.Domain)
}

func (e Reparented) apply(o *Organisation) {
	c, from, to := o.circles[e.Circle], o.circles[e.From], o.circles[e.To]
	from.Children = slices.DeleteFunc(from.Children, func(id ID) bool { return id == e.Circle })
	to.Children = append(to.Children, e.Circle)
	c.Parent = e.To
	o.setDomain(c, e.Domain)
}

func (e RoleDissolved) apply(o *Organisation) {
	o.roles[e.Role].Holders, o.roles[e.Role].Ended = nil, true
	c := o.circles[e.Circle]
	c.Roles = slices.DeleteFunc(c.Roles, func(id RoleID) bool { return id == e.Role })
}

func (e RoleMoved) apply(o *Organisation) {
	from, to := o.circles[e.From], o.circles[e.To]
	from.Roles = slices.DeleteFunc(from.Roles, func(id RoleID) bool { return id == e.Role })
	to.Roles = append(to.Roles, e.Role)
	o.roles[e.Role].Circle = e.To
}

// The agreement itself is another room's.
func (e PolicyMoved) apply(o *Organisation) {
	x := o.circles[e.To].charter()
	x.Took = append(x.Took, e.Policy)
}

func (e Dissolved) apply(o *Organisation) { o.ends(e.Circle, e.To) }

func (e Merged) apply(o *Organisation) {
	o.ends(e.Circle, e.Into)
	into := o.circles[e.Into]
	if len(e.Terms) > 0 {
		into.charter().Terms = slices.Clone(e.Terms)
	}
	o.setDomain(into, e.Domain)
}

// ends closes a circle, whose matters fall to another one.
func (o *Organisation) ends(id, to ID) {
	c := o.circles[id]
	c.Closed = true
	c.charter().Went = to
	c.Participants, c.Linked = nil, nil
	for _, i := range c.Domain {
		o.fell[i.ID] = to
	}
	o.unindexed(c)
}

func (e ItemLent) apply(o *Organisation) {
	x := o.circles[e.Circle].charter()
	x.Lent = append(x.Lent, Handover{e.Item, e.To, e.Since, e.Until, e.AtWill})
	o.relend(e.Circle, e.To)
}

func (e Returned) apply(o *Organisation) {
	c := o.circles[e.Circle]
	h := c.Lender(e.Item)
	if h == nil { // it ended with its circle before its time came
		return
	}
	to, x := h.To, c.charter()
	x.Lent = slices.DeleteFunc(x.Lent, func(h Handover) bool { return h.Item == e.Item })
	o.relend(e.Circle, to)
}

func (e HandedOff) apply(o *Organisation) {
	x := o.circles[e.Circle].charter()
	x.HandsOff = append(x.HandsOff, HandOff(e))
}

func (e StructureAgreed) apply(o *Organisation) {
	o.circles[e.Circle].charter().Structuring = e.Structure
	o.ever.structured = true
}
