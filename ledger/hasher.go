package ledger

import (
	"context"
	"errors"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// A Hasher is a [Store] that has the hashes of its tree at hand, so that a proof
// need not read and hash every entry. It is optional.
//
// The hashes are derived from the entries and never truth: a proof that is made from
// them is checked, and where they are wrong it is made from the entries.
type Hasher interface {
	Store
	// Hashes returns the hashes of complete subtrees of the tree over the first size
	// entries, named by their index (see [tlog.StoredHashIndex]), in that order. If the
	// store does not have them the error is [ErrNoHashes]; a store with fewer entries
	// is a [ShortError].
	Hashes(ctx context.Context, size uint64, stored []int64) ([]tlog.Hash, error)
}

// ErrNoHashes: the hashes of the tree are not at hand; they can be made from the
// entries.
var ErrNoHashes = errors.New("ledger: the hashes of the tree are not at hand")

// Recalled are hashes of one tree that a Hasher gave, so that each is asked for once.
type recalled struct {
	ctx    context.Context
	hasher Hasher
	size   uint64
	held   map[int64]tlog.Hash
}

func recall(ctx context.Context, hasher Hasher, size uint64) *recalled {
	return &recalled{ctx, hasher, size, make(map[int64]tlog.Hash, 64)}
}

// ReadHashes implements [tlog.HashReader].
func (r *recalled) ReadHashes(stored []int64) ([]tlog.Hash, error) {
	var missing []int64
	for _, index := range stored {
		if _, ok := r.held[index]; !ok {
			missing = append(missing, index)
		}
	}
	if len(missing) > 0 {
		got, err := r.hasher.Hashes(r.ctx, r.size, missing)
		if err != nil {
			return nil, err
		}
		for i, index := range missing {
			r.held[index] = got[i]
		}
	}
	out := make([]tlog.Hash, len(stored))
	for i, index := range stored {
		out[i] = r.held[index]
	}
	return out, nil
}

// proveFrom makes the proof that an entry is in the tree, from one question to a Hasher,
// and checks it.
//
// A tree of any size is a row of complete subtrees, one for each bit of the size. The
// entry is in one of them: the proof has the hashes beside its way up there, then that of
// all that lies to the right, and then those to the left. What the way up comes to must
// be the hash of the subtree, or ErrProof: the rest of the proof, and the root, follow
// from the row.
func proveFrom(ctx context.Context, hasher Hasher, size, index uint64) (Proof, error) {
	var ours int // the place in the row of the subtree with the entry
	var height int
	row := make([]int64, 0, 2*maxHeight)
	for first, level := uint64(0), bits.Len64(size)-1; level >= 0; level-- {
		if size>>level&1 == 0 {
			continue
		}
		if first <= index {
			ours, height = len(row), level
		}
		row = append(row, tlog.StoredHashIndex(level, int64(first>>level)))
		first += 1 << level
	}
	stored := append(row, tlog.StoredHashIndex(0, int64(index)))
	for level := range height {
		stored = append(stored, tlog.StoredHashIndex(level, int64(index>>level^1)))
	}
	got, err := hasher.Hashes(ctx, size, stored)
	if err != nil {
		return nil, err
	}
	subtrees, leaf, beside := got[:len(row)], got[len(row)], got[len(row)+1:]
	if climb(leaf, index, beside) != subtrees[ours] {
		return nil, ErrProof
	}
	p := append(make(Proof, 0, len(beside)+ours+1), beside...)
	if right := subtrees[ours+1:]; len(right) > 0 {
		h := right[len(right)-1]
		for i := len(right) - 2; i >= 0; i-- {
			h = nodeHash(right[i], h)
		}
		p = append(p, h)
	}
	for i := ours - 1; i >= 0; i-- {
		p = append(p, subtrees[i])
	}
	return p, nil
}

// CheckEntry returns nil if this is the entry at position index of the tree, by the hashes
// that a store has at hand. Where they do not show it, all entries are read, since hashes are
// never truth; if these do not show it either it is a [CorruptError]: this entry or another
// is not what the tree was made of. An index that the tree has not is a [RangeError].
//
// Where the store cannot say, since [ErrNoHashes], the entry is believed: reading all the
// others for one is the work of [Verify].
func CheckEntry(ctx context.Context, hasher Hasher, tree Tree, index uint64, entry []byte) error {
	if err := checkRange(tree.size, index); err != nil {
		return err
	}
	p, err := proveFrom(ctx, hasher, tree.size, index)
	switch {
	case errors.Is(err, ErrNoHashes):
		return nil
	case err != nil && !errors.Is(err, ErrProof):
		return err
	case err == nil && Check(p, tree.size, index, tree.Root(), LeafHash(entry)) == nil:
		return nil
	}
	// Something is wrong with the hashes or with the entries: the entries decide.
	var whole Tree
	var leaf tlog.Hash
	err = readFirst(ctx, hasher, tree.size, func(b []byte) {
		h := LeafHash(b)
		if whole.size == index {
			leaf = h
		}
		whole.AppendHash(h)
	})
	if err == nil && (leaf != LeafHash(entry) || whole.Root() != tree.Root()) {
		err = &CorruptError{Entry: index, What: "it is not the entry of which the tree was made"}
	}
	return err
}

// maxHeight is the height of the largest tree.
const maxHeight = 62

// climb is the hash of the complete subtree in which a leaf lies beside these hashes.
func climb(leaf tlog.Hash, index uint64, beside []tlog.Hash) tlog.Hash {
	h := leaf
	for level, other := range beside {
		if index>>level&1 == 1 {
			h = nodeHash(other, h)
		} else {
			h = nodeHash(h, other)
		}
	}
	return h
}

// proveGrowth makes the proof that the tree has grown out of an older one, and checks
// it.
func (r *recalled) proveGrowth(old uint64) (Proof, error) {
	p, err := tlog.ProveTree(int64(r.size), int64(old), r)
	if err != nil {
		return nil, err
	}
	oldRoot, err := r.root(old)
	if err != nil {
		return nil, err
	}
	root, err := r.root(r.size)
	if err != nil {
		return nil, err
	}
	return Proof(p), CheckGrowth(Proof(p), old, oldRoot, r.size, root)
}

func (r *recalled) root(size uint64) (tlog.Hash, error) { return tlog.TreeHash(int64(size), r) }

// fromHashes makes a proof from the hashes that a store has at hand. It returns false
// if the store has none, or they do not fit together: then the entries must be read.
func fromHashes(store Store, prove func(Hasher) (Proof, error)) (Proof, bool, error) {
	hasher, ok := store.(Hasher)
	if !ok {
		return nil, false, nil
	}
	p, err := prove(hasher)
	if errors.Is(err, ErrNoHashes) || errors.Is(err, ErrProof) {
		return nil, false, nil
	}
	if err != nil {
		return nil, true, err
	}
	return p, true, nil
}
