package circle_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

func TestPeriodReads(t *testing.T) {
	for s, want := range map[string]circle.Period{
		"15min": {N: 15, Unit: circle.Minutes}, "36h": {N: 36, Unit: circle.Hours}, "14d": {N: 14, Unit: circle.Days},
		"2w": {N: 2, Unit: circle.Weeks}, "3m": {N: 3, Unit: circle.Months}, "1y": {N: 1, Unit: circle.Years},
		strconv.Itoa(circle.MaxPeriod) + "d": {N: circle.MaxPeriod, Unit: circle.Days},
	} {
		got, err := circle.ParsePeriod(s)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, s := range []string{"", "d", "14", "-1d", "+1d", "0d", "01d", strconv.Itoa(circle.MaxPeriod+1) + "d", "99999999999999999999d", "1.5d", "1e3d", "14 d",
		" 14d", "14d ", "14D", "14days", "14mi", "14s", "1d2h", "١d", "1d\x00"} {
		_, err := circle.ParsePeriod(s)
		require.Error(t, err, "%q", s)
		require.Panics(t, func() { circle.MustPeriod(s) })
		var p circle.Period
		require.Error(t, p.UnmarshalText([]byte(s)))
	}
}

func periods() *rapid.Generator[circle.Period] {
	return rapid.Custom(func(t *rapid.T) circle.Period {
		units := []circle.Unit{circle.Minutes, circle.Hours, circle.Days, circle.Weeks, circle.Months, circle.Years}
		return circle.Period{N: rapid.IntRange(1, circle.MaxPeriod).Draw(t, "n"), Unit: rapid.SampledFrom(units).Draw(t, "unit")}
	})
}

func TestPeriodReadsWhatItPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods().Draw(t, "period")
		back, err := circle.ParsePeriod(p.String())
		require.NoError(t, err)
		require.Equal(t, p, back)
		text, err := p.MarshalText()
		require.NoError(t, err)
		var q circle.Period
		require.NoError(t, q.UnmarshalText(text))
		require.Equal(t, p, q)
		require.False(t, p.IsZero())
		require.True(t, p.After(now).After(now))
	})
	require.Empty(t, circle.Period{}.String())
	require.True(t, circle.Period{}.IsZero())
	require.Equal(t, now, circle.Period{}.After(now))
}

func TestPeriodRefusesWhatItCannotPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringMatching(`-?[0-9]{0,6}(min|h|d|w|m|y|s)?`), rapid.String()).Draw(t, "text")
		p, err := circle.ParsePeriod(s)
		if err == nil {
			require.Equal(t, s, p.String())
		}
	})
}

// TestMonthEnds: a month keeps the day where the month has it, and takes the
// last day where it has not; n months are counted from the first date.
func TestMonthEnds(t *testing.T) {
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		require.NoError(t, err)
		return at.Add(10*time.Hour + 30*time.Minute + 5*time.Second)
	}
	for _, r := range []struct {
		from, period string
		n            int
		to           string
	}{
		{"2026-01-31", "1m", 1, "2026-02-28"},
		{"2026-01-31", "2m", 1, "2026-03-31"},
		{"2026-01-31", "1m", 2, "2026-03-31"},
		{"2026-01-31", "1m", 3, "2026-04-30"},
		{"2026-01-30", "1m", 1, "2026-02-28"},
		{"2026-01-28", "1m", 1, "2026-02-28"},
		{"2024-01-31", "1m", 1, "2024-02-29"},
		{"2023-12-31", "2m", 1, "2024-02-29"},
		{"2024-02-29", "1y", 1, "2025-02-28"},
		{"2024-02-29", "4y", 1, "2028-02-29"},
		{"2024-02-29", "1y", 4, "2028-02-29"},
		{"2024-02-29", "12m", 1, "2025-02-28"},
		{"2096-02-29", "4y", 1, "2100-02-28"},
		{"2026-11-30", "3m", 1, "2027-02-28"},
		{"2026-08-31", "1m", 1, "2026-09-30"},
		{"2026-12-15", "1m", 1, "2027-01-15"},
		{"2026-03-02", "1m", 0, "2026-03-02"},
		{"2026-02-28", "1d", 1, "2026-03-01"},
		{"2024-02-28", "1d", 1, "2024-02-29"},
		{"2026-02-28", "1w", 1, "2026-03-07"},
		{"2026-02-28", "36h", 2, "2026-03-03"},
		{"2026-02-28", "1440min", 1, "2026-03-01"},
	} {
		require.Equal(t, day(r.to), circle.MustPeriod(r.period).Times(day(r.from), r.n), "%s + %d × %s", r.from, r.n, r.period)
	}
}

