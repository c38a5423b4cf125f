package rule

import (
	"cmp"
	"fmt"
	"math/bits"
	"strings"
)

// A share is an exact fraction of two whole numbers that are not below zero.
type share struct{ part, whole int64 }

// compareShares compares two shares exactly, with products of 128 bits.
func compareShares(a, b share) int {
	ah, al := bits.Mul64(uint64(a.part), uint64(b.whole))
	bh, bl := bits.Mul64(uint64(b.part), uint64(a.whole))
	return cmp.Or(cmp.Compare(ah, bh), cmp.Compare(al, bl))
}

// A Fraction is an exact share, written as "2/3", "0.6", "60 %" or "1".
type Fraction struct{ Part, Whole int64 }

// ParseFraction reads an exact fraction that is not below zero.
func ParseFraction(s string) (Fraction, error) {
	bad := fmt.Errorf("%q is no fraction: write it as 2/3, 0.6 or 60 %%", s)
	text, percent := strings.CutSuffix(s, "%")
	text = strings.TrimSpace(text)
	part, whole, over := strings.Cut(text, "/")
	var f Fraction
	if over {
		if percent || !digits(part, &f.Part) || !digits(whole, &f.Whole) || f.Whole == 0 {
			return Fraction{}, bad
		}
		return f, nil
	}
	units, decimals, _ := strings.Cut(text, ".")
	if len(decimals) > 9 || strings.HasSuffix(text, ".") || !digits(units+decimals, &f.Part) || units == "" {
		return Fraction{}, bad
	}
	f.Whole = 1
	for range decimals {
		f.Whole *= 10
	}
	if percent {
		f.Whole *= 100
	}
	return f, nil
}

// digits reads a number of at most fifteen digits.
func digits(s string, n *int64) bool {
	if s == "" || len(s) > 15 {
		return false
	}
	*n = 0
	for _, d := range s {
		if d < '0' || d > '9' {
			return false
		}
		*n = *n*10 + int64(d-'0')
	}
	return true
}

// String writes the fraction as it is, in lowest terms.
func (f Fraction) String() string {
	part, whole := f.Part, f.Whole
	for b := whole; b != 0; {
		part, b = b, part%b
	}
	if part == 0 {
		return "0"
	}
	if whole = f.Whole / part; whole == 1 {
		return fmt.Sprint(f.Part / part)
	}
	return fmt.Sprintf("%d/%d", f.Part/part, whole)
}
