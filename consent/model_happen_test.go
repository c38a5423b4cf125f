package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What has happened.

func (v *view) happen(a act) {
	switch c := a.cmd.(type) {
	case proposal.Submit:
		v.matters = append(v.matters, &matter{id: c.ID, by: a.by, way: v.ways[v.rules.Method], rules: v.rules,
			deeds: c.Enacts, version: 1, term: c.Term.N > 0, stage: consent.StageIntake, beside: beside{opened: a.at}})
	case consent.Ask:
		m := &matter{id: c.ID, by: a.by, question: true, way: quickWay, rules: v.rules, deeds: c.Enacts, version: 1}
		v.matters = append(v.matters, m)
		v.openRound(m, consent.ConsentRound, a.order, a.at)
		if g := v.sitting(); g != nil {
			m.meeting = g.id
		}
	case proposal.Amend:
		v.amend(v.matter(c.Proposal), c)
	case proposal.Withdraw:
		v.endMatter(v.matter(c.Proposal), consent.StageWithdrawn)
	case consent.OpenRound:
		v.openRound(v.matter(c.Proposal), c.Round, a.order, a.at)
	case consent.Speak:
		v.matter(c.Proposal).talk.at(a.by).what = "spoken"
	case consent.Pass:
		v.matter(c.Proposal).talk.at(a.by).what = "passed"
	case consent.ComeBack:
		v.matter(c.Proposal).talk.at(a.by).what = "later"
	case consent.Skip:
		m := v.matter(c.Proposal)
		m.talk.at(c.Person).what = "skipped"
		v.heard(m, a.at)
	case consent.Signal:
		if t := v.matter(c.Proposal).talk; c.Card == consent.StopCard && !slices.Contains(t.stops, a.by) {
			t.stops = append(t.stops, a.by)
		}
	case consent.ClearCard:
		t := v.matter(c.Proposal).talk
		t.stops = slices.DeleteFunc(t.stops, func(who person) bool { return who == a.by })
	case consent.Respond:
		v.responded(v.matter(c.Proposal), a, c.Answer)
	case objection.Raise:
		v.worries = append(v.worries, &worry{id: c.ID, on: c.Proposal, by: a.by, status: "raised"})
		v.answered(v.matter(c.Proposal), a, consent.Objects)
	case objection.Voice:
		v.worries = append(v.worries, &worry{id: c.ID, on: c.Proposal, by: a.by, concern: true})
	case objection.Restate:
		v.worry(c.Objection).status = "restated"
	case objection.Confirm:
		v.worry(c.Objection).status = "confirmed"
	case objection.Withdraw:
		v.leaves(v.worry(c.Objection), a.by, "withdrawn", a.at)
	case objection.Accept, objection.Answer, objection.Overrule, objection.ConfirmSolved:
		v.solved(a)
	case consent.Integrate:
		v.integrate(c)
	case consent.CloseRound:
		m := v.matter(c.Proposal)
		for i := range m.talk.places {
			if m.talk.places[i].open() {
				m.talk.places[i].what = "skipped"
			}
		}
		if m.talk.kind == consent.BallotRound {
			v.count(m, a.at)
		} else {
			v.judge(m, a.at, false)
		}
	case consent.Acknowledge:
		t := v.matter(c.Proposal).talk
		t.seen = append(t.seen, a.by)
	case consent.ExtendWindow:
		v.matter(c.Proposal).extend(a.at)
	case consent.MoveToMeeting: // it counts as withdrawn, until somebody proposes it there
		v.endMatter(v.matter(c.Proposal), consent.StageWithdrawn)
	case circle.Leave:
		v.leave(a.by)
	default:
		v.met(a)
		v.tested(a)
		v.shared(a)
		v.wentAside(a)
	}
}

// integrate: a version is written that is to meet objections.
func (v *view) integrate(c consent.Integrate) {
	m := v.matter(c.Proposal)
	m.newVersion(c.Term)
	for _, meets := range c.Meets {
		w := v.worry(meets.Objection)
		w.status, w.in = "met", m.version
	}
}

// heard: somebody was passed over in a round, who may have been the last.
func (v *view) heard(m *matter, at time.Time) {
	switch m.talk.kind {
	case consent.ConsentRound:
		v.judge(m, at, false)
	case consent.BallotRound:
		v.counted(m, at)
	default: // the others speak
	}
}

// leave: who leaves the circle lays down their hats in it.
func (v *view) leave(who person) {
	v.members = slices.DeleteFunc(v.members, func(m member) bool { return m.who == who })
	if v.chair == who {
		v.chair = ""
	}
	if v.writer == who {
		v.writer = ""
	}
}

// met is what happens around meetings.
func (v *view) met(a act) {
	switch c := a.cmd.(type) {
	case consent.CallMeeting:
		v.meetings = append(v.meetings, &gathering{id: c.ID, at: c.At, items: c.Items, state: "called", minutes: map[person]time.Time{}})
	case consent.OpenMeeting:
		g := v.gathering(c.Meeting)
		g.state, g.present = "open", slices.Clone(c.Present)
	case consent.Arrive:
		v.arrive(v.gathering(c.Meeting), a.by)
	case consent.CloseMeeting:
		g := v.gathering(c.Meeting)
		g.state = "over"
		v.worked(g)
	case consent.SendMinutes:
		g := v.gathering(c.Meeting)
		g.minutes[c.To] = a.at
		for _, m := range v.matters {
			if m.stage == consent.StageLastCall && m.meeting == g.id {
				v.setClock(m, a.at)
			}
		}
	}
}

// arrive gives somebody who comes late a place at the end of what goes on.
func (v *view) arrive(g *gathering, who person) {
	g.present = append(g.present, who)
	for _, m := range v.matters {
		t := m.talk
		if t == nil || ended(m.stage) || m.meeting != g.id || !slices.Contains(g.items, m.id) || t.closed || t.at(who) != nil || m.listens(t.kind, who) {
			continue
		}
		switch {
		case t.kind != consent.ConsentRound && t.kind != consent.BallotRound:
			t.places = append(t.places, place{who, ""})
		case slices.Contains(t.seats, who) && t.said[who] == "":
			t.places = append(t.places, place{who, ""})
		case slices.Contains(t.seats, who):
			t.places = append(t.places, place{who, "spoken"})
		}
	}
}

func (m *matter) newVersion(term circle.Period) {
	m.version++
	m.term = m.term || term.N > 0
}

var stageOfRound = map[consent.RoundKind]consent.Stage{consent.ClarifyRound: consent.StageClarify,
	consent.ReactRound: consent.StageReact, consent.OptionsRound: consent.StageIntegrate, consent.ConsentRound: consent.StageDecide,
	consent.BallotRound: consent.StageBallot}

func (v *view) openRound(m *matter, kind consent.RoundKind, order []person, at time.Time) {
	_, seats := v.roundOf(m, kind)
	m.counts(kind, seats, at)
	m.talk = &talk{kind: kind, version: m.version, turns: m.way.turns && !m.question && kind != consent.BallotRound, seats: seats,
		said: map[person]string{}}
	for _, who := range order {
		m.talk.places = append(m.talk.places, place{who, ""})
	}
	if kind == consent.ConsentRound && !m.way.window.IsZero() {
		m.talk.closes = m.way.window.After(at)
	}
	m.stage, m.meeting, m.quiet = stageOfRound[kind], "", false
	if v.inMeeting(m) {
		m.meeting = v.sitting().id
	}
}
