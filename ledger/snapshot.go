package ledger

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// A Snapshotter keeps a snapshot of what somebody made of the entries, so that they
// need not read them all again. It is optional, and knows bytes only. [Memory] and
// ledger/filestore are such places.
//
// A snapshot is derived from the entries and never truth: it may be gone at any time,
// or be an older one, or damaged. Whoever made it finds that out, and reads the
// entries.
type Snapshotter interface {
	// LastSnapshot returns the snapshot that was saved last, and nothing where there is
	// none. The bytes belong to the caller.
	LastSnapshot(ctx context.Context) ([]byte, error)
	// SaveSnapshot keeps a snapshot in place of the one before: whoever looks, also
	// after a crash, sees the one whole or the other whole. One that is empty, or
	// larger than [MaxSnapshot], is a [LimitError]. After an error the one before is
	// there, or none; the entries are not touched.
	SaveSnapshot(ctx context.Context, snapshot []byte) error
}

// MaxSnapshot is the largest number of bytes in one snapshot.
const MaxSnapshot = 1 << 30

// CheckSnapshot says whether so many bytes may be given to a SaveSnapshot. Drivers call
// it first, so that all refuse alike.
func CheckSnapshot(size int) error {
	if size == 0 || size > MaxSnapshot {
		return &LimitError{What: "bytes in one snapshot", Size: size, Limit: MaxSnapshot}
	}
	return nil
}

// LastSnapshot implements [Snapshotter].
func (m *Memory) LastSnapshot(ctx context.Context) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.snapshot), ctx.Err()
}

// SaveSnapshot implements [Snapshotter].
func (m *Memory) SaveSnapshot(ctx context.Context, snapshot []byte) error {
	if err := errors.Join(CheckSnapshot(len(snapshot)), ctx.Err()); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.snapshot = bytes.Clone(snapshot)
	return nil
}

// Edge returns the hashes of the complete subtrees at the right edge of the tree, the
// largest first: with its size, all that a [Tree] is.
func (t *Tree) Edge() []tlog.Hash {
	var edge []tlog.Hash
	for level := len(t.edge) - 1; level >= 0; level-- {
		if t.size>>level&1 == 1 {
			edge = append(edge, t.edge[level])
		}
	}
	return edge
}

// NewTree makes a tree again from its size and its right edge. A tree of that size that
// has another number of hashes there, or a size beyond [MaxSize], is [ErrEdge].
func NewTree(size uint64, edge []tlog.Hash) (Tree, error) {
	t := Tree{size: size}
	if size > MaxSize {
		return Tree{}, ErrEdge
	}
	for level := len(t.edge) - 1; level >= 0; level-- {
		if size>>level&1 == 0 {
			continue
		}
		if len(edge) == 0 {
			return Tree{}, ErrEdge
		}
		t.edge[level], edge = edge[0], edge[1:]
	}
	if len(edge) > 0 {
		return Tree{}, ErrEdge
	}
	return t, nil
}

// ErrEdge: a tree of this size has another number of hashes at its right edge.
var ErrEdge = errors.New("ledger: a tree of this size has another right edge")

// VerifyTree returns nil if the tree is the one over the first entries of the store. It
// asks a [Hasher] for the hashes, and otherwise does what [Verify] does.
func VerifyTree(ctx context.Context, store Store, tree Tree) error {
	if hasher, ok := store.(Hasher); ok && tree.size > 0 && tree.size <= MaxSize {
		got, err := hasher.Hashes(ctx, tree.size, tree.edgeIndexes())
		if err == nil && slices.Equal(got, tree.Edge()) {
			return nil
		}
		if err != nil && !errors.Is(err, ErrNoHashes) {
			return err
		}
	}
	return Verify(ctx, store, tree.size, tree.Root())
}

// TreeAt returns the tree over the first size entries of the store: its own word, from its
// hashes where it is a [Hasher], and otherwise from the entries. What follows from it, such
// as the root after more entries, must be held against something that is known. A store
// with fewer entries is a [ShortError].
func TreeAt(ctx context.Context, store Store, size uint64) (Tree, error) {
	if hasher, ok := store.(Hasher); ok && size > 0 && size <= MaxSize {
		t := Tree{size: size}
		edge, err := hasher.Hashes(ctx, size, t.edgeIndexes())
		if err == nil {
			return NewTree(size, edge)
		}
		if !errors.Is(err, ErrNoHashes) {
			return Tree{}, err
		}
	}
	var t Tree
	err := readFirst(ctx, store, size, t.Append)
	return t, err
}

// edgeIndexes are the names of the subtrees at the right edge, the largest first (see
// [tlog.StoredHashIndex]); as it is in this order that their hashes are complete, they
// rise.
func (t *Tree) edgeIndexes() []int64 {
	var out []int64
	for level := len(t.edge) - 1; level >= 0; level-- {
		if t.size>>level&1 == 1 {
			out = append(out, tlog.StoredHashIndex(level, int64(t.size>>level)-1))
		}
	}
	return out
}
