package filestore

import (
	"encoding/binary"

	"github.com/sayround/sayround/ledger"
)

// A frame is one record as it lies in a file: a head of frameHead bytes, the
// body, and for parts the content behind it, which the checksum leaves out.
type frame struct {
	position uint64 // how many records the file holds before this one
	before   int    // how many of them were given to the disk in the same write
	after    int    // how many more this write holds
	body     []byte // what the checksum covers
	size     int64  // head, body and content together
	signed   bool   // it is no record of its own, but the signed checkpoint behind those of a write
}

// frameHead is the length of a head: checksum, length of the body, position,
// and the numbers of records before and after in the same write.
const frameHead = 4 + 4 + 8 + 2 + 2

// signedBit is set in the length of a frame that holds a signed checkpoint.
const signedBit = 1 << 31

// A head is what stands before the body.
type head struct {
	checksum uint32
	length   uint32
	signed   bool
	position uint64
	before   uint16
	after    uint16
}

func parseHead(b []byte) head {
	length := binary.BigEndian.Uint32(b[4:])
	return head{
		checksum: binary.BigEndian.Uint32(b),
		length:   length &^ signedBit,
		signed:   length&signedBit != 0,
		position: binary.BigEndian.Uint64(b[8:]),
		before:   binary.BigEndian.Uint16(b[16:]),
		after:    binary.BigEndian.Uint16(b[18:]),
	}
}

// A format says what the frames of one file look like.
type format struct {
	seed     uint32 // what their checksums begin with
	minBody  int
	maxBody  int
	maxWrite int64 // the most bytes that one write can have

	signedSeed uint32 // as seed, for signed checkpoints
	maxSigned  int    // 0: there are none
	// behind returns how many bytes of content follow a body; nil is none.
	behind func(body []byte) int64
}

// entryFormat is that of the entries in a file with this nonce.
func entryFormat(nonce []byte) format {
	return format{
		seed:     seed(entryDomain, nonce),
		minBody:  1,
		maxBody:  ledger.MaxEntry,
		maxWrite: ledger.MaxBatch*(frameHead+ledger.MaxEntry) + frameHead + ledger.MaxNote,

		signedSeed: seed(signedDomain, nonce),
		maxSigned:  ledger.MaxNote,
	}
}

// partFormat is that of the parts in a file with this nonce.
func partFormat(nonce []byte) format {
	return format{
		seed:     seed(partDomain, nonce),
		minBody:  minPartBody,
		maxBody:  maxPartBody,
		maxWrite: ledger.MaxParts * (frameHead + maxPartBody + ledger.MaxPart),
		behind:   partContentSize,
	}
}

// maxFrames is how many frames a write can hold.
func (f format) maxFrames() int {
	if f.maxSigned > 0 {
		return ledger.MaxBatch + 1
	}
	return ledger.MaxBatch
}

// appendFrame puts a frame behind buf, and its content behind that.
func (f format) appendFrame(buf []byte, fr frame, content []byte) []byte {
	at := len(buf)
	length, seed := uint32(len(fr.body)), f.seed
	if fr.signed {
		length, seed = length|signedBit, f.signedSeed
	}
	buf = append(buf, 0, 0, 0, 0)
	buf = binary.BigEndian.AppendUint32(buf, length)
	buf = binary.BigEndian.AppendUint64(buf, fr.position)
	buf = binary.BigEndian.AppendUint16(buf, uint16(fr.before))
	buf = binary.BigEndian.AppendUint16(buf, uint16(fr.after))
	buf = append(buf, fr.body...)
	binary.BigEndian.PutUint32(buf[at:], checksum(seed, buf[at+4:]))
	return append(buf, content...)
}

// What can be wrong with a frame, as a [ledger.CorruptError] says it.
const (
	wrongLength   = "its length is impossible"
	wrongEnd      = "the file ends within it"
	wrongChecksum = "its bytes do not match their checksum"
	wrongPlace    = "it stands where another should"
	wrongWrite    = "it does not belong to the same write as the one before"
	wrongContent  = "its content does not match its commitment"
	wrongTail     = "behind it lies more than one unfinished write"
	wrongSize     = "it was known to be durable and is gone"
)

// read returns the frame at offset, which should be that of the record at
// position, or says what is wrong with it. Its body is valid until the window
// is used again. An error is one of reading.
func (f format) read(w *window, offset int64, position uint64) (fr frame, wrong string, err error) {
	b, err := w.bytes(offset, frameHead)
	if err != nil {
		return frame{}, "", err
	}
	if len(b) < frameHead {
		return frame{}, wrongEnd, nil
	}
	h := parseHead(b)
	least, most, seed := f.minBody, f.maxBody, f.seed
	if h.signed {
		least, most, seed = 1, f.maxSigned, f.signedSeed
	}
	if int64(h.length) < int64(least) || int64(h.length) > int64(most) {
		return frame{}, wrongLength, nil
	}
	n := frameHead + int(h.length)
	if b, err = w.bytes(offset, n); err != nil {
		return frame{}, "", err
	}
	if len(b) < n {
		return frame{}, wrongEnd, nil
	}
	if checksum(seed, b[4:]) != h.checksum {
		return frame{}, wrongChecksum, nil
	}
	if h.position != position {
		return frame{}, wrongPlace, nil
	}
	fr = frame{position, int(h.before), int(h.after), b[frameHead:], int64(n), h.signed}
	if f.behind == nil {
		return fr, "", nil
	}
	content := f.behind(fr.body)
	if content > ledger.MaxPart {
		return frame{}, wrongLength, nil
	}
	if fr.size += content; offset+fr.size > w.end {
		return frame{}, wrongEnd, nil
	}
	return fr, "", nil
}
