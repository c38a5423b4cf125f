package rule

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
)

// A recipe is a family of votes: a few parameters, and the vote that they make.
type recipe interface{ Vote() *Vote }

func all(parts ...Condition) Condition         { return Condition{All: parts} }
func either(parts ...Condition) Condition      { return Condition{Any: parts} }
func positions(names ...string) []string       { return names }
func classes(c ...circle.Class) []circle.Class { return c }

// moreThan says that yes has more than no.
func moreThan() Condition {
	return Condition{Name: "majority", Count: positions(Yes), Over: "1", Of: positions(No)}
}

// Majority is a share of a named base in favour, with a quorum or without.
//
// The choices that peers make differently: who abstains is in the base where it
// is "answered" or "all", and not where it is "cast"; "more than", or "not less
// than" where NotLess says so; half and half of more than a half is lost; the
// quorum counts everybody who answers, also who abstains. Otherwise as Vote.
//
// Source: M-129, M-130.
type Majority struct {
	Share   string `json:"share,omitempty"`    // empty: a half
	NotLess bool   `json:"not-less,omitempty"` // the share itself is enough
	Of      string `json:"of,omitempty"`       // cast, answered (who is present and says so), all or register; empty: cast
	Quorum  string `json:"quorum,omitempty"`   // share of all, or a whole number, that must answer
	Heads   bool   `json:"heads,omitempty"`    // one seat, one vote, whatever it weighs
}

// The majorities that have a name.
var (
	SimpleMajority   = Majority{}                            // more than half of the votes cast
	AbsoluteMajority = Majority{Of: Everyone}                // more than half of all
	SuperMajority    = Majority{Share: "2/3", NotLess: true} // at least two thirds of the votes cast
)

