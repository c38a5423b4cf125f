package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// stuckOn has an objection that stands, in a circle with these rules.
func stuckOn(t *testing.T, wk *walk, m consent.Method, rules circle.Rules) *world {
	t.Helper()
	w := stuckUnder(t, wk, m, rules, false)
	w.objected()
	return w
}

// meetOn holds a meeting of nook on the proposal.
func (w *world) meetOn(id consent.MeetingID) {
	w.t.Helper()
	w.must(ana, consent.CallMeeting{ID: id, Circle: nook, At: w.now, Items: []proposal.ID{"p"}})
	w.must(ana, consent.OpenMeeting{Meeting: id, Present: []circle.PersonID{ana}})
	w.must(ana, consent.CloseMeeting{Meeting: id})
}

// rulesOn puts a broader circle's answer, and lets it consent.
func (w *world) rulesOn(id proposal.ID, r consent.RuleOn) {
	w.t.Helper()
	w.must(ana, consent.Ask{ID: id, Circle: den, Question: text("What do we answer?"), Enacts: []circle.Deed{r}})
	w.consents(id, ana, ben, cia)
}

var (
	up   = consent.Escalate{Proposal: "p", Reason: reason}
	vote = consent.CallBallot{Proposal: "p", Reason: reason}
	goes = consent.Method{Stuck: consent.GoesUp}
)

// walkBefore: what a circle has agreed to do before a question goes further:
// so many meetings, by its Facilitator alone, after a mediation (EC-43), and a
// vote after a share of it has said that it is deadlocked (M-192).
func walkBefore(t *testing.T, wk *walk) {
	w := stuckOn(t, wk, goes, circle.Rules{Stuck: circle.Stuck{Meetings: 2}})
	w.no(consent.TriedTooLittle, ana, up)
	w.meetOn("m-1")
	w.no(consent.TriedTooLittle, ana, up)
	w.meetOn("m-2")
	w.must(ana, up)
	w.replays()

	w = stuckOn(t, wk, goes, circle.Rules{Stuck: circle.Stuck{Mediation: week}})
	w.no(consent.MediationFirst, ana, up)
	w.no(consent.NoMediation, ben, consent.ReportMediation{Proposal: "p", Report: reason})
	w.no(consent.OwnProposal, ana, consent.Mediate{Proposal: "p", Mediator: ana})
	w.no(consent.OwnPart, ana, consent.Mediate{Proposal: "p", Mediator: cia})
	w.no(circle.UnknownPerson, ana, consent.Mediate{Proposal: "p", Mediator: "nobody"})
	w.must(ana, consent.Mediate{Proposal: "p", Mediator: gus})
	w.no(consent.Mediates, ana, consent.Mediate{Proposal: "p", Mediator: ben})
	w.no(consent.MediationFirst, ana, up)
	w.no(consent.NotMediator, ben, consent.ReportMediation{Proposal: "p", Report: reason})
	w.must(gus, consent.ReportMediation{Proposal: "p", Report: reason})
	w.must(ana, up)
	w.replays()

	w = stuckOn(t, wk, consent.Method{Stuck: consent.GoesToBallot, Fallback: voting}, circle.Rules{Stuck: circle.Stuck{Deadlock: circle.Share{Part: 2, Of: 3}}})
	w.no(consent.DeadlockFirst, ana, vote)
	w.no(consent.NotFull, gus, consent.CallDeadlock{Proposal: "p"})
	w.must(ana, consent.CallDeadlock{Proposal: "p", Reason: reason})
	w.no(consent.DeadlockSaid, ana, consent.CallDeadlock{Proposal: "p"})
	w.no(consent.DeadlockFirst, ana, vote)
	w.must(ben, consent.CallDeadlock{Proposal: "p"})
	w.replays()
	w.must(ana, vote)
	w = stuckOn(t, wk, goes, circle.Rules{})
	w.no(consent.NoDeadlockRule, ana, consent.CallDeadlock{Proposal: "p"})
}

