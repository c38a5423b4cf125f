package rulecases

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// oneOf is what was found where what is expected is one of several.
type oneOf []string

// sums is what was found by name, where what is expected names those it claims.
type sums map[string]*big.Rat

// about is a number of which what is expected may differ by so much.
type about struct{ n, by *big.Rat }

func (a about) String() string { return a.n.FloatString(12) }

// decimals is a number that is expected as a decimal, to its last place.
type decimals struct{ n *big.Rat }

func (d decimals) String() string { return d.n.FloatString(20) }

// A comparer is something found that says itself in what it differs from what is
// expected: a whole count, of which the source tells a part.
type comparer func(want json.RawMessage) error

func (c comparer) with(expected any) error {
	b, err := json.Marshal(expected)
	if err != nil {
		return err
	}
	return c(b)
}

// same says whether what was found is what is expected.
func same(got, expected any) bool {
	switch got := got.(type) {
	case bool, string:
		return got == expected
	case oneOf:
		want, ok := expected.(string)
		return ok && slices.ContainsFunc(got, func(s string) bool { return plain(s) == plain(want) })
	case []string:
		want, ok := expected.([]any)
		if !ok || len(want) != len(got) {
			return false
		}
		for i := range got {
			if want[i] != got[i] {
				return false
			}
		}
		return true
	case []any:
		want, ok := expected.([]any)
		return ok && len(want) == len(got) && slices.EqualFunc(got, want, same)
	case sums:
		want, ok := expected.(map[string]any)
		for name, n := range want {
			ok = ok && got[name] != nil && same(got[name], n)
		}
		return ok
	}
	return sameNumber(got, expected)
}

func sameNumber(got, expected any) bool {
	want, err := number(expected)
	if err != nil {
		return false
	}
	switch got := got.(type) {
	case int64:
		return want.Cmp(big.NewRat(got, 1)) == 0
	case *big.Rat:
		return got != nil && want.Cmp(got) == 0
	case about:
		return within(got.n, want, got.by)
	case decimals:
		return within(got.n, want, lastPlace(expected))
	}
	panic(fmt.Sprintf("nothing is known of comparing %T", got))
}

func within(a, b, by *big.Rat) bool {
	d := new(big.Rat).Sub(a, b)
	return d.Abs(d).Cmp(by) <= 0
}

// lastPlace is one unit of the last place of a decimal.
func lastPlace(of any) *big.Rat {
	_, after, _ := strings.Cut(fmt.Sprint(of), ".")
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(after))), nil)
	return new(big.Rat).SetFrac(big.NewInt(1), ten)
}

// number reads a number that stands there as one or as text.
func number(v any) (*big.Rat, error) {
	var text string
	switch v := v.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = strings.TrimSpace(v)
	default:
		return nil, fmt.Errorf("%v is no number", v)
	}
	text, percent := strings.CutSuffix(text, "%")
	n, ok := new(big.Rat).SetString(strings.TrimSpace(text))
	if !ok {
		return nil, fmt.Errorf("%q is no number", text)
	}
	if percent {
		n.Mul(n, big.NewRat(1, 100))
	}
	return n, nil
}

// plain makes one spelling of the names of reasons.
func plain(s string) string {
	return strings.ToLower(strings.NewReplacer("-", " ", "_", " ").Replace(s))
}
