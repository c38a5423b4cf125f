package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// walkPutOff sets a proposal aside by consent in every stage of the table.
func walkPutOff(t *testing.T, wk *walk) {
	for _, stage := range tabled {
		w := standing(t, wk, stage, nil)
		off := consent.PutOff{Proposal: "p", For: week, Reason: reason}
		w.no(consent.CircleDecides, ana, off)
		w.must(ana, consent.Ask{ID: "rest", Circle: nook, Question: text("Does it rest?"), Enacts: []circle.Deed{off}})
		w.consents("rest", w.process("rest").Round.Awaited()...)
		require.Equal(t, consent.StageParked, w.stage("p"))
		w.later(7 * day)
		require.NotEqual(t, consent.StageParked, w.stage("p"), "it comes back by itself")
		w.replays()
	}
}

// disposes puts a proposal to close or postpone another, and everybody consents.
func (w *world) disposes(d proposal.Disposition, of proposal.ID, period circle.Period) {
	w.t.Helper()
	w.must(ben, proposal.Submit{ID: "end", Circle: den, Text: text("Not now"), Disposition: d, Target: of, For: period})
	w.must(ana, consent.OpenRound{Proposal: "end", Round: consent.ConsentRound})
	w.consents("end", ana, ben, cia)
	require.Equal(w.t, consent.StageAdopted, w.stage("end"))
}

// TestDisposition: what adopting a proposal does is a field of it (M-99).
func TestDisposition(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	w.disposes(proposal.Closing, "p", circle.Period{})
	require.Equal(t, consent.StageDropped, w.stage("p"))
	w.replays()

	w = newWorld(t, setting{Full: 3})
	w.put("p")
	w.objects("p", "o", cia)
	w.disposes(proposal.Postpone, "p", week)
	require.Equal(t, consent.StageParked, w.stage("p"))
	require.Equal(t, []consent.Due{{At: w.now.Add(7 * day), What: "wake-up", Of: "p"}}, w.engine.Due(w.now))
	w.no(consent.NotOwner, lou, consent.Resume{Proposal: "p"})
	w.must(ana, consent.Resume{Proposal: "p"})
	require.Equal(t, consent.StageIntegrate, w.stage("p"), "the objection was not lost")
	w.replays()

	w = newWorld(t, setting{Full: 3})
	w.put("p")
	w.consents("p", ana, ben, cia)
	w.disposes(proposal.Postpone, "p", circle.Period{})
	w.engine.Look(func(s *consent.State) {
		require.True(t, s.Matters.Particulars("p").Held)
		require.Nil(t, s.Matters.Proposal("end"), "it leaves no agreement behind")
	})
	w.agree3("on", proposal.LiftHold{Proposal: "p"})
	w.engine.Look(func(s *consent.State) { require.False(t, s.Matters.Particulars("p").Held) })
	w.replays()
}

// agree3 asks a question of three people that carries something out.
func (w *world) agree3(id proposal.ID, deeds ...circle.Deed) {
	w.t.Helper()
	w.must(ana, consent.Ask{ID: id, Circle: den, Question: text("Do we?"), Enacts: deeds})
	w.consents(id, ana, ben, cia)
}

// TestDispositionRefused: it does one thing, to what is there (M-99).
func TestDispositionRefused(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	end := proposal.Submit{ID: "end", Circle: den, Text: text("Not now"), Disposition: proposal.Closing, Target: "p"}
	other := end
	other.Sort = proposal.Policy
	w.no(proposal.DisposesOnly, ana, other)
	other = end
	other.Enacts = []circle.Deed{proposal.Drop{Proposal: "p", Reason: reason}}
	w.no(proposal.DisposesOnly, ana, other)
	other = end
	other.Target = "none"
	w.no(proposal.UnknownProposal, ana, other)
	other = end
	other.Disposition, other.For = proposal.Postpone, circle.Period{}
	w.no(proposal.PostponedFor, ana, other)
	w.must(ben, end)
	w.no(consent.NotToHand, ana, consent.OfferTransfer{Proposal: "end", To: den, Reason: reason})
	w.must(ana, consent.OpenRound{Proposal: "end", Round: consent.ConsentRound})
	w.consents("end", ana, ben)
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	w.must(cia, consent.Respond{Proposal: "end", Answer: consent.Consents})
	require.Equal(t, consent.StageDecide, w.stage("end"), "what has ended is not closed again")
	w.later(time.Hour)
	w.replays()
}
