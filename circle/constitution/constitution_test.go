package constitution_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
	"github.com/sayround/sayround/internal/script"
)

const (
	carecoop     = "../../examples/carecoop/constitution.json"
	conversation = "../../consent/testdata/conversations/4A-hand-over-notes.txt"
)

var (
	founder = circle.Actor{By: "founder"}
	now     = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
)

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return data
}

func parse(t testing.TB, data []byte) *constitution.Constitution {
	t.Helper()
	c, err := constitution.Parse(data, methods()...)
	require.NoError(t, err)
	return c
}

// methods are the names of the methods that the engine brings.
func methods() []string {
	var out []string
	for _, m := range consent.Presets() {
		out = append(out, m.Name)
	}
	return out
}

// found founds an organisation by the law of package circle alone.
func found(t require.TestingT, commands []circle.Command) *circle.Organisation {
	var o circle.Organisation
	for _, cmd := range commands {
		events, err := o.Decide(founder, now, cmd, circle.Facts{})
		require.NoError(t, err, "%s %+v", cmd.Wire(), cmd)
		for _, e := range events {
			o.Apply(e)
		}
	}
	return &o
}

// engine founds an organisation on a ledger.
func engine(t require.TestingT, commands []circle.Command) *consent.Engine {
	e, err := consent.Open(ctx(t), consent.Config{Now: func() time.Time { return now }})
	require.NoError(t, err)
	for _, cmd := range commands {
		_, err := e.Do(ctx(t), founder, cmd)
		require.NoError(t, err, "%s %+v", cmd.Wire(), cmd)
	}
	return e
}

// The constitution of the reference organisation is read, founded on a ledger,
// and holds there what it says.
func TestCareCoop(t *testing.T) {
	c := parse(t, read(t, carecoop))
	require.Equal(t, image(c), found(t, c.Commands()).Image())

	e := engine(t, c.Commands())
	e.Look(func(s *consent.State) {
		require.True(t, s.Org.Settled())
		require.Equal(t, circle.ID("members"), s.Org.RootCircle())
		require.Equal(t, []circle.ID{"care", "members", "places", "purpose", "valley"}, s.Org.Circles())
		for id := range map[circle.ID]int{"purpose": 0, "places": 0, "valley": 0} {
			require.Equal(t, circle.Name("sofa"), s.Org.RulesOf(id).Method, "%s: what is left open is answered from the root", id)
			require.True(t, s.Org.RulesOf(id).Conflicts)
			require.Len(t, s.Org.Circle(s.Org.Circle(id).Parent).Linked, 2, "%s: a double link (EC-13)", id)
		}
	})
	_, err := e.Verify(t.Context())
	require.NoError(t, err)
}

