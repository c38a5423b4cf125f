package consent_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// awaits requires what is awaited, and from whom, in order.
func (w *world) awaits(what ...consent.Awaited) {
	w.t.Helper()
	got := w.engine.Next("p")
	for i := range got {
		got[i].Of = ""
	}
	require.Equal(w.t, what, got)
}

func await(what string, who ...circle.PersonID) consent.Awaited {
	return consent.Awaited{Who: who, What: what}
}

// TestNextInTheTest: who must act next is said in every test, and it is never
// the objector who judges (methods §8.4).
func TestNextInTheTest(t *testing.T) {
	test := func(h objection.Handling) *world {
		w := handled(t, nil, consent.Method{Objections: h})
		w.stuck("p", "o")
		w.must(ben, objection.Test{Objection: "o"})
		return w
	}
	w := test(byForm)
	w.awaits(await("objection.argue", cia), await("objection.find", ana, ben))
	w.must(cia, objection.Argue{Objection: "o", Criterion: "harm", Argument: text("It does")})
	w.awaits(await("objection.find", ana, ben))
	w.must(cia, objection.Argue{Objection: "o", Criterion: "constitution", Argument: text("It does")})
	w.awaits(await("objection.rule", ana, ben))

	w = test(byReasoning)
	w.awaits(await("objection.end-test", ana, ben))
	w.must(ben, objection.Disagree{ID: "d", Objection: "o", Argument: text("No")})
	w.awaits(await("objection.refine", cia), await("objection.end-test", ana, ben))

	w = test(byPeers)
	w.no(objection.NotByMethod, cia, objection.Argue{Objection: "o", Criterion: "harm", Argument: text("It does")})
	w.must(ana, objection.Weigh{Objection: "o", Reason: text("No")})
	w.awaits(await("objection.weigh", ben))
	w.must(ben, circle.Leave{Circle: den})
	w.awaits(await("objection.end-test", ana))
	w.must(ana, objection.EndTest{Objection: "o"})
	w.awaits(await("consent.open-round", ana, cia))
}

// TestNextBesideTheTest: so it is while the circle works on an objection, by
// every way to solve one; and the time to acknowledge an answer is due.
func TestNextBesideTheTest(t *testing.T) {
	always := byReasoning
	always.Trigger = objection.Always
	w := handled(t, nil, consent.Method{Objections: always})
	w.stuck("p", "o")
	w.awaits(await("objection.test", ana, ben))

	w = handled(t, nil, consent.Method{Objections: byForm})
	w.stuck("p", "o")
	w.meets("p", "o")
	w.awaits(await("objection.accept", cia))
	w.must(cia, objection.Accept{Objection: "o"})
	w.awaits(await("objection.confirm-solved", ana))

	w = handled(t, nil, consent.Method{Objections: byAnswer})
	w.stuck("p", "o")
	w.awaits(await("objection.answer", ana, ben))
	w.must(ana, objection.Answer{Objection: "o", Answer: text("Ben bakes")})
	ends := w.now.Add(14 * day)
	w.awaits(consent.Awaited{Who: []circle.PersonID{cia}, What: "objection.accept", By: ends})
	require.Contains(t, w.engine.Due(w.now), consent.Due{At: ends, What: "acknowledgement-ends", Of: "p", Part: "o"})
	w.must(cia, objection.Accept{Objection: "o"})
	require.Empty(t, w.engine.Due(w.now), "an answer that was accepted has no clock")

	w = handled(t, nil, consent.Method{Objections: byAnswer})
	w.stuck("p", "o")
	w.must(ana, objection.Answer{Objection: "o", Answer: text("Ben bakes")})
	w.drop("p", ana, ben, cia)
	require.Empty(t, w.engine.Due(w.now), "what was dropped has no clock")
}

// TestWhoIsAloneIsNotTested: methods §8.10, an objection that nobody is there to
// test stands as it is, and holds nothing up that a new version meets.
func TestWhoIsAloneIsNotTested(t *testing.T) {
	h := objection.Handling{Tester: objection.ByPeers, Trigger: objection.Always}
	w := handled(t, nil, consent.Method{Objections: h})
	w.must(ben, circle.Leave{Circle: den})
	w.must(cia, circle.Leave{Circle: den})
	w.put("p")
	w.objects("p", "o", ana)
	w.no(objection.NobodyTests, ana, objection.Test{Objection: "o"})
	w.meets("p", "o")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestAllWhoFacilitateObject: methods §8.4, when everybody who might stand in
// has a part in the objection, any other full participant judges it.
func TestAllWhoFacilitateObject(t *testing.T) {
	w := handled(t, nil, consent.Method{Objections: byReasoning})
	w.hat(ana, circle.Facilitator)
	w.hat(ben, circle.Secretary)
	w.put("p")
	w.objects("p", "o", ana)
	w.must(ben, objection.Join{Objection: "o", Reason: text("I too")})
	w.consents("p", cia)
	w.must(cia, objection.Test{Objection: "o"})
	w.no(objection.OwnJudge, ana, objection.EndTest{Objection: "o"})
	w.no(objection.OwnJudge, ben, objection.EndTest{Objection: "o"})
	w.must(cia, objection.EndTest{Objection: "o"})
	w.no(objection.OwnJudge, ben, objection.Abandon{Objection: "o", Reason: text("No")})
}

// TestSeveralDeedsOnOneProposal: a decision may put off one objection and the
// other, each decided as the one before leaves it.
func TestSeveralDeedsOnOneProposal(t *testing.T) {
	w := twice(t, nil, byReasoning)
	puts := func(o objection.ID) circle.Deed {
		return objection.Defer{Objection: o, Owner: ana, Until: w.now.Add(day), Then: text("We look again")}
	}
	w.no(objection.AlreadyEnded, ana, consent.Ask{ID: "q", Circle: den, Question: text("Both?"), Enacts: []circle.Deed{puts("o"), puts("o")}})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Both?"), Enacts: []circle.Deed{puts("o"), puts("o-2"),
		proposal.Drop{Proposal: "p", Reason: text("It rests")}}})
	r := w.consents("q", ana, ben, cia)
	require.Equal(t, consent.StageDropped, w.stage("p"))
	for _, e := range r.Events {
		require.NotEqual(t, "objection.ended", e.Wire(), "what was put off does not end again")
	}
	w.replays()
}

