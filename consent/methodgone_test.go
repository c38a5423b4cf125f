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
