package rule

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sayround/sayround/consent"
)

// Quota is how many votes are sure of a place.
type Quota string

// The quotas.
const (
	Droop         Quota = ""               // votes/(places+1), cut to a whole number, and one more
	DroopFraction Quota = "droop-fraction" // votes/(places+1), cut to the decimals of the count
	Hare          Quota = "hare"           // votes/places, cut to a whole number
)

// Check refuses a quota that is none.
func (q Quota) Check() error {
	if slices.Contains([]Quota{Droop, "droop", DroopFraction, Hare}, q) {
		return nil
	}
	return fmt.Errorf("there is no quota %q: say droop, droop-fraction or hare", string(q))
}

// of is the quota, at least the smallest number that there is.
func (q Quota) of(votes int64, places int, s scale) fixed {
	switch n := int64(places); q {
	case DroopFraction:
		return max(fixed(part(votes, int64(s), n+1)), 1)
	case Hare:
		return max(s.whole(votes/n), 1)
	default:
		return s.whole(votes/(n+1) + 1)
	}
}

// A stv is a count of single transferable votes by hand: every ballot has a
// value, and what an elected option has beyond the quota passes on with all its
// ballots at a lower value, cut to the decimals.
type stv struct {
	p      *profile
	papers *papers
	scale  scale
	quota  fixed
	places int

	value   []fixed // of each ballot, per unit of its weight
	votes   []fixed
	in      []bool // neither elected nor out
	elected []int
	surplus []int // elected, and what they have beyond the quota not yet passed on
	past    [][]fixed
	round   int
	why     []consent.Reason
	tied    []int // who shares the last place, where the count cannot say who goes out
}

func newSTV(p *profile, r *Reading, places, decimals int, q Quota) *stv {
	s := &stv{p: p, scale: scaleOf(decimals), places: places,
		votes: make([]fixed, len(p.options)), in: make([]bool, len(p.options)), value: make([]fixed, len(p.answers))}
	for i, o := range p.options {
		s.in[i] = !slices.Contains(r.Without, o)
	}
	s.papers = p.papers(r, s.in)
	var valid int64
	for b := range s.papers.holder {
		s.value[b] = s.scale.whole(1)
		if s.papers.holder[b] >= 0 {
			valid += p.weights[b]
		}
	}
	s.quota = q.of(valid, places, s.scale)
	s.why = []consent.Reason{{Code: "valid", Got: fmt.Sprint(valid)}, {Code: "quota", Got: s.scale.text(s.quota)}}
	s.weigh()
	return s
}

// weigh adds up what everybody in the count holds, from the ballots.
func (s *stv) weigh() {
	for i := range s.votes {
		if s.in[i] {
			s.votes[i] = 0
		}
	}
	for b, who := range s.papers.holder {
		if who >= 0 && s.in[who] {
			s.votes[who] += s.value[b] * fixed(s.p.weights[b])
		}
	}
}

// tell notes a round as it stands.
func (s *stv) tell() {
	s.round++
	s.past = append(s.past, slices.Clone(s.votes))
	for i := range s.votes {
		if s.in[i] || slices.Contains(s.elected, i) {
			s.why = append(s.why, consent.Reason{Code: "votes", Options: s.p.names([]int{i}), Round: s.round,
				Holds: s.votes[i] >= s.quota, Got: s.scale.text(s.votes[i]), Need: s.scale.text(s.quota)})
		}
	}
}

// elect takes in who has reached the quota, the highest first.
func (s *stv) elect(who []int) {
	slices.SortStableFunc(who, func(i, j int) int { return cmp.Compare(s.votes[j], s.votes[i]) })
	for _, i := range who {
		s.in[i] = false
		s.elected = append(s.elected, i)
		if s.votes[i] > s.quota {
			s.surplus = append(s.surplus, i)
		}
	}
	if len(who) > 0 {
		s.why = append(s.why, consent.Reason{Code: "elected", Options: s.p.names(who), Round: s.round})
	}
}

// reached lists who is in the count and has the quota.
func (s *stv) reached() []int {
	return slices.DeleteFunc(left(s.in), func(i int) bool { return s.votes[i] < s.quota })
}

// pass lets all ballots of an option go on, at these values.
func (s *stv) pass(from int, value func(fixed) fixed) {
	for b, who := range s.papers.holder {
		if int(who) != from {
			continue
		}
		s.value[b] = value(s.value[b])
		s.papers.pass(b, s.in)
	}
}

// out takes an option out of the count.
func (s *stv) out(i int) {
	s.in[i] = false
	s.why = append(s.why, consent.Reason{Code: "eliminated", Options: s.p.names([]int{i}), Round: s.round})
	s.pass(i, func(v fixed) fixed { return v })
	s.votes[i] = 0
}

// drop takes out the last of those with the fewest votes. If there are several,
// it is a tie, unless they hold nothing and all will go before a place is filled:
// then the order changes nothing.
func (s *stv) drop(last []int) {
	enough := len(s.elected)+len(left(s.in))-len(last) >= s.places
	if len(last) > 1 && (s.votes[last[0]] > 0 || !enough) {
		s.tied = last
		return
	}
	s.out(last[len(last)-1])
}

// extreme are those with the most votes, or with the fewest if the direction is
// -1; of several, those who had so in the newest round before in which they
// differ.
func (s *stv) extreme(of []int, direction int) []int {
	pick := func(of []int, votes []fixed) []int {
		return best(of, func(i int) int64 { return int64(direction) * int64(votes[i]) })
	}
	top := pick(of, s.votes)
	for k := len(s.past) - 1; k >= 0 && len(top) > 1; k-- {
		top = pick(top, s.past[k])
	}
	return top
}

