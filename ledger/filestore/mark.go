package filestore

import "github.com/sayround/sayround/internal/durable"

// A mark says how far both files are known to be durable.
type mark struct{ entries, parts place }

// marks holds the last mark, and the file in which it and the one before are.
type marks struct{ *durable.Marks }

// newMarks makes the marks of the ledger whose entries have this nonce. At first they are at
// the start, and so if none can be trusted.
func newMarks(nonce []byte) marks {
	return marks{durable.New(seed(markDomain, nonce), mark{start, start}.numbers()...)}
}

// numbers are a mark as it is written.
func (m mark) numbers() []uint64 {
	return []uint64{m.entries.count, uint64(m.entries.offset), m.parts.count, uint64(m.parts.offset)}
}

// last is the last mark.
func (m marks) last() mark {
	n := m.Last()
	return mark{place{n[0], int64(n[1])}, place{n[2], int64(n[3])}}
}

// set writes the next mark.
func (m marks) set(entries, parts place) error { return m.Set(mark{entries, parts}.numbers()...) }
