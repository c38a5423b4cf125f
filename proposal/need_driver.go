package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// A Driver is a need put into words, part by part, and what is needed for it,
// each in numbered wordings (M-75, M-76). Consent is to one wording (M-77).
type Driver struct {
	Situation circle.Text
	Effect    circle.Text
	Relevance circle.Text
	Example   circle.Text // one thing that really happened
	Wording   int
	Accepted  bool // the circle consented to this wording

	Requirement circle.Text
	Impact      circle.Text
	Required    int // the wording of the requirement
	Agreed      bool
}

// A Link is that a need stands to another one in some way, or that a proposal
// or agreement has to do with it (M-78).
type Link struct {
	To   NeedID
	As   LinkKind
	Text ID
}

// LinkKind is how a need stands to another one.
type LinkKind string

// The kinds of links.
const (
	SubNeed     LinkKind = "sub"   // it is a part of the other
	SuperNeed   LinkKind = "super" // the other is a part of it
	RelatedNeed LinkKind = "related"
)

// Values lists the kinds.
func (LinkKind) Values() []string {
	return []string{string(SubNeed), string(SuperNeed), string(RelatedNeed)}
}

// Check refuses a kind that nobody knows; none stands for a link to a text.
func (k LinkKind) Check() error {
	if k == "" {
		return nil
	}
	return oneOf(string(k), k.Values())
}

// back is the same link seen from the other need.
func (k LinkKind) back() LinkKind {
	switch k {
	case SubNeed:
		return SuperNeed
	case SuperNeed:
		return SubNeed
	}
	return k
}

// open returns a need that was not closed.
func (m *Matters) open(id NeedID) (*Need, error) {
	n, err := m.need(id)
	if err == nil && n.Closed() {
		err = NeedEnded.Refuse("need", id, "outcome", n.Plan.Outcome)
	}
	return n, err
}

// openFor returns an open need for somebody who takes part in its circle.
func (m *Matters) openFor(id NeedID, by circle.Actor, f Facts) (*Need, error) {
	n, err := m.open(id)
	if err != nil {
		return nil, err
	}
	return n, takesPart(f.Org, n.Circle, by.By)
}

// openByConsent returns an open need to a decision of its circle.
func (m *Matters) openByConsent(id NeedID, by circle.Actor, f Facts) (*Need, error) {
	n, err := m.open(id)
	if err != nil {
		return nil, err
	}
	return n, byConsent(by, n.Circle, f)
}

// mayWord says whether words of a need may be changed: what the circle has
// accepted by the circle alone, anything else also by who takes part, and by
// who opened the need.
func (n *Need) mayWord(accepted bool, by circle.Actor, f Facts) error {
	if accepted || f.ConsentOf != "" {
		return byConsent(by, n.Circle, f)
	}
	if by.By == n.By {
		return nil
	}
	return takesPart(f.Org, n.Circle, by.By)
}

// driver is the need's, or an empty one.
func (n *Need) driver() Driver {
	if n.Driver == nil {
		return Driver{}
	}
	return *n.Driver
}

func (c DescribeNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	d := n.driver()
	if err := n.mayWord(d.Accepted, by, f); err != nil {
		return nil, err
	}
	return []Event{&NeedDescribed{Need: c.Need, Wording: d.Wording + 1, Situation: c.Situation, Effect: c.Effect,
		Relevance: c.Relevance, Example: c.Example, By: by.By}}, nil
}

func (c SetRequirement) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	d := n.driver()
	if err := n.mayWord(d.Agreed, by, f); err != nil {
		return nil, err
	}
	return []Event{&RequirementSet{Need: c.Need, Wording: d.Required + 1, Requirement: c.Requirement, Impact: c.Impact, By: by.By}}, nil
}