// TestDaysAreOf24Hours: clocks that go back or forward between do not matter,
// as all is counted in UTC.
func TestDaysAreOf24Hours(t *testing.T) {
	summer := time.FixedZone("summer", 2*60*60)
	at := time.Date(2026, 1, 31, 23, 30, 0, 0, summer)
	require.Equal(t, time.Date(2026, 2, 28, 21, 30, 0, 0, time.UTC), circle.MustPeriod("1m").After(at).UTC())
	require.Equal(t, at.Add(24*time.Hour).UTC(), circle.MustPeriod("1d").After(at).UTC())
}

// TestPeriodsGoForward: a longer period ends no earlier, and n periods are
// never before n-1.
func TestPeriodsGoForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "from"), 0).UTC()
		p := circle.Period{N: rapid.IntRange(1, 400).Draw(t, "n"), Unit: rapid.SampledFrom([]circle.Unit{circle.Minutes,
			circle.Hours, circle.Days, circle.Weeks, circle.Months, circle.Years}).Draw(t, "unit")}
		n := rapid.IntRange(1, 12).Draw(t, "times")
		require.True(t, p.Times(from, n).After(p.Times(from, n-1)))
		longer := circle.Period{N: p.N + 1, Unit: p.Unit}
		require.False(t, longer.After(from).Before(p.After(from)))
		if p.Unit == circle.Months || p.Unit == circle.Years {
			got := p.After(from)
			require.True(t, got.Day() == from.Day() || got.AddDate(0, 0, 1).Day() == 1 && got.Day() < from.Day())
		}
	})
}

// TestPeriodsAreChecked: a program can write what ParsePeriod would not give; it
// is refused before it stands in an entry that nobody could read.
func TestPeriodsAreChecked(t *testing.T) {
	for _, bad := range []circle.Period{{N: circle.MaxPeriod + 1, Unit: circle.Days}, {N: 0, Unit: circle.Days}, {N: -1, Unit: circle.Days}, {N: 3, Unit: "x"}, {N: 3}} {
		require.NotNil(t, canon.Check(circle.GiveRole{Role: "rota", Person: "ben", Term: bad}), "%+v", bad)
	}
	require.NoError(t, circle.Period{}.Check(), "none was given")
	longest := circle.Period{N: circle.MaxPeriod, Unit: circle.Weeks}
	require.Nil(t, canon.Check(circle.GiveRole{Role: "rota", Person: "ben", Term: longest}))
	require.True(t, longest.Times(now, 3).After(longest.Times(now, 2)), "and it does not turn back")
}

func TestPeriodInMonths(t *testing.T) {
	for _, r := range []struct {
		period string
		months int
		want   bool
	}{
		{"6m", 6, true}, {"5m", 6, false}, {"1y", 12, true}, {"1y", 13, false}, {"180d", 6, true}, {"179d", 6, false},
		{"26w", 6, true}, {"25w", 6, false}, {"4320h", 6, true}, {"4319h", 6, false}, {"5000min", 1, false},
	} {
		require.Equal(t, r.want, circle.MustPeriod(r.period).AtLeastMonths(r.months), "%s, %d months", r.period, r.months)
	}
	require.False(t, circle.Period{}.AtLeastMonths(6), "no effect was named")
}

func TestText(t *testing.T) {
	check := func(words string) error { s := circle.Say(words); return s.Check() }
	for _, sound := range []string{"a", "Hand-over notes get lost.\n\tTwice.", "Ça va — 好, עברית", strings.Repeat("a", circle.MaxText-1),
		strings.Repeat("a", circle.MaxText), "right-to-left mark \u200f", "joined\u200demoji", "e\u0301"} {
		require.NoError(t, check(sound), "%.20q", sound)
	}
	for _, bad := range []string{"", strings.Repeat("a", circle.MaxText+1), strings.Repeat("é", circle.MaxText/2) + "a", "a\x00", "a\x1b[31m", "a\r\n",
		"a\x7f", "a\u0085", "a\u009f", "\xff", "a\xc3", "\xed\xa0\x80", "a\u202a", "a\u202eb", "a\u2066", "a\u2069"} {
		require.Error(t, check(bad), "%.20q", bad)
	}
	require.NoError(t, new(circle.Text).Check(), "nothing said is nothing wrong")
}

