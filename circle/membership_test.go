package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// classes are the rules of the tests: valley admits; supported members and
// workers are asked something.
var classes = circle.Membership{Admits: "valley", Classes: []circle.ClassRule{
	{Class: circle.Supported, Ends: []circle.Name{"support-ended"}, Asks: []circle.Condition{{Fact: "regular-support", For: circle.MustPeriod("2m"), Hours: 2},
		{Fact: circle.Commitment}, {Fact: "age-16", Age: 16}}},
	{Class: circle.Worker, Asks: []circle.Condition{{Fact: circle.Commitment}}},
	{Class: circle.Investor},
}}

// coop is valley with rules for members; eva is known, and no member.
func coop(more ...circle.Event) []circle.Event {
	m := classes
	return valley(append([]circle.Event{settled, &circle.Admitted{Person: "eva"}, &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Membership: &m}}}, more...)...)
}

var (
	facts     = &circle.FactsAttested{Person: "eva", Facts: []circle.Name{"regular-support", "age-16"}, By: "cia"}
	committed = &circle.CommitmentAgreed{Person: "eva"}
	evaJoins  = &circle.Joined{Circle: "places", Person: "eva", Level: circle.Full}
	pen       = &circle.RoleCreated{Role: "pen", Circle: "places", Hat: circle.Secretary}
	evaIs     = &circle.ClassChanged{Person: "eva", To: circle.Supported, By: "ana", Of: "valley"}
)

// expelling adds how a member is removed.
var expelling = func() *circle.RulesAgreed {
	m := classes
	m.Removal = &circle.Removal{Matter: "removal", Told: 21}
	return &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Membership: &m}}
}()

