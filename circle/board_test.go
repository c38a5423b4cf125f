package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// directors are the rules of the tests: the role is worn in places, and whoever
// wears it sits in valley.
var directors = circle.Board{Role: "director", Circle: "valley", Least: 3,
	Limits:  []circle.Limit{{Classes: []circle.Class{circle.Supported, circle.Advocate}, Most: 1}, {Classes: []circle.Class{circle.Worker}, Most: 2}},
	Outside: circle.Outside{Most: 1, For: circle.MustPeriod("12m")}, Turn: circle.Share{Part: 1, Of: 3}, First: true}

// boarded is valley with a Board that may have more to its rules.
func boarded(change func(*circle.Board), more ...circle.Event) []circle.Event {
	b := directors
	if change != nil {
		change(&b)
	}
	return valley(append([]circle.Event{settled, &circle.Admitted{Person: "eva"},
		&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Board: &b, Membership: &circle.Membership{Admits: "valley", Classes: []circle.ClassRule{
			{Class: circle.Worker, Ends: []circle.Name{"labour-ended"}}, {Class: circle.Supported}, {Class: circle.Advocate}}}}},
		&circle.RoleCreated{Role: "director", Circle: "places", Hat: circle.Representative},
		&circle.Linked{Circle: "places", To: "valley", As: circle.Representative, Role: "director"}}, more...)...)
}

func elected(who circle.PersonID) *circle.RoleGiven {
	return &circle.RoleGiven{Role: "director", Person: who, Since: now}
}

func aged(b *circle.Board) { b.Asks = []circle.Condition{{Fact: "age-18", Age: 18}} }

var (
	evaOutside = &circle.CoOpted{Role: "director", Person: "eva", Seat: circle.FromOutside, Since: now, Until: circle.MustPeriod("12m").After(now)}
	anaCasual  = &circle.CoOpted{Role: "director", Person: "ana", Seat: circle.Casual, Since: now}
)

// apartOnTheBoard: who writes down what places decides is not of its Board, and ana
// writes it down.
var apartOnTheBoard = []circle.Event{
	&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Board: &directors, Staffing: circle.Staffing{Apart: []circle.Apart{{One: circle.Secretary, Other: circle.Representative}}}}},
	&circle.RoleCreated{Role: "pen", Circle: "places", Hat: circle.Secretary},
	&circle.RoleGiven{Role: "pen", Person: "ana", Since: now},
}

