package celrule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent/celrule"
	"github.com/sayround/sayround/consent/consenttest"
)

// conditions writes conditions down, each as its name and its expression.
func conditions(pairs ...string) celrule.Source {
	var s celrule.Source
	for i := 0; i < len(pairs); i += 2 {
		s.Conditions = append(s.Conditions, celrule.Condition{Name: circle.Name(pairs[i]), Says: "in words", CEL: pairs[i+1]})
	}
	return s
}

func early(s celrule.Source) celrule.Source {
	s.Early = true
	return s
}

func compiled(t testing.TB, s celrule.Source) *celrule.Rule {
	t.Helper()
	r, err := celrule.New(s)
	require.NoError(t, err)
	return r
}

// Rules of many forms, each with what is claimed of it, pass the kit.
func TestRulesPassTheKit(t *testing.T) {
	twoThirds := conditions("quorum", "answered * 2 >= all", "two-thirds", "cast > 0 && yes * 3 >= cast * 2")
	classes := []string{"worker", "investor"}
	for name, c := range map[string]struct {
		source celrule.Source
		claims consenttest.Claims
	}{
		"two thirds": {twoThirds,
			consenttest.Claims{Weights: true, Anonymous: true, Monotone: true, Participation: true, Homogeneous: true, WeightSplitting: true}},
		"two thirds, early": {early(twoThirds),
			consenttest.Claims{Weights: true, Anonymous: true, Monotone: true, Participation: true, Homogeneous: true, WeightSplitting: true, EarlyIsCertain: true}},
		"with a veto": {early(conditions("support", "yes > no", "nobody-stops-it", "veto == 0")),
			consenttest.Claims{Positions: []string{"yes", "no", "abstain", "veto"}, Weights: true, Anonymous: true, Monotone: true, Participation: true, Homogeneous: true, WeightSplitting: true}},
		"people": {early(conditions("three", "people.yes >= 3")),
			consenttest.Claims{Weights: true, Anonymous: true, Monotone: true, Participation: true, EarlyIsCertain: true}},
		"a class of its own": {conditions("workers", `yes("worker") * 2 > all("worker")`, "support", "yes > no"),
			consenttest.Claims{Classes: classes, Weights: true, Anonymous: true, Monotone: true, Homogeneous: true, WeightSplitting: true}},
		"each class": {conditions("each", "classes.all(c, yes(c) > no(c))"),
			consenttest.Claims{Classes: classes, Weights: true, Anonymous: true, Monotone: true, Homogeneous: true, WeightSplitting: true}},
		"seats": {conditions("worker", `seats.exists(s, s.class == "worker" && s.yes)`, "support", "sum(seats.map(s, s.yes ? min3(s) : 0)) > 3"),
			consenttest.Claims{Classes: classes, Weights: true, Anonymous: true, Monotone: true, Participation: true}},
		"objections": {conditions("nothing-stands", "objections == 0", "support", "yes >= 1"),
			consenttest.Claims{Weights: true, Anonymous: true, Monotone: true}},
		"a number that overflows": {conditions("too-large", "yes * 4611686018427387904 * 4 > no"),
			consenttest.Claims{Weights: true, Anonymous: true}},
		"a division": {early(conditions("share", "yes * 100 / cast >= 60")),
			consenttest.Claims{Weights: true, Anonymous: true, Monotone: true}},
		"silence": {conditions("few-against", "no * 3 <= all"),
			consenttest.Claims{Weights: true, Anonymous: true, Monotone: true, Silence: true}},
	} {
		t.Run(name, func(t *testing.T) {
			for i, condition := range c.source.Conditions {
				c.source.Conditions[i].CEL = strings.ReplaceAll(condition.CEL, "min3(s)", "(s.weight > 3 ? 3 : s.weight)")
			}
			c.claims.Runs = 250
			consenttest.TestRule(t, compiled(t, c.source), c.claims)
		})
	}
}

// heard is a test that fails without ending the one that asks.
type heard struct {
	testing.TB
	said []string
}

func (h *heard) Errorf(format string, args ...any) {
	h.said = append(h.said, fmt.Sprintf(format, args...))
}
func (h *heard) Helper() {}

// What is claimed to be certain early and is not is found by the kit: two and no
// more may still become three.
func TestAWrongClaimIsFound(t *testing.T) {
	for name, source := range map[string]celrule.Source{
		"a window":                 conditions("two", "people.yes == 2"),
		"one class beside another": conditions("closer", `yes("worker") > yes("investor")`),
	} {
		t.Run(name, func(t *testing.T) {
			claims := consenttest.Claims{Classes: []string{"worker", "investor"}, Runs: 2000}
			h := &heard{TB: t}
			consenttest.TestRule(h, compiled(t, early(source)), claims)
			require.Contains(t, strings.Join(h.said, "\n"), "what is final stays so, whatever is still said")

			consenttest.TestRule(t, compiled(t, source), claims)
		})
	}
}
