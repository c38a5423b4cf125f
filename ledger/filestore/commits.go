package filestore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/sayround/sayround/ledger"
)

// Where commits are signed, the checkpoint that a commit comes to lies behind its
// entries, in the same write: one sync makes both durable, and a power cut takes both
// or neither. So what was signed and is gone was shown to nobody, and what was shown
// stands on entries that are there.

// checkpoints are what is known of those that were signed. They belong to whoever has
// the turn.
type checkpoints struct {
	signer *ledger.CommitSigner // nil: commits are not signed
	kept   []byte               // what is kept, where there is a signer

	note   []byte // signed with the last commit that was; nil is none
	size   uint64 // of the ledger by then
	offset int64  // of its frame in the file
}

// SignCommits lets every commit carry a checkpoint that the signer has signed, from now
// on and until the store is closed: [Store.LastSigned] is that of the last commit, for
// all of whose entries Append or Wait has returned nil or is about to. What the ledger
// holds already is read, and signed, first; until then nobody else writes.
//
// A commit costs a signature more, and some 200 bytes in the file, for all who share it.
//
// The signer must be one that keeps what it signs in this store. A commit that cannot be
// signed is not written, and the store is dead. While commits are signed, KeepSigned
// keeps the same checkpoint with more signatures, such as those of witnesses, until the
// next commit; and whoever asks a witness may well find that there was one meanwhile.
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

// sign puts the signed checkpoint behind the entries of a group, and returns it with the
// offset of its frame among theirs. Without a signer there is none.
func (s *Store) sign(g *group) (note []byte, at int, err error) {
	signer := s.checkpoints.signer
	if signer == nil {
		s.entries.seal(g.frames, g.count, 0)
		return nil, 0, nil
	}
	for at < len(g.frames) {
		n := frameHead + int(parseHead(g.frames[at:]).length)
		signer.Append(g.frames[at+frameHead : at+n])
		at += n
	}
	if note, err = signer.Sign(s.checkpoints.kept); err != nil {
		return nil, 0, err
	}
	if len(note) > ledger.MaxNote {
		return nil, 0, &ledger.LimitError{What: "bytes in one signed checkpoint", Size: len(note), Limit: ledger.MaxNote}
	}
	s.entries.seal(g.frames, g.count, 1)
	g.frames = s.entries.appendFrame(g.frames, frame{
		position: s.entries.end.count + uint64(g.count),
		before:   g.count,
		body:     note,
		signed:   true,
	}, nil)
	return note, at, nil
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

// lastSigned returns the checkpoint that is kept: that of the last commit that was
// signed or, where one of no fewer entries was kept since, that.
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
// fewer entries than the last of them, or one could not tell which came later; and while
// they are signed the same one, or the next would contradict it.
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
