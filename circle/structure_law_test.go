package circle_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// deedTypes knows the commands that an event may hold.
var deedTypes = func() canon.Types {
	t := canon.Types{}
	for _, c := range circle.StructureCommands() {
		t.Add(c)
	}
	return t
}()

// deed is a command as an event holds it.
func deed(c circle.Command) circle.Deed { return canon.Clone(c).(circle.Deed) }

// hillside is valley with a circle beside it, one inside it, and a role.
func hillside(more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{
		&circle.Opened{Circle: "hill", Parent: "places", Type: circle.Local, Aim: circle.Say("Good hills"),
			AimParts: []circle.Item{item("views", "")}, Domain: []circle.Item{item("care", "")}},
		&circle.Joined{Circle: "hill", Person: "ana", Level: circle.Full},
		&circle.Joined{Circle: "hill", Person: "dee", Level: circle.Full},
		&circle.Opened{Circle: "brook", Parent: "valley", Type: circle.Local, Aim: circle.Say("A clear brook"),
			AimParts: []circle.Item{item("fish", "")}, Domain: []circle.Item{item("nets", "hand-over")}},
	}, more...)...)
}

// free is hillside, and a circle that stands alone.
func free(more ...circle.Event) []circle.Event {
	return hillside(append([]circle.Event{
		&circle.StoodAlone{Circle: "ferry", By: "dee", Aim: circle.Say("Across the water"), Domain: []circle.Item{item("boats", "")}},
		&circle.Joined{Circle: "ferry", Person: "dee", Level: circle.Full},
	}, more...)...)
}

// agreed is hillside with what the root has agreed about the circles inside it.
func agreed(s circle.Structuring, more ...circle.Event) []circle.Event {
	return hillside(append([]circle.Event{&circle.StructureAgreed{Circle: "places", Structure: s}}, more...)...)
}

func redefines(change circle.Name, domain ...circle.Item) circle.Redefine {
	return circle.Redefine{Change: change, Circle: "valley", Domain: domain}
}

var (
	wider      = []circle.Item{item("hand-over", "teams"), item("starting", "teams"), item("ending", "teams")}
	pending    = &circle.ChangeAgreed{Change: "wider", By: "valley", Awaits: []circle.ID{"places"}, Deed: deed(redefines("wider", wider...))}
	lent       = &circle.ItemLent{Circle: "valley", To: "hill", Item: "starting", Since: now, Until: circle.MustPeriod("3m").After(now)}
	atWill     = &circle.ItemLent{Circle: "valley", To: "hill", Item: "starting", Since: now, AtWill: true}
	clashing   = &circle.Opened{Circle: "dale", Parent: "valley", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("care", "starting")}} // places holds care as well
	dissolving = circle.Dissolve{Change: "gone", Circle: "valley", Raise: []circle.ID{"brook"}, Roles: []circle.RoleGoes{{Role: "rota", To: "places"}}}
	oneIn      = circle.Merge{Change: "one", Circle: "valley", Into: "hill", Roles: []circle.RoleGoes{{Role: "rota"}}, Readopt: []circle.Name{"notes"}}
)

func ofKind(k circle.Kind, parent circle.ID, change func(*circle.Open)) circle.Open {
	c := circle.Open{ID: "new", Parent: parent, Type: k, Aim: circle.Say("New")}
	if change != nil {
		change(&c)
	}
	return c
}

func withDomain(id, of circle.ItemID) func(*circle.Open) {
	return func(c *circle.Open) { c.Domain = []circle.Item{item(id, of)} }
}

var structureRows = append(append(append(kindRows, domainRows...), endRows...), moveRows...)

