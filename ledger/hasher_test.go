package ledger_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// A knower is a store that has hashes at hand, right ones or others.
type knower struct {
	*ledger.Memory
	asked int
	reads int  // how often entries were read by others than itself
	empty bool // whether it was ever asked for nothing
	give  func(stored int64, right tlog.Hash) (tlog.Hash, error)
}

func (k *knower) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	k.reads++
	return k.Memory.Read(ctx, from)
}

func (k *knower) Hashes(ctx context.Context, size uint64, stored []int64) ([]tlog.Hash, error) {
	k.asked++
	k.empty = k.empty || len(stored) == 0
	var all []tlog.Hash
	n := int64(0)
	read := tlog.HashReaderFunc(func(list []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range list {
			out = append(out, all[i])
		}
		return out, nil
	})
	for e, err := range k.Memory.Read(ctx, 0) {
		if err != nil {
			return nil, err
		}
		more, err := tlog.StoredHashesForRecordHash(n, ledger.LeafHash(e), read)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
		n++
	}
	out := make([]tlog.Hash, len(stored))
	for i, index := range stored {
		var err error
		if out[i], err = k.give(index, all[index]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A proof made from hashes at hand is the one made from the entries, whatever the
// hashes are: it is checked, and if it does not hold the entries are read.
func TestProofsFromHashes(t *testing.T) {
	ctx := context.Background()
	const size = 21
	m, _ := memoryOf(t, size)
	errDisk := errors.New("the disk does not answer")
	wrong := func(bad int64) func(int64, tlog.Hash) (tlog.Hash, error) {
		return func(stored int64, right tlog.Hash) (tlog.Hash, error) {
			if stored == bad {
				right[7]++
			}
			return right, nil
		}
	}
	none := func(int64, tlog.Hash) (tlog.Hash, error) { return tlog.Hash{}, ledger.ErrNoHashes }
	for index := range uint64(size) {
		want, err := ledger.Prove(ctx, m, size, index)
		require.NoError(t, err)
		growth, err := ledger.ProveGrowth(ctx, m, index+1, size)
		require.NoError(t, err)
		k := &knower{Memory: m}
		// A wrong hash of the entry itself shows; that of a subtree beside its way does
		// not, and is found by whoever holds the root.
		for i, give := range []func(int64, tlog.Hash) (tlog.Hash, error){wrong(-1), none, wrong(tlog.StoredHashIndex(0, int64(index)))} {
			k.give = give
			before := k.reads
			got, err := ledger.Prove(ctx, k, size, index)
			require.NoError(t, err)
			require.Equal(t, want, got)
			if i == 0 {
				require.Equal(t, before, k.reads, "the hashes do, and no entry is read")
			}
			got, err = ledger.ProveGrowth(ctx, k, index+1, size)
			require.NoError(t, err)
			require.Len(t, got, len(growth))
		}
		require.NotZero(t, k.asked)
		k.give = func(int64, tlog.Hash) (tlog.Hash, error) { return tlog.Hash{}, errDisk }
		_, err = ledger.Prove(ctx, k, size, index)
		require.ErrorIs(t, err, errDisk)
		if index+1 < size {
			_, err = ledger.ProveGrowth(ctx, k, index+1, size)
			require.ErrorIs(t, err, errDisk)
		}
	}
}

// TestHashesThatFailOnTheWay: a store may fail at each of the questions that one proof
// asks it, and the proof says so.
func TestHashesThatFailOnTheWay(t *testing.T) {
	const old, size = 4, 21 // the proof from 4 on does not hold the root of 4
	m, _ := memoryOf(t, size)
	errDisk := errors.New("the disk does not answer")
	for at := 1; ; at++ {
		k := &knower{Memory: m}
		k.give = func(_ int64, right tlog.Hash) (tlog.Hash, error) {
			if k.asked == at {
				return right, errDisk
			}
			return right, nil
		}
		_, err := ledger.ProveGrowth(context.Background(), k, old, size)
		if k.asked < at {
			require.NoError(t, err)
			require.Greater(t, at, 3, "the proof and both roots are asked for")
			return
		}
		require.ErrorIs(t, err, errDisk, "at question %d", at)
	}
}
