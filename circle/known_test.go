package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// What stands here fails until a known mistake is mended.

// TestKnownLeaderRoleTaken: opening a circle with a leader takes the name
// "<circle>-leader" also where another circle has a role of that name, and
// puts a new role in its place.
func TestKnownLeaderRoleTaken(t *testing.T) {
	o := history(t, founded(&circle.RoleCreated{Role: "bakery-leader", Circle: "places", Hat: circle.Secretary}))
	_, err := o.Decide(circle.Actor{By: "ana"}, now, opens("bakery", func(c *circle.Open) { c.Leader = "ben" }), circle.Facts{})
	requireRefused(t, circle.TakenID, err)
}

// TestKnownHelpingTakesDomain: EC-48, a helping circle never decides, so no
// item of its parent's domain can be handed to it.
func TestKnownHelpingTakesDomain(t *testing.T) {
	o := history(t, valley())
	events, err := o.Decide(circle.Actor{By: "ana"}, now, helps(func(c *circle.Open) { c.Domain = []circle.Item{item("starting", "")} }), circle.Facts{})
	if err == nil {
		parts := 0
		for _, e := range events {
			happen(t, o, e, &parts)
		}
	}
	require.Empty(t, o.HandedTo(o.Circle("valley"), "starting"))
}

// TestKnownSiblingsHoldOnePiece: I-4, M-9, two circles inside one cannot hold
// the same piece.
func TestKnownSiblingsHoldOnePiece(t *testing.T) {
	o := history(t, founded(&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("ovens", "care")}}))
	_, err := o.Decide(circle.Actor{By: "ana"}, now,
		opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("ovens", "care")} }), circle.Facts{})
	require.Error(t, err)
}

// TestKnownLinkOutlivesCircle: I-19, M-24, with a helping circle its links
// end, and so does the full part that its leader took by them.
func TestKnownLinkOutlivesCircle(t *testing.T) {
	o := history(t, helping(
		&circle.RoleCreated{Role: "helpers-leader", Circle: "helpers", Hat: circle.Leader},
		&circle.RoleGiven{Role: "helpers-leader", Person: "dee", Since: now},
		&circle.Linked{Circle: "helpers", To: "valley", As: circle.Leader}))
	require.Equal(t, circle.Full, o.LevelIn("valley", "dee"))
	o.Apply(&circle.Closed{Circle: "helpers"})
	require.Empty(t, o.LevelIn("valley", "dee"))
}

// TestKnownRoleOfEndedCircle: M-24, in a circle that has ended nobody is given
// a role.
func TestKnownRoleOfEndedCircle(t *testing.T) {
	o := history(t, helping(&circle.RoleCreated{Role: "scribe", Circle: "helpers"}, &circle.Closed{Circle: "helpers"}))
	_, err := o.Decide(circle.Actor{By: "ana"}, now, circle.GiveRole{Role: "scribe", Person: "dee"}, circle.Facts{})
	requireRefused(t, circle.CircleClosed, err)
}

// TestKnownRootWithoutAim: M-1, every circle has an aim, and the room's own
// law says so.
func TestKnownRootWithoutAim(t *testing.T) {
	var o circle.Organisation
	_, err := o.Decide(circle.Actor{By: "ana"}, now, circle.Found{ID: "places", Domain: []circle.Item{item("care", "")}}, circle.Facts{})
	requireRefused(t, circle.NoAim, err)
}

// TestKnownPeriodUnchecked: a program can write a period that no reader of the
// ledger accepts; an entry with it can be written and never read.
func TestKnownPeriodUnchecked(t *testing.T) {
	for _, bad := range []circle.Period{{N: 20_000, Unit: circle.Days}, {N: 0, Unit: circle.Days}, {N: -1, Unit: circle.Days}, {N: 3, Unit: "x"}, {N: 3}} {
		require.NotNil(t, canon.Check(circle.GiveRole{Role: "rota", Person: "ben", Term: bad}), "%+v", bad)
	}
}

// TestKnownEmptyListIsOpen: a list of tools that is empty and one that is not
// given are one in the ledger, so they must be one in the law.
func TestKnownEmptyListIsOpen(t *testing.T) {
	o := history(t, valley(
		&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Tools: []circle.Tool{circle.Amend}, Presence: []circle.Presence{{AtLeast: 1}}}},
		&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Tools: []circle.Tool{}, Presence: []circle.Presence{}}}))
	require.Equal(t, o.RulesOf("places"), o.RulesOf("valley"))
}

// TestKnownPeriodsOverflow: what ParsePeriod accepts goes forward.
func TestKnownPeriodsOverflow(t *testing.T) {
	p := circle.MustPeriod("10000w")
	require.True(t, p.Times(now, 2).After(now))
}

// TestKnownZeroMonthsAsk: "Zero months: the circle does not ask."
func TestKnownZeroMonthsAsk(t *testing.T) {
	require.True(t, circle.LongTerm{Goes: circle.Up}.IsZero())
}

// TestKnownPlainLists: every list is worded as people say it.
func TestKnownPlainLists(t *testing.T) {
	require.Equal(t, "measure and amend", circle.Plain([]circle.Tool{circle.Measure, circle.Amend}))
}

// TestKnownAimPartNamedAim: no part of an aim may bear the name of the whole.
func TestKnownAimPartNamedAim(t *testing.T) {
	o := history(t, founded())
	_, err := o.Decide(circle.Actor{By: "ana"}, now,
		opens("bakery", func(c *circle.Open) { c.AimParts = []circle.Item{item(circle.WholeAim, "")} }), circle.Facts{})
	require.Error(t, err)
}

// TestKnownNamesHoldFacts: a name is said as it is, also where it looks like a
// fact.
func TestKnownNamesHoldFacts(t *testing.T) {
	r := circle.NotInCircle.Refuse("who", circle.PersonID("ben"), "circle", circle.ID("valley"))
	got := r.Told(nil, func(circle.PersonID) string { return "{circle}" })
	require.Equal(t, "{circle} does not take part in valley.", got)
}
