package consent_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// labelWorld is in a meeting by Holacracy, called by ben and facilitated by ana.
func labelWorld(t *testing.T, scope ...proposal.ID) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "holacracy"}, Facilitator: ana, Secretary: cia})
	w.submit("p")
	w.submit("late")
	w.must(ben, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Scope: scope})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	return w
}

func label(id circle.Name, about proposal.ID) consent.AddItem {
	return consent.AddItem{Meeting: "m", Item: id, Label: text("bread"), About: about}
}

// order is the agenda as it stands.
func (w *world) order() (out []circle.Name) {
	w.engine.Look(func(s *consent.State) {
		for _, a := range s.Meeting("m").Plan.Items {
			out = append(out, a.ID)
		}
	})
	return out
}

// TestLabels: an agenda of labels is made in the meeting by those who are there,
// in few words, also between the items (M-114).
func TestLabels(t *testing.T) {
	w := labelWorld(t)
	w.no(consent.LabelsOnly, ben, consent.CallMeeting{ID: "m-2", Circle: den, At: w.now, Agenda: []consent.AgendaItem{agendaItem("one", 5, "")}})
	w.no(consent.NotThere, cia, label("one", ""))
	long := label("one", "")
	long.Label = text(strings.Repeat("ü", 81))
	w.no(consent.LabelTooLong, ben, long)
	long.Label = text(strings.Repeat("ü", 80))
	w.must(ben, long)
	w.no(circle.TakenID, ana, label("one", ""))
	w.no(proposal.UnknownProposal, ana, label("two", "nothing"))
	w.must(ana, label("two", "p"))
	w.no(consent.NextOnAgenda, ana, consent.BeginItem{Meeting: "m", Item: "two"})
	_, no := w.give(ana, consent.BeginItem{Meeting: "m", Item: "two"})
	require.ErrorContains(t, no, "Who may change the order: ana.", "who facilitates")
	w.must(ana, consent.BeginItem{Meeting: "m", Item: "one"})
	require.Empty(t, dueOf(w, "item-time"), "a label has no time of its own")
	w.no(consent.ItemRunning, ben, label("three", ""))
	w.must(ana, consent.EndItem{Meeting: "m", Item: "one", Reached: true})
	w.must(ben, label("three", ""))
	require.Equal(t, []circle.Name{"one", "two", "three"}, w.order())
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []proposal.ID{"p"}, s.Meeting("m").Items, "what has a label can be put")
	})
	w.no(consent.UnknownMeeting, ana, consent.AddItem{Meeting: "none", Item: "x", Label: text("x")})
	w.replays()

	w = plannedWorld(t, agendaItem("one", 5, ""))
	w.no(consent.NoLabels, ana, label("x", ""))
}

// TestElectionFirst: an election comes first when somebody asks for it, and who
// orders the agenda leaves it there (M-114).
func TestElectionFirst(t *testing.T) {
	w := labelWorld(t)
	for _, id := range []circle.Name{"one", "two"} {
		w.must(ben, label(id, ""))
	}
	for _, id := range []circle.Name{"rep", "secretary"} {
		e := label(id, "")
		e.Election = true
		w.must(ben, e)
	}
	first := func(id circle.Name) consent.PutFirst { return consent.PutFirst{Meeting: "m", Item: id} }
	w.no(consent.NoElection, ben, first("one"))
	w.no(consent.UnknownItem, ben, first("none"))
	w.no(consent.NotThere, cia, first("rep"))
	w.must(ben, first("secretary"))
	w.no(consent.ElectionFirst, ana, first("secretary"))
	w.must(ana, first("rep"))
	require.Equal(t, []circle.Name{"secretary", "rep", "one", "two"}, w.order())
	w.must(ana, consent.BeginItem{Meeting: "m", Item: "secretary"})

	order := func(list ...circle.Name) consent.OrderAgenda {
		return consent.OrderAgenda{Meeting: "m", Order: list}
	}
	w.no(consent.NotFacilitating, ben, order("rep", "two", "one"))
	w.no(consent.BadOrder, ana, order("two", "one"))
	w.no(consent.BadOrder, ana, order("secretary", "rep", "two", "one"))
	w.no(consent.ElectionFirst, ana, order("two", "rep", "one"))
	w.must(ana, order("rep", "two", "one"))
	require.Equal(t, []circle.Name{"secretary", "rep", "two", "one"}, w.order())
	w.no(consent.BegunStays, ben, first("secretary")) // it was asked for before, and has begun
	w.replays()
}

// TestOrderOfSpecialMeeting: who asked for a special meeting orders its agenda, and
// nobody else does; no other matter is added (M-114, M-115).
func TestOrderOfSpecialMeeting(t *testing.T) {
	w := labelWorld(t, "p", "late")
	w.no(consent.OutOfScope, ana, label("other", ""))
	w.must(ana, label("one", "p"))
	w.must(ana, label("two", "late"))
	w.no(consent.NotOrdering, ana, consent.OrderAgenda{Meeting: "m", Order: []circle.Name{"two", "one"}})
	w.must(ben, consent.OrderAgenda{Meeting: "m", Order: []circle.Name{"two", "one"}})
	w.no(consent.NextOnAgenda, ana, consent.BeginItem{Meeting: "m", Item: "one"})
	_, no := w.give(ana, consent.BeginItem{Meeting: "m", Item: "one"})
	require.ErrorContains(t, no, "Who may change the order: ben.", "who asked for the meeting")
	w.must(ana, consent.EndItem{Meeting: "m", Item: "two", Next: text("Ask the mill")})
	w.must(ana, consent.BeginItem{Meeting: "m", Item: "one"})
	minutes, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	require.Contains(t, minutes.String(), "Item two: “bread”; not reached; next: “Ask the mill”\n  Item one: “bread”")
	w.replays()
}
