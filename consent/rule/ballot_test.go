package rule_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// TestEveryRuleOpensOrChooses: each rule of the stock says which questions can be
// put under it: one that chooses has a ballot, any other is asked itself.
func TestEveryRuleOpensOrChooses(t *testing.T) {
	for name, make := range rule.Stock() {
		r, err := make("")
		if err != nil { // it needs parameters, and each of these is a recipe of a Vote
			continue
		}
		_, chooses := r.(consent.Chooser)
		_, opens := r.(consent.Opener)
		assert.True(t, chooses || opens, name.Kind)
	}
}

// TestOpenRefuses: what cannot be counted is refused when the question is put.
func TestOpenRefuses(t *testing.T) {
	seats := func(change func([]consent.Seat)) []consent.Seat {
		s := []consent.Seat{{Person: "ana", Class: "worker"}, {Person: "ben", Class: "supported"}, {Person: "cia", Class: "supported"}}
		if change != nil {
			change(s)
		}
		return s
	}
	options := func(n int) (out []consent.Option) {
		for i := range n {
			out = append(out, consent.Option{ID: string(rune('a'+i%26)) + string(rune('a'+i/26))})
		}
		return out
	}
	simple := rule.SimpleMajority.Vote()
	chambers := rule.Chambers{Chambers: []rule.Chamber{{Class: "investor"}, {Class: "worker"}}}.Vote()
	each := &rule.Vote{Carry: rule.Condition{EachClass: &rule.Condition{Count: []string{rule.Yes}, AtLeast: "1"}, Classes: []circle.Class{"worker", "investor"}}}
	for _, c := range []struct {
		name string
		rule consent.Rule
		c    consent.Case
		says string
	}{
		{"it can be put", simple, consent.Case{Seats: seats(nil)}, ""},
		{"nobody has a seat", simple, consent.Case{}, "nobody has a seat"},
		{"all are out", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Out, s[1].Out, s[2].Out = true, true, true })}, "nobody has a seat"},
		{"a weight below zero", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[1].Weight = -1 })}, "ben has a weight below zero"},
		{"weights that cannot be summed", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Weight, s[1].Weight = math.MaxInt64/2, math.MaxInt64/2 })}, "more than can be counted exactly"},
		{"two speak for each other", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Delegate, s[1].Delegate = "ben", "ana" })}, "in a circle"},
		{"three speak for each other", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Delegate, s[1].Delegate, s[2].Delegate = "ben", "cia", "ana" })}, "in a circle"},
		{"one speaks for two", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Delegate, s[1].Delegate = "cia", "cia" })}, ""},
		{"somebody speaks for themselves", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Delegate = "ana" })}, ""},
		{"one passes on to another", simple, consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Delegate, s[1].Delegate = "ben", "cia" })}, ""},
		{"options for yes and no", simple, consent.Case{Seats: seats(nil), Options: options(2)}, "by yes and no"},
		{"a chamber without a seat", chambers, consent.Case{Seats: seats(nil)}, "investor"},
		{"a chamber whose seat is out", rule.Chambers{Chambers: []rule.Chamber{{Class: "worker"}}}.Vote(),
			consent.Case{Seats: seats(func(s []consent.Seat) { s[0].Out = true })}, "worker"},
		{"a class that must carry, and nobody of it", each, consent.Case{Seats: seats(nil)}, "of one of them nobody"},
		{"held back, and asked all the same", rule.After(60, simple), consent.Case{}, "nobody has a seat"},
		{"no options", rule.Schulze{}, consent.Case{Seats: seats(nil)}, "puts none"},
		{"two options of one name", rule.Schulze{}, consent.Case{Seats: seats(nil), Options: append(options(1), options(1)...)}, "a name of its own"},
		{"an option without a name", rule.Schulze{}, consent.Case{Seats: seats(nil), Options: []consent.Option{{}}}, "a name of its own"},
		{"too many options", rule.Kemeny{}, consent.Case{Seats: seats(nil), Options: options(17)}, "of more than 16"},
		{"as many options as can be", rule.Kemeny{}, consent.Case{Seats: seats(nil), Options: options(16)}, ""},
		{"nobody to choose", rule.Schulze{}, consent.Case{Options: options(2)}, "nobody has a seat"},
		{"scores that cannot be summed", rule.Score{}, consent.Case{Options: options(2), Seats: seats(func(s []consent.Seat) { s[0].Weight = math.MaxInt64 / 4 })}, "with scores from"},
		{"projects without a cost", rule.Budget{By: rule.Greedy, Total: "3", Costs: []string{"1"}}, consent.Case{Seats: seats(nil), Options: options(2)}, "1 have a cost"},
		{"an election that is held back", rule.After(60, rule.Schulze{}), consent.Case{Seats: seats(nil)}, "puts none"},
	} {
		var err error
		if b, ok := c.rule.(consent.Chooser); ok {
			err = b.Ballot().Open(c.c)
		}
		if o, ok := c.rule.(consent.Opener); ok && err == nil {
			err = o.Open(c.c)
		}
		if c.says == "" {
			assert.NoError(t, err, c.name)
			continue
		}
		assert.ErrorContains(t, err, c.says, c.name)
	}
}

