package filestore

import (
	"encoding/binary"
	"slices"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// An index says where things are in both journals up to a place in each, so that
// opening need not read what lies before. It is made from them and never truth: one
// that does not fit is left aside, and all is read.
type index struct {
	entries, parts place
	lastPart       int64 // the offset of the part before the place, if there is one
	sparse         []int64
	spots          map[ledger.Commitment]spot

	signed   int64 // the offset of the last signed checkpoint; 0 is none
	note     []byte
	noteSize uint64
}

const (
	indexName   = "index"
	indexMagic  = "sayround/index\x00\x00"
	indexDomain = "sayround/index/v1\x00"
)

// The body of an index: the nonce of parts, two places, the offset of the last part,
// and the numbers of offsets and of spots; then these, where a commit was signed the
// offset of the last checkpoint, and the checksum.
const (
	indexFixed = nonceSize + 7*8
	spotSize   = 32 + 2*8
	signedSize = 8
)

// loadIndex reads the index, if there is one that fits. What cannot be read is done
// without.
func (s *Store) loadIndex(d disk) (index, bool) {
	f, err := d.Open(indexName)
	if err != nil {
		return index{}, false
	}
	defer func() { _ = f.Close() }() // nothing hangs on it
	nonce, err := readHeader(f, indexMagic)
	if err != nil || string(nonce) != string(s.hashes.nonce) {
		return index{}, false
	}
	b, ok := s.readIndex(f)
	if !ok {
		return index{}, false
	}
	x, ok := parseIndex(b)
	if ok && x.signed != 0 {
		x.note, x.noteSize, ok = s.signedAt(x.signed, x.entries)
	}
	return x, ok && s.fits(x)
}

// readIndex reads the body of an index, once it is known to be no larger than both
// journals make it.
func (s *Store) readIndex(f osfile.File) ([]byte, bool) {
	size, err := f.Size()
	if err != nil || size < headerSize+indexFixed+4 {
		return nil, false
	}
	head := make([]byte, indexFixed)
	if _, err := f.ReadAt(head, headerSize); err != nil || string(head[:nonceSize]) != string(s.partsNonce) {
		return nil, false
	}
	entries, err := s.entries.f.Size()
	if err != nil {
		return nil, false
	}
	parts, err := s.parts.f.Size()
	if err != nil {
		return nil, false
	}
	if size > entries+parts+headerSize+indexFixed+signedSize+4 { // neither is as large as what it is of
		return nil, false
	}
	b := make([]byte, size-headerSize)
	if n, err := f.ReadAt(b, headerSize); n < len(b) && err != nil {
		return nil, false
	}
	end := len(b) - 4
	return b[:end], binary.BigEndian.Uint32(b[end:]) == checksum(seed(indexDomain, s.hashes.nonce), b[:end])
}

// parseIndex reads an index from its body.
func parseIndex(b []byte) (index, bool) {
	rest := b[nonceSize:]
	next := func() uint64 {
		v := binary.BigEndian.Uint64(rest)
		rest = rest[8:]
		return v
	}
	x := index{entries: place{next(), int64(next())}, parts: place{next(), int64(next())}, lastPart: int64(next())}
	offsets, spots := next(), next()
	most := uint64(len(rest))
	if offsets > most/8 || spots > most/spotSize || offsets*8+spots*spotSize > most {
		return index{}, false
	}
	behind := most - offsets*8 - spots*spotSize
	if behind != 0 && behind != signedSize {
		return index{}, false
	}
	for range offsets {
		x.sparse = append(x.sparse, int64(next()))
	}
	x.spots = make(map[ledger.Commitment]spot, spots)
	for range spots {
		c := ledger.Commitment(rest)
		rest = rest[32:]
		at := spot{next(), int64(next())}
		if at.position >= x.parts.count || at.offset < headerSize || at.offset >= x.parts.offset {
			return index{}, false
		}
		x.spots[c] = at
	}
	if behind > 0 {
		x.signed = int64(next())
	}
	return x, behind == 0 || x.signed != 0
}

// fits tells whether an index can be that of the journals, as they lie there: its
// offsets are in order, and right before each of its places a write ends.
func (s *Store) fits(x index) bool {
	if uint64(len(x.sparse)) != (x.entries.count+sparseStep-1)/sparseStep || !slices.IsSorted(x.sparse) {
		return false
	}
	at := start
	if n := len(x.sparse); n > 0 {
		if x.sparse[0] != headerSize || x.sparse[n-1] >= x.entries.offset {
			return false
		}
		at = place{uint64(n-1) * sparseStep, x.sparse[n-1]}
	}
	if !s.entries.endsAt(at, x.entries) {
		return false
	}
	at = start
	if x.parts.count > 0 {
		at = place{x.parts.count - 1, x.lastPart}
	}
	return s.parts.endsAt(at, x.parts)
}

// endsAt tells whether the frames from one place on lead to the other, with the end
// of a write.
func (j *journal) endsAt(at, end place) bool {
	w := newWindow(j.f, at.offset, end.offset, maxWindow)
	whole := at == start
	for at.offset < end.offset {
		fr, wrong, err := j.read(w, at.offset, at.count)
		if err != nil || wrong != "" {
			return false
		}
		at, whole = at.next(fr), fr.after == 0
	}
	return whole && at == end
}

// format writes the body of an index, and its checksum.
func (x index) format(nonce, partsNonce []byte) []byte {
	b := make([]byte, 0, indexFixed+8*len(x.sparse)+spotSize*len(x.spots)+signedSize+4)
	b = append(b, partsNonce...)
	for _, v := range []uint64{
		x.entries.count, uint64(x.entries.offset), x.parts.count, uint64(x.parts.offset), uint64(x.lastPart),
		uint64(len(x.sparse)), uint64(len(x.spots)),
	} {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	for _, offset := range x.sparse {
		b = binary.BigEndian.AppendUint64(b, uint64(offset))
	}
	for c, at := range x.spots {
		b = append(b, c[:]...)
		b = binary.BigEndian.AppendUint64(b, at.position)
		b = binary.BigEndian.AppendUint64(b, uint64(at.offset))
	}
	if x.signed > 0 {
		b = binary.BigEndian.AppendUint64(b, uint64(x.signed))
	}
	return binary.BigEndian.AppendUint32(b, checksum(seed(indexDomain, nonce), b))
}

// keepIndex writes the index of what is durable, if so much lies behind the last one
// that reading it would take its time. A failure does no harm: the one before is
// there, or none.
func (s *Store) keepIndex(d disk) {
	behind := s.entries.end.offset - s.indexed.entries.offset + s.parts.end.offset - s.indexed.parts.offset
	if behind < s.indexStep {
		return
	}
	x := index{entries: s.entries.end, parts: s.parts.end, sparse: s.sparse, spots: s.index, signed: s.checkpoints.offset}
	for _, at := range s.index {
		x.lastPart = max(x.lastPart, at.offset)
	}
	b := append(headerOf(indexMagic, s.hashes.nonce), x.format(s.hashes.nonce, s.partsNonce)...)
	if osfile.Replace(d, indexName, b) == nil {
		s.indexed = mark{entries: x.entries, parts: x.parts}
	}
}
