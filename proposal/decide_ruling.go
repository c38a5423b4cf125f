package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// interprets refuses who is not the interpreter of a circle's agreements.
func interprets(o *circle.Organisation, of circle.ID, who circle.PersonID) error {
	if o.Wears(of, circle.Secretary, who) {
		return nil
	}
	return NotInterpreter.Refuse("who", who, "circle", of)
}

func (c Strike) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.Get(c.Proposal)
	if err != nil {
		return nil, err
	}
	if p.Status != StatusAgreement {
		return nil, NotInForce.Refuse("proposal", c.Proposal, "status", p.Standing())
	}
	if err := interprets(f.Org, p.Circle, by.By); err != nil {
		return nil, err
	}
	var told []circle.PersonID
	for _, who := range f.Org.Circle(p.Circle).Participants {
		told = append(told, who.Person)
	}
	return []Event{&Struck{Proposal: c.Proposal, Version: p.Agreement.Version, By: by.By, Reason: c.Reason, Notice: told}}, nil
}

func (c Interpret) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	of, err := interpreter(f.Org, p.Circle, by.By)
	if err != nil {
		return nil, err
	}
	rulings := m.Particulars(c.Proposal).Rulings
	if slices.ContainsFunc(rulings, func(r Ruling) bool { return r.ID == c.ID }) {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if c.Overrules != "" {
		i := slices.IndexFunc(rulings, func(r Ruling) bool { return r.ID == c.Overrules && !r.Overruled })
		if i < 0 || !f.Org.Within(rulings[i].Of, of) {
			return nil, NotOverruled.Refuse("who", by.By, "ruling", c.Overrules)
		}
	}
	return []Event{&Interpreted{Ruling: c.ID, Proposal: c.Proposal, Version: p.Agreement.Version, By: by.By, At: now,
		Question: c.Question, Says: c.Ruling, Of: of, Overrules: c.Overrules}}, nil
}

// interpreter is the circle as whose Secretary somebody interprets a circle's
// agreements: the broadest one.
func interpreter(o *circle.Organisation, of circle.ID, who circle.PersonID) (as circle.ID, err error) {
	for c := o.Circle(of); c != nil; c = o.Circle(c.Parent) {
		if o.Wears(c.ID, circle.Secretary, who) {
			as = c.ID
		}
	}
	if as == "" {
		return "", NotInterpreter.Refuse("who", who, "circle", of)
	}
	return as, nil
}

func (c RecordDeviation) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, p.Circle, by.By); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(m.Particulars(c.Proposal).Deviations, func(d Deviation) bool { return d.ID == c.ID }) {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	return []Event{&DeviationRecorded{Deviation: c.ID, Proposal: c.Proposal, Version: p.Agreement.Version, By: by.By, At: now,
		Reason: c.Reason, Affected: c.Affected, FollowUp: c.FollowUp}}, nil
}

func (c ReportConflict) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	mine, err := m.contradicting(c.Proposal)
	if err != nil {
		return nil, err
	}
	theirs, err := m.contradicting(c.With)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, mine.Circle, by.By); err != nil && takesPart(f.Org, theirs.Circle, by.By) != nil {
		return nil, err
	}
	known := func(d Contradiction) bool { return d.With == c.With }
	if c.Proposal == c.With || slices.ContainsFunc(m.Contradictions(c.Proposal), known) {
		return nil, KnownConflict.Refuse("proposal", c.Proposal, "with", c.With)
	}
	return []Event{&ConflictReported{Proposal: c.Proposal, Version: mine.Agreement.Version, With: c.With, Theirs: theirs.Agreement.Version,
		Prevails: prevails(f.Org, mine, theirs), By: by.By, Note: c.Note}}, nil
}

// contradicting returns an agreement that is in force now.
func (m *Matters) contradicting(id ID) (*Proposal, error) {
	p, err := m.Get(id)
	if err == nil && m.InForce(id) == 0 {
		err = NotInForce.Refuse("proposal", id, "status", p.Standing())
	}
	return p, err
}

// prevails names the agreement of the broader circle, none where neither circle
// lies around the other.
func prevails(o *circle.Organisation, a, b *Proposal) ID {
	switch {
	case a.Circle == b.Circle:
		return ""
	case o.Within(b.Circle, a.Circle):
		return a.ID
	case o.Within(a.Circle, b.Circle):
		return b.ID
	}
	return ""
}
