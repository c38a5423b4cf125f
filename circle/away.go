package circle

import (
	"slices"
	"time"
)

// OnLeave is the level of somebody who is away for a time: they are told what
// goes on, and have no consent right (M-38). Nobody joins at it.
const OnLeave Level = "on-leave"

// An Away is that somebody is away from a circle for a time.
type Away struct {
	Person PersonID
	From   time.Time
	Until  time.Time // zero: until they come back
	Begun  bool
}

// TakeLeave says that one is away from a circle for a time. One says so
// oneself; nobody is sent away (M-38).
type TakeLeave struct {
	Circle ID        `json:"circle"`
	From   time.Time `json:"from,omitempty"` // empty: now
	Until  time.Time `json:"until,omitempty"`
}

// Return ends one's leave before its time, or one that has no end.
type Return struct {
	Circle ID `json:"circle"`
}

// Remove ends somebody's part in a circle against their will. It is the last
// resort, after a conversation that meant to help; it rests on something in the
// circle's aim or domain, never on liking; and the person concerned is heard and
// has no stance (EC-23, EC-28, EC-29, M-37).
type Remove struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
	// Harms is the part of the circle's aim, or the item of its domain, that the
	// reason is about.
	Harms        ItemID `json:"harms"`
	Reason       Text   `json:"reason" words:"heard"`
	Conversation Text   `json:"conversation,omitempty" words:"heard"`
}

// Wire names, one for each command.
func (TakeLeave) Wire() string { return "circle.take-leave" }
func (Return) Wire() string    { return "circle.return" }
func (Remove) Wire() string    { return "circle.remove" }

func awayCommands() []Command { return []Command{TakeLeave{}, Return{}, Remove{}} }

// Subject is the person whom the decision is about: they have no stance in it.
func (c Remove) Subject() PersonID { return c.Person }

// LeaveTaken: somebody will be away from a circle.
type LeaveTaken struct {
	Circle ID        `json:"circle"`
	Person PersonID  `json:"person"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until,omitempty"`
}

// LeaveBegan: from here on their consent right rests.
type LeaveBegan struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
}

// LeaveEnded: they are back.
type LeaveEnded struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
}

// Removed: the circle ended somebody's part in it.
type Removed struct {
	Circle       ID       `json:"circle"`
	Person       PersonID `json:"person"`
	Harms        ItemID   `json:"harms"`
	Reason       Text     `json:"reason" words:"heard"`
	Conversation Text     `json:"conversation" words:"heard"`
	Case         Name     `json:"case,omitempty"`
}

// Wire names, one for each event.
func (LeaveTaken) Wire() string { return "circle.leave-taken" }
func (LeaveBegan) Wire() string { return "circle.leave-began" }
func (LeaveEnded) Wire() string { return "circle.leave-ended" }
func (Removed) Wire() string    { return "circle.removed" }

func awayEvents() []Event {
	return []Event{LeaveTaken{}, LeaveBegan{}, LeaveEnded{}, Removed{}}
}

// Concerns names the person whom the words of a removal are about.
func (e Removed) Concerns() PersonID { return e.Person }

// Adopted is told which case carried the deed that the event came of.
func (e *Removed) Adopted(by Name) { e.Case = by }

func (e LeaveTaken) apply(o *Organisation) {
	c := o.circles[e.Circle]
	o.ever.away = true
	c.Leaves = append(slices.Clone(c.Leaves), Away{Person: e.Person, From: e.From, Until: e.Until})
}

func (e LeaveBegan) apply(o *Organisation) {
	c := o.circles[e.Circle]
	c.Leaves = slices.Clone(c.Leaves)
	for i := range c.Leaves {
		if c.Leaves[i].Person == e.Person {
			c.Leaves[i].Begun = true
		}
	}
}

func (e LeaveEnded) apply(o *Organisation) {
	o.circles[e.Circle].back(e.Person)
}

func (e Removed) apply(o *Organisation) {
	Left{Circle: e.Circle, Person: e.Person}.apply(o)
	c := o.circles[e.Circle]
	c.Removed = append(slices.Clone(c.Removed), e.Person)
}

// WasRemoved says whether it was the circle that ended somebody's part in it, and
// not they themselves: what they had to say in an open round is still theirs.
func (o *Organisation) WasRemoved(id ID, who PersonID) bool {
	c := o.circles[id]
	return c != nil && slices.Contains(c.Removed, who)
}