// Each rule of the reference organisation that its constitution must show.
func TestCareCoopKeepsItsRules(t *testing.T) {
	c := parse(t, read(t, carecoop))
	o := found(t, c.Commands())
	owns := func(id circle.ID, items ...circle.ItemID) {
		for _, item := range items {
			require.True(t, o.Circle(id).Owns(item), "%s owns %s", id, item)
			require.Empty(t, o.HandedTo(o.Circle(id), item), "%s keeps %s", id, item)
		}
	}
	// EC-60: reserved for members.
	owns("members", "strategy", "board", "surplus", "removal", "annual-budget")
	// EC-61: reserved for the Purpose Circle.
	owns("purpose", "budgets", "contracts", "employees", "admission", "mission-check")
	// EC-8: the mandate is traced back to the members.
	require.Equal(t, circle.ID("purpose"), o.HandedTo(o.Circle("members"), "teams"))
	require.Equal(t, circle.ID("places"), o.HandedTo(o.Circle("purpose"), "teams"))
	// EC-12: the Members Circle is all members.
	for _, p := range c.People {
		require.Equal(t, p.Class != "", o.LevelIn("members", p.ID) == circle.Full, p.ID)
	}
	// EC-13: Leader and Delegate of a local circle take full part in the circle around it.
	require.Subset(t, o.FullIn("places"), []circle.PersonID{"lee", "dee"})
	// EC-14: the Purpose Circle is the directors and those two of the circle inside it.
	require.ElementsMatch(t, []circle.PersonID{"ola", "kit", "ama", "raj", "sue", "hal", "liv", "mia", "jon", "eva", "tom", "gil", "ivy", "joe"}, o.FullIn("purpose"))
	// EC-73: at least 3 directors, at most 5 supported or advocate, 5 worker, 2 investor; EC-84: members all.
	classes := map[circle.Class]int{}
	for _, p := range o.Circle("purpose").Participants {
		classes[o.Person(p.Person).Class]++
	}
	require.Equal(t, map[circle.Class]int{circle.Worker: 5, circle.Supported: 3, circle.Advocate: 2, circle.Investor: 2}, classes)
	// EC-43, EC-51 to EC-54: what a circle without consent does, and the way of an appeal; EC-65: who may ask for a meeting;
	// EC-72: what takes an extraordinary resolution.
	for _, id := range o.Circles() {
		r := o.RulesOf(id)
		require.Equal(t, circle.Stuck{Meetings: 2, Facilitator: true}, r.Stuck, id)
		require.Equal(t, []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1}, {Before: circle.BeforeBody, Body: "care", Delegates: true, Sessions: 2},
			{Before: circle.BeforeBroader}}, r.Appeal.Steps, id)
	}
	require.Equal(t, 20, o.Circle("members").Rules.General.Request.Needs(200))
	members := o.RulesOf("members")
	require.Equal(t, circle.Name("members-extraordinary"), members.MethodFor("bylaws-purpose"))
	// EC-81: every role has a term. EC-26, EC-35: guests' time and the three tools.
	for _, r := range c.Roles {
		for _, h := range r.Holders {
			require.False(t, h.Term.IsZero(), r.ID)
		}
	}
	for _, id := range o.Circles() {
		r := o.RulesOf(id)
		require.Equal(t, 15, r.GuestMinutes, id)
		require.Equal(t, []circle.Tool{circle.Measure, circle.Shorten, circle.Amend}, r.Tools, id)
		// CP-2: two of each group, so that nobody is a lone voice, and the circle can be that many.
		for _, p := range r.Presence {
			require.GreaterOrEqual(t, p.AtLeast, 2, id)
			require.GreaterOrEqual(t, count(o, id, p.Classes), p.AtLeast, id)
		}
	}
}

// count counts the full participants of a circle in some classes.
func count(o *circle.Organisation, id circle.ID, classes []circle.Class) int {
	n := 0
	for _, who := range o.FullIn(id) {
		for _, class := range classes {
			if o.Person(who).Class == class {
				n++
			}
		}
	}
	return n
}

// The Valley Circle of the document is the one that scenario 4A founds by
// commands.
func TestValleyIsTheCircleOfScenario4A(t *testing.T) {
	c := parse(t, read(t, carecoop))
	have := found(t, c.Commands()).Image()

	f, err := script.Parse(conversation, read(t, conversation))
	require.NoError(t, err)
	var o circle.Organisation
	for _, s := range f.Steps {
		if s.Kind != script.KindCommand {
			continue
		}
		cmd, err := consent.ReadCommand(s.Command, s.Fields)
		require.NoError(t, err)
		structural, ok := cmd.(circle.Command)
		if !ok {
			break // the founding is over
		}
		events, _ := o.Decide(circle.Actor{By: circle.PersonID(s.Speaker.Who)}, now, structural, circle.Facts{})
		for _, e := range events {
			o.Apply(e)
		}
	}
	want := o.Image()
	require.Len(t, want.People, 10)
	for id, p := range want.People {
		require.Equal(t, p, have.People[id])
	}
	require.Equal(t, want.Circles["valley"], have.Circles["valley"])
	require.Len(t, want.Roles, 5)
	for id, r := range want.Roles {
		require.Equal(t, r, have.Roles[id])
	}
	require.Equal(t, want.Circles["places"].Linked, have.Circles["places"].Linked)
	require.Equal(t, want.Circles["places"].Aim, have.Circles["places"].Aim)
	require.Equal(t, want.Circles["places"].Domain, have.Circles["places"].Domain)
}

