package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// Sways is what an agreement changes: who may do what, or a rule that holds where
// nothing else is said (M-13).
type Sways string

// What an agreement may sway.
const (
	Authority Sways = "authority" // it grants or limits authority: it holds in the circles inside, too
	Default   Sways = "default"   // it changes a default rule: it holds in its own circle
)

// Values lists what an agreement may sway.
func (Sways) Values() []string { return []string{string(Authority), string(Default)} }

// Check refuses a word that nobody knows.
func (s Sways) Check() error { return oneOf(string(s), s.Values()) }

// Extent is how far an agreement reaches, where it says otherwise than its sort.
type Extent string

// The extents.
const (
	Below Extent = "below" // in the circles inside, too
	Here  Extent = "here"  // in its own circle alone
)

// Values lists the extents.
func (Extent) Values() []string { return []string{string(Below), string(Here)} }

// Check refuses a word that nobody knows.
func (e Extent) Check() error { return oneOf(string(e), e.Values()) }

// A Reach says in which circles an agreement holds (M-13).
type Reach struct {
	Sways  Sways
	Extent Extent
	// Fixed: no circle inside may say otherwise.
	Fixed bool
	// Instead is the agreement of a broader circle that this one takes the place
	// of in its own.
	Instead ID
}

// down says whether the agreement holds in the circles inside.
func (r Reach) down() bool { return r.Extent == Below || r.Extent == "" && r.Sways == Authority }

// SetReach says in which circles an agreement holds, by consent of its circle.
// Authority is granted or limited for the circles inside, a default rule for the
// own circle, unless it says otherwise (M-13).
type SetReach struct {
	Proposal ID     `json:"proposal"`
	Sways    Sways  `json:"sways"`
	Extent   Extent `json:"extent,omitempty"`
	Fixed    bool   `json:"fixed,omitempty"`
	Instead  ID     `json:"instead,omitempty"`
}

// ReachSet: it was said in which circles an agreement holds.
type ReachSet struct {
	Proposal ID     `json:"proposal"`
	Sways    Sways  `json:"sways"`
	Extent   Extent `json:"extent,omitempty"`
	Fixed    bool   `json:"fixed,omitempty"`
	Instead  ID     `json:"instead,omitempty"`
}

// The refusals of reaches.
var (
	NothingAbove = &circle.Code{ID: "nothing-above", Kind: circle.ErrNotValid, Rule: "M-13", Stands: circle.InEngine,
		Says: "{instead} is no default rule of a broader circle that holds in {circle}: there is nothing to say otherwise."}
	FixedAbove = &circle.Code{ID: "fixed-above", Kind: circle.ErrNotYou, Rule: "M-13, I-17", Stands: circle.InEngine,
		Says: "{circle} cannot say otherwise: {outer} fixed {instead} for the circles inside it."}
)

func reachCodes() []*circle.Code { return []*circle.Code{NothingAbove, FixedAbove} }

// Wire gives the wire name.
func (SetReach) Wire() string { return "proposal.set-reach" }

// Wire gives the wire name.
func (ReachSet) Wire() string { return "proposal.reach-set" }

// Of names the proposal that the command is about.
func (c SetReach) Of() ID { return c.Proposal }

// On names the proposal that the event is about.
func (e ReachSet) On() ID { return e.Proposal }

// Also names what a trial of the command looks at beside.
func (c SetReach) Also() []ID {
	if c.Instead == "" {
		return nil
	}
	return []ID{c.Instead}
}

func (c SetReach) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, p.Circle, f); err != nil {
		return nil, err
	}
	if c.Instead != "" {
		outer := m.proposals.Of(c.Instead)
		if outer == nil || m.InForce(c.Instead) == 0 || outer.Circle == p.Circle || !f.Org.Within(p.Circle, outer.Circle) ||
			!m.reach(c.Instead).down() || m.reach(c.Instead).Sways != Default {
			return nil, NothingAbove.Refuse("instead", c.Instead, "circle", p.Circle)
		}
		if m.reach(c.Instead).Fixed {
			return nil, FixedAbove.Refuse("circle", p.Circle, "outer", outer.Circle, "instead", c.Instead)
		}
	}
	e := ReachSet(c)
	return []Event{&e}, nil
}

func (e ReachSet) apply(m *Matters) {
	m.more(e.Proposal).Reach = Reach{e.Sways, e.Extent, e.Fixed, e.Instead}
}

func (m *Matters) reach(id ID) Reach { return m.Particulars(id).Reach }

// Holding lists the agreements that hold in a circle, by name: its own, and those
// of the circles around it that reach down to it, unless one further in took the
// place of one of these (M-13).
func (m *Matters) Holding(o *circle.Organisation, id circle.ID) []ID {
	var out, instead []ID
	for p, x := range m.proposals.All() {
		if m.InForce(p) == 0 || !o.Within(id, x.Circle) {
			continue
		}
		r := m.reach(p)
		if x.Circle != id && !r.down() {
			continue
		}
		out = append(out, p)
		if r.Instead != "" {
			instead = append(instead, r.Instead)
		}
	}
	out = slices.DeleteFunc(out, func(p ID) bool { return slices.Contains(instead, p) })
	slices.Sort(out)
	return out
}
