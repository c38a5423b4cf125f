package circle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

var (
	basis  = &circle.BasisRecorded{ID: "b1", For: "ben", By: "dee", Decision: "p1", Recorder: "cia", Ground: circle.CannotNow}
	second = &circle.BasisRecorded{ID: "b2", For: "cia", By: "dee", Decision: "p1", Recorder: "ben", Ground: circle.NotHeard}
)

// named lets cia interpret for ben.
var named = &circle.InterpreterNamed{Person: "ben", Interpreter: "cia"}

func recorded(change func(*circle.RecordBasis)) circle.RecordBasis {
	c := circle.RecordBasis{ID: "b1", For: "ben", By: "dee", Decision: "p1", Ground: circle.CannotNow,
		Tried: []circle.Text{circle.Say("pictures")}, Least: circle.Say("Ben sleeps all day this week")}
	if change != nil {
		change(&c)
	}
	return c
}

// steadRows are the law of acting for another: CP-18 to CP-20.
var steadRows = []row{
	{name: "CP-19: an advocate acts with a ground, and what was tried first on record", given: founded(settled), by: "cia", when: recorded(nil),
		then: []circle.Event{&circle.BasisRecorded{ID: "b1", For: "ben", By: "dee", Decision: "p1", Recorder: "cia", Ground: circle.CannotNow,
			Tried: []circle.Text{circle.Say("pictures")}, Least: circle.Say("Ben sleeps all day this week")}}},
	{name: "CP-19: not where no support was tried", given: founded(settled), by: "cia", when: recorded(func(c *circle.RecordBasis) { c.Tried = nil }), refused: circle.NoSupportTried},
	{name: "CP-19: nor where less would do, for all that is said", given: founded(settled), by: "cia", when: recorded(func(c *circle.RecordBasis) { c.Least = circle.Text{} }), refused: circle.NoSupportTried},
	{name: "CP-19: nobody records it for themselves alone", given: founded(settled), by: "dee", when: recorded(nil), refused: circle.ProxyByAnother},
	{name: "CP-20: nobody acts for themselves by leave", given: founded(settled), by: "cia", when: recorded(func(c *circle.RecordBasis) { c.By = "ben" }), refused: circle.SelfStead},
	{name: "CP-19: between people who are known", given: founded(settled), by: "cia", when: recorded(func(c *circle.RecordBasis) { c.By = "nobody" }), refused: circle.UnknownPerson},
	{name: "CP-19: once in a decision", given: founded(basis), by: "cia", when: recorded(func(c *circle.RecordBasis) { c.ID = "b9" }), refused: circle.TakenID},
	{name: "CP-19: for each decision anew", given: founded(basis), by: "cia", when: recorded(func(c *circle.RecordBasis) { c.Decision, c.Tried, c.Least = "p2", nil, circle.Text{} }), refused: circle.NoSupportTried},
	{name: "CP-19: the person ends it at any time", given: founded(basis), by: "ben", when: circle.EndBasis{ID: "b1", Decision: "p1"}, then: []circle.Event{&circle.BasisEnded{ID: "b1", Decision: "p1", By: "ben"}}},
	{name: "CP-19: so does who acts", given: founded(basis), by: "dee", when: circle.EndBasis{ID: "b1", Decision: "p1"}, then: []circle.Event{&circle.BasisEnded{ID: "b1", Decision: "p1", By: "dee"}}},
	{name: "CP-19: nobody else", given: founded(basis), by: "cia", when: circle.EndBasis{ID: "b1", Decision: "p1"}, refused: circle.NotTheirBasis},
	{name: "CP-19: what is there", given: founded(), by: "cia", when: circle.EndBasis{ID: "b1", Decision: "p1"}, refused: circle.UnknownBasis},
}

