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

func agendaItem(id circle.Name, minutes int, about proposal.ID) consent.AgendaItem {
	return consent.AgendaItem{ID: id, Topic: text("Bread"), Outcome: consent.ToDecide, Minutes: minutes, Item: about}
}

// plannedWorld is a world in a meeting with an agenda of these items.
func plannedWorld(t *testing.T, items ...consent.AgendaItem) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Rye"), Members: []circle.PersonID{ana}, Domain: []circle.Item{{ID: "rye", Of: "baking"}}})
	w.submit("p")
	w.submit("late")
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Agenda: items})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}, Guests: []circle.PersonID{gus}})
	return w
}

// agree asks a question that carries something out, and those present consent.
func (w *world) agree(id proposal.ID, deeds ...circle.Deed) {
	w.t.Helper()
	w.must(ana, consent.Ask{ID: id, Circle: den, Question: text("Do we?"), Enacts: deeds})
	w.consents(id, ana, ben)
}

func (w *world) asked(code *circle.Code, deeds ...circle.Deed) {
	w.t.Helper()
	w.no(code, ana, consent.Ask{ID: "refused", Circle: den, Question: text("Do we?"), Enacts: deeds})
}

// TestAgenda: M-113, what an agenda cannot hold, and who changes it.
func TestAgenda(t *testing.T) {
	w := plannedWorld(t, agendaItem("one", 10, "p"), agendaItem("two", 5, ""))
	call := func(items ...consent.AgendaItem) consent.CallMeeting {
		return consent.CallMeeting{ID: "m-2", Circle: den, At: w.now, Agenda: items}
	}
	w.no(circle.TakenID, ana, call(agendaItem("one", 10, ""), agendaItem("one", 5, "")))
	w.no(consent.BadMinutes, ana, call(agendaItem("one", -1, "")))
	w.no(proposal.UnknownProposal, ana, call(agendaItem("one", 1, "nothing")))
	stranger := agendaItem("one", 1, "")
	stranger.Presenter = nemo
	w.no(circle.UnknownPerson, ana, call(stranger))
	w.no(proposal.ByConsent, ana, consent.ExtendItem{Meeting: "m", Item: "one", Minutes: 1})
	w.no(consent.UnknownMeeting, ana, consent.ExtendItem{Meeting: "none", Item: "one", Minutes: 1})

	change := func(items ...consent.AgendaItem) consent.ChangeAgenda {
		return consent.ChangeAgenda{Meeting: "m", Agenda: items}
	}
	w.must(ana, consent.BeginItem{Meeting: "m", Item: "one"})
	w.asked(consent.BegunStays, change(agendaItem("two", 5, "")))
	w.asked(circle.TakenID, change(agendaItem("one", 5, ""), agendaItem("one", 5, "")))
	w.asked(consent.UnknownMeeting, consent.ChangeAgenda{Meeting: "none", Agenda: []consent.AgendaItem{agendaItem("one", 5, "")}})
	w.must(ana, consent.CallMeeting{ID: "inner", Circle: nook, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "inner", Present: []circle.PersonID{ana}})
	w.asked(consent.UnknownMeeting, consent.ChangeAgenda{Meeting: "inner", Agenda: []consent.AgendaItem{agendaItem("one", 5, "")}})
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	w.agree("q", change(agendaItem("one", 10, "p"), agendaItem("three", 5, "late")),
		consent.ExtendItem{Meeting: "m", Item: "one", Minutes: 5})
	w.engine.Look(func(s *consent.State) {
		m := s.Meeting("m")
		require.Equal(t, []proposal.ID{"p", "late"}, m.Items, "what is new on the agenda can be put")
		require.Len(t, m.Plan.Items, 2)
		require.Equal(t, circle.Name("one"), m.Plan.Running())
		require.Equal(t, w.now.Add(15*time.Minute), m.Plan.Ends)
	})
	w.replays()
}