// Away says whether somebody's consent right in a circle rests, because they are
// on leave (I-9).
func (o *Organisation) Away(id ID, who PersonID) bool {
	if !o.ever.away {
		return false
	}
	c := o.circles[id]
	return c != nil && len(c.Leaves) > 0 && c.away(who)
}

func (c *Circle) away(who PersonID) bool {
	return slices.ContainsFunc(c.Leaves, func(l Away) bool { return l.Person == who && l.Begun })
}

// The refusals that concern leave and removal.
var (
	LeaveBefore = &Code{ID: "leave-before", Kind: ErrTaken, Rule: "M-38", Stands: InEngine,
		Says: "{who} has said already when they are away from {circle}."}
	LeaveBackwards = &Code{ID: "leave-backwards", Kind: ErrNotValid, Rule: "M-38", Stands: InEngine,
		Says: "A leave ends after it begins, and in time to come."}
	NotAway = &Code{ID: "not-away", Kind: ErrNotNow, Rule: "M-38", Stands: InEngine,
		Says: "{who} is not away from {circle}."}
	NoGround = &Code{ID: "no-ground", Kind: ErrNotValid, Rule: "EC-23", Stands: InEngine,
		Says: "{harms} is no part of the aim of {circle} and no item of its domain. Nobody is kept out because somebody does not like them: say what of {circle} is harmed."}
	TalkFirst = &Code{ID: "talk-first", Kind: ErrNotValid, Rule: "EC-28", Stands: InEngine,
		Says: "Before {circle} decides on that, somebody talks with {who}, to help: say when that was and what came of it."}
)

func awayCodes() []*Code { return []*Code{LeaveBefore, LeaveBackwards, NotAway, NoGround, TalkFirst} }

func (c TakeLeave) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	circle, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if c.From.IsZero() {
		c.From = now
	}
	switch {
	case slices.ContainsFunc(circle.Leaves, func(l Away) bool { return l.Person == by.By }):
		return nil, LeaveBefore.Refuse("who", by.By, "circle", c.Circle)
	case o.LevelIn(c.Circle, by.By) == "":
		return nil, NotInCircle.Refuse("who", by.By, "circle", c.Circle)
	case c.From.Before(now), !c.Until.IsZero() && !c.Until.After(c.From):
		return nil, LeaveBackwards.Refuse()
	}
	events := []Event{&LeaveTaken{Circle: c.Circle, Person: by.By, From: c.From, Until: c.Until}}
	if !c.From.After(now) {
		events = append(events, &LeaveBegan{Circle: c.Circle, Person: by.By})
	}
	return events, nil
}

func (c Return) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	circle := o.circles[c.Circle]
	if circle == nil {
		return nil, UnknownCircle.Refuse("circle", c.Circle)
	}
	if !slices.ContainsFunc(circle.Leaves, func(l Away) bool { return l.Person == by.By }) {
		return nil, NotAway.Refuse("who", by.By, "circle", c.Circle)
	}
	return []Event{&LeaveEnded{Circle: c.Circle, Person: by.By}}, nil
}

func (c Remove) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	circle, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if f.ConsentOf == "" || !o.Within(c.Circle, f.ConsentOf) { // not the founder's either
		return nil, ByConsentOnly.Refuse("who", by.By, "circle", c.Circle)
	}
	switch {
	case !slices.ContainsFunc(circle.Participants, func(p Participant) bool { return p.Person == c.Person }):
		return nil, NotInCircle.Refuse("who", c.Person, "circle", c.Circle)
	case !circle.AimPart(c.Harms) && !circle.Owns(c.Harms):
		return nil, NoGround.Refuse("harms", c.Harms, "circle", c.Circle)
	case c.Conversation.IsZero():
		return nil, TalkFirst.Refuse("circle", c.Circle, "who", c.Person)
	}
	var events []Event
	for _, r := range circle.Roles {
		if o.Holds(r, c.Person) {
			events = append(append(events, &RoleRevoked{Role: r, Person: c.Person}), o.losing(r, c.Person)...)
		}
	}
	return append(events, &Removed{Circle: c.Circle, Person: c.Person, Harms: c.Harms, Reason: c.Reason, Conversation: c.Conversation}), nil
}
