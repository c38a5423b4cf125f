package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// bonded is linked, with what places has agreed about links to it.
func bonded(l circle.Linking, more ...circle.Event) []circle.Event {
	return linked(append([]circle.Event{&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Linking: l}}}, more...)...)
}

var (
	hill     = &circle.Opened{Circle: "hill", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("care", "")}}
	crossing = []circle.Event{hill,
		&circle.RoleCreated{Role: "envoy", Circle: "hill", Hat: circle.Representative},
		&circle.RoleGiven{Role: "envoy", Person: "dee", Since: now}}
	up = &circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee"}
)

// linkRows are the law of links: M-42, M-63 to M-74.
var linkRows = []row{
	{name: "M-66: a link across, by the policy of the receiving circle", consent: "valley",
		given: valley(append(crossing, &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Linking: circle.Linking{Cross: true}}}, settled)...),
		when:  circle.LinkTo{Circle: "hill", To: "valley", As: circle.Representative, Role: "envoy", Duties: []circle.Item{item("minutes", "")}},
		then:  []circle.Event{&circle.Linked{Circle: "hill", To: "valley", As: circle.Representative, Role: "envoy", Duties: []circle.Item{item("minutes", "")}}}},
	{name: "M-66: not without it", given: valley(crossing...), when: circle.LinkTo{Circle: "hill", To: "valley", As: circle.Representative}, refused: circle.NotBroader},
	{name: "M-66: no circle is linked with itself", given: bonded(circle.Linking{Cross: true}), when: circle.LinkTo{Circle: "places", To: "places", As: circle.Leader}, refused: circle.LinkToItself},
	{name: "M-66: by a role that bears the hat there", given: linked(), when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Representative, Role: "rota"}, refused: circle.LinkByRole},
	{name: "M-67: a duty stands once", given: valley(), when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Leader, Duties: []circle.Item{item("d", ""), item("d", "")}}, refused: circle.TwiceInDomain},

	{name: "M-67: the receiving circle ends a link", given: linked(settled), consent: "places", when: circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate},
		then: []circle.Event{&circle.LinkEnded{Circle: "valley", To: "places", As: circle.Delegate}}},
	{name: "M-67: so does the circle that it begins in", given: linked(settled), consent: "valley", when: circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate},
		then: []circle.Event{&circle.LinkEnded{Circle: "valley", To: "places", As: circle.Delegate}}},
	{name: "M-67: nobody does alone", given: linked(settled), by: "dee", when: circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate}, refused: circle.ByConsentOnly},
	{name: "M-67: a link that is there", given: linked(), when: circle.EndLink{Circle: "valley", To: "places", As: circle.Representative}, refused: circle.NoLink},
	{name: "M-67: from a circle that is there", given: linked(), when: circle.EndLink{Circle: "nowhere", To: "places", As: circle.Leader}, refused: circle.UnknownCircle},
	{name: "M-67: and with it roles that were worn by it, where roles are for those inside", consent: "places", when: circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate},
		given: linked(&circle.RoleCreated{Role: "p-chair", Circle: "places", Hat: circle.Facilitator}, &circle.RoleGiven{Role: "p-chair", Person: "dee", Since: now},
			&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Insiders: true}}}),
		then: []circle.Event{&circle.LinkEnded{Circle: "valley", To: "places", As: circle.Delegate}, &circle.RoleRevoked{Role: "p-chair", Person: "dee"}}},
	{name: "M-67: the same when the hat is laid down", by: "dee", when: circle.LayDown{Role: "valley-delegate"},
		given: linked(&circle.RoleCreated{Role: "p-chair", Circle: "places", Hat: circle.Facilitator}, &circle.RoleGiven{Role: "p-chair", Person: "dee", Since: now},
			&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Insiders: true}}}),
		then: []circle.Event{&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"}, &circle.RoleRevoked{Role: "p-chair", Person: "dee"}}},
	{name: "M-67: not who takes part there by themselves too", by: "dee", when: circle.LayDown{Role: "valley-delegate"},
		given: linked(&circle.RoleCreated{Role: "p-chair", Circle: "places", Hat: circle.Facilitator}, &circle.RoleGiven{Role: "p-chair", Person: "dee", Since: now},
			&circle.Joined{Circle: "places", Person: "dee", Level: circle.Full}, &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Insiders: true}}}),
		then: []circle.Event{&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"}}},

	{name: "M-64: the receiving circle confirms who comes", given: bonded(circle.Linking{Confirm: true}, settled), consent: "places",
		when: circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee"}, then: []circle.Event{up}},
	{name: "M-64: not the circle they come from", given: bonded(circle.Linking{Confirm: true}, settled), consent: "valley",
		when: circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee"}, refused: circle.ByConsentOnly},
	{name: "M-64: once", given: bonded(circle.Linking{Confirm: true}, up), when: circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee"}, refused: circle.ConfirmedBefore},
	{name: "M-64: somebody who comes", given: bonded(circle.Linking{Confirm: true}), when: circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "ben"}, refused: circle.NotComing},
	{name: "M-64: through a link that is there", given: valley(), when: circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "ben"}, refused: circle.NoLink},
	{name: "M-64: or does not take them", given: bonded(circle.Linking{Confirm: true}, settled), consent: "places",
		when: circle.RefuseLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee", Reason: circle.Say("Dee works for both")},
		then: []circle.Event{&circle.LinkRefused{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee", At: now, Reason: circle.Say("Dee works for both")}}},
	{name: "M-64: not somebody else", given: bonded(circle.Linking{Confirm: true}), when: circle.RefuseLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "ben", Reason: circle.Say("a")}, refused: circle.NotComing},
	{name: "M-64: nor where nothing is linked", given: valley(), when: circle.RefuseLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "ben", Reason: circle.Say("a")}, refused: circle.NoLink},

	{name: "M-65: a broader circle chooses the Leader, and the circle has yet to confirm", given: bonded(circle.Linking{Confirm: true}, settled), consent: "places",
		when: circle.GiveRole{Role: "valley-leader", Person: "ana", Term: circle.MustPeriod("1y")},
		then: []circle.Event{&circle.RoleOffered{Role: "valley-leader", Person: "ana", Of: "places", Term: circle.MustPeriod("1y")}}},
	{name: "M-65: it does, and who chose them has confirmed them too", consent: "valley", when: circle.ConfirmRole{Role: "valley-leader", Person: "ana"},
		given: bonded(circle.Linking{Confirm: true}, settled, &circle.RoleOffered{Role: "valley-leader", Person: "ana", Of: "places", Term: circle.MustPeriod("1y")}),
		then: []circle.Event{&circle.RoleGiven{Role: "valley-leader", Person: "ana", Since: now, Until: now.AddDate(1, 0, 0)},
			&circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Leader, Person: "ana"}}},
	{name: "M-65: not the circle that chose them", consent: "places", when: circle.ConfirmRole{Role: "valley-leader", Person: "ana"}, refused: circle.ByConsentOnly,
		given: bonded(circle.Linking{Confirm: true}, settled, &circle.RoleOffered{Role: "valley-leader", Person: "ana", Of: "places"})},
	{name: "M-65: somebody who was chosen", given: bonded(circle.Linking{Confirm: true}, settled), consent: "valley", when: circle.ConfirmRole{Role: "valley-leader", Person: "ana"}, refused: circle.NoOffer},
	{name: "M-65: and who may wear it still", consent: "valley", when: circle.ConfirmRole{Role: "valley-leader", Person: "ana"}, refused: circle.LeaderIsDelegate,
		given: bonded(circle.Linking{Confirm: true}, settled, &circle.RoleOffered{Role: "valley-leader", Person: "ana", Of: "places"}, &circle.RoleGiven{Role: "valley-delegate", Person: "ana", Since: now})},
	{name: "M-65: the other way round, the circle's own choice begins at once", given: bonded(circle.Linking{Confirm: true}, settled), consent: "valley", when: circle.GiveRole{Role: "valley-leader", Person: "ben"},
		then: []circle.Event{&circle.RoleGiven{Role: "valley-leader", Person: "ben", Since: now}}},

	{name: "M-70: a circle says how far those who come from it are bound", given: linked(settled), consent: "valley", when: circle.SetMandate{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative},
		then: []circle.Event{&circle.MandateSet{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative}}},
	{name: "M-70: a link that is there", given: valley(), when: circle.SetMandate{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative}, refused: circle.NoLink},
	{name: "M-70: they do not say so themselves", given: linked(settled), by: "dee", when: circle.SetMandate{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.OwnJudgement}, refused: circle.ByConsentOnly},
}

// TestConfirmedLinks: I-12 and M-64, who comes sits there once they are
// confirmed, and no longer when they are refused.
func TestConfirmedLinks(t *testing.T) {
	o := history(t, bonded(circle.Linking{Confirm: true}))
	require.Equal(t, []circle.PersonID{"ana"}, o.FullIn("places"))
	require.Equal(t, []circle.PersonID{"dee"}, o.TiesOf("valley").Links[1].Waiting)
	o.Apply(up)
	require.Equal(t, []circle.PersonID{"ana", "dee"}, o.FullIn("places"))
	require.Equal(t, circle.Full, o.LevelIn("places", "dee"))
	o.Apply(&circle.LinkRefused{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee", At: now})
	require.Empty(t, o.LevelIn("places", "dee"))
	require.Equal(t, circle.PersonID("dee"), circle.LinkRefused{Person: "dee"}.Concerns())
}

// TestVoices: M-42, of several holders of one role so many sit there as the
// receiving circle lets.
func TestVoices(t *testing.T) {
	second := &circle.RoleGiven{Role: "valley-leader", Person: "ben", Since: now}
	require.Equal(t, []circle.PersonID{"ana", "cia", "ben", "dee"}, history(t, bonded(circle.Linking{}, second)).FullIn("places"))
	require.Equal(t, []circle.PersonID{"ana", "cia", "dee"}, history(t, bonded(circle.Linking{Voices: 1}, second)).FullIn("places"))
}

// TestTies: M-63 and I-13, a single link and a missing one are allowed, and
// reported where more is wanted.
func TestTies(t *testing.T) {
	o := history(t, bonded(circle.Linking{Wanted: circle.Double}, hill))
	require.Equal(t, circle.Double, o.TiesOf("valley").Is)
	require.False(t, o.TiesOf("valley").Short)
	o.Apply(&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"})
	require.Equal(t, circle.Single, o.TiesOf("valley").Is, "a hat that nobody wears links nobody")
	require.True(t, o.TiesOf("valley").Short)
	require.Equal(t, circle.Untied, o.TiesOf("hill").Is)
	require.True(t, o.TiesOf("hill").Short)
	require.Equal(t, circle.Ties{Circle: "places", Is: circle.Untied}, o.TiesOf("places"), "nothing is around the root")
	require.Equal(t, circle.Untied, o.TiesOf("nowhere").Is)
}

// TestBoundBy: M-70, who sits there in their own right as well is not bound.
func TestBoundBy(t *testing.T) {
	bound := &circle.MandateSet{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative}
	o := history(t, linked(bound))
	require.Equal(t, circle.ID("valley"), o.BoundBy("places", "dee"))
	require.Empty(t, o.BoundBy("places", "cia"), "the Leader's link leaves them their judgement")
	require.Empty(t, o.BoundBy("valley", "ben"))
	freely := o.Copy()
	freely.Apply(&circle.RoleLaidDown{Role: "valley-leader", Person: "cia"})
	freely.Apply(&circle.RoleGiven{Role: "valley-leader", Person: "dee", Since: now})
	require.Empty(t, freely.BoundBy("places", "dee"), "nor who sits there by that one too")
	o.Apply(&circle.Joined{Circle: "places", Person: "dee", Level: circle.Full})
	require.Empty(t, o.BoundBy("places", "dee"))
	require.Equal(t, []circle.ID{"valley"}, o.FromCircles("places", "dee"))
}

// TestSeveralLevels: M-74, a Delegate of a circle whose Delegate they are again
// sits two circles out, and what hangs on the inner link falls with it.
func TestSeveralLevels(t *testing.T) {
	given := linked(
		&circle.Opened{Circle: "rota-circle", Parent: "valley", Type: circle.Local, Domain: []circle.Item{item("starting", "")}},
		&circle.RoleCreated{Role: "rc-delegate", Circle: "rota-circle", Hat: circle.Delegate},
		&circle.RoleGiven{Role: "rc-delegate", Person: "ana", Since: now},
		&circle.Linked{Circle: "rota-circle", To: "valley", As: circle.Delegate},
		&circle.Left{Circle: "places", Person: "ana"},
		&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"},
		&circle.RoleGiven{Role: "valley-delegate", Person: "ana", Since: now},
		&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{Insiders: true}}})
	o := history(t, given)
	require.Equal(t, circle.Full, o.LevelIn("valley", "ana"))
	require.Equal(t, circle.Full, o.LevelIn("places", "ana"))
	events, err := o.Decide(circle.Actor{By: "ana"}, now, circle.LayDown{Role: "rc-delegate"}, circle.Facts{})
	require.NoError(t, err)
	require.Equal(t, []circle.Event{&circle.RoleLaidDown{Role: "rc-delegate", Person: "ana"}, &circle.RoleRevoked{Role: "valley-delegate", Person: "ana"}}, events)
	for _, e := range events {
		o.Apply(e)
	}
	require.Empty(t, o.LevelIn("valley", "ana"))
	require.Empty(t, o.LevelIn("places", "ana"))
}
