package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Whether it may happen.

// reasons are the codes by which a command is refused; none: it is accepted.
type reasons []string

func (r *reasons) when(cond bool, code string) {
	if cond && !slices.Contains(*r, code) {
		*r = append(*r, code)
	}
}

// why lists every reason to refuse a command of somebody who is known.
func (v *view) why(at time.Time, by person, cmd consent.Command) reasons {
	var r reasons
	switch c := cmd.(type) {
	case proposal.Submit:
		l := v.level(by)
		r.when(v.matter(c.ID) != nil, "taken")
		r.when(l != circle.Full && l != circle.Learning, "not-participant")
		for _, code := range v.cannot(c.Enacts) {
			r.when(true, code)
		}
		return r
	case consent.Ask:
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(v.matter(c.ID) != nil, "taken")
		for _, code := range v.cannot(c.Enacts) {
			r.when(true, code)
		}
		places, _ := v.roundOf(asking, consent.ConsentRound)
		r.when(len(places) == 0, "nothing-to-ask")
		return r
	case proposal.Drop:
		return v.whyDrop(c)
	case circle.Leave:
		r.when(v.level(by) == "", "not-in-circle")
		return r
	case consent.CallMeeting, consent.OpenMeeting, consent.Arrive, consent.CloseMeeting, consent.SendMinutes:
		return v.whyMeeting(at, by, cmd)
	case interface{ Of() objection.ID }:
		return v.whyWorry(by, cmd)
	}
	m := v.matter(proposalOf(cmd))
	if m == nil {
		return reasons{"unknown-proposal"}
	}
	if _, dissents := cmd.(consent.Dissent); dissents {
		return v.whyDissent(m, by)
	}
	if ended(m.stage) {
		return reasons{"ended"}
	}
	switch c := cmd.(type) {
	case proposal.Amend:
		return v.whyAmend(m, by)
	case proposal.Withdraw:
		return v.whyWithdraw(m, by)
	case consent.OpenRound:
		return v.whyOpen(m, by, c.Round)
	case consent.Respond:
		return v.whyRespond(m, by, c)
	case objection.Raise:
		return v.whyRaise(m, by, c)
	case objection.Voice:
		return v.whyVoice(m, by, c)
	case consent.Integrate:
		return v.whyIntegrate(m, by, c)
	case consent.CloseRound:
		return v.whyClose(m, by)
	case consent.MoveToMeeting:
		return v.whyMove(m, by)
	case consent.Acknowledge:
		return v.whyAcknowledge(m, by)
	case consent.ExtendWindow:
		return v.whyExtend(m, by)
	case consent.DisputeClass, consent.Park, consent.Resume, consent.Discard, consent.Supersede, consent.TakeOver, consent.RestoreProcess,
		consent.Escalate, consent.CallBallot, consent.Declare, consent.DeclareBreakdown:
		return v.whyAside(m, by, cmd)
	}
	return v.whyTalk(m, by, cmd)
}

// cannot lists why deeds cannot be carried out.
func (v *view) cannot(deeds []circle.Deed) reasons {
	var r reasons
	for i, d := range deeds {
		before := deeds[:i]
		switch d := d.(type) {
		case proposal.Drop:
			m := v.matter(d.Proposal)
			gone := m == nil || ended(m.stage) && !m.inForce
			r.when(gone || slices.ContainsFunc(before, func(o circle.Deed) bool { return isDropOf(o, d.Proposal) }), "unknown-proposal")
		case consent.AdoptAgenda:
			g := v.gathering(d.Meeting)
			r.when(g == nil, "unknown-meeting")
			r.when(g != nil && g.state != "open", "meeting-state")
			r.when(g != nil && g.agreed, "taken")
		case circle.Join:
			r.when(!known(v.set, d.Person), "unknown-person")
		case consent.Integrate:
			v.whyMerge(&r, d)
		case objection.Defer:
			v.whyDefer(&r, d)
		}
	}
	return r
}

func isDropOf(d circle.Deed, id proposal.ID) bool {
	o, ok := d.(proposal.Drop)
	return ok && o.Proposal == id
}

// whyDrop: nobody drops a proposal alone (EC-42), nor an agreement.
func (v *view) whyDrop(c proposal.Drop) reasons {
	switch m := v.matter(c.Proposal); {
	case m == nil, ended(m.stage) && !m.inForce:
		return reasons{"unknown-proposal"}
	case ended(m.stage):
		return reasons{"by-consent"}
	}
	return reasons{"drop-by-consent"}
}

// mayTalk: participants of the circle, and whoever has a seat in the round.
func (v *view) mayTalk(m *matter, by person) bool {
	l := v.level(by)
	return l == circle.Full || l == circle.Learning || m.talk != nil && slices.Contains(m.talk.seats, by)
}

