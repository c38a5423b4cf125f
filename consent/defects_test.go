package consent_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestDefectsOfOthers: what the users of other machines complain of, each by the
// name of the complaint, does not happen here. How votes are counted is tried in
// package rule.
func TestDefectsOfOthers(t *testing.T) {
	for _, d := range []struct {
		defect string
		test   func(*testing.T, *world)
	}{
		{"an objection is only a kind of vote, and changes nothing", objectionCounts},
		{"an objection is lost when the question is put again", objectionStays},
		{"somebody else lifts an objection", objectorLifts},
		{"the text is edited after people took a position", textMoves},
		{"the votes given to an older text count", textMoves},
		{"the answers are seen before the close", answersHidden},
		{"the votes are thrown away after the count", answersStay},
		{"the result changes when a user is gone", goneAfterwards},
		{"earlier reasons are overwritten on a change of mind", reasonsStay},
		{"those who have spoken are reminded too", silentReminded},
		{"nobody can find out where an answer is missing", silentReminded},
		{"to have seen it counts as to agree", seenIsNotSaid},
		{"observers have a say", observersAsked},
	} {
		t.Run(d.defect, func(t *testing.T) {
			w := newWorld(t, setting{Full: 3})
			d.test(t, w)
			w.replays()
		})
	}
}

// rewritten is the next version, which is to meet an objection.
var rewritten = consent.Integrate{Proposal: "p", Text: circle.Say("Open on every second Sunday"), Term: months,
	Meets: []consent.Meets{{Objection: "o1", Tools: []circle.Tool{circle.Amend}}}}

func objectionCounts(t *testing.T, w *world) {
	w.put("p")
	w.objects("p", "o1", cia)
	r := w.consents("p", ana, ben)
	judged := eventOf[*consent.Judged](t, r)
	require.Equal(t, consent.ResultIntegrate, judged.Outcome, "two for it and one against would be a majority")
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
}

func objectionStays(t *testing.T, w *world) {
	w.stuck("p", "o1")
	w.must(ana, rewritten)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, objection.StatusMet, s.Objections.Objection("o1").Status, "met by a version, and not ended before cia says so")
	})
	require.Equal(t, consent.StageDecide, w.stage("p"))
	r := w.consents("p", cia)
	require.Equal(t, cia, eventOf[*objection.Integrated](t, r).By)
}

func objectorLifts(t *testing.T, w *world) {
	w.stuck("p", "o1")
	for _, who := range []circle.PersonID{ana, ben, lou} {
		_, no := w.give(who, objection.Withdraw{Objection: "o1"})
		require.NotNil(t, no, "%s", who)
	}
	w.must(cia, objection.Withdraw{Objection: "o1"})
}

func textMoves(t *testing.T, w *world) {
	w.put("p")
	w.consents("p", ana, ben)
	_, no := w.give(ana, proposal.Amend{Proposal: "p", Text: text("Open all night")})
	require.NotNil(t, no, "while it is being asked about the text stands still")
	w.objects("p", "o1", cia)
	w.must(ana, rewritten)
	w.must(cia, objection.Withdraw{Objection: "o1"})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.ElementsMatch(t, everybody[:3], w.engine.Next("p")[0].Who, "all are asked about the new text")
	judged := eventOf[*consent.Judged](t, w.consents("p", cia, ana, ben))
	require.Equal(t, 2, judged.Version)
	require.Equal(t, "3", judged.Why[0].Got, "three answers to version 2, and not five")
}

func answersHidden(t *testing.T, w *world) {
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "signals"}})
	w.put("p")
	w.must(cia, consent.SealAnswer{Proposal: "p", Answer: text("consent")})
	answers, err := w.engine.Answers(ana, "p")
	require.NoError(t, err)
	require.Empty(t, answers[0].Position, "that cia has answered is known, and no more")
	require.NotContains(t, explainedFor(t, w, "p"), "cia: consent")
	w.must(ana, consent.SealAnswer{Proposal: "p", Answer: text("consent")})
	w.must(ben, consent.SealAnswer{Proposal: "p", Answer: text("consent")})
	require.Contains(t, explainedFor(t, w, "p"), "cia: consent")
}

func answersStay(t *testing.T, w *world) {
	w.put("p")
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	for _, who := range everybody[:3] {
		require.Contains(t, explainedFor(t, w, "p"), string(who)+": consent, on version 1")
	}
	for j, err := range w.engine.Judgments(t.Context()) {
		require.NoError(t, err)
		require.Len(t, j.Case.Answers, 3, "what the rule saw is built again")
		require.Empty(t, j.Differs)
	}
}

func goneAfterwards(t *testing.T, w *world) {
	w.put("p")
	w.consents("p", ana, ben, cia)
	before := explainedFor(t, w, "p")
	w.must(ben, circle.Leave{Circle: den})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	require.Equal(t, before, explainedFor(t, w, "p"))
}

func reasonsStay(t *testing.T, w *world) {
	w.put("p")
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents, Reason: text("I like Sundays")})
	w.objects("p", "o1", ana)
	w.must(ana, objection.Withdraw{Objection: "o1", Reason: text("Ben comes too")})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents, Reason: text("We are enough")})
	says := explainedFor(t, w, "p")
	for _, reason := range []string{"I like Sundays", "Nobody is left to bake", "Ben comes too", "We are enough"} {
		require.Contains(t, says, reason)
	}
}

func silentReminded(t *testing.T, w *world) {
	w.put("p")
	w.consents("p", ana)
	require.Equal(t, []circle.PersonID{ben, cia}, w.engine.Next("p")[0].Who)
	require.Empty(t, w.engine.Awaits(ana))
	require.NotEmpty(t, w.engine.Awaits(cia))
	w.consents("p", cia)
	require.Equal(t, []circle.PersonID{ben}, w.engine.Next("p")[0].Who)
}

func seenIsNotSaid(t *testing.T, w *world) {
	w.put("p")
	w.consents("p", ana, ben)
	w.must(cia, consent.Acknowledge{Proposal: "p"})
	require.Equal(t, consent.StageDecide, w.stage("p"))
	require.Equal(t, []circle.PersonID{cia}, w.engine.Next("p")[0].Who)
}

func observersAsked(t *testing.T, w *world) {
	w.put("p")
	for _, who := range []circle.PersonID{lou, gus} { // who learns here, and who is in no circle
		_, no := w.give(who, consent.Respond{Proposal: "p", Answer: consent.Consents})
		require.NotNil(t, no, "%s", who)
	}
}

// explainedFor is all that is said of a proposal.
func explainedFor(t *testing.T, w *world, id proposal.ID) string {
	t.Helper()
	told, err := w.engine.Explain(t.Context(), id)
	require.NoError(t, err)
	return fmt.Sprint(told)
}
