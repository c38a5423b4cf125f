package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
)

// TestPendingLinks: M-64, whom a circle is still to confirm: of each link those who wear its hat, or its one role,
// and have neither been confirmed nor refused; by the case that gave them the role.
func TestPendingLinks(t *testing.T) {
	given := func(who circle.PersonID, role circle.RoleID, by circle.Name) *circle.RoleGiven {
		return &circle.RoleGiven{Role: role, Person: who, Since: now, Case: by}
	}
	comes := func(from circle.ID, as circle.Hat, role circle.RoleID, who circle.PersonID, by circle.Name) circle.Pending {
		return circle.Pending{Circle: from, To: "places", As: as, Role: role, Person: who, Case: by}
	}
	wants := &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Linking: circle.Linking{Confirm: true}}}
	o := history(t, valley(hill,
		&circle.RoleCreated{Role: "envoy", Circle: "hill", Hat: circle.Representative}, &circle.RoleCreated{Role: "herald", Circle: "hill", Hat: circle.Representative},
		given("dee", "envoy", "c1"), given("dee", "herald", "c2"), given("ben", "herald", "c3"),
		given("ben", "valley-leader", "c4"), given("dee", "valley-delegate", "c5"), given("dee", "rota", "c6"),
		&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}, &circle.Linked{Circle: "valley", To: "places", As: circle.Delegate},
		&circle.Linked{Circle: "hill", To: "places", As: circle.Representative, Role: "envoy"}))
	require.Empty(t, o.PendingLinks(), "where nobody is to be confirmed")
	o.Apply(wants)
	cia, ben := comes("valley", circle.Leader, "", "cia", ""), comes("valley", circle.Leader, "", "ben", "c4")
	dee, envoy := comes("valley", circle.Delegate, "", "dee", "c5"), comes("hill", circle.Representative, "envoy", "dee", "c1")
	require.Equal(t, []circle.Pending{cia, ben, dee, envoy}, o.PendingLinks())

	o.Apply(&circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Leader, Person: "cia"})
	require.Equal(t, []circle.Pending{ben, dee, envoy}, o.PendingLinks())
	refuse := func(who circle.PersonID) circle.Event {
		return &circle.LinkRefused{Circle: "valley", To: "places", As: circle.Leader, Person: who, At: now}
	}
	o.Apply(refuse("cia"))
	o.Apply(refuse("ben"))
	require.Equal(t, []circle.Pending{dee, envoy}, o.PendingLinks())
	o.Apply(&circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Leader, Person: "ben"})
	require.Equal(t, []circle.Pending{dee, envoy}, o.PendingLinks(), "cia stays refused when ben is taken after all")
	require.Equal(t, []circle.PersonID{"ana", "ben"}, o.FullIn("places"))

	o.Apply(&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Linking: circle.Linking{Confirm: true}}})
	o.Apply(&circle.Linked{Circle: "hill", To: "valley", As: circle.Representative})
	require.Len(t, o.PendingLinks(), 4)
	o.Apply(&circle.Dissolved{Circle: "valley", To: "places"})
	require.Equal(t, []circle.Pending{envoy}, o.PendingLinks(), "a circle that has ended confirms nobody, and nobody comes from it")
}

// TestTakenIn: M-64, a circle that gives somebody a role that links to it has confirmed them for the links that go by that
// role, once, where it confirms anybody.
func TestTakenIn(t *testing.T) {
	given := append(crossing, &circle.RoleCreated{Role: "herald", Circle: "hill", Hat: circle.Representative},
		&circle.Linked{Circle: "hill", To: "places", As: circle.Representative, Role: "envoy"})
	o := history(t, bonded(circle.Linking{Confirm: true}, given...))
	require.Equal(t, []circle.Event{up}, o.TakenIn("places", "valley-delegate", "dee"))
	require.Equal(t, []circle.Event{&circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Leader, Person: "cia"}}, o.TakenIn("places", "valley-leader", "cia"))
	require.Equal(t, []circle.Event{&circle.LinkConfirmed{Circle: "hill", To: "places", As: circle.Representative, Role: "envoy", Person: "dee"}}, o.TakenIn("places", "envoy", "dee"))
	for _, role := range []circle.RoleID{"herald", "rota", "nothing"} {
		require.Empty(t, o.TakenIn("places", role, "dee"), role)
	}
	require.Empty(t, o.TakenIn("nowhere", "valley-delegate", "dee"))
	o.Apply(up)
	require.Empty(t, o.TakenIn("places", "valley-delegate", "dee"), "once")
	require.Empty(t, history(t, linked()).TakenIn("places", "valley-delegate", "dee"), "where nobody is confirmed")
}

