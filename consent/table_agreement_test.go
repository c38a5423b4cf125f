package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// bring brings a proposal that was put to a circle to a stage.
func (w *world) bring(p proposal.ID, stage consent.Stage) {
	w.t.Helper()
	if stage == consent.StageIntake {
		return
	}
	w.must(ana, consent.OpenRound{Proposal: p, Round: consent.ConsentRound})
	switch stage {
	case consent.StageDecide:
		w.consents(p, ana)
	case consent.StageLastCall:
		w.consents(p, ana, ben)
		w.must(ana, consent.CloseRound{Proposal: p})
	default:
		w.objects(p, "o", cia)
		w.consents(p, ana, ben)
	}
	switch stage {
	case consent.StageClarify:
		w.talkOn(p, consent.ClarifyRound)
	case consent.StageReact:
		w.talkOn(p, consent.ReactRound)
	default:
		return
	}
	w.must(cia, objection.Withdraw{Objection: "o"})
}

// walkRebase lets another decision change what a proposal builds on, in every
// stage: the question cannot be put or answered any more until the proposal is
// brought up to date, and nobody's silence is counted (methods §8.6).
func walkRebase(t *testing.T, wk *walk) {
	for _, stage := range openStages {
		w := walking(t, wk, setting{Full: 3, Rules: plainSilent})
		w.put("base")
		w.consents("base", ana, ben, cia)
		w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Bake less"), Term: months, Changes: []proposal.Base{{Agreement: "base", Version: 1}}})
		w.bring("p", stage)
		w.no(proposal.NotOutdated, ana, proposal.Rebase{Proposal: "p", Agreement: "base", Version: 1})
		w.must(ben, proposal.Revise{Proposal: "base", Text: text("Open on Mondays")})
		w.must(ana, consent.OpenRound{Proposal: "base", Round: consent.ConsentRound})
		w.consents("base", ana, ben, cia)

		switch stage {
		case consent.StageDecide, consent.StageLastCall:
			w.no(consent.Outdated, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
			w.no(consent.Outdated, ana, consent.CloseRound{Proposal: "p"})
		case consent.StageIntegrate:
			w.meets("p", "o")
			w.no(consent.Outdated, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		default:
			w.no(consent.Outdated, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		}
		require.NotContains(t, whatIsDue(w), "last-call-ends", "nobody's silence is counted")
		w.must(ana, proposal.Rebase{Proposal: "p", Agreement: "base", Version: 2})
		if stage == consent.StageIntegrate {
			w.must(cia, objection.Withdraw{Objection: "o"})
		}
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.consents("p", ana, ben, cia)
		require.Equal(t, consent.StageAdopted, w.stage("p"), "from %s", stage)
		w.replays()
	}
}

func whatIsDue(w *world) []string {
	var out []string
	for _, d := range w.engine.Due(w.now) {
		out = append(out, d.What)
	}
	return out
}

// TestReviewThatIsNotAdopted: where the rule of a case declines a new version,
// the review is over, and what was in force stays so (methods §8.11). What was
// due still is.
func TestReviewThatIsNotAdopted(t *testing.T) {
	for _, due := range []bool{false, true} {
		says := consent.Carried
		w := declining(t, nil, &says)
		w.put("p")
		w.consents("p", ana, ben, cia)
		require.Equal(t, consent.StageAdopted, w.stage("p"))
		if due {
			w.must(cia, proposal.AskReview{Proposal: "p", Reason: text("News")})
		}
		w.must(ben, proposal.Revise{Proposal: "p", Text: text("Open on Mondays")})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		says = consent.Declined
		w.consents("p", ana, ben, cia)
		require.Equal(t, consent.StageNotAdopted, w.stage("p"))
		w.engine.Look(func(s *consent.State) {
			p := s.Matters.Proposal("p")
			require.Equal(t, 1, s.Matters.InForce("p"))
			require.Equal(t, 1, p.Current().N)
			require.Equal(t, due, p.Agreement.Phase == proposal.Due)
			require.Equal(t, due, s.Matters.Particulars("p").Unresolved)
		})
		w.must(ben, proposal.Revise{Proposal: "p", Text: text("Open on Tuesdays")})
		w.replays()
	}
}
