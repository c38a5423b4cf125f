package rule_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/internal/canon"
)

// asked is a vote of so many people that closes after ten seconds, at the instant
// now. Answers are given as "p1 yes", one after the other, each a second later.
func asked(people, now int, answers ...string) consent.Case {
	c := consent.Case{Opened: opening, Closes: second(10), Now: second(now), Version: 1}
	for i := range people {
		c.Seats = append(c.Seats, consent.Seat{Person: name(i)})
	}
	for i, a := range answers {
		who, position, _ := strings.Cut(a, " ")
		c.Answers = append(c.Answers, consent.Answer{Seat: circle.PersonID(who), Position: position, Version: 1, At: second(i)})
	}
	return c
}

// counted is a vote in which blocks of so much weight have answered, and so much
// has not.
func counted(yes, no, abstain, silent int64) consent.Case {
	c := consent.Case{Opened: opening, Closes: second(10), Now: second(5), Version: 1}
	for i, n := range []int64{yes, no, abstain, silent} {
		if n == 0 {
			continue
		}
		c.Seats = append(c.Seats, consent.Seat{Person: name(i), Weight: n})
		if i < 3 {
			c.Answers = append(c.Answers, consent.Answer{Seat: name(i), Position: []string{"yes", "no", "abstain"}[i], Version: 1, At: second(1)})
		}
	}
	return c
}

func atClose(c consent.Case) consent.Case {
	c.Now = c.Closes
	return c
}

// reason finds a reason by its code.
func reason(t testing.TB, v consent.Verdict, code string) consent.Reason {
	for _, r := range v.Why {
		if r.Code == code {
			return r
		}
	}
	require.Fail(t, "no reason", "%s in %v", code, v.Why)
	return consent.Reason{}
}

// TestCountingEdges holds votes to what the counts of others got wrong.
func TestCountingEdges(t *testing.T) {
	share := func(s string) rule.Majority { return rule.Majority{Share: s, NotLess: true} }
	for _, c := range []struct {
		says string
		rule rule.Majority
		of   consent.Case
		want consent.Outcome
	}{
		{"60 of 101 are below 60 %", share("60 %"), counted(60, 41, 0, 0), consent.Declined},
		{"61 of 101 are not", share("60%"), counted(61, 40, 0, 0), consent.Carried},
		{"4 of 7 are below 60 %", share("0.6"), counted(4, 3, 0, 0), consent.Declined},
		{"7 of 13 are 7/13", share("7/13"), counted(7, 6, 0, 0), consent.Carried},
		{"and not over 7/13", rule.Majority{Share: "7/13"}, counted(7, 6, 0, 0), consent.Declined},
		{"10 to 10 is no majority", rule.SimpleMajority, counted(10, 10, 0, 0), consent.Declined},
		{"10 to 10 is at least half", share("1/2"), counted(10, 10, 0, 0), consent.Carried},
		{"15 of 20 are not less than 75 %", share("75 %"), counted(15, 5, 0, 0), consent.Carried},
		{"14 of 19 are", share("75 %"), counted(14, 5, 0, 0), consent.Declined},
		{"nobody votes, and a quorum of nobody is not reached", rule.Majority{Quorum: "20%"}, atClose(counted(0, 0, 0, 4)), consent.Declined},
		{"nobody votes, and there is no share of nobody", share("1/2"), atClose(counted(0, 0, 0, 4)), consent.Declined},
		{"all abstain", rule.SimpleMajority, counted(0, 0, 7, 0), consent.Declined},
		{"a threshold above everybody", rule.Majority{Of: rule.Everyone, Share: "11/10"}, counted(5, 0, 0, 5), consent.Declined},
		{"who abstains is in the base of those who answer", rule.Majority{Of: rule.Answered}, counted(5, 0, 5, 0), consent.Declined},
		{"and not in that of votes cast", rule.SimpleMajority, counted(5, 0, 5, 0), consent.Carried},
		{"a vote that no seat weighs", rule.SimpleMajority, consent.Case{Now: opening}, consent.Declined},
	} {
		v := c.rule.Vote().Judge(c.of)
		assert.Equal(t, c.want, v.Outcome, "%s: %v", c.says, v.Why)
		assert.True(t, v.Final, c.says)
	}
}