// TestLinksKeepTheirTerms: M-67, the duties of a link, and M-55, who stands in at its end for nobody.
func TestLinksKeepTheirTerms(t *testing.T) {
	duties := []circle.Item{item("minutes", "")}
	o := history(t, valley(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader, Duties: duties}, &circle.Linked{Circle: "valley", To: "places", As: circle.Delegate},
		&circle.SurrogatesOrdered{Role: "valley-leader", Order: []circle.PersonID{"dee"}}, &circle.SurrogatesOrdered{Role: "valley-delegate", Order: []circle.PersonID{"ben"}}))
	c := o.Circle("places")
	require.Equal(t, duties, c.Linked[0].Bond.Duties)
	require.Nil(t, c.Linked[1].Bond)
	require.Equal(t, []circle.PersonID{"ana", "cia", "ben"}, o.FullIn("places"), "the Delegate's surrogate, and not the Leader's")
	require.Equal(t, []circle.PersonID{"dee"}, o.Surrogates("valley", circle.Leader))
	require.Equal(t, []circle.PersonID{"ben"}, o.Surrogates("valley", circle.Delegate))
	require.Empty(t, o.Surrogates("valley", circle.Secretary))
	require.Empty(t, o.Surrogates("nowhere", circle.Leader))
}

// TestSubstituteFor: M-59, who was named to wear a hat on one item, and on no other; it ends when nobody is left for whom they stood in.
func TestSubstituteFor(t *testing.T) {
	stands := &circle.SubstituteNamed{Role: "chair", Holder: "ben", Person: "dee", Item: "p1", By: "ben"}
	o := history(t, chaired(&circle.RoleGiven{Role: "chair", Person: "ana", Since: now},
		&circle.SubstituteNamed{Role: "valley-leader", Holder: "cia", Person: "ana", Item: "p2", By: "cia"}, stands))
	require.Equal(t, circle.PersonID("dee"), o.SubstituteFor("valley", circle.Facilitator, "p1"))
	require.Empty(t, o.SubstituteFor("valley", circle.Facilitator, "p2"))
	require.Equal(t, circle.PersonID("ana"), o.SubstituteFor("valley", circle.Leader, "p2"))
	require.Empty(t, o.SubstituteFor("valley", circle.Delegate, "p1"))
	o.Apply(&circle.RoleLaidDown{Role: "chair", Person: "ana"})
	require.Equal(t, circle.PersonID("dee"), o.SubstituteFor("valley", circle.Facilitator, "p1"), "ben still wears it")
	o.Apply(&circle.RoleLaidDown{Role: "chair", Person: "ben"})
	o.Apply(&circle.RoleGiven{Role: "chair", Person: "ana", Since: now})
	require.Empty(t, o.SubstituteFor("valley", circle.Facilitator, "p1"))
}

// TestTiesOfSome: M-63, where one link is wanted one is enough; a helping circle is tied by its end; and the links of another circle are no links.
func TestTiesOfSome(t *testing.T) {
	wants := &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Linking: circle.Linking{Wanted: circle.Single}}}
	o := history(t, helping(hill, wants, &circle.RoleCreated{Role: "hl", Circle: "hill", Hat: circle.Leader}, &circle.RoleGiven{Role: "hl", Person: "dee", Since: now},
		&circle.Linked{Circle: "hill", To: "places", As: circle.Leader}, &circle.Linked{Circle: "valley", To: "places", As: circle.Leader}))
	require.Equal(t, circle.Single, o.TiesOf("valley").Is)
	require.False(t, o.TiesOf("valley").Short)
	o.Apply(&circle.LinkEnded{Circle: "valley", To: "places", As: circle.Leader})
	require.True(t, o.TiesOf("valley").Short)
	require.Empty(t, o.TiesOf("helpers").Wanted)
	require.False(t, o.TiesOf("helpers").Short)
}

