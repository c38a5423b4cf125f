package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

var waits = circle.Absence{Silence: circle.Wait}

// guarded is a valley inside places, which protects what silence means.
func guarded(more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{settled,
		&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Absence: waits, Protected: []circle.RuleName{"absence"}}}}, more...)...)
}

func agrees(id circle.ID, r circle.Rules) circle.AgreeRules {
	return circle.AgreeRules{Circle: id, Rules: r}
}

var protectRows = []row{
	{name: "M-258: what is protected holds inside", given: guarded(), consent: "valley",
		when: agrees("valley", circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}), refused: circle.ProtectedRule},
	{name: "M-258: all else is free", given: guarded(), consent: "valley", when: agrees("valley", circle.Rules{GuestMinutes: 5}),
		then: []circle.Event{&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{GuestMinutes: 5}}}},
	{name: "M-258: to say the same is no change", given: guarded(), consent: "valley", when: agrees("valley", circle.Rules{Absence: waits}),
		then: []circle.Event{&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Absence: waits}}}},
	{name: "M-258: a circle that is opened is inside too", given: guarded(), consent: "places",
		when:    opens("bakery", func(c *circle.Open) { c.Rules = circle.Rules{Absence: circle.Absence{Silence: circle.Bound}} }),
		refused: circle.ProtectedRule},
	{name: "M-258: not changed in one step", given: guarded(), consent: "places",
		when: agrees("places", circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}), refused: circle.ProtectedRule},
	{name: "M-258: the protection is lifted first", given: guarded(), consent: "places", when: agrees("places", circle.Rules{Absence: waits}),
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Absence: waits}}}},
	{name: "M-258: and then it is changed", given: guarded(&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Absence: waits}}), consent: "places",
		when: agrees("places", circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}),
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}}}},
}

// TestProtectedPrevails: M-258, what a circle inside had agreed before gives way
// to what is protected around it.
func TestProtectedPrevails(t *testing.T) {
	bound := &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Bound}, GuestMinutes: 5}}
	o := history(t, valley(bound))
	require.Equal(t, circle.Bound, o.RulesOf("valley").Absence.Silence)
	o = history(t, guarded(bound))
	require.Equal(t, circle.Wait, o.RulesOf("valley").Absence.Silence)
	require.Equal(t, 5, o.RulesOf("valley").GuestMinutes)
	require.Equal(t, circle.ID("places"), o.Protects("valley", "absence"))
	require.Equal(t, circle.ID(""), o.Protects("valley", "method"))
	require.Error(t, circle.RuleName("weather").Check())
	require.Error(t, circle.RuleName("protected").Check(), "a circle can always lift its protection")
}
