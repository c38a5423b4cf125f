package tiles

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// ErrTile: a file of an export is missing, or is not what it should be. See
// [TileError].
var ErrTile = errors.New("tiles: a file of the export is not what it should be")

// A TileError says which file of an export is wrong, and what is wrong with it. It
// wraps [ErrTile], or the error of reading it.
type TileError struct {
	Path  string
	Entry uint64 // the first entry that it is about
	What  string
	err   error
}

func (e *TileError) Error() string { return fmt.Sprintf("tiles: %s: %s", e.Path, e.What) }

// Unwrap gives [ErrTile] and, where the file could not be read, why.
func (e *TileError) Unwrap() []error {
	if e.err == nil {
		return []error{ErrTile}
	}
	return []error{ErrTile, e.err}
}

// Verify reads an export and returns its checkpoint, and who has seen it, if
// everything holds: somebody whom the policy trusts has signed it, the entries have
// its root, and each tile is what follows from the entries.
//
// Otherwise the error is what [ledger.Policy.Open] says, a [TileError], or a
// [ledger.RootError].
func Verify(ctx context.Context, export fs.FS, policy ledger.Policy) (ledger.Checkpoint, []ledger.Seen, error) {
	v, err := verify(ctx, export, policy, 0)
	return v.checkpoint, v.seen, err
}

// A verified is what is known of an export that holds.
type verified struct {
	checkpoint ledger.Checkpoint
	seen       []ledger.Seen
	roots      []tlog.Hash // of each 256 entries, and of the rest
	beginning  tlog.Hash   // the root of the first entries, as many as were asked for
}

// verify verifies an export, and also finds the root of its first entries.
func verify(ctx context.Context, export fs.FS, policy ledger.Policy, first uint64) (verified, error) {
	r := &reader{ctx: ctx, export: export}
	signed, err := r.file(checkpointName, ledger.MaxNote)
	if err != nil {
		return verified{}, &TileError{Path: checkpointName, What: "it cannot be read", err: err}
	}
	var v verified
	if v.checkpoint, v.seen, err = policy.Open(signed); err != nil {
		return verified{}, err
	}
	c := v.checkpoint
	got, err := v.bundles(r, first)
	if err != nil {
		return verified{}, err
	}
	if got != c.Root {
		return verified{}, &ledger.RootError{Size: c.Size, Want: c.Root, Got: got}
	}
	if err := r.above(c.Size, v.roots); err != nil {
		return verified{}, err
	}
	return v, nil
}

// bundles reads all entries, holds the tiles of leaf hashes to them, and returns their
// root. A whole bundle is a whole subtree, and the last one is what is left of one: so
// the tree over their roots has the root of the tree over the entries, and each is
// hashed once.
func (v *verified) bundles(r *reader, first uint64) (tlog.Hash, error) {
	var tree ledger.Tree
	v.beginning = tree.Root()
	for t := range tilesAt(0, v.checkpoint.Size) {
		root, err := r.bundle(t, func([]byte) {})
		if err != nil {
			return tlog.Hash{}, err
		}
		if at := t.n * width; first > at && first <= at+uint64(t.held) {
			v.beginning = rootWith(tree, r.leaves[:(first-at)*tlog.HashSize])
		}
		if err := r.holds(t, r.leaves); err != nil {
			return tlog.Hash{}, err
		}
		tree.AppendHash(root)
		v.roots = append(v.roots, root)
	}
	return tree.Root(), nil
}

// rootWith is the root of the entries of whole bundles, over whose roots the tree is, and
// of these leaves behind them.
func rootWith(bundles ledger.Tree, leaves []byte) tlog.Hash {
	var rest ledger.Tree
	for ; len(leaves) > 0; leaves = leaves[tlog.HashSize:] {
		rest.AppendHash(tlog.Hash(leaves[:tlog.HashSize]))
	}
	bundles.AppendHash(rest.Root())
	return bundles.Root()
}

// A reader reads the files of an export.
type reader struct {
	ctx    context.Context
	export fs.FS
	leaves []byte // the leaf hashes of the bundle that was read last
	buffer []byte // of the file that was read last
}

