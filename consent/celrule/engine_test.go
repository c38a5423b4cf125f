package celrule_test

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/celrule"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// twoThirds is a method in which two of three who take a side decide in three days.
func twoThirds(r consent.RuleName) consent.Method {
	return consent.Method{Name: "two-thirds", Concerns: true, Stances: []consent.Stance{consent.Abstains}, Rule: r,
		Window: consent.Window{For: circle.MustPeriod("3d"), Lapses: true}}
}

// An engine that is given this kind decides by it, keeps the whole source with the
// question that was opened, and judges it again from the ledger: who opens the
// engine later with another rule for the same method changes no open question.
func TestTheEngineDecidesByIt(t *testing.T) {
	now := opening
	var store ledger.Memory
	ours := compiled(t, conditions("two-thirds", "cast > 0 && yes * 3 >= cast * 2")).Name()
	open := func(r consent.RuleName) *consent.Engine {
		rules := rule.Stock()
		maps.Copy(rules, celrule.Kinds())
		e, err := consent.Open(t.Context(), consent.Config{Store: &store, Rules: rules, Methods: []consent.Method{twoThirds(r)}, Now: func() time.Time { return now }})
		require.NoError(t, err)
		return e
	}
	e := open(ours)
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
	e = open(compiled(t, conditions("it", "false")).Name())
	now = now.Add(72 * time.Hour)
	_, err := e.Tick(t.Context())
	require.NoError(t, err)

	outcomes := map[proposal.ID]consent.Outcome{}
	for j, err := range e.Judgments(t.Context()) {
		require.NoError(t, err)
		require.Empty(t, j.Differs)
		require.Equal(t, ours, j.Rule)
		outcomes[j.Proposal] = j.Outcome
	}
	require.Equal(t, map[proposal.ID]consent.Outcome{"roof": consent.Carried, "cellar": consent.Declined}, outcomes,
		"two of three who took a side are two thirds, one of two is not")
}

// A rule that cannot be is refused with the reason before a question is opened
// under it.
func TestTheEngineRefusesABadRule(t *testing.T) {
	bad := consent.RuleName{Kind: celrule.Kind, Version: celrule.Version, Parameters: `{"conditions":[{"cel":"now > 1","name":"it","says":"in words"}]}`}
	e, err := consent.Open(t.Context(), consent.Config{Rules: celrule.Kinds(), Methods: []consent.Method{twoThirds(bad)}})
	require.NoError(t, err)
	_, err = e.Do(t.Context(), circle.Actor{By: "ana"}, circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: []circle.PersonID{"ana"}, Rules: circle.Rules{Method: "two-thirds"}})
	require.NoError(t, err)
	_, err = e.Do(t.Context(), circle.Actor{By: "ana"}, proposal.Submit{ID: "roof", Circle: "den", Text: circle.Say("Mend it"), Term: circle.MustPeriod("3m")})
	var refused *circle.Refusal
	require.ErrorAs(t, err, &refused)
	require.Same(t, consent.BadRule, refused.Code)
	require.ErrorContains(t, err, "undeclared reference to 'now'")
}
