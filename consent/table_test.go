package consent_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// The table of moves is the process: every stage in it is reached, every row is
// used, and so is every stage to which a row says that it leads. And nothing
// happens that the table does not have.
func TestEveryMoveIsUsed(t *testing.T) {
	w := &walk{}
	wander(t, w)
	for _, walkOn := range []func(*testing.T, *walk){walkCards, walkChecks, walkIntegrate, walkLastCall, walkClosing, walkRule, walkVote, walkHandling, walkAnswers, walkOwners, walkReact, walkWindow, walkQuiet,
		walkRebase, walkDraft, walkRevise, walkAside, walkOut, walkHandOver, walkTimes, walkBroken, walkStuck, walkChain, walkBallot, walkBack, walkSealed, walkFurther, walkSelecting, walkSplit, walkTies, walkOutvoted} {
		walkOn(t, w)
	}
	left, known := toUse(), toUse()
	for s := range left { // where a selection goes on in the place of adoption, it is one verdict: one way shows it
		if (s.To == consent.StageNominate || s.To == consent.StageAccept) && (s.From == consent.StageLastCall || s.From == consent.StageDecide && s.On != "consent.respond") {
			delete(left, s)
		}
	}
	for s := range w.made {
		if !left[s] && !known[s] {
			t.Errorf("%s led from %s to %s, which the table does not have", s.On, s.From, s.To)
		}
		delete(left, s)
	}
	var missing []string
	for s := range left {
		missing = append(missing, fmt.Sprintf("from %s by %s to %s", s.From, s.On, s.To))
	}
	sort.Strings(missing)
	require.Empty(t, missing, "moves of the table that nothing used:\n%s", strings.Join(missing, "\n"))
	for _, stage := range consent.Stages() {
		require.True(t, slices.ContainsFunc(keys(w.made), func(s stride) bool { return s.To == stage }) || stage == consent.StageDraft, "nothing led to %s", stage)
	}
	t.Logf("%d moves lead %d ways, and all were used", len(consent.Moves()), len(w.made))
}

func keys(m map[stride]int) []stride {
	var out []stride
	for s := range m {
		out = append(out, s)
	}
	return out
}

// toUse is every way that the table has.
func toUse() map[stride]bool {
	out := map[stride]bool{}
	for _, m := range consent.Moves() {
		for _, to := range m.To {
			out[stride{m.From, m.On, to}] = true
		}
	}
	return out
}

// TestTableIsSound: the table has no row twice, names commands and kinds that
// there are, and nothing leads out of an end.
func TestTableIsSound(t *testing.T) {
	there := map[string]bool{}
	for _, k := range []consent.TimerKind{consent.LastCallEnds, consent.WindowEnds, consent.WakeUp, consent.AgeEnds, consent.GraceEnds, consent.AcknowledgementEnds} {
		there[k.String()] = true
	}
	for _, c := range consent.Commands() {
		there[c.Wire()] = true
	}
	seen := map[string]bool{}
	for _, m := range consent.Moves() {
		name := fmt.Sprintf("from %s by %s", m.From, m.On)
		require.False(t, seen[name], "twice: %s", name)
		seen[name] = true
		wire, kind, _ := strings.Cut(m.On, " ")
		require.True(t, there[wire], "%s: no such command", name)
		if kind != "" {
			require.NoError(t, consent.RoundKind(kind).Check(), name)
		}
		require.False(t, m.From.Terminal(), "S10: %s leads out of an end", name)
		require.NotEmpty(t, m.To, name)
		require.NotEqual(t, "none", m.Who.String(), name)
		for _, g := range m.Guards {
			require.NotEmpty(t, g.Name, name)
		}
	}
	for _, s := range consent.Stages() {
		require.Equal(t, s.Terminal(), !slices.ContainsFunc(consent.Moves(), func(m consent.Move) bool { return m.From == s }), "%s", s)
	}
}

// evenDice are dice of a fixed seed.
type evenDice struct{ r *rand.Rand }

func (d evenDice) roll(n int) int {
	if n < 2 {
		return 0
	}
	return d.r.IntN(n)
}

// wander lets sequences of the property test walk the table, always the same.
func wander(t *testing.T, w *walk) {
	t.Helper()
	d := evenDice{rand.New(rand.NewPCG(4, 1))}
	for _, k := range kinds() {
		for range 40 {
			runSequence(t, d, k.setting(d), 20+d.roll(60), &tally{}, w)
		}
	}
}

