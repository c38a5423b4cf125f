package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestSettingsFit: a setting that contradicts itself, or has a number that cannot be, is
// refused when it is agreed, and the last that can be is not. Zero is what was not said.
func TestSettingsFit(t *testing.T) {
	day, half := circle.MustPeriod("1d"), circle.Share{Part: 1, Of: 2}
	held := circle.HoldRule{People: 1, For: day}
	call := circle.Request{Share: half, Call: day, Hold: day}
	asks := func(change func(*circle.Request)) *circle.Request { r := call; change(&r); return &r }
	for _, c := range []struct {
		name string
		of   interface{ Check() error }
		fits bool
	}{
		{"M-197: no hold", &circle.HoldRule{}, true},
		{"M-197: one asks for a hold", &held, true},
		{"M-197: nobody does", &circle.HoldRule{For: day}, false},
		{"M-197: a vote without a time", &circle.HoldRule{People: 1}, false},

		{"EC-51: no way to appeal", &circle.Appeals{}, true},
		{"EC-51: twelve open it", &circle.Appeals{People: 12}, true},
		{"EC-51: thirteen", &circle.Appeals{People: 13}, false},
		{"EC-51: less than nobody", &circle.Appeals{People: -1}, false},
		{"EC-55: the last who hear it have no limit", &circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 2}, {Before: circle.BeforeBroader}}}, true},
		{"EC-55: the last have one", &circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 2}}}, false},
		{"EC-55: those before them have none", &circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle}, {Before: circle.BeforeBroader}}}, false},
		{"M-193: a panel has none", &circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforePanel, Within: day}, {Before: circle.BeforeBroader}}}, true},

		{"EC-52: the circle has sessions", &circle.AppealStep{Before: circle.BeforeCircle, Sessions: 1}, true},
		{"EC-53: a body of its own", &circle.AppealStep{Before: circle.BeforeBody, Body: "appeals"}, true},
		{"EC-53: a body without a name", &circle.AppealStep{Before: circle.BeforeBody}, false},
		{"EC-53: a name without a body", &circle.AppealStep{Before: circle.BeforeCircle, Body: "appeals"}, false},
		{"EC-55: less than no session", &circle.AppealStep{Before: circle.BeforeCircle, Sessions: -1}, false},
		{"M-193: a panel", &circle.AppealStep{Before: circle.BeforePanel}, true},
		{"M-194: a panel with all that it may have", &circle.AppealStep{Before: circle.BeforePanel, Within: day, Short: half, ShortAfter: day, Petition: half, Window: day}, true},
		{"M-193: a panel with sessions", &circle.AppealStep{Before: circle.BeforePanel, Sessions: 1}, false},
		{"M-193: another with a time for its report", &circle.AppealStep{Before: circle.BeforeCircle, Within: day}, false},
		{"M-194: another with a share that ends it", &circle.AppealStep{Before: circle.BeforeCircle, Short: half}, false},
		{"M-194: another with a time until then", &circle.AppealStep{Before: circle.BeforeCircle, ShortAfter: day}, false},
		{"M-195: another with a petition", &circle.AppealStep{Before: circle.BeforeCircle, Petition: half, Window: day}, false},
		{"M-195: a petition without a time", &circle.AppealStep{Before: circle.BeforePanel, Petition: half}, false},

		{"EC-73: a Board", &circle.Board{}, true},
		{"EC-73: of one at least", &circle.Board{Least: 1}, true},
		{"EC-73: of less than nobody", &circle.Board{Least: -1}, false},
		{"EC-74: one from outside for a time", &circle.Board{Outside: circle.Outside{Most: 1, For: day}}, true},
		{"EC-74: for ever", &circle.Board{Outside: circle.Outside{Most: 1}}, false},
		{"EC-74: nobody for a time", &circle.Board{Outside: circle.Outside{For: day}}, false},
		{"EC-74: less than nobody", &circle.Board{Outside: circle.Outside{Most: -1, For: day}}, false},
		{"EC-73: a limit of one", &circle.Limit{Most: 1}, true},
		{"EC-73: a limit of nobody", &circle.Limit{}, false},

		{"EC-77: nothing about meetings", &circle.Gatherings{}, true},
		{"EC-77: a year of notice", &circle.Gatherings{Notice: 366}, true},
		{"EC-77: more", &circle.Gatherings{Notice: 367}, false},
		{"EC-77: less than none", &circle.Gatherings{Notice: -1}, false},
		{"EC-71: less than no proxy", &circle.Gatherings{Proxies: -1}, false},
		{"EC-63: the year ends with January", &circle.Gatherings{YearEnds: 1, Annual: day}, true},
		{"EC-63: with December", &circle.Gatherings{YearEnds: 12, Annual: day, Yearly: 4, Business: []circle.Name{"accounts"}}, true},
		{"EC-63: with a thirteenth month", &circle.Gatherings{YearEnds: 13, Annual: day}, false},
		{"EC-63: with the month before the first", &circle.Gatherings{YearEnds: -1, Annual: day}, false},
		{"EC-63: without an annual meeting", &circle.Gatherings{YearEnds: 3}, false},
		{"EC-63: an annual meeting of no year", &circle.Gatherings{Annual: day}, false},
		{"EC-63: so many in no year", &circle.Gatherings{Yearly: 4}, false},
		{"EC-64: business of no year", &circle.Gatherings{Business: []circle.Name{"accounts"}}, false},
		{"EC-77: a quorum of any number", &circle.Quorum{}, true},
		{"EC-77: of one", &circle.Quorum{Least: 1}, true},
		{"EC-77: of less than nobody", &circle.Quorum{Least: -1}, false},
		{"EC-65: nobody asks", &circle.Request{}, true},
		{"EC-65: half of them ask", &call, true},
		{"EC-108: three call", asks(func(r *circle.Request) { r.Most, r.Callers = 100, 3 }), true},
		{"EC-65: no share asks", asks(func(r *circle.Request) { r.Share = circle.Share{} }), false},
		{"EC-65: no part of a whole asks", asks(func(r *circle.Request) { r.Share = circle.Share{Part: 3, Of: 2} }), false},
		{"EC-65: less than nobody is enough", asks(func(r *circle.Request) { r.Most = -1 }), false},
		{"EC-108: less than nobody calls", asks(func(r *circle.Request) { r.Callers = -1 }), false},
		{"EC-108: no time to call", asks(func(r *circle.Request) { r.Call = circle.Period{} }), false},
		{"EC-108: no time to hold it", asks(func(r *circle.Request) { r.Hold = circle.Period{} }), false},

		{"EC-75: told on the day", &circle.Removal{}, true},
		{"EC-75: told a year before", &circle.Removal{Told: 366}, true},
		{"EC-75: told afterwards", &circle.Removal{Told: -1}, false},
		{"EC-75: told in another life", &circle.Removal{Told: 367}, false},
		{"EC-2: nothing is asked", &circle.Condition{}, true},
		{"EC-114: all hours, at every age", &circle.Condition{Hours: 168, Age: 120}, true},
		{"EC-2: more hours than a week has", &circle.Condition{Hours: 169}, false},
		{"EC-2: less than none", &circle.Condition{Hours: -1}, false},
		{"EC-114: older than anybody", &circle.Condition{Age: 121}, false},
		{"EC-114: before birth", &circle.Condition{Age: -1}, false},

		{"the whole", &circle.Share{Part: 1, Of: 1}, true},
		{"the smallest part", &circle.Share{Part: 1, Of: 1000}, true},
		{"a smaller one", &circle.Share{Part: 1, Of: 1001}, false},
		{"nothing of one", &circle.Share{Of: 1}, false},
		{"two of one", &circle.Share{Part: 2, Of: 1}, false},
		{"EC-43: no meeting", &circle.Stuck{}, true},
		{"EC-43: less than none", &circle.Stuck{Meetings: -1}, false},
		{"M-189: nobody has the last word", &circle.LastWord{}, true},
		{"M-189: a vote", &circle.LastWord{By: circle.ByVote, Share: half}, true},
		{"EC-113: an arbiter", &circle.LastWord{By: circle.ByArbitration, Arbiter: "eva"}, true},
		{"M-189: a panel", &circle.LastWord{By: circle.ByPanel, Panel: "elders"}, true},
		{"M-189: a vote by no share", &circle.LastWord{By: circle.ByVote}, false},
		{"EC-113: nobody arbitrates", &circle.LastWord{By: circle.ByArbitration}, false},
		{"M-189: no circle is the panel", &circle.LastWord{By: circle.ByPanel}, false},
		{"M-189: a panel and an arbiter", &circle.LastWord{By: circle.ByPanel, Panel: "elders", Arbiter: "eva"}, false},

		{"M-49: two hats", &circle.Apart{One: circle.Leader, Other: circle.Secretary}, true},
		{"M-49: one hat", &circle.Apart{One: circle.Leader, Other: circle.Leader}, false},
		{"M-31: not said", &circle.Structuring{}, true},
		{"M-31: one", &circle.Structuring{Most: 1}, true},
		{"M-31: less than nobody", &circle.Structuring{Most: -1}, false},
		{"presence of nobody in particular", &circle.Presence{}, true},
		{"presence of less than nobody", &circle.Presence{AtLeast: -1}, false},
		{"CP-22: a role leads", &circle.Safeguarding{Role: "lead"}, true},
		{"CP-22: a person leads", &circle.Safeguarding{Leads: []circle.PersonID{"ana"}}, true},
		{"CP-22: and the next has their turn", &circle.Safeguarding{Role: "lead", Within: day, Next: []circle.PersonID{"ben"}}, true},
		{"CP-22: with a time and nobody next", &circle.Safeguarding{Role: "lead", Within: day}, true},
		{"CP-22: nobody leads", &circle.Safeguarding{}, false},
		{"CP-22: the turn of the next never comes", &circle.Safeguarding{Role: "lead", Next: []circle.PersonID{"ben"}}, false},
		{"CP-30: two rules are looked at", &circle.Rules{Review: []circle.RuleReview{{Rule: "method", Every: day}, {Rule: "reading", Every: day}}}, true},
		{"CP-30: one in two rhythms", &circle.Rules{Review: []circle.RuleReview{{Rule: "method", Every: day}, {Rule: "method", Every: day}}}, false},
		{"CP-30: the reviews themselves", &circle.Rules{Review: []circle.RuleReview{{Rule: "review", Every: day}}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.of.Check(); c.fits {
				require.NoError(t, err)
			} else {
				require.Error(t, err)
			}
		})
	}
}

