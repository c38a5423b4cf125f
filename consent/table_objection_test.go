package consent_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var (
	twoCriteria = []objection.Criterion{{ID: "harm", Need: objection.Required, Prompt: "Does it harm?"},
		{ID: "constitution", Need: objection.Override, Prompt: "Does it break the constitution?"}}
	byReasoning = objection.Handling{Tester: objection.ByReasoning, Trigger: objection.OnDoubt, Criteria: twoCriteria, GoodFaith: true,
		StandAside: true, Defer: true}
	byForm   = objection.Handling{Tester: objection.ByForm, Trigger: objection.OnDoubt, Criteria: twoCriteria, Solved: objection.ByBoth}
	byPeers  = objection.Handling{Tester: objection.ByPeers, Trigger: objection.OnDoubt}
	byAnswer = objection.Handling{Tester: objection.ByChair, Trigger: objection.OnDoubt, Solved: objection.ByAnswer,
		Acknowledge: circle.MustPeriod("14d")}
)

// handled is a world of ana, ben and cia that decides by a method of its own.
func handled(t *testing.T, wk *walk, m consent.Method) *world {
	t.Helper()
	m.Name, m.Concerns, m.Chair = "own", true, true
	m.Stances = []consent.Stance{consent.StandsAside}
	if m.Rule.IsZero() {
		m.Rule = consent.Plain.Rule
	}
	w := walking(t, wk, setting{Full: 3, EasyRead: true}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	return w
}

// twice has two objections that stand: o of cia, and o-2 of ben.
func twice(t *testing.T, wk *walk, h objection.Handling) *world {
	t.Helper()
	w := handled(t, wk, consent.Method{Objections: h})
	w.put("p")
	w.objects("p", "o", cia)
	w.objects("p", "o-2", ben)
	w.consents("p", ana)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	return w
}

// walkHandling uses the test of objections and the ways out.
func walkHandling(t *testing.T, wk *walk) {
	walkReasoning(t, wk)
	walkExits(t, wk)
	w := twice(t, wk, byForm)
	for _, o := range []objection.ID{"o", "o-2"} { // the first is found on, the second is ruled on
		who := map[objection.ID]circle.PersonID{"o": cia, "o-2": ben}[o]
		w.must(ana, objection.Test{Objection: o})
		w.must(who, objection.Argue{Objection: o, Criterion: "constitution", Argument: text("It does")})
		if o == "o" {
			w.must(who, objection.Argue{Objection: o, Criterion: "harm", Argument: text("It does")})
		}
		w.no(objection.RulingFirst, ana, objection.Find{Objection: o, Holds: []objection.CriterionID{"harm"}, Reason: text("Argued")})
		w.must(ana, objection.Rule{Objection: o, Criterion: "constitution", Reason: text("It does not")})
		if o == "o" {
			w.must(ana, objection.Find{Objection: o, Holds: []objection.CriterionID{"harm"}, Reason: text("Argued")})
		}
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
	}
	w.meets("p", "o")
	w.no(consent.NotSolvedYet, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(cia, objection.Accept{Objection: "o"})
	w.no(consent.NotProposer, ben, objection.ConfirmSolved{Objection: "o"})
	w.must(ana, objection.ConfirmSolved{Objection: "o"})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.replays()

	w = twice(t, wk, byPeers)
	w.must(ana, objection.Test{Objection: "o"})
	w.must(ana, objection.Weigh{Objection: "o", Reason: text("No")})
	w.no(objection.NotAPeer, cia, objection.Weigh{Objection: "o", Qualifies: true, Reason: text("Yes")})
	w.must(ben, objection.Weigh{Objection: "o", Reason: text("No")})
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()
}

// walkReasoning uses a test by reasons, and what is done beside it.
func walkReasoning(t *testing.T, wk *walk) {
	w := twice(t, wk, byReasoning)
	w.must(cia, objection.NamePremise{Objection: "o", ID: "p1", Text: text("Nobody bakes")})
	w.must(ana, objection.MarkPremise{Objection: "o", Premise: "p1", Mark: objection.MarkAgreed})
	w.must(ana, objection.Test{Objection: "o"})
	w.must(cia, objection.Argue{Objection: "o", Criterion: "harm", Argument: text("It does")})
	w.must(ana, objection.Disagree{ID: "d1", Objection: "o", Argument: text("Ben would bake")})
	w.must(ana, objection.Concede{Objection: "o", Dispute: "d1"})
	w.must(cia, objection.Refine{Objection: "o", Argument: text("Nobody can bake")})
	w.must(cia, objection.NamePremise{Objection: "o", ID: "p2", Text: text("It is early")})
	w.must(ben, objection.MarkPremise{Objection: "o", Premise: "p2", Mark: objection.MarkDisputed})
	w.must(ben, circle.Leave{Circle: den})
	w.no(objection.NotOrphaned, ana, objection.Adopt{Objection: "o"})
	w.must(ana, objection.Adopt{Objection: "o-2"})
	w.no(objection.OwnJudge, cia, objection.EndTest{Objection: "o"})
	w.must(ana, objection.EndTest{Objection: "o"})
	w.must(ana, objection.Withdraw{Objection: "o-2"})
	w.replays()

	w = twice(t, wk, byReasoning)
	w.must(ben, circle.Leave{Circle: den})
	w.must(ana, objection.Adopt{Objection: "o-2"})
	w.replays()
}

// walkExits uses the ways out, from a test and from the work on an objection.
func walkExits(t *testing.T, wk *walk) {
	for _, out := range []func(objection.ID) consent.Command{
		func(o objection.ID) consent.Command { return objection.Withdraw{Objection: o} },
		func(o objection.ID) consent.Command {
			return objection.StandAside{Objection: o, Reason: text("Without me")}
		},
		func(o objection.ID) consent.Command { return objection.Lower{Objection: o} },
	} {
		w := twice(t, wk, byReasoning)
		w.must(ana, objection.Test{Objection: "o"})
		w.must(ben, out("o-2"))
		require.Equal(t, consent.StageTest, w.stage("p"))
		w.must(cia, out("o"))
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
		w.replays()
		w = twice(t, wk, byReasoning)
		w.must(ben, out("o-2"))
		w.replays()
	}
	w := twice(t, wk, byReasoning)
	w.must(ana, objection.Abandon{Objection: "o", Reason: text("No answer in a month")})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Do we put it off?"), Enacts: []circle.Deed{
		objection.Defer{Objection: "o-2", Owner: ben, Until: w.now.Add(day), Then: text("We look again")}}})
	w.consents("q", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("q"))
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.replays()
}

