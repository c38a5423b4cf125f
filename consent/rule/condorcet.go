package rule

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sayround/sayround/consent"
)

// Schulze chooses by the strongest paths: an option is ahead of another if the
// chain of pairs that leads to the other is stronger, at its weakest link, than
// any chain back.
//
// The choices that peers make differently are those of [Elections].
//
// Source: M. Schulze, a new monotonic, clone-independent, reversal symmetric and
// Condorcet-consistent single-winner election method.
type Schulze struct {
	Strength Strength `json:"strength,omitempty"`
	Unranked Unranked `json:"unranked,omitempty"`
	// Default is the option of choosing none of the others, if there is one: an
	// option that not more people prefer to it than the other way round, or fewer
	// than Quorum, is out before the paths are looked at.
	Default string `json:"default,omitempty"`
	Quorum  int64  `json:"quorum,omitempty"`
}

// Judge answers the case.
func (r Schulze) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		p, why := r.kept(p)
		paths := r.paths(p.pairs(r.Unranked))
		n := len(p.options)
		beats := func(i, j int) bool { return r.Strength.compare(paths[i*n+j], paths[j*n+i]) > 0 }
		res := ranked(p.layers(beats), why...)
		for i := range n {
			for j := range n {
				if i != j {
					d := paths[i*n+j]
					res.why = append(res.why, consent.Reason{Code: "path", Options: []string{p.options[i], p.options[j]},
						Holds: beats(i, j), Got: fmt.Sprint(d.with), Need: fmt.Sprint(d.against)})
				}
			}
		}
		return res
	})
}

// kept leaves out the options that the default keeps out.
func (r Schulze) kept(p *profile) (*profile, []consent.Reason) {
	none := p.at(r.Default)
	if r.Default == "" || none < 0 {
		return p, nil
	}
	m := p.pairs(r.Unranked)
	var kept []string
	var why []consent.Reason
	for i, o := range p.options {
		d := m.duel(i, none)
		stays := i == none || d.with > d.against && d.with >= r.Quorum
		if i != none {
			why = append(why, consent.Reason{Code: "before-default", Options: []string{o}, Holds: stays, Got: fmt.Sprint(d.with), Need: fmt.Sprintf("over %d, at least %d", d.against, r.Quorum)})
		}
		if stays {
			kept = append(kept, o)
		}
	}
	return p.only(kept), why
}

// paths are the strongest paths from each option to each other.
func (r Schulze) paths(m *pairs) []duel {
	n := m.n
	paths := make([]duel, n*n)
	for i := range n {
		for j := range n {
			if i != j {
				paths[i*n+j] = m.duel(i, j)
			}
		}
	}
	for via := range n {
		for i := range n {
			if i == via {
				continue
			}
			for j := range n {
				if j == i || j == via {
					continue
				}
				weaker := paths[i*n+via]
				if r.Strength.compare(paths[via*n+j], weaker) < 0 {
					weaker = paths[via*n+j]
				}
				if r.Strength.compare(weaker, paths[i*n+j]) > 0 {
					paths[i*n+j] = weaker
				}
			}
		}
	}
	return paths
}

// layers ranks by a relation without cycles: first all that nothing is ahead of,
// then all that nothing else is ahead of, and so on.
func (p *profile) layers(ahead func(i, j int) bool) [][]string {
	var left []int
	for i := range p.options {
		left = append(left, i)
	}
	var out [][]string
	for len(left) > 0 {
		var top, rest []int
		for _, i := range left {
			if slices.ContainsFunc(left, func(j int) bool { return ahead(j, i) }) {
				rest = append(rest, i)
			} else {
				top = append(top, i)
			}
		}
		if len(top) == 0 { // a cycle, which a relation of paths never has
			top, rest = left, nil
		}
		out, left = append(out, p.names(top)), rest
	}
	return out
}

// RankedPairs locks in the pairs from the strongest on, and leaves out each that
// would close a circle with stronger ones. Pairs of one strength that close a
// circle only together are all left out: no lot is drawn, and what then has
// nothing ahead of it is tied.
//
// The choices that peers make differently are those of [Elections].
//
// Source: T. N. Tideman, independence of clones as a criterion for voting rules.
type RankedPairs struct {
	Strength Strength `json:"strength,omitempty"`
	Unranked Unranked `json:"unranked,omitempty"`
}

