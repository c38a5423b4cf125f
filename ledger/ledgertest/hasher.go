package ledgertest

import (
	"context"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// TestHasher holds a store to the contract of [ledger.Hasher], beyond that of
// [ledger.Store]. The constructor is called several times; each time it returns an empty
// store that has the hashes of its tree at hand, and arranges with tb.Cleanup for its
// end.
func TestHasher(t *testing.T, open func(tb testing.TB) ledger.Hasher) {
	t.Helper()
	run(t, hasherChecks, open)
}

var hasherChecks = []check[ledger.Hasher]{
	{"hashes are those of the tree, in the order in which they were asked for", checkHashes},
	{"the hashes of a smaller tree stay what they were", checkHashesGrow},
	{"a store with fewer entries says so", checkHashesShort},
	{"a context that has ended gives its error", checkHashesCancelled},
}

// storedHashes makes the hashes of all complete subtrees over the first n entries, as
// they are indexed.
func storedHashes(tb testing.TB, n int) []tlog.Hash {
	tb.Helper()
	var all []tlog.Hash
	reader := tlog.HashReaderFunc(func(stored []int64) (out []tlog.Hash, err error) {
		for _, index := range stored {
			out = append(out, all[index])
		}
		return out, nil
	})
	for i := range n {
		more, err := tlog.StoredHashes(int64(i), entry(i), reader)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, more...)
	}
	return all
}

// givesHashes wants a store to give all hashes of the tree over the first n entries,
// forwards and backwards and twice.
func givesHashes(tb testing.TB, s ledger.Hasher, n int) {
	tb.Helper()
	want := storedHashes(tb, n)
	var stored []int64
	for i := range want {
		stored = append(stored, int64(i))
	}
	for range 2 {
		slices.Reverse(stored)
		asked := append(stored[:len(stored):len(stored)], stored...)
		got, err := s.Hashes(context.Background(), uint64(n), asked)
		if err != nil || len(got) != len(asked) {
			tb.Fatalf("Hashes of %d entries gives %d hashes and the error %v, where %d were asked for", n, len(got), err, len(asked))
		}
		for i, index := range asked {
			if got[i] != want[index] {
				tb.Fatalf("of %d entries the hash with index %d is %v, where it should be %v", n, index, got[i], want[index])
			}
		}
	}
}

func checkHashes(tb testing.TB, open func(testing.TB) ledger.Hasher) {
	const n = 300
	s := open(tb)
	fill(tb, s, n)
	for _, size := range []int{1, 2, 3, 64, 127, 128, 129, 255, 256, 257, n} {
		givesHashes(tb, s, size)
	}
	if got, err := s.Hashes(context.Background(), n, nil); err != nil || len(got) > 0 {
		tb.Errorf("Hashes of no subtree gives %d hashes and the error %v", len(got), err)
	}
}

func checkHashesGrow(tb testing.TB, open func(testing.TB) ledger.Hasher) {
	s := open(tb)
	for size := range 140 {
		appendAll(tb, s, size, entry(size))
		if size%3 == 0 {
			givesHashes(tb, s, size+1)
		}
	}
	givesHashes(tb, s, 70)
	givesHashes(tb, s, 140)
}

func checkHashesShort(tb testing.TB, open func(testing.TB) ledger.Hasher) {
	s := open(tb)
	_, err := s.Hashes(context.Background(), 1, []int64{0})
	refused(tb, "Hashes of one entry, of an empty store", err, ledger.ErrShort)
	fill(tb, s, 5)
	_, err = s.Hashes(context.Background(), 6, []int64{0})
	refused(tb, "Hashes of more entries than there are", err, ledger.ErrShort)
	givesHashes(tb, s, 5)
}

func checkHashesCancelled(tb testing.TB, open func(testing.TB) ledger.Hasher) {
	s := open(tb)
	fill(tb, s, 5)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Hashes(ctx, 5, []int64{0, 2})
	refused(tb, "Hashes with a cancelled context", err, context.Canceled)
	givesHashes(tb, s, 5)
}
