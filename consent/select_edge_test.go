package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
)

const bridge circle.ID = "bridge"

// TestToldOfVacancy: M-51 and EC-85, when nobody wears a role any more, each circle is
// told to which it links, once, and no other.
func TestToldOfVacancy(t *testing.T) {
	for _, r := range []struct {
		name string
		link func(w *world)
		told []circle.ID
	}{
		{"each to which its hat links", func(w *world) {
			w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Delegate})
			w.must(host, circle.LinkTo{Circle: nook, To: bridge, As: circle.Delegate})
		}, []circle.ID{nook, den, bridge}},
		{"none to which another hat links", func(w *world) {
			w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Leader})
			w.must(host, circle.LinkTo{Circle: nook, To: bridge, As: circle.Delegate})
		}, []circle.ID{nook, bridge}},
		{"none to which another role of its hat links", func(w *world) {
			w.must(host, circle.CreateRole{ID: "second", Circle: nook, Hat: circle.Delegate})
			w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Delegate, Role: "second"})
			w.must(host, circle.LinkTo{Circle: nook, To: bridge, As: circle.Delegate, Role: baker})
		}, []circle.ID{nook, bridge}},
		{"a circle to which two of its hats link, once", func(w *world) {
			w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Delegate})
			w.must(host, circle.LinkTo{Circle: nook, To: den, As: circle.Leader})
		}, []circle.ID{nook, den}},
	} {
		t.Run(r.name, func(t *testing.T) {
			w := newWorld(t, setting{Full: 4})
			w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ben, dan}, Domain: []circle.Item{{ID: "bread", Of: "baking"}}})
			w.must(host, circle.Open{ID: bridge, Parent: den, Aim: text("Other bakers"), Members: []circle.PersonID{cia, ana}, Domain: []circle.Item{{ID: "others", Of: "baking"}},
				Rules: circle.Rules{Linking: circle.Linking{Cross: true}}})
			w.must(host, circle.CreateRole{ID: baker, Circle: nook, Hat: circle.Delegate})
			r.link(w)
			w.must(ben, consent.OpenSelection{ID: "p", Circle: nook, Roles: []circle.RoleID{baker}, Text: reason})
			w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.NominateRound})
			w.must(ben, consent.Nominate{Proposal: "p", Names: text("dan")})
			w.must(dan, consent.Nominate{Proposal: "p", Names: text("dan")})
			w.proposes(ben, "dan")
			w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
			w.consents("p", ben, dan)
			require.Equal(t, []circle.PersonID{dan}, w.holders())
			e := eventOf[*consent.SelectionQueued](t, w.must(dan, circle.LayDown{Role: baker}))
			require.ElementsMatch(t, r.told, e.Told)
			require.Equal(t, nook, e.Told[0], "its own circle first")
			w.replays()
		})
	}
}

// TestSearchOutside: M-213 and M-217, a circle that chooses to search outside lets whoever
// holds the role keep it until somebody is found, and nothing is asked of anybody.
func TestSearchOutside(t *testing.T) {
	c := byReasons
	c.Accept, c.Welcome = true, true
	w := selecting(t, nil, c)
	w.asks("ben")
	w.consents("p", ana, ben, cia)
	w.must(ben, consent.AcceptRole{Proposal: "p"})
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	last := func() (out consent.Selected) {
		w.engine.Look(func(s *consent.State) { out = *s.LastSelected(baker) })
		return out
	}
	before := last()

	w.must(ana, consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes, and can be found")})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.NominateRound})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, consent.Nominate{Proposal: "q", Names: text(string(consent.NamesOutside))})
	}
	w.must(ana, consent.ProposeCandidate{Proposal: "q", Names: []consent.Name{consent.Name(consent.NamesOutside)}, Text: reason})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.consents("q", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("q"))
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	require.Equal(t, before, last(), "nobody was selected: what the role asks for stands where it stood")
	w.replays()
}

// TestTwoSeats: M-214 and M-224, two seats are filled with two people.
func TestTwoSeats(t *testing.T) {
	w := selecting(t, nil, byReasons)
	w.drop("p", ana, ben, cia)
	w.must(ana, consent.OpenSelection{ID: "two", Circle: den, Roles: []circle.RoleID{baker, baker}, Text: text("Two bakers")})
	w.must(ana, consent.OpenRound{Proposal: "two", Round: consent.NominateRound})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, consent.Nominate{Proposal: "two", Names: text("ben, cia")})
	}
	for _, names := range [][]consent.Name{{"ben"}, {"ben", "ben"}, {"ben", "cia", "ben"}} {
		w.no(consent.NamesForSeats, ana, consent.ProposeCandidate{Proposal: "two", Names: names, Text: reason})
	}
	w.must(ana, consent.ProposeCandidate{Proposal: "two", Names: []consent.Name{"ben", "cia"}, Text: reason})
}

