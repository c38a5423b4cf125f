package objection

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// Overrule closes an objection that was answered in substance and that the
// answer does not accommodate (M-175). Who facilitates does it.
type Overrule struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason"`
}

// Abandon closes an objection that its owner does not work on in good faith:
// it counts as not raised (M-173). Who facilitates does it.
type Abandon struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason"`
}

// Defer puts an objection off, with somebody who looks after it, a date, and
// what is to be done then (M-184). The circle does it by consent.
type Defer struct {
	Objection ID              `json:"objection"`
	Owner     circle.PersonID `json:"owner"`
	Until     time.Time       `json:"until"`
	Then      circle.Text     `json:"then"`
}

// StandAside lets the proposal happen although one would not do it: by name,
// with a reason (M-125).
type StandAside struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason"`
}

// Lower makes one's own objection a concern, which does not block (M-180).
type Lower struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason,omitempty"`
}

// Lapse is given by the process alone, when the time to acknowledge an answer
// is over (methods §8.15).
type Lapse struct{ Objection ID }

// Overruled: the objection was answered and not accommodated; it stands in the
// record.
type Overruled struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by,omitempty"`     // nobody: the time to acknowledge was over
	Silent    bool            `json:"silent,omitempty"` // the objector did not say whether the answer meets it
	Reason    circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Abandoned: the objection was not worked on in good faith, and counts as not
// raised.
type Abandoned struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason" words:"heard"`
}

// Deferred: the circle put the objection off by consent.
type Deferred struct {
	Objection ID              `json:"objection"`
	Owner     circle.PersonID `json:"owner"`
	Until     time.Time       `json:"until"`
	Then      circle.Text     `json:"then" words:"heard"`
}

// StoodAside: the objector lets it happen, and stands aside by name.
type StoodAside struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason" words:"own"`
}

// Lowered: the objector made the objection a concern.
type Lowered struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason,omitempty" words:"own"`
}

// Wire names, one for each command and event.
func (Overrule) Wire() string   { return "objection.overrule" }
func (Abandon) Wire() string    { return "objection.abandon" }
func (Defer) Wire() string      { return "objection.defer" }
func (StandAside) Wire() string { return "objection.stand-aside" }
func (Lower) Wire() string      { return "objection.lower" }
func (Lapse) Wire() string      { return "objection.lapse" }
func (Overruled) Wire() string  { return "objection.overruled" }
func (Abandoned) Wire() string  { return "objection.abandoned" }
func (Deferred) Wire() string   { return "objection.deferred" }
func (StoodAside) Wire() string { return "objection.stood-aside" }
func (Lowered) Wire() string    { return "objection.lowered" }

// Of names the objection that a command is about.
func (c Overrule) Of() ID   { return c.Objection }
func (c Abandon) Of() ID    { return c.Objection }
func (c Defer) Of() ID      { return c.Objection }
func (c StandAside) Of() ID { return c.Objection }
func (c Lower) Of() ID      { return c.Objection }

// On names the objection that an event is about.
func (e Overruled) On() ID  { return e.Objection }
func (e Abandoned) On() ID  { return e.Objection }
func (e Deferred) On() ID   { return e.Objection }
func (e StoodAside) On() ID { return e.Objection }
func (e Lowered) On() ID    { return e.Objection }

func exitCommands() []Command {
	return []Command{Overrule{}, Abandon{}, Defer{}, StandAside{}, Lower{}, TakeUp{}}
}

func exitEvents() []Event {
	return []Event{Overruled{}, Abandoned{}, Deferred{}, StoodAside{}, Lowered{}, TakenUp{}}
}

// The refusals of the ways out.
var (
	NotByMethod = &circle.Code{ID: "not-by-this-method", Kind: circle.ErrNotValid, Rule: "M-160", Stands: circle.InMethod,
		Says: "The method by which this is decided does not have this: {what}."}
	OwnJudge = &circle.Code{ID: "own-judge", Kind: circle.ErrNotYou, Rule: "M-162", Stands: circle.InEngine,
		Says: "{objection} is {who}'s own objection: nobody judges their own. Somebody else who facilitates does it."}
	NotAnswered = &circle.Code{ID: "not-answered", Kind: circle.ErrNotNow, Rule: "M-175", Stands: circle.InMethod,
		Says: "{objection} was not answered in substance yet, so it cannot be closed as answered."}
	DeferByConsent = &circle.Code{ID: "defer-by-consent", Kind: circle.ErrNotYou, Rule: "M-184", Stands: circle.InMethod,
		Says: "Putting off {objection} is a decision of {circle} by consent (consent.ask), the objector among them."}
	NotToCome = &circle.Code{ID: "not-to-come", Kind: circle.ErrNotValid, Rule: "M-184", Stands: circle.InEngine,
		Says: "{objection} is put off to a time to come, not to {until}."}
	NoSuchOwner = &circle.Code{ID: "owner-not-there", Kind: circle.ErrNotKnown, Rule: "M-184", Stands: circle.InEngine,
		Says: "{who} is no full participant of {circle}, so they cannot look after {objection}."}
)

func exitCodes() []*circle.Code {
	return []*circle.Code{NotByMethod, OwnJudge, NotAnswered, DeferByConsent, NotToCome, NoSuchOwner, NotPutOff, NotOwner}
}

