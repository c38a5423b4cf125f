package rulecases

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// found reads a verdict.
type found struct {
	v        consent.Verdict
	options  []string
	byNumber bool
	method   string
	input    election
	how      counting
}

// claims are what an election may be held to.
var claims = map[string]func(f *found, want json.RawMessage) error{
	"winners":         (*found).winners,
	"ranking":         (*found).ranking,
	"scores":          func(f *found, want json.RawMessage) error { return f.numbers("score", want) },
	"balance":         func(f *found, want json.RawMessage) error { return f.numbers("balance", want) },
	"worst":           func(f *found, want json.RawMessage) error { return f.numbers("worst", want) },
	"runoff":          func(f *found, want json.RawMessage) error { return f.numbers("runoff", want) },
	"first_count":     func(f *found, want json.RawMessage) error { return f.near("votes", 1, want) },
	"paths":           (*found).paths,
	"rounds":          (*found).rounds,
	"stages":          (*found).stages,
	"eliminated":      (*found).eliminated,
	"thresholds":      (*found).thresholds,
	"threshold":       func(f *found, want json.RawMessage) error { return f.one("quota", want) },
	"quota":           func(f *found, want json.RawMessage) error { return f.one("quota", want) },
	"valid":           func(f *found, want json.RawMessage) error { return f.one("valid", want) },
	"ballots":         func(f *found, want json.RawMessage) error { return f.one("ballots", want) },
	"last_quota":      (*found).lastQuota,
	"order_of_defeat": (*found).defeats,
	"official_winner": (*found).official,
}

// reasons are those with a code, of a round if it is not zero.
func (f *found) reasons(code string, round int) []consent.Reason {
	var out []consent.Reason
	for _, r := range f.v.Why {
		if r.Code == code && (round == 0 || r.Round == round) {
			out = append(out, r)
		}
	}
	return out
}

func differ(got, want any) error { return fmt.Errorf("got %v, want %v", got, want) }

