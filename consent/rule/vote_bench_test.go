package rule_test

import (
	"fmt"
	"testing"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// million is a vote in which everybody answered.
func million() consent.Case {
	const n = 1_000_000
	c := consent.Case{Opened: opening, Closes: second(10), Now: second(10), Version: 1,
		Seats: make([]consent.Seat, n), Answers: make([]consent.Answer, n)}
	for i := range c.Seats {
		who := circle.PersonID(fmt.Sprint("p", i))
		c.Seats[i] = consent.Seat{Person: who}
		c.Answers[i] = consent.Answer{Seat: who, Version: 1, At: second(1), Position: [...]string{rule.Yes, rule.No, rule.Abstain}[i%3]}
	}
	return c
}

// BenchmarkSimpleMajority counts a million answers.
func BenchmarkSimpleMajority(b *testing.B) {
	c, r := million(), rule.SimpleMajority.Vote()
	b.ReportAllocs()
	for b.Loop() {
		if !r.Judge(c).Final {
			b.Fatal("it is over")
		}
	}
}

// BenchmarkByHand is the least that any count must do: find the seat of each
// answer, see that it counts, and sum up what stands.
func BenchmarkByHand(b *testing.B) {
	c := million()
	b.ReportAllocs()
	for b.Loop() {
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
		if sums[1] > sums[2]+1 {
			b.Fatal("as many for as against")
		}
	}
}
