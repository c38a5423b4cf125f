package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What the exploration of small worlds found, each told once more in full.

// TestNextAfterSomebodyLeft: nobody is waited for who cannot act any more.
func TestNextAfterSomebodyLeft(t *testing.T) {
	w := newWorld(t, setting{Full: 4, Rules: circle.Rules{Method: "sofa"}, Facilitator: ben})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana, ben, cia)
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound})
	first := w.next("p")
	w.must(first, circle.Leave{Circle: den})
	next := w.engine.Next("p")
	require.Equal(t, "consent.skip", next[0].What)
	w.must(next[0].Who[0], consent.Skip{Proposal: "p", Person: first})
	require.NotEqual(t, first, w.next("p"))
}

// TestNextAfterNewVersion: a round that was left behind by a new version is
// waited for by nobody, and an objection that the version did not meet holds
// it up.
func TestNextAfterNewVersion(t *testing.T) {
	w := newWorld(t, setting{Full: 4, Rules: circle.Rules{Method: "sofa"}, Facilitator: ben})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana, ben, cia)
	w.talkOn("p", consent.ClarifyRound)
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Rye")})
	w.must(dan, consent.Arrive{Meeting: "m"})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben}, What: "consent.open-round", Of: "p"}}, w.engine.Next("p"))

	w = newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "lazy-consensus"}})
	w.put("p")
	w.objects("p", "o", cia)
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Rye")})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "objection.withdraw", Of: "p"}}, w.engine.Next("p"))
	w.must(cia, objection.Withdraw{Objection: "o"})
	require.Equal(t, "consent.open-round", w.engine.Next("p")[0].What)
}

// TestWindowEndsWithTheQuestion: when the circle works on an objection, the time
// to answer is over, and its end brings nothing about any more (L2).
func TestWindowEndsWithTheQuestion(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "rough-consensus"}})
	w.put("p")
	w.consents("p", ana)
	w.must(ben, consent.Respond{Proposal: "p", Answer: string(consent.Abstains)})
	w.objects("p", "o", cia)
	w.later(14 * day)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	require.Empty(t, w.engine.Due(w.now))
	w.later(14 * day)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
}

// TestNextAfterLastCall: when the last call is over and the rule is not
// satisfied any more, somebody answers otherwise, and the rule is asked again.
func TestNextAfterLastCall(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "rough-consensus"}, Facilitator: ben})
	w.put("p")
	w.consents("p", ana)
	w.later(14 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(ana, consent.Respond{Proposal: "p", Answer: string(consent.Abstains)})
	w.later(14 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	next := w.engine.Next("p")
	require.Equal(t, "consent.respond", next[0].What)
	require.Equal(t, consent.Awaited{Who: []circle.PersonID{ben}, What: "consent.close-round", Of: "p"}, next[1])
	w.consents("p", ana)
	require.Equal(t, consent.StageAdopted, w.stage("p"), "with the answer that was missing")
}

// TestNextAmends: a version that meets an objection is asked from those who may
// write it by the method.
func TestNextAmends(t *testing.T) {
	stuckBy := func(method string, change func(*consent.Method)) *world {
		m := consent.Plain
		m.Name = method
		change(&m)
		require.NoError(t, m.Check())
		w := newWorld(t, setting{Full: 3, Facilitator: ben}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: circle.Name(method)}})
		w.stuck("p", "o")
		return w
	}
	one := func(what string, who ...circle.PersonID) []consent.Awaited {
		return []consent.Awaited{{Who: who, What: what, Of: "p"}}
	}
	w := stuckBy("by-circle", func(m *consent.Method) { m.Amenders = consent.ByCircle })
	require.Equal(t, one("consent.ask", ana, ben, cia), w.engine.Next("p"))
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Shall it say Rye?"), Enacts: []circle.Deed{consent.Integrate{Proposal: "p", Text: text("Rye"),
		Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}}}})
	w.consents("q", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("q"))
	require.Equal(t, one("consent.open-round", ben), w.engine.Next("p"), "the version is there")
	w = stuckBy("by-facilitator", func(m *consent.Method) { m.Amenders = consent.ByFacilitator })
	require.Equal(t, one("consent.integrate", ben), w.engine.Next("p"))
	w = stuckBy("by-proposer", func(m *consent.Method) { m.Amenders = consent.ByProposer })
	require.Equal(t, one("consent.integrate", ana), w.engine.Next("p"))
	w.must(ana, circle.Leave{Circle: den})
	require.Equal(t, one("objection.withdraw", cia), w.engine.Next("p"))
}

// TestNextWithoutDecider: where the proposer alone decides, and has left, the
// circle is asked what becomes of the proposal.
func TestNextWithoutDecider(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "advice"}, Facilitator: ben})
	w.submit("p")
	w.talkOn("p", consent.ReactRound)
	w.must(ana, circle.Leave{Circle: den})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben, cia}, What: "consent.ask", Of: "p"}}, w.engine.Next("p"))
}

