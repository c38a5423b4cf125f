package rule_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// The counting edges that the users of other machines complain of, and the traps of
// known elections, each by its name. None of them is one of this package.

// made makes a rule of the stock.
func made(t testing.TB, kind, parameters string) consent.Rule {
	t.Helper()
	r, err := rule.Stock()[consent.RuleName{Kind: kind, Version: 1}](parameters)
	require.NoError(t, err, "%s %s", kind, parameters)
	return r
}

// sharing are the rules of the stock that are told a share, all with the same one
// and with no veto and no abstention in sight, where one share is like the other.
func sharing(t testing.TB, share string) map[string]consent.Rule {
	return map[string]consent.Rule{
		"majority":      made(t, "majority", `{"not-less":true,"share":"`+share+`"}`),
		"vote":          made(t, "vote", `{"carry":{"at-least":"`+share+`","count":["yes"],"of":["cast"]}}`),
		"chambers":      made(t, "chambers", `{"chambers":[{"class":"","not-less":true,"share":"`+share+`"}]}`),
		"dao-threshold": made(t, "dao-threshold", `{"kind":"absolute-percentage","percentage":"`+share+`"}`),
		"group-policy":  made(t, "group-policy", `{"percentage":"`+share+`"}`),
	}
}

func TestDefectFloatsLetTooFewPass(t *testing.T) {
	for called, r := range sharing(t, "60%") {
		for _, c := range []struct {
			yes, no int64
			want    consent.Outcome
		}{{60, 41, consent.Declined}, {61, 40, consent.Carried}, {4, 3, consent.Declined}, {3, 2, consent.Carried}} {
			assert.Equal(t, c.want, r.Judge(counted(c.yes, c.no, 0, 0)).Outcome, "%s: %d of %d at 60 %%", called, c.yes, c.yes+c.no)
		}
	}
}

func TestDefectSevenIsMoreThanSevenThirteenthsOfThirteen(t *testing.T) {
	for called, r := range sharing(t, "7/13") {
		assert.Equal(t, consent.Carried, r.Judge(counted(7, 6, 0, 0)).Outcome, called)
	}
	over := made(t, "majority", `{"share":"7/13"}`)
	assert.Equal(t, consent.Declined, over.Judge(counted(7, 6, 0, 0)).Outcome)
	assert.Equal(t, consent.Carried, over.Judge(counted(8, 5, 0, 0)).Outcome)
}

// Only where silence is assent does a rule adopt what nobody voted on.
func TestDefectNobodyVotesAndItPasses(t *testing.T) {
	quorum := made(t, "majority", `{"quorum":"20%"}`)
	assert.Equal(t, consent.Declined, quorum.Judge(atClose(counted(0, 0, 0, 4))).Outcome, "a fifth of four, cut, is nobody")
	var adopted []string
	for called, r := range rules(t) {
		if r.Judge(atClose(asked(4, 0))).Outcome == consent.Carried {
			adopted = append(adopted, called)
		}
	}
	assert.ElementsMatch(t, []string{"lazy-consensus", "rough-consensus", "settled-consent"}, adopted)
}

// A quorum of those who answer is reached by a no too: that is what such a quorum
// says, and only where a rule has one, or says that advice is advice, can one more
// no adopt what was declined.
func TestDefectANoCompletesTheQuorum(t *testing.T) {
	answered := []string{"vote", "majority", "advice", "unanimity-minus", "liquid-gov", "gov", "final-comment",
		"dao-threshold", "count"}
	var seen []string
	made := rules(t)
	for _, called := range slices.Sorted(maps.Keys(made)) {
		rapid.Check(t, func(t *rapid.T) {
			l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 6)), called}
			for range 10 {
				c := atClose(asked(2+l.IntN(6), 0))
				for i := range c.Seats {
					c.Seats[i].Class = pick(l, circle.Class(""), "a", "b")
					if i > 0 && l.chance(60) {
						c.Answers = append(c.Answers, consent.Answer{Seat: name(i), Position: pick(l, "yes", "yes", "no", "abstain"), Version: 1, At: second(1)})
					}
				}
				before := made[called].Judge(c)
				c.Answers = append(c.Answers, consent.Answer{Seat: name(0), Position: "no", Version: 1, At: second(2)})
				if before.Outcome == consent.Declined && made[called].Judge(c).Outcome == consent.Carried {
					seen = append(seen, called)
				}
			}
		})
	}
	for _, called := range slices.Compact(seen) {
		assert.Contains(t, answered, called)
	}
	assert.NotEmpty(t, seen)
	two, three := atClose(asked(4, 0, "p0 yes", "p1 yes")), atClose(asked(4, 0, "p0 yes", "p1 yes", "p2 no"))
	for parameters, then := range map[string]consent.Outcome{
		`{"carry":{"all":[{"at-least":"3","count":["answered"]},{"count":["yes"],"of":["cast"],"over":"1/2"}]}}`: consent.Carried,
		`{"carry":{"all":[{"at-least":"3","count":["yes"]},{"count":["yes"],"of":["cast"],"over":"1/2"}]}}`:      consent.Declined,
	} {
		vote, err := rule.NewVote(parameters)
		require.NoError(t, err)
		assert.Equal(t, consent.Declined, vote.Judge(two).Outcome)
		assert.Equal(t, then, vote.Judge(three).Outcome, "who does not want it asks for so many who say yes")
	}
}