// interpreterRows are the law of interpreters: CP-18 and CP-20.
var interpreterRows = []row{
	{name: "CP-18: one names one's own interpreter", given: founded(settled), by: "ben", when: circle.NameInterpreter{Person: "ben", Interpreter: "cia"},
		then: []circle.Event{named}},
	{name: "CP-18: the founder may while founding", given: founded(), when: circle.NameInterpreter{Person: "ben", Interpreter: "cia"}, then: []circle.Event{named}},
	{name: "CP-18: nobody names another's interpreter", given: founded(settled), when: circle.NameInterpreter{Person: "ben", Interpreter: "cia"}, refused: circle.OwnInterpreter},
	{name: "CP-18: an interpreter of nobody", given: founded(), when: circle.NameInterpreter{Person: "nobody", Interpreter: "cia"}, refused: circle.UnknownPerson},
	{name: "CP-18: nobody as interpreter", given: founded(), when: circle.NameInterpreter{Person: "ben", Interpreter: "nobody"}, refused: circle.UnknownPerson},
	{name: "CP-20: nobody interprets for themselves", given: founded(), when: circle.NameInterpreter{Person: "ben", Interpreter: "ben"}, refused: circle.CapacitiesMixed},
	{name: "CP-18: named once", given: founded(named), when: circle.NameInterpreter{Person: "ben", Interpreter: "cia"}, refused: circle.TakenID},
	{name: "CP-18: somebody is admitted with theirs", given: founded(), when: circle.Admit{ID: "eva", Interpreters: []circle.PersonID{"cia"}},
		then: []circle.Event{&circle.Admitted{Person: "eva"}, &circle.InterpreterNamed{Person: "eva", Interpreter: "cia"}}},
	{name: "CP-18: but not with nobody", given: founded(), when: circle.Admit{ID: "eva", Interpreters: []circle.PersonID{"nobody"}}, refused: circle.UnknownPerson},
	{name: "CP-20: nor with themselves", given: founded(), when: circle.Admit{ID: "eva", Interpreters: []circle.PersonID{"eva"}}, refused: circle.CapacitiesMixed},
	{name: "CP-18: nor twice with one", given: founded(), when: circle.Admit{ID: "eva", Interpreters: []circle.PersonID{"cia", "cia"}}, refused: circle.TakenID},
	{name: "CP-18: one ends it oneself", given: founded(settled, named), by: "ben", when: circle.EndInterpreter{Person: "ben", Interpreter: "cia"},
		then: []circle.Event{&circle.InterpreterEnded{Person: "ben", Interpreter: "cia"}}},
	{name: "CP-18: nobody ends another's", given: founded(settled, named), by: "cia", when: circle.EndInterpreter{Person: "ben", Interpreter: "cia"}, refused: circle.OwnInterpreter},
	{name: "CP-18: nor what is not there", given: founded(settled), by: "ben", when: circle.EndInterpreter{Person: "ben", Interpreter: "cia"}, refused: circle.NotInterpreter},
}

// TestInterprets: CP-20, who takes part where it is decided, or acts there for
// another, interprets nobody there.
func TestInterprets(t *testing.T) {
	by := circle.Actor{By: "ben", Through: "cia"}
	require.NoError(t, history(t, founded()).Interprets(by, "places", "p1"))
	require.NoError(t, history(t, founded(&circle.Joined{Circle: "places", Person: "cia", Level: circle.Guest})).Interprets(by, "places", "p1"))
	for _, level := range []circle.Level{circle.Full, circle.Learning} {
		require.ErrorIs(t, history(t, founded(&circle.Joined{Circle: "places", Person: "cia", Level: level})).Interprets(by, "places", "p1"), circle.ErrNotValid)
	}
	by.Through = "dee"
	o := history(t, founded(basis))
	require.ErrorIs(t, o.Interprets(by, "places", "p1"), circle.ErrNotValid)
	require.NoError(t, o.Interprets(by, "places", "p2"))
	before := o.Copy()
	o.Apply(named)
	require.Empty(t, before.Person("ben").Interpreters)
}

// TestActsFor: CP-19 and CP-20, in the decision named and in no other, on the
// basis named and on no other; one person acts for two on two bases.
func TestActsFor(t *testing.T) {
	o := history(t, founded(basis, second))
	require.Equal(t, circle.Name("b1"), o.ActsFor(circle.Actor{By: "dee", For: "ben"}, "p1").ID)
	require.Equal(t, circle.Name("b2"), o.ActsFor(circle.Actor{By: "dee", For: "cia", Basis: "b2"}, "p1").ID)
	require.Nil(t, o.ActsFor(circle.Actor{By: "dee", For: "cia", Basis: "b1"}, "p1"))
	require.Nil(t, o.ActsFor(circle.Actor{By: "dee", For: "ben"}, "p2"))
	require.Nil(t, o.ActsFor(circle.Actor{By: "cia", For: "ben"}, "p1"))
	require.Equal(t, circle.PersonID("ben"), basis.Concerns())
	before := o.Copy()
	o.Apply(&circle.BasisEnded{ID: "b1", Decision: "p1"})
	require.Nil(t, o.ActsFor(circle.Actor{By: "dee", For: "ben"}, "p1"))
	require.NotNil(t, before.ActsFor(circle.Actor{By: "dee", For: "ben"}, "p1"))
	o.Apply(&circle.BasisEnded{ID: "b2", Decision: "p1"})
	require.Empty(t, o.Image().Steads)
}
