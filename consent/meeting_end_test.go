package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// boundedWorld is in a meeting that is to end in an hour, with two items and a
// proposal beside them.
func boundedWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.submit("aside")
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Ends: w.now.Add(time.Hour), Items: []proposal.ID{"aside"},
		Agenda: []consent.AgendaItem{agendaItem("one", 10, "p"), agendaItem("two", 5, "")}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	return w
}

// TestMeetingEndsAsPlanned: at its planned end a meeting is over, whatever runs in
// it; what it did not come to goes back to the agenda, and nothing is lost (M-118).
func TestMeetingEndsAsPlanned(t *testing.T) {
	w := boundedWorld(t)
	w.must(ana, consent.EndItem{Meeting: "m", Item: "two", Reached: true})
	w.must(ana, consent.BeginItem{Meeting: "m", Item: "one"})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ben)
	require.Len(t, dueOf(w, "meeting-ends"), 1)
	w.later(time.Hour)
	require.Empty(t, dueOf(w, "meeting-ends"))
	w.no(consent.MeetingNot, ana, consent.CloseMeeting{Meeting: "m"})
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, consent.StatusOver, s.Meeting("m").Status)
		require.Equal(t, w.now, s.Meeting("m").Closed)
		agenda, items := s.LeftOver(den)
		require.Len(t, agenda, 1)
		require.Equal(t, circle.Name("one"), agenda[0].ID)
		require.Equal(t, []proposal.ID{"aside"}, items)
	})
	minutes, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	require.Contains(t, minutes.String(), "The meeting ended at its planned time; back on the agenda: one and aside")
	require.Equal(t, []circle.PersonID{ana}, w.process("p").Round.Awaited(), "what was answered stays answered")

	w.must(ana, consent.CallMeeting{ID: "special", Circle: den, At: w.now, Scope: []proposal.ID{"aside"}})
	w.must(ana, consent.CallMeeting{ID: "next", Circle: den, At: w.now, Agenda: []consent.AgendaItem{agendaItem("three", 5, "")}})
	w.engine.Look(func(s *consent.State) {
		m := s.Meeting("next")
		require.Equal(t, []circle.Name{"one", "three"}, []circle.Name{m.Plan.Items[0].ID, m.Plan.Items[1].ID})
		require.ElementsMatch(t, []proposal.ID{"aside", "p"}, m.Items)
		agenda, items := s.LeftOver(den)
		require.Empty(t, agenda)
		require.Empty(t, items)
		require.Equal(t, []proposal.ID{"aside"}, s.Meeting("special").Items, "a special meeting keeps to its scope")
	})
	w.replays()
}

// TestWhatIsLeftIsCalledAgain: an item that was left over and that somebody puts on the next
// agenda themselves stands there once (M-118).
func TestWhatIsLeftIsCalledAgain(t *testing.T) {
	w := boundedWorld(t)
	w.later(time.Hour)
	w.must(ana, consent.CallMeeting{ID: "next", Circle: den, At: w.now, Items: []proposal.ID{"aside"}, Agenda: []consent.AgendaItem{agendaItem("one", 5, "p")}})
	w.engine.Look(func(s *consent.State) {
		m := s.Meeting("next")
		require.ElementsMatch(t, []proposal.ID{"aside", "p"}, m.Items)
		require.Len(t, m.Plan.Items, 2)
	})
	w.replays()
}

// TestMeetingIsExtended: it goes on when nobody of those present is against it,
// and else it ends (M-118).
func TestMeetingIsExtended(t *testing.T) {
	w := boundedWorld(t)
	end := w.now.Add(time.Hour)
	longer := consent.ExtendMeeting{Meeting: "m", Until: end.Add(time.Hour)}
	w.no(proposal.ByConsent, ana, longer)
	w.asked(consent.EndsBefore, consent.ExtendMeeting{Meeting: "m", Until: end})
	w.asked(consent.UnknownMeeting, consent.ExtendMeeting{Meeting: "none", Until: longer.Until})
	w.agree("longer", longer)
	w.at(end)
	require.Equal(t, longer.Until, dueOf(w, "meeting-ends")[0].At)
	w.must(ana, consent.Ask{ID: "more", Circle: den, Question: text("More?"),
		Enacts: []circle.Deed{consent.ExtendMeeting{Meeting: "m", Until: end.Add(2 * time.Hour)}}})
	w.consents("more", ana)
	w.objects("more", "tired", ben)
	w.at(longer.Until)
	w.engine.Look(func(s *consent.State) { require.Equal(t, consent.StatusOver, s.Meeting("m").Status) })
	w.replays()

	w = newWorld(t, setting{Full: 3})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.no(consent.EndsBefore, ana, consent.CallMeeting{ID: "back", Circle: den, At: w.now, Ends: w.now})
	w.must(ana, consent.CallMeeting{ID: "missed", Circle: den, At: w.now, Ends: w.now.Add(time.Hour)})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.asked(consent.NoPlannedEnd, longer)
	w.later(time.Hour)
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	require.Empty(t, dueOf(w, "meeting-ends"))
	w.no(consent.PlannedEndOver, ana, consent.OpenMeeting{Meeting: "missed", Present: []circle.PersonID{ana}})
	w.replays()
}

// TestWhatIsLeftMayEndElsewhere: what came to its end between two meetings comes
// back on no agenda, and what is worded anew stands there once (M-118).
func TestWhatIsLeftMayEndElsewhere(t *testing.T) {
	w := boundedWorld(t)
	w.later(time.Hour)
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	w.must(ana, proposal.Withdraw{Proposal: "aside"})
	w.must(ana, consent.CallMeeting{ID: "next", Circle: den, At: w.now, Agenda: []consent.AgendaItem{agendaItem("two", 15, "")}})
	w.engine.Look(func(s *consent.State) {
		m := s.Meeting("next")
		require.Len(t, m.Plan.Items, 1)
		require.Equal(t, 15, m.Plan.Items[0].Minutes)
		agenda, items := s.LeftOver(den)
		require.Empty(t, agenda)
		require.Empty(t, items)
	})
	w.replays()
}
