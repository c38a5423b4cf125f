package rule

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/sayround/sayround/consent"
)

// A profile is what was ranked, scored or approved of in a case: the options,
// and the answers that stand, each with its weight.
type profile struct {
	c       *consent.Case
	options []string
	answers []*consent.Answer
	weights []int64
	total   int64  // the weight of all answers
	places  lookup // of the options, by their names
}

// newProfile gathers the answers that say anything.
func newProfile(c *consent.Case, s said) *profile {
	p := &profile{c: c, options: make([]string, len(c.Options)),
		answers: make([]*consent.Answer, 0, len(s)), weights: make([]int64, 0, len(s))}
	for i := range c.Options {
		p.options[i] = c.Options[i].ID
	}
	p.places = placesOf(p.options)
	for i, at := range s {
		if at < 0 {
			continue
		}
		a := &c.Answers[at]
		if len(a.Ranking) == 0 && len(a.Scores) == 0 {
			continue
		}
		w := weight(&c.Seats[i])
		p.answers, p.weights, p.total = append(p.answers, a), append(p.weights, w), p.total+w
	}
	return p
}

// only is the same ballots with some of the options alone.
func (p *profile) only(options []string) *profile {
	few := *p
	few.options, few.places = options, placesOf(options)
	return &few
}

// at finds an option; -1: there is none of that name, and what was said of it
// counts for nothing.
func (p *profile) at(name string) int {
	h := hashed(name)
	for {
		i := int(p.places[h&uint32(len(p.places)-1)]) - 1
		if i < 0 || p.options[i] == name {
			return i
		}
		h++
	}
}

// A lookup finds options by their names: at the place that a name hashes to, or
// at one of those behind it, stands one more than the place of the option. It
// has at least four times as many places as there are options, a power of two, so
// that few names meet: it is asked for each rank of each ballot.
type lookup []uint16

func placesOf(options []string) lookup {
	size := 16
	for size < 4*len(options) {
		size *= 2
	}
	l := make(lookup, size)
	for i, o := range options {
		h := hashed(o)
		for l[h&uint32(size-1)] != 0 {
			h++
		}
		l[h&uint32(size-1)] = uint16(i + 1)
	}
	return l
}

// hashed takes of a name what names differ in most: how long they are, and how
// they end.
func hashed(name string) uint32 {
	h := uint32(len(name))
	for i := max(len(name)-4, 0); i < len(name); i++ {
		h = h*31 + uint32(name[i])
	}
	return h
}

// names are the options with these places.
func (p *profile) names(which []int) []string {
	out := make([]string, len(which))
	for k, i := range which {
		out[k] = p.options[i]
	}
	return out
}

// speaks says that some ballot names one of the options.
func (p *profile) speaks() bool {
	known := func(name string) bool { return p.at(name) >= 0 }
	return slices.ContainsFunc(p.answers, func(a *consent.Answer) bool {
		for name := range a.Scores {
			if known(name) {
				return true
			}
		}
		return slices.ContainsFunc(a.Ranking, func(rank []string) bool { return slices.ContainsFunc(rank, known) })
	})
}

// result is what a count of ballots came to.
type result struct {
	winners []string // of a tie all who are tied
	places  int      // how many are chosen; zero: one
	tied    bool     // there are several outcomes, though not more winners than places
	why     []consent.Reason
	err     error // it cannot be counted exactly
}

// mostChoices is from how many options on nothing is counted: every two of them
// are compared.
const mostChoices = 1000

// choices refuses options that cannot be told apart, or are too many.
func choices(options []consent.Option) error {
	if len(options) > mostChoices {
		return fmt.Errorf("of %d options nothing is counted: at most %d", len(options), mostChoices)
	}
	seen := make(map[string]bool, len(options))
	for _, o := range options {
		if seen[o.ID] {
			return fmt.Errorf("two options are called %q", o.ID)
		}
		seen[o.ID] = true
	}
	return nil
}

// holds refuses a count in which the weight of all answers, each as so many units,
// is more than a whole number can hold.
func (p *profile) holds(units int64) error {
	if units > 0 && p.total > math.MaxInt64/units {
		return fmt.Errorf("the weights of the answers, in %d parts each, are more than can be counted exactly", units)
	}
	return nil
}

// elect asks a count when nothing more can be said, and words what it came to.
// A tie is an outcome of its own: the winners are then all who are tied, nobody
// is chosen, and people settle it by a recorded act. Where nobody has ranked or
// scored anything that there is, nobody is chosen, however many places there are.
func elect(c *consent.Case, count func(*profile) result) consent.Verdict {
	if err := cmp.Or(Weighable(c.Seats), choices(c.Options)); err != nil {
		return failed(c, err)
	}
	s := whatWasSaid(c)
	if !s.over(c) {
		return s.waiting(c)
	}
	p := newProfile(c, s)
	v := consent.Verdict{Outcome: consent.Declined, Final: timeIsOver(c) || !c.MayChange,
		Why: []consent.Reason{{Code: "ballots", Holds: p.total > 0, Got: fmt.Sprint(p.total), Need: "1"}}}
	if p.total > 0 && p.speaks() {
		r := count(p)
		if r.err != nil {
			return failed(c, r.err)
		}
		v.Winners, v.Why = r.winners, append(v.Why, r.why...)
		if r.places > 1 {
			v.Places = r.places
		}
		switch {
		case r.tied || len(r.winners) > max(r.places, 1):
			v.Outcome = consent.Pending
			v.Why = append(v.Why, consent.Reason{Code: "tie", Options: r.winners})
		case len(r.winners) > 0:
			v.Outcome = consent.Carried
		}
	}
	v.Why = append(v.Why, consent.Standing(c)...)
	return v
}

// failed leaves a question pending that cannot be counted.
func failed(c *consent.Case, err error) consent.Verdict {
	return consent.Verdict{Outcome: consent.Pending, Why: append([]consent.Reason{{Code: "rule-error", Got: err.Error()}}, consent.Standing(c)...)}
}

// ranked is the result of a count that puts all options in order.
func ranked(ranking [][]string, why ...consent.Reason) result {
	r := result{why: why}
	place := 1
	for _, group := range ranking {
		r.why = append(r.why, consent.Reason{Code: "place", Got: fmt.Sprint(place), Options: group})
		place += len(group)
	}
	if len(ranking) > 0 {
		r.winners = ranking[0]
	}
	return r
}

// grouped puts options in order of what they got, the best first, and those
// with the same together, in the order in which they were given.
func (p *profile) grouped(compare func(i, j int) int) [][]string {
	order := make([]int, len(p.options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	var groups [][]string
	for k, i := range order {
		if k > 0 && compare(order[k-1], i) == 0 {
			groups[len(groups)-1] = append(groups[len(groups)-1], p.options[i])
			continue
		}
		groups = append(groups, []string{p.options[i]})
	}
	return groups
}

// per words one number for each option.
func (p *profile) per(code string, round int, got func(i int) string) []consent.Reason {
	why := make([]consent.Reason, len(p.options))
	for i := range p.options {
		why[i] = consent.Reason{Code: code, Options: p.options[i : i+1 : i+1], Round: round, Got: got(i)}
	}
	return why
}