// TestNothingWasAgreed: what was not agreed is told from all that can be, so that what holds
// further out takes its place.
func TestNothingWasAgreed(t *testing.T) {
	day, half := circle.MustPeriod("1d"), circle.Share{Part: 1, Of: 2}
	for _, none := range []interface{ IsZero() bool }{circle.HoldRule{}, circle.Appeals{}, circle.Outside{}, circle.Quorum{}, circle.Request{},
		circle.Interests{}, circle.Stuck{}, circle.LastWord{}, circle.Share{}} {
		require.True(t, none.IsZero(), "%T", none)
	}
	for _, some := range []interface{ IsZero() bool }{circle.HoldRule{People: 1}, circle.Appeals{People: 1}, circle.Appeals{Steps: []circle.AppealStep{{}}},
		circle.Appeals{Suspends: true}, circle.Appeals{Hold: circle.HoldRule{People: 1}}, circle.Outside{Most: 1}, circle.Quorum{Least: 1}, circle.Request{Share: half},
		circle.Interests{Uncounted: true}, circle.Stuck{Mediation: day}, circle.LastWord{By: circle.ByVote}, half} {
		require.False(t, some.IsZero(), "%T", some)
	}
	require.Equal(t, 3, circle.Appeals{}.Wanted(), "EC-51: three unrelated people, where nothing else is said")
	require.Equal(t, 5, circle.Appeals{People: 5}.Wanted())
}

