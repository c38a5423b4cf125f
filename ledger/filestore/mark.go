package filestore

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/sayround/sayround/internal/osfile"
)

// A mark says how far both files are known to be durable. It is written after
// they are, so it may say too little but never too much.
type mark struct {
	no      uint64 // of two marks the one with the greater number counts
	entries place
	parts   place
}

const (
	markSize  = 4 + 8 + 4*8 // checksum, number, and two places
	markSlots = 2           // the newest mark never overwrites the one before it
	markSpace = 4096        // so that a slot has a sector of its own
)

// marks holds the last mark, and the file in which it and the one before are.
type marks struct {
	f    osfile.File // nil if there is none yet
	seed uint32
	last mark // numbered 0, and at the start, if none can be trusted
}

// newMarks makes the marks of the ledger whose entries have this nonce.
func newMarks(nonce []byte) *marks {
	return &marks{seed: seed(markDomain, nonce), last: mark{entries: start, parts: start}}
}

// load reads the last mark from a file.
func (m *marks) load(f osfile.File) error {
	m.f = f
	for slot := range int64(markSlots) {
		b := make([]byte, markSize)
		n, err := f.ReadAt(b, slot*markSpace)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if got, ok := m.parse(b[:n]); ok && got.no > m.last.no {
			m.last = got
		}
	}
	return nil
}

// set writes the next mark, into the slot of the last but one.
func (m *marks) set(entries, parts place) error {
	next := mark{no: m.last.no + 1, entries: entries, parts: parts}
	if _, err := m.f.WriteAt(m.format(next), int64(next.no%markSlots)*markSpace); err != nil {
		return err
	}
	m.last = next
	return nil
}

// settle writes the last mark into both slots, durably, so that the loss of
// one of them is no loss.
func (m *marks) settle() error {
	for range markSlots {
		if err := m.set(m.last.entries, m.last.parts); err != nil {
			return err
		}
	}
	return m.f.Sync()
}

func (m *marks) format(k mark) []byte {
	b := make([]byte, 4, markSize)
	for _, v := range []uint64{
		k.no, k.entries.count, uint64(k.entries.offset), k.parts.count, uint64(k.parts.offset),
	} {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	binary.BigEndian.PutUint32(b, checksum(m.seed, b[4:]))
	return b
}

func (m *marks) parse(b []byte) (mark, bool) {
	if len(b) < markSize || binary.BigEndian.Uint32(b) != checksum(m.seed, b[4:]) {
		return mark{}, false
	}
	v := func(i int) uint64 { return binary.BigEndian.Uint64(b[4+8*i:]) }
	return mark{v(0), place{v(1), int64(v(2))}, place{v(3), int64(v(4))}}, true
}
