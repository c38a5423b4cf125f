package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// Whether something may happen to an objection, or at a meeting.

func (v *view) whyWorry(by person, cmd consent.Command) reasons {
	w := v.worry(cmd.(interface{ Of() objection.ID }).Of())
	if w == nil {
		return reasons{"unknown-objection"}
	}
	m := v.matter(w.on)
	if ended(m.stage) {
		return reasons{"objection-ended", "ended"}
	}
	_, withdraws := cmd.(objection.Withdraw)
	_, accepts := cmd.(objection.Accept)
	switch cmd.(type) {
	case objection.Answer, objection.Overrule:
		return v.whySolve(m, w, by, cmd)
	case objection.ConfirmSolved:
		return v.whyConfirm(m, w, by)
	case objection.Test:
		return v.whyTest(m, w, by)
	case objection.Argue, objection.Find, objection.Rule, objection.Disagree, objection.Concede, objection.Refine, objection.EndTest,
		objection.Weigh:
		return v.whyInTest(m, w, by, cmd)
	case objection.Join, objection.Lift, objection.Adopt, objection.Lower, objection.StandAside, objection.Abandon, objection.Defer:
		return v.whyBeside(m, w, by, cmd)
	}
	asked := m.stage == consent.StageDecide || m.stage == consent.StageLastCall
	inWork := m.stage == consent.StageIntegrate || withdraws && (m.stage == consent.StageTest || slices.Contains(atTable, m.stage) && m.stage != consent.StageRevise)
	if !inWork && !(accepts && asked && m.way.solved == "answer") {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(withdraws && m.stage == consent.StageDecide && len(m.talk.stops) > 0, "suspended")
	r.whyStanding(w)
	if _, restates := cmd.(objection.Restate); restates {
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(w.status == "confirmed" || w.status == "met", "understood-already")
		return r
	}
	r.when(!w.owns(by), "not-the-objector")
	switch cmd.(type) {
	case objection.Confirm:
		r.when(w.status != "restated", "not-restated")
	case objection.Accept:
		r.when(w.status != "met" && !w.answered, "not-met")
		r.when(m.way.solved == "both" && len(w.holders()) == 1 && w.agreed != 0 && w.agreed == w.in, "agreed-already")
	}
	return r
}

func (v *view) whyIntegrate(m *matter, by person, c consent.Integrate) reasons {
	if m.stage != consent.StageIntegrate {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(v.level(by) != circle.Full, "not-full")
	r.when(m.way.author && by != m.by, "not-amending") // M-139
	r.when(m.way.amended, "circle-decides")            // M-185
	v.whyUntested(&r, m)
	v.whyMeets(&r, m, c)
	return r
}

// whyMeets adds what keeps a version from meeting what it says that it meets.
func (v *view) whyMeets(r *reasons, m *matter, c consent.Integrate) {
	for _, meets := range c.Meets {
		w := v.worry(meets.Objection)
		if w == nil || w.on != m.id || !w.stands() {
			r.when(true, "other-proposal")
			continue
		}
		r.when(m.way.confirm && w.status != "confirmed" && w.status != "met", "not-understood")
		r.when(m.way.oneByOne && w.status != "met" && w != v.firstUnmet(m), "one-by-one") // M-169
		for _, tool := range meets.Tools {
			r.when(len(m.rules.Tools) > 0 && !slices.Contains(m.rules.Tools, tool), "tool-not-offered")
		}
	}
}

// whyMerge adds what keeps the circle from merging an amendment by consent (M-185).
func (v *view) whyMerge(r *reasons, c consent.Integrate) {
	m := v.matter(c.Proposal)
	if m == nil || ended(m.stage) {
		r.when(true, "unknown-proposal")
		return
	}
	r.when(m.stage != consent.StageIntegrate, "not-now")
	v.whyUntested(r, m)
	v.whyMeets(r, m, c)
}

// whyDefer adds what keeps the circle from putting an objection off by consent
// (M-184): the work on it, an owner, and a date to come.
func (v *view) whyDefer(r *reasons, c objection.Defer) {
	w := v.worry(c.Objection)
	if w == nil {
		r.when(true, "unknown-objection")
		return
	}
	m := v.matter(w.on)
	if ended(m.stage) {
		r.when(true, "objection-ended")
		r.when(true, "ended")
		return
	}
	r.when(m.stage != consent.StageIntegrate, "not-now")
	r.when(!m.way.later, "not-by-this-method")
	r.whyStanding(w)
	r.when(!c.Until.After(v.at), "not-to-come")
	r.when(v.level(c.Owner) != circle.Full, "owner-not-there")
}

// firstUnmet is the objection that is dealt with now, where they are dealt with
// one at a time: the first that was raised and that no version meets (M-169).
func (v *view) firstUnmet(m *matter) *worry {
	for _, w := range v.standing(m.id) {
		if w.status != "met" {
			return w
		}
	}
	return nil
}

func (v *view) whyMeeting(at time.Time, by person, cmd consent.Command) reasons {
	var r reasons
	l := v.level(by)
	outside := l != circle.Full && l != circle.Learning
	if c, ok := cmd.(consent.CallMeeting); ok {
		r.when(v.gathering(c.ID) != nil, "taken")
		r.when(c.At.Before(at), "in-the-past")
		r.when(outside, "not-participant")
		for _, id := range c.Items {
			m := v.matter(id)
			r.when(m == nil, "unknown-proposal")
			r.when(m != nil && ended(m.stage), "ended")
		}
		return r
	}
	g := v.gathering(meetingOf(cmd))
	if g == nil {
		return reasons{"unknown-meeting"}
	}
	switch c := cmd.(type) {
	case consent.OpenMeeting:
		r.when(g.state != "called" || at.Before(g.at), "meeting-state")
		r.when(v.sitting() != nil, "other-meeting")
		r.when(outside, "not-participant")
		for i, who := range c.Present {
			l := v.level(who)
			r.when(l != circle.Full && l != circle.Learning, "not-participant")
			r.when(slices.Contains(c.Present[:i], who), "already-present")
		}
	case consent.Arrive:
		r.when(g.state != "open", "meeting-state")
		r.when(outside, "not-participant")
		r.when(slices.Contains(g.present, by), "already-present")
	case consent.CloseMeeting:
		r.when(g.state != "open", "meeting-state")
		r.when(!v.facilitates(by), "not-facilitating")
	case consent.SendMinutes:
		r.when(g.state != "over", "meeting-state")
		r.when(!known(v.set, c.To), "unknown-person")
		_, sent := g.minutes[c.To]
		r.when(sent, "taken")
		r.when(outside, "not-participant")
	}
	return r
}
