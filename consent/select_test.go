package consent_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

const baker circle.RoleID = "baker"

// byReasons is a way of selecting with everything that one may name.
var byReasons = consent.Selecting{By: consent.ByReasons, Change: true, Pass: true,
	May: []consent.Naming{consent.NamesSelf, consent.NamesOutsider, consent.NamesOutside, consent.NamesNobody}}

// byCount is Holacracy's way.
var byCount = consent.Selecting{By: consent.ByCount, Change: true, May: []consent.Naming{consent.NamesSelf},
	Ties: []consent.Tie{consent.TieSelf, consent.TieIncumbent, consent.TieDraw, consent.TieChange}}

// selecting is a circle that selects in its own way, and has begun to: p is the
// selection for baker.
func selecting(t *testing.T, wk *walk, c consent.Selecting, change ...func(*consent.Method)) *world {
	t.Helper()
	m := consent.Method{Name: "own", Rule: consent.Plain.Rule, Selecting: c}
	for _, f := range change {
		f(&m)
	}
	require.NoError(t, m.Check())
	w := walking(t, wk, setting{Full: 3}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Matters: []circle.Matter{{Matter: "selection", Method: "own"}}}})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes, and gets up early"), Term: months})
	return w
}

func (w *world) opensRound(kind consent.RoundKind) {
	w.t.Helper()
	w.must(ana, consent.OpenRound{Proposal: "p", Round: kind})
}

// names lets everybody name somebody: ana, ben and cia, in this order.
func (w *world) names(list ...string) (last consent.Receipt) {
	w.t.Helper()
	for i, name := range list {
		last = w.must(everybody[i], consent.Nominate{Proposal: "p", Names: text(name)})
	}
	return last
}

func (w *world) proposes(who circle.PersonID, names ...consent.Name) {
	w.t.Helper()
	w.must(who, consent.ProposeCandidate{Proposal: "p", Names: names, Text: text("For these reasons")})
}

// asks puts the question on a candidate.
func (w *world) asks(names ...consent.Name) {
	w.t.Helper()
	w.opensRound(consent.NominateRound)
	w.names(string(names[0]), string(names[0]), string(names[0]))
	w.proposes(ana, names...)
	w.opensRound(consent.ConsentRound)
}

func (w *world) holders() (out []circle.PersonID) {
	w.engine.Look(func(s *consent.State) {
		for _, h := range s.Org.Role(baker).Holders {
			out = append(out, h.Person)
		}
	})
	return out
}

func (w *world) selection() consent.Selection {
	w.t.Helper()
	return *w.process("p").Selection
}

func (w *world) tally() []consent.Count {
	w.t.Helper()
	sel := w.selection()
	return sel.Tally()
}

// walkSelecting uses the ways of a selection.
func walkSelecting(t *testing.T, wk *walk) {
	w := selecting(t, wk, byReasons)
	w.opensRound(consent.NominateRound)
	w.names("ben")
	w.must(ana, consent.Skip{Proposal: "p", Person: ben})
	w.must(ana, consent.Skip{Proposal: "p", Person: cia})
	w.must(ana, consent.Reveal{Proposal: "p"})
	w.opensRound(consent.NominateRound) // again, now that they are there
	w.names("ben", "cia", "cia")
	w.opensRound(consent.ReasonsRound)
	w.must(ana, consent.Signal{Proposal: "p", Card: consent.StopCard})
	w.must(ana, consent.ClearCard{Proposal: "p"})
	w.must(ana, consent.ComeBack{Proposal: "p"})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, consent.Speak{Proposal: "p", Text: text("For they are good at it")})
	}
	w.must(ana, consent.Skip{Proposal: "p", Person: lou})
	w.opensRound(consent.ChangeRound)
	w.must(ana, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason})
	for _, who := range []circle.PersonID{ben, cia, lou} {
		w.must(ana, consent.Skip{Proposal: "p", Person: who})
	}
	w.must(ana, consent.ShortList{Proposal: "p", Names: []consent.Name{"ben", "cia"}, Reason: reason})
	w.must(ana, consent.AskToPropose{Proposal: "p", Person: ben})
	w.proposes(ben, "cia")
	w.must(ana, consent.DiscardCandidate{Proposal: "p", Reason: reason})
	w.no(consent.WasDiscarded, ana, consent.ProposeCandidate{Proposal: "p", Names: []consent.Name{"cia"}, Text: text("Cia")})
	w.proposes(ana, "ben")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	w.replays()
	walkSelectingOn(t, wk)
	walkSelectingOut(t, wk)
}

