package consent

import (
	"context"
	"math"

	"github.com/sayround/sayround/ledger"
)

// What is read again from the store is held against the tree that the engine folded when it
// took the entries in. So an entry that was changed in the store since is not shown as what
// was said: damage is found on reading, and not only when somebody verifies the whole.
//
// The tree is read here without the lock of the state, which whoever reads may have.

// folds adds an entry to the tree.
func (e *Engine) folds(b []byte) {
	e.fold.Lock()
	defer e.fold.Unlock()
	e.tree.Append(b)
}

// anchor is a tree all of whose entries have arrived, with the entry at a position if the
// engine has taken that in. What is underway is waited for only where the tree needs it; if
// it does not arrive, the tree is one from before.
func (e *Engine) anchor(pos uint64) ledger.Tree {
	e.fold.Lock()
	tree, before, sent := e.tree, e.arrived, e.mu.under.sent()
	e.fold.Unlock()
	if sent.begun != nil && (pos < before.Size() || e.land(sent) != nil) {
		return before
	}
	return tree
}

// same returns nil if this is the entry that the engine took in at a position. What another
// engine wrote behind it is not known yet, and a store that has no hashes at hand is
// believed: to ask it would take as long as [Engine.Verify].
func (e *Engine) same(ctx context.Context, pos uint64, b []byte) error {
	hasher, ok := e.config.Store.(ledger.Hasher)
	if !ok {
		return nil
	}
	tree := e.anchor(pos)
	if pos >= tree.Size() {
		return nil
	}
	return ledger.CheckEntry(ctx, hasher, tree, pos, b)
}

// grewFrom returns nil if the tree that the engine has begins with another, that was folded
// from the store again.
func (e *Engine) grewFrom(ctx context.Context, past, now ledger.Tree) error {
	switch {
	case past.Size() == 0:
		return nil
	case past.Size() >= now.Size():
		if past.Root() != now.Root() {
			return ErrDiffers
		}
		return nil
	}
	p, err := ledger.ProveGrowth(ctx, e.config.Store, past.Size(), now.Size())
	if err != nil {
		return err
	}
	if ledger.CheckGrowth(p, past.Size(), past.Root(), now.Size(), now.Root()) != nil {
		return ErrDiffers
	}
	return nil
}

// A reading holds entries that are read one after the other against the tree: when it
// comes to the end of that, they must have the same root.
type reading struct {
	tree  ledger.Tree // over what was read, and what is before it
	whole ledger.Tree // as the engine has it
}

// readsFrom begins a reading at a position. The tree over what is before it is the store's
// word, on which the root hangs too.
func (e *Engine) readsFrom(ctx context.Context, pos uint64) (*reading, error) {
	r := &reading{whole: e.anchor(math.MaxUint64)}
	if pos >= r.whole.Size() { // nothing that this engine has taken in
		r.tree = r.whole
		return r, nil
	}
	var err error
	r.tree, err = ledger.TreeAt(ctx, e.config.Store, pos)
	return r, err
}

// takes adds the next entry, and says whether all is as it was taken in, where that can be
// said: at the end of what the engine has.
func (r *reading) takes(b []byte) error {
	if r.tree.Size() >= r.whole.Size() {
		return nil
	}
	r.tree.Append(b)
	if r.tree.Size() == r.whole.Size() && r.tree.Root() != r.whole.Root() {
		return ErrDiffers
	}
	return nil
}

// ends says whether the store gave all that the engine has taken in.
func (r *reading) ends() error {
	if held := r.tree.Size(); held < r.whole.Size() {
		return &ledger.ShortError{Size: r.whole.Size(), Held: held}
	}
	return nil
}
