package circle

import (
	"fmt"
	"slices"
	"strings"
)

// Membership are the rules by which people become members of the organisation,
// change their class and lose it. They stand with the root circle, and are not
// handed down. An organisation without them admits people as its root circle
// decides (EC-1 to EC-6, EC-114).
//
// The record holds no more of a person than that something was attested, and by
// whom: never a birth date, an hour of support or a sum of money.
type Membership struct {
	// Admits is the circle that admits members, as a board does (EC-61). Empty: the
	// root circle itself.
	Admits ID `json:"admits,omitempty"`
	// Classes says for each class what is asked and when it ends. There is no
	// other class.
	Classes []ClassRule `json:"classes"`
	// Removal says how the members remove one of them; nil: nobody is removed.
	Removal *Removal `json:"removal,omitempty"`
}

// A ClassRule says what is asked of whom to be a member of a class, and on which
// grounds that ends.
type ClassRule struct {
	Class Class       `json:"class"`
	Asks  []Condition `json:"asks,omitempty"`
	Ends  []Name      `json:"ends,omitempty"` // beside that one resigns, which one always may
}

// A Condition is one thing that is asked of a person, and that somebody attests.
type Condition struct {
	// Fact is what it is called, such as regular-support. The fact
	// [Commitment] is for the person alone to say (EC-6).
	Fact Name `json:"fact"`
	// For is how long it must have been so, and Hours for how many hours a week at
	// least (EC-2).
	For   Period `json:"for,omitempty"`
	Hours int    `json:"hours,omitempty"`
	// Age is how old one must be (EC-114).
	Age int `json:"age,omitempty"`
}

// What the rules of a class name and everybody knows.
const (
	// Commitment is that one has agreed to the Members' Commitment oneself (EC-6).
	Commitment Name = "commitment"
	// Resigned is the ground on which one ends one's own membership.
	Resigned Name = "resigned"
)

// Check refuses what nobody can attest.
func (a *Condition) Check() error {
	if a.Hours < 0 || a.Hours > 168 || a.Age < 0 || a.Age > 120 {
		return fmt.Errorf("hours a week are 0 to 168 and an age is 0 to 120")
	}
	return nil
}

// String words what is asked.
func (a Condition) String() string {
	var more []string
	if !a.For.IsZero() {
		more = append(more, "for "+a.For.String())
	}
	if a.Hours > 0 {
		more = append(more, fmt.Sprintf("at least %d hours a week", a.Hours))
	}
	if a.Age > 0 {
		more = append(more, fmt.Sprintf("at least %d years old", a.Age))
	}
	if more == nil {
		return string(a.Fact)
	}
	return string(a.Fact) + " (" + strings.Join(more, ", ") + ")"
}

// Check refuses a class without a rule of its own, or with two.
func (m *Membership) Check() error {
	for i, c := range m.Classes {
		if slices.ContainsFunc(m.Classes[:i], func(d ClassRule) bool { return d.Class == c.Class }) {
			return fmt.Errorf("the class %s has two rules", c.Class)
		}
		if slices.Contains(c.Ends, Resigned) || slices.Contains(c.Ends, Expelled) {
			return fmt.Errorf("that a member resigned or was removed is no ground to be named: the one everybody may, the other the members decide")
		}
		if err := askedOnce(c.Asks); err != nil {
			return err
		}
	}
	return nil
}

func askedOnce(list []Condition) error {
	for i, a := range list {
		if slices.ContainsFunc(list[:i], func(b Condition) bool { return b.Fact == a.Fact }) {
			return fmt.Errorf("%s is asked for twice", a.Fact)
		}
	}
	return nil
}

// of is what holds for a class, nil if there is no such class.
func (m *Membership) of(class Class) *ClassRule {
	for i := range m.Classes {
		if m.Classes[i].Class == class {
			return &m.Classes[i]
		}
	}
	return nil
}

// An Attested is that something holds of a person, and who said so. The words of
// it are with those who keep the members' papers.
type Attested struct {
	Fact Name
	By   PersonID
}