// TestDeadline: the instant of the deadline is outside, and nothing is said before
// it that can still change.
func TestDeadline(t *testing.T) {
	r := rule.SimpleMajority.Vote()
	c := asked(4, 9, "p0 yes", "p1 no")
	v := r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome)
	assert.Equal(t, c.Closes, v.Wake)
	assert.Equal(t, []circle.PersonID{"p2", "p3"}, reason(t, v, "silent").Who)

	c.Answers = append(c.Answers, consent.Answer{Seat: "p2", Position: "yes", Version: 1, At: second(10)})
	assert.Equal(t, consent.Declined, r.Judge(atClose(c)).Outcome, "at the deadline it is too late")
	c.Answers[2].At = c.Closes.Add(-1)
	assert.Equal(t, consent.Carried, r.Judge(atClose(c)).Outcome)

	c.MayChange, c.Now = true, c.Closes.Add(-1)
	c.Answers = append(c.Answers, consent.Answer{Seat: "p3", Position: "yes", Version: 1, At: second(9)})
	assert.Equal(t, consent.Pending, r.Judge(c).Outcome, "three of four, and any may change their mind")
}

// TestVersions: an answer to another version of the text is none.
func TestVersions(t *testing.T) {
	c := asked(1, 5, "p0 yes")
	c.Version = 2
	assert.Equal(t, consent.Pending, rule.SimpleMajority.Vote().Judge(c).Outcome)
}

// TestQuorate: whoever comes to the meeting after one without a quorum is one.
func TestQuorate(t *testing.T) {
	r := rule.Majority{Quorum: "1/2"}.Vote()
	c := atClose(asked(5, 0, "p0 yes"))
	assert.Equal(t, consent.Declined, r.Judge(c).Outcome)
	c.Quorate = true
	assert.Equal(t, consent.Carried, r.Judge(c).Outcome)
}

// TestWeights: what cannot be summed exactly is refused and leaves the question
// pending; weights of classes may be of any size, and are summed exactly.
func TestWeights(t *testing.T) {
	for _, weights := range [][]int64{{-1}, {math.MaxInt64}, {math.MaxInt64 / 2, 1}} {
		c := asked(len(weights), 10)
		for i, w := range weights {
			c.Seats[i].Weight = w
		}
		for called, r := range rules(t) {
			if called == "settled-consent" {
				continue // no weight touches it
			}
			v := r.Judge(c)
			assert.Equal(t, consent.Pending, v.Outcome, called)
			reason(t, v, "rule-error")
		}
	}
	const most = "340282366920938463463374607431768211455" // 2^128-1
	vote := rule.AbsoluteMajority.Vote()
	vote.Weights = []rule.ClassWeight{{Class: "a", Times: most}, {Class: "b", Times: most}, {Class: "c", Times: "1"}}
	c := asked(3, 5, "p0 yes", "p1 no")
	c.Seats[0].Class, c.Seats[1].Class, c.Seats[2].Class = "a", "b", "c"
	assert.Equal(t, consent.Pending, vote.Judge(c).Outcome, "one vote is missing of twice 2^128")
	c.Answers = append(c.Answers, consent.Answer{Seat: "p2", Position: "yes", Version: 1, At: second(3)})
	v := vote.Judge(c)
	assert.Equal(t, consent.Carried, v.Outcome)
	assert.Equal(t, "340282366920938463463374607431768211456 of 680564733841876926926749214863536422911", reason(t, v, "majority").Got)
}

// TestSuperQuorum: it ends the vote, and what comes later does not count.
func TestSuperQuorum(t *testing.T) {
	r := rule.Governor{Quorum: "1", SuperQuorum: "3"}.Vote()
	c := asked(8, 5, "p0 yes", "p1 no", "p2 yes")
	assert.Equal(t, consent.Pending, r.Judge(c).Outcome)
	c = asked(8, 5, "p0 yes", "p1 no", "p2 yes", "p3 yes")
	v := r.Judge(c)
	assert.True(t, v.Outcome == consent.Carried && v.Final)
	c = asked(8, 10, "p0 yes", "p1 no", "p2 yes", "p3 yes", "p4 no", "p5 no", "p6 no")
	assert.Equal(t, consent.Carried, r.Judge(c).Outcome)
}

