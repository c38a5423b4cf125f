package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A round is that of its beginning: who joins, leaves, or loses a right or a hat
// while it goes on changes nothing in it (promise S2, threat 2).

// decided lets the circle decide in a meeting of ana and ben alone, as its rules
// let those present.
func (w *world) decided(id proposal.ID, deed circle.Deed) {
	w.t.Helper()
	m := consent.MeetingID("of-" + id)
	w.must(ana, consent.CallMeeting{ID: m, Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: m, Present: []circle.PersonID{ana, ben}})
	w.must(ana, consent.Ask{ID: id, Circle: den, Question: text("Shall it be so?"), Enacts: []circle.Deed{deed}})
	w.consents(id, ana, ben)
	require.Equal(w.t, consent.StageAdopted, w.stage(id))
	w.must(ben, consent.CloseMeeting{Meeting: m})
}

func learns(who circle.PersonID) circle.Deed {
	return circle.Join{Circle: den, Person: who, Level: circle.Learning}
}

// TestExpectedObjectorKeepsSeat: who is expected to object cannot be voted out
// of the round before they are heard.
func TestExpectedObjectorKeepsSeat(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}, Facilitator: ben})
	w.put("p")
	w.decided("q", learns(cia))
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageDecide, w.stage("p"), "cia's seat is that of the beginning")
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "consent.respond", Of: "p"}}, w.engine.Next("p"))
	w.objects("p", "o", cia)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
}

// TestObjectionOutlivesConsentRight: whose consent right was taken away still says
// whether their objection is met, and nobody says it for them (promise S6).
func TestObjectionOutlivesConsentRight(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}, Facilitator: ben})
	w.stuck("p", "o")
	w.decided("q", learns(cia))
	w.meets("p", "o")
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageIntegrate, w.stage("p"), "the objection stands")
	w.no(objection.NotObjector, ana, objection.Withdraw{Objection: "o"})
	w.no(objection.NotOrphaned, ana, objection.Adopt{Objection: "o"})
	w.must(cia, objection.Accept{Objection: "o"})
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestLaterJoinerHasNoSeat: who joins while the round goes on has no say in it,
// and is waited for by nobody.
func TestLaterJoinerHasNoSeat(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}, Facilitator: ben})
	w.put("p")
	w.decided("q", circle.Join{Circle: den, Person: gus, Level: circle.Full})
	w.no(consent.NoConsentRight, gus, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestTermEndsInMidRound: the term of who facilitates ends while the round goes
// on; they wear the hat until the circle has chosen again, and the round goes on
// as it was.
func TestTermEndsInMidRound(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.CreateRole{ID: "chair", Circle: den, Hat: circle.Facilitator})
	w.must(host, circle.GiveRole{Role: "chair", Person: ben, Term: circle.MustPeriod("2d")})
	w.put("p")
	w.consents("p", ana)
	w.later(3 * day)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.engine.Look(func(s *consent.State) { require.True(t, s.Org.Wears(den, circle.Facilitator, ben)) })
	w.consents("p", ben)
	w.must(ben, consent.Skip{Proposal: "p", Person: cia})
	require.Equal(t, consent.StageLastCall, w.stage("p"), "and no silence is counted")
	w.consents("p", cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}
