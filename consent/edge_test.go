package consent_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestAheadOfSomebodyWhoLeft: who answered ahead and left the circle has no seat in the round,
// and their answer counts for nobody (M-132, EC-25).
func TestAheadOfSomebodyWhoLeft(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.must(cia, consent.AnswerAhead{Proposal: "p", Answer: consent.Consents})
	w.must(cia, circle.Leave{Circle: den})
	got := w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Len(t, got.Events, 1, "nothing but the question")
	require.Empty(t, w.process("p").Round.Answers)
	w.replays()
}

// TestSeveralAhead: of several who will be away each answer counts that they gave for this text,
// and of one who answered twice the later one (M-132).
func TestSeveralAhead(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	for _, who := range []circle.PersonID{ben, cia, ben} {
		w.must(who, consent.AnswerAhead{Proposal: "p", Answer: consent.Consents})
	}
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana}})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Len(t, w.process("p").Round.Answers, 2)
	w.consents("p", ana)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestAwaitedOnLeave: where a round waits only for somebody who is on leave, whose right rests,
// whoever facilitates is to pass over them; it never waits for nobody (M-38, L1).
func TestAwaitedOnLeave(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "consent.respond", Of: "p"}}, w.engine.Next("p"))
	w.must(cia, circle.TakeLeave{Circle: den})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ana, ben}, What: "consent.skip", Of: "p"}}, w.engine.Next("p"))
	w.must(ana, consent.Skip{Proposal: "p", Person: cia})
	require.Equal(t, consent.StageAdopted, w.process("p").Stage)
	w.replays()
}

// TestHeldIsNotOverdue: an agreement that the circle lets rest waits for the circle, so no
// review of it is overdue; one whose time came is (methods 5.2, M-230).
func TestHeldIsNotOverdue(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays"), Term: circle.MustPeriod("3m")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	overdue := func() (out []consent.Due) {
		for _, d := range dueOf(w, "review-due") {
			if d.Past {
				out = append(out, d)
			}
		}
		return out
	}
	w.agree3("rest", proposal.Hold{Proposal: "p", Reason: text("Two of us are ill")})
	require.Empty(t, overdue())
	w.must(ana, proposal.AskReview{Proposal: "p", Reason: text("Nobody comes")})
	require.Len(t, overdue(), 1, "somebody has asked for it")
	w.agree3("on", proposal.LiftHold{Proposal: "p"})
	w.later(100 * 24 * time.Hour)
	require.Len(t, overdue(), 1)
	w.replays()
}

// TestAccountBesideAnotherDeed: who was not there does not object to the account of a meeting,
// whatever else the same question enacts before it (M-245).
func TestAccountBesideAnotherDeed(t *testing.T) {
	w := met(t, circle.Rules{})
	seal := w.seal()
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: seal})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("A clerk, and are these our minutes?"),
		Enacts: []circle.Deed{circle.CreateRole{ID: "clerk", Circle: den, Name: text("Clerk")}, consent.AdoptMinutes{Meeting: "m", Seal: seal}}})
	w.no(consent.NotTheirAccount, cia, objection.Raise{ID: "o", Proposal: "q", Aim: circle.WholeAim, Argument: text("It was longer")})
	w.replays()
}

// TestRefusedByACircleInside: what a circle inside does not take is not offered to the circle that
// it came from: it stays there (M-80).
func TestRefusedByACircleInside(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "street", Aim: text("A street that is fed"), Members: []circle.PersonID{"dee"}, Domain: []circle.Item{{ID: "food", Text: text("Food")}}})
	w.must(host, circle.Admit{ID: gus})
	w.must(host, circle.Open{ID: "dairy", Parent: "street", Aim: text("Milk"), Domain: []circle.Item{{ID: "milk", Of: "food", Text: text("Milk")}}, Members: []circle.PersonID{gus}})
	w.must("dee", proposal.Submit{ID: "p", Circle: "street", Text: text("Cream on Sundays")})
	w.must("dee", consent.OfferTransfer{Proposal: "p", To: "dairy", Reason: text("Cream is theirs")})
	refused := eventOf[*consent.TransferRefused](t, w.must(gus, consent.RefuseTransfer{Proposal: "p", Reason: text("We make no cream")}))
	require.Equal(t, circle.ID("dairy"), refused.Circle)
	require.Empty(t, refused.Next)
	w.replays()
}