// Vote gives the rule.
func (r Majority) Vote() *Vote {
	share, of := orElse(r.Share, "1/2"), orElse(r.Of, Cast)
	q := Condition{Name: "majority", Count: positions(Yes), Of: positions(of), Heads: r.Heads || of == Register}
	if r.NotLess {
		q.AtLeast = share
	} else {
		q.Over = share
	}
	if r.Quorum == "" {
		return &Vote{Carry: q}
	}
	there := Quorum(r.Quorum)
	there.Heads = r.Heads
	return &Vote{Carry: all(there, q)}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Quorum is the condition that enough answer: a whole number of weights, or a
// share of all. Who abstains is there.
func Quorum(need string) Condition {
	q := Condition{Name: "quorum", Count: positions(Answered), AtLeast: need, Quorum: true}
	if _, err := wholeNumber(need); err != nil {
		q.Of = positions(Everyone)
	}
	return q
}

// EachClass is the condition that another holds in each class for itself.
func EachClass(q Condition) Condition { return Condition{EachClass: &q} }

// UnanimityMinus adopts when at most so many of those who take part disagree.
// None: unanimity of those who take part.
//
// The choices that peers make differently: who abstains, stands aside or stays
// silent does not count against it; where nobody takes part nothing is adopted;
// seats count, not weights. Otherwise as Vote.
type UnanimityMinus struct {
	N int `json:"n,omitempty"`
}

// Vote gives the rule.
func (r UnanimityMinus) Vote() *Vote {
	return &Vote{Positions: allPositions, Carry: all(
		Condition{Name: "taking-part", Count: positions(Answered), AtLeast: "1", Heads: true},
		Condition{Name: "disagree", Count: positions(No, Veto), AtMost: fmt.Sprint(r.N), Heads: true},
	)}
}

// Unanimity adopts when every seat says yes, but at most so many.
//
// The choices that peers make differently: who abstains or is silent does not
// say yes; seats count, not weights. Otherwise as Vote.
type Unanimity struct {
	Missing int `json:"missing,omitempty"`
}

// Vote gives the rule.
func (r Unanimity) Vote() *Vote {
	return &Vote{Positions: allPositions, Carry: all(
		Condition{Name: "missing", Count: positions(No, Abstain, Veto, Silent), AtMost: fmt.Sprint(r.Missing), Heads: true},
		Condition{Name: "support", Count: positions(Yes), AtLeast: "1", Heads: true},
	)}
}

// ApprovalWithVeto adopts with enough approvals and nobody against: consensus
// approval, where one no is a veto until it is taken back.
//
// The choices that peers make differently: only the classes named count, if any
// are, and who is not of them may speak without weight; who abstains or is silent
// neither approves nor stops it. Otherwise as Vote.
type ApprovalWithVeto struct {
	Approvals int            `json:"approvals"`
	Binding   []circle.Class `json:"binding,omitempty"`
}

// Vote gives the rule.
func (r ApprovalWithVeto) Vote() *Vote {
	return &Vote{Positions: allPositions, Carry: all(
		Condition{Name: "veto", Count: positions(No, Veto), AtMost: "0", Classes: r.Binding, Heads: true},
		Condition{Name: "approvals", Count: positions(Yes), AtLeast: fmt.Sprint(r.Approvals), Classes: r.Binding, Heads: true},
	)}
}

// LazyConsensus adopts at the close when nobody said no and no objection stands:
// silence is assent.
//
// The choices that peers make differently: it needs a deadline, for before it
// somebody may still object; nobody needs to have said yes; one no declines it,
// at once where positions cannot be changed. Otherwise as Vote.
type LazyConsensus struct{}

// Vote gives the rule.
func (LazyConsensus) Vote() *Vote {
	return &Vote{Positions: allPositions, Carry: all(
		Condition{Name: "veto", Count: positions(No, Veto), AtMost: "0", Heads: true},
		Condition{Name: "objections", Count: positions(Objections), AtMost: "0"},
	)}
}

// Advice adopts when enough of those who were asked have given their advice,
// whatever it is: the one who asked may then decide.
//
// The choices that peers make differently: to abstain is to have answered; the
// advice binds nobody, so a no and an objection stop nothing and are reported.
// Otherwise as Vote.
type Advice struct {
	Least int `json:"least,omitempty"` // zero: everybody who was asked
}

// Vote gives the rule.
func (r Advice) Vote() *Vote {
	q := Condition{Name: "advice", Count: positions(Silent), AtMost: "0", Heads: true}
	if r.Least > 0 {
		q = Condition{Name: "advice", Count: positions(Answered), AtLeast: fmt.Sprint(r.Least), Heads: true}
	}
	return &Vote{Positions: allPositions, Carry: q}
}

// Apache are the votes of the Apache projects. Only binding votes count.
//
// The choices that peers make differently: a release cannot be vetoed; code can,
// until the veto is taken back; who abstains or is silent stops nothing. Otherwise
// as Vote.
//
// Source: the Apache voting page.
type Apache struct {
	Kind    string         `json:"kind"` // release, code, lazy or procedural
	Binding []circle.Class `json:"binding,omitempty"`
}

// Check refuses a kind that there is not.
func (r Apache) Check() error {
	if !slices.Contains([]string{"release", "code", "lazy", "procedural"}, r.Kind) {
		return fmt.Errorf("there is no vote %q: say release, code, lazy or procedural", r.Kind)
	}
	return nil
}

// Vote gives the rule.
func (r Apache) Vote() *Vote {
	three := Condition{Name: "three-binding", Count: positions(Yes), AtLeast: "3", Classes: r.Binding, Heads: true}
	veto := Condition{Name: "veto", Count: positions(No, Veto), AtMost: "0", Classes: r.Binding, Heads: true}
	more := Condition{Name: "majority", Count: positions(Yes), Over: "1", Of: positions(No, Veto), Classes: r.Binding, Heads: true}
	v := &Vote{Positions: allPositions}
	switch r.Kind {
	case "release":
		v.Carry = all(three, more)
	case "code":
		v.Carry = all(veto, three)
	case "lazy":
		v.Carry = veto
	default:
		v.Carry = more
	}
	return v
}
