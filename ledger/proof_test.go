package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/ledger"
)

// memoryOf makes a store of n entries, and the tree over them.
func memoryOf(t require.TestingT, n int) (*ledger.Memory, ledger.Tree) {
	var m ledger.Memory
	var tree ledger.Tree
	for i := range n {
		entry := []byte{byte(i), byte(i >> 8), 'e'}
		require.NoError(t, m.Append(context.Background(), uint64(i), [][]byte{entry}))
		tree.Append(entry)
	}
	return &m, tree
}

func TestProofsOfEverySmallTree(t *testing.T) {
	const most = 20
	ctx := context.Background()
	store, _ := memoryOf(t, most)
	for size := uint64(1); size <= most; size++ {
		_, tree := memoryOf(t, int(size))
		for index := range size {
			p, err := ledger.Prove(ctx, store, size, index)
			require.NoError(t, err)
			leaf := ledger.LeafHash([]byte{byte(index), 0, 'e'})
			require.NoError(t, ledger.Check(p, size, index, tree.Root(), leaf))

			require.ErrorIs(t, ledger.Check(append(p, leaf), size, index, tree.Root(), leaf), ledger.ErrProof)
			require.ErrorIs(t, ledger.Check(p, size, index, leaf, ledger.LeafHash(nil)), ledger.ErrProof)
			if size > 1 {
				require.ErrorIs(t, ledger.Check(p, size, (index+1)%size, tree.Root(), leaf), ledger.ErrProof)
			}
		}
	}
}

func TestProveAgreesWithTlog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 400).Draw(t, "held")
		size := rapid.IntRange(1, n).Draw(t, "size")
		index := rapid.IntRange(0, size-1).Draw(t, "index")
		store, _ := memoryOf(t, n)
		var stored storedTree
		for entry, err := range store.Read(context.Background(), 0) {
			require.NoError(t, err)
			stored.append(t, entry)
		}
		want, err := tlog.ProveRecord(int64(size), int64(index), &stored)
		require.NoError(t, err)
		got, err := ledger.Prove(context.Background(), store, uint64(size), uint64(index))
		require.NoError(t, err)
		require.Equal(t, want, tlog.RecordProof(got))
	})
}

func TestNothingToProve(t *testing.T) {
	store, tree := memoryOf(t, 3)
	for _, c := range []struct{ size, index uint64 }{
		{0, 0}, {0, 1}, {3, 3}, {3, 1 << 63}, {1 << 62, 0}, {1<<64 - 1, 1<<64 - 2},
	} {
		_, err := ledger.Prove(context.Background(), store, c.size, c.index)
		var wrong *ledger.RangeError
		require.ErrorAs(t, err, &wrong)
		require.ErrorIs(t, err, ledger.ErrNoEntry)
		require.Equal(t, &ledger.RangeError{Index: c.index, Size: c.size}, wrong)
		require.ErrorIs(t, ledger.Check(nil, c.size, c.index, tree.Root(), tlog.Hash{}), ledger.ErrNoEntry)
	}
}

// The arithmetic of proofs is sound up to the limit; one beyond it would not
// come to an end.
func TestProofOfTheLargestTree(t *testing.T) {
	require.ErrorIs(t, ledger.Check(nil, ledger.MaxSize, ledger.MaxSize-1, tlog.Hash{}, tlog.Hash{}), ledger.ErrProof)
	require.ErrorIs(t, ledger.Check(make(ledger.Proof, 62), ledger.MaxSize, 0, tlog.Hash{}, tlog.Hash{}), ledger.ErrProof)
}

func TestProveNeedsTheEntries(t *testing.T) {
	store, _ := memoryOf(t, 3)
	for _, size := range []uint64{4, 5, 1000} {
		for _, index := range []uint64{0, 3} {
			_, err := ledger.Prove(context.Background(), store, size, index)
			require.ErrorIs(t, err, ledger.ErrShort)
		}
	}
	_, err := ledger.Prove(context.Background(), new(ledger.Memory), 1, 0)
	var short *ledger.ShortError
	require.ErrorAs(t, err, &short)
	require.Equal(t, &ledger.ShortError{Size: 1, Held: 0}, short)
}

// errDisk is what a brokenStore fails with.
var errDisk = errors.New("the disk is on fire")

// A brokenStore fails after the first entry.
type brokenStore struct{ ledger.Memory }

func (b *brokenStore) Read(context.Context, uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if yield([]byte("first"), nil) {
			yield(nil, errDisk)
		}
	}
}

func TestProveAndVerifyTellWhatTheStoreTells(t *testing.T) {
	_, err := ledger.Prove(context.Background(), new(brokenStore), 2, 0)
	require.ErrorIs(t, err, errDisk)
	require.ErrorIs(t, ledger.Verify(context.Background(), new(brokenStore), 2, tlog.Hash{}), errDisk)
}

// A vector is one proof, right or wrong.
type vector struct {
	LeafIdx, TreeSize uint64
	Root, LeafHash    []byte
	Proof             [][]byte
	Desc              string
	WantErr           bool
}

// TestInclusionVectors checks the proofs of github.com/transparency-dev/merkle:
// our own selection, and all of them where they lie beside the checkout.
func TestInclusionVectors(t *testing.T) {
	t.Run("selection", func(t *testing.T) {
		require.Equal(t, 16, checkVectors(t, filepath.Join("testdata", "inclusion")))
	})
	t.Run("all", func(t *testing.T) {
		require.Equal(t, 98, checkVectors(t, allVectors(t, "inclusion")))
	})
}

// allVectors is where all vectors of a sort lie, where they lie beside the checkout.
func allVectors(t *testing.T, sort string) string {
	all := filepath.Join("..", "..", "shared", "data", "merkle-vectors", sort)
	if _, err := os.Stat(all); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the whole collection of vectors does not lie beside the checkout")
	}
	return all
}

// eachVector shows each vector below a directory, and counts them.
func eachVector(t *testing.T, dir string, check func(path string, b []byte)) (n int) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".json") {
			return err
		}
		n++
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		check(path, b)
		return nil
	}))
	return n
}

// checkVectors checks each vector below a directory and counts them.
func checkVectors(t *testing.T, dir string) int {
	t.Helper()
	return eachVector(t, dir, func(path string, b []byte) {
		var v vector
		require.NoError(t, json.Unmarshal(b, &v))
		require.Equal(t, v.WantErr, v.check() != nil, "%s: %v", path, v.check())
	})
}

func (v vector) check() error {
	var p ledger.Proof
	for _, b := range append([][]byte{v.Root, v.LeafHash}, v.Proof...) {
		if len(b) != tlog.HashSize {
			return errors.New("a hash has another length")
		}
		p = append(p, tlog.Hash(b))
	}
	return ledger.Check(p[2:], v.TreeSize, v.LeafIdx, p[0], p[1])
}
