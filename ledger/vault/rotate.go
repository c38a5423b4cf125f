package vault

import (
	"context"

	"github.com/sayround/sayround/ledger"
)

// Rotate begins a new epoch: the keeper makes a new key, all keys of people are
// wrapped anew, and the keeper destroys the key of the epoch before. Then no copy of
// the table of keys from before opens any more, and in none of them a key of somebody
// who was erased. It is done when Rotate has returned nil; if it was cut short, the
// next Open or the next Rotate brings it to its end.
//
// The parts are not written anew: a copy of them opens with the table as it is now. So
// after a rotation it is enough to copy the file of keys again.
func (v *Vault) Rotate(ctx context.Context) error {
	v.turn()
	defer v.writing.Unlock()
	if err := v.usable(ctx); err != nil {
		return err
	}
	next := *v.keys.table
	next.epoch++
	if err := v.enter(ctx, &next); err != nil {
		return err
	}
	return v.config.Keeper.Destroy(ctx, next.epoch)
}

// enter makes the key of an epoch, wraps the keys of all people under it, and makes the
// table that comes of it the one that counts.
func (v *Vault) enter(ctx context.Context, next *table) error {
	if err := v.config.Keeper.Rotate(ctx, next.vault, next.epoch); err != nil {
		return err
	}
	key := newKey()
	wrapped, err := v.config.Keeper.Wrap(ctx, next.epoch, key)
	if err != nil {
		return err
	}
	if len(wrapped) > MaxWrapped {
		return &ledger.LimitError{What: "bytes of a wrapped key", Size: len(wrapped), Limit: MaxWrapped}
	}
	next.wrapped = wrapped
	ring := &keyring{next, key}
	old := next.people
	next.people = make(map[string]person, len(old))
	for id, p := range old {
		secret, ok := v.keys.key(id, false)
		if !ok {
			return damaged(keysName)
		}
		p.key = ring.wrap(id, secret)
		next.people[id] = p
	}
	return v.replaceKeys(next, key)
}
