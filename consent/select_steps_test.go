package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestParametersSettleObjections: what was objected to role and term is settled when they are agreed, and is not there any
// more when the circle names somebody (M-212).
func TestParametersSettleObjections(t *testing.T) {
	c := byReasons
	c.Parameters = true
	w := selecting(t, nil, c)
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben)
	w.objects("p", "o", cia)
	w.must(ana, consent.Integrate{Proposal: "p", Text: text("For three months"), Term: months, Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Shorten}}}})
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageNominate, w.stage("p"))
	w.engine.Look(func(s *consent.State) {
		require.Empty(t, s.Objections.Standing("p"))
	})
	w.replays()
}

// TestChangesAmongTheTied: where the method has a change round, the first one is among all, and the next one, which is to solve
// a tie, among the tied (M-217, M-218).
func TestChangesAmongTheTied(t *testing.T) {
	w := selecting(t, nil, byCount)
	naming(w)
	w.names("ben", "cia", "ana")
	for _, among := range [][]consent.Name{nil, {"ana", "ben", "cia"}} {
		w.opensRound(consent.ChangeRound)
		require.Equal(t, among, w.selection().Among)
		for _, who := range []circle.PersonID{ana, ben, cia, lou} {
			w.must(ana, consent.Skip{Proposal: "p", Person: who})
		}
	}
	w.replays()
}

// TestNobodyForTheRole: where it was named, the circle may leave a role empty, which waits for no circle's welcome (M-213).
func TestNobodyForTheRole(t *testing.T) {
	w := welcoming(t, false)
	w.must(ben, consent.OpenSelection{ID: "p", Circle: nook, Roles: []circle.RoleID{baker}, Text: reason})
	w.chooses("p", "nobody")
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	require.Empty(t, w.holders())
	w.replays()
}

// welcoming has a circle inside den, of ben and dan, which selects for a role by which it is linked with den and with pen, and
// for one that links nowhere; both circles welcome who comes.
func welcoming(t *testing.T, accept bool) *world {
	t.Helper()
	c := byReasons
	c.Welcome, c.Accept = true, accept
	w := walking(t, nil, setting{Full: 4}, func(config *consent.Config) {
		config.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Selecting: c}}
	})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ben, dan}, Domain: []circle.Item{{ID: "bread", Of: "baking"}},
		Rules: circle.Rules{Matters: []circle.Matter{{Matter: "selection", Method: "own"}}}})
	w.must(host, circle.Open{ID: pen, Parent: den, Aim: text("Flour"), Members: []circle.PersonID{gus}, Domain: []circle.Item{{ID: "flour", Of: "baking"}},
		Rules: circle.Rules{Linking: circle.Linking{Cross: true}}})
	w.must(host, circle.CreateRole{ID: baker, Circle: nook, Hat: circle.Delegate})
	w.must(host, circle.CreateRole{ID: "cook", Circle: nook})
	w.must(host, circle.Open{ID: shelf, Parent: den, Aim: text("Jars"), Members: []circle.PersonID{cia}, Domain: []circle.Item{{ID: "jars", Of: "baking"}},
		Rules: circle.Rules{Linking: circle.Linking{Cross: true}}})
	w.must(host, circle.LinkTo{Circle: pen, To: shelf, As: circle.Delegate}) // the same office of another circle
	for _, to := range []circle.ID{den, pen} {
		w.must(host, circle.LinkTo{Circle: nook, To: to, As: circle.Delegate})
	}
	return w
}

