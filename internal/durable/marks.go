// Package durable keeps how far files are known to be durable, so that what stands before
// that place and is not as it was written can be told from a write that was cut short.
//
// A mark is a few numbers. It is written after what it says has become true, and is not
// synced: so it may say too little and never too much. It lies in a file of two slots, at 0
// and at 4096, of which the next mark takes that of the last but one; so one that is cut
// short leaves the one before it. All numbers are unsigned and big-endian:
//
//	 0   4  checksum: CRC-32C that goes on from the seed of the file, of all that follows
//	 4   8  number of this mark, counting from 1 (an odd one lies in the second slot)
//	12  8n  the numbers
//
// Of two marks whose checksums are right the one with the greater number counts.
package durable

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"github.com/sayround/sayround/internal/osfile"
)

const (
	slots = 2    // the newest mark never overwrites the one before it
	space = 4096 // so that a slot has a sector of its own
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Marks are the last mark, and the file in which it and the one before lie.
type Marks struct {
	// File is where the marks are; nil is nowhere yet.
	File osfile.File

	seed uint32
	no   uint64
	last []uint64
}

// New makes marks of as many numbers as are given, which count as long as there is no mark
// that can be trusted. The seed tells the files of one kind, and of one origin, from all others.
func New(seed uint32, first ...uint64) *Marks { return &Marks{seed: seed, last: first} }

// Load reads the last mark from a file, in which the next ones are then written.
func (m *Marks) Load(f osfile.File) error {
	m.File = f
	for slot := range int64(slots) {
		b := make([]byte, m.size())
		n, err := f.ReadAt(b, slot*space)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if no, got, ok := m.parse(b[:n]); ok && no > m.no {
			m.no, m.last = no, got
		}
	}
	return nil
}

// Last is what the last mark says, until the next one is set. It must not be changed.
func (m *Marks) Last() []uint64 { return m.last }

// Set writes the next mark.
func (m *Marks) Set(numbers ...uint64) error {
	no := m.no + 1
	if _, err := m.File.WriteAt(m.format(no, numbers), int64(no%slots)*space); err != nil {
		return err
	}
	m.no, m.last = no, append(m.last[:0], numbers...)
	return nil
}

// Settle writes the last mark into both slots, durably, so that the loss of one of them
// is no loss.
func (m *Marks) Settle() error {
	for range slots {
		if err := m.Set(m.last...); err != nil {
			return err
		}
	}
	return m.File.Sync()
}

// size is how many bytes a mark has.
func (m *Marks) size() int { return 4 + 8 + 8*len(m.last) }

func (m *Marks) sum(b []byte) uint32 { return crc32.Update(m.seed, castagnoli, b) }

func (m *Marks) format(no uint64, numbers []uint64) []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 4, m.size()), no)
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	binary.BigEndian.PutUint32(b, m.sum(b[4:]))
	return b
}

func (m *Marks) parse(b []byte) (no uint64, numbers []uint64, ok bool) {
	if len(b) < m.size() || binary.BigEndian.Uint32(b) != m.sum(b[4:]) {
		return 0, nil, false
	}
	for at := 12; at < len(b); at += 8 {
		numbers = append(numbers, binary.BigEndian.Uint64(b[at:]))
	}
	return binary.BigEndian.Uint64(b[4:]), numbers, true
}
