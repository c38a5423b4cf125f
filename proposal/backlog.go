package proposal

import (
	"cmp"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// A Plan is a need's place on the backlog of its circle (M-79).
type Plan struct {
	Rank     int // from 1; 0: not ranked yet, behind all that are
	Step     Step
	Estimate circle.Period
	Due      time.Time
	Outcome  NeedOutcome // empty: open
}

// Step is what is done next about a need (M-79).
type Step string

// The steps.
const (
	DetermineRequirement Step = "determine-requirement"
	FormProposal         Step = "form-proposal"
	TestProposal         Step = "test-proposal"
	ReviewAgreement      Step = "review"
	SelectPerson         Step = "select"
)

// Values lists the steps.
func (Step) Values() []string {
	return []string{string(DetermineRequirement), string(FormProposal), string(TestProposal), string(ReviewAgreement), string(SelectPerson)}
}

// Check refuses a step that nobody knows.
func (s Step) Check() error { return oneOf(string(s), s.Values()) }

// NeedOutcome is how a need left the backlog (M-119).
type NeedOutcome string

// The outcomes.
const (
	NeedReached   NeedOutcome = "reached"   // what was wanted is there
	NeedDiscarded NeedOutcome = "discarded" // the circle does not act on it
	NeedCovered   NeedOutcome = "covered"   // another need holds it
)

// Values lists the outcomes.
func (NeedOutcome) Values() []string {
	return []string{string(NeedReached), string(NeedDiscarded), string(NeedCovered)}
}

// Check refuses an outcome that nobody knows.
func (o NeedOutcome) Check() error { return oneOf(string(o), o.Values()) }

// Closed says whether the circle has taken the need off its backlog.
func (n *Need) Closed() bool { return n.Plan != nil && n.Plan.Outcome != "" }

// Planned is the need's place on the backlog.
func (n *Need) Planned() Plan {
	if n.Plan == nil {
		return Plan{}
	}
	return *n.Plan
}

// Backlog lists the open needs of a circle by their rank; those that came after
// it was agreed stand behind, in the order in which they were opened (M-79).
func (m *Matters) Backlog(of circle.ID) []*Need {
	var out []*Need
	for _, n := range m.needs {
		if n.Circle == of && !n.Closed() {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b *Need) int {
		ra, rb := a.Planned().Rank, b.Planned().Rank
		switch {
		case ra != rb && ra != 0 && rb != 0:
			return cmp.Compare(ra, rb)
		case ra != rb:
			return cmp.Compare(rb, ra) // who has none stands behind
		}
		return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (c Rank) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if f.Org.Circle(c.Circle) == nil {
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	}
	if err := takesPart(f.Org, c.Circle, by.By); err != nil {
		return nil, err
	}
	var open []NeedID
	for _, n := range m.Backlog(c.Circle) {
		open = append(open, n.ID)
	}
	if !sameSet(open, c.Order) {
		return nil, RankAll.Refuse("circle", c.Circle, "needs", open)
	}
	return []Event{&Ranked{Circle: c.Circle, Order: slices.Clone(c.Order), By: by.By}}, nil
}

// sameSet says whether two lists hold the same names, each once.
func sameSet[T cmp.Ordered](want, got []T) bool {
	return slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got)))
}

func (c SetNextStep) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	if _, err := m.openFor(c.Need, by, f); err != nil {
		return nil, err
	}
	if !c.Due.IsZero() && !c.Due.After(now) {
		return nil, DatePast.Refuse("due", c.Due)
	}
	return []Event{&NextStepSet{Need: c.Need, Step: c.Step, Estimate: c.Estimate, Due: c.Due, By: by.By}}, nil
}

func (c CloseNeed) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openByConsent(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	if err := m.undecided(n); err != nil {
		return nil, err
	}
	if err := n.settledOffer(); err != nil {
		return nil, err
	}
	return []Event{&NeedClosed{Need: c.Need, Outcome: c.Outcome, Reason: c.Reason}}, nil
}

// undecided refuses while the circle decides on a proposal for the need.
func (m *Matters) undecided(n *Need) error {
	if list := m.decidedFor(n.ID); list != nil {
		return StillDecided.Refuse("need", n.ID, "proposals", list)
	}
	return nil
}

// decidedFor lists the proposals for a need on which a circle decides.
func (m *Matters) decidedFor(id NeedID) []ID {
	var out []ID
	for _, text := range m.needs[id].texts {
		if p := m.proposals.Of(text); p != nil && p.UnderDecision() && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func (e Ranked) apply(m *Matters) {
	for i, id := range e.Order {
		m.needs[id].planned().Rank = i + 1
	}
}

func (e NextStepSet) apply(m *Matters) {
	p := m.needs[e.Need].planned()
	p.Step, p.Estimate, p.Due = e.Step, e.Estimate, e.Due
}

func (e NeedClosed) apply(m *Matters) { *m.needs[e.Need].planned() = Plan{Outcome: e.Outcome} }

// planned is the need's plan, made when it is spoken of first.
func (n *Need) planned() *Plan {
	if n.Plan == nil {
		n.Plan = &Plan{}
	}
	return n.Plan
}
