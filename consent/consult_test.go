package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

var (
	affects = consent.NameConsultee{Proposal: "p", Person: gus}
	saysSo  = consent.GiveView{Proposal: "p", Text: text("I sleep above the oven")}
	usedIt  = consent.AnswerView{Proposal: "p", Person: gus, Answer: proposal.Used}
)

// consulted asks gus in the stage in which the proposal is.
func (w *world) consulted(stage consent.Stage) {
	w.t.Helper()
	require.Equal(w.t, stage, w.stage("p"))
	w.must(ana, affects)
	w.must(gus, saysSo)
	w.must(ana, usedIt)
	require.Equal(w.t, stage, w.stage("p"))
}

// walkConsult asks whom the case affects in each stage in which they are asked, and
// answers them in each in which they are answered (M-44).
func walkConsult(t *testing.T, wk *walk) {
	stuckWorld(t, wk, consent.Method{}, true).consulted(consent.StageDraft)
	stuckWorld(t, wk, consent.Method{}, false).consulted(consent.StageIntake)
	for _, stage := range []consent.Stage{consent.StageClarify, consent.StageReact, consent.StageRevise, consent.StageIntegrate} {
		w := pausing(t, wk)
		w.talkOn("p", consent.ClarifyRound)
		if stage != consent.StageClarify {
			w.talkOn("p", consent.ReactRound)
		}
		if stage == consent.StageRevise {
			w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open every second Sunday")})
		}
		if stage == consent.StageIntegrate {
			w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
			w.objects("p", "o", cia)
			w.consents("p", ana, ben)
		}
		w.consulted(stage)
	}
	w := stuckWorld(t, wk, consent.Method{LastCall: week, Clock: consent.Stops}, false)
	w.must(ana, affects)
	w.must(gus, saysSo)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.NotNow, gus, saysSo)
	w.must(ana, consent.AnswerView{Proposal: "p", Person: gus, Answer: proposal.Open})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(ana, usedIt)
	w.later(8 * 24 * 60 * 60 * 1e9)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.must(ana, consent.TellOutcome{Decision: "p", Person: gus, Format: circle.Standard})
	w.replays()
}

// TestConsulteeRefused: M-44, who is named and who says what it means for them; they
// are told also when nothing came of the proposal.
func TestConsulteeRefused(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{}, false)
	w.no(circle.UnknownPerson, ana, consent.NameConsultee{Proposal: "p", Person: "eve"})
	w.no(consent.PhaseNotAgreed, ana, consent.NameConsultee{Proposal: "p", Person: gus, Phases: []circle.Phase{circle.Forming, circle.Forming}})
	w.no(consent.NotConsulted, gus, saysSo)
	w.no(consent.NotConsulted, ana, usedIt)
	w.must(ana, affects)
	w.no(consent.NoView, ana, usedIt)
	w.no(consent.NotToTell, ana, consent.TellOutcome{Decision: "p", Person: gus, Format: circle.Standard})
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ana, ben, cia}, What: "consent.tell-outcome", Of: "p"}}, w.engine.Next("p"))
	require.Equal(t, w.engine.Next("p"), w.engine.Awaits(ben))
	require.Empty(t, w.engine.Awaits(gus))
	w.no(consent.NotToTell, ana, consent.TellOutcome{Decision: "p", Person: lou, Format: circle.Standard})
	w.must(ana, consent.TellOutcome{Decision: "p", Person: gus, Format: circle.Standard})
	require.Empty(t, w.engine.Next("p"))
	w.no(consent.NotToTell, ana, consent.TellOutcome{Decision: "p", Person: gus, Format: circle.Standard})
	w.replays()
}
