package rule

import (
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/sayround/sayround/consent"
)

// Conviction adopts a request for money when the support for it has lasted: what
// supporters have staked grows with time towards a most, and falls when they take
// it back. The more of the funds is asked for, the more is needed; from Beta of
// them on nothing is enough.
//
// The choices that peers make differently: time is counted in whole periods since
// the opening; support may be given and taken back at any time, and what had
// grown falls as it grew; more than the threshold, and the first instant at which
// there is more decides, whatever comes later; weights are those of the opening;
// who leaves counts nowhere; it declines at a deadline only, where there is one.
// Powers are cut below 2^-256, and never rounded up.
//
// Source: 1Hive, conviction voting.
type Conviction struct {
	Alpha     string `json:"alpha"` // how much of it is left after a period
	Beta      string `json:"beta"`  // the most of the funds that can be asked for
	Rho       string `json:"rho"`
	Requested int64  `json:"requested"`
	Funds     int64  `json:"funds"`
	Supply    int64  `json:"supply,omitempty"`  // zero: what all seats weigh that are not out
	Start     int64  `json:"start,omitempty"`   // the conviction at the opening
	Seconds   int64  `json:"seconds,omitempty"` // of a period; zero: one
}

// Check refuses numbers between which nothing can grow.
func (r *Conviction) Check() error {
	whole := big.NewRat(1, 1)
	for _, named := range [][2]string{{"alpha", r.Alpha}, {"beta", r.Beta}, {"rho", r.Rho}} {
		name, s := named[0], named[1]
		f, err := exactShare(s)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if f.Sign() == 0 || name == "alpha" && f.Cmp(whole) >= 0 {
			return fmt.Errorf("%s is %s, and must be between nothing and the whole", name, s)
		}
	}
	if r.Requested < 0 || r.Funds <= 0 || r.Supply < 0 || r.Start < 0 || r.Seconds < 0 {
		return fmt.Errorf("of %d funds %d cannot be asked for", r.Funds, r.Requested)
	}
	return nil
}

// Early says that it is asked after every answer.
func (r *Conviction) Early() bool { return true }

// Threshold is the conviction that is needed with so much staked in all, exactly;
// nil: nothing is enough.
func (r *Conviction) Threshold(supply int64) *big.Rat {
	alpha, _ := exactShare(r.Alpha)
	beta, _ := exactShare(r.Beta)
	rho, _ := exactShare(r.Rho)
	left := new(big.Rat).Sub(beta, big.NewRat(r.Requested, r.Funds))
	if left.Sign() <= 0 {
		return nil
	}
	below := new(big.Rat).Sub(big.NewRat(1, 1), alpha)
	below.Mul(below, left.Mul(left, left))
	up := new(big.Rat).Mul(rho, new(big.Rat).SetInt64(supply))
	return up.Quo(up, below)
}

// bitsBelow is how exactly powers are held.
const bitsBelow = 256

// growth is how conviction grows: what is there, and the stake behind it.
type growth struct {
	alpha *big.Int // in units of 2^-256
	last  *big.Int // the conviction, in the same units
	stake int64
}

// after is the conviction after so many periods: y·a^t + x·(1-a^t)/(1-a).
func (g *growth) after(periods int64) *big.Int {
	unit := new(big.Int).Lsh(one, bitsBelow)
	power, square := new(big.Int).Set(unit), new(big.Int).Set(g.alpha)
	for t := periods; t > 0; t >>= 1 {
		if t&1 == 1 {
			power.Rsh(power.Mul(power, square), bitsBelow)
		}
		square.Rsh(square.Mul(square, square), bitsBelow)
	}
	old := new(big.Int).Mul(g.last, power)
	old.Rsh(old, bitsBelow)
	grown := new(big.Int).Sub(unit, power)
	grown.Mul(grown, big.NewInt(g.stake))
	grown.Lsh(grown, bitsBelow)
	grown.Quo(grown, new(big.Int).Sub(unit, g.alpha))
	return old.Add(old, grown)
}

// mostPeriods is how far ahead it looks.
const mostPeriods = 1 << 32

