package rule_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// bare is what no member should have to read: the code of a reason in quotation
// marks, as one is said that has no words; a comparison or a time as data has it;
// and what a form prints that was not filled in.
var bare = regexp.MustCompile(`“|at-least|at-most|\bover \d|\d+T\d+:|sqrt|seconds seconds|%!|\(\)|  `)

// readable holds every sentence that is said of a case to it.
func readable(t require.TestingT, r consent.Rule, c consent.Case) {
	v := r.Judge(c)
	says := consent.Explain(r, c, v)
	require.LessOrEqual(t, len(says), len(v.Why)+1)
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(says))), len(says), "nothing is said twice")
	for _, s := range says {
		require.NotRegexp(t, bare, s, "%T: %v", r, v)
		require.Regexp(t, `^\S.*[^.]\.$`, s)
	}
}

// Every reason that a rule gives reaches a member in words (CP-25): those of votes
// in random cases with all that a vote looks at, those of elections at their close
// and before.
func TestEveryReasonHasWords(t *testing.T) {
	made := rules(t)
	for _, called := range slices.Sorted(maps.Keys(made)) {
		rapid.Check(t, func(t *rapid.T) {
			l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 5)), called}
			readable(t, made[called], l.election())
		})
	}
	for _, r := range append(everyElection(), rule.Schulze{Default: "A", Quorum: 2}) {
		rapid.Check(t, func(t *rapid.T) {
			c := anElection(t)
			readable(t, r, c)
			c.Now = c.Opened
			readable(t, r, c)
		})
	}
	for _, r := range []consent.Rule{rule.Star{}, rule.ReweightedRange{}} {
		readable(t, r, ballots("A B", consent.Answer{Scores: map[string]int64{"A": 9}}))
	}
	readable(t, rule.Budget{By: rule.Greedy, Total: "3", Costs: []string{"1", "2.5"}}, ballots("A B", rank("A=B"), rank("B")))
}

// wordless gives a reason for which it has no words, or fails at them.
type wordless struct{ fails bool }

func (wordless) Judge(consent.Case) consent.Verdict {
	return consent.Verdict{Outcome: consent.Pending, Why: []consent.Reason{{Code: "moonlight", Got: "half", Need: "full"}}}
}

func (r wordless) Words(consent.Reason) (string, bool) {
	if r.fails {
		panic("no words")
	}
	return "", false
}

// A rule without words for its reasons is explained in general ones, and so is one
// that fails at them; the test above would see it.
func TestWithoutWords(t *testing.T) {
	for _, r := range []consent.Rule{wordless{}, wordless{true}} {
		says := consent.Explain(r, consent.Case{}, r.Judge(consent.Case{}))
		require.Equal(t, []string{"It is not decided yet.", "The rule looked at “moonlight”: it found half, it needs full."}, says)
		require.Regexp(t, bare, says[1])
	}
}

var missing = regexp.MustCompile(`so (\d+) more (?:is|are) missing|and (\d+) of \d+ are needed`)

// What is said to be missing is right: with so many it is adopted, and with one
// fewer it is not. Of all members that many more who were silent are needed; of those
// who said something, that many of them.
func TestWhatIsMissing(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.SampledFrom([]string{rule.Cast, rule.Answered, rule.Everyone}).Draw(t, "of")
		r := rule.Majority{Of: of, NotLess: rapid.Bool().Draw(t, "not less"),
			Share: rapid.SampledFrom([]string{"1/2", "2/3", "60 %", "7/13", "0.9"}).Draw(t, "share")}.Vote()
		draw := func(name string) int64 { return rapid.Int64Range(0, 60).Draw(t, name) }
		yes, no, abstain, silent := draw("yes"), draw("no"), draw("abstain"), int64(2000)
		c := atClose(counted(yes, no, abstain, silent))
		says := fmt.Sprint(consent.Explain(r, c, r.Judge(c)))
		found := missing.FindStringSubmatch(says)
		if found == nil {
			require.Equal(t, consent.Carried, r.Judge(c).Outcome, says)
			return
		}
		seen++
		number, err := strconv.ParseInt(found[1]+found[2], 10, 64)
		require.NoError(t, err)
		with := func(n int64) consent.Outcome {
			if found[1] != "" {
				return r.Judge(atClose(counted(yes+n, no, abstain, silent-n))).Outcome
			}
			from := min(n-yes, no) // who said no says yes, and then who abstained
			return r.Judge(atClose(counted(n, no-from, abstain-(n-yes-from), silent))).Outcome
		}
		require.Equal(t, consent.Carried, with(number), says)
		require.Equal(t, consent.Declined, with(number-1), says)
	})
	require.Positive(t, seen)
}