func (f *found) winners(want json.RawMessage) error {
	if f.byNumber {
		return f.committees(want)
	}
	var names []string
	if err := json.Unmarshal(want, &names); err != nil {
		return err
	}
	got := slices.Clone(f.v.Winners)
	if !slices.Equal(sorted(got), sorted(names)) {
		return differ(f.v.Winners, names)
	}
	return nil
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func (f *found) committees(want json.RawMessage) error {
	var sets [][]int
	if err := json.Unmarshal(want, &sets); err != nil {
		return err
	}
	var wanted, got []string
	for _, s := range sets {
		slices.Sort(s)
		wanted = append(wanted, strings.Trim(fmt.Sprint(s), "[]"))
	}
	for _, r := range f.reasons("committee", 0) {
		got = append(got, strings.Join(r.Options, " "))
	}
	if !slices.Equal(sorted(got), sorted(wanted)) {
		return differ(got, wanted)
	}
	return nil
}

func (f *found) ranking(want json.RawMessage) error {
	var groups [][]string
	if err := json.Unmarshal(want, &groups); err != nil {
		return err
	}
	places := f.reasons("place", 0)
	for i, g := range groups {
		if i >= len(places) || !slices.Equal(sorted(g), sorted(places[i].Options)) {
			return differ(places, groups)
		}
	}
	if len(places) != len(groups) {
		return differ(places, groups)
	}
	return nil
}

// numbers compares one exact number for each option.
func (f *found) numbers(code string, want json.RawMessage) error {
	var claimed map[string]json.RawMessage
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	got := map[string]*big.Rat{}
	for _, r := range f.reasons(code, 0) {
		n, ok := new(big.Rat).SetString(r.Got)
		if !ok {
			return fmt.Errorf("%q is no number", r.Got)
		}
		got[r.Options[0]] = n
	}
	for o, w := range claimed {
		n, err := exact(w)
		if err != nil {
			return err
		}
		if got[o] == nil || got[o].Cmp(n) != 0 {
			return differ(fmt.Sprint(o, " ", got[o]), n)
		}
	}
	return nil
}

// exact reads a number, or a fraction in quotes.
func exact(w json.RawMessage) (*big.Rat, error) {
	n, ok := new(big.Rat).SetString(strings.Trim(string(w), `"`))
	if !ok {
		return nil, fmt.Errorf("%s is no number", w)
	}
	return n, nil
}

// near compares numbers within one part in a hundred thousand.
func (f *found) near(code string, round int, want json.RawMessage) error {
	var claimed map[string]json.RawMessage
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	for o, w := range claimed {
		n, err := exact(w)
		if err != nil {
			return err
		}
		ok := false
		for _, r := range f.reasons(code, round) {
			got, _ := new(big.Rat).SetString(r.Got)
			ok = ok || r.Options[0] == o && close(got, n)
		}
		if !ok {
			return fmt.Errorf("%s does not have %v", o, n)
		}
	}
	return nil
}

func close(a, b *big.Rat) bool {
	d := new(big.Rat).Sub(a, b)
	return d.Abs(d).Cmp(big.NewRat(1, 100_000)) <= 0
}

func (f *found) paths(want json.RawMessage) error {
	var claimed map[string]map[string]int64
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	for _, r := range f.reasons("path", 0) {
		if w, ok := claimed[r.Options[0]][r.Options[1]]; ok && r.Got != fmt.Sprint(w) {
			return differ(r, w)
		}
	}
	return nil
}

// rounds compares what everybody had in each round that is listed.
func (f *found) rounds(want json.RawMessage) error {
	var claimed []map[string]json.RawMessage
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	code := "votes"
	if f.method == "reweighted-range" {
		code = "score"
	}
	for i, round := range claimed {
		got := map[string]*big.Rat{}
		for _, r := range f.reasons(code, i+1) {
			got[r.Options[0]], _ = new(big.Rat).SetString(r.Got)
		}
		for o, w := range round {
			n, err := exact(w)
			if err != nil {
				return err
			}
			if had := got[o]; had == nil && n.Sign() != 0 || had != nil && had.Cmp(n) != 0 {
				return fmt.Errorf("round %d: %s has %v, want %v", i+1, o, had, n)
			}
		}
		for o, had := range got {
			if round[o] == nil && had.Sign() != 0 {
				return fmt.Errorf("round %d: %s has %v, and is not there in the source", i+1, o, had)
			}
		}
	}
	return nil
}

// stages compares what some had after each stage, with as many decimals as the
// source prints, cut or rounded as it does.
func (f *found) stages(want json.RawMessage) error {
	var claimed map[string][]string
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	for o, list := range claimed {
		for i, w := range list {
			ok := false
			var had string
			for _, r := range f.reasons("votes", i+1) {
				if r.Options[0] == o {
					had = r.Got
					ok = prints(r.Got, w)
				}
			}
			if !ok {
				return fmt.Errorf("stage %d: %s has %q, want %s", i+1, o, had, w)
			}
		}
	}
	return nil
}

// prints says whether a number is printed like this, cut or rounded.
func prints(number, as string) bool {
	n, ok := new(big.Rat).SetString(number)
	if !ok {
		return false
	}
	_, decimals, _ := strings.Cut(as, ".")
	w, ok := new(big.Rat).SetString(as)
	if !ok {
		return false
	}
	d := new(big.Rat).Sub(n, w)
	unit := big.NewRat(1, 1)
	for range decimals {
		unit.Mul(unit, big.NewRat(1, 10))
	}
	half := new(big.Rat).Mul(unit, big.NewRat(1, 2))
	cut := d.Sign() >= 0 && d.Cmp(unit) < 0
	rounded := new(big.Rat).Abs(d).Cmp(half) <= 0
	return cut || rounded
}

func (f *found) eliminated(want json.RawMessage) error {
	var claimed [][]string
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	for i, w := range claimed {
		var got []string
		for _, r := range f.reasons("eliminated", i+1) {
			got = append(got, r.Options...)
		}
		if !slices.Equal(sorted(got), sorted(w)) {
			return fmt.Errorf("round %d: %v go out, want %v", i+1, got, w)
		}
	}
	return nil
}

func (f *found) thresholds(want json.RawMessage) error {
	var claimed []json.Number
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	for i, w := range claimed {
		if r := f.reasons("votes", i+1); len(r) == 0 || r[0].Need != w.String() {
			return fmt.Errorf("round %d: %v, want %s", i+1, r, w)
		}
	}
	return nil
}

// one compares the one number of a code.
func (f *found) one(code string, want json.RawMessage) error {
	n, err := exact(want)
	if err != nil {
		return err
	}
	r := f.reasons(code, 0)
	if len(r) != 1 {
		return fmt.Errorf("%d reasons tell of %s", len(r), code)
	}
	if got, ok := new(big.Rat).SetString(r[0].Got); !ok || got.Cmp(n) != 0 {
		return differ(r[0].Got, n)
	}
	return nil
}

func (f *found) lastQuota(want json.RawMessage) error {
	n, err := exact(want)
	if err != nil {
		return err
	}
	r := f.reasons("quota", 0)
	if len(r) == 0 {
		return fmt.Errorf("no quota")
	}
	if got, ok := new(big.Rat).SetString(r[len(r)-1].Got); !ok || !close(got, n) {
		return differ(r[len(r)-1].Got, n)
	}
	return nil
}

func (f *found) defeats(want json.RawMessage) error {
	var claimed, got []string
	if err := json.Unmarshal(want, &claimed); err != nil {
		return err
	}
	for _, r := range f.reasons("eliminated", 0) {
		got = append(got, r.Options...)
	}
	if !slices.Equal(got, claimed) {
		return differ(got, claimed)
	}
	return nil
}

// official is the winner once what the default option keeps out is out.
func (f *found) official(want json.RawMessage) error {
	var name string
	if err := json.Unmarshal(want, &name); err != nil {
		return err
	}
	v := rule.Schulze{Strength: strength(f.how), Unranked: unranked(f.how), Default: f.how.Default}.Judge(f.input.ask(f.options))
	if !slices.Equal(v.Winners, []string{name}) {
		return differ(v.Winners, name)
	}
	return nil
}