// TestOneHolderIsNoOverlap: M-9, naming who would resolve an overlap makes none: two circles must hold the item.
func TestOneHolderIsNoOverlap(t *testing.T) {
	o := history(t, hillside(&circle.Redefined{Circle: "hill", Terms: []circle.Terms{{Item: "care", Resolver: "places"}}}))
	require.Equal(t, []circle.Decider{{Circle: "hill", Item: "care", Because: circle.InDomain, Delegator: "places", Mode: circle.Exclusive}}, o.Decides("care"))
	o = history(t, inDale())
	require.Equal(t, []circle.ItemID{"walks"}, o.Decides("teams")[0].Pieces, "M-8: what a circle that has ended held has come back, and the others keep theirs")
	require.Equal(t, []circle.ItemID(nil), o.KeptBack("dale"))
	require.Empty(t, o.KeptBack("places"), "both items are handed down, one whole and one in a piece")
}

// TestObjectsTo: M-12, whoever takes full part in the circle that handed an item down on these terms objects; M-19, so does who takes part
// in a helping team, and is no guest there.
func TestObjectsTo(t *testing.T) {
	o := history(t, hillside(&circle.Redefined{Circle: "valley", Terms: []circle.Terms{{Item: "starting", Mode: circle.MayObject}}},
		&circle.Opened{Circle: "team", Parent: "valley", Type: circle.HelpingTeam, Aim: circle.Say("t")},
		&circle.Joined{Circle: "team", Person: "dee", Level: circle.Full}, &circle.Admitted{Person: "eva"}, &circle.Joined{Circle: "team", Person: "eva", Level: circle.Guest}))
	require.True(t, o.ObjectsTo("valley", "starting", "ana"))
	require.False(t, o.ObjectsTo("valley", "hand-over", "ana"), "on other terms")
	require.False(t, o.ObjectsTo("valley", "starting", "cia"), "who has a seat needs no right beside it")
	require.True(t, o.ObjectsTo("valley", "hand-over", "dee"))
	require.False(t, o.ObjectsTo("valley", "hand-over", "eva"))
	require.False(t, o.ObjectsTo("places", "care", "ana"), "nothing is around the root")
}

// TestWhatWasNotSaidStays: M-6, what a change does not speak of stays as it was.
func TestWhatWasNotSaidStays(t *testing.T) {
	terms := []circle.Terms{{Item: "nets", Mode: circle.Supersede}}
	o := history(t, hillside(&circle.Redefined{Circle: "brook", Terms: terms}, &circle.Redefined{Circle: "brook", Name: circle.Say("The Brook")}, keys,
		&circle.Opened{Circle: "all", Parent: "places", Type: circle.Service, Domain: []circle.Item{item("vans", "teams")}, Terms: []circle.Terms{{Item: "vans", Mode: circle.Supersede}}, Serves: []circle.ID{"valley"}},
		&circle.Opened{Circle: "both", Parent: "places", Type: circle.Stakeholder, Domain: []circle.Item{item("bikes", "teams")}, Serves: []circle.ID{"hill"}, Gathers: []circle.Class{circle.Worker}},
		&circle.Opened{Circle: "bens", Parent: "valley", Type: circle.Team, Domain: []circle.Item{item("starting", "")}, Owner: "ben"}))
	brook := o.Circle("brook")
	require.Equal(t, terms, brook.Charter().Terms)
	require.Equal(t, []circle.Item{item("fish", "")}, brook.AimParts)
	require.Equal(t, &circle.Charter{Terms: []circle.Terms{{Item: "vans", Mode: circle.Supersede}}, Serves: []circle.ID{"valley"}}, o.Circle("all").Charter())
	require.Equal(t, &circle.Charter{Serves: []circle.ID{"hill"}, Gathers: []circle.Class{circle.Worker}}, o.Circle("both").Charter())
	require.Equal(t, circle.PersonID("ben"), o.Circle("bens").Charter().Owner)

	o.Apply(&circle.RoleDissolved{Role: "keys", Circle: "valley"})
	require.Equal(t, []circle.RoleID{"valley-leader", "valley-delegate", "rota"}, o.Circle("valley").Roles)
	o.Apply(&circle.RoleMoved{Role: "rota", From: "valley", To: "hill"})
	require.Equal(t, []circle.RoleID{"valley-leader", "valley-delegate"}, o.Circle("valley").Roles)
	require.Equal(t, []circle.RoleID{"rota"}, o.Circle("hill").Roles)

	taken := []circle.Terms{{Item: "boats", Mode: circle.Supersede}}
	o = history(t, free(&circle.TakenIn{Circle: "ferry", Parent: "valley", Type: circle.Local, Domain: []circle.Item{item("boats", "hand-over")}, Terms: taken},
		&circle.Merged{Circle: "valley", Into: "hill", Domain: wider, Terms: []circle.Terms{{Item: "ending", Mode: circle.Supersede}}}))
	require.Equal(t, taken, o.Circle("ferry").Charter().Terms)
	require.Equal(t, []circle.Terms{{Item: "ending", Mode: circle.Supersede}}, o.Circle("hill").Charter().Terms)
	o.Apply(&circle.Merged{Circle: "brook", Into: "hill"})
	require.Equal(t, []circle.Terms{{Item: "ending", Mode: circle.Supersede}}, o.Circle("hill").Charter().Terms)
}

