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

// halves splits p into the hours and the bread.
var halves = consent.Split{Proposal: "p", Parts: []consent.Half{{ID: "hours", Text: text("Open on Sundays")}, {ID: "bread", Text: text("Bake less on Mondays")}}, Reason: reason}

// parted has the work on cia's objection o to p, and splits p.
func parted(t *testing.T, wk *walk, change func(*consent.Method), before ...func(*world)) *world {
	t.Helper()
	w := standing(t, wk, consent.StageIntegrate, change, before...)
	w.must(ana, halves)
	return w
}

// heard lets everybody speak whom the round waits for.
func (w *world) heard(id proposal.ID) {
	w.t.Helper()
	for len(w.process(id).Round.Awaited()) > 0 {
		w.must(w.next(id), consent.Speak{Proposal: id, Text: text("Good")})
	}
}

// walkSplit: while its text is worked on a proposal may become two, by its proposer
// or who facilitates. An objection that stands goes with both, and its owner says in
// each stage of the work which part it is about (M-146).
func walkSplit(t *testing.T, wk *walk) {
	for _, stage := range []consent.Stage{consent.StageIntake, consent.StageClarify, consent.StageReact, consent.StageIntegrate, consent.StageRevise} {
		w := standing(t, wk, stage, nil)
		if stage == consent.StageClarify || stage == consent.StageReact {
			w.no(consent.RoundRunning, ana, halves)
			w.heard("p")
		}
		both := w.must(ana, halves)
		require.Equal(t, slices.Concat(w.engine.Next("hours"), w.engine.Next("bread")), both.Next, "who is next on each")
		require.Equal(t, consent.StageSuperseded, w.stage("p"), stage)
		for _, part := range []proposal.ID{"hours", "bread"} {
			require.Equal(t, consent.StageIntake, w.stage(part), stage)
		}
		w.no(consent.Ended, ana, halves)
		w.replays()
	}
	for stage, kind := range map[consent.Stage]consent.RoundKind{consent.StageIntake: "", consent.StageClarify: consent.ClarifyRound,
		consent.StageReact: consent.ReactRound, consent.StageIntegrate: consent.OptionsRound} {
		w := stuckWorld(t, wk, consent.Method{Phases: []consent.RoundKind{consent.ClarifyRound, consent.ReactRound}}, false)
		w.talkOn("p", consent.ClarifyRound)
		w.talkOn("p", consent.ReactRound)
		w.objected()
		w.must(ana, halves)
		if kind == consent.ReactRound {
			w.must(ana, consent.OpenRound{Proposal: "hours", Round: consent.ClarifyRound})
			w.heard("hours")
		}
		if kind != "" {
			w.must(ana, consent.OpenRound{Proposal: "hours", Round: kind})
		}
		require.Equal(t, stage, w.stage("hours"))
		w.no(objection.NotObjector, ben, objection.Refer{Objection: "o-1"})
		w.must(cia, objection.Refer{Objection: "o-1", Reason: reason})
		require.Equal(t, stage, w.stage("hours"))
		w.no(consent.NotNow, cia, objection.Refer{Objection: "o-1"})
		w.no(objection.NoOtherPart, cia, objection.Refer{Objection: "o-2"})
		w.replays()
	}
}

