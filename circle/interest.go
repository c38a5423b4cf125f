package circle

import (
	"fmt"
	"time"
)

// Interests say what becomes of somebody who has declared that they have an
// interest of their own in a question. What a broader circle asks, no circle inside
// lets go (EC-79).
type Interests struct {
	// Then is what they still do. Empty: all, and it stands in the record.
	Then Interested `json:"then,omitempty"`
	// Uncounted leaves them out when it is counted whether enough are there.
	Uncounted bool `json:"uncounted,omitempty"`
}

// Interested is what somebody with an interest of their own still does.
type Interested string

// The answers, from less to more.
const (
	HasNoStance Interested = "no-stance" // they are heard, and have no stance
	Withdraws   Interested = "withdraws" // nor do they take part in the rounds
)

// Values lists the answers.
func (Interested) Values() []string { return []string{string(HasNoStance), string(Withdraws)} }

// Check refuses an answer that nobody knows.
func (i Interested) Check() error { return oneOf(string(i), i.Values()) }

// IsZero says that a declaration is recorded, and no more.
func (i Interests) IsZero() bool { return i == Interests{} }

// over fills what i leaves open from the broader circle's.
func (i Interests) over(broader Interests) Interests {
	if i.Then == "" || broader.Then == Withdraws {
		i.Then = broader.Then
	}
	i.Uncounted = i.Uncounted || broader.Uncounted
	return i
}

// Removal says how the members remove a member: it is very rare, and theirs
// alone. Without these rules nobody is removed (EC-75, EC-76).
type Removal struct {
	// Matter is the kind of matter that such a proposal is; the circle's rules name
	// the method for it, as that of an extraordinary resolution.
	Matter Name `json:"matter"`
	// Told is how many clear days before the question the member was told of it,
	// with the reasons.
	Told int `json:"told,omitempty"`
	// Unvoiced says that they have no vote in it themselves. They are heard in any
	// case, or somebody for them, who need not be a member.
	Unvoiced bool `json:"unvoiced,omitempty"`
}

// Check refuses days that cannot be.
func (r *Removal) Check() error {
	if r.Told < 0 || r.Told > 366 {
		return fmt.Errorf("a member is told 0 to 366 days before, and %d is not", r.Told)
	}
	return nil
}

// RemoveMember ends somebody's membership by decision of the members, with all
// that hangs on it (EC-75, EC-76).
type RemoveMember struct {
	Person PersonID `json:"person"`
	Reason Text     `json:"reason" words:"heard"`
}

// Wire names the command.
func (RemoveMember) Wire() string { return "circle.remove-member" }

// Subject is the person whom the decision is about.
func (c RemoveMember) Subject() PersonID { return c.Person }

// Expelled is the ground on which the members ended a membership.
const Expelled Name = "removed"

// NoRemoval is the refusal to remove a member where the rules do not say how.
var NoRemoval = &Code{ID: "no-removal", Kind: ErrNotValid, Rule: "EC-75", Stands: InRules,
	Says: "The rules of {circle} do not say how a member is removed, so nobody is."}

// Removing are the rules by which members are removed, nil if nobody is.
func (o *Organisation) Removing() *Removal {
	if m := o.membership(); m != nil {
		return m.Removal
	}
	return nil
}

func (c RemoveMember) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	p := o.people[c.Person]
	switch {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", c.Person)
	case f.ConsentOf != o.root: // not the founder's either
		return nil, alone(by, f, o.root)
	case o.Removing() == nil:
		return nil, NoRemoval.Refuse("circle", o.root)
	case p.Class == "":
		return nil, NoClass.Refuse("who", c.Person)
	}
	return append([]Event{&MembershipEnded{Person: c.Person, Class: p.Class, Ground: Expelled, Reason: c.Reason}}, o.noMember(c.Person)...), nil
}

// Concerns names the person whom the words are about.
func (e MembershipEnded) Concerns() PersonID { return e.Person }

// Adopted is told which case carried the deed that the event came of.
func (e *MembershipEnded) Adopted(by Name) { e.Case = by }
