package objection

import (
	"maps"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A PutOff is an objection that the circle put off: it outlives the case it was
// raised in, until it is taken up (M-184).
type PutOff struct {
	Proposal proposal.ID
	Owner    circle.PersonID // who looks after it
	Until    time.Time       // when it is to be looked at
}

// TakeUp says what has become of an objection that was put off. Its owner does
// so, or, once they take part no more, a full participant of the circle.
type TakeUp struct {
	Objection ID          `json:"objection"`
	Outcome   circle.Text `json:"outcome"`
}

// TakenUp: an objection that was put off was looked at.
type TakenUp struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Outcome   circle.Text     `json:"outcome" words:"heard"`
}

// Wire is the command's wire name.
func (TakeUp) Wire() string { return "objection.take-up" }

// Wire is the event's wire name.
func (TakenUp) Wire() string { return "objection.taken-up" }

// Of names the objection that the command is about.
func (c TakeUp) Of() ID { return c.Objection }

// On names the objection that the event is about.
func (e TakenUp) On() ID { return e.Objection }

// NotPutOff refuses to take up what nobody has put off, or what was taken up.
var NotPutOff = &circle.Code{ID: "not-put-off", Kind: circle.ErrNotNow, Rule: "M-184", Stands: circle.InEngine,
	Says: "{objection} is not one of the objections that wait to be taken up."}

// NotOwner refuses somebody who does not look after an objection.
var NotOwner = &circle.Code{ID: "not-looking-after", Kind: circle.ErrNotYou, Rule: "M-184", Stands: circle.InEngine,
	Says: "{owner} looks after {objection}: {who} does not take it up for them."}

// PutOffs lists the objections that wait to be taken up, by name.
func (os *Objections) PutOffs() []ID { return slices.Sorted(maps.Keys(os.putOff)) }

// PutOff returns how an objection was put off; false if it does not wait.
func (os *Objections) PutOff(id ID) (PutOff, bool) {
	p, ok := os.putOff[id]
	return p, ok
}

func (os *Objections) waits(e Deferred) {
	if os.putOff == nil {
		os.putOff = map[ID]PutOff{}
	}
	os.putOff[e.Objection] = PutOff{Proposal: os.all[e.Objection].Proposal, Owner: e.Owner, Until: e.Until}
}

func (c TakeUp) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, ok := os.putOff[c.Objection]
	switch {
	case !ok:
		return nil, NotPutOff.Refuse("objection", c.Objection)
	case p.Owner != by.By && (contains(f.Full, p.Owner) || !contains(f.Full, by.By)):
		return nil, NotOwner.Refuse("objection", c.Objection, "owner", p.Owner, "who", by.By)
	}
	return []Event{&TakenUp{Objection: c.Objection, By: by.By, Outcome: c.Outcome}}, nil
}

func (e TakenUp) apply(os *Objections) { delete(os.putOff, e.Objection) }
