package rule_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/sayround/sayround/consent/consenttest"
)

// notClaimed is what is not claimed of a vote, and why it cannot be. Of every
// other vote it is: what is certain is said at once, everybody twice comes to the
// same, and a weight counts as that many seats.
var notClaimed = map[string]struct{ early, twice, weights string }{
	"adaptive-quorum":              {early: "with roots any vote can turn it", twice: "roots are cut"},
	"advice":                       {twice: "so many people", weights: "people count"},
	"after":                        {early: "it waits"},
	"apache":                       {twice: "three of them", weights: "people count"},
	"approval-weighted":            {early: "it is asked at the end"},
	"approval-with-veto":           {twice: "so many people", weights: "people count"},
	"consensus":                    {twice: "so many people", weights: "people count"},
	"conviction":                   {early: "it grows with time"},
	"coop-resolution":              {twice: "at least two people", weights: "one member, one vote"},
	"coop-resolution class rights": {weights: "one member, one vote"},
	"coop-resolution written":      {weights: "one member, one vote"},
	"dao-threshold":                {early: "it waits"},
	"dao-threshold weighed":        {twice: "so many votes"},
	"debian-quorum":                {early: "the root of how many stay", twice: "a root of how many there are"},
	"eu-qualified-majority":        {twice: "so few states", weights: "states count"},
	"final-comment":                {early: "it takes time", twice: "so many people", weights: "people count"},
	"governor":                     {early: "it waits for the close", twice: "so many votes"},
	"group-policy threshold":       {twice: "so many votes"},
	"lasting":                      {early: "it takes time", twice: "so many votes"},
	"quadratic":                    {early: "it is asked at the end"},
	"settled-consent":              {twice: "one objection is enough", weights: "no weight touches it"},
	"threshold-class-veto":         {twice: "so many people", weights: "people count"},
	"unanimity":                    {twice: "so many people", weights: "people count"},
	"unanimity-minus":              {twice: "so many people", weights: "people count"},
	"vote":                         {weights: "people count in it"},
	"vote that ends":               {twice: "so many votes", weights: "bit by bit it may end sooner"},
	"weighted-split":               {early: "it is asked at the end"},
}

// claimsOfVote is what is claimed of a vote.
func claimsOfVote(called string) consenttest.Claims {
	not := notClaimed[called]
	silence := []string{"lazy-consensus", "rough-consensus", "settled-consent"} // of which silence is assent
	return consenttest.Claims{Anonymous: true, Monotone: true, Participation: true, Silence: slices.Contains(silence, called),
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
			c.Runs, c.Positions, c.Classes, c.Weights = 200, positions, []string{"a", "b"}, called != "settled-consent"
			consenttest.TestRule(t, made[called], c)
		})
	}
}
