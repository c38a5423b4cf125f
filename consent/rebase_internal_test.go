package consent

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAfterRebase: methods §8.6, a new base leads where the table says: to integrating
// where the question was put already, and before to the beginning.
func TestAfterRebase(t *testing.T) {
	require.NotEmpty(t, rebasing)
	for _, m := range rebasing {
		require.True(t, m.leads(afterRebase(m.From)), m.From)
		require.Len(t, m.To, 1, "there is one way on")
	}
}