// TestEndsMayStillCome: what is lost by its condition is not lost while something
// may still end the vote.
func TestEndsMayStillCome(t *testing.T) {
	ends := rule.Condition{Count: []string{rule.Yes}, AtLeast: "2"}
	r := rule.AbsoluteMajority.Vote()
	r.Ends = &ends
	assert.Equal(t, consent.Pending, r.Judge(counted(0, 6, 0, 2)).Outcome)
	assert.Equal(t, consent.Declined, r.Judge(counted(0, 6, 0, 1)).Outcome)
}

// TestLateQuorum: the vote stays open when its quorum comes late.
func TestLateQuorum(t *testing.T) {
	r := rule.Governor{Quorum: "3", Late: 5}.Vote()
	c := asked(8, 10, "p0 yes", "p1 yes")
	c.Answers = append(c.Answers, consent.Answer{Seat: "p2", Position: "yes", Version: 1, At: second(8)})
	v := r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome)
	assert.Equal(t, second(13), v.Wake)
	for i, who := range []circle.PersonID{"p3", "p4", "p5", "p6"} {
		c.Answers = append(c.Answers, consent.Answer{Seat: who, Position: "no", Version: 1, At: second(9 + i)})
	}
	c.Now = second(13)
	assert.Equal(t, consent.Declined, r.Judge(c).Outcome, "four of them in the time that was added")
	c.Answers[len(c.Answers)-1].At = second(13)
	assert.Equal(t, "3", reason(t, r.Judge(c), "no").Got, "the end of it is outside too")
}

// TestLending: who votes takes their own weight off who speaks for them, before or
// after; what is lent is not lent on.
func TestLending(t *testing.T) {
	lent := func(answers ...string) string {
		c := asked(4, 10, answers...)
		c.Seats[1].Delegate, c.Seats[2].Delegate, c.Seats[3].Delegate = "p0", "p0", "p1"
		v := rule.LiquidGov{Quorum: "1/10", Threshold: "1/2", BurnNo: "1"}.Vote().Judge(c)
		return reason(t, v, "yes").Got + reason(t, v, "no").Got + reason(t, v, "silent").Got
	}
	assert.Equal(t, "301", lent("p0 yes"))
	assert.Equal(t, "220", lent("p0 yes", "p1 no"), "p1 speaks for p3 and not for p2")
	assert.Equal(t, "220", lent("p1 no", "p0 yes"))
	assert.Equal(t, "022", lent("p1 no"))
}

// TestLendingInCircles: who lend to one another and are silent stay silent.
func TestLendingInCircles(t *testing.T) {
	c := asked(3, 10, "p2 yes")
	c.Seats[0].Delegate, c.Seats[1].Delegate, c.Seats[2].Delegate = "p1", "p0", "p2"
	v := rule.LiquidGov{Quorum: "1/2", Threshold: "1/2", BurnNo: "1"}.Vote().Judge(c)
	assert.Equal(t, "2", reason(t, v, "silent").Got)
	assert.Equal(t, consent.Declined, v.Outcome)
}

