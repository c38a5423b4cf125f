package circle

import (
	"slices"
	"time"
)

// An Item is a named piece of a domain, or a named part of an aim. The name
// is for machines and stays; the words are for people.
type Item struct {
	ID   ItemID `json:"id"`
	Text Text   `json:"text,omitempty"`
	// Of is the item of the broader circle's domain that this one is cut from.
	// Empty: the item of the same name.
	Of ItemID `json:"of,omitempty"`
}

// from is the broader circle's item that i is cut from.
func (i Item) from() ItemID {
	if i.Of != "" {
		return i.Of
	}
	return i.ID
}

// A Person is somebody the organisation knows: a member, or a guest. A member may
// also be an organisation or a seat: then it has a [Body].
type Person struct {
	ID    PersonID
	Name  Text
	Class Class
	// Reading is the person's own reading time, where it is longer.
	Reading Reading
	// Formats are the formats the person needs to take in a text.
	Formats []Format
	// Access are other needs, as words: an interpreter, breaks. Never a
	// diagnosis (CP-15).
	Access []Text
	// Supporters may stand at the person's side (CP-18).
	Supporters []PersonID
	// Body says that the member is an organisation or a seat, nil of a person.
	Body *Body
	// Attested is what somebody attested of the person for their membership, nil
	// for most.
	Attested []Attested
	// Interpreters may render the person's words (CP-18).
	Interpreters []PersonID
}

// HasSupporter says whether who is one of the person's supporters.
func (p *Person) HasSupporter(who PersonID) bool { return slices.Contains(p.Supporters, who) }

// A Participant is a person in a circle.
type Participant struct {
	Person PersonID
	Level  Level
}

// A Circle is a defined set of equals with an aim and a domain who decide by
// consent.
type Circle struct {
	ID           ID
	Kind         Kind
	Parent       ID // empty for the root
	Name         Text
	Aim          Text
	AimParts     []Item
	Domain       []Item
	Participants []Participant
	Rules        Rules
	Looked       []Looked // when it looked at rules that have a review
	Roles        []RoleID
	// Children are the circles inside, and Linked the circles whose Leader or
	// Delegate sit here.
	Children []ID
	Linked   []Link
	// Leaves are those who are away for a time, and Agreed those who have said
	// that they want to take part and do not yet.
	Leaves []Away
	Agreed []PersonID
	// Removed are those whose part here the circle has ended.
	Removed []PersonID
	// Product, Meetings and Answers are a helping circle's: what it is to
	// bring, in how many meetings, and the need that it works on.
	Product  Text
	Meetings int
	Held     int
	Answers  Name
	Closed   bool
	// Beside is what the circle has beside the ordinary, nil for most.
	Beside *Charter
}

// A Link makes the holder of a hat in one circle a full participant of another.
type Link struct {
	From ID
	As   Hat
	// Bond is what was agreed about the link beside, nil: nothing.
	Bond *Bond
}

// A Holding is a person wearing a role for a term.
type Holding struct {
	Person PersonID
	Since  time.Time
	Until  time.Time // zero: without an end
	Over   bool      // the term has ended; the circle is to choose again
	// Focus is the part of the role that this holder looks after, where several
	// wear it (M-53).
	Focus Text
	// Case is the proposal that gave it, empty: the founding (M-50).
	Case Name
	// CheckIn is how often holder and circle look at it together; CheckedIn is how
	// often they have (EC-81).
	CheckIn   Period
	CheckedIn int
	// Substitute acts in the holder's stead while they are away (EC-89).
	Substitute PersonID
	// Seat is how they came to a role that is elected; empty: by being chosen.
	Seat Seat
}

// A Role is a bundle of tasks that is worn by consent, for a term.
type Role struct {
	ID      RoleID
	Circle  ID
	Hat     Hat // empty: operational
	Name    Text
	Holders []Holding
	// Definition says what the role is there for; nil: nobody has written it.
	Definition *Definition
	// Surrogates stand in for a wearer who is missing, in this order (M-55).
	Surrogates []PersonID
	// Items are those for which somebody else acts (M-59).
	Items []ForItem
	// Rotation is the order in which the role goes round, nil if it does not.
	Rotation *Rotation
	// Offered is whom a broader circle has chosen and this one has not confirmed
	// yet, nil if nobody (M-65).
	Offered *Offer
	Ended   bool // it ended with its circle, or became one
}

// An Organisation is all that is known of people and circles. The zero value
// is an organisation that has not been founded.
type Organisation struct {
	founder PersonID
	root    ID
	settled bool // the founding is over
	people  map[PersonID]*Person
	circles map[ID]*Circle
	roles   map[RoleID]*Role
	steads  map[Name][]Stead // who acts for whom, by decision
	money   *money           // nil until money is spoken of
	intents map[IntentID]*Intent
	changes map[Name]*Change // that wait for circles, or did

	index       // derived
	past  *past // derived; see AsOf
	ever  ever  // derived
}

// ever says what has been used at all, so that what most organisations never use
// costs them no look.
type ever struct{ bound, away, bodies, structured, protects bool }

// Image is everything an organisation holds, for comparing two of them.
type Image struct {
	Founder PersonID
	Root    ID
	Settled bool
	People  map[PersonID]*Person
	Circles map[ID]*Circle
	Roles   map[RoleID]*Role
	Steads  map[Name][]Stead
	Money   *money
	Intents map[IntentID]*Intent
	Changes map[Name]*Change
}