func TestDefectATieDecidesInSilence(t *testing.T) {
	for _, r := range append(slices.Clone(rankings), scorings...) {
		for _, options := range []string{"A B", "B A"} {
			one, other := rank("A B"), rank("B A")
			one.Scores, other.Scores = map[string]int64{"A": 5, "B": 2}, map[string]int64{"A": 2, "B": 5}
			if many, ok := r.(rule.ReweightedRange); ok {
				many.Places = 1
				r = many
			}
			v := r.Judge(ballots(options, one, other))
			assert.Equal(t, consent.Pending, v.Outcome, "%T", r)
			assert.ElementsMatch(t, []string{"A", "B"}, v.Winners, "%T", r)
			reason(t, v, "tie")
		}
	}
}

// Answers that came at one instant come to the same in every order.
func TestDefectTheOrderOfVotesDecides(t *testing.T) {
	made := rules(t)
	for _, called := range slices.Sorted(maps.Keys(made)) {
		rapid.Check(t, func(t *rapid.T) {
			l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 7)), called}
			c := l.election()
			seen := map[circle.PersonID]bool{} // of one seat the later answer stands, so each has one
			c.Answers = slices.DeleteFunc(c.Answers, func(a consent.Answer) bool {
				was := seen[a.Seat]
				seen[a.Seat] = true
				return was
			})
			for i := range c.Answers {
				c.Answers[i].At = opening
			}
			turned := c
			turned.Answers = slices.Clone(c.Answers)
			l.Shuffle(len(turned.Answers), func(i, j int) {
				turned.Answers[i], turned.Answers[j] = turned.Answers[j], turned.Answers[i]
			})
			if ends := called == "governor" || called == "vote that ends"; ends {
				return // what ends a vote at once leaves out who came after it: the order is the rule
			}
			v, w := made[called].Judge(c), made[called].Judge(turned)
			require.Equal(t, v.Outcome, w.Outcome, "%s\n%#v", called, c)
			require.Equal(t, v.Winners, w.Winners, called)
		})
	}
}

// What a name and its parameters mean is frozen: another meaning is another version
// of the kind, and parameters that a later release might read otherwise are
// refused.
func TestDefectAThresholdChangesItsMeaning(t *testing.T) {
	for name, make := range rule.Stock() {
		assert.Equal(t, 1, name.Version)
		_, err := make(`{"no-such-parameter":1}`)
		assert.Error(t, err, name.Kind)
	}
	_, known := rule.Stock()[consent.RuleName{Kind: "majority", Version: 2}]
	assert.False(t, known, "no version stands for another")
}

func TestDefectADelegatedVoteCountsTwice(t *testing.T) {
	for _, answers := range [][]string{{"p0 yes", "p1 no"}, {"p1 no", "p0 yes"}} {
		for called, r := range map[string]consent.Rule{
			"liquid-gov": made(t, "liquid-gov", `{"burn-no":"1","quorum":"1/10","threshold":"1/2"}`),
			"gov":        made(t, "gov", `{"quorum":"1/10","threshold":"1/2","veto":"1/2"}`),
		} {
			c := asked(3, 10, answers...)
			c.Seats[1].Delegate, c.Seats[2].Delegate = "p0", "p0"
			v := r.Judge(c)
			assert.Equal(t, "2", reason(t, v, "yes").Got, "%s: p0 and p2", called)
			assert.Equal(t, "1", reason(t, v, "no").Got, "%s: p1, who takes the own vote back, before or after", called)
		}
	}
}