// TestBacklogOfPutOffs: what a circle put off stands on its backlog, what is due first in front, and
// on no other circle's, nor where there is none (M-184).
func TestBacklogOfPutOffs(t *testing.T) {
	w := twice(t, nil, byReasoning)
	puts := func(o objection.ID, days int) circle.Deed {
		return objection.Defer{Objection: o, Owner: ana, Until: w.now.AddDate(0, 0, days), Then: text("We look again")}
	}
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Both?"), Enacts: []circle.Deed{puts("o", 9), puts("o-2", 2)}})
	w.consents("q", ana, ben, cia)
	w.must(ana, consent.Ask{ID: "open", Circle: den, Question: text("A nook?"), Enacts: []circle.Deed{
		circle.Open{ID: nook, Parent: den, Aim: text("Rye"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "rye", Of: "baking"}}}}})
	w.consents("open", ana, ben, cia)
	backlog := func(of circle.ID) (out []string) {
		w.engine.Look(func(s *consent.State) {
			for _, i := range s.Backlog(of) {
				out = append(out, i.Objection)
			}
		})
		return out
	}
	require.Equal(t, []string{"o-2", "o"}, backlog(den))
	require.Empty(t, backlog(nook))
	require.Empty(t, backlog("nowhere"))
	w.must(ana, proposal.Submit{ID: "n", Circle: nook, Text: text("Rye on Mondays")})
	w.must(ana, consent.OpenRound{Proposal: "n", Round: consent.ConsentRound})
	w.objects("n", "a", ben)
	w.consents("n", ana)
	w.asksIn("off", nook, []circle.PersonID{ana, ben}, puts("a", 5))
	require.Equal(t, []string{"o-2", "o"}, backlog(den))
	require.Equal(t, []string{"a"}, backlog(nook))
}

// TestMinutesSayHowItEnded: who stands aside is kept by name (M-125), and so is
// who made an objection theirs (M-170).
func TestMinutesSayHowItEnded(t *testing.T) {
	w := handled(t, nil, consent.Method{Objections: byReasoning})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana, ben, cia)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.must(ben, objection.Join{Objection: "o", Reason: text("I too")})
	w.consents("p", ana)
	w.must(ben, objection.Withdraw{Objection: "o"})
	w.must(cia, objection.StandAside{Objection: "o", Reason: text("Without me")})
	m, err := logbook.OfMeeting(context.Background(), w.engine, "m")
	require.NoError(t, err)
	require.Len(t, m.Objections, 1)
	require.Equal(t, "stood-aside", m.Objections[0].Ended)
	require.Equal(t, cia, m.Objections[0].By)
	require.Equal(t, []circle.PersonID{ben}, m.Objections[0].With)
}

// TestObjectorDoesNotConsentToo: where a question is voted on, who objects does not vote for it as long
// as no version meets their objection (CP-4).
func TestObjectorDoesNotConsentToo(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: consent.RuleName{Kind: "simple-majority", Version: 1}})
	w.submit("p")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.no(consent.OwnObjection, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.replays()
}

// TestPutOffOfWhatIsNotThere: among several deeds, too, nobody puts off an objection that is not there, nor one of a case that is
// over (M-184).
func TestPutOffOfWhatIsNotThere(t *testing.T) {
	w := twice(t, nil, byReasoning)
	asks := func(o objection.ID) consent.Ask {
		return consent.Ask{ID: "q", Circle: den, Question: text("Both?"), Enacts: []circle.Deed{circle.CreateRole{ID: "cook", Circle: den},
			objection.Defer{Objection: o, Owner: ana, Until: w.now.AddDate(0, 0, 9), Then: text("We look again")}}}
	}
	w.no(objection.UnknownObjection, ana, asks("none"))
	w.drop("p", ana, ben, cia)
	w.no(objection.UnknownObjection, ana, asks("o"))
	w.replays()
}
