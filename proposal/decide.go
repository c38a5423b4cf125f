package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// Get returns a proposal, or the refusal that there is none.
func (m *Matters) Get(id ID) (*Proposal, error) {
	if p := m.proposals.Of(id); p != nil {
		return p, nil
	}
	return nil, UnknownProposal.Refuse("proposal", id)
}

func (c Submit) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	at := f.Org.Circle(c.Circle)
	switch {
	case at == nil:
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	case at.Kind == circle.Helping:
		return nil, HelpingDecides.Refuse("circle", c.Circle)
	case at.Closed:
		return nil, circle.CircleClosed.Refuse("circle", c.Circle)
	case m.proposals.Of(c.ID) != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if err := f.Org.MayDecide(c.Circle, c.Enacts); err != nil {
		return nil, err
	}
	if err := c.mayPropose(m, by, f); err != nil {
		return nil, err
	}
	if err := c.disposes(m); err != nil {
		return nil, err
	}
	if err := soundMeasures(f.Org, c.Measures); err != nil {
		return nil, err
	}
	sort := c.Sort
	if sort == "" {
		sort = Policy
	}
	record := c.record()
	if err := record.sound(m, f.Org); err != nil {
		return nil, err
	}
	if err := record.fits(c.ID, sort, len(c.Enacts)); err != nil {
		return nil, err
	}
	return []Event{&Submitted{Proposal: c.ID, Need: c.Need, Circle: c.Circle, By: by.By, Recommended: c.Recommended,
		Sort: sort, Text: c.Text, Term: c.Term, Measures: slices.Clone(c.Measures), At: now, Enacts: deeds(c.Enacts),
		Matter: c.Matter, Parallel: c.Parallel, Record: record.kept(), Disposition: c.Disposition, Target: c.Target, For: c.For}}, nil
}

// deeds copies what a decision will carry out, so that sealing the entry does
// not reach into the caller's own command. Which commands may stand there is
// asked by the process, which knows them all.
func deeds(in []circle.Deed) []circle.Deed {
	var out []circle.Deed
	for _, d := range in {
		out = append(out, canon.Clone(d).(circle.Deed))
	}
	return out
}

func (c Submit) mayPropose(m *Matters, by circle.Actor, f Facts) error {
	if c.Need != "" {
		n, err := m.open(c.Need)
		if err != nil {
			return err
		}
		if n.Circle != c.Circle {
			return OtherCircle.Refuse("need", c.Need, "circle", n.Circle, "other", c.Circle)
		}
		if err := n.settledOffer(); err != nil {
			return err
		}
		if list := m.decidedFor(n.ID); list != nil && !c.Parallel {
			return OneAtATime.Refuse("need", c.Need, "proposals", list)
		}
		if n.forming().Tunes(by.By) && c.Recommended == "" {
			return nil // whoever was asked to write the text may put it to the circle (M-85)
		}
	}
	if c.Recommended == "" {
		return takesPart(f.Org, c.Circle, by.By)
	}
	h := f.Org.Circle(c.Recommended)
	if h == nil || h.Kind != circle.Helping || h.Closed || h.Parent != c.Circle || h.Answers != circle.Name(c.Need) ||
		f.Org.LevelIn(c.Recommended, by.By) != circle.Full {
		return NotRecommending.Refuse("helping", c.Recommended, "circle", c.Circle, "who", by.By)
	}
	return nil
}

func soundMeasures(o *circle.Organisation, measures []Measure) error {
	for i, m := range measures {
		twice := slices.ContainsFunc(measures[:i], func(other Measure) bool { return other.ID == m.ID })
		if twice || m.Stop < 1 {
			return MeasureTwice.Refuse("measure", m.ID)
		}
		if o.Role(m.Reader) == nil {
			return NoPerson.Refuse("measure", m.ID, "role", m.Reader)
		}
	}
	return nil
}

func (c Amend) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.Get(c.Proposal)
	if err != nil {
		return nil, err
	}
	if !p.UnderDecision() {
		return nil, NotOpen.Refuse("proposal", c.Proposal, "status", p.Standing())
	}
	return m.amended(p, by, now, f, c)
}

// UnderDecision says whether a version of the proposal awaits its decision.
func (p *Proposal) UnderDecision() bool {
	return p.Status == StatusOpen || p.Status == StatusAgreement && p.Agreement.Phase == InReview
}

func (m *Matters) amended(p *Proposal, by circle.Actor, now time.Time, f Facts, c Amend) ([]Event, error) {
	if err := soundMeasures(f.Org, c.Measures); err != nil {
		return nil, err
	}
	if c.Serves != "" && c.Serves != p.Need {
		return nil, OtherTension.Refuse("proposal", c.Proposal, "serves", c.Serves, "need", p.Need)
	}
	record := c.record()
	if err := record.sound(m, f.Org); err != nil {
		return nil, err
	}
	before := m.RecordAt(p.ID, p.Current().N)
	if !p.UnderDecision() {
		before.Changes = nil // what it was to change, it changed when it was adopted
	}
	record = record.over(&before)
	if err := record.fits(p.ID, p.Sort, len(p.Enacts)); err != nil {
		return nil, err
	}
	return []Event{p.next(by, now, c, record)}, nil
}

