package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// staffed is valley with what its rules say about roles.
func staffed(s circle.Staffing, more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Staffing: s}}}, more...)...)
}

var (
	facilitated = []circle.Event{
		&circle.RoleCreated{Role: "chair", Circle: "valley", Hat: circle.Facilitator},
		&circle.RoleGiven{Role: "chair", Person: "ben", Since: now},
	}
	rotates = &circle.RotationAgreed{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "dee"}
	worn    = &circle.RoleGiven{Role: "rota", Person: "ben", Since: now, Until: now.AddDate(1, 0, 0)}
	away    = &circle.SubstituteNamed{Role: "valley-leader", Holder: "cia", Person: "ben", By: "cia"}
)

func chaired(more ...circle.Event) []circle.Event {
	return valley(append(append([]circle.Event{}, facilitated...), more...)...)
}

// officeRows are the law of roles: M-46 to M-60, EC-81 to EC-90.
var officeRows = []row{
	{name: "M-46: what a role is there for is written by consent", given: valley(settled), consent: "valley",
		when: circle.DefineRole{Role: "rota", Purpose: circle.Say("Everybody knows when they work"), Domain: []circle.Item{item("starting", "")},
			Accountabilities: []circle.Item{item("plan", "")}, Limits: []circle.Item{item("no-nights", "")}},
		then: []circle.Event{&circle.RoleDefined{Role: "rota", Version: 1, Purpose: circle.Say("Everybody knows when they work"),
			Domain: []circle.Item{item("starting", "")}, Accountabilities: []circle.Item{item("plan", "")}, Limits: []circle.Item{item("no-nights", "")}}}},
	{name: "M-46: a new version, whoever wears it", given: valley(&circle.RoleDefined{Role: "rota", Version: 1, Purpose: circle.Say("a")}, worn),
		when: circle.DefineRole{Role: "rota", Purpose: circle.Say("b")}, then: []circle.Event{&circle.RoleDefined{Role: "rota", Version: 2, Purpose: circle.Say("b")}}},
	{name: "M-46: nobody writes it alone, its wearer neither", given: valley(settled, worn), by: "ben",
		when: circle.DefineRole{Role: "rota", Purpose: circle.Say("b")}, refused: circle.ByConsentOnly},
	{name: "M-46: a role holds what its circle holds", given: valley(), when: circle.DefineRole{Role: "rota", Purpose: circle.Say("a"), Domain: []circle.Item{item("care", "")}}, refused: circle.NotHeld},
	{name: "M-46: two roles do not hold one thing", given: valley(&circle.RoleDefined{Role: "rota", Version: 1, Purpose: circle.Say("a"), Domain: []circle.Item{item("starting", "")}}),
		when: circle.DefineRole{Role: "valley-leader", Purpose: circle.Say("b"), Domain: []circle.Item{item("starting", "")}}, refused: circle.RoleHasItem},
	{name: "M-46: nothing stands twice", given: valley(), when: circle.DefineRole{Role: "rota", Purpose: circle.Say("a"), Limits: []circle.Item{item("l", ""), item("l", "")}}, refused: circle.TwiceInDomain},
	{name: "M-46: of a role that is there", given: valley(), when: circle.DefineRole{Role: "nothing", Purpose: circle.Say("a")}, refused: circle.UnknownRole},

	{name: "M-49: hats are kept apart where the circle says so", given: staffed(circle.Staffing{Apart: []circle.Apart{{One: circle.Leader, Other: circle.Facilitator}}},
		&circle.RoleCreated{Role: "chair", Circle: "valley", Hat: circle.Facilitator}), when: circle.GiveRole{Role: "chair", Person: "cia"}, refused: circle.HatsApart},
	{name: "M-49: read from either side, and by a broader circle's rules", refused: circle.HatsApart, when: circle.GiveRole{Role: "valley-leader", Person: "ben"},
		given: chaired(&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Apart: []circle.Apart{{One: circle.Leader, Other: circle.Facilitator}}}}})},
	{name: "M-49: else one person wears several", given: chaired(), when: circle.GiveRole{Role: "chair", Person: "cia"},
		then: []circle.Event{&circle.RoleGiven{Role: "chair", Person: "cia", Since: now}}},
	{name: "M-50: the term is the circle's where the giving says none", given: staffed(circle.Staffing{Term: circle.MustPeriod("6m")}), when: circle.GiveRole{Role: "rota", Person: "ben"},
		then: []circle.Event{&circle.RoleGiven{Role: "rota", Person: "ben", Since: now, Until: now.AddDate(0, 6, 0)}}},
	{name: "M-53: with a focus; EC-86: with a date for looking at it again", given: valley(), when: circle.GiveRole{Role: "rota", Person: "ben", Focus: circle.Say("mornings"), CheckIn: circle.MustPeriod("1m")},
		then: []circle.Event{&circle.RoleGiven{Role: "rota", Person: "ben", Since: now, Focus: circle.Say("mornings"), CheckIn: circle.MustPeriod("1m")}}},
	{name: "M-54: from outside the circle, where it says nothing", given: valley(), when: circle.GiveRole{Role: "rota", Person: "dee"},
		then: []circle.Event{&circle.RoleGiven{Role: "rota", Person: "dee", Since: now}}},
	{name: "M-54: not where its roles are for those inside", given: staffed(circle.Staffing{Insiders: true}), when: circle.GiveRole{Role: "rota", Person: "dee"}, refused: circle.HolderOutside},
	{name: "EC-84: where roles are for members", given: staffed(circle.Staffing{Members: true}, &circle.Admitted{Person: "eva"}), when: circle.GiveRole{Role: "rota", Person: "eva"}, refused: circle.HolderNoMember},

	{name: "M-57: a role is taken back by consent", given: valley(settled), consent: "valley", when: circle.RevokeRole{Role: "valley-leader", Person: "cia"},
		then: []circle.Event{&circle.RoleRevoked{Role: "valley-leader", Person: "cia"}}},
	{name: "M-57: by nobody alone", given: valley(settled), by: "ben", when: circle.RevokeRole{Role: "valley-leader", Person: "cia"}, refused: circle.ByConsentOnly},
	{name: "M-57: from who wears it", given: valley(), when: circle.RevokeRole{Role: "valley-leader", Person: "ben"}, refused: circle.NotWearing},

	{name: "M-55: surrogates stand in an order", given: valley(settled), consent: "valley", when: circle.OrderSurrogates{Role: "rota", Order: []circle.PersonID{"ben", "cia"}},
		then: []circle.Event{&circle.SurrogatesOrdered{Role: "rota", Order: []circle.PersonID{"ben", "cia"}}}},
	{name: "M-55: each once", given: valley(), when: circle.OrderSurrogates{Role: "rota", Order: []circle.PersonID{"ben", "ben"}}, refused: circle.TakenID},
	{name: "M-55: the order is the circle's", given: valley(settled), by: "cia", when: circle.OrderSurrogates{Role: "rota", Order: []circle.PersonID{"ben"}}, refused: circle.ByConsentOnly},

	{name: "EC-89: who is away names a substitute", given: valley(settled), by: "cia", when: circle.NameSubstitute{Role: "valley-leader", Person: "ben", Until: now.AddDate(0, 0, 7)},
		then: []circle.Event{&circle.SubstituteNamed{Role: "valley-leader", Holder: "cia", Person: "ben", Until: now.AddDate(0, 0, 7), By: "cia"}}},
	{name: "EC-89: failing that the Facilitator does", given: chaired(settled), by: "ben", when: circle.NameSubstitute{Role: "valley-leader", Holder: "cia", Person: "dee"},
		then: []circle.Event{&circle.SubstituteNamed{Role: "valley-leader", Holder: "cia", Person: "dee", By: "ben"}}},
	{name: "EC-89: nobody else", given: valley(settled), by: "ben", when: circle.NameSubstitute{Role: "valley-leader", Holder: "cia", Person: "dee"}, refused: circle.NotSubstituting},
	{name: "EC-89: for a role that is worn", given: valley(settled), by: "cia", when: circle.NameSubstitute{Role: "rota", Person: "ben"}, refused: circle.NotWearing},
	{name: "EC-89: a substitute is somebody else", given: valley(settled), by: "cia", when: circle.NameSubstitute{Role: "valley-leader", Person: "cia"}, refused: circle.SelfSubstitute},
	{name: "EC-89: for a time to come", given: valley(settled), by: "cia", when: circle.NameSubstitute{Role: "valley-leader", Person: "ben", Until: now}, refused: circle.PastUntil},
	{name: "I-10: the Delegate does not stand in for the Leader", given: valley(settled, &circle.RoleGiven{Role: "valley-delegate", Person: "ben", Since: now}), by: "cia",
		when: circle.NameSubstitute{Role: "valley-leader", Person: "ben"}, refused: circle.LeaderIsDelegate},
	{name: "I-10: who stands in for the Leader does not become Delegate", given: valley(away), when: circle.GiveRole{Role: "valley-delegate", Person: "ben"}, refused: circle.LeaderIsDelegate},
	{name: "M-59: on one item, with the reason", given: chaired(settled), by: "ben", when: circle.NameSubstitute{Role: "chair", Person: "cia", Item: "p1", Reason: circle.Say("It is about my house")},
		then: []circle.Event{&circle.SubstituteNamed{Role: "chair", Holder: "ben", Person: "cia", Item: "p1", By: "ben", Reason: circle.Say("It is about my house")}}},
	{name: "M-59: the reason stays on record", given: chaired(settled), by: "ben", when: circle.NameSubstitute{Role: "chair", Person: "cia", Item: "p1"}, refused: circle.SubstituteReason},
	{name: "EC-89: the wearer is back", given: valley(settled, away), by: "cia", when: circle.EndSubstitute{Role: "valley-leader"},
		then: []circle.Event{&circle.SubstituteEnded{Role: "valley-leader", Holder: "cia"}}},
	{name: "EC-89: the substitute stands in no longer", given: valley(settled, away), by: "ben", when: circle.EndSubstitute{Role: "valley-leader", Holder: "cia"},
		then: []circle.Event{&circle.SubstituteEnded{Role: "valley-leader", Holder: "cia"}}},
	{name: "M-59: on the item", given: chaired(&circle.SubstituteNamed{Role: "chair", Holder: "ben", Person: "cia", Item: "p1", By: "ben"}), by: "ben",
		when: circle.EndSubstitute{Role: "chair", Item: "p1"}, then: []circle.Event{&circle.SubstituteEnded{Role: "chair", Holder: "ben", Item: "p1"}}},
	{name: "EC-89: nobody ends what is not there", given: valley(), by: "cia", when: circle.EndSubstitute{Role: "valley-leader"}, refused: circle.NoSubstitute},
	{name: "EC-89: nor what is not theirs", given: valley(away), by: "dee", when: circle.EndSubstitute{Role: "valley-leader", Holder: "cia"}, refused: circle.NotSubstituting},

	{name: "EC-90: a role goes round with notice and a back-stop", given: valley(settled, &circle.Linked{Circle: "valley", To: "places", As: circle.Leader}), consent: "valley",
		when: circle.Rotate{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "cia", Told: []circle.ID{"places"}},
		then: []circle.Event{&circle.RotationAgreed{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "cia", Told: []circle.ID{"places"}}}},
	{name: "EC-90: not without notice to the circles it is linked with", given: valley(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}),
		when: circle.Rotate{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "dee"}, refused: circle.RotationUntold},
	{name: "EC-90: not without a back-stop", given: valley(), when: circle.Rotate{Role: "rota", Order: []circle.PersonID{"ben", "cia"}}, refused: circle.RotationIncomplete},
	{name: "EC-90: between two at least", given: valley(), when: circle.Rotate{Role: "rota", Order: []circle.PersonID{"ben"}, BackStop: "dee"}, refused: circle.RotationIncomplete},
	{name: "EC-90: of people who are known", given: valley(), when: circle.Rotate{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "nobody"}, refused: circle.UnknownPerson},
	{name: "M-60: to the first of the order", given: valley(rotates), by: "dee", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("We begin")},
		then: []circle.Event{&circle.RoleTurned{Role: "rota", To: "ben", At: now, By: "dee", Evaluation: circle.Say("We begin")}}},
	{name: "M-60: and then to the next", given: valley(worn, rotates), by: "ben", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("Went well")},
		then: []circle.Event{&circle.RoleTurned{Role: "rota", From: "ben", To: "cia", At: now, By: "ben", Evaluation: circle.Say("Went well")}}},
	{name: "M-60: past who has left, to the back-stop", given: valley(worn, rotates, &circle.Left{Circle: "valley", Person: "cia"}), by: "ben", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("Went well")},
		then: []circle.Event{&circle.RoleTurned{Role: "rota", From: "ben", To: "dee", At: now, By: "ben", Evaluation: circle.Say("Went well")}}},
	{name: "EC-90: when nobody can take it, nobody does", given: valley(worn, &circle.RotationAgreed{Role: "rota", Order: []circle.PersonID{"ben", "cia"}, BackStop: "ben"}, &circle.Left{Circle: "valley", Person: "cia"}), by: "ben",
		when: circle.HandOver{Role: "rota", Evaluation: circle.Say("Went well")}, refused: circle.NobodyNext},
	{name: "EC-90: with a look back each time", given: valley(worn, rotates), by: "ben", when: circle.HandOver{Role: "rota"}, refused: circle.EvaluationFirst},
	{name: "EC-90: by who has to do with it", given: valley(worn, rotates), by: "ana", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("a")}, refused: circle.NotInTurn},
	{name: "EC-90: where an order was agreed", given: valley(worn), by: "ben", when: circle.HandOver{Role: "rota", Evaluation: circle.Say("a")}, refused: circle.NotRotating},

	{name: "EC-81: holder and circle look at it together", given: valley(&circle.RoleGiven{Role: "rota", Person: "ben", Since: now, CheckIn: circle.MustPeriod("1m")}), by: "cia",
		when: circle.CheckIn{Role: "rota", Person: "ben", Text: circle.Say("fine")}, then: []circle.Event{&circle.CheckedIn{Role: "rota", Person: "ben", By: "cia", Text: circle.Say("fine")}}},
	{name: "EC-81: not somebody from outside", given: valley(&circle.RoleGiven{Role: "rota", Person: "ben", Since: now, CheckIn: circle.MustPeriod("1m")}), by: "dee",
		when: circle.CheckIn{Role: "rota", Person: "ben"}, refused: circle.NotInCircle},
	{name: "EC-81: where one was agreed", given: valley(worn), by: "ben", when: circle.CheckIn{Role: "rota", Person: "ben"}, refused: circle.NoCheckIn},
	{name: "EC-81: with who wears it", given: valley(worn), by: "ben", when: circle.CheckIn{Role: "rota", Person: "cia"}, refused: circle.NotWearing},
}

