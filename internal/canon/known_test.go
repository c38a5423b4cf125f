package canon_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/canon"
)

// What stands here fails until a known mistake is mended.

// TestKnownLastPart: the highest number of a part that Append writes is one
// that Decode reads, in the entry itself and from a later one.
func TestKnownLastPart(t *testing.T) {
	for _, of := range []uint64{entry, entry - 1} {
		for _, part := range []int{1<<16 - 1, 1 << 16} {
			b, err := canon.Append(nil, sheet{Said: kept(of, part)}, entry)
			if err == nil {
				require.NoError(t, canon.Decode(b, new(sheet), entry, types, nil), "%s", b)
			}
		}
	}
}
