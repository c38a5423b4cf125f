package rule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// An engine that is given the stock decides by any rule of it: here by two thirds
// of those who answer, within three days. What the rule saw is built again from
// the ledger, and judged again.
func TestTheEngineDecidesByTheStock(t *testing.T) {
	now := opening
	days := consent.Method{Name: "two-thirds", Concerns: true, Stances: []consent.Stance{consent.Abstains},
		Rule:   consent.RuleName{Kind: "super-majority", Version: 1},
		Window: consent.Window{For: circle.MustPeriod("3d"), Lapses: true}}
	store := &ledger.Memory{}
	config := consent.Config{Store: store, Rules: rule.Stock(), Methods: []consent.Method{days}, Now: func() time.Time { return now }}
	e, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	do := func(who circle.PersonID, c consent.Command) {
		t.Helper()
		_, err := e.Do(t.Context(), circle.Actor{By: who}, c)
		require.NoError(t, err)
	}
	people := []circle.PersonID{"ana", "bea", "cem", "dov"}
	do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: people, Rules: circle.Rules{Method: "two-thirds"}})
	for _, id := range []proposal.ID{"roof", "cellar"} {
		do("ana", proposal.Submit{ID: id, Circle: "den", Text: circle.Say("Mend it"), Term: circle.MustPeriod("3m")})
		do("ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
		do("ana", consent.Respond{Proposal: id, Answer: consent.Consents})
		do("bea", objection.Raise{ID: objection.ID("of-bea-to-" + id), Proposal: id, Aim: circle.WholeAim, Argument: circle.Say("We have no money")})
	}
	do("cem", consent.Respond{Proposal: "roof", Answer: consent.Consents})
	do("dov", consent.Respond{Proposal: "cellar", Answer: string(consent.Abstains)})
	now = now.Add(72 * time.Hour)
	_, err = e.Tick(t.Context())
	require.NoError(t, err)

	outcomes := map[proposal.ID]consent.Outcome{}
	for j, err := range e.Judgments(t.Context()) {
		require.NoError(t, err)
		require.Empty(t, j.Differs)
		require.Equal(t, "super-majority", j.Rule.Kind)
		outcomes[j.Proposal] = j.Outcome
	}
	require.Equal(t, map[proposal.ID]consent.Outcome{"roof": consent.Carried, "cellar": consent.Declined}, outcomes,
		"two of three who took a side are two thirds, one of two is not")

	// The engine explains in the words of the rule, and in general ones where the
	// rule is not at hand any more (CP-25).
	says := explained(t, e, "cellar")
	require.Contains(t, says, "of the votes that say yes or no, at least two thirds must say yes: 1 of 2 does, and 2 of 2 are needed")
	require.Contains(t, says, "cem has not answered")
	config.Rules, config.Methods = nil, nil
	without, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	require.Contains(t, explained(t, without, "cellar"), "1 of 2 in favour, at least 2/3 needed")
}

// explained is all that is said of a proposal.
func explained(t *testing.T, e *consent.Engine, id proposal.ID) string {
	t.Helper()
	told, err := e.Explain(t.Context(), id)
	require.NoError(t, err)
	return fmt.Sprint(told)
}
