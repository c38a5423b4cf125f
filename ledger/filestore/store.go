package filestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// A Store is a ledger in a directory. It is a [ledger.Store], a [ledger.Vault], a
// [ledger.Waiter], a [ledger.Pipeliner], a [ledger.Hasher], a [ledger.Signed] and a
// [ledger.Snapshotter], may be used by several goroutines at once, and must be closed.
type Store struct {
	writing turn // of the one who writes
	queue   queue
	disk    disk
	open    []io.Closer // the files, and the lock at last
	locked  bool        // not so if opened for reading only
	entries journal
	parts   journal
	marks   marks
	hashes  hashes
	saving  sync.Mutex // of the one who saves a snapshot; taken before all others

	checkpoints checkpoints

	partsNonce []byte
	indexed    mark   // how far the index goes that is kept
	indexStep  int64  // so many bytes of both journals behind it are worth a new one
	buf        []byte // for the frames of the next parts

	mu       sync.RWMutex // guards what follows, and the ends of the journals
	sparse   []int64      // offsets of every sparseStep-th entry
	index    map[ledger.Commitment]spot
	failed   error // why the store is dead, or nil
	closed   bool
	grown    chan struct{} // closed when an entry comes; nil while nobody waits
	repaired Repair

	durability Durability
}

var (
	_ ledger.Store  = (*Store)(nil)
	_ ledger.Vault  = (*Store)(nil)
	_ ledger.Waiter = (*Store)(nil)
	_ io.Closer     = (*Store)(nil)
)

// sparseStep is the number of entries that one remembered offset stands for.
const sparseStep = 16

// indexStep is how many bytes of the journals may lie behind the index: so much is read
// in no time.
const indexStep = 1 << 20

// maxKept is the largest buffer kept for the next write.
const maxKept = 1 << 20

// A spot tells where in the vault a part is.
type spot struct {
	position uint64
	offset   int64
}

// A Repair tells what Open took off the ends of the files: writes that were
// never finished, so that nobody was told they were there.
type Repair struct {
	Entries    uint64 // entries that were whole but belonged to an unfinished Append
	EntryBytes int64  // bytes taken off the entries, those of broken ones included
	Parts      uint64 // parts that were whole but belonged to an unfinished Put
	PartBytes  int64  // bytes taken off the vault
}

// Open opens the ledger in the directory dir for reading and writing, and
// founds one if there is none. It makes the directory too, but not its parents.
//
// Somebody else may not have it open for writing: then the error is
// [ledger.ErrLocked], at once. A write that was cut short is taken off the end,
// see [Store.Repaired]. Anything else that is not as it was written is a
// [ledger.CorruptError], and nothing has been changed; so too a newer format
// ([ledger.ErrNewerFormat]) and what is no ledger ([ledger.ErrNotLedger]).
func Open(dir string) (*Store, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("filestore: %w", err)
	}
	if err := os.Mkdir(path, osfile.DirMode); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("filestore: %w", err)
	}
	s, err := openForWriting(directory{osfile.Dir{Path: path}}, strides, indexStep)
	if err != nil {
		return nil, fmt.Errorf("filestore: %s: %w", dir, err)
	}
	return s, nil
}

// OpenReadOnly opens the ledger in dir as it is now, for looking at it. It
// takes no lock, repairs nothing and writes nothing, so it may be used beside a
// writer; what is appended later it does not see. Append, Put and Wait fail
// with [ledger.ErrReadOnly].
func OpenReadOnly(dir string) (*Store, error) {
	s, err := openForReading(directory{osfile.Dir{Path: dir, ReadOnly: true}})
	if err != nil {
		return nil, fmt.Errorf("filestore: %s: %w", dir, err)
	}
	return s, nil
}

// Repaired tells what Open had to take off the ends of the files. The zero
// value says that there was nothing; anything else should be logged.
func (s *Store) Repaired() Repair { return s.repaired }

// Append implements [ledger.Store]. The entries survive the end of the process
// and of power once it has returned nil. The context is looked at before the
// write; once begun, a write is finished. Appends and Begins that come together
// share one.
func (s *Store) Append(ctx context.Context, size uint64, entries [][]byte) error {
	if err := ledger.CheckEntries(entries); err != nil {
		return err
	}
	g, err := s.begin(ctx, size, nil, nil, entries)
	if err != nil {
		return err
	}
	return g.Wait()
}

// commit makes what was framed in s.buf durable at the end of a journal, as
// commitBytes does.
func (s *Store) commit(j *journal, records int, note func()) error {
	err := s.commitBytes(j, s.buf, records, nothing, note)
	if cap(s.buf) > maxKept {
		s.buf = nil
	}
	return err
}

// nothing is done beside a write.
func nothing() error { return nil }

