package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// The model of time: the window in which everybody answers, what silence means at
// its end, and the quiet time between agreement and effect (M-128, M-199 to M-203;
// methods §1.3.4, §1.3.5, §8.18).

// A due is something that time brings about. What is due at once goes by its
// rank: the time of the absent, the window, a parked proposal, the time to acknowledge an answer.
type due struct {
	at   time.Time
	rank int
	of   string
	do   func()
}

func (d *due) before(other *due) bool {
	switch {
	case other == nil, d.at.Before(other.at):
		return true
	case other.at.Before(d.at):
		return false
	case d.rank != other.rank:
		return d.rank < other.rank
	}
	return d.of < other.of
}

// next is what time brings about first; nil: nothing.
func (v *view) next() *due {
	var next *due
	for _, m := range v.matters {
		at := m.due()
		if at.IsZero() {
			continue
		}
		d := &due{at: at, of: string(m.id)}
		d.do = func() { v.runOut(m, d.at) }
		switch m.stage {
		case consent.StageDecide:
			d.rank = 1
		case consent.StageParked:
			d.rank = 2
			d.do = func() { v.resume(m, d.at) }
		default: // the time of the absent
		}
		if d.before(next) {
			next = d
		}
	}
	for _, w := range v.worries {
		if w.until.IsZero() || !w.stands() {
			continue
		}
		d := &due{at: w.until, rank: 3, of: string(w.on) + " " + string(w.id)}
		d.do = func() { v.ends(w, "overruled", d.at) } // nobody holds a circle up by not replying (methods §8.15)
		if d.before(next) {
			next = d
		}
	}
	return next
}

// passTime lets happen what is due by an instant, each at its own instant.
func (v *view) passTime(t time.Time) {
	for d := v.next(); d != nil && !d.at.After(t); d = v.next() {
		v.clocks++
		v.at = d.at
		d.do()
	}
}

// due is when a time runs out for a matter; zero: none runs.
func (m *matter) due() time.Time {
	switch m.stage {
	case consent.StageLastCall:
		return m.until
	case consent.StageDecide:
		return m.talk.closes
	case consent.StageParked:
		return m.wake
	default:
		return time.Time{}
	}
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
	if m.goesOn(c) {
		m.revise()
		return
	}
	switch {
	case m.stage == consent.StageDecide && m.way.keep:
		m.talk.version, m.put = m.version, m.version
		if m.extendable() {
			m.extend(time.Time{})
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

// extend gives more time; a window that has closed opens again (M-206).
func (m *matter) extend(now time.Time) {
	from := m.talk.closes
	if from.IsZero() {
		from = now
	}
	m.talk.closes = m.way.by.After(from)
	m.talk.longer++
}

// ends: an objection stands no more. Where it may be all that held up the
// question, the rule is asked again.
func (v *view) ends(w *worry, status string, at time.Time) {
	w.status = status
	m := v.matter(w.on)
	m.testOver(w)
	if m.stage == consent.StageDecide && (m.way.solved == "raiser" || m.way.solved == "answer") || m.stage == consent.StageLastCall && m.quiet {
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
	if by != m.by {
		v.whyConduct(&r, m, by)
	}
	r.when(m.way.window.IsZero(), "no-window")
	r.when(!m.way.window.IsZero() && m.talk.longer >= m.way.extensions, "extended-enough")
	return r
}

// whyMove: any full participant may bring it to a meeting, where the method lets them,
// once the question was put (M-198).
func (v *view) whyMove(m *matter, by person) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageIntegrate && m.stage != consent.StageLastCall {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(v.level(by) != circle.Full, "not-full")
	r.when(!m.way.toMeeting && !(m.way.stuck == "meeting" && m.stage == consent.StageIntegrate), "not-this-way")
	return r
}