// Who speaks when it is certain is counted too: one that takes the vote back makes
// it certain here, and the delegate has yet to speak.
func TestDelegatedOverrideHearsEverybody(t *testing.T) {
	r := made(t, "delegated-override", "")
	c := asked(3, 5, "p1 own:no", "p2 own:no")
	c.Seats[1].Delegate, c.Seats[2].Delegate = "p0", "p0"
	assert.Equal(t, consent.Pending, r.Judge(c).Outcome)
	last := consent.Answer{Seat: "p0", Position: "yes", Version: 1, At: c.Now}
	require.NoError(t, r.(consent.Admitter).Admit(c, last))
	c.Answers, c.Now = append(c.Answers, last), c.Closes
	v := r.Judge(c)
	assert.Equal(t, consent.Declined, v.Outcome)
	assert.Equal(t, "1", reason(t, v, "yes").Got, "p0, for the own seat")
	assert.Equal(t, "2", reason(t, v, "no").Got)
}

// Also a rule that goes over an objection tells of it.
func TestDefectAnObjectionIsForgotten(t *testing.T) {
	c := atClose(asked(4, 0, "p0 yes", "p1 yes", "p2 yes"))
	c.Objections = []consent.Objection{{ID: "o", Seat: "p3", Version: 1, Stands: true, Raised: second(1)}}
	over := 0
	for called, r := range rules(t) {
		v := r.Judge(c)
		assert.Equal(t, []circle.PersonID{"p3"}, reason(t, v, "objection-stands").Who, called)
		assert.Contains(t, fmt.Sprint(consent.Explain(r, c, v)), "The objection o of p3 stands.", called)
		if v.Outcome == consent.Carried {
			over++
		}
	}
	assert.Positive(t, over)
}

// The traps of the cases that came from elsewhere.

func TestTrapAtLeastHalfIsNoMajority(t *testing.T) {
	even := counted(10, 10, 0, 0)
	assert.Equal(t, consent.Declined, made(t, "simple-majority", "").Judge(even).Outcome)
	assert.Equal(t, consent.Carried, made(t, "majority", `{"not-less":true,"share":"1/2"}`).Judge(even).Outcome)
}

func TestTrapNotLessThanThreeQuarters(t *testing.T) {
	r := made(t, "majority", `{"not-less":true,"share":"75%"}`)
	assert.Equal(t, consent.Carried, r.Judge(counted(15, 5, 0, 0)).Outcome)
	assert.Equal(t, consent.Declined, r.Judge(counted(14, 5, 0, 0)).Outcome)
	special := made(t, "coop-resolution", `{"kind":"special"}`)
	var answers []string
	for i := range 19 {
		answers = append(answers, fmt.Sprintf("p%d %s", i, map[bool]string{true: "yes", false: "no"}[i < 14]))
	}
	voted := func(answers ...string) consent.Outcome {
		c := atClose(asked(len(answers), 0, answers...))
		for i := range c.Answers {
			c.Answers[i].At = c.Opened
		}
		return special.Judge(c).Outcome
	}
	assert.Equal(t, consent.Declined, voted(answers...))
	assert.Equal(t, consent.Carried, voted(append(answers, "p19 yes")...))
}

// Where all abstain nothing is adopted but by rules for which silence is assent,
// advice is enough, or nobody disagrees.
func TestTrapAllAbstain(t *testing.T) {
	var adopted []string
	for called, r := range rules(t) {
		if r.Judge(atClose(asked(4, 0, "p0 abstain", "p1 abstain", "p2 abstain", "p3 abstain"))).Outcome == consent.Carried {
			adopted = append(adopted, called)
		}
	}
	assert.ElementsMatch(t, []string{"lazy-consensus", "rough-consensus", "settled-consent", "advice", "unanimity-minus", "final-comment"}, adopted)
}

func TestTrapAThresholdAboveTheElectorate(t *testing.T) {
	all := counted(5, 0, 0, 0)
	assert.Equal(t, consent.Carried, made(t, "group-policy", `{"threshold":"9"}`).Judge(all).Outcome, "this one says: never more than all")
	assert.Equal(t, consent.Declined, made(t, "dao-threshold", `{"count":"9","kind":"absolute-count"}`).Judge(all).Outcome)
	assert.Equal(t, consent.Declined, made(t, "majority", `{"quorum":"9"}`).Judge(all).Outcome)
}

