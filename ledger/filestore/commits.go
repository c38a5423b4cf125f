package filestore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/sayround/sayround/ledger"
)

// Where commits are signed, what a commit comes to is signed while its write is on the
// way to the disk, and both are waited for. The checkpoint is carried by the next write,
// behind the entries of that one, and is then of fewer entries than the file holds by
// there; whoever asks for it before has it put into the file signed first. So what was
// shown is on the disk, and stands on entries that were there before it. What the power
// takes is a signature that nobody saw: it is made again, over entries that are there.
//
// Who asked for the last one will ask for the next, which is therefore signed before its
// write and carried by it: then one sync makes both durable.

// checkpoints are what is known of those that were signed. They belong to whoever has
// the turn.
type checkpoints struct {
	signer *ledger.CommitSigner // nil: commits are not signed
	kept   []byte               // signed last, where there is a signer
	owed   bool                 // whether it is not on the disk yet; then nobody has seen it
	asked  bool                 // whether somebody has asked since the last commit

	note   []byte // in the last frame of the file that holds one; nil is none
	size   uint64 // of the ledger behind that frame: the note is of no more
	offset int64  // of the frame in the file
}

// SignCommits lets every commit be signed, from now on and until the store is closed:
// [Store.LastSigned] is the checkpoint of the last commit, for all of whose entries Append
// or Wait has returned nil or is about to. What the ledger holds already is read, and
// signed, first; until then nobody else writes.
//
// A commit costs a signature more, made while its sync runs, and some 200 bytes in the
// file, for all who share it. Its checkpoint reaches the disk with the next commit, with
// Close, or when LastSigned is asked for it, which then takes as long as writing a small
// file. Once LastSigned has returned it, it survives what an entry survives; if the power
// goes before, the next SignCommits signs it again. Where somebody asks after each
// commit, each is signed before its write, and is on the disk with it.
//
// The signer must be one that keeps what it signs in this store, and is called from a
// goroutine of the store's own. A commit that cannot be signed is not acknowledged: its
// entries are taken off again, as after a failed sync, and the store is dead. While commits
// are signed, KeepSigned keeps the same checkpoint with more signatures, such as those of
// witnesses, until the next commit; and whoever asks a witness may well find that there
// was one meanwhile.
func (s *Store) SignCommits(ctx context.Context, signer *ledger.Signer) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.mayWrite(ctx); err != nil {
		return err
	}
	kept, err := s.lastSigned()
	if err != nil {
		return err
	}
	commits, err := signer.Commits(ctx, s, s.entries.end.count, kept)
	if err != nil {
		return err
	}
	now, err := commits.Sign(kept)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, kept) {
		if err := s.replaceSigned(now); err != nil {
			return err
		}
	}
	s.checkpoints.signer, s.checkpoints.kept = commits, now
	return nil
}

// A signature is how one commit is signed.
type signature struct {
	note []byte     // signed of all entries, those of the commit included
	done chan error // tells that it was, or why not; nil if it was before the write

	carried []byte // the checkpoint behind the entries in the write; nil is none
	at      int    // where its frame stands among those of the write
}

// sign makes the frames of a group ready for their write. With a signer it puts behind
// them what is to be carried, and lets the commit be signed while it is written.
func (s *Store) sign(g *group) (*signature, error) {
	c, entries := &s.checkpoints, g.frames
	n := &signature{at: len(entries)}
	switch {
	case c.signer == nil:
	case c.asked:
		if err := n.sign(c, entries); err != nil {
			return nil, err
		}
		n.carried = n.note
	case c.owed:
		n.carried = c.kept
	}
	if n.carried == nil {
		s.entries.seal(g.frames, g.count, 0)
	} else {
		s.entries.seal(g.frames, g.count, 1)
		g.frames = s.entries.appendFrame(g.frames, frame{
			position: s.entries.end.count + uint64(g.count),
			before:   g.count,
			body:     n.carried,
			signed:   true,
		}, nil)
	}
	if c.signer != nil && n.note == nil {
		n.done = make(chan error, 1)
		go func() { n.done <- n.sign(c, entries) }()
	}
	return n, nil
}

// sign signs the tree with the entries in these frames. A key that panics is one that
// fails: those who wait for the commit are told, whichever goroutine it is.
func (n *signature) sign(c *checkpoints, frames []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("filestore: the signer panicked: %v", r)
		}
	}()
	for len(frames) > 0 {
		end := frameHead + int(parseHead(frames).length)
		c.signer.Append(frames[frameHead:end])
		frames = frames[end:]
	}
	note, err := c.signer.Sign(c.kept)
	if err != nil {
		return err
	}
	if len(note) > ledger.MaxNote {
		return &ledger.LimitError{What: "bytes in one signed checkpoint", Size: len(note), Limit: ledger.MaxNote}
	}
	n.note = note
	return nil
}

