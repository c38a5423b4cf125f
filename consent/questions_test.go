package consent_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestQuestionsAsTheyStand: of a question that is open is told who has said what and which objections stand, those to this
// proposal that are not ended; where none was put, nothing is (M-237).
func TestQuestionsAsTheyStand(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	list := func() []consent.PutQuestion {
		list, err := w.engine.Questions(t.Context(), "p")
		require.NoError(t, err)
		return list
	}
	require.Empty(t, list())
	w.put("q")
	w.objects("q", "oq", cia)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.True(t, strings.HasSuffix(list()[0].String(), "under the rule of consent; it is open."), list()[0].String())
	w.objects("p", "o", cia)
	w.objects("p", "o2", ben)
	require.Equal(t, []objection.ID{"o", "o2"}, list()[0].Standing)
	require.Nil(t, list()[0].Verdict)
	w.must(cia, objection.Withdraw{Objection: "o", Reason: reason})
	require.Equal(t, []objection.ID{"o2"}, list()[0].Standing)
	require.Contains(t, list()[0].String(), "; standing: o2; it is open.")
	require.Equal(t, []circle.PersonID{ben, cia}, w.packet("p").Heard, "ana has said nothing yet")
	w.consents("p", cia, ana)
	require.NotNil(t, list()[0].Verdict)
	require.Equal(t, []objection.ID{"o2"}, list()[0].Standing)
	w.replays()
}

func (w *world) packet(id proposal.ID) (out *consent.Packet) {
	w.engine.Look(func(s *consent.State) { out = s.Packet(id) })
	return out
}

// TestSilenceInAQuestion: who said nothing is told of as silent where that counts as an answer, and not where it is none (M-157).
func TestSilenceInAQuestion(t *testing.T) {
	for silence, want := range map[consent.Silence]string{consent.SilenceConsents: "consent", consent.SilenceAbstains: "abstain", "": "", consent.SilenceExcluded: ""} {
		w := byOwn(t, nil, consent.Method{Name: "own", Rule: consent.Plain.Rule, Stances: []consent.Stance{consent.Abstains}, Window: consent.Window{For: week, Silence: silence}})
		w.put("p")
		w.consents("p", ana, cia)
		require.Equal(t, []circle.PersonID{ana, cia}, w.packet("p").Heard)
		for _, p := range w.permitted(ana, "p") {
			require.Contains(t, p.Command, ".", "the clock's moves are nobody's")
		}
		w.later(7 * 24 * time.Hour)
		list, err := w.engine.Questions(t.Context(), "p")
		require.NoError(t, err)
		var silent []string
		for _, said := range list[0].Said {
			if said.Silent {
				silent = append(silent, string(said.Who)+": "+string(said.Answer))
			}
		}
		if want == "" {
			require.Empty(t, silent, silence)
		} else {
			require.Equal(t, []string{"ben: " + want}, silent)
			require.Contains(t, list[0].String(), "ben: "+want+" (by silence)")
		}
		w.replays()
	}
}

func (w *world) permitted(who circle.PersonID, id proposal.ID) []consent.Permission {
	list, err := w.engine.Permitted(who, id)
	require.NoError(w.t, err)
	return list
}

// TestHowItWasFormed: M-82, M-83. What a proposal came of is told with it: the sides of the need, and the ideas about them.
func TestHowItWasFormed(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	w.must(ben, proposal.AddDimension{Need: "n", ID: "nights", Text: text("The nights")})
	w.agree3("whole", proposal.ClosePicture{Need: "n"})
	w.must(cia, proposal.AddIdea{Need: "n", ID: "blankets", Text: text("A second blanket"), Dimensions: []proposal.PieceID{"nights"}})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("A second blanket each"), Term: months})
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	says := fmt.Sprint(told)
	for _, part := range []string{"ben added nights to the picture", "The circle consented that the picture is complete for now", "cia gave the idea blankets", "“A second blanket”"} {
		require.Contains(t, says, part)
	}
	w.replays()
}
