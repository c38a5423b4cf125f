package ledger

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"
)

// Verify reads the first size entries of the store and returns nil if root is
// their root: not one was changed, removed, inserted or moved since somebody
// noted size and root. Otherwise it says what is wrong: a [ShortError] if the
// store holds fewer entries, a [RootError] if they have another root, or what
// the store itself found.
//
// Entries from size on are not looked at.
func Verify(ctx context.Context, store Store, size uint64, root tlog.Hash) error {
	var tree Tree
	if err := readFirst(ctx, store, size, tree.Append); err != nil {
		return err
	}
	if got := tree.Root(); got != root {
		return &RootError{Size: size, Want: root, Got: got}
	}
	return nil
}

// readFirst calls each for the first size entries of the store, in order. A
// store that holds fewer is a [ShortError].
func readFirst(ctx context.Context, store Store, size uint64, each func(entry []byte)) error {
	if size == 0 {
		return ctx.Err()
	}
	var n uint64
	for entry, err := range store.Read(ctx, 0) {
		if err != nil {
			return err
		}
		each(entry)
		if n++; n == size {
			return nil
		}
	}
	return &ShortError{Size: size, Held: n}
}
