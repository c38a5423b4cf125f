package objection

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Command asks for something to happen to an objection. Its wire name is
// "objection." and an imperative. There is none to dismiss one: where a method
// tests objections, a dismissal follows from the test (CP-4, methods §2.2).
type Command interface {
	Wire() string
	decide(*Objections, circle.Actor, time.Time, Facts) ([]Event, error)
}

// Raise objects to the current version of a proposal: which part of the aim
// would be harmed, and why.
type Raise struct {
	ID       ID              `json:"id"`
	Proposal proposal.ID     `json:"proposal"`
	Version  int             `json:"version,omitempty"`
	Aim      circle.ItemID   `json:"aim"`
	Argument circle.Text     `json:"argument"`
	Source   proposal.Source `json:"source,omitempty"`
	Again    ID              `json:"again,omitempty"`
	New      circle.Text     `json:"new,omitempty"`
}

// Voice says a concern that does not block.
type Voice struct {
	ID       ID              `json:"id"`
	Proposal proposal.ID     `json:"proposal"`
	Version  int             `json:"version,omitempty"`
	Text     circle.Text     `json:"text"`
	Source   proposal.Source `json:"source,omitempty"`
}

// Restate says an objection back in the circle's words.
type Restate struct {
	Objection ID          `json:"objection"`
	Statement circle.Text `json:"statement"`
}

// Confirm says that the restatement is what one means.
type Confirm struct {
	Objection ID `json:"objection"`
}

// Withdraw takes one's own objection back.
type Withdraw struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason,omitempty"`
}

// Accept says that a version meets one's own objection. Consenting to that
// version says the same.
type Accept struct {
	Objection ID `json:"objection"`
}

// Meet is given by the process alone, when a version is written to meet an
// objection.
type Meet struct {
	Objection ID            `json:"objection"`
	In        int           `json:"in,omitempty"`
	Tools     []circle.Tool `json:"tools"`
}

// Inherit is given by the process alone, when the whole circle consented to a
// version that meets an objection whose raiser is no longer there to say so.
type Inherit struct{ Objection ID }

// End is given by the process alone, when the proposal itself has ended.
type End struct{ Objection ID }

// Wire names, one for each command.
func (Raise) Wire() string    { return "objection.raise" }
func (Voice) Wire() string    { return "objection.voice" }
func (Restate) Wire() string  { return "objection.restate" }
func (Confirm) Wire() string  { return "objection.confirm" }
func (Withdraw) Wire() string { return "objection.withdraw" }
func (Accept) Wire() string   { return "objection.accept" }
func (Meet) Wire() string     { return "objection.meet" }
func (Inherit) Wire() string  { return "objection.inherit" }
func (End) Wire() string      { return "objection.end" }

// Commands lists one of each command that people give, for those who read
// them from text.
func Commands() []Command {
	list := []Command{Raise{}, Voice{}, Restate{}, Confirm{}, Withdraw{}, Accept{}}
	return slices.Concat(list, trialCommands(), exitCommands(), ownerCommands(), solvedCommands(), premiseCommands(), carryCommands())
}

// Of names the objection that a command is about.
func (c Restate) Of() ID  { return c.Objection }
func (c Confirm) Of() ID  { return c.Objection }
func (c Withdraw) Of() ID { return c.Objection }
func (c Accept) Of() ID   { return c.Objection }

// The refusals of this room.
var (
	UnknownObjection = &circle.Code{ID: "unknown-objection", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "There is no objection {objection}."}
	UnknownAim = &circle.Code{ID: "unknown-aim", Kind: circle.ErrNotValid, Rule: "EC-31", Stands: circle.InEngine,
		Says: "{aim} is no part of the aim of {circle}. An objection names what it says is harmed: {parts}."}
	// OldVersion is what the room of proposals says of an old version.
	OldVersion  = proposal.OldVersion
	NotObjector = &circle.Code{ID: "not-the-objector", Kind: circle.ErrNotYou, Rule: "CP-4", Stands: circle.InEngine,
		Says: "The objection {objection} is {by}'s: only {by} may do this, not {who}."}
	AlreadyEnded = &circle.Code{ID: "objection-ended", Kind: circle.ErrNotNow, Stands: circle.InEngine,
		Says: "The objection {objection} has ended: it is {status}."}
	NotRestated = &circle.Code{ID: "not-restated", Kind: circle.ErrNotNow, Rule: "EC-34", Stands: circle.InEngine,
		Says: "Nobody has said {objection} back yet, so there is nothing to confirm."}
	Understood = &circle.Code{ID: "understood-already", Kind: circle.ErrTaken, Rule: "EC-34", Stands: circle.InEngine,
		Says: "{by} has confirmed that {objection} is understood; it need not be said back again."}
	NotMet = &circle.Code{ID: "not-met", Kind: circle.ErrNotNow, Rule: "EC-35", Stands: circle.InEngine,
		Says: "No version was written to meet {objection} yet. It may be withdrawn instead."}
	NotOffered = &circle.Code{ID: "tool-not-offered", Kind: circle.ErrNotValid, Rule: "EC-35", Stands: circle.InRules,
		Says: "{circle} does not offer {tool}; it offers {tools}."}
	OnConcern = &circle.Code{ID: "only-a-concern", Kind: circle.ErrNotValid, Rule: "M-124", Stands: circle.InEngine,
		Says: "{objection} is a concern: it does not block, so there is nothing to end."}
)

