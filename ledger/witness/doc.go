// Package witness is a witness of ledgers, and the way to ask one.
//
// An operator could show one ledger to some members and another to others: each is
// whole by itself, and each is signed. A witness sees to it that there is one. It
// remembers the last checkpoint that it has seen of a ledger, and puts its name under
// a next one only when that has grown out of it. Whoever asks for the names of
// witnesses beside that of the ledger ([ledger.Policy]) sees what they have seen, and
// a split takes as many bad witnesses as the policy asks for good ones.
//
//	w, err := witness.New(key, witness.Ledger{Keys: keys, Last: store})
//	http.ListenAndServe("localhost:8090", w)
//
// A witness needs little: a key, the keys of the ledgers, and one signed checkpoint
// for each, kept where it survives ([ledger.Signed]). It sees names, sizes and hashes
// and nothing else.
//
// # What is asked, and what is answered
//
// A ledger posts its checkpoint to add-checkpoint, with the proof that it has grown
// out of the one that the witness signed last ([Ask] does it):
//
//	200   the line with the name of the witness
//	400   the request cannot be read, or names a size beyond the checkpoint's
//	403   no key that is known for this ledger has signed
//	404   the witness does not know this ledger
//	409   it has seen another size last, which the answer names: try again from there
//	422   what it has seen is not the beginning of this: history was rewritten
//	500   what was seen cannot be kept, and so nothing was signed
//
// What is seen is kept before it is answered, so a witness that was killed does not
// sign anything that contradicts what it signed.
//
// Where two trees have the same size and other roots the answer is 422. The text of
// C2SP tlog-witness asks for 409 there, the number that also says "you are behind";
// the witnesses that are run today say 422, and to whoever asks both mean no.
//
// Source: C2SP tlog-witness, tlog-cosignature.
package witness