// TestUnconfirmedMayPrepare: M-4, what confirms the aim, or says it anew, is decided before the aim is confirmed.
func TestUnconfirmedMayPrepare(t *testing.T) {
	o := history(t, hillside(&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}, Unconfirmed: true}))
	require.NoError(t, o.MayDecide("new", []circle.Deed{circle.Redefine{Circle: "new"}}))
	require.NoError(t, o.MayDecide("new", []circle.Deed{circle.ConsentTo{Change: "c"}}))
}

// TestFindingsAtTheirEdge: M-31, EC-73, what is just enough is not reported.
func TestFindingsAtTheirEdge(t *testing.T) {
	whats := func(o *circle.Organisation, id circle.ID) []circle.Notice {
		var out []circle.Notice
		for _, f := range o.Findings("places") {
			if f.Circle == id {
				out = append(out, f.What)
			}
		}
		return out
	}
	require.NotContains(t, whats(history(t, agreed(circle.Structuring{Most: 2})), "valley"), circle.TooMany)
	require.Contains(t, whats(history(t, agreed(circle.Structuring{Most: 1})), "valley"), circle.TooMany)
	require.NotContains(t, whats(history(t, hillside()), "valley"), circle.TooMany, "where nothing is agreed")

	serves := func(n int) *circle.Opened {
		return &circle.Opened{Circle: "vans", Parent: "places", Type: circle.Service, Domain: []circle.Item{item("vans", "teams")}, Serves: []circle.ID{"valley", "hill", "brook"}[:n]}
	}
	require.Contains(t, whats(history(t, hillside(serves(1))), "vans"), circle.ServesFew)
	require.NotContains(t, whats(history(t, hillside(serves(2))), "vans"), circle.ServesFew)
	require.NotContains(t, whats(history(t, hillside(serves(3))), "vans"), circle.ServesFew)
	require.NotContains(t, whats(history(t, hillside()), "hill"), circle.ServesFew)

	d := func(who circle.PersonID) circle.Event { return elected(who) }
	require.Contains(t, whats(history(t, boarded(nil, d("ben"), d("cia"))), "places"), circle.BoardShort)
	require.NotContains(t, whats(history(t, boarded(nil, d("ben"), d("cia"), d("dee"))), "places"), circle.BoardShort)

	kept := history(t, hillside(&circle.ItemLent{Circle: "valley", To: "hill", Item: "starting", Since: now, AtWill: true}))
	require.Empty(t, kept.KeptBack("valley"), "M-28: what is lent is with somebody")
	require.Equal(t, []circle.ItemID{"starting"}, history(t, hillside()).KeptBack("valley"))
}