// fills says that who is left just fills the places that are left.
func (s *stv) fills() bool { return len(s.elected)+len(left(s.in)) <= s.places }

func (s *stv) full() bool { return len(s.elected) >= s.places }

// result words who is elected.
func (s *stv) result() result {
	r := result{places: s.places, winners: s.p.names(s.elected), why: s.why}
	if s.tied != nil {
		r.tied = true
		r.why = append(r.why, consent.Reason{Code: "tied-last", Options: s.p.names(s.tied), Round: s.round})
		r.winners = append(r.winners, s.p.names(left(s.in))...)
	}
	return r
}

// ScottishSTV fills several places as the local elections of Scotland do: all
// ballots of who is elected pass on at their value times the surplus over the
// votes, cut to five decimals, the largest surplus first; without a surplus
// whoever has the fewest goes out. Of several with as many, the newest round in
// which they differed decides. Where they never did, it is a tie, which people
// settle: the regulation has a lot drawn, and a rule draws none.
//
// The choices that peers make differently are those of [Elections].
//
// Source: The Scottish Local Government Elections Order 2011, schedule 1.
type ScottishSTV struct {
	Reading Reading `json:"reading,omitempty"`
	Places  int     `json:"places"`
}

// Judge answers the case.
func (r ScottishSTV) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		if err := p.holds(int64(scaleOf(5))); err != nil {
			return result{err: err}
		}
		s := newSTV(p, &r.Reading, max(r.Places, 1), 5, Droop)
		s.tell()
		s.elect(s.reached())
		for !s.full() && !s.fills() && s.tied == nil {
			if len(s.surplus) > 0 {
				s.passSurplus()
			} else {
				s.drop(s.extreme(left(s.in), -1))
			}
			if s.tied != nil {
				break
			}
			s.weigh()
			s.tell()
			s.elect(s.reached())
		}
		if s.tied == nil && !s.full() {
			s.elect(left(s.in))
		}
		return s.result()
	})
}

// passSurplus passes on the largest surplus.
func (s *stv) passSurplus() {
	top := s.extreme(s.surplus, 1)
	if len(top) > 1 {
		s.tied = top
		return
	}
	from := top[0]
	s.surplus = slices.DeleteFunc(s.surplus, func(i int) bool { return i == from })
	beyond, had := s.votes[from]-s.quota, s.votes[from]
	s.pass(from, func(v fixed) fixed { return fixed(part(int64(v), int64(beyond), int64(had))) })
	s.votes[from] = s.quota
}

// GregorySTV fills several places by the weighted inclusive Gregory method: in
// each round the surpluses of all who reached the quota pass on, each ballot at
// its value times the surplus fraction, both cut to the decimals; without a
// surplus whoever has the fewest goes out. Who is elected keeps exactly the
// quota.
//
// The choices that peers make differently are those of [Elections].
//
// Source: weighted inclusive Gregory as public tabulators count it.
type GregorySTV struct {
	Reading  Reading `json:"reading,omitempty"`
	Places   int     `json:"places"`
	Decimals int     `json:"decimals,omitempty"` // of fractions and values; zero: four
	Quota    Quota   `json:"quota,omitempty"`
	// Listed lets the order in which the options stand decide who goes out of
	// several with the fewest votes: the last of them. Otherwise that is a tie.
	Listed bool `json:"listed,omitempty"`
}

// mostDecimals is how exact a count by hand may be.
const mostDecimals = 9

// Check refuses a count with more decimals than it can hold.
func (r *GregorySTV) Check() error {
	if r.Decimals < 0 || r.Decimals > mostDecimals {
		return fmt.Errorf("values have 1 to %d decimals, not %d", mostDecimals, r.Decimals)
	}
	return nil
}

// Judge answers the case.
func (r GregorySTV) Judge(c consent.Case) consent.Verdict {
	return elect(&c, func(p *profile) result {
		decimals := cmp.Or(r.Decimals, 4)
		if err := r.Check(); err != nil {
			return result{err: err}
		}
		if err := p.holds(int64(scaleOf(decimals))); err != nil {
			return result{err: err}
		}
		s := newSTV(p, &r.Reading, max(r.Places, 1), decimals, r.Quota)
		s.tell()
		for s.tied == nil {
			reached := s.reached()
			if len(reached) > s.places-len(s.elected) {
				s.tied = reached // more have it than there are places left: only votes that are level bring that about
				break
			}
			s.elect(reached)
			s.surplus = reached // who has no more than the quota takes a round too
			if s.full() {
				break
			}
			if s.fills() {
				s.elect(left(s.in))
				break
			}
			if r.onward(s); s.tied != nil {
				break
			}
			s.weigh()
			s.tell()
		}
		return s.result()
	})
}

// onward passes on all surpluses, or takes out who has the fewest.
func (r GregorySTV) onward(s *stv) {
	if len(s.surplus) > 0 {
		for _, from := range s.surplus {
			fraction := part(int64(s.votes[from]-s.quota), int64(s.scale), int64(s.votes[from]))
			s.pass(from, func(v fixed) fixed { return fixed(part(int64(v), fraction, int64(s.scale))) })
			s.votes[from] = s.quota
		}
		s.surplus = nil
		return
	}
	last := best(left(s.in), func(i int) int64 { return -int64(s.votes[i]) })
	if r.Listed {
		last = last[len(last)-1:]
	}
	s.drop(last)
}
