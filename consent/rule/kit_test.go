package rule_test

import (
	"fmt"
	"testing"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
	"github.com/sayround/sayround/consent/rule"
)

// elections are the rules that choose among options, with what is claimed of
// each.
var elections = []struct {
	rule   consent.Rule
	claims consenttest.Claims
}{
	{rule.Plurality{}, consenttest.Claims{Homogeneous: true, Monotone: true, Participation: true}},
	{rule.Borda{}, consenttest.Claims{Homogeneous: true, Monotone: true, Participation: true}},
	{rule.Borda{Points: rule.Dowdall}, consenttest.Claims{Homogeneous: true, Monotone: true, Participation: true}},
	{rule.Bucklin{}, consenttest.Claims{Homogeneous: true, Monotone: true}},
	{rule.Schulze{}, consenttest.Claims{Homogeneous: true, Monotone: true, Condorcet: true}},
	{rule.RankedPairs{}, consenttest.Claims{Homogeneous: true, Monotone: true, Condorcet: true}},
	{rule.Minimax{}, consenttest.Claims{Homogeneous: true, Monotone: true, Condorcet: true, Participation: true}},
	{rule.Copeland{}, consenttest.Claims{Homogeneous: true, Monotone: true, Condorcet: true}},
	{rule.Kemeny{}, consenttest.Claims{Homogeneous: true, Monotone: true, Condorcet: true}},
	{rule.Runoff{}, consenttest.Claims{Homogeneous: true, Participation: true}},
	{rule.Score{}, consenttest.Claims{Homogeneous: true, Monotone: true, Participation: true}},
	{rule.MajorityJudgment{}, consenttest.Claims{Monotone: true}}, // twice as many have another lower median
	{rule.Star{}, consenttest.Claims{Homogeneous: true, Monotone: true}},
	{rule.ReweightedRange{Places: 2, Best: 5}, consenttest.Claims{Homogeneous: true}},
	{rule.ScottishSTV{Places: 2}, consenttest.Claims{}}, // the quota is cut to a whole number
	{rule.GregorySTV{Places: 2}, consenttest.Claims{}},
	{rule.MeekSTV{Places: 2}, consenttest.Claims{}},
	{rule.Committee{By: rule.Proportional, Places: 2}, consenttest.Claims{Homogeneous: true}},
	{rule.Committee{By: rule.Loads, Places: 2}, consenttest.Claims{Homogeneous: true}},
	{rule.Committee{By: rule.EqualShares, Places: 2}, consenttest.Claims{Homogeneous: true}},
}

// Every election passes the kit with its claims.
func TestElectionsPassTheKit(t *testing.T) {
	for _, e := range elections {
		t.Run(fmt.Sprintf("%T%+v", e.rule, e.rule), func(t *testing.T) {
			c := e.claims
			_, meek := e.rule.(rule.MeekSTV)
			c.Options, c.Weights, c.Anonymous, c.Neutral, c.WeightSplitting, c.Runs = true, true, true, true, !meek, 400/thinner
			consenttest.TestRule(t, e.rule, c)
		})
	}
}

// A stricter majority adopts nothing that a laxer one does not.
func TestStricterMajorities(t *testing.T) {
	for name, r := range map[string]struct {
		lax      rule.Majority
		stricter []rule.Majority
	}{
		"two thirds": {rule.SuperMajority, []rule.Majority{{Share: "2/3"}, {Share: "3/4", NotLess: true}}},
		"a quorum":   {rule.Majority{Quorum: "1/2"}, []rule.Majority{{Quorum: "3/4"}, {Quorum: "1/2", Share: "2/3"}}},
		"a half":     {rule.SimpleMajority, []rule.Majority{rule.AbsoluteMajority, {Of: rule.Answered}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := consenttest.Claims{Weights: true, Runs: 300}
			for _, s := range r.stricter {
				c.Stricter = append(c.Stricter, s.Vote())
			}
			consenttest.TestRule(t, r.lax.Vote(), c)
		})
	}
}
