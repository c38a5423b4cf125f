package filestore

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// openForWriting opens the ledger on a disk, or founds it.
func openForWriting(d disk, grow stride, indexStep int64) (*Store, error) {
	lock, err := d.Lock(lockName)
	if err != nil {
		return nil, err
	}
	s := &Store{disk: d, locked: true, writing: newTurn(), indexStep: indexStep}
	if err = probe(d); err == nil {
		s.durability.Synced = true
		s.durability.FileSystem, s.durability.Survives = d.kind()
		err = found(d)
	}
	if err == nil {
		s.entries.grow, s.parts.grow = grow, grow
		err = s.openAndSettle(d)
	}
	s.open = append(s.open, lock) // closed last
	if err != nil {
		return nil, errors.Join(err, s.release())
	}
	return s, nil
}

func (s *Store) openAndSettle(d disk) error {
	f, err := s.load(d)
	if err != nil {
		return err
	}
	return s.settle(d, f)
}

// openForReading opens the ledger on a disk as it is.
func openForReading(d disk) (*Store, error) {
	s := &Store{disk: d, writing: newTurn()}
	if _, err := s.load(d); err != nil {
		return nil, errors.Join(err, s.release())
	}
	return s, nil
}

// found makes the files of a new ledger, unless there is one. The file of
// entries comes last: once it is there, so is all the rest.
func found(d disk) error {
	if there, err := exists(d, entriesName, 0); there || err != nil {
		return err
	}
	if there, err := exists(d, markName, 0); there || err != nil {
		return errors.Join(err, lost(entriesName, there))
	}
	if there, err := exists(d, partsName, headerSize+1); there || err != nil {
		return errors.Join(err, lost(entriesName, there))
	}
	if err := foundFile(d, partsName, partsMagic); err != nil {
		return err
	}
	return foundFile(d, entriesName, entriesMagic)
}

// exists tells whether there is a file of at least that size.
func exists(d disk, name string, size int64) (bool, error) {
	f, err := d.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	n, err := f.Size()
	return n >= size, errors.Join(err, f.Close())
}

// lost says that a file is gone which must have been there, if so.
func lost(name string, so bool) error {
	if !so {
		return nil
	}
	return &ledger.CorruptError{What: "the file " + name + " is gone, though others of the ledger are there"}
}

// foundFile makes a file with nothing in it but its header.
func foundFile(d disk, name, magic string) error { return osfile.Replace(d, name, newHeader(magic)) }

// findings are what came of reading both journals.
type findings struct{ entries, parts scan }

// load opens the files and reads both journals. It changes nothing.
func (s *Store) load(d disk) (findings, error) {
	nonce, err := s.openJournal(d, &s.entries, entriesName, entriesMagic, entryFormat)
	if errors.Is(err, fs.ErrNotExist) {
		return findings{}, fmt.Errorf("%w: it has no file %s", ledger.ErrNotLedger, entriesName)
	}
	if err != nil {
		return findings{}, err
	}
	s.partsNonce, err = s.openJournal(d, &s.parts, partsName, partsMagic, partFormat)
	if errors.Is(err, fs.ErrNotExist) {
		return findings{}, lost(partsName, true)
	}
	if err != nil {
		return findings{}, err
	}
	s.hashes.nonce = nonce
	if err := s.openMarks(d, nonce); err != nil {
		return findings{}, err
	}
	s.index, s.indexed = map[ledger.Commitment]spot{}, mark{entries: start, parts: start}
	if x, ok := s.loadIndex(d); ok {
		s.sparse, s.index = x.sparse, x.spots
		s.indexed = mark{entries: x.entries, parts: x.parts}
		if x.note != nil {
			s.noteSigned(x.note, place{x.noteSize, x.signed})
		}
	}
	return s.scan()
}

// openJournal opens one of the two journals and returns its nonce.
func (s *Store) openJournal(d disk, j *journal, name, magic string, form func([]byte) format) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	s.open = append(s.open, f)
	nonce, err := readHeader(f, magic)
	if err != nil {
		return nil, err
	}
	j.name, j.f, j.format = name, f, form(nonce)
	return nonce, nil
}

// openMarks reads the marks. If their file is missing, it is not known how far
// the journals were durable.
func (s *Store) openMarks(d disk, nonce []byte) error {
	s.marks = newMarks(nonce)
	f, err := d.Open(markName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	s.open = append(s.open, f)
	return s.marks.Load(f)
}

// scan reads both journals and remembers where things are, leaving out what
// belongs to an unfinished write.
func (s *Store) scan() (f findings, err error) {
	durable := s.marks.last()
	f.entries, err = s.entries.scan(s.indexed.entries, durable.entries, func(p place, fr frame) {
		switch {
		case !fr.signed:
			s.noteEntry(p.count, p.offset)
		case s.locked || p.next(fr).offset <= durable.entries.offset: // see LastSigned
			s.noteSigned(fr.body, p)
		}
	})
	if err != nil && !s.overtaken(f.entries.last, func(m mark) place { return m.entries }) {
		return findings{}, err
	}
	s.entries.end = f.entries.last
	s.sparse = s.sparse[:(s.entries.end.count+sparseStep-1)/sparseStep]

	unfinished := map[ledger.Commitment]spot{}
	f.parts, err = s.parts.scan(s.indexed.parts, durable.parts, func(p place, fr frame) {
		unfinished[partCommitment(fr.body)] = spot{p.count, p.offset}
		if fr.after == 0 {
			maps.Copy(s.index, unfinished)
			clear(unfinished)
		}
	})
	if err != nil && s.overtaken(f.parts.last, func(m mark) place { return m.parts }) {
		err = nil
	}
	s.parts.end = f.parts.last
	return f, err
}

// overtaken tells whether a writer has meanwhile marked as durable what stands
// behind the place last, where a reader beside it has found something wrong: the
// reader saw one write half, and a later one whole. Then there is nothing wrong, and
// the reader stays where it is: what was acknowledged when it began lies before.
func (s *Store) overtaken(last place, of func(mark) place) bool {
	if s.locked || s.marks.File == nil || last.offset < headerSize {
		return false
	}
	return s.marks.Load(s.marks.File) == nil && of(s.marks.last()).offset > last.offset
}

// settle makes true what was found: it takes unfinished writes off the ends,
// makes durable what stands, and marks it.
func (s *Store) settle(d disk, f findings) error {
	s.repaired = Repair{
		Entries:    f.entries.reached.count - f.entries.last.count,
		EntryBytes: f.entries.torn(),
		Parts:      f.parts.reached.count - f.parts.last.count,
		PartBytes:  f.parts.torn(),
	}
	if err := s.parts.settle(f.parts); err != nil {
		return err
	}
	if err := s.entries.settle(f.entries); err != nil {
		return err
	}
	if s.marks.File == nil {
		mf, err := d.Create(markName)
		if err != nil {
			return err
		}
		s.open = append(s.open, mf)
		s.marks.File = mf
		if err := d.Sync(); err != nil {
			return err
		}
	}
	s.queue.size, s.queue.allBack = s.entries.end.count, make(chan struct{}, 1)
	if err := s.marks.set(s.entries.end, s.parts.end); err != nil {
		return err
	}
	s.keepIndex(d)
	return nil
}
