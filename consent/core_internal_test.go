package consent

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A core is the law without an engine around it: what is decided is sealed and applied, and
// nothing is written and read again on the way.
type core struct {
	t     *testing.T
	s     *State
	now   time.Time
	pos   uint64
	parts int
	lines []string // what happened
}

func newCore(t *testing.T, own ...Method) *core {
	known, err := methods(own)
	require.NoError(t, err)
	return &core{t: t, s: &State{kinds: stock(), methods: known}, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
}

func (c *core) must(who circle.PersonID, cmd Command) []Event {
	c.t.Helper()
	events, err := c.s.Decide(circle.Actor{By: who}, c.now, cmd)
	require.NoError(c.t, err, cmd.Wire())
	for _, e := range events {
		require.NoError(c.t, canon.Seal(e, c.pos, func(string, string) (int, error) { c.parts++; return c.parts, nil }))
		c.lines = append(c.lines, canon.Line(e))
	}
	c.s.Apply(c.pos, c.now, events)
	c.pos++
	return events
}

// agrees asks a question, to which everybody who is asked consents, and gives what came of it.
func (c *core) agrees(id proposal.ID, d circle.Deed) (last []Event) {
	c.t.Helper()
	c.must("ana", Ask{ID: id, Circle: "den", Question: circle.Say("Shall we?"), Enacts: []circle.Deed{d}})
	for _, who := range c.s.Process(id).Round.Order {
		last = c.must(who, Respond{Proposal: id, Answer: Consents})
	}
	require.Equal(c.t, StageAdopted, c.s.Process(id).Stage, d.Wire())
	return last
}

func warned(events []Event) []proposal.Warning {
	for _, e := range events {
		if a, ok := e.(*proposal.Adopted); ok {
			return a.Warnings
		}
	}
	return nil
}

// TestDeedsByValue: a decision carries out the same, whether its deeds are given as values or by
// their addresses, also where no engine writes them down in between (S5).
func TestDeedsByValue(t *testing.T) {
	said := func(as func(circle.Deed) circle.Deed) []string {
		m := Plain
		m.Name, m.Objections.Defer = "own", true
		c := newCore(t, m)
		c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking", Text: circle.Say("Baking")}}, Members: []circle.PersonID{"ana", "ben", "cia"},
			Rules: circle.Rules{Method: "own", Absence: circle.Absence{Silence: circle.Wait}, Staffing: circle.Staffing{TakenOff: circle.HeardOnly},
				Review: []circle.RuleReview{{Rule: "absence", Every: circle.MustPeriod("1y")}}}})
		c.must("host", circle.CreateRole{ID: "baker", Circle: "den", Name: circle.Say("Baker")})
		c.must("host", circle.GiveRole{Role: "baker", Person: "cia"})

		c.agrees("off", as(circle.RevokeRole{Role: "baker", Person: "cia"}))
		require.Equal(t, []circle.PersonID{"ana", "ben"}, c.s.Org.FullIn("den")[:2])
		require.Empty(t, c.s.Org.Role("baker").Holders)

		c.must("ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Open on Sundays")})
		choose := c.agrees("how", as(ChooseMethod{Proposal: "p", Method: "sofa"}))
		require.Contains(t, canon.Line(choose[len(choose)-1]), "consent.method-chosen")
		c.must("ana", proposal.Submit{ID: "q", Circle: "den", Text: circle.Say("Open on Mondays")})
		c.must("ana", OpenRound{Proposal: "q", Round: ConsentRound})
		c.must("cia", objection.Raise{ID: "o", Proposal: "q", Aim: circle.WholeAim, Argument: circle.Say("Nobody is left to bake")})
		c.must("ana", Respond{Proposal: "q", Answer: Consents})
		c.must("ben", Respond{Proposal: "q", Answer: Consents})
		c.agrees("later", as(objection.Defer{Objection: "o", Owner: "ana", Until: c.now.Add(24 * time.Hour), Then: circle.Say("We look again")}))
		require.Equal(t, []objection.ID{"o"}, c.s.Objections.PutOffs())

		c.now = c.now.AddDate(1, 0, 1)
		overdue := []proposal.Warning{{Code: "rules-review-overdue", Of: []string{"absence of den"}}}
		require.Equal(t, overdue, warned(c.agrees("other", as(circle.CreateRole{ID: "writer", Circle: "den", Name: circle.Say("Writer")}))))
		require.Empty(t, warned(c.agrees("look", as(circle.ReviewRules{Circle: "den", Rules: []circle.RuleName{"absence"}}))), "this is the decision that looks at them")
		require.Empty(t, warned(c.agrees("more", as(circle.CreateRole{ID: "reader", Circle: "den", Name: circle.Say("Reader")}))))
		return c.lines
	}
	byAddress := func(d circle.Deed) circle.Deed {
		at := reflect.New(reflect.TypeOf(d))
		at.Elem().Set(reflect.ValueOf(d))
		return at.Interface().(circle.Deed)
	}
	require.Equal(t, said(func(d circle.Deed) circle.Deed { return d }), said(byAddress))
}

// TestEveryCommandByAddress: every command is refused the same, whether it is given as a value or
// by its address (S5).
func TestEveryCommandByAddress(t *testing.T) {
	c := newCore(t)
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking", Text: circle.Say("Baking")}}, Members: []circle.PersonID{"ana"}})
	for _, cmd := range Commands() {
		value := reflect.Indirect(reflect.ValueOf(cmd))
		address := reflect.New(value.Type())
		_, one := c.s.Decide(circle.Actor{By: "ana"}, c.now, value.Interface().(Command))
		_, other := c.s.Decide(circle.Actor{By: "ana"}, c.now, address.Interface().(Command))
		require.Equal(t, one, other, cmd.Wire())
	}
}

