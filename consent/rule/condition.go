package rule

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
)

// The positions of a vote. Consent has words of its own for some of them, and
// they are read too: "consent" is yes, "objects" and "against" are no, and who
// stands aside abstains. Silent is who has not answered; it can be counted and
// cannot be said.
const (
	Yes     = "yes"
	No      = "no"
	Abstain = "abstain"
	Veto    = "veto"
	Silent  = "silent"
)

// The bases that have a name, beside the positions.
const (
	Cast     = "cast"     // who said yes, no or veto
	Answered = "answered" // who answered, also to abstain
	Everyone = "all"      // every seat
	Register = "register" // everybody on the register, there or not; in heads
)

// Objections is what a condition counts that is about standing objections and
// not about votes.
const Objections = "objections"

// The places of the positions in a count.
const (
	forIt = iota
	againstIt
	abstaining
	vetoing
	unheard
	places
)

var placeOf = map[string][]int{
	Yes: {forIt}, No: {againstIt}, Abstain: {abstaining}, Veto: {vetoing}, Silent: {unheard},
	Cast:     {forIt, againstIt, vetoing},
	Answered: {forIt, againstIt, abstaining, vetoing},
	Everyone: {forIt, againstIt, abstaining, vetoing, unheard},
}

var placeNames = [places]string{Yes, No, Abstain, Veto, Silent}

// A Condition says of a count of votes whether something holds, as data. It is
// one comparison, or it is put together of others. A comparison is linear: so
// many weights against a number, or against a share of others. That is what
// makes it possible to know before the end, and for sure, how it will come out.
//
// A share of a base with nothing in it is never reached: nobody is not "at
// least half of nobody".
type Condition struct {
	// Name is how reasons call it.
	Name string `json:"name,omitempty"`

	// Count is what is counted: positions, or a base by its name, or objections.
	Count []string `json:"count,omitempty"`
	// One of four says how it compares: with a whole number, or with a share of Of.
	AtLeast string `json:"at-least,omitempty"`
	Over    string `json:"over,omitempty"`
	AtMost  string `json:"at-most,omitempty"`
	Below   string `json:"below,omitempty"`
	// Of is the base of a share: positions, or a base by its name. Empty: the
	// comparison is with a whole number.
	Of []string `json:"of,omitempty"`
	// Classes are those that are counted. Empty: everybody.
	Classes []circle.Class `json:"classes,omitempty"`
	// Heads counts seats, and not what they weigh.
	Heads bool `json:"heads,omitempty"`
	// Quorum says that this is about how many are there: it holds by itself where a
	// meeting before had no quorum and whoever is there now is one.
	Quorum bool `json:"quorum,omitempty"`

	// All must hold, or Any of them, or Not.
	All []Condition `json:"all,omitempty"`
	Any []Condition `json:"any,omitempty"`
	Not *Condition  `json:"not,omitempty"`
	// EachClass must hold in each class for itself: in each of Classes, or in each
	// that there is.
	EachClass *Condition `json:"each-class,omitempty"`
	// InClasses must hold in so many classes as the comparison says: a whole number
	// of them, or a share of them all.
	InClasses *Condition `json:"in-classes,omitempty"`
}

// mostDepth is how deep conditions may stand in one another.
const mostDepth = 8

// Check refuses a condition that says nothing, or two things at once.
func (q *Condition) Check() error { return q.check(1) }

func (q *Condition) check(depth int) error {
	if depth > mostDepth {
		return fmt.Errorf("conditions stand in one another more than %d deep", mostDepth)
	}
	forms := 0
	for _, has := range []bool{len(q.Count) > 0, len(q.All) > 0, len(q.Any) > 0, q.Not != nil, q.EachClass != nil, q.InClasses != nil} {
		if has {
			forms++
		}
	}
	if forms != 1 {
		return fmt.Errorf("condition %q must say one of count, all, any, not, each-class and in-classes, and it says %d of them", q.Name, forms)
	}
	compares := 0
	for _, s := range []string{q.AtLeast, q.Over, q.AtMost, q.Below} {
		if s != "" {
			compares++
		}
	}
	if asks := len(q.Count) > 0 || q.InClasses != nil; asks && compares != 1 {
		return fmt.Errorf("condition %q must say one of at-least, over, at-most and below, and it says %d of them", q.Name, compares)
	} else if !asks && (compares > 0 || len(q.Of) > 0 || q.Heads || q.Quorum) {
		return fmt.Errorf("condition %q is put together of others, so it compares nothing itself", q.Name)
	}
	if err := q.checkParts(depth); err != nil {
		return err
	}
	if len(q.Count) > 0 {
		return q.checkCount()
	}
	if q.InClasses != nil {
		_, err := q.ofClasses(1)
		return err
	}
	return nil
}

