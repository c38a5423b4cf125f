package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// inForce returns a proposal that is an agreement: in force, or on hold.
func (m *Matters) inForce(id ID) (*Proposal, error) {
	p, err := m.Get(id)
	if err != nil {
		return nil, err
	}
	if p.Status != StatusAgreement || p.Agreement.Phase == Pending {
		return nil, NotInForce.Refuse("proposal", id, "status", p.Standing())
	}
	return p, nil
}

// reviewable returns an agreement of which no version is being decided, or
// waits for its date.
func (m *Matters) reviewable(id ID) (*Proposal, error) {
	p, err := m.inForce(id)
	if err != nil {
		return nil, err
	}
	if p.Agreement.Phase == InReview {
		return nil, InReviewAlready.Refuse("proposal", id, "version", p.Current().N)
	}
	if x := m.Particulars(id); x.Coming != nil {
		return nil, NotYetInEffect.Refuse("proposal", id, "version", x.Coming.Version)
	}
	return p, nil
}

func (c ReadMeasure) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	w := p.Agreement.measure(c.Measure)
	switch {
	case w == nil:
		return nil, UnknownMeasure.Refuse("measure", c.Measure, "proposal", c.Proposal)
	case !f.Org.Holds(w.Reader, by.By):
		return nil, NotReader.Refuse("measure", c.Measure, "role", w.Reader, "who", by.By)
	case c.Value < 0:
		return nil, NegativeReading.Refuse("value", c.Value)
	}
	events := []Event{&MeasureRead{Proposal: c.Proposal, Measure: c.Measure, Subject: c.Subject, Value: c.Value,
		By: by.By, At: now}}
	if c.Value >= w.Stop {
		events = append(events, &ReviewDue{Proposal: c.Proposal, Because: StopLevel, Measure: c.Measure, Related: m.Related(c.Proposal)})
	}
	return events, nil
}

func (c AskReview) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if p.Agreement.Phase == InReview {
		return nil, InReviewAlready.Refuse("proposal", c.Proposal, "version", p.Current().N)
	}
	return []Event{&ReviewDue{Proposal: c.Proposal, Because: Asked, By: by.By, Reason: c.Reason, Related: m.Related(c.Proposal)}}, nil
}

func (c Evaluate) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(p.Agreement.Answered, func(e Evaluator) bool { return e.Person == by.By }) {
		return nil, EvaluatedAlready.Refuse("who", by.By)
	}
	return []Event{&Evaluated{Proposal: c.Proposal, Person: by.By, Class: f.Org.Person(by.By).Class, Text: c.Text}}, nil
}

func (c Revise) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.reviewable(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, p.Circle, by.By); err != nil && !m.prepares(c.Proposal, by.By, now, f.Org) {
		return nil, err
	}
	return m.amended(p, by, now, f, Amend(c))
}

func (c Keep) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, p.Circle, f); err != nil {
		return nil, err
	}
	if _, err := m.reviewable(c.Proposal); err != nil {
		return nil, err
	}
	expires := c.Expires
	if x := m.Particulars(c.Proposal); expires.IsZero() && !x.Expires.IsZero() {
		expires = x.record(p.Agreement.Version).Expires
	}
	return []Event{&Kept{Proposal: c.Proposal, Version: p.Agreement.Version, Term: c.Term, Until: c.Term.After(now),
		Outcomes: c.Outcomes, Warnings: oneSided(p, f.Org), Expires: after(expires, now)}}, nil
}

// oneSided warns when an agreement is closed as evaluated and one of the
// classes in its circle had no part in the evaluation (CP-7).
func oneSided(p *Proposal, o *circle.Organisation) []Warning {
	answered := p.Agreement.EvaluatedBy()
	var silent []string
	for _, who := range o.FullIn(p.Circle) {
		c := o.Person(who).Class
		if c != "" && answered[c] == 0 && !slices.Contains(silent, string(c)) {
			silent = append(silent, string(c))
		}
	}
	if silent == nil {
		return nil
	}
	return []Warning{{Code: "co-evaluation-without", Of: silent}}
}

func (c MissReading) decide(m *Matters, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if p.Agreement.measure(c.Measure) == nil {
		return nil, UnknownMeasure.Refuse("measure", c.Measure, "proposal", c.Proposal)
	}
	return []Event{&MeasureMissed{Proposal: c.Proposal, Measure: c.Measure}}, nil
}

func (c EndTerm) decide(m *Matters, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	if _, err := m.inForce(c.Proposal); err != nil {
		return nil, err
	}
	return []Event{&ReviewDue{Proposal: c.Proposal, Because: TermEnd, Related: m.Related(c.Proposal)}}, nil
}