func TestTextHasWordsOrAPlace(t *testing.T) {
	var s circle.Text
	require.True(t, s.IsZero())
	_, open := s.Words()
	require.False(t, open)

	s.Say("we object")
	words, open := s.Words()
	require.True(t, open)
	require.Equal(t, "we object", words)
	require.False(t, s.IsZero())

	s.Bind(12, 3)
	_, open = s.Words()
	require.False(t, open, "what has entered the ledger is not at hand any more")
	entry, part := s.Place()
	require.EqualValues(t, 12, entry)
	require.Equal(t, 3, part)
	require.False(t, s.IsZero())
	require.NoError(t, s.Check())

	s.Bind(0, 0)
	require.True(t, s.IsZero())
}

func TestIDs(t *testing.T) {
	for _, sound := range []string{"a", "7", "a-b", "valley-2", "a-", strings.Repeat("a", circle.MaxID-1), strings.Repeat("a", circle.MaxID)} {
		require.NoError(t, circle.CheckID(sound), sound)
	}
	for _, bad := range []string{"", strings.Repeat("a", circle.MaxID+1), "-a", "A", "a b", "a_b", "a.b", "a/b", "ä", "а", "a\n", "\xff", "a{b}"} {
		require.Error(t, circle.CheckID(bad), "%q", bad)
		require.Error(t, circle.ID(bad).Check())
		require.Error(t, circle.PersonID(bad).Check())
		require.Error(t, circle.RoleID(bad).Check())
		require.Error(t, circle.ItemID(bad).Check())
	}
	require.NoError(t, circle.ID("a").Check())
	require.Equal(t, []string{"circle", "person", "role", "item"}, []string{
		new(circle.ID).Kind(), new(circle.PersonID).Kind(), new(circle.RoleID).Kind(), new(circle.ItemID).Kind()})
	require.Equal(t, []string{"words", "period"}, []string{new(circle.Text).Kind(), new(circle.Period).Kind()})
}

// TestClosedLists: each list of values accepts its own and nothing else, also
// not in capitals or empty.
func TestClosedLists(t *testing.T) {
	lists := map[string]struct {
		values []string
		check  func(string) error
	}{
		"class":      {circle.Class("").Values(), func(s string) error { return circle.Class(s).Check() }},
		"level":      {circle.Level("").Values(), func(s string) error { return circle.Level(s).Check() }},
		"kind":       {circle.Kind("").Values(), func(s string) error { return circle.Kind(s).Check() }},
		"hat":        {circle.Hat("").Values(), func(s string) error { return circle.Hat(s).Check() }},
		"format":     {circle.Format("").Values(), func(s string) error { return circle.Format(s).Check() }},
		"silence":    {circle.Silence("").Values(), func(s string) error { return circle.Silence(s).Check() }},
		"goes":       {circle.Goes("").Values(), func(s string) error { return circle.Goes(s).Check() }},
		"ground":     {circle.Ground("").Values(), func(s string) error { return circle.Ground(s).Check() }},
		"tied":       {circle.Tied("").Values(), func(s string) error { return circle.Tied(s).Check() }},
		"mandate":    {circle.Mandate("").Values(), func(s string) error { return circle.Mandate(s).Check() }},
		"taken off":  {circle.TakenOff("").Values(), func(s string) error { return circle.TakenOff(s).Check() }},
		"after term": {circle.AfterTerm("").Values(), func(s string) error { return circle.AfterTerm(s).Check() }},
		"mode":       {circle.Mode("").Values(), func(s string) error { return circle.Mode(s).Check() }},
		"change":     {circle.ChangeBy("").Values(), func(s string) error { return circle.ChangeBy(s).Check() }},
		"larger":     {circle.TooLarge("").Values(), func(s string) error { return circle.TooLarge(s).Check() }},
		"tool":       {circle.Tool("").Values(), func(s string) error { return circle.Tool(s).Check() }},
	}
	counts := map[string]int{"class": 4, "level": 3, "kind": 13, "mode": 3, "change": 2, "larger": 2, "hat": 7, "after term": 2, "taken off": 2, "tied": 3, "standing": 2, "ground": 3, "mandate": 3, "format": 6, "silence": 3, "goes": 2, "tool": 3}
	for name, l := range lists {
		require.Len(t, l.values, counts[name], name)
		for _, v := range l.values {
			require.NoError(t, l.check(v))
			require.Error(t, l.check(strings.ToUpper(v)), v)
			require.NoError(t, circle.CheckID(v), "a value is a plain word")
		}
		for _, bad := range []string{"", "else", l.values[0] + " "} {
			require.ErrorContains(t, l.check(bad), l.values[0], "the refusal lists what there is")
		}
	}
}