// walkSelectingOn uses the ways on from objections, and from what is agreed.
func walkSelectingOn(t *testing.T, wk *walk) {
	for _, next := range []func(*world){
		func(w *world) { w.proposes(ana, "cia") },
		func(w *world) { w.must(ana, consent.DiscardCandidate{Proposal: "p", Reason: reason}) },
	} {
		w := selecting(t, wk, byReasons)
		w.opensRound(consent.NominateRound)
		w.names("ben", "cia", "ben")
		w.proposes(ana, "ben")
		w.opensRound(consent.ConsentRound)
		w.consents("p", ana, ben)
		w.objects("p", "o", cia)
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
		next(w)
		require.Equal(t, consent.StageWeigh, w.stage("p"))
		require.Equal(t, []consent.Name{"ben"}, w.selection().Discarded)
		require.Equal(t, []consent.Count{{Seat: 1, Name: "cia", N: 1}}, w.tally(), "M-222: who is discarded is counted no more")
	}
	c := byReasons
	c.Parameters, c.Accept = true, true
	w := selecting(t, wk, c)
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageNominate, w.stage("p"))
	w.asks("ben")
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAccept, w.stage("p"))
	require.Empty(t, w.holders())
	w.no(consent.NotChosen, ana, consent.AcceptRole{Proposal: "p"})
	w.must(ben, consent.AcceptRole{Proposal: "p"})
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	w.replays()
}

// chosen is a selection in which ben was chosen, and has yet to accept.
func chosen(t *testing.T, wk *walk, change ...func(*consent.Method)) *world {
	t.Helper()
	c := byReasons
	c.Accept = true
	w := selecting(t, wk, c, change...)
	w.asks("ben")
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAccept, w.stage("p"))
	return w
}

// walkSelectingOut uses the ways out of each stage of a selection.
func walkSelectingOut(t *testing.T, wk *walk) {
	old := func(m *consent.Method) { m.Age = week }
	limit := byReasons
	limit.Limit = circle.MustPeriod("3d")
	w := selecting(t, wk, limit)
	w.opensRound(consent.NominateRound)
	w.names("ben", "ben")
	w.later(3 * day)
	require.Equal(t, consent.StageWeigh, w.stage("p"))
	for stage, to := range map[consent.Stage]func(...func(*consent.Method)) *world{
		consent.StageNominate: func(change ...func(*consent.Method)) *world {
			w := selecting(t, wk, byReasons, change...)
			w.opensRound(consent.NominateRound)
			return w
		},
		consent.StageWeigh: func(change ...func(*consent.Method)) *world {
			w := selecting(t, wk, byReasons, change...)
			w.opensRound(consent.NominateRound)
			w.names("ben", "ben", "ben")
			return w
		},
		consent.StageAccept: func(change ...func(*consent.Method)) *world { return chosen(t, wk, change...) },
	} {
		w := to()
		require.Equal(t, stage, w.stage("p"))
		w.drop("p", ana, ben, cia)
		w = to(old)
		w.later(7 * day)
		require.Equal(t, consent.StageExpired, w.stage("p"))
		w.replays()
	}
	w = chosen(t, wk)
	w.must(ben, consent.DeclineRole{Proposal: "p"})
	require.Equal(t, consent.StageWeigh, w.stage("p"))
	w = chosen(t, wk)
	w.must(ana, consent.DiscardCandidate{Proposal: "p", Reason: reason})
	require.Equal(t, consent.StageWeigh, w.stage("p"))
	walkSelectingTwo(t, wk)
	walkWelcome(t, wk)
}

// walkWelcome waits for the circle to which a role links, and for who was chosen.
func walkWelcome(t *testing.T, wk *walk) {
	for _, accept := range []bool{false, true} {
		c := byReasons
		c.Welcome, c.Accept = true, accept
		m := consent.Method{Name: "own", Rule: consent.Plain.Rule, Selecting: c}
		w := walking(t, wk, setting{Full: 4}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
		w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ben, dan}, Domain: []circle.Item{{ID: "bread", Of: "baking"}},
			Rules: circle.Rules{Matters: []circle.Matter{{Matter: "selection", Method: "own"}}}})
		w.must(host, circle.CreateRole{ID: baker, Circle: nook, Hat: circle.Delegate})
		w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Delegate})
		w.must(ben, consent.OpenSelection{ID: "p", Circle: nook, Roles: []circle.RoleID{baker}, Text: reason})
		w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.NominateRound})
		w.must(ben, consent.Nominate{Proposal: "p", Names: text("dan")})
		w.must(dan, consent.Nominate{Proposal: "p", Names: text("dan")})
		w.proposes(ben, "dan")
		w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.consents("p", ben, dan)
		require.Equal(t, consent.StageAccept, w.stage("p"))
		w.no(consent.CircleDecides, dan, consent.Welcome{Proposal: "p"})
		w.no(consent.NotReceiving, ben, consent.Ask{ID: "own", Circle: nook, Question: reason, Enacts: []circle.Deed{consent.Welcome{Proposal: "p"}}})
		w.must(ana, consent.Ask{ID: "q", Circle: den, Question: reason, Enacts: []circle.Deed{consent.Welcome{Proposal: "p"}}})
		w.consents("q", ana, ben, cia, dan)
		require.Equal(t, accept, w.stage("p") == consent.StageAccept)
		if accept {
			w.must(dan, consent.AcceptRole{Proposal: "p"})
		}
		require.Equal(t, []circle.PersonID{dan}, w.holders())
		w.replays()
	}
}

