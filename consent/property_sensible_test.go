package consent_test

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// What people might do who know where things stand.

var someone = []person{ana, ben, cia, dan, lou, gus, nemo}

func (r *run) name(prefix string) string {
	r.names++
	return fmt.Sprintf("%s-%d", prefix, r.names)
}

func (r *run) text() circle.Text { return circle.Say(fmt.Sprintf("words %d", r.names)) }

// by gives a plan: the first comes now, the rest follows.
func (r *run) planned(gives ...give) give {
	r.plan = gives[1:]
	return gives[0]
}

// chair is somebody who facilitates; anybody when nobody does.
func (r *run) chair(v *view) person {
	for _, who := range everybody {
		if v.facilitates(who) {
			return who
		}
	}
	return ana
}

func (r *run) anyFull(v *view) person {
	if list := v.withLevel(circle.Full); len(list) > 0 {
		return pick(r.d, list)
	}
	return ana
}

// sensible is what somebody might do who knows where things stand.
func (r *run) sensible(v *view) give {
	var live, policies []*matter
	for _, m := range v.matters {
		if !ended(m.stage) {
			live = append(live, m)
			if !m.question {
				policies = append(policies, m)
			}
		}
	}
	n := r.d.roll(100)
	switch {
	case len(policies) == 0, len(policies) == 1 && n < 3:
		return r.submit(v)
	case n < 6:
		return r.ask(v, policies)
	case n < 7:
		return give{r.anyFull(v), circle.Leave{Circle: den}}
	case n < 12:
		return r.aroundMeetings(v, policies)
	}
	m := live[len(live)-1-r.d.roll(min(2, len(live)))]
	if r.d.roll(40) == 0 {
		return r.aside(v, m)
	}
	switch m.stage {
	case consent.StageIntake:
		return r.inIntake(v, m)
	case consent.StageClarify, consent.StageReact:
		return r.inTalk(v, m)
	case consent.StageDecide:
		return r.inDecide(v, m)
	case consent.StageIntegrate:
		return r.inIntegrate(v, m)
	case consent.StageTest:
		return r.inTest(v, m)
	case consent.StageRevise:
		return r.inRevise(v, m)
	case consent.StageParked:
		return r.inParked(v, m)
	case consent.StageBallot:
		return r.inBallot(v, m)
	default:
		return r.inLastCall(v, m)
	}
}

func (r *run) submit(v *view) give {
	c := proposal.Submit{ID: proposal.ID(r.name("p")), Circle: den, Text: r.text()}
	if r.d.roll(8) > 0 {
		c.Term = circle.MustPeriod("3m")
	}
	who := r.anyFull(v)
	if r.d.roll(8) == 0 {
		who = lou
	}
	return give{who, c}
}

// ask puts a question with deeds: a drop, an agenda, a joining, other rules.
// Often all consent to it at once.
func (r *run) ask(v *view, policies []*matter) give {
	c := consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text()}
	switch n := r.d.roll(10); {
	case n < 6:
		c.Enacts = []circle.Deed{proposal.Drop{Proposal: pick(r.d, policies).id, Reason: r.text()}}
	case n < 8:
		c.Enacts = []circle.Deed{circle.Join{Circle: den, Person: r.joiner(v), Level: pick(r.d, []circle.Level{circle.Full, circle.Full, circle.Learning})}}
	case n < 9:
		rules := v.rules
		rules.Absence = circle.Absence{Silence: pick(r.d, []circle.Silence{circle.Wait, circle.Bound})}
		c.Enacts = []circle.Deed{circle.AgreeRules{Circle: den, Rules: rules}}
	}
	drops := len(c.Enacts) > 0 && c.Enacts[0].Wire() == (proposal.Drop{}).Wire()
	if drops && r.d.roll(4) == 0 {
		c.Enacts = append([]circle.Deed{circle.Join{Circle: den, Person: lou, Level: circle.Learning}}, c.Enacts...)
	}
	return r.consented(v, c)
}

// joiner is somebody who might join: who has left, if anybody has.
func (r *run) joiner(v *view) person {
	for _, who := range r.m.set.full() {
		if v.level(who) == "" && r.d.roll(3) > 0 {
			return who
		}
	}
	return pick(r.d, append(r.m.set.full(), gus, gus, lou))
}

