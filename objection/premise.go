package objection

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// PremiseID names a premise of one objection.
type PremiseID string

// Check refuses what cannot be the name of a premise.
func (id PremiseID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *PremiseID) Kind() string { return "premise" }

// A Premise is something that an objection rests on, and what the circle thinks
// of it (M-165).
type Premise struct {
	ID   PremiseID
	Mark Mark
}

// Mark is what is thought of a premise. The empty one: nothing was said yet.
type Mark string

// The marks (M-165).
const (
	MarkAgreed   Mark = "agreed"
	MarkDisputed Mark = "disputed"
	MarkRemoved  Mark = "removed"
)

// Values lists the marks.
func (Mark) Values() []string {
	return []string{string(MarkAgreed), string(MarkDisputed), string(MarkRemoved)}
}

// Check refuses a mark that nobody knows.
func (m Mark) Check() error { return among(string(m), m.Values()) }

// NamePremise says what one's own objection rests on.
type NamePremise struct {
	Objection ID          `json:"objection"`
	ID        PremiseID   `json:"id"`
	Text      circle.Text `json:"text"`
}

// MarkPremise says what is thought of a premise. Only the objector removes one.
type MarkPremise struct {
	Objection ID        `json:"objection"`
	Premise   PremiseID `json:"premise"`
	Mark      Mark      `json:"mark"`
}

// PremiseNamed: the objector said what the objection rests on.
type PremiseNamed struct {
	Objection ID              `json:"objection"`
	Premise   PremiseID       `json:"premise"`
	By        circle.PersonID `json:"by"`
	Text      circle.Text     `json:"text" words:"heard"`
}

// PremiseMarked: somebody said what is thought of a premise.
type PremiseMarked struct {
	Objection ID              `json:"objection"`
	Premise   PremiseID       `json:"premise"`
	Mark      Mark            `json:"mark"`
	By        circle.PersonID `json:"by"`
}

// Wire names, one for each command and event.
func (NamePremise) Wire() string   { return "objection.premise" }
func (MarkPremise) Wire() string   { return "objection.mark-premise" }
func (PremiseNamed) Wire() string  { return "objection.premise-named" }
func (PremiseMarked) Wire() string { return "objection.premise-marked" }

// Of names the objection that a command is about.
func (c NamePremise) Of() ID { return c.Objection }
func (c MarkPremise) Of() ID { return c.Objection }

// On names the objection that an event is about.
func (e PremiseNamed) On() ID  { return e.Objection }
func (e PremiseMarked) On() ID { return e.Objection }

func premiseCommands() []Command { return []Command{NamePremise{}, MarkPremise{}} }
func premiseEvents() []Event     { return []Event{PremiseNamed{}, PremiseMarked{}} }

// UnknownPremise is the refusal of a premise that was not named.
var UnknownPremise = &circle.Code{ID: "unknown-premise", Kind: circle.ErrNotKnown, Rule: "M-165", Stands: circle.InEngine,
	Says: "{objection} names no premise {premise}, or it was removed."}

func premiseCodes() []*circle.Code { return []*circle.Code{UnknownPremise} }

// premise finds one that was not removed, nil if there is none.
func (o *Objection) premise(id PremiseID) *Premise {
	i := slices.IndexFunc(o.Premises, func(p Premise) bool { return p.ID == id && p.Mark != MarkRemoved })
	if i < 0 {
		return nil
	}
	return &o.Premises[i]
}

func (c NamePremise) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(o.Premises, func(p Premise) bool { return p.ID == c.ID }) {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	return []Event{&PremiseNamed{Objection: c.Objection, Premise: c.ID, By: by.By, Text: c.Text}}, nil
}

func (c MarkPremise) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.standing(c.Objection)
	switch {
	case err != nil:
		return nil, err
	case c.Mark == MarkRemoved && !o.Owns(by.By):
		return nil, NotObjector.Refuse("objection", c.Objection, "by", o.Holders(), "who", by.By)
	case o.premise(c.Premise) == nil:
		return nil, UnknownPremise.Refuse("objection", c.Objection, "premise", c.Premise)
	}
	return []Event{&PremiseMarked{Objection: c.Objection, Premise: c.Premise, Mark: c.Mark, By: by.By}}, nil
}

func (e PremiseNamed) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Premises = append(o.Premises, Premise{ID: e.Premise})
}

func (e PremiseMarked) apply(os *Objections) { os.all[e.Objection].premise(e.Premise).Mark = e.Mark }
