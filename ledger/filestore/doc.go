// Package filestore keeps a ledger in one directory, with nothing but the
// standard library.
//
//	s, err := filestore.Open("minutes")
//	if err != nil { … }
//	defer s.Close()
//
// A [Store] is a [ledger.Store], a [ledger.Vault], a [ledger.Waiter], a
// [ledger.Follower], a [ledger.Hasher], a [ledger.Signed] and a [ledger.Snapshotter].
//
// # What it promises
//
// When Append or Put has returned nil, what was given survives the end of the
// process and of power: the file has been synced, and the directory too when it
// was made. This holds as far as the disk tells the truth about a sync. What could be
// found out about that when the ledger was opened is told by [Store.Durability].
//
// What comes together shares one write and one sync: entries that several callers
// begin ([Store.Begin]) while the disk is busy with others, and their parts before
// them. Whoever waits first writes for all; it gives those who are about to come a
// moment first. Where words are kept elsewhere ([Store.BeginAfter]), it waits for those of
// all. There is no goroutine of the store's own but the one that signs.
//
// Whoever wants it lets each commit be signed ([Store.SignCommits]), once for all who
// share it. The checkpoint is made while the sync runs, and is carried to the disk by the
// next commit, so it costs no time and no sync. It is shown once it is durable, and so
// are the entries that it is of: who asks before it is, waits for that. An Append that
// returned nil promises that its entries are durable and were signed, not that the
// signature is on the disk; one that went with the power was seen by nobody, and is made
// again.
//
// One writer at a time. Whoever opens the ledger second gets [ledger.ErrLocked]
// at once, in the same process too. Any number may look ([OpenReadOnly]).
//
// A write that was cut short, by a crash or a power cut, is taken off the end
// when the ledger is next opened; nobody was ever told that it was there.
// [Store.Repaired] says what was taken off. Anything else that is not as it was
// written is a [ledger.CorruptError] naming the entry, and then nothing on disk
// is changed: restore a copy, or look at what there is with other tools. Each
// entry is checked whenever it is read, against a checksum that finds accidents; so is
// all that was written since the last index, when the ledger is opened. Forgery is
// found by the roots that people keep ([ledger.Verify]).
//
// The content of a part is checked when it is asked for. If it is damaged, that
// part is an error, and everything else can be used: deciding never needs what
// was said.
//
// After a failed write, sync or read the store is dead: every call returns the
// first failure, wrapped in [ledger.ErrDead]. Only opening it again, which
// reads everything anew, tells what is there.
//
// Opening takes one pass over the entries and over the heads of the parts, in small
// buffers, from where the last index ends. In memory stay one offset for every 16 entries, and the
// commitment and place of each part.
//
// # The directory
//
//	entries   the entries
//	parts     the vault
//	mark      how far both are known to be durable
//	signed    the checkpoint that was signed last, as it was given; it is replaced
//	          as a whole. Where commits are signed a later one may lie in entries, or
//	          be signed and nowhere yet
//	hashes    the tree over the entries, as far as somebody asked for it; it may be
//	          deleted at any time
//	snapshot  what somebody made of the entries ([Store.SaveSnapshot]); it is replaced
//	          as a whole, and may be deleted at any time
//	index     where entries and parts are, up to a place; it may be deleted while
//	          nobody has the ledger open
//	lock      held by the writer; empty
//
// On systems without flock (Windows, Plan 9, AIX, Solaris) the file lock exists
// only while there is a writer; one that is killed leaves it behind, and it
// must be deleted by hand.
//
// All numbers are unsigned and big-endian. All checksums are CRC-32C
// (Castagnoli) of a name that ends in a zero byte, then the bytes said below.
//
// # The header of entries and of parts
//
//	 0  16  "sayround/entries", or "sayround/parts" and two zero bytes
//	16   4  version of the format: 1
//	20   8  nonce, drawn by chance when the file was made
//	28   4  checksum of "sayround/header/v1\x00" and bytes 0 to 27
//
// A file with another beginning is no ledger; a greater version is one that
// this program does not know, whatever follows it. Both are refused. A later
// version of this package will still open version 1.
//
// The nonce is part of every checksum in the file. So nobody who writes an
// entry can hide in it bytes that look like another, and what is left on the
// disk of a deleted ledger is never taken for this one.
//
// # Frames
//
// Behind the header stand frames without a gap, one for each entry or part:
//
//	 0   4  checksum of the domain, the nonce, and bytes 4 to 19+n
//	 4   4  n, the length of the body
//	 8   8  position: the number of frames before this one
//	16   2  how many of them were given to the disk in the same write
//	18   2  how many more this write holds
//	20   n  the body
//
// The domain of an entry is "sayround/entry-frame/v1\x00"; its body is the
// entry, so n is 1 to 32768. An Append of three entries at position 7 makes one
// write of three frames: 7 (0 before, 2 after), 8 (1, 1) and 9 (2, 0), and so do three
// entries that were begun together. A write holds at most 4096 frames, and is there
// only if all of its frames are.
//
// Where commits are signed, one frame more may stand behind the entries of a write, counted
// as one that the write holds. Its domain is "sayround/signed-frame/v1\x00"; in its
// length the highest bit is set, to tell it from an entry; its position is the number of
// entries up to there, and so that of the next entry; its body, 1 to 16384 bytes, is the
// checkpoint that was signed last when the write began, or of all entries up to there. It is
// no entry, and has no position of its own. If the checkpoint in the file signed is of
// no fewer entries than the position of the last of these frames, it is the one signed
// last; otherwise the one in the frame is. For a checkpoint that is on the disk already
// no frame is written, and none is put into the file signed that lies between the two.
//
// The domain of a part is "sayround/part-frame/v1\x00"; its body is
//
//	 0  32  commitment
//	32  32  salt
//	64   4  length of the content, at most 262144
//	68   4  its number among the parts of its command
//	72   …  Of, Kind, Class, then each of About, all as 4 bytes of length and
//	        the text; together at most 4096 bytes
//
// and the content stands behind the body, outside of the frame's checksum: the
// commitment covers it.
//
// # Zeros behind the end
//
// While there is a writer, both files go on behind their last frame in zeros,
// written ahead so that the sync of a small write writes nothing but its bytes. A
// file grows by as much as it has, but by no less than 64 KiB and no more than
// 16 MiB. No frame begins with zeros, since none is empty; so zeros up to the end of
// the file are no part of the ledger, no damage, and nothing to report. Close takes
// them off, and so does the next writer.
//
// # The mark
//
// The file mark has two slots, at 0 and at 4096:
//
//	 0   4  checksum of "sayround/mark/v1\x00", the nonce of entries, and bytes
//	        4 to 43
//	 4   8  number of this mark, counting from 1
//	12   8  number of entries
//	20   8  offset of their end in the file entries
//	28   8  number of parts
//	36   8  offset of their end in the file parts
//
// After each sync of either file the next mark is written into the slot of the
// last but one (an odd number into the second), and is not itself synced: it
// may say less than is durable, never more. Of two marks whose checksums are
// right the one with the greater number counts. Close writes both slots and
// syncs them.
//
// # The index
//
// The file index spares opening the reading of everything. It is written as a whole
// when the ledger is opened or closed and a mebibyte or more lies behind the last one,
// and is never truth: what is not what was written, not of these files, or does not
// lead to the end of a write is left aside, and all is read. It has a header as above,
// with "sayround/index" and two zero bytes, and the nonce of entries. Behind it stand
//
//	 0   8  nonce of parts
//	 8   8  number of entries
//	16   8  offset of their end in the file entries
//	24   8  number of parts
//	32   8  offset of their end in the file parts
//	40   8  offset of the last of these parts
//	48   8  a, how many offsets follow
//	56   8  b, how many parts follow
//	64  8a  the offsets of entries 0, 16, 32 and so on
//	 …  48b each part: its commitment, its position, its offset
//	 …   8  offset of the last signed checkpoint in entries, if there is one
//	 …   4  checksum of "sayround/index/v1\x00", the nonce of entries, and all this
//
// # The hashes
//
// The file hashes spares a proof the reading of every entry. It is made from the
// entries when somebody first asks for a proof ([Store.Hashes]), goes on from where
// it ended when they ask again, and is never truth: a page that is not what was
// written, a file of another ledger, or one whose last hash is not that of its
// entries is made anew; what cannot be read or written is done without.
//
// It has a header as above, with "sayround/hashes2", and the nonce of entries. Behind it
// stand pages of 4040 bytes:
//
//	   0  4032  up to 126 hashes of 32 bytes, and zeros where none have come yet
//	4032     4  how many there are
//	4036     4  checksum of "sayround/hash-page/v2\x00", the nonce, the number of the
//	            page in the file from 0 on in 8 bytes, and bytes 0 to 4035
//
// The hashes are those of two entries and more. A page holds six levels of the tree over
// 64 neighbours, without the hash of all of them. In the lowest group of pages these are
// 64 pairs of entries; in the next group they are the hashes of 64 pages of the lowest,
// and so on. On a page the hashes lie in the order in which they become complete: first
// that of the first neighbour, then of the second, of both, of the third, which is the
// order of golang.org/x/mod/sumdb/tlog. Pages of the lowest group lie in their order;
// each of another group is begun behind them when the first below it is full, and is
// written anew as it fills. So the file has some 32 bytes for each entry, and a proof from
// ten million entries reads two pages and a few entries: what lies above is kept in
// memory, in some 100 KiB.
//
// # The snapshot
//
// The file snapshot has a header as above, with "sayround/snap" and three zero bytes,
// and the nonce of entries; behind it stands the snapshot, as it was given. It is never
// truth: one that is not of this ledger, or larger than a snapshot can be, is as good
// as none. Whether its bytes are those that were given, is for whoever gave them to find
// out. To save one is no write of the ledger: where it fails the store can be used as
// before.
//
// # What is a torn tail, and what is damage
//
// Whatever is wrong before the place that the mark names is damage, and so is a
// file that ends before it. Behind that place one write may be unfinished, the
// last one, since no write begins before the one before it is durable. So
// what stands behind the last whole write, up to the last byte that is not zero, is
// a torn tail, and is taken off, if it is no longer than one write can be and holds
// no whole frame of any later write. Otherwise it is damage.
//
// Whoever reads beside a writer may see one write half and a later one whole, read
// a moment later. The mark then names a place behind the first, which it did not
// before: the reader stays where the first began, and takes it for no damage.
//
// A signed checkpoint that stands where the mark does not reach yet may be gone tomorrow,
// and another be signed in its place. So whoever only reads is not shown it.
//
// After a power cut the mark may be old or gone. Then what follows it is judged
// by the last rule alone, and a last write that was damaged after it had become
// durable cannot be told from an unfinished one. Somebody who kept the size of
// the ledger, or a root, can tell.
package filestore
