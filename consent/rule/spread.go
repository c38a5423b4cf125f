package rule

import (
	"math/big"

	"github.com/sayround/sayround/consent"
)

// WeightedSplit splits each voter's weight over the options in proportion to the
// numbers given, and chooses the option with the most.
//
// The choices that peers make differently: nothing is decided before the close;
// the last ballot counts; a ballot without numbers over zero counts for nothing;
// weights are those of the opening; a tie is settled by people. Sums are exact.
//
// Source: snapshot-labs/snapshot.js.
type WeightedSplit struct{}

// Quadratic splits as WeightedSplit does, sums for each option the square roots of
// the parts and squares the sum, so that many small parts are more than a large
// one. What comes out is scaled to what all weigh together. Roots are cut below
// 2^-128, for all alike. Otherwise as WeightedSplit.
//
// Source: snapshot-labs/snapshot.js.
type Quadratic struct{}

// ApprovalWeighted counts each voter's whole weight for every option approved of.
// Otherwise as WeightedSplit.
//
// Source: snapshot-labs/snapshot.js.
type ApprovalWeighted struct{}

// Judge answers the case.
func (WeightedSplit) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		// Parts with one divisor are summed as whole numbers, so that the exact sum
		// of many ballots stays short.
		var divisors []int64
		at := map[int64]int{}
		var sums [][]big.Int
		p.parts(func(weight, sum int64, of []int64) {
			k, ok := at[sum]
			if !ok {
				k = len(divisors)
				at[sum], divisors, sums = k, append(divisors, sum), append(sums, make([]big.Int, len(p.options)))
			}
			for i, n := range of {
				sums[k][i].Add(&sums[k][i], new(big.Int).Mul(big.NewInt(weight), big.NewInt(n)))
			}
		})
		scores := make([]*big.Rat, len(p.options))
		for i := range scores {
			scores[i] = new(big.Rat)
			for k, d := range divisors {
				scores[i].Add(scores[i], new(big.Rat).SetFrac(&sums[k][i], big.NewInt(d)))
			}
		}
		return p.most(scores)
	})
}

// rootBits is how exactly roots are held.
const rootBits = 128

// Judge answers the case.
func (Quadratic) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		roots := make([]big.Int, len(p.options))
		var total int64
		p.parts(func(weight, sum int64, of []int64) {
			total += weight
			for i, n := range of {
				x := new(big.Int).Mul(big.NewInt(weight), big.NewInt(n))
				x.Lsh(x, 2*rootBits).Quo(x, big.NewInt(sum))
				roots[i].Add(&roots[i], x.Sqrt(x))
			}
		})
		var all big.Int
		for i := range roots {
			roots[i].Mul(&roots[i], &roots[i])
			all.Add(&all, &roots[i])
		}
		scores := make([]*big.Rat, len(roots))
		for i := range roots {
			scores[i] = new(big.Rat)
			if all.Sign() > 0 {
				scores[i].SetFrac(new(big.Int).Mul(&roots[i], big.NewInt(total)), &all)
			}
		}
		return p.most(scores)
	})
}

// Judge answers the case.
func (ApprovalWeighted) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		sums := make([]int64, len(p.options))
		p.parts(func(weight, _ int64, of []int64) {
			for i, n := range of {
				if n > 0 {
					sums[i] += weight
				}
			}
		})
		scores := make([]*big.Rat, len(sums))
		for i, n := range sums {
			scores[i] = new(big.Rat).SetInt64(n)
		}
		return p.most(scores)
	})
}

// parts gives for each ballot its weight, and how it is split over the options.
// Numbers below zero, and such as cannot be summed, count for nothing.
func (p *profile) parts(each func(weight, sum int64, of []int64)) {
	of := make([]int64, len(p.options))
	for k, a := range p.answers {
		var sum int64
		for i, name := range p.options {
			of[i] = a.Scores[name]
			if of[i] < 0 || of[i] > mostPart {
				of[i] = 0
			}
			sum += of[i]
		}
		if sum > 0 {
			each(p.weights[k], sum, of)
		}
	}
}

// mostPart is the largest number that a ballot can give to an option: those of a
// hundred options can be summed.
const mostPart = 1 << 54

// most puts the options in order of their scores.
func (p *profile) most(scores []*big.Rat) result {
	why := make([]consent.Reason, len(p.options))
	some := false
	for i := range p.options {
		why[i] = consent.Reason{Code: "score", Options: p.options[i : i+1 : i+1], Got: scoreText(scores[i])}
		some = some || scores[i].Sign() > 0
	}
	if !some {
		return result{why: why}
	}
	return ranked(p.grouped(func(i, j int) int { return scores[j].Cmp(scores[i]) }), why...)
}

// scoreText writes a score exactly where that is short, and else with 18 decimals,
// cut.
func scoreText(x *big.Rat) string {
	if x.Denom().BitLen() <= 64 {
		return x.RatString()
	}
	n := new(big.Int).Mul(x.Num(), new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil))
	return decimalText(n.Quo(n, x.Denom()), 18)
}
