package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// twoCircles are two circles beside each other, valley of ana and ben and hill of ana, in one of ana alone. The valley has the
// agreements notes and songs, and is deciding on keys; the hill has beds.
func twoCircles(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "places", Aim: text("Circles that work together"), Members: []circle.PersonID{ana}, Domain: []circle.Item{{ID: "teams", Text: text("Teams")}, {ID: "rota", Text: text("The rota")}}})
	w.must(host, circle.Admit{ID: ben})
	w.must(host, circle.Open{ID: "valley", Parent: "places", Aim: text("Support"), Domain: []circle.Item{{ID: "teams", Text: text("Teams")}}, Members: []circle.PersonID{ana, ben}})
	w.must(host, circle.Open{ID: "hill", Parent: "places", Aim: text("A fair rota"), Domain: []circle.Item{{ID: "rota", Text: text("The rota")}}, Members: []circle.PersonID{ana}})
	adopt := func(id proposal.ID, of circle.ID, who ...circle.PersonID) {
		w.must(ana, proposal.Submit{ID: id, Circle: of, Text: text("We do it")})
		w.must(ana, consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
		w.consents(id, who...)
	}
	adopt("notes", "valley", ana, ben)
	adopt("songs", "valley", ana, ben)
	adopt("beds", "hill", ana)
	w.must(ana, proposal.Submit{ID: "keys", Circle: "valley", Text: text("A hook for keys")})
	return w
}

// asksIn asks a question of a circle, and all of it consents.
func (w *world) asksIn(id proposal.ID, of circle.ID, who []circle.PersonID, deeds ...circle.Deed) (last consent.Receipt) {
	w.t.Helper()
	w.must(who[0], consent.Ask{ID: id, Circle: of, Question: text("Shall we?"), Enacts: deeds})
	return w.consents(id, who...)
}

// TestAnotherNameForACircle: I-17. A circle that gets another name keeps its domain, and its agreements with it.
func TestAnotherNameForACircle(t *testing.T) {
	w := twoCircles(t)
	w.asksIn("name", "places", []circle.PersonID{ana}, circle.Redefine{Change: "c", Circle: "valley", Name: text("The valley")})
	w.asksIn("too", "valley", []circle.PersonID{ana, ben}, circle.ConsentTo{Change: "c"})
	w.engine.Look(func(s *consent.State) {
		require.Len(t, s.Org.Circle("valley").Domain, 1)
		require.Equal(t, circle.ID("valley"), s.Matters.Proposal("notes").Circle)
	})
	w.replays()
}

// TestPoliciesNamed: who merges a circle names agreements that it has, each once; no draft, nobody else's, and none that is not there (M-27).
func TestPoliciesNamed(t *testing.T) {
	for name, c := range map[string]struct {
		readopt []circle.Name
		code    *circle.Code
	}{
		"both":           {[]circle.Name{"notes", "songs"}, nil},
		"nothing":        {nil, consent.PoliciesUnnamed},
		"what is not":    {[]circle.Name{"notes", "songs", "moon"}, consent.PolicyElsewhere},
		"another's":      {[]circle.Name{"notes", "songs", "beds"}, consent.PolicyElsewhere},
		"what is a case": {[]circle.Name{"notes", "songs", "keys"}, consent.PolicyElsewhere},
		"one twice":      {[]circle.Name{"notes", "songs", "notes"}, consent.PolicyElsewhere},
	} {
		t.Run(name, func(t *testing.T) {
			w := twoCircles(t)
			ask := consent.Ask{ID: "one", Circle: "valley", Question: text("Shall we?"), Enacts: []circle.Deed{circle.Merge{Change: "ch", Circle: "valley", Into: "hill", Readopt: c.readopt}}}
			if c.code != nil {
				w.no(c.code, ana, ask)
			} else {
				w.must(ana, ask)
			}
		})
	}
}

