package rule

import (
	"fmt"
	"math/big"

	"github.com/sayround/sayround/consent"
)

// AdaptiveQuorum asks for more or less than a majority according to how many
// vote: with the bias "approve" few can pass what few oppose only by far, with
// "against" few can stop only what is wanted by far, and "simple" is more for
// than against.
//
// The choices that peers make differently: square roots are whole numbers, cut;
// who abstains counts for the turnout alone; the electorate is every seat that is
// not out; no turnout never passes; as much for as against, weighed so, does not
// pass. Nothing is said before the end, for how many vote can turn it either way
// with every vote; a position may be changed until then. Otherwise as Vote.
//
// Source: paritytech/substrate, frame/democracy.
type AdaptiveQuorum struct {
	Bias string `json:"bias"`
}

// Check refuses a bias that there is not.
func (r *AdaptiveQuorum) Check() error {
	switch r.Bias {
	case "approve", "against", "simple":
		return nil
	}
	return fmt.Errorf("there is no bias %q: say approve, against or simple", r.Bias)
}

// Judge answers the case.
func (r *AdaptiveQuorum) Judge(c consent.Case) consent.Verdict {
	return atTheEnd(&c, &Vote{}, r.Check, func(s *sight) (bool, []consent.Reason) {
		aye, nay := s.number(Yes), s.number(No)
		turnout, electorate := s.number(Answered), s.number(Everyone)
		few, every := new(big.Int).Sqrt(turnout), new(big.Int).Sqrt(electorate)
		var left, right *big.Int
		switch r.Bias {
		case "approve":
			left, right = nay.Mul(nay, every), aye.Mul(aye, few)
		case "against":
			left, right = nay.Mul(nay, few), aye.Mul(aye, every)
		default:
			left, right = nay, aye
		}
		passes := turnout.Sign() > 0 && left.Cmp(right) < 0
		return passes, []consent.Reason{
			{Code: "turnout", Holds: turnout.Sign() > 0, Got: fmt.Sprintf("%s of %s", turnout, electorate), Need: "at least 1"},
			{Code: "biased-majority", Holds: passes, Got: right.String(), Need: "over " + left.String()},
		}
	})
}

// DebianQuorum adopts an option that enough people prefer to the default, by a
// multiple of the square root of all, and by a ratio.
//
// The choices that peers make differently: the quorum is "at least", the ratio is
// "over"; who leaves is no longer counted for the quorum; where nobody prefers the default any ratio is passed; who abstains or
// is silent counts for the size alone. Otherwise as Vote.
//
// Source: Constitution of the Debian Project, sections 4.2 and A.6.
type DebianQuorum struct {
	Times    string `json:"times,omitempty"`    // of the square root; empty: 3/2
	Majority string `json:"majority,omitempty"` // the ratio; empty: 1
}

// Check refuses numbers that cannot be.
func (r *DebianQuorum) Check() error {
	for _, s := range []string{orElse(r.Times, "3/2"), orElse(r.Majority, "1")} {
		if _, err := exactShare(s); err != nil {
			return err
		}
	}
	return nil
}

// Early says that it may be certain before everybody was heard.
func (r *DebianQuorum) Early() bool { return true }

// Judge answers the case.
func (r *DebianQuorum) Judge(c consent.Case) consent.Verdict {
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	if err := Weighable(c.Seats); err != nil {
		return failed(&c, err)
	}
	vote := r.vote()
	t := newTeller(&c, vote)
	vote.hold(t)
	s := t.sight(c.Now)
	s.timeUp = timeIsOver(&c)
	s.settle(&c, c.Closes)
	v := consent.Verdict{Outcome: consent.Pending, Why: t.counted(&c)}
	f := r.quorum(s).and(s.find(&vote.Carry, nil))
	r.ratio(s)
	vote.conclude(&v, f, s, c.Closes)
	v.Why = append(v.Why, consent.Standing(&c)...)
	return v
}

// vote is the comparison of those who prefer it with those who prefer the default.
func (r *DebianQuorum) vote() *Vote {
	return &Vote{Carry: Condition{Name: "majority", Count: positions(Yes), Over: orElse(r.Majority, "1"), Of: positions(No)}}
}

