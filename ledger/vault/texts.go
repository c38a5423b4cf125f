package vault

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

const (
	textsMagic  = "sayround/texts\x00\x00"
	textsDomain = "sayround/vault/texts/v1\x00"
	frameDomain = "sayround/vault/text-frame/v1\x00"

	headerSize = 16 + 4 + 16 + 4 // magic, version, id of the vault, checksum

	// checksum, length of the row, position, how many frames before and after in the
	// same write, length of what is sealed, and its checksum
	frameHead = 4 + 4 + 8 + 2 + 2 + 4 + 4

	maxFrame = frameHead + maxRow + maxSealed
	maxWrite = ledger.MaxParts * maxFrame
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is the CRC-32C of a domain and bytes; it goes on from another.
func checksum[T string | []byte](from uint32, b T) uint32 {
	return crc32.Update(from, castagnoli, []byte(b))
}

// header is what the file of texts of a vault begins with.
func header(vault ID) []byte {
	b := append([]byte(textsMagic), 0, 0, 0, version)
	b = append(b, vault[:]...)
	return binary.BigEndian.AppendUint32(b, checksum(checksum(0, textsDomain), b))
}

// readHeader returns the vault whose file of texts this is.
func readHeader(f osfile.File) (vault ID, err error) {
	b := make([]byte, headerSize)
	n, err := f.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return vault, err
	}
	if known := min(n, len(textsMagic)); !bytes.Equal(b[:known], []byte(textsMagic[:known])) {
		return vault, notOurs(textsName)
	}
	if v := binary.BigEndian.Uint32(b[16:]); v > version {
		return vault, newerFormat(textsName, v)
	}
	copy(vault[:], b[20:])
	if n < headerSize || !bytes.Equal(b, header(vault)) {
		return vault, damaged(textsName)
	}
	return vault, nil
}

// A journal is the file of texts: rows in frames, added in whole writes at the end.
type journal struct {
	f      osfile.File
	seed   uint32 // with which the checksums of its frames begin
	extent        // as far as the last write that is durable
}

func newJournal(f osfile.File, vault ID) journal {
	return journal{f: f, seed: checksum(checksum(0, frameDomain), vault[:]), extent: nothing}
}

// A frame is a row, and what is sealed of it behind. Its checksum covers the row; what
// is sealed has one of its own, which tells whether it was written to its end. Whether
// it is what was sealed, its keys tell.
type frame struct {
	position      uint64
	before, after uint16
	sum           uint32 // the checksum of what is sealed
	row           []byte
	sealed        []byte
}

// size is how many bytes the frame has.
func (fr frame) size() int { return frameHead + len(fr.row) + len(fr.sealed) }

// frame makes the frame of a row.
func (j *journal) frame(position uint64, before, after int, r row) frame {
	return frame{position, uint16(before), uint16(after), r.sum, r.append(nil), r.sealed}
}

// sum is the checksum of what is sealed.
func (j *journal) sum(sealed []byte) uint32 { return checksum(j.seed, sealed) }

// append puts a frame behind b.
func (j *journal) append(b []byte, fr frame) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(fr.row)))
	b = binary.BigEndian.AppendUint64(b, fr.position)
	b = binary.BigEndian.AppendUint16(b, fr.before)
	b = binary.BigEndian.AppendUint16(b, fr.after)
	b = binary.BigEndian.AppendUint32(b, uint32(len(fr.sealed)))
	b = binary.BigEndian.AppendUint32(b, fr.sum)
	b = append(b, fr.row...)
	binary.BigEndian.PutUint32(b[at:], checksum(j.seed, b[at+4:]))
	return append(b, fr.sealed...)
}

// lengths returns those of the row and of what is sealed in the frame whose head is at
// the front of b; ok is false if there is none.
func lengths(b []byte) (row, sealed int, ok bool) {
	if len(b) < frameHead {
		return 0, 0, false
	}
	n, m := binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[20:])
	return int(n), int(m), n >= minRow && n <= maxRow && m <= maxSealed
}

// parse reads the frame at the front of b; ok is false if there is none.
func (j *journal) parse(b []byte) (fr frame, ok bool) {
	n, m, ok := lengths(b)
	if !ok || len(b) < frameHead+n+m || checksum(j.seed, b[4:frameHead+n]) != binary.BigEndian.Uint32(b) {
		return frame{}, false
	}
	return frame{
		position: binary.BigEndian.Uint64(b[8:]),
		before:   binary.BigEndian.Uint16(b[16:]),
		after:    binary.BigEndian.Uint16(b[18:]),
		sum:      binary.BigEndian.Uint32(b[24:]),
		row:      b[frameHead : frameHead+n],
		sealed:   b[frameHead+n : frameHead+n+m],
	}, true
}

// A placed row is one whose place in the file is known. What is sealed is not in it.
type placed struct {
	row
	offset int64
	size   uint32
}

