package rule

import (
	"fmt"
	"math/big"
	"math/bits"
	"slices"

	"github.com/sayround/sayround/consent"
)

// Approving is a way to choose several options by approvals: those that stand
// on the first rank of a ballot, or that it gives a score above nothing.
type Approving string

// The ways.
const (
	MostApproved     Approving = "av"                              // the most approvals
	Satisfaction     Approving = "sav"                             // each ballot is split evenly over all it approves of
	Proportional     Approving = "pav"                             // a ballot counts 1 + 1/2 + 1/3 … for each it gets
	ProportionalStep Approving = "seqpav"                          // the same, one place after the other
	Represented      Approving = "cc"                              // the most who get at least one
	Loads            Approving = "seqphragmen"                     // whose load on those who approve stays lowest
	EqualShares      Approving = "equal-shares"                    // everybody has the same money; what is left over goes by loads
	SharesOnly       Approving = "equal-shares-without-completion" // the same, and places may stay free
	LeastFar         Approving = "minimaxav"                       // who is worst off differs in as few as can be
)

var approvings = []Approving{MostApproved, Satisfaction, Proportional, ProportionalStep, Represented, Loads, EqualShares, SharesOnly, LeastFar}

// Committee chooses several options by approvals. All committees that the way
// allows are found; where there are several, that is a tie.
//
// The choices that peers make differently are those of [Elections].
//
// Source: M. Lackner and P. Skowron, multi-winner voting with approval
// preferences.
type Committee struct {
	By     Approving `json:"by"`
	Places int       `json:"places"`
}

// mostOptions is from how many options on a committee is not counted any more:
// every set of them may have to be looked at.
const mostOptions = 24

// Check refuses what cannot be counted.
func (r *Committee) Check() error {
	switch {
	case !slices.Contains(approvings, r.By):
		return fmt.Errorf("there is no way %q to choose a committee", string(r.By))
	case r.Places < 1:
		return fmt.Errorf("a committee has at least one place, not %d", r.Places)
	}
	return nil
}

// Judge answers the case.
func (r Committee) Judge(c consent.Case) consent.Verdict {
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	if len(c.Options) > mostOptions {
		return failed(&c, fmt.Errorf("of %d options a committee is not counted: at most %d", len(c.Options), mostOptions))
	}
	return elect(&c, func(p *profile) result {
		a := p.approvals(min(r.Places, len(p.options)))
		return p.committees(a.choose(r.By), r.Places)
	})
}

// committees words the sets that a way of choosing allows.
func (p *profile) committees(sets []set, places int) result {
	r := result{places: places, tied: len(sets) > 1}
	for _, s := range sets {
		names := p.names(s.list())
		r.why = append(r.why, consent.Reason{Code: "committee", Options: names})
		for _, o := range names {
			if !slices.Contains(r.winners, o) {
				r.winners = append(r.winners, o)
			}
		}
	}
	return r
}

// A set is a set of options, each a bit.
type set uint32

func (s set) has(i int) bool { return s&(1<<i) != 0 }
func (s set) size() int      { return bits.OnesCount32(uint32(s)) }
func (s set) list() []int {
	var out []int
	for i := range mostOptions + 1 {
		if s.has(i) {
			out = append(out, i)
		}
	}
	return out
}

// approvals are the ballots of a choice by approval: those that approve of the same
// as one, with the weight of them all.
type approvals struct {
	n, places int
	sets      []set
	weights   []int64
}

func (p *profile) approvals(places int) *approvals {
	a := &approvals{n: len(p.options), places: places}
	known := map[set]int{}
	for k, answer := range p.answers {
		var s set
		if len(answer.Ranking) > 0 {
			for _, name := range answer.Ranking[0] {
				if i := p.at(name); i >= 0 {
					s |= 1 << i
				}
			}
		}
		for i, o := range p.options {
			if answer.Scores[o] > 0 {
				s |= 1 << i
			}
		}
		at, ok := known[s]
		if !ok {
			at = len(a.sets)
			known[s], a.sets, a.weights = at, append(a.sets, s), append(a.weights, 0)
		}
		a.weights[at] += p.weights[k]
	}
	return a
}

