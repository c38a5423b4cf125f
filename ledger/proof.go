package ledger

import (
	"cmp"
	"context"
	"math"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// MaxSize is the size of the largest tree that a proof may speak of. It is far
// beyond any ledger; beyond it the arithmetic of proofs overflows, so it is
// refused rather than tried.
const MaxSize = 1<<62 - 1

// A Proof shows that an entry is in a tree: the hashes of the subtrees beside
// its path to the root, from the leaf upwards (the audit path of RFC 6962,
// section 2.1.1). Or it shows that a tree has grown out of an older one, by the
// hashes that RFC 6962, section 2.1.2, lists. Whoever holds the roots can check one
// with nothing else at hand.
type Proof []tlog.Hash

// Prove returns the proof that the tree over the first size entries of the
// store holds the entry at position index.
//
// A store that is a [Hasher] is asked for the hashes. Otherwise Prove reads those
// entries once and hashes them all, so it takes time linear in size; it needs memory
// for the proof only. An index that such a tree has not, and the empty tree, which has
// none, are a [RangeError]; a store with fewer entries is a [ShortError].
func Prove(ctx context.Context, store Store, size, index uint64) (Proof, error) {
	if err := checkRange(size, index); err != nil {
		return nil, err
	}
	p, done, err := fromHashes(store, func(h Hasher) (Proof, error) { return proveFrom(ctx, h, size, index) })
	if done {
		return p, err
	}
	subtrees := subtreesOf(ctx, store, size)
	if size == 1 { // the proof is empty, but the entry must be there
		if _, err := subtrees.ReadHashes(nil); err != nil {
			return nil, err
		}
	}
	made, err := tlog.ProveRecord(int64(size), int64(index), subtrees)
	return Proof(made), err
}

// ProveGrowth returns the proof that the tree over the first size entries of the
// store begins with the tree over the first old: that nothing before old was
// changed, removed, inserted or moved (RFC 6962, section 2.1.2).
//
// It asks a [Hasher], or reads those entries once and hashes them all. Every tree
// begins with itself:
// that proof is empty. So is the one for the empty tree, with which every tree
// begins: there is nothing to prove, and [CheckGrowth] refuses it. An old size
// beyond size is a [GrowthError]; a store with fewer entries is a [ShortError].
func ProveGrowth(ctx context.Context, store Store, old, size uint64) (Proof, error) {
	if err := checkGrowth(old, size); err != nil {
		return nil, err
	}
	if old > 0 && old < size {
		p, done, err := fromHashes(store, func(h Hasher) (Proof, error) { return recall(ctx, h, size).proveGrowth(old) })
		if done {
			return p, err
		}
	}
	subtrees := subtreesOf(ctx, store, size)
	if old == 0 || old == size { // the proof is empty, but the entries must be there
		_, err := subtrees.ReadHashes(nil)
		return nil, err
	}
	made, err := tlog.ProveTree(int64(size), int64(old), subtrees)
	return Proof(made), err
}

// CheckGrowth returns nil if the proof shows that the tree with this size and root
// begins with the older tree. Otherwise the error is [ErrProof], or a
// [GrowthError] for a tree that is not older, and for the empty tree: every tree
// begins with it, so nothing would be shown.
func CheckGrowth(p Proof, old uint64, oldRoot tlog.Hash, size uint64, root tlog.Hash) error {
	if err := checkGrowth(old, size); err != nil || old == 0 {
		return cmp.Or(err, error(&GrowthError{Old: old, Size: size}))
	}
	if tlog.CheckTree(tlog.TreeProof(p), int64(size), root, int64(old), oldRoot) != nil {
		return ErrProof
	}
	return nil
}

// checkGrowth says whether one tree can be the beginning of the other.
func checkGrowth(old, size uint64) error {
	if old > size || size > MaxSize {
		return &GrowthError{Old: old, Size: size}
	}
	return nil
}

// subtreesOf reads the hashes of complete subtrees of a store, in whatever order
// they are asked for.
func subtreesOf(ctx context.Context, store Store, size uint64) tlog.HashReaderFunc {
	return func(stored []int64) ([]tlog.Hash, error) {
		order := slices.Clone(stored)
		slices.SortFunc(order, func(a, b int64) int {
			return cmp.Compare(firstLeaf(a), firstLeaf(b))
		})
		hashes, err := hashSubtrees(ctx, store, size, order)
		if err != nil {
			return nil, err
		}
		asked := make([]tlog.Hash, len(stored))
		for i, index := range stored {
			asked[i] = hashes[slices.Index(order, index)]
		}
		return asked, nil
	}
}

// firstLeaf is the position of the first leaf of a subtree.
func firstLeaf(stored int64) uint64 {
	level, n := tlog.SplitStoredHashIndex(stored)
	return uint64(n) << level
}

// Check returns nil if the proof shows that the entry with this leaf hash is
// at position index of the tree with this size and root. Otherwise the error is
// [ErrProof], or a [RangeError] for an index that such a tree has not.
func Check(p Proof, size, index uint64, root, leaf tlog.Hash) error {
	if err := checkRange(size, index); err != nil {
		return err
	}
	if tlog.CheckRecord(tlog.RecordProof(p), int64(size), root, int64(index), leaf) != nil {
		return ErrProof
	}
	return nil
}

// checkRange says whether there is anything to prove.
func checkRange(size, index uint64) error {
	if index >= size || size > MaxSize {
		return &RangeError{Index: index, Size: size}
	}
	return nil
}

// hashSubtrees reads the first size entries and returns the hashes of the
// complete subtrees with these indexes (see [tlog.StoredHashIndex]). They stand in
// the order of the entries, and none is within another.
func hashSubtrees(ctx context.Context, store Store, size uint64, stored []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, 0, len(stored))
	var subtree Tree
	var at uint64
	from, leaves := span(stored)
	err := readFirst(ctx, store, size, func(entry []byte) {
		if at >= from {
			subtree.Append(entry)
		}
		if at++; subtree.Size() == leaves {
			hashes = append(hashes, subtree.Root())
			subtree = Tree{}
			from, leaves = span(stored[len(hashes):])
		}
	})
	return hashes, err
}

// span returns the first leaf of the first of these subtrees, and how many it
// has. After the last subtree no entry matters any more.
func span(stored []int64) (from, leaves uint64) {
	if len(stored) == 0 {
		return math.MaxUint64, math.MaxUint64
	}
	level, n := tlog.SplitStoredHashIndex(stored[0])
	return uint64(n) << level, 1 << level
}
