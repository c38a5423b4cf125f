package ledger

import (
	"bytes"
	"context"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Signed keeps the checkpoint that was signed last, where it survives what the
// ledger survives. [Memory] and ledger/filestore are such places.
type Signed interface {
	// LastSigned returns what was kept last, and nothing when nothing was.
	LastSigned(ctx context.Context) ([]byte, error)
	// KeepSigned keeps a checkpoint durably in place of the last one, or fails with
	// [ErrConflict] if another one than old is kept. After any other error it is
	// unknown which of the two is kept.
	KeepSigned(ctx context.Context, old, signed []byte) error
}

// A Signer signs the checkpoints of one ledger, and never two that contradict each
// other (I2): it keeps what it signed before anybody else sees it, and signs
// only a tree that begins with the one it signed last. It may be used by several
// goroutines at once; several processes may share what is kept.
type Signer struct {
	policy Policy
	origin string
	keys   []note.Signer
	kept   Signed

	moved atomic.Bool // whether a store signs its commits, so that what is kept goes on by itself

	mu   sync.Mutex
	last signedCheckpoint
	read bool // whether last is what was kept
}

// A signedCheckpoint is a checkpoint and the note in which it is signed.
type signedCheckpoint struct {
	Checkpoint
	note []byte
}

// NewSignerOf makes the signer of a ledger. Each of the keys signs each checkpoint:
// there are several while a key is being changed. What is kept must have been
// signed by one of them, or by one of the older keys; otherwise nothing is signed.
func NewSignerOf(origin string, kept Signed, older []note.Verifier, keys ...note.Signer) (*Signer, error) {
	if err := CheckOrigin(origin); err != nil {
		return nil, err
	}
	s := &Signer{origin: origin, keys: keys, kept: kept, policy: Policy{Ledgers: older}}
	for _, k := range keys {
		if k.Name() != origin {
			return nil, &OriginError{Got: k.Name(), Want: origin}
		}
		s.policy.Ledgers = append(s.policy.Ledgers, ownKey{k})
	}
	if len(keys) == 0 {
		return nil, ErrBadKey
	}
	return s, nil
}

// Origin is the name of the ledger.
func (s *Signer) Origin() string { return s.origin }

// Last returns the checkpoint that was signed last, and the note in which it is
// signed; nothing when none was.
func (s *Signer) Last(ctx context.Context) (Checkpoint, []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.recall(ctx)
	return s.last.Checkpoint, bytes.Clone(s.last.note), err
}

// Sign signs that the ledger has this size and root. The proof shows that it has
// grown out of what was signed last ([ProveGrowth] from the size that Last tells);
// otherwise the error is a [ForkError], and nothing was signed. What was signed
// already is returned as it was signed.
//
// When somebody else has signed meanwhile the error is [ErrConflict]: ask Last
// again. After any other error ask again too; what was signed is known from what is
// kept.
func (s *Signer) Sign(ctx context.Context, size uint64, root tlog.Hash, growth Proof) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.recall(ctx); err != nil {
		return nil, err
	}
	last := s.last
	if last.note != nil {
		if size < last.Size || last.Size > 0 && CheckGrowth(growth, last.Size, last.Root, size, root) != nil {
			return nil, &ForkError{Signed: last.Checkpoint, Size: size}
		}
		if size == last.Size && s.signedByAll(last.note) {
			return bytes.Clone(last.note), nil
		}
	}
	next, err := s.next(size, root)
	if err != nil {
		return nil, err
	}
	s.read = false // until it is known to be kept
	if err := s.kept.KeepSigned(ctx, last.note, next.note); err != nil {
		return nil, err
	}
	s.last, s.read = next, true
	return bytes.Clone(next.note), nil
}

// next signs a checkpoint. Whoever calls it knows that it has grown out of the last.
func (s *Signer) next(size uint64, root tlog.Hash) (signedCheckpoint, error) {
	next := signedCheckpoint{Checkpoint: Checkpoint{Origin: s.origin, Size: size, Root: root}}
	text := next.Text()
	if _, err := ParseCheckpoint(text); err != nil {
		return signedCheckpoint{}, err
	}
	var err error
	next.note, err = note.Sign(&note.Note{Text: text}, s.keys...)
	return next, err
}

// SignStore signs the first size entries of a store, reading them all for the
// proof. Whoever knows the proof already, signs with Sign.
func (s *Signer) SignStore(ctx context.Context, store Store, size uint64) ([]byte, error) {
	last, _, err := s.Last(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := grownOutOf(ctx, store, last, size)
	if err != nil {
		return nil, err
	}
	growth, err := ProveGrowth(ctx, store, last.Size, size)
	if err != nil {
		return nil, err
	}
	return s.Sign(ctx, size, tree.Root(), growth)
}

// grownOutOf reads the first size entries of a store into a tree, which must begin with
// the one that was signed last.
func grownOutOf(ctx context.Context, store Store, last Checkpoint, size uint64) (Tree, error) {
	var tree, old Tree
	err := readFirst(ctx, store, size, func(entry []byte) {
		if tree.Size() == last.Size {
			old = tree
		}
		tree.Append(entry)
	})
	if err != nil {
		return Tree{}, err
	}
	if tree.Size() == last.Size {
		old = tree
	}
	if last.Size > size || last.Size > 0 && old.Root() != last.Root {
		return Tree{}, &ForkError{Signed: last, Size: size}
	}
	return tree, nil
}

// recall reads what is kept, and holds it to be this signer's own.
func (s *Signer) recall(ctx context.Context) error {
	if s.read && !s.moved.Load() {
		return nil
	}
	kept, err := s.kept.LastSigned(ctx)
	if err != nil {
		return err
	}
	if s.read && bytes.Equal(kept, s.last.note) {
		return nil
	}
	last, err := s.own(kept)
	if err != nil {
		return err
	}
	s.last, s.read = last, true
	return nil
}

// own reads what is kept, which must be this signer's own.
func (s *Signer) own(kept []byte) (signedCheckpoint, error) {
	last := signedCheckpoint{note: kept}
	if kept == nil {
		return last, nil
	}
	var err error
	last.Checkpoint, _, err = s.policy.Open(kept)
	return last, err
}

// signedByAll says whether each of the keys has signed the note.
func (s *Signer) signedByAll(signed []byte) bool {
	for _, k := range s.keys {
		if _, _, err := (Policy{Ledgers: []note.Verifier{ownKey{k}}}).Open(signed); err != nil {
			return false
		}
	}
	return true
}

// An ownKey verifies what a key of one's own has signed, by signing it again:
// signatures of Ed25519 are the same each time.
type ownKey struct{ note.Signer }

func (k ownKey) Verify(text, sig []byte) bool {
	again, err := k.Sign(text)
	return err == nil && bytes.Equal(again, sig)
}