// TestAlone: CP-18, CP-19, whoever acts with, through, for or by the hand of another does
// not act alone, nor does the clock.
func TestAlone(t *testing.T) {
	require.True(t, (&circle.Actor{By: "ana"}).Alone())
	for _, by := range []circle.Actor{{By: "ana", With: "ben"}, {By: "ana", Through: "ben"}, {By: "ana", RecordedBy: "ben"}, {By: "ana", For: "ben"}, {Clock: true}} {
		require.False(t, by.Alone(), "%+v", by)
	}
}

// TestShares: nothing is rounded but where it is said, and then as it is said.
func TestShares(t *testing.T) {
	quarter, three := circle.Share{Part: 1, Of: 4}, circle.Share{Part: 3, Of: 4}
	require.Equal(t, []int{0, 1, 1, 2, 3}, []int{quarter.Up(0), quarter.Up(1), quarter.Up(4), quarter.Up(5), quarter.Up(9)})
	require.Equal(t, 4, three.Up(5))
	require.Equal(t, []int{0, 1, 1, 2}, []int{quarter.Nearest(1), quarter.Nearest(2), quarter.Nearest(5), quarter.Nearest(6)})
	require.Equal(t, 8, three.Nearest(10))
	require.Zero(t, circle.Share{}.Up(7))
	require.Zero(t, circle.Share{}.Nearest(7))
	require.True(t, three.Met(3, 4))
	require.False(t, three.Met(2, 4))
	require.True(t, three.Met(4, 4))
	require.False(t, three.Met(2, 3))
}

