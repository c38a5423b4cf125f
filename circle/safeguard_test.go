package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

func leading(change func(*circle.Safeguarding)) circle.AgreeRules {
	r := &circle.Safeguarding{Leads: []circle.PersonID{"ben"}, Within: circle.MustPeriod("2d"), Next: []circle.PersonID{"cia"}}
	if change != nil {
		change(r)
	}
	return circle.AgreeRules{Circle: "places", Rules: circle.Rules{Safeguarding: r}}
}

// foundedWith founds places with ana, ben and cia, and rules.
func foundedWith(r circle.Rules) circle.Found {
	c := founding
	c.Members, c.Rules = []circle.PersonID{"ana", "ben", "cia"}, r
	return c
}

// safeguardRows are the law of who acts when a person may be in danger: CP-22.
var safeguardRows = []row{
	{name: "CP-22: they are named with the founding, of those who found it", when: foundedWith(leading(nil).Rules), then: []circle.Event{
		&circle.Founded{Circle: "places", By: "ana", Name: circle.Say("Places"), Aim: circle.Say("Tied together"), Domain: []circle.Item{item("care", "")}, Engine: circle.Edition},
		&circle.Admitted{Person: "ana"}, &circle.Joined{Circle: "places", Person: "ana", Level: circle.Full},
		&circle.Admitted{Person: "ben"}, &circle.Joined{Circle: "places", Person: "ben", Level: circle.Full},
		&circle.Admitted{Person: "cia"}, &circle.Joined{Circle: "places", Person: "cia", Level: circle.Full},
		&circle.RulesAgreed{Circle: "places", Rules: leading(nil).Rules},
	}},
	{name: "CP-22: and nobody else", when: foundedWith(leading(func(r *circle.Safeguarding) { r.Next = []circle.PersonID{"zed"} }).Rules), refused: circle.UnknownPerson},
	{name: "CP-22: the root circle names who acts", given: founded(), when: leading(nil),
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: leading(nil).Rules}}},
	{name: "CP-22: no other circle does", given: valley(), when: circle.AgreeRules{Circle: "valley", Rules: leading(nil).Rules}, refused: circle.SafeguardingAtRoot},
	{name: "CP-22: nor when it is opened", given: founded(), when: opens("oven", func(c *circle.Open) { c.Rules = leading(nil).Rules }), refused: circle.SafeguardingAtRoot},
	{name: "CP-22: people who are known", given: founded(), when: leading(func(r *circle.Safeguarding) { r.Next = []circle.PersonID{"zed"} }), refused: circle.UnknownPerson},
	{name: "CP-22: each once", given: founded(), when: leading(func(r *circle.Safeguarding) { r.Next = r.Leads }), refused: circle.TwiceInDomain},
	{name: "CP-22: a role that is there", given: founded(settled), consent: "places", when: leading(func(r *circle.Safeguarding) { r.Role = "guard" }), refused: circle.UnknownRole},
}

// TestSafeguards: CP-22, who acts are the wearers of the role and the people named
// beside it; the first in line, where the role is worn by nobody.
func TestSafeguards(t *testing.T) {
	agreed := func(r circle.Safeguarding) *circle.RulesAgreed {
		return &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Safeguarding: &r}}
	}
	people := func(list ...circle.PersonID) []circle.PersonID { return list }
	for name, c := range map[string]struct {
		given       []circle.Event
		leads, next []circle.PersonID
	}{
		"nobody is named": {given: valley()},
		"people":          {given: valley(agreed(circle.Safeguarding{Leads: people("dee"), Next: people("ben")})), leads: people("dee"), next: people("ben")},
		"a role and people": {given: valley(agreed(circle.Safeguarding{Role: "valley-leader", Leads: people("dee", "cia"), Next: people("cia", "ben")})),
			leads: people("cia", "dee"), next: people("ben")},
		"a role that nobody wears": {given: valley(agreed(circle.Safeguarding{Role: "rota", Next: people("ben", "dee")})), leads: people("ben"), next: people("dee")},
		"a role that is not there": {given: valley(agreed(circle.Safeguarding{Role: "guard"}))},
		"a substitute of the wearer": {given: valley(agreed(circle.Safeguarding{Role: "valley-leader"}),
			&circle.SubstituteNamed{Role: "valley-leader", Holder: "cia", Person: "ben"}), leads: people("ben")},
	} {
		t.Run(name, func(t *testing.T) {
			o := history(t, c.given)
			leads, next := o.Safeguards()
			require.Equal(t, c.leads, leads)
			require.ElementsMatch(t, c.next, next)
		})
	}
	require.Equal(t, "2d", func() string {
		o := history(t, founded(&circle.RulesAgreed{Circle: "places", Rules: leading(nil).Rules}))
		require.Nil(t, o.RulesOf("valley").Safeguarding)
		return o.SafeguardsWithin().String()
	}())
	require.True(t, history(t, founded()).SafeguardsWithin().IsZero())
	require.True(t, new(circle.Organisation).SafeguardsWithin().IsZero())
	for _, bad := range []circle.Safeguarding{{}, {Within: circle.MustPeriod("2d")}, {Leads: people("ben"), Next: people("cia")}} {
		require.Error(t, bad.Check())
	}
}
