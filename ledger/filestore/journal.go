package filestore

import (
	"bytes"
	"errors"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// A place is a boundary between two records of a file: how many lie before it,
// and at which offset it is.
type place struct {
	count  uint64
	offset int64
}

// start is the place of the first record.
var start = place{offset: headerSize}

// next is the place behind a frame that stands at p. A signed checkpoint is not counted.
func (p place) next(fr frame) place {
	if fr.signed {
		return place{p.count, p.offset + fr.size}
	}
	return place{p.count + 1, p.offset + fr.size}
}

// A journal is a file of frames, to which whole writes are added at the end.
type journal struct {
	name string
	f    osfile.File
	format
	end  place // behind the last write that is durable
	room int64 // the size of the file: from end on it holds zeros
	grow stride
}

// A scan is what came of reading a journal from its beginning.
type scan struct {
	size    int64  // the size of the file
	filled  int64  // behind its last byte that is not zero, or last
	last    place  // behind the last whole write
	reached place  // behind the last whole frame, also of an unfinished write
	wrong   string // what is wrong with what stands there, or empty
}

// torn returns how many bytes of an unfinished write lie at the end. Zeros behind
// it count for nothing: they were written ahead, or stand where nothing came to be
// written.
func (s scan) torn() int64 { return s.filled - s.last.offset }

// scan reads the journal from a place on, where a write begins, and shows each frame
// and its place to visit, those of an unfinished write at the end among them. It fails with a CorruptError if
// anything is wrong that an unfinished write does not explain. It changes
// nothing.
//
// Nothing before the place durable may be wrong; durable is start if it is not
// known how far the file was durable.
func (j *journal) scan(from, durable place, visit func(p place, fr frame)) (scan, error) {
	size, err := j.f.Size()
	if err != nil {
		return scan{}, err
	}
	s := scan{size: size, last: from, reached: from}
	w := newWindow(j.f, from.offset, size, maxWindow)
	met := durable.offset <= from.offset
	for s.reached.offset < size {
		fr, wrong, err := j.readNext(w, s, durable)
		if err != nil {
			return scan{}, err
		}
		if s.wrong = wrong; wrong != "" {
			break
		}
		visit(s.reached, fr)
		s.reached = s.reached.next(fr)
		if fr.after == 0 {
			s.last = s.reached
			met = met || s.last == durable
		}
	}
	if !met {
		return scan{}, j.damage(s.reached.count, s.wrong)
	}
	if s.filled, err = filled(w, s.last.offset); err != nil {
		return scan{}, err
	}
	return s, j.checkTail(w, s)
}

// filled returns where the last byte that is not zero ends, looking from an offset on:
// that offset if there is none.
func filled(w *window, from int64) (int64, error) {
	end := from
	for at := from; at < w.end; {
		b, err := w.bytes(at, len(zeros))
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(b, zeros[:len(b)]) {
			end = at + int64(len(bytes.TrimRight(b, "\x00")))
		}
		if at += int64(len(b)); len(b) == 0 {
			break // the file was cut off meanwhile
		}
	}
	return end, nil
}

// readNext reads the next frame of a scan. What is not known to be durable is
// looked at more closely: there a write may be unfinished in its content too.
func (j *journal) readNext(w *window, s scan, durable place) (fr frame, wrong string, err error) {
	fr, wrong, err = j.read(w, s.reached.offset, s.reached.count)
	if err != nil || wrong != "" {
		return frame{}, wrong, err
	}
	if uint64(fr.before) != s.reached.count-s.last.count || fr.before+fr.after >= j.maxFrames() {
		return frame{}, wrongWrite, nil
	}
	if fr.signed && (fr.before == 0 || fr.after > 0) { // it is of the records before it
		return frame{}, wrongWrite, nil
	}
	if j.behind == nil || s.reached.offset < durable.offset {
		return fr, "", nil
	}
	ok, err := matches(j.f, s.reached.offset, fr)
	if err != nil || !ok {
		return frame{}, wrongContent, err
	}
	return fr, "", nil
}

// checkTail says whether what lies behind the last whole write can be left of
// one write: it has no more bytes than one, and in it begins no other.
func (j *journal) checkTail(w *window, s scan) error {
	if s.torn() > j.maxWrite {
		return j.damage(s.reached.count, wrongTail)
	}
	for offset := s.last.offset + 1; offset < s.filled; offset++ {
		later, err := j.laterWrite(w, offset, s.last)
		if err != nil {
			return err
		}
		if later {
			return j.damage(s.reached.count, s.wrong)
		}
	}
	return nil
}

// laterWrite tells whether at offset there is a whole frame of a write that
// began after the place last. The store begins a write only when the one
// before is durable, so such a frame shows that something was damaged later.
func (j *journal) laterWrite(w *window, offset int64, last place) (bool, error) {
	b, err := w.bytes(offset, frameHead)
	if err != nil || len(b) < frameHead {
		return false, err
	}
	h := parseHead(b)
	if h.position <= last.count+uint64(h.before) {
		return false, nil
	}
	_, wrong, err := j.read(w, offset, h.position)
	return wrong == "" && err == nil, err
}

// damage says that the record at position cannot be trusted.
func (j *journal) damage(position uint64, wrong string) error {
	if wrong == "" {
		wrong = wrongSize
	}
	if j.name == partsName {
		return partDamage(position, wrong)
	}
	return &ledger.CorruptError{Entry: position, What: wrong}
}

// settle takes an unfinished write off the end, with the zeros behind it, and makes
// durable what stands. It syncs in any case: a store that failed may have taken its
// last write away already, and that write must not come back once it was seen to be
// gone.
func (j *journal) settle(s scan) error {
	j.room = s.last.offset
	if s.size > s.last.offset {
		if err := j.f.Truncate(s.last.offset); err != nil {
			return err
		}
	}
	return j.f.Sync()
}

// write adds a write at the end, durably. If it fails, what the write left is
// taken away if that can be done: after a failed sync the system may hold
// bytes that it will never write, and must not show them as if they were there. So it is
// too if what is done beside it fails; that is waited for in any case.
func (j *journal) write(b []byte, beside func() error) error {
	_, err := j.f.WriteAt(b, j.end.offset)
	if end := j.end.offset + int64(len(b)); err == nil && end > j.room {
		err = j.writeAhead(end)
	}
	if err == nil {
		err = j.f.Sync()
	}
	if failed := beside(); err == nil {
		err = failed
	}
	if err != nil {
		err = errors.Join(err, j.f.Truncate(j.end.offset))
	}
	return err
}

// close takes the zeros off the end. They need not be gone for good: whoever opens
// the file knows them for what they are.
func (j *journal) close() error {
	if j.room == j.end.offset {
		return nil
	}
	return j.f.Truncate(j.end.offset)
}
