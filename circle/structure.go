package circle

import (
	"fmt"
	"slices"
	"time"
)

// Mode says what is left to the circle that hands an item of its domain down
// (M-12, I-5).
type Mode string

// The modes of delegation. Where none is said, the item is the inner circle's
// alone.
const (
	Exclusive Mode = "exclusive" // the inner circle alone decides
	Supersede Mode = "supersede" // the outer circle may set a policy that prevails
	MayObject Mode = "object"    // the outer circle may object, and decides nothing
)

// Values lists the modes.
func (Mode) Values() []string {
	return []string{string(Exclusive), string(Supersede), string(MayObject)}
}

// Check refuses a mode that nobody knows.
func (m Mode) Check() error { return oneOf(string(m), m.Values()) }

// Terms are the terms on which a circle holds an item of its domain.
type Terms struct {
	Item ItemID `json:"item"`
	Mode Mode   `json:"mode,omitempty"`
	// Resolver is the circle that says which of two holds good where this item
	// is declared to overlap with another circle's (M-9, I-4). Empty: nobody
	// else holds it.
	Resolver ID `json:"resolver,omitempty"`
}

// ChangeBy says who consents to a change of an inner circle's aim and domain.
type ChangeBy string

// Who consents to a change (M-6). Where nothing is said, both do.
const (
	BothChange  ChangeBy = "both"
	ParentAlone ChangeBy = "parent"
)

// Values lists who may consent.
func (ChangeBy) Values() []string { return []string{string(BothChange), string(ParentAlone)} }

// Check refuses a word that nobody knows.
func (c ChangeBy) Check() error { return oneOf(string(c), c.Values()) }

// TooLarge says what happens when a circle would become larger than agreed.
type TooLarge string

// What happens then (M-31). Where nothing is said, it is reported.
const (
	WarnOfSize   TooLarge = "warn"
	RefuseBeyond TooLarge = "refuse"
)

// Values lists what may happen.
func (TooLarge) Values() []string { return []string{string(WarnOfSize), string(RefuseBeyond)} }

// Check refuses a word that nobody knows.
func (t TooLarge) Check() error { return oneOf(string(t), t.Values()) }

// Structuring is what a circle has agreed about the circles inside it. What it
// leaves open is answered by the broader circle, up to the root.
type Structuring struct {
	// Confirm demands that a new circle begins with a leader, and confirms its
	// aim and domain before it decides anything else (M-4).
	Confirm bool `json:"confirm,omitempty"`
	// Change says who consents to a new aim or domain (M-6).
	Change ChangeBy `json:"change,omitempty"`
	// Overlap lets two circles hold one item, if both declare it and name who
	// resolves it (M-9).
	Overlap bool `json:"overlap,omitempty"`
	// Most is how many full participants a circle has at most; 0: it is not said
	// (M-31).
	Most int `json:"most,omitempty"`
	// Larger says what happens beyond that.
	Larger TooLarge `json:"larger,omitempty"`
	// Idle is after how long without a meeting or a decision a circle is reported
	// (M-29).
	Idle Period `json:"idle,omitempty"`
}

// Check refuses a number that cannot be.
func (s *Structuring) Check() error {
	if s.Most < 0 {
		return fmt.Errorf("a circle has at least one participant, not %d", s.Most)
	}
	return nil
}

func (s Structuring) over(broader Structuring) Structuring {
	s.Confirm = s.Confirm || broader.Confirm
	s.Overlap = s.Overlap || broader.Overlap
	if s.Change == "" {
		s.Change = broader.Change
	}
	if s.Most == 0 {
		s.Most, s.Larger = broader.Most, broader.Larger
	}
	if s.Idle.IsZero() {
		s.Idle = broader.Idle
	}
	return s
}

