package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// needed is a circle of three with a need in its domain.
func needed(t *testing.T, major bool) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Tools: []circle.Tool{circle.Amend}}})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("The shop is cold")})
	w.must(ana, proposal.CheckDomain{Need: "n", Item: "baking"})
	w.must(ana, proposal.CheckMajor{Need: "n", Major: major, Effect: months})
	return w
}

// TestMajorWithoutInput: a decision on a need that is major, about which nobody gave any input, is
// made, and the warning stands beside it (EC-47).
func TestMajorWithoutInput(t *testing.T) {
	for _, c := range []struct {
		major, input bool
		want         []proposal.Warning
	}{
		{true, false, []proposal.Warning{{Code: "major-without-input"}}},
		{true, true, []proposal.Warning{{Code: "inputs-unanswered", Of: []string{"i"}}}},
		{false, false, nil},
	} {
		w := needed(t, c.major)
		if c.input {
			w.must(gus, proposal.GiveInput{ID: "i", Need: "n", Text: text("Mind the draught")})
		}
		w.must(cia, consent.Ask{ID: "how", Circle: den, Question: text("Do we decide?"), Enacts: []circle.Deed{proposal.Respond{Need: "n", Responses: []proposal.Response{proposal.DecideDirectly}}}})
		w.consents("how", ana, ben, cia)
		w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("A stove"), Term: months})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		require.Equal(t, c.want, eventOf[*proposal.Adopted](t, w.consents("p", ana, ben, cia)).Warnings)
		w.replays()
	}
}

// TestHandedDownMeanwhile: what another circle was given to decide on, while this one was being
// asked, it does not adopt any more (I-5, I-17).
func TestHandedDownMeanwhile(t *testing.T) {
	w := needed(t, false)
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("A stove"), Term: months})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	w.asksIn("q", den, []circle.PersonID{ana, ben, cia}, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{gus}, Domain: []circle.Item{{ID: "baking"}}})
	judged := eventOf[*consent.Judged](t, w.consents("p", cia))
	require.Equal(t, consent.ResultPending, judged.Outcome)
	require.Equal(t, "cannot-enact", judged.Why[len(judged.Why)-1].Code)
	require.Contains(t, judged.Why[len(judged.Why)-1].Got, "nook")
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.replays()
}

// TestCheckInOfARoleAlone: who integrates an objection into a text sets no date for looking at a role
// that nobody takes.
func TestCheckInOfARoleAlone(t *testing.T) {
	w := needed(t, false)
	w.stuck("p", "o")
	meets := consent.Integrate{Proposal: "p", Text: text("Open every second Sunday"), CheckIn: months,
		Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}}
	w.no(consent.NoRoleToCheck, ana, meets)
	meets.CheckIn = circle.Period{}
	w.must(ana, meets)
	w.replays()
}

// TestOwnNeedInTheLongTerm: where a circle need not respond to a need first, its own text for a need of its own is put without an
// answer on the long term, which is asked of those to whom the need goes (EC-59).
func TestOwnNeedInTheLongTerm(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Tools: []circle.Tool{circle.Amend}, LongTerm: circle.LongTerm{Months: 1, Goes: circle.Ask}}})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("The shop is cold")})
	w.must(ana, proposal.CheckDomain{Need: "n", Item: "baking"})
	w.must(ana, proposal.CheckMajor{Need: "n", Effect: months})
	w.engine.Look(func(s *consent.State) { require.Equal(t, proposal.Unanswered, s.Matters.Need("n").LongTerm) })
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("A stove"), Term: months})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}