// boardRows are the law of an elected Board: EC-73, EC-74, EC-111.
var boardRows = []row{
	{name: "EC-73: a member is elected by the members", given: boarded(nil), consent: "places", when: circle.GiveRole{Role: "director", Person: "ben"}, then: []circle.Event{elected("ben")}},
	{name: "EC-73: not by the Board itself", given: boarded(nil), consent: "valley", when: circle.GiveRole{Role: "director", Person: "ben"}, refused: circle.ByConsentOnly},
	{name: "EC-73: members only", given: boarded(nil), consent: "places", when: circle.GiveRole{Role: "director", Person: "eva"}, refused: circle.BoardOfMembers},
	{name: "EC-73: supported and advocate members count together", given: boarded(nil, elected("ben")), consent: "places", when: circle.GiveRole{Role: "director", Person: "dee"}, refused: circle.BoardLimit},
	{name: "EC-73: another class has its own limit", given: boarded(nil, elected("ben"), elected("ana")), consent: "places", when: circle.GiveRole{Role: "director", Person: "cia"}, then: []circle.Event{elected("cia")}},
	{name: "EC-110: one may stand again, and does not count twice", given: boarded(nil, &circle.RoleGiven{Role: "director", Person: "ben", Since: now.AddDate(-1, 0, 0)}), consent: "places", when: circle.GiveRole{Role: "director", Person: "ben"}, then: []circle.Event{elected("ben")}},
	{name: "EC-73: who is old enough", given: boarded(aged), consent: "places", when: circle.GiveRole{Role: "director", Person: "ben"}, refused: circle.BoardNotAttested},
	{name: "EC-73: as somebody attested", given: boarded(aged, &circle.FactsAttested{Person: "ben", Facts: []circle.Name{"age-18"}, By: "cia"}), consent: "places", when: circle.GiveRole{Role: "director", Person: "ben"}, then: []circle.Event{elected("ben")}},
	{name: "EC-73: that may be attested", given: boarded(aged), by: "cia", when: circle.Attest{Person: "ben", Facts: []circle.Name{"age-18"}}, then: []circle.Event{&circle.FactsAttested{Person: "ben", Facts: []circle.Name{"age-18"}, By: "cia"}}},

	{name: "EC-74: the Board takes in somebody from outside, for a time", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "director", Person: "eva", Outside: true, Term: circle.MustPeriod("12m")}, then: []circle.Event{evaOutside}},
	{name: "EC-74: so many", given: boarded(nil, evaOutside), consent: "valley", when: circle.CoOpt{Role: "director", Person: "ben", Outside: true, Term: circle.MustPeriod("1m")}, refused: circle.OutsideFull},
	{name: "EC-74: and again after a review", given: boarded(nil, evaOutside), consent: "valley", when: circle.CoOpt{Role: "director", Person: "eva", Outside: true, Term: circle.MustPeriod("6m")},
		then: []circle.Event{&circle.CoOpted{Role: "director", Person: "eva", Seat: circle.FromOutside, Since: now, Until: circle.MustPeriod("6m").After(now)}}},
	{name: "EC-74: for twelve months at most", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "director", Person: "eva", Outside: true, Term: circle.MustPeriod("13m")}, refused: circle.OutsideTerm},
	{name: "EC-74: for a time that is said", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "director", Person: "eva", Outside: true}, refused: circle.OutsideTerm},
	{name: "EC-74: it is the Board's to do", given: boarded(nil), consent: "places", when: circle.CoOpt{Role: "director", Person: "eva", Outside: true, Term: circle.MustPeriod("1m")}, refused: circle.ByConsentOnly},
	{name: "EC-74: somebody who is known", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "director", Person: "nobody", Outside: true}, refused: circle.UnknownPerson},
	{name: "EC-74: to a role that is elected", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "rota", Person: "ben"}, refused: circle.NoBoard},
	{name: "EC-74: to a role that is there", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "nothing", Person: "ben"}, refused: circle.UnknownRole},
	{name: "EC-74: a seat that fell vacant is filled by a member", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "director", Person: "ana"}, then: []circle.Event{anaCasual}},
	{name: "EC-74: within the limits", given: boarded(nil, elected("ben")), consent: "valley", when: circle.CoOpt{Role: "director", Person: "dee"}, refused: circle.BoardLimit},
	{name: "EC-74: until the next annual meeting", given: boarded(nil), consent: "valley", when: circle.CoOpt{Role: "director", Person: "ana", Term: circle.MustPeriod("1m")}, refused: circle.CasualTerm},
	{name: "M-49: nor in a hat that is kept apart from one that they wear", given: boarded(nil, apartOnTheBoard...), consent: "valley", when: circle.CoOpt{Role: "director", Person: "ana"}, refused: circle.HatsApart},
	{name: "EC-73: a class for which nothing is said has no limit", given: boarded(nil, &circle.Admitted{Person: "fay", Class: circle.Investor}, elected("ben")), consent: "places", when: circle.GiveRole{Role: "director", Person: "fay"}, then: []circle.Event{elected("fay")}},
	{name: "EC-74: by somebody who does not sit there", given: boarded(nil, elected("ana")), consent: "valley", when: circle.CoOpt{Role: "director", Person: "ana"}, refused: circle.TakenID},
	{name: "EC-74: the Board ends what it gave", given: boarded(nil, evaOutside), consent: "valley", when: circle.RevokeRole{Role: "director", Person: "eva"}, then: []circle.Event{&circle.RoleRevoked{Role: "director", Person: "eva"}}},
	{name: "EC-111: not what the members gave", given: boarded(nil, elected("ben")), consent: "valley", when: circle.RevokeRole{Role: "director", Person: "ben"}, refused: circle.ByConsentOnly},
	{name: "EC-111: the members do", given: boarded(nil, elected("ben")), consent: "places", when: circle.RevokeRole{Role: "director", Person: "ben"}, then: []circle.Event{&circle.RoleRevoked{Role: "director", Person: "ben"}}},

	{name: "EC-1, EC-73: a new class without room loses it", given: boarded(nil, elected("ben"), elected("cia")), consent: "valley", when: circle.ChangeClass{Person: "cia", Class: circle.Supported},
		then: []circle.Event{&circle.ClassChanged{Person: "cia", From: circle.Worker, To: circle.Supported, By: "ana", Of: "valley"}, &circle.RoleLaidDown{Role: "director", Person: "cia"},
			&circle.Joined{Circle: "places", Person: "cia", Level: circle.Full}}},
	{name: "EC-1, EC-73: and keeps what is no seat of the Board", consent: "valley", when: circle.ChangeClass{Person: "cia", Class: circle.Supported},
		given: boarded(nil, &circle.RoleCreated{Role: "auditor", Circle: "places", Name: circle.Say("Auditor")}, &circle.RoleGiven{Role: "auditor", Person: "cia", Since: now}, elected("ben"), elected("cia")),
		then: []circle.Event{&circle.ClassChanged{Person: "cia", From: circle.Worker, To: circle.Supported, By: "ana", Of: "valley"}, &circle.RoleLaidDown{Role: "director", Person: "cia"},
			&circle.Joined{Circle: "places", Person: "cia", Level: circle.Full}}},
	{name: "EC-1, EC-73: within one limit nothing is lost", given: boarded(nil, elected("ben"), &circle.Joined{Circle: "places", Person: "ben", Level: circle.Full}), consent: "valley", when: circle.ChangeClass{Person: "ben", Class: circle.Advocate},
		then: []circle.Event{&circle.ClassChanged{Person: "ben", From: circle.Supported, To: circle.Advocate, By: "ana", Of: "valley"}}},
	{name: "EC-73: who is a member no longer sits there no longer", given: boarded(nil, elected("cia")), by: "ben", when: circle.EndMembership{Person: "cia", Ground: "labour-ended"},
		then: []circle.Event{&circle.MembershipEnded{Person: "cia", Class: circle.Worker, Ground: "labour-ended", By: "ben"}, &circle.RoleLaidDown{Role: "director", Person: "cia"}}},
	{name: "EC-73: a Board sits somewhere", given: valley(), when: circle.AgreeRules{Circle: "places", Rules: circle.Rules{Board: &circle.Board{Role: "director", Circle: "nowhere"}}}, refused: circle.UnknownCircle},
}

