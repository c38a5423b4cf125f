package logbook_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/proposal"
)

// TestTryRuleAmongOptions: a rule that chooses among options is tried on the
// choices that a ledger holds, and no other rule is; and what was chosen stands in
// the register (M-229).
func TestTryRuleAmongOptions(t *testing.T) {
	e, err := consent.Open(t.Context(), consent.Config{Rules: rule.Stock(), Methods: rule.Methods()})
	require.NoError(t, err)
	do := func(who circle.PersonID, c consent.Command) {
		t.Helper()
		_, err := e.Do(t.Context(), circle.Actor{By: who}, c)
		require.NoError(t, err)
	}
	do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: people, Rules: circle.Rules{Method: circle.Name(rule.ChooseByRanking.Name)}})
	do("ana", proposal.Submit{ID: "day", Circle: "den", Text: circle.Say("When do we meet?"), Term: circle.MustPeriod("1y"),
		Options: []proposal.Option{{ID: "mon", Label: circle.Say("Monday")}, {ID: "tue", Label: circle.Say("Tuesday")}, {ID: "sun", Label: circle.Say("Sunday")}}})
	do("ana", consent.OpenRound{Proposal: "day", Round: consent.ConsentRound})
	for who, ranking := range map[circle.PersonID][]proposal.OptionID{"ana": {"mon", "tue", "sun"}, "bea": {"mon", "tue", "sun"}, "cem": {"sun", "tue", "mon"}, "dov": {"tue", "sun", "mon"}} {
		p := &consent.Preference{}
		for _, o := range ranking {
			p.Ranking = append(p.Ranking, []proposal.OptionID{o})
		}
		do(who, consent.Respond{Proposal: "day", Prefers: p})
	}
	do("ana", consent.SettleTie{Proposal: "day", How: consent.ByLot}) // of mon and tue
	rows, err := logbook.Register(t.Context(), e, "den")
	require.NoError(t, err)
	require.Len(t, rows[0].Chosen, 1)
	require.NotEmpty(t, rows[0].Chosen[0].Label)
	require.Contains(t, rows[0].String(), "Chosen: "+string(rows[0].Chosen[0].ID))

	same, err := logbook.TryRule(t.Context(), e, "Schulze", rule.Schulze{})
	require.NoError(t, err)
	require.Equal(t, 1, same.Decided)
	require.Empty(t, same.Differ)
	other, err := logbook.TryRule(t.Context(), e, "plurality", rule.Plurality{})
	require.NoError(t, err)
	require.Len(t, other.Differ, 1)
	require.Equal(t, []proposal.OptionID{"mon"}, other.Differ[0].Other)
	require.Contains(t, other.String(), "would have as mon")
	none, err := logbook.TryRule(t.Context(), e, "a majority", rule.SimpleMajority.Vote())
	require.NoError(t, err)
	require.Zero(t, none.Decided, "there was no question of yes and no")
}
