package objection_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var (
	now = time.Date(2026, 12, 29, 10, 0, 0, 0, time.UTC)
	say = circle.Say
)

// valley has an aim of two parts; notes is in its version 2.
func facts(tools ...circle.Tool) objection.Facts {
	return objection.Facts{
		Circle: &circle.Circle{ID: "valley", AimParts: []circle.Item{{ID: "support-teams"}, {ID: "those-who-give"}}},
		Proposal: &proposal.Proposal{ID: "notes", Circle: "valley", By: "lee", Sort: proposal.Policy, Status: proposal.StatusOpen,
			Versions: []proposal.Version{{N: 1}, {N: 2}}},
		Rules: circle.Rules{Tools: tools},
	}
}

// happen seals a copy of an event, as the engine does, and applies it.
func happen(t require.TestingT, os *objection.Objections, e objection.Event, parts *int) {
	sealed := canon.Clone(e).(objection.Event)
	require.NoError(t, canon.Seal(sealed, 7, func(string, string) (int, error) { *parts++; return *parts, nil }))
	os.Apply(sealed)
}

func history(t require.TestingT, given []objection.Event) *objection.Objections {
	os := &objection.Objections{}
	parts := 0
	for _, e := range given {
		happen(t, os, e, &parts)
	}
	return os
}

func and(given []objection.Event, more ...objection.Event) []objection.Event {
	return append(append([]objection.Event{}, given...), more...)
}

var (
	raised = []objection.Event{&objection.Raised{Objection: "phones", Proposal: "notes", Version: 2, By: "ada", Aim: "support-teams",
		Argument: say("two Teams have members without smartphones"), Source: proposal.Lived}}
	voiced    = []objection.Event{&objection.Voiced{Concern: "cost", Proposal: "notes", Version: 2, By: "sol", Text: say("it may cost a lot")}}
	restated  = and(raised, &objection.Restated{Objection: "phones", By: "fay", Statement: say("they would be cut off")})
	confirmed = and(restated, &objection.Confirmed{Objection: "phones", By: "ada"})
	met       = and(confirmed, &objection.Met{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend}})
	ended     = map[string][]objection.Event{
		"integrated": and(met, &objection.Integrated{Objection: "phones", By: "ada", In: 3}),
		"withdrawn":  and(raised, &objection.Withdrawn{Objection: "phones", By: "ada"}),
		"ended":      and(raised, &objection.Ended{Objection: "phones"}),
	}
)

type row struct {
	name    string
	given   []objection.Event
	by      circle.PersonID // nobody: ada
	offered []circle.Tool
	under   func(*objection.Facts) // the method and the people, where they matter
	when    objection.Command
	then    []objection.Event
	refused *circle.Code
}

