package consent

import (
	"slices"
	"strconv"
	"time"

	"github.com/sayround/sayround/circle"
)

// A Rule judges one case and says why. It is pure: no clock, no chance, no
// input or output, no order of a map. Equal cases get equal verdicts.
type Rule interface{ Judge(Case) Verdict }

// A Case is everything that a rule may know.
type Case struct {
	Now, Opened, Closes time.Time   // values handed in; Closes zero: open-ended
	Version             int         // of the text; answers to older versions do not count
	MayChange           bool        // a seat may answer again until Closes
	Options             []Option    // empty: one proposal, adopted or declined
	Seats               []Seat      // the electorate as frozen when the question opened
	Answers             []Answer    // admitted, in ledger order; the last one of a seat stands
	Objections          []Objection // with their state; they are not ballots
	Register            []Enrolled  // everybody who could have been there, where it matters to the rule; empty: the seats
	Quorate             bool        // whoever is there is a quorum, since a meeting before had none
}

// Enrolled is how many members of a class are on the register.
type Enrolled struct {
	Class circle.Class `json:"class,omitempty"`
	N     int          `json:"n"`
}

// An Option is one of several things to choose from.
type Option struct {
	ID string
}

// A Seat is one place in the electorate, as frozen when the question opened.
type Seat struct {
	Person   circle.PersonID `json:"person"`
	Class    circle.Class    `json:"class,omitempty"`
	Weight   int64           `json:"weight,omitempty"`   // 0: one, as everybody's
	Delegate circle.PersonID `json:"delegate,omitempty"` // speaks for this seat where the rule has delegation
	Out      bool            `json:"out,omitempty"`      // left, recused or bound by those present
}

// An Answer is what one seat said to the question.
type Answer struct {
	Seat     circle.PersonID
	Position string
	Ranking  [][]string
	Scores   map[string]int64
	Version  int
	At       time.Time
	Silent   bool // nothing was said; the circle's absence policy gave the answer
}

// The positions of the consent question.
const (
	Consents = "consent"
	Objects  = "objects"
)

// An Objection is what a rule may know of one.
type Objection struct {
	ID      string
	Seat    circle.PersonID
	Version int
	Stands  bool
	Raised  time.Time
	Ended   time.Time // zero while it stands
}

// Outcome is what a rule says of a case. The zero value is none.
type Outcome uint8

// The outcomes of a rule.
const (
	Pending  Outcome = 1 + iota // nothing can be said yet
	Carried                     // adopted
	Declined                    // not adopted; consent never says so
)

func (o Outcome) String() string { return [...]string{"none", "pending", "adopted", "declined"}[o] }

// A Verdict is a rule's answer with its reasons.
type Verdict struct {
	Outcome Outcome
	Winners []string  // more than there are places is a tie; a rule never draws lots
	Places  int       // how many options are chosen together, where that is more than one
	Final   bool      // no admissible further input changes Outcome or Winners
	Wake    time.Time // first instant at which time alone may change it; zero: never
	Why     []Reason  // every comparison made and every standing objection
}

// A Reason is one comparison that a rule made, or one thing it found.
type Reason struct {
	Code  string            `json:"code"`
	Holds bool              `json:"holds,omitempty"`
	Got   string            `json:"got,omitempty"`  // exact, as text
	Need  string            `json:"need,omitempty"` // exact, as text
	Who   []circle.PersonID `json:"who,omitempty"`
	Of    []circle.Class    `json:"of,omitempty"` // the classes that it is about
	// Options are those that it is about, where there are several to choose from,
	// and Round is the round of a count that has several.
	Options []string `json:"options,omitempty"`
	Round   int      `json:"round,omitempty"`
	// More is how many people it is about beside those whom it names, where they
	// are too many for an entry.
	More int `json:"more,omitempty"`
}

// named keeps of each reason as many people as an entry may name.
func named(why []Reason) []Reason {
	for i := range why {
		n := min(len(why[i].Who), mostNamed)
		why[i].More += len(why[i].Who) - n
		why[i].Who = why[i].Who[:n]
	}
	return why
}

// An Early rule can be certain before everybody was heard, so it is asked
// after every answer. Other rules are asked when the round is complete.
type Early interface {
	Rule
	Early() bool
}

// Kinds are the rules that an engine knows, by kind and version. Parameters
// are given when a rule is made.
type Kinds map[RuleName]func(parameters string) (Rule, error)

