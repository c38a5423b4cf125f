package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
)

// TestMayDecide: M-4, a new circle confirms its aim before it decides; M-19 and
// M-20, what another circle governs decides nothing.
func TestMayDecide(t *testing.T) {
	o := history(t, hillside(
		&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}, Unconfirmed: true},
		&circle.Opened{Circle: "team", Parent: "valley", Type: circle.HelpingTeam, Aim: circle.Say("t")},
		&circle.Opened{Circle: "open", Parent: "valley", Type: circle.OpenTeam, Aim: circle.Say("o")}))
	lawtest.Refused(t, circle.AimFirst, o.MayDecide("new", nil))
	lawtest.Refused(t, circle.AimFirst, o.MayDecide("new", []circle.Deed{circle.CreateRole{}}))
	require.NoError(t, o.MayDecide("new", []circle.Deed{circle.ConfirmAim{Circle: "new"}}))
	lawtest.Refused(t, circle.GovernedOutside, o.MayDecide("team", nil))
	lawtest.Refused(t, circle.GovernedOutside, o.MayDecide("open", nil))
	require.NoError(t, o.MayDecide("valley", nil))
	require.NoError(t, o.MayDecide("nowhere", nil))
	o.Apply(&circle.AimConfirmed{Circle: "new"})
	require.NoError(t, o.MayDecide("new", nil))
}

// TestWhoDecides: M-8, the residual rule; M-16, who delegated it; M-12, on which
// terms; M-28, to whom it is lent; M-10, what no circle owns.
func TestWhoDecides(t *testing.T) {
	o := history(t, hillside(&circle.Redefined{Circle: "valley", Terms: []circle.Terms{{Item: "starting", Mode: circle.Supersede}}}))
	for _, r := range []struct {
		name string
		item circle.ItemID
		want circle.Decider
	}{
		{"M-8: what was handed down whole", "care", circle.Decider{Circle: "hill", Because: circle.InDomain, Delegator: "places", Mode: circle.Exclusive}},
		{"M-8: what is left of an item stays", "teams", circle.Decider{Circle: "places", Because: circle.LeftOver, Pieces: []circle.ItemID{"hand-over", "starting"}}},
		{"M-8: a piece, of which a piece was handed on", "hand-over", circle.Decider{Circle: "valley", Because: circle.LeftOver, Delegator: "places", Mode: circle.Exclusive, Pieces: []circle.ItemID{"nets"}}},
		{"M-8: the innermost piece", "nets", circle.Decider{Circle: "brook", Because: circle.InDomain, Delegator: "valley", Mode: circle.Exclusive}},
		{"M-12: on its terms", "starting", circle.Decider{Circle: "valley", Because: circle.InDomain, Delegator: "places", Mode: circle.Supersede}},
		{"M-10: what nobody owns", "moon", circle.Decider{Circle: "places", Because: circle.InNoDomain}},
	} {
		r.want.Item = r.item
		require.Equal(t, []circle.Decider{r.want}, o.Decides(r.item), r.name)
	}
	require.Equal(t, circle.ID("valley"), o.DecidesIn("brook", "starting").Circle, "seen from inside, it is found further out")
	require.Equal(t, circle.ID("hill"), o.DecidesIn("places", "care").Circle, "seen from outside, it is found further in")
	require.Equal(t, circle.InNoDomain, o.DecidesIn("brook", "moon").Because)
	require.True(t, o.Prevails("places", "valley", "starting"))
	require.False(t, o.Prevails("places", "valley", "hand-over"), "M-12: not where it is the inner circle's alone")
	require.False(t, o.Prevails("places", "brook", "nets"), "nor two circles further in")

	o.Apply(lent)
	require.Equal(t, []circle.Decider{{Circle: "hill", Item: "starting", Because: circle.Lent, Holder: "valley", Delegator: "places", Mode: circle.Supersede}},
		o.Decides("starting"), "M-28: whom it is lent to")
	require.Equal(t, []circle.ID{"valley"}, o.Binds("hill"), "M-21")
	o.Apply(&circle.ItemLent{Circle: "valley", To: "hill", Item: "ending", Since: now, AtWill: true})
	o.Apply(&circle.Returned{Circle: "valley", Item: "ending"})
	require.Equal(t, []circle.ID{"valley"}, o.Binds("hill"), "M-21: as long as anything is lent")
	o.Apply(&circle.Returned{Circle: "valley", Item: "starting"})
	require.Equal(t, circle.ID("valley"), o.Decides("starting")[0].Circle, "M-28: it has returned")
	require.Empty(t, o.Binds("hill"))
	o.Apply(&circle.Returned{Circle: "valley", Item: "starting"})
	require.Equal(t, circle.ID("valley"), o.Decides("starting")[0].Circle, "M-28: what has returned does not return again")
	o.Apply(&circle.Dissolved{Circle: "hill", To: "places"})
	require.Equal(t, circle.ID("places"), o.Decides("care")[0].Circle, "I-6: on dissolution it returns")
	o.Apply(&circle.Dissolved{Circle: "valley", To: "places"})
	require.Equal(t, []circle.Decider{{Circle: "places", Item: "starting", Because: circle.LeftOver}}, o.Decides("starting"), "I-6: and so does a piece")
	require.Empty(t, (&circle.Organisation{}).Decides("care"))
}

