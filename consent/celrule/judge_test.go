package celrule_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/celrule"
	"github.com/sayround/sayround/consent/rule"
)

var (
	opening = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	closing = opening.Add(7 * 24 * time.Hour)
)

// ballots is a case at its close. Each word is a person with what they said, with
// their class and weight: "ana=yes bea:worker=no cem:investor*5=abstain dov".
func ballots(words string) consent.Case {
	c := consent.Case{Opened: opening, Closes: closing, Now: closing, Version: 1}
	for _, word := range strings.Fields(words) {
		who, said, _ := strings.Cut(word, "=")
		who, weighs, _ := strings.Cut(who, "*")
		who, class, _ := strings.Cut(who, ":")
		s := consent.Seat{Person: circle.PersonID(who), Class: circle.Class(class)}
		s.Weight, _ = strconv.ParseInt(weighs, 10, 64) // none: one, as everybody's
		c.Seats = append(c.Seats, s)
		if said != "" {
			c.Answers = append(c.Answers, consent.Answer{Seat: s.Person, Position: said, Version: 1, At: opening})
		}
	}
	return c
}

// found writes what the conditions of a rule came to, and no other reasons.
func found(v consent.Verdict) string {
	var out []string
	for _, r := range v.Why {
		if slices.Contains([]string{"yes", "no", "abstain", "veto", "silent"}, r.Code) {
			continue
		}
		holds := "not"
		if r.Holds {
			holds = "holds"
		}
		out = append(out, strings.Join(slices.DeleteFunc([]string{r.Code, r.Got, r.Need, holds}, func(s string) bool { return s == "" }), ", "))
	}
	return strings.Join(out, "\n")
}

// TestComparisonsAreTold: every comparison that is made is a reason with what was
// got and what is needed, exactly; a share is told as a share. What is put together
// is told too, by its expression.
func TestComparisonsAreTold(t *testing.T) {
	const answers = "ana=yes bea=yes cem=yes dov=no eli=abstain fay"
	for _, c := range []struct{ expression, told string }{
		{`yes > no`, "it, 3, over 1, holds"},
		{`no > yes`, "it, 1, over 3, not"},
		{`yes * 3 >= cast * 2`, "it, 3 of 4, at least 2/3, holds"},
		{`2 * cast <= yes * 3`, "it, 4 of 3, at most 3/2, holds"},
		{`yes * 4 > cast * 3`, "it, 3 of 4, over 3/4, not"},
		{`answered * 2 >= all`, "it, 5 of 6, at least 1/2, holds"},
		{`(yes + no) * 100 < all * 60`, "it, 4 of 6, below 3/5, not"},
		{`yes >= no * 2`, "it, 3 of 1, at least 2, holds"},
		{`yes * 2 >= 7`, "it, 6, at least 7, not"},
		{`4 <= yes`, "it, 3, at least 4, not"},
		{`4 != yes`, "it, 3, other than 4, holds"},
		{`yes * -1 > no * 2`, "it, -3 of 1, over 2, not"},
		{`2 > 1`, "it, 2, over 1, holds"},
		{`silent == 1`, "it, 1, exactly 1, holds"},
		{`sum(seats.map(s, s.yes, s.weight)) >= 3`, "it, 3, at least 3, holds"},
		{`quorate`, "it, quorate, not"},
		{`seats.exists(s, s.person == "ana" && s.yes)`, `it, seats.exists(s, s.person == "ana" && s.yes), holds`},
		{`seats.all(s, s.weight > 0)`, `it, seats.all(s, s.weight > 0), holds`},
		{`!(yes > no)`, "it, 3, over 1, holds\nit, !(yes > no), not"},
		{`yes > no && silent > 2`, "it, 3, over 1, holds\nit, 1, over 2, not\nit, yes > no && silent > 2, not"},
		{`no > yes && silent > 2`, "it, 1, over 3, not\nit, no > yes && silent > 2, not"}, // the second was not made
		{`yes > no ? all > 5 : all > 7`, "it, 3, over 1, holds\nit, 6, over 5, holds\nit, yes > no ? all > 5 : all > 7, holds"},
	} {
		t.Run(c.expression, func(t *testing.T) {
			require.Equal(t, c.told, found(compiled(t, conditions("it", c.expression)).Judge(ballots(answers))))
		})
	}
}