// TestSplitKeepsEachObjection: those that stood against the whole stand against
// both parts, linked to it, in the words and with the owners that they had; each is
// closed with a cause, or stands. An owner who says which part it is about ends it
// for themselves at the other one only (M-146, S6).
func TestSplitKeepsEachObjection(t *testing.T) {
	w := parted(t, nil, nil, func(w *world) { w.must(ben, objection.Restate{Objection: "o", Statement: text("Nobody bakes")}) })
	look := func(id objection.ID) (out *objection.Objection) {
		w.engine.Look(func(s *consent.State) { out = s.Objections.Objection(id) })
		return out
	}
	for id, part := range map[objection.ID]proposal.ID{"o-1": "hours", "o-2": "bread"} {
		o := look(id)
		require.True(t, o.Stands())
		require.Equal(t, part, o.Proposal)
		require.Equal(t, objection.ID("o"), o.Carried)
		require.Equal(t, []circle.PersonID{cia}, o.Holders())
		require.Equal(t, objection.StatusRestated, o.Status)
		w.no(consent.NotMetYet, ana, consent.OpenRound{Proposal: part, Round: consent.ConsentRound})
		require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "objection.refer", Of: string(part)},
			{Who: w.engine.Next("hours")[1].Who, What: "consent.open-round", Of: string(part)}}, w.engine.Next(part))
	}
	w.must(cia, objection.Refer{Objection: "o-2", Reason: reason})
	require.Equal(t, objection.StatusReferred, look("o-2").Status)
	require.True(t, look("o-1").Stands())
	w.engine.Look(func(s *consent.State) {
		b := objection.Balanced(append(s.Objections.On("hours"), s.Objections.On("bread")...))
		require.Equal(t, []int{2, 1, 1}, []int{b.Raised, b.Standing, b.Causes()})
	})
	require.Equal(t, "objection.withdraw", w.engine.Next("hours")[0].What)
	w.must(ana, consent.OpenRound{Proposal: "bread", Round: consent.ConsentRound})
	w.consents("bread", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("bread"))
	w.must(cia, objection.Withdraw{Objection: "o-1"})
	w.must(ana, consent.OpenRound{Proposal: "hours", Round: consent.ConsentRound})
	w.replays()
}

// TestSplitOfASharedObjection: who has made it theirs has it at both parts, and each
// owner says for themselves which part it is about (M-146, M-170).
func TestSplitOfASharedObjection(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{}, false)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.must(ben, objection.Join{Objection: "o", Reason: reason})
	w.consents("p", ana)
	w.must(ana, halves)
	w.must(cia, objection.Refer{Objection: "o-1"})
	w.no(objection.NotObjector, cia, objection.Refer{Objection: "o-1"})
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []circle.PersonID{ben}, s.Objections.Objection("o-1").Holders())
		require.Equal(t, []circle.PersonID{cia, ben}, s.Objections.Objection("o-2").Holders())
	})
	w.must(ben, objection.Refer{Objection: "o-1"})
	w.no(objection.NoOtherPart, ben, objection.Refer{Objection: "o-2"})
	w.replays()
}

// TestSplitGoesOnUnderTheSameRules: the parts have the method, the rules and the
// proposer of the whole, also when the circle has agreed on others since (M-146).
func TestSplitGoesOnUnderTheSameRules(t *testing.T) {
	w := standing(t, nil, consent.StageIntegrate, nil)
	whole := w.process("p")
	w.must(ana, consent.Ask{ID: "ask", Circle: nook, Question: reason,
		Enacts: []circle.Deed{circle.AgreeRules{Circle: nook, Rules: circle.Rules{Method: "quick"}}}})
	w.consents("ask", ana, ben, cia)
	w.must(ben, halves) // who facilitates
	for _, part := range []proposal.ID{"hours", "bread"} {
		p := w.process(part)
		require.Equal(t, whole.Method, p.Method)
		require.Equal(t, whole.Rules, p.Rules)
		require.Equal(t, nook, p.Circle)
		w.engine.Look(func(s *consent.State) { require.Equal(t, ana, s.Matters.Proposal(part).Proposer()) })
	}
	w.replays()
}

