package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// inRotas puts an agreement in force in the circle inside valley.
func inRotas(id proposal.ID) []proposal.Event {
	return []proposal.Event{&proposal.Submitted{Proposal: id, Circle: "rotas", By: "wyn", Sort: proposal.Policy, Text: say("v1"), At: now},
		&proposal.Adopted{Proposal: id, Version: 1, Since: now}}
}

func reaches(sways proposal.Sways, extent proposal.Extent, fixed bool) *proposal.ReachSet {
	return &proposal.ReachSet{Proposal: "notes", Sways: sways, Extent: extent, Fixed: fixed}
}

var instead = proposal.SetReach{Proposal: "own", Sways: proposal.Default, Instead: "notes"}

var reachRows = []row{
	{name: "M-13: a circle says where its agreement holds", given: adopted, consent: "valley",
		when: proposal.SetReach{Proposal: "notes", Sways: proposal.Authority, Fixed: true},
		then: []proposal.Event{&proposal.ReachSet{Proposal: "notes", Sways: proposal.Authority, Fixed: true}}},
	{name: "M-13: nobody says it alone", given: adopted, when: proposal.SetReach{Proposal: "notes", Sways: proposal.Authority}, refused: proposal.ByConsent},
	{name: "M-13: of what is in force", given: submitted, consent: "valley", when: proposal.SetReach{Proposal: "notes", Sways: proposal.Authority}, refused: proposal.NotInForce},
	{name: "M-13: an inner circle overrides a default rule that reaches it", consent: "rotas", when: instead,
		given: and(adopted, append(inRotas("own"), reaches(proposal.Default, proposal.Below, false))...),
		then:  []proposal.Event{&proposal.ReachSet{Proposal: "own", Sways: proposal.Default, Instead: "notes"}}},
	{name: "M-13: not one that is fixed", consent: "rotas", when: instead, refused: proposal.FixedAbove,
		given: and(adopted, append(inRotas("own"), reaches(proposal.Default, proposal.Below, true))...)},
	{name: "M-13: nor one that does not reach it", consent: "rotas", when: instead, refused: proposal.NothingAbove,
		given: and(adopted, append(inRotas("own"), reaches(proposal.Default, "", false))...)},
	{name: "M-13: nor one about authority", consent: "rotas", when: instead, refused: proposal.NothingAbove,
		given: and(adopted, append(inRotas("own"), reaches(proposal.Authority, "", false))...)},
	{name: "M-13: nor one of its own", consent: "rotas", refused: proposal.NothingAbove, given: and(adopted, inRotas("own")...),
		when: proposal.SetReach{Proposal: "own", Sways: proposal.Default, Instead: "own"}},
	{name: "M-13: nor one that is not there", consent: "rotas", refused: proposal.NothingAbove, given: and(adopted, inRotas("own")...),
		when: proposal.SetReach{Proposal: "own", Sways: proposal.Default, Instead: "nothing"}},
}

// TestHolding: M-13, what is about authority holds in the circles inside, a
// default rule in its own, unless it says otherwise, and unless one further in
// took its place.
func TestHolding(t *testing.T) {
	o := people(t, circle.Rules{})
	for _, r := range []struct {
		name string
		with *proposal.ReachSet
		want []proposal.ID
	}{
		{"nothing was said", nil, []proposal.ID{"own"}},
		{"authority", reaches(proposal.Authority, "", false), []proposal.ID{"notes", "own"}},
		{"authority, here alone", reaches(proposal.Authority, proposal.Here, false), []proposal.ID{"own"}},
		{"a default", reaches(proposal.Default, "", false), []proposal.ID{"own"}},
		{"a default, below too", reaches(proposal.Default, proposal.Below, false), []proposal.ID{"notes", "own"}},
	} {
		m := history(t, and(adopted, inRotas("own")...))
		if r.with != nil {
			m.Apply(r.with)
		}
		require.Equal(t, r.want, m.Holding(o, "rotas"), r.name)
		require.Equal(t, []proposal.ID{"notes"}, m.Holding(o, "valley"), r.name)
		require.Empty(t, m.Holding(o, "places"), "%s: nothing goes upwards", r.name)
	}
	m := history(t, and(adopted, append(inRotas("own"), reaches(proposal.Default, proposal.Below, false),
		&proposal.ReachSet{Proposal: "own", Sways: proposal.Default, Instead: "notes"})...))
	require.Equal(t, []proposal.ID{"own"}, m.Holding(o, "rotas"), "it took its place there")
	require.Equal(t, []proposal.ID{"notes"}, m.Holding(o, "valley"), "and not in the broader circle")
}
