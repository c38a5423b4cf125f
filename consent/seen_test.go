package consent

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSeen: every id that was added is found where it was added, through many
// merges, and no other is.
func TestSeen(t *testing.T) {
	var s seen
	_, ok := s.find("nothing")
	require.False(t, ok)
	const n = 100_000
	for i := range n {
		s.add(strconv.Itoa(i), uint64(i))
	}
	for i := range n {
		pos, ok := s.find(strconv.Itoa(i))
		require.True(t, ok, i)
		require.Equal(t, uint64(i), pos)
	}
	for i := n; i < 2*n; i++ {
		_, ok := s.find(strconv.Itoa(i))
		require.False(t, ok, i)
	}
	require.Less(t, len(s.runs), 8)
}