// bundle reads the entries of one tile, shows each, and returns their root. They are good
// until the next file is read.
func (r *reader) bundle(t tile, each func(entry []byte)) (tlog.Hash, error) {
	t.level = entriesLevel
	if err := r.ctx.Err(); err != nil {
		return tlog.Hash{}, err
	}
	b, err := r.file(t.path(), t.held*(2+ledger.MaxEntry))
	if err != nil {
		return tlog.Hash{}, t.wrong("it cannot be read", err)
	}
	r.leaves = r.leaves[:0]
	var tree ledger.Tree
	for range t.held {
		if len(b) < 2 {
			return tlog.Hash{}, t.wrong("it ends before its last entry", nil)
		}
		n := int(binary.BigEndian.Uint16(b))
		if n == 0 || n > ledger.MaxEntry || n > len(b)-2 {
			return tlog.Hash{}, t.wrong("an entry has a length that it cannot have", nil)
		}
		entry := b[2 : 2+n]
		b = b[2+n:]
		leaf := ledger.LeafHash(entry)
		r.leaves = append(r.leaves, leaf[:]...)
		tree.AppendHash(leaf)
		each(entry)
	}
	if len(b) > 0 {
		return tlog.Hash{}, t.wrong("something stands behind its last entry", nil)
	}
	return tree.Root(), nil
}

// above holds the tiles of the higher levels to the roots of what is below them: to
// those of the whole tiles, for only these go up.
func (r *reader) above(size uint64, below []tlog.Hash) error {
	for at := 1; at < levels(size); at++ {
		var next []tlog.Hash
		for t := range tilesAt(at, size) {
			var held []byte
			var tree ledger.Tree
			for _, h := range below[t.n*width:][:t.held] {
				held = append(held, h[:]...)
				tree.AppendHash(h)
			}
			if err := r.holds(t, held); err != nil {
				return err
			}
			next = append(next, tree.Root())
		}
		below = next
	}
	return nil
}

// holds wants a tile to hold these hashes.
func (r *reader) holds(t tile, hashes []byte) error {
	b, err := r.file(t.path(), len(hashes))
	if err != nil {
		return t.wrong("it cannot be read", err)
	}
	if !bytes.Equal(b, hashes) {
		return t.wrong("its hashes are not those of the entries", nil)
	}
	return nil
}

// wrong says what is wrong with a tile.
func (t tile) wrong(what string, err error) error {
	first := t.n
	for range max(t.level, 0) + 1 {
		first *= width
	}
	return &TileError{Path: t.path(), Entry: first, What: what, err: err}
}

// errTooLong: a file is longer than it can be.
var errTooLong = errors.New("the file is longer than it can be")

// file reads a file that is at most so long. What it returns is good until the next one is
// read.
func (r *reader) file(name string, most int) (b []byte, err error) {
	f, err := r.export.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b = r.buffer[:0]
	for {
		if len(b) == cap(b) {
			b = slices.Grow(b, max(cap(b), leastBuffer)) // as much as there is so far
		}
		n, err := f.Read(b[len(b):min(cap(b), most+1)])
		b = b[:len(b)+n]
		r.buffer = b
		switch {
		case len(b) > most:
			return nil, errTooLong
		case errors.Is(err, io.EOF):
			return b, nil
		case err != nil:
			return nil, err
		}
	}
}

// leastBuffer holds the entries of most bundles.
const leastBuffer = 128 << 10

// Leaves reads the leaf hashes of an export. It looks at nothing else: who has
// verified the export before, or holds the hashes to a root, may use them to tell
// which entry another ledger has changed.
func Leaves(export fs.FS, size uint64) ([]tlog.Hash, error) {
	r := &reader{export: export}
	var leaves []tlog.Hash
	for t := range tilesAt(0, size) {
		b, err := r.file(t.path(), t.held*tlog.HashSize)
		if err != nil || len(b) != t.held*tlog.HashSize {
			return nil, t.wrong("it cannot be read", err)
		}
		for ; len(b) > 0; b = b[tlog.HashSize:] {
			leaves = append(leaves, tlog.Hash(b[:tlog.HashSize]))
		}
	}
	return leaves, nil
}
