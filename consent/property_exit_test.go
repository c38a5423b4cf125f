package consent_test

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What people might do beside the straight way.

// conductor is somebody who runs the process of a case.
func (r *run) conductor(v *view, m *matter) person {
	if m.keeper != "" && r.d.roll(8) > 0 {
		return m.keeper
	}
	return r.chair(v)
}

// aside is a way off the straight one.
func (r *run) aside(v *view, m *matter) give {
	who := r.conductor(v, m)
	switch r.d.roll(8) {
	case 0, 1:
		return give{who, consent.Discard{Proposal: m.id, Reason: r.text()}}
	case 2:
		other := pick(r.d, v.matters)
		plan := []give{{m.by, consent.Supersede{Proposal: m.id, By: other.id, Reason: r.text()}}}
		if r.d.roll(3) == 0 {
			plan = append(plan, plan[0])
		} else {
			plan = append(plan, give{other.by, consent.Supersede{Proposal: m.id, By: other.id, Reason: r.text()}})
		}
		return r.planned(plan...)
	case 3:
		return give{r.anyFull(v), consent.TakeOver{Proposal: m.id}}
	case 4:
		return give{who, consent.RestoreProcess{Proposal: m.id}}
	case 5:
		return give{r.anyFull(v), consent.Dissent{Proposal: m.id, Text: r.text()}}
	}
	wake := r.second().Add(pick(r.d, []time.Duration{time.Hour, 24 * time.Hour, -time.Hour}))
	return give{who, consent.Park{Proposal: m.id, Owner: pick(r.d, []person{r.anyFull(v), r.anyFull(v), lou, gus}), Wake: wake, Reason: r.text()}}
}

// inParked: its owner takes it up again, or it wakes.
func (r *run) inParked(v *view, m *matter) give {
	switch r.d.roll(4) {
	case 0:
		r.time()
	case 1:
		return give{r.conductor(v, m), consent.Resume{Proposal: m.id}}
	}
	return give{m.owner, consent.Resume{Proposal: m.id}}
}

// inRevise: the wording was changed.
func (r *run) inRevise(v *view, m *matter) give {
	switch n := r.d.roll(12); {
	case n == 0:
		return give{r.anyFull(v), consent.DisputeClass{Proposal: m.id, Reason: r.text()}}
	case n < 3:
		return r.amend(v, m)
	case n == 3:
		return give{m.by, proposal.Withdraw{Proposal: m.id}}
	case n == 4:
		return r.openNext(v, m, consent.ClarifyRound)
	case n < 7 && m.way.react:
		return r.openNext(v, m, consent.ReactRound)
	}
	return r.openNext(v, m, consent.ConsentRound)
}

// amend is a new version, or better words for it.
func (r *run) amend(v *view, m *matter) give {
	c := proposal.Amend{Proposal: m.id, Text: r.text()}
	if r.d.roll(2) == 0 {
		c.Weight = proposal.Editorial
	}
	return give{pick(r.d, []person{m.by, m.by, r.conductor(v, m)}), c}
}

// stuck is what is done when no consent is found.
func (r *run) stuck(v *view, m *matter) give {
	who := r.conductor(v, m)
	switch m.way.stuck {
	case "outside":
		if m.keeper != "" { // who facilitated tries once more
			who = pick(r.d, []person{m.keeper, r.chair(v)})
		}
		return give{who, consent.DeclareBreakdown{Proposal: m.id, Keeper: pick(r.d, []person{gus, r.anyFull(v), nemo}), Reason: r.text()}}
	case "vote":
		if g, first := r.floor(v, m); first && r.d.roll(8) > 0 {
			return g
		}
		if !m.way.work.IsZero() && !v.spent(m) && r.d.roll(3) == 0 {
			r.moveTo(m.way.work.After(m.since))
		}
		return give{who, consent.CallBallot{Proposal: m.id, Reason: r.text()}}
	case "chair":
		return r.declare(v, m)
	case "meeting":
		return give{r.anyFull(v), consent.MoveToMeeting{Proposal: m.id, Reason: r.text()}}
	}
	return give{who, consent.Escalate{Proposal: m.id, Reason: r.text()}}
}

// declare declares an outcome with dissent on record, after the objections were
// answered, most often.
func (r *run) declare(v *view, m *matter) give {
	var all []give
	if r.d.roll(4) > 0 {
		for _, w := range v.standing(m.id) {
			if !w.answered {
				all = append(all, give{r.judge(v, m, w), objection.Answer{Objection: w.id, Answer: r.text()}})
			}
		}
	}
	who := r.chair(v)
	for _, is := range everybody {
		var no reasons
		if v.whyPreside(&no, m, is); len(no) == 0 && v.facilitates(is) && r.d.roll(6) > 0 {
			who = is
		}
	}
	as := pick(r.d, []consent.Declaration{consent.DeclaresAdopted, consent.DeclaresNotAdopted})
	return r.planned(append(all, give{who, consent.Declare{Proposal: m.id, Outcome: as, Reason: r.text()}})...)
}

// inBallot is a vote: by most people, with some left out.
func (r *run) inBallot(v *view, m *matter) give {
	vote := func(who person) give {
		return give{who, consent.Respond{Proposal: m.id, Answer: pick(r.d, []string{consent.Consents, consent.Consents, consent.Against, "abstain"})}}
	}
	awaited := m.talk.awaited()
	switch n := r.d.roll(16); {
	case n == 0:
		return give{r.conductor(v, m), consent.CloseRound{Proposal: m.id}}
	case n == 1 && len(awaited) > 0:
		return give{r.conductor(v, m), consent.Skip{Proposal: m.id, Person: pick(r.d, awaited)}}
	case n < 4:
		return give{pick(r.d, m.talk.seats), consent.Respond{Proposal: m.id, Answer: "stand-aside", Reason: r.text()}}
	case n == 4 || len(awaited) == 0:
		return vote(r.anyFull(v))
	}
	var all []give
	for _, who := range awaited {
		all = append(all, vote(who))
	}
	return r.planned(all...)
}

// merge asks the circle to consent to an amendment before it is merged (M-185).
func (r *run) merge(v *view, c consent.Integrate) give {
	return r.consented(v, consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text(), Enacts: []circle.Deed{c}})
}
