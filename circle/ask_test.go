package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// linked is valley, tied to places by a double link.
func linked(more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{
		&circle.RoleGiven{Role: "valley-delegate", Person: "dee", Since: now},
		&circle.Linked{Circle: "valley", To: "places", As: circle.Leader},
		&circle.Linked{Circle: "valley", To: "places", As: circle.Delegate},
	}, more...)...)
}

func TestWhoIsThere(t *testing.T) {
	o := history(t, valley())
	require.Equal(t, circle.ID("places"), o.RootCircle())
	require.Equal(t, []circle.ID{"places", "valley"}, o.Circles())
	require.Equal(t, []circle.PersonID{"ana", "ben", "cia", "dee"}, o.People())
	require.Equal(t, circle.Worker, o.Person("ana").Class)
	require.Equal(t, circle.Local, o.Circle("valley").Kind)
	require.Equal(t, circle.Leader, o.Role("valley-leader").Hat)
	require.Nil(t, o.Person("nobody"))
	require.Nil(t, o.Circle("nowhere"))
	require.Nil(t, o.Role("nothing"))
	require.Empty(t, o.FullIn("nowhere"))
	require.Empty(t, o.Wearers("nowhere", circle.Leader))
	require.Empty(t, o.LevelIn("nowhere", "ana"))
	require.False(t, o.Wears("valley", circle.Leader, "nobody"))
	require.False(t, o.Holds("nothing", "ana"))

	var none circle.Organisation
	require.Empty(t, none.Circles())
	require.Empty(t, none.People())
	require.Empty(t, none.RootCircle())
	require.Equal(t, circle.Rules{}, none.RulesOf("places"))
}

func TestLevels(t *testing.T) {
	o := history(t, valley(&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Guest}))
	require.Equal(t, circle.Full, o.LevelIn("valley", "ben"))
	require.Equal(t, circle.Guest, o.LevelIn("valley", "dee"))
	require.Empty(t, o.LevelIn("valley", "ana"))
	require.Equal(t, []circle.PersonID{"ben", "cia"}, o.FullIn("valley"))

	o.Apply(&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Full})
	require.Equal(t, []circle.PersonID{"ben", "cia", "dee"}, o.FullIn("valley"), "the level changed, the person joined once")
	require.Len(t, o.Circle("valley").Participants, 3)
	o.Apply(&circle.Left{Circle: "valley", Person: "cia"})
	require.Equal(t, []circle.PersonID{"ben", "dee"}, o.FullIn("valley"))
	require.Empty(t, o.LevelIn("valley", "cia"))
}