// membershipRows are the law of classes: EC-1 to EC-6, EC-12, EC-61, EC-114.
var membershipRows = []row{
	{name: "EC-2: who admits attests what the rules ask", given: coop(), by: "cia", when: circle.Attest{Person: "eva", Facts: []circle.Name{"regular-support", "age-16"}}, then: []circle.Event{facts}},
	{name: "EC-2: nobody else does", given: coop(), by: "ana", when: circle.Attest{Person: "eva", Facts: []circle.Name{"age-16"}}, refused: circle.NotRegistering},
	{name: "EC-2: not of oneself", given: coop(), by: "cia", when: circle.Attest{Person: "cia", Facts: []circle.Name{"age-16"}}, refused: circle.OwnAttest},
	{name: "EC-2: not of a stranger", given: coop(), by: "cia", when: circle.Attest{Person: "nobody", Facts: []circle.Name{"age-16"}}, refused: circle.UnknownPerson},
	{name: "EC-2: once", given: coop(facts), by: "cia", when: circle.Attest{Person: "eva", Facts: []circle.Name{"age-16"}}, refused: circle.AttestedBefore},
	{name: "EC-2: nothing beyond what is asked is written down", given: coop(), by: "cia", when: circle.Attest{Person: "eva", Facts: []circle.Name{"diagnosis"}}, refused: circle.NoSuchFact},
	{name: "EC-6: nobody commits another", given: coop(), by: "cia", when: circle.Attest{Person: "eva", Facts: []circle.Name{circle.Commitment}}, refused: circle.OwnCommitment},
	{name: "EC-6: one agrees oneself", given: coop(), by: "eva", when: circle.AgreeToCommitment{}, then: []circle.Event{committed}},
	{name: "EC-6: once", given: coop(committed), by: "eva", when: circle.AgreeToCommitment{}, refused: circle.AttestedBefore},
	{name: "EC-6: where it is asked", given: valley(), by: "ben", when: circle.AgreeToCommitment{}, refused: circle.NoSuchFact},
	{name: "EC-6: by somebody who is known", given: coop(), by: "nobody", when: circle.AgreeToCommitment{}, refused: circle.UnknownPerson},

	{name: "EC-2, EC-12: with all that is asked one is a member, and among all", given: coop(facts, committed), consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Supported}, then: []circle.Event{evaIs, evaJoins}},
	{name: "EC-61: the circle of all admits too", given: coop(facts, committed), consent: "places", when: circle.ChangeClass{Person: "eva", Class: circle.Investor},
		then: []circle.Event{&circle.ClassChanged{Person: "eva", To: circle.Investor, By: "ana", Of: "places"}, evaJoins}},
	{name: "EC-61: nobody admits alone", given: coop(facts, committed), by: "cia", when: circle.ChangeClass{Person: "eva", Class: circle.Supported}, refused: circle.ByConsentOnly},
	{name: "EC-2: without what is asked nobody is", given: coop(committed), consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Supported}, refused: circle.NotAttested},
	{name: "M-31: nor where the circle of all is as large as it agreed to become", consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Supported}, refused: circle.CircleFull,
		given: coop(facts, committed, &circle.StructureAgreed{Circle: "places", Structure: circle.Structuring{Most: 1, Larger: circle.RefuseBeyond}})},
	{name: "EC-6: without a commitment nobody is", given: coop(facts), consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Supported}, refused: circle.NotAttested},
	{name: "EC-2: also not by being made known with a class", given: coop(), consent: "valley", when: circle.Admit{ID: "fay", Class: circle.Worker}, refused: circle.NotAttested},
	{name: "EC-5: where nothing is asked one is a member at once", given: coop(), consent: "valley", when: circle.Admit{ID: "fay", Class: circle.Investor},
		then: []circle.Event{&circle.Admitted{Person: "fay", Class: circle.Investor}, &circle.Joined{Circle: "places", Person: "fay", Level: circle.Full}}},
	{name: "EC-1: of a class that the rules know", given: coop(), consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Advocate}, refused: circle.NoSuchClass},
	{name: "EC-1: somebody who is known", given: coop(), consent: "valley", when: circle.ChangeClass{Person: "nobody", Class: circle.Supported}, refused: circle.UnknownPerson},
	{name: "EC-1: one class ends when the other begins, with what was attested for it alone", given: coop(facts, committed, evaIs, evaJoins), consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Worker},
		then: []circle.Event{&circle.ClassChanged{Person: "eva", From: circle.Supported, To: circle.Worker, Lapsed: []circle.Name{"regular-support", "age-16"}, By: "ana", Of: "valley"}}},
	{name: "EC-1: the same class is no change", given: coop(facts, committed, evaIs, evaJoins), consent: "valley", when: circle.ChangeClass{Person: "eva", Class: circle.Supported}, refused: circle.SameClass},
	{name: "EC-1: without rules for members the circle of all decides", given: valley(settled), consent: "places", when: circle.ChangeClass{Person: "ben", Class: circle.Worker},
		then: []circle.Event{&circle.ClassChanged{Person: "ben", From: circle.Supported, To: circle.Worker, By: "ana", Of: "places"}}},

	{name: "EC-2: a ground that ended ends the membership", given: coop(facts, committed, evaIs, evaJoins), by: "ben", when: circle.EndMembership{Person: "eva", Ground: "support-ended"},
		then: []circle.Event{&circle.MembershipEnded{Person: "eva", Class: circle.Supported, Ground: "support-ended", By: "ben"}, &circle.Left{Circle: "places", Person: "eva"}}},
	{name: "EC-2: a ground that the rules name", given: coop(evaIs), by: "ben", when: circle.EndMembership{Person: "eva", Ground: "disliked"}, refused: circle.NoSuchGround},
	{name: "EC-2: where there are no rules they name none", given: valley(settled, pen, &circle.RoleGiven{Role: "pen", Person: "dee", Since: now}), by: "dee", when: circle.EndMembership{Person: "ben", Ground: "disliked"}, refused: circle.NoSuchGround},
	{name: "EC-2: nobody resigns for another", given: coop(evaIs), by: "ben", when: circle.EndMembership{Person: "eva"}, refused: circle.NoSuchGround},
	{name: "EC-2: who keeps the register records it", given: coop(evaIs), by: "ana", when: circle.EndMembership{Person: "eva", Ground: "support-ended"}, refused: circle.NotRegistering},
	{name: "EC-2: who is no member loses nothing", given: coop(), by: "ben", when: circle.EndMembership{Person: "eva", Ground: "support-ended"}, refused: circle.NoClass},
	{name: "EC-2: nobody whom nobody knows", given: coop(), by: "ben", when: circle.EndMembership{Person: "nobody"}, refused: circle.UnknownPerson},
	{name: "EC-1: everybody may resign, and leaves the roles of members", given: coop(&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Staffing: circle.Staffing{Members: true}}}), by: "cia", when: circle.EndMembership{},
		then: []circle.Event{&circle.MembershipEnded{Person: "cia", Class: circle.Worker, Ground: circle.Resigned, By: "cia"}, &circle.RoleLaidDown{Role: "valley-leader", Person: "cia"}}},
	{name: "EC-84: other roles stay", given: coop(), by: "cia", when: circle.EndMembership{},
		then: []circle.Event{&circle.MembershipEnded{Person: "cia", Class: circle.Worker, Ground: circle.Resigned, By: "cia"}}},

	{name: "EC-75: the members remove a member, with all that hangs on it", given: coop(expelling, evaIs, evaJoins), consent: "places", when: circle.RemoveMember{Person: "eva", Reason: circle.Say("Money was taken")},
		then: []circle.Event{&circle.MembershipEnded{Person: "eva", Class: circle.Supported, Ground: circle.Expelled, Reason: circle.Say("Money was taken")}, &circle.Left{Circle: "places", Person: "eva"}}},
	{name: "EC-75: no other circle does", given: coop(expelling, evaIs), consent: "valley", when: circle.RemoveMember{Person: "eva"}, refused: circle.ByConsentOnly},
	{name: "EC-75: nobody alone", given: coop(expelling, evaIs), when: circle.RemoveMember{Person: "eva"}, refused: circle.ByConsentOnly},
	{name: "EC-75: not without rules for it", given: coop(evaIs), consent: "places", when: circle.RemoveMember{Person: "eva"}, refused: circle.NoRemoval},
	{name: "EC-75: not who is no member", given: coop(expelling), consent: "places", when: circle.RemoveMember{Person: "eva"}, refused: circle.NoClass},
	{name: "EC-75: not a stranger", given: coop(expelling), consent: "places", when: circle.RemoveMember{Person: "nobody"}, refused: circle.UnknownPerson},

	{name: "EC-8: who is a member is ruled in the circle of all", given: valley(), when: circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Membership: &classes}}, refused: circle.MembershipAtRoot},
	{name: "EC-8: and in no circle that begins", given: valley(), when: opens("bakery", func(c *circle.Open) { c.Rules.Membership = &classes }), refused: circle.MembershipAtRoot},
	{name: "EC-61: a circle that is not there admits nobody", given: valley(), when: circle.AgreeRules{Circle: "places", Rules: circle.Rules{Membership: &circle.Membership{Admits: "nowhere"}}}, refused: circle.UnknownCircle},
}