// TestAnswerTakenBack: when somebody contests the answer that another wrote down for them, the
// answers of the others stay with those who gave them, and who gave none has none (CP-21).
func TestAnswerTakenBack(t *testing.T) {
	w := newWorld(t, setting{Full: 4})
	w.put("p")
	_, no := w.giveAs(circle.Actor{By: ana, RecordedBy: ben}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, no)
	w.consents("p", ben, dan)
	w.must(ana, consent.Contest{Proposal: "p", Reason: text("I did not ring")})
	r := w.process("p").Round
	require.Nil(t, r.Answer(ana))
	require.Nil(t, r.Answer(cia))
	require.NotNil(t, r.Answer(ben))
	require.NotNil(t, r.Answer(dan))
	require.ElementsMatch(t, []circle.PersonID{ana, cia}, r.Awaited())
	require.Empty(t, w.process("p").Waiting, "nobody's time runs yet")
	w.replays()
}

// TestContestAfterTheQuestion: once an objection is worked on nobody is asked, so what is contested
// then opens no answer again (CP-21).
func TestContestAfterTheQuestion(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	_, no := w.giveAs(circle.Actor{By: ana, RecordedBy: ben}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, no)
	w.consents("p", ben)
	w.must(cia, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("Nobody is left to bake")})
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	contested := eventOf[*consent.Contested](t, w.must(ana, consent.Contest{Proposal: "p", Reason: text("I did not ring")}))
	require.False(t, contested.Reopens)
	require.NotNil(t, w.process("p").Round.Answer(ana), "it is told as it was said, and not taken for hers")
	w.replays()
}

// TestContestWhileOthersAreAwaited: in the last call somebody whose answer was not theirs is awaited as the absent are; what
// somebody else had written down for them they may contest as well, once (CP-21).
func TestContestWhileOthersAreAwaited(t *testing.T) {
	w := newWorld(t, setting{Full: 4, Rules: plainSilent})
	w.put("p")
	for _, who := range []circle.PersonID{ana, cia} {
		_, no := w.giveAs(circle.Actor{By: who, RecordedBy: ben}, consent.Respond{Proposal: "p", Answer: consent.Consents})
		require.Nil(t, no)
	}
	w.consents("p", ben)
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	require.Equal(t, []circle.PersonID{dan}, w.process("p").Waiting)
	contest := consent.Contest{Proposal: "p", Reason: text("I did not ring")}
	w.must(ana, contest)
	require.Equal(t, []circle.PersonID{dan, ana}, w.process("p").Waiting)
	w.no(consent.NothingToContest, ana, contest)
	w.must(cia, contest)
	require.Equal(t, []circle.PersonID{dan, ana, cia}, w.process("p").Waiting)
	w.replays()
}

// TestWrittenDownAboutAnObjection: what somebody did about an objection and another wrote down can be
// contested as well (CP-21).
func TestWrittenDownAboutAnObjection(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	w.must(cia, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("Nobody is left to bake")})
	w.no(consent.NothingToContest, cia, consent.Contest{Proposal: "p", Reason: text("Not I")})
	_, no := w.giveAs(circle.Actor{By: cia, RecordedBy: ben}, objection.Withdraw{Objection: "o", Reason: text("I bake")})
	require.Nil(t, no)
	contested := eventOf[*consent.Contested](t, w.must(cia, consent.Contest{Proposal: "p", Reason: text("Not I")}))
	require.Equal(t, ben, contested.Recorder)
	w.replays()
}

// TestPutOffByOneWhoLeft: an objection that was put off stays in the backlog of its circle when who looks
// after it leaves (M-184).
func TestPutOffByOneWhoLeft(t *testing.T) {
	w := handled(t, nil, consent.Method{Objections: objection.Handling{Defer: true}})
	w.stuck("p", "o")
	w.agree3("later", objection.Defer{Objection: "o", Owner: ben, Until: w.now.Add(30 * day), Then: text("We look again")})
	w.must(ben, circle.Leave{Circle: den})
	w.engine.Look(func(s *consent.State) {
		require.Len(t, s.Backlog(den), 1)
		require.Equal(t, "o", s.Backlog(den)[0].Objection)
	})
	w.replays()
}