// Judge answers the case.
func (r RankedPairs) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		m := p.pairs(r.Unranked)
		locked := r.lock(m)
		var why []consent.Reason
		for _, e := range locked.edges {
			d := m.duel(e[0], e[1])
			why = append(why, consent.Reason{Code: "locked", Options: p.names(e[:]), Holds: true, Got: fmt.Sprint(d.with), Need: fmt.Sprint(d.against)})
		}
		return ranked(p.layers(locked.leads), why...)
	})
}

// A web is a set of pairs, each the one ahead of the other.
type web struct {
	n     int
	edges [][2]int
	to    []bool // reachable
}

func (w *web) leads(i, j int) bool { return w.to[i*w.n+j] }

// add puts pairs in, and all that follows from them.
func (w *web) add(edges [][2]int) {
	w.edges = append(w.edges, edges...)
	for _, e := range edges {
		for i := range w.n {
			if i != e[0] && !w.leads(i, e[0]) {
				continue
			}
			for j := range w.n {
				if j == e[1] || w.leads(e[1], j) {
					w.to[i*w.n+j] = true
				}
			}
		}
	}
}

func (w *web) copied() *web { return &web{w.n, slices.Clone(w.edges), slices.Clone(w.to)} }

func (r RankedPairs) lock(m *pairs) *web {
	var won [][2]int
	for i := range m.n {
		for j := range m.n {
			if m.of(i, j) > m.of(j, i) {
				won = append(won, [2]int{i, j})
			}
		}
	}
	strength := func(a, b [2]int) int { return r.Strength.compare(m.duel(b[0], b[1]), m.duel(a[0], a[1])) }
	slices.SortStableFunc(won, strength)
	w := &web{n: m.n, to: make([]bool, m.n*m.n)}
	for len(won) > 0 {
		same := 1
		for same < len(won) && strength(won[0], won[same]) == 0 {
			same++
		}
		group := slices.DeleteFunc(slices.Clone(won[:same]), func(e [2]int) bool { return w.leads(e[1], e[0]) })
		all := w.copied()
		all.add(group)
		w.add(slices.DeleteFunc(group, func(e [2]int) bool { return all.leads(e[1], e[0]) }))
		won = won[same:]
	}
	return w
}

// Minimax chooses the option whose worst pair is the least bad.
//
// The choices that peers make differently are those of [Elections].
//
// Source: P. B. Simpson and G. H. Kramer.
type Minimax struct {
	Strength Strength `json:"strength,omitempty"`
	Unranked Unranked `json:"unranked,omitempty"`
}

// Judge answers the case.
func (r Minimax) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		m := p.pairs(r.Unranked)
		worst := make([]int64, m.n)
		for i := range worst {
			worst[i] = r.worst(m, i)
		}
		why := p.per("worst", 0, func(i int) string { return fmt.Sprint(worst[i]) })
		return ranked(p.grouped(func(i, j int) int { return cmp.Compare(worst[i], worst[j]) }), why...)
	})
}

// worst is what speaks most against an option, in comparison with one other.
func (r Minimax) worst(m *pairs, i int) int64 {
	first, worst := true, int64(0)
	for j := range m.n {
		if j == i {
			continue
		}
		d, got := m.duel(j, i), int64(0)
		switch {
		case r.Strength == Margin:
			got = d.with - d.against
		case r.Strength == Opposition, d.with > d.against:
			got = d.with
		}
		if first || got > worst {
			first, worst = false, got
		}
	}
	return worst
}

// Copeland chooses the option that wins the most pairs, less those it loses.
//
// The choices that peers make differently are those of [Elections].
//
// Source: A. H. Copeland, a reasonable social welfare function.
type Copeland struct {
	Unranked Unranked `json:"unranked,omitempty"`
}

// Judge answers the case.
func (r Copeland) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		m := p.pairs(r.Unranked)
		balance := make([]int, m.n)
		for i := range m.n {
			for j := range m.n {
				balance[i] += cmp.Compare(m.of(i, j), m.of(j, i))
			}
		}
		why := p.per("balance", 0, func(i int) string { return fmt.Sprint(balance[i]) })
		return ranked(p.grouped(func(i, j int) int { return cmp.Compare(balance[j], balance[i]) }), why...)
	})
}