var kindRows = []row{
	{name: "M-17: a mission circle lies in the root", given: hillside(), when: ofKind(circle.Mission, "valley", withDomain("starting", "")), refused: circle.WrongPlace},
	{name: "M-17: there is one", given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.Mission, Aim: circle.Say("b"), Domain: []circle.Item{item("money", "teams")}}),
		when: ofKind(circle.Mission, "places", withDomain("law", "teams")), refused: circle.OneOfThem},
	{name: "M-17: a general circle lies in the root or the mission circle", given: hillside(), when: ofKind(circle.General, "valley", withDomain("starting", "")), refused: circle.WrongPlace},
	{name: "M-17: there is one general circle", given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.General, Aim: circle.Say("b"), Domain: []circle.Item{item("money", "teams")}}),
		when: ofKind(circle.General, "places", withDomain("law", "teams")), refused: circle.OneOfThem},
	{name: "M-17: a general circle is made of Leaders and Delegates", given: hillside(), refused: circle.ByLinkOnly,
		when: ofKind(circle.General, "places", func(c *circle.Open) {
			c.Domain, c.Members = []circle.Item{item("law", "teams")}, []circle.PersonID{"ben"}
		})},
	{name: "M-17: nobody joins it by themselves", refused: circle.ByLinkOnly,
		given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.General, Aim: circle.Say("b"), Domain: []circle.Item{item("money", "teams")}}),
		when:  circle.Join{Circle: "board", Person: "ben", Level: circle.Full}},
	{name: "M-17: but whoever wears a hat there does", when: circle.Join{Circle: "board", Person: "ben", Level: circle.Full},
		given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.General, Aim: circle.Say("b"), Domain: []circle.Item{item("money", "teams")}},
			&circle.RoleCreated{Role: "scribe", Circle: "board", Hat: circle.Secretary}, &circle.RoleGiven{Role: "scribe", Person: "ben", Since: now}),
		then: []circle.Event{&circle.Joined{Circle: "board", Person: "ben", Level: circle.Full}}},
	{name: "M-23: a mission circle takes people from outside", when: circle.Join{Circle: "board", Person: "eva", Level: circle.Full},
		given: hillside(&circle.Opened{Circle: "board", Parent: "places", Type: circle.Mission, Aim: circle.Say("b"), Domain: []circle.Item{item("money", "teams")}},
			&circle.Admitted{Person: "eva"}),
		then: []circle.Event{&circle.Joined{Circle: "board", Person: "eva", Level: circle.Full}}},
	{name: "M-17: a department does not lie in a working circle", given: hillside(), when: ofKind(circle.Department, "valley", withDomain("starting", "")), refused: circle.WrongPlace},
	{name: "M-17: a sub-circle does not lie in the root", given: hillside(), when: ofKind(circle.Sub, "places", withDomain("law", "teams")), refused: circle.WrongPlace},
	{name: "M-17: a sub-circle lies in a working circle", given: hillside(), when: ofKind(circle.Sub, "valley", withDomain("starting", "")),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("New"), Domain: []circle.Item{item("starting", "")}}}},
	{name: "M-17: only some serve others", given: hillside(), refused: circle.OtherKind,
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) { c.Domain, c.Serves = []circle.Item{item("starting", "")}, []circle.ID{"hill"} })},
	{name: "M-17: only some gather classes", given: hillside(), refused: circle.OtherKind,
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) {
			c.Domain, c.Gathers = []circle.Item{item("starting", "")}, []circle.Class{circle.Worker}
		})},
	{name: "EC-15: only a Team has an owner", given: hillside(), refused: circle.OtherKind,
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) { c.Domain, c.Owner = []circle.Item{item("starting", "")}, "ben" })},
	{name: "M-20: only an open team says whether its contributors decide", given: hillside(), refused: circle.OtherKind,
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) { c.Domain, c.Governs = []circle.Item{item("starting", "")}, true })},
	{name: "M-18: a helping circle has no terms", given: valley(), refused: circle.OtherKind,
		when: helps(func(c *circle.Open) { c.Terms = []circle.Terms{{Item: "starting"}} })},
	{name: "I-19: nothing lies inside a circle that decides nothing", given: helping(), refused: circle.GovernedOutside,
		when: ofKind(circle.HelpingTeam, "helpers", nil)},
	{name: "M-22: a service circle serves two", given: hillside(), refused: circle.ServesTwo, when: ofKind(circle.Service, "places", func(c *circle.Open) {
		c.Domain, c.Serves = []circle.Item{item("vans", "teams")}, []circle.ID{"valley", "valley"}
	})},
	{name: "M-22: that are there", given: hillside(), refused: circle.UnknownCircle, when: ofKind(circle.Service, "places", func(c *circle.Open) {
		c.Domain, c.Serves = []circle.Item{item("vans", "teams")}, []circle.ID{"valley", "nowhere"}
	})},
	{name: "M-21: a delegate circle has no domain but what is lent to it", given: hillside(), when: ofKind(circle.Delegates, "places", func(c *circle.Open) {
		c.Serves = []circle.ID{"valley", "hill"}
	}), then: []circle.Event{&circle.Opened{Circle: "new", Parent: "places", Type: circle.Delegates, Aim: circle.Say("New"), Serves: []circle.ID{"valley", "hill"}}}},
	{name: "M-21: whoever is sent sits there by a link", when: circle.LinkTo{Circle: "valley", To: "both", As: circle.Delegate},
		given: hillside(&circle.Opened{Circle: "both", Parent: "places", Type: circle.Delegates, Aim: circle.Say("b"), Serves: []circle.ID{"valley", "hill"}}),
		then:  []circle.Event{&circle.Linked{Circle: "valley", To: "both", As: circle.Delegate}}},
	{name: "M-19: a helping team has no domain", given: hillside(), when: ofKind(circle.HelpingTeam, "valley", withDomain("starting", "")), refused: circle.HelpingHasNone},
	{name: "M-19: its delegator governs it", given: hillside(), when: ofKind(circle.HelpingTeam, "valley", nil),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "valley", Type: circle.HelpingTeam, Aim: circle.Say("New")}}},
	{name: "M-20: the contributors of an open team do not decide", refused: circle.GovernedOutside,
		given: hillside(&circle.Opened{Circle: "open", Parent: "valley", Type: circle.OpenTeam, Aim: circle.Say("o")}),
		when:  circle.Join{Circle: "open", Person: "ben", Level: circle.Full}},
	{name: "M-20: not from the start either", given: hillside(), refused: circle.GovernedOutside,
		when: ofKind(circle.OpenTeam, "valley", func(c *circle.Open) { c.Members = []circle.PersonID{"ben"} })},
	{name: "M-20: where they do, it needs a domain", given: hillside(), refused: circle.NoDomain,
		when: ofKind(circle.OpenTeam, "valley", func(c *circle.Open) { c.Governs = true })},
	{name: "M-20: where they do, they join", when: circle.Join{Circle: "open", Person: "ben", Level: circle.Full},
		given: hillside(&circle.Opened{Circle: "open", Parent: "valley", Type: circle.OpenTeam, Aim: circle.Say("o"), Domain: []circle.Item{item("starting", "")}, Governs: true}),
		then:  []circle.Event{&circle.Joined{Circle: "open", Person: "ben", Level: circle.Full}}},
	{name: "M-17: a stakeholder circle brings classes together", given: hillside(), refused: circle.GathersTwo,
		when: ofKind(circle.Stakeholder, "places", func(c *circle.Open) {
			c.Domain, c.Gathers = []circle.Item{item("vans", "teams")}, []circle.Class{circle.Worker}
		})},
	{name: "EC-15: a Team is owned by who is supported", given: hillside(), refused: circle.NotOwner,
		when: ofKind(circle.Team, "valley", func(c *circle.Open) { c.Domain, c.Owner = []circle.Item{item("starting", "")}, "cia" })},
	{name: "EC-15: by the person themselves", given: hillside(),
		when: ofKind(circle.Team, "valley", func(c *circle.Open) { c.Domain, c.Owner = []circle.Item{item("starting", "")}, "ben" }),
		then: []circle.Event{&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Team, Aim: circle.Say("New"),
			Domain: []circle.Item{item("starting", "")}, Owner: "ben"}}},
	{name: "M-4, I-2: a new circle begins with a leader where that is agreed", given: agreed(circle.Structuring{Confirm: true}),
		when: ofKind(circle.Sub, "valley", withDomain("starting", "")), refused: circle.NoConvener},
	{name: "M-4: and has to confirm its aim", given: agreed(circle.Structuring{Confirm: true}),
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) { c.Domain, c.Leader = []circle.Item{item("starting", "")}, "ben" }),
		then: []circle.Event{
			&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("New"), Domain: []circle.Item{item("starting", "")}, Unconfirmed: true},
			&circle.Joined{Circle: "new", Person: "ben", Level: circle.Full},
			&circle.RoleCreated{Role: "new-leader", Circle: "new", Hat: circle.Leader},
			&circle.RoleGiven{Role: "new-leader", Person: "ben", Since: now},
		}},
	{name: "M-31: no larger than agreed", given: agreed(circle.Structuring{Most: 2, Larger: circle.RefuseBeyond}),
		when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Full}, refused: circle.CircleFull},
	{name: "M-31: learning participants do not count", given: agreed(circle.Structuring{Most: 2, Larger: circle.RefuseBeyond}),
		when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Learning},
		then: []circle.Event{&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Learning}}},
	{name: "M-31: where it is only a warning, it is reported", given: agreed(circle.Structuring{Most: 2, Larger: circle.WarnOfSize}),
		when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Full},
		then: []circle.Event{&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Full}}},
	{name: "M-31: not by a link either", given: agreed(circle.Structuring{Most: 1, Larger: circle.RefuseBeyond}),
		when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Leader}, refused: circle.CircleFull},
	{name: "M-31: nor by a hat that is linked", when: circle.GiveRole{Role: "valley-leader", Person: "dee"}, refused: circle.CircleFull,
		given: agreed(circle.Structuring{Most: 2, Larger: circle.RefuseBeyond}, &circle.Linked{Circle: "valley", To: "places", As: circle.Leader})},
	{name: "M-31: nor from the start", given: agreed(circle.Structuring{Most: 1, Larger: circle.RefuseBeyond}), refused: circle.CircleFull,
		when: ofKind(circle.Sub, "valley", func(c *circle.Open) {
			c.Domain, c.Members = []circle.Item{item("starting", "")}, []circle.PersonID{"ana", "ben"}
		})},
	{name: "M-31: the circle agrees by consent", given: hillside(settled), consent: "valley",
		when: circle.AgreeStructure{Circle: "valley", Structure: circle.Structuring{Most: 5}},
		then: []circle.Event{&circle.StructureAgreed{Circle: "valley", Structure: circle.Structuring{Most: 5}}}},
	{name: "M-31: nobody agrees alone", given: hillside(settled), by: "cia",
		when: circle.AgreeStructure{Circle: "valley", Structure: circle.Structuring{Most: 5}}, refused: circle.ByConsentOnly},
	{name: "M-31: nothing agrees nothing", given: hillside(), when: circle.AgreeStructure{Circle: "nowhere"}, refused: circle.UnknownCircle},
}

