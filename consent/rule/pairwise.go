package rule

import (
	"cmp"
	"fmt"

	"github.com/sayround/sayround/consent"
)

// Unranked is what it means that a ballot does not name an option.
type Unranked string

// What it can mean. In 2006 it changed who came first among the 421 ballots of
// the Debian project.
const (
	TiedLast Unranked = ""       // behind all that are named, beside the others that are not
	Absent   Unranked = "absent" // the ballot says nothing of it
)

// Strength is how the comparison of two options is measured.
type Strength string

// The measures.
const (
	Winning    Strength = ""           // how many prefer the one that wins the pair
	Margin     Strength = "margin"     // how many more prefer it
	Ratio      Strength = "ratio"      // how many times as many prefer it
	Opposition Strength = "opposition" // how many prefer the other, whether it wins or not
)

// Check refuses a measure that is none.
func (s Strength) Check() error {
	switch s {
	case Winning, "winning", Margin, Ratio, Opposition:
		return nil
	}
	return fmt.Errorf("there is no strength %q: say winning, margin, ratio or opposition", string(s))
}

// Check refuses a meaning that is none.
func (u Unranked) Check() error {
	switch u {
	case TiedLast, "last", Absent:
		return nil
	}
	return fmt.Errorf("unranked options are last or absent, not %q", string(u))
}

// pairs counts for each two options how many prefer the one to the other.
type pairs struct {
	n    int
	over []int64
}

// For is how many prefer i to j.
func (m *pairs) of(i, j int) int64 { return m.over[i*m.n+j] }

// pairs compares every two options on every ballot.
func (p *profile) pairs(u Unranked) *pairs {
	n := len(p.options)
	m := &pairs{n, make([]int64, n*n)}
	o := &order{list: make([]int, 0, n), after: make([]int, 0, n), seen: make([]int32, n)}
	for k, a := range p.answers {
		o.ballot = int32(k) + 1
		p.order(a, u, o)
		w := p.weights[k]
		for at, i := range o.list {
			row := m.over[i*n : i*n+n]
			for _, j := range o.list[o.after[at]:] {
				row[j] += w
			}
		}
	}
	return m
}

// An order is what one ballot says: the options from the best down, and for each
// where those begin that stand behind it.
type order struct {
	list   []int
	after  []int
	ballot int32   // which it is, from one on
	seen   []int32 // the last ballot that names each option
}

// order reads a ballot. Who is named twice has the better rank, and options that
// are not named are last together, or not there.
func (p *profile) order(a *consent.Answer, u Unranked, o *order) {
	list, after := o.list[:0], o.after[:0]
	for _, group := range a.Ranking {
		for _, name := range group {
			if i := p.at(name); i >= 0 && o.seen[i] != o.ballot {
				o.seen[i] = o.ballot
				list = append(list, i)
			}
		}
		for len(after) < len(list) { // all that come later stand behind each of the group
			after = append(after, len(list))
		}
	}
	if u != Absent && len(list) < len(o.seen) {
		for i, named := range o.seen {
			if named != o.ballot {
				list = append(list, i)
			}
		}
		for len(after) < len(list) {
			after = append(after, len(list))
		}
	}
	o.list, o.after = list, after
}

// A duel is one comparison: how many are for the one, how many for the other.
type duel struct{ with, against int64 }

// compare says which of two duels is stronger for its one side.
func (s Strength) compare(a, b duel) int {
	switch s {
	case Margin:
		return cmp.Compare(a.with-a.against, b.with-b.against)
	case Ratio:
		return compareRatio(a, b)
	case Opposition:
		return cmp.Compare(a.with, b.with)
	}
	return compareWinning(a, b)
}

// compareWinning: a won pair is stronger than a drawn one, and that than a lost
// one; of two won ones it is that with more for it, then with fewer against it;
// of two lost ones that with fewer against it, then with more for it.
func compareWinning(a, b duel) int {
	won := func(d duel) int { return cmp.Compare(d.with, d.against) }
	if by := cmp.Compare(won(a), won(b)); by != 0 || won(a) == 0 {
		return by
	}
	more, fewer := cmp.Compare(a.with, b.with), cmp.Compare(b.against, a.against)
	if won(a) > 0 {
		return cmp.Or(more, fewer)
	}
	return cmp.Or(fewer, more)
}

// compareRatio compares for against against exactly. Who has everybody is ahead
// of every ratio, and of two such the one with more people.
func compareRatio(a, b duel) int {
	if a.against == 0 || b.against == 0 {
		endless := func(d duel) bool { return d.against == 0 && d.with > 0 }
		switch {
		case endless(a) && endless(b):
			return cmp.Compare(a.with, b.with)
		case endless(a):
			return 1
		case endless(b):
			return -1
		}
	}
	return compareShares(whole(a, 1), whole(b, 1))
}

// whole reads a duel as a share, with nothing against nothing as a draw.
func whole(d duel, draw int64) share {
	if d.with == 0 && d.against == 0 {
		return share{draw, 1}
	}
	return share{d.with, d.against}
}

func (m *pairs) duel(i, j int) duel { return duel{m.of(i, j), m.of(j, i)} }
