package bench

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// voters is how many answer in a large vote.
const voters = 1_000_000

var polls = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// ballot is a case at its close, in which everybody has answered.
func ballot(n int, says func(i int, a *consent.Answer)) consent.Case {
	c := consent.Case{Opened: polls.Add(-time.Hour), Closes: polls, Now: polls, Version: 1,
		Seats: make([]consent.Seat, n), Answers: make([]consent.Answer, n)}
	for i := range n {
		c.Seats[i].Person = circle.PersonID(fmt.Sprint("p", i))
		c.Answers[i] = consent.Answer{Seat: c.Seats[i].Person, Version: 1, At: c.Opened}
		says(i, &c.Answers[i])
	}
	return c
}

// BenchmarkConsent judges one question of consent in a circle of twelve.
func BenchmarkConsent(b *testing.B) {
	c := ballot(12, func(_ int, a *consent.Answer) { a.Position = consent.Consents })
	for b.Loop() {
		if (consent.ByConsent{}).Judge(c).Outcome != consent.Carried {
			b.Fatal("everybody has consented")
		}
	}
}

// BenchmarkMajority counts a million answers, beside the least that any count
// must do with them.
func BenchmarkMajority(b *testing.B) {
	c := ballot(voters, func(i int, a *consent.Answer) { a.Position = [...]string{rule.Yes, rule.No, rule.Abstain}[i%3] })
	r := rule.SimpleMajority.Vote()
	besideByHand(b, c, func() { r.Judge(c) }, func() int64 { return majorityByHand(&c) })
}

// besideByHand times a count and the same by hand, and counts what the count
// allocates for each ballot.
func besideByHand(b *testing.B, c consent.Case, ours func(), byHand func() int64) {
	var compared comparison
	var sum int64
	made := 0
	for range b.N {
		made += allocations(ours)
		compared.add(timed(ours), len(c.Answers), timed(func() { sum += byHand() }), len(c.Answers))
	}
	if sum == 0 {
		b.Fatal("nothing was counted by hand")
	}
	compared.report(b, "ballot", "by-hand")
	b.ReportMetric(float64(made)/float64(b.N*len(c.Answers)), "allocs/ballot")
}

func majorityByHand(c *consent.Case) int64 {
	stands := make([]int8, len(c.Seats))
	for i := range c.Answers {
		a := &c.Answers[i]
		if a.Version != c.Version || !a.At.Before(c.Closes) || c.Seats[i].Person != a.Seat || c.Seats[i].Out {
			continue
		}
		switch a.Position {
		case rule.Yes:
			stands[i] = 1
		case rule.No:
			stands[i] = 2
		}
	}
	var sums [3]int64
	for i := range stands {
		sums[stands[i]] += max(c.Seats[i].Weight, 1)
	}
	return sums[0] + sums[1]
}

// towns are ten options.
var towns = []string{"A-barn", "B-mill", "C-school", "D-chapel", "E-farm", "F-dock", "G-shop", "H-hub", "I-house", "J-kiosk"}

// tenOptions is so many rankings of ten options by chance, so that a runoff goes
// through all of its rounds and no processor learns the ballots by heart.
func tenOptions(n int) consent.Case {
	chance := rand.New(rand.NewPCG(1, 1))
	orders := make([][][]string, 5003)
	for k := range orders {
		for _, i := range chance.Perm(len(towns)) {
			orders[k] = append(orders[k], []string{towns[i]})
		}
	}
	c := ballot(n, func(_ int, a *consent.Answer) { a.Ranking = orders[chance.IntN(len(orders))] })
	for _, t := range towns {
		c.Options = append(c.Options, consent.Option{ID: t})
	}
	return c
}

// BenchmarkSchulze and BenchmarkRunoff count a million rankings of ten options,
// beside a count by hand that knows that every ballot is whole and in order.
func BenchmarkSchulze(b *testing.B) {
	c := tenOptions(voters)
	besideByHand(b, c, func() { rule.Schulze{}.Judge(c) }, func() int64 { return pairsByHand(&c) })
}

func BenchmarkRunoff(b *testing.B) {
	c := tenOptions(voters)
	besideByHand(b, c, func() { rule.Runoff{}.Judge(c) }, func() int64 { return runoffByHand(&c) })
}