// Attests says whether something was attested of the person, or they said it
// themselves.
func (p *Person) Attests(fact Name) bool {
	return slices.ContainsFunc(p.Attested, func(a Attested) bool { return a.Fact == fact })
}

// lacks lists what of a list was not attested of a person.
func (p *Person) lacks(asks []Condition) []string {
	var out []string
	for _, a := range asks {
		if !p.Attests(a.Fact) {
			out = append(out, a.String())
		}
	}
	return out
}

// membership are the rules for members, nil if there are none.
func (o *Organisation) membership() *Membership {
	if c := o.circles[o.root]; c != nil {
		return c.Rules.Membership
	}
	return nil
}

// Admitting is the circle that admits members and says of which class they are
// (EC-61).
func (o *Organisation) Admitting() ID {
	if m := o.membership(); m != nil && m.Admits != "" && o.circles[m.Admits] != nil {
		return m.Admits
	}
	return o.root
}

// Asked lists what the rules ask of somebody to be a member of a class.
func (o *Organisation) Asked(class Class) []Condition {
	if m := o.membership(); m != nil {
		if r := m.of(class); r != nil {
			return r.Asks
		}
	}
	return nil
}

// asks says whether the rules ask for a fact anywhere, so that it may be
// attested: nothing else about a person is written down.
func (o *Organisation) asks(fact Name) bool {
	is := func(a Condition) bool { return a.Fact == fact }
	m := o.membership()
	if m != nil && slices.ContainsFunc(m.Classes, func(r ClassRule) bool { return slices.ContainsFunc(r.Asks, is) }) {
		return true
	}
	for _, c := range o.circles {
		if b := c.Rules.Board; b != nil && slices.ContainsFunc(b.Asks, is) {
			return true
		}
	}
	return false
}

// mayAdmit is mayStructure for the people of the organisation: also the circle
// that admits members does it by consent.
func (o *Organisation) mayAdmit(by Actor, f Facts) error {
	at := o.Admitting()
	if f.ConsentOf == at && at != "" || o.mayStructure(by, o.root, f) == nil {
		return nil
	}
	return alone(by, f, at)
}

// Registers says whether somebody attests what is asked of members, and records
// that a ground has ended: who takes full part in the circle that admits them;
// where all members admit, the Secretary of them.
func (o *Organisation) Registers(who PersonID) bool {
	at := o.Admitting()
	if at == o.root {
		return o.Wears(at, Secretary, who)
	}
	return o.LevelIn(at, who) == Full
}

func (o *Organisation) mayRegister(by Actor) error {
	if o.Founding(by) || o.Registers(by.By) {
		return nil
	}
	return NotRegistering.Refuse("who", by.By, "circle", o.Admitting())
}

// leaving is what follows when somebody takes part in a circle no longer: they
// lay down the hats that they wear there, and with them what links bring.
func (o *Organisation) leaving(c *Circle, who PersonID) []Event {
	var events []Event
	for _, r := range c.Roles {
		if o.Holds(r, who) {
			events = append(append(events, &RoleLaidDown{Role: r, Person: who}), o.losing(r, who)...)
		}
	}
	return append(events, &Left{Circle: c.ID, Person: who})
}

// ofMembers says whether somebody wears a role as only a member does.
func (o *Organisation) ofMembers(r *Role, who PersonID) bool {
	if o.boardBy(r) != nil {
		return r.holding(who).Seat != FromOutside
	}
	return o.StaffingOf(r.Circle).Members
}

// noMember is what follows when somebody is a member no longer: they leave the
// circle of all members, and the roles that only members wear.
func (o *Organisation) noMember(who PersonID) []Event {
	var out []Event
	root := o.circles[o.root]
	if slices.ContainsFunc(root.Participants, func(p Participant) bool { return p.Person == who }) {
		out = o.leaving(root, who)
	}
	for _, id := range sortedKeys(o.roles) {
		r := o.roles[id]
		if !o.Holds(id, who) || r.Circle == o.root && out != nil || !o.ofMembers(r, who) {
			continue
		}
		out = append(append(out, &RoleLaidDown{Role: id, Person: who}), o.losing(id, who)...)
	}
	return out
}