var rows = []row{
	{name: "EC-31: an objection names the part of the aim that is harmed", by: "ada",
		when: objection.Raise{ID: "phones", Proposal: "notes", Version: 2, Aim: "support-teams", Argument: say("no phones"), Source: proposal.Lived},
		then: []objection.Event{&objection.Raised{Objection: "phones", Proposal: "notes", Version: 2, By: "ada", Aim: "support-teams", Argument: say("no phones"), Source: proposal.Lived}}},
	{name: "EC-31: the whole aim is a part of it; no version means the current one", by: "dee",
		when: objection.Raise{ID: "unread", Proposal: "notes", Aim: circle.WholeAim, Argument: say("who reads them?")},
		then: []objection.Event{&objection.Raised{Objection: "unread", Proposal: "notes", Version: 2, By: "dee", Aim: circle.WholeAim, Argument: say("who reads them?")}}},
	{name: "M-158: also the proposer objects", by: "lee", when: objection.Raise{ID: "o", Proposal: "notes", Aim: "aim", Argument: say("a")},
		then: []objection.Event{&objection.Raised{Objection: "o", Proposal: "notes", Version: 2, By: "lee", Aim: "aim", Argument: say("a")}}},
	{name: "EC-31: what is no part of the aim", when: objection.Raise{ID: "phones", Proposal: "notes", Aim: "my-taste", Argument: say("a")}, refused: objection.UnknownAim},
	{name: "M-136: against an old version", when: objection.Raise{ID: "phones", Proposal: "notes", Version: 1, Aim: "aim", Argument: say("a")}, refused: objection.OldVersion},
	{name: "M-136: against a version to come", when: objection.Raise{ID: "phones", Proposal: "notes", Version: 3, Aim: "aim", Argument: say("a")}, refused: objection.OldVersion},
	{name: "the name of an objection is taken", given: raised, when: objection.Raise{ID: "phones", Proposal: "notes", Aim: "aim", Argument: say("a")}, refused: circle.TakenID},
	{name: "the name of an objection is a concern's", given: voiced, when: objection.Raise{ID: "cost", Proposal: "notes", Aim: "aim", Argument: say("a")}, refused: circle.TakenID},

	{name: "M-124: a concern is voiced", by: "sol", when: objection.Voice{ID: "cost", Proposal: "notes", Text: say("it may cost a lot"), Source: proposal.Training},
		then: []objection.Event{&objection.Voiced{Concern: "cost", Proposal: "notes", Version: 2, By: "sol", Text: say("it may cost a lot"), Source: proposal.Training}}},
	{name: "M-124: about an old version", when: objection.Voice{ID: "cost", Proposal: "notes", Version: 1, Text: say("a")}, refused: objection.OldVersion},
	{name: "the name of a concern is taken", given: raised, when: objection.Voice{ID: "phones", Proposal: "notes", Text: say("a")}, refused: circle.TakenID},

	{name: "EC-34: the circle says it back", given: raised, by: "fay", when: objection.Restate{Objection: "phones", Statement: say("cut off")},
		then: []objection.Event{&objection.Restated{Objection: "phones", By: "fay", Statement: say("cut off")}}},
	{name: "EC-34: and again, if it was not understood", given: restated, by: "fay", when: objection.Restate{Objection: "phones", Statement: say("left out")},
		then: []objection.Event{&objection.Restated{Objection: "phones", By: "fay", Statement: say("left out")}}},
	{name: "EC-34: what is not there", by: "fay", when: objection.Restate{Objection: "phones", Statement: say("a")}, refused: objection.UnknownObjection},
	{name: "M-124: a concern is not restated", given: voiced, by: "fay", when: objection.Restate{Objection: "cost", Statement: say("a")}, refused: objection.OnConcern},

	{name: "EC-34: the objector confirms", given: restated, when: objection.Confirm{Objection: "phones"},
		then: []objection.Event{&objection.Confirmed{Objection: "phones", By: "ada"}}},
	{name: "CP-4: nobody confirms for the objector", given: restated, by: "fay", when: objection.Confirm{Objection: "phones"}, refused: objection.NotObjector},
	{name: "EC-34: before it was said back", given: raised, when: objection.Confirm{Objection: "phones"}, refused: objection.NotRestated},
	{name: "EC-34: once", given: confirmed, when: objection.Confirm{Objection: "phones"}, refused: objection.NotRestated},
	{name: "EC-34: what is understood is not said back again", given: confirmed, when: objection.Restate{Objection: "phones", Statement: say("Again")}, refused: objection.Understood},
	{name: "EC-34: what is not there is not confirmed", when: objection.Confirm{Objection: "phones"}, refused: objection.UnknownObjection},

	{name: "EC-35: a version meets it, with named tools", given: confirmed, offered: []circle.Tool{circle.Amend, circle.Measure},
		when: objection.Meet{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend, circle.Measure}},
		then: []objection.Event{&objection.Met{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend, circle.Measure}}}},
	{name: "EC-35: a circle that names no tools offers all", given: raised, when: objection.Meet{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Shorten}},
		then: []objection.Event{&objection.Met{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Shorten}}}},
	{name: "EC-35: a later version meets it better", given: met, when: objection.Meet{Objection: "phones", In: 4, Tools: []circle.Tool{circle.Shorten}},
		then: []objection.Event{&objection.Met{Objection: "phones", In: 4, Tools: []circle.Tool{circle.Shorten}}}},
	{name: "EC-35: a tool that the circle does not offer", given: confirmed, offered: []circle.Tool{circle.Amend},
		when: objection.Meet{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend, circle.Shorten}}, refused: objection.NotOffered},
	{name: "EC-35: meeting what is not there", when: objection.Meet{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend}}, refused: objection.UnknownObjection},
	{name: "M-124: a concern needs no meeting", given: voiced, when: objection.Meet{Objection: "cost", In: 3, Tools: []circle.Tool{circle.Amend}}, refused: objection.OnConcern},

	{name: "CP-4: the objector accepts how it is met", given: met, when: objection.Accept{Objection: "phones"},
		then: []objection.Event{&objection.Integrated{Objection: "phones", By: "ada", In: 3}}},
	{name: "CP-4: nobody accepts for the objector", given: met, by: "lee", when: objection.Accept{Objection: "phones"}, refused: objection.NotObjector},
	{name: "EC-35: before a version meets it", given: confirmed, when: objection.Accept{Objection: "phones"}, refused: objection.NotMet},
	{name: "M-124: a concern is not accepted", given: voiced, by: "sol", when: objection.Accept{Objection: "cost"}, refused: objection.OnConcern},
	{name: "CP-4: what is not there is not accepted", when: objection.Accept{Objection: "phones"}, refused: objection.UnknownObjection},

	{name: "CP-4: the objector takes it back", given: raised, when: objection.Withdraw{Objection: "phones", Reason: say("I was wrong")},
		then: []objection.Event{&objection.Withdrawn{Objection: "phones", By: "ada", Reason: say("I was wrong")}}},
	{name: "CP-4: no reason is needed, at any time", given: met, when: objection.Withdraw{Objection: "phones"},
		then: []objection.Event{&objection.Withdrawn{Objection: "phones", By: "ada"}}},
	{name: "CP-4: nobody takes back another's objection", given: raised, by: "fay", when: objection.Withdraw{Objection: "phones"}, refused: objection.NotObjector},
	{name: "M-124: a concern stays on record", given: voiced, by: "sol", when: objection.Withdraw{Objection: "cost"}, refused: objection.OnConcern},

	{name: "M-37: who raised it has left, and the whole circle consents to how it is met", given: met, by: "", when: objection.Inherit{Objection: "phones"},
		then: []objection.Event{&objection.Integrated{Objection: "phones", In: 3, ByCircle: true}}},
	{name: "M-37: before a version meets it", given: confirmed, when: objection.Inherit{Objection: "phones"}, refused: objection.NotMet},
	{name: "M-37: what is not there", when: objection.Inherit{Objection: "phones"}, refused: objection.UnknownObjection},
	{name: "it ends with its proposal", given: raised, when: objection.End{Objection: "phones"}, then: []objection.Event{&objection.Ended{Objection: "phones"}}},
	{name: "what is not there does not end", when: objection.End{Objection: "phones"}, refused: objection.UnknownObjection},
}