// walking has a world in which a walk looks on.
func walking(t *testing.T, w *walk, s setting, change ...func(*consent.Config)) *world {
	t.Helper()
	out := newWorld(t, s, change...)
	out.walk = w
	return out
}

func text(s string) circle.Text { return circle.Say(s) }

var months = circle.MustPeriod("3m")

var (
	plain       = circle.Rules{}
	plainSilent = circle.Rules{Absence: circle.Absence{Silence: circle.Consents, After: circle.MustPeriod("5d")}}
	sofa        = circle.Rules{Method: "sofa"}
)

// --- the ways of a proposal --------------------------------------------------

// submit puts a proposal.
func (w *world) submit(id proposal.ID) {
	w.t.Helper()
	w.must(ana, proposal.Submit{ID: id, Circle: den, Text: text("Open on Sundays"), Term: months})
}

// put puts a proposal, and then the question.
func (w *world) put(id proposal.ID) {
	w.t.Helper()
	w.submit(id)
	w.must(ana, consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
}

func (w *world) consents(id proposal.ID, list ...circle.PersonID) (last consent.Receipt) {
	w.t.Helper()
	for _, who := range list {
		last = w.must(who, consent.Respond{Proposal: id, Answer: consent.Consents})
	}
	return last
}

func (w *world) objects(id proposal.ID, o objection.ID, who circle.PersonID) {
	w.t.Helper()
	w.must(who, objection.Raise{ID: o, Proposal: id, Aim: circle.WholeAim, Argument: text("Nobody is left to bake")})
}

// stuck has an objection that stands.
func (w *world) stuck(id proposal.ID, o objection.ID) {
	w.t.Helper()
	w.put(id)
	w.objects(id, o, cia)
	w.consents(id, ana, ben)
	require.Equal(w.t, consent.StageIntegrate, w.stage(id))
}

func (w *world) meets(id proposal.ID, list ...objection.ID) {
	w.t.Helper()
	c := consent.Integrate{Proposal: id, Text: text("Every second Sunday")}
	for _, o := range list {
		c.Meets = append(c.Meets, consent.Meets{Objection: o, Tools: []circle.Tool{circle.Amend}})
	}
	w.must(ana, c)
}

// drop drops a proposal by consent of the whole circle.
func (w *world) drop(id proposal.ID, list ...circle.PersonID) {
	w.t.Helper()
	q := proposal.ID("drop-" + string(id))
	w.must(ana, consent.Ask{ID: q, Circle: den, Question: text("Do we drop it?"), Enacts: []circle.Deed{proposal.Drop{Proposal: id, Reason: text("It rests")}}})
	w.consents(q, list...)
	require.Equal(w.t, consent.StageDropped, w.stage(id))
}

// gather calls and opens a meeting, and agrees its agenda.
func (w *world) gather(id consent.MeetingID, items []proposal.ID, present ...circle.PersonID) {
	w.t.Helper()
	w.must(ana, consent.CallMeeting{ID: id, Circle: den, At: w.now, Items: items})
	w.must(ana, consent.OpenMeeting{Meeting: id, Present: present})
	q := proposal.ID("agenda-" + string(id))
	w.must(ana, consent.Ask{ID: q, Circle: den, Question: text("The agenda"), Enacts: []circle.Deed{consent.AdoptAgenda{Meeting: id}}})
	for _, who := range present {
		if who != lou {
			w.consents(q, who)
		}
	}
}

// talkOn opens a round and lets everybody have their word until nobody is awaited.
func (w *world) talkOn(id proposal.ID, kind consent.RoundKind) {
	w.t.Helper()
	w.must(ana, consent.OpenRound{Proposal: id, Round: kind})
	for len(w.process(id).Round.Awaited()) > 0 {
		w.must(w.next(id), consent.Speak{Proposal: id, Text: text("Good")})
	}
}

// next is whose turn it is, or somebody who is awaited.
func (w *world) next(id proposal.ID) circle.PersonID {
	w.t.Helper()
	r := w.process(id).Round
	if who := r.Speaker(); who != "" {
		return who
	}
	return r.Awaited()[len(r.Awaited())-1]
}

// inStage brings a proposal to a stage by the shortest way, under sofa where
// rounds come first.
func inStage(t *testing.T, wk *walk, stage consent.Stage) (*world, proposal.ID) {
	t.Helper()
	rules := plain
	if stage == consent.StageTest {
		w := handled(t, wk, consent.Method{Objections: byReasoning})
		w.stuck("p", "o")
		w.must(ana, objection.Test{Objection: "o"})
		return w, "p"
	}
	if stage == consent.StageClarify || stage == consent.StageReact {
		rules = sofa
	}
	w := walking(t, wk, setting{Full: 3, Rules: rules, EasyRead: true})
	w.submit("p")
	if rules.Method == "sofa" {
		w.gather("m", []proposal.ID{"p"}, ana, ben, cia)
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound})
		if stage == consent.StageReact {
			for range 3 {
				w.must(w.next("p"), consent.Pass{Proposal: "p"})
			}
			w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ReactRound})
		}
		return w, "p"
	}
	if stage == consent.StageIntake {
		return w, "p"
	}
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	switch stage {
	case consent.StageIntegrate:
		w.objects("p", "o", cia)
		w.consents("p", ana, ben)
	case consent.StageLastCall:
		w.consents("p", ana, ben)
		w.must(ana, consent.CloseRound{Proposal: "p"})
	default: // it is there
	}
	require.Equal(t, stage, w.stage("p"))
	return w, "p"
}