// TestMembershipCheck: rules of membership that cannot be are refused (EC-1,
// EC-2, EC-114).
func TestMembershipCheck(t *testing.T) {
	require.NoError(t, classes.Check())
	for want, m := range map[string]circle.Membership{
		"two rules":    {Classes: []circle.ClassRule{{Class: circle.Worker}, {Class: circle.Worker}}},
		"no ground to": {Classes: []circle.ClassRule{{Class: circle.Worker, Ends: []circle.Name{circle.Resigned}}}},
		"for twice":    {Classes: []circle.ClassRule{{Class: circle.Worker, Asks: []circle.Condition{{Fact: "a"}, {Fact: "a"}}}}},
	} {
		require.ErrorContains(t, m.Check(), want)
	}
	for _, c := range []circle.Condition{{Fact: "a", Hours: -1}, {Fact: "a", Hours: 169}, {Fact: "a", Age: 121}} {
		require.Error(t, c.Check())
	}
	require.Equal(t, "regular-support (for 2m, at least 2 hours a week)", classes.Classes[0].Asks[0].String())
	require.Equal(t, "age-16 (at least 16 years old)", classes.Classes[0].Asks[2].String())
	require.Equal(t, "commitment", classes.Classes[1].Asks[0].String())
}

// TestWhoRegisters: the circle that admits keeps the register; where all
// admit, their Secretary does (EC-61).
func TestWhoRegisters(t *testing.T) {
	o := history(t, coop())
	require.Equal(t, circle.ID("valley"), o.Admitting())
	require.True(t, o.Registers("ben"))
	require.False(t, o.Registers("ana"))
	o = history(t, valley(settled, pen, &circle.RoleGiven{Role: "pen", Person: "dee", Since: now}))
	require.Equal(t, circle.ID("places"), o.Admitting())
	require.True(t, o.Registers("dee"))
	require.False(t, o.Registers("ana"))
	require.Empty(t, o.Asked(circle.Supported))
	require.Empty(t, (&circle.Organisation{}).Asked(circle.Supported), "before there is an organisation nothing is asked")
}

