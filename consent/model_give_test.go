package consent_test

import (
	"github.com/sayround/sayround/circle"
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
	if m.way.toMeeting && r.d.roll(3) == 0 {
		return give{r.anyFull(v), consent.MoveToMeeting{Proposal: m.id, Reason: r.text()}}
	}
	for _, w := range v.standing(m.id) {
		list = append(list, r.solve(v, m, w), r.solve(v, m, w))
		list = append(list, give{w.by, objection.Withdraw{Objection: w.id}}, give{w.by, objection.Withdraw{Objection: w.id}})
	}
	return pick(r.d, list)
}

// answer is a seat's answer: most often consent, else one that the method has.
func (r *run) answer(m *matter, who person) give {
	c := consent.Respond{Proposal: m.id, Answer: consent.Consents}
	if len(m.way.answers) > 0 && r.d.roll(5) == 0 {
		c.Answer = pick(r.d, m.way.answers)
	}
	if c.Answer != consent.Consents && r.d.roll(6) > 0 {
		c.Reason = r.text()
	}
	return give{who, c}
}

// inQuiet is what may be done between agreement and effect.
func (r *run) inQuiet(v *view, m *matter) give {
	who := ana
	if len(m.talk.seats) > 0 {
		who = pick(r.d, m.talk.seats)
	}
	if list := v.standing(m.id); len(list) > 0 && r.d.roll(3) == 0 {
		w := pick(r.d, list)
		if r.d.roll(2) == 0 {
			return r.solve(v, m, w)
		}
		return give{w.by, objection.Withdraw{Objection: w.id}}
	}
	switch n := r.d.roll(12); {
	case n < 3:
		if m.way.outsiders && r.d.roll(3) == 0 {
			who = gus
		}
		return r.raise(m, pick(r.d, append(v.withLevel(circle.Full), who)))
	case n == 3:
		return give{who, consent.Acknowledge{Proposal: m.id}}
	case n < 6:
		return r.answer(m, who)
	case n == 6:
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	case n == 7 && r.d.roll(3) == 0:
		return give{m.by, proposal.Withdraw{Proposal: m.id}}
	}
	r.time()
	return r.answer(m, who)
}
