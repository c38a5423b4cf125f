package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
)

// inDale has a circle dale beside valley that came after it, and valley has ended.
func inDale(more ...circle.Event) []circle.Event {
	return hillside(append([]circle.Event{
		&circle.Opened{Circle: "dale", Parent: "places", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("walks", "teams")}},
		&circle.Dissolved{Circle: "valley", To: "places"}}, more...)...)
}

// keys is a second role of valley without a hat.
var keys = &circle.RoleCreated{Role: "keys", Circle: "valley", Name: circle.Say("Keys")}

func atValley(change func(*circle.Redefine)) circle.Redefine {
	c := circle.Redefine{Circle: "valley"}
	change(&c)
	return c
}

// detailRows are the law where one word of it decides: of several that are asked, the one that
// says no or yes.
var detailRows = []row{
	{name: "M-66: by a role that is there", given: linked(), when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Representative, Role: "nothing"}, refused: circle.LinkByRole},
	{name: "M-67: not who comes through another link too", by: "dee", when: circle.LayDown{Role: "valley-delegate"}, given: fromTwo(),
		then: []circle.Event{&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"}}},
	{name: "M-67: also when it is the link that ends", when: circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate}, given: fromTwo(),
		then: []circle.Event{&circle.LinkEnded{Circle: "valley", To: "places", As: circle.Delegate}}},
	{name: "M-22: a circle that serves others is not linked to by a third", refused: circle.NotBroader, when: circle.LinkTo{Circle: "brook", To: "both", As: circle.Delegate},
		given: hillside(&circle.Opened{Circle: "both", Parent: "places", Type: circle.Service, Aim: circle.Say("b"), Domain: []circle.Item{item("vans", "teams")}, Serves: []circle.ID{"valley", "hill"}})},

	{name: "M-49: what is kept apart is no other hat", given: staffed(circle.Staffing{Apart: []circle.Apart{{One: circle.Leader, Other: circle.Facilitator}}},
		append(facilitated, &circle.RoleCreated{Role: "pen", Circle: "valley", Hat: circle.Secretary})...), when: circle.GiveRole{Role: "pen", Person: "ben"},
		then: []circle.Event{&circle.RoleGiven{Role: "pen", Person: "ben", Since: now}}},
	{name: "EC-90: the Facilitator may turn it", by: "ana", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("Went well")},
		given: valley(worn, rotates, facilitated[0], &circle.RoleGiven{Role: "chair", Person: "ana", Since: now}),
		then:  []circle.Event{&circle.RoleTurned{Role: "rota", From: "ben", To: "cia", At: now, By: "ana", Evaluation: circle.Say("Went well")}}},
	{name: "EC-90: so may the Secretary", by: "ana", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("Went well")},
		given: valley(worn, rotates, &circle.RoleCreated{Role: "pen", Circle: "valley", Hat: circle.Secretary}, &circle.RoleGiven{Role: "pen", Person: "ana", Since: now}),
		then:  []circle.Event{&circle.RoleTurned{Role: "rota", From: "ben", To: "cia", At: now, By: "ana", Evaluation: circle.Say("Went well")}}},
	{name: "M-60: past who has left, to the one behind", by: "ben", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("Went well")},
		given: valley(worn, &circle.RotationAgreed{Role: "rota", Order: []circle.PersonID{"ben", "cia", "ana"}}, &circle.Left{Circle: "valley", Person: "cia"},
			&circle.Joined{Circle: "valley", Person: "ana", Level: circle.Full}),
		then: []circle.Event{&circle.RoleTurned{Role: "rota", From: "ben", To: "ana", At: now, By: "ben", Evaluation: circle.Say("Went well")}}},
	{name: "M-60: the circles that it is linked with are told, and those that have ended are not", when: circle.Rotate{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "ana", Told: []circle.ID{"places"}},
		given: linked(&circle.Opened{Circle: "brook", Parent: "valley", Type: circle.Local, Domain: []circle.Item{item("starting", "")}},
			&circle.Linked{Circle: "brook", To: "valley", As: circle.Leader}, &circle.Dissolved{Circle: "brook", To: "valley"}),
		then: []circle.Event{&circle.RotationAgreed{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "ana", Told: []circle.ID{"places"}}}},

	{name: "M-18: one meeting is a number of meetings", given: valley(), when: helps(func(c *circle.Open) { c.Meetings, c.Members = 1, nil }),
		then: []circle.Event{&circle.Opened{Circle: "helpers", Parent: "valley", Type: circle.Helping, Product: circle.Say("a draft"), Meetings: 1, Answers: "notes"},
			&circle.Joined{Circle: "helpers", Person: "cia", Level: circle.Full},
			&circle.RoleCreated{Role: "helpers-leader", Circle: "helpers", Hat: circle.Leader}, &circle.RoleGiven{Role: "helpers-leader", Person: "cia", Since: now}}},
	{name: "M-17: a department in the general circle", given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.General, Aim: circle.Say("b"), Domain: []circle.Item{item("law", "teams")}}),
		when: ofKind(circle.Department, "board", withDomain("law", "")),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "board", Type: circle.Department, Aim: circle.Say("New"), Domain: []circle.Item{item("law", "")}}}},
	{name: "M-17: a department in the root, while there is no general circle", given: hillside(), when: ofKind(circle.Department, "places", withDomain("law", "teams")),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "places", Type: circle.Department, Aim: circle.Say("New"), Domain: []circle.Item{item("law", "teams")}}}},
	{name: "M-17: two classes are enough", given: hillside(), when: ofKind(circle.Stakeholder, "places", func(c *circle.Open) {
		c.Domain, c.Gathers = []circle.Item{item("vans", "teams")}, []circle.Class{circle.Worker, circle.Supported}
	}), then: []circle.Event{&circle.Opened{Circle: "new", Parent: "places", Type: circle.Stakeholder, Aim: circle.Say("New"), Domain: []circle.Item{item("vans", "teams")},
		Gathers: []circle.Class{circle.Worker, circle.Supported}}}},
	{name: "M-31: as many as agreed, from the start", given: agreed(circle.Structuring{Most: 1, Larger: circle.RefuseBeyond}),
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) {
			c.Domain, c.Members = []circle.Item{item("starting", "")}, []circle.PersonID{"ana"}
		}),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("New"), Domain: []circle.Item{item("starting", "")}},
			&circle.Joined{Circle: "new", Person: "ana", Level: circle.Full}}},
	{name: "M-31: and as many as agreed, joining", given: agreed(circle.Structuring{Most: 3, Larger: circle.RefuseBeyond}), when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Full},
		then: []circle.Event{&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Full}}},
	{name: "M-31: beyond a number that nobody agreed there is nothing", given: agreed(circle.Structuring{Larger: circle.RefuseBeyond}),
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) {
			c.Domain, c.Members = []circle.Item{item("starting", "")}, []circle.PersonID{"ana"}
		}),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("New"), Domain: []circle.Item{item("starting", "")}},
			&circle.Joined{Circle: "new", Person: "ana", Level: circle.Full}}},
	{name: "M-31: a larger one that is only reported begins", given: agreed(circle.Structuring{Most: 1, Larger: circle.WarnOfSize}),
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) {
			c.Domain, c.Members = []circle.Item{item("starting", "")}, []circle.PersonID{"ana", "ben"}
		}),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("New"), Domain: []circle.Item{item("starting", "")}},
			&circle.Joined{Circle: "new", Person: "ana", Level: circle.Full}, &circle.Joined{Circle: "new", Person: "ben", Level: circle.Full}}},
	{name: "M-31: a hat that is linked nowhere makes nobody larger", when: circle.GiveRole{Role: "valley-delegate", Person: "dee"},
		given: agreed(circle.Structuring{Most: 2, Larger: circle.RefuseBeyond}, &circle.Joined{Circle: "places", Person: "ben", Level: circle.Full},
			&circle.Linked{Circle: "hill", To: "places", As: circle.Delegate}),
		then: []circle.Event{&circle.RoleGiven{Role: "valley-delegate", Person: "dee", Since: now}}},

	{name: "M-9: two items have terms, each its own", given: hillside(), when: atValley(func(c *circle.Redefine) {
		c.Terms = []circle.Terms{{Item: "hand-over", Mode: circle.Supersede}, {Item: "starting", Mode: circle.MayObject}}
	}), then: []circle.Event{&circle.Redefined{Circle: "valley", Terms: []circle.Terms{{Item: "hand-over", Mode: circle.Supersede}, {Item: "starting", Mode: circle.MayObject}}}}},
	{name: "M-9: who resolves the second is looked at, too", given: hillside(), refused: circle.BadResolver, when: atValley(func(c *circle.Redefine) {
		c.Terms = []circle.Terms{{Item: "hand-over", Mode: circle.Supersede}, {Item: "starting", Resolver: "nowhere"}}
	})},
	{name: "M-6: an aim and a domain at once", given: hillside(), when: atValley(func(c *circle.Redefine) { c.AimParts, c.Domain = []circle.Item{item("better", "")}, wider[:2] }),
		then: []circle.Event{&circle.Redefined{Circle: "valley", AimParts: []circle.Item{item("better", "")}, Domain: wider[:2]}}},
	{name: "M-6: a piece and its terms at once", given: hillside(), when: circle.Redefine{Circle: "hill", Domain: []circle.Item{item("care", "")}, Terms: []circle.Terms{{Item: "care", Mode: circle.Supersede}}},
		then: []circle.Event{&circle.Redefined{Circle: "hill", Domain: []circle.Item{item("care", "")}, Terms: []circle.Terms{{Item: "care", Mode: circle.Supersede}}}}},
	{name: "M-19: a helping team has an aim that can be said anew", when: circle.Redefine{Circle: "team", Aim: circle.Say("Help better")},
		given: hillside(&circle.Opened{Circle: "team", Parent: "valley", Type: circle.HelpingTeam, Aim: circle.Say("t")}),
		then:  []circle.Event{&circle.Redefined{Circle: "team", Aim: circle.Say("Help better")}}},
	{name: "M-8: the root too keeps what it handed down", given: hillside(), when: circle.Redefine{Circle: "places", Domain: []circle.Item{item("teams", "")}}, refused: circle.StillHandedDown},
	{name: "M-8: also to a circle that came after one that has ended", given: inDale(), when: circle.Redefine{Circle: "places", Domain: []circle.Item{item("care", "")}}, refused: circle.StillHandedDown},
	{name: "M-9: what a later circle holds is held, whoever ended before it", given: inDale(), when: opens("bakery", nil), refused: circle.NotHeld},

	{name: "I-19: a circle inside is named once", given: hillside(), when: circle.Dissolve{Circle: "valley", Raise: []circle.ID{"brook", "brook"}, Roles: dissolving.Roles}, refused: circle.NotInThere},
	{name: "I-19: a hat is none of the roles that go anywhere", given: hillside(), refused: circle.NotInThere,
		when: circle.Dissolve{Circle: "valley", Raise: dissolving.Raise, Roles: append([]circle.RoleGoes{{Role: "valley-leader"}}, dissolving.Roles...)}},
	{name: "I-19: nor is one that has ended", given: hillside(keys, &circle.RoleDissolved{Role: "keys", Circle: "valley"}), refused: circle.NotInThere,
		when: circle.Dissolve{Circle: "valley", Raise: dissolving.Raise, Roles: append([]circle.RoleGoes{{Role: "keys"}}, dissolving.Roles...)}},
	{name: "I-19: one role ends, another goes on", given: hillside(keys), when: circle.Dissolve{Circle: "valley", Raise: dissolving.Raise, Roles: []circle.RoleGoes{{Role: "keys"}, {Role: "rota", To: "places"}}},
		then: []circle.Event{&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleDissolved{Role: "keys", Circle: "valley"}, &circle.RoleMoved{Role: "rota", From: "valley", To: "places"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "places", Domain: []circle.Item{item("nets", "teams")}}, &circle.Dissolved{Circle: "valley", To: "places"}}},
	{name: "M-24: a name that means something else further out does not go there", when: dissolving, refused: circle.TakenID,
		given: hillside(&circle.Opened{Circle: "old", Parent: "places", Type: circle.Local, Aim: circle.Say("o")}, &circle.Closed{Circle: "old"},
			&circle.Opened{Circle: "dale", Parent: "places", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("nets", "teams")}})},
	{name: "M-24: not even where both circles name who resolves, and name different ones", when: dissolving, refused: circle.TakenID,
		given: hillside(&circle.Redefined{Circle: "brook", Terms: []circle.Terms{{Item: "nets", Resolver: "valley"}}},
			&circle.Opened{Circle: "dale", Parent: "places", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("nets", "teams")}, Terms: []circle.Terms{{Item: "nets", Resolver: "hill"}}})},
	{name: "M-27: no circle is merged into one that decides nothing", refused: circle.NotBeside, when: circle.Merge{Circle: "hill", Into: "team"},
		given: hillside(&circle.Opened{Circle: "team", Parent: "places", Type: circle.HelpingTeam, Aim: circle.Say("t")})},
	{name: "M-13: no policy goes to who has handed the matter on", given: hillside(), refused: circle.OutsideItsDomain,
		when: circle.MovePolicy{Policy: "quiet", From: "hill", To: "places", Serves: "bread", Item: "care"}},

	{name: "M-17: a hat of somebody else's, and a role without one, seat nobody", refused: circle.ByLinkOnly, when: circle.Join{Circle: "board", Person: "ben", Level: circle.Full},
		given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.General, Aim: circle.Say("b"), Domain: []circle.Item{item("money", "teams")}},
			&circle.RoleCreated{Role: "scribe", Circle: "board", Hat: circle.Secretary}, &circle.RoleGiven{Role: "scribe", Person: "cia", Since: now},
			&circle.RoleCreated{Role: "tea", Circle: "board", Name: circle.Say("Tea")}, &circle.RoleGiven{Role: "tea", Person: "ben", Since: now})},
	{name: "EC-73: the Board is linked to where it sits, and to no other circle inside", given: boarded(nil, hill), consent: "places", refused: circle.NotBroader,
		when: circle.LinkTo{Circle: "places", To: "hill", As: circle.Representative, Role: "director"}},
	{name: "EC-73: what else is worn in the circle that elects is no seat of the Board", consent: "places", when: circle.GiveRole{Role: "tea", Person: "eva"},
		given: boarded(aged, &circle.RoleCreated{Role: "tea", Circle: "places", Name: circle.Say("Tea")}),
		then:  []circle.Event{&circle.RoleGiven{Role: "tea", Person: "eva", Since: now}}},
	{name: "the circle that admits members is one that is there", given: valley(), when: circle.AgreeRules{Circle: "places", Rules: circle.Rules{Membership: &classes}},
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Membership: &classes}}}},
	{name: "and no other admits them", given: founded(), when: circle.AgreeRules{Circle: "places", Rules: circle.Rules{Membership: &classes}}, refused: circle.UnknownCircle},
	{name: "CP-22: people alone, after the founding", given: founded(settled), consent: "places", when: leading(nil),
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: leading(nil).Rules}}},
	{name: "CP-22: a role that is created until the founding is over", given: founded(), when: leading(func(r *circle.Safeguarding) { r.Role = "guard" }),
		then: []circle.Event{&circle.RulesAgreed{Circle: "places", Rules: leading(func(r *circle.Safeguarding) { r.Role = "guard" }).Rules}}},
	{name: "M-24: what goes up is a piece of what it was a piece of", when: dissolving,
		given: hillside(&circle.Redefined{Circle: "valley", Domain: []circle.Item{item("beds", "care"), item("hand-over", "teams"), item("starting", "teams")}}),
		then: []circle.Event{&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleMoved{Role: "rota", From: "valley", To: "places"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "places", Domain: []circle.Item{item("nets", "teams")}}, &circle.Dissolved{Circle: "valley", To: "places"}}},
	{name: "M-24: a circle that has ended holds no name", when: dissolving,
		given: hillside(&circle.Opened{Circle: "dale", Parent: "places", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("nets", "teams")}}, &circle.Dissolved{Circle: "dale", To: "places"}),
		then: []circle.Event{&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleMoved{Role: "rota", From: "valley", To: "places"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "places", Domain: []circle.Item{item("nets", "teams")}}, &circle.Dissolved{Circle: "valley", To: "places"}}},
	{name: "EC-114: a person of any class has no representative", given: founded(), when: circle.Admit{ID: "eve", Class: circle.Worker, Representative: "dee"}, refused: circle.NoBody},
	{name: "M-27: the terms of both go together", when: circle.Merge{Circle: "ford", Into: "hill"},
		given: hillside(&circle.Redefined{Circle: "hill", Terms: []circle.Terms{{Item: "care", Mode: circle.Supersede}}},
			&circle.Opened{Circle: "ford", Parent: "places", Type: circle.Local, Aim: circle.Say("f"), Domain: []circle.Item{item("boats", "teams")}, Terms: []circle.Terms{{Item: "boats", Mode: circle.MayObject}}}),
		then: []circle.Event{&circle.Merged{Circle: "ford", Into: "hill", Domain: []circle.Item{item("care", ""), item("boats", "teams")},
			Terms: []circle.Terms{{Item: "care", Mode: circle.Supersede}, {Item: "boats", Mode: circle.MayObject}}}}},
	{name: "EC-2: who is a member no longer lays down what members wear, wherever", by: "ben", when: circle.EndMembership{Person: "eva", Ground: "support-ended"},
		given: coop(facts, committed, evaIs, evaJoins, &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Staffing: circle.Staffing{Members: true}}},
			&circle.RoleGiven{Role: "rota", Person: "eva", Since: now}),
		then: []circle.Event{&circle.MembershipEnded{Person: "eva", Class: circle.Supported, Ground: "support-ended", By: "ben"},
			&circle.Left{Circle: "places", Person: "eva"}, &circle.RoleLaidDown{Role: "rota", Person: "eva"}}},
	{name: "M-14: as much as can be counted", given: founded(), when: circle.GrantBudget{Circle: "places", Units: 1<<31 - 1, Currency: "EUR"},
		then: []circle.Event{&circle.BudgetGranted{Circle: "places", Units: 1<<31 - 1, Currency: "EUR"}}},
	{name: "CP-19: another acts for somebody else in the same decision", given: founded(basis), by: "ben",
		when: circle.RecordBasis{ID: "b2", For: "cia", By: "dee", Decision: "p1", Ground: circle.NotHeard, Tried: []circle.Text{circle.Say("pictures")}, Least: circle.Say("a")},
		then: []circle.Event{&circle.BasisRecorded{ID: "b2", For: "cia", By: "dee", Decision: "p1", Recorder: "ben", Ground: circle.NotHeard, Tried: []circle.Text{circle.Say("pictures")}, Least: circle.Say("a")}}},
	{name: "CP-19: a name of a basis is given once in a decision", given: founded(basis), by: "ben", refused: circle.TakenID,
		when: circle.RecordBasis{ID: "b1", For: "cia", By: "dee", Decision: "p1", Ground: circle.NotHeard, Tried: []circle.Text{circle.Say("pictures")}, Least: circle.Say("a")}},
}

// fromTwo is linked: dee comes to places from valley and from hill, and wears a role there that is for those inside.
func fromTwo() []circle.Event {
	return linked(hill, &circle.RoleCreated{Role: "hd", Circle: "hill", Hat: circle.Delegate}, &circle.RoleGiven{Role: "hd", Person: "dee", Since: now},
		&circle.Linked{Circle: "hill", To: "places", As: circle.Delegate},
		&circle.RoleCreated{Role: "p-chair", Circle: "places", Hat: circle.Facilitator}, &circle.RoleGiven{Role: "p-chair", Person: "dee", Since: now},
		&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Insiders: true}}})
}

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
	require.Equal(t, []circle.Attested{{Fact: "age-16", By: "ana"}}, o.Person("ben").Attested, "EC-3: what was attested for the old class lapses")
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
