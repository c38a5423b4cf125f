package logbook

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// The nearest rank is always one of the numbers: the first by which so many percent
// of them are reached.
func TestNearestRank(t *testing.T) {
	ten := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, c := range []struct {
		given []int64
		half  int64
		nine  int64
	}{
		{nil, 0, 0},
		{ten[:1], 1, 1},
		{ten[:2], 1, 2},
		{ten[:3], 2, 3},
		{ten[:9], 5, 9},
		{ten, 5, 9},
		{append(ten[:10:10], 11), 6, 10},
	} {
		require.Equal(t, c.half, nearestRank(c.given, 50), c.given)
		require.Equal(t, c.nine, nearestRank(c.given, 90), c.given)
	}
}

// Times are said exactly, without what is none of.
func TestLasting(t *testing.T) {
	for seconds, says := range map[int64]string{0: "0s", 59: "59s", 60: "1m", 3600: "1h", 86400: "1d", 90061: "1d 1h 1m 1s", 86401: "1d 1s"} {
		require.Equal(t, says, lasting(seconds))
	}
}

// Of many people the first few are named, and how many more there are.
func TestSome(t *testing.T) {
	nine := []circle.PersonID{"a", "b", "c", "d", "e", "f", "g", "h", "i"}
	require.Equal(t, "a, b, c, d, e, f and g", some(nine[:7]))
	require.Equal(t, "a, b, c, d, e, f, g and 2 more", some(nine))
}