// endedRows: what has ended, has ended, for every command.
func endedRows() []row {
	var out []row
	for how, given := range ended {
		for _, cmd := range []objection.Command{objection.Restate{Objection: "phones", Statement: say("a")}, objection.Confirm{Objection: "phones"},
			objection.Withdraw{Objection: "phones"}, objection.Accept{Objection: "phones"}, objection.End{Objection: "phones"},
			objection.Inherit{Objection: "phones"}, objection.Meet{Objection: "phones", In: 4, Tools: []circle.Tool{circle.Amend}}} {
			out = append(out, row{name: "CP-4: " + how + ", then " + cmd.Wire(), given: given, when: cmd, refused: objection.AlreadyEnded})
		}
	}
	return out
}

// TestLaw: what may happen, what follows, and what is refused; and that no
// command, no event and no refusal of this room is left out here.
func TestLaw(t *testing.T) {
	refused, accepted, seen := map[*circle.Code]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range slices.Concat(endedRows(), rows, trialRows, exitRows, ownerRows, solvedRows, premiseRows, carryRows) {
		t.Run(r.name, func(t *testing.T) {
			os := history(t, r.given)
			f := facts(r.offered...)
			if r.under != nil {
				r.under(&f)
			}
			before, around := canon.Digest(os.Image()), canon.Digest(f)
			by := circle.Actor{By: "ada"}
			if r.by != "" {
				by.By = r.by
			}
			got, err := os.Decide(by, now, r.when, f)
			require.Equal(t, before, canon.Digest(os.Image()), "deciding changes nothing")
			require.Equal(t, around, canon.Digest(f), "deciding changes nothing around")
			if r.refused != nil {
				require.Empty(t, got)
				lawtest.Refused(t, r.refused, err)
				refused[r.refused] = true
				return
			}
			require.NoError(t, err)
			require.Equal(t, r.then, got)
			accepted[r.when.Wire()] = true
			parts := 100
			for _, e := range got {
				lawtest.Stored(t, e, nil)
				happen(t, os, e, &parts)
				seen[e.Wire()] = true
			}
			require.NotEqual(t, before, canon.Digest(os.Image()), "what happened is seen")
		})
	}
	for _, c := range objection.Codes() {
		require.True(t, refused[c], "no row is refused with %s", c.ID)
	}
	for _, c := range append(objection.Commands(), objection.Meet{}, objection.Inherit{}, objection.End{}, objection.Lapse{}, objection.Carry{}) {
		require.True(t, accepted[c.Wire()], "no row accepts %s", c.Wire())
	}
	for _, e := range objection.Events() {
		require.True(t, seen[e.Wire()], "no row gives %s", e.Wire())
	}
}