// TestBoardCheck: rules of a Board that cannot be are refused.
func TestBoardCheck(t *testing.T) {
	b := directors
	require.NoError(t, b.Check())
	for want, change := range map[string]func(*circle.Board){
		"two limits": func(b *circle.Board) {
			b.Limits = append(b.Limits[:1:1], circle.Limit{Classes: []circle.Class{circle.Advocate}, Most: 1})
		},
		"from 0 on":     func(b *circle.Board) { b.Least = -1 },
		"for a time":    func(b *circle.Board) { b.Outside.For = circle.Period{} },
		"those that":    func(b *circle.Board) { b.Turn = circle.Share{} },
		"part of a who": func(b *circle.Board) { b.Turn.Part = 4 },
		"asked for twi": func(b *circle.Board) { b.Asks = []circle.Condition{{Fact: "a"}, {Fact: "a"}} },
	} {
		b := directors
		change(&b)
		require.ErrorContains(t, b.Check(), want)
	}
	require.Error(t, (&circle.Limit{Classes: []circle.Class{circle.Worker}}).Check())
	require.Error(t, circle.Seat("chosen").Check())
	for all, want := range map[int]int{0: 0, 1: 0, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2, 7: 2, 8: 3, 12: 4} {
		require.Equal(t, want, directors.Turn.Nearest(all), "%d", all)
	}
	require.Zero(t, circle.Share{}.Nearest(9))
}

