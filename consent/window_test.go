package consent_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

const day = 24 * time.Hour

// decidingBy has a circle of three that decides by a method.
func decidingBy(t *testing.T, wk *walk, method string) *world {
	t.Helper()
	return walking(t, wk, setting{Full: 3, Rules: circle.Rules{Method: circle.Name(method)}})
}

// byOwn has a circle that decides by a method of its host's.
func byOwn(t *testing.T, wk *walk, m consent.Method) *world {
	t.Helper()
	require.NoError(t, m.Check())
	w := walking(t, wk, setting{Full: 3}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: circle.Name(m.Name)}})
	return w
}

// walkWindow uses what a window brings.
func walkWindow(t *testing.T, wk *walk) {
	w := decidingBy(t, wk, "lazy-consensus") // nobody says anything
	w.put("p")
	w.no(consent.WindowRuns, ana, consent.CloseRound{Proposal: "p"})
	w.no(consent.WindowRuns, ana, consent.Skip{Proposal: "p", Person: cia})
	w.must(ben, consent.Acknowledge{Proposal: "p"})
	w.no(consent.SpokenAlready, ben, consent.Acknowledge{Proposal: "p"})
	w.later(72*time.Hour - time.Second)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.later(time.Second)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = decidingBy(t, wk, "lazy-consensus") // an objection holds it up, until its raiser takes it back
	w.put("p")
	w.objects("p", "o", cia)
	w.later(72 * time.Hour)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.must(cia, objection.Withdraw{Objection: "o"})
	require.Equal(t, consent.StageDecide, w.stage("p"), "who withdrew has not answered")
	w.consents("p", cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))

	w = decidingBy(t, wk, "lazy-consensus") // a new text is asked anew
	w.put("p")
	w.objects("p", "o", cia)
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Every second Sunday")})
	require.Equal(t, consent.StageIntake, w.stage("p"))
	w.no(consent.NotSolvedYet, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(cia, objection.Withdraw{Objection: "o"})
	w.no(consent.NotNow, ana, consent.ExtendWindow{Proposal: "p"})

	w = decidingBy(t, wk, "plain") // there is none
	w.put("p")
	w.no(consent.NoWindow, ana, consent.ExtendWindow{Proposal: "p"})

	w = decidingBy(t, wk, "holacracy-async") // an objection in the window
	w.put("p")
	w.objects("p", "o", cia)
	w.later(7 * day)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.no(consent.NotAmender, ben, consent.Integrate{Proposal: "p", Text: text("Every second Sunday"),
		Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}})

	w = byOwn(t, wk, consent.Method{Name: "short", Rule: consent.Settle{Support: 3}.Name(), // nobody comes
		Window: consent.Window{For: circle.MustPeriod("1d"), Silence: consent.SilenceExcluded, Lapses: true, Extensions: 1, By: circle.MustPeriod("1d")}})
	w.put("p")
	w.must(ana, consent.ExtendWindow{Proposal: "p", Reason: text("It is Easter")})
	w.no(consent.ExtendedEnough, ana, consent.ExtendWindow{Proposal: "p"})
	w.later(2*day - time.Second)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.later(time.Second)
	require.Equal(t, consent.StageNotAdopted, w.stage("p"))
	w.replays()
	walkSponsors(t, wk)
}

// walkSponsors uses what comes before the question.
func walkSponsors(t *testing.T, wk *walk) {
	w := byOwn(t, wk, consent.Method{Name: "backed", Sponsors: 1, Rule: consent.Plain.Rule})
	w.submit("p")
	w.no(consent.SponsorsFirst, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.SponsoredAlready, ana, consent.Sponsor{Proposal: "p"})
	w.must(lou, consent.Sponsor{Proposal: "p"})
	w.no(consent.SponsoredAlready, lou, consent.Sponsor{Proposal: "p"})
	w.no(consent.CircleDecides, ana, consent.ChooseMethod{Proposal: "p", Method: "advice"})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Does ana decide this one, after our advice?"),
		Enacts: []circle.Deed{consent.ChooseMethod{Proposal: "p", Method: "advice"}}})
	w.consents("q", ana, ben, cia)
	require.Equal(t, "advice", w.process("p").Method.Name)
	w.no(consent.NotAPhase, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.talkOn("p", consent.ReactRound)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.NoConsentRight, ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.consents("p", ana)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestAdviceIsTold: where one person decides after the others were heard, what these said is
// told as their advice, however the case came to be decided so; of a case beside it that all
// decide it is not (M-149).
func TestAdviceIsTold(t *testing.T) {
	heard := consent.Plain
	heard.Name, heard.Phases = "own", []consent.RoundKind{consent.ReactRound}
	w := byOwn(t, nil, heard)
	w.submit("p")
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Does ana decide this one?"),
		Enacts: []circle.Deed{consent.ChooseMethod{Proposal: "p", Method: "advice"}}})
	w.consents("q", ana, ben, cia)
	w.talkOn("p", consent.ReactRound)
	w.must(ana, proposal.Submit{ID: "r", Circle: den, Text: text("Open on Mondays")})
	w.talkOn("r", consent.ReactRound)
	for id, advised := range map[proposal.ID]bool{"p": true, "r": false} {
		told, err := w.engine.Explain(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, advised, strings.Contains(fmt.Sprint(told), "gave advice"), "%v", told)
	}
	opened := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "advice"}})
	opened.submit("p")
	opened.talkOn("p", consent.ReactRound)
	told, err := opened.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(told), "gave advice")
}

