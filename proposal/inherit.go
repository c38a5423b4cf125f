package proposal

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// Inherited: a circle ended, or gave up an item of its domain, and another one has
// its agreements from here on, and its open needs (M-24, M-27, I-17).
type Inherited struct {
	From      circle.ID `json:"from"`
	To        circle.ID `json:"to"`
	Proposals []ID      `json:"proposals,omitempty"`
	Needs     []NeedID  `json:"needs,omitempty"`
	// Item is what the agreements are about in the circle that has them now, where
	// they went with it (I-17).
	Item circle.ItemID `json:"item,omitempty"`
}

// Wire gives the wire name.
func (Inherited) Wire() string { return "proposal.inherited" }

// Among names the needs that the event is about.
func (e Inherited) Among() []NeedID { return e.Needs }

func (e Inherited) apply(m *Matters) {
	for _, id := range e.Proposals {
		if m.proposals.Of(id) != nil {
			m.Move(id, e.To, e.Item)
		}
	}
	for _, id := range e.Needs {
		m.needs[id].goes(e.To)
	}
}

// Leaves says what a circle leaves when it ends: its agreements, and the needs
// that are not closed, both by name.
func (m *Matters) Leaves(of circle.ID) Inherited {
	e := Inherited{From: of}
	for _, id := range m.Proposals(of) {
		if m.proposals.Of(id).Status == StatusAgreement {
			e.Proposals = append(e.Proposals, id)
		}
	}
	e.Needs = slices.DeleteFunc(m.Needs(of), func(id NeedID) bool { return m.needs[id].Closed() })
	return e
}
