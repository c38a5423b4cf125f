package circle

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// A RuleReview is that a circle looks at one of its own rules again, so long after it
// was agreed or looked at last (CP-30). The rule holds on meanwhile; that its review
// is overdue is seen, and stands with each decision that is made under it.
type RuleReview struct {
	Rule  RuleName `json:"rule"`
	Every Period   `json:"every"`
}

// Looked is when a circle agreed a rule that has a review, or looked at it last.
type Looked struct {
	Rule RuleName
	At   time.Time
}

// ReviewRules says that the circle has looked at rules of its own, and keeps them as
// they are. It is a decision of the circle; to change them is another one.
type ReviewRules struct {
	Circle ID         `json:"circle"`
	Rules  []RuleName `json:"rules"`
}

// RulesReviewed: the circle has looked at rules of its own, and keeps them.
type RulesReviewed struct {
	Circle ID         `json:"circle"`
	Rules  []RuleName `json:"rules"`
	At     time.Time  `json:"at"`
}

// Wire names.
func (ReviewRules) Wire() string   { return "circle.review-rules" }
func (RulesReviewed) Wire() string { return "circle.rules-reviewed" }

// NoRuleReview is the refusal of a review that was not agreed on.
var NoRuleReview = &Code{ID: "no-rule-review", Kind: ErrNotValid, Rule: "CP-30", Stands: InRules,
	Says: "{circle} has not agreed that its rule {rule} is looked at again (review in its rules)."}

// checkReviews refuses a rule that is to be looked at in two rhythms, and reviews of
// the reviews.
func checkReviews(list []RuleReview) error {
	for i, r := range list {
		if r.Rule == "review" {
			return fmt.Errorf("the reviews themselves have no review: they end when the rules that they are of are agreed without them")
		}
		if slices.ContainsFunc(list[:i], func(other RuleReview) bool { return other.Rule == r.Rule }) {
			return fmt.Errorf("the rule %q is to be looked at in two rhythms", string(r.Rule))
		}
	}
	return nil
}

func (e RulesAgreed) apply(o *Organisation) {
	o.ever.protects = o.ever.protects || len(e.Rules.Protected) > 0
	c := o.circles[e.Circle]
	var looked []Looked
	for _, r := range e.Rules.Review {
		at := e.At
		i := slices.IndexFunc(c.Looked, func(l Looked) bool { return l.Rule == r.Rule })
		if i >= 0 && reflect.DeepEqual(c.Rules.field(r.Rule).Interface(), e.Rules.field(r.Rule).Interface()) {
			at = c.Looked[i].At // what was agreed beside it is no look at it
		}
		looked = append(looked, Looked{r.Rule, at})
	}
	c.Rules, c.Looked = e.Rules, looked
}

func (e RulesReviewed) apply(o *Organisation) {
	c := o.circles[e.Circle]
	c.Looked = slices.Clone(c.Looked)
	for i := range c.Looked {
		if slices.Contains(e.Rules, c.Looked[i].Rule) {
			c.Looked[i].At = e.At
		}
	}
}

func (c ReviewRules) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	at, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	for _, rule := range c.Rules {
		if !slices.ContainsFunc(at.Looked, func(l Looked) bool { return l.Rule == rule }) {
			return nil, NoRuleReview.Refuse("circle", c.Circle, "rule", rule)
		}
	}
	return []Event{&RulesReviewed{Circle: c.Circle, Rules: c.Rules, At: now}}, nil
}

// agreed is that a circle agreed its rules, with the time where a review counts from
// it.
func agreed(id ID, r Rules, now time.Time) *RulesAgreed {
	e := &RulesAgreed{Circle: id, Rules: r}
	if len(r.Review) > 0 {
		e.At = now
	}
	return e
}

// A RuleDue is when a circle looks at one of its rules again.
type RuleDue struct {
	Circle ID
	Rule   RuleName
	At     time.Time
}

// RulesDue lists when the rules of all circles are looked at again, by circle.
func (o *Organisation) RulesDue() []RuleDue {
	var with []ID
	for id, c := range o.circles {
		if len(c.Looked) > 0 && !c.Closed {
			with = append(with, id)
		}
	}
	slices.Sort(with)
	var out []RuleDue
	for _, id := range with {
		out = append(out, o.circles[id].rulesDue()...)
	}
	return out
}

func (c *Circle) rulesDue() []RuleDue {
	var out []RuleDue
	for i, l := range c.Looked { // both lists are in the order of the rules
		out = append(out, RuleDue{c.ID, l.Rule, c.Rules.Review[i].Every.After(l.At)})
	}
	return out
}

// RulesOverdue lists the rules that hold in a circle, its own and those of circles
// around it, and that should have been looked at by now.
func (o *Organisation) RulesOverdue(id ID, now time.Time) []RuleDue {
	var out []RuleDue
	var own []*Circle // from the circle outwards
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		for _, d := range c.rulesDue() {
			otherwise := func(inner *Circle) bool { return !inner.Rules.silent(d.Rule) }
			if d.At.Before(now) && (o.Protects(id, d.Rule) == c.ID || !slices.ContainsFunc(own, otherwise)) {
				out = append(out, d)
			}
		}
		own = append(own, c)
	}
	return out
}
