package circle

import (
	"slices"
	"time"
)

// Attest says of a person what the rules ask of members: that it is so, and
// nothing else about them (EC-2 to EC-5, EC-114). Whoever attests is named.
type Attest struct {
	Person PersonID `json:"person"`
	Facts  []Name   `json:"facts"`
}

// AgreeToCommitment says that one agrees to the Members' Commitment. One says so
// oneself, also on paper that another writes down (EC-6).
type AgreeToCommitment struct{}

// ChangeClass makes a person a member of a class. Who is a member of another one
// is no member of that any more: one has one class at a time, and the consent
// that gives the new one ends the old one (EC-1).
type ChangeClass struct {
	Person PersonID `json:"person"`
	Class  Class    `json:"class"`
}

// EndMembership records that somebody is a member no longer: they resign, or the
// ground on which they were one has ended, as the support, or the holding that was
// withdrawn whole (EC-2, EC-3, EC-5).
type EndMembership struct {
	Person PersonID `json:"person,omitempty"` // empty: who gives the command
	Ground Name     `json:"ground,omitempty"` // empty: they resign
}

// Wire names, one for each command.
func (Attest) Wire() string            { return "circle.attest" }
func (AgreeToCommitment) Wire() string { return "circle.agree-to-commitment" }
func (ChangeClass) Wire() string       { return "circle.change-class" }
func (EndMembership) Wire() string     { return "circle.end-membership" }

func membershipCommands() []Command {
	return []Command{Attest{}, AgreeToCommitment{}, ChangeClass{}, EndMembership{}, CoOpt{}, RemoveMember{}}
}

// FactsAttested: somebody attested what the rules ask of a person.
type FactsAttested struct {
	Person PersonID `json:"person"`
	Facts  []Name   `json:"facts"`
	By     PersonID `json:"by"`
}

// CommitmentAgreed: a person agreed to the Members' Commitment.
type CommitmentAgreed struct {
	Person PersonID `json:"person"`
}

// ClassChanged: a person is a member of a class, and of no other any more. What
// was attested for the old class alone has lapsed.
type ClassChanged struct {
	Person PersonID `json:"person"`
	From   Class    `json:"from,omitempty"` // empty: was no member
	To     Class    `json:"to"`
	Lapsed []Name   `json:"lapsed,omitempty"`
	By     PersonID `json:"by,omitempty"`   // in the founding
	Of     ID       `json:"of,omitempty"`   // the circle that consented
	Case   Name     `json:"case,omitempty"` // in this case
}

// MembershipEnded: a person is a member no longer. What was attested of them has
// lapsed.
type MembershipEnded struct {
	Person PersonID `json:"person"`
	Class  Class    `json:"class"`
	Ground Name     `json:"ground"`
	By     PersonID `json:"by,omitempty"`
	// Reason and Case are said where the members ended it.
	Reason Text `json:"reason,omitempty" words:"heard"`
	Case   Name `json:"case,omitempty"`
}

// Wire names, one for each event.
func (FactsAttested) Wire() string    { return "circle.attested" }
func (CommitmentAgreed) Wire() string { return "circle.commitment-agreed" }
func (ClassChanged) Wire() string     { return "circle.class-changed" }
func (MembershipEnded) Wire() string  { return "circle.membership-ended" }

func membershipEvents() []Event {
	return []Event{FactsAttested{}, CommitmentAgreed{}, ClassChanged{}, MembershipEnded{}, CoOpted{}}
}

// Adopted is told which case carried the deed that the event came of.
func (e *ClassChanged) Adopted(by Name) { e.Case = by }

func (e FactsAttested) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Attested = slices.Clone(p.Attested)
	for _, fact := range e.Facts {
		p.Attested = append(p.Attested, Attested{fact, e.By})
	}
}

func (e CommitmentAgreed) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Attested = append(slices.Clone(p.Attested), Attested{Commitment, e.Person})
}

func (e ClassChanged) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Class = e.To
	if len(e.Lapsed) > 0 {
		p.Attested = slices.DeleteFunc(slices.Clone(p.Attested), func(a Attested) bool { return slices.Contains(e.Lapsed, a.Fact) })
	}
}

