package ledger_test

import (
	"context"
	"errors"
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

func honest(_ int64, right tlog.Hash) (tlog.Hash, error) { return right, nil }

// TestTreeAt: a tree is the same from hashes as from entries; what a store cannot give is an
// error, and no tree of something else.
func TestTreeAt(t *testing.T) {
	ctx := t.Context()
	m, broken := &ledger.Memory{}, errors.New("the disk is away")
	var tree ledger.Tree
	for n := range uint64(20) {
		for name, s := range map[string]ledger.Store{
			"entries":   m,
			"hashes":    &knower{Memory: m, give: honest},
			"no hashes": &knower{Memory: m, give: func(int64, tlog.Hash) (tlog.Hash, error) { return tlog.Hash{}, ledger.ErrNoHashes }},
		} {
			got, err := ledger.TreeAt(ctx, s, n)
			require.NoError(t, err, "%s, %d", name, n)
			require.Equal(t, n, got.Size())
			require.Equal(t, tree.Edge(), got.Edge(), "%s, %d", name, n)
		}
		_, err := ledger.TreeAt(ctx, m, n+1)
		require.ErrorIs(t, err, ledger.ErrShort, n)
		if n > 0 {
			_, err = ledger.TreeAt(ctx, &knower{Memory: m, give: func(int64, tlog.Hash) (tlog.Hash, error) { return tlog.Hash{}, broken }}, n)
			require.ErrorIs(t, err, broken)
		}
		entry := fmt.Appendf(nil, "entry %d", n)
		require.NoError(t, m.Append(ctx, n, [][]byte{entry}))
		tree.Append(entry)
	}
}

// TestCheckEntry: each entry is known from every other, at its place and in its tree, whatever
// the hashes at hand say; a store that has none is believed.
func TestCheckEntry(t *testing.T) {
	ctx := t.Context()
	m, other := &ledger.Memory{}, &ledger.Memory{}
	entry := func(n uint64) []byte { return fmt.Appendf(nil, "entry %d", n) }
	var tree ledger.Tree
	for n := range uint64(20) {
		tree.Append(entry(n))
		require.NoError(t, m.Append(ctx, n, [][]byte{entry(n)}))
		require.NoError(t, other.Append(ctx, n, [][]byte{entry(n + 1)}))
	}
	right := &knower{Memory: m, give: honest}
	mixed := &knower{Memory: m, give: func(_ int64, h tlog.Hash) (tlog.Hash, error) { h[0] ^= 1; return h, nil }}
	for n := range tree.Size() {
		before := right.reads
		require.NoError(t, ledger.CheckEntry(ctx, right, tree, n, entry(n)))
		require.Equal(t, before, right.reads, "the hashes do, and no entry is read")
		require.NoError(t, ledger.CheckEntry(ctx, mixed, tree, n, entry(n)), "the hashes are wrong, and the entries are right")
		for name, s := range map[string]*knower{"right": right, "wrong hashes": mixed} {
			var damage *ledger.CorruptError
			require.ErrorAs(t, ledger.CheckEntry(ctx, s, tree, n, entry(n+1)), &damage, name)
			require.Equal(t, n, damage.Entry)
		}
		require.ErrorIs(t, ledger.CheckEntry(ctx, &knower{Memory: other, give: honest}, tree, n, entry(n)), ledger.ErrCorrupt, "the store has another tree")
	}
	none := &knower{Memory: m, give: func(int64, tlog.Hash) (tlog.Hash, error) { return tlog.Hash{}, ledger.ErrNoHashes }}
	require.NoError(t, ledger.CheckEntry(ctx, none, tree, 3, entry(4)))
	var beyond *ledger.RangeError
	require.ErrorAs(t, ledger.CheckEntry(ctx, right, tree, tree.Size(), entry(20)), &beyond)
	ended, end := context.WithCancel(ctx)
	end()
	require.ErrorIs(t, ledger.CheckEntry(ended, right, tree, 3, entry(3)), context.Canceled)
}
