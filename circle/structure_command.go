package circle

// Redefine changes what a circle is there for: its name, its aim, its domain.
// What is not given stays. The circle and the one around it both consent, or the
// one around it alone where that was agreed (M-6, I-7).
type Redefine struct {
	Change   Name    `json:"change,omitempty"`
	Circle   ID      `json:"circle"`
	Name     Text    `json:"name,omitempty"`
	Aim      Text    `json:"aim,omitempty"`
	AimParts []Item  `json:"aim-parts,omitempty"`
	Domain   []Item  `json:"domain,omitempty"`
	Terms    []Terms `json:"terms,omitempty"`
}

// ConsentTo gives the consent of one more circle to a change that another one
// has agreed to. It stands in a proposal of the circle that consents.
type ConsentTo struct {
	Change Name `json:"change"`
}

// CallOff ends a change that still waits for a circle, by consent of one that
// it concerns.
type CallOff struct {
	Change Name `json:"change"`
}

// ConfirmAim says that a new circle takes its aim and domain as its own (M-4).
type ConfirmAim struct {
	Circle ID `json:"circle"`
}

// Describe says more of a circle's domain, by consent of who hands it down and
// who holds it (M-15, M-16).
type Describe struct {
	Change Name        `json:"change,omitempty"`
	Circle ID          `json:"circle"`
	About  Description `json:"about"`
}

// StandAlone begins a circle outside the tree: nobody has handed it anything,
// and nobody's mandate reaches it. It may ask to be adopted (M-5).
type StandAlone struct {
	ID       ID     `json:"id"`
	Name     Text   `json:"name,omitempty"`
	Aim      Text   `json:"aim"`
	AimParts []Item `json:"aim-parts,omitempty"`
	Domain   []Item `json:"domain"`
}

// TakeIn adopts a circle that stood alone into another one, which hands it its
// domain. Both consent (M-5).
type TakeIn struct {
	Change Name    `json:"change,omitempty"`
	Circle ID      `json:"circle"`
	Parent ID      `json:"parent"`
	Type   Kind    `json:"kind,omitempty"`
	Domain []Item  `json:"domain"`
	Terms  []Terms `json:"terms,omitempty"`
}

// RoleGoes says what becomes of a role when its circle ends: it goes to another
// circle, or without one it ends.
type RoleGoes struct {
	Role RoleID `json:"role"`
	To   ID     `json:"to,omitempty"`
}

// Dissolve ends a circle. Aim, domain, agreements and open matters fall to the
// one around it; each circle inside and each operational role is named, so that
// nothing is left behind (M-24, I-19).
type Dissolve struct {
	Change Name       `json:"change,omitempty"`
	Circle ID         `json:"circle"`
	Raise  []ID       `json:"raise,omitempty"` // the circles inside, which then lie in the one around
	Roles  []RoleGoes `json:"roles,omitempty"`
}

// Merge lets one circle go into another that lies beside it, or around it. Its
// agreements are named one by one: those that hold on, and those that end
// (M-27).
type Merge struct {
	Change  Name       `json:"change,omitempty"`
	Circle  ID         `json:"circle"`
	Into    ID         `json:"into"`
	Roles   []RoleGoes `json:"roles,omitempty"`
	Readopt []Name     `json:"readopt,omitempty"`
	End     []Name     `json:"end,omitempty"`
	Reason  Text       `json:"reason,omitempty" words:"heard"` // wanted where agreements end
}

// TurnIntoCircle makes a circle of a role that has grown too large: who wears it
// takes part in the new circle (M-25).
type TurnIntoCircle struct {
	Role     RoleID  `json:"role"`
	ID       ID      `json:"id"`
	Type     Kind    `json:"kind,omitempty"`
	Name     Text    `json:"name,omitempty"`
	Aim      Text    `json:"aim"`
	AimParts []Item  `json:"aim-parts,omitempty"`
	Domain   []Item  `json:"domain"`
	Terms    []Terms `json:"terms,omitempty"`
}

// TurnIntoRole makes a role of a circle, worn by whoever leads it (M-25).
type TurnIntoRole struct {
	Change Name       `json:"change,omitempty"`
	Circle ID         `json:"circle"`
	Role   RoleID     `json:"role"`
	Name   Text       `json:"name,omitempty"`
	Raise  []ID       `json:"raise,omitempty"`
	Roles  []RoleGoes `json:"roles,omitempty"`
}

