package logbook_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// atLeast carries what so many say yes to, whatever the others say.
type atLeast int

func (n atLeast) Judge(c consent.Case) consent.Verdict {
	yes := 0
	for _, a := range c.Answers {
		if a.Position == "yes" {
			yes++
		}
	}
	v := consent.Verdict{Outcome: consent.Declined, Final: true, Why: []consent.Reason{{Code: "yes", Holds: yes >= int(n), Got: fmt.Sprint(yes), Need: fmt.Sprint(int(n))}}}
	if v.Why[0].Holds {
		v.Outcome = consent.Carried
	}
	return v
}

// Another rule is tried on what a ledger has decided: what it would have made
// otherwise is named, with what was missing by it.
func TestTryRule(t *testing.T) {
	e, err := consent.Open(t.Context(), consent.Config{})
	require.NoError(t, err)
	do := func(who circle.PersonID, cmds ...consent.Command) {
		t.Helper()
		for _, c := range cmds {
			_, err := e.Do(t.Context(), circle.Actor{By: who}, c)
			require.NoError(t, err)
		}
	}
	people := []circle.PersonID{"ana", "bea", "cem"}
	do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: people})
	decide := func(id proposal.ID) {
		do("ana", proposal.Submit{ID: id, Circle: "den", Text: circle.Say("Paint"), Term: circle.MustPeriod("3m")},
			consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
		for _, who := range people {
			do(who, consent.Respond{Proposal: id, Answer: consent.Consents})
		}
	}
	decide("one")
	decide("two")
	do("ana", proposal.Submit{ID: "three", Circle: "den", Text: circle.Say("Paint it black"), Term: circle.MustPeriod("3m")},
		consent.OpenRound{Proposal: "three", Round: consent.ConsentRound},
		objection.Raise{ID: "dark", Proposal: "three", Aim: circle.WholeAim, Argument: circle.Say("Too dark to read")})

	var seen []proposal.ID
	for j, err := range e.Judgments(t.Context()) {
		require.NoError(t, err)
		require.Empty(t, j.Differs)
		require.Len(t, j.Case.Answers, 3)
		require.Equal(t, consent.Carried, j.Outcome)
		seen = append(seen, j.Proposal)
	}
	require.Equal(t, []proposal.ID{"one", "two"}, seen, "what is open is not among them")

	same, err := logbook.TryRule(t.Context(), e, atLeast(3))
	require.NoError(t, err)
	require.Equal(t, "0 of 2 decisions differ", same.String())
	other, err := logbook.TryRule(t.Context(), e, atLeast(4))
	require.NoError(t, err)
	require.Equal(t, "2 of 2 decisions differ\n  one (entry 5) was adopted and would be declined; yes: 3, needed 4\n  two (entry 10) was adopted and would be declined; yes: 3, needed 4", other.String())
}
