package rule_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// ballots is a case at its close: a seat for each ballot.
func ballots(options string, answers ...consent.Answer) consent.Case {
	c := consent.Case{Opened: noon.Add(-time.Hour), Closes: noon, Now: noon, Version: 1}
	for _, o := range strings.Fields(options) {
		c.Options = append(c.Options, consent.Option{ID: o})
	}
	for i, a := range answers {
		a.Seat, a.Version = circle.PersonID(fmt.Sprint("m", i)), 1
		c.Seats = append(c.Seats, consent.Seat{Person: a.Seat})
		c.Answers = append(c.Answers, a)
	}
	return c
}

// rank reads "A B=C D": from the best down, and = between those on one rank.
func rank(s string) consent.Answer {
	var a consent.Answer
	for _, group := range strings.Fields(s) {
		a.Ranking = append(a.Ranking, strings.Split(group, "="))
	}
	return a
}

// rankings are the rules that choose one of several by rankings.
var rankings = []consent.Rule{rule.Plurality{}, rule.Borda{}, rule.Borda{Points: rule.FromZero}, rule.Borda{Points: rule.Dowdall}, rule.Bucklin{},
	rule.Schulze{}, rule.Schulze{Strength: rule.Margin}, rule.Schulze{Strength: rule.Ratio}, rule.Schulze{Unranked: rule.Absent},
	rule.RankedPairs{}, rule.RankedPairs{Strength: rule.Margin}, rule.Minimax{}, rule.Minimax{Strength: rule.Margin}, rule.Minimax{Strength: rule.Opposition},
	rule.Copeland{}, rule.Kemeny{}, rule.Runoff{}, rule.Runoff{Batch: true}}

// several are those that fill several places by rankings.
var several = []consent.Rule{rule.ScottishSTV{Places: 2}, rule.GregorySTV{Places: 2}, rule.MeekSTV{Places: 2}}

// scorings are the rules that read scores.
var scorings = []consent.Rule{rule.Score{}, rule.MajorityJudgment{}, rule.Star{}, rule.ReweightedRange{Places: 2, Best: 5}}

// committees are those that read approvals.
func committees() []consent.Rule {
	var out []consent.Rule
	for _, by := range []rule.Approving{rule.MostApproved, rule.Satisfaction, rule.Proportional, rule.ProportionalStep, rule.Represented, rule.Loads, rule.EqualShares, rule.SharesOnly, rule.LeastFar} {
		out = append(out, rule.Committee{By: by, Places: 2})
	}
	return out
}

func everyElection() []consent.Rule { return slices.Concat(rankings, several, scorings, committees()) }

// anElection draws a case at its close, with rankings that leave out, skip and
// tie, with scores, weights, people who are out and ballots for an old version.
func anElection(t *rapid.T) consent.Case {
	n := rapid.IntRange(2, 5).Draw(t, "options")
	names := strings.Fields("A B C D E")[:n]
	var answers []consent.Answer
	for range rapid.IntRange(0, 7).Draw(t, "ballots") {
		a := consent.Answer{Scores: map[string]int64{}}
		for _, o := range rapid.Permutation(names).Draw(t, "order")[:rapid.IntRange(0, n).Draw(t, "named")] {
			switch {
			case len(a.Ranking) > 0 && rapid.IntRange(0, 3).Draw(t, "tie") == 0:
				last := &a.Ranking[len(a.Ranking)-1]
				*last = append(*last, o)
			default:
				a.Ranking = append(a.Ranking, []string{o})
			}
			a.Scores[o] = rapid.Int64Range(0, 5).Draw(t, "score")
		}
		answers = append(answers, a)
	}
	c := ballots(strings.Join(names, " "), answers...)
	for i := range c.Seats {
		c.Seats[i].Weight = rapid.Int64Range(1, 3).Draw(t, "weight")
		c.Seats[i].Out = rapid.IntRange(0, 9).Draw(t, "out") == 0
		if rapid.IntRange(0, 9).Draw(t, "old") == 0 {
			c.Answers[i].Version = 0
		}
	}
	if rapid.Bool().Draw(t, "objection") {
		c.Objections = []consent.Objection{{ID: "o", Seat: "m0", Version: 1, Stands: true}}
	}
	return c
}