// TestOverlap: M-9, where two circles declare that they hold one item, both are
// named, and who says which holds good; also when that one has ended since.
func TestOverlap(t *testing.T) {
	shared := []circle.Terms{{Item: "care", Resolver: "valley"}}
	o := history(t, hillside(
		&circle.Redefined{Circle: "hill", Terms: []circle.Terms{{Item: "care", Resolver: "places"}}},
		&circle.Redefined{Circle: "valley", Domain: append([]circle.Item{item("care", "")}, wider...), Terms: []circle.Terms{{Item: "care", Resolver: "places"}}},
	))
	got := o.Decides("care")
	require.Len(t, got, 2)
	for _, d := range got {
		require.Equal(t, circle.Overlaps, d.Because)
		require.Equal(t, circle.ID("places"), d.Resolver)
	}
	o.Apply(&circle.Opened{Circle: "a", Parent: "valley", Type: circle.Local, Domain: []circle.Item{item("care", "")}, Terms: shared})
	o.Apply(&circle.Reparented{Circle: "a", From: "valley", To: "hill"})
	o.Apply(&circle.Opened{Circle: "b", Parent: "hill", Type: circle.Local, Domain: []circle.Item{item("care", "")}, Terms: shared})
	o.Apply(&circle.Dissolved{Circle: "valley", To: "places"})
	require.Equal(t, circle.ID("places"), o.Decides("care")[0].Resolver, "who took over what it left resolves it")
}

// TestMandate: EC-8, the authority of each circle is traced, link by link, back
// to the members.
func TestMandate(t *testing.T) {
	o := history(t, free())
	var way []circle.ID
	for _, m := range o.MandateOf("brook") {
		way = append(way, m.Circle)
		require.NotEmpty(t, m.Domain)
	}
	require.Equal(t, []circle.ID{"brook", "valley", "places"}, way)
	require.Empty(t, o.MandateOf("ferry"), "M-5: a circle that stands alone has no mandate")
	require.True(t, o.Free("ferry"))
	require.False(t, o.Free("places"))
	require.False(t, o.Free("nowhere"))
	delegator, delegatees := o.Accountable("valley")
	require.Equal(t, circle.ID("places"), delegator, "M-16")
	require.Equal(t, []circle.PersonID{"ben", "cia"}, delegatees, "M-16")
	delegator, delegatees = o.Accountable("nowhere")
	require.Empty(t, delegator)
	require.Empty(t, delegatees)
}