var domainRows = []row{
	{name: "M-6: a new domain waits for the other circle", given: hillside(settled), consent: "valley", when: redefines("wider", wider...), then: []circle.Event{pending}},
	{name: "M-6: it happens when both have consented", given: hillside(settled, pending), consent: "places", when: circle.ConsentTo{Change: "wider"},
		then: []circle.Event{&circle.ChangeConsented{Change: "wider", Circle: "places"}, &circle.Redefined{Circle: "valley", Domain: wider}}},
	{name: "I-7: the circle that began it does not consent twice", given: hillside(settled, pending), consent: "valley", when: circle.ConsentTo{Change: "wider"}, refused: circle.NotAwaited},
	{name: "I-7: nobody consents alone", given: hillside(settled, pending), by: "cia", when: circle.ConsentTo{Change: "wider"}, refused: circle.NotAwaited},
	{name: "I-7: to nothing", given: hillside(settled), consent: "places", when: circle.ConsentTo{Change: "wider"}, refused: circle.UnknownChange},
	{name: "I-7: once", given: hillside(settled, pending, &circle.ChangeConsented{Change: "wider", Circle: "places"}), consent: "places",
		when: circle.ConsentTo{Change: "wider"}, refused: circle.UnknownChange},
	{name: "I-7: a change that is possible no more", consent: "places", when: circle.ConsentTo{Change: "wider"}, refused: circle.TwiceInDomain,
		given: hillside(settled, &circle.ChangeAgreed{Change: "wider", By: "valley", Awaits: []circle.ID{"places"}, Deed: deed(redefines("wider", item("a", "teams"), item("a", "teams")))})},
	{name: "M-6: a change has a name", given: hillside(settled), consent: "valley", when: redefines("", wider...), refused: circle.NameTheChange},
	{name: "M-6: of its own", given: hillside(settled, pending), consent: "valley", when: redefines("wider", wider...), refused: circle.TakenID},
	{name: "M-6: a third circle has no say", given: hillside(settled), consent: "hill", when: redefines("wider", wider...), refused: circle.ByConsentOnly},
	{name: "M-6: nobody changes it alone", given: hillside(settled), by: "cia", when: redefines("wider", wider...), refused: circle.ByConsentOnly},
	{name: "M-6: the founder does, while founding", given: hillside(), when: redefines("", wider...), then: []circle.Event{&circle.Redefined{Circle: "valley", Domain: wider}}},
	{name: "M-6: by the parent alone, where that is agreed", given: agreed(circle.Structuring{Change: circle.ParentAlone}, settled), consent: "places",
		when: redefines("", wider...), then: []circle.Event{&circle.Redefined{Circle: "valley", Domain: wider}}},
	{name: "M-6: then not by the child", given: agreed(circle.Structuring{Change: circle.ParentAlone}, settled), consent: "valley",
		when: redefines("", wider...), refused: circle.ByConsentOnly},
	{name: "M-6: the root has nobody around it", given: hillside(settled), consent: "places", when: circle.Redefine{Circle: "places", Aim: circle.Say("More")},
		then: []circle.Event{&circle.Redefined{Circle: "places", Aim: circle.Say("More")}}},
	{name: "I-3: not beyond what the parent holds", given: hillside(), when: redefines("", item("hand-over", "teams"), item("moon", "")), refused: circle.NotHeld},
	{name: "I-4: not into what another holds", given: hillside(), when: redefines("", item("hand-over", "teams"), item("care", "")), refused: circle.NotHeld},
	{name: "I-3: a domain does not shrink below what is handed down", given: hillside(), when: redefines("", item("starting", "teams")), refused: circle.StillHandedDown},
	{name: "M-28: nor below what is lent", given: hillside(lent), when: redefines("", item("hand-over", "teams")), refused: circle.StillHandedDown},
	{name: "M-9: a name does not mean two things", given: hillside(), when: redefines("", item("hand-over", "teams"), item("nets", "teams")), refused: circle.StillHandedDown},
	{name: "M-6: something is said", given: hillside(), when: circle.Redefine{Circle: "valley"}, refused: circle.NothingGiven},
	{name: "M-6: of a circle that is there", given: hillside(), when: circle.Redefine{Circle: "nowhere", Aim: circle.Say("a")}, refused: circle.UnknownCircle},
	{name: "EC-48: a helping circle gets no domain", given: helping(), when: circle.Redefine{Circle: "helpers", Domain: []circle.Item{item("starting", "")}}, refused: circle.HelpingHasNone},
	{name: "M-12: terms are about items", given: hillside(), refused: circle.BadTerms,
		when: circle.Redefine{Circle: "valley", Terms: []circle.Terms{{Item: "moon", Mode: circle.Supersede}}}},
	{name: "M-12: the parent may set a policy that prevails", given: hillside(),
		when: circle.Redefine{Circle: "valley", Terms: []circle.Terms{{Item: "starting", Mode: circle.Supersede}}},
		then: []circle.Event{&circle.Redefined{Circle: "valley", Terms: []circle.Terms{{Item: "starting", Mode: circle.Supersede}}}}},
	{name: "I-4: no overlap where none is agreed", given: hillside(), refused: circle.NoOverlap,
		when: circle.Redefine{Circle: "valley", Terms: []circle.Terms{{Item: "starting", Resolver: "places"}}}},
	{name: "I-4: who resolves it is around both", given: agreed(circle.Structuring{Overlap: true}), refused: circle.BadResolver,
		when: circle.Redefine{Circle: "valley", Terms: []circle.Terms{{Item: "starting", Resolver: "hill"}}}},
	{name: "M-9: an overlap that both declare", given: agreed(circle.Structuring{Overlap: true},
		&circle.Redefined{Circle: "hill", Terms: []circle.Terms{{Item: "care", Resolver: "places"}}}),
		when: circle.Redefine{Circle: "valley", Domain: append([]circle.Item{item("care", "")}, wider...), Terms: []circle.Terms{{Item: "care", Resolver: "places"}}},
		then: []circle.Event{&circle.Redefined{Circle: "valley", Domain: append([]circle.Item{item("care", "")}, wider...), Terms: []circle.Terms{{Item: "care", Resolver: "places"}}}}},
	{name: "M-9: one that only one declares", given: agreed(circle.Structuring{Overlap: true}), refused: circle.NotHeld,
		when: circle.Redefine{Circle: "valley", Domain: append([]circle.Item{item("care", "")}, wider...), Terms: []circle.Terms{{Item: "care", Resolver: "places"}}}},
	{name: "I-7: who agreed may call it off", given: hillside(settled, pending), consent: "valley", when: circle.CallOff{Change: "wider"},
		then: []circle.Event{&circle.ChangeCalledOff{Change: "wider", Circle: "valley"}}},
	{name: "I-7: a third circle may not", given: hillside(settled, pending), consent: "hill", when: circle.CallOff{Change: "wider"}, refused: circle.NotAwaited},
	{name: "I-7: nothing is called off", given: hillside(settled), consent: "hill", when: circle.CallOff{Change: "wider"}, refused: circle.UnknownChange},

	{name: "M-4: a new circle confirms its aim", consent: "new", when: circle.ConfirmAim{Circle: "new"}, then: []circle.Event{&circle.AimConfirmed{Circle: "new"}},
		given: hillside(&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}, Unconfirmed: true}, settled)},
	{name: "M-4: it is not confirmed for it", consent: "valley", when: circle.ConfirmAim{Circle: "new"}, refused: circle.ByConsentOnly,
		given: hillside(&circle.Opened{Circle: "new", Parent: "valley", Type: circle.Sub, Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}, Unconfirmed: true}, settled)},
	{name: "M-4: there is something to confirm", given: hillside(settled), consent: "valley", when: circle.ConfirmAim{Circle: "valley"}, refused: circle.NothingToConfirm},
	{name: "M-4: by a circle that is there", given: hillside(settled), consent: "valley", when: circle.ConfirmAim{Circle: "nowhere"}, refused: circle.UnknownCircle},

	{name: "M-15: a domain is described in versions", given: hillside(&circle.Described{Circle: "valley", Version: 1}),
		when: circle.Describe{Circle: "valley", About: circle.Description{Driver: circle.Say("People fall"), Metrics: []circle.Text{circle.Say("falls a month")}, Evaluation: circle.MustPeriod("6m")}},
		then: []circle.Event{&circle.Described{Circle: "valley", Version: 2, About: circle.Description{Driver: circle.Say("People fall"),
			Metrics: []circle.Text{circle.Say("falls a month")}, Evaluation: circle.MustPeriod("6m")}}}},
	{name: "M-16: by who delegates and who holds it", given: hillside(settled), consent: "valley", when: circle.Describe{Change: "d", Circle: "valley"},
		then: []circle.Event{&circle.ChangeAgreed{Change: "d", By: "valley", Awaits: []circle.ID{"places"}, Deed: deed(circle.Describe{Change: "d", Circle: "valley"})}}},
	{name: "M-15: of a circle that is there", given: hillside(), when: circle.Describe{Circle: "nowhere"}, refused: circle.UnknownCircle},

	{name: "M-5: anybody begins a circle that stands alone", given: hillside(settled), by: "dee",
		when: circle.StandAlone{ID: "ferry", Aim: circle.Say("Across"), Domain: []circle.Item{item("boats", "")}},
		then: []circle.Event{&circle.StoodAlone{Circle: "ferry", By: "dee", Aim: circle.Say("Across"), Domain: []circle.Item{item("boats", "")}},
			&circle.Joined{Circle: "ferry", Person: "dee", Level: circle.Full}}},
	{name: "M-5: under a name of its own", given: free(), by: "dee", when: circle.StandAlone{ID: "ferry", Aim: circle.Say("a"), Domain: []circle.Item{item("boats", "")}}, refused: circle.TakenID},
	{name: "M-5: a person begins it", given: hillside(settled), consent: "places", when: circle.StandAlone{ID: "ferry", Aim: circle.Say("a"), Domain: []circle.Item{item("boats", "")}}, refused: circle.UnknownPerson},
	{name: "I-2: with an aim", given: hillside(), by: "dee", when: circle.StandAlone{ID: "ferry", Domain: []circle.Item{item("boats", "")}}, refused: circle.NoAim},
	{name: "I-2: and a domain", given: hillside(), by: "dee", when: circle.StandAlone{ID: "ferry", Aim: circle.Say("a")}, refused: circle.NoDomain},
	{name: "M-9: each item once", given: hillside(), by: "dee", refused: circle.TwiceInDomain,
		when: circle.StandAlone{ID: "ferry", Aim: circle.Say("a"), Domain: []circle.Item{item("boats", ""), item("boats", "")}}},
	{name: "M-5: it asks to be adopted", given: free(settled), consent: "ferry",
		when: circle.TakeIn{Change: "home", Circle: "ferry", Parent: "valley", Domain: []circle.Item{item("starting", "")}},
		then: []circle.Event{&circle.ChangeAgreed{Change: "home", By: "ferry", Awaits: []circle.ID{"valley"},
			Deed: deed(circle.TakeIn{Change: "home", Circle: "ferry", Parent: "valley", Domain: []circle.Item{item("starting", "")}})}}},
	{name: "M-5: and is, when the other consents", consent: "valley", when: circle.ConsentTo{Change: "home"},
		given: free(settled, &circle.ChangeAgreed{Change: "home", By: "ferry", Awaits: []circle.ID{"valley"},
			Deed: deed(circle.TakeIn{Change: "home", Circle: "ferry", Parent: "valley", Domain: []circle.Item{item("starting", "")}})}),
		then: []circle.Event{&circle.ChangeConsented{Change: "home", Circle: "valley"},
			&circle.TakenIn{Circle: "ferry", Parent: "valley", Type: circle.Local, Domain: []circle.Item{item("starting", "")}}}},
	{name: "I-1: not into itself, nor into another that stands alone", given: free(), refused: circle.NotFree,
		when: circle.TakeIn{Circle: "ferry", Parent: "ferry", Domain: []circle.Item{item("boats", "")}}},
	{name: "I-1: a circle has one parent", given: free(), when: circle.TakeIn{Circle: "hill", Parent: "valley", Domain: []circle.Item{item("starting", "")}}, refused: circle.NotFree},
	{name: "M-5: with a domain that the parent holds", given: free(), when: circle.TakeIn{Circle: "ferry", Parent: "valley", Domain: []circle.Item{item("boats", "")}}, refused: circle.NotHeld},
	{name: "I-3: that its own circles keep theirs", refused: circle.StillHandedDown,
		given: free(&circle.Opened{Circle: "oars", Parent: "ferry", Type: circle.Local, Aim: circle.Say("o"), Domain: []circle.Item{item("oars", "boats")}}),
		when:  circle.TakeIn{Circle: "ferry", Parent: "valley", Domain: []circle.Item{item("starting", "")}}},
	{name: "M-17: not as a kind that has its own beginning", given: free(), refused: circle.WrongPlace,
		when: circle.TakeIn{Circle: "ferry", Parent: "valley", Type: circle.Helping, Domain: []circle.Item{item("starting", "")}}},
	{name: "M-5: something is taken in", given: free(), when: circle.TakeIn{Circle: "nowhere", Parent: "valley", Domain: []circle.Item{item("starting", "")}}, refused: circle.UnknownCircle},
	{name: "M-5: by something", given: free(), when: circle.TakeIn{Circle: "ferry", Parent: "nowhere", Domain: []circle.Item{item("starting", "")}}, refused: circle.UnknownCircle},
}