// Who the seats are and in which order they answer changes nothing; to call the
// options otherwise calls the winners otherwise; and to ask twice, or with the
// weight of one seat given to as many seats, comes to the same.
func TestElectionsAreFair(t *testing.T) {
	for _, r := range everyElection() {
		t.Run(fmt.Sprintf("%T%+v", r, r), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := anElection(t)
				v := r.Judge(c)
				require.Equal(t, v, r.Judge(c), "asked twice")

				turned := c
				order := rapid.Permutation(slices.Collect(numbers(len(c.Seats)))).Draw(t, "seats")
				turned.Seats, turned.Answers = nil, nil
				for _, i := range order {
					turned.Seats, turned.Answers = append(turned.Seats, c.Seats[i]), append(turned.Answers, c.Answers[i])
				}
				require.Equal(t, v.Outcome, r.Judge(turned).Outcome, "anonymous")
				require.Equal(t, v.Winners, r.Judge(turned).Winners, "anonymous")

				split := c
				split.Seats, split.Answers = nil, nil
				for i, s := range c.Seats {
					for k := range s.Weight {
						one, a := s, c.Answers[i]
						one.Person, one.Weight = circle.PersonID(fmt.Sprint(s.Person, "-", k)), 0
						a.Seat = one.Person
						split.Seats, split.Answers = append(split.Seats, one), append(split.Answers, a)
					}
				}
				if _, meek := r.(rule.MeekSTV); !meek { // it cuts once for each ballot, and a bundle is one
					require.Equal(t, sorted(v.Winners), sorted(r.Judge(split).Winners), "weights")
				}

				turn := func(o string) string { return string('A' + (o[0]-'A'+1)%byte(len(c.Options))) }
				other := r.Judge(renamed(c, turn))
				var want []string
				for _, w := range v.Winners {
					want = append(want, turn(w))
				}
				require.Equal(t, sorted(want), sorted(other.Winners), "neutral")
				require.Equal(t, v.Outcome, other.Outcome, "neutral")
			})
		})
	}
}

// Which ballots are spent at a rank with several hangs on who went out first. Each way
// of a runoff is counted with its own, whatever the options are called.
func TestRunoffWithSharedRanks(t *testing.T) {
	votes := []string{"B A=C", "C", "E B=C=D", "A B=C=D=E", "A B=C=D=E"}
	var answers []consent.Answer
	for _, v := range votes {
		var a consent.Answer
		for rank := range strings.FieldsSeq(v) {
			a.Ranking = append(a.Ranking, strings.Split(rank, "="))
		}
		answers = append(answers, a)
	}
	c := ballots("A B C D E", answers...)
	first := rule.Runoff{}.Judge(c)
	require.Equal(t, []string{"A", "B", "C"}, sorted(first.Winners))
	for by := range byte(5) {
		turn := func(o string) string { return string('A' + (o[0]-'A'+by)%5) }
		var want []string
		for _, w := range first.Winners {
			want = append(want, turn(w))
		}
		require.Equal(t, sorted(want), sorted(rule.Runoff{}.Judge(renamed(c, turn)).Winners), "neutral")
	}
}

func numbers(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// renamed calls the options otherwise on every ballot. They stay in their order.
func renamed(c consent.Case, as func(string) string) consent.Case {
	out := c
	out.Answers = nil
	for _, a := range c.Answers {
		b := a
		b.Ranking, b.Scores = nil, map[string]int64{}
		for _, g := range a.Ranking {
			var to []string
			for _, o := range g {
				to = append(to, as(o))
			}
			b.Ranking = append(b.Ranking, to)
		}
		for o, n := range a.Scores {
			b.Scores[as(o)] = n
		}
		out.Answers = append(out.Answers, b)
	}
	return out
}

// An option that beats every other one to one is chosen by the rules that
// promise it.
func TestCondorcet(t *testing.T) {
	promise := []consent.Rule{rule.Schulze{}, rule.Schulze{Strength: rule.Margin}, rule.RankedPairs{}, rule.RankedPairs{Strength: rule.Margin},
		rule.Minimax{}, rule.Minimax{Strength: rule.Margin}, rule.Copeland{}, rule.Kemeny{}}
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		c := anElection(t)
		first := beatsAll(c)
		if first == "" {
			return
		}
		found++
		for _, r := range promise {
			require.Equal(t, []string{first}, r.Judge(c).Winners, "%T", r)
		}
	})
	require.Positive(t, found)
}

// beatsAll is the option that more rank before each other one than behind it,
// counted one pair after the other.
func beatsAll(c consent.Case) string {
	place := func(a consent.Answer, o string) int {
		for i, g := range a.Ranking {
			if slices.Contains(g, o) {
				return i
			}
		}
		return math.MaxInt
	}
	for _, o := range c.Options {
		all := true
		for _, other := range c.Options {
			var with, against int64
			for i, a := range c.Answers {
				if c.Seats[i].Out || a.Version != c.Version || o == other || len(a.Ranking) == 0 && len(a.Scores) == 0 {
					continue
				}
				if x, y := place(a, o.ID), place(a, other.ID); x < y {
					with += c.Seats[i].Weight
				} else if y < x {
					against += c.Seats[i].Weight
				}
			}
			all = all && (o == other || with > against)
		}
		if all {
			return o.ID
		}
	}
	return ""
}