// A comparison is said with what was needed, found and missing; one that is but
// looked at is not said to be needed; and a veto is not spoken of where there is
// none.
func TestComparisonsInWords(t *testing.T) {
	some := []circle.PersonID{"p1", "p2"}
	own := rule.Vote{Carry: rule.Condition{Name: "veto", Any: []rule.Condition{
		{Count: []string{rule.Veto}, AtLeast: "1"}, {Count: []string{rule.No}, Over: "1/2", Of: []string{rule.Everyone}}}}, Positions: []string{rule.Yes, rule.No, rule.Veto}}
	for _, c := range []struct {
		rule consent.Worder
		why  consent.Reason
		says string
	}{
		{rule.SuperMajority.Vote(), consent.Reason{Code: "majority", Got: "3 of 5", Need: "at least 2/3"},
			"of the votes that say yes or no, at least two thirds must say yes: 3 of 5 do, and 4 of 5 are needed"},
		{rule.Majority{Quorum: "3"}.Vote(), consent.Reason{Code: "quorum", Got: "1", Need: "at least 3"}, "at least 3 votes must answer: 1 does, so 2 more are missing"},
		{rule.Majority{Quorum: "3"}.Vote(), consent.Reason{Code: "quorum", Holds: true, Got: "1", Need: "at least 3"},
			"at least 3 votes must answer: 1 does, and whoever is there is enough, for the meeting before had too few"},
		{rule.SimpleMajority.Vote(), consent.Reason{Code: "silent", Got: "5", Who: some}, "p1 and p2 have not answered (5 votes)"},
		{rule.SimpleMajority.Vote(), consent.Reason{Code: "silent", Got: "9", Who: some, More: 7}, "p1 and p2 and 7 more have not answered"},
		{rule.Gov{Quorum: "1/3", Threshold: "1/2", Veto: "1/3"}.Vote(), consent.Reason{Code: "condition", Got: "1 of 6", Need: "over 1/3"},
			"of the votes that answer, more than a third say veto: 1 of 6 does, so that is not so"},
		{rule.LiquidGov{Quorum: "1/3", Threshold: "1/2", BurnNo: "1/3"}.Vote(), consent.Reason{Code: "condition", Got: "1 of 6", Need: "at least 1/3"},
			"one of the things that the rule looks for is at least a third: it is 1 of 6, so that is not so"},
		{rule.Unanimity{}.Vote(), consent.Reason{Code: "missing", Got: "1", Need: "at most 0"}, "nobody may say no, abstain, say veto or stay silent: 1 does, which is too many"},
		{rule.Gov{Quorum: "1/3", Threshold: "1/2", Veto: "1/3"}.Vote(), consent.Reason{Code: "veto"}, "a veto stops it"},
		{rule.ClassVeto{Threshold: 3, Class: "a"}.Vote(), consent.Reason{Code: "veto", Holds: true}, "no veto stops it"},
		{&own, consent.Reason{Code: "veto", Holds: true}, "this is so: at least 1 vote says veto, or of all votes, more than half say no"},
		{rule.DoubleMajority{}.Vote(), consent.Reason{Code: "states", Got: "2 of 4 classes", Need: "over 1/2"},
			"in more than half of the classes it must be so that of the votes that say yes or no, more than half say yes; it is so in 2 of 4 classes"},
	} {
		says, ok := c.rule.Words(c.why)
		require.True(t, ok)
		require.Equal(t, c.says, says)
	}
}
