package tiles

import (
	"context"
	"io/fs"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// Import verifies an export as [Verify] does, and then appends its entries to a
// store. The store is empty, or holds the beginning of the same ledger, as after an
// import that was cut short; otherwise the error is a [ledger.RootError] or, where it
// holds more, a [ledger.GrowthError], and nothing is appended.
//
// Each 256 entries are held once more to what was verified before they are appended,
// so nothing is ever appended that was not verified.
func Import(ctx context.Context, export fs.FS, policy ledger.Policy, to ledger.Store) (ledger.Checkpoint, error) {
	var held ledger.Tree
	for entry, err := range to.Read(ctx, 0) {
		if err != nil {
			return ledger.Checkpoint{}, err
		}
		held.Append(entry)
	}
	v, err := verify(ctx, export, policy, held.Size())
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	if held.Size() > v.checkpoint.Size {
		return ledger.Checkpoint{}, &ledger.GrowthError{Old: held.Size(), Size: v.checkpoint.Size}
	}
	if got := held.Root(); got != v.beginning {
		return ledger.Checkpoint{}, &ledger.RootError{Size: held.Size(), Want: v.beginning, Got: got}
	}
	r := &reader{ctx: ctx, export: export}
	size := held.Size()
	for t := range tilesAt(0, v.checkpoint.Size) {
		if end := t.n*width + uint64(t.held); end > size {
			if err := r.append(t, v.roots[t.n], to, size); err != nil {
				return ledger.Checkpoint{}, err
			}
			size = end
		}
	}
	return v.checkpoint, nil
}

// append appends the entries of a tile that a store of this size has not.
func (r *reader) append(t tile, root tlog.Hash, to ledger.Store, size uint64) error {
	at := t.n * width
	var entries [][]byte
	got, err := r.bundle(t, func(entry []byte) {
		if at >= size {
			entries = append(entries, entry)
		}
		at++
	})
	if err != nil {
		return err
	}
	if got != root {
		t.level = entriesLevel
		return t.wrong("it has changed since it was verified", nil)
	}
	return to.Append(r.ctx, size, entries)
}