func TestAbsenceFits(t *testing.T) {
	week := circle.MustPeriod("1w")
	for _, r := range []struct {
		absence circle.Absence
		sound   bool
	}{
		{circle.Absence{Silence: circle.Wait}, true},
		{circle.Absence{Silence: circle.Bound}, true},
		{circle.Absence{Silence: circle.Consents, After: week}, true},
		{circle.Absence{Silence: circle.Consents}, false},
		{circle.Absence{Silence: circle.Wait, After: week}, false},
		{circle.Absence{Silence: circle.Bound, After: week}, false},
		{circle.Absence{After: week}, false},
	} {
		require.Equal(t, r.sound, r.absence.Check() == nil, "%+v", r.absence)
	}
	require.True(t, circle.Absence{}.IsZero())
	require.True(t, circle.Reading{}.IsZero())
	require.True(t, circle.LongTerm{}.IsZero())
	require.True(t, circle.LongTerm{Goes: circle.Up}.IsZero(), "zero months: the circle does not ask")
	require.False(t, circle.LongTerm{Months: 6}.IsZero())
}

// TestCommandsAreChecked: what a command lacks is found by the name of the
// field, before the law is asked.
func TestCommandsAreChecked(t *testing.T) {
	for _, r := range []struct {
		cmd     circle.Command
		path    string
		missing bool
	}{
		{circle.Found{ID: "places", Aim: circle.Say("a")}, "", false},
		{circle.Found{ID: "places"}, "aim", true},
		{circle.Found{Aim: circle.Say("a")}, "id", true},
		{circle.Found{ID: "Places", Aim: circle.Say("a")}, "id", false},
		{circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{{}}}, "domain.id", true},
		{circle.Found{ID: "places", Aim: circle.Say("a"), Members: []circle.PersonID{"ana", ""}}, "members", false},
		{circle.Open{ID: "valley", Parent: "places", Type: "nothing"}, "kind", false},
		{circle.Admit{ID: "eva", Access: []circle.Text{circle.Say("")}}, "access", false},
		{circle.Admit{ID: "eva", Formats: []circle.Format{"papyrus"}}, "formats", false},
		{circle.Join{Circle: "valley", Person: "ben"}, "level", true},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Consents}}}, "rules.absence", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Presence: []circle.Presence{{AtLeast: 2}}}}, "rules.presence.classes", true},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{GuestMinutes: -1}}, "rules", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{LongTerm: circle.LongTerm{Months: -1}}}, "rules", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Presence: []circle.Presence{{Classes: []circle.Class{circle.Worker}, AtLeast: -1}}}}, "rules.presence", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Presence: []circle.Presence{{Classes: []circle.Class{circle.Worker}, AtLeast: 2}}, GuestMinutes: 15}}, "", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Stuck: circle.Stuck{Meetings: -1}}}, "rules.stuck", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Stuck: circle.Stuck{Deadlock: circle.Share{Part: 4, Of: 3}}}}, "rules.stuck.deadlock", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Stuck: circle.Stuck{Last: circle.LastWord{By: circle.ByVote}}}}, "rules.stuck.last", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Stuck: circle.Stuck{Last: circle.LastWord{By: "lot"}}}}, "rules.stuck.last.by", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Stuck: circle.Stuck{Last: circle.LastWord{By: circle.ByPanel, Panel: "places"}}}}, "", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{People: 13}}}, "rules.appeal", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1}}}}}, "rules.appeal", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle}, {Before: circle.BeforeBroader}}}}}, "rules.appeal", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeBody}}}}}, "rules.appeal.steps", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforePanel, Sessions: 1}, {Before: circle.BeforeBroader}}}}}, "rules.appeal.steps", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{Steps: []circle.AppealStep{{Before: "nobody"}}}}}, "rules.appeal.steps.before", false},
		{circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Appeal: circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1}, {Before: circle.BeforeBroader}}}}}, "", false},
		{circle.EndFounding{}, "", false},
	} {
		bad := canon.Check(r.cmd)
		if r.path == "" {
			require.Nil(t, bad)
			continue
		}
		require.NotNil(t, bad, "%+v", r.cmd)
		require.Equal(t, r.path, bad.Path)
		require.Equal(t, r.missing, bad.Missing, r.path)
		require.Equal(t, !r.missing, bad.Err != nil, r.path)
	}
}

