package filestore

import (
	"errors"
	"io"

	"github.com/sayround/sayround/internal/osfile"
)

// maxWindow holds the largest frame of entries and of parts, and some more, so
// that small ones come many at a time.
const maxWindow = 64 << 10

// A window reads a file forward through one buffer, whatever the file's size.
type window struct {
	f   osfile.File
	end int64  // nothing from here on is read
	at  int64  // where in the file the buffer begins
	buf []byte // what was read from there
}

// newWindow makes a window of at most size bytes, for reading f from one offset
// to another.
func newWindow(f osfile.File, from, to, size int64) *window {
	return &window{f: f, at: from, end: to, buf: make([]byte, 0, min(size, max(0, to-from)))}
}

// bytes returns n bytes from offset on, or fewer where the file ends. They are
// valid until the next call; n is at most the size of the window.
func (w *window) bytes(offset int64, n int) ([]byte, error) {
	if offset < w.at || offset+int64(n) > w.at+int64(len(w.buf)) {
		if err := w.fill(offset); err != nil {
			return nil, err
		}
	}
	rest := w.buf[offset-w.at:]
	return rest[:min(n, len(rest))], nil
}

// fill moves the window so that it begins at offset.
func (w *window) fill(offset int64) error {
	n := max(0, min(int64(cap(w.buf)), w.end-offset))
	got, err := w.f.ReadAt(w.buf[:n], offset)
	w.at, w.buf = offset, w.buf[:got]
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
