// Package vault keeps what people say so that they can be forgotten: a [Vault] is a
// [ledger.Vault] in a directory, encrypted under the keys of those whom it is about.
//
//	keeper, err := vault.OpenKeeper("/another/disk/keeper")
//	if err != nil { … }
//	v, err := vault.Open(ctx, "minutes/vault", vault.Config{Keeper: keeper, Origin: "example.org/coop"})
//	if err != nil { … }
//	defer v.Close()
//
// It stands beside a store of entries, as that of package ledger/filestore, and takes
// the place of the store's own vault, which encrypts nothing.
//
// # Forgetting
//
// Each person has a key, and each part lies under the keys of those whom it is about.
// [Vault.Erase] destroys the keys of people, and then takes what lay under them out of the
// file. From the moment at which the table without the keys is on the disk, it opens with
// nothing that the vault has, whatever happens next; if the rest is cut short, the next
// Open does it. What was erased reads as [ledger.ErrErased], and what is gone
// otherwise as [ledger.ErrNoPart] or a [ledger.CorruptError]: of an erased part stays
// its commitment, which without its salt tells nothing, and nothing of what or about whom
// it was. The ledger stays as it is: entries, proofs and decisions need no words.
//
// A part about several people goes with the first of them that is erased: its key is
// made of all of theirs, so any copy of it is as dead as the part. In a class that is
// shared ([Class]) it stays until the last of them is erased, and the others can read
// it. A part about nobody belongs to the ledger; it lies under a key that no erasure of
// people destroys, and is erased by itself.
//
// [Vault.EraseParts] erases single parts, whomever they are about: what has been kept
// for as long as its class says, or has been put right by another. The people get new
// keys, and what else lay under the old ones is sealed anew.
//
// [Vault.EraseAs] and [Vault.ErasePartsAs] do so under a mark, that whoever erases
// chooses. What is erased bears it, and reads as a [ledger.ErasedError] with it: so it can
// be told when and why each part was erased, where that is on record. Parts erased under
// one mark can be told to have gone together; no mark names anybody.
//
// [Vault.HandOver] makes parts be about nobody: what somebody said and all have since
// agreed on is a thing of all, and stays when they are erased.
//
// [Vault.Hold] keeps what is about somebody from being erased, as a court may ask for.
// [Vault.About] yields all that is about somebody, for those who ask what is known
// about them.
//
// An erasure writes the file of texts anew, so it takes time in proportion to the whole
// vault, and Put waits meanwhile. Erase several people in one call.
//
// # Deleting is not erasing
//
// What was in a file is still on the disk for a while, in copies and in backups. That
// is why keys are destroyed, and why the table of keys opens only with a key that is in
// no file of the vault, but with a [KeyKeeper]. [Vault.Rotate] begins a new epoch and
// has the keeper destroy the key of the one before: then no table of keys from before
// opens any more, wherever there is one. So erasing somebody takes two
// calls: Erase, and then Rotate, at once or on the first of the month. Until then
// somebody who has an old copy of the directory and the keeper can read what was erased.
//
// # Backups
//
// A backup is a copy of keys and texts that belong together: copy keys, then texts, then
// keys again, and begin anew if they differ. The texts of an older one open with the keys
// of today and with no others, but for what was erased since; so after a rotation it is
// enough to copy the keys. After an EraseParts copy both, for what else lay under the old
// keys of those people is sealed anew. Never copy the keeper's file to where the
// backups are. The file reach belongs to the texts that it lies beside, so do not copy it; and
// whoever puts older texts in the place of newer ones takes it away, or they are refused.
//
// # What it promises
//
// When Put has returned nil, what was given survives the end of the process and of
// power, as far as the disk tells the truth about a sync. What several begin to put
// ([Vault.BeginPut]) shares one write and one sync. When Erase or EraseParts has, it
// is gone from all files of the vault; when Rotate has, the old key is gone from that of
// the keeper. One program at a time: who opens the vault second gets
// [ledger.ErrLocked]. After a failed write, sync or read the vault is dead, and every
// call returns [ledger.ErrDead], until it is opened again.
//
// A write that was cut short is taken off the end when the vault is next opened
// ([Vault.Repaired]). Anything else that is not as it was written is a
// [ledger.CorruptError]: what is sealed of a part when it is asked for, everything else
// when the vault is opened. The file reach tells how far all was durable, so what is damaged
// at the end, or missing there, is not taken for a write that was cut short. After a power
// cut it may say too little, or be gone: then a last write that was damaged after it had
// become durable cannot be told from an unfinished one; its parts are gone, as the entries
// that bind them tell.
//
// What is sealed opens in its place only: whoever moves it to another part, or changes
// the labels of the part, makes it unreadable. AES-GCM does not bind a text to one key;
// the commitment does, and is checked at each Get.
//
// # What it does not defend
//
//   - Whoever has copied the text keeps it: a screen, a printout, a log, an e-mail.
//   - Whoever has the directory and the keeper can read everything that is not erased,
//     and so can whoever looks into the memory of the program. Go may leave copies of
//     keys there; they are gone when the program ends.
//   - Old bytes. When the keeper destroys a key, its old file is overwritten with zeros.
//     On an SSD, on a file system that copies on writing, or where snapshots are made,
//     that overwrites nothing. There, let a service or a module be the keeper that
//     destroys keys for certain, or encrypt the disk of the keeper and destroy that key
//     when it is given away.
//   - Patterns. Labels are not encrypted: which id said what sort of thing in which
//     command, how long it was and when the file grew. Ids are personal data as long as
//     somebody can tell whose they are; package circle/alias gives out ids of which
//     only the vault can tell it, until their person is erased.
//   - Deletion and roll-back by somebody who can write to the directory. That a part is
//     gone shows, since its entry is there; that a whole old vault was put back within
//     an epoch does not.
//   - The loss of the keeper. Then everything is erased. Package ledger/vault/escrow
//     gives sealed copies of keeper and keys into the hands of trustees.
//
// In memory stay the commitment and the place of each part, and the table of keys. A
// new person costs one writing of the table: 100 bytes for each person.
//
// # Keys
//
//	the keeper's key of the epoch      32 random bytes, with the keeper
//	  wraps the key of the epoch       32 random bytes, new in each epoch
//	    wraps the key of each person   32 random bytes
//	      derives the key of a part    HKDF-SHA-256
//
// To wrap and to seal is AES-256-GCM with a random nonce of 12 bytes, which stands in
// front, and the tag of 16 bytes, which stands behind: 28 bytes more than what is sealed. The
// associated data are
//
//	of the key of the epoch   "sayround/vault/epoch/v1" 00, epoch as 8 bytes
//	of the key of a person    "sayround/vault/person/v1" 00, id of the vault, epoch as
//	                          8 bytes, id of the person
//	of the key of a part      "sayround/vault/wrap/v1" 00, commitment, id of the person
//	of a part                 "sayround/vault/text/v1" 00, form as 1 byte, origin of
//	                          the ledger, Of, No as 4 bytes, Kind, Class
//
// where origin, Of, Kind and Class each stand behind 4 bytes of their length. The
// position of the entry is not among them, for it is not known when a part is put; the
// command and the place in it are as good. About is not, for somebody may leave a
// shared part; whose keys open it says the same.
//
// The key of a joint part (form 1) is HKDF of the keys of all whom it is about, one
// behind the other in the order of About, each once, without salt, for
// "sayround/vault/text/v1" 00 and the commitment. That of a shared part (form 2) is random,
// and is wrapped for each of them, in the same order, under HKDF of that person's key,
// without salt, for "sayround/vault/wrap/v1" 00 and the commitment. A part about nobody
// lies under the key of the person whose id is empty.
//
// What is sealed is the salt of the part, 32 bytes, and its content.
//
// # The files, byte by byte
//
//	texts   the parts
//	keys    the table of keys; it is replaced as a whole
//	reach   how far the texts are known to be durable; it is taken away before they are
//	        replaced, and may be missing
//	lock    held by the one who has the vault open; empty
//
// and that of the keeper, elsewhere. A name that ends in .new is a file that was being
// made to take the place of another. All numbers are unsigned and big-endian. "Text"
// stands for 4 bytes of length and the text.
//
// The keeper's:
//
//	 0  16  "sayround/keeper" and a zero byte
//	16   4  version of the format: 1
//	20  16  id of the vault
//	36   …  for each key, in ascending order: epoch as 8 bytes, and 32 bytes
//	 …  32  SHA-256 of "sayround/vault/keeper/v1" 00 and all of the above
//
// The keys:
//
//	 0  16  "sayround/keys" and three zero bytes
//	16   4  version of the format: 1
//	20  16  id of the vault
//	36   8  epoch
//	44   …  text: origin of the ledger
//	 …   …  text: the key of the epoch, as the keeper wrapped it
//	 …   4  number of people
//	 …   …  for each, in ascending order of their ids:
//	        text: id
//	        1 byte: 0 as usual, 1 held, 2 being erased, 3 getting a new key
//	        60 bytes: the key, wrapped; missing if being erased
//	        60 bytes: the new key, wrapped; only if getting one
//	 …   4  number of parts that are being erased
//	 …  32  for each, in ascending order: its commitment
//	 …   …  text: the mark of the erasure; missing if it has none
//	 …  32  SHA-256 of "sayround/vault/keys/v1" 00 and all of the above
//
// The texts begin with
//
//	 0  16  "sayround/texts" and two zero bytes
//	16   4  version of the format: 1
//	20  16  id of the vault
//	36   4  CRC-32C of "sayround/vault/texts/v1" 00 and bytes 0 to 35
//
// and behind that stand frames without a gap, one for each part:
//
//	 0   4  CRC-32C of "sayround/vault/text-frame/v1" 00, the id of the vault, and
//	        bytes 4 to 27+n
//	 4   4  n, the length of the row
//	 8   8  position: the number of frames before this one
//	16   2  how many of them were given to the disk in the same write
//	18   2  how many more this write holds
//	20   4  m, the length of what is sealed
//	24   4  CRC-32C of "sayround/vault/text-frame/v1" 00, the id of the vault, and what
//	        is sealed
//	28   n  the row
//	 …   m  what is sealed
//
// A write holds at most 16 frames, and is there only if all of its frames are. A row is
//
//	 0   1  form: 0 erased, 1 joint, 2 shared
//	 1  32  commitment
//	33   …  text: the mark under which it was erased   (only if erased under one)
//	33   4  No                                         (from here on not if erased)
//	37   …  texts: Of, Kind, Class
//	 …   4  number of ids in About
//	 …   …  text: each of them
//	 …  60  for each person whom it is about, if shared: its key, wrapped for them
//
// The file reach has two slots, at 0 and at 4096:
//
//	 0   4  CRC-32C of "sayround/vault/reach/v1" 00, the id of the vault, and bytes 4
//	        to 27
//	 4   8  number of this record, counting from 1
//	12   8  number of frames
//	20   8  offset of their end in the file texts
//
// After each sync of the texts the next record is written into the slot of the last but one
// (an odd number into the second), and is not itself synced: it may say less than is
// durable, never more. Of two whose checksums are right the one with the greater number
// counts. Close writes both slots and syncs them.
//
// A file with another beginning is none of a vault ([ledger.ErrNotLedger]); a greater
// version is refused ([ledger.ErrNewerFormat]). A later version of this package will
// still open version 1.
package vault
