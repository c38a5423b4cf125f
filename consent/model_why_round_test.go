package consent_test

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// Whether something may happen in a round.

// whyTurn adds what keeps a person from having their word now.
func (m *matter) whyTurn(r *reasons, who person) {
	t := m.talk
	r.when(len(t.stops) > 0, "suspended")
	p := t.at(who)
	if p == nil {
		r.when(true, "not-in-round")
		return
	}
	r.when(!p.open(), "spoken-already")
	r.when(p.open() && t.turns && t.speaker() != who, "not-your-turn")
}

// whyTalk is about what people do in a round besides answering the question.
func (v *view) whyTalk(m *matter, by person, cmd consent.Command) reasons {
	talking := m.stage == consent.StageClarify || m.stage == consent.StageReact || m.stage == consent.StageIntegrate
	deciding := m.stage == consent.StageDecide
	var r reasons
	if talking && m.talk == nil { // it was set aside, and no round was opened since
		if _, skips := cmd.(consent.Skip); skips {
			v.whyConduct(&r, m, by)
		} else {
			r.when(!v.mayTalk(m, by), "not-participant")
		}
		r.when(true, "no-round")
		return r
	}
	switch c := cmd.(type) {
	case consent.Speak, consent.Pass:
		_, passes := cmd.(consent.Pass)
		switch {
		case passes && m.stage == consent.StageReact:
			return reasons{"no-passing"}
		case !talking:
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
		r.when(m.talk.kind == consent.ConsentRound || m.talk.kind == consent.BallotRound, "no-round") // the question was put; nobody speaks on it any more
		m.whyTurn(&r, by)
	case consent.ComeBack:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(talking && !v.mayTalk(m, by), "not-participant")
		r.when(deciding && !slices.Contains(m.talk.seats, by), "no-consent-right")
		m.whyTurn(&r, by)
		p := m.talk.at(by)
		r.when(p != nil && p.what == "later", "came-back") // once is enough
	case consent.Skip:
		if !talking && !deciding && m.stage != consent.StageBallot {
			return reasons{"not-now"}
		}
		v.whyConduct(&r, m, by)
		r.when(deciding && !m.talk.closes.IsZero(), "window-runs")
		m.whyTurn(&r, c.Person)
	case consent.Reply:
		if m.stage != consent.StageClarify && m.stage != consent.StageIntegrate {
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
	case consent.Signal:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
		r.when(m.talk.at(by) == nil && !slices.Contains(m.talk.seats, by), "not-in-round")
	case consent.ClearCard:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
		mine := slices.Contains(m.talk.stops, by)
		r.when(!mine && len(m.talk.stops) > 0, "suspended")
		r.when(!mine && len(m.talk.stops) == 0, "no-card")
	}
	return r
}

// whyAnswer adds what keeps somebody from answering the question now.
func (v *view) whyAnswer(r *reasons, m *matter, by person, version int, object, outside bool) {
	t := m.talk
	seated := slices.Contains(t.seats, by)
	if object && m.quiet && m.way.present { // the quiet time is for who was absent (methods §8.1)
		r.when(seated, "consented-before")
		outside = outside || v.level(by) == circle.Full
	}
	r.when(!seated && !outside, "no-consent-right")
	r.when(version != 0 && version != t.version, "old-version")
	if m.stage == consent.StageLastCall {
		r.when(!m.quiet && !slices.Contains(m.waiting, by), "consented-before")
		return
	}
	r.when(len(t.stops) > 0, "suspended")
	p := t.at(by)
	r.when(p != nil && p.open() && t.turns && t.speaker() != by, "not-your-turn")
}

func (v *view) whyRespond(m *matter, by person, c consent.Respond) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall && m.stage != consent.StageBallot {
		return reasons{"not-now"}
	}
	var r reasons
	v.whyAnswer(&r, m, by, c.Version, false, false)
	if m.stage == consent.StageBallot {
		r.when(!slices.Contains([]string{consent.Consents, consent.Against, "abstain"}, c.Answer), "not-a-vote")
		return r
	}
	r.when(c.Answer == consent.Objects, "needs-reason")
	r.when(c.Answer != consent.Objects && c.Answer != consent.Consents && !m.way.offers(c.Answer), "stance-not-offered")
	r.when(c.Answer == "stand-aside" && c.Reason.IsZero(), "aside-needs-reason")
	for _, w := range v.own(m.id, by) {
		r.when(w.status != "met" || w.in != m.talk.version, "own-objection")
	}
	return r
}

func (v *view) whyRaise(m *matter, by person, c objection.Raise) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall {
		return reasons{"not-now"}
	}
	var r reasons
	v.whyAnswer(&r, m, by, c.Version, true, m.way.outsiders)
	for _, w := range v.own(m.id, by) {
		r.when(w.status != "met", "one-objection")
	}
	r.when(v.worry(c.ID) != nil, "taken")
	r.when(c.Aim != circle.WholeAim && c.Aim != "glad", "unknown-aim")
	return r
}

func (v *view) whyVoice(m *matter, by person, c objection.Voice) reasons {
	var r reasons
	switch m.stage {
	case consent.StageDecide:
		r.when(!slices.Contains(m.talk.seats, by), "no-consent-right")
		r.when(len(m.talk.stops) > 0, "suspended")
	case consent.StageLastCall:
		r.when(!slices.Contains(m.talk.seats, by), "no-consent-right")
	case consent.StageIntegrate:
		r.when(v.level(by) != circle.Full, "not-full")
	default:
		return reasons{"not-now"}
	}
	r.when(!m.way.concerns, "concern-not-offered")
	r.when(v.worry(c.ID) != nil, "taken")
	r.when(c.Version != 0 && c.Version != m.version, "old-version")
	return r
}

func (v *view) whyClose(m *matter, by person) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall && m.stage != consent.StageBallot {
		return reasons{"not-now"}
	}
	var r reasons
	v.whyConduct(&r, m, by)
	r.when(m.stage == consent.StageDecide && len(m.talk.stops) > 0, "suspended")
	r.when(m.quiet && !m.until.IsZero() || !m.talk.closes.IsZero(), "window-runs")
	r.when(!v.present(m), "presence-not-met")
	left := slices.ContainsFunc(m.waiting, func(who person) bool { return v.level(who) == "" })
	r.when(m.stage == consent.StageLastCall && len(m.waiting) > 0 && !left, "their-time")
	return r
}