// TestAdmit: which answers cannot be given, and why.
func TestAdmit(t *testing.T) {
	simple := rule.SimpleMajority.Vote()
	parts := rule.Governor{Quorum: "1", Split: true}.Vote()
	c := asked(3, 5, "p0 yes")
	heavy := asked(2, 5)
	heavy.Seats[0].Weight = 3
	over := asked(3, 5, "p0 yes", "p1 yes")
	for _, a := range []struct {
		rule consent.Admitter
		c    consent.Case
		a    consent.Answer
		want string
	}{
		{simple, c, consent.Answer{Seat: "p1", Position: "no"}, ""},
		{simple, c, consent.Answer{Seat: "p1", Position: "against"}, ""},
		{simple, c, consent.Answer{Seat: "p1"}, "empty position"},
		{simple, c, consent.Answer{Seat: "p1", Position: "maybe"}, "invalid position"},
		{simple, c, consent.Answer{Seat: "p1", Position: "veto"}, "invalid position"},
		{simple, c, consent.Answer{Seat: "p1", Scores: map[string]int64{"yes": 1}}, "invalid position"},
		{simple, c, consent.Answer{Seat: "p9", Position: "yes"}, "no seat"},
		{simple, c, consent.Answer{Seat: "p1", Position: "yes", Version: 2}, "not this version"},
		{simple, c, consent.Answer{Seat: "p0", Position: "no"}, "already voted"},
		{simple, over, consent.Answer{Seat: "p2", Position: "no"}, "proposal is not open"},
		{simple, c, consent.Answer{Seat: "p1", Position: "no", At: second(10)}, "proposal is not open"},
		{parts, heavy, consent.Answer{Seat: "p0", Scores: map[string]int64{"yes": 1, "no": 2}}, ""},
		{parts, heavy, consent.Answer{Seat: "p0", Scores: map[string]int64{"yes": 2, "no": 2}}, "exceeds remaining weight"},
		{parts, heavy, consent.Answer{Seat: "p0", Scores: map[string]int64{"yes": -1}}, "invalid position"},
		{parts, heavy, consent.Answer{Seat: "p0", Scores: map[string]int64{"maybe": 1}}, "invalid position"},
	} {
		if a.a.Version == 0 {
			a.a.Version = 1
		}
		if a.a.At.IsZero() {
			a.a.At = second(4)
		}
		err := a.rule.Admit(a.c, a.a)
		if a.want == "" {
			assert.NoError(t, err, "%v", a.a)
			continue
		}
		var refused *rule.Refused
		require.ErrorAs(t, err, &refused, "%v", a.a)
		assert.Equal(t, a.want, refused.Code, "%v", a.a)
		assert.NotEmpty(t, refused.Error())
	}
}

// TestBadParameters: what cannot be is refused by name when a rule is made.
func TestBadParameters(t *testing.T) {
	deep := strings.Repeat(`{"not":`, 9) + `{"at-least":"1","count":["yes"]}` + strings.Repeat("}", 9)
	for _, c := range []struct{ kind, with, says string }{
		{"vote", `{}`, "must say one of"},
		{"vote", `{"carry":{"count":["yes"]}}`, "at-least, over, at-most and below"},
		{"vote", `{"carry":{"at-least":"1","count":["maybe"]}}`, `"maybe"`},
		{"vote", `{"carry":{"at-least":"1","count":["yes","cast"]}}`, `"yes" twice`},
		{"vote", `{"carry":{"at-least":"1/2","count":["yes"]}}`, "without a base"},
		{"vote", `{"carry":{"at-least":"-1","count":["yes"]}}`, "no whole number"},
		{"vote", `{"carry":{"below":"0","count":["yes"]}}`, "nothing ever is"},
		{"vote", `{"carry":{"at-least":"1/0","count":["yes"],"of":["all"]}}`, "no share"},
		{"vote", `{"carry":{"at-least":"half","count":["yes"],"of":["all"]}}`, "no share"},
		{"vote", `{"carry":{"at-least":"1e9","count":["yes"],"of":["all"]}}`, "no share"},
		{"vote", `{"carry":{"at-least":"0","count":["yes"],"of":["all"]}}`, "nothing"},
		{"vote", `{"carry":{"at-least":"1/2","count":["yes"],"of":["register"]}}`, "heads"},
		{"vote", `{"carry":{"at-least":"1","count":["objections"]}}`, "counts objections"},
		{"vote", `{"carry":{"all":[{"at-least":"1","count":["yes"]}],"at-least":"1"}}`, "put together"},
		{"vote", `{"carry":{"any":[{"at-least":"1","count":["yes"]}],"classes":["a"]}}`, "names classes"},
		{"vote", `{"carry":` + deep + `}`, "deep"},
		{"vote", `{"carry":{"at-least":"1","count":["yes"]},"positions":["yes","maybe"]}`, `no position "maybe"`},
		{"vote", `{"carry":{"at-least":"1","count":["yes"]},"positions":["yes","yes"]}`, "twice"},
		{"vote", `{"carry":{"at-least":"1","count":["yes"]},"weights":[{"class":"a","times":"-1"}]}`, "whole number of times"},
		{"vote", `{"carry":{"at-least":"1","count":["yes"],"heads":true},"split":true}`, "several minds"},
		{"vote", `{"after":-1,"carry":{"at-least":"1","count":["yes"]}}`, "no time"},
		{"vote", `{"carry":{"at-least":"1","count":["yes"]},"colour":"red"}`, "colour"},
		{"majority", `{"share":"more"}`, "no share"},
		{"apache", `{"kind":"vote"}`, "release, code, lazy or procedural"},
		{"chambers", `{"chambers":[]}`, "no chamber"},
		{"coop-resolution", `{"kind":"unusual"}`, "ordinary"},
		{"dao-threshold", `{"kind":"absolute-percentage","percentage":"1.01"}`, "more than the whole"},
		{"dao-threshold", `{"kind":"absolute-percentage","percentage":"0"}`, "always reached"},
		{"dao-threshold", `{"kind":"threshold-quorum","quorum":"2","threshold":"majority"}`, "more than the whole"},
		{"dao-threshold", `{"count":"0","kind":"absolute-count"}`, "always reached"},
		{"group-policy", `{}`, "either"},
		{"group-policy", `{"max-execution":1,"min-execution":5,"threshold":"1","voting-period":3}`, "at the earliest"},
		{"final-comment", `{"outstanding":2}`, "no time"},
		{"adaptive-quorum", `{}`, "no bias"},
		{"conviction", `{"alpha":"1","beta":"0.2","funds":1,"rho":"0.1"}`, "alpha"},
		{"conviction", `{"alpha":"0.9","beta":"0.2","funds":0,"rho":"0.1"}`, "0 funds"},
		{"simple-majority", `{"share":"1/3"}`, "no parameters"},
	} {
		r, err := rule.Votes()[consent.RuleName{Kind: c.kind, Version: 1}](c.with)
		if assert.Error(t, err, "%s %s", c.kind, c.with) {
			assert.Contains(t, err.Error(), c.says, "%s %s", c.kind, c.with)
		}
		assert.Nil(t, r)
	}
	v := (&rule.Vote{}).Judge(asked(1, 5))
	assert.Equal(t, consent.Pending, v.Outcome, "also one that nobody checked decides nothing")
	reason(t, v, "rule-error")
}

