// Package escrow gives the secrets of a vault into the hands of trustees, so that the
// loss of the keeper's file is not the loss of everything that was ever said.
//
//	err := escrow.Seal(file, "minutes/vault", "/another/disk/keeper", ana, bo)
//	err := escrow.Restore(file, "minutes/vault", "/another/disk/keeper", identity)
//
// What is sealed are the keeper's file and the table of keys (see package ledger/vault),
// as a tar archive with the two files keeper and keys, encrypted with age to all
// trustees. Each of them can open it alone, also without this package:
//
//	age -d -i identity.txt escrow.age | tar x
//
// So a trustee who has a copy of the texts too can read what was said. Choose people
// whom the members have agreed on, give them no backups, and give those who keep
// the backups no escrow. At least two, since people lose things as well.
//
// # Escrow and forgetting
//
// A sealed copy holds the keys of everybody who had not been erased when it was made.
// Seal a new one after each rotation of keys, and have the trustees destroy the old
// ones: a new one is needed, since an old one does not open what was said under keys that
// came later; and as long as an old one is there, whoever erased relies on it that no
// trustee has a copy of the texts from that time. The day on which the old ones are
// destroyed belongs in the minutes.
//
// It is a module of its own, so that age never enters the graph of those who need no
// escrow.
package escrow
