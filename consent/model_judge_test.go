package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What follows from answers.

// answered: somebody has answered, or has objected without a seat. Whoever
// answers a version that is to meet their own objections otherwise than by
// objecting again, accepts how it does.
func (v *view) answered(m *matter, a act, what string) {
	t := m.talk
	if slices.Contains(t.seats, a.by) {
		t.said[a.by] = what
	}
	if p := t.at(a.by); p != nil {
		p.what = "spoken"
	}
	if what != consent.Objects {
		for _, w := range v.own(m.id, a.by) {
			w.leave(a.by, "integrated")
		}
	}
	if m.stage == consent.StageLastCall {
		v.answeredLate(m, a, what)
		return
	}
	if m.way.anytime || len(t.awaited()) == 0 {
		v.judge(m, a.at, false)
	}
}

// answeredLate: in the time of the absent, the last of them or an objection
// settles it; in the quiet time an objection does what the method says, and
// when the time is over any answer may have been what was missing.
func (v *view) answeredLate(m *matter, a act, what string) {
	m.waiting = slices.DeleteFunc(m.waiting, func(who person) bool { return who == a.by })
	if len(m.waiting) == 0 && !m.quiet {
		m.until = time.Time{} // nobody is waited for any more
	}
	due := len(m.waiting) == 0
	if m.quiet {
		due = m.until.IsZero()
	}
	if what == consent.Objects || due {
		v.judge(m, a.at, false)
	} else {
		v.setClock(m, a.at)
	}
}

// judge asks whether the question is answered: adopted when the method's rule is
// satisfied (M-122) and the groups that must be there are (CP-2), and the time is
// over that the method gives everybody (M-199); worked on when everybody was heard
// and an objection stands (M-109); waiting when only the absent are missing
// (EC-39). Nobody waits for who has left the circle, and where those present decide
// for all, nobody waits for who is not at the meeting. Over says that a time has
// just run out.
func (v *view) judge(m *matter, at time.Time, over bool) {
	t := m.talk
	heard := len(t.awaited()) == 0
	absent := v.unheard(m)
	stands := len(v.against(m)) > 0
	there := v.present(m)
	satisfied := v.satisfied(m)
	running := !t.closes.IsZero() && !over
	m.waiting, m.judgedAt = nil, at
	switch {
	case over && v.vetoed(m):
		v.endMatter(m, consent.StageNotAdopted)
	case satisfied && there:
		v.carried(m, at, running && !m.way.early, over)
	case satisfied:
	case m.quiet && stands:
		v.heldUp(m)
	case m.quiet, !heard, stands && m.way.solved == "raiser", running && (len(absent) > 0 || !m.way.early):
	case stands:
		v.workOn(m)
	case len(absent) > 0 && there:
		m.stage, t.closed, m.waiting = consent.StageLastCall, true, absent
		v.setClock(m, at)
	}
	if len(m.waiting) == 0 && !m.quiet {
		m.until = time.Time{} // nobody's silence is waited for
	}
}

// workOn: the circle works on the objections, and no time runs.
func (v *view) workOn(m *matter) {
	m.stage, m.talk.closed, m.until, m.quiet = consent.StageIntegrate, true, time.Time{}, false
}

// unheard are those whose answer is missing.
func (v *view) unheard(m *matter) []person {
	var out []person
	heard := len(m.talk.awaited()) == 0
	for _, who := range m.talk.seats {
		if m.talk.said[who] == "" && v.level(who) != "" && !(heard && v.decidedWithout(m, who)) {
			out = append(out, who)
		}
	}
	return out
}

// decidedWithout says whether those present decide for a person too: by the
// written policy, in a meeting where that person is not.
func (v *view) decidedWithout(m *matter, who person) bool {
	return m.rules.Absence.Silence == circle.Bound && m.meeting != "" && !slices.Contains(v.gathering(m.meeting).present, who)
}

// against are the objections that the circle cannot settle by consenting: all
// but those which the version meets and whose raiser has left.
func (v *view) against(m *matter) []*worry {
	var out []*worry
	for _, w := range v.standing(m.id) {
		if w.status != "met" || w.in != m.talk.version || !v.orphaned(w) {
			out = append(out, w)
		}
	}
	return out
}

// present says whether each group that must be there spoke for itself.
func (v *view) present(m *matter) bool {
	for _, rule := range m.rules.Presence {
		n := 0
		for _, who := range m.talk.seats {
			if s := m.talk.said[who]; s != "" && s != "silence" && slices.Contains(rule.Classes, classOf(who)) {
				n++
			}
		}
		if n < rule.AtLeast {
			return false
		}
	}
	return true
}

// setClock lets the time of the absent run, where their silence counts: from
// the instant at which the minutes reached the last of them, outside meetings
// from the verdict. Once it runs, nobody's answer moves it, and it never ends
// in the past.
func (v *view) setClock(m *matter, now time.Time) {
	policy := m.rules.Absence
	if policy.Silence != circle.Consents || len(m.waiting) == 0 || m.quiet || !m.until.IsZero() {
		return
	}
	from := m.judgedAt
	if m.meeting != "" {
		from = time.Time{}
		g := v.gathering(m.meeting)
		for _, who := range m.waiting {
			sent, ok := g.minutes[who]
			if !ok {
				return
			}
			if sent.After(from) {
				from = sent
			}
		}
	}
	m.until = policy.After.After(from)
	if m.until.Before(now) {
		m.until = now
	}
}

// adopt carries out what a matter enacts; where that cannot be done any more,
// it is not adopted.
func (v *view) adopt(m *matter, at time.Time) bool {
	if len(v.cannot(m.deeds)) > 0 {
		return false
	}
	m.adopted, m.inForce = m.version, !m.question
	for _, w := range v.standing(m.id) {
		w.status = "integrated" // by the whole circle, as who raised it has no seat
	}
	v.endMatter(m, consent.StageAdopted)
	for _, d := range m.deeds {
		switch d := d.(type) {
		case proposal.Drop:
			dropped := v.matter(d.Proposal)
			if dropped.stage == consent.StageAdopted {
				dropped.inForce = false
			} else {
				v.endMatter(dropped, consent.StageDropped)
			}
		case consent.AdoptAgenda:
			v.gathering(d.Meeting).agreed = true
		case circle.Join:
			v.join(d.Person, d.Level)
		case circle.AgreeRules:
			v.rules = d.Rules
		case consent.Integrate:
			v.integrate(d)
		case objection.Defer:
			w := v.worry(d.Objection)
			w.status = "deferred"
		}
	}
	return true
}

func (v *view) join(who person, level circle.Level) {
	for i := range v.members {
		if v.members[i].who == who {
			v.members[i].level = level
			return
		}
	}
	v.members = append(v.members, member{who, level})
}

// endMatter ends a matter, and with it what stands against it.
func (v *view) endMatter(m *matter, outcome consent.Stage) {
	m.stage, m.waiting, m.until, m.quiet, m.beside = outcome, nil, time.Time{}, false, beside{}
	for _, w := range v.standing(m.id) {
		w.status = "ended"
	}
}