// TestConditionsSay: conditions are data, and say themselves in words.
func TestConditionsSay(t *testing.T) {
	for _, c := range []struct {
		q    rule.Condition
		says string
	}{
		{rule.SimpleMajority.Vote().Carry, "of the votes that say yes, no or veto, over 1/2 say yes"},
		{rule.Quorum("2/5"), "of all votes, at least 2/5 answer"},
		{rule.Condition{Count: []string{rule.Yes}, AtLeast: "2", Of: []string{rule.No}, Heads: true}, "at least 2 times as many people say yes as say no"},
		{rule.Quorum("3"), "at least 3 votes answer"},
		{rule.UnanimityMinus{N: 1}.Vote().Carry, "at least 1 people answer, and at most 1 people say no or veto"},
		{rule.LazyConsensus{}.Vote().Carry, "at most 0 people say no or veto, and at most 0 objections stand"},
		{rule.EachClass(rule.SimpleMajority.Vote().Carry), "in each class, of the votes that say yes, no or veto, over 1/2 say yes"},
		{rule.EUCouncil.Vote().Carry, "of all people, at least 0.55 say yes, and (of all votes, at least 0.65 say yes, or below 4 people say no, abstain or do not answer)"},
	} {
		assert.Equal(t, c.says, c.q.String())
		b, err := canon.Append(nil, c.q, 0)
		require.NoError(t, err)
		var again rule.Condition
		require.NoError(t, canon.Read(b, &again, nil))
		assert.Equal(t, c.q, again)
	}
}