func (e MembershipEnded) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Class, p.Attested = "", nil
}

// The refusals that concern membership.
var (
	NotRegistering = &Code{ID: "not-registering", Kind: ErrNotYou, Rule: "EC-61", Stands: InRules,
		Says: "{who} does not keep the register of members. Who takes full part in {circle} does; where that is the circle of all members, its Secretary."}
	NoSuchFact = &Code{ID: "no-such-fact", Kind: ErrNotValid, Rule: "EC-2", Stands: InRules,
		Says: "Nothing in the rules asks for {fact}. About a person only what is asked for is written down."}
	AttestedBefore = &Code{ID: "attested-before", Kind: ErrTaken, Rule: "EC-2", Stands: InEngine,
		Says: "{fact} is attested of {who} already."}
	OwnAttest = &Code{ID: "own-attest", Kind: ErrNotYou, Rule: "EC-2", Stands: InEngine,
		Says: "{who} cannot attest this of themselves: somebody else who keeps the register does."}
	OwnCommitment = &Code{ID: "own-commitment", Kind: ErrNotYou, Rule: "EC-6", Stands: InEngine,
		Says: "Nobody agrees to the Members' Commitment for {who}. They do it themselves, by circle.agree-to-commitment, and somebody may write it down for them."}
	NotAttested = &Code{ID: "not-attested", Kind: ErrNotNow, Rule: "EC-2", Stands: InRules,
		Says: "{who} cannot be a member of the class {class} yet. The rules ask for this, and nobody has attested it: {lacks}."}
	NoSuchClass = &Code{ID: "no-such-class", Kind: ErrNotValid, Rule: "EC-1", Stands: InRules,
		Says: "The rules know no class {class}."}
	SameClass = &Code{ID: "same-class", Kind: ErrTaken, Rule: "EC-1", Stands: InEngine,
		Says: "{who} is a member of the class {class} already."}
	NoClass = &Code{ID: "no-member", Kind: ErrNotNow, Rule: "EC-1", Stands: InEngine,
		Says: "{who} is not a member."}
	NoSuchGround = &Code{ID: "no-such-ground", Kind: ErrNotValid, Rule: "EC-2", Stands: InRules,
		Says: "The membership of {who} does not end on the ground {ground}. The rules name for the class {class}: {ends}. Everybody may resign themselves."}
	MembershipAtRoot = &Code{ID: "membership-at-root", Kind: ErrNotValid, Rule: "EC-8", Stands: InEngine,
		Says: "Who is a member is ruled in {root}, the circle of all, and not in {circle}."}
)

func membershipCodes() []*Code {
	return append(boardCodes(), NotRegistering, NoSuchFact, AttestedBefore, OwnAttest, OwnCommitment, NotAttested, NoSuchClass, SameClass, NoClass, NoSuchGround, MembershipAtRoot, NoRemoval)
}

func (c Attest) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	p := o.people[c.Person]
	switch err := o.mayRegister(by); {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", c.Person)
	case err != nil:
		return nil, err
	case by.By == c.Person:
		return nil, OwnAttest.Refuse("who", c.Person)
	}
	for i, fact := range c.Facts {
		switch {
		case fact == Commitment:
			return nil, OwnCommitment.Refuse("who", c.Person)
		case !o.asks(fact):
			return nil, NoSuchFact.Refuse("fact", fact)
		case p.Attests(fact), slices.Contains(c.Facts[:i], fact):
			return nil, AttestedBefore.Refuse("fact", fact, "who", c.Person)
		}
	}
	return []Event{&FactsAttested{Person: c.Person, Facts: c.Facts, By: by.By}}, nil
}

func (c AgreeToCommitment) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	p := o.people[by.By]
	switch {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", by.By)
	case !o.asks(Commitment):
		return nil, NoSuchFact.Refuse("fact", Commitment)
	case p.Attests(Commitment):
		return nil, AttestedBefore.Refuse("fact", Commitment, "who", by.By)
	}
	return []Event{&CommitmentAgreed{Person: by.By}}, nil
}

