package rule

import (
	"math/bits"
	"strconv"
	"strings"
)

// A fixed is a number with a set count of decimals, cut and never rounded, as
// counts by hand have it.
type fixed int64

// A scale is how many units one whole has: a power of ten.
type scale int64

func scaleOf(decimals int) scale {
	s := scale(1)
	for range decimals {
		s *= 10
	}
	return s
}

// whole is a whole number in this scale.
func (s scale) whole(n int64) fixed { return fixed(n * int64(s)) }

// part is a*b/c, cut, where none is below zero and c is not zero; 128 bits hold
// what stands between.
func part(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	q, _ := bits.Div64(high, low, uint64(c))
	return int64(q)
}

// partUp is a*b/c, rounded up.
func partUp(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	q, rest := bits.Div64(high, low, uint64(c))
	if rest > 0 {
		q++
	}
	return int64(q)
}

// text writes a number with its decimals, without zeros at the end.
func (s scale) text(f fixed) string {
	whole, rest := int64(f)/int64(s), int64(f)%int64(s)
	if rest == 0 {
		return strconv.FormatInt(whole, 10)
	}
	decimals := strconv.FormatInt(int64(s)+rest, 10)[1:]
	return strconv.FormatInt(whole, 10) + "." + strings.TrimRight(decimals, "0")
}