// TestFindings: M-10, M-29, M-30, M-31 and I-13, I-15: what is to be seen is
// reported to the circle around, and nothing is hidden.
func TestFindings(t *testing.T) {
	o := history(t, hillside(
		&circle.StructureAgreed{Circle: "places", Structure: circle.Structuring{Most: 1}},
		&circle.Opened{Circle: "board", Parent: "places", Type: circle.General, Aim: circle.Say("b"), Domain: []circle.Item{item("law", "teams")}},
		&circle.Opened{Circle: "dept", Parent: "board", Type: circle.Department, Aim: circle.Say("d"), Domain: []circle.Item{item("law", "")}, Unconfirmed: true},
		&circle.Joined{Circle: "dept", Person: "dee", Level: circle.Full},
		&circle.Opened{Circle: "both", Parent: "places", Type: circle.Service, Aim: circle.Say("s"), Domain: []circle.Item{item("vans", "teams")},
			Serves: []circle.ID{"valley", "hill"}, Gathers: []circle.Class{circle.Worker}},
		&circle.RoleTermEnded{Role: "valley-leader", Person: "cia"},
		&circle.Dissolved{Circle: "hill", To: "places"}))
	has := func(f circle.Finding) {
		t.Helper()
		require.Contains(t, o.Findings("places"), f)
	}
	has(circle.Finding{What: circle.OfOne, Circle: "places"})
	has(circle.Finding{What: circle.OfOne, Circle: "dept", To: "board"})
	has(circle.Finding{What: circle.Nobody, Circle: "brook", To: "valley"})
	has(circle.Finding{What: circle.TooMany, Circle: "valley", To: "places", Count: 2})
	has(circle.Finding{What: circle.NoLeader, Circle: "brook", To: "valley"})
	has(circle.Finding{What: circle.MissingLink, Circle: "dept", To: "board", Hats: []circle.Hat{circle.Leader}})
	has(circle.Finding{What: circle.MissingLink, Circle: "board", To: "places", Hats: []circle.Hat{circle.Leader}})
	has(circle.Finding{What: circle.Unconfirmed, Circle: "dept", To: "board"})
	has(circle.Finding{What: circle.Undecided, Circle: "valley", To: "places", Item: "starting"})
	has(circle.Finding{What: circle.Undecided, Circle: "places", Item: "care"})
	has(circle.Finding{What: circle.ServesFew, Circle: "both", To: "places"})
	has(circle.Finding{What: circle.NotGathered, Circle: "both", To: "places"})
	has(circle.Finding{What: circle.PastTerm, Circle: "valley", To: "places", Role: "valley-leader"})
	require.Empty(t, o.Findings("hill"), "what has ended is not reported")
	require.Empty(t, o.Findings("nowhere"))
	require.True(t, o.Single("dept"), "M-30")
	require.False(t, o.Single("valley"))

	for _, e := range []circle.Event{
		&circle.Joined{Circle: "dept", Person: "ben", Level: circle.Full},
		&circle.RoleCreated{Role: "l", Circle: "dept", Hat: circle.Leader}, &circle.RoleCreated{Role: "d", Circle: "dept", Hat: circle.Delegate},
		&circle.Linked{Circle: "dept", To: "board", As: circle.Leader}, &circle.RoleGiven{Role: "l", Person: "dee", Since: now},
	} {
		o.Apply(e)
	}
	require.Equal(t, []circle.Hat{circle.Delegate}, o.MissingLinks("dept"), "I-13: with two people there is a second voice")
	o.Apply(&circle.Linked{Circle: "dept", To: "board", As: circle.Delegate})
	require.Equal(t, []circle.Hat{circle.Delegate}, o.MissingLinks("dept"), "I-13: a link that nobody holds is missing")
	o.Apply(&circle.RoleGiven{Role: "d", Person: "ben", Since: now})
	require.Empty(t, o.MissingLinks("dept"))
	require.Equal(t, []circle.PersonID{"dee", "ben"}, o.FullIn("board"), "M-17: made of those who are sent")
}

// TestWaiting: I-7, a circle sees which changes wait for it.
func TestWaiting(t *testing.T) {
	o := history(t, hillside(pending))
	require.Equal(t, []circle.Name{"wider"}, o.Waiting("places"))
	require.Empty(t, o.Waiting("valley"))
	require.Equal(t, []circle.ID{"valley"}, o.Change("wider").Agreed)
	o.Apply(&circle.ChangeCalledOff{Change: "wider", Circle: "places"})
	require.Empty(t, o.Waiting("places"))
	require.Nil(t, o.Change("wider"))
}

