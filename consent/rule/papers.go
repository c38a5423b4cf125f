package rule

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
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
	votes   []int64 // what everybody holds, where it is counted along
}

const nobody = -1

// papers reads the rankings, and gives each ballot to the first option on it that
// is in the count.
func (p *profile) papers(r *Reading, in []bool) *papers {
	out := &papers{weights: p.weights, from: make([]int32, len(p.answers)+1), votes: make([]int64, len(in)),
		at: make([]int32, len(p.answers)), holder: make([]int16, len(p.answers))}
	out.list = make([]int16, 0, len(p.answers)*(len(p.options)+1))
	seen := make([]int32, len(p.options)) // the last ballot, from one on, that names each
	for k, a := range p.answers {
		out.list = p.read(r, a.Ranking, out.list, seen, int32(k)+1)
		out.from[k+1], out.at[k] = int32(len(out.list)), out.from[k]
		out.pass(k, in)
		out.give(k, 1)
	}
	out.shared = slices.ContainsFunc(out.list, func(o int16) bool { return o < nobody })
	return out
}

// read appends what a ballot says, up to where it is spent for certain.
func (p *profile) read(r *Reading, ranking [][]string, list []int16, seen []int32, ballot int32) []int16 {
	empty := 0
	if r.Ranks > 0 && len(ranking) > r.Ranks {
		ranking = ranking[:r.Ranks]
	}
	for _, rank := range ranking {
		switch {
		case len(rank) == 0:
			if empty++; r.Strict && empty > r.Skips {
				return list
			}
			continue
		case len(rank) == 1:
			if i := p.at(rank[0]); i >= 0 && seen[i] != ballot {
				seen[i] = ballot
				list = append(list, int16(i))
			} else if i >= 0 && r.Once {
				return list
			}
		case r.Overvote == OvervoteSpends:
			return list
		case r.Overvote != OvervoteSkipped:
			list = append(list, int16(-len(rank)))
			for _, name := range rank {
				list = append(list, int16(p.at(name)))
			}
		}
		empty = 0
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

// passFrom lets the ballots of those go on who are no longer in the count.
func (b *papers) passFrom(in []bool) {
	for k, who := range b.holder {
		if who >= 0 && !in[who] {
			b.give(k, -1)
			b.pass(k, in)
			b.give(k, 1)
		}
	}
}

// give counts a ballot once more, or once less, for who has it.
func (b *papers) give(ballot int, by int64) {
	if who := b.holder[ballot]; who >= 0 {
		b.votes[who] += by * b.weights[ballot]
	}
}

// places tells where the ballots stand, where that hangs on the way by which the count
// came here and not only on who is still in it: one that comes to a rank with several is
// spent, and would not have been if all but one of them had gone out before.
func (b *papers) places() string {
	if !b.shared {
		return ""
	}
	all := sha256.New()
	var place [4]byte
	for _, at := range b.at {
		binary.BigEndian.PutUint32(place[:], uint32(at))
		all.Write(place[:])
	}
	return string(all.Sum(nil))
}

// position is where every ballot stands, and what everybody holds.
type position struct {
	at     []int32
	holder []int16
	votes  []int64
}

func (b *papers) position() position {
	return position{slices.Clone(b.at), slices.Clone(b.holder), slices.Clone(b.votes)}
}

func (b *papers) restore(p position) {
	copy(b.at, p.at)
	copy(b.holder, p.holder)
	copy(b.votes, p.votes)
}