// TestWhatNoDecisionCarriesOut: a command that no decision carries out is refused also where it
// stands in a decision already.
func TestWhatNoDecisionCarriesOut(t *testing.T) {
	c := newCore(t)
	_, err := c.s.enact("den", c.now, []circle.Deed{Pass{Proposal: "p"}})
	var no *circle.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, NotEnactable, no.Code)
}

// TestLawAndTable: what would lead where the table of moves does not go is not recorded (S1).
func TestLawAndTable(t *testing.T) {
	c := newCore(t)
	p, m := &Process{Proposal: "p", Stage: StageDecide}, &Move{From: StageDecide, On: "consent.respond", To: to(StageDecide)}
	for _, ends := range []struct {
		e  Event
		at Stage
	}{{&proposal.Withdrawn{Proposal: "p"}, StageWithdrawn}, {&proposal.Dropped{Proposal: "p"}, StageDropped}, {&Expired{Proposal: "p"}, StageExpired}} {
		m.To = to(StageDecide)
		_, err := c.s.lead(p, m, []Event{ends.e})
		require.ErrorIs(t, err, ErrTable)
		require.EqualError(t, err, "consent: the law and the table of moves disagree: consent.respond led from decide to "+ends.at.String())
		m.To = to(ends.at)
		got, err := c.s.lead(p, m, []Event{ends.e})
		require.NoError(t, err)
		require.Equal(t, []Event{ends.e}, got)
	}
	m.To = to(StageDecide)
	_, err := c.s.lead(p, m, []Event{&proposal.Dropped{Proposal: "q"}})
	require.NoError(t, err, "what happens to another proposal leads nowhere")
}

// TestRecordsAreAskedForAgain: who may see the records of another is asked once more when the look
// is recorded, for they may have lost the hat since (CP-24).
func TestRecordsAreAskedForAgain(t *testing.T) {
	c := newCore(t)
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking", Text: circle.Say("Baking")}}, Members: []circle.PersonID{"ana", "ben"}})
	c.must("host", circle.CreateRole{ID: "pen", Circle: "den", Hat: circle.Secretary})
	c.must("host", circle.GiveRole{Role: "pen", Person: "ben"})
	look := looking{OpenRecords{Person: "ana", Why: circle.Say("She asked")}}
	events, err := look.decide(c.s, circle.Actor{By: "ben"}, c.now)
	require.NoError(t, err)
	require.Len(t, events, 1)
	c.must("ben", circle.LayDown{Role: "pen"})
	_, err = look.decide(c.s, circle.Actor{By: "ben"}, c.now)
	var no *circle.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, NotYourRecords, no.Code)
}

// TestApartOfWhatCannotBeRead: events that lead to memory of the caller are read again from what
// was written, and what cannot be read is no entry (P6).
func TestApartOfWhatCannotBeRead(t *testing.T) {
	e := &Engine{state: newCore(t).s}
	_, err := e.apart([]Event{&proposal.Submitted{Proposal: "p", Enacts: []circle.Deed{&circle.Close{Circle: "den"}}}}, []byte("{}"))
	require.Error(t, err)
	short := []Event{&circle.Left{Circle: "den", Person: "ana"}}
	got, err := e.apart(short, nil)
	require.NoError(t, err, "others need not be read")
	require.Equal(t, short, got)
	require.NotSame(t, short[0], got[0])
}

// refusedBy holds that an error is the refusal of a code.
func refusedBy(t *testing.T, code *circle.Code, err error, of ...any) {
	t.Helper()
	var no *circle.Refusal
	require.ErrorAs(t, err, &no, of...)
	require.Equal(t, code.ID, no.Code.ID, of...)
}

// TestDeedsThatWereNotWritten: EC-75. What a text would carry out is seen in it, whether an engine has written it or it
// was given as it is.
func TestDeedsThatWereNotWritten(t *testing.T) {
	out := circle.RemoveMember{Person: "ana", Reason: circle.Say("Money was taken")}
	require.Equal(t, circle.PersonID("ana"), expels([]circle.Deed{circle.Close{Circle: "den"}, out}))
	require.Equal(t, circle.PersonID("ana"), expels([]circle.Deed{&out}))
	require.Empty(t, expels([]circle.Deed{circle.Close{Circle: "den"}}))
}

// TestCirclesThatDecideNothing: I-16, EC-48. Nothing is taken over for a circle that helps or is closed, and
// no meeting of all members is held in one that is closed.
func TestCirclesThatDecideNothing(t *testing.T) {
	c := newCore(t)
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{"host", "ana"}})
	den := c.s.Org.Circle("den")
	took := func() error {
		_, err := c.s.Decide(circle.Actor{By: "host"}, c.now, TakeOverPolicy{ID: "old", Circle: "den", Text: circle.Say("We bake on Fridays"), Since: c.now.AddDate(-1, 0, 0)})
		return err
	}
	require.NoError(t, took())
	den.Kind = circle.Helping
	refusedBy(t, proposal.HelpingDecides, took())
	den.Closed = true
	refusedBy(t, circle.CircleClosed, took())
	_, err := c.s.general("den")
	refusedBy(t, circle.CircleClosed, err)
}
