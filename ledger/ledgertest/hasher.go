package ledgertest

import (
	"context"
	"crypto/sha256"
	"slices"
	"testing"

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

// storedHashes makes the hashes of all complete subtrees over the first n entries, in
// the order in which they become complete, which is that of their indexes.
func storedHashes(n int) (all [][32]byte) {
	edge := map[int][32]byte{} // by height, the subtrees that wait for their neighbours
	for i := range n {
		h, height := [32]byte(ledger.LeafHash(entry(i))), 0
		all = append(all, h)
		for ; i>>height&1 == 1; height++ {
			left := edge[height]
			h = sha256.Sum256(slices.Concat([]byte{1}, left[:], h[:]))
			all = append(all, h)
		}
		edge[height] = h
	}
	return all
}

// givesHashes wants a store to give all hashes of the tree over the first n entries,
// forwards and backwards and twice.
func givesHashes(tb testing.TB, s ledger.Hasher, n int) {
	tb.Helper()
	want := storedHashes(n)
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
			if want[index] != got[i] {
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