func (a *approvals) choose(by Approving) []set {
	switch by {
	case MostApproved:
		return a.highest(func(i int) *big.Rat { return a.support(i, func(set) *big.Rat { return big.NewRat(1, 1) }) })
	case Satisfaction:
		return a.highest(func(i int) *big.Rat {
			return a.support(i, func(s set) *big.Rat { return big.NewRat(1, int64(s.size())) })
		})
	case Proportional:
		return a.most(func(s set) *big.Rat { return a.harmony(s) })
	case ProportionalStep:
		return a.stepwise(a.harmony)
	case Represented:
		return a.most(func(s set) *big.Rat { return big.NewRat(a.represented(s), 1) })
	case LeastFar:
		return a.most(func(s set) *big.Rat { return big.NewRat(-int64(a.farthest(s)), 1) })
	case Loads:
		return a.byLoads([]shares{{budgets: zeros(len(a.sets))}})
	}
	return a.equalShares(by == EqualShares)
}

// support is what an option gets from the ballots that approve of it.
func (a *approvals) support(i int, each func(set) *big.Rat) *big.Rat {
	sum := new(big.Rat)
	for k, s := range a.sets {
		if s.has(i) {
			sum.Add(sum, new(big.Rat).Mul(each(s), big.NewRat(a.weights[k], 1)))
		}
	}
	return sum
}

// highest are the committees of those with the highest scores: who is above the
// last place for certain, with each choice among those who are level with it.
func (a *approvals) highest(score func(i int) *big.Rat) []set {
	scores := make([]*big.Rat, a.n)
	order := make([]int, a.n)
	for i := range order {
		order[i], scores[i] = i, score(i)
	}
	slices.SortStableFunc(order, func(i, j int) int { return scores[j].Cmp(scores[i]) })
	last := scores[order[a.places-1]]
	var sure, level set
	for i, s := range scores {
		switch s.Cmp(last) {
		case 1:
			sure |= 1 << i
		case 0:
			level |= 1 << i
		}
	}
	var out []set
	for s := range subsets(a.n, a.places-sure.size()) {
		if s&^level == 0 {
			out = append(out, s|sure)
		}
	}
	return out
}

// subsets yields all sets of k among n options, in the order of their lists.
func subsets(n, k int) func(func(set) bool) {
	return func(yield func(set) bool) {
		var from func(s set, next, left int) bool
		from = func(s set, next, left int) bool {
			if left == 0 {
				return yield(s)
			}
			for i := next; i <= n-left; i++ {
				if !from(s|1<<i, i+1, left-1) {
					return false
				}
			}
			return true
		}
		from(0, 0, k)
	}
}

// most are the committees for which a number is highest.
func (a *approvals) most(of func(set) *big.Rat) []set {
	var top []set
	var most *big.Rat
	for s := range subsets(a.n, a.places) {
		got := of(s)
		switch {
		case most == nil || got.Cmp(most) > 0:
			top, most = []set{s}, got
		case got.Cmp(most) == 0:
			top = append(top, s)
		}
	}
	return top
}

// harmony gives a ballot 1 + 1/2 + 1/3 … for as many as it gets.
func (a *approvals) harmony(s set) *big.Rat {
	by := make([]int64, a.places+1)
	for k, b := range a.sets {
		by[min((b&s).size(), a.places)] += a.weights[k]
	}
	sum, h := new(big.Rat), new(big.Rat)
	for n := 1; n <= a.places; n++ {
		h.Add(h, big.NewRat(1, int64(n)))
		sum.Add(sum, new(big.Rat).Mul(h, big.NewRat(by[n], 1)))
	}
	return sum
}

