package filestore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

var _ ledger.Signed = (*Store)(nil)

// LastSigned implements [ledger.Signed]. Where commits are signed it waits for the one
// that is on its way, and until what was signed of it is durable too.
func (s *Store) LastSigned(ctx context.Context) ([]byte, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := errors.Join(s.usable(), ctx.Err()); err != nil {
		return nil, err
	}
	return s.showSigned()
}

// KeepSigned implements [ledger.Signed]. The checkpoint survives what an entry
// survives.
func (s *Store) KeepSigned(ctx context.Context, old, signed []byte) error {
	if len(signed) == 0 || len(signed) > ledger.MaxNote {
		return &ledger.LimitError{What: "bytes in one signed checkpoint", Size: len(signed), Limit: ledger.MaxNote}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.mayWrite(ctx); err != nil {
		return err
	}
	kept, err := s.lastSigned()
	if err != nil {
		return err
	}
	if !bytes.Equal(kept, old) {
		return ledger.ErrConflict
	}
	if err := s.mayKeep(signed); err != nil {
		return err
	}
	return s.replaceSigned(signed)
}

// replaceSigned keeps a checkpoint in the file of its own.
func (s *Store) replaceSigned(signed []byte) error {
	if err := osfile.Replace(s.disk, signedName, signed); err != nil {
		return s.fail(err)
	}
	s.checkpoints.kept, s.checkpoints.owed = bytes.Clone(signed), false
	return nil
}

// readSigned reads what is kept in the file of its own, and nothing where nothing is. It
// is read each time: that is seldom, and what is on the disk is what counts.
func (s *Store) readSigned() ([]byte, error) {
	f, err := s.disk.Open(signedName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, s.fail(err)
	}
	size, err := f.Size()
	if err == nil && (size == 0 || size > ledger.MaxNote) {
		return nil, errors.Join(&ledger.CorruptError{What: fmt.Sprintf("the file %s has %d bytes", signedName, size)}, f.Close())
	}
	b := make([]byte, size)
	if err == nil {
		_, err = f.ReadAt(b, 0)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, s.fail(err)
	}
	return b, nil
}