// chooses brings a selection of nook to what its circle consents to.
func (w *world) chooses(id proposal.ID, names ...consent.Name) {
	w.t.Helper()
	said := circle.Say(string(names[0]))
	if len(names) > 1 {
		said = circle.Say(string(names[0]) + ", " + string(names[1]))
	}
	w.must(ben, consent.OpenRound{Proposal: id, Round: consent.NominateRound})
	w.must(ben, consent.Nominate{Proposal: id, Names: said})
	w.must(dan, consent.Nominate{Proposal: id, Names: said})
	w.must(ben, consent.ProposeCandidate{Proposal: id, Names: names, Text: text("For these reasons")})
	w.must(ben, consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	w.consents(id, ben, dan)
}

// TestWelcomedByEach: the role is given when each circle to which it links has welcomed who was chosen, and they have accepted,
// whichever comes last (M-223, EC-88).
func TestWelcomedByEach(t *testing.T) {
	welcome := map[circle.ID]func(*world){
		den: func(w *world) {
			w.must(ana, consent.Ask{ID: "q-den", Circle: den, Question: reason, Enacts: []circle.Deed{consent.Welcome{Proposal: "p"}}})
			w.consents("q-den", ana, ben, cia, dan)
		},
		pen: func(w *world) {
			w.must(gus, consent.Ask{ID: "q-pen", Circle: pen, Question: reason, Enacts: []circle.Deed{consent.Welcome{Proposal: "p"}}})
			w.consents("q-pen", gus)
		},
		nook: func(w *world) { w.must(dan, consent.AcceptRole{Proposal: "p"}) },
	}
	for name, c := range map[string]struct {
		roles []circle.RoleID
		names []consent.Name
		order []circle.ID
	}{
		"accepted first":              {[]circle.RoleID{baker}, []consent.Name{"dan"}, []circle.ID{nook, den, pen}},
		"accepted last":               {[]circle.RoleID{baker}, []consent.Name{"dan"}, []circle.ID{den, pen, nook}},
		"accepted in between":         {[]circle.RoleID{baker}, []consent.Name{"dan"}, []circle.ID{pen, nook, den}},
		"without being asked":         {[]circle.RoleID{baker}, []consent.Name{"dan"}, []circle.ID{pen, den}},
		"where the first is no one's": {[]circle.RoleID{"cook", baker}, []consent.Name{"nobody", "dan"}, []circle.ID{den, pen}},
	} {
		t.Run(name, func(t *testing.T) {
			w := welcoming(t, len(c.order) == 3)
			w.must(ben, consent.OpenSelection{ID: "p", Circle: nook, Roles: c.roles, Text: reason})
			w.chooses("p", c.names...)
			for _, next := range c.order {
				require.Equal(t, consent.StageAccept, w.stage("p"))
				require.Empty(t, w.holders())
				welcome[next](w)
			}
			require.Equal(t, consent.StageAdopted, w.stage("p"))
			require.Equal(t, []circle.PersonID{dan}, w.holders())
			w.replays()
		})
	}
}

// TestWelcomedBefore: whoever wears the role sits there already: chosen again, they are not welcomed anew (EC-88).
func TestWelcomedBefore(t *testing.T) {
	w := welcoming(t, false)
	w.must(host, circle.GiveRole{Role: baker, Person: dan})
	w.must(ben, consent.OpenSelection{ID: "p", Circle: nook, Roles: []circle.RoleID{baker}, Text: reason})
	w.chooses("p", "dan")
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	require.Equal(t, []circle.PersonID{dan}, w.holders())
	w.replays()
}

// TestBarredFromTheSecond: who could not take one of several roles is told so, whatever was named for the others (EC-83).
func TestBarredFromTheSecond(t *testing.T) {
	w := selecting(t, nil, byReasons)
	w.agree3("now", circle.CreateRole{ID: "leads", Circle: den, Hat: circle.Leader}, circle.CreateRole{ID: "del", Circle: den, Hat: circle.Delegate},
		circle.CreateRole{ID: "cook", Circle: den}, circle.GiveRole{Role: "leads", Person: ben})
	w.must(ana, consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{"cook", "del"}, Text: reason})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.NominateRound})
	var last consent.Receipt
	for _, who := range []circle.PersonID{ana, ben, cia} {
		last = w.must(who, consent.Nominate{Proposal: "q", Names: text("nobody, ben")})
	}
	require.Equal(t, []consent.Barred{{Name: "ben", Role: "del", Why: consent.Name(circle.LeaderIsDelegate.ID)}}, eventOf[*consent.NominationsOpened](t, last).Barred)
	w.replays()
}

// TestObjectorLeavesTheParameters: an objection of who has left, which the version meets, is settled with the parameters, and is not carried
// on to the candidates (M-212).
func TestObjectorLeavesTheParameters(t *testing.T) {
	c := byReasons
	c.Parameters = true
	w := selecting(t, nil, c)
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben)
	w.objects("p", "o", cia)
	w.must(ana, consent.Integrate{Proposal: "p", Text: text("For three months"), Term: months, Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Shorten}}}})
	w.must(cia, circle.Leave{Circle: den})
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageNominate, w.stage("p"))
	w.engine.Look(func(s *consent.State) { require.Empty(t, s.Objections.Standing("p")) })
	w.replays()
}

// TestNobodyNamed: where everybody was passed over and nobody named, a candidate is proposed on no count (M-218), and who may be proposed are the
// members, for a role, and the options of a choice (M-226).
func TestNobodyNamed(t *testing.T) {
	w := selecting(t, nil, byCount)
	naming(w)
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(ana, consent.Skip{Proposal: "p", Person: who})
	}
	w.must(ana, consent.Reveal{Proposal: "p"})
	require.Equal(t, "consent.propose-candidate", w.engine.Next("p")[0].What)
	w.must(ana, candidate("ben"))
	w.replays()
}

// TestTallyOfSeveral: to pass for one seat, and whom was discarded for it, takes nothing from the count of the others (M-222, M-224).
func TestTallyOfSeveral(t *testing.T) {
	sel := consent.Selection{Roles: []circle.RoleID{baker, "cook"}, Discarded: []consent.Name{"dan"}, Out: []circle.PersonID{lou},
		Nominations: []consent.Nomination{{By: lou, Names: []consent.Name{"ana", "ana"}}, {By: ana, Names: []consent.Name{"pass", "ben"}}, {By: ben, Names: []consent.Name{"dan", "ben"}}, {By: cia, Names: []consent.Name{"cia", "ben"}}}}
	require.Equal(t, []consent.Count{{Seat: 1, Name: "cia", N: 1}, {Seat: 2, Name: "ben", N: 3}}, sel.Tally())
}