// TestNothingIsLeftBehind: what a circle leaves falls to the one that takes it, once: agreements that go on, open cases, which begin
// anew there, and what was decided in the very act; what ends is dropped, and what belongs to another circle stays where it is (M-24, M-27).
func TestNothingIsLeftBehind(t *testing.T) {
	w := twoCircles(t)
	w.must(ana, proposal.Submit{ID: "other", Circle: "hill", Text: text("Another bed")})
	both, alone := []circle.PersonID{ana, ben}, []circle.PersonID{ana}
	w.asksIn("one", "valley", both, circle.Merge{Change: "ch", Circle: "valley", Into: "hill", Readopt: []circle.Name{"notes"}, End: []circle.Name{"songs"}, Reason: text("Nobody sings")})
	w.asksIn("two", "hill", alone, circle.ConsentTo{Change: "ch"})
	last := w.asksIn("three", "places", alone, circle.ConsentTo{Change: "ch"})
	inherited := eventOf[*proposal.Inherited](t, last)
	require.Equal(t, []proposal.ID{"notes"}, inherited.Proposals)
	require.Equal(t, []circle.ID{"valley", "hill"}, []circle.ID{inherited.From, inherited.To})
	require.Equal(t, proposal.ID("songs"), eventOf[*proposal.Dropped](t, last).Proposal)
	transferred := eventOf[*consent.Transferred](t, last)
	require.Equal(t, consent.Transferred{Proposal: "keys", From: "valley", To: "hill", By: ana}, *transferred)
	require.Equal(t, circle.ID("hill"), w.process("keys").Circle)
	require.Equal(t, circle.ID("hill"), w.process("other").Circle)
	w.engine.Look(func(s *consent.State) { require.Equal(t, circle.ID("hill"), s.Matters.Proposal("notes").Circle) })
	w.replays()

	// A policy that ends its own circle goes where the circle's other agreements go, and the agreements of others do not.
	w = twoCircles(t)
	w.must(ana, proposal.Submit{ID: "end", Circle: "valley", Text: text("The valley ends"), Enacts: []circle.Deed{circle.Dissolve{Change: "ch", Circle: "valley"}}})
	w.must(ana, consent.OpenRound{Proposal: "end", Round: consent.ConsentRound})
	w.consents("end", ana, ben)
	last = w.asksIn("also", "places", alone, circle.ConsentTo{Change: "ch"})
	require.ElementsMatch(t, []proposal.ID{"notes", "songs", "end"}, eventOf[*proposal.Inherited](t, last).Proposals)
	require.Equal(t, circle.ID("places"), w.process("keys").Circle)
	w.engine.Look(func(s *consent.State) { require.Equal(t, circle.ID("hill"), s.Matters.Proposal("beds").Circle) })
	w.replays()

	// A policy of another circle that ends it stays with that one; what is being revised goes on as an open case.
	w = twoCircles(t)
	w.must(ana, proposal.Revise{Proposal: "notes", Text: text("We do it on Mondays")})
	w.asksIn("end", "valley", both, circle.Dissolve{Change: "ch", Circle: "valley"})
	w.must(ana, proposal.Submit{ID: "also", Circle: "places", Text: text("The valley ends"), Enacts: []circle.Deed{circle.ConsentTo{Change: "ch"}}})
	w.must(ana, consent.OpenRound{Proposal: "also", Round: consent.ConsentRound})
	last = w.consents("also", ana)
	require.Equal(t, []proposal.ID{"songs"}, eventOf[*proposal.Inherited](t, last).Proposals)
	require.Equal(t, circle.ID("places"), w.process("notes").Circle)
	w.engine.Look(func(s *consent.State) { require.Equal(t, circle.ID("places"), s.Matters.Proposal("also").Circle) })
	w.replays()
}