var endRows = []row{
	{name: "M-24: both circles consent to the end of one", given: hillside(settled), consent: "places", when: dissolving,
		then: []circle.Event{&circle.ChangeAgreed{Change: "gone", By: "places", Awaits: []circle.ID{"valley"}, Deed: deed(dissolving)}}},
	{name: "M-24, I-19: nothing is left behind", given: hillside(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader},
		&circle.Linked{Circle: "brook", To: "valley", As: circle.Leader}, lent), when: dissolving,
		then: []circle.Event{
			&circle.Returned{Circle: "valley", Item: "starting"},
			&circle.LinkEnded{Circle: "valley", To: "places", As: circle.Leader},
			&circle.LinkEnded{Circle: "brook", To: "valley", As: circle.Leader},
			&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleMoved{Role: "rota", From: "valley", To: "places"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "places", Domain: []circle.Item{item("nets", "teams")}},
			&circle.Dissolved{Circle: "valley", To: "places"},
		}},
	{name: "M-28: what was lent to it returns", given: hillside(&circle.ItemLent{Circle: "valley", To: "hill", Item: "starting", Since: now, AtWill: true}),
		when: circle.Dissolve{Circle: "hill"},
		then: []circle.Event{&circle.Returned{Circle: "valley", Item: "starting"}, &circle.Dissolved{Circle: "hill", To: "places"}}},
	{name: "M-22: a circle that served it and ended before it is tied to it no more", when: circle.Dissolve{Circle: "hill"},
		given: hillside(&circle.Opened{Circle: "carts", Parent: "places", Type: circle.Service, Aim: circle.Say("s"), Domain: []circle.Item{item("vans", "teams")}, Serves: []circle.ID{"valley", "hill"}},
			&circle.Linked{Circle: "hill", To: "carts", As: circle.Leader}, &circle.Dissolved{Circle: "carts", To: "places"}),
		then: []circle.Event{&circle.Dissolved{Circle: "hill", To: "places"}}},
	{name: "methods §8.10: a circle of one ends by its parent's consent", given: hillside(settled, &circle.Left{Circle: "hill", Person: "ana"}), consent: "places",
		when: circle.Dissolve{Circle: "hill"}, then: []circle.Event{&circle.Dissolved{Circle: "hill", To: "places"}}},
	{name: "I-19: the circles inside are named", given: hillside(), when: circle.Dissolve{Circle: "valley", Roles: dissolving.Roles}, refused: circle.NotAllNamed},
	{name: "I-19: the roles are named", given: hillside(), when: circle.Dissolve{Circle: "valley", Raise: dissolving.Raise}, refused: circle.NotAllNamed},
	{name: "M-24: no circle that is not inside", given: hillside(), when: circle.Dissolve{Circle: "valley", Raise: []circle.ID{"brook", "hill"}, Roles: dissolving.Roles}, refused: circle.NotInThere},
	{name: "M-24: no role that is not there", given: hillside(), when: circle.Dissolve{Circle: "hill", Roles: []circle.RoleGoes{{Role: "rota"}}}, refused: circle.NotInThere},
	{name: "M-24: a role goes where the rest goes", given: hillside(), refused: circle.NotInThere,
		when: circle.Dissolve{Circle: "valley", Raise: dissolving.Raise, Roles: []circle.RoleGoes{{Role: "rota", To: "hill"}}}},
	{name: "I-4: a name that means something else further out", refused: circle.TakenID,
		given: hillside(clashing),
		when:  circle.Dissolve{Circle: "valley", Raise: []circle.ID{"brook", "dale"}, Roles: dissolving.Roles}},
	{name: "M-24: a piece of what it does not hold itself goes up as it is", when: circle.Dissolve{Circle: "hill", Raise: []circle.ID{"dale"}},
		given: hillside(&circle.Opened{Circle: "dale", Parent: "hill", Type: circle.Local, Aim: circle.Say("d"), Domain: []circle.Item{item("grass", "meadows")}}),
		then: []circle.Event{&circle.Reparented{Circle: "dale", From: "hill", To: "places", Domain: []circle.Item{item("grass", "meadows")}},
			&circle.Dissolved{Circle: "hill", To: "places"}}},
	{name: "M-24: not once it has ended in another way", given: hillside(settled, &circle.ChangeAgreed{Change: "gone", By: "places", Awaits: []circle.ID{"hill"}, Deed: deed(circle.Dissolve{Change: "gone", Circle: "hill"})},
		&circle.Dissolved{Circle: "hill", To: "places"}), consent: "hill", when: circle.ConsentTo{Change: "gone"}, refused: circle.CircleClosed},
	{name: "I-1: the root stays", given: hillside(), when: circle.Dissolve{Circle: "places"}, refused: circle.NobodyAround},
	{name: "M-24: once", given: hillside(&circle.Dissolved{Circle: "hill", To: "places"}), when: circle.Dissolve{Circle: "hill"}, refused: circle.CircleClosed},

	{name: "M-27: three circles consent to a merger", given: hillside(settled), consent: "hill", when: oneIn,
		then: []circle.Event{&circle.ChangeAgreed{Change: "one", By: "hill", Awaits: []circle.ID{"valley", "places"}, Deed: deed(oneIn)}}},
	{name: "M-27: the first of two that are awaited", consent: "valley", when: circle.ConsentTo{Change: "one"},
		given: hillside(settled, &circle.ChangeAgreed{Change: "one", By: "hill", Awaits: []circle.ID{"valley", "places"}, Deed: deed(oneIn)}),
		then:  []circle.Event{&circle.ChangeConsented{Change: "one", Circle: "valley"}}},
	{name: "M-27: the union of both domains", when: oneIn,
		given: hillside(&circle.Linked{Circle: "brook", To: "valley", As: circle.Leader}),
		then: []circle.Event{
			&circle.LinkEnded{Circle: "brook", To: "valley", As: circle.Leader},
			&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleDissolved{Role: "rota", Circle: "valley"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "hill", Domain: []circle.Item{item("nets", "hand-over")}},
			&circle.Merged{Circle: "valley", Into: "hill", Domain: []circle.Item{item("care", ""), item("hand-over", "teams"), item("starting", "teams")}},
			&circle.Linked{Circle: "brook", To: "hill", As: circle.Leader},
			&circle.Joined{Circle: "hill", Person: "ben", Level: circle.Full}, &circle.Joined{Circle: "hill", Person: "cia", Level: circle.Full},
		}},
	{name: "M-27: into the circle around it", given: hillside(), when: circle.Merge{Circle: "hill", Into: "places"},
		then: []circle.Event{
			&circle.Merged{Circle: "hill", Into: "places", Domain: []circle.Item{item("care", ""), item("teams", "")}},
			&circle.Joined{Circle: "places", Person: "dee", Level: circle.Full},
		}},
	{name: "I-4: where its names mean nothing else", refused: circle.TakenID, given: hillside(clashing),
		when: circle.Merge{Circle: "valley", Into: "places", Roles: dissolving.Roles}},
	{name: "M-27: with the one role by which a circle inside was linked", when: oneIn,
		given: hillside(&circle.RoleCreated{Role: "angler", Circle: "brook", Hat: circle.Delegate}, &circle.Linked{Circle: "brook", To: "valley", As: circle.Delegate, Role: "angler"}),
		then: []circle.Event{
			&circle.LinkEnded{Circle: "brook", To: "valley", As: circle.Delegate, Role: "angler"},
			&circle.RoleDissolved{Role: "valley-leader", Circle: "valley"}, &circle.RoleDissolved{Role: "valley-delegate", Circle: "valley"},
			&circle.RoleDissolved{Role: "rota", Circle: "valley"},
			&circle.Reparented{Circle: "brook", From: "valley", To: "hill", Domain: []circle.Item{item("nets", "hand-over")}},
			&circle.Merged{Circle: "valley", Into: "hill", Domain: []circle.Item{item("care", ""), item("hand-over", "teams"), item("starting", "teams")}},
			&circle.Linked{Circle: "brook", To: "hill", As: circle.Delegate, Role: "angler"},
			&circle.Joined{Circle: "hill", Person: "ben", Level: circle.Full}, &circle.Joined{Circle: "hill", Person: "cia", Level: circle.Full},
		}},
	{name: "M-27: not into one further off", given: hillside(), when: circle.Merge{Circle: "hill", Into: "brook"}, refused: circle.NotBeside},
	{name: "M-27: not into itself", given: hillside(), when: circle.Merge{Circle: "hill", Into: "hill"}, refused: circle.NotBeside},
	{name: "M-27: the root does not go", given: hillside(), when: circle.Merge{Circle: "places", Into: "hill"}, refused: circle.NobodyAround},
	{name: "M-27: into nothing", given: hillside(), when: circle.Merge{Circle: "hill", Into: "nowhere"}, refused: circle.UnknownCircle},
	{name: "M-27: nothing goes", given: hillside(), when: circle.Merge{Circle: "nowhere", Into: "hill"}, refused: circle.UnknownCircle},
	{name: "I-19: the roles are named in a merger too", given: hillside(), when: circle.Merge{Circle: "valley", Into: "hill"}, refused: circle.NotAllNamed},
	{name: "I-4: a name means one thing in the merged circle", refused: circle.TakenID,
		given: hillside(clashing),
		when:  oneIn},

	{name: "M-25: a role that grew too large becomes a circle", given: hillside(settled, &circle.RoleGiven{Role: "rota", Person: "ben", Since: now}), consent: "valley",
		when: circle.TurnIntoCircle{Role: "rota", ID: "rota-circle", Aim: circle.Say("A fair rota"), Domain: []circle.Item{item("starting", "")}},
		then: []circle.Event{
			&circle.Opened{Circle: "rota-circle", Parent: "valley", Type: circle.Local, Aim: circle.Say("A fair rota"), Domain: []circle.Item{item("starting", "")}},
			&circle.Joined{Circle: "rota-circle", Person: "ben", Level: circle.Full},
			&circle.RoleCreated{Role: "rota-circle-leader", Circle: "rota-circle", Hat: circle.Leader},
			&circle.RoleGiven{Role: "rota-circle-leader", Person: "ben", Since: now},
			&circle.RoleDissolved{Role: "rota", Circle: "valley"},
		}},
	{name: "M-25: a hat does not", given: hillside(), when: circle.TurnIntoCircle{Role: "valley-leader", ID: "x", Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}}, refused: circle.HatStays},
	{name: "M-25: nothing does not", given: hillside(), when: circle.TurnIntoCircle{Role: "nothing", ID: "x", Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}}, refused: circle.UnknownRole},
	{name: "M-25: nor one of a circle that is closed", refused: circle.CircleClosed, when: circle.TurnIntoCircle{Role: "draft", ID: "x", Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}},
		given: helping(&circle.RoleCreated{Role: "draft", Circle: "helpers", Name: circle.Say("Draft")}, &circle.Closed{Circle: "helpers"})},
	{name: "M-25: into a circle whose name is taken", given: hillside(), when: circle.TurnIntoCircle{Role: "rota", ID: "hill", Aim: circle.Say("a"), Domain: []circle.Item{item("starting", "")}}, refused: circle.TakenID},
	{name: "M-25: a role that ended is worn no more", given: hillside(&circle.RoleDissolved{Role: "rota", Circle: "valley"}), when: circle.GiveRole{Role: "rota", Person: "ben"}, refused: circle.UnknownRole},
	{name: "M-25: a circle becomes a role of whoever leads it", when: circle.TurnIntoRole{Circle: "hill", Role: "hill-keeper", Name: circle.Say("Hill Keeper")},
		given: hillside(&circle.RoleCreated{Role: "hill-leader", Circle: "hill", Hat: circle.Leader}, &circle.RoleGiven{Role: "hill-leader", Person: "ana", Since: now}),
		then: []circle.Event{
			&circle.RoleDissolved{Role: "hill-leader", Circle: "hill"}, &circle.Dissolved{Circle: "hill", To: "places"},
			&circle.RoleCreated{Role: "hill-keeper", Circle: "places", Name: circle.Say("Hill Keeper")},
			&circle.RoleGiven{Role: "hill-keeper", Person: "ana", Since: now},
		}},
	{name: "M-25: with all that it has named", given: hillside(), when: circle.TurnIntoRole{Circle: "valley", Role: "valley-keeper"}, refused: circle.NotAllNamed},
	{name: "M-25, M-6: when both consent", given: hillside(settled), consent: "places", when: circle.TurnIntoRole{Change: "small", Circle: "hill", Role: "hill-keeper"},
		then: []circle.Event{&circle.ChangeAgreed{Change: "small", By: "places", Awaits: []circle.ID{"hill"}, Deed: deed(circle.TurnIntoRole{Change: "small", Circle: "hill", Role: "hill-keeper"})}}},
	{name: "M-25: under a name that is not taken", given: hillside(), when: circle.TurnIntoRole{Circle: "hill", Role: "rota"}, refused: circle.TakenID},
}

