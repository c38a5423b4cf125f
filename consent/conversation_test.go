package consent_test

import (
	"testing"

	"github.com/sayround/sayround/consent/consenttest"
	"github.com/sayround/sayround/consent/rule"
)

func TestConversations(t *testing.T) {
	consenttest.TestConversations(t, "testdata/conversations/*.txt", rule.Stock(), rule.Methods()...)
}

// TestMethods: each preset adopts, deals with an objection and comes to its way
// out as its method says (M-255).
func TestMethods(t *testing.T) {
	consenttest.TestConversations(t, "testdata/methods/*.txt", nil)
}

// TestSituations: the tricky situations of the methods' section 8, each with its
// documented result.
func TestSituations(t *testing.T) {
	consenttest.TestConversations(t, "testdata/situations/*.txt", nil)
}

// TestRegressions: what running machines got wrong (methods §1.3.7) does not happen
// here.
func TestRegressions(t *testing.T) {
	consenttest.TestConversations(t, "testdata/regressions/*.txt", nil)
}
