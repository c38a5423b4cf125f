package filestore

import (
	"context"
	"errors"
	"io"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// windows are for reading single entries: a buffer of their size is dear to make anew.
var windows = sync.Pool{New: func() any { return &window{buf: make([]byte, 0, maxWindow)} }}

// leaf returns the leaf hash of the entry at a position that there is.
func (s *Store) leaf(ctx context.Context, position uint64) (tlog.Hash, error) {
	if err := ctx.Err(); err != nil {
		return tlog.Hash{}, err
	}
	at, end := s.around(position)
	w := windows.Get().(*window)
	defer windows.Put(w)
	if w.f != s.entries.f || w.at != at.offset { // else it has the neighbours, who never change
		w.f, w.at, w.buf = s.entries.f, at.offset, w.buf[:0]
	}
	w.end = end
	for {
		fr, wrong, err := s.entries.read(w, at.offset, at.count)
		if err != nil {
			return tlog.Hash{}, s.fail(err)
		}
		if wrong != "" {
			return tlog.Hash{}, s.fail(s.entries.damage(at.count, wrong))
		}
		if at.count == position && !fr.signed {
			return ledger.LeafHash(fr.body), nil
		}
		at = at.next(fr)
	}
}

// around returns the remembered place not behind an entry, and the offset of the next
// one behind it.
func (s *Store) around(position uint64) (place, int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	step := position / sparseStep
	end := s.entries.end.offset
	if int(step+1) < len(s.sparse) {
		end = s.sparse[step+1]
	}
	return place{step * sparseStep, s.sparse[step]}, end
}

func isEOF(err error) bool { return errors.Is(err, io.EOF) }
