package rule

import (
	"fmt"

	"github.com/sayround/sayround/circle"
)

// DoubleMajority adopts with a majority of all votes and a majority in a majority
// of the classes: people and states.
//
// The choices that peers make differently: both majorities are of the votes cast;
// half of the classes is not enough; a class in which as many are for as against,
// or nobody voted, is not for it. Otherwise as Vote.
//
// Source: Constitution of Australia, section 128.
type DoubleMajority struct {
	States []circle.Class `json:"states,omitempty"` // the classes that are one; empty: every class
}

// Vote gives the rule.
func (r DoubleMajority) Vote() *Vote {
	half := Condition{Name: "state", Count: positions(Yes), Over: "1/2", Of: positions(Cast)}
	return &Vote{Carry: all(
		Condition{Name: "votes", Count: positions(Yes), Over: "1/2", Of: positions(Cast)},
		Condition{Name: "states", InClasses: &half, Over: "1/2", Classes: r.States},
	)}
}

// Chambers adopts when each chamber carries it for itself. A chamber is a class.
//
// The choices that peers make differently: each chamber says its share and the
// base of it; more than the share, or not less where it says so; a chamber
// without seats carries nothing. Otherwise as Vote.
type Chambers struct {
	Chambers []Chamber `json:"chambers"`
}

// A Chamber is a class that must carry for itself.
type Chamber struct {
	Class   circle.Class `json:"class"`
	Share   string       `json:"share,omitempty"` // empty: a half
	NotLess bool         `json:"not-less,omitempty"`
	Of      string       `json:"of,omitempty"` // empty: cast
}

// DoubleMajorityShares is a majority of votes and a majority of the votes of
// cantons, of which half cantons have half a one: the chambers "votes" and
// "states".
//
// Source: Federal Constitution of the Swiss Confederation, articles 139 to 142.
var DoubleMajorityShares = Chambers{[]Chamber{{Class: "votes"}, {Class: "states", Of: Everyone}}}

// Check refuses a vote without chambers.
func (r Chambers) Check() error {
	if len(r.Chambers) == 0 {
		return fmt.Errorf("no chamber is named")
	}
	return nil
}

// Vote gives the rule.
func (r Chambers) Vote() *Vote {
	var parts []Condition
	for _, c := range r.Chambers {
		q := Condition{Name: string(c.Class), Count: positions(Yes), Of: positions(orElse(c.Of, Cast)), Classes: classes(c.Class)}
		if c.NotLess {
			q.AtLeast = orElse(c.Share, "1/2")
		} else {
			q.Over = orElse(c.Share, "1/2")
		}
		parts = append(parts, q)
	}
	return &Vote{Carry: all(parts...)}
}

// QualifiedMajority adopts with a share of the states that have together a share
// of the population. Each state is a seat, and weighs its population.
//
// The choices that peers make differently: who abstains or is absent is not in
// favour, and is of the base; not less than the shares; where fewer states than
// the least of a blocking minority are not in favour, the population does not
// matter. Otherwise as Vote.
//
// Source: Treaty on European Union, article 16(4).
type QualifiedMajority struct {
	States     string `json:"states"`
	Population string `json:"population"`
	Blocking   int    `json:"blocking,omitempty"` // the fewest states that can block by population
}

// EUCouncil is the qualified majority of the Council of the European Union.
var EUCouncil = QualifiedMajority{States: "0.55", Population: "0.65", Blocking: 4}

// Vote gives the rule.
func (r QualifiedMajority) Vote() *Vote {
	population := Condition{Count: positions(Yes), AtLeast: r.Population, Of: positions(Everyone)}
	if r.Blocking > 0 {
		few := Condition{Count: positions(No, Abstain, Silent), Below: fmt.Sprint(r.Blocking), Heads: true}
		population = either(population, few)
	}
	population.Name = "population"
	return &Vote{Carry: all(
		Condition{Name: "states", Count: positions(Yes), AtLeast: r.States, Of: positions(Everyone), Heads: true},
		population,
	)}
}

// ClassVeto adopts with enough votes and nobody of a class against: a security
// council.
//
// The choices that peers make differently: seats count, not weights; to abstain
// is no veto; a no of the class is called a veto only where it alone stopped what
// had enough votes. Otherwise as Vote.
//
// Source: Charter of the United Nations, article 27.
type ClassVeto struct {
	Threshold int          `json:"threshold"`
	Class     circle.Class `json:"class"`
}

// Vote gives the rule.
func (r ClassVeto) Vote() *Vote {
	n := fmt.Sprint(r.Threshold)
	none := Condition{Count: positions(No, Veto), AtMost: "0", Classes: classes(r.Class), Heads: true}
	few := Condition{Count: positions(Yes), Below: n, Heads: true}
	return &Vote{
		Positions: allPositions,
		Carry:     all(Condition{Name: "threshold", Count: positions(Yes), AtLeast: n, Heads: true}, none),
		Also:      []Condition{{Name: "veto", Any: []Condition{few, none}}},
	}
}

// CoopResolution are the resolutions of a co-operative. One member, one vote. The
// seats are those who are present; the register says how many members there are.
//
// The choices that peers make differently: the quorum is two members or half of
// them all, whichever is more, also when everybody who is there votes; a majority
// is of the votes cast, so who abstains is present and in no base; ordinary is
// more than a half, so half and half is lost; special is not less than three
// quarters; in writing both are of all members; class rights need three quarters
// of all of each class. Otherwise as Vote.
//
// Source: M-191; model rules of a worker co-operative.
type CoopResolution struct {
	Kind string `json:"kind"`
}

// Check refuses a resolution that there is not.
func (r CoopResolution) Check() error {
	switch r.Kind {
	case "ordinary", "special", "written-ordinary", "written-special", "class-rights":
		return nil
	}
	return fmt.Errorf("there is no resolution %q: say ordinary, special, written-ordinary, written-special or class-rights", r.Kind)
}

// Vote gives the rule.
func (r CoopResolution) Vote() *Vote {
	half := Condition{Name: "majority", Count: positions(Yes), Over: "1/2", Of: positions(Cast), Heads: true}
	most := Condition{Name: "majority", Count: positions(Yes), AtLeast: "3/4", Of: positions(Cast), Heads: true}
	switch r.Kind {
	case "written-ordinary":
		half.Of = positions(Register)
		return &Vote{Carry: half}
	case "written-special":
		most.Of = positions(Register)
		return &Vote{Carry: most}
	case "class-rights":
		most.Name, most.Of = "class", positions(Register)
		return &Vote{Carry: EachClass(most)}
	}
	there := Condition{Name: "quorum", Quorum: true, Count: positions(Everyone), Heads: true}
	two, part := there, there
	two.AtLeast = "2"
	part.AtLeast, part.Of = "1/2", positions(Register)
	if r.Kind == "special" {
		half = most
	}
	return &Vote{Carry: all(two, part, half)}
}