// quorum compares with the root of how many there are. It falls when somebody
// leaves, and what it lacks is convex in how many do: so it can be reached at all
// only if it is reached when all who are silent say yes, or when they all leave;
// and it is certain when it is reached as things are, for that is the most that
// there can be.
//
// The root of a whole number is compared as what it is the root of, so the least
// whole number that reaches it is exact.
func (r *DebianQuorum) quorum(s *sight) found {
	times, _ := exactShare(orElse(r.Times, "3/2"))
	yes, silent, all := s.number(Yes), s.number(Silent), s.number(Everyone)
	square := func(n *big.Int) *big.Rat {
		return new(big.Rat).Mul(new(big.Rat).Mul(times, times), new(big.Rat).SetInt(n))
	}
	reached := func(yes, of *big.Int) bool { return yes.Cmp(rootUp(square(of))) >= 0 }
	now := reached(yes, all)
	f := found{now, unsure}
	switch {
	case s.over:
		f.end = known(now)
	case s.may:
	case now:
		f.end = surely
	case !reached(new(big.Int).Add(yes, silent), all) && !reached(yes, new(big.Int).Sub(all, silent)):
		f.end = never
	}
	s.reason(consent.Reason{Code: "quorum", Holds: now, Got: yes.String(), Need: "at least " + rootUp(square(all)).String()})
	s.reason(consent.Reason{Code: "quorum-exact", Holds: true, Got: rootText(square(all), 20), Need: fmt.Sprintf("%s*sqrt(%s)", times.RatString(), all)})
	return f
}

// ratio tells how many prefer the option for each who prefers the default.
func (r *DebianQuorum) ratio(s *sight) {
	ratio := consent.Reason{Code: "ratio", Holds: true, Got: "all", Need: "over " + orElse(r.Majority, "1")}
	if no := s.number(No); no.Sign() > 0 {
		got := new(big.Rat).SetFrac(s.number(Yes), no)
		wanted, _ := exactShare(orElse(r.Majority, "1"))
		ratio.Got, ratio.Holds = got.RatString(), got.Cmp(wanted) > 0
	}
	s.reason(ratio)
}

// rootUp is the least whole number whose square is not below x.
func rootUp(x *big.Rat) *big.Int {
	up := new(big.Int).Add(x.Num(), new(big.Int).Sub(x.Denom(), one))
	up.Quo(up, x.Denom())
	root := new(big.Int).Sqrt(up)
	if new(big.Int).Mul(root, root).Cmp(up) < 0 {
		root.Add(root, one)
	}
	return root
}

// rootText is the root of x with some decimals, cut.
func rootText(x *big.Rat, decimals int) string {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	n := new(big.Int).Mul(x.Num(), new(big.Int).Mul(ten, ten))
	return decimalText(n.Sqrt(n.Quo(n, x.Denom())), decimals)
}

// decimalText writes a whole number of the smallest decimal units.
func decimalText(n *big.Int, decimals int) string {
	s := n.String()
	for len(s) <= decimals {
		s = "0" + s
	}
	return s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

// number counts some positions as they are.
func (s *sight) number(names ...string) *big.Int {
	in, _ := spread(names)
	return &s.sum(ones(in), false, nil).now
}

// atTheEnd asks a test when nothing more can be said, and not before: for tests
// whose outcome can turn with any vote.
func atTheEnd(c *consent.Case, vote *Vote, check func() error, test func(*sight) (bool, []consent.Reason)) consent.Verdict {
	if err := Weighable(c.Seats); err != nil {
		return failed(c, err)
	}
	if err := check(); err != nil {
		return failed(c, err)
	}
	t := newTeller(c, vote)
	vote.hold(t)
	s := t.sight(c.Now)
	v := consent.Verdict{Outcome: consent.Pending, Why: t.counted(c)}
	holds, why := test(s)
	v.Why = append(append(v.Why, why...), consent.Standing(c)...)
	s.timeUp = timeIsOver(c)
	s.settle(c, c.Closes)
	switch {
	case s.over, s.heard && !c.MayChange:
		v.Outcome, v.Final = consent.Declined, !s.loose
		if holds && !empty(s.now) {
			v.Outcome = consent.Carried
		}
	default:
		v.Wake = c.Closes
	}
	return v
}