// TestAfterTheTerm: M-51, by the circle's rules the holder goes on until it has
// chosen again, or the role rests; and a link goes with it.
func TestAfterTheTerm(t *testing.T) {
	over := []circle.Event{&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}, &circle.SurrogatesOrdered{Role: "valley-leader", Order: []circle.PersonID{"ben"}},
		&circle.RoleTermEnded{Role: "valley-leader", Person: "cia"}}
	o := history(t, staffed(circle.Staffing{}, over...))
	require.Equal(t, []circle.PersonID{"cia"}, o.Wearers("valley", circle.Leader))
	require.Len(t, o.Role("valley-leader").Overdue(), 1)

	o = history(t, staffed(circle.Staffing{AfterTerm: circle.Rests}, over...))
	require.Empty(t, o.Wearers("valley", circle.Leader))
	require.Empty(t, o.LevelIn("places", "cia"), "I-11: the link ends with the authority")
	who, as := o.Acting("valley-leader", "", nil)
	require.Equal(t, []circle.PersonID{"ben"}, who, "I-15: meanwhile the surrogate")
	require.Equal(t, circle.AsSurrogate, as)
	o.Apply(&circle.RoleGiven{Role: "valley-leader", Person: "cia", Since: now})
	require.Equal(t, []circle.PersonID{"cia"}, o.Wearers("valley", circle.Leader), "M-52: chosen again")
	require.Empty(t, o.Role("valley-leader").Overdue())
}

