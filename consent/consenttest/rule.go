package consenttest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/sayround/sayround/consent"
)

// Claims are what the author of a rule says of it, beside what holds for every
// rule. What is claimed is tried; what is not claimed is not.
type Claims struct {
	// Positions are the answers that the rule knows; none: yes, no and abstain.
	// The first is the one that speaks most for a proposal.
	Positions []string
	// Options lets cases have several options to choose from, which are ranked
	// and scored. Then there are no positions.
	Options bool
	// Classes are drawn for the seats; none: seats have no class.
	Classes []string
	// Weights lets seats have weights other than one.
	Weights bool
	// Delegates lets seats name somebody who answers for them.
	Delegates bool

	// Anonymous: who gave which answer does not matter, among seats of one class
	// and weight.
	Anonymous bool
	// Neutral: options are treated alike.
	Neutral bool
	// Monotone: an answer that changes for the first position never turns adopted
	// into something else; who is chosen alone stays so when a ballot puts them first.
	Monotone bool
	// Participation: one more answer in the first position, or one more ballot for
	// who is chosen alone, never does.
	Participation bool
	// EarlyIsCertain: whenever no further answer could change the outcome, the
	// rule says so at once.
	EarlyIsCertain bool
	// Homogeneous: everybody twice comes to the same.
	Homogeneous bool
	// WeightSplitting: a seat counts as that many seats as it weighs.
	WeightSplitting bool
	// Condorcet: an option that beats every other one to one is chosen.
	Condorcet bool
	// EachClass lists classes without the support of each of which nothing is
	// adopted.
	EachClass []string
	// Classless: which class a seat is of does not matter.
	Classless bool
	// Silence carries: without any answer the proposal may be adopted, as lazy
	// consensus has it.
	Silence bool
	// Unclosed: an answer from after the close may count, since the rule keeps the
	// vote open for longer, or leaves it to the engine to let none in.
	Unclosed bool
	// Concludes: it is asked when a round is over, and what it decides ends the
	// question, so that nothing is said after it.
	Concludes bool

	// Stricter lists rules that must never adopt what this one does not, as the
	// same rule with a higher threshold.
	Stricter []consent.Rule
	// Examples are cases with what comes out. Small changes are made to the rule,
	// and each must make one of the examples fail: else they would not notice such
	// a mistake.
	Examples []Example

	// Runs is how many cases are drawn; zero: two thousand.
	Runs int
	// Seed begins the drawing; the same seed draws the same cases.
	Seed uint64
}

// An Example is a case with what comes out.
type Example struct {
	Name    string
	Case    consent.Case
	Outcome consent.Outcome
	Winners []string
	Final   bool
}

// A check holds a rule to one thing, in one case. It says what is wrong.
type check struct {
	name string
	try  func(k *kit, c consent.Case) error
}

// A kit tries one rule.
type kit struct {
	rule   consent.Rule
	claims Claims
}

// TestRule tries a rule: whatever holds for every rule, what is claimed of this
// one, and whether its examples would notice a mistake. What fails is made as
// small as it can be and shown as Go code.
//
// Source: design of the rule seam; M-261.
func TestRule(t testing.TB, r consent.Rule, claims Claims) {
	t.Helper()
	if len(claims.Positions) == 0 && !claims.Options {
		claims.Positions = []string{"yes", "no", "abstain"}
	}
	if claims.Runs == 0 {
		claims.Runs = 2000
	}
	k := &kit{r, claims}
	checks := k.checks()
	failed := make([]bool, len(checks))
	source := rand.New(rand.NewPCG(claims.Seed, 1))
	for range claims.Runs {
		c := k.draw(source)
		for i, check := range checks {
			if failed[i] {
				continue
			}
			if err := k.holds(check, c); err != nil {
				failed[i] = true
				small := k.shrink(check, c)
				t.Errorf("%s: %v\nThe smallest case that shows it (seed %d):\n%s", check.name, k.holds(check, small), claims.Seed, literal(small))
			}
		}
	}
	k.examples(t)
}

// holds tries a check; a rule that panics does not hold.
func (k *kit) holds(c check, on consent.Case) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("the rule broke off: %v", broken)
		}
	}()
	return c.try(k, copied(on))
}

// examples holds the rule to its examples, and the examples to the mistakes that
// they must notice.
func (k *kit) examples(t testing.TB) {
	t.Helper()
	for _, e := range k.claims.Examples {
		if err := e.differs(k.rule); err != nil {
			t.Errorf("example %q: %v", e.Name, err)
		}
	}
	if len(k.claims.Examples) == 0 {
		return
	}
	for _, m := range k.mutants() {
		if !m.noticed(k.claims.Examples) {
			t.Errorf("no example notices a rule that %s: add one in which that matters", m.name)
		}
	}
}

// differs says in what a rule comes to something else.
func (e *Example) differs(r consent.Rule) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("the rule broke off: %v", broken)
		}
	}()
	v := r.Judge(copied(e.Case))
	if v.Outcome != e.Outcome || v.Final != e.Final || fmt.Sprint(v.Winners) != fmt.Sprint(e.Winners) {
		return fmt.Errorf("it comes to %s, and the example says %s", told(v), told(consent.Verdict{Outcome: e.Outcome, Final: e.Final, Winners: e.Winners}))
	}
	return nil
}

// told words what a verdict says.
func told(v consent.Verdict) string {
	s := v.Outcome.String()
	if v.Final {
		s = "finally " + s
	}
	if len(v.Winners) > 0 {
		s += fmt.Sprint(" for ", v.Winners)
	}
	return s
}

// same says whether two verdicts come to the same.
func same(a, b consent.Verdict) bool {
	return a.Outcome == b.Outcome && fmt.Sprint(a.Winners) == fmt.Sprint(b.Winners)
}