// next is the version that an amendment writes, with what it does not say as it was.
func (p *Proposal) next(by circle.Actor, now time.Time, c Amend, record Record) *Amended {
	last := p.Current()
	e := &Amended{Proposal: c.Proposal, Version: p.Numbered + 1, Text: c.Text, Term: c.Term, Measures: slices.Clone(c.Measures),
		Weight: c.Weight, By: by.By, At: now, Record: record.kept(), Why: c.Why, Serves: c.Serves}
	if last.N != p.Numbered {
		e.Base = last.N
	}
	if e.Term.IsZero() {
		e.Term = last.Term
	}
	if e.Measures == nil {
		e.Measures = last.Measures
	}
	if e.Weight == "" {
		e.Weight = Substantive
	}
	return e
}

// at returns the proposal and refuses a version that is not its current one.
func (m *Matters) at(id ID, version int) (*Proposal, error) {
	p, err := m.Get(id)
	if err != nil {
		return nil, err
	}
	newest := p.Current().N
	switch {
	case version < 1 || version > newest:
		return nil, UnknownVersion.Refuse("proposal", id, "version", version, "newest", newest)
	case version < newest:
		return nil, OldVersion.Refuse("proposal", id, "version", version, "newest", newest)
	}
	return p, nil
}

func (c AttachRendition) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	p, err := m.at(c.Proposal, c.Version)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, p.Circle, by.By); err != nil {
		return nil, err
	}
	if c.Checked != "" && f.Org.Person(c.Checked) == nil {
		return nil, circle.UnknownPerson.Refuse("who", c.Checked)
	}
	return []Event{&RenditionAttached{Proposal: c.Proposal, Version: c.Version, Format: c.Format, By: by.By,
		Checked: c.Checked, Text: c.Text, At: now}}, nil
}

func (c WaiveRendition) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.at(c.Proposal, c.Version)
	if err != nil {
		return nil, err
	}
	if missing, _ := p.ReadyFor(f.Org.Person(by.By)); missing == nil {
		return nil, NothingWaived.Refuse("who", by.By)
	}
	return []Event{&RenditionWaived{Proposal: c.Proposal, Version: c.Version, Person: by.By}}, nil
}

func (c CheckConflicts) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.at(c.Proposal, c.Version)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, p.Circle, by.By); err != nil {
		return nil, err
	}
	return []Event{&ConflictsChecked{Proposal: c.Proposal, Version: c.Version, Clear: c.Clear, Note: c.Note, By: by.By}}, nil
}

func (c Withdraw) decide(m *Matters, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	p, err := m.Get(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := p.MayWithdraw(by.By); err != nil {
		return nil, err
	}
	return []Event{&Withdrawn{Proposal: c.Proposal, By: by.By, Reason: c.Reason}}, nil
}

// MayWithdraw answers whether a person may take back what is under decision:
// only who put it to the circle may. The error is a refusal that says why not.
func (p *Proposal) MayWithdraw(who circle.PersonID) error {
	switch {
	case !p.UnderDecision():
		return NotOpen.Refuse("proposal", p.ID, "status", p.Standing())
	case p.Proposer() != who:
		return NotEntitled.Refuse("who", who, "whose", "the proposer, "+string(p.Proposer())+",")
	}
	return nil
}

// Proposer is who put to the circle what is under decision: the proposal, or
// the new version of an agreement; or who took it over.
func (p *Proposal) Proposer() circle.PersonID {
	for _, v := range p.Versions {
		if p.Status == StatusAgreement && v.N > p.Agreement.Version {
			return v.By
		}
	}
	return p.By
}

func (c Drop) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := m.Get(c.Proposal)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, p.Circle, f); err != nil {
		return nil, err
	}
	if p.Status != StatusOpen && p.Status != StatusAgreement {
		return nil, NotOpen.Refuse("proposal", c.Proposal, "status", p.Standing())
	}
	return []Event{&Dropped{Proposal: c.Proposal, Reason: c.Reason}}, nil
}

func (c Adopt) decide(m *Matters, _ circle.Actor, now time.Time, _ Facts) ([]Event, error) {
	p, err := m.at(c.Proposal, c.Version)
	if err != nil {
		return nil, err
	}
	if !p.UnderDecision() {
		return nil, NotOpen.Refuse("proposal", c.Proposal, "status", p.Standing())
	}
	v := p.Current()
	e := &Adopted{Proposal: c.Proposal, Version: c.Version, Since: now, Warnings: c.Warnings, Chosen: c.Chosen}
	record := m.RecordAt(p.ID, v.N)
	if record.delays() {
		e.Pending, e.Effective, e.Lapses = true, after(record.Effective, now), after(record.Lapses, now)
		return []Event{e}, nil
	}
	e.Until, e.Expires = p.reviewFrom(v, now), after(record.Expires, now)
	return []Event{e}, nil
}

// reviewFrom is when a version that takes force now is looked at again. One
// with the term of the version before it ends when that one would have.
func (p *Proposal) reviewFrom(v *Version, now time.Time) time.Time {
	if p.Status == StatusAgreement && v.Term == p.Agreement.Term && p.Agreement.Until.After(now) {
		return p.Agreement.Until
	}
	return after(v.Term, now)
}

// after is the instant that lies a period behind another; none for no period.
func after(p circle.Period, t time.Time) time.Time {
	if p.IsZero() {
		return time.Time{}
	}
	return p.After(t)
}
