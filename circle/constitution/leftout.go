package constitution

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
)

// A LeftOut rule is one that a circle agreed nothing about, and what holds
// instead (M-259).
type LeftOut struct {
	Circle circle.ID
	Rule   circle.RuleName
	// From is the broader circle whose rule holds; empty: none of them agreed
	// anything either.
	From circle.ID
	// Holds says in words what the engine does then; empty where From is named.
	Holds string
}

// String says it in a sentence.
func (l LeftOut) String() string {
	if l.From != "" {
		return fmt.Sprintf("%s has agreed nothing about %s: what holds in %s holds there.", l.Circle, l.Rule, l.From)
	}
	return fmt.Sprintf("%s has agreed nothing about %s: %s.", l.Circle, l.Rule, l.Holds)
}

// LeftOut lists for each circle the rules that the document leaves out, in the
// order of the schema, and what holds instead. An organisation may adopt a part
// of a constitution: whatever is left out has a default, and this says which
// (M-259).
func (c *Constitution) LeftOut() []LeftOut {
	holds := defaults()
	var out []LeftOut
	for _, at := range c.Circles {
		for f, v := range fields(reflect.ValueOf(at.Rules)) {
			if !empty(v) {
				continue
			}
			l := LeftOut{Circle: at.ID, Rule: circle.RuleName(f.name), From: c.agreed(at.Parent, f.name)}
			if slices.Contains(ofOneCircle, l.Rule) {
				l.From = ""
			}
			if l.From == "" {
				l.Holds = holds[f.name]
			}
			out = append(out, l)
		}
	}
	return out
}

// ofOneCircle are the rules that a circle agrees for itself alone: what a broader
// one agreed there holds nowhere inside.
var ofOneCircle = []circle.RuleName{"general", "board", "review", "meets"}

// empty says that nothing was agreed.
func empty(v reflect.Value) bool {
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

// agreed is the innermost circle, from one on outwards, that agreed a rule.
func (c *Constitution) agreed(id circle.ID, rule string) circle.ID {
	for range c.Circles {
		for _, at := range c.Circles {
			if at.ID != id {
				continue
			}
			for f, v := range fields(reflect.ValueOf(at.Rules)) {
				if f.name == rule && !empty(v) {
					return id
				}
			}
			id = at.Parent
			break
		}
	}
	return ""
}

// nothing holds where the schema names no default.
const nothing = "nothing is asked for"

// defaults are what holds where nobody agreed anything, by rule: what the schema
// says behind "Left out:".
func defaults() map[string]string {
	var doc struct {
		Defs struct {
			Rules struct {
				Properties map[string]struct{ Description string }
			}
		} `json:"$defs"`
	}
	out := map[string]string{}
	if err := json.Unmarshal(schema, &doc); err != nil {
		return out // a test reads the schema; it is part of the program
	}
	for name, p := range doc.Defs.Rules.Properties {
		out[name] = nothing
		if _, holds, found := strings.Cut(p.Description, "Left out: "); found {
			out[name] = strings.TrimSuffix(holds, ".")
		}
	}
	return out
}
