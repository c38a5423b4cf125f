package consent_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// liveWorld has a question open, by a method whose roster is live.
func liveWorld(t *testing.T) *world {
	t.Helper()
	w := handled(t, nil, consent.Method{Live: true})
	w.put("p")
	return w
}

// joins takes somebody into the circle by consent, as a full participant.
func (w *world) joins(id proposal.ID, who circle.PersonID) {
	w.t.Helper()
	w.must(ana, consent.Ask{ID: id, Circle: den, Question: text("Do you join us?"),
		Enacts: []circle.Deed{circle.Join{Circle: den, Person: who, Level: circle.Full}}})
	w.consents(id, ana, ben, cia)
}

// TestLiveRoster: whoever joins while the question is open is asked, too, where the
// method says so; elsewhere the roster is frozen (M-134).
func TestLiveRoster(t *testing.T) {
	w := liveWorld(t)
	w.consents("p", ana, ben)
	w.joins("welcome", gus)
	require.Equal(t, []circle.PersonID{cia, gus}, w.process("p").Round.Awaited())
	w.consents("p", cia)
	require.Equal(t, consent.StageDecide, w.stage("p"), "gus was not heard yet")
	w.awaits(consent.Awaited{Who: []circle.PersonID{gus}, What: "consent.respond"})
	w.objects("p", "o", gus)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(told, func(s consent.Statement) bool {
		return s.Says == "gus joined while the question was open, and is asked, too."
	}))
	w.replays()

	w = handled(t, nil, consent.Method{})
	w.put("p")
	w.joins("welcome", gus)
	w.no(consent.NoConsentRight, gus, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestLiveRosterEnds: nobody gets a seat in a question that is over, not even by
// the decision itself (M-134).
func TestLiveRosterEnds(t *testing.T) {
	w := handled(t, nil, consent.Method{Live: true})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("gus joins us"), Enacts: []circle.Deed{
		circle.Join{Circle: den, Person: gus, Level: circle.Full}, circle.Join{Circle: den, Person: lou, Level: circle.Full}}})
	w.submit("q")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.objects("q", "o", cia)
	w.consents("q", ana, ben)
	require.Equal(t, consent.StageIntegrate, w.stage("q"))
	w.submit("r")
	w.must(ana, consent.OpenRound{Proposal: "r", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	require.ElementsMatch(t, []circle.PersonID{ana, ben, cia, gus, lou}, w.process("r").Round.Awaited())
	require.False(t, w.process("q").Round.Seated(gus), "the circle works on it, and puts it to everybody again")
	w.replays()
}

// TestBacklog: an objection that was put off stands on the backlog of its circle,
// behind its needs, until it is taken up (M-184, M-79).
func TestBacklog(t *testing.T) {
	w := handled(t, nil, consent.Method{Objections: objection.Handling{Defer: true}})
	w.must(ana, proposal.OpenNeed{ID: "bread", Circle: den, Text: text("The street wants bread")})
	w.stuck("p", "o")
	until := w.now.Add(30 * day)
	w.agree3("later", objection.Defer{Objection: "o", Owner: ben, Until: until, Then: text("We look again")})
	backlog := func() (out []consent.BacklogItem) {
		w.engine.Look(func(s *consent.State) { out = s.Backlog(den) })
		return out
	}
	list := backlog()
	require.Len(t, list, 2)
	require.Equal(t, proposal.NeedID("bread"), list[0].Need)
	require.Equal(t, consent.BacklogItem{Objection: "o", Proposal: "p", Owner: ben,
		Due: consent.Due{At: until, What: "objection-put-off", Of: "o", Part: "ben"}}, list[1])
	w.drop("p", ana, ben, cia)
	require.Len(t, backlog(), 2, "it outlives its case")
	w.must(ben, objection.TakeUp{Objection: "o", Outcome: text("Dan bakes")})
	require.Len(t, backlog(), 1)
	w.replays()
}