func (c AcceptNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openByConsent(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	d := n.driver()
	if d.Wording == 0 {
		return nil, NotDescribed.Refuse("need", c.Need)
	}
	if err := acceptable(n, c.Wording, d.Wording, d.Accepted); err != nil {
		return nil, err
	}
	return []Event{&NeedAccepted{Need: c.Need, Wording: c.Wording}}, nil
}

func (c AcceptRequirement) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openByConsent(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	d := n.driver()
	switch {
	case !d.Accepted:
		return nil, AcceptFirst.Refuse("need", c.Need)
	case d.Required == 0:
		return nil, RequirementFirst.Refuse("need", c.Need)
	}
	if err := acceptable(n, c.Wording, d.Required, d.Agreed); err != nil {
		return nil, err
	}
	return []Event{&RequirementAccepted{Need: c.Need, Wording: c.Wording}}, nil
}

// acceptable refuses consent to words that are not the current ones, or that
// have it already.
func acceptable(n *Need, wording, newest int, already bool) error {
	switch {
	case wording != newest:
		return OldWording.Refuse("need", n.ID, "wording", wording, "newest", newest)
	case already:
		return AcceptedAlready.Refuse("need", n.ID)
	}
	return nil
}

func (c LinkNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	if (c.To == "") == (c.Text == "") || (c.To == "") != (c.As == "") {
		return nil, OneLink.Refuse("need", c.Need)
	}
	if err := c.leads(m, n); err != nil {
		return nil, err
	}
	return []Event{&NeedLinked{Need: c.Need, To: c.To, As: c.As, Text: c.Text, By: by.By}}, nil
}

// leads refuses a link to nothing, a second one, and one by which a need would
// be a part of itself.
func (c LinkNeed) leads(m *Matters, n *Need) error {
	there := slices.ContainsFunc(n.Links, func(l Link) bool { return l.To == c.To && l.Text == c.Text })
	if c.Text != "" {
		if _, err := m.Get(c.Text); err != nil {
			return err
		}
		if there {
			return LinkedAlready.Refuse("need", c.Need, "to", c.Text)
		}
		return nil
	}
	to, err := m.need(c.To)
	switch {
	case err != nil:
		return err
	case there:
		return LinkedAlready.Refuse("need", c.Need, "to", c.To)
	case c.To == c.Need, c.As == SubNeed && m.partOf(to, c.Need), c.As == SuperNeed && m.partOf(n, c.To):
		return PartOfItself.Refuse("need", c.Need, "to", c.To)
	}
	return nil
}

// partOf says whether a need is a part of another, by itself or by way of the
// needs that it is a part of. Links make no circles, so the way up ends.
func (m *Matters) partOf(n *Need, whole NeedID) bool {
	for _, l := range n.Links {
		if l.As == SubNeed && (l.To == whole || m.partOf(m.needs[l.To], whole)) {
			return true
		}
	}
	return false
}

func (e NeedDescribed) apply(m *Matters) {
	d := m.needs[e.Need].worded()
	d.Situation, d.Effect, d.Relevance, d.Example, d.Wording = e.Situation, e.Effect, e.Relevance, e.Example, e.Wording
	d.Accepted, d.Agreed = false, false // what is needed was agreed for other words
}

func (e RequirementSet) apply(m *Matters) {
	d := m.needs[e.Need].worded()
	d.Requirement, d.Impact, d.Required, d.Agreed = e.Requirement, e.Impact, e.Wording, false
}

// worded is the need's driver, made when it is spoken of first.
func (n *Need) worded() *Driver {
	if n.Driver == nil {
		n.Driver = &Driver{}
	}
	return n.Driver
}

func (e NeedAccepted) apply(m *Matters)        { m.needs[e.Need].worded().Accepted = true }
func (e RequirementAccepted) apply(m *Matters) { m.needs[e.Need].worded().Agreed = true }

func (e NeedLinked) apply(m *Matters) {
	n := m.needs[e.Need]
	n.Links = append(n.Links, Link{To: e.To, As: e.As, Text: e.Text})
	if to := m.needs[e.To]; to != nil {
		to.Links = append(to.Links, Link{To: e.Need, As: e.As.back()})
	}
}