func (r *run) consented(v *view, c consent.Ask) give {
	gives := []give{{r.anyFull(v), c}}
	if r.d.roll(5) > 0 {
		places, _ := v.roundOf(asking, consent.ConsentRound)
		for _, who := range places {
			gives = append(gives, give{who, consent.Respond{Proposal: c.ID, Answer: consent.Consents}})
		}
	}
	return r.planned(gives...)
}

func (r *run) aroundMeetings(v *view, policies []*matter) give {
	g := v.sitting()
	if g == nil {
		for _, old := range v.meetings {
			if old.state == "over" && r.d.roll(2) == 0 {
				return give{r.anyFull(v), consent.SendMinutes{Meeting: old.id, To: pick(r.d, someone[:5]), Format: circle.Standard}}
			}
		}
		return r.meet(v, policies)
	}
	for _, m := range v.members {
		if !slices.Contains(g.present, m.who) && r.d.roll(2) == 0 {
			return give{m.who, consent.Arrive{Meeting: g.id}}
		}
	}
	return give{r.chair(v), consent.CloseMeeting{Meeting: g.id}}
}

// meet calls and opens a meeting, and agrees its agenda.
func (r *run) meet(v *view, policies []*matter) give {
	id := consent.MeetingID(r.name("m"))
	call := consent.CallMeeting{ID: id, Circle: den, At: r.second()}
	for _, m := range policies {
		call.Items = append(call.Items, m.id)
	}
	openIt := consent.OpenMeeting{Meeting: id}
	for _, m := range v.members {
		if l := m.level; (l == circle.Full || l == circle.Learning) && r.d.roll(6) > 0 {
			openIt.Present = append(openIt.Present, m.who)
		}
	}
	if openIt.Present == nil {
		openIt.Present = []person{lou}
	}
	who := r.anyFull(v)
	return r.planned(append([]give{{who, call}, {who, openIt}}, r.agenda(id, v, openIt.Present)...)...)
}

func (r *run) agenda(id consent.MeetingID, v *view, present []person) []give {
	ask := consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text(), Enacts: []circle.Deed{consent.AdoptAgenda{Meeting: id}}}
	if r.d.roll(4) == 0 {
		ask.Enacts = append(ask.Enacts, circle.Join{Circle: den, Person: lou, Level: circle.Learning})
	}
	var out []give
	for _, who := range present {
		if v.level(who) == circle.Full {
			if out == nil {
				out = append(out, give{who, ask})
			}
			out = append(out, give{who, consent.Respond{Proposal: ask.ID, Answer: consent.Consents}})
		}
	}
	return out
}

// floor makes sure that there is the meeting which the method wants.
func (r *run) floor(v *view, m *matter) (give, bool) {
	g := v.sitting()
	switch {
	case !m.way.meeting:
		return give{}, false
	case g == nil:
		return r.meet(v, []*matter{m}), true
	case !slices.Contains(g.items, m.id):
		return give{r.chair(v), consent.CloseMeeting{Meeting: g.id}}, true
	case m.way.agenda && !g.agreed:
		if list := r.agenda(g.id, v, g.present); list != nil {
			return r.planned(list...), true
		}
	}
	return give{}, false
}

func (r *run) openNext(v *view, m *matter, kind consent.RoundKind) give {
	if g, first := r.floor(v, m); first && r.d.roll(8) > 0 {
		return g
	}
	if !m.way.notice.IsZero() && kind == consent.ConsentRound && v.at.Before(m.way.notice.After(m.opened)) && r.d.roll(4) > 0 {
		r.moveTo(m.way.notice.After(m.opened))
	}
	return give{r.conductor(v, m), consent.OpenRound{Proposal: m.id, Round: kind}}
}

func (r *run) inIntake(v *view, m *matter) give {
	switch n := r.d.roll(40); {
	case n == 0:
		return give{pick(r.d, []person{m.by, r.chair(v)}), proposal.Amend{Proposal: m.id, Text: r.text()}}
	case n == 1:
		return give{m.by, proposal.Withdraw{Proposal: m.id}}
	case m.way.clarify:
		return r.openNext(v, m, consent.ClarifyRound)
	case m.way.react:
		return r.openNext(v, m, consent.ReactRound)
	}
	return r.openNext(v, m, consent.ConsentRound)
}
