package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// A Route is where a need was offered, and what came of it (M-80).
type Route struct {
	Offered circle.ID // the circle whose answer is awaited; empty: none is
	Hops    []Hop
}

// A Hop is one offer of a need.
type Hop struct {
	From   circle.ID
	To     circle.ID
	Answer Routed
}

// Routed is what became of an offer.
type Routed uint8

// The answers to an offer.
const (
	HopOpen    Routed = iota
	HopTaken          // the receiver took it
	HopRefused        // it went to the circle around the receiver
	HopEnded          // it was offered elsewhere, or kept
)

func (r Routed) String() string { return [...]string{"open", "taken", "refused", "ended"}[r] }

// offered is the circle whose answer is awaited, "" if none is.
func (n *Need) offered() circle.ID {
	if n.Route == nil {
		return ""
	}
	return n.Route.Offered
}

// settledOffer refuses while another circle is to answer.
func (n *Need) settledOffer() error {
	if to := n.offered(); to != "" {
		return OnOffer.Refuse("need", n.ID, "to", to)
	}
	return nil
}

// speaks refuses who does not speak for a circle when a need is passed on: who
// facilitates or leads it, or any full participant while nobody does.
func speaks(o *circle.Organisation, id circle.ID, who circle.PersonID) error {
	var list []circle.PersonID
	for _, full := range o.FullIn(id) {
		if o.Wears(id, circle.Facilitator, full) || o.Wears(id, circle.Leader, full) {
			list = append(list, full)
		}
	}
	if list == nil {
		list = o.FullIn(id)
	}
	if slices.Contains(list, who) {
		return nil
	}
	return NotSpeaking.Refuse("who", who, "circle", id, "speakers", list)
}

func (c OfferNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	switch to := f.Org.Circle(c.To); {
	case to == nil:
		return nil, circle.UnknownCircle.Refuse("circle", c.To)
	case to.Closed:
		return nil, circle.CircleClosed.Refuse("circle", c.To)
	case to.Kind == circle.Helping:
		return nil, HelpingDecides.Refuse("circle", c.To)
	case to.ByParent():
		return nil, circle.GovernedOutside.Refuse("circle", c.To, "parent", to.Parent)
	case c.To == n.Circle:
		return nil, ThereAlready.Refuse("need", c.Need, "circle", c.To)
	case c.To == n.offered():
		return nil, OnOffer.Refuse("need", c.Need, "to", c.To)
	}
	if err := speaks(f.Org, n.Circle, by.By); err != nil {
		return nil, err
	}
	if err := m.undecided(n); err != nil {
		return nil, err
	}
	return []Event{&NeedOffered{Need: c.Need, From: n.Circle, To: c.To, Reason: c.Reason, By: by.By}}, nil
}

func (c TakeNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.onOffer(c.Need)
	if err != nil {
		return nil, err
	}
	if speaks(f.Org, n.Circle, by.By) == nil && speaks(f.Org, n.offered(), by.By) != nil {
		return []Event{&NeedTaken{Need: c.Need, Circle: n.Circle, By: by.By}}, nil
	}
	if err := speaks(f.Org, n.offered(), by.By); err != nil {
		return nil, err
	}
	return []Event{&NeedTaken{Need: c.Need, Circle: n.offered(), By: by.By}}, nil
}

func (c RefuseNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.onOffer(c.Need)
	if err != nil {
		return nil, err
	}
	if err := speaks(f.Org, n.offered(), by.By); err != nil {
		return nil, err
	}
	return []Event{&NeedRefused{Need: c.Need, Circle: n.offered(), Now: around(f.Org, n), Reason: c.Reason, By: by.By}}, nil
}

// around is the circle around the one that refuses a need. Around the root
// there is none: the need stays where it is.
func around(o *circle.Organisation, n *Need) circle.ID {
	if to := o.Circle(n.offered()).Parent; to != "" {
		return to
	}
	return n.Circle
}

// onOffer returns an open need that another circle is to answer.
func (m *Matters) onOffer(id NeedID) (*Need, error) {
	n, err := m.open(id)
	if err == nil && n.offered() == "" {
		err = NotOffered.Refuse("need", id)
	}
	return n, err
}

func (e NeedOffered) apply(m *Matters) {
	n := m.needs[e.Need]
	if n.Route == nil {
		n.Route = &Route{}
	}
	n.answered(HopEnded)
	n.Route.Offered = e.To
	n.Route.Hops = append(n.Route.Hops, Hop{From: e.From, To: e.To})
}

func (e NeedTaken) apply(m *Matters) {
	n := m.needs[e.Need]
	if e.Circle == n.Circle {
		n.answered(HopEnded)
		return
	}
	n.answered(HopTaken)
	n.goes(e.Circle)
}

func (e NeedRefused) apply(m *Matters) {
	n := m.needs[e.Need]
	n.answered(HopRefused)
	n.goes(e.Now)
}

// answered notes what became of the offer that was open.
func (n *Need) answered(a Routed) {
	if n.Route.Offered != "" {
		n.Route.Hops[len(n.Route.Hops)-1].Answer = a
		n.Route.Offered = ""
	}
}

// goes brings a need before another circle. What the former one found and chose
// was found in its own domain and by its own consent: the new one begins anew.
// The words, the inputs and the way that the need came stay.
func (n *Need) goes(to circle.ID) {
	if to == n.Circle {
		return
	}
	n.Circle, n.Plan = to, nil
	n.DomainChecked, n.Item, n.MajorChecked, n.Major = false, "", false, false
	n.Effect, n.LongTerm, n.Responses, n.Rung = circle.Period{}, "", nil, ""
	if n.Driver != nil {
		n.Driver.Accepted, n.Driver.Agreed = false, false
	}
}
