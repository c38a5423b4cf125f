package consent_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A lie is what is wrong in one of the two: the model believes something else of a
// method, or the engine is said to have answered something else. The sequences
// must find each.
type lie struct {
	name   string
	method circle.Name
	way    func(*way)
	hears  func(consent.Command, *circle.Refusal) *circle.Refusal
}

var lies = []lie{
	{name: "silence is no answer", method: "lazy-consensus", way: func(w *way) { w.counts = false }},
	{name: "the window closes a day early", method: "lazy-consensus", way: func(w *way) { w.window = circle.MustPeriod("2d") }},
	{name: "two in favour are enough", method: "consensus-approval",
		way: func(w *way) { w.rule = func(n sum) bool { return n.consents >= 2 && n.stops == 0 } }},
	{name: "nobody abstains", method: "consensus-approval", way: func(w *way) { w.answers = nil }},
	{name: "the quiet time is a day shorter", method: "final-comment", way: func(w *way) { w.lastCall = circle.MustPeriod("9d") }},
	{name: "the quiet time runs on", method: "final-comment", way: func(w *way) { w.clock = consent.RunsOn }},
	{name: "answers do not stand for a new text", method: "final-comment", way: func(w *way) { w.keep = false }},
	{name: "the next round settles objections", method: "final-comment", way: func(w *way) { w.solved = "" }},
	{name: "one objection is a veto", method: "optimistic", way: func(w *way) { w.vetoes = 1 }},
	{name: "what is not adopted stays open", method: "optimistic", way: func(w *way) { w.vetoes, w.lapses = 0, false }},
	{name: "the circle drops it", method: "optimistic", way: func(w *way) { w.owner = false }},
	{name: "everybody decides", method: "advice", way: func(w *way) { w.decider = false }},
	{name: "silence is no side taken, and no answer", method: "rough-consensus", way: func(w *way) { w.counts = false }},
	{name: "time without end", method: "rough-consensus", way: func(w *way) { w.extensions = 9 }},
	{name: "outsiders have no word", method: "rough-consensus", way: func(w *way) { w.outsiders = false }},
	{name: "the objector alone says that it is solved", method: "holacracy-async", way: func(w *way) { w.solved = "" }},
	{name: "nobody ends it early", method: "holacracy-async", way: func(w *way) { w.early = false }},
	{name: "objections are dealt with in any order", method: "holacracy-async", way: func(w *way) { w.oneByOne = false }},
	{name: "it stays in its window", method: "holacracy-async", way: func(w *way) { w.toMeeting = false }},
	{name: "nobody is heard before", method: "advice", way: func(w *way) { w.react = false }},
	{name: "nobody confirms that they were understood", method: "sofa", way: func(w *way) { w.confirm = false }},
	{name: "everybody speaks when they like", method: "sofa", way: func(w *way) { w.turns = false }},
	{name: "no concerns", method: "plain", way: func(w *way) { w.concerns = false }},

	{name: "whoever supports it blocks", method: "scm", way: func(w *way) { w.tester = "supporters" }},
	{name: "a text changed after the reactions begins again", method: "scm", way: func(w *way) { w.onwards = false }},
	{name: "the absent are asked", method: "scm", way: func(w *way) { w.present = false }},
	{name: "an objection is tested when somebody doubts it", method: "s3", way: func(w *way) { w.each = false }},
	{name: "one criterion more", method: "s3", way: func(w *way) { w.any = append(w.any[:3:3], "liked") }},
	{name: "anybody writes the amendment", method: "s3", way: func(w *way) { w.amended = false }},
	{name: "nothing is put off", method: "s3", way: func(w *way) { w.later = false }},
	{name: "every round runs the same way", method: "s3", way: func(w *way) { w.bothWays = false }},
	{name: "no notice", method: "holacracy", way: func(w *way) { w.notice = circle.Period{} }},
	{name: "the proposer reacts", method: "holacracy", way: func(w *way) { w.silent = false }},
	{name: "something else settles all", method: "holacracy", way: func(w *way) { w.override = "role" }},
	{name: "who facilitates weighs the merits", method: "holacracy", way: func(w *way) { w.tester = "chair" }},
	{name: "one criterion is not asked", method: "holacracy", way: func(w *way) { w.required = w.required[:3] }},
	{name: "nobody loses an objection", method: "holacracy", way: func(w *way) { w.goodFaith = false }},
	{name: "nothing is discarded", method: "holacracy", way: func(w *way) { w.discard = false }},
	{name: "no process breaks down", method: "holacracy", hears: refusing(consent.NotNow, consent.DeclareBreakdown{})},
	{name: "the question is put without end", method: "formal-consensus", way: func(w *way) { w.questions = 9 }},
	{name: "an objector stays one", method: "formal-consensus", way: func(w *way) { w.aside = false }},
	{name: "half of the votes are enough", method: "formal-consensus", way: func(w *way) {
		w.vote = func(n sum) bool { return n.missing == 0 && n.consents > 0 && n.consents >= n.objects }
	}},
	{name: "adopted by nobody", method: "formal-consensus", way: func(w *way) { w.rule = func(n sum) bool { return n.missing == 0 && n.stops == 0 } }},
	{name: "one meeting is work enough", method: "n-street", way: func(w *way) { w.meetings = 1 }},
	{name: "a month is work enough", method: "n-street", way: func(w *way) { w.work = circle.MustPeriod("1m") }},
	{name: "the quiet time runs on", method: "n-street", way: func(w *way) { w.clock = consent.RunsOn }},
	{name: "the chair declares nothing", method: "rough-consensus", hears: refusing(consent.NotNow, consent.Declare{})},

	{name: "an objection without a right to it", method: "plain", hears: accepting(consent.NoConsentRight, objection.Raise{})},
	{name: "a text that changes under the question", method: "plain", hears: accepting(consent.TextStands, proposal.Amend{})},
	{name: "closing while the time runs", method: "lazy-consensus", hears: accepting(consent.WindowRuns, consent.CloseRound{})},
	{name: "a consent that is refused", method: "plain", hears: refusing(consent.NotNow, consent.Respond{})},
	{name: "a withdrawal that is refused", method: "consensus-approval", hears: refusing(consent.NotNow, objection.Withdraw{})},
	{name: "a version that nobody answered is declared", method: "rough-consensus", hears: accepting(consent.NotPutYet, consent.Declare{})},
	{name: "an objector weighs their own", method: "scm", hears: accepting(objection.NotAPeer, objection.Weigh{})},
	{name: "a doubt that is refused", method: "scm", hears: refusing(consent.NotNow, objection.Test{})},
	{name: "a test that is refused", method: "s3", hears: refusing(consent.NotNow, objection.Test{})},
	{name: "a finding on other than what was argued", method: "holacracy", hears: accepting(objection.OnlyForm, objection.Find{})},
	{name: "an end of the test by somebody", method: "s3", hears: accepting(consent.NotJudge, objection.EndTest{})},
	{name: "no limit", method: "formal-consensus", hears: accepting(consent.LimitReached, consent.OpenRound{})},
	{name: "a vote that is refused", method: "n-street", hears: refusing(consent.NotNow, consent.CallBallot{})},
	{name: "a proposal that is not set aside", method: "plain", hears: refusing(consent.NotNow, consent.Park{})},
	{name: "a concern that does not become an objection", method: "plain", hears: refusing(consent.NotNow, objection.Lift{})},
	{name: "an objection that is not shared", method: "sofa", hears: refusing(consent.NotNow, objection.Join{})},
	{name: "a refusal for another reason", method: "sofa", hears: func(_ consent.Command, no *circle.Refusal) *circle.Refusal {
		if no != nil && no.Code == consent.NotYourTurn {
			return consent.NotFull.Refuse("who", ana, "circle", den)
		}
		return no
	}},
}