var openStages = []consent.Stage{consent.StageIntake, consent.StageClarify, consent.StageReact, consent.StageDecide,
	consent.StageIntegrate, consent.StageLastCall}

// walkChecks uses what every open stage has: renditions, checks, and dropping.
func walkChecks(t *testing.T, wk *walk) {
	for _, stage := range append(slices.Clone(openStages), consent.StageTest) {
		w, p := inStage(t, wk, stage)
		w.must(lou, proposal.WaiveRendition{Proposal: p, Version: 1})
		w.must(ben, proposal.AttachRendition{Proposal: p, Version: 1, Format: circle.EasyRead, Text: text("Open on Sundays")})
		w.must(lou, proposal.CheckConflicts{Proposal: p, Version: 1, Clear: true})
		w.must(lou, consent.AskFeedback{Proposal: p, Person: gus, Text: text("What do you think?")})
		w.no(circle.UnknownPerson, lou, consent.AskFeedback{Proposal: p, Person: "nobody"})
		if ahead := (consent.AnswerAhead{Proposal: p, Answer: consent.Consents}); stage != consent.StageDecide && stage != consent.StageLastCall {
			w.must(ben, ahead)
			w.no(consent.NotFull, lou, ahead)
		} else {
			w.no(consent.NotNow, ben, ahead)
		}
		w.drop(p, ana, ben, cia)
		w.no(consent.Ended, ana, proposal.CheckConflicts{Proposal: p, Version: 1})
		w.replays()
	}
}

// walkCards uses the cards and the answers between the turns.
func walkCards(t *testing.T, wk *walk) {
	for _, stage := range []consent.Stage{consent.StageClarify, consent.StageReact, consent.StageDecide, consent.StageIntegrate} {
		w, p := inStage(t, wk, stage)
		if stage == consent.StageIntegrate {
			w.must(ana, consent.OpenRound{Proposal: p, Round: consent.OptionsRound})
		}
		w.must(ben, consent.Signal{Proposal: p, Card: consent.StopCard})
		w.no(consent.Suspended, ana, consent.ClearCard{Proposal: p})
		if reply := (consent.Reply{Proposal: p, Text: text("It is like a market")}); stage == consent.StageClarify || stage == consent.StageIntegrate {
			w.must(ana, reply)
		} else {
			w.no(consent.NotNow, ana, reply)
		}
		w.must(ben, consent.ClearCard{Proposal: p})
		w.must(w.next(p), consent.ComeBack{Proposal: p})
		w.must(ana, consent.Skip{Proposal: p, Person: w.next(p)})
		if stage != consent.StageDecide {
			w.must(w.next(p), consent.Speak{Proposal: p, Text: text("Good")})
		}
		w.replays()
	}
}

