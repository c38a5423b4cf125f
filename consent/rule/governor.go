package rule

import "github.com/sayround/sayround/circle"

// Governor is the vote of OpenZeppelin's governor: a quorum of those for and
// those who abstain, and more for than against, at the deadline.
//
// The choices that peers make differently: nothing is decided before the
// deadline, but by a super quorum, which ends the vote as soon as so many are for
// and more than against, though later votes could have turned it: they do not
// count; who abstains counts for the quorum and in no base; as many for as
// against is defeated; with Split a member spends the weight in parts; with Late
// the vote stays open some time after its quorum was reached. Otherwise as Vote.
//
// Source: OpenZeppelin/openzeppelin-contracts, governance/extensions.
type Governor struct {
	Quorum      string `json:"quorum"`                 // a whole number, or a share of all
	SuperQuorum string `json:"super-quorum,omitempty"` // the same
	Split       bool   `json:"split,omitempty"`
	Late        int64  `json:"late,omitempty"` // seconds
}

// Vote gives the rule.
func (r Governor) Vote() *Vote {
	there := Quorum(r.Quorum)
	there.Count, there.Quorum = positions(Yes, Abstain), false
	v := &Vote{Carry: all(there, moreThan()), AtClose: true, Split: r.Split}
	if r.SuperQuorum != "" {
		super := Quorum(r.SuperQuorum)
		super.Name, super.Count, super.Quorum = "super-quorum", positions(Yes), false
		ends := all(super, moreThan())
		v.Ends = &ends
	}
	if r.Late > 0 {
		v.Late = &Late{Quorum: there, Seconds: r.Late}
	}
	return v
}

// DelegatedOverride is a vote in which delegates vote with all that is lent to
// them, and who lent it may take it back for this question, before or after.
//
// The choices that peers make differently: a delegate's vote does not count the
// own holding when that is lent to somebody else; an override counts the own
// holding alone, once, and is taken off the delegate whenever it comes; more for
// than against carries. Otherwise as Vote.
//
// Source: OpenZeppelin/openzeppelin-contracts, GovernorCountingOverridable.
type DelegatedOverride struct{}

// Vote gives the rule.
func (DelegatedOverride) Vote() *Vote {
	return &Vote{Carry: moreThan(), AtClose: true, Lending: &Lending{Override: true}}
}

// LiquidGov is a vote in which who does not vote lends the weight to a governor.
//
// The choices that peers make differently: lending has one step, and none to who
// is idle; who votes takes their own weight back, before or after; what is lent
// counts for the quorum; who abstains counts for it too and in no other base; the
// quorum is "at least", the threshold is "over", and the share of no from which
// on the deposit is burnt is "at least"; it is burnt also where the quorum is
// missed. Otherwise as Vote.
//
// Source: atomone-hub/atomone, x/gov.
type LiquidGov struct {
	Quorum    string         `json:"quorum"`
	Threshold string         `json:"threshold"`
	BurnNo    string         `json:"burn-no"`
	Idle      []circle.Class `json:"idle,omitempty"`
}

// Vote gives the rule.
func (r LiquidGov) Vote() *Vote {
	there := Condition{Name: "quorum", Count: positions(Answered), AtLeast: r.Quorum, Of: positions(Everyone)}
	missed := there
	missed.Name = ""
	no := Condition{Count: positions(No), AtLeast: r.BurnNo, Of: positions(Yes, No)}
	return &Vote{
		Carry:   all(there, Condition{Name: "threshold", Count: positions(Yes), Over: r.Threshold, Of: positions(Yes, No)}),
		Lending: &Lending{Idle: r.Idle},
		Also:    []Condition{{Name: "burn", Any: []Condition{{Not: &missed}, no}}},
	}
}

// Gov is the vote of a chain's validators, with what is lent to them: a quorum, a
// threshold and a veto.
//
// The choices that peers make differently: who votes takes what they lent back
// from the validator, before or after; who abstains counts for the quorum and for
// the base of the veto, not for that of the threshold; the quorum is "at least",
// threshold and veto are "over"; if all abstain it fails; the deposit is burnt
// where the veto stopped it, and not where the quorum was missed. Otherwise as
// Vote.
//
// Source: cosmos/cosmos-sdk, x/gov.
type Gov struct {
	Quorum    string `json:"quorum"`
	Threshold string `json:"threshold"`
	Veto      string `json:"veto"`
}

// Vote gives the rule.
func (r Gov) Vote() *Vote {
	there := Condition{Name: "quorum", Count: positions(Answered), AtLeast: r.Quorum, Of: positions(Everyone)}
	sides := Condition{Name: "sides", Count: positions(Cast), AtLeast: "1"}
	veto := Condition{Count: positions(Veto), Over: r.Veto, Of: positions(Answered)}
	quiet := func(q Condition) Condition { q.Name = ""; return q }
	return &Vote{
		Positions: allPositions,
		Lending:   &Lending{},
		Carry: all(there, sides, Condition{Name: "veto", Not: &veto},
			Condition{Name: "threshold", Count: positions(Yes), Over: r.Threshold, Of: positions(Cast)}),
		Also: []Condition{{Name: "burn", All: []Condition{quiet(there), quiet(sides), veto}}},
	}
}
