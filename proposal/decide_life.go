package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// extension is how long an agreement outlives its date while its review is
// open, where the circle has agreed nothing else (methods §8.11).
var extension = circle.Period{N: 30, Unit: circle.Days}

// pending returns a proposal of which a version waits to take effect.
func (m *Matters) pending(id ID) (*Proposal, *Coming, error) {
	p, err := m.Get(id)
	if err != nil {
		return nil, nil, err
	}
	next := m.Particulars(id).Coming
	if next == nil {
		return nil, nil, NotPending.Refuse("proposal", id)
	}
	return p, next, nil
}

// takingEffect is what happens when a version that is adopted takes effect.
func (m *Matters) takingEffect(p *Proposal, version int, now time.Time) Event {
	v, record := p.Version(version), m.RecordAt(p.ID, version)
	return &TookEffect{Proposal: p.ID, Version: version, Since: now, Until: p.reviewFrom(v, now), Expires: after(record.Expires, now)}
}

func (c ConfirmCondition) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, next, err := m.pending(c.Proposal)
	if err != nil {
		return nil, err
	}
	if next.Lapses.IsZero() {
		return nil, NotPending.Refuse("proposal", c.Proposal)
	}
	if named := m.RecordAt(p.ID, next.Version).Confirms; named == "" || named != by.By {
		if err := byConsent(by, p.Circle, f); err != nil {
			return nil, err
		}
	}
	events := []Event{&ConditionConfirmed{Proposal: p.ID, Version: next.Version, By: by.By, Note: c.Note}}
	if next.Effective.After(now) {
		return events, nil
	}
	return append(events, m.takingEffect(p, next.Version, now)), nil
}

func (c TakeEffect) decide(m *Matters, _ circle.Actor, now time.Time, _ Facts) ([]Event, error) {
	p, next, err := m.pending(c.Proposal)
	if err != nil {
		return nil, err
	}
	return []Event{m.takingEffect(p, next.Version, now)}, nil
}

func (c LapseCondition) decide(m *Matters, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	_, next, err := m.pending(c.Proposal)
	if err != nil {
		return nil, err
	}
	return []Event{&Lapsed{Proposal: c.Proposal, Version: next.Version}}, nil
}

func (c Hold) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, p.Circle, f); err != nil {
		return nil, err
	}
	if m.Particulars(c.Proposal).Held {
		return nil, OnHoldAlready.Refuse("proposal", c.Proposal)
	}
	return []Event{&Held{Proposal: c.Proposal, Reason: c.Reason}}, nil
}

func (c LiftHold) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, p.Circle, f); err != nil {
		return nil, err
	}
	if !m.Particulars(c.Proposal).Held {
		return nil, NotOnHold.Refuse("proposal", c.Proposal)
	}
	return []Event{&HoldLifted{Proposal: c.Proposal, Reason: c.Reason}}, nil
}

// An agreement that ends on its date while its review is open is not torn away
// from under the circle: it goes on until the review ends, for a time that is
// bounded (methods §8.11).
func (c Expire) decide(m *Matters, _ circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if x := m.Particulars(c.Proposal); m.ReviewOpen(c.Proposal, now) && !x.Extended {
		longer := f.Org.RulesOf(p.Circle).ExpiryExtension
		if longer.IsZero() {
			longer = extension
		}
		return []Event{&Extended{Proposal: c.Proposal, Version: p.Agreement.Version, Until: longer.After(now)}}, nil
	}
	return []Event{&Expired{Proposal: c.Proposal, Version: p.Agreement.Version}}, nil
}

// ReviewOpen says whether a new version of an agreement is being decided, or a
// helping circle prepares one.
func (m *Matters) ReviewOpen(id ID, now time.Time) bool {
	p := m.proposals.Of(id)
	return p != nil && p.Status == StatusAgreement && (p.Agreement.Phase == InReview || now.Before(m.Particulars(id).Delegated.Until))
}

// outcome returns an agreement of which the circle decides by consent what
// comes of its review.
func (m *Matters) outcome(id ID, by circle.Actor, f Facts) (*Proposal, error) {
	p, err := m.inForce(id)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, p.Circle, f); err != nil {
		return nil, err
	}
	return m.reviewable(id)
}