var moveRows = []row{
	{name: "M-26: a role goes down where it serves the aim there", given: hillside(settled), consent: "valley",
		when: circle.MoveRole{Change: "fish", Role: "rota", To: "brook", Serves: "fish"},
		then: []circle.Event{&circle.ChangeAgreed{Change: "fish", By: "valley", Awaits: []circle.ID{"brook"},
			Deed: deed(circle.MoveRole{Change: "fish", Role: "rota", To: "brook", Serves: "fish"})}}},
	{name: "M-26: when both consent", given: hillside(), when: circle.MoveRole{Role: "rota", To: "brook", Serves: "fish", Reason: circle.Say("They fish")},
		then: []circle.Event{&circle.RoleMoved{Role: "rota", From: "valley", To: "brook", Serves: "fish", Reason: circle.Say("They fish")}}},
	{name: "M-26: not where it serves nothing", given: hillside(), when: circle.MoveRole{Role: "rota", To: "brook", Serves: "views"}, refused: circle.ServesNothing},
	{name: "M-26: up where it serves nothing below any more", given: hillside(), when: circle.MoveRole{Role: "rota", To: "places", Serves: "bread"},
		then: []circle.Event{&circle.RoleMoved{Role: "rota", From: "valley", To: "places", Serves: "bread"}}},
	{name: "M-26: not up while it serves below", refused: circle.ServesHere, when: circle.MoveRole{Role: "rota", To: "places", Serves: "bread"},
		given: hillside(&circle.Redefined{Circle: "valley", AimParts: []circle.Item{item("bread", "")}})},
	{name: "M-26: not sideways", given: hillside(), when: circle.MoveRole{Role: "rota", To: "hill", Serves: "views"}, refused: circle.NotAdjacent},
	{name: "M-26: not a hat", given: hillside(), when: circle.MoveRole{Role: "valley-leader", To: "brook", Serves: "fish"}, refused: circle.HatStays},
	{name: "M-26: not nothing", given: hillside(), when: circle.MoveRole{Role: "nothing", To: "brook", Serves: "fish"}, refused: circle.UnknownRole},
	{name: "M-26: not to nothing", given: hillside(), when: circle.MoveRole{Role: "rota", To: "nowhere", Serves: "fish"}, refused: circle.UnknownCircle},
	{name: "M-26: a policy goes where its domain is", given: hillside(), when: circle.MovePolicy{Policy: "notes", From: "valley", To: "brook", Serves: "fish", Item: "nets"},
		then: []circle.Event{&circle.PolicyMoved{Policy: "notes", From: "valley", To: "brook", Serves: "fish", Item: "nets"}}},
	{name: "I-17: not outside the domain", given: hillside(), when: circle.MovePolicy{Policy: "notes", From: "valley", To: "brook", Serves: "fish", Item: "starting"}, refused: circle.OutsideItsDomain},
	{name: "M-26: nor sideways", given: hillside(), when: circle.MovePolicy{Policy: "notes", From: "valley", To: "hill", Serves: "views", Item: "care"}, refused: circle.NotAdjacent},
	{name: "M-26: from a circle that is there", given: hillside(), when: circle.MovePolicy{Policy: "notes", From: "nowhere", To: "hill", Serves: "views", Item: "care"}, refused: circle.UnknownCircle},

	{name: "M-28: authority is lent for a time", given: hillside(), when: circle.Lend{Circle: "valley", To: "hill", Item: "starting", For: circle.MustPeriod("3m")}, then: []circle.Event{lent}},
	{name: "M-28: both consent", given: hillside(settled), consent: "hill", when: circle.Lend{Change: "h", Circle: "valley", To: "hill", Item: "starting", For: circle.MustPeriod("3m")},
		then: []circle.Event{&circle.ChangeAgreed{Change: "h", By: "hill", Awaits: []circle.ID{"valley"},
			Deed: deed(circle.Lend{Change: "h", Circle: "valley", To: "hill", Item: "starting", For: circle.MustPeriod("3m")})}}},
	{name: "EC-16: or until it is taken back", given: hillside(), when: circle.Lend{Circle: "valley", To: "hill", Item: "starting", AtWill: true}, then: []circle.Event{atWill}},
	{name: "M-28: not for good", given: hillside(), when: circle.Lend{Circle: "valley", To: "hill", Item: "starting"}, refused: circle.NoEnd},
	{name: "M-21: but to the circle of their representatives", when: circle.Lend{Circle: "valley", To: "both", Item: "starting"},
		given: hillside(&circle.Opened{Circle: "both", Parent: "places", Type: circle.Delegates, Aim: circle.Say("b"), Serves: []circle.ID{"valley", "hill"}}),
		then:  []circle.Event{&circle.ItemLent{Circle: "valley", To: "both", Item: "starting", Since: now}}},
	{name: "M-28: nobody lends what they do not hold", given: hillside(), when: circle.Lend{Circle: "valley", To: "hill", Item: "care", For: circle.MustPeriod("3m")}, refused: circle.OutsideItsDomain},
	{name: "M-28: nor what is handed down in part", given: hillside(), when: circle.Lend{Circle: "valley", To: "hill", Item: "hand-over", For: circle.MustPeriod("3m")}, refused: circle.OutsideItsDomain},
	{name: "M-28: nor twice", given: hillside(lent), when: circle.Lend{Circle: "valley", To: "places", Item: "starting", For: circle.MustPeriod("3m")}, refused: circle.LentAlready},
	{name: "M-28: nor to itself", given: hillside(), when: circle.Lend{Circle: "valley", To: "valley", Item: "starting", For: circle.MustPeriod("3m")}, refused: circle.CannotTake},
	{name: "M-28: what is lent is not handed down", given: hillside(lent), when: ofKind(circle.Sub, "valley", withDomain("starting", "")), refused: circle.NotHeld},
	{name: "EC-16: the giver takes back alone what was lent at will", given: hillside(settled, atWill), consent: "valley", when: circle.TakeBack{Circle: "valley", Item: "starting"},
		then: []circle.Event{&circle.Returned{Circle: "valley", Item: "starting"}}},
	{name: "M-28: otherwise both consent", given: hillside(settled, lent), consent: "valley", when: circle.TakeBack{Change: "b", Circle: "valley", Item: "starting"},
		then: []circle.Event{&circle.ChangeAgreed{Change: "b", By: "valley", Awaits: []circle.ID{"hill"}, Deed: deed(circle.TakeBack{Change: "b", Circle: "valley", Item: "starting"})}}},
	{name: "M-28: nothing comes back that was not lent", given: hillside(), when: circle.TakeBack{Circle: "valley", Item: "starting"}, refused: circle.NotLent},
	{name: "M-28: to a circle that is there", given: hillside(), when: circle.TakeBack{Circle: "nowhere", Item: "starting"}, refused: circle.UnknownCircle},
	{name: "M-28: a hand-off", given: hillside(settled), consent: "valley", when: circle.HandOff{Circle: "valley", To: "hill", What: circle.Say("Friday's list")},
		then: []circle.Event{&circle.HandedOff{Circle: "valley", To: "hill", What: circle.Say("Friday's list")}}},
	{name: "M-28: not to itself", given: hillside(), when: circle.HandOff{Circle: "valley", To: "valley", What: circle.Say("x")}, refused: circle.CannotTake},
	{name: "M-28: by consent", given: hillside(settled), by: "cia", when: circle.HandOff{Circle: "valley", To: "hill", What: circle.Say("x")}, refused: circle.ByConsentOnly},
	{name: "M-28: to something", given: hillside(), when: circle.HandOff{Circle: "valley", To: "nowhere", What: circle.Say("x")}, refused: circle.UnknownCircle},
}
