package vault

import (
	"errors"
	"fmt"

	"github.com/sayround/sayround/ledger"
)

// The ways in which a vault or its keeper refuses, beside those of package ledger.
// None says a name or a word of anybody.
var (
	// ErrHeld: what was to be erased has to be kept by law for now ([Vault.Hold]), or
	// would take with it what has to be kept about somebody else.
	ErrHeld = ledger.ErrHeld
	// ErrNobody: nobody's id is empty. What is about nobody is erased part by part.
	ErrNobody = errors.New("vault: the id of a person is empty")
	// ErrNoKey: the keeper does not have the key of the epoch of this vault. It is
	// another keeper, or the vault is a copy from before its keys were rotated.
	ErrNoKey = errors.New("vault: the keeper does not have the key for this")
	// ErrOtherVault: the keeper keeps the keys of another vault.
	ErrOtherVault = errors.New("vault: the keeper belongs to another vault")
)

// notOurs says that what lies where a file of the vault should be is none.
func notOurs(name string) error {
	return fmt.Errorf("%w: the file %s does not begin as that of a vault", ledger.ErrNotLedger, name)
}

// newerFormat says that a later version of the library wrote a file.
func newerFormat(name string, v uint32) error {
	return fmt.Errorf("%w: the file %s is of version %d, where this program knows %d", ledger.ErrNewerFormat, name, v, version)
}

// erasedAs says that a part was erased, and under which mark.
func erasedAs(mark string) error {
	if mark == "" {
		return ledger.ErrErased
	}
	return &ledger.ErasedError{Mark: mark}
}

// damaged says that a whole file cannot be trusted.
func damaged(name string) error {
	return &ledger.CorruptError{Part: "file " + name + " of the vault", What: "it is not what was written"}
}

// lost says that a file is gone which must have been there.
func lost(name string) error {
	return &ledger.CorruptError{Part: "file " + name + " of the vault", What: "it is gone, though others are there"}
}

// damagedPart says that one part cannot be trusted.
func damagedPart(c ledger.Commitment, wrong string) error {
	return &ledger.CorruptError{Part: c.String(), What: wrong}
}
