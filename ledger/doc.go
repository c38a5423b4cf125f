// Package ledger keeps the record that people must be able to trust for
// decades, and to be forgotten from. It knows bytes and order only; what the
// bytes mean is said by those who write them.
//
// # Terms
//
// An entry is a string of 1 to [MaxEntry] bytes. Its position counts from 0. A
// ledger is one list of entries that only ever grows; its size is their number.
//
// A [Store] keeps the entries of one ledger: it appends from a stated size on,
// durably and all or none, and it reads in order. [Memory] keeps them in this
// process; package ledger/filestore keeps them in a directory. A driver for
// anything else is two methods, and package ledger/ledgertest holds it to them. A
// [Pipeliner] lets many who append share one sync, and with a [Gatherer] and a [Follower]
// the words of many do.
//
// A [Tree] is the Merkle tree over the entries. Its root is one hash that
// stands for all of them in their order: whoever notes a size and a root can
// tell later whether anything before that size was changed, removed, inserted
// or moved ([Verify]). A [Proof] shows that one entry is in the tree with a
// certain root; it is made from a store by [Prove], and [Check] needs nothing
// but the proof. A [Hasher] is a store that has the hashes for that at hand.
//
// What people say lives beside the entries: a [Part] holds it, a [Vault] keeps
// the parts, and the entry holds the [Commitment] to each. So a part can be
// erased, and every entry, root and proof stays as it was. Package ledger/vault
// keeps them encrypted, and erases.
//
// # What always holds
//
//   - An entry that was appended is never changed and never moves. The bytes
//     hashed are the bytes stored.
//   - Two writers that append from the same size cannot both succeed. The one
//     that comes second gets [ErrConflict], reads what is new, and decides
//     again.
//   - When Append has returned nil, the entries survive what the store promises
//     to survive. When it has failed otherwise than by a refusal, the outcome
//     is unknown: reading tells it.
//   - Damage fails closed. An entry that is missing or changed is an error
//     where it stands ([ErrCorrupt]), never an absence.
//   - The parts that an entry binds are put, durably, before the entry is
//     appended. A part whose entry never came is an orphan and does no harm.
//   - Nobody learns anything about a part from its commitment without its salt,
//     so the salt dies with the part.
//
// # Roots need somebody who keeps them
//
// A root proves nothing by itself: whoever can rewrite the store can compute
// another one. What was tampered with shows to those who kept an earlier size
// and root where the tamperer cannot reach, and to them only. So a ledger signs
// its checkpoints ([Signer]), and people keep them:
//
//	secret, verifier, err := ledger.NewKey("care.example/ledger", nil)
//	key, err := ledger.NewSigner(secret)
//	signer, err := ledger.NewSignerOf("care.example/ledger", store, nil, key)
//	signed, err := signer.SignStore(ctx, store, size)
//
// The signer keeps what it signed before anybody sees it ([Signed]), and signs only
// what has grown out of that: no two checkpoints of a ledger contradict each other
// (I2). A [Policy] says whose checkpoints somebody trusts, and which witnesses must
// have seen them (package ledger/witness); without witnesses an operator can still
// show different ledgers to different people, who find out when they compare. A key is
// followed by another that both sign for ([ChangeKey]).
//
// A store may sign every commit ([CommitSigner]), as ledger/filestore does while its
// sync runs, so that what was acknowledged was signed.
//
// A [Receipt] is the text that a member keeps: an entry, its proof and the signed
// checkpoint. It can be checked on any machine, with nothing but the verifier key. A
// [Refused] is the ledger's signed word that it did not take a command in, and why.
// Package ledger/tiles writes the whole ledger as files that tools of others verify.
//
// The texts are those of C2SP: signed-note, tlog-checkpoint, tlog-cosignature,
// tlog-policy, tlog-proof and tlog-tiles. A checkpoint has three lines and no others:
//
//	care.example/ledger                            the origin: the name of the ledger
//	2986                                           the number of entries
//	9DBTfaqWlCNhGVvp00HyGmSFTADecFKnimZ1bSQPy4E=   the root, in base64
//
// An empty line follows, and then a line for each signature. A change of keys and a
// refusal are notes of the same form. Their first line has spaces, as the name of a
// ledger has not, so that no signature under one of them is one under another:
//
//	sayround change of keys v1     sayround refusal v1
//	care.example/ledger            care.example/ledger
//	the new verifier key           what was sent: a hash, in base64
//	                               the code of the refusal
//	                               the time, in seconds of Unix
//	                               the number of entries by then
//
// # Snapshots
//
// Who reads a ledger from its first entry each time it begins, may keep what came of it
// in a [Snapshotter], with the tree that it is of ([Tree.Edge], [NewTree]). A snapshot is
// never truth: [VerifyTree] says whether its tree is that of the entries that the store
// holds, and whoever made it whether its bytes are as they were.
//
// # Hashes, byte by byte
//
// All hashes are SHA-256. The tree is that of RFC 6962, section 2.1, as in
// certificate transparency and the Go checksum database, so tools that we did
// not write can verify it:
//
//	leaf hash   SHA-256(0x00 ‖ entry)
//	node hash   SHA-256(0x01 ‖ left hash ‖ right hash)
//	root        of no entry: SHA-256("")
//	            of one entry: its leaf hash
//	            of n entries: the node hash of the root of the first k and the
//	            root of the others, k being the largest power of two below n
//
// A proof is the list of the hashes of those subtrees that one needs to get
// from the leaf hash to the root, from the leaf upwards (section 2.1.1).
//
// A commitment binds salt and content, and nothing else:
//
//	commitment  SHA-256("sayround/part/v1" ‖ 0x00 ‖ salt ‖ length ‖ content)
//
//	salt        32 random bytes, used for this part alone
//	length      number of bytes of the content, 64 bits, big-endian
//
// Written as text, a commitment is 43 characters of base64url without padding
// (RFC 4648, section 5), with the unused two bits zero. Another way to make
// commitments would have another name in front, in place of
// "sayround/part/v1"; commitments made so far keep theirs.
package ledger
