package consent_test

import (
	"testing"

	"github.com/sayround/sayround/consent/consenttest"
)

func TestConversations(t *testing.T) {
	consenttest.TestConversations(t, "testdata/conversations/*.txt", nil)
}

// TestMethods: each preset adopts, deals with an objection and comes to its way
// out as its method says (M-255).
func TestMethods(t *testing.T) {
	consenttest.TestConversations(t, "testdata/methods/*.txt", nil)
}
