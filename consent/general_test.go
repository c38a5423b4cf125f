package consent_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestSignatures: how many must sign so that a meeting is called (EC-65).
func TestSignatures(t *testing.T) {
	r := circle.SocietyMeetings.Request
	require.NoError(t, r.Check())
	for members, need := range map[int]int{0: 1, 1: 1, 10: 1, 11: 2, 43: 5, 200: 20, 999: 100, 1_500: 100, 100_000: 100} {
		require.Equal(t, need, r.Needs(members), "%d members", members)
	}
	q := circle.SocietyMeetings.Quorum
	for members, need := range map[int]int{0: 3, 9: 3, 12: 3, 13: 4, 200: 50, 201: 51} {
		require.Equal(t, need, q.Needs(members), "%d members", members)
	}
}

// TestClearDays: neither the day of the notice nor that of the meeting is counted (EC-77).
func TestClearDays(t *testing.T) {
	at := func(s string) time.Time {
		got, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return got
	}
	for _, c := range []struct {
		from, to string
		days     int
	}{
		{"2027-01-04T00:00:00Z", "2027-01-19T00:00:00Z", 14},
		{"2027-01-04T23:59:59Z", "2027-01-19T00:00:00Z", 14},
		{"2027-01-04T00:00:00Z", "2027-01-18T23:59:59Z", 13},
		{"2027-01-04T23:30:00-01:00", "2027-01-19T00:30:00Z", 13}, // the days are those of UTC
		{"2027-01-04T10:00:00Z", "2027-01-05T09:00:00Z", 0},
		{"2027-01-04T10:00:00Z", "2027-01-04T11:00:00Z", -1},
		{"2028-02-28T10:00:00Z", "2028-03-01T10:00:00Z", 1},
	} {
		require.Equal(t, c.days, circle.ClearDays(at(c.from), at(c.to)), "%s to %s", c.from, c.to)
	}
}

// TestAnnualDue: the annual meeting comes within six months of the end of the
// financial year, and is asked for when nobody has called it (EC-63).
func TestAnnualDue(t *testing.T) {
	g := circle.SocietyMeetings
	for now, want := range map[string]string{
		"2027-03-31T23:59:59Z": "2026-10-01", "2027-04-01T00:00:00Z": "2027-10-01", "2027-12-31T00:00:00Z": "2027-10-01",
	} {
		at, err := time.Parse(time.RFC3339, now)
		require.NoError(t, err)
		_, until := g.AnnualDue(at)
		require.Equal(t, want, until.Format(time.DateOnly), now)
	}
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{host, "ben", "cia"}, Rules: circle.Rules{Method: "members", General: &g}})
	annual := func() (out []consent.Due) {
		for _, d := range w.engine.Due(w.now) {
			if d.What == "annual-meeting" {
				out = append(out, d)
			}
		}
		return out
	}
	require.Len(t, annual(), 1)
	until := annual()[0].At
	w.must(host, consent.CallGeneral{ID: "between", Circle: den, At: until.AddDate(0, 0, -2)})
	require.Len(t, annual(), 1, "another meeting is not the annual one")
	w.must(host, consent.CallGeneral{ID: "agm", Circle: den, At: until.AddDate(0, 0, -1), Annual: true,
		Business: []consent.Business{{What: "accounts"}, {What: "auditor"}, {What: "board"}, {What: "profit"}}})
	require.Len(t, annual(), 0, "it is called")
	w.at(until.AddDate(0, 0, -1))
	w.must(host, consent.OpenMeeting{Meeting: "agm", Present: []circle.PersonID{host, "ben", "cia"}})
	w.no(consent.NotAnnual, host, consent.StandDown{Meeting: "agm"}) // there is no Board
	w.replays()

	w = emptyWorld(t)
	w.must(host, circle.Found{ID: "a-village", Aim: text("A good place"), Members: []circle.PersonID{host}, Domain: []circle.Item{{ID: "bread", Text: text("Bread")}}})
	w.must(host, circle.Open{ID: den, Parent: "a-village", Aim: text("Bread"), Domain: []circle.Item{{ID: "bread", Text: text("Bread")}},
		Members: []circle.PersonID{host}, Rules: circle.Rules{Method: "members", General: &g}})
	require.Len(t, annual(), 1, "the circle around it holds no such meetings")
}

// TestFourMeetings: so many meetings a year are asked for, the annual one among
// them; one that is adjourned and held again is one (EC-63).
func TestFourMeetings(t *testing.T) {
	g := circle.SocietyMeetings
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{host, "ben", "cia"}, Rules: circle.Rules{Method: "members", General: &g}})
	asked := func() string {
		for _, d := range w.engine.Due(w.now) {
			if d.What == "general-meetings" {
				require.False(t, d.Past)
				return d.Part
			}
		}
		return ""
	}
	require.Equal(t, "0 of 4", asked())
	for i := range 3 {
		w.must(host, consent.CallGeneral{ID: consent.MeetingID(fmt.Sprint("m", i)), Circle: den, At: w.now.AddDate(0, 0, 20)})
	}
	require.Equal(t, "3 of 4", asked())
	w.at(w.now.AddDate(0, 0, 20).Add(time.Hour))
	w.must(host, consent.OpenMeeting{Meeting: "m0", Present: []circle.PersonID{host}})
	w.must(host, consent.Adjourn{Meeting: "m0", ID: "again", At: w.now.AddDate(0, 0, 1)})
	require.Equal(t, "3 of 4", asked())
	w.must(host, consent.CallGeneral{ID: "last", Circle: den, At: w.now.AddDate(0, 0, 20)})
	require.Empty(t, asked())
	w.at(w.now.AddDate(1, 0, 0))
	require.Equal(t, "0 of 4", asked(), "a new year")
	w.replays()
}