// walkAnswers uses the answers of a chair, and the time to acknowledge them.
func walkAnswers(t *testing.T, wk *walk) {
	answer := func(w *world, o objection.ID) {
		w.must(ana, objection.Answer{Objection: o, Answer: text("Ben bakes")})
	}
	accept := func(w *world, o objection.ID) { w.must(cia, objection.Accept{Objection: o}) }
	overrule := func(w *world, o objection.ID) {
		w.must(ana, objection.Overrule{Objection: o, Reason: text("It was answered")})
	}
	lapse := func(w *world, _ objection.ID) { w.later(14 * day) }
	for _, ends := range []func(*world, objection.ID){accept, overrule, lapse} {
		w := handled(t, wk, consent.Method{Objections: byAnswer}) // while the question is open
		w.put("p")
		w.objects("p", "o", cia)
		answer(w, "o")
		ends(w, "o")
		require.Equal(t, consent.StageDecide, w.stage("p"))

		m := consent.Method{Objections: byAnswer, Rule: consent.Settle{Support: 1}.Name(), Window: consent.Window{For: circle.MustPeriod("14d")}}
		called := m
		called.LastCall, called.Clock = circle.MustPeriod("30d"), consent.RunsOn
		for then, m := range map[consent.Stage]consent.Method{consent.StageAdopted: m, consent.StageLastCall: called} {
			w = handled(t, wk, m)
			w.put("p") // nothing but the objection holds it up when the time of everybody is over
			w.must(ben, circle.Leave{Circle: den})
			w.consents("p", ana)
			w.objects("p", "o", cia)
			w.later(day)
			answer(w, "o")
			w.later(13 * day)
			require.Equal(t, consent.StageDecide, w.stage("p"))
			ends(w, "o")
			require.Equal(t, then, w.stage("p"))
			w.replays()
		}

		w = handled(t, wk, consent.Method{Objections: byAnswer}) // while the circle works on it
		w.stuck("p", "o")
		w.no(consent.NotSolvedYet, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		answer(w, "o")
		ends(w, "o")
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.replays()

		for _, held := range []bool{false, true} { // in a last call that runs on, or has run out
			w = handled(t, wk, consent.Method{Objections: byAnswer, Rule: consent.Settle{Most: true}.Name(), LastCall: circle.MustPeriod("30d"), Clock: consent.RunsOn})
			w.put("p")
			w.consents("p", ana, ben, cia)
			if held {
				w.later(29 * day)
			}
			w.objects("p", "o", cia)
			answer(w, "o")
			if held {
				w.later(2 * day)
			}
			require.Equal(t, consent.StageLastCall, w.stage("p"))
			ends(w, "o")
			require.Equal(t, map[bool]consent.Stage{false: consent.StageLastCall, true: consent.StageAdopted}[held], w.stage("p"))
			w.replays()
		}
	}
	for _, kind := range []consent.RoundKind{consent.ClarifyRound, consent.ReactRound} {
		w := handled(t, wk, consent.Method{Objections: byAnswer})
		w.stuck("p", "o")
		answer(w, "o")
		w.must(ana, consent.OpenRound{Proposal: "p", Round: kind})
		lapse(w, "o")
	}
	for _, stage := range []consent.Stage{consent.StageParked, consent.StageEscalated, consent.StageBallot} { // the time runs on
		w := standing(t, wk, stage, func(m *consent.Method) { m.Objections, m.Chair = byAnswer, true }, func(w *world) { answer(w, "o") })
		lapse(w, "o")
		require.Equal(t, stage, w.stage("p"))
		require.False(t, slices.ContainsFunc(w.engine.Due(w.now), func(d consent.Due) bool { return d.What == "acknowledgement-ends" }))
		w.replays()
	}
	walkDissent(t, wk)
	w := twice(t, wk, byAnswer) // beside a test, and of what is tested
	answer(w, "o-2")
	w.later(day)
	answer(w, "o")
	w.must(ana, objection.Test{Objection: "o"})
	w.later(13 * day)
	require.Equal(t, consent.StageTest, w.stage("p"))
	w.later(day)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()
}

// walkDissent keeps a minority opinion, wherever an objection was closed against
// the will of who raised it, and on what was adopted (M-179).
func walkDissent(t *testing.T, wk *walk) {
	dissent := consent.Dissent{Proposal: "p", Text: text("We will be tired")}
	closed := func(m consent.Method, put func(*world)) *world {
		m.Objections = byAnswer
		w := handled(t, wk, m)
		w.submit("p")
		w.no(consent.NotNow, cia, dissent)
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		put(w)
		w.no(consent.NothingOverruled, cia, dissent)
		w.must(ana, objection.Answer{Objection: "o", Answer: text("Ben bakes")})
		w.must(ana, objection.Overrule{Objection: "o", Reason: text("It was answered")})
		return w
	}
	object := func(w *world) { w.objects("p", "o", cia) }
	w := closed(consent.Method{}, object)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.must(cia, dissent)
	w = closed(consent.Method{}, func(w *world) { object(w); w.objects("p", "o-2", ben); w.consents("p", ana) })
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.must(cia, dissent)
	w.no(consent.NotFull, lou, dissent)
	w.must(ana, objection.Test{Objection: "o-2"})
	w.must(cia, dissent)
	w = closed(consent.Method{Rule: consent.Settle{Most: true}.Name(), LastCall: circle.MustPeriod("30d"), Clock: consent.RunsOn},
		func(w *world) { w.consents("p", ana, ben, cia); object(w) })
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(cia, dissent)
	w.later(31 * day)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.must(ben, dissent)
	w.no(consent.NotFull, lou, dissent)
	w.replays()
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, told[len(told)-1].Says, "ben holds another opinion, which stays with the decision: “We will be tired”")
}

