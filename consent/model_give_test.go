package consent_test

import (
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What people might do by methods with a window, a quiet time, and other answers.

// inWindow is what may be done while the time to answer runs.
func (r *run) inWindow(v *view, m *matter, seat person) give {
	list := []give{
		{seat, consent.Acknowledge{Proposal: m.id}},
		{pick(r.d, []person{m.by, r.chair(v)}), consent.ExtendWindow{Proposal: m.id, Reason: r.text()}},
		{pick(r.d, []person{m.by, m.by, r.chair(v)}), proposal.Amend{Proposal: m.id, Text: r.text()}},
		{m.by, proposal.Withdraw{Proposal: m.id}},
	}
	for _, w := range v.standing(m.id) {
		list = append(list, give{w.by, objection.Withdraw{Objection: w.id}}, give{w.by, objection.Withdraw{Objection: w.id}})
	}
	return pick(r.d, list)
}
