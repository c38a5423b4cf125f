package rule

import (
	"cmp"
	"math/bits"
)

// A share is an exact fraction of two whole numbers that are not below zero.
type share struct{ part, whole int64 }

// compareShares compares two shares exactly, with products of 128 bits.
func compareShares(a, b share) int {
	ah, al := bits.Mul64(uint64(a.part), uint64(b.whole))
	bh, bl := bits.Mul64(uint64(b.part), uint64(a.whole))
	return cmp.Or(cmp.Compare(ah, bh), cmp.Compare(al, bl))
}