// walkOwners uses what makes an objection of somebody else's, or of a concern,
// one's own answer.
func walkOwners(t *testing.T, wk *walk) {
	voice := func(w *world, c objection.ID, who circle.PersonID) {
		w.must(who, objection.Voice{ID: c, Proposal: "p", Text: text("It may rain")})
	}
	lift := func(w *world, c objection.ID, who circle.PersonID) {
		w.must(who, objection.Lift{ID: "o-" + c, Concern: c, Aim: circle.WholeAim, Argument: text("It rains in")})
	}
	join := func(w *world, who circle.PersonID) {
		w.must(who, objection.Join{Objection: "o", Reason: text("I sleep then, too")})
	}
	w := handled(t, wk, consent.Method{})
	w.put("p")
	w.objects("p", "o", cia)
	join(w, ben)
	join(w, ana)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()
	w = handled(t, wk, consent.Method{})
	w.put("p")
	voice(w, "c", cia)
	voice(w, "d", ben)
	lift(w, "c", cia)
	w.consents("p", ana)
	lift(w, "d", ben)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()
	for outcome, stage := range map[consent.Outcome]consent.Stage{consent.Carried: consent.StageAdopted, consent.Declined: consent.StageNotAdopted} {
		for _, last := range []func(*world){func(w *world) { join(w, ben) }, func(w *world) { lift(w, "c", ben) }} {
			says := consent.Pending
			w := walking(t, wk, setting{Full: 3}, func(c *consent.Config) {
				c.Rules = consent.Kinds{ownRule: func(string) (consent.Rule, error) { return verdictRule{&says}, nil }}
				c.Methods = []consent.Method{{Name: "own", Rule: ownRule, Concerns: true}}
			})
			w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
			w.put("p")
			w.objects("p", "o", cia)
			voice(w, "c", ben)
			w.consents("p", ana)
			says = outcome
			last(w)
			require.Equal(t, stage, w.stage(proposal.ID("p")))
			w.replays()
		}
	}
}

