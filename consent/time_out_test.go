package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// pausing has a proposal before a meeting, by a method with time-outs.
func pausing(t *testing.T, wk *walk) *world {
	t.Helper()
	w := handled(t, wk, consent.Method{Phases: []consent.RoundKind{consent.ClarifyRound, consent.ReactRound}, Meeting: true, Present: true,
		TimeOuts: true, Onwards: true, Objections: byReasoning})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana, ben, cia)
	return w
}

// pause has a time-out that is asked for, granted and ended.
func (w *world) pause(stage consent.Stage) {
	w.t.Helper()
	require.Equal(w.t, stage, w.stage("p"))
	before := w.process("p").Round
	w.must(cia, consent.AskTimeOut{Proposal: "p", Reason: text("May we sit outside?")})
	w.must(ana, consent.GrantTimeOut{Proposal: "p"})
	w.must(ana, consent.EndTimeOut{Proposal: "p"})
	require.Equal(w.t, stage, w.stage("p"))
	require.Equal(w.t, before.Awaited(), w.process("p").Round.Awaited())
	w.replays()
}

// walkTimeOut uses a time-out in every stage that has one.
func walkTimeOut(t *testing.T, wk *walk) {
	w := pausing(t, wk)
	w.talkOn("p", consent.ClarifyRound)
	w.pause(consent.StageClarify)
	w.talkOn("p", consent.ReactRound)
	w.pause(consent.StageReact)
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open every second Sunday")})
	w.pause(consent.StageRevise)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.pause(consent.StageDecide)
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	w.pause(consent.StageIntegrate)
	w.must(ana, objection.Test{Objection: "o"})
	w.pause(consent.StageTest)
}

// TestTimeOut: while a time-out runs, nothing is accepted on the case but what is
// administration; whoever facilitates grants and ends it; it leaves the round as
// it was (M-112).
func TestTimeOut(t *testing.T) {
	w := pausing(t, nil)
	ask := consent.AskTimeOut{Proposal: "p", Reason: text("May we sit outside?")}
	w.no(consent.NotNow, ben, ask)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound})
	w.no(proposal.NotParticipant, gus, ask)
	w.no(consent.NobodyAskedTimeOut, ana, consent.GrantTimeOut{Proposal: "p"})
	w.no(consent.NoTimeOut, ana, consent.EndTimeOut{Proposal: "p"})
	w.must(ben, ask)
	w.no(consent.TimeOutWaits, cia, ask)
	speaker := w.next("p")
	w.must(speaker, consent.Speak{Proposal: "p", Text: text("Until it is granted, the work goes on")})
	w.no(consent.NotFacilitating, lou, consent.GrantTimeOut{Proposal: "p"})
	require.Equal(t, "consent.grant-time-out", w.engine.Next("p")[1].What)
	w.must(ana, consent.Ask{ID: "stop", Circle: den, Question: text("Do we drop it?"), Enacts: []circle.Deed{proposal.Drop{Proposal: "p", Reason: text("It rests")}}})
	w.must(ana, consent.GrantTimeOut{Proposal: "p"})

	speaker = w.next("p")
	for _, c := range []consent.Command{ask, consent.Speak{Proposal: "p", Text: text("Bread")}, consent.Pass{Proposal: "p"},
		consent.Skip{Proposal: "p", Person: speaker}, consent.Park{Proposal: "p", Owner: ana, Wake: w.now.Add(day), Reason: text("Later")},
		proposal.CheckConflicts{Proposal: "p", Version: 1, Clear: true}, consent.OpenRound{Proposal: "p", Round: consent.ReactRound}} {
		if by := speaker; c.Wire() != "consent.open-round" {
			w.no(consent.TimeOutRuns, by, c)
		}
	}
	w.no(consent.TimeOutRuns, ana, consent.Ask{ID: "again", Circle: den, Question: text("Do we drop it?"),
		Enacts: []circle.Deed{proposal.Drop{Proposal: "p", Reason: text("It rests")}}})
	w.consents("stop", ana, ben, cia)
	require.NotEqual(t, consent.StageAdopted, w.stage("stop"), "a decision that began before does not touch it either")
	w.must(ben, proposal.AttachRendition{Proposal: "p", Version: 1, Format: circle.EasyRead, Text: text("Open on Sundays")})
	w.must(cia, consent.Signal{Proposal: "p", Card: consent.StopCard})
	w.must(cia, consent.ClearCard{Proposal: "p"})
	w.awaits(consent.Awaited{Who: []circle.PersonID{ana, ben, cia}, What: "consent.end-time-out"})
	w.must(ana, consent.EndTimeOut{Proposal: "p"})
	require.Equal(t, speaker, w.next("p"))
	w.must(speaker, consent.Speak{Proposal: "p", Text: text("Bread")})
	w.replays()
}

// TestTimeOutEndsWithItsMeeting: nothing is suspended for good (M-112).
func TestTimeOutEndsWithItsMeeting(t *testing.T) {
	w := pausing(t, nil)
	w.talkOn("p", consent.ClarifyRound)
	w.must(ben, consent.AskTimeOut{Proposal: "p", Reason: text("The heating")})
	w.must(ana, consent.GrantTimeOut{Proposal: "p"})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	require.Equal(t, "consent.open-round", w.engine.Next("p")[0].What)
	w.gather("m2", []proposal.ID{"p"}, ana, ben, cia)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ReactRound})
	w.replays()
}