// TestBadBallots: an answer that does not fit is refused when it is given, and one
// that got on record all the same does not break the count.
func TestBadBallots(t *testing.T) {
	three := consent.Case{Version: 1, Options: []consent.Option{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Seats: []consent.Seat{{Person: "ana"}, {Person: "ben"}}}
	for _, c := range []struct {
		name string
		rule consent.Chooser
		a    consent.Answer
		says string
	}{
		{"a ranking", rule.Schulze{}, consent.Answer{Ranking: [][]string{{"a"}, {"b", "c"}}}, ""},
		{"a part of one", rule.Schulze{}, consent.Answer{Ranking: [][]string{{"b"}}}, ""},
		{"an option twice", rule.Schulze{}, consent.Answer{Ranking: [][]string{{"a"}, {"b", "a"}}}, "a stands in the ranking twice"},
		{"an option that is not there", rule.Borda{}, consent.Answer{Ranking: [][]string{{"x"}}}, "none of the options"},
		{"an empty rank", rule.Runoff{}, consent.Answer{Ranking: [][]string{{}, {"a"}}}, "nothing on it"},
		{"scores for a ranking", rule.Schulze{}, consent.Answer{Scores: map[string]int64{"a": 1}}, "ranked, and not scored"},
		{"a ranking for scores", rule.Star{}, consent.Answer{Ranking: [][]string{{"a"}}}, "scored, and not ranked"},
		{"off the scale", rule.Star{Best: 3}, consent.Answer{Scores: map[string]int64{"a": 4}}, "from 0 to 3"},
		{"far off the scale", rule.Score{}, consent.Answer{Scores: map[string]int64{"a": math.MinInt64}}, "from -1000000 to 1000000"},
		{"a part below nothing", rule.Quadratic{}, consent.Answer{Scores: map[string]int64{"a": -1}}, "from 0"},
		{"a score for nothing", rule.Score{}, consent.Answer{Scores: map[string]int64{"x": 1}}, "none of the options"},
		{"both", rule.Committee{By: rule.MostApproved, Places: 1}, consent.Answer{Ranking: [][]string{{"a"}}, Scores: map[string]int64{"a": 1}}, "not both"},
	} {
		c.a.Seat, c.a.Version = "ana", 1
		err := c.rule.Ballot().Admit(three, c.a)
		if c.says == "" {
			assert.NoError(t, err, c.name)
		} else {
			assert.ErrorContains(t, err, c.says, c.name)
		}
		judged := three
		judged.Answers = []consent.Answer{c.a, {Seat: "ben", Version: 1}}
		require.NotPanics(t, func() { c.rule.Judge(judged) }, c.name)
	}
}