// read is the places of the options on a ballot, checked as any count must check
// it.
func read(c *consent.Case, i int, into *[10]int8) bool {
	a := &c.Answers[i]
	if a.Version != c.Version || !a.At.Before(c.Closes) || c.Seats[i].Person != a.Seat || c.Seats[i].Out {
		return false
	}
	for k, group := range a.Ranking {
		into[k] = town(group[0])
	}
	return true
}

// town finds one of the ten, as who writes a count for just these ten would.
func town(name string) int8 {
	switch name {
	case "A-barn":
		return 0
	case "B-mill":
		return 1
	case "C-school":
		return 2
	case "D-chapel":
		return 3
	case "E-farm":
		return 4
	case "F-dock":
		return 5
	case "G-shop":
		return 6
	case "H-hub":
		return 7
	case "I-house":
		return 8
	}
	return 9
}

func pairsByHand(c *consent.Case) int64 {
	var over [10][10]int64
	var order [10]int8
	for i := range c.Answers {
		if !read(c, i, &order) {
			continue
		}
		for k, o := range order {
			for _, behind := range order[k+1:] {
				over[o][behind]++
			}
		}
	}
	return over[0][1] + over[1][0]
}

func runoffByHand(c *consent.Case) int64 {
	orders := make([][10]int8, len(c.Answers))
	for i := range orders {
		read(c, i, &orders[i])
	}
	at := make([]int8, len(orders))
	var gone [10]bool
	var votes [10]int64
	for range 9 {
		votes = [10]int64{}
		for i := range orders {
			for gone[orders[i][at[i]]] {
				at[i]++
			}
			votes[orders[i][at[i]]]++
		}
		last := -1
		for o, n := range votes {
			if n*2 > int64(len(orders)) {
				return n
			}
			if !gone[o] && (last < 0 || n < votes[last]) {
				last = o
			}
		}
		gone[last] = true
	}
	return votes[0]
}

// BenchmarkBallots counts rankings over four sizes, each ten times the one before
// it: linear cost does not rise.
func BenchmarkBallots(b *testing.B) {
	const least = 1000
	for _, r := range []struct {
		name string
		rule consent.Rule
	}{{"schulze", rule.Schulze{}}, {"runoff", rule.Runoff{}}, {"scottish-stv", rule.ScottishSTV{Places: 3}}} {
		small := tenOptions(least)
		for _, size := range []int{least, 10 * least, 100 * least, 1000 * least} {
			b.Run(fmt.Sprint(r.name, "/", size), func(b *testing.B) {
				c, times := tenOptions(size), max(10*least/size, 1)
				var compared comparison
				for range b.N {
					compared.add(timed(func() { many(times, func() { r.rule.Judge(c) }) }), times*size,
						timed(func() { many(10, func() { r.rule.Judge(small) }) }), 10*least)
				}
				compared.report(b, "ballot", "smallest")
			})
		}
	}
}

// many does something several times, where once is too short to be timed.
func many(times int, do func()) {
	for range times {
		do()
	}
}

// BenchmarkElections counts eighty thousand ballots of ten options, ranked and
// scored, by each rule that chooses among options: that takes seconds at the most.
func BenchmarkElections(b *testing.B) {
	c := tenOptions(80_000)
	scores := map[string]int64{}
	for i, t := range towns[:6] {
		scores[t] = int64(i)
	}
	for i := range c.Answers {
		c.Answers[i].Scores = scores
	}
	for _, r := range []consent.Rule{rule.Plurality{}, rule.Borda{}, rule.Bucklin{}, rule.RankedPairs{}, rule.Minimax{}, rule.Copeland{}, rule.Kemeny{},
		rule.Score{}, rule.MajorityJudgment{}, rule.Star{}, rule.ReweightedRange{Places: 3, Best: 5}, rule.GregorySTV{Places: 3}, rule.MeekSTV{Places: 3},
		rule.Committee{By: rule.Proportional, Places: 3}, rule.Committee{By: rule.Loads, Places: 3}, rule.Committee{By: rule.EqualShares, Places: 3}} {
		name, _ := rule.Name(r)
		b.Run(name.Kind+name.Parameters, func(b *testing.B) {
			for b.Loop() {
				if v := r.Judge(c); v.Outcome == consent.Pending && len(v.Winners) == 0 {
					b.Fatal(v.Why)
				}
			}
		})
	}
}
