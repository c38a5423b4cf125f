package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// version is the only version of each of the formats so far.
const version = 1

// appendText puts the length of a text, as 32 bits, and the text behind b.
func appendText[T string | []byte](b []byte, text T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(text)))
	return append(b, text...)
}

// A reader takes values off the front of bytes. Once something is missing it is
// short, and gives nothing but zeros.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) bytes(n uint64) []byte {
	if r.short || n > uint64(len(r.rest)) {
		r.short, r.rest = true, nil
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uint32() uint32 {
	if b := r.bytes(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (r *reader) uint64() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

// text returns a text behind its length.
func (r *reader) text() []byte { return r.bytes(uint64(r.uint32())) }

// whole tells whether everything was there and nothing is left.
func (r *reader) whole() bool { return !r.short && len(r.rest) == 0 }

// sumSize is the length of the hash at the end of the two small files.
const sumSize = sha256.Size

// appendSum puts the hash of a domain and b behind b.
func appendSum(domain string, b []byte) []byte {
	sum := sha256.Sum256(append([]byte(domain), b...))
	return append(b, sum[:]...)
}

// opened checks the beginning of a small file and the hash at its end, and returns
// what lies between. name is that of the file.
func opened(b []byte, name, magic, domain string) (*reader, error) {
	r := &reader{rest: b}
	if !bytes.Equal(r.bytes(uint64(len(magic))), []byte(magic)) {
		return nil, notOurs(name)
	}
	if v := r.uint32(); v > version {
		return nil, newerFormat(name, v)
	}
	if r.short || len(r.rest) < sumSize || !bytes.Equal(b, appendSum(domain, bytes.Clone(b[:len(b)-sumSize]))) {
		return nil, damaged(name)
	}
	r.rest = r.rest[:len(r.rest)-sumSize]
	return r, nil
}
