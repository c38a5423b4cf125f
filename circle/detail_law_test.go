package circle_test

import "github.com/sayround/sayround/circle"

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

	{name: "M-9: and so is a piece", refused: circle.NotHeld,
		given: founded(&circle.Opened{Circle: "old", Parent: "places", Type: circle.Local, Aim: circle.Say("o")}, &circle.Closed{Circle: "old"},
			&circle.Opened{Circle: "dale", Parent: "places", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("boats", "teams"), item("nets", "teams")}}),
		when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("nets", "teams")} })},
	{name: "M-27: no piece comes beside an item of the same name, whoever ended before it", refused: circle.TakenID, when: circle.Merge{Circle: "valley", Into: "hill", Roles: []circle.RoleGoes{{Role: "rota"}}},
		given: hillside(&circle.Closed{Circle: "brook"},
			&circle.Opened{Circle: "dale", Parent: "valley", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("care", "hand-over")}})},
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
	{name: "M-26: no policy goes to who has handed the matter on", given: hillside(), refused: circle.OutsideItsDomain,
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
	{name: "M-27: into the circle around it two consent, each once", given: hillside(settled), consent: "hill", when: circle.Merge{Change: "up", Circle: "hill", Into: "places"},
		then: []circle.Event{&circle.ChangeAgreed{Change: "up", By: "hill", Awaits: []circle.ID{"places"}, Deed: deed(circle.Merge{Change: "up", Circle: "hill", Into: "places"})}}},
	{name: "M-24: a piece does not go up under the name of an item further out", when: dissolving, refused: circle.TakenID,
		given: hillside(&circle.Redefined{Circle: "brook", Domain: []circle.Item{item("teams", "hand-over")}})},
	{name: "M-24: what was handed down whole, twice, comes up whole", when: dissolving,
		given: hillside(&circle.Redefined{Circle: "valley", Domain: []circle.Item{item("teams", "")}}, &circle.Redefined{Circle: "brook", Domain: []circle.Item{item("teams", "")}}),
		then: []circle.Event{&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleMoved{Role: "rota", From: "valley", To: "places"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "places", Domain: []circle.Item{item("teams", "")}}, &circle.Dissolved{Circle: "valley", To: "places"}}},
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
	{name: "M-1: an empty list agrees to nothing", when: circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, Rules: circle.Rules{Tools: []circle.Tool{}}},
		then: []circle.Event{&circle.Founded{Circle: "places", By: "ana", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, Engine: circle.Edition}}},
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
