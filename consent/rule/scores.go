package rule

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/sayround/sayround/consent"
)

// scored leaves out the ballots with a score that is not on the scale from nothing
// to the best, and says whose they are. A best of nothing is no scale: then only
// what cannot be summed exactly is refused.
func (p *profile) scored(best int64) (*profile, []consent.Reason, error) {
	if best == 0 {
		return p, nil, p.holds(p.largest())
	}
	if err := upward(best); err != nil {
		return nil, nil, err
	}
	only, out := *p, consent.Reason{Code: "off-the-scale", Need: fmt.Sprintf("from 0 to %d", best)}
	only.answers, only.weights, only.total = nil, nil, 0
	for k, a := range p.answers {
		if slices.ContainsFunc(p.options, func(o string) bool { return a.Scores[o] < 0 || a.Scores[o] > best }) {
			out.Who = append(out.Who, a.Seat)
			continue
		}
		only.answers, only.weights, only.total = append(only.answers, a), append(only.weights, p.weights[k]), only.total+p.weights[k]
	}
	if out.Who == nil {
		return p, nil, p.holds(best)
	}
	return &only, []consent.Reason{out}, only.holds(best)
}

// largest is the largest score that anybody gives, for an option or against it.
func (p *profile) largest() int64 {
	var most int64
	for _, a := range p.answers {
		for _, o := range p.options {
			switch s := a.Scores[o]; {
			case s == math.MinInt64:
				return math.MaxInt64
			default:
				most = max(most, s, -s)
			}
		}
	}
	return most
}

// Score chooses the option with the highest sum of scores. What a ballot does
// not score adds nothing.
//
// The choices that peers make differently are those of [Elections].
type Score struct{}

// Judge answers the case.
func (Score) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		if _, _, err := p.scored(0); err != nil {
			return result{err: err}
		}
		sums := p.sums()
		why := p.per("score", 0, func(i int) string { return fmt.Sprint(sums[i]) })
		return ranked(p.grouped(func(i, j int) int { return cmp.Compare(sums[j], sums[i]) }), why...)
	})
}

// sums adds up the scores of each option.
func (p *profile) sums() []int64 {
	sums := make([]int64, len(p.options))
	for k, a := range p.answers {
		for i, o := range p.options {
			sums[i] += a.Scores[o] * p.weights[k]
		}
	}
	return sums
}

// MajorityJudgment chooses the option with the highest median grade, of an even
// number the lower of the two in the middle. Of options with the same, one
// ballot with that grade is taken from each until they differ. What a ballot
// does not grade has the grade 0.
//
// The choices that peers make differently are those of [Elections].
//
// Source: M. Balinski and R. Laraki, Majority Judgment.
type MajorityJudgment struct{}

// Judge answers the case.
func (MajorityJudgment) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		grades := make([]grades, len(p.options))
		for i, o := range p.options {
			grades[i] = p.grades(o)
		}
		why := p.per("median", 0, func(i int) string { return fmt.Sprint(grades[i].median()) })
		return ranked(p.grouped(func(i, j int) int { return grades[j].compare(grades[i]) }), why...)
	})
}

// A grades lists how often each grade was given, from the lowest on.
type grades []struct{ grade, n int64 }

func (p *profile) grades(option string) grades {
	count := map[int64]int64{}
	for k, a := range p.answers {
		count[a.Scores[option]] += p.weights[k]
	}
	out := make(grades, 0, len(count))
	for g, n := range count {
		out = append(out, struct{ grade, n int64 }{g, n})
	}
	slices.SortFunc(out, func(a, b struct{ grade, n int64 }) int { return cmp.Compare(a.grade, b.grade) })
	return out
}

// at is the place in the list of the median, and how many stand below it.
func (g grades) at() (place int, below, total int64) {
	for _, e := range g {
		total += e.n
	}
	middle := (total - 1) / 2
	for i, e := range g {
		if below+e.n > middle {
			return i, below, total
		}
		below += e.n
	}
	return -1, below, total
}

func (g grades) median() int64 {
	place, _, _ := g.at()
	if place < 0 {
		return 0
	}
	return g[place].grade
}

// compare takes one median after the other from both until they differ. As
// many as change nothing are taken at once.
func (g grades) compare(other grades) int {
	g, other = slices.Clone(g), slices.Clone(other)
	for {
		i, below, n := g.at()
		j, otherBelow, m := other.at()
		if n == 0 || m == 0 {
			return cmp.Compare(n, m)
		}
		if by := cmp.Compare(g[i].grade, other[j].grade); by != 0 {
			return by
		}
		take := min(steps(below, g[i].n, n), steps(otherBelow, other[j].n, m))
		g[i].n -= take
		other[j].n -= take
	}
}