// TestNobodyJudges: CP-4, EC-34, there is no command to dismiss an objection.
// What ends one against its owner's will is a way that the method must have,
// and by the zero handling none has it; whoever gives the command, they do not
// judge their own.
func TestNobodyJudges(t *testing.T) {
	for _, c := range objection.Commands() {
		for _, word := range []string{"dismiss", "reject", "close", "judge", "resolve"} {
			require.NotContains(t, c.Wire(), word)
		}
	}
	for _, cmd := range []objection.Command{objection.Test{Objection: "phones"}, objection.Overrule{Objection: "phones"},
		objection.Abandon{Objection: "phones"}, objection.Defer{Objection: "phones"}, objection.Answer{Objection: "phones"}} {
		_, err := history(t, met).Decide(circle.Actor{By: "fay"}, now, cmd, facts())
		lawtest.Refused(t, objection.NotByMethod, err)
	}
	for _, cmd := range []objection.Command{objection.Withdraw{Objection: "phones"}, objection.Accept{Objection: "phones"}, objection.Confirm{Objection: "phones"}} {
		for _, who := range []circle.PersonID{"fay", "lee", ""} {
			_, err := history(t, met).Decide(circle.Actor{By: who}, now, cmd, facts())
			lawtest.Refused(t, objection.NotObjector, err)
		}
	}
}

func TestCodesAndWireNames(t *testing.T) {
	ids := map[string]bool{}
	once := func(id, form string) {
		require.Regexp(t, form, id)
		require.False(t, ids[id], "%s stands twice", id)
		ids[id] = true
	}
	for _, c := range objection.Codes() {
		once(c.ID, `^[a-z]+(-[a-z]+)*$`)
		require.Regexp(t, `[.:] ?(\{parts\}\.)?$`, c.Says)
		require.NotEmpty(t, c.Stands, c.ID)
	}
	for _, c := range append(objection.Commands(), objection.Meet{}, objection.Inherit{}, objection.End{}, objection.Lapse{}) {
		once(c.Wire(), `^objection\.[a-z]+(-[a-z]+)*$`)
	}
	for _, e := range objection.Events() {
		once(e.Wire(), `^objection\.[a-z]+(-[a-z]+)*$`)
	}
}

// TestCommandsAreChecked: M-157, EC-33, without a reason there is no objection.
func TestCommandsAreChecked(t *testing.T) {
	for path, cmd := range map[string]objection.Command{
		"argument":  objection.Raise{ID: "o", Proposal: "notes", Aim: "aim"},
		"aim":       objection.Raise{ID: "o", Proposal: "notes", Argument: say("a")},
		"text":      objection.Voice{ID: "o", Proposal: "notes"},
		"statement": objection.Restate{Objection: "o"},
		"objection": objection.Accept{},
	} {
		bad := canon.Check(cmd)
		require.NotNil(t, bad, path)
		require.Equal(t, path, bad.Path)
		require.True(t, bad.Missing)
	}
	require.Equal(t, "argument", canon.Check(objection.Raise{ID: "o", Proposal: "notes", Aim: "aim", Argument: say("")}).Path)
	require.Error(t, objection.ID("O").Check())
	require.NoError(t, objection.ID(strings.Repeat("o", circle.MaxID)).Check())
	require.Equal(t, "objection", new(objection.ID).Kind())
}