// TestSplitRefusals: what is not to be split, and by whom (M-146, M-139).
func TestSplitRefusals(t *testing.T) {
	w := standing(t, nil, consent.StageIntegrate, func(m *consent.Method) { m.Amenders = consent.ByProposer })
	w.no(consent.NotAmender, ben, halves)
	w.no(consent.TwoParts, ana, consent.Split{Proposal: "p", Parts: halves.Parts[:1]})
	w.no(consent.TwoParts, ana, consent.Split{Proposal: "p", Parts: []consent.Half{halves.Parts[0], halves.Parts[0]}})
	w.no(circle.TakenID, ana, consent.Split{Proposal: "p", Parts: []consent.Half{halves.Parts[0], {ID: "p", Text: reason}}})
	deed := []circle.Deed{circle.Join{Circle: "nowhere", Person: gus, Level: circle.Full}}
	w.no(circle.UnknownCircle, ana, consent.Split{Proposal: "p", Parts: []consent.Half{halves.Parts[0], {ID: "bread", Text: reason, Enacts: deed}}})
	w = stuckWorld(t, nil, consent.Method{}, false) // an agreement that is revised stays one
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	w.must(ana, proposal.Revise{Proposal: "p", Text: text("Open on Sundays, but not in June")})
	w.no(consent.NotToSplit, ana, halves)
	w = standing(t, nil, consent.StageDecide, nil)
	w.no(consent.NotNow, ana, halves)
	w = among(t, byObjections)
	require.Equal(t, consent.StageIntake, w.stage("p"))
	w.no(consent.NotToSplit, ana, halves)
	w = newWorld(t, setting{Full: 3, Rules: circle.Rules{Tools: []circle.Tool{circle.Amend}}})
	w.must(ana, consent.Ask{ID: "p", Circle: den, Question: text("Do we drop it?"), Enacts: []circle.Deed{circle.CreateRole{ID: "cook", Circle: den}}})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.no(consent.NotToSplit, ana, halves)
}

// TestReferredLater: whose objection goes on at one part only has nothing to say any more; who comes behind them has (M-146).
func TestReferredLater(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{}, false)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.objects("p", "b", ben)
	w.consents("p", ana)
	w.must(ana, halves)
	require.Equal(t, []circle.PersonID{cia, ben}, w.engine.Next("hours")[0].Who)
	w.must(cia, objection.Refer{Objection: "o-2"})
	require.Equal(t, consent.Awaited{Who: []circle.PersonID{ben}, What: "objection.refer", Of: "hours"}, w.engine.Next("hours")[0])
	w.replays()
}

// TestPartDeclaredUnasked: a part that is declared before anybody was asked about it has had no question.
func TestPartDeclaredUnasked(t *testing.T) {
	w := parted(t, nil, func(m *consent.Method) { m.Stuck, m.Chair = consent.GoesToChair, true })
	w.talkOn("hours", consent.OptionsRound)
	w.must(ben, consent.Declare{Proposal: "hours", Outcome: consent.DeclaresNotAdopted, Reason: reason})
	require.Equal(t, consent.StageNotAdopted, w.stage("hours"))
	list, err := w.engine.Questions(t.Context(), "hours")
	require.NoError(t, err)
	require.Empty(t, list)
	w.replays()
}

// TestSplitIsTold: the explanation of the whole names both parts, and that of each
// part the whole and the objection that it came with (M-146).
func TestSplitIsTold(t *testing.T) {
	w := parted(t, nil, nil)
	w.must(cia, objection.Refer{Objection: "o-1", Reason: reason})
	const split = "ana split p in two: hours and bread: “There is a reason”"
	for id, want := range map[proposal.ID][]string{
		"p":     {split, "o ended with the proposal."},
		"hours": {split, "o, which stood against the whole, stands against this part as o-1.", "cia said that o-1 is not about this part but about the other one, where it stands as o-2: “There is a reason”"},
		"bread": {split, "o, which stood against the whole, stands against this part as o-2."},
	} {
		list, err := w.engine.Explain(t.Context(), id)
		require.NoError(t, err)
		var said []string
		for _, s := range list {
			said = append(said, s.Says)
		}
		require.Subset(t, said, want, id)
		require.NotContains(t, said, "o-1 ended with the proposal.")
	}
}