// wait returns once the commit is signed, or cannot be.
func (n *signature) wait() error {
	if n.done == nil {
		return nil
	}
	return <-n.done
}

// noteSignature remembers what was signed of a commit that is durable, and what was carried
// by its write, which is at the offset.
func (s *Store) noteSignature(n *signature, offset int64) {
	c := &s.checkpoints
	if n.carried != nil {
		s.noteSigned(n.carried, place{s.entries.end.count, offset + int64(n.at)})
	}
	if n.note != nil {
		c.kept, c.owed, c.asked = n.note, n.done != nil, false
	}
}

// showSigned returns what was signed last, once it is on the disk.
func (s *Store) showSigned() ([]byte, error) {
	c := &s.checkpoints
	c.asked = true
	if err := s.payOwed(); err != nil {
		return nil, err
	}
	return s.lastSigned()
}

// payOwed puts what was signed last on the disk, if it is not there.
func (s *Store) payOwed() error {
	if !s.checkpoints.owed {
		return nil
	}
	return s.replaceSigned(s.checkpoints.kept)
}

// noteSigned remembers the checkpoint in a frame that is durable.
func (s *Store) noteSigned(note []byte, at place) {
	c := &s.checkpoints
	c.note, c.size, c.offset = append(c.note[:0], note...), at.count, at.offset
}

// signedAt reads the checkpoint in the frame at an offset before the place end.
func (s *Store) signedAt(offset int64, end place) (note []byte, size uint64, ok bool) {
	if offset < headerSize || offset >= end.offset {
		return nil, 0, false
	}
	w := newWindow(s.entries.f, offset, end.offset, frameHead+ledger.MaxNote)
	b, err := w.bytes(offset, frameHead)
	if err != nil || len(b) < frameHead {
		return nil, 0, false
	}
	size = parseHead(b).position
	fr, wrong, err := s.entries.read(w, offset, size)
	return fr.body, size, err == nil && wrong == "" && fr.signed && size <= end.count
}

// lastSigned returns the checkpoint that was signed last. Without a signer that is the one
// in the last frame that holds one or, where one of no fewer entries than lie before that
// frame is in the file of its own, that.
func (s *Store) lastSigned() ([]byte, error) {
	c := &s.checkpoints
	if c.signer != nil {
		return bytes.Clone(c.kept), nil
	}
	kept, err := s.readSigned()
	if err != nil || c.note == nil {
		return kept, err
	}
	if kept != nil {
		later, err := unopened(kept)
		if err != nil {
			return nil, &ledger.CorruptError{What: fmt.Sprintf("the file %s holds no checkpoint: %v", signedName, err)}
		}
		if later.Size >= c.size {
			return kept, nil
		}
	}
	return bytes.Clone(c.note), nil
}

// mayKeep says whether this may be kept where commits were signed: a checkpoint of no
// fewer entries than lie before the last frame that holds one, or one could not tell which
// came later; and while they are signed the same one, or the next would contradict it.
func (s *Store) mayKeep(signed []byte) error {
	c := &s.checkpoints
	if c.note == nil && c.signer == nil {
		return nil
	}
	next, err := unopened(signed)
	if err != nil {
		return err
	}
	if c.signer == nil {
		if next.Size < c.size {
			last, _ := unopened(c.note)
			return &ledger.ForkError{Signed: last, Size: next.Size}
		}
		return nil
	}
	if last, err := unopened(c.kept); err != nil || next != last {
		return &ledger.ForkError{Signed: last, Size: next.Size}
	}
	return nil
}

// unopened reads a signed checkpoint without a look at its signatures.
func unopened(signed []byte) (ledger.Checkpoint, error) {
	text, _, _ := strings.Cut(string(signed), "\n\n")
	return ledger.ParseCheckpoint(text + "\n")
}

// seal puts into the heads of frames what hangs on how many a write holds, and the
// checksums. So many more frames than these will follow.
func (f format) seal(frames []byte, count, more int) {
	for i := range count {
		n := frameHead + int(parseHead(frames).length)
		binary.BigEndian.PutUint16(frames[16:], uint16(i))
		binary.BigEndian.PutUint16(frames[18:], uint16(count-1-i+more))
		binary.BigEndian.PutUint32(frames, checksum(f.seed, frames[4:n]))
		frames = frames[n:]
	}
}
