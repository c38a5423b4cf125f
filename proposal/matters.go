package proposal

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// Matters are all needs, proposals and agreements of an organisation. The zero
// value holds none.
type Matters struct {
	needs     map[NeedID]*Need
	proposals map[ID]*Proposal
}

// Image is everything that the matters hold, for comparing two of them.
type Image struct {
	Needs     map[NeedID]*Need
	Proposals map[ID]*Proposal
}

// Image returns everything that the matters hold. Nothing in it is a copy.
func (m *Matters) Image() Image { return Image{m.needs, m.proposals} }

// Need returns a need, nil if there is none.
func (m *Matters) Need(id NeedID) *Need { return m.needs[id] }

// Proposal returns a proposal, nil if there is none.
func (m *Matters) Proposal(id ID) *Proposal { return m.proposals[id] }

// Proposals lists the proposals and agreements of a circle by name; of all
// circles if none is named.
func (m *Matters) Proposals(of circle.ID) []ID {
	var out []ID
	for id, p := range m.proposals {
		if of == "" || p.Circle == of {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Needs lists the needs of a circle by name; of all circles if none is named.
func (m *Matters) Needs(of circle.ID) []NeedID {
	var out []NeedID
	for id, n := range m.needs {
		if of == "" || n.Circle == of {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Forget drops what nobody needs any more to decide on: the older versions
// and renditions of a proposal that is settled. They stay in the ledger.
func (m *Matters) Forget(id ID) {
	p := m.proposals[id]
	if p.Status != StatusAgreement {
		delete(m.proposals, id)
		return
	}
	v := *p.Version(p.Agreement.Version)
	p.Versions = []Version{v}
	p.Renditions = nil
	p.Waivers = nil
	p.Enacts = nil
}

// Leave ends what is under decision without a decision on it: an agreement
// stays in force as it is.
func (m *Matters) Leave(id ID) {
	if p := m.proposals[id]; p.Status == StatusAgreement && p.Agreement.Phase == InReview {
		p.end(StatusAgreement)
	}
}

// Move hands a proposal to another circle, with all that was written.
func (m *Matters) Move(id ID, to circle.ID) { m.proposals[id].Circle = to }

// TakeOver makes somebody the proposer of what is under decision, from now on
// in their name.
func (m *Matters) TakeOver(id ID, who circle.PersonID) {
	p := m.proposals[id]
	for i := range p.Versions {
		if v := &p.Versions[i]; p.Status == StatusAgreement && v.N > p.Agreement.Version {
			v.By = who
			return
		}
	}
	p.By = who
}

// CopyOf returns matters that hold copies of what a list of deeds speaks of,
// and nothing else, so that the deeds can be tried without touching m.
func (m *Matters) CopyOf(deeds []circle.Deed) *Matters {
	c := &Matters{needs: map[NeedID]*Need{}, proposals: map[ID]*Proposal{}}
	for _, d := range deeds {
		switch d := d.(type) {
		case interface{ About() NeedID }:
			if n := m.needs[d.About()]; n != nil {
				copied := *n
				copied.Inputs = slices.Clone(n.Inputs)
				c.needs[n.ID] = &copied
			}
		case interface{ Of() ID }:
			if p := m.proposals[d.Of()]; p != nil {
				copied := *p
				copied.Versions = slices.Clone(p.Versions)
				copied.Agreement.Measures = slices.Clone(p.Agreement.Measures)
				c.proposals[p.ID] = &copied
			}
		}
	}
	return c
}
