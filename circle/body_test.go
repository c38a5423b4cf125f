package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
)

// bodied is an organisation with a company for which dee answers, a seat that
// nobody holds, and a Secretary.
func bodied(more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{
		&circle.Admitted{Person: "mill", Class: circle.Investor, Body: circle.OrganisationBody},
		&circle.RepresentativeNamed{Body: "mill", Person: "dee", By: "ana"},
		&circle.Admitted{Person: "council", Body: circle.SeatBody},
		&circle.RoleCreated{Role: "p-secretary", Circle: "places", Hat: circle.Secretary},
		&circle.RoleGiven{Role: "p-secretary", Person: "cia", Since: now},
	}, more...)...)
}

var letter = circle.Say("A letter from the mill")

// bodyRows are the law of members that are no persons: M-45, EC-114.
var bodyRows = []row{
	{name: "EC-114: an organisation is a member, and names one representative", given: founded(), when: circle.Admit{ID: "mill", Class: circle.Investor, Body: circle.OrganisationBody, Representative: "dee"},
		then: []circle.Event{&circle.Admitted{Person: "mill", Class: circle.Investor, Body: circle.OrganisationBody}, &circle.RepresentativeNamed{Body: "mill", Person: "dee", By: "ana"}}},
	{name: "M-45: a seat may be vacant", given: founded(), when: circle.Admit{ID: "council", Body: circle.SeatBody},
		then: []circle.Event{&circle.Admitted{Person: "council", Body: circle.SeatBody}}},
	{name: "EC-114: a person has none", given: founded(), when: circle.Admit{ID: "eve", Representative: "dee"}, refused: circle.NoBody},
	{name: "EC-114: somebody who is known", given: founded(), when: circle.Admit{ID: "mill", Body: circle.OrganisationBody, Representative: "eve"}, refused: circle.UnknownPerson},
	{name: "EC-114: nobody is their own", given: founded(), when: circle.Admit{ID: "mill", Body: circle.OrganisationBody, Representative: "mill"}, refused: circle.UnknownPerson},
	{name: "EC-114: one person, no other body", given: bodied(), when: circle.NameRepresentative{Body: "council", Person: "mill"}, refused: circle.RepresentativeIsPerson},

	{name: "EC-114: who answers for it hands over", given: bodied(settled), by: "dee", when: circle.NameRepresentative{Body: "mill", Person: "ben"},
		then: []circle.Event{&circle.RepresentativeNamed{Body: "mill", Person: "ben", Before: "dee", By: "dee"}}},
	{name: "EC-114: or steps down", given: bodied(settled), by: "mill", when: circle.NameRepresentative{Body: "mill"},
		then: []circle.Event{&circle.RepresentativeNamed{Body: "mill", Before: "dee", By: "mill"}}},
	{name: "EC-114: the Secretary writes down what the body has told", given: bodied(settled), by: "cia", when: circle.NameRepresentative{Body: "mill", Person: "ben", Told: letter},
		then: []circle.Event{&circle.RepresentativeNamed{Body: "mill", Person: "ben", Before: "dee", By: "cia", Told: letter}}},
	{name: "EC-114: not without it", given: bodied(settled), by: "cia", when: circle.NameRepresentative{Body: "mill", Person: "ben"}, refused: circle.NotNaming},
	{name: "EC-114: nobody else, whatever they were told", given: bodied(settled), by: "ben", when: circle.NameRepresentative{Body: "mill", Person: "ben", Told: letter}, refused: circle.NotNaming},
	{name: "EC-114: nobody names themselves to a seat that is vacant", given: bodied(settled), by: "ben", when: circle.NameRepresentative{Body: "council", Person: "ben"}, refused: circle.NotNaming},
	{name: "EC-114: the members' circle does by consent", given: bodied(settled), consent: "places", when: circle.NameRepresentative{Body: "council", Person: "ben"},
		then: []circle.Event{&circle.RepresentativeNamed{Body: "council", Person: "ben", By: "ana"}}},
	{name: "EC-114: once", given: bodied(), when: circle.NameRepresentative{Body: "mill", Person: "dee"}, refused: circle.RepresentsAlready},
	{name: "EC-114: of a body", given: bodied(), when: circle.NameRepresentative{Body: "ben", Person: "dee"}, refused: circle.NoBody},
	{name: "EC-114: of somebody known", given: bodied(), when: circle.NameRepresentative{Body: "eve", Person: "dee"}, refused: circle.UnknownPerson},
	{name: "M-45: a role is worn by a person", given: bodied(), when: circle.GiveRole{Role: "rota", Person: "mill"}, refused: circle.BodyWearsNone},
	{name: "M-45: a body joins a circle as anybody does", given: bodied(), when: circle.Join{Circle: "valley", Person: "mill", Level: circle.Full},
		then: []circle.Event{&circle.Joined{Circle: "valley", Person: "mill", Level: circle.Full}}},
}

