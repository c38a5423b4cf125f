package proposal

import (
	"iter"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/snapshot"
)

// Matters are all needs, proposals and agreements of an organisation. The zero
// value holds none.
type Matters struct {
	needs     map[NeedID]*Need
	proposals snapshot.Shelf[ID, *Proposal]
	// particulars are what few proposals have beside the ordinary.
	particulars map[ID]*Particulars
	// changing are those that were put to change other agreements. It is derived,
	// so that not every adoption looks through all agreements.
	changing map[ID]bool
}

// Image is everything that the matters hold, for comparing two of them.
type Image struct {
	Needs     map[NeedID]*Need
	Proposals map[ID]*Proposal
	// Particulars are what few proposals have beside the ordinary.
	Particulars map[ID]*Particulars
}

// Image returns everything that the matters hold. Nothing in it is a copy.
func (m *Matters) Image() Image { return Image{m.needs, m.proposals.Map(), m.particulars} }

// Fetch has these proposals at hand. Of matters that were read from a snapshot others
// are made when they are first asked for.
func (m *Matters) Fetch(ids iter.Seq[ID]) { m.proposals.Fetch(ids) }

// Need returns a need, nil if there is none.
func (m *Matters) Need(id NeedID) *Need { return m.needs[id] }

// Proposal returns a proposal, nil if there is none.
func (m *Matters) Proposal(id ID) *Proposal { return m.proposals.Of(id) }

// Proposals lists the proposals and agreements of a circle by name; of all
// circles if none is named.
func (m *Matters) Proposals(of circle.ID) []ID {
	var out []ID
	for id, p := range m.proposals.All() {
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
	delete(m.changing, id)
	p := m.proposals.Of(id)
	if p == nil || p.Status != StatusAgreement {
		m.proposals.Delete(id)
		delete(m.particulars, id)
		return
	}
	kept := []Version{*p.Version(p.Agreement.Version)}
	if x := m.particulars[id]; x != nil && x.Coming != nil && x.Coming.Version != p.Agreement.Version {
		kept = append(kept, *p.Version(x.Coming.Version))
	}
	p.Versions = kept
	p.Renditions = nil
	p.Waivers = nil
	p.Enacts = nil
	m.tidy(p)
}

// Move hands a proposal to another circle, with all that was written. Item is what
// it is about there, "" where nobody said so.
func (m *Matters) Move(id ID, to circle.ID, item circle.ItemID) {
	p := m.proposals.Of(id)
	if p == nil {
		return
	}
	p.Circle = to
	if item != "" || m.Particulars(id).Item != "" {
		m.more(id).Item = item
	}
}

// ItemOf returns the item of its circle's domain that a proposal is about: what was
// found when its need was looked at, or what was said when it moved. Empty: nobody
// has said so of the circle that has it now.
func (m *Matters) ItemOf(id ID) circle.ItemID {
	p := m.proposals.Of(id)
	if p == nil {
		return ""
	}
	if item := m.Particulars(id).Item; item != "" {
		return item
	}
	if n := m.needs[p.Need]; n != nil && n.Circle == p.Circle {
		return n.Item
	}
	return ""
}

// About lists the agreements of a circle about an item of its domain, by name.
func (m *Matters) About(of circle.ID, item circle.ItemID) []ID {
	var out []ID
	for _, id := range m.Proposals(of) {
		if m.proposals.Of(id).Status == StatusAgreement && m.ItemOf(id) == item {
			out = append(out, id)
		}
	}
	return out
}

// Within refuses a proposal about what its circle may not decide on any more,
// because it is with another one now (I-5, I-17).
func (m *Matters) Within(o *circle.Organisation, id ID) error {
	item := m.ItemOf(id)
	if item == "" {
		return nil
	}
	return decidesOn(o, m.proposals.Of(id).Circle, item)
}

// TakeOver makes somebody the proposer of what is under decision, from now on
// in their name.
func (m *Matters) TakeOver(id ID, who circle.PersonID) {
	p := m.proposals.Of(id)
	if p == nil {
		return
	}
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
	c := &Matters{needs: map[NeedID]*Need{}}
	for _, d := range deeds {
		switch d := d.(type) {
		case interface{ About() NeedID }:
			if n := m.needs[d.About()]; n != nil {
				c.needs[n.ID] = n.copied()
			}
			if l, ok := d.(looks); ok {
				for _, id := range l.looksAt(m) {
					c.take(m, id)
				}
			}
		case interface{ Of() ID }:
			c.take(m, d.Of())
			if others, ok := d.(interface{ Also() []ID }); ok {
				for _, id := range others.Also() {
					c.take(m, id)
				}
			}
		}
	}
	return c
}

// A deed about a need looks at the proposals for it.
type looks interface{ looksAt(*Matters) []ID }

func (c CloseNeed) looksAt(m *Matters) []ID {
	if m.needs[c.Need] == nil {
		return nil
	}
	return m.decidedFor(c.Need)
}

// A draft is looked at for its version.
func (c CheckCoverage) looksAt(*Matters) []ID { return []ID{c.Text} }

// take copies a proposal and its particulars, if it is there.
func (m *Matters) take(from *Matters, id ID) {
	p := from.proposals.Of(id)
	if p == nil || m.proposals.Of(id) != nil {
		return
	}
	copied := *p
	copied.Versions = slices.Clone(p.Versions)
	copied.Agreement.Measures = slices.Clone(p.Agreement.Measures)
	m.proposals.Set(id, &copied)
	if x := from.particulars[id]; x != nil {
		if m.particulars == nil {
			m.particulars = map[ID]*Particulars{}
		}
		m.particulars[id] = x.copied()
	}
}
