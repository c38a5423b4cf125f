package rule

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/consent"
)

// Overvote is what becomes of a ballot that names several options on one rank.
type Overvote string

// What can become of it, where it is reached.
const (
	OvervoteContinuing Overvote = ""        // it is spent, unless only one of them is still in the count
	OvervoteSpends     Overvote = "exhaust" // it is spent
	OvervoteSkipped    Overvote = "skip"    // the rank is passed over
)

// Reading is how rankings are read from rank to rank.
type Reading struct {
	Overvote Overvote `json:"overvote,omitempty"`
	// Skips is how many ranks in a row may be left empty before a ballot is spent,
	// if Strict; otherwise empty ranks are passed over.
	Strict bool `json:"strict,omitempty"`
	Skips  int  `json:"skips,omitempty"`
	// Once spends a ballot at an option that it names a second time. Otherwise
	// that rank is passed over.
	Once bool `json:"once,omitempty"`
	// Ranks is how many ranks count; zero: all.
	Ranks int `json:"ranks,omitempty"`
	// Without names options that are out of the count from the beginning.
	Without []string `json:"without,omitempty"`
}

// Check refuses ways of reading that are none.
func (r *Reading) Check() error {
	switch {
	case !slices.Contains([]Overvote{OvervoteContinuing, OvervoteSpends, OvervoteSkipped}, r.Overvote):
		return fmt.Errorf("an overvote is spent or skipped, not %q", string(r.Overvote))
	case r.Skips < 0 || r.Ranks < 0:
		return fmt.Errorf("a number of ranks is not below zero")
	}
	return nil
}

// papers are rankings as they pass from option to option: for each ballot a run
// of options in one list that all share. Several options on one rank stand
// behind a negative number, below that of nobody, that says how many they are.
type papers struct {
	weights []int64
	list    []int16
	from    []int32 // where each ballot begins; one more than there are ballots
	shared  bool    // some name several options on one rank
	at      []int32 // where each ballot stands
	holder  []int16 // who has it, nobody when it is spent
}

const nobody = -1

// papers reads the rankings.
func (p *profile) papers(r *Reading) *papers {
	out := &papers{weights: p.weights, from: make([]int32, 1, len(p.answers)+1),
		at: make([]int32, len(p.answers)), holder: make([]int16, len(p.answers))}
	out.list = make([]int16, 0, len(p.answers)*(len(p.options)+1))
	seen := make([]bool, len(p.options))
	for _, a := range p.answers {
		clear(seen)
		out.list = p.read(r, a, out.list, seen)
		out.shared = out.shared || slices.ContainsFunc(out.list[out.from[len(out.from)-1]:], func(o int16) bool { return o < nobody })
		out.from = append(out.from, int32(len(out.list)))
	}
	copy(out.at, out.from)
	return out
}

// read appends what a ballot says, up to where it is spent for certain.
func (p *profile) read(r *Reading, a *consent.Answer, list []int16, seen []bool) []int16 {
	empty := 0
	for n, rank := range a.Ranking {
		if r.Ranks > 0 && n >= r.Ranks {
			break
		}
		if len(rank) == 0 {
			if empty++; r.Strict && empty > r.Skips {
				break
			}
			continue
		}
		empty = 0
		if len(rank) > 1 {
			switch r.Overvote {
			case OvervoteSpends:
				return list
			case OvervoteSkipped:
			default:
				list = append(list, int16(-len(rank)))
				for _, name := range rank {
					list = append(list, int16(p.at(name)))
				}
			}
			continue
		}
		i := p.at(rank[0])
		if i < 0 {
			continue
		}
		if seen[i] {
			if r.Once {
				break
			}
			continue
		}
		seen[i] = true
		list = append(list, int16(i))
	}
	return list
}

// pass lets a ballot go on to the first option from where it stands that is
// still in the count.
func (b *papers) pass(ballot int, in []bool) {
	at, end := b.at[ballot], b.from[ballot+1]
	b.holder[ballot] = nobody
	for at < end {
		o := b.list[at]
		if o >= 0 {
			if in[o] {
				b.holder[ballot] = o
				break
			}
			at++
			continue
		}
		group := b.list[at+1 : at+1+int32(-o)]
		one, several := int16(nobody), 0
		for _, g := range group {
			if g >= 0 && in[g] {
				one, several = g, several+1
			}
		}
		if several > 1 {
			at = end
			break
		}
		if several == 1 {
			b.holder[ballot] = one
			break
		}
		at += 1 + int32(-o)
	}
	b.at[ballot] = at
}

// count is what everybody holds.
func (b *papers) count(votes []int64) {
	clear(votes)
	for k, who := range b.holder {
		if who >= 0 {
			votes[who] += b.weights[k]
		}
	}
}
