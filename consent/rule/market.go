package rule

import (
	"cmp"
	"math/big"
	"slices"
)

// equalShares gives everybody places/ballots to spend; an option costs one, and
// the next is whoever costs those who approve the least each.
func (a *approvals) equalShares(complete bool) []set {
	var ballots int64
	for _, w := range a.weights {
		ballots += w
	}
	start := zeros(len(a.sets))
	for k := range start {
		start[k].SetFrac64(int64(a.places), ballots)
	}
	buy := &market{approvals: a, costs: make([]*big.Rat, a.n), gets: func(int) *big.Rat { return big.NewRat(1, 1) }}
	for i := range buy.costs {
		buy.costs[i] = big.NewRat(1, 1)
	}
	ends := buy.all(shares{budgets: start}, a.places)
	if complete {
		return a.byLoads(ends)
	}
	var out []set
	for _, s := range ends {
		out = append(out, s.chosen)
	}
	return distinct(out)
}

// A market is where ballots buy options together by equal shares.
type market struct {
	*approvals
	costs []*big.Rat
	gets  func(i int) *big.Rat // what one who approves gets from an option
}

// all follows every way of buying, up to this many options.
func (m *market) all(start shares, most int) []shares {
	var ends []shares
	at := []shares{start}
	for len(at) > 0 {
		var next []shares
		for _, s := range at {
			ways := m.cheapest(s)
			if len(ways) == 0 || s.chosen.size() == most {
				ends = append(ends, s)
				continue
			}
			next = append(next, ways...)
		}
		at = unlike(next)
	}
	return unlike(ends)
}

// cheapest lists each way to buy the option that costs the least for what one
// gets.
func (m *market) cheapest(s shares) []shares {
	top, price, _ := lowest(m.n, func(i int) (*big.Rat, bool) {
		if s.chosen.has(i) {
			return nil, true
		}
		return m.price(i, s.budgets), false
	})
	var out []shares
	for _, i := range top {
		pays := new(big.Rat).Mul(price, m.gets(i))
		budgets := slices.Clone(s.budgets)
		for k, b := range m.sets {
			if b.has(i) {
				budgets[k] = new(big.Rat).Sub(budgets[k], lower(budgets[k], pays))
			}
		}
		out = append(out, shares{s.chosen | 1<<i, budgets})
	}
	return out
}

func lower(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// price is what one pays for one unit of what one gets, when those who cannot
// pay as much give all they have; nil when they cannot buy it together.
func (m *market) price(i int, budgets []*big.Rat) *big.Rat {
	var who []int
	left := new(big.Rat)
	var n int64
	for k, b := range m.sets {
		if b.has(i) {
			who, n = append(who, k), n+m.weights[k]
			left.Add(left, new(big.Rat).Mul(budgets[k], big.NewRat(m.weights[k], 1)))
		}
	}
	if left.Cmp(m.costs[i]) < 0 || n == 0 || m.gets(i).Sign() == 0 {
		return nil
	}
	slices.SortFunc(who, func(a, b int) int { return cmp.Or(budgets[a].Cmp(budgets[b]), cmp.Compare(a, b)) })
	open := new(big.Rat).Set(m.costs[i])
	for _, k := range who {
		each := new(big.Rat).Quo(open, big.NewRat(n, 1))
		if budgets[k].Cmp(each) >= 0 {
			return each.Quo(each, m.gets(i))
		}
		open.Sub(open, new(big.Rat).Mul(budgets[k], big.NewRat(m.weights[k], 1)))
		n -= m.weights[k]
	}
	return nil
}