// TestJudgmentsOfWhatIsKnown: an engine tells of the judgments that it knows, though the ledger has
// grown behind it.
func TestJudgmentsOfWhatIsKnown(t *testing.T) {
	a := newWorld(t, setting{Full: 3})
	b := a.second()
	judged := func(w *world) (n int) {
		for _, err := range w.engine.Judgments(t.Context()) {
			require.NoError(t, err)
			n++
		}
		return n
	}
	a.put("p")
	a.consents("p", ana, ben, cia)
	known := judged(a)
	require.NotZero(t, known)
	require.Zero(t, judged(b), "it has not looked")
}

// crowd has a circle of so many full participants.
func crowd(t *testing.T, n int, rules circle.Rules) (*world, []circle.PersonID) {
	t.Helper()
	w := emptyWorld(t)
	var people []circle.PersonID
	for i := range n {
		people = append(people, circle.PersonID(fmt.Sprintf("member-%d", i)))
	}
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: people[:1], Rules: rules})
	for _, who := range people[1:] {
		w.must(host, circle.Admit{ID: who})
		w.must(host, circle.Join{Circle: den, Person: who, Level: circle.Full})
	}
	return w, people
}

// TestAsManyAsAreNamed: an entry names two hundred people; of more it says how many they are, or that
// it is everybody.
func TestAsManyAsAreNamed(t *testing.T) {
	for _, n := range []int{200, 201} {
		w, people := crowd(t, n, circle.Rules{Method: "lazy-consensus"})
		w.must(people[0], proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
		opened := eventOf[*consent.RoundOpened](t, w.must(people[0], consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}))
		closed := eventOf[*consent.WindowClosed](t, w.later(72 * time.Hour)[0])
		if n == 200 {
			require.Len(t, opened.Seats, 200)
			require.Len(t, opened.Order, 200)
			require.Empty(t, opened.First)
			require.Len(t, closed.Silent, 200)
			require.Zero(t, closed.All)
		} else {
			require.Empty(t, opened.Seats)
			require.Empty(t, opened.Order)
			require.NotEmpty(t, opened.First)
			require.Empty(t, closed.Silent)
			require.Equal(t, 201, closed.All)
		}
		told, err := w.engine.Explain(t.Context(), "p")
		require.NoError(t, err)
		require.Equal(t, n == 201, strings.Contains(fmt.Sprint(told), "The question was put on version 1 to every full participant"))
		judged := 0
		for j, err := range w.engine.Judgments(t.Context()) {
			require.NoError(t, err)
			require.Empty(t, j.Differs, "the silence of all counts, whether they are named or not")
			judged++
		}
		require.Equal(t, 1, judged)
		w.replays()
	}
}

// TestProcessIsDrawn: the page of the process holds the table, and the first page the diagram, that are made
// from the moves.
func TestProcessIsDrawn(t *testing.T) {
	for name, want := range map[string]string{"../docs/process.md": consent.Table(), "../README.md": consent.Diagram()} {
		page, err := os.ReadFile(name)
		require.NoError(t, err)
		require.True(t, strings.Contains(string(page), want), name)
	}
}

// TestSelectionAfterOtherRoles: who leaves, or is a member no more, lays down every role, and the one that the circle
// had selected them for is queued, whatever came before it (M-51, EC-85, EC-3).
func TestSelectionAfterOtherRoles(t *testing.T) {
	for _, goes := range []circle.Command{circle.Leave{Circle: den}, circle.EndMembership{}} {
		w := baking(t)
		w.agree3("role", circle.CreateRole{ID: "aaa", Circle: den, Name: text("First by name")})
		w.agree3("given", circle.GiveRole{Role: "aaa", Person: ben})
		queued := eventOf[*consent.SelectionQueued](t, w.must(ben, goes))
		require.Equal(t, baker, queued.Role)
		w.replays()
	}
}

// TestObjectionInATimeOut: while a time-out runs, no question enacts anything about an objection either (M-112).
func TestObjectionInATimeOut(t *testing.T) {
	w := pausing(t, nil)
	w.talkOn("p", consent.ClarifyRound)
	w.talkOn("p", consent.ReactRound)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	w.must(cia, consent.AskTimeOut{Proposal: "p", Reason: text("May we sit outside?")})
	w.must(ana, consent.GrantTimeOut{Proposal: "p"})
	w.asked(consent.TimeOutRuns, objection.Defer{Objection: "o", Owner: ben, Until: w.now.Add(day), Then: text("We look again")})
	w.replays()
}

