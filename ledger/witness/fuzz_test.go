package witness_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/witness"
)

// Whatever is posted: nothing is signed that has not grown out of what was seen, and
// what is not signed is refused.
func FuzzAdd(f *testing.F) {
	h := newHouse(f, origin, "a", "b", "c", "d", "e")
	for _, sizes := range [][2]int{{3, 3}, {3, 4}, {3, 5}, {0, 5}} {
		f.Add([]byte(h.request(f, sizes[0], sizes[1])))
	}
	first := []byte(h.request(f, 0, 3))
	key, _ := keyOf(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		ctx := context.Background()
		place := new(ledger.Memory)
		w, err := witness.New(ctx, key, witness.Ledger{Keys: h.policy.Ledgers, Last: place})
		require.NoError(t, err)
		_, err = w.Add(ctx, first)
		require.NoError(t, err)
		_, err = w.Add(ctx, body)
		var no *witness.Refusal
		require.True(t, err == nil || errors.As(err, &no), "%v", err)
		signed, err := place.LastSigned(ctx)
		require.NoError(t, err)
		c, _, err := h.policy.Open(signed)
		require.NoError(t, err)
		require.NoError(t, ledger.Verify(ctx, h, c.Size, c.Root))
		require.GreaterOrEqual(t, c.Size, uint64(3))
	})
}