func TestRefusal(t *testing.T) {
	code := &circle.Code{ID: "too-late", Kind: circle.ErrNotNow, Says: "{who} comes after {until}: {left} are gone."}
	err := error(code.Refuse("who", circle.PersonID("ben"), "until", now, "left", []string{"bread", "rolls", "cake"}, "odd"))

	require.ErrorIs(t, err, circle.ErrNotNow)
	for _, other := range kinds {
		require.Equal(t, other == circle.ErrNotNow, errors.Is(err, other))
	}
	var r *circle.Refusal
	require.ErrorAs(t, fmt.Errorf("the engine says: %w", err), &r)
	require.Same(t, code, r.Code)
	require.Equal(t, "ben comes after 2 March 2026 10:00 UTC: bread, rolls and cake are gone.", err.Error())
	require.Equal(t, circle.PersonID("ben"), r.Fact("who"))
	require.Nil(t, r.Fact("nothing"))

	require.Equal(t, "ben kommt nach 2 March 2026 10:00 UTC.", r.In(circle.Words{"too-late": "{who} kommt nach {until}."}))
	require.Equal(t, err.Error(), r.In(circle.Words{"other": "…"}), "what a catalogue lacks is said in plain English")
	require.Equal(t, "", r.In(circle.Words{"too-late": ""}))
}

// TestRefusalTold: people are called by their names where the host knows them.
func TestRefusalTold(t *testing.T) {
	names := map[circle.PersonID]string{"ben": "Ben B.", "cia": "Cía"}
	name := func(id circle.PersonID) string { return names[id] }
	r := circle.NotInCircle.Refuse("who", circle.PersonID("ben"), "circle", circle.ID("valley"))
	require.Equal(t, "Ben B. does not take part in valley.", r.Told(nil, name))
	require.Equal(t, "Ben B. fehlt.", r.Told(circle.Words{"not-in-circle": "{who} fehlt."}, name))
	require.Equal(t, r.Error(), r.Told(nil, nil))
	odd := func(circle.PersonID) string { return "{circle}" }
	require.Equal(t, "{circle} does not take part in valley.", r.Told(nil, odd), "a name that looks like a fact is said as it is")
	many := (&circle.Code{Says: "{who} wait."}).Refuse("who", []circle.PersonID{"ben", "cia"})
	require.Equal(t, "Ben B. and Cía wait.", many.Told(nil, name))
}

func TestPlain(t *testing.T) {
	for _, r := range []struct {
		value any
		want  string
	}{
		{now, "2 March 2026 10:00 UTC"},
		{now.In(time.FixedZone("away", 3*60*60)), "2 March 2026 10:00 UTC"},
		{[]circle.PersonID(nil), "nobody"},
		{[]circle.PersonID{"ana"}, "ana"},
		{[]string{"ana", "ben"}, "ana and ben"},
		{[]circle.Class{circle.Supported, circle.Advocate, circle.Worker}, "supported, advocate and worker"},
		{[]circle.Format{circle.EasyRead}, "easy-read"},
		{[]circle.Tool{circle.Measure, circle.Amend}, "measure and amend"},
		{[]circle.ItemID{"bread"}, "bread"},
		{[]circle.Hat(nil), "nothing"},
		{circle.MustPeriod("14d"), "14d"},
		{circle.ID("valley"), "valley"},
		{7, "7"},
	} {
		require.Equal(t, r.want, circle.Plain(r.value))
	}
}
