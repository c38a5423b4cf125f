package rule

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sayround/sayround/consent"
)

// MeekSTV fills several places by Meek's method: every option keeps a factor of
// what reaches it, and the rest of each ballot passes on to the next rank.
// Options on one rank share alike. The factors of the elected are lowered until
// they keep the quota, which falls as ballots are spent; when nothing more moves,
// whoever has the least goes out. Several with as little are a tie.
//
// Numbers have nine decimals and are cut as the source says: the quota one
// smallest unit above the cut, factors rounded up.
//
// The choices that peers make differently are those of [Elections].
//
// Source: I. D. Hill, B. A. Wichmann and D. R. Woodall, algorithm 123.
type MeekSTV struct {
	Places  int      `json:"places"`
	Without []string `json:"without,omitempty"` // those who withdrew
}

const (
	meekScale = scale(1_000_000_000)
	meekOmega = meekScale / 1_000_000 // a surplus below this is none
)

// A meek is a count in work.
type meek struct {
	p       *profile
	ballots [][][]int
	factor  []fixed
	votes   []fixed
	quota   fixed
	places  int
	elected []int
	hopeful []int
	why     []consent.Reason
	tied    []int
}

// Judge answers the case.
func (r MeekSTV) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		if err := p.holds(int64(meekScale)); err != nil {
			return result{err: err}
		}
		m := &meek{p: p, places: max(r.Places, 1), factor: make([]fixed, len(p.options)), votes: make([]fixed, len(p.options))}
		for _, a := range p.answers {
			groups, _ := p.groups(a)
			m.ballots = append(m.ballots, groups)
		}
		for i, o := range p.options {
			if !slices.Contains(r.Without, o) {
				m.factor[i], m.hopeful = meekScale.whole(1), append(m.hopeful, i)
			}
		}
		for round := 1; len(m.elected)+len(m.hopeful) > m.places && len(m.elected) < m.places && m.tied == nil; round++ {
			m.settle(round)
			if len(m.elected) < m.places && len(m.elected)+len(m.hopeful) > m.places {
				m.defeat(round)
			}
		}
		if m.tied == nil && len(m.elected)+len(m.hopeful) <= m.places {
			m.elected, m.hopeful = append(m.elected, m.hopeful...), nil
		}
		if m.tied == nil {
			m.rest()
		}
		return m.result()
	})
}

// rest takes out who is left when all places are filled, the least first.
func (m *meek) rest() {
	slices.SortStableFunc(m.hopeful, func(i, j int) int { return cmp.Compare(m.votes[i], m.votes[j]) })
	for _, i := range m.hopeful {
		m.why = append(m.why, consent.Reason{Code: "eliminated", Options: m.p.names([]int{i}), Got: meekScale.text(m.votes[i])})
	}
	m.hopeful = nil
}

// settle lowers the factors until nothing more moves, or somebody is elected.
func (m *meek) settle(round int) {
	before := fixed(-1)
	for first := true; ; first = false {
		m.distribute()
		if first && round == 1 {
			m.why = append(m.why, m.p.per("votes", 1, func(i int) string { return meekScale.text(m.votes[i]) })...)
		}
		reached := slices.DeleteFunc(slices.Clone(m.hopeful), func(i int) bool { return m.votes[i] < m.quota })
		for _, i := range reached {
			m.elected = append(m.elected, i)
			m.hopeful = slices.DeleteFunc(m.hopeful, func(h int) bool { return h == i })
			m.why = append(m.why, consent.Reason{Code: "elected", Options: m.p.names([]int{i}), Round: round, Got: meekScale.text(m.votes[i]), Need: meekScale.text(m.quota)})
		}
		var surplus fixed
		for _, i := range m.elected {
			surplus += max(m.votes[i]-m.quota, 0)
		}
		if len(reached) > 0 && len(m.elected) >= m.places || surplus < fixed(meekOmega) || before >= 0 && surplus >= before && len(reached) == 0 {
			return
		}
		before = surplus
		for _, i := range m.elected {
			m.factor[i] = fixed(partUp(int64(m.factor[i]), int64(m.quota), int64(m.votes[i])))
		}
	}
}

// distribute gives every ballot to its ranks, and finds the quota of what is
// held.
func (m *meek) distribute() {
	clear(m.votes)
	for k, groups := range m.ballots {
		left := meekScale.whole(1)
		for _, g := range groups {
			if left <= 0 {
				break
			}
			each, kept := left/fixed(len(g)), fixed(0)
			for _, i := range g {
				keeps := fixed(partUp(int64(each), int64(m.factor[i]), int64(meekScale)))
				m.votes[i] += keeps * fixed(m.p.weights[k])
				kept += keeps
			}
			left -= kept
		}
	}
	var held fixed
	for _, v := range m.votes {
		held += v
	}
	m.quota = held/fixed(m.places+1) + 1
}

// defeat takes out who has the least.
func (m *meek) defeat(round int) {
	last := best(m.hopeful, func(i int) int64 { return -int64(m.votes[i]) })
	enough := len(m.elected)+len(m.hopeful)-len(last) >= m.places
	if len(last) > 1 && (m.votes[last[0]] > 0 || !enough) {
		m.tied = last
		return
	}
	gone := last[0]
	m.factor[gone] = 0
	m.hopeful = slices.DeleteFunc(m.hopeful, func(i int) bool { return i == gone })
	m.why = append(m.why, consent.Reason{Code: "eliminated", Options: m.p.names([]int{gone}), Round: round, Got: meekScale.text(m.votes[gone])})
}

func (m *meek) result() result {
	m.why = append(m.why, consent.Reason{Code: "quota", Got: meekScale.text(m.quota)})
	r := result{places: m.places, winners: m.p.names(m.elected), why: m.why}
	if m.tied != nil {
		r.tied = true
		r.winners = append(r.winners, m.p.names(m.hopeful)...)
		r.why = append(r.why, consent.Reason{Code: "tied-last", Options: m.p.names(m.tied), Got: fmt.Sprint(len(m.tied))})
	}
	return r
}