func TestTrapThreeApprovalsNoneBinding(t *testing.T) {
	r := made(t, "apache", `{"binding":["pmc"],"kind":"release"}`)
	c := atClose(asked(3, 0, "p0 yes", "p1 yes", "p2 yes"))
	v := r.Judge(c)
	assert.Equal(t, consent.Declined, v.Outcome)
	assert.Equal(t, "0", reason(t, v, "three-binding").Got)
	for i := range c.Seats {
		c.Seats[i].Class = "pmc"
	}
	assert.Equal(t, consent.Carried, r.Judge(c).Outcome)
}

func TestTrapWeightsThatRunOver(t *testing.T) {
	c := asked(2, 10, "p0 yes", "p1 yes")
	c.Seats[0].Weight, c.Seats[1].Weight = math.MaxInt64, math.MaxInt64
	for called, r := range rules(t) {
		if called == "settled-consent" {
			continue // no weight touches it
		}
		v := r.Judge(c)
		assert.Equal(t, consent.Pending, v.Outcome, called)
		says := consent.Explain(r, c, v)
		assert.Contains(t, says[1], "cannot count", called)
	}
	_, err := rule.Stock()[consent.RuleName{Kind: "dao-threshold", Version: 1}](
		`{"count":"1","kind":"absolute-count","weights":[{"class":"a","times":"34028236692093846346337460743176821145500"}]}`)
	assert.Error(t, err, "more digits than 2^128 has")
}

// elsewhere reads the ballots of a case of others as a question at its close.
func elsewhere(t *testing.T, file, id string) consent.Case {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "cases", file))
	require.NoError(t, err)
	var of struct {
		Cases []struct {
			ID    string
			Input struct {
				Candidates []string
				Ballots    []struct {
					N    int64
					Rank [][]string
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(b, &of))
	for _, c := range of.Cases {
		if c.ID != id {
			continue
		}
		var answers []consent.Answer
		for _, b := range c.Input.Ballots {
			answers = append(answers, consent.Answer{Ranking: b.Rank})
		}
		out := ballots("", answers...)
		for i, b := range c.Input.Ballots {
			out.Seats[i].Weight = b.N
		}
		for _, o := range c.Input.Candidates {
			out.Options = append(out.Options, consent.Option{ID: o})
		}
		return out
	}
	require.Fail(t, "no case", id)
	return consent.Case{}
}

// In 2009 three readings of the ballots of Burlington elected three people.
func TestTrapBurlington(t *testing.T) {
	c := elsewhere(t, "ranked-real.json", "burlington-2009-plurality")
	for winner, list := range map[string][]consent.Rule{
		"Wright":   {rule.Plurality{}},
		"Kiss":     {rule.Runoff{}},
		"Montroll": {rule.Schulze{}, rule.RankedPairs{}, rule.Minimax{}, rule.Copeland{}, rule.Kemeny{}},
	} {
		for _, r := range list {
			assert.Equal(t, []string{winner}, r.Judge(c).Winners, "%T", r)
		}
	}
}

// In 2006 it mattered among 421 ballots of the Debian project whether an option
// that is not named is last or nothing was said of it.
func TestTrapDebianUnranked(t *testing.T) {
	c := elsewhere(t, "debian-leader.json", "debian-leader-2006")
	r := rule.Schulze{Strength: rule.Margin, Default: "None of the Above"}
	assert.Equal(t, []string{"Anthony Towns"}, r.Judge(c).Winners)
	r.Unranked = rule.Absent
	assert.Equal(t, []string{"Steve McIntyre"}, r.Judge(c).Winners)
}

// In example 10 of Schulze's paper the three measures elect three options.
func TestTrapSchulzeStrengths(t *testing.T) {
	c := elsewhere(t, "schulze.json", "schulze-paper-10-margin")
	seen := map[string]bool{}
	for _, s := range []rule.Strength{rule.Margin, rule.Ratio, rule.Winning} {
		w := rule.Schulze{Strength: s}.Judge(c).Winners
		require.Len(t, w, 1)
		seen[strings.Join(w, "")] = true
	}
	assert.Len(t, seen, 3)
}
