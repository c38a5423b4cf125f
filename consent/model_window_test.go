package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// The model of time: the window in which everybody answers, what silence means at
// its end, and the quiet time between agreement and effect (M-128, M-199 to M-203;
// methods §1.3.4, §1.3.5, §8.18).

// passTime lets happen what is due by an instant, each at its own instant. Of what
// is due at once, the time of the absent goes before the window.
func (v *view) passTime(t time.Time) {
	for {
		var next *matter
		var at time.Time
		for _, m := range v.matters {
			due := m.due()
			if due.IsZero() || due.After(t) {
				continue
			}
			if next == nil || due.Before(at) || due.Equal(at) && m.before(next) {
				next, at = m, due
			}
		}
		if next == nil {
			return
		}
		v.clocks++
		v.runOut(next, at)
	}
}

// due is when a time runs out for a matter; zero: none runs.
func (m *matter) due() time.Time {
	switch m.stage {
	case consent.StageLastCall:
		return m.until
	case consent.StageDecide:
		return m.talk.closes
	default:
		return time.Time{}
	}
}

func (m *matter) before(other *matter) bool {
	if late := m.stage == consent.StageLastCall; late != (other.stage == consent.StageLastCall) {
		return late
	}
	return m.id < other.id
}

// runOut is what a time means that is over.
func (v *view) runOut(m *matter, at time.Time) {
	silent := m.waiting
	window := m.stage == consent.StageDecide
	switch {
	case window && m.way.counts:
		silent = v.unheard(m)
	case window:
		silent = nil
	}
	for _, who := range silent {
		m.talk.said[who] = "silence"
		if p := m.talk.at(who); p != nil {
			p.what = "spoken"
		}
	}
	m.waiting, m.until, m.talk.closes = nil, time.Time{}, time.Time{}
	v.judge(m, at, true)
	if window && m.way.lapses && m.stage == consent.StageDecide {
		v.endMatter(m, consent.StageNotAdopted)
	}
}

// satisfied says whether the rule of the method is.
func (v *view) satisfied(m *matter) bool { return m.way.rule(v.sums(m)) }

// vetoed says whether so many objections stand that they end it.
func (v *view) vetoed(m *matter) bool {
	return m.way.vetoes > 0 && v.sums(m).stops >= m.way.vetoes
}

// carried: the rule is satisfied. While the window runs, or the quiet time, it
// stays at that; where the method has a quiet time, that begins; then it is
// adopted, unless what it enacts cannot be done any more.
func (v *view) carried(m *matter, at time.Time, running, over bool) {
	switch {
	case running, m.quiet && !m.until.IsZero() && !over:
	case !m.quiet && !m.way.lastCall.IsZero():
		m.stage, m.talk.closed, m.quiet, m.until = consent.StageLastCall, true, true, m.way.lastCall.After(at)
	default:
		v.adopt(m, at)
	}
}

// heldUp is what an objection does to a quiet time (M-201).
func (v *view) heldUp(m *matter) {
	switch m.way.clock {
	case consent.Stops:
		v.workOn(m)
	case consent.Restarts:
		m.stage, m.talk.closed, m.quiet, m.until = consent.StageDecide, false, false, time.Time{}
	}
}

// amend is a new version: the circle begins again with it, unless the answers
// stand; then there is more time to look at it, as far as the method bounds that.
func (v *view) amend(m *matter, c proposal.Amend) {
	m.newVersion(c.Term)
	switch {
	case m.stage == consent.StageDecide && m.way.keep:
		m.talk.version = m.version
		if m.extendable() {
			m.extend()
		}
		return
	case m.stage == consent.StageDecide:
		m.talk.closed, m.talk.closes = true, time.Time{}
	}
	m.stage = consent.StageIntake
}

func (m *matter) extendable() bool {
	return !m.talk.closes.IsZero() && m.talk.longer < m.way.extensions
}

func (m *matter) extend() {
	m.talk.closes = m.way.by.After(m.talk.closes)
	m.talk.longer++
}

// ends: an objection stands no more. Where it may be all that held up the
// question, the rule is asked again.
func (v *view) ends(w *worry, status string, at time.Time) {
	w.status = status
	m := v.matter(w.on)
	if m.stage == consent.StageDecide && m.way.solved == "raiser" || m.stage == consent.StageLastCall && m.quiet {
		v.judge(m, at, false)
	}
}

func (v *view) whyAcknowledge(m *matter, by person) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(!slices.Contains(m.talk.seats, by), "no-consent-right")
	r.when(m.talk.said[by] != "" || slices.Contains(m.talk.seen, by), "spoken-already")
	return r
}

func (v *view) whyExtend(m *matter, by person) reasons {
	if m.stage != consent.StageDecide {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(by != m.by && !v.facilitates(by), "not-facilitating")
	r.when(m.talk.closes.IsZero(), "no-window")
	r.when(!m.talk.closes.IsZero() && !m.extendable(), "extended-enough")
	return r
}