// TestItems: M-116 and M-119, an item has its time, and an end.
func TestItems(t *testing.T) {
	w := plannedWorld(t, agendaItem("one", 10, ""), agendaItem("two", 5, "p"))
	w.no(consent.UnknownItem, ana, consent.BeginItem{Meeting: "m", Item: "none"})
	w.no(consent.UnknownMeeting, ana, consent.BeginItem{Meeting: "none", Item: "one"})
	w.no(consent.NotFacilitating, gus, consent.BeginItem{Meeting: "m", Item: "one"})
	w.asked(consent.NotRunning, consent.ExtendItem{Meeting: "m", Item: "one", Minutes: 5})
	w.asked(consent.UnknownMeeting, consent.ExtendItem{Meeting: "none", Item: "one", Minutes: 5})
	w.must(ana, consent.BeginItem{Meeting: "m", Item: "one"})
	w.asked(consent.BadMinutes, consent.ExtendItem{Meeting: "m", Item: "one", Minutes: -5})
	w.asked(consent.NotRunning, consent.ExtendItem{Meeting: "m", Item: "two", Minutes: 5})
	w.no(consent.ItemRunning, ana, consent.BeginItem{Meeting: "m", Item: "two"})

	w.must(ana, consent.Ask{ID: "brief", Circle: den, Question: text("One minute?"), Enacts: []circle.Deed{consent.ExtendItem{Meeting: "m", Item: "one", Minutes: 1}}})
	w.must(ana, consent.Ask{ID: "slow", Circle: den, Question: text("More?"), Enacts: []circle.Deed{consent.ExtendItem{Meeting: "m", Item: "one", Minutes: 5}}})
	w.must(ana, consent.Respond{Proposal: "slow", Answer: consent.Consents})
	w.later(10 * time.Minute)
	w.asked(consent.TimeOver, consent.ExtendItem{Meeting: "m", Item: "one", Minutes: 5})
	w.must(ben, consent.Respond{Proposal: "slow", Answer: consent.Consents})
	require.Equal(t, consent.StageDecide, w.stage("slow"), "consent that comes too late extends nothing")
	w.must(ana, consent.EndItem{Meeting: "m", Item: "one", Reached: true})
	w.no(consent.ItemDone, ana, consent.EndItem{Meeting: "m", Item: "one", Reached: true})
	require.Empty(t, dueOf(w, "item-time"))
	w.no(consent.ItemsOpen, ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.replays()
}

func dueOf(w *world, what string) (out []consent.Due) {
	for _, d := range w.engine.Due(w.now) {
		if d.What == what {
			out = append(out, d)
		}
	}
	return out
}

// TestProcessObjection: M-111, an objection to the process is recorded also
// while a round of the meeting goes on, and a round on it is held afterwards.
func TestProcessObjection(t *testing.T) {
	w := plannedWorld(t, agendaItem("one", 10, ""))
	w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound})
	require.Len(t, w.must(ben, consent.ObjectToProcess{Meeting: "m", Reason: text("too fast")}).Events, 1)
	w.no(consent.NotThere, cia, consent.ObjectToProcess{Meeting: "m", Reason: text("too fast")})
	w.no(consent.NotThere, gus, consent.ObjectToProcess{Meeting: "m", Reason: text("too fast")})
	for _, who := range []circle.PersonID{ana, ben, gus} {
		w.must(who, consent.Speak{Meeting: "m", Text: text("Hello")})
	}
	w.no(consent.NotNow, ana, consent.OpenRound{Proposal: "p", Round: consent.ProcessRound})
	w.no(consent.ProcessFirst, ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound}) // a round on something else is none on it
	for len(w.meetingRound("m").Awaited()) > 0 {
		w.must(w.meetingRound("m").Awaited()[0], consent.Pass{Meeting: "m"})
	}
	w.no(consent.ProcessFirst, ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.ProcessRound})
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []circle.PersonID{ana, ben}, s.Meeting("m").Round.Order, "the guests have no place in it")
	})
	w.must(ana, consent.Pass{Meeting: "m"})
	w.must(ben, consent.Speak{Meeting: "m", Text: text("Slower")})
	require.Len(t, w.must(ben, consent.ObjectToProcess{Meeting: "m", Reason: text("still too fast")}).Events, 2)
	w.no(consent.RoundRunning, ana, consent.CloseMeeting{Meeting: "m"})
	w.replays()
}

// meetingRound is the round of a meeting.
func (w *world) meetingRound(id consent.MeetingID) (out *consent.Round) {
	w.engine.Look(func(s *consent.State) { out = s.Meeting(id).Round })
	return out
}