// Before the close nothing is said but who is missing and when to ask again; at
// the instant of the close it is over. Who is out is not waited for.
func TestElectionsWait(t *testing.T) {
	for _, r := range everyElection() {
		c := ballots("A B C", rank("A B C"), rank("B A C"), rank("C B A"))
		c.Answers, c.Seats[2].Out = c.Answers[:1], true
		c.Now = c.Closes.Add(-1)
		v := r.Judge(c)
		require.Equal(t, consent.Pending, v.Outcome, "%T", r)
		require.False(t, v.Final)
		require.Empty(t, v.Winners)
		require.Equal(t, c.Closes, v.Wake)
		require.Equal(t, consent.Reason{Code: "heard", Got: "1", Need: "2", Who: []circle.PersonID{"m1"}}, v.Why[0])
		c.Now = c.Closes
		require.True(t, r.Judge(c).Final, "%T at the close", r)
	}
}

// Nobody ranked anything, nobody has a seat, nothing is there to choose from:
// nobody is chosen, and nothing breaks.
func TestElectionsOfNothing(t *testing.T) {
	for _, r := range everyElection() {
		for name, c := range map[string]consent.Case{"no ballots": ballots("A B", consent.Answer{}), "no seats": ballots("A B"), "no options": ballots("", rank("A"))} {
			v := r.Judge(c)
			require.Equal(t, consent.Declined, v.Outcome, "%T, %s", r, name)
			require.Empty(t, v.Winners)
		}
	}
}

// Weights that cannot be counted exactly leave the question pending, and say so.
func TestElectionsRefuseWeights(t *testing.T) {
	for _, r := range everyElection() {
		for _, w := range []int64{-1, math.MaxInt64, math.MaxInt64 / 2} {
			c := ballots("A B", rank("A B"), rank("B A"))
			c.Seats[0].Weight = w
			v := r.Judge(c)
			require.Equal(t, consent.Pending, v.Outcome)
			require.Equal(t, "rule-error", v.Why[0].Code)
		}
	}
}

// Weights that can be summed, but not counted in parts or by scores, leave the
// question pending too; no sum runs over.
func TestElectionsRefuseWhatRunsOver(t *testing.T) {
	for _, r := range append(slices.Clone(several), rule.Score{}, rule.Star{Best: 1000}, rule.ReweightedRange{Places: 2, Best: 1000}, rule.GregorySTV{Places: 1, Decimals: 40}) {
		c := ballots("A B C", rank("A B"), rank("B A"))
		for i := range c.Seats {
			c.Seats[i].Weight = 1 << 60
			c.Answers[i].Scores = map[string]int64{"A": 900, "B": 1}
		}
		v := r.Judge(c)
		require.Equal(t, consent.Pending, v.Outcome, "%T", r)
		require.Equal(t, "rule-error", v.Why[0].Code, "%T", r)
		require.Empty(t, v.Winners)
	}
	least := consent.Answer{Scores: map[string]int64{"A": math.MinInt64, "B": 2}}
	c := ballots("A B", least, least)
	require.Equal(t, "rule-error", rule.Score{}.Judge(c).Why[0].Code)
}

// Options that cannot be told apart, or are too many to compare, are not counted.
func TestElectionsRefuseOptions(t *testing.T) {
	many := ballots("", rank("A"))
	for i := range 1001 {
		many.Options = append(many.Options, consent.Option{ID: fmt.Sprint("o", i)})
	}
	for _, r := range rankings {
		require.Equal(t, "rule-error", r.Judge(ballots("A B A", rank("A B"))).Why[0].Code, "%T", r)
		require.Equal(t, "rule-error", r.Judge(many).Why[0].Code, "%T", r)
	}
}

// A ballot with a score that is not on the scale does not count, and whose it is
// is told; where none is left, nobody is chosen.
func TestScoresOffTheScale(t *testing.T) {
	score := func(a, b int64) consent.Answer { return consent.Answer{Scores: map[string]int64{"A": a, "B": b}} }
	for _, r := range []consent.Rule{rule.Star{}, rule.ReweightedRange{}} {
		v := r.Judge(ballots("A B", score(9, 0), score(0, 3), score(4, -1)))
		require.Equal(t, []string{"B"}, v.Winners, "%T", r)
		require.Contains(t, v.Why, consent.Reason{Code: "off-the-scale", Need: "from 0 to 5", Who: []circle.PersonID{"m0", "m2"}})
		v = r.Judge(ballots("A B", score(9, 0)))
		require.Equal(t, consent.Declined, v.Outcome, "%T", r)
		require.Empty(t, v.Winners)
	}
}