// TestWhatConditionsSee: the vocabulary is that of the stock: who is out and what
// was said too late, to another version, or in no position is nowhere in it.
func TestWhatConditionsSee(t *testing.T) {
	c := ballots("ana:worker*3=yes bea:worker=consent cem:investor*10=no dov:investor=objects eli:supported*2=abstain fay:supported=stand-aside gus:advocate=veto hal:advocate ida*4=yes")
	c.Seats[8].Out = true
	c.Answers = append(c.Answers,
		consent.Answer{Seat: "hal", Position: "yes", Version: 1, At: closing},
		consent.Answer{Seat: "hal", Position: "yes", Version: 2, At: opening},
		consent.Answer{Seat: "ana", Position: "perhaps", Version: 1, At: opening},
		consent.Answer{Seat: "zoe", Position: "yes", Version: 1, At: opening})
	c.Objections = []consent.Objection{
		{ID: "o1", Seat: "dov", Stands: true, Raised: opening},
		{ID: "o2", Seat: "dov", Raised: opening, Ended: opening},
		{ID: "o3", Seat: "dov", Raised: opening, Ended: closing},
		{ID: "o4", Seat: "dov", Stands: true, Raised: closing},
		{ID: "o5", Seat: "zoe", Stands: true, Raised: opening}}
	c.Quorate = true
	register := []consent.Enrolled{{Class: "worker", N: 5}, {Class: "member", N: 3}, {Class: "friend", N: 0}}
	holds := func(c consent.Case, expression string) {
		t.Helper()
		require.Equal(t, consent.Carried, compiled(t, conditions("it", expression)).Judge(c).Outcome, expression)
	}
	holds(c, `yes == 4 && no == 11 && abstain == 3 && veto == 1 && silent == 1`)
	holds(c, `veto >= 0 && cast == 16 && answered == 19 && all == 20`)
	holds(c, `cast == 15 && answered == 18 && silent == 2 && all == 20`) // a rule that speaks of no veto has none
	holds(c, `people.yes == 2 && people.no == 2 && people.abstain == 2 && people.silent == 2 && people.cast == 4 && people.answered == 6 && people.all == 8`)
	holds(c, `yes("worker") == 4 && people.yes("worker") == 2 && all("investor") == 11 && yes("nobody") == 0 && all("") == 0`)
	holds(c, `register == 8 && register("worker") == 2 && register("nobody") == 0 && register("member") == 0`)
	holds(c, `objections == 2 && quorate`)
	holds(c, `classes == ["advocate", "investor", "supported", "worker"]`)
	holds(c, `seats.size() == 8 && seats.map(s, s.person) == ["ana", "bea", "cem", "dov", "eli", "fay", "gus", "hal"]`)
	holds(c, `seats.exists_one(s, s.class == "worker" && s.weight == 3 && s.yes && !s.no) && seats.exists_one(s, s.veto) && seats.exists_one(s, s.silent)`)
	c.Register = register
	holds(c, `register == 8 && register("worker") == 5 && register("member") == 3 && register("supported") == 0 && all("member") == 0`)
	holds(c, `classes == ["advocate", "investor", "member", "supported", "worker"]`)
	slices.Reverse(c.Seats)
	holds(c, `seats.map(s, s.person) == ["ana", "bea", "cem", "dov", "eli", "fay", "gus", "hal"]`)
}