// TestMinutesOfTheAgenda: M-117, M-119 and M-120 in the record of a meeting.
func TestMinutesOfTheAgenda(t *testing.T) {
	w := plannedWorld(t, agendaItem("one", 10, ""), agendaItem("two", 5, ""))
	w.must(ana, consent.EndItem{Meeting: "m", Item: "one", Next: text("Ask the mill")})
	w.agree("q", consent.ChangeAgenda{Meeting: "m", Agenda: []consent.AgendaItem{agendaItem("two", 5, ""), agendaItem("one", 9, "")}})
	w.must(ana, consent.EndItem{Meeting: "m", Item: "two", Reached: true})
	w.must(ben, consent.ObjectToProcess{Meeting: "m", Reason: text("too fast")})
	for _, who := range []circle.PersonID{ana, ben} {
		w.must(who, consent.Pass{Meeting: "m"})
	}
	w.must(lou, consent.SendApology{Meeting: "m"})
	w.must(gus, consent.EvaluateMeeting{Meeting: "m", Text: text("It went well")})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ben, consent.EvaluateMeeting{Meeting: "m", Text: text("Better than the last")})
	m, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	require.Equal(t, []circle.PersonID{cia}, m.Absent)
	require.Equal(t, []logbook.Item{{ID: "two", Topic: "Bread", Outcome: consent.ToDecide, Ended: true, Reached: true},
		{ID: "one", Topic: "Bread", Outcome: consent.ToDecide, Ended: true, Next: "Ask the mill"}}, m.Items)
	for _, line := range []string{"Absent: cia", "Item two: “Bread”, to decide; reached", "Item one: “Bread”, to decide; not reached; next: “Ask the mill”",
		"ben objected to the process: “too fast”", "gus on the meeting: “It went well”", "ben on the meeting: “Better than the last”"} {
		require.Contains(t, m.String(), line)
	}
	w.must(ana, consent.CallMeeting{ID: "m-2", Circle: den, At: w.now})
	w.no(consent.MeetingNot, ana, consent.EvaluateMeeting{Meeting: "m-2", Text: text("Good")})
	w.no(consent.UnknownMeeting, ana, consent.EvaluateMeeting{Meeting: "none", Text: text("Good")})
	require.Error(t, consent.Desired("argue").Check())
	require.Len(t, consent.Desired("").Values(), 3)
}

// TestMinutesOfWhatIsSetAside: what is set aside while a meeting goes on stands in its minutes where it was put there, and nowhere
// else (M-117).
func TestMinutesOfWhatIsSetAside(t *testing.T) {
	for name, items := range map[string][]proposal.ID{"put there": {"p"}, "not": nil} {
		w := newWorld(t, setting{Full: 3})
		w.submit("p")
		w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: items})
		w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
		last := func() (out uint64) {
			w.engine.Look(func(s *consent.State) { out = s.Meeting("m").Trail.Last })
			return out
		}
		before := last()
		r := w.must(ana, consent.Park{Proposal: "p", Owner: ana, Wake: w.now.AddDate(0, 0, 10), Reason: reason})
		if items == nil {
			require.Equal(t, before, last(), name)
		} else {
			require.Equal(t, r.Position, last(), name)
		}
		w.replays()
	}
}

// TestScope: M-115, a special meeting limits what is put in it, not what goes
// its own way outside meetings.
func TestScope(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.submit("aside")
	w.submit("item")
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Scope: []proposal.ID{"p"}, Items: []proposal.ID{"item"}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.asked(consent.OutOfScope, proposal.Drop{Proposal: "p", Reason: text("r")})
	w.asked(consent.OutOfScope, consent.AdoptAgenda{Meeting: "m"}, proposal.Drop{Proposal: "p", Reason: text("r")})
	w.agree("agenda", consent.AdoptAgenda{Meeting: "m"})
	w.must(ana, consent.OpenRound{Proposal: "aside", Round: consent.ConsentRound})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Equal(t, consent.MeetingID("m"), w.process("p").Meeting)
	require.Empty(t, w.process("aside").Meeting)
	w.no(consent.OutOfScope, ana, consent.OpenRound{Proposal: "item", Round: consent.ConsentRound})
	w.replays()

	// What is decided in meetings alone is put in none that was called for something else.
	for name, change := range map[string]func(*consent.Method){"in meetings": func(m *consent.Method) { m.Meeting = true }, "by those present": func(m *consent.Method) { m.Present = true }} {
		m := consent.Quick
		m.Meeting, m.Present = false, false
		change(&m)
		m.Name = "own"
		w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
		w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
		w.must(ana, proposal.Submit{ID: "other", Circle: den, Text: text("Open on Mondays")})
		w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Scope: []proposal.ID{"p"}})
		w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
		_, no := w.give(ana, consent.OpenRound{Proposal: "other", Round: consent.ConsentRound})
		require.NotNil(t, no, name)
		require.Equal(t, consent.OutOfScope, no.Code, name)
	}
}