// TestMeetingsOfTheMembers: EC-63, EC-65, EC-72, EC-77, how days are counted, when the annual
// meeting is due, and how many ask for one.
func TestMeetingsOfTheMembers(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }
	require.Equal(t, 1, circle.ClearDays(at(2, 23), at(4, 1)), "by the calendar")
	require.Equal(t, 0, circle.ClearDays(at(2, 1), at(3, 23)))
	require.Equal(t, 14, circle.ClearDays(at(2, 10), at(17, 10)))

	g := circle.Gatherings{YearEnds: 3, Annual: circle.MustPeriod("6m"), Reserved: []circle.Matter{{Matter: "merger", Method: "two-thirds"}, {Matter: "name", Method: "half"}}}
	april := func(year int) time.Time { return time.Date(year, 4, 1, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		now  time.Time
		year int
	}{{at(2, 10), 2025}, {april(2026).Add(-1), 2025}, {april(2026), 2026}, {april(2026).Add(time.Hour), 2026}} {
		end, until := g.AnnualDue(c.now)
		require.Equal(t, april(c.year), end)
		require.Equal(t, time.Date(c.year, 10, 1, 0, 0, 0, 0, time.UTC), until)
	}
	end, until := circle.Gatherings{Annual: circle.MustPeriod("6m")}.AnnualDue(now)
	require.True(t, end.IsZero() && until.IsZero())

	require.Equal(t, circle.Name("two-thirds"), g.MethodFor("merger"))
	require.Equal(t, circle.Name("half"), g.MethodFor("name"))
	require.Empty(t, g.MethodFor("rota"))
	require.Empty(t, g.MethodFor(""))
	require.Empty(t, (*circle.Gatherings)(nil).MethodFor("merger"))
	r := circle.Rules{Method: "consent", Matters: g.Reserved}
	require.Equal(t, circle.Name("half"), r.MethodFor("name"))
	require.Equal(t, circle.Name("consent"), r.MethodFor("rota"))
	require.Equal(t, circle.Name("consent"), r.MethodFor(""))

	tenth := circle.Request{Share: circle.Share{Part: 1, Of: 10}, Most: 100}
	require.Equal(t, []int{1, 1, 6, 100, 100}, []int{tenth.Needs(0), tenth.Needs(10), tenth.Needs(55), tenth.Needs(1000), tenth.Needs(2000)})
	tenth.Most = 0
	require.Equal(t, 200, tenth.Needs(2000))
}

