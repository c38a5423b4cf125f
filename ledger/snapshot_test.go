package ledger_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/ledgertest"
)

func TestMemoryKeepsSnapshots(t *testing.T) {
	ledgertest.TestSnapshots(t, func(testing.TB) ledger.Snapshotter { return new(ledger.Memory) })
}

// A tree is its size and its edge, and goes on from there as it would have.
func TestTreeOfItsEdge(t *testing.T) {
	var tree ledger.Tree
	for n := range 70 {
		edge := tree.Edge()
		again, err := ledger.NewTree(tree.Size(), edge)
		require.NoError(t, err)
		require.Equal(t, tree.Root(), again.Root())
		again.Append([]byte("x"))
		_, err = ledger.NewTree(tree.Size(), append(edge, tlog.Hash{}))
		require.ErrorIs(t, err, ledger.ErrEdge)
		if n > 0 {
			_, err = ledger.NewTree(tree.Size(), edge[1:])
			require.ErrorIs(t, err, ledger.ErrEdge)
		}
		tree.Append([]byte("x"))
		require.Equal(t, tree.Root(), again.Root())
	}
	_, err := ledger.NewTree(ledger.MaxSize+1, make([]tlog.Hash, 1))
	require.ErrorIs(t, err, ledger.ErrEdge)
}

// hasher is a store that has hashes, or says that it has.
type hasher struct {
	ledger.Memory
	hashes map[int64]tlog.Hash
	err    error
}

func (h *hasher) Hashes(_ context.Context, _ uint64, stored []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range stored {
		out = append(out, h.hashes[i])
	}
	return out, h.err
}

// VerifyTree knows the tree of a store from every other, whether or not the store has
// hashes, and whether or not these are right.
func TestVerifyTree(t *testing.T) {
	ctx := context.Background()
	right := &hasher{hashes: map[int64]tlog.Hash{}}
	var tree, other ledger.Tree
	require.NoError(t, ledger.VerifyTree(ctx, right, tree), "the empty tree")
	for n := range uint64(20) {
		entry := fmt.Appendf(nil, "entry %d", n)
		require.NoError(t, right.Append(ctx, n, [][]byte{entry}))
		hashes, err := tlog.StoredHashes(int64(n), entry, tlog.HashReaderFunc(func(indexes []int64) (out []tlog.Hash, _ error) {
			for _, i := range indexes {
				out = append(out, right.hashes[i])
			}
			return out, nil
		}))
		require.NoError(t, err)
		for i, h := range hashes {
			right.hashes[tlog.StoredHashIndex(0, int64(n))+int64(i)] = h
		}
		tree.Append(entry)
		other.Append([]byte("another"))
		wrong := &hasher{Memory: ledger.Memory{}, hashes: map[int64]tlog.Hash{}}
		none := &hasher{err: ledger.ErrNoHashes}
		broken := &hasher{err: ledger.ErrClosed}
		for _, s := range []*hasher{wrong, none, broken} {
			for b, err := range right.Read(ctx, 0) {
				require.NoError(t, err)
				require.NoError(t, s.Append(ctx, uint64(held(t, s)), [][]byte{b}))
			}
		}
		for _, s := range []ledger.Store{right, &right.Memory, wrong, none} {
			require.NoError(t, ledger.VerifyTree(ctx, s, tree), "%d: %T", n, s)
			require.ErrorIs(t, ledger.VerifyTree(ctx, s, other), ledger.ErrOtherRoot, "%d: %T", n, s)
		}
		require.ErrorIs(t, ledger.VerifyTree(ctx, broken, tree), ledger.ErrClosed)
	}
	longer := tree
	longer.Append([]byte("not there"))
	require.ErrorIs(t, ledger.VerifyTree(ctx, &right.Memory, longer), ledger.ErrShort)
	require.NoError(t, ledger.VerifyTree(ctx, &hasher{Memory: ledger.Memory{}, hashes: right.hashes}, tree),
		"a store that has hashes is believed")
}

func held(t *testing.T, s ledger.Store) (n int) {
	t.Helper()
	for _, err := range s.Read(context.Background(), 0) {
		require.NoError(t, err)
		n++
	}
	return n
}
