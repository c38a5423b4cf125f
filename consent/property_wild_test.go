package consent_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What people might do who do not know where things stand.

// mangled is a sensible command gone wrong: another person, version, name or
// kind.
func (r *run) mangled(g give) give {
	if r.d.roll(2) == 0 {
		g.by = pick(r.d, someone)
		return g
	}
	switch c := g.cmd.(type) {
	case consent.Respond:
		switch r.d.roll(3) {
		case 0:
			c.Version = 1 + r.d.roll(4)
		case 1:
			c.Answer = pick(r.d, []string{"abstain", consent.Objects})
		default:
			return r.raiseOn(c.Proposal, g.by)
		}
		g.cmd = c
	case objection.Raise:
		switch r.d.roll(3) {
		case 0:
			c.Aim = "happiness"
		case 1:
			c.Version = 1 + r.d.roll(4)
		default:
			c.ID = objection.ID(fmt.Sprintf("o-%d", 1+r.d.roll(r.names)))
		}
		g.cmd = c
	case consent.OpenRound:
		c.Round = pick(r.d, []consent.RoundKind{consent.ClarifyRound, consent.ReactRound, consent.OptionsRound, consent.ConsentRound, consent.OpeningRound})
		g.cmd = c
	case consent.Integrate:
		c.Meets = append(slices.Clone(c.Meets), consent.Meets{Objection: "o-0", Tools: []circle.Tool{pick(r.d, []circle.Tool{circle.Amend, circle.Measure})}})
		if r.d.roll(2) == 0 {
			c.Meets = c.Meets[:len(c.Meets)-1]
			c.Meets[0].Tools = []circle.Tool{circle.Measure}
		}
		g.cmd = c
	case proposal.Submit:
		c.ID = proposal.ID(fmt.Sprintf("p-%d", 1+r.d.roll(r.names)))
		g.cmd = c
	case consent.CallMeeting:
		c.At = c.At.Add(pick(r.d, []time.Duration{-time.Hour, time.Hour}))
		g.cmd = c
	case consent.OpenMeeting:
		c.Present = append(slices.Clone(c.Present), pick(r.d, []person{ana, gus, lou}))
		g.cmd = c
	default:
		g.by = pick(r.d, someone)
	}
	return g
}

// tempted is what somebody might do who is in a hurry.
func (r *run) tempted(v *view) give {
	for _, m := range v.matters {
		if ended(m.stage) || r.d.roll(3) == 0 {
			continue
		}
		who := ana
		if m.talk != nil && len(m.talk.awaited()) > 0 {
			who = r.next(m.talk)
		}
		switch m.stage {
		case consent.StageReact:
			return give{who, consent.Pass{Proposal: m.id}}
		case consent.StageDecide:
			if r.d.roll(3) == 0 {
				return give{m.by, proposal.Amend{Proposal: m.id, Text: r.text()}}
			}
		case consent.StageIntegrate:
			return r.temptedIntegrating(v, m, who)
		case consent.StageLastCall:
			return r.temptedWaiting(v, m)
		default: // nothing tempts anybody
		}
	}
	for _, g := range v.meetings {
		if g.state == "called" {
			return give{r.anyFull(v), consent.OpenMeeting{Meeting: g.id, Present: []person{r.anyFull(v)}}}
		}
	}
	return give{r.anyFull(v), consent.CallMeeting{ID: consent.MeetingID(r.name("m")), Circle: den, At: r.second()}}
}

func (r *run) temptedIntegrating(v *view, m *matter, who person) give {
	if list := v.standing(m.id); len(list) > 0 && r.d.roll(2) == 0 {
		w := pick(r.d, list)
		return pick(r.d, []give{{w.by, objection.Accept{Objection: w.id}}, {w.by, objection.Confirm{Objection: w.id}},
			{r.anyFull(v), objection.Restate{Objection: w.id, Statement: r.text()}}})
	}
	return pick(r.d, []give{{who, consent.Speak{Proposal: m.id, Text: r.text()}}, {r.chair(v), consent.OpenRound{Proposal: m.id, Round: consent.ConsentRound}}})
}

// temptedWaiting: while somebody is waited for, they leave.
func (r *run) temptedWaiting(v *view, m *matter) give {
	if len(m.waiting) == 0 {
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	}
	who := pick(r.d, m.waiting)
	if v.level(who) != circle.Full {
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	}
	return give{who, circle.Leave{Circle: den}}
}

func (r *run) raiseOn(id proposal.ID, who person) give { return r.raise(&matter{id: id}, who) }

