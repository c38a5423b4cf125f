package rule

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/sayround/sayround/consent"
)

// Budgeting is a way to spend a budget on projects by approvals.
type Budgeting string

// The ways.
const (
	Greedy  Budgeting = "pb-greedy"  // the most satisfaction for its cost first, while it fits
	Welfare Budgeting = "pb-welfare" // the most satisfaction together
	Shared  Budgeting = "pb-mes"     // the method of equal shares: everybody has the same part of the budget
)

// Budget chooses projects that a budget can pay, by approvals. All outcomes that
// the way allows are found; where there are several, that is a tie.
//
// The choices that peers make differently are those of [Elections].
//
// Source: D. Peters, G. Pierczyński and P. Skowron, proportional participatory
// budgeting with additive utilities.
type Budget struct {
	By    Budgeting `json:"by"`
	Total string    `json:"total"` // what can be spent, exact: "3", "2.50"
	// Costs is what each option costs, in their order.
	Costs []string `json:"costs"`
	// Counted measures satisfaction by how many one gets of what one approved;
	// otherwise by what they cost.
	Counted bool `json:"counted,omitempty"`
}

// Check refuses what cannot be counted.
func (r *Budget) Check() error {
	if !slices.Contains([]Budgeting{Greedy, Welfare, Shared}, r.By) {
		return fmt.Errorf("there is no way %q to spend a budget", string(r.By))
	}
	for _, s := range append([]string{r.Total}, r.Costs...) {
		if _, err := exactShare(s); err != nil || strings.ContainsAny(s, "%/") {
			return fmt.Errorf("%q is no amount of money", s)
		}
	}
	if len(r.Costs) > mostOptions {
		return fmt.Errorf("a budget for %d projects is not counted: at most %d", len(r.Costs), mostOptions)
	}
	return nil
}

// Judge answers the case.
func (r Budget) Judge(c consent.Case) consent.Verdict {
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	if len(c.Options) != len(r.Costs) {
		return failed(&c, fmt.Errorf("there are %d projects and %d costs", len(c.Options), len(r.Costs)))
	}
	return elect(&c, func(p *profile) result {
		s := &spending{approvals: p.approvals(len(p.options)), counted: r.Counted}
		s.total, _ = exactShare(r.Total)
		for _, cost := range r.Costs {
			amount, _ := exactShare(cost)
			s.costs = append(s.costs, amount)
		}
		return p.committees(s.choose(r.By), len(p.options))
	})
}

// A spending is a choice of projects in the making.
type spending struct {
	*approvals
	total   *big.Rat
	costs   []*big.Rat
	counted bool
}

// gets is what one who approves of a project gets from it.
func (s *spending) gets(i int) *big.Rat {
	if s.counted {
		return big.NewRat(1, 1)
	}
	return s.costs[i]
}

// satisfies is what all get from a project together.
func (s *spending) satisfies(i int) *big.Rat {
	return s.support(i, func(set) *big.Rat { return s.gets(i) })
}

func (s *spending) cost(of set) *big.Rat {
	sum := new(big.Rat)
	for _, i := range of.list() {
		sum.Add(sum, s.costs[i])
	}
	return sum
}

func (s *spending) choose(by Budgeting) []set {
	switch by {
	case Greedy:
		return s.greedy()
	case Welfare:
		return s.welfare()
	}
	m := &market{s.approvals, s.costs, s.gets}
	var ballots int64
	for _, w := range s.weights {
		ballots += w
	}
	start := zeros(len(s.sets))
	for k := range start {
		start[k].Quo(s.total, big.NewRat(ballots, 1))
	}
	var out []set
	for _, end := range m.all(shares{budgets: start}, s.n) {
		out = append(out, end.chosen)
	}
	return distinct(out)
}

// greedy follows every way of taking the best project that still fits.
func (s *spending) greedy() []set {
	at, done := []set{0}, []set(nil)
	for len(at) > 0 {
		var next []set
		for _, chosen := range at {
			ways := s.bestFitting(chosen)
			if len(ways) == 0 {
				done = append(done, chosen)
			}
			next = append(next, ways...)
		}
		at = distinct(next)
	}
	return distinct(done)
}

// bestFitting lists each way to add the project that still fits and costs the
// least for what all get from it. What nobody gets anything from comes last.
func (s *spending) bestFitting(chosen set) []set {
	spent := s.cost(chosen)
	which, _, rest := lowest(s.n, func(i int) (price *big.Rat, none bool) {
		switch got := s.satisfies(i); {
		case chosen.has(i) || new(big.Rat).Add(spent, s.costs[i]).Cmp(s.total) > 0:
			return nil, true
		case s.costs[i].Sign() == 0:
			return new(big.Rat), false
		case got.Sign() == 0:
			return nil, false
		default:
			return got.Quo(s.costs[i], got), false
		}
	})
	if len(which) == 0 {
		which = rest
	}
	var ways []set
	for _, i := range which {
		ways = append(ways, chosen|1<<i)
	}
	return ways
}

// welfare looks at every set of projects that the budget can pay.
func (s *spending) welfare() []set {
	each := make([]*big.Rat, s.n)
	for i := range each {
		each[i] = s.satisfies(i)
	}
	var most *big.Rat
	var top []set
	for chosen := set(0); chosen < 1<<s.n; chosen++ {
		if s.cost(chosen).Cmp(s.total) > 0 {
			continue
		}
		got := new(big.Rat)
		for _, i := range chosen.list() {
			got.Add(got, each[i])
		}
		switch {
		case most == nil || got.Cmp(most) > 0:
			most, top = got, []set{chosen}
		case got.Cmp(most) == 0:
			top = append(top, chosen)
		}
	}
	return distinct(top)
}
