package consent

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSeen: every id that was added is found where it was added, through many
// merges, and hardly any other is.
func TestSeen(t *testing.T) {
	var s seen
	require.Empty(t, slices.Collect(s.find("nothing")))
	const n = 100_000
	for i := range n {
		s.add(strconv.Itoa(i), uint64(i))
	}
	for i := range n {
		require.Contains(t, slices.Collect(s.find(strconv.Itoa(i))), uint64(i))
	}
	vain := 0
	for i := n; i < 2*n; i++ {
		vain += len(slices.Collect(s.find(strconv.Itoa(i))))
	}
	require.Less(t, vain, 50, "some 100,000 × 100,000 / 2^32 are to be expected")
	require.Less(t, len(s.runs), 8)
}