// TestMissingLinks: I-13, who is tied by both hats: a department, whatever it lies in, and what lies in a general or a mission circle; nobody else.
func TestMissingLinks(t *testing.T) {
	in := func(parent, kind circle.Kind) []circle.Hat {
		return history(t, hillside(
			&circle.Opened{Circle: "outer", Parent: "places", Type: parent, Domain: []circle.Item{item("law", "teams")}},
			&circle.Opened{Circle: "inner", Parent: "outer", Type: kind, Domain: []circle.Item{item("law", "")}})).MissingLinks("inner")
	}
	leader := []circle.Hat{circle.Leader}
	require.Equal(t, leader, in(circle.General, circle.Local))
	require.Equal(t, leader, in(circle.Mission, circle.Local))
	require.Equal(t, leader, in(circle.Local, circle.Department))
	require.Equal(t, leader, in(circle.Mission, circle.General))
	require.Empty(t, in(circle.Local, circle.Sub))
	require.Empty(t, in(circle.General, circle.HelpingTeam), "what is governed from outside is tied by that")
	require.Empty(t, history(t, hillside()).MissingLinks("places"))

	o := history(t, hillside(&circle.Opened{Circle: "outer", Parent: "places", Type: circle.General, Domain: []circle.Item{item("law", "teams")}},
		&circle.Opened{Circle: "inner", Parent: "outer", Type: circle.Department, Domain: []circle.Item{item("law", "")}},
		&circle.RoleCreated{Role: "il", Circle: "inner", Hat: circle.Leader}, &circle.RoleGiven{Role: "il", Person: "dee", Since: now},
		&circle.Linked{Circle: "inner", To: "outer", As: circle.Representative}))
	require.Equal(t, leader, o.MissingLinks("inner"), "a link by another hat is not that of the Leader")
}

// TestKeptWhenItChanges: what is counted is added up, and what is taken from somebody is theirs alone.
func TestKeptWhenItChanges(t *testing.T) {
	o := history(t, founded(&circle.BudgetGranted{Circle: "places", Units: 300, Currency: "EUR"}, &circle.BudgetGranted{Circle: "places", Units: 40, Currency: "EUR"}))
	require.Equal(t, 340, o.Budget("places", "EUR").Granted, "M-14: granted twice is granted together")

	attested := &circle.FactsAttested{Person: "ben", Facts: []circle.Name{"age-16", "support"}, By: "ana"}
	o = history(t, founded(attested, &circle.ClassChanged{Person: "ben", To: circle.Worker, Lapsed: []circle.Name{"support"}}))
	require.Equal(t, []circle.Attested{{Fact: "age-16", By: "ana"}}, o.Person("ben").Attested, "what was attested for the old class lapses")
	o = history(t, founded(attested, &circle.ClassChanged{Person: "ben", To: circle.Worker}))
	require.Len(t, o.Person("ben").Attested, 2)

	asks := &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{OwnAgreement: true}}
	o = history(t, valley(settled, asks, &circle.JoiningAgreed{Circle: "valley", Person: "ana"}, &circle.JoiningAgreed{Circle: "valley", Person: "dee"},
		&circle.Joined{Circle: "valley", Person: "ana", Level: circle.Full}, &circle.Left{Circle: "valley", Person: "ana"}))
	joins := func(who circle.PersonID) error {
		_, err := o.Decide(circle.Actor{}, now, circle.Join{Circle: "valley", Person: who, Level: circle.Full}, circle.Facts{ConsentOf: "valley"})
		return err
	}
	require.NoError(t, joins("dee"), "M-35: who agreed, and has not joined yet")
	lawtest.Refused(t, circle.NotAgreed, joins("ana")) // once: who left is asked again

	board, in := history(t, valley()).BoardIn("valley")
	require.Nil(t, board)
	require.Empty(t, in)
	o = history(t, valley(&circle.RulesAgreed{Circle: "valley", Rules: looking(0), At: now}))
	require.Len(t, o.RulesDue(), 2)
	o.Apply(&circle.Dissolved{Circle: "valley", To: "places"})
	require.Empty(t, o.RulesDue(), "CP-30: a circle that has ended looks at nothing")
}

