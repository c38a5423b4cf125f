package ledger

import (
	"context"
	"errors"
	"iter"
)

// ErrHeld: what was to be erased has to be kept by law for now, or would take with it
// what has to be kept about somebody else.
var ErrHeld = errors.New("ledger: this has to be kept for now, and is erased when it is released")

// MaxMark is the largest number of bytes of a mark under which something is erased.
const MaxMark = 64

// An ErasedError says that a part was erased, and under which mark. It wraps
// [ErrErased].
type ErasedError struct{ Mark string }

func (e *ErasedError) Error() string { return ErrErased.Error() + " (" + e.Mark + ")" }

// Unwrap gives [ErrErased].
func (e *ErasedError) Unwrap() error { return ErrErased }

// A Forgetter is a [Vault] in which people can be forgotten, for good, while the
// entries stay as they are. Package ledger/vault has one. A vault that only deletes
// rows is none: what was in a file is still on the disk, and in backups.
type Forgetter interface {
	Vault

	// About yields all parts about a person, by their id, with their labels. What is
	// damaged is yielded as its error, a [CorruptError], and the next one follows.
	About(ctx context.Context, person string) iter.Seq2[Part, error]

	// EraseAs makes unreadable what is about these people. It may be called again, and
	// people of whom the vault knows nothing are passed over. What was erased is
	// [ErrErased] from then on, as an [ErasedError] with the mark, by which whoever
	// erased it finds when and why that was; it names nobody, and may be empty. If
	// somebody is held, the error is [ErrHeld], and nothing has been erased.
	EraseAs(ctx context.Context, mark string, who ...string) (Erasure, error)

	// ErasePartsAs does the same with single parts, whomever they are about.
	ErasePartsAs(ctx context.Context, mark string, list ...Commitment) (Erasure, error)

	// HandOver makes parts be about nobody from then on, so that they stay when those
	// whom they were about are erased: what somebody said has become a thing of all. It
	// may be called again, and parts that are gone or about nobody already are passed
	// over. If somebody is held whom one of them is about, the error is [ErrHeld], and
	// all is as it was.
	HandOver(ctx context.Context, list ...Commitment) error

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