// TestRepresents: EC-114, one person answers for a body, and the body itself does
// not act; M-45, and the member who answers for it has a stance beside.
func TestRepresents(t *testing.T) {
	o := history(t, bodied(&circle.Joined{Circle: "valley", Person: "mill", Level: circle.Full}, &circle.Joined{Circle: "valley", Person: "dee", Level: circle.Full}))
	require.Equal(t, []circle.PersonID{"ben", "cia", "mill", "dee"}, o.FullIn("valley"))
	require.Equal(t, []circle.PersonID{"council", "mill"}, o.Bodies())
	lawtest.Refused(t, circle.BodyIsSpokenFor, o.ActsInPerson(circle.Actor{By: "mill"}))
	require.NoError(t, o.ActsInPerson(circle.Actor{By: "dee"}))
	require.Contains(t, o.ActsInPerson(circle.Actor{By: "mill"}).Error(), "dee")
	lawtest.Refused(t, circle.BodyIsSpokenFor, o.ActsInPerson(circle.Actor{By: "council"}))
	require.Contains(t, o.ActsInPerson(circle.Actor{By: "council"}).Error(), "nobody")

	body, err := o.Represents(circle.Actor{By: "dee", For: "mill"})
	require.True(t, body)
	require.NoError(t, err)
	body, err = o.Represents(circle.Actor{By: "ben", For: "mill"})
	require.True(t, body)
	lawtest.Refused(t, circle.NotRepresenting, err)
	body, _ = o.Represents(circle.Actor{By: "dee", For: "ben"})
	require.False(t, body, "who acts for a person needs a basis")

	require.Equal(t, circle.PersonID("dee"), o.Reads("mill").ID)
	require.Equal(t, circle.PersonID("council"), o.Reads("council").ID)
	require.Equal(t, circle.PersonID("ben"), o.Reads("ben").ID)

	before := o.Copy()
	o.Apply(&circle.RepresentativeNamed{Body: "mill", Before: "dee"})
	require.Empty(t, o.Body("mill").Speaks)
	require.Equal(t, circle.PersonID("dee"), before.Body("mill").Speaks, "a copy is its own")
	require.Equal(t, circle.PersonID("mill"), circle.RepresentativeNamed{Body: "mill"}.Concerns())
}

// TestVacant: M-45, nobody waits for a seat that nobody holds, unless the circle
// or one around it treats it as somebody who is absent.
func TestVacant(t *testing.T) {
	absent := circle.Seating{Vacant: circle.AsAbsent}
	o := history(t, bodied())
	require.True(t, o.Vacant("valley", "council"))
	require.False(t, o.Vacant("valley", "mill"))
	require.False(t, o.Vacant("valley", "ben"))
	require.False(t, history(t, founded()).Vacant("places", "ana"))
	require.Empty(t, history(t, founded()).Bodies())
	o.Apply(&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Seating: absent}})
	require.False(t, o.Vacant("valley", "council"), "as the circle around says")
	o.Apply(&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Seating: circle.Seating{Vacant: circle.NotAsked}}})
	require.True(t, o.Vacant("valley", "council"), "or the circle itself")
	require.Error(t, circle.Vacancy("never").Check())
	require.Error(t, circle.BodyKind("ship").Check())
	require.Equal(t, []string{"not-asked", "as-absent"}, circle.Vacancy("").Values())
}