// TestOutdatedHasNoClock: when what a proposal builds on changes, the time in which one may answer it is over for
// nobody: nothing fires, and nothing comes of silence (methods 8.6).
func TestOutdatedHasNoClock(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "lazy-consensus"}})
	w.submit("base")
	w.must(ana, consent.OpenRound{Proposal: "base", Round: consent.ConsentRound})
	w.later(72 * time.Hour)
	require.Equal(t, consent.StageAdopted, w.stage("base"))
	w.must(ben, proposal.Revise{Proposal: "base", Text: text("Open on Mondays")})
	w.must(ana, consent.OpenRound{Proposal: "base", Round: consent.ConsentRound})
	w.later(time.Hour)
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Bake less"), Changes: []proposal.Base{{Agreement: "base", Version: 1}}})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Len(t, dueOf(w, "window-ends"), 2)
	w.later(71 * time.Hour)
	require.Equal(t, consent.StageAdopted, w.stage("base"))
	require.Empty(t, dueOf(w, "window-ends"))
	require.Empty(t, w.later(48*time.Hour))
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.replays()
}

// TestRulesNameMethodsThatAreThere: no circle agrees on a method that nobody knows: not for all it decides, not for a
// kind of matter, and not for what its members reserved (M-256, EC-66).
func TestRulesNameMethodsThatAreThere(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	general := circle.SocietyMeetings
	general.Reserved = []circle.Matter{{Matter: "purpose", Method: "moon"}}
	for _, r := range []circle.Rules{{Method: "moon"}, {Matters: []circle.Matter{{Matter: "money", Method: "s3"}, {Matter: "rota", Method: "moon"}}}, {General: &general}} {
		w.no(consent.UnknownMethod, host, circle.AgreeRules{Circle: den, Rules: r})
	}
	general.Reserved = []circle.Matter{{Matter: "purpose", Method: "s3"}}
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "s3", Matters: []circle.Matter{{Matter: "rota", Method: "scm"}}, General: &general}})
	w.replays()
}

// TestSeatsAreFound: seats are found in their order and in any other, in a small round and in a large one, and who has
// none has none.
func TestSeatsAreFound(t *testing.T) {
	for _, n := range []int{1, 3, 500, 501} {
		var seats []consent.Seat
		for i := range n {
			seats = append(seats, consent.Seat{Person: circle.PersonID(fmt.Sprint(i))})
		}
		find := consent.SeatFinder(seats)
		for i := range n {
			require.Equal(t, i, find(seats[i].Person))
		}
		for i := n - 1; i >= 0; i-- {
			require.Equal(t, i, find(seats[i].Person))
			require.Equal(t, -1, find(nemo))
		}
		require.Equal(t, 0, find(seats[0].Person))
	}
	require.Equal(t, -1, consent.SeatFinder(nil)(ana))
}

// TestBallotOpens: a ballot is held among options that can be told apart, not too many, by people who are there
// (M-226).
func TestBallotOpens(t *testing.T) {
	seats := []consent.Seat{{Person: ana}, {Person: ben}}
	options := func(ids ...proposal.OptionID) (out []consent.Option) {
		for _, id := range ids {
			out = append(out, consent.Option{ID: string(id)})
		}
		return out
	}
	open := func(b consent.Ballot, seats []consent.Seat, ids ...proposal.OptionID) error {
		return b.Open(consent.Case{Seats: seats, Options: options(ids...)})
	}
	require.NoError(t, open(consent.Ballot{}, seats, "a", "b"))
	require.NoError(t, open(consent.Ballot{Options: 2}, seats, "a", "b"))
	require.ErrorContains(t, open(consent.Ballot{Options: 1}, seats, "a", "b"), "there are 2 options")
	require.ErrorContains(t, open(consent.Ballot{}, seats), "puts none to the choice")
	require.ErrorContains(t, open(consent.Ballot{}, seats, "a", "a"), "name of its own")
	require.ErrorContains(t, open(consent.Ballot{}, seats, ""), "name of its own")
	require.ErrorContains(t, open(consent.Ballot{}, nil, "a"), "nobody has a seat")
	require.ErrorContains(t, open(consent.Ballot{}, []consent.Seat{{Person: ana, Out: true}}, "a"), "nobody has a seat")
}