// Scenario 4A runs on the whole co-operative as it runs on the one circle, to
// the letter.
func TestScenario4ARunsOnTheCareCoop(t *testing.T) {
	_, story, ok := bytes.Cut(read(t, conversation), []byte("# 1. "))
	require.True(t, ok)
	ended := []byte("circle.founding-ended circle=places\n")
	require.Equal(t, 1, bytes.Count(story, ended))
	story = bytes.Replace(story, ended, nil, 1) // the constitution has ended it
	// Beside the rules that the scenario names, the circle has those that all members
	// have agreed for every circle.
	alone := []byte("rules={method=sofa reading={first=7d again=5d}")
	require.Equal(t, 3, bytes.Count(story, alone))
	story = bytes.ReplaceAll(story, alone, []byte("rules={method=sofa matters=[{matter=bylaws-purpose method=members-extraordinary}] reading={first=7d again=5d}"))
	story = bytes.ReplaceAll(story, []byte("conflicts=true responses=true}"), []byte("conflicts=true responses=true stuck={meetings=2 facilitator=true} "+
		"appeal={people=3 steps=[{before=circle sessions=1},{before=body body=care delegates=true sessions=2},{before=broader}]}}"))
	// What counts entries, or lists the terms of all roles, is not the same.
	story = regexp.MustCompile(`(?m)^(due|explain|verify)\b.*\n----\n(.+\n)+`).ReplaceAll(story, nil)

	var text bytes.Buffer
	fmt.Fprintln(&text, "at", now.Format(time.RFC3339))
	for _, cmd := range parse(t, read(t, carecoop)).Commands() {
		fmt.Fprintf(&text, "as founder: %s%s\n", cmd.Wire(), constitution.Line(cmd))
	}
	fmt.Fprintf(&text, "\n# 1. %s", story)
	r, err := consenttest.Run(t.Context(), "4A on the care co-operative", text.Bytes(), nil)
	require.NoError(t, err)
	require.Empty(t, strings.Join(r.Differences, "\n"))
}

func TestMarshalReadsBackAsItWas(t *testing.T) {
	for _, file := range []string{carecoop, "testdata/bakery.json"} {
		c := parse(t, read(t, file))
		written, err := json.MarshalIndent(c, "", "  ")
		require.NoError(t, err)
		require.Equal(t, c, parse(t, written))

		// Nothing of the document as it was written by hand is lost or added.
		require.JSONEq(t, string(read(t, file)), string(written))

		var again constitution.Constitution
		require.NoError(t, json.Unmarshal(written, &again))
		require.Equal(t, *c, again)
	}
}

// Words that have entered a ledger are not at hand: a document without them
// would say something else.
func TestMarshalRefusesWordsOfALedger(t *testing.T) {
	c := parse(t, read(t, "testdata/bakery.json"))
	c.Circles[0].Aim.Bind(3, 1)
	_, err := json.Marshal(c)
	require.ErrorContains(t, err, "lie in a ledger")
}

// The documentation's document is the one that it is said to be.
func TestDocumentationHoldsAConstitution(t *testing.T) {
	_, text, _ := strings.Cut(string(read(t, "doc.go")), "//\t{")
	text, _, _ = strings.Cut(text, "//\t}\n")
	c := parse(t, []byte("{"+strings.ReplaceAll(text, "//\t", "")+"}"))
	require.Equal(t, image(c), found(t, c.Commands()).Image())
}

// A founding that broke off is finished by giving all commands again.
func TestFoundingIsFinishedByGivingAllAgain(t *testing.T) {
	c := parse(t, read(t, "testdata/bakery.json"))
	whole := engine(t, c.Commands())

	e, err := consent.Open(t.Context(), consent.Config{Now: func() time.Time { return now }})
	require.NoError(t, err)
	for _, upTo := range []int{7, len(c.Commands())} {
		for i, cmd := range c.Commands()[:upTo] {
			_, err := e.Do(t.Context(), founder, cmd, consent.WithID(fmt.Sprintf("found-%d", i)))
			require.NoError(t, err)
		}
	}
	want, _ := whole.Head()
	have, _ := e.Head()
	require.Equal(t, want, have)
}