// TestMeetsQuarterly: a circle that has agreed how often it meets is asked for its
// next meeting, and a circle inside is not (EC-62).
func TestMeetsQuarterly(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Domain: []circle.Item{{ID: "ovens"}}, Members: []circle.PersonID{host}, Rules: circle.Rules{Meets: circle.MustPeriod("3m")}})
	w.must(host, circle.Open{ID: "inner", Parent: den, Aim: text("Ovens"), Domain: []circle.Item{{ID: "ovens"}}, Members: []circle.PersonID{host}})
	asked := func() (out []consent.Due) {
		for _, d := range w.engine.Due(w.now) {
			if d.What == "meeting-due" {
				out = append(out, d)
			}
		}
		return out
	}
	require.Equal(t, []consent.Due{{At: circle.MustPeriod("3m").After(w.now), What: "meeting-due", Of: string(den)}}, asked())
	met := w.now.AddDate(0, 0, 1)
	w.must(host, consent.CallMeeting{ID: "m", Circle: den, At: met})
	require.Empty(t, asked(), "one is called")
	w.at(met)
	w.must(host, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{host}})
	require.Empty(t, asked(), "one goes on")
	w.must(host, consent.CloseMeeting{Meeting: "m"})
	require.False(t, asked()[0].Past)
	w.at(met.AddDate(0, 3, 0))
	require.Equal(t, []consent.Due{{At: circle.MustPeriod("3m").After(met), What: "meeting-due", Of: string(den), Past: true}}, asked())
	w.replays()
}

// TestManyMembers: a thousand members meet, six hundred of them there or by
// proxy: no entry lists them, and the vote counts them all (EC-67, EC-71).
func TestManyMembers(t *testing.T) {
	g := circle.SocietyMeetings
	w, people := thousand(t, circle.Rules{Method: "members", General: &g})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays"), Term: circle.MustPeriod("1y")})
	at := w.now.AddDate(0, 0, 20)
	w.must(host, consent.CallGeneral{ID: "agm", Circle: den, At: at, Items: []proposal.ID{"p"}})
	for i := range 100 {
		w.must(people[600+i], consent.AppointProxy{Meeting: "agm", Holder: people[i/5]})
	}
	w.no(consent.ProxiesFull, people[700], consent.AppointProxy{Meeting: "agm", Holder: people[0]})
	w.later(at.Sub(w.now))
	w.must(host, consent.OpenMeeting{Meeting: "agm", Present: people[:500]})
	w.must(host, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Len(t, w.process("p").Round.Seats, 600)
	w.must(host, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestBallotOfMany: a vote that most let pass is closed without naming them.
func TestBallotOfMany(t *testing.T) {
	g := circle.SocietyMeetings
	w, people := thousand(t, circle.Rules{Method: "members-extraordinary", General: &g})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("Our purpose is bread and cake")})
	at := w.now.AddDate(0, 0, 20)
	w.must(host, consent.CallGeneral{ID: "agm", Circle: den, At: at, Items: []proposal.ID{"p"}})
	w.later(at.Sub(w.now))
	w.must(host, consent.OpenMeeting{Meeting: "agm", Present: people[:400]})
	w.must(host, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(host, consent.CloseRound{Proposal: "p"})
	w.must(host, consent.CallBallot{Proposal: "p", Reason: text("The rules ask for it")})
	for i := range 20 {
		w.must(people[i], consent.Respond{Proposal: "p", Answer: consent.Consents})
	}
	got := w.must(host, consent.CloseRound{Proposal: "p"})
	require.Equal(t, 380, eventOf[*consent.RoundEnded](t, got).Skipped)
	require.Equal(t, consent.StageNotAdopted, w.stage("p"), "twenty of four hundred there: who does not vote is there")
	require.Contains(t, fmt.Sprint(eventOf[*consent.Judged](t, got).Why), "1/20")
	w.replays()
}

// TestGatheringsCheck: rules of members' meetings that cannot be are refused, and
// the refusal names the field.
func TestGatheringsCheck(t *testing.T) {
	tenth := circle.Share{Part: 1, Of: 10}
	for field, change := range map[string]func(*circle.Gatherings){
		"rules.general: days":          func(g *circle.Gatherings) { g.Notice = -5 },
		"rules.general: a financial":   func(g *circle.Gatherings) { g.YearEnds = 13 },
		"rules.general: meetings":      func(g *circle.Gatherings) { g.YearEnds, g.Annual = 0, circle.Period{} },
		"rules.general.quorum: ":       func(g *circle.Gatherings) { g.Quorum.Least = -1 },
		"rules.general.request: ":      func(g *circle.Gatherings) { g.Request = circle.Request{Share: tenth} },
		"rules.general.quorum: 5 of 4": func(g *circle.Gatherings) { g.Quorum.Share = circle.Share{Part: 5, Of: 4} },
	} {
		g := circle.SocietyMeetings
		change(&g)
		w := emptyWorld(t)
		_, no := w.give(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{host}, Rules: circle.Rules{General: &g}})
		require.NotNil(t, no, field)
		require.Equal(t, consent.BadField, no.Code, field)
		require.Contains(t, no.Error(), field)
	}
}
