package logbook_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// bakery is an organisation of three with its clock.
type bakery struct {
	t      *testing.T
	engine *consent.Engine
	now    time.Time
}

func newBakery(t *testing.T) *bakery {
	b := &bakery{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	var err error
	b.engine, err = consent.Open(t.Context(), consent.Config{Now: func() time.Time { return b.now }})
	require.NoError(t, err)
	b.do("ana", circle.Found{ID: "bakery", Aim: circle.Say("Bread"), Members: []circle.PersonID{"ana", "ben", "cia"}})
	b.do("ana", circle.CreateRole{ID: "secretary", Circle: "bakery", Hat: circle.Secretary})
	b.do("ana", circle.GiveRole{Role: "secretary", Person: "ben"})
	return b
}

func (b *bakery) do(who circle.PersonID, cmd consent.Command) {
	b.t.Helper()
	_, err := b.engine.Do(b.t.Context(), circle.Actor{By: who}, cmd)
	require.NoError(b.t, err)
}

func (b *bakery) adopt(id proposal.ID) {
	b.t.Helper()
	b.do("ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	for _, who := range []circle.PersonID{"ana", "ben", "cia"} {
		b.do(who, consent.Respond{Proposal: id, Answer: consent.Consents})
	}
}

// TestRegisterOfAgreements: the register holds what a record of an agreement
// must hold, and what has happened to it since (M-229, EC-94, EC-104, methods §5.1).
func TestRegisterOfAgreements(t *testing.T) {
	b := newBakery(t)
	say := circle.Say
	b.do("ana", proposal.Submit{ID: "cakes", Circle: "bakery", Text: say("Cakes on Sundays"), Term: circle.MustPeriod("1m")})
	b.adopt("cakes")
	b.do("ana", proposal.Submit{ID: "oven", Circle: "bakery", Text: say("We buy an oven"), Condition: say("the loan is granted"), Lapses: circle.MustPeriod("30d"),
		Effective: circle.MustPeriod("7d")})
	b.adopt("oven")
	b.do("ana", proposal.Submit{ID: "sundays", Circle: "bakery", Text: say("Open every Sunday"), Term: circle.MustPeriod("3m"), Expires: circle.MustPeriod("1y"),
		Responsible: []circle.Name{"secretary", "cia"}, Criteria: []circle.Text{say("Guests come")}, Related: []proposal.ID{"cakes"}})
	b.adopt("sundays")
	b.do("ben", proposal.Interpret{ID: "r1", Proposal: "sundays", Question: say("At Easter?"), Ruling: say("Yes")})
	b.do("cia", proposal.RecordDeviation{ID: "d1", Proposal: "sundays", Reason: say("No flour"), Affected: say("The guests"), FollowUp: say("A sign")})
	rows, err := logbook.Register(t.Context(), b.engine, "bakery")
	require.NoError(t, err)
	var got string
	for _, r := range rows {
		got += r.String()
	}
	require.Equal(t, `cakes, version 1, in force in bakery since 2 March 2026 (active)
  “Cakes on Sundays”
  Related: sundays
  Next review: 2 April 2026
oven, version 1, adopted in bakery and not yet in force (pending)
  “We buy an oven”
  Version 1 is adopted, takes effect on 9 March 2026, waits until 1 April 2026 for its condition: “the loan is granted”
sundays, version 1, in force in bakery since 2 March 2026 (active)
  “Open every Sunday”
  Responsible: secretary and cia
  Evaluated by: “Guests come”
  Related: cakes
  Ruling r1 of ben: “At Easter?” “Yes”
  Not kept to on 2 March 2026, owned by cia: “No flour” Affected: “The guests” Follow-up: “A sign”
  Next review: 2 June 2026
  It ends on 2 March 2027
`, got)
	require.Equal(t, []string{"Guests come"}, rows[2].Criteria)
}

// TestLineage: each version says who wrote it, why, from which one, and what
// it changed there; what was put and taken back is in the line too (M-140).
func TestLineage(t *testing.T) {
	b := newBakery(t)
	say := circle.Say
	b.do("ana", proposal.Submit{ID: "sundays", Circle: "bakery", Text: say("Open every Sunday"), Term: circle.MustPeriod("3m")})
	b.do("ana", proposal.Amend{Proposal: "sundays", Text: say("Open every second Sunday"), Why: say("One of us is ill")})
	b.adopt("sundays")
	b.do("cia", proposal.Revise{Proposal: "sundays", Text: say("Never open")})
	b.do("cia", proposal.Withdraw{Proposal: "sundays"})
	b.do("ben", proposal.Revise{Proposal: "sundays", Text: say("Open every first Sunday"), Weight: proposal.Editorial})
	line, err := logbook.Lineage(t.Context(), b.engine, "sundays")
	require.NoError(t, err)
	require.Len(t, line, 4)
	for i := range line {
		require.Equal(t, b.now, line[i].At)
		require.NotZero(t, line[i].Entry)
		line[i].At, line[i].Entry = time.Time{}, 0
	}
	same, removed, added := proposal.Same, proposal.Removed, proposal.Added
	require.Equal(t, []logbook.Wording{
		{Version: 1, By: "ana", Weight: proposal.Substantive, Text: "Open every Sunday"},
		{Version: 2, By: "ana", Weight: proposal.Substantive, Why: "One of us is ill", From: 1, Text: "Open every second Sunday",
			Changed: []proposal.Change{{Op: same, Text: "Open every "}, {Op: added, Text: "second "}, {Op: same, Text: "Sunday"}}},
		{Version: 3, By: "cia", Weight: proposal.Substantive, From: 2, Text: "Never open",
			Changed: []proposal.Change{{Op: removed, Text: "Open every second Sunday"}, {Op: added, Text: "Never open"}}},
		{Version: 4, By: "ben", Weight: proposal.Editorial, From: 2, Text: "Open every first Sunday",
			Changed: []proposal.Change{{Op: same, Text: "Open every "}, {Op: removed, Text: "second "}, {Op: added, Text: "first "}, {Op: same, Text: "Sunday"}}},
	}, line)
	_, err = logbook.Lineage(t.Context(), b.engine, "nothing")
	require.ErrorIs(t, err, circle.ErrNotKnown)
}