func (c LetExpire) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.outcome(c.Proposal, by, f)
	if err != nil {
		return nil, err
	}
	ends := m.Particulars(c.Proposal).Expires
	if ends.IsZero() {
		ends = p.Agreement.Until // without a date of its own it ends where its review was to be
	}
	if !ends.After(now) {
		return nil, NoExpiry.Refuse("proposal", c.Proposal)
	}
	return []Event{&LeftToExpire{Proposal: c.Proposal, Expires: ends}}, nil
}

func (c Replace) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := m.outcome(c.Proposal, by, f); err != nil {
		return nil, err
	}
	for _, id := range c.By {
		if id == c.Proposal {
			return nil, ReplacesItself.Refuse("proposal", id)
		}
		if _, err := m.inForce(id); err != nil {
			return nil, err
		}
	}
	return []Event{&Superseded{Proposal: c.Proposal, By: slices.Clone(c.By)}}, nil
}

func (c DelegateReview) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.outcome(c.Proposal, by, f)
	if err != nil {
		return nil, err
	}
	h := f.Org.Circle(c.To)
	if h == nil || h.Kind != circle.Helping || h.Closed || h.Parent != p.Circle || !c.Until.After(now) {
		return nil, NotPreparing.Refuse("circle", p.Circle, "to", c.To, "until", c.Until)
	}
	return []Event{&ReviewDelegated{Proposal: c.Proposal, To: c.To, Until: c.Until}}, nil
}

// prepares says whether somebody belongs to the helping circle that prepares
// the review of an agreement now.
func (m *Matters) prepares(id ID, who circle.PersonID, now time.Time, o *circle.Organisation) bool {
	d := m.Particulars(id).Delegated
	return now.Before(d.Until) && o.LevelIn(d.To, who) == circle.Full
}

func (c StartAfresh) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.inForce(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, p.Circle, by.By); err != nil {
		return nil, err
	}
	text := c.Text
	if text.IsZero() {
		text = p.Version(p.Agreement.Version).Text
	}
	events, err := OpenNeed{ID: c.Need, Circle: p.Circle, Text: text}.decide(m, by, now, f)
	if err != nil {
		return nil, err
	}
	return append(events, &StartedAfresh{Proposal: c.Proposal, Need: c.Need, By: by.By}), nil
}

func (c DateReview) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.reviewable(c.Proposal)
	if err != nil {
		return nil, err
	}
	if !f.Org.Wears(p.Circle, circle.Secretary, by.By) && !f.Org.Wears(p.Circle, circle.Facilitator, by.By) {
		return nil, NotInCharge.Refuse("who", by.By, "circle", p.Circle)
	}
	if !m.Particulars(c.Proposal).Unresolved {
		return nil, DateStands.Refuse("proposal", c.Proposal)
	}
	return []Event{&ReviewDated{Proposal: c.Proposal, Term: c.Term, Until: c.Term.After(now), By: by.By}}, nil
}

func (c Rebase) decide(m *Matters, by circle.Actor, now time.Time, _ Facts) ([]Event, error) {
	p, err := m.Get(c.Proposal)
	if err != nil {
		return nil, err
	}
	if !p.UnderDecision() {
		return nil, NotOpen.Refuse("proposal", c.Proposal, "status", p.Standing())
	}
	old := func(b Base) bool { return b.Agreement == c.Agreement }
	if !slices.ContainsFunc(m.Outdated(c.Proposal), old) {
		return nil, NotOutdated.Refuse("proposal", c.Proposal, "agreement", c.Agreement)
	}
	changes := slices.Clone(m.RecordAt(p.ID, p.Current().N).Changes)
	i := slices.IndexFunc(changes, old)
	changes[i].Version = c.Version
	text := c.Text
	if text.IsZero() {
		text = p.Current().Text
	}
	if err := m.basedOn(changes[i]); err != nil {
		return nil, err
	}
	// Other bases that are still old are brought up to date one after the other.
	record := m.RecordAt(p.ID, p.Current().N)
	record.Changes = changes
	e := p.next(by, now, Amend{Proposal: p.ID, Text: text}, record)
	e.Rebased = true
	return []Event{e}, nil
}