// TestNextInTest: what is tested is waited for first, also while the circle
// looks for options in a round.
func TestNextInTest(t *testing.T) {
	m := consent.Plain
	m.Name, m.Objections = "own", byPeers
	w := newWorld(t, setting{Full: 3, Facilitator: ben}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.stuck("p", "o")
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.OptionsRound})
	w.must(ana, objection.Test{Objection: "o"})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ana, ben}, What: "objection.weigh", Of: "p"}}, w.engine.Next("p"))
}

// TestNextOfKeeper: since a process broke down, its keeper alone goes on with it.
func TestNextOfKeeper(t *testing.T) {
	m := consent.Plain
	m.Name, m.Stuck = "own", consent.BreaksDown
	w := newWorld(t, setting{Full: 3, Facilitator: ben}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.stuck("p", "o")
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.OptionsRound})
	w.must(ben, consent.DeclareBreakdown{Proposal: "p", Keeper: gus, Reason: reason})
	for _, who := range []circle.PersonID{ana, cia, lou} {
		w.must(gus, consent.Skip{Proposal: "p", Person: who})
	}
	w.must(ben, circle.Leave{Circle: den})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{gus}, What: "consent.skip", Of: "p"}}, w.engine.Next("p"))
	w.must(gus, consent.Skip{Proposal: "p", Person: ben})
}

// TestOwnerWhoLeft: a parked proposal whose owner has left the circle is for
// who facilitates.
func TestOwnerWhoLeft(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ben})
	w.submit("p")
	wake := w.now.Add(30 * day)
	w.must(ben, consent.Park{Proposal: "p", Owner: cia, Wake: wake, Reason: reason})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "consent.resume", Of: "p", By: wake}}, w.engine.Next("p"))
	w.must(cia, circle.Leave{Circle: den})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben}, What: "consent.resume", Of: "p", By: wake}}, w.engine.Next("p"))
	w.no(consent.NotOwner, cia, consent.Resume{Proposal: "p"})
	w.must(ben, consent.Resume{Proposal: "p"})
}

// TestMeetingNotByWhoLeft: who has left the circle keeps the seat of a question
// that was put before, and takes nothing to a meeting any more (M-198).
func TestMeetingNotByWhoLeft(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "holacracy-async"}})
	w.put("p")
	w.must(cia, circle.Leave{Circle: den})
	w.no(consent.NotFull, cia, consent.MoveToMeeting{Proposal: "p", Reason: reason})
	w.must(ben, consent.MoveToMeeting{Proposal: "p", Reason: reason})
	require.Equal(t, consent.StageWithdrawn, w.stage("p"))
}

// TestNotByThisMethodFirst: what the method does not have is not asked of
// anybody, and Permitted says so, too.
func TestNotByThisMethodFirst(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	w.no(objection.NotByMethod, ben, objection.ConfirmSolved{Objection: "o"})
	w.must(ana, consent.Park{Proposal: "p", Owner: ben, Wake: w.now.Add(day), Reason: reason})
	w.later(day)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	list, err := w.engine.Permitted(ana, "p")
	require.NoError(t, err)
	for _, p := range list {
		if p.Command == "consent.skip" {
			var no *circle.Refusal
			require.ErrorAs(t, p.Refused, &no)
			require.Equal(t, consent.NoRound, no.Code)
		}
	}
}

// TestLimitWithoutObjection: the limit bounds the work with objections; when the
// last of them is withdrawn, the question may be put again (M-187).
func TestLimitWithoutObjection(t *testing.T) {
	m := consent.Plain
	m.Name, m.Limit, m.Stuck, m.Fallback = "own", consent.Limit{Questions: 1}, consent.GoesToBallot, voting
	w := newWorld(t, setting{Full: 3, Facilitator: ben}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.stuck("p", "o")
	require.Equal(t, "consent.call-ballot", w.engine.Next("p")[0].What)
	w.no(consent.LimitReached, ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(cia, objection.Withdraw{Objection: "o"})
	require.Equal(t, "consent.open-round", w.engine.Next("p")[0].What)
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestTestWithoutPeers: an objection stands when those who were to weigh it have
// left the circle in the middle of the test (methods §8.10).
func TestTestWithoutPeers(t *testing.T) {
	for _, tester := range []objection.Tester{objection.ByPeers, objection.BySupporters} {
		m := consent.Plain
		m.Name, m.Present = "own", true
		m.Objections = objection.Handling{Tester: tester, Trigger: objection.OnDoubt}
		if tester == objection.BySupporters {
			m.Objections.Supporters = 1
		}
		w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
		w.stuck("p", "o")
		w.must(ana, objection.Test{Objection: "o"})
		w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Is Gus one of us?"),
			Enacts: []circle.Deed{circle.Join{Circle: den, Person: gus, Level: circle.Full}}})
		w.consents("q", ana, ben, cia)
		w.must(ana, circle.Leave{Circle: den})
		w.must(ben, circle.Leave{Circle: den})
		require.Equal(t, "objection.end-test", w.engine.Next("p")[0].What)
		receipt := w.must(gus, objection.EndTest{Objection: "o"})
		require.IsType(t, &objection.Captured{}, receipt.Events[0])
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
	}
}