// TestBoardSits: directors take full part in the circle of the Board, as long as
// they wear the role; that they are too few is reported (EC-14, EC-73).
func TestBoardSits(t *testing.T) {
	o := history(t, boarded(nil, elected("dee"), evaOutside))
	require.Equal(t, circle.Full, o.LevelIn("valley", "dee"))
	require.Equal(t, circle.Full, o.LevelIn("valley", "eva"))
	b, from := o.BoardIn("valley")
	require.Equal(t, circle.ID("places"), from)
	require.Equal(t, []circle.PersonID{"dee", "eva"}, o.InOffice(b))
	require.True(t, o.Elects("director"))
	require.False(t, o.Elects("rota"))
	require.Contains(t, o.Findings("places"), circle.Finding{What: circle.BoardShort, Circle: "places", Role: "director", Count: 2})
	got, _ := o.BoardIn("places")
	require.Nil(t, got)
	got, _ = o.BoardIn("nowhere")
	require.Nil(t, got)

	ends := o.SeatEnds("director", "eva")
	require.Len(t, ends, 2, "the time of who came from outside is over")
	for _, e := range ends {
		o.Apply(e)
	}
	require.Empty(t, o.LevelIn("valley", "eva"))
	require.Len(t, o.SeatEnds("director", "dee"), 1, "who was elected goes on until the members have chosen")
	e := &circle.CoOpted{}
	e.Adopted("p1")
	require.Equal(t, circle.Name("p1"), e.Case)
}

// TestBoardOfThePast: whom the Board took in stands in its past, too.
func TestBoardOfThePast(t *testing.T) {
	o := &circle.Organisation{}
	o.Reach(now)
	parts := 0
	for _, e := range boarded(nil, elected("dee")) {
		happen(t, o, e, &parts)
	}
	o.Reach(now.Add(time.Hour))
	o.Apply(evaOutside)
	require.Equal(t, []circle.PersonID{"dee"}, o.AsOf(now).Holders("director"))
	require.Equal(t, []circle.PersonID{"dee", "eva"}, o.AsOf(now.Add(time.Hour)).Holders("director"))
}

// TestTurn: one third stands down, the longest in office first, by lot among
// equals; all at the first annual meeting; who was taken in until then, too (EC-74,
// EC-110).
func TestTurn(t *testing.T) {
	since := func(who circle.PersonID, days int) circle.Event {
		return &circle.RoleGiven{Role: "director", Person: who, Since: now.AddDate(0, 0, days)}
	}
	b := directors
	for name, c := range map[string]struct {
		given []circle.Event
		first bool
		want  circle.Turn
	}{
		"nobody":                      {nil, false, circle.Turn{}},
		"one of three, the longest":   {[]circle.Event{since("ana", 2), since("ben", 0), since("cia", 1)}, false, circle.Turn{Sure: []circle.PersonID{"ben"}}},
		"one of three equals, by lot": {[]circle.Event{since("ana", 0), since("ben", 0), since("cia", 0)}, false, circle.Turn{Equals: []circle.PersonID{"ana", "ben", "cia"}, Lots: 1}},
		"of four only one":            {[]circle.Event{since("ana", 2), since("ben", 0), since("cia", 0), since("dee", 3)}, false, circle.Turn{Equals: []circle.PersonID{"ben", "cia"}, Lots: 1}},
		"all at the first":            {[]circle.Event{since("ana", 2), since("ben", 0)}, true, circle.Turn{Sure: []circle.PersonID{"ben", "ana"}}},
		"who was elected again is not the longest any more": {[]circle.Event{since("ana", 0), since("ben", 1), since("cia", 2), since("ana", 3)}, false, circle.Turn{Sure: []circle.PersonID{"ben"}}},
		"a casual seat ends, one from outside does not":     {[]circle.Event{since("ben", 0), since("cia", 1), since("dee", 2), anaCasual, evaOutside}, false, circle.Turn{Sure: []circle.PersonID{"ana", "ben"}}},
	} {
		require.Equal(t, c.want, history(t, boarded(nil, c.given...)).TurnOf(&b, c.first), name)
	}
	none := circle.Board{Role: "nothing"}
	require.Zero(t, history(t, valley()).TurnOf(&none, false))
}
