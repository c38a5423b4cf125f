// Package rulecases judges cases of decision rules that are given as data. A file
// has a family, what the rule says, and cases: a rule with its parameters, what
// happened, and what comes out. Each family says how its input is read as a case
// of package consent and which rule judges it; what is compared is read from the
// verdict alone, after it was given.
package rulecases

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
)

// A Case is one case of a file.
type Case struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Rule     map[string]any `json:"rule"`
	Input    map[string]any `json:"input"`
	Expected map[string]any `json:"expected"`
}

// A Result says whether a case passes, and why not.
type Result struct {
	ID, Title, Method string
	Passed            bool
	Why               string
}

// findings is what came out of a case, by the keys of what may be expected.
type findings map[string]any

// family reads the input of a case and has it judged. It is not given what is
// expected, but for the time at which the answer is asked for.
type family func(c *reading) (findings, error)

// families are the methods that are known.
var families = map[string]family{}

// know adds methods, each of one name.
func know(of map[string]family) {
	for name, f := range of {
		if families[name] != nil {
			panic("rulecases: two families are called " + name)
		}
		families[name] = f
	}
}

// Run judges every case of a file.
func Run(file string) ([]Result, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var cases struct {
		Cases []json.RawMessage `json:"cases"`
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := make([]Result, len(cases.Cases))
	for i, text := range cases.Cases {
		var c Case
		if err := read(text, &c); err != nil { // the others are still judged
			out[i] = Result{ID: cmp.Or(c.ID, fmt.Sprintf("case %d", i+1)), Title: c.Title, Why: "the case is not of a known form: " + err.Error()}
			continue
		}
		out[i] = Judge(&c)
	}
	return out, nil
}

// read reads a case with its numbers as they stand there: weights are longer than
// a float holds.
func read(text json.RawMessage, c *Case) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(c)
}

// Judge judges one case. What is not known fails: a method, or a key of what is
// expected.
func Judge(c *Case) (r Result) {
	method, _ := c.Rule["method"].(string)
	r = Result{ID: c.ID, Title: c.Title, Method: method}
	defer func() {
		if failed := recover(); failed != nil {
			r.Passed, r.Why = false, fmt.Sprint(failed)
		}
	}()
	judge := families[method]
	if judge == nil {
		r.Why = fmt.Sprintf("method %q is not known", method)
		return r
	}
	in := &reading{rule: c.Rule, input: c.Input}
	if at, ok := c.Expected["at"]; ok {
		in.at = at
	}
	found, err := judge(in)
	if err != nil {
		r.Why = err.Error()
		return r
	}
	r.Why = differs(found, c.Expected)
	r.Passed = r.Why == ""
	return r
}

// noClaims are keys of what is expected that claim nothing.
var noClaims = []string{"at", "precision", "note", "notes", "rounds_listed", "rounds_total_in_source"}

// differs says in what the findings differ from what is expected.
func differs(found findings, expected map[string]any) string {
	claims := 0
	for _, key := range slices.Sorted(maps.Keys(expected)) {
		if slices.Contains(noClaims, key) {
			continue
		}
		claims++
		got, known := found[key]
		if !known {
			return fmt.Sprintf("key %q is not known", key)
		}
		if compare, ok := got.(comparer); ok {
			if err := compare.with(expected[key]); err != nil {
				return fmt.Sprintf("%s: %v", key, err)
			}
			continue
		}
		if !same(got, expected[key]) {
			return fmt.Sprintf("%s: got %v, expected %v", key, got, expected[key])
		}
	}
	if claims == 0 {
		return "nothing is expected"
	}
	return ""
}
