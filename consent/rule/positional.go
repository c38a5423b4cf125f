package rule

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/sayround/sayround/consent"
)

// Plurality chooses the option that most put first. Who puts several first
// gives each an equal part.
//
// The choices that peers make differently are those of [Elections].
type Plurality struct{}

// Judge answers the case.
func (Plurality) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		return p.byPoints("votes", func(place, _ int) *big.Rat {
			if place == 0 {
				return big.NewRat(1, 1)
			}
			return new(big.Rat)
		}, false)
	})
}

// Points is what the places of a ranking are worth.
type Points string

// The ways.
const (
	FromCount Points = ""        // of k options the first is worth k, the next k-1
	FromZero  Points = "zero"    // of k options the first is worth k-1, the last nothing
	Dowdall   Points = "dowdall" // the first is worth 1, the next a half, then a third
)

// Check refuses a way that is none.
func (s Points) Check() error {
	switch s {
	case FromCount, FromZero, Dowdall:
		return nil
	}
	return fmt.Errorf("there are no points %q: say nothing, zero or dowdall", string(s))
}

// Borda gives points for the places. Options that share a place share what the
// places are worth, and so do those that are not ranked.
//
// The choices that peers make differently are those of [Elections].
//
// Source: J.-C. de Borda; for the last way the rules of Nauru.
type Borda struct {
	Points Points `json:"points,omitempty"`
}

// Judge answers the case.
func (r Borda) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result { return p.byPoints("score", r.Points.worth, true) })
}

// worth is what a place from 0 on is worth among n options.
func (s Points) worth(place, n int) *big.Rat {
	switch s {
	case FromZero:
		return big.NewRat(int64(n-1-place), 1)
	case Dowdall:
		return big.NewRat(1, int64(place+1))
	}
	return big.NewRat(int64(n-place), 1)
}

// byPoints sums what the places of each option are worth. Those on one place
// share; those that are not ranked share what is left, if all are counted.
func (p *profile) byPoints(code string, worth func(place, n int) *big.Rat, all bool) result {
	n := len(p.options)
	scores := make([]big.Rat, n)
	share := func(group []int, from int, weight int64) {
		if len(group) == 0 {
			return
		}
		sum := new(big.Rat)
		for k := range group {
			sum.Add(sum, worth(from+k, n))
		}
		sum.Mul(sum, big.NewRat(weight, int64(len(group))))
		for _, i := range group {
			scores[i].Add(&scores[i], sum)
		}
	}
	for k, a := range p.answers {
		groups, rest := p.groups(a)
		place := 0
		for _, g := range groups {
			share(g, place, p.weights[k])
			place += len(g)
		}
		if all {
			share(rest, place, p.weights[k])
		}
	}
	why := p.per(code, 0, func(i int) string { return scores[i].RatString() })
	return ranked(p.grouped(func(i, j int) int { return scores[j].Cmp(&scores[i]) }), why...)
}

// groups lists the options of a ballot by rank, each once, without ranks that
// are skipped, and those that it does not name.
func (p *profile) groups(a *consent.Answer) (groups [][]int, rest []int) {
	named := make([]bool, len(p.options))
	for _, rank := range a.Ranking {
		var g []int
		for _, name := range rank {
			if i := p.at(name); i >= 0 && !named[i] {
				named[i] = true
				g = append(g, i)
			}
		}
		if len(g) > 0 {
			groups = append(groups, g)
		}
	}
	for i, was := range named {
		if !was {
			rest = append(rest, i)
		}
	}
	return groups, rest
}

// Bucklin counts first places; while no option has more than half of the
// ballots, the next places are added. The one with the most then is chosen.
//
// The choices that peers make differently are those of [Elections].
//
// Source: J. W. Bucklin, the Grand Junction plan.
type Bucklin struct{}

// Judge answers the case.
func (Bucklin) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		n := len(p.options)
		votes := make([]int64, n)
		var why []consent.Reason
		for place := range n {
			done := false
			for k, a := range p.answers {
				groups, _ := p.groups(a)
				if place >= len(groups) {
					continue
				}
				for _, i := range groups[place] {
					votes[i] += p.weights[k]
					done = done || votes[i] > p.total/2
				}
			}
			why = append(why, p.per("votes", place+1, func(i int) string { return fmt.Sprint(votes[i]) })...)
			if done {
				break
			}
		}
		return ranked(p.grouped(func(i, j int) int { return cmp.Compare(votes[j], votes[i]) }), why...)
	})
}