// walkQuiet uses the quiet time between agreement and effect.
func walkQuiet(t *testing.T, wk *walk) {
	w := decidingBy(t, wk, "final-comment") // restart
	w.put("p")
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(cia, consent.Acknowledge{Proposal: "p"})
	w.no(consent.WindowRuns, ana, consent.CloseRound{Proposal: "p"})
	w.later(9 * day)
	w.objects("p", "o", cia)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.later(20 * day)
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Every second Sunday")})
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.must(cia, objection.Withdraw{Objection: "o"})
	require.Equal(t, consent.StageLastCall, w.stage("p"), "answers stand for the new version")
	w.later(10*day - time.Second)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.later(time.Second)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = decidingBy(t, wk, "optimistic") // runs on; two stop it
	w.put("p")
	w.objects("p", "o", cia)
	w.later(7 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.objects("p", "o-2", ben)
	w.must(ben, objection.Withdraw{Objection: "o-2"})
	w.objects("p", "o-3", ben)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.later(2 * day)
	require.Equal(t, consent.StageNotAdopted, w.stage("p"), "two by the deadline stop it")
	w.replays()

	w = byOwn(t, wk, consent.Method{Name: "matrix", Rule: consent.Settle{Most: true, Missing: 2}.Name(), // runs on, and does not finish
		LastCall: circle.MustPeriod("5d"), Clock: consent.RunsOn, Keep: true, Objections: objection.Handling{Solved: objection.ByRaiser}})
	w.put("p")
	w.consents("p", ana, ben)
	w.objects("p", "o", cia)
	w.later(8 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"), "nothing is adopted while it stands")
	w.must(cia, objection.Withdraw{Objection: "o"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = byOwn(t, wk, consent.Method{Name: "two", Rule: consent.Settle{Support: 2}.Name(), // nothing but the objection held it up
		Objections: objection.Handling{Solved: objection.ByRaiser}})
	w.put("p")
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.must(cia, objection.Withdraw{Objection: "o"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))

	w = byOwn(t, wk, consent.Method{Name: "absentees", Present: true, Rule: consent.Plain.Rule, // stop
		LastCall: circle.MustPeriod("14d"), Clock: consent.Stops})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana, ben)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.no(consent.ConsentedBefore, ben, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("I slept on it")})
	w.no(consent.NoConsentRight, lou, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("It is loud")})
	w.later(14*day - time.Second)
	w.objects("p", "o", cia)
	require.Equal(t, consent.StageIntegrate, w.stage("p"), "who was absent may still stop it (NS)")
	w.replays()
}

// TestSponsors: a proposal is decided when enough others stand behind it (M-94),
// and the circle may give it to one person, after advice (M-142, M-149).
func TestSponsors(t *testing.T) { walkSponsors(t, nil) }

// TestTextStands: while the question is open the text stays as it is (M-100), but
// where a method deals with objections beside the open question, and then the
// answers stand for the new text, visibly (M-136), and for a bounded time more
// (M-203; methods §8.18).
func TestTextStands(t *testing.T) {
	w := decidingBy(t, nil, "plain")
	w.submit("p")
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Every second Sunday")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.TextStands, ana, proposal.Amend{Proposal: "p", Text: text("Never")})

	w = byOwn(t, nil, consent.Method{Name: "list", Rule: consent.Settle{Support: 3}.Name(), Keep: true,
		Objections: objection.Handling{Solved: objection.ByRaiser},
		Window:     consent.Window{For: circle.MustPeriod("3d"), Extensions: 1, By: circle.MustPeriod("1d"), Lapses: true}})
	w.put("p")
	closes := w.process("p").Round.Closes
	w.consents("p", ben)
	w.later(3*day - time.Second)
	r := w.must(ana, proposal.Amend{Proposal: "p", Text: text("Every second Sunday")})
	require.Equal(t, []circle.PersonID{ben}, eventOf[*consent.AnswersKept](t, r).Who)
	require.Equal(t, closes.Add(day), w.process("p").Round.Closes, "a version posted before the deadline gives more time")
	w.later(day)
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Every third Sunday")})
	require.Equal(t, closes.Add(day), w.process("p").Round.Closes, "and no more than the cap")
	w.later(time.Second)
	require.Equal(t, consent.StageNotAdopted, w.stage("p"))
	w.replays()
}

// TestWindowIsEverybodys: that those at a meeting were heard, or that somebody
// objected there, ends nobody's time to answer (M-199).
func TestWindowIsEverybodys(t *testing.T) {
	atMeeting := func(method string, objects bool) *world {
		w := decidingBy(t, nil, method)
		w.submit("p")
		w.gather("m", []proposal.ID{"p"}, ana, ben)
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.consents("p", ana)
		if objects {
			w.objects("p", "o", ben)
		} else {
			w.consents("p", ben)
		}
		require.Equal(t, consent.StageDecide, w.stage("p"), "cia has her time")
		return w
	}
	w := atMeeting("lazy-consensus", false)
	w.later(72*time.Hour - time.Second)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.later(time.Second)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = atMeeting("holacracy-async", true)
	w.consents("p", cia)
	require.Equal(t, consent.StageIntegrate, w.stage("p"), "it ends early when everybody was heard")
}

// TestKeepLetsTheTextChange: where answers stand for a new version, there may be
// one while the question is open, whoever says that objections are solved (M-136).
func TestKeepLetsTheTextChange(t *testing.T) {
	w := decidingBy(t, nil, "rough-consensus")
	w.put("p")
	w.consents("p", ben)
	r := w.must(ana, proposal.Amend{Proposal: "p", Text: text("Every second Sunday")})
	require.Equal(t, []circle.PersonID{ben}, eventOf[*consent.AnswersKept](t, r).Who)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.later(21 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.replays()
}

// TestAnswerAfterTheQuietTime: when the quiet time is over and the rule is not
// satisfied, the answer that satisfies it settles the question (M-122).
func TestAnswerAfterTheQuietTime(t *testing.T) {
	w := decidingBy(t, nil, "rough-consensus")
	w.put("p")
	w.consents("p", ana)
	w.later(14 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.objects("p", "o", ben)
	w.must(ben, objection.Withdraw{Objection: "o"})
	w.later(14 * day)
	require.Equal(t, consent.StageLastCall, w.stage("p"), "one of two who took a side is in favour")
	w.consents("p", ben)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// eventOf finds the one event of its kind in a receipt.
func eventOf[E consent.Event](t *testing.T, r consent.Receipt) (found E) {
	t.Helper()
	n := 0
	for _, e := range r.Events {
		if e, ok := e.(E); ok {
			found = e
			n++
		}
	}
	require.Equal(t, 1, n)
	return found
}

// TestHybrid: phases in a round and the question in a window (M-209).
func TestHybrid(t *testing.T) {
	w := byOwn(t, nil, consent.Method{Name: "hybrid", Phases: []consent.RoundKind{consent.ClarifyRound}, Rule: consent.Plain.Rule,
		Window: consent.Window{For: circle.MustPeriod("3d"), Silence: consent.SilenceConsents, Early: true}})
	w.submit("p")
	w.no(consent.NotAPhase, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.talkOn("p", consent.ClarifyRound)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"), "early, since everybody was heard (M-202)")
	w.replays()
}

// TestNobodyBeginsTheTimeAnew: while the time to answer runs, the question is not
// put again, so that nobody who facilitates prolongs it without bound (M-203).
func TestNobodyBeginsTheTimeAnew(t *testing.T) {
	w := decidingBy(t, nil, "lazy-consensus")
	w.put("p")
	closes := w.process("p").Round.Closes
	w.consents("p", ana, ben, cia)
	w.no(consent.WindowRuns, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Equal(t, closes, w.process("p").Round.Closes)
	w.later(72 * time.Hour)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}
