package ledger

import (
	"context"
	"errors"
	"iter"
)

// ErrHeld: what was to be erased has to be kept by law for now, or would take with it
// what has to be kept about somebody else.
var ErrHeld = errors.New("ledger: this has to be kept for now, and is erased when it is released")

// A Forgetter is a [Vault] in which people can be forgotten, for good, while the
// entries stay as they are. Package ledger/vault has one. A vault that only deletes
// rows is none: what was in a file is still on the disk, and in backups.
type Forgetter interface {
	Vault

	// About yields all parts about a person, by their id, with their labels. What is
	// damaged is yielded as its error, a [CorruptError], and the next one follows.
	About(ctx context.Context, person string) iter.Seq2[Part, error]

	// Erase makes unreadable what is about these people. It may be called again, and
	// people of whom the vault knows nothing are passed over. What was erased is
	// [ErrErased] from then on. If somebody is held, the error is [ErrHeld], and
	// nothing has been erased.
	Erase(ctx context.Context, who ...string) (Erasure, error)

	// EraseParts does the same with single parts, whomever they are about.
	EraseParts(ctx context.Context, list ...Commitment) (Erasure, error)

	// Hold keeps what is about people from being erased, until Release.
	Hold(ctx context.Context, who ...string) error

	// Release ends what Hold began.
	Release(ctx context.Context, who ...string) error

	// Held tells whether somebody is held.
	Held(person string) bool
}

// An Erasure tells what an erasure has taken away, in numbers: it names nobody.
type Erasure struct {
	Parts int // parts that nobody can read any more
	Left  int // parts of a shared class, about others too, who can read them still
}