// TestActing: M-55, M-56 and M-59, who acts in a role now, and as what.
func TestActing(t *testing.T) {
	o := history(t, chaired(&circle.SurrogatesOrdered{Role: "chair", Order: []circle.PersonID{"cia", "dee"}}))
	asked := func(role circle.RoleID, item circle.Name, absent ...circle.PersonID) (circle.PersonID, circle.Capacity) {
		who, as := o.Acting(role, item, func(p circle.PersonID) bool { return len(absent) == 0 || absent[0] != p && absent[len(absent)-1] != p })
		if len(who) == 0 {
			return "", as
		}
		require.Len(t, who, 1)
		return who[0], as
	}
	for _, r := range []struct {
		role   circle.RoleID
		item   circle.Name
		absent []circle.PersonID
		who    circle.PersonID
		as     circle.Capacity
		after  circle.Event
	}{
		{role: "chair", who: "ben", as: circle.AsHolder},
		{role: "chair", absent: []circle.PersonID{"ben"}, who: "cia", as: circle.AsSurrogate},
		{role: "chair", absent: []circle.PersonID{"ben", "cia"}, who: "dee", as: circle.AsSurrogate},
		{role: "rota", who: "cia", as: circle.AsFallback}, // M-56: to the Leader
		{role: "valley-delegate"}, // I-10: never to the Leader
		{role: "nothing"},
		{role: "chair", item: "p1", who: "dee", as: circle.AsSubstitute, after: &circle.SubstituteNamed{Role: "chair", Holder: "ben", Person: "dee", Item: "p1", By: "ben"}},
		{role: "chair", item: "p2", who: "ben", as: circle.AsHolder},
		{role: "chair", who: "cia", as: circle.AsSubstitute, after: &circle.SubstituteNamed{Role: "chair", Holder: "ben", Person: "cia", By: "ben"}},
		{role: "chair", item: "p1", who: "cia", as: circle.AsSubstitute, after: &circle.SubstituteEnded{Role: "chair", Holder: "ben", Item: "p1"}},
		{role: "chair", who: "ben", as: circle.AsHolder, after: &circle.SubstituteEnded{Role: "chair", Holder: "ben"}},
		{role: "rota", who: "ben", as: circle.AsFallback, after: &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Unfilled: circle.Facilitator}}}},
	} {
		if r.after != nil {
			o.Apply(r.after)
		}
		who, as := asked(r.role, r.item, r.absent...)
		require.Equal(t, r.who, who, "%s on %q without %v", r.role, r.item, r.absent)
		require.Equal(t, r.as, as)
	}
}

