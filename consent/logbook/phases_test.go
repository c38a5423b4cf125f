package logbook_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// phases words the phases of a decision.
func (b *bakery) phases(id proposal.ID) (out []string) {
	b.t.Helper()
	list, err := logbook.Phases(b.t.Context(), b.engine, id)
	require.NoError(b.t, err)
	for _, p := range list {
		out = append(out, p.String())
	}
	return out
}

// TestPhases: CP-7, each of the four phases says who took part by class, and which
// classes did not; that it is adopted is not the end.
func TestPhases(t *testing.T) {
	b := mixed(t, false)
	say := circle.Say
	b.do("ana", circle.CreateRole{ID: "counter", Circle: "bakery", Name: say("Counter")})
	b.do("ana", circle.GiveRole{Role: "counter", Person: "ana"})
	b.do("ana", circle.CreateRole{ID: "till", Circle: "bakery", Name: say("Till")})
	b.do("ana", circle.GiveRole{Role: "till", Person: "ben"})
	b.do("ana", proposal.OpenNeed{ID: "n", Circle: "bakery", Text: say("We sell out at ten")})
	b.do("ada", proposal.GiveInput{ID: "i", Need: "n", Text: say("I cannot queue")})
	b.do("ana", proposal.Submit{ID: "p", Circle: "bakery", Need: "n", Text: say("More bread"), Term: circle.MustPeriod("3m"), Responsible: []circle.Name{"ben"},
		Measures: []proposal.Measure{{ID: "sold", Indicator: say("Loaves left"), Every: circle.MustPeriod("1m"), Reader: "counter", Stop: 9}}})
	require.Equal(t, []string{"co-design: supported 1, worker 1", "co-decision: supported 0, worker 0", "co-delivery: worker 2, supported 0",
		"co-evaluation: supported 0, worker 0"}, b.phases("p"))
	b.do("ana", consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	b.do("ada", objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: say("I cannot carry it")})
	b.do("ana", consent.Respond{Proposal: "p", Answer: consent.Consents})
	b.do("ben", consent.Respond{Proposal: "p", Answer: consent.Consents})
	b.do("ada", objection.Withdraw{Objection: "o"})
	b.do("ana", consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	for _, who := range []circle.PersonID{"ana", "ben", "ada"} {
		b.do(who, consent.Respond{Proposal: "p", Answer: consent.Consents})
	}
	b.do("ben", proposal.AskReview{Proposal: "p", Reason: say("The oven is cold")})
	b.do("ana", proposal.Evaluate{Proposal: "p", Text: say("It went well")})
	list, err := logbook.Phases(t.Context(), b.engine, "p")
	require.NoError(t, err)
	require.Equal(t, map[circle.Class][]circle.PersonID{circle.Supported: {"ada"}, circle.Worker: {"ana", "ben"}}, list[1].People)
	require.Empty(t, list[1].Missing)
	require.Equal(t, "co-evaluation: worker 2, supported 0", list[3].String())
	for _, p := range list {
		if p.Name != logbook.CoDelivery { // who sees to it is known from the text itself
			require.NotEmpty(t, p.Entries, p.Name)
		}
	}
	_, err = logbook.Phases(t.Context(), b.engine, "nothing")
	require.ErrorIs(t, err, circle.ErrNotKnown)
}

// TestLevelOf: CP-8, the level of a circle is derived from who has a consent right on
// what, and from what became of their objections; nobody declares it.
func TestLevelOf(t *testing.T) {
	b := mixed(t, false)
	level := func(class circle.Class) logbook.Level {
		t.Helper()
		l, err := logbook.LevelOf(t.Context(), b.engine, "bakery", class)
		require.NoError(t, err)
		require.NotEmpty(t, l.Reasons, "with its reasons")
		return l
	}
	b.do("ana", circle.Admit{ID: "eli", Class: circle.Advocate})
	require.Equal(t, logbook.Level{Circle: "bakery", Class: circle.Advocate, Depth: logbook.Absent, Reasons: []string{"nobody of the group advocate takes part in bakery"}}, level(circle.Advocate))
	b.do("ana", circle.Join{Circle: "bakery", Person: "eli", Level: circle.Guest})
	require.Equal(t, logbook.Level{Circle: "bakery", Class: circle.Advocate, Depth: logbook.Descriptive, Reasons: []string{"take part in bakery, none of them with a consent right: 1"}}, level(circle.Advocate))

	require.Equal(t, logbook.Descriptive, level(circle.Supported).Depth, "a consent right on nothing that counts")
	b.do("ana", circle.CreateRole{ID: "counter", Circle: "bakery", Name: circle.Say("Counter")})
	require.Equal(t, logbook.Level{Circle: "bakery", Class: circle.Supported, Depth: logbook.Intermediate, Reasons: []string{"have a consent right in bakery: 1",
		"it decides who wears its roles", "it sets policy on what is in its domain", "no money that it decides on is recorded"}}, level(circle.Supported))
	b.do("ana", circle.GrantBudget{Circle: "bakery", Units: 100, Currency: "EUR"})
	got := level(circle.Supported)
	require.Equal(t, logbook.Transformative, got.Depth)
	require.Contains(t, got.Reasons, "none of their objections has ended yet, so none was passed over")

	b.objected(2, false)
	got = level(circle.Supported)
	require.Equal(t, logbook.Intermediate, got.Depth)
	require.Contains(t, got.Reasons, "2 of their objections have ended, and none was integrated")
	require.Len(t, got.Entries, 4)
	require.Equal(t, logbook.Transformative, level(circle.Worker).Depth, "of each group apart")
	_, err := logbook.LevelOf(t.Context(), b.engine, "nothing", circle.Worker)
	require.ErrorIs(t, err, circle.ErrNotKnown)

	b = mixed(t, false)
	b.do("ana", circle.CreateRole{ID: "counter", Circle: "bakery", Name: circle.Say("Counter")})
	b.do("ana", circle.GrantBudget{Circle: "bakery", Units: 100, Currency: "EUR"})
	b.objected(2, true)
	got = level(circle.Supported)
	require.Equal(t, logbook.Transformative, got.Depth)
	require.Contains(t, got.Reasons, "1 of 2 of their objections that have ended were integrated")
}
