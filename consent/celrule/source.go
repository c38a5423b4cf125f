package celrule

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
)

// A Source is a rule as its author writes it: data, so that a circle can agree on
// it, and a question that is open keeps the one with which it was opened.
type Source struct {
	// Conditions must all hold for it to be adopted.
	Conditions []Condition `json:"conditions"`
	// Early claims that the rule can be certain before the close: whatever may still
	// come comes out like one of the corners, in which everybody who is silent
	// leaves, stays silent, or takes one and the same position. That is so for sums
	// that are compared with numbers and with shares of sums in the same classes. It
	// is not so for what holds in a window ("exactly two"). Try what you claim:
	// consenttest.TestRule finds out. Otherwise the rule waits for the close.
	Early bool `json:"early,omitempty"`
}

// A Condition is one thing that must hold.
type Condition struct {
	// Name is how reasons call it.
	Name circle.Name `json:"name"`
	// Says puts it in plain words, for those who do not read formulas.
	Says string `json:"says"`
	// CEL is the expression that says whether it holds.
	CEL string `json:"cel"`
}

// The limits of a rule. What one rule may cost is bounded before it is taken in,
// and again whenever it runs.
const (
	// MaxSource is how many bytes all expressions of a rule have at most, and all
	// its plain words.
	MaxSource = 4 << 10
	// MaxParameters is how many bytes the parameters have at most, so that they and
	// the reasons of a verdict fit into one entry.
	MaxParameters = 8 << 10
	// MaxDepth is how deep an expression may stand in itself.
	MaxDepth = 250
	// MaxCost is the most that one look at a case may cost, in the units of CEL.
	MaxCost = 100_000
	// MaxConditions is how many conditions a rule has at most.
	MaxConditions = 16
	// MaxComparisons is how many comparisons a rule has at most that are told of one
	// by one, so that what is told fits into an entry.
	MaxComparisons = 32
)

// Kind and Version name the rules of this package.
const (
	Kind    = "cel"
	Version = 1
)

// taken are the codes of reasons that say something already, so no condition can
// be called so.
var taken = strings.Fields(`abstain cast class class-carries closes consented declared declared-with-dissent heard in-favour missing no nobody
	objection-stands objections presence rule-error silence-counted silent stand-asides there veto vote-needed weight yes`)

// worded are the codes of reasons that are put into words as one comparison of who
// is there, or in favour, with what is needed.
var worded = []string{"majority", "quorum", "share", "support"}

// check refuses what is no rule, as far as that is to be seen without reading the
// expressions.
func (s *Source) check() error {
	if n := len(s.Conditions); n == 0 || n > MaxConditions {
		return fmt.Errorf("a rule has 1 to %d conditions, and this one has %d", MaxConditions, n)
	}
	expressions, words := 0, 0
	for i, c := range s.Conditions {
		if err := c.Name.Check(); err != nil {
			return err
		}
		switch {
		case slices.Contains(taken, string(c.Name)):
			return fmt.Errorf("a condition cannot be called %q: reasons say something else by that name", c.Name)
		case slices.ContainsFunc(s.Conditions[:i], func(o Condition) bool { return o.Name == c.Name }):
			return fmt.Errorf("two conditions are called %q", c.Name)
		case strings.TrimSpace(c.Says) == "":
			return fmt.Errorf("condition %q does not say in plain words (says) what must hold", c.Name)
		}
		for _, text := range []string{c.Says, c.CEL} {
			if _, err := canon.AppendText(nil, text); err != nil {
				return fmt.Errorf("condition %q: %w", c.Name, err)
			}
		}
		expressions, words = expressions+len(c.CEL), words+len(c.Says)
	}
	if expressions > MaxSource || words > MaxSource {
		return fmt.Errorf("the expressions of a rule have %d bytes at most together, and so have its plain words; here they have %d and %d", MaxSource, expressions, words)
	}
	return nil
}

// Source is the rule as its author wrote it.
func (r *Rule) Source() Source {
	s := r.source
	s.Conditions = slices.Clone(s.Conditions)
	return s
}

// Name is the name of the rule with its parameters, as a method stores it.
func (r *Rule) Name() consent.RuleName {
	return consent.RuleName{Kind: Kind, Version: Version, Parameters: r.parameters}
}

// String says the rule in the plain words of its conditions.
func (r *Rule) String() string {
	var b strings.Builder
	b.WriteString("It is adopted when all of this holds: ")
	for i, c := range r.source.Conditions {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s (%s: %s)", c.Says, c.Name, c.CEL)
	}
	b.WriteString(".")
	if !r.source.Early {
		b.WriteString(" Nothing is decided before the close.")
	}
	return b.String()
}

// Parse reads a rule from its parameters and refuses, with the reason, what it
// cannot be.
func Parse(parameters string) (*Rule, error) {
	var s Source
	if err := canon.Read([]byte(parameters), &s, nil); err != nil {
		return nil, err
	}
	return New(s)
}

// mostKept is how many rules Kinds keeps that were read.
const mostKept = 64

// Kinds is what [consent.Config] takes to know rules of this package, to be put
// together with those of the stock:
//
//	rules := rule.Stock()
//	maps.Copy(rules, celrule.Kinds())
//
// It keeps the rules that it made, so that each source is compiled once as long
// as there are few of them.
func Kinds() consent.Kinds {
	var lock sync.Mutex
	kept := map[string]*Rule{}
	return consent.Kinds{{Kind: Kind, Version: Version}: func(parameters string) (consent.Rule, error) {
		lock.Lock()
		defer lock.Unlock()
		if r := kept[parameters]; r != nil {
			return r, nil
		}
		r, err := Parse(parameters)
		if err != nil {
			return nil, err
		}
		if len(kept) == mostKept {
			clear(kept)
		}
		kept[parameters] = r
		return r, nil
	}}
}