// TestWordsAtTheirEnds: the first and the last letter count, and so do the ends of periods.
func TestWordsAtTheirEnds(t *testing.T) {
	for _, good := range []string{"a", "z", "0", "9", "a-z", "a-"} {
		require.NoError(t, circle.CheckID(good), good)
	}
	for _, bad := range []string{"", "-a", "`", "{", "/", ":", "A", "é"} {
		require.Error(t, circle.CheckID(bad), bad)
	}
	for _, good := range []circle.Currency{"AAA", "ZZZ", "EUR"} {
		require.NoError(t, good.Check(), good)
	}
	for _, bad := range []circle.Currency{"", "EU", "EURO", "eur", "@AA", "[AA", "AA["} {
		require.Error(t, bad.Check(), bad)
	}
	_, err := circle.ParsePeriod("d")
	require.ErrorContains(t, err, "is not a length of time")
	weeks := circle.MustPeriod("30w")
	require.True(t, weeks.AtLeastMonths(7), "210 days are seven months")
	require.False(t, weeks.AtLeastMonths(8))
}

// TestBroaderAnswers: what a circle leaves open the circle around it answers, and what
// it says itself holds.
func TestBroaderAnswers(t *testing.T) {
	outer := circle.Rules{Confirm: "places", Matters: []circle.Matter{{Matter: "name", Method: "half"}},
		Seating:  circle.Seating{Outside: circle.MemberForMeeting, Visitors: circle.VisitorsNone, Consult: []circle.Phase{circle.Questions}},
		Staffing: circle.Staffing{TakenOff: circle.HeardOnly}, Linking: circle.Linking{Reports: true}}
	inner := circle.Rules{Confirm: "valley", Matters: []circle.Matter{{Matter: "name", Method: "all"}},
		Seating:  circle.Seating{Outside: circle.ServesOnly, Visitors: circle.VisitorsAsked, Consult: []circle.Phase{circle.Reactions}},
		Staffing: circle.Staffing{TakenOff: circle.ConsentsToo}}
	agree := func(id circle.ID, r circle.Rules) circle.Event { return &circle.RulesAgreed{Circle: id, Rules: r} }

	o := history(t, valley(agree("places", outer)))
	require.Equal(t, outer.Seating, o.SeatingOf("valley"))
	require.Equal(t, outer.Seating.Consult, o.SeatingOf("valley").Phases())
	require.Equal(t, outer.Confirm, o.RulesOf("valley").Confirm)
	require.Equal(t, outer.Matters, o.RulesOf("valley").Matters)
	require.Equal(t, outer.Staffing.TakenOff, o.StaffingOf("valley").TakenOff)
	require.True(t, o.LinkingOf("valley").Reports)

	o = history(t, valley(agree("places", outer), agree("valley", inner)))
	require.Equal(t, inner.Seating, o.SeatingOf("valley"))
	require.Equal(t, inner.Confirm, o.RulesOf("valley").Confirm)
	require.Equal(t, inner.Matters, o.RulesOf("valley").Matters)
	require.Equal(t, inner.Staffing.TakenOff, o.StaffingOf("valley").TakenOff)

	o = history(t, valley(agree("valley", circle.Rules{Linking: circle.Linking{Reports: true}})))
	require.True(t, o.LinkingOf("valley").Reports, "a circle may ask for more than the one around it")
	require.False(t, o.LinkingOf("places").Reports)
	require.Len(t, o.SeatingOf("valley").Phases(), 4, "M-44: in every phase, where nothing is said")
}

// TestFactsOfARefusal: a refusal says its facts, none where there are none.
func TestFactsOfARefusal(t *testing.T) {
	require.Nil(t, circle.TakenID.Refuse().Facts)
	require.Equal(t, []circle.Fact{{Name: "id", Value: "den"}}, circle.TakenID.Refuse("id", "den").Facts)
	require.Contains(t, circle.TakenID.Refuse("id", "den").Error(), "den")
}
