package vault

import (
	"context"
	"slices"

	"github.com/sayround/sayround/ledger"
)

// HandOver makes parts be about nobody from then on: they lie under the key of the
// ledger, which no erasure of people destroys, and nothing tells any more about whom
// they were. So what has become a thing of all outlives the erasure of who said it. It
// is done when HandOver has returned nil; if it was cut short, it is done or all is as it
// was. Parts that the vault does not know, that were erased, or that are about nobody
// already, are passed over.
//
// If somebody is held whom one of them is about, the error is [ErrHeld], and nothing has
// changed. It takes as long as an erasure does. A copy of the vault from before has the
// parts under the keys that they had.
func (v *Vault) HandOver(ctx context.Context, list ...ledger.Commitment) error {
	v.turn()
	defer v.writing.Unlock()
	if err := v.usable(ctx); err != nil {
		return err
	}
	moves := map[ledger.Commitment]bool{}
	for _, c := range list {
		at, there := v.shelf.index[c]
		if !there || v.shelf.of(at).form == erased || slices.Equal(v.shelf.of(at).people, people(ledger.Part{})) {
			continue
		}
		if slices.ContainsFunc(v.shelf.of(at).people, func(id string) bool { return v.keys.people[id].state == held }) {
			return ErrHeld
		}
		moves[c] = true
	}
	if len(moves) == 0 {
		return nil
	}
	if err := v.admit([]ledger.Part{{}}); err != nil {
		return err
	}
	if err := v.rewrite(func(r row) row {
		if moves[r.c] {
			return v.anew(r, nil)
		}
		return r
	}); err != nil {
		return v.fail(err)
	}
	return nil
}
