package consent

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// A secret keeps whoever chooses ids from choosing such that have one hash. It is drawn
// by chance, and stays with the ids that were hashed under it, in snapshots too.
type secret [2]uint64

// newSecret draws a secret.
func newSecret() secret {
	return secret{maphash.Bytes(maphash.MakeSeed(), nil), maphash.Bytes(maphash.MakeSeed(), nil)}
}

// hash is SipHash-2-4 of an id (Aumasson and Bernstein, 2012): short, and of no use to
// whoever does not know the secret. The hashes of package maphash are as good, but only
// as long as the program runs.
func (k secret) hash(id string) uint64 {
	s := sip{k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d, k[0] ^ 0x6c7967656e657261, k[1] ^ 0x7465646279746573}
	last := uint64(len(id)) << 56
	for ; len(id) >= 8; id = id[8:] {
		s.take(binary.LittleEndian.Uint64([]byte(id[:8])))
	}
	for i := range len(id) {
		last |= uint64(id[i]) << (8 * i)
	}
	s.take(last)
	s.c ^= 0xff
	for range 4 {
		s.round()
	}
	return s.a ^ s.b ^ s.c ^ s.d
}

// sip is the state of one hash.
type sip struct{ a, b, c, d uint64 }

func (s *sip) take(m uint64) {
	s.d ^= m
	s.round()
	s.round()
	s.a ^= m
}

func (s *sip) round() {
	s.a += s.b
	s.b = bits.RotateLeft64(s.b, 13) ^ s.a
	s.a = bits.RotateLeft64(s.a, 32)
	s.c += s.d
	s.d = bits.RotateLeft64(s.d, 16) ^ s.c
	s.a += s.d
	s.d = bits.RotateLeft64(s.d, 21) ^ s.a
	s.c += s.b
	s.b = bits.RotateLeft64(s.b, 17) ^ s.c
	s.c = bits.RotateLeft64(s.c, 32)
}