// accepting has an engine that accepts what it must refuse by a code.
func accepting(code *circle.Code, cmd consent.Command) func(consent.Command, *circle.Refusal) *circle.Refusal {
	return func(c consent.Command, no *circle.Refusal) *circle.Refusal {
		if no != nil && no.Code == code && c.Wire() == cmd.Wire() {
			return nil
		}
		return no
	}
}

// refusing has an engine that refuses what it must accept.
func refusing(code *circle.Code, cmd consent.Command) func(consent.Command, *circle.Refusal) *circle.Refusal {
	return func(c consent.Command, no *circle.Refusal) *circle.Refusal {
		if no == nil && c.Wire() == cmd.Wire() {
			return code.Refuse("command", c.Wire())
		}
		return no
	}
}

// A witness keeps what a test would have failed with, and stops there.
type witness struct{ said string }

type stopped struct{}

func (*witness) Helper()                             {}
func (*witness) Logf(string, ...any)                 {}
func (w *witness) Errorf(format string, args ...any) { w.said = fmt.Sprintf(format, args...) }
func (*witness) FailNow()                            { panic(stopped{}) }
func (w *witness) Fatalf(format string, args ...any) {
	w.Errorf(format, args...)
	w.FailNow()
}

// longest is a die for sequences that are as long as they get.
type longest struct{}

func (longest) roll(n int) int { return n - 1 }

// found runs one sequence under a lie and returns what it fails with.
func (l lie) found(seed uint64) (said string) {
	t := &witness{}
	defer func() {
		if failed := recover(); failed != nil && failed != (stopped{}) {
			panic(failed)
		}
		said = t.said
	}()
	d := evenDice{rand.New(rand.NewPCG(11, seed))}
	k := kind{method: string(l.method), silence: anySilence}
	s := k.setting(d)
	r := &run{t: t, d: d, w: newWorld(t, s), m: &model{set: s}, tally: &tally{}, hears: l.hears}
	if l.way != nil {
		r.m.ways = maps.Clone(methodWays)
		believed := *methodWays[l.method]
		l.way(&believed)
		r.m.ways[l.method] = &believed
	}
	r.whole(k.steps(longest{}))
	return ""
}

// TestSequencesFindWhatIsWrong: whichever of the two is wrong, in one setting of a
// method or in one answer, the sequences come by it; and where nothing is wrong,
// they find nothing.
func TestSequencesFindWhatIsWrong(t *testing.T) {
	const most = 300
	for _, l := range lies {
		t.Run(string(l.method)+": "+l.name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(most) {
				if l.found(seed) != "" {
					return
				}
			}
			t.Errorf("%d sequences did not find it", most)
		})
	}
	t.Run("nothing", func(t *testing.T) {
		for _, method := range slices.Sorted(maps.Keys(methodWays)) {
			for seed := range uint64(10) {
				if said := (lie{method: method}).found(seed); said != "" {
					t.Errorf("by the method %s: %s", method, said)
				}
			}
		}
	})
}