// TestWhenItDecides: it is adopted where everything holds at the close, and
// declined otherwise; before the close it waits, or says what is certain where the
// author claims that it can.
func TestWhenItDecides(t *testing.T) {
	source := conditions("quorum", "answered * 2 >= all", "support", "yes > no")
	open := closing.Add(-time.Hour)
	for name, c := range map[string]struct {
		early   bool
		source  celrule.Source
		words   string
		change  func(*consent.Case)
		outcome consent.Outcome
		final   bool
		wakes   bool
	}{
		"everything holds at the close":     {false, source, "ana=yes bea=yes cem", nil, consent.Carried, true, false},
		"one thing does not":                {false, source, "ana=yes bea cem", nil, consent.Declined, true, false},
		"it waits for the close":            {false, source, "ana=yes bea=yes cem", at(open), consent.Pending, false, true},
		"even when all were heard":          {false, source, "ana=yes bea=yes cem=yes", at(open), consent.Pending, false, true},
		"it is certain early":               {true, source, "ana=yes bea=yes cem", at(open), consent.Carried, true, false},
		"it is certain that it will not be": {true, source, "ana=no bea=no cem", at(open), consent.Declined, true, false},
		"it is not certain yet":             {true, source, "ana=yes bea=no cem", at(open), consent.Pending, false, true},
		"who is silent may still leave":     {true, source, "ana bea cem", at(open), consent.Pending, false, true},
		"then there are fewer":              {true, conditions("it", "all >= 3"), "ana=yes bea=yes cem", at(open), consent.Pending, false, true},
		"and a class is gone":               {true, conditions("it", "classes.size() == 2"), "ana:worker=yes bea:investor", at(open), consent.Pending, false, true},
		"but not the register": {true, conditions("it", "classes.size() == 2"), "ana:worker=yes bea:investor", func(c *consent.Case) {
			c.Now, c.Register = open, []consent.Enrolled{{Class: "investor", N: 1}, {Class: "worker", N: 1}}
		}, consent.Carried, true, false},
		"a seat is gone with who leaves":           {true, conditions("it", "seats.size() == 2"), "ana=yes bea", at(open), consent.Pending, false, true},
		"a seat that may say anything":             {true, conditions("it", "!seats.exists(s, s.abstain)"), "ana=yes bea", at(open), consent.Pending, false, true},
		"what cannot be worked out is not certain": {true, conditions("it", "10 / silent > 0"), "ana=yes bea", at(open), consent.Pending, false, true},
		"minds may be changed":                     {true, source, "ana=yes bea=yes cem", func(c *consent.Case) { c.Now, c.MayChange = open, true }, consent.Pending, false, true},
		"without a close, not all were heard":      {false, source, "ana=yes bea=yes cem", func(c *consent.Case) { c.Closes = time.Time{} }, consent.Pending, false, false},
		"without a close, all were heard":          {false, source, "ana=yes bea=yes", func(c *consent.Case) { c.Closes = time.Time{} }, consent.Carried, true, false},
		"without a close, minds may change":        {false, source, "ana=yes bea=yes", func(c *consent.Case) { c.Closes, c.MayChange = time.Time{}, true }, consent.Carried, false, false},
		"nobody has a seat":                        {true, conditions("it", "true"), "", at(open), consent.Declined, true, false},
		"all have left":                            {true, conditions("it", "true"), "ana=yes", func(c *consent.Case) { c.Seats[0].Out = true }, consent.Declined, true, false},
		"an objection may still be withdrawn":      {false, conditions("it", "objections == 0"), "ana=no", func(c *consent.Case) { c.Closes, c.Objections = time.Time{}, stands }, consent.Pending, false, false},
		"and it may not after the close":           {false, conditions("it", "objections == 0"), "ana=no", func(c *consent.Case) { c.Objections = stands }, consent.Declined, true, false},
		"an objection is outvoted, and told of":    {false, source, "ana=yes bea=yes cem=no", func(c *consent.Case) { c.Objections = stands }, consent.Carried, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.source.Early = c.early
			asked := ballots(c.words)
			if c.change != nil {
				c.change(&asked)
			}
			v := compiled(t, c.source).Judge(asked)
			require.Equal(t, c.outcome, v.Outcome, v.Why)
			require.Equal(t, c.final, v.Final)
			require.Equal(t, c.wakes, !v.Wake.IsZero())
			require.Equal(t, len(asked.Objections) > 0, strings.Contains(found(v), "objection-stands"))
		})
	}
}

var stands = []consent.Objection{{ID: "o1", Seat: "ana", Version: 1, Stands: true, Raised: opening}}

func at(now time.Time) func(*consent.Case) { return func(c *consent.Case) { c.Now = now } }