// TestSubstitutesCarryLinks: M-72, who stands in for a link sits there while
// they do, in the place of who is away and not beside them.
func TestSubstitutesCarryLinks(t *testing.T) {
	o := history(t, linked(away))
	require.Equal(t, []circle.PersonID{"ana", "ben", "dee"}, o.FullIn("places"))
	o.Apply(&circle.SubstituteEnded{Role: "valley-leader", Holder: "cia"})
	require.Equal(t, []circle.PersonID{"ana", "cia", "dee"}, o.FullIn("places"))
}

// TestAuthorityOver: M-61, may this person do this now, and by which text?
func TestAuthorityOver(t *testing.T) {
	o := history(t, valley(worn, &circle.RoleDefined{Role: "rota", Version: 3, Purpose: circle.Say("a"), Domain: []circle.Item{item("starting", "")},
		Limits: []circle.Item{item("no-nights", "")}, Case: "p7"}))
	a := o.AuthorityOver("starting", "ben")
	require.True(t, a.May)
	require.Equal(t, circle.Authority{May: true, Item: "starting", Circle: "valley", Role: "rota", Who: []circle.PersonID{"ben"}, As: circle.AsHolder,
		Text: "p7", Version: 3, Limits: a.Limits}, a)
	require.Len(t, a.Limits, 1)
	require.False(t, o.AuthorityOver("starting", "cia").May)
	require.Equal(t, circle.Authority{Item: "hand-over", Circle: "valley"}, o.AuthorityOver("hand-over", "ben"), "what no role holds, the circle decides")
	require.Equal(t, circle.Authority{Item: "nothing"}, o.AuthorityOver("nothing", "ben"))
	require.Equal(t, circle.ID("places"), o.AuthorityOver("care", "ben").Circle)
	o.Apply(&circle.RoleLaidDown{Role: "rota", Person: "ben"})
	require.Equal(t, []circle.PersonID{"cia"}, o.AuthorityOver("starting", "cia").Who, "M-56: what nobody holds falls to the Leader")
}