// TestPastOfOne: M-32, what ends for one, in the past, ends for nobody else.
func TestPastOfOne(t *testing.T) {
	o, parts := &circle.Organisation{}, 0
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	at := func(n int, events ...circle.Event) {
		for _, e := range events {
			o.Reach(day(n))
			happen(t, o, e, &parts)
		}
	}
	at(0, valley(facilitated...)...)
	at(1, &circle.LeaveBegan{Circle: "valley", Person: "ben"}, &circle.LeaveBegan{Circle: "valley", Person: "cia"})
	at(2, &circle.LeaveEnded{Circle: "valley", Person: "ben"})
	require.Equal(t, []circle.PersonID{"ben"}, o.AsOf(day(2)).FullIn("valley"), "cia is still away")
	at(3, &circle.RoleDissolved{Role: "chair", Circle: "valley"})
	at(4, &circle.LeaveEnded{Circle: "valley", Person: "cia"})
	require.Equal(t, []circle.PersonID{"ben"}, o.AsOf(day(2)).FullIn("valley"), "and she was, then")
	require.Equal(t, []circle.PersonID{"ben", "cia"}, o.AsOf(day(4)).FullIn("valley"))
	require.Equal(t, []circle.PersonID{"ben"}, o.AsOf(day(2)).Wearers("valley", circle.Facilitator))
	require.Empty(t, o.AsOf(day(3)).Wearers("valley", circle.Facilitator))
	require.Equal(t, []circle.PersonID{"cia"}, o.AsOf(day(4)).Wearers("valley", circle.Leader))
	at(4, hill, &circle.RoleCreated{Role: "hl", Circle: "hill", Hat: circle.Leader}, &circle.RoleGiven{Role: "hl", Person: "dee", Since: now},
		&circle.Linked{Circle: "hill", To: "places", As: circle.Leader}, &circle.Linked{Circle: "valley", To: "places", As: circle.Leader})
	require.ElementsMatch(t, []circle.PersonID{"ana", "dee", "cia"}, o.AsOf(day(4)).FullIn("places"), "each by their own link")
	at(5, &circle.RoleMoved{Role: "valley-leader", From: "valley", To: "places"})
	require.Equal(t, []circle.PersonID{"cia"}, o.AsOf(day(4)).Wearers("valley", circle.Leader))
	require.Empty(t, o.AsOf(day(5)).Wearers("valley", circle.Leader))
	require.Equal(t, []circle.PersonID{"cia"}, o.AsOf(day(5)).Wearers("places", circle.Leader))
}

// TestWhoIsNamed: whoever is refused is told by their name whom it concerns.
func TestWhoIsNamed(t *testing.T) {
	o := history(t, bodied(settled, hill))
	fact := func(by circle.Actor, f circle.Facts, cmd circle.Command, name string) any {
		_, err := o.Decide(by, now, cmd, f)
		var r *circle.Refusal
		require.ErrorAs(t, err, &r)
		for _, x := range r.Facts {
			if x.Name == name {
				return x.Value
			}
		}
		return nil
	}
	agree := circle.AgreeStructure{Circle: "valley", Structure: circle.Structuring{Most: 5}}
	require.Equal(t, circle.ID("hill"), fact(circle.Actor{}, circle.Facts{ConsentOf: "hill"}, agree, "who"))
	require.Equal(t, circle.PersonID("cia"), fact(circle.Actor{By: "cia"}, circle.Facts{}, agree, "who"))
	require.Equal(t, circle.PersonID("cia"), fact(circle.Actor{By: "cia"}, circle.Facts{ConsentOf: "hill"}, agree, "who"), "whoever acts is named first")

	var r *circle.Refusal
	require.ErrorAs(t, o.ActsInPerson(circle.Actor{By: "mill"}), &r)
	require.Contains(t, r.Error(), "dee")
	require.ErrorAs(t, o.Admits(circle.Actor{By: "dee", For: "ben", Through: "ana"}), &r)
	require.Equal(t, circle.Fact{Name: "who", Value: circle.PersonID("ben")}, r.Facts[0], "whose interpreter is asked for")
	o = history(t, append(stopped("cia"), &circle.RoleCreated{Role: "p-leader", Circle: "places", Hat: circle.Leader}, &circle.RoleGiven{Role: "p-leader", Person: "ana", Since: now},
		&circle.RoleLaidDown{Role: "valley-leader", Person: "cia"}))
	require.Equal(t, []circle.PersonID{"ana"}, fact(circle.Actor{By: "ben"}, circle.Facts{}, circle.Spend{Spending: "pots"}, "holders"), "of the circle around, where there is no Leader")

	o = history(t, valley(hill))
	ana := circle.Actor{By: "ana"}
	require.Equal(t, "places", fact(ana, circle.Facts{}, circle.LinkTo{Circle: "valley", To: "hill", As: circle.Leader}, "parent"))
	require.Contains(t, fact(ana, circle.Facts{}, circle.LinkTo{Circle: "places", To: "hill", As: circle.Leader}, "parent"), "no circle around")
}
