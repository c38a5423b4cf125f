// Package hostile holds the ledger to a corpus of files that somebody has changed:
// checkpoints, proofs, receipts, policies, notes, exports, requests to a witness,
// entries, and whole ledgers in a folder. Each file says what is wrong with it and
// which error it must get; the tests knock with each at the door that others would
// use. testdata/README.md tells the form, so that other programs can use the files
// too.
//
// Snapshots are not among them: each is bound to the one version of the program that
// made it, so that a file would be refused for that alone. Package consent makes its
// hostile ones anew each time.
//
// There is nothing here but the tests.
package hostile