// Image returns everything the organisation holds. Nothing in it is a copy.
func (o *Organisation) Image() Image {
	return Image{o.founder, o.root, o.settled, o.people, o.circles, o.roles, o.steads, o.money, o.intents, o.changes}
}

// Founded says whether there is an organisation at all.
func (o *Organisation) Founded() bool { return o.root != "" }

// Settled says whether the founding is over, so that structure changes by
// consent alone.
func (o *Organisation) Settled() bool { return o.settled }

// RootCircle is the circle that holds its mandate from nobody but the members.
func (o *Organisation) RootCircle() ID { return o.root }

// Person returns a person, nil if there is none.
func (o *Organisation) Person(id PersonID) *Person { return o.people[id] }

// Circle returns a circle, nil if there is none.
func (o *Organisation) Circle(id ID) *Circle { return o.circles[id] }

// Role returns a role, nil if there is none.
func (o *Organisation) Role(id RoleID) *Role { return o.roles[id] }

// Circles lists all circles by name.
func (o *Organisation) Circles() []ID { return sortedKeys(o.circles) }

// People lists all people by name.
func (o *Organisation) People() []PersonID { return sortedKeys(o.people) }

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// RulesOf returns the rules that hold in a circle, with what it left open
// answered by the broader circles.
func (o *Organisation) RulesOf(id ID) Rules {
	var r Rules
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		if r = r.over(c.Rules); len(c.Rules.Protected) > 0 {
			r = r.holding(&c.Rules)
		}
	}
	return r
}

// LevelIn says how far a person takes part in a circle, by themselves or
// through a link; "" means not at all.
func (o *Organisation) LevelIn(id ID, who PersonID) Level {
	c := o.circles[id]
	if c == nil {
		return ""
	}
	if len(c.Leaves) > 0 && c.away(who) {
		return OnLeave
	}
	for i := range c.Linked {
		if slices.Contains(o.Through(id, &c.Linked[i]), who) {
			return Full
		}
	}
	for _, p := range c.Participants {
		if p.Person == who {
			return p.Level
		}
	}
	return ""
}

// FullIn lists the full participants of a circle in the order in which they
// came, those through a link last, each once (I-8).
func (o *Organisation) FullIn(id ID) []PersonID {
	c := o.circles[id]
	if c == nil {
		return nil
	}
	out := make([]PersonID, 0, len(c.Participants)+len(c.Linked))
	for _, p := range c.Participants {
		if p.Level == Full {
			out = append(out, p.Person)
		}
	}
	for i := range c.Linked {
		for _, who := range o.Through(id, &c.Linked[i]) {
			if !slices.Contains(out, who) {
				out = append(out, who)
			}
		}
	}
	if len(c.Leaves) > 0 {
		out = slices.DeleteFunc(out, c.away)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Wearers lists who wears a hat in a circle, or stands in for who does.
func (o *Organisation) Wearers(id ID, hat Hat) []PersonID {
	c := o.circles[id]
	if c == nil {
		return nil
	}
	var out []PersonID
	for _, r := range c.Roles {
		if role := o.roles[r]; role.Hat == hat {
			for i := range role.Holders {
				if who := o.inOffice(role, &role.Holders[i]); who != "" && !slices.Contains(out, who) {
					out = append(out, who)
				}
			}
		}
	}
	return out
}

// Wears says whether a person wears a hat in a circle.
func (o *Organisation) Wears(id ID, hat Hat, who PersonID) bool {
	c := o.circles[id]
	return c != nil && slices.ContainsFunc(c.Roles, func(r RoleID) bool { return o.roles[r].Hat == hat && o.Holds(r, who) })
}

// Holds says whether a person holds a role.
func (o *Organisation) Holds(id RoleID, who PersonID) bool {
	r := o.roles[id]
	return r != nil && slices.ContainsFunc(r.Holders, func(h Holding) bool { return h.Person == who })
}

// AimPart says whether the circle's aim has a part of this name; the whole aim
// is one (EC-31).
func (c *Circle) AimPart(id ItemID) bool {
	return id == WholeAim || slices.ContainsFunc(c.AimParts, func(i Item) bool { return i.ID == id })
}

// AimNames lists the names of the parts of the aim.
func (c *Circle) AimNames() []string {
	out := []string{string(WholeAim)}
	for _, i := range c.AimParts {
		out = append(out, string(i.ID))
	}
	return out
}

// Owns says whether the item stands in the circle's domain.
func (c *Circle) Owns(id ItemID) bool {
	return slices.ContainsFunc(c.Domain, func(i Item) bool { return i.ID == id })
}

// HandedTo returns the circle inside c to which an item of c's domain was
// handed whole, "" if c decides on it itself (CP-29).
func (o *Organisation) HandedTo(c *Circle, id ItemID) ID {
	for _, child := range c.Children {
		for _, i := range o.circles[child].Domain {
			if i.ID == id && !o.circles[child].Closed {
				return child
			}
		}
	}
	return ""
}

// LongestReading returns the time that a person has to read: the circle's, or
// their own where it ends later.
func LongestReading(circle, own Reading, again bool, from time.Time) time.Time {
	c, p := circle.First, own.First
	if again {
		c, p = circle.Again, own.Again
	}
	until := c.After(from)
	if t := p.After(from); t.After(until) {
		until = t
	}
	return until
}

// Within says whether inner is outer or lies somewhere inside it.
func (o *Organisation) Within(inner, outer ID) bool {
	for c := o.circles[inner]; c != nil; c = o.circles[c.Parent] {
		if c.ID == outer {
			return true
		}
	}
	return false
}
