package consent_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A register is a circle of one person, whose every question is decided at
// once, so that nothing but the life of agreements is at work.
type register struct {
	t      *rapid.T
	engine *consent.Engine
	now    time.Time
	asked  int
	ids    []proposal.ID // of all that was put
}

// some is one of the newest proposals.
func (r *register) some(label string) proposal.ID {
	return rapid.SampledFrom(r.ids[max(0, len(r.ids)-4):]).Draw(r.t, label)
}

// submit puts a policy with a record of some kind; the last of its versions is
// often decided at once.
func (r *register) submit() {
	c := proposal.Submit{ID: proposal.ID(fmt.Sprintf("p-%d", len(r.ids))), Circle: den, Text: text("v1"), Term: r.period("term"),
		Expires: r.period("expires"), Effective: rapid.SampledFrom([]circle.Period{{}, {}, circle.MustPeriod("1w")}).Draw(r.t, "effective")}
	if rapid.IntRange(0, 3).Draw(r.t, "conditional") == 0 {
		c.Condition, c.Lapses, c.Confirms = text("c"), circle.MustPeriod("1w"), ana
	}
	if len(r.ids) > 0 && rapid.Bool().Draw(r.t, "changes") {
		c.Changes = []proposal.Base{{Agreement: r.some("other"), Version: 1}}
	}
	r.do(c)
	r.ids = append(r.ids, c.ID)
	if rapid.Bool().Draw(r.t, "at once") {
		r.decide(c.ID)
	}
}

func (r *register) do(cmd consent.Command) {
	_, err := r.engine.Do(r.t.Context(), circle.Actor{By: ana}, cmd)
	if err != nil {
		var no *circle.Refusal
		require.ErrorAs(r.t, err, &no, "%s", cmd.Wire())
		require.NotRegexp(r.t, emptyPlace, no.Error())
	}
}

// decide lets the circle of one decide what is put to it.
func (r *register) decide(id proposal.ID) {
	r.do(consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	r.do(consent.Respond{Proposal: id, Answer: consent.Consents})
}

func (r *register) by(deed circle.Deed) {
	r.asked++
	id := proposal.ID(fmt.Sprintf("q-%d", r.asked))
	r.do(consent.Ask{ID: id, Circle: den, Question: text("?"), Enacts: []circle.Deed{deed}})
	r.do(consent.Respond{Proposal: id, Answer: consent.Consents})
}

func (r *register) period(label string) circle.Period {
	return rapid.SampledFrom([]circle.Period{{}, circle.MustPeriod("1d"), circle.MustPeriod("2w"), circle.MustPeriod("1m")}).Draw(r.t, label)
}

// step does one thing to one of a few agreements.
func (r *register) step() {
	id, other := r.some("of"), r.some("other")
	switch rapid.IntRange(0, 18).Draw(r.t, "do") {
	case 0, 1:
		r.submit()
	case 2, 3, 4:
		r.decide(id)
	case 12, 13:
		r.do(proposal.Revise{Proposal: id, Text: text("v"), Expires: r.period("expires")})
	case 5:
		r.do(proposal.Withdraw{Proposal: id})
	case 6:
		r.by(rapid.SampledFrom([]circle.Deed{proposal.Hold{Proposal: id, Reason: text("r")}, proposal.LiftHold{Proposal: id}}).Draw(r.t, "deed"))
	case 7:
		r.by(rapid.SampledFrom([]circle.Deed{proposal.LetExpire{Proposal: id}, proposal.Replace{Proposal: id, By: []proposal.ID{other}},
			proposal.Keep{Proposal: id, Term: circle.MustPeriod("2w")}, proposal.Drop{Proposal: id, Reason: text("r")}}).Draw(r.t, "deed"))
	case 8:
		r.do(proposal.ConfirmCondition{Proposal: id})
	case 9:
		r.do(proposal.Strike{Proposal: id, Reason: text("r")})
	case 10:
		r.do(proposal.DateReview{Proposal: id, Term: circle.MustPeriod("1w")})
	case 11:
		r.do(proposal.Rebase{Proposal: id, Agreement: other, Version: 2})
	default:
		r.now = r.now.Add(time.Duration(rapid.IntRange(0, 12*24).Draw(r.t, "hours")) * time.Hour)
		_, err := r.engine.Tick(r.t.Context())
		require.NoError(r.t, err, "no timer is left that cannot fire")
	}
}

// requireSound: nothing is in force beyond its end, or before its date, and
// every clock that is needed runs.
func (r *register) requireSound() {
	clocks := map[string]time.Time{}
	for _, d := range r.engine.Due(r.now) {
		clocks[d.What+" "+d.Of] = d.At
	}
	r.engine.Look(func(s *consent.State) {
		for _, id := range s.Matters.Proposals(den) {
			p, beside := s.Matters.Proposal(id), s.Matters.Particulars(id)
			if next := beside.Coming; next != nil && next.Lapses.IsZero() {
				require.Equal(r.t, next.Effective, clocks["takes-effect "+string(id)])
			} else if next != nil {
				require.Equal(r.t, next.Lapses, clocks["condition-lapses "+string(id)])
			}
			if p.Status == proposal.StatusAgreement && !beside.Expires.IsZero() {
				at, runs := clocks["agreement-expires "+string(id)]
				require.True(r.t, runs && !at.After(beside.Expires))
				require.True(r.t, beside.Extended || at.Equal(beside.Expires))
			}
			if p.Status != proposal.StatusAgreement {
				require.NotContains(r.t, clocks, "agreement-expires "+string(id))
				require.NotContains(r.t, clocks, "term-ends "+string(id))
			}
		}
	})
}

// TestAgreementsLiveSoundly: whatever a circle does to its agreements, each
// clock runs out once and at its time, none gets stuck, and the ledger read
// from its first entry comes to the same (methods §5.2, §8.6, §8.11).
func TestAgreementsLiveSoundly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &register{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
		var err error
		r.engine, err = consent.Open(t.Context(), consent.Config{Now: func() time.Time { return r.now }})
		require.NoError(t, err)
		r.do(circle.Found{ID: den, Aim: text("a"), Members: []circle.PersonID{ana}})
		r.do(circle.CreateRole{ID: "secretary", Circle: den, Hat: circle.Secretary})
		r.do(circle.GiveRole{Role: "secretary", Person: ana})
		r.submit()
		for range rapid.IntRange(10, 60).Draw(t, "steps") {
			r.step()
			r.requireSound()
		}
		r.now = r.now.AddDate(0, 0, 1)
		_, err = r.engine.Tick(t.Context())
		require.NoError(t, err)
		_, err = r.engine.Verify(t.Context())
		require.NoError(t, err)
	})
}