// A Description says more of a domain than its items do, each part if somebody
// has said it (M-15).
type Description struct {
	Driver           Text   `json:"driver,omitempty"`      // the purpose: why the domain is there
	Requirement      Text   `json:"requirement,omitempty"` // the purpose: what is needed of it
	Responsibilities []Text `json:"responsibilities,omitempty"`
	Customers        []Text `json:"customers,omitempty"`
	Deliverables     []Text `json:"deliverables,omitempty"`
	Dependencies     []Text `json:"dependencies,omitempty"`
	Constraints      []Text `json:"constraints,omitempty"`
	Challenges       []Text `json:"challenges,omitempty"`
	Resources        []Text `json:"resources,omitempty"`
	DelegatorDuties  []Text `json:"delegator-duties,omitempty"`
	Competencies     []Text `json:"competencies,omitempty"`
	Metrics          []Text `json:"metrics,omitempty"`
	Evaluation       Period `json:"evaluation,omitempty"` // how often it is looked at
}

// A Handover lends an item of a domain to another circle for a time (M-28).
type Handover struct {
	Item  ItemID
	To    ID
	Since time.Time
	Until time.Time // zero: until it is taken back
	// AtWill: the giver may take it back alone at any time (EC-16).
	AtWill bool
}

// A Charter is what a circle has beside the ordinary. Most have nothing of it.
type Charter struct {
	Structuring Structuring
	Terms       []Terms
	// Owner is the person around whom a Team is (EC-15).
	Owner PersonID
	// Serves are the circles whose domains a service circle serves, or whose
	// representatives sit in a delegate circle (M-21, M-22).
	Serves []ID
	// Gathers are the classes that a stakeholder circle brings together.
	Gathers []Class
	// Governs says that the contributors of an open team take part in deciding
	// (M-20).
	Governs bool
	// Unconfirmed says that the circle has not confirmed its aim and domain yet.
	Unconfirmed bool
	// Version counts the descriptions of the domain, and Described is the newest.
	Version   int
	Described Description
	// Lent are the items that another circle decides on for a time.
	Lent []Handover
	// HandsOff says how work goes on to other circles; it moves no authority.
	HandsOff []HandOff
	// Took are the agreements that came to the circle from another one.
	Took []Name
	// Went is the circle that took over what was left when this one ended.
	Went ID
}

// noCharter is what a circle without a charter has.
var noCharter = &Charter{}

// Charter returns what a circle has beside the ordinary. It must not be changed.
func (c *Circle) Charter() *Charter {
	if c.Beside == nil {
		return noCharter
	}
	return c.Beside
}

// charter returns a circle's charter to write in.
func (c *Circle) charter() *Charter {
	if c.Beside == nil {
		c.Beside = &Charter{}
	}
	return c.Beside
}

func (c *Charter) copied() *Charter {
	if c == nil {
		return nil
	}
	x := *c
	x.Terms, x.Lent, x.Serves = slices.Clone(c.Terms), slices.Clone(c.Lent), slices.Clone(c.Serves)
	x.HandsOff, x.Took = slices.Clone(c.HandsOff), slices.Clone(c.Took)
	return &x
}

// TermsOf returns the terms on which the circle holds an item.
func (c *Circle) TermsOf(id ItemID) Terms {
	for _, t := range c.Charter().Terms {
		if t.Item == id {
			return t
		}
	}
	return Terms{Item: id}
}

// Lender returns the handover by which an item of c's domain is lent, nil if it
// is not.
func (c *Circle) Lender(id ItemID) *Handover {
	lent := c.Charter().Lent
	for i := range lent {
		if lent[i].Item == id {
			return &lent[i]
		}
	}
	return nil
}

// StructuringOf returns what holds about the structure inside a circle, with
// what it left open answered by the broader circles.
func (o *Organisation) StructuringOf(id ID) Structuring {
	var s Structuring
	if !o.ever.structured {
		return s
	}
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		s = s.over(c.Charter().Structuring)
	}
	return s
}

// ByParent says whether the circle decides nothing itself: another one governs
// it (EC-48, M-19, M-20).
func (c *Circle) ByParent() bool {
	switch c.Kind {
	case Helping, HelpingTeam:
		return true
	case OpenTeam:
		return !c.Charter().Governs
	}
	return false
}

// Free says whether the circle stands outside the tree: nobody has adopted it
// yet (M-5).
func (o *Organisation) Free(id ID) bool {
	c := o.circles[id]
	return c != nil && c.Parent == "" && id != o.root
}