// TestAsOf: M-32, the organisation as of any past instant.
func TestAsOf(t *testing.T) {
	o, parts := &circle.Organisation{}, 0
	require.Empty(t, o.AsOf(now).FullIn("places"))
	require.Empty(t, o.AsOf(now).Circles())
	require.Empty(t, o.AsOf(now).Wearers("places", circle.Leader))
	require.Empty(t, o.AsOf(now).Holders("rota"))
	require.Empty(t, o.AsOf(now).LevelIn("places", "ana"))
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	at := func(n int, events ...circle.Event) {
		for _, e := range events {
			o.Reach(day(n))
			happen(t, o, e, &parts)
		}
	}
	at(0, hillside(&circle.RoleGiven{Role: "rota", Person: "ben", Since: now}, &circle.Linked{Circle: "valley", To: "places", As: circle.Leader})...)
	at(1, &circle.Joined{Circle: "valley", Person: "dee", Level: circle.Learning})
	at(2, &circle.Joined{Circle: "valley", Person: "dee", Level: circle.Full}, &circle.Left{Circle: "valley", Person: "ben"})
	at(3, &circle.RoleLaidDown{Role: "valley-leader", Person: "cia"}, &circle.RoleGiven{Role: "valley-leader", Person: "dee", Since: day(3)})
	at(4, &circle.Redefined{Circle: "valley", Domain: wider}, &circle.RoleMoved{Role: "rota", From: "valley", To: "brook"})
	at(5, &circle.LinkEnded{Circle: "valley", To: "places", As: circle.Leader}, &circle.Reparented{Circle: "brook", From: "valley", To: "places"})
	at(6, &circle.RoleDissolved{Role: "rota", Circle: "brook"}, &circle.Dissolved{Circle: "valley", To: "places"})
	at(7, &circle.Merged{Circle: "hill", Into: "places", Domain: []circle.Item{item("care", ""), item("teams", ""), item("more", "")}})
	at(8, free()[len(hillside()):]...)
	at(9, &circle.Opened{Circle: "helpers", Parent: "places", Type: circle.Helping}, &circle.Closed{Circle: "helpers"},
		&circle.TakenIn{Circle: "ferry", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("more", "")}})

	who := func(n int) []circle.PersonID { return o.AsOf(day(n)).FullIn("valley") }
	require.Empty(t, who(-1), "before it began")
	require.Equal(t, []circle.PersonID{"ben", "cia"}, who(0))
	require.Equal(t, []circle.PersonID{"ben", "cia"}, who(1))
	require.Equal(t, circle.Learning, o.AsOf(day(1)).LevelIn("valley", "dee"))
	require.Equal(t, circle.Full, o.AsOf(day(2)).LevelIn("valley", "dee"))
	require.Empty(t, o.AsOf(day(2)).LevelIn("valley", "ben"))
	require.Equal(t, []circle.PersonID{"cia", "dee"}, who(2))
	require.Empty(t, who(6), "a circle that ended has nobody")
	require.Equal(t, []circle.PersonID{"cia", "dee"}, o.AsOf(day(6).Add(-time.Nanosecond)).FullIn("valley"), "up to the instant at which it ended")
	require.Equal(t, []circle.PersonID{"ana", "cia"}, o.AsOf(day(2)).FullIn("places"), "those by a link, too")
	require.Equal(t, []circle.PersonID{"ana", "dee"}, o.AsOf(day(3)).FullIn("places"))
	require.Equal(t, []circle.PersonID{"ana"}, o.AsOf(day(5)).FullIn("places"))
	require.Equal(t, []circle.PersonID{"cia"}, o.AsOf(day(2)).Wearers("valley", circle.Leader))
	require.Equal(t, []circle.PersonID{"ben"}, o.AsOf(day(4)).Holders("rota"))
	require.Empty(t, o.AsOf(day(6)).Holders("rota"))
	require.Empty(t, o.AsOf(day(6)).Holders("nothing"))

	was, ok := o.AsOf(day(3)).Circle("valley")
	require.True(t, ok)
	require.Len(t, was.Domain, 2)
	was, _ = o.AsOf(day(4)).Circle("valley")
	require.Len(t, was.Domain, 3)
	was, _ = o.AsOf(day(5)).Circle("brook")
	require.Equal(t, circle.ID("places"), was.Parent)
	was, _ = o.AsOf(day(9)).Circle("ferry")
	require.Equal(t, circle.ID("places"), was.Parent)
	_, ok = o.AsOf(day(7)).Circle("ferry")
	require.False(t, ok)
	_, ok = o.AsOf(day(7)).Circle("nowhere")
	require.False(t, ok)
	require.Equal(t, []circle.ID{"places", "valley", "hill", "brook"}, o.AsOf(day(5)).Circles())
	require.Equal(t, []circle.ID{"places", "brook", "ferry"}, o.AsOf(day(9)).Circles())
	at(10, &circle.LeaveBegan{Circle: "ferry", Person: "dee"})
	at(11, &circle.LeaveEnded{Circle: "ferry", Person: "dee"})
	require.Equal(t, circle.OnLeave, o.AsOf(day(10)).LevelIn("ferry", "dee"))
	require.Empty(t, o.AsOf(day(10)).FullIn("ferry"))
	require.Equal(t, []circle.PersonID{"dee"}, o.AsOf(day(11)).FullIn("ferry"))
	require.Equal(t, o.FullIn("places"), o.AsOf(day(9)).FullIn("places"), "now is the last of the past")
}