// scan reads the file from its beginning, and shows each row of a whole write. It
// returns how many bytes of an unfinished write lie at the end, and fails if anything
// is wrong that such a write does not explain, or before the end of what is surely
// durable. It changes nothing on disk.
func (j *journal) scan(sure extent, visit func(r row, offset int64, size uint32)) (torn int64, err error) {
	size, err := j.f.Size()
	if err != nil {
		return 0, err
	}
	in := bufio.NewReaderSize(io.NewSectionReader(j.f, headerSize, size-headerSize), maxFrame)
	for j.end < size {
		write, end, err := j.scanWrite(in, size, sure)
		if err != nil {
			return 0, err
		}
		if write == nil {
			break
		}
		for _, p := range write {
			visit(p.row, p.offset, p.size)
		}
		j.count, j.end = j.count+uint64(len(write)), end
	}
	if j.end < sure.end || j.count < sure.count {
		return 0, unreached()
	}
	return size - j.end, j.checkTail(size)
}

// scanWrite reads the rows of the next write, and where it ends; nil is no write that
// is whole. What is sealed in a write that surely is durable is looked at when it is asked
// for, as in all that is not the last.
func (j *journal) scanWrite(in *bufio.Reader, size int64, sure extent) (write []placed, end int64, err error) {
	whole := true // as far as what is sealed
	for end = j.end; ; {
		fr, ok, err := j.next(in)
		if err != nil || !ok {
			return nil, 0, err
		}
		if fr.position != j.count+uint64(len(write)) || int(fr.before) != len(write) {
			return nil, 0, nil
		}
		r, ok := parseRow(fr.row)
		if !ok {
			return nil, 0, damagedPart(ledger.Commitment(fr.row[1:33]), "it cannot be read")
		}
		whole = whole && j.sum(fr.sealed) == fr.sum
		r.wraps = nil // they lie in the buffer, which is used again
		write = append(write, placed{r, end, uint32(fr.size())})
		if end += int64(fr.size()); fr.after == 0 {
			break
		}
	}
	if end == size && end > sure.end && !whole {
		return nil, 0, nil // it is the last one, and was never finished
	}
	return write, end, nil
}

// next reads one frame; ok is false if there is none. It is valid until the next call.
func (j *journal) next(in *bufio.Reader) (fr frame, ok bool, err error) {
	head, err := in.Peek(frameHead)
	if err != nil && !errors.Is(err, io.EOF) {
		return frame{}, false, err
	}
	n, m, ok := lengths(head)
	if !ok {
		return frame{}, false, nil
	}
	b, err := in.Peek(frameHead + n + m)
	if err != nil && !errors.Is(err, io.EOF) {
		return frame{}, false, err
	}
	if fr, ok = j.parse(b); !ok {
		return frame{}, false, nil
	}
	_, err = in.Discard(fr.size())
	return fr, true, err
}

// checkTail says whether what lies behind the last whole write can be left of one
// write: it has no more bytes than one, and no frame of a later one begins in it.
func (j *journal) checkTail(size int64) error {
	wrong := damaged(textsName)
	if size-j.end > maxWrite {
		return wrong
	}
	b := make([]byte, size-j.end)
	if _, err := io.ReadFull(io.NewSectionReader(j.f, j.end, size-j.end), b); err != nil {
		return err
	}
	for at := 1; at+frameHead <= len(b); at++ {
		if fr, ok := j.parse(b[at:]); ok && fr.position > j.count+uint64(fr.before) {
			return wrong
		}
	}
	return nil
}

// settle takes an unfinished write off the end, and makes durable what stands.
func (j *journal) settle(torn int64) error {
	if torn > 0 {
		if err := j.f.Truncate(j.end); err != nil {
			return err
		}
	}
	return j.f.Sync()
}

// write adds a write of some frames at the end, durably. If it fails, what the write
// left is taken away if that can be done.
func (j *journal) write(b []byte) error {
	_, err := j.f.WriteAt(b, j.end)
	if err == nil {
		err = j.f.Sync()
	}
	if err != nil {
		err = errors.Join(err, j.f.Truncate(j.end))
	}
	return err
}

// read returns the row at a spot, with what is sealed of it.
func (j *journal) read(c ledger.Commitment, at spot) (row, error) {
	b := make([]byte, at.size)
	if _, err := io.ReadFull(io.NewSectionReader(j.f, at.offset, int64(at.size)), b); err != nil {
		return row{}, err
	}
	fr, ok := j.parse(b)
	if !ok {
		return row{}, damagedPart(c, "its bytes do not match their checksum")
	}
	r, ok := parseRow(fr.row)
	if !ok || r.c != c {
		return row{}, damagedPart(c, "another part stands in its place")
	}
	r.sealed, r.sum = fr.sealed, fr.sum
	return r, nil
}
