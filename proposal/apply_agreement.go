package proposal

import "time"

// takesForce puts a version in force, and no other one beside it (M-235).
func (m *Matters) takesForce(id ID, version int, since, until, expires time.Time) {
	p := m.proposals.Of(id)
	v := p.Version(version)
	p.Status = StatusAgreement
	p.Agreement = Agreement{Version: version, Since: since, Term: v.Term, Until: until, Phase: Active,
		Measures: restart(v.Measures, since)}
	if x := m.particulars[id]; x != nil || !expires.IsZero() {
		x = m.more(id)
		x.Coming, x.Expires, x.Extended, x.Held = nil, expires, false, false
		m.reviewed(id)
	}
}

// reviewed notes that a review has come to its end.
func (m *Matters) reviewed(id ID) {
	if x := m.particulars[id]; x != nil {
		x.Delegated, x.Unresolved = Delegated{}, false
	}
}

// awaits notes that a version is adopted and not in force yet. What was in
// force stays so until then.
func (m *Matters) awaits(e Adopted) {
	p, x := m.proposals.Of(e.Proposal), m.more(e.Proposal)
	x.Coming = &Coming{Version: e.Version, Effective: e.Effective, Lapses: e.Lapses}
	if p.Status != StatusAgreement {
		p.Status, p.Agreement = StatusAgreement, Agreement{Version: e.Version, Phase: Pending}
		return
	}
	m.reviewed(e.Proposal)
	p.Agreement.Because = ""
	m.settles(p)
}

// settles gives an agreement the phase that it has outside a review.
func (m *Matters) settles(p *Proposal) {
	switch {
	case m.Particulars(p.ID).Held:
		p.Agreement.Phase = OnHold
	case p.Agreement.Because != "":
		p.Agreement.Phase = Due
	default:
		p.Agreement.Phase = Active
	}
}

// cease ends what is in force. A new version that is under decision goes on as
// a proposal of whoever wrote it.
func (m *Matters) cease(id ID, as Status) {
	p := m.proposals.Of(id)
	reviewed := p.Agreement.Phase == InReview
	if reviewed {
		p.By, as = p.Proposer(), StatusOpen
	}
	p.Status, p.Agreement = as, Agreement{}
	x := m.more(id)
	x.Coming, x.Expires, x.Extended, x.Held = nil, time.Time{}, false, false
	m.reviewed(id)
	m.tidy(p)
}

// ReviewOver notes that a review ended without a decision on the text: the
// version in force stays in force. Where the review was due, it still is, and
// a new date is to be set.
func (m *Matters) ReviewOver(id ID) {
	p := m.proposals.Of(id)
	if p == nil || p.Status != StatusAgreement {
		return
	}
	if p.Agreement.Phase == InReview {
		m.leaveReview(p)
	}
	if p.Agreement.Because != "" {
		m.more(id).Unresolved = true
	}
}

// leaveReview lets go the versions that were under decision.
func (m *Matters) leaveReview(p *Proposal) {
	p.Versions = []Version{*p.Version(p.Agreement.Version)}
	p.Renditions, p.Waivers = nil, nil
	m.settles(p)
	m.tidy(p)
}

func (e TookEffect) apply(m *Matters) {
	m.takesForce(e.Proposal, e.Version, e.Since, e.Until, e.Expires)
	p := m.proposals.Of(e.Proposal)
	p.Versions = []Version{*p.Version(e.Version)}
	m.tidy(p)
}

func (e ConditionConfirmed) apply(m *Matters) { m.more(e.Proposal).Coming.Lapses = time.Time{} }

func (e Lapsed) apply(m *Matters) {
	p := m.proposals.Of(e.Proposal)
	if p.Agreement.Phase == Pending {
		m.cease(e.Proposal, StatusLapsed)
		return
	}
	m.more(e.Proposal).Coming = nil
	p.Versions = []Version{*p.Version(p.Agreement.Version)}
	m.tidy(p)
}

func (e Held) apply(m *Matters) {
	m.more(e.Proposal).Held = true
	m.rephase(e.Proposal)
}

func (e HoldLifted) apply(m *Matters) {
	m.more(e.Proposal).Held = false
	m.rephase(e.Proposal)
}

// rephase gives an agreement its phase anew; a review goes on.
func (m *Matters) rephase(id ID) {
	p := m.proposals.Of(id)
	if p.Agreement.Phase != InReview {
		m.settles(p)
	}
	m.tidy(p)
}

func (e Extended) apply(m *Matters) {
	x := m.more(e.Proposal)
	x.Expires, x.Extended = e.Until, true
}

// A version that is adopted and not in force yet is not touched by the end of
// the one before it.
func (e Expired) apply(m *Matters) {
	x, p := m.more(e.Proposal), m.proposals.Of(e.Proposal)
	next := x.Coming
	m.cease(e.Proposal, StatusExpired)
	if next == nil {
		return
	}
	m.more(e.Proposal).Coming = next
	p.Versions = []Version{*p.Version(next.Version)}
	p.Status, p.Agreement = StatusAgreement, Agreement{Version: next.Version, Phase: Pending}
	m.tidy(p)
}

func (e LeftToExpire) apply(m *Matters) {
	m.more(e.Proposal).Expires = e.Expires
	p := m.proposals.Of(e.Proposal)
	p.Agreement.Because, p.Agreement.Answered = "", nil
	m.reviewed(e.Proposal)
	m.rephase(e.Proposal)
}

func (e Superseded) apply(m *Matters) {
	m.cease(e.Proposal, StatusSuperseded)
	m.more(e.Proposal).By = e.By
}

func (e Struck) apply(m *Matters) { m.cease(e.Proposal, StatusStruck) }

func (e ReviewDelegated) apply(m *Matters) {
	m.more(e.Proposal).Delegated = Delegated{e.To, e.Until}
}

func (e StartedAfresh) apply(m *Matters) {
	x := m.more(e.Proposal)
	x.Afresh = append(x.Afresh, e.Need)
}

func (e ReviewDated) apply(m *Matters) {
	a := &m.proposals.Of(e.Proposal).Agreement
	a.Because, a.Term, a.Until = "", e.Term, e.Until
	m.reviewed(e.Proposal)
	m.rephase(e.Proposal)
}

func (e Interpreted) apply(m *Matters) {
	x := m.more(e.Proposal)
	for i := range x.Rulings {
		if x.Rulings[i].ID == e.Overrules {
			x.Rulings[i].Overruled = true
		}
	}
	x.Rulings = append(x.Rulings, Ruling{ID: e.Ruling, Version: e.Version, By: e.By, At: e.At, Question: e.Question, Ruling: e.Says, Of: e.Of})
}

func (e ConflictReported) apply(m *Matters) {
	x := m.more(e.Proposal)
	x.Conflicts = append(x.Conflicts, Contradiction{e.Version, e.With, e.Theirs, e.Prevails})
}

func (e DeviationRecorded) apply(m *Matters) {
	x := m.more(e.Proposal)
	x.Deviations = append(x.Deviations, Deviation{e.Deviation, e.Version, e.By, e.At, e.Reason, e.Affected, e.FollowUp})
}