// stepwise adds one option after the other, always one that adds the most, in
// every way there is.
func (a *approvals) stepwise(of func(set) *big.Rat) []set {
	at := []set{0}
	for range a.places {
		var next []set
		for _, s := range at {
			var most *big.Rat
			var top []set
			for i := range a.n {
				if s.has(i) {
					continue
				}
				got := of(s | 1<<i)
				if most == nil || got.Cmp(most) > 0 {
					top, most = nil, got
				}
				if got.Cmp(most) == 0 {
					top = append(top, s|1<<i)
				}
			}
			next = append(next, top...)
		}
		at = distinct(next)
	}
	return at
}

func distinct(sets []set) []set {
	slices.SortFunc(sets, func(a, b set) int { return slices.Compare(a.list(), b.list()) })
	return slices.Compact(sets)
}

func (a *approvals) represented(s set) int64 {
	var n int64
	for k, b := range a.sets {
		if b&s != 0 {
			n += a.weights[k]
		}
	}
	return n
}

// farthest is in how many options a committee differs from the ballot that it
// differs from most.
func (a *approvals) farthest(s set) int {
	far := 0
	for _, b := range a.sets {
		far = max(far, (b ^ s).size())
	}
	return far
}

// shares is a committee in the making, with what every ballot has left to spend:
// below nothing, it carries a load.
type shares struct {
	chosen  set
	budgets []*big.Rat
}

func zeros(n int) []*big.Rat {
	out := make([]*big.Rat, n)
	for i := range out {
		out[i] = new(big.Rat)
	}
	return out
}

// key tells apart what may go on differently.
func (s *shares) key() string { return fmt.Sprint(s.chosen, s.budgets) }

// byLoads fills up committees: the next is whoever leaves those who approve with
// the lowest load, all of them the same.
func (a *approvals) byLoads(at []shares) []set {
	var done []set
	for len(at) > 0 {
		var next []shares
		for _, s := range at {
			if s.chosen.size() == a.places {
				done = append(done, s.chosen)
				continue
			}
			next = append(next, a.lightest(s)...)
		}
		at = unlike(next)
	}
	return distinct(done)
}

func unlike(list []shares) []shares {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s shares) bool {
		k := s.key()
		was := seen[k]
		seen[k] = true
		return was
	})
}

// lowest are the options with the lowest number, with that number, and those that
// have no number; none of both are those that are not looked at.
func lowest(n int, of func(i int) (number *big.Rat, none bool)) (which []int, low *big.Rat, without []int) {
	for i := range n {
		number, none := of(i)
		switch {
		case none:
		case number == nil:
			without = append(without, i)
		case low == nil || number.Cmp(low) < 0:
			which, low = []int{i}, number
		case number.Cmp(low) == 0:
			which = append(which, i)
		}
	}
	return which, low, without
}

// lightest lists each way to add the option with the lowest load. Nobody's
// options come last, in any order.
func (a *approvals) lightest(s shares) []shares {
	top, load, free := lowest(a.n, func(i int) (*big.Rat, bool) {
		if s.chosen.has(i) {
			return nil, true
		}
		return a.load(i, s.budgets), false
	})
	var out []shares
	for _, i := range top {
		budgets := slices.Clone(s.budgets)
		for k, b := range a.sets {
			if b.has(i) {
				budgets[k] = new(big.Rat).Neg(load)
			}
		}
		out = append(out, shares{s.chosen | 1<<i, budgets})
	}
	if len(top) == 0 {
		for _, i := range free {
			out = append(out, shares{s.chosen | 1<<i, s.budgets})
		}
	}
	return out
}

// load is what everybody who approves of an option would carry with it; nil
// when nobody approves.
func (a *approvals) load(i int, budgets []*big.Rat) *big.Rat {
	sum, n := big.NewRat(1, 1), int64(0)
	for k, b := range a.sets {
		if b.has(i) {
			n += a.weights[k]
			sum.Sub(sum, new(big.Rat).Mul(budgets[k], big.NewRat(a.weights[k], 1)))
		}
	}
	if n == 0 {
		return nil
	}
	return sum.Quo(sum, big.NewRat(n, 1))
}