func (c ChangeClass) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	p := o.people[c.Person]
	if p == nil {
		return nil, UnknownPerson.Refuse("who", c.Person)
	}
	if err := o.mayAdmit(by, f); err != nil {
		return nil, err
	}
	if p.Class == c.Class {
		return nil, SameClass.Refuse("who", c.Person, "class", c.Class)
	}
	if err := o.mayBe(p, c.Class); err != nil {
		return nil, err
	}
	e := &ClassChanged{Person: c.Person, From: p.Class, To: c.Class, By: by.By, Of: f.ConsentOf, Lapsed: o.lapses(p, c.Class)}
	return o.amongAll(c.Person, append([]Event{e}, o.overLimit(c.Person, c.Class)...)...)
}

// amongAll adds that a member takes part in the circle of all members, where
// there are rules for them (EC-12).
func (o *Organisation) amongAll(who PersonID, events ...Event) ([]Event, error) {
	if level := o.LevelIn(o.root, who); o.membership() == nil || level == Full || level == OnLeave {
		return events, nil
	}
	if err := o.MaySeat(o.root, who); err != nil {
		return nil, err
	}
	return append(events, &Joined{Circle: o.root, Person: who, Level: Full}), nil
}

// mayBe refuses a class that the rules do not know, or for which something that
// they ask is not attested.
func (o *Organisation) mayBe(p *Person, class Class) error {
	m := o.membership()
	if m == nil {
		return nil
	}
	if m.of(class) == nil {
		return NoSuchClass.Refuse("class", class)
	}
	if lacks := p.lacks(o.Asked(class)); lacks != nil {
		return NotAttested.Refuse("who", p.ID, "class", class, "lacks", lacks)
	}
	return nil
}

// lapses lists what was attested of a person for their class alone, and not for
// the one that they get.
func (o *Organisation) lapses(p *Person, to Class) []Name {
	var out []Name
	for _, a := range o.Asked(p.Class) {
		if p.Attests(a.Fact) && !slices.ContainsFunc(o.Asked(to), func(b Condition) bool { return b.Fact == a.Fact }) {
			out = append(out, a.Fact)
		}
	}
	return out
}

func (c EndMembership) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	if c.Person == "" {
		c.Person = by.By
	}
	if c.Ground == "" {
		c.Ground = Resigned
	}
	p := o.people[c.Person]
	switch {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", c.Person)
	case p.Class == "":
		return nil, NoClass.Refuse("who", c.Person)
	}
	if c.Ground != Resigned || by.By != c.Person {
		if err := o.mayRegister(by); err != nil {
			return nil, err
		}
		if ends := o.endsOn(p.Class); !slices.Contains(ends, c.Ground) {
			return nil, NoSuchGround.Refuse("who", c.Person, "ground", c.Ground, "class", p.Class, "ends", ends)
		}
	}
	return append([]Event{&MembershipEnded{Person: c.Person, Class: p.Class, Ground: c.Ground, By: by.By}}, o.noMember(c.Person)...), nil
}

// endsOn are the grounds on which membership of a class ends.
func (o *Organisation) endsOn(class Class) []Name {
	if m := o.membership(); m != nil {
		if r := m.of(class); r != nil {
			return r.Ends
		}
	}
	return nil
}

// soundOwn refuses rules that a circle cannot have: who is a member is ruled in
// the root alone, and a Board sits in a circle that is there.
func (o *Organisation) soundOwn(id ID, r Rules) error {
	if err := o.soundLeads(id, r.Safeguarding); err != nil {
		return err
	}
	if b := r.Board; b != nil && o.circles[b.Circle] == nil {
		return UnknownCircle.Refuse("circle", b.Circle)
	}
	switch m := r.Membership; {
	case m == nil:
		return nil
	case id != o.root:
		return MembershipAtRoot.Refuse("root", o.root, "circle", id)
	case m.Admits != "" && o.circles[m.Admits] == nil:
		return UnknownCircle.Refuse("circle", m.Admits)
	}
	return nil
}
