package ledger

import (
	"context"
	"iter"
)

// The limits of one Append. Crossing one is a [LimitError] that names it, and
// nothing is written.
const (
	// MaxEntry is the largest number of bytes in one entry.
	MaxEntry = 32 << 10
	// MaxBatch is the largest number of entries in one Append.
	MaxBatch = 4096
)

// A Store keeps entries in one order and never changes them. It knows bytes
// and order only: hashing, proofs and erasure stand above it.
//
// A Store may be used by several goroutines at once, and several processes may
// share one where the driver says so: the size given to Append keeps them
// honest. The kit in ledgertest holds a driver to every sentence here.
type Store interface {
	// Append writes entries from position size on, durably and all or none, or
	// fails with [ErrConflict] if the store does not hold exactly size entries.
	//
	// Durably means that the entries survive what the driver promises to
	// survive (its documentation says what) once Append has returned nil. All
	// or none means that nobody, not even after a crash, ever reads some of the
	// entries without the others.
	//
	// The store keeps nothing of the caller's: entries and their bytes may be
	// used again as soon as Append returns.
	//
	// What [CheckEntries] refuses is refused, and so is a context that has
	// already ended, with its error; in both cases nothing has been written.
	// After ErrConflict nothing has been written either. After any other error
	// it is unknown whether the entries were written: read before trying again.
	Append(ctx context.Context, size uint64, entries [][]byte) error

	// Read yields the entries from position from on, in order and without a
	// gap. It yields at least the entries that the store held when the
	// iteration began; whether it also yields those appended meanwhile is up to
	// the store. From the end on, or beyond it, it yields nothing.
	//
	// The slice yielded belongs to the store: it must not be changed, and it is
	// valid only until the next step. Each range over the sequence reads anew.
	//
	// An error ends the sequence: it is yielded once, with a nil entry. An
	// entry that is damaged or missing is such an error ([ErrCorrupt]), never
	// passed over. A context that ends, ends the sequence with its error. The
	// caller may append, read and stop at any step.
	Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error]
}

// A Waiter is a [Store] that can tell when it has grown, so that a reader need
// not ask again and again. It is optional.
type Waiter interface {
	// Wait returns nil once the store holds more than size entries, at once if
	// it does already. It returns the context's error if that ends first, and
	// the store's own if the store can be used no longer.
	Wait(ctx context.Context, size uint64) error
}

// CheckEntries says whether entries may be given to an Append: there is at
// least one and there are at most [MaxBatch], none is empty, and none is larger
// than [MaxEntry]. Otherwise the error is [ErrNoEntries], an [EmptyEntryError]
// or a [LimitError]. Drivers call it first, so that all refuse alike.
func CheckEntries(entries [][]byte) error {
	if len(entries) == 0 {
		return ErrNoEntries
	}
	if len(entries) > MaxBatch {
		return &LimitError{What: "entries in one append", Size: len(entries), Limit: MaxBatch}
	}
	for i, entry := range entries {
		if len(entry) == 0 {
			return &EmptyEntryError{Index: i}
		}
		if len(entry) > MaxEntry {
			return &LimitError{What: "bytes in one entry", Index: i, Size: len(entry), Limit: MaxEntry}
		}
	}
	return nil
}
