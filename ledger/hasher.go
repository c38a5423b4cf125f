package ledger

import (
	"context"
	"errors"

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

// prove makes the proof that an entry is in the tree, and checks it.
func (r *recalled) prove(index uint64) (Proof, error) {
	leaf, err := r.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
	if err != nil {
		return nil, err
	}
	p, err := tlog.ProveRecord(int64(r.size), int64(index), r)
	if err != nil {
		return nil, err
	}
	root, err := r.root(r.size)
	if err != nil {
		return nil, err
	}
	return Proof(p), Check(Proof(p), r.size, index, root, leaf[0])
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
func fromHashes(ctx context.Context, store Store, size uint64, prove func(*recalled) (Proof, error)) (Proof, bool, error) {
	hasher, ok := store.(Hasher)
	if !ok {
		return nil, false, nil
	}
	p, err := prove(recall(ctx, hasher, size))
	if errors.Is(err, ErrNoHashes) || errors.Is(err, ErrProof) {
		return nil, false, nil
	}
	if err != nil {
		return nil, true, err
	}
	return p, true, nil
}