// first is after how many periods, of at most so many, there is more than enough;
// -1: not then. It grows or falls all the way, so halving finds it.
func (g *growth) first(enough *big.Int, most int64) int64 {
	if g.after(0).Cmp(enough) > 0 {
		return 0
	}
	if g.after(most).Cmp(enough) <= 0 {
		return -1
	}
	low, high := int64(0), most
	for high-low > 1 {
		middle := low + (high-low)/2
		if g.after(middle).Cmp(enough) > 0 {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// Judge answers the case.
func (r *Conviction) Judge(c consent.Case) consent.Verdict {
	if err := Weighable(c.Seats); err != nil {
		return failed(&c, err)
	}
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	supply := r.Supply
	for i := range c.Seats {
		if r.Supply == 0 && !c.Seats[i].Out {
			supply += weight(&c.Seats[i])
		}
	}
	need := r.Threshold(supply)
	v := consent.Verdict{Outcome: consent.Pending}
	if need == nil {
		v.Outcome, v.Final = consent.Declined, true
		v.Why = append(v.Why, consent.Reason{Code: "share-of-funds", Got: fmt.Sprintf("%d of %d", r.Requested, r.Funds), Need: "below " + r.Beta})
		v.Why = append(v.Why, consent.Standing(&c)...)
		return v
	}
	r.grow(&c, need, &v)
	v.Why = append(v.Why, consent.Standing(&c)...)
	return v
}

// grow follows the support from answer to answer.
func (r *Conviction) grow(c *consent.Case, need *big.Rat, v *consent.Verdict) {
	alpha, _ := exactShare(r.Alpha)
	g := &growth{alpha: inUnits(alpha), last: inUnits(big.NewRat(r.Start, 1))}
	enough := inUnits(need)
	t := newTeller(c, &Vote{})
	t.recount()
	answers := slices.Clone(c.Answers)
	slices.SortStableFunc(answers, func(a, b consent.Answer) int { return a.At.Compare(b.At) })
	end := c.Now
	if timeIsOver(c) {
		end = c.Closes.Add(-1)
	}
	done, at := int64(-1), int64(0)
	for i := 0; i <= len(answers) && done < 0; i++ {
		until := r.periods(c.Opened, end)
		if i < len(answers) {
			if answers[i].At.After(end) {
				continue
			}
			until = r.periods(c.Opened, answers[i].At)
		}
		if n := g.first(enough, until-at); n >= 0 {
			done, g.last = at+n, g.after(n)
			break
		}
		g.last, at = g.after(until-at), until
		if i < len(answers) && t.hear(&answers[i]) {
			g.stake = t.sight(end).number(Yes).Int64()
		}
	}
	now := new(big.Int).Rsh(g.last, bitsBelow)
	v.Why = append(v.Why, consent.Reason{Code: "support", Holds: g.stake > 0, Got: fmt.Sprint(g.stake)})
	v.Why = append(v.Why, consent.Reason{Code: "conviction", Holds: done >= 0, Got: now.String(), Need: "over " + need.RatString()})
	switch {
	case done >= 0:
		v.Outcome, v.Final = consent.Carried, true
	case timeIsOver(c):
		v.Outcome, v.Final = consent.Declined, true
	default:
		v.Wake = c.Closes
		if n := g.first(enough, mostPeriods); n >= 0 {
			if wake := c.Opened.Add(time.Duration(at+n) * r.period()); c.Closes.IsZero() || wake.Before(c.Closes) {
				v.Wake = wake
			}
		}
	}
}

func (r *Conviction) period() time.Duration { return time.Duration(max(r.Seconds, 1)) * time.Second }

// periods is how many whole periods there are from one instant to another.
func (r *Conviction) periods(from, to time.Time) int64 { return max(int64(to.Sub(from)/r.period()), 0) }

// inUnits cuts a number below 2^-256.
func inUnits(x *big.Rat) *big.Int {
	n := new(big.Int).Lsh(x.Num(), bitsBelow)
	return n.Quo(n, x.Denom())
}