// TestVotesSay: a vote says in words all that it holds.
func TestVotesSay(t *testing.T) {
	assert.Equal(t, "It is adopted when of all votes, at least 8 % say yes or abstain, and more votes say yes than say no. "+
		"A vote can be given in parts. Nothing is decided before the close. It is adopted at once when at least 9 votes say yes, and more votes say yes than say no. "+
		"From when of all votes, at least 8 % say yes or abstain, it stays open for 60 seconds at least.",
		rule.Governor{Quorum: "8 %", SuperQuorum: "9", Split: true, Late: 60}.Vote().String())
	assert.Equal(t, "It is adopted when of all people on the register, at least 3/4 say yes.", rule.CoopResolution{Kind: "written-special"}.Vote().String())
	assert.Equal(t, "It is adopted when of the votes that say yes, no or do not answer, over 1/2 say yes. It is not adopted before 60 seconds have passed.",
		rule.DaoThreshold{Kind: "absolute-percentage", Percentage: "majority", MinPeriod: 60}.Vote().String())
}

// TestOneCount: a vote that is counted in one pass comes to the same as one that
// is looked at after each answer.
func TestOneCount(t *testing.T) {
	made := rules(t)
	never := rule.Condition{Count: []string{rule.Yes}, AtLeast: "1000000"}
	rapid.Check(t, func(t *rapid.T) {
		l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3)), ""}
		for _, called := range []string{"vote", "majority", "coop-resolution", "double-majority", "eu-qualified-majority", "dao-threshold weighed"} {
			c := l.election()
			vote := *made[called].(*rule.Vote)
			at := vote.Judge(c)
			vote.Ends = &never
			require.Equal(t, at, vote.Judge(c), called)
		}
	})
}

// TestEarlyIsCertain: a comparison whose outcome nothing can change any more is
// known at once: all that four unheard seats can do is tried.
func TestEarlyIsCertain(t *testing.T) {
	made := rules(t)
	certain := 0
	rapid.Check(t, func(t *rapid.T) {
		l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 4)), ""}
		for _, called := range []string{"simple-majority", "absolute-majority", "super-majority", "unanimity-minus", "advice", "dao-threshold percentage", "group-policy"} {
			c := l.election()
			c.MayChange, c.Closes, c.Now = false, second(10), second(9)
			c.Answers = slices.DeleteFunc(c.Answers, func(a consent.Answer) bool {
				return a.Version != c.Version || a.At.After(c.Now) || !slices.Contains([]string{"yes", "no", "abstain"}, a.Position)
			})
			if v := made[called].Judge(c); len(c.Seats) < 5 && !v.Final && same(made[called], c) {
				t.Fatalf("%s: nothing can change %v\n%#v", called, v.Why, c)
			} else if v.Final {
				certain++
			}
		}
	})
	require.NotZero(t, certain)
}

// same says that a rule says the same at the close whatever each unheard seat does.
func same(r consent.Rule, c consent.Case) bool {
	seen := map[consent.Outcome]bool{}
	var all func(c consent.Case, i int)
	all = func(c consent.Case, i int) {
		if i == len(c.Seats) {
			seen[r.Judge(atClose(c)).Outcome] = true
			return
		}
		all(c, i+1)
		for _, a := range c.Answers {
			if a.Seat == c.Seats[i].Person {
				return
			}
		}
		for _, position := range []string{rule.Yes, rule.No, rule.Abstain} {
			d := c
			d.Answers = append(c.Answers[:len(c.Answers):len(c.Answers)], consent.Answer{Seat: c.Seats[i].Person, Position: position, Version: c.Version, At: second(9)})
			all(d, i+1)
		}
		d := c
		d.Seats = append([]consent.Seat(nil), c.Seats...)
		d.Seats[i].Out = true
		all(d, i+1)
	}
	all(c, 0)
	return len(seen) == 1
}

// TestAfter: an adoption waits for its time, and a rejection that is certain does
// not.
func TestAfter(t *testing.T) {
	r := rule.After(8, rule.SimpleMajority.Vote())
	v := r.Judge(asked(3, 5, "p0 yes", "p1 yes"))
	assert.Equal(t, consent.Pending, v.Outcome)
	assert.False(t, v.Final)
	assert.Equal(t, second(8), v.Wake)
	assert.Equal(t, consent.Carried, r.Judge(asked(3, 8, "p0 yes", "p1 yes")).Outcome)
	assert.Equal(t, consent.Declined, r.Judge(asked(3, 5, "p0 no", "p1 no")).Outcome)
}

