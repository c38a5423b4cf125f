package rule

import (
	"fmt"
	"math/big"
)

// DaoThreshold are the votes of DAO DAO: a share of all that is not abstained, a
// share with a quorum, or a whole number of votes.
//
// The choices that peers make differently: who abstains counts for the quorum and
// in no base; a share is "at least", and "majority" is more than a half; where
// votes may be changed nothing is decided before the end; it is not passed before
// the least time, and can be rejected before; if all abstain it is rejected.
// Otherwise as Vote.
//
// Source: DA0-DA0/dao-contracts, dao-proposal-single.
type DaoThreshold struct {
	Kind       string `json:"kind"`                 // absolute-percentage, threshold-quorum or absolute-count
	Percentage string `json:"percentage,omitempty"` // a share, or "majority"
	Threshold  string `json:"threshold,omitempty"`
	Quorum     string `json:"quorum,omitempty"`
	Count      string `json:"count,omitempty"`
	MinPeriod  int64  `json:"min-period,omitempty"` // seconds
	// Weights say how many times a class counts.
	Weights []ClassWeight `json:"weights,omitempty"`
}

// Check refuses a kind that there is not, and shares that nothing or everything
// reaches.
func (r DaoThreshold) Check() error {
	share := func(s string, none bool) error {
		f, err := exactShare(s)
		switch {
		case s == "majority":
			return nil
		case err != nil:
			return err
		case f.Cmp(big.NewRat(1, 1)) > 0:
			return fmt.Errorf("%s is more than the whole", s)
		case f.Sign() == 0 && !none:
			return fmt.Errorf("a share of nothing is always reached")
		}
		return nil
	}
	switch r.Kind {
	case "absolute-percentage":
		return share(r.Percentage, false)
	case "threshold-quorum":
		if err := share(r.Threshold, false); err != nil {
			return err
		}
		return share(r.Quorum, true)
	case "absolute-count":
		n, err := wholeNumber(r.Count)
		if err == nil && n.Sign() == 0 {
			err = fmt.Errorf("a count of 0 is always reached")
		}
		return err
	}
	return fmt.Errorf("there is no threshold %q: say absolute-percentage, threshold-quorum or absolute-count", r.Kind)
}

// reaches sets how a condition compares.
func (q Condition) reaches(share string) Condition {
	if share == "majority" {
		q.Over = "1/2"
	} else {
		q.AtLeast = share
	}
	return q
}

// Vote gives the rule.
func (r DaoThreshold) Vote() *Vote {
	v := &Vote{After: r.MinPeriod, Weights: r.Weights}
	yes := Condition{Name: "threshold", Count: positions(Yes)}
	switch r.Kind {
	case "absolute-percentage":
		yes.Of = positions(Yes, No, Silent)
		v.Carry = yes.reaches(r.Percentage)
	case "threshold-quorum":
		yes.Of = positions(Cast)
		v.Carry = yes.reaches(r.Threshold)
		if f, err := exactShare(r.Quorum); err != nil || f.Sign() > 0 {
			there := Condition{Name: "quorum", Count: positions(Answered), Of: positions(Everyone)}
			v.Carry = all(there.reaches(r.Quorum), v.Carry)
		}
	default:
		yes.AtLeast = r.Count
		v.Carry = yes
	}
	return v
}
