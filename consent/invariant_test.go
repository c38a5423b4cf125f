package consent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
)

// byConstruction are the invariants of the structure that no command can break, so
// that none is refused for one.
var byConstruction = map[int]string{
	6:  "what is not handed down is the broader circle's, and on dissolution it says where each piece goes",
	8:  "full participants are listed once each, whatever they wear",
	11: "who takes part through a link is derived from who wears the hat",
	13: "a link that is missing is reported, and nothing is refused for it",
	14: "a role is given by a case or by the founding, and its start and end are events",
	15: "that a term has ended is brought about by time",
	20: "a circle of one is marked in each of its decisions",
}

// TestInvariantsAreNamed: a command that would break one of the invariants I-1 to I-21
// is refused by its name; the others cannot be broken.
func TestInvariantsAreNamed(t *testing.T) {
	named := map[string][]string{}
	for _, c := range append(consent.Codes(), constitution.Codes()...) {
		for rule := range strings.SplitSeq(c.Rule, ", ") {
			named[rule] = append(named[rule], c.ID)
		}
	}
	for i := 1; i <= 21; i++ {
		id := fmt.Sprintf("I-%d", i)
		why := byConstruction[i]
		require.Equal(t, why == "", len(named[id]) > 0, "%s: %v %s", id, named[id], why)
	}
	for rule, code := range map[string]string{"I-1": "second-root", "I-2": "no-aim", "I-3": "not-held", "I-4": "no-overlap", "I-5": "handed-on", "I-7": "name-the-change",
		"I-9": "no-consent-right", "I-10": "leader-is-delegate", "I-12": "confirm-first", "I-16": "helping-incomplete", "I-17": "outside-domain", "I-18": "right-rests",
		"I-19": "not-all-named", "I-21": "protected-matter"} {
		require.Contains(t, named[rule], code)
	}
}

// TestWhyNamesTheInvariant: whoever is refused can ask which invariant stands behind
// it.
func TestWhyNamesTheInvariant(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	_, no := w.give(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread")})
	require.NotNil(t, no)
	why, ok := w.engine.Why(no)
	require.True(t, ok)
	require.Equal(t, "M-1, I-2", why.Rule)
	require.Contains(t, why.String(), "It rests on M-1, I-2.")
}
