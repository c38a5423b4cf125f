package consent

import (
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
	a, b, c, d := k[0]^0x736f6d6570736575, k[1]^0x646f72616e646f6d, k[0]^0x6c7967656e657261, k[1]^0x7465646279746573
	last := uint64(len(id)) << 56
	for ; len(id) >= 8; id = id[8:] {
		m := uint64(id[0]) | uint64(id[1])<<8 | uint64(id[2])<<16 | uint64(id[3])<<24 |
			uint64(id[4])<<32 | uint64(id[5])<<40 | uint64(id[6])<<48 | uint64(id[7])<<56
		a, b, c, d = sipRound(a, b, c, d^m)
		a, b, c, d = sipRound(a, b, c, d)
		a ^= m
	}
	for i := range len(id) {
		last |= uint64(id[i]) << (8 * i)
	}
	a, b, c, d = sipRound(a, b, c, d^last)
	a, b, c, d = sipRound(a, b, c, d)
	a, c = a^last, c^0xff
	for range 4 {
		a, b, c, d = sipRound(a, b, c, d)
	}
	return a ^ b ^ c ^ d
}

func sipRound(a, b, c, d uint64) (uint64, uint64, uint64, uint64) {
	a += b
	b = bits.RotateLeft64(b, 13) ^ a
	a = bits.RotateLeft64(a, 32)
	c += d
	d = bits.RotateLeft64(d, 16) ^ c
	a += d
	d = bits.RotateLeft64(d, 21) ^ a
	c += b
	b = bits.RotateLeft64(b, 17) ^ c
	c = bits.RotateLeft64(c, 32)
	return a, b, c, d
}