// TestLinks: I-11, a link's holder is a full participant of the linked circle
// exactly while the hat is worn, and I-8, each person once.
func TestLinks(t *testing.T) {
	o := history(t, linked())
	require.Equal(t, []circle.PersonID{"ana", "cia", "dee"}, o.FullIn("places"))
	require.Equal(t, circle.Full, o.LevelIn("places", "cia"))

	o.Apply(&circle.RoleTermEnded{Role: "valley-leader", Person: "cia"})
	require.Equal(t, circle.Full, o.LevelIn("places", "cia"), "EC-81: worn until the circle has chosen again")
	require.True(t, o.Role("valley-leader").Holders[0].Over)

	o.Apply(&circle.RoleLaidDown{Role: "valley-leader", Person: "cia"})
	require.Empty(t, o.LevelIn("places", "cia"))
	require.Equal(t, []circle.PersonID{"ana", "dee"}, o.FullIn("places"))
	require.Equal(t, circle.Full, o.LevelIn("valley", "cia"), "the own circle is not left")

	o.Apply(&circle.RoleGiven{Role: "valley-leader", Person: "ben", Since: now})
	require.Equal(t, []circle.PersonID{"ana", "ben", "dee"}, o.FullIn("places"))
	require.Empty(t, o.LevelIn("valley", "dee"), "a link goes one way")

	o.Apply(&circle.Joined{Circle: "places", Person: "dee", Level: circle.Full})
	require.Equal(t, []circle.PersonID{"ana", "dee", "ben"}, o.FullIn("places"), "each once")
	o.Apply(&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"})
	require.Equal(t, circle.Full, o.LevelIn("places", "dee"), "what one has by oneself stays")
	o.Apply(&circle.Joined{Circle: "places", Person: "ben", Level: circle.Guest})
	require.Equal(t, circle.Full, o.LevelIn("places", "ben"), "a link counts more than a guest's seat")
	require.Contains(t, o.FullIn("places"), circle.PersonID("ben"))
}

// TestLinksEnd: I-19, with a helping circle its links end, and so does the full
// part that its leader took by them.
func TestLinksEnd(t *testing.T) {
	o := history(t, helping(
		&circle.RoleCreated{Role: "helpers-leader", Circle: "helpers", Hat: circle.Leader},
		&circle.RoleGiven{Role: "helpers-leader", Person: "dee", Since: now},
		&circle.Linked{Circle: "helpers", To: "valley", As: circle.Leader}))
	require.Equal(t, circle.Full, o.LevelIn("valley", "dee"))
	require.Contains(t, o.FullIn("valley"), circle.PersonID("dee"))
	o.Apply(&circle.Closed{Circle: "helpers"})
	require.Empty(t, o.LevelIn("valley", "dee"))
	require.NotContains(t, o.FullIn("valley"), circle.PersonID("dee"))
}

func TestHats(t *testing.T) {
	o := history(t, linked())
	require.Equal(t, []circle.PersonID{"cia"}, o.Wearers("valley", circle.Leader))
	require.True(t, o.Wears("valley", circle.Leader, "cia"))
	require.False(t, o.Wears("places", circle.Leader, "cia"))
	require.True(t, o.Holds("valley-leader", "cia"))
	require.Empty(t, o.Wearers("valley", circle.Facilitator))

	again := now.Add(24 * time.Hour)
	o.Apply(&circle.RoleTermEnded{Role: "valley-leader", Person: "cia"})
	o.Apply(&circle.RoleGiven{Role: "valley-leader", Person: "cia", Since: again, Until: again.Add(time.Hour)})
	require.Equal(t, []circle.Holding{{Person: "cia", Since: again, Until: again.Add(time.Hour)}}, o.Role("valley-leader").Holders,
		"a new term, not a second holding")
	o.Apply(&circle.RoleGiven{Role: "rota", Person: "ben", Since: now})
	o.Apply(&circle.RoleGiven{Role: "rota", Person: "cia", Since: now})
	require.True(t, o.Holds("rota", "ben"))
	require.True(t, o.Holds("rota", "cia"), "a role may have several holders")
	require.Empty(t, o.Wearers("valley", circle.Secretary), "an operational role is no hat")
}

func TestRulesComeFromAround(t *testing.T) {
	broad := circle.Rules{Method: "sofa", Reading: circle.Reading{First: circle.MustPeriod("7d"), Again: circle.MustPeriod("3d")},
		Presence: []circle.Presence{{Classes: []circle.Class{circle.Worker}, AtLeast: 2}},
		Absence:  circle.Absence{Silence: circle.Consents, After: circle.MustPeriod("5d")}, GuestMinutes: 15,
		LongTerm: circle.LongTerm{Months: 6, Goes: circle.Ask}, Tools: []circle.Tool{circle.Amend}, Conflicts: true}
	inner := circle.Rules{Reading: circle.Reading{First: circle.MustPeriod("14d")}, Absence: circle.Absence{Silence: circle.Wait}, Responses: true}
	given := valley(
		&circle.Opened{Circle: "rota", Parent: "valley", Type: circle.Local, Domain: []circle.Item{item("starting", "")}},
		&circle.RulesAgreed{Circle: "places", Rules: broad},
	)
	o := history(t, given)
	require.Equal(t, broad, o.RulesOf("places"))
	require.Equal(t, broad, o.RulesOf("valley"), "what a circle leaves open is answered by the one around it")
	require.Equal(t, broad, o.RulesOf("rota"))
	require.Equal(t, circle.Rules{}, o.RulesOf("nowhere"))

	o.Apply(&circle.RulesAgreed{Circle: "valley", Rules: inner})
	want := broad
	want.Reading.First, want.Absence, want.Responses = inner.Reading.First, inner.Absence, true
	require.Equal(t, want, o.RulesOf("valley"), "each rule by itself: its own where it has one")
	require.Equal(t, want, o.RulesOf("rota"))
	require.Equal(t, broad, o.RulesOf("places"), "nothing goes upwards")

	own := circle.Rules{Method: "quick", Reading: circle.Reading{First: circle.MustPeriod("1d"), Again: circle.MustPeriod("1d")},
		Presence: []circle.Presence{{Classes: []circle.Class{circle.Supported}, AtLeast: 1}}, Absence: circle.Absence{Silence: circle.Bound},
		GuestMinutes: 5, LongTerm: circle.LongTerm{Months: 12, Goes: circle.Up}, Tools: []circle.Tool{circle.Measure}, Conflicts: true, Responses: true}
	o.Apply(&circle.RulesAgreed{Circle: "rota", Rules: own})
	require.Equal(t, own, o.RulesOf("rota"))
}

// TestAgrees: who sets rules says which.
func TestAgrees(t *testing.T) {
	r := circle.Rules{Method: "sofa"}
	for _, c := range []interface{ Agrees() circle.Rules }{circle.Found{Rules: r}, circle.Open{Rules: r}, circle.AgreeRules{Rules: r}} {
		require.Equal(t, r, c.Agrees())
	}
}

// TestEmptyListsAreOpen: a list that is empty and one that is not given are one
// in the ledger, so they are one in the law.
func TestEmptyListsAreOpen(t *testing.T) {
	o := history(t, valley(
		&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Tools: []circle.Tool{circle.Amend}, Presence: []circle.Presence{{AtLeast: 1}}}},
		&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Tools: []circle.Tool{}, Presence: []circle.Presence{}}}))
	require.Equal(t, o.RulesOf("places"), o.RulesOf("valley"))
}

