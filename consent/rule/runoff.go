package rule

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sayround/sayround/consent"
)

// Runoff counts rankings in rounds: while nobody has more than half of the
// ballots that still count, whoever has the fewest goes out, and their ballots
// pass to the next option that they name.
//
// When several have the fewest, each way of taking one of them out is followed;
// if they lead to different winners, these are tied. No lot is drawn and no
// order of the options decides. The rounds that are told are those of one way: the
// one in which the last listed goes out.
//
// The choices that peers make differently are those of [Elections].
//
// Source: instant runoff; the readings are those of public elections in the
// United States.
type Runoff struct {
	Reading Reading `json:"reading,omitempty"`
	// Batch takes out together all who have fewer, together, than the next.
	Batch bool `json:"batch,omitempty"`
	// First goes out in the first round and can never win: what stands on a ballot
	// for names that were written in.
	First string `json:"first,omitempty"`
}

// Judge answers the case.
func (r Runoff) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		run := &runoff{Runoff: r, p: p, known: map[string][]int{}}
		in := make([]bool, len(p.options))
		for i, o := range p.options {
			in[i] = !slices.Contains(r.Reading.Without, o)
		}
		run.papers = p.papers(&r.Reading, in)
		winners := run.from(in, 1, true)
		return result{winners: p.names(winners), why: run.why}
	})
}

// A runoff follows every way in which a count can go on.
type runoff struct {
	Runoff
	p      *profile
	papers *papers
	why    []consent.Reason
	known  map[string][]int // who wins, by who is still in and which ballots are spent
	ways   int
}

// mostWays is how many ways a count may part into before it is given up as a tie
// of all who are still in it: many more than any election ever had.
const mostWays = 1 << 12

// from counts a round and what follows it. It says who wins, or who may.
func (r *runoff) from(in []bool, round int, told bool) []int {
	key := keyOf(in) + r.papers.places()
	if w, ok := r.known[key]; ok && !told {
		return w
	}
	votes := slices.Clone(r.papers.votes)
	var active int64
	for _, n := range votes {
		active += n
	}
	if told {
		r.tell(in, votes, active, round)
	}
	winners := r.won(in, votes, active)
	if winners == nil {
		winners = r.onward(in, votes, round, told)
	}
	r.known[key] = winners
	return winners
}

func keyOf(in []bool) string {
	b := make([]byte, len(in))
	for i, yes := range in {
		if yes {
			b[i] = 1
		}
	}
	return string(b)
}

func (r *runoff) tell(in []bool, votes []int64, active int64, round int) {
	for i := range in {
		if in[i] {
			r.why = append(r.why, consent.Reason{Code: "votes", Options: r.p.names([]int{i}), Round: round, Got: fmt.Sprint(votes[i]), Need: fmt.Sprint(active/2 + 1), Holds: votes[i] > active/2})
		}
	}
}

// won is who has more than half, or is left alone.
func (r *runoff) won(in []bool, votes []int64, active int64) []int {
	left := left(in)
	for _, i := range left {
		if votes[i] > active/2 && r.p.options[i] != r.First {
			return []int{i}
		}
	}
	if len(left) <= 1 {
		return left
	}
	return nil
}

func left(in []bool) []int {
	var out []int
	for i, yes := range in {
		if yes {
			out = append(out, i)
		}
	}
	return out
}

// onward takes out the last, in every way if several are last.
func (r *runoff) onward(in []bool, votes []int64, round int, told bool) []int {
	var winners []int
	ways := r.last(in, votes)
	for k, gone := range ways {
		if r.ways++; r.ways > mostWays {
			return left(in)
		}
		if told && k == 0 {
			r.why = append(r.why, consent.Reason{Code: "eliminated", Options: r.p.names(gone), Round: round})
		}
		var back position
		if len(ways) > 1 {
			back = r.papers.position()
		}
		next := slices.Clone(in)
		for _, i := range gone {
			next[i] = false
		}
		r.papers.passFrom(next)
		for _, w := range r.from(next, round+1, told && k == 0) {
			if !slices.Contains(winners, w) {
				winners = append(winners, w)
			}
		}
		if len(ways) > 1 {
			r.papers.restore(back)
		}
	}
	slices.Sort(winners)
	return winners
}

// last lists the ways to go on: who goes out.
func (r *runoff) last(in []bool, votes []int64) [][]int {
	order := left(in)
	if first := r.p.at(r.First); r.First != "" && first >= 0 && in[first] {
		return [][]int{{first}}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(votes[i], votes[j]) })
	if r.Batch {
		if gone := batch(order, votes); len(gone) > 1 {
			return [][]int{gone}
		}
	}
	var ways [][]int
	for _, i := range order {
		if votes[i] == votes[order[0]] {
			ways = append(ways, []int{i})
		}
	}
	slices.Reverse(ways) // the way that is told takes out the last one listed
	// Who holds nothing passes on nothing, in whatever order, unless a ballot that
	// names several on one rank waits for one of them to be left.
	if votes[order[0]] == 0 && len(ways) < len(order) && !r.papers.shared {
		return ways[:1]
	}
	return ways
}

// batch is the longest run from below whose votes together are fewer than those
// of the next.
func batch(order []int, votes []int64) []int {
	var sum int64
	most := 0
	for k, i := range order[:len(order)-1] {
		if sum += votes[i]; sum < votes[order[k+1]] {
			most = k + 1
		}
	}
	return order[:most]
}