// walkIntegrate uses what is done with an objection.
func walkIntegrate(t *testing.T, wk *walk) {
	w := walking(t, wk, setting{Full: 3})
	w.stuck("p", "o")
	w.must(ana, objection.Restate{Objection: "o", Statement: text("We would not bake")})
	w.must(cia, objection.Confirm{Objection: "o"})
	w.must(ben, objection.Voice{ID: "c", Proposal: "p", Text: text("It may rain")})
	w.meets("p", "o")
	w.must(cia, objection.Accept{Objection: "o"})
	for _, kind := range []consent.RoundKind{consent.OptionsRound, consent.ClarifyRound} {
		w.talkOn("p", kind)
	}
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o-2", ben)
	w.consents("p", ana, cia)
	w.talkOn("p", consent.ReactRound)
	w.replays()
	for _, kind := range []consent.RoundKind{consent.ClarifyRound, consent.ReactRound} {
		w := walking(t, wk, setting{Full: 3}) // back to the objections, or rid of them
		w.stuck("p", "o")
		w.talkOn("p", kind)
		w.no(consent.NotMetYet, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.no(consent.NotMetYet, ana, proposal.Amend{Proposal: "p", Text: text("Never")})
		w.talkOn("p", consent.OptionsRound)
		w.talkOn("p", kind)
		w.must(cia, objection.Withdraw{Objection: "o"})
		w.no(consent.NotAPhase, ana, consent.OpenRound{Proposal: "p", Round: consent.OptionsRound})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.replays()
	}
}

// walkLastCall uses the ways out of a last call.
func walkLastCall(t *testing.T, wk *walk) {
	lastCall := func() *world {
		w := walking(t, wk, setting{Full: 3, Rules: plainSilent})
		w.put("p")
		w.consents("p", ana)
		w.must(ana, consent.CloseRound{Proposal: "p"})
		require.Equal(t, consent.StageLastCall, w.stage("p"))
		return w
	}
	w := lastCall()
	w.must(ben, objection.Voice{ID: "c", Proposal: "p", Text: text("It may rain")})
	w.consents("p", ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w = lastCall()
	w.objects("p", "o", ben)
	w = lastCall()
	w.later(5 * 24 * time.Hour)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w = lastCall()
	w.must(ben, circle.Leave{Circle: den})
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(cia, circle.Leave{Circle: den})
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))

	w = walking(t, wk, setting{Full: 3, Rules: plainSilent}) // what is asked cannot be carried out any more
	w.submit("p")
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Do we drop it?"), Enacts: []circle.Deed{proposal.Drop{Proposal: "p", Reason: text("It rests")}}})
	w.consents("q", ana, ben)
	w.must(ana, consent.CloseRound{Proposal: "q"})
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	w.later(5 * 24 * time.Hour)
	require.Equal(t, consent.StageLastCall, w.stage("q"))
	w.drop("q", ana, ben, cia)
	walkReturn(t, wk)
}

// walkReturn lets an objector come back while the clock of a last call runs:
// however the call ends, their objection is worked on.
func walkReturn(t *testing.T, wk *walk) {
	for _, ends := range []func(w *world){
		func(w *world) { w.consents("p", ben) },
		func(w *world) { w.later(5 * 24 * time.Hour) },
		func(w *world) {
			w.must(ben, circle.Leave{Circle: den})
			w.must(ana, consent.CloseRound{Proposal: "p"})
		},
	} {
		w := walking(t, wk, setting{Full: 3, Rules: plainSilent})
		w.stuck("p", "o")
		w.meets("p", "o")
		w.must(cia, circle.Leave{Circle: den})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.consents("p", ana)
		w.must(ana, consent.CloseRound{Proposal: "p"})
		w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Is cia back?"), Enacts: []circle.Deed{circle.Join{Circle: den, Person: cia, Level: circle.Full}}})
		w.consents("q", ana, ben)
		ends(w)
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
		w.replays()
	}
}