// has refuses what the method does not have.
func has(it bool, what string) error {
	if it {
		return nil
	}
	return NotByMethod.Refuse("what", what)
}

// judged returns a standing objection that is not the judge's own (methods §8.4).
func (os *Objections) judged(id ID, by circle.Actor) (*Objection, error) {
	o, err := os.standing(id)
	if err != nil {
		return nil, err
	}
	if o.Owns(by.By) {
		return nil, OwnJudge.Refuse("objection", id, "who", by.By)
	}
	return o, nil
}

func (c Overrule) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if err := has(f.handling().Solved == ByAnswer, "closing an objection by an answer of the chair"); err != nil {
		return nil, err
	}
	o, err := os.judged(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if !o.Answered {
		return nil, NotAnswered.Refuse("objection", c.Objection)
	}
	return []Event{&Overruled{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

func (c Lapse) decide(os *Objections, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	if _, err := os.standing(c.Objection); err != nil {
		return nil, err
	}
	return []Event{&Overruled{Objection: c.Objection, Silent: true}}, nil
}

func (c Abandon) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if err := has(f.handling().GoodFaith, "a duty to work on an objection in good faith"); err != nil {
		return nil, err
	}
	if _, err := os.judged(c.Objection, by); err != nil {
		return nil, err
	}
	return []Event{&Abandoned{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

func (c Defer) decide(os *Objections, _ circle.Actor, now time.Time, f Facts) ([]Event, error) {
	if err := has(f.handling().Defer, "putting an objection off"); err != nil {
		return nil, err
	}
	if _, err := os.standing(c.Objection); err != nil {
		return nil, err
	}
	switch {
	case f.ConsentOf != f.Circle.ID:
		return nil, DeferByConsent.Refuse("objection", c.Objection, "circle", f.Circle.ID)
	case !c.Until.After(now):
		return nil, NotToCome.Refuse("objection", c.Objection, "until", c.Until)
	case !contains(f.Full, c.Owner):
		return nil, NoSuchOwner.Refuse("objection", c.Objection, "who", c.Owner, "circle", f.Circle.ID)
	}
	return []Event{&Deferred{Objection: c.Objection, Owner: c.Owner, Until: c.Until, Then: c.Then}}, nil
}

func (c StandAside) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if err := has(f.handling().StandAside, "standing aside"); err != nil {
		return nil, err
	}
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if o.shared() {
		return []Event{&Left{Objection: c.Objection, By: by.By, How: StatusStoodAside.String(), Reason: c.Reason}}, nil
	}
	return []Event{&StoodAside{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

func (c Lower) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if err := has(f.Concerns, "concerns beside objections"); err != nil {
		return nil, err
	}
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if o.shared() {
		return []Event{&Left{Objection: c.Objection, By: by.By, How: StatusLowered.String(), Reason: c.Reason}}, nil
	}
	return []Event{&Lowered{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

func (e Overruled) apply(os *Objections) { os.all[e.Objection].Status = StatusOverruled }
func (e Abandoned) apply(os *Objections) { os.all[e.Objection].Status = StatusAbandoned }
func (e Deferred) apply(os *Objections) {
	os.all[e.Objection].Status = StatusDeferred
	os.waits(e)
}
func (e StoodAside) apply(os *Objections) { os.all[e.Objection].Status = StatusStoodAside }
func (e Lowered) apply(os *Objections)    { os.all[e.Objection].Status = StatusLowered }

// Ends says whether an event ends an objection, and which: every way out does.
func Ends(e Event) (ID, bool) {
	switch e := e.(type) {
	case *Integrated:
		return e.Objection, true
	case *SolvedByBoth:
		return e.Objection, true
	case *Withdrawn:
		return e.Objection, true
	case *Ended:
		return e.Objection, true
	case *Dismissed:
		return e.Objection, true
	case *Overruled:
		return e.Objection, true
	case *Abandoned:
		return e.Objection, true
	case *Deferred:
		return e.Objection, true
	case *StoodAside:
		return e.Objection, true
	case *Lowered:
		return e.Objection, true
	case *Referred:
		return e.Objection, true
	}
	return "", false
}

// Closes says whether an event ends the test of an objection, and of which: a
// verdict does, and every way out.
func Closes(e Event) (ID, bool) {
	if e, ok := e.(*Captured); ok {
		return e.Objection, true
	}
	return Ends(e)
}

// A Balance holds the objections of a list against what became of them. Nothing
// is lost: those raised are those that stand and those that ended with a cause.
type Balance struct {
	Raised, Standing int
	Ended            map[Status]int
}

// Balanced counts a list; concerns are not counted.
func Balanced(list []*Objection) Balance {
	b := Balance{Ended: map[Status]int{}}
	for _, o := range list {
		switch {
		case o.Sort != Objecting:
			continue
		case o.Stands():
			b.Standing++
		default:
			b.Ended[o.Status]++
		}
		b.Raised++
	}
	return b
}

// Causes is how many have ended, each with a cause.
func (b Balance) Causes() int {
	n := 0
	for s, count := range b.Ended {
		if s >= StatusIntegrated && s != StatusHeard && s != StatusLifted {
			n += count
		}
	}
	return n
}