// TestRuleError: what cannot be worked out leaves the question open with the
// reason, also at the close and also beside a condition that does not hold: else
// anybody could sink a proposal by making its rule overflow.
func TestRuleError(t *testing.T) {
	const large = "4611686018427387904"
	many := ballots("ana=yes bea=no")
	for i := range 40_000 {
		many.Seats = append(many.Seats, consent.Seat{Person: circle.PersonID(fmt.Sprint("p", i))})
	}
	heavy := ballots("ana=yes bea=no")
	heavy.Seats[0].Weight = math.MaxInt64/2 - 1
	unweighable := ballots("ana=yes bea=no")
	unweighable.Seats[0].Weight = -1
	for name, c := range map[string]struct {
		expression string
		asked      consent.Case
		says       string
	}{
		"a product":          {"yes * 3 > no", heavy, "it: a number in it is too large"},
		"a sum":              {large + " + " + large + " > yes", heavy, "it: a number in it is too large"},
		"a difference":       {"0 - " + large + " - " + large + " - yes - yes < 0", heavy, "it: a number in it is too large"},
		"a sum of a list":    {"sum(seats.map(s, " + large + ")) > 1", ballots("ana=yes bea=no cem dov"), "it: a number in it is too large"},
		"a quotient":         {"-9223372036854775808 / (0 - people.yes) > 1", heavy, "it: a number in it is too large"},
		"a negation":         {"-(-" + large + " - " + large + " - yes + yes) > 1", ballots("ana=abstain"), "it: a number in it is too large"},
		"a division":         {"yes * 100 / cast > 50", ballots("ana=abstain"), "it: something in it is divided by nothing"},
		"a remainder":        {"yes % cast > 0", ballots("ana=abstain"), "it: something in it is divided by nothing"},
		"more seats":         {"seats.all(s, !s.yes || !s.no)", many, "it: it takes too long to work out"},
		"weights below zero": {"yes > no", unweighable, "ana has a weight below zero: -1"},
	} {
		t.Run(name, func(t *testing.T) {
			c.asked.Objections = stands
			for _, source := range []celrule.Source{
				conditions("it", c.expression), early(conditions("it", c.expression)),
				conditions("other", "false", "it", c.expression), conditions("it", c.expression, "other", "false"),
			} {
				v := compiled(t, source).Judge(c.asked)
				require.Equal(t, consent.Pending, v.Outcome)
				require.False(t, v.Final)
				require.Zero(t, v.Wake)
				require.Equal(t, "rule-error, "+c.says+", not\nobjection-stands, o1, not", found(v))
				open := c.asked
				open.Now = closing.Add(-1)
				require.Equal(t, consent.Pending, compiled(t, source).Judge(open).Outcome)
			}
		})
	}
}

// A rule that New did not make has nothing to decide by.
func TestZeroRule(t *testing.T) {
	var r celrule.Rule
	v := r.Judge(ballots("ana=yes"))
	require.Equal(t, consent.Pending, v.Outcome)
	require.Contains(t, found(v), "rule-error")
}

// A rule that cannot be worked out yet is asked again at the close.
func TestRuleErrorWakes(t *testing.T) {
	c := ballots("ana bea")
	c.Now = opening
	v := compiled(t, conditions("it", "yes * 100 / cast > 50")).Judge(c)
	require.Equal(t, "rule-error, it: something in it is divided by nothing, not", found(v))
	require.Equal(t, closing, v.Wake)
}

// TestWhatSettlesIt: what stands before it may keep an expression from being
// worked out, as in any formula.
func TestWhatSettlesIt(t *testing.T) {
	c := ballots("ana=abstain")
	require.Equal(t, consent.Declined, compiled(t, conditions("it", "cast > 0 && yes * 100 / cast > 50")).Judge(c).Outcome)
	require.Equal(t, consent.Carried, compiled(t, conditions("it", "cast == 0 || yes * 100 / cast > 50")).Judge(c).Outcome)
}

