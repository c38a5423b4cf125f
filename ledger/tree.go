package ledger

import (
	"crypto/sha256"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// A Tree is the Merkle tree of RFC 6962 over the entries of a ledger, from the
// first on. It keeps its right edge only, one hash for each complete subtree
// that waits for its neighbour: about two KiB, whatever its size.
//
// The zero value is the empty tree. A Tree is a plain value: a copy goes its
// own way, so one can see what would be before it is. It is not for several
// goroutines at once.
type Tree struct {
	size uint64
	// edge[i] is the hash of the complete subtree of 2^i leaves at the right
	// edge, where bit i of size is set; elsewhere it is left over.
	edge [64]tlog.Hash
}

// LeafHash returns the hash of an entry as a leaf of the tree:
// SHA-256(0x00 ‖ entry).
func LeafHash(entry []byte) tlog.Hash {
	var leaf [smallLeaf]byte // its first byte, 0, is what RFC 6962 puts before a leaf
	if len(entry) >= smallLeaf {
		return tlog.RecordHash(entry)
	}
	n := copy(leaf[1:], entry)
	return sha256.Sum256(leaf[:1+n])
}

// smallLeaf is the size up to which a leaf is hashed in one go, without the
// cost of a running hash.
const smallLeaf = 1024

// Append adds an entry at the end.
func (t *Tree) Append(entry []byte) { t.AppendHash(LeafHash(entry)) }

// AppendHash adds an entry at the end of which the leaf hash is known.
func (t *Tree) AppendHash(leaf tlog.Hash) {
	h, level := leaf, 0
	for ; t.size>>level&1 == 1; level++ {
		h = nodeHash(t.edge[level], h)
	}
	t.edge[level] = h
	t.size++
}

// Size returns the number of entries in the tree.
func (t *Tree) Size() uint64 { return t.size }

// Root returns the hash that stands for all entries in their order. That of
// the empty tree is SHA-256 of nothing.
func (t *Tree) Root() tlog.Hash {
	if t.size == 0 {
		return emptyRoot
	}
	level := bits.TrailingZeros64(t.size)
	h := t.edge[level]
	for level++; level < len(t.edge); level++ {
		if t.size>>level&1 == 1 {
			h = nodeHash(t.edge[level], h)
		}
	}
	return h
}

// nodeHash is SHA-256(0x01 ‖ left ‖ right), as [tlog.NodeHash] has it, hashed
// in one go.
func nodeHash(left, right tlog.Hash) tlog.Hash {
	var node [1 + 2*tlog.HashSize]byte
	node[0] = 1
	copy(node[1:], left[:])
	copy(node[1+tlog.HashSize:], right[:])
	return sha256.Sum256(node[:])
}

// emptyRoot is SHA-256(""), the root of the empty tree.
var emptyRoot = tlog.Hash{
	0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
	0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
}