// TestWelcomeConfirms: M-64, EC-88: where a circle confirms who comes through a link,
// and the method has it welcome who was chosen, it is asked once, and its one answer
// serves both.
func TestWelcomeConfirms(t *testing.T) {
	for _, welcome := range []bool{false, true} {
		c := byReasons
		c.Welcome = welcome
		w := walking(t, nil, setting{Full: 3}, func(config *consent.Config) {
			config.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Selecting: c}}
		})
		w.must(host, circle.Admit{ID: dan})
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Linking: circle.Linking{Confirm: true}}})
		w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ben, dan}, Domain: []circle.Item{{ID: "bread", Of: "baking"}},
			Rules: circle.Rules{Matters: []circle.Matter{{Matter: "selection", Method: "own"}}}})
		w.must(host, circle.CreateRole{ID: baker, Circle: nook, Hat: circle.Delegate})
		w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Delegate})
		w.must(ben, consent.OpenSelection{ID: "p", Circle: nook, Roles: []circle.RoleID{baker}, Text: reason})
		w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.NominateRound})
		w.must(ben, consent.Nominate{Proposal: "p", Names: text("dan")})
		w.must(dan, consent.Nominate{Proposal: "p", Names: text("dan")})
		w.proposes(ben, "dan")
		w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		last := w.consents("p", ben, dan)
		if welcome {
			w.must(ana, consent.Ask{ID: "q", Circle: den, Question: reason, Enacts: []circle.Deed{consent.Welcome{Proposal: "p"}}})
			last = w.consents("q", ana, ben, cia)
		}
		require.Equal(t, []circle.PersonID{dan}, w.holders())
		sits := func() (is bool) {
			w.engine.Look(func(s *consent.State) { is = s.Org.LevelIn(den, dan) == circle.Full })
			return is
		}
		require.Equal(t, welcome, sits())
		confirms := func(e consent.Event) bool { _, is := e.(*circle.LinkConfirmed); return is }
		require.Equal(t, welcome, slices.ContainsFunc(last.Events, confirms))
		again := consent.Ask{ID: "r", Circle: den, Question: reason, Enacts: []circle.Deed{circle.ConfirmLink{Circle: nook, To: den, As: circle.Delegate, Person: dan}}}
		if welcome {
			w.no(circle.ConfirmedBefore, ana, again)
		} else {
			w.must(ana, again)
			w.consents("r", ana, ben, cia)
		}
		require.True(t, sits())
		w.replays()
	}
}

// walkSelectingTwo fills two seats: both accept.
func walkSelectingTwo(t *testing.T, wk *walk) {
	c := byReasons
	c.Accept = true
	w := selecting(t, wk, c)
	w.drop("p", ana, ben, cia)
	w.must(ana, consent.OpenSelection{ID: "two", Circle: den, Roles: []circle.RoleID{baker, baker}, Text: text("Two bakers")})
	w.must(ana, consent.OpenRound{Proposal: "two", Round: consent.NominateRound})
	w.no(consent.NamesForSeats, ana, consent.Nominate{Proposal: "two", Names: text("ben")})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, consent.Nominate{Proposal: "two", Names: text("ben, cia")})
	}
	w.must(ana, consent.ProposeCandidate{Proposal: "two", Names: []consent.Name{"ben", "cia"}, Text: text("Both")})
	w.must(ana, consent.OpenRound{Proposal: "two", Round: consent.ConsentRound})
	w.consents("two", ana, ben, cia)
	w.must(cia, consent.AcceptRole{Proposal: "two"})
	require.Equal(t, consent.StageAccept, w.stage("two"))
	w.must(ben, consent.AcceptRole{Proposal: "two"})
	require.ElementsMatch(t, []circle.PersonID{ben, cia}, w.holders())
	w.replays()
}
