package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// The ways in which a ledger refuses. Compare with errors.Is; where a typed
// error stands around one of them, errors.As tells the facts.
var (
	// ErrConflict: someone was first. See [ConflictError].
	ErrConflict = errors.New("ledger: the store has another size")
	// ErrNoEntries: an Append without entries says nothing.
	ErrNoEntries = errors.New("ledger: there are no entries to append")
	// ErrEmptyEntry: an entry has at least one byte. See [EmptyEntryError].
	ErrEmptyEntry = errors.New("ledger: an entry is empty")
	// ErrTooLarge: a published limit is crossed. See [LimitError].
	ErrTooLarge = errors.New("ledger: a limit is crossed")
	// ErrBadPart: a part does not say which command it was said in, or where.
	ErrBadPart = errors.New("ledger: a part names the command it was said in, and its place there, from 1")
	// ErrBadCommitment: a text is not the text of a commitment.
	ErrBadCommitment = errors.New("ledger: a commitment is 43 characters of unpadded base64url")
	// ErrOtherPart: the commitment belongs to a part that says other things
	// about itself. A salt has been used twice.
	ErrOtherPart = errors.New("ledger: this commitment belongs to a part with other labels")
	// ErrNoPart: the vault holds no part for a commitment.
	ErrNoPart = errors.New("ledger: no such part in the vault")
	// ErrErased: the vault held this part, and it was erased. Nobody can read it any
	// more, and nothing is amiss.
	ErrErased = errors.New("ledger: this part was erased")
	// ErrNoEntry: a tree of that size has no such entry. See [RangeError].
	ErrNoEntry = errors.New("ledger: no such entry in a tree of this size")
	// ErrProof: a proof does not show what it should.
	ErrProof = errors.New("ledger: the proof does not lead from this entry to this root")
	// ErrGrowth: no tree begins with a larger one. See [GrowthError].
	ErrGrowth = errors.New("ledger: a tree of this size does not begin with one of that size")
	// ErrBadCheckpoint: a text is not that of a checkpoint. See [FormError].
	ErrBadCheckpoint = errors.New("ledger: this is not the text of a checkpoint")
	// ErrBadReceipt: a text is not that of a receipt. See [FormError].
	ErrBadReceipt = errors.New("ledger: this is not the text of a receipt")
	// ErrBadKey: a text is not that of a key.
	ErrBadKey = errors.New("ledger: this is not a key")
	// ErrBadPolicy: a text is not that of a policy. See [FormError].
	ErrBadPolicy = errors.New("ledger: this is not the text of a policy")
	// ErrSignature: nobody whom one trusts has signed this, or a signature of theirs
	// is forged.
	ErrSignature = errors.New("ledger: the signature cannot be trusted")
	// ErrOrigin: a checkpoint is of another ledger. See [OriginError].
	ErrOrigin = errors.New("ledger: the checkpoint is of another ledger")
	// ErrWitnesses: too few of the witnesses whom one trusts have signed.
	ErrWitnesses = errors.New("ledger: too few witnesses have seen this checkpoint")
	// ErrFork: what is to be signed contradicts what was signed before. See
	// [ForkError].
	ErrFork = errors.New("ledger: this contradicts what was signed before")
	// ErrShort: the store holds fewer entries than it should. See [ShortError].
	ErrShort = errors.New("ledger: entries are missing at the end")
	// ErrOtherRoot: the entries are not those of the root. See [RootError].
	ErrOtherRoot = errors.New("ledger: the entries have another root")
	// ErrCorrupt: stored bytes are not what was written. See [CorruptError].
	ErrCorrupt = errors.New("ledger: stored bytes are damaged")
	// ErrClosed: the store has been closed.
	ErrClosed = errors.New("ledger: the store is closed")
	// ErrLocked: another writer has the store open.
	ErrLocked = errors.New("ledger: another writer has this ledger open")
	// ErrReadOnly: the store was opened for reading only.
	ErrReadOnly = errors.New("ledger: the store is open for reading only")
	// ErrDead: after a failed write, sync or read nothing can be trusted until
	// the store is opened again. It wraps the first failure.
	ErrDead = errors.New("ledger: the store failed and must be opened again")
	// ErrNewerFormat: a later version of the library wrote this ledger. It is
	// refused, not guessed at.
	ErrNewerFormat = errors.New("ledger: the ledger has a newer format than this program knows")
	// ErrNotLedger: what is there is no ledger.
	ErrNotLedger = errors.New("ledger: this is not a ledger")
)

// A ConflictError says that an Append named another size than the store has.
// It wraps [ErrConflict].
type ConflictError struct {
	Size uint64 // the size that the Append named
	Held uint64 // the number of entries that the store holds
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("ledger: the store holds %d entries, not %d", e.Held, e.Size)
}

// Unwrap gives [ErrConflict].
func (e *ConflictError) Unwrap() error { return ErrConflict }

// An EmptyEntryError says which entry of an Append is empty. It wraps
// [ErrEmptyEntry].
type EmptyEntryError struct {
	Index int // its place among the entries given
}

func (e *EmptyEntryError) Error() string {
	return fmt.Sprintf("ledger: entry %d of this append is empty", e.Index)
}

// Unwrap gives [ErrEmptyEntry].
func (e *EmptyEntryError) Unwrap() error { return ErrEmptyEntry }