// TestMetByAnOlderVersion: an objection that was met by a version, after which another was written, is to be met again, and
// nobody is asked to accept or confirm what is not put to them any more (M-138, M-166).
func TestMetByAnOlderVersion(t *testing.T) {
	solvedByBoth := byForm
	for name, m := range map[string]consent.Method{"plain": {}, "said back": {Confirm: true}, "solved by both": {Objections: solvedByBoth}} {
		w := handled(t, nil, m)
		w.put("p")
		w.objects("p", "o", cia)
		w.objects("p", "o-2", ben)
		w.consents("p", ana)
		for i, met := range []objection.ID{"o", "o-2"} {
			if m.Confirm {
				w.must(ana, objection.Restate{Objection: met, Statement: text("Nobody bakes")})
				w.must([]circle.PersonID{cia, ben}[i], objection.Confirm{Objection: met})
			}
			w.must(ana, consent.Integrate{Proposal: "p", Text: text("Every second Sunday, " + string(met)), Meets: []consent.Meets{{Objection: met, Tools: []circle.Tool{circle.Amend}}}})
		}
		w.engine.Look(func(s *consent.State) {
			require.Equal(t, objection.StatusMet, s.Objections.Objection("o").Status, name)
			require.Equal(t, 2, s.Objections.Objection("o").In, name)
		})
		require.Equal(t, "consent.integrate", w.engine.Next("p")[0].What, name)
		w.replays()
	}
}

// TestOnlyWhoFacilitatesAmends: M-139. Where the method leaves the text to who facilitates, nobody else writes a
// version.
func TestOnlyWhoFacilitatesAmends(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ben, Secretary: cia}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Amenders: consent.ByFacilitator}}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.submit("p")
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	meets := consent.Integrate{Proposal: "p", Text: text("Open on Sundays from ten"), Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}}
	w.no(consent.NotFacilitating, ana, meets)
	w.must(ben, meets)
	w.replays()
}