// Codes lists the refusals of this room.
func Codes() []*circle.Code {
	list := []*circle.Code{UnknownObjection, UnknownAim, NotObjector, AlreadyEnded, NotRestated, Understood,
		NotMet, NotOffered, OnConcern}
	return slices.Concat(list, trialCodes(), exitCodes(), ownerCodes(), solvedCodes(), premiseCodes(), carryCodes())
}

// Decide answers whether a command may happen, and which events follow.
func (os *Objections) Decide(by circle.Actor, now time.Time, cmd Command, f Facts) ([]Event, error) {
	return cmd.decide(os, by, now, f)
}

// Get returns an objection, or the refusal that there is none.
func (os *Objections) Get(id ID) (*Objection, error) {
	if o := os.all[id]; o != nil {
		return o, nil
	}
	if p, ok := os.past[id]; ok {
		return nil, AlreadyEnded.Refuse("objection", id, "status", "settled together with "+string(p))
	}
	return nil, UnknownObjection.Refuse("objection", id)
}

// standing returns an objection that has not ended.
func (os *Objections) standing(id ID) (*Objection, error) {
	o, err := os.Get(id)
	switch {
	case err != nil:
		return nil, err
	case o.Sort == Worrying:
		return nil, OnConcern.Refuse("objection", id)
	case !o.Stands():
		return nil, AlreadyEnded.Refuse("objection", id, "status", o.Status)
	}
	return o, nil
}

// own returns a standing objection of the person who acts.
func (os *Objections) own(id ID, by circle.Actor) (*Objection, error) {
	o, err := os.standing(id)
	if err != nil {
		return nil, err
	}
	if !o.Owns(by.By) {
		return nil, NotObjector.Refuse("objection", id, "by", o.Holders(), "who", by.By)
	}
	return o, nil
}

// current refuses words about another version than the current one; no
// version given means the current one.
func current(f Facts, version int) (int, error) {
	newest := f.Proposal.Current().N
	if version != 0 && version != newest {
		return 0, OldVersion.Refuse("version", version, "proposal", f.Proposal.ID, "newest", newest)
	}
	return newest, nil
}

func (c Raise) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if os.taken(c.ID) {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	version, err := current(f, c.Version)
	if err != nil {
		return nil, err
	}
	if !f.Circle.AimPart(c.Aim) {
		return nil, UnknownAim.Refuse("aim", c.Aim, "circle", f.Circle.ID, "parts", f.Circle.AimNames())
	}
	if err := os.reraised(c, f); err != nil {
		return nil, err
	}
	return []Event{&Raised{Objection: c.ID, Proposal: c.Proposal, Version: version, By: by.By, Aim: c.Aim,
		Argument: c.Argument, Source: c.Source, Again: c.Again, New: c.New}}, nil
}

func (c Voice) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if os.taken(c.ID) {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	version, err := current(f, c.Version)
	if err != nil {
		return nil, err
	}
	return []Event{&Voiced{Concern: c.ID, Proposal: c.Proposal, Version: version, By: by.By, Text: c.Text, Source: c.Source}}, nil
}

func (c Restate) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.standing(c.Objection)
	if err != nil {
		return nil, err
	}
	if o.Status != StatusRaised && o.Status != StatusRestated {
		return nil, Understood.Refuse("objection", c.Objection, "by", o.By)
	}
	return []Event{&Restated{Objection: c.Objection, By: by.By, Statement: c.Statement}}, nil
}

func (c Confirm) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if o.Status != StatusRestated {
		return nil, NotRestated.Refuse("objection", c.Objection)
	}
	return []Event{&Confirmed{Objection: c.Objection, By: by.By}}, nil
}

func (c Withdraw) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if o.shared() {
		return []Event{&Left{Objection: c.Objection, By: by.By, How: StatusWithdrawn.String(), Reason: c.Reason}}, nil
	}
	return []Event{&Withdrawn{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

func (c Accept) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	in := o.In
	switch {
	case o.Status == StatusMet:
	case o.Answered:
		in = f.Proposal.Current().N
	default:
		return nil, NotMet.Refuse("objection", c.Objection)
	}
	if f.handling().Solved == ByBoth && !o.shared() {
		return o.agreed(by, in)
	}
	return []Event{o.Acceptance(by.By, in)}, nil
}

func (c Inherit) decide(os *Objections, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.standing(c.Objection)
	if err != nil {
		return nil, err
	}
	if o.Status != StatusMet {
		return nil, NotMet.Refuse("objection", c.Objection)
	}
	return []Event{o.Inheritance()}, nil
}

func (c Meet) decide(os *Objections, _ circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := os.standing(c.Objection); err != nil {
		return nil, err
	}
	for _, t := range c.Tools {
		if !f.Rules.Offers(t) {
			return nil, NotOffered.Refuse("circle", f.Circle.ID, "tool", t, "tools", f.Rules.Tools)
		}
	}
	return []Event{&Met{Objection: c.Objection, In: c.In, Tools: c.Tools}}, nil
}

func (c End) decide(os *Objections, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	if _, err := os.standing(c.Objection); err != nil {
		return nil, err
	}
	return []Event{&Ended{Objection: c.Objection}}, nil
}