// walkTaken: the broader circle takes the matter as its own: it ends here and
// begins there under the same name, and the objections went along (EC-43).
func walkTaken(t *testing.T, wk *walk) {
	w := stuckOn(t, wk, goes, circle.Rules{})
	r := w.must(ana, up)
	packet := r.Events[0].(*consent.Escalated).Packet
	require.Equal(t, []consent.Argued{{Objection: "o", By: cia, Version: 1, Status: "raised"}}, packet.Objections)
	w.rulesOn("rule", consent.RuleOn{Proposal: "p", Ruling: consent.RulesTake, Answer: reason})
	require.Equal(t, consent.StageIntake, w.stage("p"))
	w.engine.Look(func(s *consent.State) { require.Equal(t, den, s.Process("p").Circle) })
	w.replays()
}

// TestBindingAnswer: an answer that binds is more than advice: each version is
// held against it before the question is put again (M-188).
func TestBindingAnswer(t *testing.T) {
	for _, binding := range []bool{false, true} {
		w := stuckOn(t, nil, goes, circle.Rules{})
		w.must(ana, up)
		w.rulesOn("rule", consent.RuleOn{Proposal: "p", Ruling: consent.RulesReturn, Answer: reason, Binding: binding})
		w.meets("p", "o")
		put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
		if binding {
			w.no(consent.ConflictsFirst, ana, put)
			w.must(ben, proposal.CheckConflicts{Proposal: "p", Version: 2, Clear: true})
		}
		w.must(ana, put)
		w.replays()
	}
}

// TestFacilitatorAlone: where the circle has agreed so, its Facilitator alone
// passes a question on, as long as it has one (EC-43).
func TestFacilitatorAlone(t *testing.T) {
	alone := circle.Rules{Stuck: circle.Stuck{Facilitator: true}}
	w := stuckOn(t, nil, goes, alone)
	w.must(ben, up)                                     // there is none
	w = stuckUnder(t, nil, goes, circle.Rules{}, false) // it has not agreed so
	w.must(ana, consent.Ask{ID: "hats", Circle: nook, Question: text("Who does what?"), Enacts: []circle.Deed{
		circle.CreateRole{ID: "nook-facilitator", Circle: nook, Hat: circle.Facilitator}, circle.GiveRole{Role: "nook-facilitator", Person: ana},
		circle.CreateRole{ID: "nook-leader", Circle: nook, Hat: circle.Leader}, circle.GiveRole{Role: "nook-leader", Person: ben}}})
	w.consents("hats", ana, ben, cia)
	w.objected()
	w.must(ben, up)
	w = stuckUnder(t, nil, goes, alone, false)
	w.must(ana, consent.Ask{ID: "hats", Circle: nook, Question: text("Who does what?"), Enacts: []circle.Deed{
		circle.CreateRole{ID: "nook-facilitator", Circle: nook, Hat: circle.Facilitator}, circle.GiveRole{Role: "nook-facilitator", Person: ana},
		circle.CreateRole{ID: "nook-leader", Circle: nook, Hat: circle.Leader}, circle.GiveRole{Role: "nook-leader", Person: ben}}})
	w.consents("hats", ana, ben, cia)
	w.objected()
	w.no(consent.ForFacilitator, ben, up)
	permitted, err := w.engine.Permitted(ben, "p")
	require.NoError(t, err)
	for _, p := range permitted {
		if p.Command == up.Wire() {
			require.ErrorContains(t, p.Refused, "the Facilitator alone")
		}
	}
	w.must(ana, up)
}

// TestMediatorWhoIsSilent: a mediator who does not report holds nobody up when
// the time is over.
func TestMediatorWhoIsSilent(t *testing.T) {
	w := stuckOn(t, nil, goes, circle.Rules{Stuck: circle.Stuck{Mediation: week}})
	w.must(ana, consent.Mediate{Proposal: "p", Mediator: gus})
	require.Contains(t, whatIsDue(w), "mediation-report")
	require.Equal(t, "consent.report-mediation", w.engine.Next("p")[0].What)
	again := consent.Mediate{Proposal: "p", Mediator: ben}
	w.later(7*24*time.Hour - time.Second)
	w.no(consent.MediationFirst, ana, up)
	w.no(consent.Mediates, ana, again)
	w.later(time.Second)
	w.must(ana, consent.AskFeedback{Proposal: "p", Person: ben})
	require.NotEqual(t, "consent.report-mediation", w.engine.Next("p")[0].What, "their time is over")
	w.must(ana, again) // somebody else may try
	w.no(consent.Mediates, ana, consent.Mediate{Proposal: "p", Mediator: gus})
	w.later(7 * 24 * time.Hour)
	w.must(ana, up)
}

