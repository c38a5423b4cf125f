package ledger

import (
	"bytes"
	"context"
)

// A CommitSigner signs one commit of a store after another: each time the tree over
// all its entries, those included that the store is making durable, or is about to. It
// belongs to the store, which shows what was signed to nobody before both the entries and
// the checkpoint are durable, and keeps no checkpoint whose entries it might lose (I2). So
// one that never came to be shown may be lost, with its entries or without, and one that
// was shown never contradicts another.
//
// It is made by [Signer.Commits], and is not for several goroutines at once. A store
// that did not keep what was signed can use it no longer.
type CommitSigner struct {
	signer *Signer
	tree   Tree
	last   signedCheckpoint
}

// Commits makes the one who signs the commits of a store from now on. The store holds
// so many entries, and keeps this checkpoint, or none. If that is not the signer's own
// the error is what [Policy.Open] says, and if the entries do not begin with those that
// it was signed for it is a [ForkError].
//
// From now on the store moves on what the signer has signed. The signer itself signs as
// before, and asks the store each time what is kept.
func (s *Signer) Commits(ctx context.Context, store Store, size uint64, kept []byte) (*CommitSigner, error) {
	last, err := s.own(kept)
	if err != nil {
		return nil, err
	}
	tree, err := grownOutOf(ctx, store, last.Checkpoint, size)
	if err != nil {
		return nil, err
	}
	s.moved.Store(true)
	return &CommitSigner{signer: s, tree: tree, last: last}, nil
}

// Append adds an entry that the store is making durable.
func (c *CommitSigner) Append(entry []byte) { c.tree.Append(entry) }

// Sign signs the tree as it is now, and returns what is to be kept in place of what is.
// That must be what was signed here last, or the same with more signatures on it;
// otherwise the error is a [ForkError], and nothing was signed. What all keys have
// signed already is returned as it is.
func (c *CommitSigner) Sign(kept []byte) ([]byte, error) {
	if !bytes.Equal(kept, c.last.note) {
		same, err := c.signer.own(kept)
		if err != nil {
			return nil, err
		}
		if same.Checkpoint != c.last.Checkpoint {
			return nil, &ForkError{Signed: c.last.Checkpoint, Size: same.Size}
		}
		c.last = same
	}
	if c.last.note != nil && c.last.Size == c.tree.Size() && c.signer.signedByAll(c.last.note) {
		return bytes.Clone(c.last.note), nil
	}
	next, err := c.signer.next(c.tree.Size(), c.tree.Root())
	if err != nil {
		return nil, err
	}
	c.last = next
	return bytes.Clone(next.note), nil
}