func TestTools(t *testing.T) {
	require.True(t, circle.Rules{}.Offers(circle.Shorten), "a circle that names none offers all")
	some := circle.Rules{Tools: []circle.Tool{circle.Measure, circle.Amend}}
	require.True(t, some.Offers(circle.Amend))
	require.False(t, some.Offers(circle.Shorten))
}

func TestAims(t *testing.T) {
	c := history(t, founded()).Circle("places")
	require.True(t, c.AimPart(circle.WholeAim), "EC-31: the whole aim is a part of it")
	require.True(t, c.AimPart("bread"))
	require.False(t, c.AimPart("care"), "a domain item is no part of the aim")
	require.Equal(t, []string{"aim", "bread"}, c.AimNames())
}

func TestDomains(t *testing.T) {
	o := history(t, founded(
		&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("care", ""), item("till", "teams")}},
	))
	places := o.Circle("places")
	require.True(t, places.Owns("care"))
	require.False(t, places.Owns("till"))
	require.Equal(t, circle.ID("shop"), o.HandedTo(places, "care"), "CP-29: what was handed whole is decided there")
	require.Empty(t, o.HandedTo(places, "teams"), "M-8: what is left of an item stays")
	require.Empty(t, o.HandedTo(places, "money"))
	require.Empty(t, o.HandedTo(o.Circle("shop"), "care"))
	o.Apply(&circle.Closed{Circle: "shop"})
	require.Empty(t, o.HandedTo(places, "care"), "I-6: it returns when the circle has ended")
}

func TestWithin(t *testing.T) {
	o := history(t, helping())
	require.True(t, o.Within("helpers", "places"))
	require.True(t, o.Within("helpers", "valley"))
	require.True(t, o.Within("valley", "valley"))
	require.False(t, o.Within("places", "valley"))
	require.False(t, o.Within("nowhere", "places"))
	require.False(t, o.Within("places", ""))
}

func TestMeetings(t *testing.T) {
	o := history(t, helping(&circle.Met{Circle: "helpers"}, &circle.Met{Circle: "helpers"}))
	require.Equal(t, 2, o.Circle("helpers").Held)
	require.Equal(t, 2, o.Circle("helpers").Meetings)
}

func TestSupporters(t *testing.T) {
	require.Equal(t, circle.PersonID("eva"), circle.Admitted{Person: "eva"}.Concerns(), "the words of an admission are about who is admitted")
	o := history(t, founded(&circle.SupporterNamed{Person: "ben", Supporter: "dee"}))
	require.True(t, o.Person("ben").HasSupporter("dee"))
	require.False(t, o.Person("dee").HasSupporter("ben"))
}

// TestLongestReading: CP-16, a person's own time counts where it ends later.
func TestLongestReading(t *testing.T) {
	week, month, two := circle.MustPeriod("7d"), circle.MustPeriod("1m"), circle.MustPeriod("14d")
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	for _, r := range []struct {
		name        string
		circle, own circle.Reading
		again       bool
		want        time.Time
	}{
		{"no time at all", circle.Reading{}, circle.Reading{}, false, now},
		{"the circle's", circle.Reading{First: week}, circle.Reading{}, false, days(7)},
		{"their own, where it ends later", circle.Reading{First: week}, circle.Reading{First: two}, false, days(14)},
		{"the circle's, where theirs ends earlier", circle.Reading{First: two}, circle.Reading{First: week}, false, days(14)},
		{"compared by date, not by number", circle.Reading{First: month}, circle.Reading{First: two}, false, now.AddDate(0, 1, 0)},
		{"again, after a change", circle.Reading{First: two, Again: week}, circle.Reading{First: two}, true, days(7)},
		{"again, their own", circle.Reading{First: two}, circle.Reading{First: two, Again: week}, true, days(7)},
	} {
		require.Equal(t, r.want, circle.LongestReading(r.circle, r.own, r.again, now), r.name)
	}
}