// TestConfirmedInItsVersion: a body confirms one version; what the circle decides anew is confirmed anew (M-260).
func TestConfirmedInItsVersion(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "village", Aim: text("A good place"), Members: []circle.PersonID{ana, ben, cia},
		Domain: []circle.Item{{ID: "bread", Text: text("Bread")}, {ID: "law", Text: text("The law")}}})
	w.must(host, circle.Open{ID: "board", Parent: "village", Aim: text("Stands for the village"), Domain: []circle.Item{{ID: "law", Text: text("The law")}}, Members: []circle.PersonID{cia}})
	w.must(host, circle.Open{ID: "bakery", Parent: "village", Aim: text("Bread"), Domain: []circle.Item{{ID: "bread", Text: text("Bread")}}, Members: []circle.PersonID{ben},
		Rules: circle.Rules{Confirm: "board"}})
	adopt := func() {
		w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.consents("p", ben)
	}
	confirmed := func() (ok bool) {
		w.engine.Look(func(s *consent.State) { _, ok = s.Confirmed("p") })
		return ok
	}
	w.must(ben, proposal.Submit{ID: "p", Circle: "bakery", Text: text("Open on Sundays")})
	adopt()
	require.False(t, confirmed())
	w.must(ben, proposal.Submit{ID: "o-draft", Circle: "bakery", Text: text("Open at night")})
	require.Len(t, dueOf(w, "to-confirm"), 1)
	w.no(consent.NotInForceNow, cia, consent.Ask{ID: "q", Circle: "board", Question: text("Do we?"), Enacts: []circle.Deed{consent.Ratify{Proposal: "p", Version: 2, Reason: text("It is lawful")}}})
	w.must(cia, consent.Ask{ID: "q", Circle: "board", Question: text("Do we confirm it?"), Enacts: []circle.Deed{consent.Ratify{Proposal: "p", Version: 1, Reason: text("It is lawful")}}})
	for _, e := range w.consents("q", cia).Events {
		require.NotEqual(t, "proposal.review-due", e.Wire(), "what is confirmed is not looked at again")
	}
	require.True(t, confirmed())
	require.Empty(t, dueOf(w, "to-confirm"))
	w.must(ana, proposal.Submit{ID: "a-path", Circle: "village", Text: text("A path to the well")})
	w.must(ana, consent.OpenRound{Proposal: "a-path", Round: consent.ConsentRound})
	w.consents("a-path", ana, ben, cia)
	w.must(ana, proposal.Submit{ID: "b-draft", Circle: "village", Text: text("Another path")})
	require.Empty(t, dueOf(w, "to-confirm"), "nobody confirms what the village decides")
	w.must(ben, proposal.Revise{Proposal: "p", Text: text("Open on Mondays")})
	adopt()
	require.False(t, confirmed())
	require.Len(t, dueOf(w, "to-confirm"), 1)
	w.must(ben, proposal.Submit{ID: "soon", Circle: "bakery", Text: text("Rye on Fridays"), Effective: circle.MustPeriod("1w")})
	w.must(ben, consent.OpenRound{Proposal: "soon", Round: consent.ConsentRound})
	w.consents("soon", ben)
	require.Len(t, dueOf(w, "to-confirm"), 1, "what is not in force yet")
	w.later(8 * day)
	require.Len(t, dueOf(w, "to-confirm"), 2)
	w.replays()
}

// TestLegaciesOfACircle: what was taken over and never decided anew is listed for a circle, and for all of them (M-262).
func TestLegaciesOfACircle(t *testing.T) {
	w := emptyWorld(t)
	w.must(ana, circle.Found{ID: "village", Aim: text("A good place"), Members: []circle.PersonID{ana}, Domain: []circle.Item{{ID: "bread", Text: text("Bread")}}})
	w.must(ana, circle.Open{ID: "bakery", Parent: "village", Aim: text("Bread"), Domain: []circle.Item{{ID: "bread", Text: text("Bread")}}, Members: []circle.PersonID{ana}})
	w.must(ana, consent.TakeOverPolicy{ID: "gate", Circle: "village", Text: text("The gate is shut at night"), Since: w.now.AddDate(-1, 0, 0)})
	w.must(ana, consent.TakeOverPolicy{ID: "keys", Circle: "bakery", Text: text("Keys hang by the door"), Since: w.now.AddDate(-1, 0, 0)})
	w.must(ana, proposal.Submit{ID: "rye", Circle: "bakery", Text: text("Rye on Fridays")})
	w.must(ana, proposal.Withdraw{Proposal: "rye"})
	for _, taken := range []proposal.ID{"gate", "rye"} { // for ever: also of what has come to its end
		w.no(circle.TakenID, ana, consent.Ask{ID: "q", Circle: "bakery", Question: text("Did we always?"),
			Enacts: []circle.Deed{consent.TakeOverPolicy{ID: taken, Circle: "bakery", Text: text("Another"), Since: w.now.AddDate(-1, 0, 0)}}})
	}
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []proposal.ID{"keys"}, s.Legacies("bakery"))
		require.Equal(t, []proposal.ID{"gate"}, s.Legacies("village"))
		require.Equal(t, []proposal.ID{"gate", "keys"}, s.Legacies(""))
	})
	w.replays()
}

