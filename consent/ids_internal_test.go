package consent

import (
	"crypto/rand"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// TestIDs: the ids that an engine makes are random UUIDs, no two alike, also beyond those
// for which chance is read at once.
func TestIDs(t *testing.T) {
	m := newIDMaker(rand.Reader)
	seen := map[string]bool{}
	for range 5*idsDrawn + 1 {
		text := m.next()
		id, err := uuid.Parse(text)
		require.NoError(t, err)
		require.EqualValues(t, 4, id.Version())
		require.Equal(t, uuid.RFC4122, id.Variant())
		require.False(t, seen[text])
		seen[text] = true
	}
}