// wild is any command about anything by anybody.
func (r *run) wild(v *view) give {
	ids := []proposal.ID{"p-0"}
	for _, m := range v.matters {
		ids = append(ids, m.id)
	}
	os := []objection.ID{"o-0"}
	for _, w := range v.worries {
		os = append(os, w.id, w.id)
	}
	ms := []consent.MeetingID{"m-0"}
	for _, g := range v.meetings {
		ms = append(ms, g.id)
	}
	who, id, o, m := pick(r.d, someone), pick(r.d, ids), pick(r.d, os), pick(r.d, ms)
	all := []consent.Command{
		proposal.Amend{Proposal: id, Text: r.text()},
		proposal.Withdraw{Proposal: id},
		proposal.Drop{Proposal: id, Reason: r.text()},
		consent.OpenRound{Proposal: id, Round: pick(r.d, []consent.RoundKind{consent.ClarifyRound, consent.ReactRound, consent.OptionsRound, consent.ConsentRound, consent.ClosingRound})},
		consent.Speak{Proposal: id, Text: r.text()},
		consent.Pass{Proposal: id},
		consent.ComeBack{Proposal: id},
		consent.Skip{Proposal: id, Person: pick(r.d, someone)},
		consent.Reply{Proposal: id, Text: r.text()},
		consent.Signal{Proposal: id, Card: pick(r.d, []consent.Card{consent.StopCard, consent.SlowCard})},
		consent.ClearCard{Proposal: id},
		consent.Respond{Proposal: id, Answer: consent.Consents},
		consent.CloseRound{Proposal: id},
		consent.Acknowledge{Proposal: id},
		consent.ExtendWindow{Proposal: id, Reason: r.text()},
		objection.Answer{Objection: o, Answer: r.text()},
		objection.Overrule{Objection: o, Reason: r.text()},
		objection.ConfirmSolved{Objection: o},
		consent.MoveToMeeting{Proposal: id, Reason: r.text()},
		consent.Integrate{Proposal: id, Text: r.text(), Meets: []consent.Meets{{Objection: o, Tools: []circle.Tool{circle.Amend}}}},
		objection.Raise{ID: objection.ID(r.name("o")), Proposal: id, Aim: circle.WholeAim, Argument: r.text()},
		objection.Voice{ID: objection.ID(r.name("o")), Proposal: id, Text: r.text()},
		objection.Restate{Objection: o, Statement: r.text()},
		objection.Confirm{Objection: o},
		objection.Withdraw{Objection: o},
		objection.Accept{Objection: o},
		objection.Test{Objection: o},
		objection.Argue{Objection: o, Criterion: "harm", Argument: r.text()},
		objection.Find{Objection: o, Qualifies: true, Reason: r.text()},
		objection.Rule{Objection: o, Criterion: "constitution", Reason: r.text()},
		objection.Disagree{ID: objection.DisputeID(r.name("d")), Objection: o, Argument: r.text()},
		objection.Concede{Objection: o, Dispute: "d-0"},
		objection.Refine{Objection: o, Argument: r.text()},
		objection.EndTest{Objection: o},
		objection.Weigh{Objection: o, Qualifies: true, Reason: r.text()},
		objection.Join{Objection: o, Reason: r.text()},
		objection.Adopt{Objection: o},
		objection.Lift{ID: objection.ID(r.name("o")), Concern: o, Aim: "glad", Argument: r.text()},
		objection.Lower{Objection: o},
		objection.StandAside{Objection: o, Reason: r.text()},
		objection.Abandon{Objection: o, Reason: r.text()},
		consent.Dissent{Proposal: id, Text: r.text()},
		consent.DisputeClass{Proposal: id, Reason: r.text()},
		consent.Resume{Proposal: id},
		consent.Discard{Proposal: id, Reason: r.text()},
		consent.Supersede{Proposal: id, By: pick(r.d, ids)},
		consent.TakeOver{Proposal: id},
		consent.RestoreProcess{Proposal: id},
		consent.Escalate{Proposal: id, Reason: r.text()},
		consent.CallBallot{Proposal: id, Reason: r.text()},
		consent.Declare{Proposal: id, Outcome: consent.DeclaresNotAdopted, Reason: r.text()},
		consent.DeclareBreakdown{Proposal: id, Keeper: pick(r.d, someone), Reason: r.text()},
		consent.Arrive{Meeting: m},
		consent.CloseMeeting{Meeting: m},
		consent.OpenMeeting{Meeting: m, Present: []person{ana, ben}},
		consent.SendMinutes{Meeting: m, To: pick(r.d, someone), Format: circle.Standard},
		consent.CallMeeting{ID: m, Circle: den, At: r.second(), Items: []proposal.ID{id}},
		consent.Ask{ID: id, Circle: den, Question: r.text(), Enacts: []circle.Deed{consent.AdoptAgenda{Meeting: m}}},
		consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text(), Enacts: []circle.Deed{proposal.Drop{Proposal: id, Reason: r.text()}}},
	}
	return give{who, pick(r.d, all)}
}