// checkParts checks the conditions that this one is put together of.
func (q *Condition) checkParts(depth int) error {
	if (len(q.All) > 0 || len(q.Any) > 0 || q.Not != nil) && len(q.Classes) > 0 {
		return fmt.Errorf("condition %q names classes: each of its parts names its own", q.Name)
	}
	for i := range q.All {
		if err := q.All[i].check(depth + 1); err != nil {
			return err
		}
	}
	for i := range q.Any {
		if err := q.Any[i].check(depth + 1); err != nil {
			return err
		}
	}
	for _, one := range []*Condition{q.Not, q.EachClass, q.InClasses} {
		if one == nil {
			continue
		}
		if err := one.check(depth + 1); err != nil {
			return err
		}
	}
	return nil
}

// checkCount checks one comparison.
func (q *Condition) checkCount() error {
	if slices.Contains(q.Count, Objections) {
		if len(q.Count) > 1 || len(q.Of) > 0 || len(q.Classes) > 0 || q.AtLeast != "" || q.Over != "" {
			return fmt.Errorf("condition %q counts objections: it can say at-most or below a whole number, and nothing else", q.Name)
		}
	} else if _, err := spread(q.Count); err != nil {
		return fmt.Errorf("condition %q counts %w", q.Name, err)
	}
	how, text := q.comparison()
	if len(q.Of) == 0 {
		if n, err := wholeNumber(text); err != nil {
			return fmt.Errorf("condition %q says %s %q without a base: %w", q.Name, how, text, err)
		} else if how == below && n.Sign() == 0 {
			return fmt.Errorf("condition %q says below 0, and nothing ever is", q.Name)
		}
		return nil
	}
	if slices.Equal(q.Of, []string{Register}) {
		if !q.Heads {
			return fmt.Errorf("condition %q has the register as its base, which counts heads: say heads too", q.Name)
		}
	} else if _, err := spread(q.Of); err != nil {
		return fmt.Errorf("condition %q has as its base %w", q.Name, err)
	}
	f, err := exactShare(text)
	if err != nil {
		return fmt.Errorf("condition %q: %w", q.Name, err)
	}
	if (how == atLeast || how == below) && f.Sign() == 0 {
		return fmt.Errorf("condition %q says %s nothing", q.Name, how)
	}
	return nil
}

// The four comparisons.
const (
	atLeast = "at least"
	over    = "over"
	atMost  = "at most"
	below   = "below"
)

// comparison says how it compares, and with what.
func (q *Condition) comparison() (how, text string) {
	switch {
	case q.AtLeast != "":
		return atLeast, q.AtLeast
	case q.Over != "":
		return over, q.Over
	case q.AtMost != "":
		return atMost, q.AtMost
	}
	return below, q.Below
}

// spread says how often each position counts in a list of positions and bases.
func spread(names []string) ([places]int64, error) {
	var in [places]int64
	for _, name := range names {
		at, ok := placeOf[name]
		if !ok {
			return in, fmt.Errorf("%q, which is no position and no base: there are yes, no, abstain, veto, silent, cast, answered and all", name)
		}
		for _, p := range at {
			if in[p] > 0 {
				return in, fmt.Errorf("%q twice", placeNames[p])
			}
			in[p] = 1
		}
	}
	return in, nil
}

// mostDigits is how long a number of a condition may be. The largest weights of
// others have 39 digits.
const mostDigits = 40

// wholeNumber reads a whole number that is not below zero.
func wholeNumber(s string) (*big.Int, error) {
	if s == "" || len(s) > mostDigits || strings.Trim(s, "0123456789") != "" {
		return nil, fmt.Errorf("%q is no whole number of at most %d digits", s, mostDigits)
	}
	n, _ := new(big.Int).SetString(s, 10)
	return n, nil
}

// exactShare reads a share between nothing and many times the whole, of any
// length that a number may have: "2/3", "0.6", "60 %" or "1".
func exactShare(s string) (*big.Rat, error) {
	bad := fmt.Errorf("%q is no share: write it as 2/3, 0.6 or 60 %%", s)
	text, percent := strings.CutSuffix(s, "%")
	text = strings.TrimRight(text, " ")
	if text == "" || len(text) > 2*mostDigits || strings.Trim(text, "0123456789./") != "" {
		return nil, bad
	}
	part, of, two := strings.Cut(text, "/")
	if two && (strings.Contains(text, ".") || percent || part == "" || strings.Trim(of, "0") == "") {
		return nil, bad
	}
	if strings.HasPrefix(text, ".") || strings.HasSuffix(text, ".") {
		return nil, bad
	}
	f, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, bad
	}
	if percent {
		f.Mul(f, big.NewRat(1, 100))
	}
	return f, nil
}

// ofClasses is how many classes it needs, of so many. A share needs no whole
// number of them.
func (q *Condition) ofClasses(n int64) (*big.Rat, error) {
	_, text := q.comparison()
	if whole, err := wholeNumber(text); err == nil {
		return new(big.Rat).SetInt(whole), nil
	}
	f, err := exactShare(text)
	if err != nil {
		return nil, fmt.Errorf("condition %q: %w", q.Name, err)
	}
	return f.Mul(f, big.NewRat(n, 1)), nil
}