// TestCheckIns: EC-81, each is due a period after the one before.
func TestCheckIns(t *testing.T) {
	o := history(t, valley(&circle.RoleGiven{Role: "rota", Person: "ben", Since: now, CheckIn: circle.MustPeriod("1m")}))
	holding := func() *circle.Holding { return &o.Role("rota").Holders[0] }
	require.Equal(t, now.AddDate(0, 1, 0), holding().NextCheckIn())
	o.Apply(&circle.CheckedIn{Role: "rota", Person: "ben", By: "ben"})
	require.Equal(t, now.AddDate(0, 2, 0), holding().NextCheckIn())
	require.Equal(t, time.Time{}, (&circle.Holding{}).NextCheckIn())
}

// TestRotationGoesRound: M-60, by the stated order and round again; the term
// goes along.
func TestRotationGoesRound(t *testing.T) {
	o := history(t, valley(worn, rotates))
	for i, want := range []circle.PersonID{"cia", "ben", "cia"} {
		events, err := o.Decide(circle.Actor{By: "dee"}, now, circle.HandOver{Role: "rota", Evaluation: circle.Say("a")}, circle.Facts{})
		require.NoError(t, err)
		parts := 0
		happen(t, o, events[0], &parts)
		require.Len(t, o.Role("rota").Holders, 1)
		require.Equal(t, want, o.Role("rota").Holders[0].Person)
		require.Equal(t, worn.Until, o.Role("rota").Holders[0].Until)
		require.Equal(t, i+1, o.Role("rota").Rotation.Turns)
	}
}

// TestCases: M-50, what a case has brought about names the case.
func TestCases(t *testing.T) {
	given, defined, revoked := &circle.RoleGiven{}, &circle.RoleDefined{}, &circle.RoleRevoked{}
	for _, e := range []interface{ Adopted(circle.Name) }{given, defined, revoked} {
		e.Adopted("p1")
	}
	require.Equal(t, []circle.Name{"p1", "p1", "p1"}, []circle.Name{given.Case, defined.Case, revoked.Case})
}