// steps is how often a median of this grade can be taken in a row while the
// middle stays among its own: with k taken the middle is (total-k-1)/2, and that
// is among them while it is at least below, and less than below+own-k.
func steps(below, own, total int64) int64 {
	above := total - below - own
	return min(min(total-1-2*below, below+own-above)+1, own)
}

// Star scores and then lets the two with the highest sums meet: the one that is
// scored higher on more ballots is chosen. Ties for the two places go to whom
// more of the tied are beaten by in comparison one to one; a tie between the two
// goes to the higher sum, then to who has more of the best score. What is tied
// then is a tie.
//
// The choices that peers make differently are those of [Elections].
//
// Source: Equal Vote Coalition, STAR voting.
type Star struct {
	// Best is the best score that can be given; zero: five. A ballot with a score
	// below nothing or above it does not count.
	Best int64 `json:"best,omitempty"`
}

// bestScore is the best score where a rule says no other.
const bestScore = 5

// Check refuses a scale that goes down.
func (r *Star) Check() error { return upward(r.Best) }

// mostScore is the best score that a scale may have.
const mostScore = 1_000_000

// upward refuses a best score below nothing, or too large to add up.
func upward(best int64) error {
	if best < 0 || best > mostScore {
		return fmt.Errorf("the best score is from 1 to %d, not %d", mostScore, best)
	}
	return nil
}

// Judge answers the case.
func (r Star) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		best := cmp.Or(r.Best, bestScore)
		p, why, err := p.scored(best)
		if err != nil || p.total == 0 {
			return result{why: why, err: err}
		}
		s := &star{p: p, sums: p.sums(), higher: p.higher(), best: best}
		why = append(why, p.per("score", 1, func(i int) string { return fmt.Sprint(s.sums[i]) })...)
		finalists, tied := s.finalists()
		if tied || len(finalists) < 2 {
			return result{winners: p.names(finalists), why: why}
		}
		a, b := finalists[0], finalists[1]
		for _, i := range finalists {
			why = append(why, consent.Reason{Code: "runoff", Options: p.names([]int{i}), Round: 2, Got: fmt.Sprint(s.higher.of(i, a+b-i))})
		}
		by := cmp.Or(cmp.Compare(s.higher.of(a, b), s.higher.of(b, a)), cmp.Compare(s.sums[a], s.sums[b]), cmp.Compare(s.tops(a), s.tops(b)))
		switch {
		case by > 0:
			finalists = finalists[:1]
		case by < 0:
			finalists = finalists[1:]
		}
		return result{winners: p.names(finalists), why: why}
	})
}

// higher counts for each two options on how many ballots the one is scored
// higher than the other.
func (p *profile) higher() *pairs {
	n := len(p.options)
	m := &pairs{n, make([]int64, n*n)}
	scores := make([]int64, n)
	for k, a := range p.answers {
		for i, o := range p.options {
			scores[i] = a.Scores[o]
		}
		for i := range n {
			for j := range n {
				if scores[i] > scores[j] {
					m.over[i*n+j] += p.weights[k]
				}
			}
		}
	}
	return m
}

type star struct {
	p      *profile
	sums   []int64
	higher *pairs
	best   int64
}

// tops counts how many give an option the best score.
func (s *star) tops(i int) int64 {
	var n int64
	for k, a := range s.p.answers {
		if a.Scores[s.p.options[i]] == s.best {
			n += s.p.weights[k]
		}
	}
	return n
}

// finalists are the two with the highest sums, the higher first, or more when
// that many are tied in every way.
func (s *star) finalists() (two []int, tied bool) {
	var left []int
	for i := range s.p.options {
		left = append(left, i)
	}
	for len(two) < 2 && len(left) > 0 {
		top := s.first(left)
		if len(top) > 2-len(two) {
			return append(two, top...), true
		}
		two = append(two, top...)
		left = slices.DeleteFunc(left, func(i int) bool { return slices.Contains(top, i) })
	}
	return two, false
}

// first are those with the highest sum; of several those that win the most
// comparisons among them, less those they lose, then those with the most of the
// best score.
func (s *star) first(left []int) []int {
	top := best(left, func(i int) int64 { return s.sums[i] })
	if len(top) == 1 {
		return top
	}
	among := top
	top = best(top, func(i int) int64 {
		var won int64
		for _, j := range among {
			won += int64(cmp.Compare(s.higher.of(i, j), s.higher.of(j, i)))
		}
		return won
	})
	if len(top) == 1 {
		return top
	}
	return best(top, s.tops)
}

// best are those that have the most.
func best(of []int, has func(int) int64) []int {
	var top []int
	for _, i := range of {
		switch {
		case len(top) == 0 || has(i) > has(top[0]):
			top = []int{i}
		case has(i) == has(top[0]):
			top = append(top, i)
		}
	}
	return top
}
