package filestore

import (
	"context"
	"errors"
	"io/fs"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

var _ ledger.Snapshotter = (*Store)(nil)

// LastSnapshot implements [ledger.Snapshotter].
func (s *Store) LastSnapshot(ctx context.Context) ([]byte, error) {
	s.saving.Lock()
	defer s.saving.Unlock()
	if err := errors.Join(s.usable(), ctx.Err()); err != nil {
		return nil, err
	}
	f, err := s.disk.Open(snapshotName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b, err := s.readSnapshot(f)
	return b, errors.Join(err, f.Close())
}

// readSnapshot reads what stands behind the header of this ledger's snapshot, and
// nothing where that is another's, or no snapshot can be so large.
func (s *Store) readSnapshot(f osfile.File) ([]byte, error) {
	nonce, err := readHeader(f, snapshotMagic)
	if err != nil || string(nonce) != string(s.hashes.nonce) {
		return nil, nil // whatever it is, it is not what was saved
	}
	size, err := f.Size()
	if err != nil || size <= headerSize || size > headerSize+ledger.MaxSnapshot {
		return nil, err
	}
	b := make([]byte, size-headerSize)
	if n, err := f.ReadAt(b, headerSize); n < len(b) {
		return nil, err
	}
	return b, nil
}

// SaveSnapshot implements [ledger.Snapshotter]. The snapshot survives what an entry
// survives. Entries can be appended meanwhile.
func (s *Store) SaveSnapshot(ctx context.Context, snapshot []byte) error {
	if err := ledger.CheckSnapshot(len(snapshot)); err != nil {
		return err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	if err := s.mayWrite(ctx); err != nil {
		return err
	}
	return osfile.Replace(s.disk, snapshotName, append(headerOf(snapshotMagic, s.hashes.nonce), snapshot...))
}