// done adds what keeps a new round from beginning.
func (m *matter) done(r *reasons) {
	if m.talk == nil {
		return
	}
	r.when(m.talk.running(), "round-running")
	r.when(len(m.talk.stops) > 0, "suspended")
}

func (v *view) whyAmend(m *matter, by person) reasons {
	var r reasons
	switch m.stage {
	case consent.StageIntake, consent.StageRevise:
	case consent.StageClarify, consent.StageReact:
		m.done(&r)
		r.when(len(v.standing(m.id)) > 0, "objections-open")
	case consent.StageDecide:
		r.when(m.way.solved != "raiser" && !m.way.keep, "text-stands") // M-100
	default:
		return reasons{"not-now"}
	}
	if by != m.by {
		v.whyConduct(&r, m, by)
	}
	r.when(by != m.by && m.way.author, "not-amending") // M-139
	return r
}

func (v *view) whyWithdraw(m *matter, by person) reasons {
	switch m.stage {
	case consent.StageIntake, consent.StageClarify, consent.StageReact, consent.StageRevise:
	case consent.StageDecide, consent.StageIntegrate, consent.StageLastCall:
		if !m.way.owner {
			return reasons{"drop-by-consent"} // EC-42
		}
	default:
		return reasons{"drop-by-consent"}
	}
	var r reasons
	r.when(by != m.by, "not-entitled")
	return r
}

func (v *view) whyOpen(m *matter, by person, kind consent.RoundKind) reasons {
	has := map[consent.Stage][]consent.RoundKind{
		consent.StageIntake:    {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound},
		consent.StageClarify:   {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound, consent.OptionsRound},
		consent.StageReact:     {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound, consent.OptionsRound},
		consent.StageDecide:    {consent.ConsentRound},
		consent.StageIntegrate: {consent.OptionsRound, consent.ClarifyRound, consent.ReactRound, consent.ConsentRound},
		consent.StageRevise:    {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound},
	}
	if !slices.Contains(has[m.stage], kind) {
		return reasons{"not-now"}
	}
	var r reasons
	v.whyConduct(&r, m, by)
	revised := m.stage == consent.StageRevise
	if m.stage != consent.StageIntake && !revised {
		m.done(&r)
	}
	early := m.stage == consent.StageIntake || m.stage == consent.StageClarify || revised && m.from == consent.ClarifyRound
	switch kind {
	case consent.ClarifyRound:
		r.when((m.stage == consent.StageIntake || revised) && !m.way.clarify, "not-a-phase")
	case consent.ReactRound:
		r.when((early || revised) && !m.way.react, "not-a-phase")
		r.when(m.stage == consent.StageIntake && m.way.clarify, "not-a-phase")
	case consent.ConsentRound:
		r.when(early && m.way.react, "not-a-phase")
		r.when(m.stage == consent.StageIntake && m.way.clarify, "not-a-phase")
	}
	r.when(kind == consent.OptionsRound && m.stage != consent.StageIntegrate && len(v.standing(m.id)) == 0, "not-a-phase")
	v.whyFloor(&r, m)
	if kind == consent.ConsentRound {
		until := m.way.notice.After(m.opened)
		r.when(!m.way.notice.IsZero() && v.at.Before(until), "notice-runs") // M-98
		limited := m.stage != consent.StageDecide && m.keeper == "" && m.way.limited() && v.spent(m)
		r.when(limited && len(v.standing(m.id)) > 0, "limit-reached") // M-187
		v.whyUntested(&r, m)
		r.when(m.way.term && !m.term, "term-missing")
		r.when(m.stage == consent.StageDecide && !m.talk.closes.IsZero(), "window-runs") // M-203: nobody begins the time anew
		for _, w := range v.standing(m.id) {
			met := w.status == "met" && w.in == m.version
			r.when(!met, "objections-open")
			r.when(m.way.solved != "" && !(met && v.orphaned(w)), "not-solved")
		}
	}
	places, _ := v.roundOf(m, kind)
	r.when(len(places) == 0 && kind == consent.ConsentRound && m.way.decider, "decider-not-full")
	r.when(len(places) == 0, "nothing-to-ask")
	return r
}

func meetingOf(cmd consent.Command) consent.MeetingID {
	switch c := cmd.(type) {
	case consent.OpenMeeting:
		return c.Meeting
	case consent.Arrive:
		return c.Meeting
	case consent.CloseMeeting:
		return c.Meeting
	case consent.SendMinutes:
		return c.Meeting
	}
	return ""
}

// proposalOf is the proposal that any of the modelled commands names.
func proposalOf(cmd consent.Command) proposal.ID {
	switch c := cmd.(type) {
	case proposal.Amend:
		return c.Proposal
	case proposal.Withdraw:
		return c.Proposal
	case consent.OpenRound:
		return c.Proposal
	}
	return named(cmd)
}
