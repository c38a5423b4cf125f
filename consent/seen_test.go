package consent

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSeenFresh: ids that were added on end are found before they are put in order and
// after, and in a snapshot that is taken in between.
func TestSeenFresh(t *testing.T) {
	for _, n := range []int{1, recentSlots/2 - 1, recentSlots / 2, freshMost - 1, freshMost + 1} {
		var s seen
		for i := range n {
			s.add(strconv.Itoa(i), uint64(i))
		}
		image := s.image()
		again, err := image.restore(uint64(n))
		require.NoError(t, err)
		late := seen{secret: s.secret, recent: slices.Clone(s.recent), fresh: slices.Clone(s.fresh), held: s.held, runs: s.runs}
		late.order()
		require.Empty(t, late.fresh)
		for i := 0; i < n; i += 1 + n/50 {
			for _, which := range []*seen{&s, &again, &late} {
				require.Contains(t, slices.Collect(which.find(strconv.Itoa(i))), uint64(i))
			}
		}
	}
}

// TestSeen: every id that was added is found where it was added, through many
// merges, and hardly any other is.
func TestSeen(t *testing.T) {
	var s seen
	require.Empty(t, slices.Collect(s.find("nothing")))
	const n = 100_000
	for i := range n {
		if s.add(strconv.Itoa(i), uint64(i)); i%1009 == 0 {
			s.order()
		}
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

// TestMerge: two sorted lists become one, whichever is longer.
func TestMerge(t *testing.T) {
	for n := range 6 {
		var a, b, all []command
		for i := range uint32(5) {
			c := command{hash: i, pos: 9 - i}
			if all = append(all, c); int(i) < n {
				a = append(a, c)
			} else {
				b = append(b, c)
			}
		}
		require.Equal(t, all, merge(a, b))
		require.Equal(t, all, merge(b, a))
	}
}

// TestFoundOnce: whoever has found what they looked for looks no further.
func TestFoundOnce(t *testing.T) {
	var s seen
	s.begin(secret{})
	for i := range uint64(3 * recentSlots) {
		s.add(fmt.Sprintf("c-%d", i), i)
	}
	for _, id := range []string{"c-0", fmt.Sprintf("c-%d", 3*recentSlots-1)} {
		n := 0
		for range s.find(id) {
			n++
			break
		}
		require.Equal(t, 1, n, id)
	}
}
