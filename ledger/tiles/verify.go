package tiles

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

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
	signed, err := readUpTo(export, checkpointName, ledger.MaxNote)
	if err != nil {
		return verified{}, &TileError{Path: checkpointName, What: "it cannot be read", err: err}
	}
	var v verified
	if v.checkpoint, v.seen, err = policy.Open(signed); err != nil {
		return verified{}, err
	}
	c := v.checkpoint
	r := &reader{ctx: ctx, export: export}
	var tree ledger.Tree
	v.beginning = tree.Root()
	v.roots, err = r.bundles(c.Size, func(leaf tlog.Hash) {
		if tree.AppendHash(leaf); tree.Size() == first {
			v.beginning = tree.Root()
		}
	})
	if err != nil {
		return verified{}, err
	}
	if got := tree.Root(); got != c.Root {
		return verified{}, &ledger.RootError{Size: c.Size, Want: c.Root, Got: got}
	}
	if err := r.above(c.Size, v.roots); err != nil {
		return verified{}, err
	}
	return v, nil
}

// A reader reads the files of an export.
type reader struct {
	ctx    context.Context
	export fs.FS
	leaves []byte // the leaf hashes of the bundle that was read last
}

// bundles reads all entries, shows their leaf hashes, holds the tiles of leaf hashes
// to them, and returns the root of each bundle.
func (r *reader) bundles(size uint64, each func(leaf tlog.Hash)) ([]tlog.Hash, error) {
	var roots []tlog.Hash
	for t := range tilesAt(0, size) {
		root, err := r.bundle(t, func(_ []byte, leaf tlog.Hash) { each(leaf) })
		if err != nil {
			return nil, err
		}
		if err := r.holds(t, r.leaves); err != nil {
			return nil, err
		}
		roots = append(roots, root)
	}
	return roots, nil
}

// bundle reads the entries of one tile, shows each with its leaf hash, and returns
// their root.
func (r *reader) bundle(t tile, each func(entry []byte, leaf tlog.Hash)) (tlog.Hash, error) {
	t.level = entriesLevel
	if err := r.ctx.Err(); err != nil {
		return tlog.Hash{}, err
	}
	b, err := readUpTo(r.export, t.path(), t.held*(2+ledger.MaxEntry))
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
		each(entry, leaf)
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
	b, err := readUpTo(r.export, t.path(), len(hashes))
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

// readUpTo reads a file that is at most so long.
func readUpTo(export fs.FS, name string, most int) (b []byte, err error) {
	f, err := export.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b, err = io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err == nil && len(b) > most {
		err = errTooLong
	}
	return b, err
}

// Leaves reads the leaf hashes of an export. It looks at nothing else: who has
// verified the export before, or holds the hashes to a root, may use them to tell
// which entry another ledger has changed.
func Leaves(export fs.FS, size uint64) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for t := range tilesAt(0, size) {
		b, err := readUpTo(export, t.path(), t.held*tlog.HashSize)
		if err != nil || len(b) != t.held*tlog.HashSize {
			return nil, t.wrong("it cannot be read", err)
		}
		for ; len(b) > 0; b = b[tlog.HashSize:] {
			leaves = append(leaves, tlog.Hash(b[:tlog.HashSize]))
		}
	}
	return leaves, nil
}
