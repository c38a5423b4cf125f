package rule

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/consent"
)

// Kemeny chooses the order of all options that goes along with the most
// comparisons on the ballots. Where several orders do, those who come first in
// any of them are tied.
//
// The choices that peers make differently are those of [Elections].
//
// Source: J. Kemeny, mathematics without numbers.
type Kemeny struct {
	Unranked Unranked `json:"unranked,omitempty"`
}

// mostOrdered is from how many options on no order is looked for: the work
// doubles with each.
const mostOrdered = 16

// Judge answers the case.
func (r Kemeny) Judge(c consent.Case) consent.Verdict {
	if len(c.Options) > mostOrdered {
		return failed(&c, fmt.Errorf("of %d options no order is looked for: at most %d", len(c.Options), mostOrdered))
	}
	return elect(&c, func(p *profile) result {
		k := newKemeny(p.pairs(r.Unranked))
		all := set(1)<<k.m.n - 1
		why := []consent.Reason{{Code: "agreement", Got: fmt.Sprint(k.most[all])}}
		first := k.firsts(all)
		if len(first) > 1 {
			return result{winners: p.names(first), why: why}
		}
		return ranked(k.order(p), why...)
	})
}

// A kemeny knows for each set of options how much agreement the best order of
// them has.
type kemeny struct {
	m    *pairs
	most []int64
}

func newKemeny(m *pairs) *kemeny {
	k := &kemeny{m, make([]int64, 1<<m.n)}
	for s := set(1); s < 1<<m.n; s++ {
		most := int64(-1)
		for i := range m.n {
			if s.has(i) {
				most = max(most, k.with(i, s))
			}
		}
		k.most[s] = most
	}
	return k
}

// with is the agreement of the best order of a set that this option leads.
func (k *kemeny) with(i int, s set) int64 {
	rest := s &^ (1 << i)
	sum := k.most[rest]
	for j := range k.m.n {
		if rest.has(j) {
			sum += k.m.of(i, j)
		}
	}
	return sum
}

// firsts lists who leads a best order of a set.
func (k *kemeny) firsts(s set) []int {
	var out []int
	for i := range k.m.n {
		if s.has(i) && k.with(i, s) == k.most[s] {
			out = append(out, i)
		}
	}
	return out
}

// order is a best order, up to where there are several: who may come next are
// then put together.
func (k *kemeny) order(p *profile) [][]string {
	var out [][]string
	for s := set(1)<<k.m.n - 1; s != 0; {
		next := k.firsts(s)
		out = append(out, p.names(next))
		for _, i := range next {
			s &^= 1 << i
		}
	}
	return slices.Clip(out)
}
