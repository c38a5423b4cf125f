package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
)

// TestVisitors: M-39, who looks on at a meeting is in its minutes, has their own
// minutes and uses none of the guests', and where the circle asks nobody is let in
// at once.
func TestVisitors(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "bakery", Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Rules: circle.Rules{GuestMinutes: 15}})
	w.must(host, circle.Admit{ID: gus})
	w.must(host, circle.Admit{ID: lou})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: "bakery", At: w.now})
	w.must(gus, consent.AskToVisit{Meeting: "m"})
	w.no(consent.MeetingNot, ana, consent.AnswerVisit{Meeting: "m", Person: gus})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}, Guests: []circle.PersonID{lou}})
	w.no(consent.AskedToVisit, lou, consent.AskToVisit{Meeting: "m"})
	w.no(consent.NoVisit, ana, consent.AnswerVisit{Meeting: "m", Person: gus})
	w.no(consent.VisitorOnly, ana, consent.GiveTime{Meeting: "m", Person: lou, Minutes: 5})
	w.no(consent.VisitorOnly, ana, consent.GiveTime{Meeting: "m", Person: gus, Minutes: -1})
	w.must(ana, consent.GiveTime{Meeting: "m", Person: gus, Minutes: 1})
	w.must(ana, consent.GiveTime{Meeting: "m", Person: gus, Minutes: 4})
	w.no(consent.LooksOn, gus, consent.SpeakAsGuest{Meeting: "m", Minutes: -1, Text: text("Good bread")})
	w.no(consent.LooksOn, gus, consent.SpeakAsGuest{Meeting: "m", Minutes: 6, Text: text("Good bread")})
	w.must(gus, consent.SpeakAsGuest{Meeting: "m", Minutes: 1, Text: text("Good morning")})
	w.must(gus, consent.SpeakAsGuest{Meeting: "m", Minutes: 4, Text: text("Good bread")})
	w.must(lou, consent.SpeakAsGuest{Meeting: "m", Minutes: 1, Text: text("Good evening")})
	w.must(lou, consent.SpeakAsGuest{Meeting: "m", Minutes: 14, Text: text("I bake too")})
	w.no(consent.GuestsLimit, lou, consent.SpeakAsGuest{Meeting: "m", Minutes: 1, Text: text("And swim")})
	w.no(consent.LooksOn, gus, consent.SpeakAsGuest{Meeting: "m", Minutes: 1, Text: text("And more")})
	minutes, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	require.Contains(t, minutes.String(), "  From outside: gus looking on\n")
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.no(consent.MeetingNot, lou, consent.AskToVisit{Meeting: "m"})
	w.replays()
}

// TestVisitIsAwaited: M-39, those at the meeting are told that their answer is
// awaited, until they gave it or somebody minds.
func TestVisitIsAwaited(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "bakery", Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Rules: circle.Rules{Seating: circle.Seating{Visitors: circle.VisitorsAsked}}})
	w.must(host, circle.Admit{ID: gus})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: "bakery", At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.must(gus, consent.AskToVisit{Meeting: "m"})
	w.must(ana, consent.AnswerVisit{Meeting: "m", Person: gus})
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben}, What: "consent.answer-visit", Of: "m"}}, s.NextIn("m"))
		require.Len(t, s.Awaits(ben), 1)
		require.Empty(t, s.Awaits(ana))
	})
	require.Len(t, dueOf(w, "visit-asked"), 1)
	w.must(ben, consent.AnswerVisit{Meeting: "m", Person: gus, Minds: true})
	w.engine.Look(func(s *consent.State) { require.Empty(t, s.NextIn("m")) })
	require.Empty(t, dueOf(w, "visit-asked"), "somebody minds")
	w.must(host, circle.Admit{ID: lou})
	w.must(lou, consent.AskToVisit{Meeting: "m"})
	w.must(ana, consent.AnswerVisit{Meeting: "m", Person: lou})
	w.must(ben, consent.AnswerVisit{Meeting: "m", Person: lou})
	require.Empty(t, dueOf(w, "visit-asked"), "nobody minds")
	w.replays()
}
