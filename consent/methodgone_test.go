package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/proposal"
)

// TestMethodThatTheHostTookAway: where a circle decides by a method that this engine does not know
// any more, nothing new is put there and nothing comes there from a circle that ends; what runs goes
// on by the method with which it began (M-210).
func TestMethodThatTheHostTookAway(t *testing.T) {
	own := consent.Plain
	own.Name = "own"
	w := emptyWorld(t, func(c *consent.Config) { c.Methods = []consent.Method{own} })
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{ana}, Rules: circle.Rules{Method: "own"},
		Domain: []circle.Item{{ID: "baking", Text: text("Baking")}}})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Rye"), Members: []circle.PersonID{ana}, Rules: circle.Rules{Method: "plain"}, Domain: []circle.Item{{ID: "rye", Of: "baking"}}})
	w.put("old")
	w.consents("old", ana)
	w.put("runs")
	w.must(ana, proposal.Submit{ID: "inner", Circle: nook, Text: text("More rye")})
	w.open()

	gone := "Nobody knows the method own."
	w.refuses(
		denial{ana, proposal.Submit{ID: "new", Circle: den, Text: text("Open on Mondays")}, consent.UnknownMethod, gone},
		denial{ana, proposal.Revise{Proposal: "old", Text: text("Open on Mondays")}, consent.UnknownMethod, gone},
	)
	w.consents("runs", ana)
	require.Equal(t, consent.StageAdopted, w.stage("runs"))
	judged := eventOf[*consent.Judged](t, w.asksIn("ends", den, []circle.PersonID{ana}, circle.Dissolve{Change: "c", Circle: nook}))
	require.Equal(t, consent.ResultPending, judged.Outcome)
	require.Equal(t, consent.Reason{Code: "cannot-enact", Got: gone}, judged.Why[len(judged.Why)-1])
	require.Equal(t, consent.StageIntake, w.stage("inner"), "nook is there, and so is what it decides on")
	w.replays()

	w.open(func(c *consent.Config) { c.Methods = []consent.Method{own} })
	w.must(ana, proposal.Revise{Proposal: "old", Text: text("Open on Mondays")})
}

// TestRuleThatTheHostTookAway: the same holds for a method whose rule is not there any more.
func TestRuleThatTheHostTookAway(t *testing.T) {
	own := consent.Plain
	own.Name, own.Rule = "own", schulze
	methods := func(c *consent.Config) { c.Methods = []consent.Method{own} }
	w := newWorld(t, setting{Full: 3}, methods, func(c *consent.Config) { c.Rules = rule.Stock() })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.open(methods)
	w.no(consent.UnknownRule, ana, proposal.Submit{ID: "p", Circle: den, Text: text("Which day?"), Options: offered("mon", "sun")})
	w.replays()
}

// TestRuleIsGone: S9. Where a method's own rule is not at hand any more, all that was decided is as it was; no
// question is put by it, none comes to an end, and each refusal says which rule it was.
func TestRuleIsGone(t *testing.T) {
	says := consent.Pending
	w := declining(t, nil, &says)
	w.submit("before")
	w.put("p")
	w.consents("p", ana, ben)
	other := w.second(func(c *consent.Config) { c.Methods = []consent.Method{{Name: "own", Rule: ownRule}} })
	_, refused := other.give(ana, submission("q"))
	require.NotNil(t, refused)
	require.Contains(t, refused.Error(), ownRule.Kind)
	other.no(consent.UnknownRule, ana, consent.Ask{ID: "how", Circle: den, Question: text("By our own?"), Enacts: []circle.Deed{consent.ChooseMethod{Proposal: "before", Method: "own"}}})
	_, refused = other.give(cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, refused, "what people say is kept")
	require.Equal(t, consent.StageDecide, other.stage("p"), "and decides nothing")
	_, err := other.engine.Explain(t.Context(), "p")
	require.NoError(t, err, "what was decided is told in words all the same")
	other.replays()
}

// TestBallotWhoseRuleIsGone: S9, M-191. No ballot is called by a rule that is not at hand any more; one that runs is not counted,
// and loses no vote that was given.
func TestBallotWhoseRuleIsGone(t *testing.T) {
	m := consent.Method{Name: "own", Rule: consent.Plain.Rule, Stuck: consent.GoesToBallot, Fallback: ownRule}
	says := consent.Pending
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Methods, c.Rules = []consent.Method{m}, consent.Kinds{ownRule: func(string) (consent.Rule, error) { return verdictRule{&says}, nil }}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.stuck("p", "o")
	without := func() *world {
		return w.second(func(c *consent.Config) { c.Methods = []consent.Method{m} })
	}
	without().no(consent.UnknownRule, ana, vote)
	w.must(ana, vote)
	w.consents("p", ana, ben)
	other := without()
	other.no(consent.UnknownRule, cia, consent.Respond{Proposal: "p", Answer: consent.Against})
	require.Equal(t, consent.StageBallot, other.stage("p"))
	says = consent.Carried
	w.consents("p", cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}
