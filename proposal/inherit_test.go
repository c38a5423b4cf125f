package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/proposal"
)

// TestInherited: M-24, the agreements and the open needs of a circle that ends
// go to another one; what is closed stays where it was.
func TestInherited(t *testing.T) {
	m := history(t, opened)
	left := m.Leaves("valley")
	require.Equal(t, circle.ID("valley"), left.From)
	require.Equal(t, []proposal.NeedID{"notes"}, left.Needs)
	require.Equal(t, left.Needs, left.Among())
	left.To = "places"
	lawtest.Stored(t, &left, types)
	m.Apply(&left)
	require.Equal(t, circle.ID("places"), m.Need("notes").Circle)
	require.Empty(t, m.Leaves("valley").Needs)
	require.Empty(t, m.Leaves("nowhere").Proposals)
}
