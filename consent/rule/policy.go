package rule

import (
	"fmt"
	"math/big"
	"time"

	"github.com/sayround/sayround/consent"
)

// GroupPolicy is the vote of a group with fixed weights: a threshold, which is
// never more than all there is, or a percentage of all.
//
// The choices that peers make differently: a base is always everybody; a veto
// counts like a no; "at least"; a vote cannot be changed; what is decided can be
// carried out after the least time for it, which is a matter of its own.
// Otherwise as Vote.
//
// Source: cosmos/cosmos-sdk, x/group.
type GroupPolicy struct {
	Threshold    string `json:"threshold,omitempty"` // a number of weights
	Percentage   string `json:"percentage,omitempty"`
	VotingPeriod int64  `json:"voting-period,omitempty"` // seconds, all three
	MinExecution int64  `json:"min-execution,omitempty"`
	MaxExecution *int64 `json:"max-execution,omitempty"` // after the voting period; none: ever
}

// Check refuses times between which nothing can be carried out.
func (r *GroupPolicy) Check() error {
	switch {
	case (r.Threshold == "") == (r.Percentage == ""):
		return fmt.Errorf("a policy has either a threshold or a percentage")
	case r.VotingPeriod < 0, r.MinExecution < 0, r.MaxExecution != nil && *r.MaxExecution < 0:
		return fmt.Errorf("a time below zero is none")
	case r.MaxExecution != nil && r.MinExecution > r.VotingPeriod+*r.MaxExecution:
		return fmt.Errorf("it may be carried out after %d seconds at the earliest, and %d at the latest", r.MinExecution, r.VotingPeriod+*r.MaxExecution)
	}
	if f, err := exactShare(r.Threshold + r.Percentage); err != nil {
		return err
	} else if f.Sign() == 0 || r.Percentage != "" && f.Cmp(big.NewRat(1, 1)) > 0 {
		return fmt.Errorf("%s is no share of a whole", r.Threshold+r.Percentage)
	}
	return r.Vote().Check()
}

// Vote gives the rule.
func (r *GroupPolicy) Vote() *Vote {
	every := Condition{Name: "threshold", Count: positions(Yes), AtLeast: orElse(r.Percentage, "1"), Of: positions(Everyone)}
	if r.Percentage != "" {
		return &Vote{Positions: allPositions, Carry: every}
	}
	enough := Condition{Count: positions(Yes), AtLeast: "1"}
	if f, err := exactShare(r.Threshold); err == nil {
		up := new(big.Int).Add(f.Num(), new(big.Int).Sub(f.Denom(), one))
		enough.AtLeast = up.Quo(up, f.Denom()).String() // weights are whole, so a part more needs one more
	}
	every.Name = ""
	return &Vote{Positions: allPositions, Carry: Condition{Name: "threshold", Any: []Condition{enough, every}}}
}

// Early says that it may be certain before everybody was heard.
func (r *GroupPolicy) Early() bool { return true }

// Admit refuses an answer that cannot be given.
func (r *GroupPolicy) Admit(c consent.Case, a consent.Answer) error { return r.Vote().Admit(c, a) }

// Judge answers the case, and says whether what was decided may be carried out.
func (r *GroupPolicy) Judge(c consent.Case) consent.Verdict {
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	v := r.Vote().Judge(c)
	from := c.Opened.Add(time.Duration(r.MinExecution) * time.Second)
	may := v.Outcome == consent.Carried && !c.Now.Before(from)
	if r.MaxExecution != nil && c.Now.After(c.Opened.Add(time.Duration(r.VotingPeriod+*r.MaxExecution)*time.Second)) {
		may = false
	}
	v.Why = append(v.Why, consent.Reason{Code: "execution", Holds: may, Got: c.Now.UTC().Format(time.RFC3339), Need: from.UTC().Format(time.RFC3339)})
	return v
}