// commitBytes makes frames durable at the end of a journal: one write, one sync,
// then the mark. In between it calls note, which remembers where the records are. What is
// done beside the write is waited for, and the write fails with it.
func (s *Store) commitBytes(j *journal, b []byte, records int, beside func() error, note func()) error {
	if err := j.write(b, beside); err != nil {
		return s.fail(err)
	}
	s.mu.Lock()
	note()
	j.end.count += uint64(records)
	j.end.offset += int64(len(b))
	s.mu.Unlock()
	if err := s.marks.set(s.entries.end, s.parts.end); err != nil {
		return s.fail(err)
	}
	return nil
}

// noteEntry remembers where an entry is, if it is one of those remembered.
func (s *Store) noteEntry(position uint64, offset int64) {
	if position%sparseStep == 0 {
		s.sparse = append(s.sparse, offset)
	}
}

// mayWrite says whether a write may begin.
func (s *Store) mayWrite(ctx context.Context) error {
	if err := s.usable(); err != nil {
		return err
	}
	if !s.locked {
		return ledger.ErrReadOnly
	}
	return ctx.Err()
}

// usable returns nil if the store is neither closed nor dead.
func (s *Store) usable() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.state()
}

// state is usable for those who hold mu.
func (s *Store) state() error {
	if s.failed != nil {
		return s.failed
	}
	if s.closed {
		return ledger.ErrClosed
	}
	return nil
}

// fail makes the store dead, unless it is or is closed, and returns what every
// call from now on returns.
func (s *Store) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.state(); err != nil {
		return err
	}
	s.failed = fmt.Errorf("%w: %w", ledger.ErrDead, err)
	s.ring()
	return s.failed
}

// Read implements [ledger.Store]. It yields the entries that were durable when
// the iteration began, and checks each against its checksum.
func (s *Store) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err := s.read(ctx, from, yield); err != nil {
			yield(nil, err)
		}
	}
}

// read yields entries until there are no more or no more are wanted. If it
// returns an error, that is still to be yielded.
func (s *Store) read(ctx context.Context, from uint64, yield func([]byte, error) bool) error {
	if err := s.usable(); err != nil {
		return err
	}
	at, end := s.seek(from)
	w := newWindow(s.entries.f, at.offset, end.offset, maxWindow)
	for at.count < end.count {
		if err := ctx.Err(); err != nil {
			return err
		}
		fr, wrong, err := s.entries.read(w, at.offset, at.count)
		if err != nil {
			return s.fail(err)
		}
		if wrong != "" {
			return s.fail(s.entries.damage(at.count, wrong))
		}
		if at.count >= from && !fr.signed && !yield(fr.body, nil) {
			return nil
		}
		at = at.next(fr)
	}
	return nil
}

// seek returns a remembered place not behind the entry at position from, and
// the end.
func (s *Store) seek(from uint64) (at, end place) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	end = s.entries.end
	if from >= end.count {
		return end, end
	}
	step := from / sparseStep
	return place{step * sparseStep, s.sparse[step]}, end
}

// Wait implements [ledger.Waiter].
func (s *Store) Wait(ctx context.Context, size uint64) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		grown, err := s.growth(size)
		if grown == nil || err != nil {
			return err
		}
		select {
		case <-grown:
		case <-ctx.Done():
		}
	}
}

// growth returns nil if there are more than size entries, or else what is
// closed when the next one comes or the store can be used no longer.
func (s *Store) growth(size uint64) (<-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.state(); err != nil {
		return nil, err
	}
	if s.entries.end.count > size {
		return nil, nil
	}
	if !s.locked {
		return nil, ledger.ErrReadOnly
	}
	if s.grown == nil {
		s.grown = make(chan struct{})
	}
	return s.grown, nil
}

// ring wakes those who wait.
func (s *Store) ring() {
	if s.grown != nil {
		close(s.grown)
		s.grown = nil
	}
}

// Close writes what was begun and what was signed, closes the files and lets the next writer in. Closing
// again does nothing; any other call afterwards fails with [ledger.ErrClosed], or
// with what killed the store.
func (s *Store) Close() error {
	s.saving.Lock()
	defer s.saving.Unlock()
	s.writing.Lock()
	defer s.writing.Unlock()
	s.queue.mu.Lock()
	g := s.queue.next
	s.queue.next, s.queue.closing = nil, true
	s.queue.mu.Unlock()
	if g != nil {
		g.finish() // those who wait for it are told
	}
	var owed error
	if s.usable() == nil {
		owed = s.payOwed()
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.ring()
	s.mu.Unlock()
	err := owed
	if s.locked && s.failed == nil {
		err = errors.Join(s.entries.close(), s.parts.close(), s.marks.Settle())
		s.keepIndex(s.disk)
	}
	return errors.Join(err, s.release())
}

// release closes what is open.
func (s *Store) release() error {
	s.hashes.mu.Lock()
	s.hashes.shut()
	s.hashes.mu.Unlock()
	var errs []error
	for _, c := range s.open {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}
