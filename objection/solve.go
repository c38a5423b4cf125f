package objection

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// Answer answers an objection in substance, where the method lets a chair do
// that (M-175). The objector then says whether it meets the objection.
type Answer struct {
	Objection ID          `json:"objection"`
	Answer    circle.Text `json:"answer"`
}

// ConfirmSolved says as the proposer that an objection is solved, which the
// objector has said already (M-172). It is asked also when both are one person
// (methods §8.2).
type ConfirmSolved struct {
	Objection ID `json:"objection"`
}

// Answered: the chair answered the objection in substance.
type Answered struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Answer    circle.Text     `json:"answer" words:"heard"`
	Until     time.Time       `json:"until,omitempty"` // the end of the time to acknowledge it
}

// Agreed: the objector says that the version solves it. The proposer has the
// next word.
type Agreed struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	In        int             `json:"in"`
}

// SolvedByBoth: the proposer says so too, and the objection has ended.
type SolvedByBoth struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	In        int             `json:"in"`
}

// Wire names, one for each command and event.
func (Answer) Wire() string        { return "objection.answer" }
func (ConfirmSolved) Wire() string { return "objection.confirm-solved" }
func (Answered) Wire() string      { return "objection.answered" }
func (Agreed) Wire() string        { return "objection.agreed" }
func (SolvedByBoth) Wire() string  { return "objection.solved" }

// Of names the objection that a command is about.
func (c Answer) Of() ID        { return c.Objection }
func (c ConfirmSolved) Of() ID { return c.Objection }

// On names the objection that an event is about.
func (e Answered) On() ID     { return e.Objection }
func (e Agreed) On() ID       { return e.Objection }
func (e SolvedByBoth) On() ID { return e.Objection }

func solvedCommands() []Command { return []Command{Answer{}, ConfirmSolved{}} }
func solvedEvents() []Event     { return []Event{Answered{}, Agreed{}, SolvedByBoth{}} }

// The refusals of solving.
var (
	AgreedAlready = &circle.Code{ID: "agreed-already", Kind: circle.ErrTaken, Rule: "M-172", Stands: circle.InMethod,
		Says: "{who} has said already that version {version} solves {objection}. Now the proposer says so too, or not."}
	ObjectorFirst = &circle.Code{ID: "objector-first", Kind: circle.ErrNotNow, Rule: "M-172", Stands: circle.InMethod,
		Says: "First {by} says that the version solves {objection}, and then the proposer."}
)

func solvedCodes() []*circle.Code { return []*circle.Code{AgreedAlready, ObjectorFirst} }

// agreed is the objector's half of "both say that it is solved".
func (o *Objection) agreed(by circle.Actor, in int) ([]Event, error) {
	if o.Accepted == in {
		return nil, AgreedAlready.Refuse("who", by.By, "version", in, "objection", o.ID)
	}
	return []Event{&Agreed{Objection: o.ID, By: by.By, In: in}}, nil
}

func (c ConfirmSolved) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if err := has(f.handling().Solved == ByBoth, "a proposer who confirms that an objection is solved"); err != nil {
		return nil, err
	}
	o, err := os.standing(c.Objection)
	if err != nil {
		return nil, err
	}
	if o.Accepted == 0 || o.Accepted != o.In {
		return nil, ObjectorFirst.Refuse("objection", c.Objection, "by", o.Holders())
	}
	return []Event{&SolvedByBoth{Objection: c.Objection, By: by.By, In: o.In}}, nil
}

func (c Answer) decide(os *Objections, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	h := f.handling()
	if err := has(h.Solved == ByAnswer, "closing an objection by an answer of the chair"); err != nil {
		return nil, err
	}
	if _, err := os.judged(c.Objection, by); err != nil {
		return nil, err
	}
	e := &Answered{Objection: c.Objection, By: by.By, Answer: c.Answer}
	if !h.Acknowledge.IsZero() {
		e.Until = h.Acknowledge.After(now)
	}
	return []Event{e}, nil
}

func (e Answered) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Answered, o.Until = true, e.Until
}

func (e Agreed) apply(os *Objections) { os.all[e.Objection].Accepted = e.In }

func (e SolvedByBoth) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Status, o.In = StatusIntegrated, e.In
}

func contains(list []circle.PersonID, who circle.PersonID) bool { return slices.Contains(list, who) }