// TestMembershipEndsEverything: whoever is a member again begins anew, and a copy
// does not change with its original (EC-2).
func TestMembershipEndsEverything(t *testing.T) {
	o := history(t, coop(facts, committed, evaIs))
	require.True(t, o.Person("eva").Attests("age-16"))
	c := o.Copy()
	o.Apply(&circle.MembershipEnded{Person: "eva", Class: circle.Supported, Ground: circle.Resigned})
	require.Empty(t, o.Person("eva").Class)
	require.False(t, o.Person("eva").Attests(circle.Commitment))
	require.Equal(t, circle.Supported, c.Person("eva").Class)
	require.True(t, c.Person("eva").Attests(circle.Commitment))
	e := &circle.ClassChanged{}
	e.Adopted("p1")
	require.Equal(t, circle.Name("p1"), e.Case)
	over := &circle.MembershipEnded{Person: "eva"}
	over.Adopted("p2")
	require.Equal(t, circle.Name("p2"), over.Case)
	require.Equal(t, circle.PersonID("eva"), over.Concerns())
	require.Equal(t, circle.PersonID("eva"), circle.RemoveMember{Person: "eva"}.Subject())
}

// TestRemovalAndInterestsCheck: a removal has a method and days that can be; what
// a broader circle asks of who has an interest, no circle inside lets go (EC-75,
// EC-79).
func TestRemovalAndInterestsCheck(t *testing.T) {
	require.Error(t, (&circle.Removal{Matter: "removal", Told: 400}).Check())
	r := circle.Rules{Membership: &circle.Membership{Classes: classes.Classes, Removal: &circle.Removal{Matter: "removal"}}}
	require.ErrorContains(t, r.Check(), "no method for it")
	r.Matters = []circle.Matter{{Matter: "removal", Method: "members-extraordinary"}}
	require.NoError(t, r.Check())
	require.Error(t, circle.Interested("leaves").Check())
	for _, c := range []struct{ own, broader, want circle.Interests }{
		{circle.Interests{}, circle.Interests{Then: circle.HasNoStance}, circle.Interests{Then: circle.HasNoStance}},
		{circle.Interests{Then: circle.Withdraws}, circle.Interests{Then: circle.HasNoStance}, circle.Interests{Then: circle.Withdraws}},
		{circle.Interests{Then: circle.HasNoStance}, circle.Interests{Then: circle.Withdraws, Uncounted: true}, circle.Interests{Then: circle.Withdraws, Uncounted: true}},
	} {
		o := history(t, valley(&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Interests: c.broader}}, &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Interests: c.own}}))
		require.Equal(t, c.want, o.RulesOf("valley").Interests)
	}
}
