package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// looking are rules of which presence is looked at each month, and absence each year.
func looking(minutes int) circle.Rules {
	return circle.Rules{GuestMinutes: minutes, Presence: []circle.Presence{{Classes: []circle.Class{circle.Worker}, AtLeast: 1}}, Review: []circle.RuleReview{
		{Rule: "presence", Every: circle.MustPeriod("1m")}, {Rule: "absence", Every: circle.MustPeriod("1y")}}}
}

// reviewRows are the law of the review of a circle's own rules: CP-30.
var reviewRows = []row{
	{name: "CP-30: rules that are looked at again say since when", given: founded(), when: circle.AgreeRules{Circle: "places", Rules: looking(0)},
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: looking(0), At: now}}},
	{name: "CP-30: the circle looks at one by consent", given: founded(settled, &circle.RulesAgreed{Circle: "places", Rules: looking(0)}), consent: "places",
		when: circle.ReviewRules{Circle: "places", Rules: []circle.RuleName{"presence"}},
		then: []circle.Event{&circle.RulesReviewed{Circle: "places", Rules: []circle.RuleName{"presence"}, At: now}}},
	{name: "CP-30: nobody does so alone", given: founded(settled, &circle.RulesAgreed{Circle: "places", Rules: looking(0)}),
		when: circle.ReviewRules{Circle: "places", Rules: []circle.RuleName{"presence"}}, refused: circle.ByConsentOnly},
	{name: "CP-30: what has a review", given: founded(&circle.RulesAgreed{Circle: "places", Rules: looking(0)}),
		when: circle.ReviewRules{Circle: "places", Rules: []circle.RuleName{"presence", "tools"}}, refused: circle.NoRuleReview},
	{name: "CP-30: of a circle that is there", given: founded(), when: circle.ReviewRules{Circle: "oven", Rules: []circle.RuleName{"presence"}}, refused: circle.UnknownCircle},
}

// TestRulesDue: CP-30, a review is due so long after the rule was agreed, changed or
// looked at; what else is agreed in the same breath moves no date.
func TestRulesDue(t *testing.T) {
	o := history(t, valley())
	later := func(months int) time.Time { return now.AddDate(0, months, 0) }
	due := func(rule circle.RuleName, at time.Time) circle.RuleDue {
		return circle.RuleDue{Circle: "places", Rule: rule, At: at}
	}
	require.Empty(t, o.RulesDue())
	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: looking(0), At: now})
	require.Equal(t, []circle.RuleDue{due("presence", later(1)), due("absence", later(12))}, o.RulesDue())

	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: looking(20), At: later(1)})
	require.Equal(t, []circle.RuleDue{due("presence", later(1)), due("absence", later(12))}, o.RulesDue(), "nobody looked at them")
	changed := looking(20)
	changed.Absence = circle.Absence{Silence: circle.Wait}
	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: changed, At: later(2)})
	require.Equal(t, []circle.RuleDue{due("presence", later(1)), due("absence", later(14))}, o.RulesDue(), "what was changed was looked at")
	before := o.Copy()
	o.Apply(&circle.RulesReviewed{Circle: "places", Rules: []circle.RuleName{"presence"}, At: later(3)})
	require.Equal(t, []circle.RuleDue{due("presence", later(4)), due("absence", later(14))}, o.RulesDue())
	require.Equal(t, due("presence", later(1)), before.RulesDue()[0])
	again := changed
	again.GuestMinutes = 30
	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: again, At: later(4)})
	require.Equal(t, []circle.RuleDue{due("presence", later(4)), due("absence", later(14))}, o.RulesDue(), "each keeps its own date")

	require.Empty(t, o.RulesOverdue("valley", later(4)))
	require.Equal(t, []circle.RuleDue{due("presence", later(4))}, o.RulesOverdue("valley", later(5)), "it holds inside too")
	o.Apply(&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Presence: []circle.Presence{{Classes: []circle.Class{circle.Supported}, AtLeast: 1}}}})
	require.Empty(t, o.RulesOverdue("valley", later(5)), "valley has agreed otherwise")
	require.NotEmpty(t, o.RulesOverdue("places", later(5)))
	protected := changed
	protected.Protected = []circle.RuleName{"presence"}
	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: protected, At: later(5)})
	require.NotEmpty(t, o.RulesOverdue("valley", later(5)), "and what is protected holds")
	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{}})
	require.Empty(t, o.RulesDue())
}