// walkClosing uses the ways in which a round is closed, or ends by a skip.
func walkClosing(t *testing.T, wk *walk) {
	bound := circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}
	for _, ends := range []func(*world){
		func(w *world) { w.must(ana, consent.CloseRound{Proposal: "p"}) },
		func(w *world) { w.must(ana, consent.Skip{Proposal: "p", Person: cia}) },
	} {
		w := walking(t, wk, setting{Full: 3}) // to the last call
		w.put("p")
		w.consents("p", ana, ben)
		ends(w)
		require.Equal(t, consent.StageLastCall, w.stage("p"))

		w = walking(t, wk, setting{Full: 3}) // to the work on an objection
		w.put("p")
		w.objects("p", "o", ana)
		w.consents("p", ben)
		ends(w)
		require.Equal(t, consent.StageIntegrate, w.stage("p"))

		w = walking(t, wk, setting{Full: 3, Rules: bound}) // adopted: who is gone is not waited for
		w.put("p")
		w.must(cia, circle.Leave{Circle: den})
		w.consents("p", ana, ben)
		ends(w)
		require.Equal(t, consent.StageAdopted, w.stage("p"))

		w = walking(t, wk, setting{Full: 3}) // nothing said: an objection was taken back
		w.put("p")
		w.objects("p", "o", ana)
		w.must(ana, objection.Withdraw{Objection: "o"})
		w.consents("p", ben)
		w.must(cia, circle.Leave{Circle: den})
		ends(w)
		require.Equal(t, consent.StageDecide, w.stage("p"))
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	}
}

// A verdictRule says what it is told to, once everybody was heard or is out.
type verdictRule struct{ says *consent.Outcome }

func (r verdictRule) Judge(consent.Case) consent.Verdict {
	return consent.Verdict{Outcome: *r.says, Final: true}
}

var ownRule = consent.RuleName{Kind: "verdict", Version: 1}

// declining is a world that decides by a rule of the host's own, which says
// what the test wants it to say next.
func declining(t *testing.T, wk *walk, says *consent.Outcome) *world {
	t.Helper()
	w := walking(t, wk, setting{Full: 3, Rules: plainSilent}, func(c *consent.Config) {
		c.Rules = consent.Kinds{ownRule: func(string) (consent.Rule, error) { return verdictRule{says}, nil }}
		c.Methods = []consent.Method{{Name: "own", Rule: ownRule}}
	})
	rules := plainSilent
	rules.Method = "own"
	w.must(host, circle.AgreeRules{Circle: den, Rules: rules})
	return w
}

// walkRule uses the ways to NotAdopted, which consent never goes: a rule of the
// host's own says no.
func walkRule(t *testing.T, wk *walk) {
	for _, ends := range []func(*world){
		func(w *world) { w.consents("p", cia) },
		func(w *world) { w.must(ana, consent.Skip{Proposal: "p", Person: cia}) },
		func(w *world) { w.must(ana, consent.CloseRound{Proposal: "p"}) },
	} {
		says := consent.Pending
		w := declining(t, wk, &says)
		w.put("p")
		w.consents("p", ana, ben)
		says = consent.Declined
		ends(w)
		require.Equal(t, consent.StageNotAdopted, w.stage("p"))
	}
	for _, ends := range []func(*world){
		func(w *world) { w.consents("p", cia) },
		func(w *world) { w.later(5 * 24 * time.Hour) },
		func(w *world) {
			w.must(cia, circle.Leave{Circle: den})
			w.must(ana, consent.CloseRound{Proposal: "p"})
		},
	} {
		says := consent.Pending
		w := declining(t, wk, &says)
		w.put("p")
		w.consents("p", ana, ben)
		w.must(ana, consent.CloseRound{Proposal: "p"})
		require.Equal(t, consent.StageLastCall, w.stage("p"))
		says = consent.Declined
		ends(w)
		require.Equal(t, consent.StageNotAdopted, w.stage("p"))
	}
}

// walkVote uses the ways by which a rule of the host's own decides over an
// objection.
func walkVote(t *testing.T, wk *walk) {
	for outcome, stage := range map[consent.Outcome]consent.Stage{consent.Carried: consent.StageAdopted, consent.Declined: consent.StageNotAdopted} {
		for _, closed := range []bool{false, true} {
			says := consent.Pending
			w := declining(t, wk, &says)
			w.put("p")
			w.consents("p", ana, ben)
			if closed {
				w.must(ana, consent.CloseRound{Proposal: "p"})
			}
			says = outcome
			w.objects("p", "o", cia)
			require.Equal(t, stage, w.stage("p"))
			w.replays()
		}
	}
}

// walkReact uses a method that begins with reactions.
func walkReact(t *testing.T, wk *walk) {
	w := walking(t, wk, setting{Full: 3}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Phases: []consent.RoundKind{consent.ReactRound}, Rule: consent.Plain.Rule}}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.submit("p")
	w.no(consent.NotAPhase, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ReactRound})
}
