package objection

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// Holders are those whose objection it is: who raised it, and who made it
// theirs, without those who have left it (M-170).
func (o *Objection) Holders() []circle.PersonID {
	if o.Owners == nil {
		return []circle.PersonID{o.By}
	}
	return o.Owners
}

// Owns says whether it is a person's objection.
func (o *Objection) Owns(who circle.PersonID) bool {
	if o.Owners == nil {
		return o.By == who
	}
	return slices.Contains(o.Owners, who)
}

// shared says that it has more than one owner.
func (o *Objection) shared() bool { return len(o.Owners) > 1 }

// Orphaned says that nobody whose objection it is, is among these people
// (methods §8.7).
func (o *Objection) Orphaned(among []circle.PersonID) bool {
	return !slices.ContainsFunc(o.Holders(), func(who circle.PersonID) bool { return slices.Contains(among, who) })
}

// Acceptance is what it means that an owner accepts how a version meets the
// objection: the last one ends it, the others leave it.
func (o *Objection) Acceptance(who circle.PersonID, in int) Event {
	if o.shared() {
		return &Left{Objection: o.ID, By: who, How: StatusIntegrated.String(), In: in}
	}
	return &Integrated{Objection: o.ID, By: who, In: in}
}

// Inheritance is what it means that the circle accepts how a version meets the
// objection, whose owners have left.
func (o *Objection) Inheritance() Event {
	return &Integrated{Objection: o.ID, In: o.In, ByCircle: true}
}

// Join makes another's objection one's own as well: it ends only when all its
// owners have left it (M-170).
type Join struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason"`
}

// Adopt makes an objection one's own whose owners have all left the circle
// (methods §8.7).
type Adopt struct {
	Objection ID `json:"objection"`
}

// Lift turns one's own concern into an objection (M-180). Both forms are kept.
type Lift struct {
	ID       ID            `json:"id"`
	Concern  ID            `json:"concern"`
	Aim      circle.ItemID `json:"aim"`
	Argument circle.Text   `json:"argument"`
}

// Joined: another person made the objection theirs as well.
type Joined struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason" words:"heard"`
}

// Left: one of several owners has done with it, in this way; it is the others'.
type Left struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	How       string          `json:"how"`          // the status it would have, were it theirs alone
	In        int             `json:"in,omitempty"` // the version that they accept
	Reason    circle.Text     `json:"reason,omitempty" words:"own"`
}

// Adopted: somebody took on an objection whose owners have left the circle.
type Adopted struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
}

// Wire names, one for each command and event.
func (Join) Wire() string    { return "objection.join" }
func (Adopt) Wire() string   { return "objection.adopt" }
func (Lift) Wire() string    { return "objection.lift" }
func (Joined) Wire() string  { return "objection.joined" }
func (Left) Wire() string    { return "objection.left" }
func (Adopted) Wire() string { return "objection.adopted" }

// Of names the objection or concern that a command is about.
func (c Join) Of() ID  { return c.Objection }
func (c Adopt) Of() ID { return c.Objection }
func (c Lift) Of() ID  { return c.Concern }

// On names the objection that an event is about.
func (e Joined) On() ID  { return e.Objection }
func (e Left) On() ID    { return e.Objection }
func (e Adopted) On() ID { return e.Objection }

func ownerCommands() []Command { return []Command{Join{}, Adopt{}, Lift{}} }
func ownerEvents() []Event     { return []Event{Joined{}, Left{}, Adopted{}} }

// The refusals about whose objection it is.
var (
	OwnerAlready = &circle.Code{ID: "objection-yours-already", Kind: circle.ErrTaken, Rule: "M-170", Stands: circle.InEngine,
		Says: "The objection {objection} is {who}'s already."}
	NotOrphaned = &circle.Code{ID: "objector-there", Kind: circle.ErrNotNow, Rule: "M-170", Stands: circle.InEngine,
		Says: "The objection {objection} is {by}'s, who can speak for it. It may be joined instead."}
	NotAConcern = &circle.Code{ID: "not-a-concern", Kind: circle.ErrNotValid, Rule: "M-180", Stands: circle.InEngine,
		Says: "{concern} is no concern that could become an objection: it is {status}."}
	NoAgain = &circle.Code{ID: "not-raised-before", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{again} is no objection to {proposal} that has ended, so it cannot be raised again."}
	RuledBefore = &circle.Code{ID: "ruled-before", Kind: circle.ErrNotValid, Rule: "M-178", Stands: circle.InMethod,
		Says: "{again} was ruled on: it is {status}. By this method the same point is raised again only with something new: say what is new."}
)

func ownerCodes() []*circle.Code {
	return []*circle.Code{OwnerAlready, NotOrphaned, NotAConcern, NoAgain, RuledBefore}
}

// reraised refuses to raise an objection again that has not ended, or that was
// ruled on where the method lets that be once, and nothing is new (M-178).
func (os *Objections) reraised(c Raise, f Facts) error {
	if c.Again == "" {
		return nil
	}
	old := os.all[c.Again]
	switch {
	case old == nil, old.Sort != Objecting, old.Proposal != c.Proposal, old.Stands():
		return NoAgain.Refuse("again", c.Again, "proposal", c.Proposal)
	case f.handling().Once && c.New.IsZero() && (old.Status == StatusOverruled || old.Status == StatusDismissed):
		return RuledBefore.Refuse("again", c.Again, "status", old.Status)
	}
	return nil
}

func (c Join) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.standing(c.Objection)
	if err != nil {
		return nil, err
	}
	if o.Owns(by.By) {
		return nil, OwnerAlready.Refuse("objection", c.Objection, "who", by.By)
	}
	return []Event{&Joined{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

func (c Adopt) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	o, err := os.standing(c.Objection)
	if err != nil {
		return nil, err
	}
	if !o.Orphaned(f.Full) {
		return nil, NotOrphaned.Refuse("objection", c.Objection, "by", o.Holders())
	}
	return []Event{&Adopted{Objection: c.Objection, By: by.By}}, nil
}

func (c Lift) decide(os *Objections, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	concern, err := os.Get(c.Concern)
	if err != nil {
		return nil, err
	}
	switch {
	case concern.Status != StatusHeard && concern.Status != StatusLowered:
		return nil, NotAConcern.Refuse("concern", c.Concern, "status", concern.Status)
	case !concern.Owns(by.By):
		return nil, NotObjector.Refuse("objection", c.Concern, "by", concern.Holders(), "who", by.By)
	}
	events, err := Raise{ID: c.ID, Proposal: concern.Proposal, Aim: c.Aim, Argument: c.Argument, Source: concern.Source}.decide(os, by, now, f)
	if err != nil {
		return nil, err
	}
	raised := events[0].(*Raised)
	raised.From = c.Concern
	return events, nil
}

func (e Joined) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Owners = append(slices.Clone(o.Holders()), e.By)
}

func (e Left) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Owners = slices.DeleteFunc(slices.Clone(o.Holders()), func(who circle.PersonID) bool { return who == e.By })
}

func (e Adopted) apply(os *Objections) { os.all[e.Objection].Owners = []circle.PersonID{e.By} }
