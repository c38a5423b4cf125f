package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// wasAsked is a world of four of whom dan is not at the meeting in which the question
// is put; cia objects.
func wasAsked(t *testing.T, m consent.Method) *world {
	t.Helper()
	m.Name, m.Rule = "own", consent.Plain.Rule
	w := newWorld(t, setting{Full: 4}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.must(ben, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, cia}})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	if m.Present {
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
	}
	return w
}

// gone are the ways in which the round of a question goes and the question stays.
var gone = map[string]func(*world){
	"nothing":        func(*world) {},
	"options":        onOptions,
	"a time of rest": parkedAndBack,
	"both":           func(w *world) { onOptions(w); parkedAndBack(w) },
	"another question": func(w *world) {
		w.meets("p", "o")
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.objects("p", "o2", cia)
		w.consents("p", ana, ben)
	},
}

func onOptions(w *world) { w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.OptionsRound}) }

func parkedAndBack(w *world) {
	w.must(ana, consent.Park{Proposal: "p", Owner: ana, Wake: w.now.AddDate(0, 1, 0), Reason: reason})
	w.must(ana, consent.Resume{Proposal: "p"})
}

// TestWhoWasAskedTests: where the method asks those present, an objection is tested by
// those who were asked, whatever round was held since (M-166; methods §2.2, "the
// group minus the objector", of the roster "present members").
func TestWhoWasAskedTests(t *testing.T) {
	for name, goes := range gone {
		t.Run(name, func(t *testing.T) {
			w := wasAsked(t, consent.Method{Present: true, Objections: byPeers})
			goes(w)
			w.must(ana, objection.Test{Objection: "o"})
			w.no(objection.NotAPeer, dan, objection.Weigh{Objection: "o", Reason: reason})
			w.must(ana, objection.Weigh{Objection: "o", Reason: reason})
			w.must(ben, objection.Weigh{Objection: "o", Reason: reason})
			require.Equal(t, consent.StageIntegrate, w.stage("p"), "all who were asked find that it is none")
			w.replays()
		})
	}
}

// TestOnlyWhatWasPutIsDeclared: a chair declares what people have answered, not a version
// that was written since (S3, M-154; methods §1.0: "after any change the
// question is asked again").
func TestOnlyWhatWasPutIsDeclared(t *testing.T) {
	adopted := consent.Declare{Proposal: "p", Outcome: consent.DeclaresAdopted, Reason: reason}
	for name, goes := range gone {
		t.Run(name, func(t *testing.T) {
			chair := consent.Method{Present: true, Chair: true, Stuck: consent.GoesToChair}
			w := wasAsked(t, chair)
			goes(w)
			w.must(ana, adopted)
			require.Equal(t, consent.StageAdopted, w.stage("p"))
			w.replays()

			w = wasAsked(t, chair)
			w.meets("p", "o")
			w.no(consent.NotPutYet, ana, adopted)
			if name != "another question" {
				goes(w)
				w.no(consent.NotPutYet, ana, adopted)
			}
			w.must(ana, consent.Declare{Proposal: "p", Outcome: consent.DeclaresNotAdopted, Reason: reason})
		})
	}
}
