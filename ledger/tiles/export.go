package tiles

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// Export writes the ledger up to a signed checkpoint into a directory, which it
// makes. What is there already of the same ledger is written anew where it differs,
// and partial tiles of a smaller size stay, as the form allows. The checkpoint comes
// last: whoever reads it finds the rest.
//
// Nothing is published that does not hold: the entries must have the root that was
// signed, else the error is a [ledger.RootError] or a [ledger.ShortError], and the
// checkpoint is not written.
func Export(ctx context.Context, store ledger.Store, signed []byte, policy ledger.Policy, dir string) error {
	c, _, err := policy.Open(signed)
	if err != nil {
		return err
	}
	w := &writer{dir: dir, size: c.Size, levels: make([]level, levels(c.Size))}
	if err := w.entriesOf(ctx, store); err != nil {
		return err
	}
	if got := w.tree.Root(); got != c.Root {
		return &ledger.RootError{Size: c.Size, Want: c.Root, Got: got}
	}
	return writeFile(dir, checkpointName, signed)
}

// A writer writes the tiles of a tree as its entries come.
type writer struct {
	dir    string
	size   uint64
	tree   ledger.Tree
	bundle []byte
	levels []level
}

// A level is the tile of a level that is being filled.
type level struct {
	n    uint64
	held []byte
	tree ledger.Tree // over the hashes in the tile: its root goes up when it is full
}

// entriesOf writes all tiles of the first entries of a store.
func (w *writer) entriesOf(ctx context.Context, store ledger.Store) error {
	if w.size > 0 {
		for entry, err := range store.Read(ctx, 0) {
			if err != nil {
				return err
			}
			if err := w.add(entry); err != nil {
				return err
			}
			if w.tree.Size() == w.size {
				return w.rest()
			}
		}
		return &ledger.ShortError{Size: w.size, Held: w.tree.Size()}
	}
	return os.MkdirAll(w.dir, 0o755)
}

// add takes an entry, and writes what is full.
func (w *writer) add(entry []byte) error {
	w.bundle = binary.BigEndian.AppendUint16(w.bundle, uint16(len(entry)))
	w.bundle = append(w.bundle, entry...)
	leaf := ledger.LeafHash(entry)
	w.tree.AppendHash(leaf)
	if w.tree.Size()%width == 0 {
		if err := w.write(tile{entriesLevel, w.tree.Size()/width - 1, width}, w.bundle); err != nil {
			return err
		}
		w.bundle = w.bundle[:0]
	}
	return w.up(0, leaf)
}

// up adds a hash to a level.
func (w *writer) up(at int, h tlog.Hash) error {
	l := &w.levels[at]
	l.held = append(l.held, h[:]...)
	l.tree.AppendHash(h)
	if l.tree.Size() < width {
		return nil
	}
	if err := w.write(tile{at, l.n, width}, l.held); err != nil {
		return err
	}
	root := l.tree.Root()
	*l = level{n: l.n + 1, held: l.held[:0]}
	return w.up(at+1, root)
}

// rest writes the tiles that are not full.
func (w *writer) rest() error {
	if n := int(w.size % width); n > 0 {
		if err := w.write(tile{entriesLevel, w.size / width, n}, w.bundle); err != nil {
			return err
		}
	}
	for at, l := range w.levels {
		if n := int(l.tree.Size()); n > 0 {
			if err := w.write(tile{at, l.n, n}, l.held); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) write(t tile, b []byte) error { return writeFile(w.dir, t.path(), b) }

// writeFile puts a file in its place as a whole. Entries hold no words, so anybody
// may read what is exported.
func writeFile(dir, name string, b []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}
