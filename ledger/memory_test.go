package ledger_test

import (
	"bytes"
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/ledgertest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	ledgertest.TestStore(t, func(testing.TB) ledger.Store { return new(ledger.Memory) })
	ledgertest.TestVault(t, func(testing.TB) ledger.Vault { return new(ledger.Memory) })
}

func TestMemoryYieldsSlicesThatCannotGrowIntoTheNext(t *testing.T) {
	var m ledger.Memory
	ctx := context.Background()
	require.NoError(t, m.Append(ctx, 0, [][]byte{[]byte("one"), []byte("two")}))
	for entry, err := range m.Read(ctx, 0) {
		require.NoError(t, err)
		_ = append(entry, "overwritten"...)
	}
	for entry, err := range m.Read(ctx, 1) {
		require.NoError(t, err)
		require.Equal(t, "two", string(entry))
	}
}

func TestMemoryHoldsEntriesOfAllLengths(t *testing.T) {
	var m ledger.Memory
	ctx := context.Background()
	for n := range uint64(2000) {
		entry := bytes.Repeat([]byte{byte(n)}, int(n*37%ledger.MaxEntry)+1)
		require.NoError(t, m.Append(ctx, n, [][]byte{entry}))
	}
	n := 0
	for entry, err := range m.Read(ctx, 0) {
		require.NoError(t, err)
		require.Equal(t, bytes.Repeat([]byte{byte(n)}, n*37%ledger.MaxEntry+1), entry)
		n++
	}
	require.Equal(t, 2000, n)
}

func TestMemoryWakesAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m ledger.Memory
		ctx, cancel := context.WithCancel(t.Context())
		woke := make(chan error, 3)
		for size := range uint64(3) {
			go func() { woke <- m.Wait(ctx, size) }()
		}
		synctest.Wait()
		require.Empty(t, woke)
		require.NoError(t, m.Append(ctx, 0, [][]byte{{1}, {2}}))
		synctest.Wait()
		require.Len(t, woke, 2)
		require.NoError(t, <-woke)
		require.NoError(t, <-woke)
		cancel()
		require.ErrorIs(t, <-woke, context.Canceled)
	})
}

// The context may end while entries are read.
func TestMemoryReadStopsWithItsContext(t *testing.T) {
	m, _ := memoryOf(t, 5)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var seen int
	var last error
	for _, err := range m.Read(ctx, 0) {
		if last = err; err == nil {
			seen++
		}
		if seen == 2 {
			cancel()
		}
	}
	require.Equal(t, 2, seen)
	require.ErrorIs(t, last, context.Canceled)
}
