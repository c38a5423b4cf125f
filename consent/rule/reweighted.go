package rule

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/sayround/sayround/consent"
)

// ReweightedRange fills several places by scores, one after the other: a ballot
// counts the less, the higher it has scored who is chosen already. Where several
// have the highest sum, each way to go on is followed; if they do not choose the
// same in the end, that is a tie.
//
// The choices that peers make differently are those of [Elections].
//
// Source: W. D. Smith, reweighted range voting.
type ReweightedRange struct {
	Places int `json:"places,omitempty"`
	// Best is the best score that can be given; zero: five. A ballot with a score
	// below nothing or above it does not count.
	Best int64 `json:"best,omitempty"`
}

// Check refuses a scale that goes down.
func (r *ReweightedRange) Check() error { return upward(r.Best) }

// Judge answers the case.
func (r ReweightedRange) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		best := cmp.Or(r.Best, bestScore)
		p, why, err := p.scored(best)
		if err != nil || p.total == 0 {
			return result{why: why, err: err}
		}
		f := &filling{p: p, places: min(max(r.Places, 1), len(p.options)), most: best, known: map[string]bool{}, why: why}
		f.next(nil, true)
		res := result{places: f.places, why: f.why}
		for _, way := range f.ways {
			for _, o := range p.names(way) {
				if !slices.Contains(res.winners, o) {
					res.winners = append(res.winners, o)
				}
			}
		}
		return res
	})
}

// A filling is a choice of several by scores in the making.
type filling struct {
	p      *profile
	places int
	most   int64
	ways   [][]int
	why    []consent.Reason
	known  map[string]bool // the sets from which it went on
}

// next fills the next place, in every way if several have the highest sum. The
// rounds that are told are those of the first way.
func (f *filling) next(chosen []int, told bool) {
	if len(chosen) == f.places {
		f.ways = append(f.ways, chosen)
		return
	}
	var left []int
	for i := range f.p.options {
		if !slices.Contains(chosen, i) {
			left = append(left, i)
		}
	}
	sums := f.sums(chosen, left)
	var top []int
	for k, i := range left {
		if told {
			f.why = append(f.why, consent.Reason{Code: "score", Options: f.p.names([]int{i}), Round: len(chosen) + 1, Got: sums[k].RatString()})
		}
		by := 1
		if len(top) > 0 {
			by = sums[k].Cmp(&sums[slices.Index(left, top[0])])
		}
		if by > 0 {
			top = nil
		}
		if by >= 0 {
			top = append(top, i)
		}
	}
	for n, i := range top {
		on := append(slices.Clone(chosen), i)
		in := make([]bool, len(f.p.options))
		for _, o := range on {
			in[o] = true
		}
		if key := keyOf(in); !f.known[key] {
			f.known[key] = true
			f.next(on, told && n == 0)
		}
	}
}

// sums adds up the scores of who is left, each ballot with what it still counts.
func (f *filling) sums(chosen, left []int) []big.Rat {
	sums := make([]big.Rat, len(left))
	for k, a := range f.p.answers {
		given := int64(0)
		for _, i := range chosen {
			given += a.Scores[f.p.options[i]]
		}
		counts := big.NewRat(f.most, f.most+given)
		counts.Mul(counts, big.NewRat(f.p.weights[k], 1))
		for at, i := range left {
			if s := a.Scores[f.p.options[i]]; s != 0 {
				sums[at].Add(&sums[at], new(big.Rat).Mul(counts, big.NewRat(s, 1)))
			}
		}
	}
	return sums
}