// An option that the default keeps out leaves the others where they are on every
// ballot.
func TestWhoIsOutByTheDefault(t *testing.T) {
	c := ballots("A B C D", rank("A C B D"), rank("C D A B"), rank("D C A B"))
	v := rule.Schulze{Default: "A"}.Judge(c)
	require.Equal(t, []string{"C"}, v.Winners, "B is out, and two prefer each of C and D to A")
	require.Contains(t, v.Why, consent.Reason{Code: "before-default", Options: []string{"B"}, Got: "0", Need: "over 3, at least 0"})
	require.Contains(t, v.Why, consent.Reason{Code: "path", Options: []string{"C", "D"}, Holds: true, Got: "2", Need: "1"})
}

// A project that costs nothing and somebody wants is taken before all others.
func TestBudgetTakesWhatCostsNothing(t *testing.T) {
	r := rule.Budget{By: rule.Greedy, Total: "1", Costs: []string{"1", "0"}, Counted: true}
	require.Equal(t, []string{"A", "B"}, r.Judge(ballots("A B", rank("A=B"), rank("A"))).Winners)
}

// Every objection that stands is in the reasons, whatever is chosen.
func TestElectionsTellOfObjections(t *testing.T) {
	for _, r := range everyElection() {
		c := ballots("A B C", rank("A"), rank("A"))
		c.Objections = []consent.Objection{{ID: "noise", Seat: "m1", Stands: true}, {ID: "old", Seat: "m0"}}
		for _, now := range []time.Time{c.Opened, c.Closes} {
			c.Now = now
			told := slices.ContainsFunc(r.Judge(c).Why, func(w consent.Reason) bool { return w.Code == "objection-stands" && w.Got == "noise" })
			require.True(t, told, "%T", r)
			require.NotContains(t, fmt.Sprint(r.Judge(c).Why), "old")
		}
	}
}

// As many places as are asked for are filled, or it is a tie that says so.
func TestPlacesAreFilled(t *testing.T) {
	for _, r := range several {
		rapid.Check(t, func(t *rapid.T) {
			c := anElection(t)
			v := r.Judge(c)
			switch v.Outcome {
			case consent.Carried:
				require.LessOrEqual(t, len(v.Winners), 2, "%T", r)
				require.Len(t, sorted(v.Winners), len(slices.Compact(sorted(v.Winners))))
			case consent.Pending:
				require.Equal(t, 1, count(v, "tie"), "%T", r)
			}
		})
	}
}

func count(v consent.Verdict, code string) int {
	n := 0
	for _, r := range v.Why {
		if r.Code == code {
			n++
		}
	}
	return n
}

// A rule that is stored by name and parameters is the same rule when it is read
// again, and parameters that make no sense are refused.
func TestNames(t *testing.T) {
	stock := rule.Stock()
	for _, r := range append(everyElection(), rule.Budget{By: rule.Greedy, Total: "3", Costs: []string{"1", "2.5"}}) {
		name, ok := rule.Name(r)
		require.True(t, ok, "%T", r)
		again, err := stock[consent.RuleName{Kind: name.Kind, Version: 1}](name.Parameters)
		require.NoError(t, err)
		require.Equal(t, r, again)
	}
	for kind, parameters := range map[string]string{"schulze": `{"strength":"big"}`, "borda": `{"points":"many"}`, "committee": `{"by":"luck","places":1}`,
		"gregory-stv": `{"places":2,"quota":"all"}`, "meek-stv": `{"seats":2}`, "star": `{"best":-1}`, "reweighted-range": `{"best":2000000}`, "instant-runoff": `{"reading":{"overvote":"split"}}`, "budget": `{"by":"pb-mes","costs":["1"],"total":"-3"}`, "score": `{"best":5}`} {
		_, err := stock[consent.RuleName{Kind: kind, Version: 1}](parameters)
		require.Error(t, err, kind)
	}
}

// Ties that a count cannot break are outcomes, and no order of the options
// breaks them.
func TestTies(t *testing.T) {
	for _, r := range []consent.Rule{rule.Plurality{}, rule.Borda{}, rule.Schulze{}, rule.RankedPairs{}, rule.Minimax{}, rule.Copeland{}, rule.Kemeny{}, rule.Runoff{}, rule.Bucklin{}} {
		v := r.Judge(ballots("A B C", rank("A B C"), rank("B C A"), rank("C A B")))
		require.Equal(t, consent.Pending, v.Outcome, "%T", r)
		require.Equal(t, []string{"A", "B", "C"}, v.Winners, "%T", r)
		require.True(t, v.Final)
		require.Equal(t, 1, count(v, "tie"))
	}
}
