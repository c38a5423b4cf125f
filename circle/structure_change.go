package circle

import (
	"slices"
	"time"

	"github.com/sayround/sayround/internal/canon"
)

// A Change is a structural command to which more than one circle must consent:
// each in a case of its own, and the cases are linked by the name of the change.
type Change struct {
	Deed   Deed
	Agreed []ID
	Awaits []ID
	Done   bool // it happened, or was called off
}

// Over lets go of what is settled; the name stays taken.
func (c *Change) Over() { *c = Change{Done: true} }

// joint is a command to which each circle that it concerns must consent.
type joint interface {
	Command
	named() Name
	// concerns lists the circles whose consent it takes, and refuses what is not
	// there.
	concerns(*Organisation) ([]ID, error)
	// carry answers what happens when they have consented.
	carry(*Organisation, time.Time) ([]Event, error)
}

// The refusals of changes that several circles consent to.
var (
	NameTheChange = &Code{ID: "name-the-change", Kind: ErrNotValid, Rule: "M-6, I-7", Stands: InEngine,
		Says: "This takes the consent of {circles}. Give the change a name, so that each of them can consent to it in a case of its own."}
	UnknownChange = &Code{ID: "unknown-change", Kind: ErrNotKnown, Rule: "I-7", Stands: InEngine,
		Says: "No change called {change} waits for consent."}
	NotAwaited = &Code{ID: "not-awaited", Kind: ErrNotYou, Rule: "I-7", Stands: InEngine,
		Says: "The change {change} waits for the consent of {circles}, not of {circle}."}
)

func changeCodes() []*Code { return []*Code{NameTheChange, UnknownChange, NotAwaited} }

// Change returns a change that waits for circles, nil if none of this name does.
func (o *Organisation) Change(id Name) *Change {
	if c := o.changes[id]; c != nil && !c.Done {
		return c
	}
	return nil
}

// Waiting lists the changes that wait for a circle's consent, by name.
func (o *Organisation) Waiting(id ID) []Name {
	var out []Name
	for name, c := range o.changes {
		if slices.Contains(c.Awaits, id) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// jointly decides a command to which several circles may have to consent.
func (o *Organisation) jointly(c joint, by Actor, now time.Time, f Facts) ([]Event, error) {
	who, err := c.concerns(o)
	if err != nil {
		return nil, err
	}
	founder := f.ConsentOf == "" && !o.settled && by.By == o.founder
	if !founder && !slices.Contains(who, f.ConsentOf) {
		return nil, ByConsentOnly.Refuse("who", plainOr(ID(by.By), string(f.ConsentOf)), "circle", who)
	}
	events, err := c.carry(o, now)
	if err != nil || founder || len(who) == 1 {
		return events, err
	}
	switch {
	case c.named() == "":
		return nil, NameTheChange.Refuse("circles", who)
	case o.changes[c.named()] != nil:
		return nil, TakenID.Refuse("id", c.named())
	}
	awaits := slices.DeleteFunc(who, func(id ID) bool { return id == f.ConsentOf })
	return []Event{&ChangeAgreed{Change: c.named(), By: f.ConsentOf, Awaits: awaits, Deed: canon.Clone(c).(Deed)}}, nil
}

// Pending names the change that the command consents to.
func (c ConsentTo) Pending() Name { return c.Change }

func (c ConsentTo) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	change := o.Change(c.Change)
	if change == nil {
		return nil, UnknownChange.Refuse("change", c.Change)
	}
	if !slices.Contains(change.Awaits, f.ConsentOf) {
		return nil, NotAwaited.Refuse("change", c.Change, "circles", change.Awaits, "circle", plainOr(f.ConsentOf, string(by.By)))
	}
	// It must be possible still: the structure may have moved on since.
	deed := change.Deed.(joint)
	if _, err := deed.concerns(o); err != nil {
		return nil, err
	}
	events, err := deed.carry(o, now)
	if err != nil {
		return nil, err
	}
	consented := []Event{&ChangeConsented{Change: c.Change, Circle: f.ConsentOf}}
	if len(change.Awaits) > 1 {
		return consented, nil
	}
	return append(consented, events...), nil
}

func (c CallOff) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	change := o.Change(c.Change)
	if change == nil {
		return nil, UnknownChange.Refuse("change", c.Change)
	}
	if all := slices.Concat(change.Agreed, change.Awaits); !slices.Contains(all, f.ConsentOf) {
		return nil, NotAwaited.Refuse("change", c.Change, "circles", all, "circle", plainOr(f.ConsentOf, string(by.By)))
	}
	return []Event{&ChangeCalledOff{Change: c.Change, Circle: f.ConsentOf}}, nil
}

// both lists a circle and the one around it; the circle alone where there is
// none around.
func both(c *Circle) []ID {
	if c.Parent == "" {
		return []ID{c.ID}
	}
	return []ID{c.ID, c.Parent}
}

// distinctIDs leaves out what was named before, and what is empty.
func distinctIDs(list ...ID) []ID {
	var out []ID
	for _, id := range list {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (c Redefine) named() Name       { return c.Change }
func (c Describe) named() Name       { return c.Change }
func (c TakeIn) named() Name         { return c.Change }
func (c Dissolve) named() Name       { return c.Change }
func (c Merge) named() Name          { return c.Change }
func (c TurnIntoCircle) named() Name { return "" }
func (c TurnIntoRole) named() Name   { return c.Change }
func (c MoveRole) named() Name       { return c.Change }
func (c MovePolicy) named() Name     { return c.Change }
func (c Lend) named() Name           { return c.Change }
func (c TakeBack) named() Name       { return c.Change }

func (c Redefine) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c Describe) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c TakeIn) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c Dissolve) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c Merge) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c TurnIntoCircle) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c TurnIntoRole) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c MoveRole) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c MovePolicy) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c Lend) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}

func (c TakeBack) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	return o.jointly(c, by, now, f)
}