// MoveRole brings a role to the circle around, or to one inside. Down it goes
// where it serves a part of that circle's aim; up where it serves no part of the
// old one any more (M-26).
type MoveRole struct {
	Change Name   `json:"change,omitempty"`
	Role   RoleID `json:"role"`
	To     ID     `json:"to"`
	Serves ItemID `json:"serves"`
	Reason Text   `json:"reason,omitempty" words:"heard"`
}

// MovePolicy brings an agreement to the circle around, or to one inside, into
// whose domain it falls (M-26, I-17).
type MovePolicy struct {
	Change Name   `json:"change,omitempty"`
	Policy Name   `json:"policy"`
	From   ID     `json:"from"`
	To     ID     `json:"to"`
	Serves ItemID `json:"serves"`
	Item   ItemID `json:"item"`
	Reason Text   `json:"reason,omitempty" words:"heard"`
}

// Lend lets another circle decide on an item for a time. It returns by
// itself (M-28). AtWill: the giver may take it back alone (EC-16).
type Lend struct {
	Change Name   `json:"change,omitempty"`
	Circle ID     `json:"circle"`
	To     ID     `json:"to"`
	Item   ItemID `json:"item"`
	For    Period `json:"for,omitempty"`
	AtWill bool   `json:"at-will,omitempty"`
}

// TakeBack ends a handover before its time: both consent, or the giver alone
// where it was handed over at will.
type TakeBack struct {
	Change Name   `json:"change,omitempty"`
	Circle ID     `json:"circle"`
	Item   ItemID `json:"item"`
}

// HandOff says how work goes from one circle to another. It moves no authority
// (M-28).
type HandOff struct {
	Circle ID   `json:"circle"`
	To     ID   `json:"to"`
	What   Text `json:"what"`
}

// AgreeStructure sets what holds about the circles inside a circle.
type AgreeStructure struct {
	Circle    ID          `json:"circle"`
	Structure Structuring `json:"structure"`
}

// Wire names, one for each command.
func (Redefine) Wire() string       { return "circle.redefine" }
func (ConsentTo) Wire() string      { return "circle.consent-to" }
func (CallOff) Wire() string        { return "circle.call-off" }
func (ConfirmAim) Wire() string     { return "circle.confirm-aim" }
func (Describe) Wire() string       { return "circle.describe" }
func (StandAlone) Wire() string     { return "circle.stand-alone" }
func (TakeIn) Wire() string         { return "circle.take-in" }
func (Dissolve) Wire() string       { return "circle.dissolve" }
func (Merge) Wire() string          { return "circle.merge" }
func (TurnIntoCircle) Wire() string { return "circle.turn-into-circle" }
func (TurnIntoRole) Wire() string   { return "circle.turn-into-role" }
func (MoveRole) Wire() string       { return "circle.move-role" }
func (MovePolicy) Wire() string     { return "circle.move-policy" }
func (Lend) Wire() string           { return "circle.lend" }
func (TakeBack) Wire() string       { return "circle.take-back" }
func (HandOff) Wire() string        { return "circle.hand-off" }
func (AgreeStructure) Wire() string { return "circle.agree-structure" }

// StructureCommands lists one of each command that changes the structure of
// circles. A decision may carry out each of them, but for StandAlone, which a
// person gives.
func StructureCommands() []Command {
	return []Command{Redefine{}, ConsentTo{}, CallOff{}, ConfirmAim{}, Describe{}, StandAlone{}, TakeIn{}, Dissolve{}, Merge{},
		TurnIntoCircle{}, TurnIntoRole{}, MoveRole{}, MovePolicy{}, Lend{}, TakeBack{}, HandOff{}, AgreeStructure{}}
}

// Policies names the agreements that a command is about, and the circle that
// must have them.
func (c MovePolicy) Policies() (ID, []Name) { return c.From, []Name{c.Policy} }

// Policies names the agreements that a command is about, and the circle that
// must have them.
func (c Merge) Policies() (ID, []Name) {
	return c.Circle, append(append([]Name(nil), c.Readopt...), c.End...)
}
