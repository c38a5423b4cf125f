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

// TestWhoSaysItBack: an objection is said back by who facilitates and takes part in full; where who
// wears the hat only learns, by any full participant (EC-34).
func TestWhoSaysItBack(t *testing.T) {
	for wears, who := range map[circle.PersonID][]circle.PersonID{ana: {ana}, lou: {ana, ben, cia}} {
		w := walking(t, nil, setting{Full: 3, Facilitator: wears}, func(c *consent.Config) {
			c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Confirm: true}}
		})
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
		w.submit("p")
		w.must(wears, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.objects("p", "o", cia)
		w.consents("p", ana, ben)
		require.Equal(t, []consent.Awaited{{Who: who, What: "objection.restate", Of: "p"}}, w.engine.Next("p"), "%s facilitates", wears)
	}
}

// TestWhoOpensWhereOneDecides: where the proposer alone decides, and can, the next round is opened
// as everywhere; nobody is asked what becomes of the proposal.
func TestWhoOpensWhereOneDecides(t *testing.T) {
	w := byOwn(t, nil, consent.Method{Name: "own", Rule: consent.Plain.Rule, Decider: true, Phases: []consent.RoundKind{consent.ReactRound}})
	w.submit("p")
	next := w.engine.Next("p")
	require.Len(t, next, 1)
	require.Equal(t, "consent.open-round", next[0].What)
	require.Contains(t, next[0].Who, ana)
}

// TestNotContested: who may contest what was written down for them is told so only where something was.
func TestNotContested(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	contests := func() bool {
		list, err := w.engine.Permitted(cia, "p")
		require.NoError(t, err)
		return slices.ContainsFunc(list, func(p consent.Permission) bool { return p.Command == consent.Contest{}.Wire() })
	}
	require.False(t, contests())
	_, no := w.giveAs(circle.Actor{By: cia, RecordedBy: ben}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, no)
	require.True(t, contests())
}

// TestMeetsItsOwn: a new text meets the objections that stand against it, and none that stands
// against another or stands no more.
func TestMeetsItsOwn(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("q", "other")
	w.stuck("p", "o")
	c := consent.Integrate{Proposal: "p", Text: text("Every second Sunday"), Meets: []consent.Meets{{Objection: "other", Tools: []circle.Tool{circle.Amend}}}}
	w.no(consent.NotOfThis, ana, c)
	w.meets("p", "o")
}

// TestRulesLookedAt: whichever way a program writes it, the decision to look at a rule is not warned
// that the rule is overdue, and any other is (CP-30).
func TestRulesLookedAt(t *testing.T) {
	look := circle.ReviewRules{Circle: den, Rules: []circle.RuleName{"absence"}}
	for _, c := range []struct {
		enacts []circle.Deed
		warned bool
	}{{[]circle.Deed{look}, false}, {[]circle.Deed{&look}, false}, {nil, true}} {
		w := newWorld(t, setting{Full: 3})
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Review: []circle.RuleReview{{Rule: "absence", Every: months}}}})
		w.at(w.now.AddDate(0, 4, 0))
		w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Do we keep it?"), Enacts: c.enacts})
		adopted := eventOf[*proposal.Adopted](t, w.consents("q", ana, ben, cia))
		require.Equal(t, c.warned, len(adopted.Warnings) > 0)
	}
}

// gentle is a rule that is asked about each answer, and has nothing against it.
type gentle struct{ consent.ByConsent }

func (gentle) Admit(consent.Case, consent.Answer) error { return nil }

// TestConsentUnderARuleThatAdmits: where a rule has a word to say about answers, who consents is counted as
// everywhere, and not while their own objection stands.
func TestConsentUnderARuleThatAdmits(t *testing.T) {
	name := consent.RuleName{Kind: "gentle", Version: 1}
	w := walking(t, nil, setting{Full: 3}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: name}}
		c.Rules = consent.Kinds{name: func(string) (consent.Rule, error) { return gentle{}, nil }}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.put("p")
	w.objects("p", "o", cia)
	w.no(consent.OwnObjection, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(cia, objection.Withdraw{Objection: "o"})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}