// ByConsent is the stock rule: a version is adopted when every seat that is
// not out has consented to it and no objection to the proposal stands. It
// never declines: while somebody objects or is unheard it is pending, and
// names them. Weights do not touch it.
//
// The choices that peers make differently: no deadline is inside it; nobody
// abstains; a position may be changed until the round closes, and the last one
// stands; everybody counts once, at the opening and at the count; who left is
// out, and their standing objection still blocks; there is no tie.
//
// Source: EC-30, EC-39; M-122.
type ByConsent struct{}

// Judge answers the case.
func (ByConsent) Judge(c Case) Verdict {
	var room [32]bool // enough for most circles, without a trip to the heap
	consents := room[:]
	if len(c.Seats) > len(room) {
		consents = make([]bool, len(c.Seats))
	}
	find := SeatFinder(c.Seats)
	for i := range c.Answers {
		if a := &c.Answers[i]; a.Version == c.Version {
			if at := find(a.Seat); at >= 0 {
				consents[at] = a.Position == Consents
			}
		}
	}
	seats, heard := 0, 0
	var unheard []circle.PersonID
	for i := range c.Seats {
		switch {
		case c.Seats[i].Out:
			continue
		case consents[i]:
			heard++
		default:
			unheard = append(unheard, c.Seats[i].Person)
		}
		seats++
	}
	standing := Standing(&c)
	v := Verdict{Outcome: Pending, Why: make([]Reason, 1, 1+len(standing))}
	v.Why[0] = Reason{Code: "consented", Holds: unheard == nil && seats > 0,
		Got: strconv.Itoa(heard), Need: strconv.Itoa(seats), Who: unheard}
	v.Why = append(v.Why, standing...)
	if seats > 0 && unheard == nil && standing == nil {
		v.Outcome, v.Final = Carried, true
	}
	return v
}

// SeatFinder finds seats by their people: the place among the seats, -1 for who
// has none. As a rule answers come in the order of the seats, or nearly, and then
// no index is needed.
func SeatFinder(seats []Seat) func(circle.PersonID) int {
	var index map[circle.PersonID]int
	next := 0
	return func(who circle.PersonID) int {
		if next < len(seats) && seats[next].Person == who {
			next++
			return next - 1
		}
		if len(seats) <= smallRound {
			next = slices.IndexFunc(seats, func(s Seat) bool { return s.Person == who }) + 1
			return next - 1
		}
		if index == nil {
			index = make(map[circle.PersonID]int, len(seats))
			for i := range seats {
				index[seats[i].Person] = i
			}
		}
		at, ok := index[who]
		if !ok {
			return -1
		}
		next = at + 1
		return at
	}
}

// Standing gives a reason for each objection that stands. Every rule tells of
// them, also one that lets them be outvoted.
func Standing(c *Case) []Reason {
	var out []Reason
	for _, o := range c.Objections {
		if o.Stands {
			out = append(out, Reason{Code: "objection-stands", Got: o.ID, Who: []circle.PersonID{o.Seat}})
		}
	}
	return out
}

// stock are the rules that every engine knows.
func stock() Kinds {
	return Kinds{
		consentRule:                        func(string) (Rule, error) { return ByConsent{}, nil },
		{Kind: settleKind, Version: 1}:     newSettle,
		{Kind: resolutionKind, Version: 1}: newResolution,
	}
}

// of makes the rule of a name.
func (k Kinds) of(n RuleName) (Rule, error) {
	make, ok := k[RuleName{Kind: n.Kind, Version: n.Version}]
	if !ok {
		return nil, UnknownRule.Refuse("rule", n.Kind, "version", n.Version)
	}
	r, err := make(n.Parameters)
	if err != nil {
		return nil, BadRule.Refuse("rule", n.Kind, "why", err.Error())
	}
	return r, nil
}

// judge asks a rule and stands between it and the engine: a rule that fails
// leaves the question pending, and every standing objection is reported
// whatever the rule says.
func judge(r Rule, c Case) (v Verdict) {
	defer func() {
		if failed := recover(); failed != nil {
			v = Verdict{Outcome: Pending, Why: append([]Reason{{Code: "rule-error"}}, Standing(&c)...)}
		}
	}()
	v = r.Judge(c)
	if v.Outcome < Pending || v.Outcome > Declined {
		v = Verdict{Outcome: Pending, Why: []Reason{{Code: "rule-error"}}}
	}
	for _, s := range Standing(&c) {
		if !reported(v.Why, s.Got) {
			v.Why = append(v.Why, s)
		}
	}
	return v
}

func reported(why []Reason, objection string) bool {
	for _, r := range why {
		if r.Code == "objection-stands" && r.Got == objection {
			return true
		}
	}
	return false
}