// TestEndsByItself: a circle that is the last to agree to its own end leaves the policy by which it did so, and no mere question (M-24).
func TestEndsByItself(t *testing.T) {
	for sort, want := range map[proposal.Sort][]proposal.ID{proposal.Policy: {"notes", "songs", "end"}, proposal.Process: {"notes", "songs"}} {
		w := twoCircles(t)
		w.asksIn("also", "places", []circle.PersonID{ana}, circle.Dissolve{Change: "ch", Circle: "valley"})
		w.must(ana, proposal.Submit{ID: "end", Circle: "valley", Sort: sort, Text: text("The valley ends"), Enacts: []circle.Deed{circle.ConsentTo{Change: "ch"}}})
		w.must(ana, consent.OpenRound{Proposal: "end", Round: consent.ConsentRound})
		require.ElementsMatch(t, want, eventOf[*proposal.Inherited](t, w.consents("end", ana, ben)).Proposals)
		w.replays()
	}
}

// TestTakenAlone: what somebody decided alone in a circle is reported to the circle around it; what several decided is not, nor what was
// decided in the outermost circle (M-30).
func TestTakenAlone(t *testing.T) {
	w := twoCircles(t)
	w.must(ana, proposal.Submit{ID: "gate", Circle: "places", Text: text("The gate is shut")})
	w.must(ana, consent.OpenRound{Proposal: "gate", Round: consent.ConsentRound})
	w.consents("gate", ana)
	require.Equal(t, consent.StageAdopted, w.stage("gate"))
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []proposal.ID{"beds"}, s.Reported("places"))
		require.Empty(t, s.Reported(""))
		require.Empty(t, s.Reported("valley"))
	})
	w.replays()
}

// TestToldOfAVacancy: that nobody wears a role is told to its circle and to those to which this role links, and to no other; once each (M-51, M-66).
func TestToldOfAVacancy(t *testing.T) {
	for role, told := range map[circle.RoleID][]circle.ID{"del": {nook, den, pen}, "second": {nook, shelf}, "cook": {nook}, "writer": {nook}} {
		w := walking(t, nil, setting{Full: 4})
		cross := circle.Rules{Linking: circle.Linking{Cross: true}}
		w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "bread", Of: "baking"}}})
		for _, id := range []circle.ID{pen, shelf} {
			w.must(host, circle.Open{ID: id, Parent: den, Aim: text("Flour"), Members: []circle.PersonID{cia}, Domain: []circle.Item{{ID: circle.ItemID(id), Of: "baking"}}, Rules: cross})
		}
		w.must(host, circle.CreateRole{ID: "del", Circle: nook, Hat: circle.Delegate})
		w.must(host, circle.CreateRole{ID: "second", Circle: nook, Hat: circle.Representative})
		w.must(host, circle.CreateRole{ID: "writer", Circle: nook, Hat: circle.Secretary})
		w.must(host, circle.CreateRole{ID: "cook", Circle: nook})
		w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Delegate})
		w.must(host, circle.LinkTo{Circle: nook, To: pen, As: circle.Delegate})
		w.must(host, circle.LinkTo{Circle: nook, To: shelf, As: circle.Representative, Role: "second"})
		w.must(ana, consent.OpenSelection{ID: "p", Circle: nook, Roles: []circle.RoleID{role}, Text: reason})
		w.opensRound(consent.NominateRound)
		for _, who := range []circle.PersonID{ana, ben} {
			w.must(who, consent.Nominate{Proposal: "p", Names: text("ben")})
		}
		w.proposes(ana, "ben")
		w.opensRound(consent.ConsentRound)
		w.consents("p", ana, ben)
		require.Equal(t, consent.StageAdopted, w.stage("p"))
		queued := eventOf[*consent.SelectionQueued](t, w.must(ben, circle.LayDown{Role: role}))
		require.Equal(t, role, queued.Role)
		w.engine.Look(func(s *consent.State) {
			require.ElementsMatch(t, told, s.Backlog(nook)[0].Told, role)
		})
		w.replays()
	}
}