// TestWhoObjectsOfMany: where those at a meeting are asked who objects, an entry names two hundred who say nothing, and of more says how many.
func TestWhoObjectsOfMany(t *testing.T) {
	for _, n := range []int{200, 201} {
		w, people := crowd(t, n, circle.Rules{Method: "quick"})
		m := consent.Plain
		m.Name, m.Meeting, m.Present, m.WhoObjects = "shown", true, true, true
		w.open(func(c *consent.Config) { c.Methods = append(c.Methods, m) })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "shown"}})
		w.submitAs(people[0], "p")
		w.must(people[0], consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}})
		w.must(people[0], consent.OpenMeeting{Meeting: "m", Present: people})
		w.must(people[0], consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		r := w.must(people[0], consent.CloseRound{Proposal: "p"})
		closed := eventOf[*consent.WindowClosed](t, r)
		if n == 200 {
			require.Len(t, closed.Silent, 200)
			require.Zero(t, closed.All)
		} else {
			require.Empty(t, closed.Silent)
			require.Equal(t, 201, closed.All)
		}
		require.Equal(t, consent.StageAdopted, w.stage("p"))
		w.replays()
	}
}

// TestPassedOverOfMany: of those who are passed over when a round is closed an entry names two hundred, and of more says how many.
func TestPassedOverOfMany(t *testing.T) {
	for _, n := range []int{200, 201} {
		w, people := crowd(t, n, circle.Rules{})
		w.submitAs(people[0], "p")
		w.must(people[0], consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		named, counted := 0, 0
		for _, e := range w.must(people[0], consent.CloseRound{Proposal: "p"}).Events {
			switch e := e.(type) {
			case *consent.Skipped:
				named++
			case *consent.RoundEnded:
				counted += e.Skipped
			}
		}
		require.Equal(t, n, named+counted)
		require.Equal(t, n == 200, counted == 0)
		w.replays()
	}
}

// TestSealedByMany: two hundred answers are sealed, which one entry can reveal, and not one more (M-108).
func TestSealedByMany(t *testing.T) {
	sealed := consent.Plain
	sealed.Name, sealed.Hidden = "sealed", consent.HiddenSealed
	for _, n := range []int{200, 201} {
		w, people := crowd(t, n, circle.Rules{})
		w.open(func(c *consent.Config) { c.Methods = append(c.Methods, sealed) })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "sealed"}})
		w.submitAs(people[0], "p")
		put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
		if n == 200 {
			w.must(people[0], put)
		} else {
			w.no(consent.TooManyToSeal, people[0], put)
		}
	}
}

func (w *world) submitAs(who circle.PersonID, id proposal.ID) {
	w.t.Helper()
	w.must(who, proposal.Submit{ID: id, Circle: den, Text: text("Open on Sundays")})
}

// TestContestedAfterItEnded: CP-21. What somebody else wrote down is contested also when nothing is left of what was
// decided that could be reviewed.
func TestContestedAfterItEnded(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	w.put("p")
	_, refused := w.giveAs(circle.Actor{By: ana, RecordedBy: ben}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, refused)
	w.consents("p", ben, cia)
	w.must(ben, proposal.Strike{Proposal: "p", Reason: reason})
	r := w.must(ana, consent.Contest{Proposal: "p", Reason: reason})
	require.Len(t, r.Events, 1)
	require.Equal(t, ben, eventOf[*consent.Contested](t, r).Recorder)
	w.replays()
}

// TestOwnHand: CP-21. Who wrote down their own words has written nothing down for anybody.
func TestOwnHand(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	r, refused := w.giveAs(circle.Actor{By: ana, RecordedBy: ana}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, refused)
	for _, e := range r.Events {
		require.NotContains(t, []string{"consent.written-down", "consent.rendered"}, e.Wire())
	}
	w.replays()
}
