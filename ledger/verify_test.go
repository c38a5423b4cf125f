package ledger_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

func TestVerify(t *testing.T) {
	ctx := context.Background()
	store, tree := memoryOf(t, 10)
	require.NoError(t, ledger.Verify(ctx, store, 10, tree.Root()))
	_, earlier := memoryOf(t, 7)
	require.NoError(t, ledger.Verify(ctx, store, 7, earlier.Root()), "a store may hold more")
	require.NoError(t, ledger.Verify(ctx, store, 0, new(ledger.Tree).Root()))

	err := ledger.Verify(ctx, store, 11, tree.Root())
	require.ErrorIs(t, err, ledger.ErrShort)
	var short *ledger.ShortError
	require.ErrorAs(t, err, &short)
	require.Equal(t, ledger.ShortError{Size: 11, Held: 10}, *short)

	err = ledger.Verify(ctx, store, 9, tree.Root())
	require.ErrorIs(t, err, ledger.ErrOtherRoot)
	var other *ledger.RootError
	require.ErrorAs(t, err, &other)
	require.EqualValues(t, 9, other.Size)
	require.Equal(t, tree.Root(), other.Want)
	require.NotEqual(t, other.Want, other.Got)
	require.ErrorIs(t, ledger.Verify(ctx, store, 0, tree.Root()), ledger.ErrOtherRoot)
}

func TestVerifyFindsWhatWasTamperedWith(t *testing.T) {
	ctx := context.Background()
	entries := [][]byte{{1}, {2}, {3}, {4}, {5}}
	var tree ledger.Tree
	for _, e := range entries {
		tree.Append(e)
	}
	for says, list := range map[string][][]byte{
		"changed":  {{1}, {2}, {9}, {4}, {5}},
		"removed":  {{1}, {2}, {4}, {5}, {6}},
		"inserted": {{1}, {2}, {9}, {3}, {4}, {5}},
		"moved":    {{1}, {3}, {2}, {4}, {5}},
		"joined":   {{1}, {2}, {3, 4}, {5}, {6}},
	} {
		var store ledger.Memory
		require.NoError(t, store.Append(ctx, 0, list))
		require.ErrorIs(t, ledger.Verify(ctx, &store, 5, tree.Root()), ledger.ErrOtherRoot, says)
	}
}

func TestVerifyWithContextThatHasEnded(t *testing.T) {
	store, tree := memoryOf(t, 3)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, ledger.Verify(ctx, store, 3, tree.Root()), context.Canceled)
	require.ErrorIs(t, ledger.Verify(ctx, store, 0, tree.Root()), context.Canceled)
}
