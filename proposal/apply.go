package proposal

// Apply takes what has happened. It cannot fail.
func (m *Matters) Apply(e Event) { e.apply(m) }

func (e NeedOpened) apply(m *Matters) {
	if m.needs == nil {
		m.needs = map[NeedID]*Need{}
	}
	m.needs[e.Need] = &Need{ID: e.Need, Circle: e.Circle, By: e.By, Origin: e.Origin, Text: e.Text, Opened: e.At}
}

func (e DomainChecked) apply(m *Matters) {
	n := m.needs[e.Need]
	n.DomainChecked, n.Item = true, e.Item
}

func (e MajorChecked) apply(m *Matters) {
	n := m.needs[e.Need]
	n.MajorChecked, n.Major, n.Effect, n.LongTerm = true, e.Major, e.Effect, e.LongTerm
}

func (e LongTermAnswered) apply(m *Matters) {
	if e.Circle != "" {
		m.needs[e.Need].Beyond = e.Circle
		return
	}
	m.needs[e.Need].LongTerm = Answered
}

func (e Responded) apply(m *Matters) {
	n := m.needs[e.Need]
	n.Responses, n.Rung = e.Responses, e.Rung
}

func (e InputGiven) apply(m *Matters) {
	n := m.needs[e.Need]
	n.Inputs = append(n.Inputs, Input{ID: e.Input, By: e.By, Class: e.Class, Source: e.Source, Text: e.Text})
}

func (e InputAnswered) apply(m *Matters) {
	n := m.needs[e.Need]
	n.Inputs[n.input(e.Input)].Answer = e.Answer
}

func (e Submitted) apply(m *Matters) {
	m.proposals.Set(e.Proposal, &Proposal{ID: e.Proposal, Need: e.Need, Circle: e.Circle, By: e.By,
		Parallel: e.Parallel, Recommended: e.Recommended, Sort: e.Sort, Status: StatusOpen, Enacts: e.Enacts, Numbered: 1,
		Versions: []Version{{N: 1, Text: e.Text, Term: e.Term, Measures: e.Measures, By: e.By, At: e.At, Weight: Substantive}}})
	m.note(e.Proposal, 1, e.Record)
	if n := m.needs[e.Need]; n != nil {
		n.texts = append(n.texts, e.Proposal)
	}
}

func (e Amended) apply(m *Matters) {
	p := m.proposals.Of(e.Proposal)
	p.Versions = append(p.Versions, Version{N: e.Version, Text: e.Text, Term: e.Term, Measures: e.Measures,
		By: e.By, At: e.At, Weight: e.Weight})
	p.Numbered = e.Version
	m.note(e.Proposal, e.Version, e.Record)
	if p.Status == StatusAgreement {
		p.Agreement.Phase = InReview
	}
}

func (e RenditionAttached) apply(m *Matters) {
	p := m.proposals.Of(e.Proposal)
	p.Renditions = append(p.Renditions, Rendition{Version: e.Version, Format: e.Format, By: e.By,
		Checked: e.Checked, Text: e.Text, At: e.At})
}

func (e RenditionWaived) apply(m *Matters) {
	p := m.proposals.Of(e.Proposal)
	p.Waivers = append(p.Waivers, Waiver{e.Person, e.Version})
}

func (e ConflictsChecked) apply(m *Matters) {
	v := m.proposals.Of(e.Proposal).Version(e.Version)
	v.Conflicts = Conflicting
	if e.Clear {
		v.Conflicts = Clear
	}
}

// A proposal that is taken back or dropped while its earlier version is in
// force leaves that version in force: only the review is over.
func (e Withdrawn) apply(m *Matters) { m.end(m.proposals.Of(e.Proposal), StatusWithdrawn) }

func (e Dropped) apply(m *Matters) {
	p := m.proposals.Of(e.Proposal)
	if p.Status == StatusAgreement && p.Agreement.Phase != InReview {
		p.Status, p.Agreement = StatusDropped, Agreement{}
		delete(m.particulars, e.Proposal)
		return
	}
	m.end(p, StatusDropped)
}

func (m *Matters) end(p *Proposal, s Status) {
	if p.Status != StatusAgreement {
		p.Status = s
		return
	}
	m.leaveReview(p)
}

func (e Adopted) apply(m *Matters) {
	p := m.proposals.Of(e.Proposal)
	m.choose(e)
	if p.Sort == Process || p.Sort == Disposal {
		p.Status = StatusCarried
		return
	}
	if e.Pending {
		m.awaits(e)
		return
	}
	m.takesForce(e.Proposal, e.Version, e.Since, e.Until, e.Expires)
}

func (e MeasureRead) apply(m *Matters) {
	a := &m.proposals.Of(e.Proposal).Agreement
	a.measure(e.Measure).read(a.Since, e.At)
}

func (e MeasureMissed) apply(m *Matters) {
	a := &m.proposals.Of(e.Proposal).Agreement
	a.measure(e.Measure).miss(a.Since)
}

func (e ReviewDue) apply(m *Matters) {
	a := &m.proposals.Of(e.Proposal).Agreement
	a.Because = e.Because
	if a.Phase == Active {
		a.Phase = Due
	}
}

func (e Evaluated) apply(m *Matters) {
	a := &m.proposals.Of(e.Proposal).Agreement
	a.Answered = append(a.Answered, Evaluator{e.Person, e.Class})
}

func (e Kept) apply(m *Matters) {
	a := &m.proposals.Of(e.Proposal).Agreement
	a.Phase, a.Because, a.Term, a.Until, a.Outcomes, a.Answered = Active, "", e.Term, e.Until, e.Outcomes, nil
	if x := m.particulars[e.Proposal]; x != nil {
		x.Expires, x.Extended = e.Expires, false
		m.reviewed(e.Proposal)
		m.rephase(e.Proposal)
	}
}

// measure returns a measure that runs beside the agreement, nil if none of
// this name does.
func (a *Agreement) measure(id MeasureID) *Watched {
	for i := range a.Measures {
		if a.Measures[i].ID == id {
			return &a.Measures[i]
		}
	}
	return nil
}

// Measure returns a measure that runs beside the agreement, nil if none of
// this name does.
func (a *Agreement) Measure(id MeasureID) *Watched { return a.measure(id) }