// TestSince: it began at the answer since which it has held without a break.
func TestSince(t *testing.T) {
	more := rule.Condition{Count: []string{rule.Yes}, Over: "1", Of: []string{rule.No}}
	c := asked(6, 9, "p0 yes", "p1 no", "p2 yes", "p3 yes")
	at, holds := rule.Since(more, c)
	assert.True(t, holds)
	assert.Equal(t, second(2), at)
	c.Answers = append(c.Answers, consent.Answer{Seat: "p4", Position: "no", Version: 1, At: second(5)}, consent.Answer{Seat: "p5", Position: "no", Version: 1, At: second(6)})
	_, holds = rule.Since(more, c)
	assert.False(t, holds)
}

// TestFinalComment: ten days from the last concern on, and what comes at their end
// comes too late.
func TestFinalComment(t *testing.T) {
	const day = 24 * 60 * 60
	r := rule.FinalComment{Outstanding: 2, Seconds: 10 * day}.Lasting()
	c := asked(5, 3, "p0 yes", "p1 yes", "p2 yes")
	c.Closes = time.Time{}
	v := r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome)
	assert.Equal(t, second(2+10*day), v.Wake)
	assert.Equal(t, second(2).Format(time.RFC3339), reason(t, v, "final-comment").Got)

	concern := consent.Objection{ID: "o", Seat: "p4", Version: 1, Raised: second(3 * day), Ended: second(4 * day)}
	c.Objections, c.Now = []consent.Objection{concern}, second(13*day)
	v = r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome, "the time begins anew")
	assert.Equal(t, second(14*day), v.Wake)
	c.Now = second(14 * day)
	assert.Equal(t, consent.Carried, r.Judge(c).Outcome)

	late := concern
	late.Raised, late.Ended, late.Stands = second(14*day), time.Time{}, true
	c.Objections, c.Now = append(c.Objections, late), second(20*day)
	v = r.Judge(c)
	assert.Equal(t, consent.Carried, v.Outcome, "the end is outside")
	assert.Equal(t, circle.PersonID("p4"), reason(t, v, "objection-stands").Who[0])

	c.Objections = []consent.Objection{{ID: "o", Seat: "a guest", Version: 1, Raised: second(0), Stands: true}}
	assert.Equal(t, consent.Carried, r.Judge(c).Outcome, "a concern of somebody outside the team is reported and holds nothing up")
}

// TestConviction: what is staked grows as the definition says, and it is known when
// there will be enough.
func TestConviction(t *testing.T) {
	r := rule.Conviction{Alpha: "0.9", Beta: "0.2", Rho: "0.002", Requested: 1000, Funds: 15000, Supply: 45000}
	c := counted(15000, 0, 0, 30000)
	c.Closes, c.Now, c.Answers[0].At = time.Time{}, second(10), second(0)
	v := r.Judge(c)
	assert.Equal(t, "51585", reason(t, v, "conviction").Got, "15,000·(1-0.9^4)/0.1, when it was first enough")
	assert.Equal(t, "over 50625", reason(t, v, "conviction").Need)
	assert.Equal(t, consent.Carried, v.Outcome)
	c.Now = second(3)
	v = r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome)
	assert.Equal(t, "40650", reason(t, v, "conviction").Got)
	assert.Equal(t, second(4), v.Wake, "when it will be enough")
	r.Requested = 3000
	assert.Equal(t, consent.Declined, r.Judge(c).Outcome, "a fifth of the funds can never be asked for")
}

// TestQuadratic compares with the definition, in floats.
func TestQuadratic(t *testing.T) {
	c := asked(3, 10)
	c.Options = []consent.Option{{ID: "x"}, {ID: "y"}}
	given := [][2]int64{{1, 0}, {1, 3}, {0, 2}}
	weights := []int64{100, 9, 4}
	var roots [2]float64
	for i, g := range given {
		c.Seats[i].Weight = weights[i]
		c.Answers = append(c.Answers, consent.Answer{Seat: name(i), Version: 1, At: second(1), Scores: map[string]int64{"x": g[0], "y": g[1]}})
		for k := range roots {
			roots[k] += math.Sqrt(float64(weights[i]*g[k]) / float64(g[0]+g[1]))
		}
	}
	v := rule.Quadratic{}.Judge(c)
	all := roots[0]*roots[0] + roots[1]*roots[1]
	at := 0
	for _, w := range v.Why {
		if w.Code == "score" {
			assert.InEpsilon(t, roots[at]*roots[at]/all*113, number(t, w.Got), 1e-12)
			at++
		}
	}
	assert.Equal(t, 2, at)
	assert.Equal(t, []string{"x"}, v.Winners)
}

