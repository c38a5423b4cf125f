// Package upgrade holds the ledger to what was written once: whole deposits of an
// organisation, as a program left them on a disk, with all that belongs to one: the
// folder of the store with its tree and the last signed checkpoint, the vault, the
// keeper of its keys, an export, receipts, a signed refusal, and ids that were given to
// people. Every later version opens each of them, comes to what they came to then, and
// goes on with them (C1); and what is of a form that comes later is refused, not guessed
// at (C2).
//
// A deposit lies in testdata, in a folder with the month of its forms, and is never
// edited. When a form has been added, another is put beside the old ones:
//
//	go test ./internal/upgrade -record 2027-01
//
// There is nothing here but the tests.
package upgrade