// TestNextIsWhoCan: M-218 and M-219, who is awaited to propose somebody is who was asked
// to, as long as they take full part; and where only things are chosen among, no person
// is left to be proposed.
func TestNextIsWhoCan(t *testing.T) {
	next := func(w *world) consent.Awaited { return w.engine.Next("p")[0] }
	w := newSelecting(t)
	whoNamed("ben", "ben", "ben")(w)
	w.must(ana, consent.AskToPropose{Proposal: "p", Person: cia})
	require.Equal(t, []circle.PersonID{cia}, next(w).Who)
	w.must(cia, circle.Leave{Circle: den})
	require.Equal(t, consent.Awaited{Who: []circle.PersonID{ana}, What: "consent.propose-candidate", Of: "p"}, next(w))

	w = newSelecting(t) // nobody named anybody: whoever takes full part may be proposed
	naming(w)
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(ana, consent.Skip{Proposal: "p", Person: who})
	}
	w.must(ana, consent.Reveal{Proposal: "p"})
	require.Equal(t, "consent.propose-candidate", next(w).What)

	w = walking(t, nil, setting{Full: 3, Facilitator: ana})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Text: text("Where?"),
		Options: []consent.Choice{{ID: "barn", Text: text("The barn")}, {ID: "cafe", Text: text("The cafe")}}})
	naming(w)
	w.names("barn", "barn", "barn")
	w.proposes(ana, "barn")
	w.must(ana, consent.DiscardCandidate{Proposal: "p", Reason: reason})
	require.Equal(t, "consent.open-round", next(w).What, "the one thing that was named is discarded: they name again")

	w = walking(t, nil, setting{Full: 3, Facilitator: ana})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Text: text("Where?"), Options: options("barn", "cafe")})
	naming(w)
	for _, who := range everybody[:3] {
		w.must(ana, consent.Skip{Proposal: "p", Person: who})
	}
	w.must(ana, consent.Reveal{Proposal: "p"})
	for _, left := range []consent.Name{"barn", "cafe"} {
		require.Equal(t, "consent.propose-candidate", next(w).What, "nobody named it, and it is there")
		w.proposes(ana, left)
		w.must(ana, consent.DiscardCandidate{Proposal: "p", Reason: reason})
	}
	require.Equal(t, "consent.open-round", next(w).What, "nothing is left, and people are not chosen here")
}

// TestNamesThatAreGone: whose sealed names were erased before all were opened has named nobody, and what the others named is opened
// (M-217, CP-23).
func TestNamesThatAreGone(t *testing.T) {
	vault := &forgetful{badVault: badVault{Memory: &ledger.Memory{}}}
	w := walking(t, nil, setting{Full: 3, Facilitator: ana}, func(c *consent.Config) { c.Vault = vault })
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes"), Term: months})
	naming(w)
	w.names("ben", "cia")
	at := w.process("p").Trail.Last
	for r, err := range w.engine.Entries(t.Context(), at-1) {
		require.NoError(t, err)
		if r.Entry.Actor.By == ana {
			vault.gone = map[string]error{r.Entry.Parts[0].Commitment: ledger.ErrErased}
		}
	}
	require.Len(t, vault.gone, 1)
	opened := eventOf[*consent.NominationsOpened](t, w.must(cia, consent.Nominate{Proposal: "p", Names: text("ben")}))
	require.Equal(t, []circle.PersonID{ana}, opened.Gone)
	require.Equal(t, []consent.Named{{By: ben, Names: []consent.Name{"cia"}}, {By: cia, Names: []consent.Name{"ben"}}}, opened.Nominations)
	w.replays()
}

// TestSelectionsThatCannotBe: M-226. No selection takes the name of another case, or chooses among what
// cannot be carried out.
func TestSelectionsThatCannotBe(t *testing.T) {
	w := inAndAround(t)
	among := func(deeds ...circle.Deed) consent.OpenSelection {
		return consent.OpenSelection{ID: "s", Circle: den, Text: text("Which?"), Options: []consent.Choice{{ID: "one", Text: text("One"), Enacts: deeds}, {ID: "two", Text: text("Two")}}}
	}
	taken := among()
	taken.ID = "own"
	w.no(circle.TakenID, ana, taken)
	w.no(circle.UnknownCircle, ana, among(circle.CreateRole{ID: "clerk", Circle: "nowhere", Name: text("Clerk")}))
	w.replays()
}