// TestSameEachTime: a thousand evaluations of a rule that goes through seats and
// classes give one verdict, also from many goroutines at once (T9; finding 10: CEL
// over maps gave fifteen results in fifty).
func TestSameEachTime(t *testing.T) {
	r := compiled(t, early(conditions("quorum", "answered * 2 >= all",
		"classes", "classes.filter(c, yes(c) > no(c)).size() * 2 > classes.size()",
		"capped", `sum(seats.map(s, s.yes, s.weight > 3 ? 3 : s.weight)) > sum(seats.filter(s, s.no).map(s, s.weight))`,
		"spread", `seats.exists_one(s, s.class == "worker" && s.abstain) || classes.exists(c, people.no(c) == 0)`)))
	var words strings.Builder
	for i := range 60 {
		fmt.Fprintf(&words, " p%d:c%d*%d=%s", i, i%7, 1+i%5, [...]string{"yes", "no", "yes", "abstain", ""}[i%5])
	}
	c := ballots(words.String())
	first := r.Judge(c)
	require.Equal(t, consent.Declined, first.Outcome, "two of its conditions hold, and two do not: %v", first.Why)
	for range 1000 {
		require.Equal(t, first, r.Judge(c))
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if v := r.Judge(c); found(v) != found(first) || v.Outcome != first.Outcome {
					t.Errorf("it came to %s", v.Outcome)
				}
			}
		})
	}
	group.Wait()
}

// TestAsTheStock: the same rule as data of the stock comes to the same, also before
// the close, in random elections.
func TestAsTheStock(t *testing.T) {
	pairs := map[string]struct {
		ours  celrule.Source
		stock consent.Rule
	}{
		"two thirds with a quorum": {conditions("quorum", "answered * 2 >= all", "two-thirds", "cast > 0 && yes * 3 > cast * 2"),
			&rule.Vote{Carry: rule.Condition{All: []rule.Condition{{Count: []string{rule.Answered}, AtLeast: "1/2", Of: []string{rule.Everyone}}, {Count: []string{rule.Yes}, Over: "2/3", Of: []string{rule.Cast}}}}}},
		"people of a class": {conditions("workers", `people.yes("worker") >= 2`),
			&rule.Vote{Carry: rule.Condition{Count: []string{rule.Yes}, AtLeast: "2", Heads: true, Classes: []circle.Class{"worker"}}}},
		"few against": {conditions("against", "no * 3 <= all"),
			&rule.Vote{Carry: rule.Condition{Count: []string{rule.No}, AtMost: "1/3", Of: []string{rule.Everyone}}}},
	}
	for name, pair := range pairs {
		t.Run(name, func(t *testing.T) {
			ours, r := compiled(t, early(pair.ours)), rand.New(rand.NewPCG(1, 2))
			seen := map[string]int{}
			for range 5000 {
				c := drawn(r)
				got, want := ours.Judge(c), pair.stock.Judge(c)
				require.Equal(t, want.Outcome, got.Outcome, "%+v", c)
				require.Equal(t, want.Final, got.Final, "%+v", c)
				require.Equal(t, want.Wake, got.Wake, "%+v", c)
				seen[fmt.Sprint(got.Outcome, c.Now.Before(c.Closes))]++
			}
			require.Len(t, seen, 5, "adopted, declined and pending before the close, adopted and declined at it: %v", seen)
		})
	}
}

// drawn is a random election.
func drawn(r *rand.Rand) consent.Case {
	c := consent.Case{Opened: opening, Closes: closing, Version: 1, Now: opening.Add(time.Duration(1+r.IntN(9)) * 24 * time.Hour), MayChange: r.IntN(6) == 0}
	for i := range 1 + r.IntN(7) {
		s := consent.Seat{Person: circle.PersonID(fmt.Sprint("p", i)), Class: []circle.Class{"", "worker"}[r.IntN(2)], Weight: int64(r.IntN(4)), Out: r.IntN(9) == 0}
		c.Seats = append(c.Seats, s)
		for range r.IntN(3) {
			c.Answers = append(c.Answers, consent.Answer{Seat: s.Person, Version: r.IntN(4)/3 ^ 1, At: opening.Add(time.Duration(r.IntN(10)) * 24 * time.Hour),
				Position: []string{"yes", "yes", "no", "abstain", "consent", "objects", "nonsense", "veto"}[r.IntN(8)]})
		}
	}
	return c
}
