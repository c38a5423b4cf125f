package circle

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A RuleName names one of a circle's rules as its document does, as "absence".
type RuleName string

// protection is the name under which the list of what is protected stands
// itself.
const protection = "protected"

// ruleFields finds the field of a rule by its name.
var ruleFields = func() map[RuleName]int {
	out := map[RuleName]int{}
	t := reflect.TypeFor[Rules]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != protection {
			out[RuleName(name)] = i
		}
	}
	return out
}()

// Check refuses what names no rule.
func (n RuleName) Check() error {
	if _, known := ruleFields[n]; known {
		return nil
	}
	return fmt.Errorf("there is no rule %q", string(n))
}

// Kind says what it is.
func (n *RuleName) Kind() string { return "rule" }

// field is one of the rules.
func (r *Rules) field(n RuleName) reflect.Value {
	return reflect.ValueOf(r).Elem().Field(ruleFields[n])
}

// silent says that nothing was agreed under a name. An empty list agrees to
// nothing.
func (r *Rules) silent(n RuleName) bool {
	f := r.field(n)
	return f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0
}

// ProtectedRule is the refusal of a rule that may not be changed where it is
// tried.
var ProtectedRule = &Code{ID: "protected-rule", Kind: ErrNotNow, Rule: "M-258", Stands: InRules,
	Says: "{circle} has protected the rule {rule}. It holds in all circles inside, and {circle} itself changes it only after it has lifted the protection, in a decision of its own."}

// Protects is the circle that keeps a rule as it is for a circle, itself or one
// around it; "" if none does (M-258).
func (o *Organisation) Protects(id ID, n RuleName) ID {
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		if slices.Contains(c.Rules.Protected, n) {
			return c.ID
		}
	}
	return ""
}

// keepsProtected refuses rules that say otherwise than what is protected: in a
// circle inside, to say anything else; in the circle itself, to change what it
// protects in the same decision.
func (o *Organisation) keepsProtected(id, parent ID, r Rules) error {
	if !o.ever.protects {
		return nil
	}
	if c := o.circles[id]; c != nil {
		for _, n := range c.Rules.Protected {
			if !reflect.DeepEqual(c.Rules.field(n).Interface(), r.field(n).Interface()) {
				return ProtectedRule.Refuse("circle", id, "rule", n)
			}
		}
	}
	for c := o.circles[parent]; c != nil; c = o.circles[c.Parent] {
		for _, n := range c.Rules.Protected {
			if !r.silent(n) && !reflect.DeepEqual(c.Rules.field(n).Interface(), r.field(n).Interface()) {
				return ProtectedRule.Refuse("circle", c.ID, "rule", n)
			}
		}
	}
	return nil
}

// holding lets what a broader circle protects prevail over what a circle inside
// had agreed before.
func (r Rules) holding(broader *Rules) Rules {
	for _, n := range broader.Protected {
		if !broader.silent(n) {
			r.field(n).Set(broader.field(n))
		}
	}
	return r
}