// A LimitError says which limit is crossed, and by what. It wraps
// [ErrTooLarge].
type LimitError struct {
	What  string // what was counted, as "bytes in one entry"
	Index int    // the place of the one that is too large, among the entries or parts given
	Size  int    // how much there was
	Limit int    // how much there may be
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("ledger: %d %s, where at most %d are allowed", e.Size, e.What, e.Limit)
}

// Unwrap gives [ErrTooLarge].
func (e *LimitError) Unwrap() error { return ErrTooLarge }

// A RangeError says that a proof was asked or offered for an entry that a tree
// of that size has not. It wraps [ErrNoEntry].
type RangeError struct {
	Index uint64 // the position of the entry
	Size  uint64 // the size of the tree
}

func (e *RangeError) Error() string {
	if e.Size > MaxSize {
		return fmt.Sprintf("ledger: no proof speaks of a tree of %d entries, at most of %d", e.Size, uint64(MaxSize))
	}
	return fmt.Sprintf("ledger: a tree of %d entries has no entry at position %d", e.Size, e.Index)
}

// Unwrap gives [ErrNoEntry].
func (e *RangeError) Unwrap() error { return ErrNoEntry }

// A GrowthError says that a tree was said to have grown out of a larger one, or is
// larger than any, or that something was to be shown by the empty one. It wraps
// [ErrGrowth].
type GrowthError struct {
	Old  uint64 // the size of the tree that should be the older one
	Size uint64 // the size of the tree
}

func (e *GrowthError) Error() string {
	if e.Size > MaxSize {
		return fmt.Sprintf("ledger: no proof speaks of a tree of %d entries, at most of %d", e.Size, uint64(MaxSize))
	}
	if e.Old == 0 {
		return "ledger: every tree begins with the empty one, so that shows nothing"
	}
	return fmt.Sprintf("ledger: a tree of %d entries does not begin with one of %d", e.Size, e.Old)
}

// Unwrap gives [ErrGrowth].
func (e *GrowthError) Unwrap() error { return ErrGrowth }

// A FormError says why a text is not of the form that it should have. It never
// quotes the text. It wraps the error of that form, as [ErrBadCheckpoint].
type FormError struct {
	Of  error  // the form
	Why string // what is wrong
}

func (e *FormError) Error() string { return e.Of.Error() + ": " + e.Why }

// Unwrap gives the error of the form.
func (e *FormError) Unwrap() error { return e.Of }

// An OriginError says of which ledger a checkpoint is, and of which it should be.
// It wraps [ErrOrigin].
type OriginError struct{ Got, Want string }

func (e *OriginError) Error() string {
	return fmt.Sprintf("ledger: the checkpoint is of the ledger %q, not of %q", e.Got, e.Want)
}

// Unwrap gives [ErrOrigin].
func (e *OriginError) Unwrap() error { return ErrOrigin }

// A ForkError says that a tree is not the one that was signed before, grown: it is
// smaller, or its beginning is another. It wraps [ErrFork].
type ForkError struct {
	Signed Checkpoint // what was signed
	Size   uint64     // the size of the tree that was to be signed
}

func (e *ForkError) Error() string {
	if e.Size < e.Signed.Size {
		return fmt.Sprintf("ledger: a tree of %d entries was signed before, and this one has %d: entries were lost, or an old copy was put back", e.Signed.Size, e.Size)
	}
	return fmt.Sprintf("ledger: this tree of %d entries does not begin with the %d that were signed before: something among them was changed", e.Size, e.Signed.Size)
}

// Unwrap gives [ErrFork].
func (e *ForkError) Unwrap() error { return ErrFork }

// A ShortError says that a store ends before the size it should have: its tail
// was cut off, or it is an old copy. It wraps [ErrShort].
type ShortError struct {
	Size uint64 // how many entries there should be at least
	Held uint64 // how many there are
}

func (e *ShortError) Error() string {
	return fmt.Sprintf("ledger: the store ends after %d entries, where %d should be", e.Held, e.Size)
}

// Unwrap gives [ErrShort].
func (e *ShortError) Unwrap() error { return ErrShort }

// A RootError says that the first Size entries of a store are not those that a
// root stands for: at least one was changed, removed, inserted or moved. It
// wraps [ErrOtherRoot].
type RootError struct {
	Size uint64    // the size of the tree
	Want tlog.Hash // the root given
	Got  tlog.Hash // the root of the entries that are there
}

func (e *RootError) Error() string {
	return fmt.Sprintf("ledger: the first %d entries have the root %v, not %v", e.Size, e.Got, e.Want)
}

// Unwrap gives [ErrOtherRoot].
func (e *RootError) Unwrap() error { return ErrOtherRoot }

// A CorruptError says where stored bytes are not what was written. It never
// quotes them. It wraps [ErrCorrupt].
type CorruptError struct {
	Entry uint64 // the position of the first entry that cannot be trusted, where Part is empty
	Part  string // which part cannot be trusted, where the damage lies in the vault
	What  string // what is wrong with it
}

func (e *CorruptError) Error() string {
	if e.Part != "" {
		return fmt.Sprintf("ledger: part %s is damaged: %s", e.Part, e.What)
	}
	return fmt.Sprintf("ledger: entry %d is damaged: %s", e.Entry, e.What)
}

// Unwrap gives [ErrCorrupt].
func (e *CorruptError) Unwrap() error { return ErrCorrupt }