func number(t testing.TB, s string) float64 {
	r, ok := new(big.Rat).SetString(s)
	require.True(t, ok, s)
	f, _ := r.Float64()
	return f
}

// TestCount: a test of one's own is certain when no corner turns it, and one that
// says so waits for the end.
func TestCount(t *testing.T) {
	most := func(c rule.Counted) bool {
		return 2*c.Weight([]string{rule.Yes}) > c.Weight([]string{rule.Everyone})
	}
	c := counted(3, 0, 0, 2)
	v := rule.Count(false, most).Judge(c)
	assert.True(t, v.Outcome == consent.Carried && v.Final)
	assert.Equal(t, consent.Pending, rule.Count(true, most).Judge(c).Outcome)
	assert.Equal(t, consent.Carried, rule.Count(true, most).Judge(atClose(c)).Outcome)
	assert.Equal(t, consent.Pending, rule.Count(false, most).Judge(counted(2, 0, 0, 2)).Outcome)
	two := func(c rule.Counted) bool { return c.Heads([]string{rule.Yes}, "a") == 2 }
	assert.Equal(t, consent.Declined, rule.Count(true, two).Judge(atClose(asked(3, 0, "p0 yes", "p1 yes"))).Outcome, "they are of no class")
}

// TestRoots: the quorum of a root is reached by the least number whose square is
// not below it: of 996 by 48, of 16 with twice the root by 8.
func TestRoots(t *testing.T) {
	for _, c := range []struct {
		times string
		of    consent.Case
		want  consent.Outcome
	}{
		{"", counted(48, 0, 0, 948), consent.Carried},
		{"", counted(47, 0, 0, 949), consent.Declined},
		{"2", counted(8, 0, 0, 8), consent.Carried},
		{"2", counted(7, 0, 0, 9), consent.Declined},
	} {
		r := rule.DebianQuorum{Times: c.times}
		assert.Equal(t, c.want, r.Judge(atClose(c.of)).Outcome)
	}
}

// TestPartsOfAThreshold: weights are whole, so two and a half need three.
func TestPartsOfAThreshold(t *testing.T) {
	r := rule.GroupPolicy{Threshold: "2.5"}
	assert.Equal(t, consent.Pending, r.Judge(counted(2, 0, 0, 5)).Outcome)
	assert.Equal(t, consent.Carried, r.Judge(counted(3, 0, 0, 5)).Outcome)
	r.Threshold = "99"
	assert.Equal(t, consent.Carried, r.Judge(counted(3, 0, 0, 0)).Outcome, "never more than all there is")
}

// TestConsentOfACircle: silence may have no objection when the time is over, a
// concern does not block, and nothing is ever declined (EC-30, EC-39).
func TestConsentOfACircle(t *testing.T) {
	r := rule.Consent{SilenceConsents: true}
	c := asked(3, 9, "p0 consent", "p1 concern")
	v := r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome)
	assert.Equal(t, c.Closes, v.Wake)
	assert.Equal(t, []circle.PersonID{"p2"}, reason(t, v, "heard").Who)
	assert.Equal(t, consent.Carried, r.Judge(atClose(c)).Outcome)
	c = asked(3, 10, "p0 consent", "p1 objects")
	v = r.Judge(c)
	assert.Equal(t, consent.Pending, v.Outcome, "it never declines")
	assert.Equal(t, []circle.PersonID{"p1"}, reason(t, v, "objection-stands").Who)
	c.Objections = []consent.Objection{{ID: "o1", Seat: "p1", Version: 1, Raised: second(1), Ended: second(2)}}
	assert.Equal(t, consent.Carried, r.Judge(c).Outcome, "who took it back need not answer again")
}
