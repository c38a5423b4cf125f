package rule_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
)

// notClaimed is what is not claimed of a vote, and why it cannot be. Of every
// other vote it is: what is certain is said at once, everybody twice comes to the
// same, a weight counts as that many seats, and a class is nothing.
var notClaimed = map[string]struct{ early, twice, weights, classes string }{
	"adaptive-quorum":              {early: "with roots any vote can turn it", twice: "roots are cut"},
	"advice":                       {twice: "so many people", weights: "people count"},
	"after":                        {early: "it waits"},
	"apache":                       {twice: "three of them", weights: "people count"},
	"approval-weighted":            {early: "it is asked at the end"},
	"approval-with-veto":           {twice: "so many people", weights: "people count", classes: "one class alone is binding"},
	"chambers":                     {classes: "each class decides"},
	"consensus":                    {twice: "so many people", weights: "people count"},
	"conviction":                   {early: "it grows with time"},
	"coop-resolution class rights": {weights: "one member, one vote", classes: "each class decides"},
	"coop-resolution written":      {weights: "one member, one vote"},
	"coop-resolution":              {twice: "at least two people", weights: "one member, one vote"},
	"dao-threshold weighed":        {twice: "so many votes", classes: "classes weigh"},
	"dao-threshold":                {early: "it waits"},
	"debian-quorum":                {early: "the root of how many stay", twice: "a root of how many there are"},
	"delegated-override":           {early: "it waits for the close"},
	"double-majority":              {classes: "each class has a say"},
	"eu-qualified-majority":        {twice: "so few states", weights: "states count"},
	"final-comment":                {early: "it takes time", twice: "so many people", weights: "people count"},
	"governor":                     {early: "it waits for the close", twice: "so many votes"},
	"group-policy threshold":       {twice: "so many votes"},
	"lasting":                      {early: "it takes time", twice: "so many votes"},
	"liquid-gov":                   {classes: "nobody lends to one class"},
	"quadratic":                    {early: "it is asked at the end"},
	"settled-consent":              {twice: "one objection is enough", weights: "no weight touches it"},
	"threshold-class-veto":         {twice: "so many people", weights: "people count", classes: "one class has a veto"},
	"unanimity":                    {twice: "so many people", weights: "people count"},
	"unanimity-minus":              {twice: "so many people", weights: "people count"},
	"vote that ends":               {twice: "so many votes", weights: "bit by bit it may end sooner"},
	"vote":                         {weights: "people count in it", classes: "each class has a say"},
	"weighted-split":               {early: "it is asked at the end"},
}

// inEach is of which votes it is claimed that without support in these classes
// nothing is adopted.
var inEach = map[string][]string{"chambers": {"a", "b"}}

// claimsOfVote is what is claimed of a vote.
func claimsOfVote(called string) consenttest.Claims {
	not := notClaimed[called]
	silence := []string{"lazy-consensus", "rough-consensus", "settled-consent"} // of which silence is assent
	lends := slices.Contains([]string{"delegated-override", "gov", "liquid-gov"}, called)
	return consenttest.Claims{Anonymous: true, Monotone: true, Participation: true, Silence: slices.Contains(silence, called),
		Delegates: lends, EachClass: inEach[called], Classless: not.classes == "", Unclosed: called == "governor",
		EarlyIsCertain: not.early == "", Homogeneous: not.twice == "", WeightSplitting: not.weights == ""}
}

// Every vote passes the kit: who said what does not matter, more support does no
// harm, one more who supports it does none, and what is claimed besides.
func TestVotesPassTheKit(t *testing.T) {
	made := rules(t)
	for _, called := range slices.Sorted(maps.Keys(made)) {
		t.Run(called, func(t *testing.T) {
			positions := []string{"yes", "no", "abstain"}
			if called == "gov" {
				positions = append(positions, "veto") // which is more than a no
			}
			c := claimsOfVote(called)
			c.Runs, c.Positions, c.Classes, c.Weights = 120/thinner, positions, []string{"a", "b"}, called != "settled-consent"
			consenttest.TestRule(t, made[called], c)
		})
	}
}

// whole are the claims of rules that are asked when a round is over, and leave it to
// the engine to let nobody speak later.
func whole(no string, twice bool, each ...string) consenttest.Claims {
	return consenttest.Claims{Positions: []string{consent.Consents, no, string(consent.Abstains)}, Classes: []string{"a", "b"}, Anonymous: true, Monotone: true,
		Participation: true, Homogeneous: twice, EachClass: each, Classless: len(each) == 0, Unclosed: true, Concludes: true, Runs: 300}
}

var half = circle.Share{Part: 1, Of: 2}

// engines are the rules that every engine knows, with what is claimed of each.
var engines = []struct {
	name   string
	rule   consent.Rule
	claims consenttest.Claims
}{
	{"consent", consent.ByConsent{}, whole(consent.Objects, true)},
	{"settle, all heard and one in support", consent.Settle{Heard: true, Support: 1}, whole(consent.Objects, false)},
	{"settle, most consent and one is missing", consent.Settle{Most: true, Missing: 1}, whole(consent.Objects, false)},
	{"settle, a ballot of two thirds", consent.Settle{Ballot: true, Share: 2, Of: 3}, whole(consent.Against, true)},
	{"resolution of two thirds", consent.Resolution{Share: circle.Share{Part: 2, Of: 3}}, whole(consent.Against, true)},
	{"resolution that a class must carry", consent.Resolution{Share: half, Carry: []circle.Class{"a"}}, whole(consent.Against, true, "a")},
}

// The rules that every engine knows pass the kit too.
func TestRulesOfTheEnginePassTheKit(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { consenttest.TestRule(t, e.rule, e.claims) })
	}
}