// TestLastWordAsItStood: who has the last word on a question was agreed when its case was opened; a later agreement is for
// later cases (M-189, M-256).
func TestLastWordAsItStood(t *testing.T) {
	w := walking(t, nil, setting{Full: 3}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Stuck: consent.GoesUp}}
	})
	last := func(who circle.PersonID) circle.AgreeRules {
		return circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Stuck: circle.Stuck{Last: circle.LastWord{By: circle.ByArbitration, Arbiter: who}}}}
	}
	w.must(host, last(gus))
	w.submit("p")
	w.agree3("other", last(lou))
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	w.must(ana, up)
	require.Equal(t, []circle.PersonID{gus}, w.engine.Next("p")[0].Who)
	w.replays()
}

// TestWarnings: an organisation is warned when its broadest circle has nobody who has the last word, or somebody who is not there;
// where nothing was founded, or nobody is asked, there is nothing to warn of (M-189).
func TestWarnings(t *testing.T) {
	require.Empty(t, emptyWorld(t).engine.Warnings())
	for name, c := range map[string]struct {
		last  circle.LastWord
		stuck consent.Stuck
		ends  bool
		want  []string
	}{
		"nobody":                 {circle.LastWord{}, consent.GoesUp, false, []string{"no-last-word"}},
		"nobody is asked":        {circle.LastWord{}, consent.GoesToMeeting, false, nil},
		"a vote":                 {circle.LastWord{By: circle.ByVote, Share: circle.Share{Part: 2, Of: 3}}, consent.GoesUp, false, nil},
		"a panel":                {circle.LastWord{By: circle.ByPanel, Panel: pen}, consent.GoesUp, false, nil},
		"a panel that has ended": {circle.LastWord{By: circle.ByPanel, Panel: pen}, consent.GoesUp, true, []string{"last-word-gone"}},
		"a panel that is not":    {circle.LastWord{By: circle.ByPanel, Panel: "gone"}, consent.GoesUp, false, []string{"last-word-gone"}},
		"an arbiter":             {circle.LastWord{By: circle.ByArbitration, Arbiter: gus}, consent.GoesUp, false, nil},
		"an arbiter who is not":  {circle.LastWord{By: circle.ByArbitration, Arbiter: "gone"}, consent.GoesUp, false, []string{"last-word-gone"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := walking(t, nil, setting{Full: 3}, func(config *consent.Config) {
				config.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Stuck: c.stuck}}
			})
			w.must(host, circle.Open{ID: pen, Parent: den, Aim: text("Flour"), Members: []circle.PersonID{gus}, Domain: []circle.Item{{ID: "flour", Of: "baking"}}})
			w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Stuck: circle.Stuck{Last: c.last}}})
			if c.ends {
				w.agree3("end", circle.Dissolve{Circle: pen})
			}
			var got []string
			for _, warning := range w.engine.Warnings() {
				require.Equal(t, den, warning.Of)
				got = append(got, warning.Code)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// TestLastWord: the broadest circle, which nobody stands above, has agreed who
// decides when it finds no consent (M-189).
func TestLastWord(t *testing.T) {
	stuckAtRoot := func(last circle.LastWord) *world {
		w := walking(t, nil, setting{Full: 3}, func(c *consent.Config) {
			c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Stuck: consent.GoesUp}}
		})
		w.must(host, circle.Open{ID: pen, Parent: den, Aim: text("Flour"), Members: []circle.PersonID{gus}, Domain: []circle.Item{{ID: "flour", Of: "baking"}}})
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Stuck: circle.Stuck{Last: last}}})
		w.stuck("p", "o")
		return w
	}
	rule := consent.RuleOn{Proposal: "p", Ruling: consent.RulesAdopt, Answer: reason}

	w := stuckAtRoot(circle.LastWord{})
	require.Equal(t, "no-last-word", w.engine.Warnings()[0].Code, "its absence is reported")
	w.no(consent.NoBroader, ana, up)
	w.no(consent.NotThisWay, ana, vote)

	w = stuckAtRoot(circle.LastWord{By: circle.ByVote, Share: circle.Share{Part: 2, Of: 3}})
	require.Empty(t, w.engine.Warnings())
	w.no(consent.VotesInstead, ana, up)
	_, refused := w.give(ana, consent.Declare{Proposal: "p", Outcome: consent.DeclaresAdopted, Reason: reason})
	require.Equal(t, "The method own has no consent.declare. When the circle is stuck, there is consent.call-ballot.", refused.Error())
	w.must(ana, vote)
	w.consents("p", ana, ben)
	w.must(cia, consent.Respond{Proposal: "p", Answer: consent.Against})
	require.Equal(t, consent.StageAdopted, w.stage("p"), "exactly two of three")
	w.replays()

	w = stuckAtRoot(circle.LastWord{By: circle.ByArbitration, Arbiter: gus})
	w.must(ana, up)
	require.Equal(t, []circle.PersonID{gus}, w.engine.Next("p")[0].Who)
	w.no(consent.NotArbiter, ana, rule)
	w.no(consent.NotArbiter, ana, up)
	w.no(consent.NobodyTakes, gus, consent.RuleOn{Proposal: "p", Ruling: consent.RulesTake, Answer: reason})
	w.must(gus, rule)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = stuckAtRoot(circle.LastWord{By: circle.ByArbitration, Arbiter: cia})
	w.no(consent.OwnPart, ana, up)
	w = stuckAtRoot(circle.LastWord{By: circle.ByArbitration, Arbiter: ana})
	w.no(consent.OwnProposal, ben, up)
	w = stuckAtRoot(circle.LastWord{By: circle.ByArbitration, Arbiter: "gone"})
	require.Equal(t, "last-word-gone", w.engine.Warnings()[0].Code)
	w.no(circle.UnknownPerson, ana, up)

	w = stuckAtRoot(circle.LastWord{By: circle.ByPanel, Panel: pen})
	w.must(ana, up)
	w.no(consent.NotBefore, ana, consent.Ask{ID: "own", Circle: den, Question: text("?"), Enacts: []circle.Deed{rule}})
	w.must(gus, consent.Ask{ID: "rule", Circle: pen, Question: text("?"), Enacts: []circle.Deed{rule}})
	w.consents("rule", gus)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
	w = stuckAtRoot(circle.LastWord{By: circle.ByPanel, Panel: "gone"})
	w.no(consent.NoBroader, ana, up)
	w = stuckAtRoot(circle.LastWord{By: circle.ByPanel, Panel: pen})
	w.agree3("end", circle.Dissolve{Circle: pen})
	w.no(consent.NoBroader, ana, up)
}

// TestMediationWithoutATime: methods §2.3 T22. A circle that has not said how long mediation may take gives it
// the 90 days of the W3C.
func TestMediationWithoutATime(t *testing.T) {
	w := stuckOn(t, nil, goes, circle.Rules{})
	began := eventOf[*consent.MediationBegan](t, w.must(ana, consent.Mediate{Proposal: "p", Mediator: gus}))
	require.Equal(t, w.now.AddDate(0, 0, 90), began.Until)
	w.replays()
}

// TestDeclaredWhatCannotBe: M-154. Who chairs adopts nothing that cannot be carried out any more.
func TestDeclaredWhatCannotBe(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{Chair: true, Stuck: consent.GoesToChair}, false)
	clerk := circle.CreateRole{ID: "clerk", Circle: nook, Name: text("Clerk")}
	w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("A clerk"), Term: months, Enacts: []circle.Deed{clerk}})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.objects("q", "o", cia)
	w.consents("q", ana, ben)
	w.asksIn("clerk", nook, []circle.PersonID{ana, ben, cia}, clerk)
	w.no(circle.TakenID, ben, consent.Declare{Proposal: "q", Outcome: consent.DeclaresAdopted, Reason: reason})
	w.replays()
}
