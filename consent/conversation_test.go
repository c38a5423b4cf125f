package consent_test

import (
	"testing"

	"github.com/sayround/sayround/consent/consenttest"
)

func TestConversations(t *testing.T) {
	consenttest.TestConversations(t, "testdata/conversations/*.txt", nil)
}
