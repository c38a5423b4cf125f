package tiles

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPath: tiles lie where C2SP tlog-tiles says, in groups of three digits.
func TestPath(t *testing.T) {
	for want, tile := range map[string]tile{
		"tile/0/000":                           {0, 0, width},
		"tile/0/999":                           {0, 999, width},
		"tile/0/x001/000":                      {0, 1000, width},
		"tile/2/x001/x234/067":                 {2, 1234067, width},
		"tile/3/x001/x234/067.p/1":             {3, 1234067, 1},
		"tile/entries/x001/x234/067.p/255":     {entriesLevel, 1234067, 255},
		"tile/entries/x012/x345/x678/x900/001": {entriesLevel, 12_345_678_900_001, width},
	} {
		require.Equal(t, want, tile.path())
	}
}

// TestLevels: a level is there as long as anything is in it.
func TestLevels(t *testing.T) {
	for size, want := range map[uint64]int{0: 0, 1: 1, 255: 1, 256: 2, 65535: 2, 65536: 3, math.MaxUint64: 8} {
		require.Equal(t, want, levels(size), size)
		require.Empty(t, slices.Collect(tilesAt(want, size)), size)
	}
}
