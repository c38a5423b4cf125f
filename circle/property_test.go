package circle_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
)

var (
	somePeople  = []circle.PersonID{"ana", "ben", "cia", "dee", "eva", "nobody"}
	someCircles = []circle.ID{"places", "valley", "hill", "bakery", "helpers", "nowhere"}
	someRoles   = []circle.RoleID{"lead", "voice", "lead-2", "bakery-leader", "rota", "nothing"}
	someItems   = []circle.ItemID{"care", "teams", "money", "ovens"}
	someHats    = []circle.Hat{circle.Leader, circle.Delegate, circle.Leader, circle.Delegate, circle.Secretary, ""}
)

func pick[T any](t *rapid.T, label string, from []T) T { return rapid.SampledFrom(from).Draw(t, label) }

func somebody(t *rapid.T) circle.PersonID { return pick(t, "person", somePeople) }

func somewhere(t *rapid.T) circle.ID { return pick(t, "circle", someCircles) }

func someDomain(t *rapid.T) []circle.Item {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) circle.Item {
		i := item(pick(t, "item", someItems), "")
		if rapid.Bool().Draw(t, "a piece") {
			i.Of = pick(t, "of", someItems)
		}
		return i
	}), 0, 3).Draw(t, "domain")
}

func someOpening(t *rapid.T) circle.Open {
	c := circle.Open{ID: somewhere(t), Parent: somewhere(t), Type: pick(t, "kind", []circle.Kind{"", circle.Local, circle.Team, circle.Root})}
	if rapid.Bool().Draw(t, "an aim") {
		c.Aim = circle.Say("an aim")
	}
	c.Domain = someDomain(t)
	if c.ID == "helpers" {
		c.Type, c.Leader, c.Meetings, c.Answers = circle.Helping, somebody(t), 1, "notes"
		c.Product = circle.Say("a draft")
		if rapid.Bool().Draw(t, "no domain") {
			c.Domain = nil
		}
		return c
	}
	if rapid.IntRange(0, 3).Draw(t, "led") == 0 {
		c.Leader = somebody(t)
	}
	c.Members = rapid.SliceOfN(rapid.SampledFrom(somePeople), 0, 3).Draw(t, "members")
	return c
}

// someCommand draws a command of any kind, sensible or not.
func someCommand(t *rapid.T) circle.Command {
	switch rapid.IntRange(0, 13).Draw(t, "command") {
	case 0, 1, 2:
		return someOpening(t)
	case 3:
		return circle.Admit{ID: somebody(t), Supporters: rapid.SliceOfN(rapid.SampledFrom(somePeople), 0, 1).Draw(t, "supporters")}
	case 4:
		return circle.NameSupporter{Person: somebody(t), Supporter: somebody(t)}
	case 5:
		return circle.Join{Circle: somewhere(t), Person: somebody(t), Level: pick(t, "level", []circle.Level{circle.Full, circle.Learning, circle.Guest})}
	case 6:
		return circle.Leave{Circle: somewhere(t)}
	case 7:
		return circle.AgreeRules{Circle: somewhere(t), Rules: circle.Rules{GuestMinutes: rapid.IntRange(1, 15).Draw(t, "minutes")}}
	case 8:
		return circle.CreateRole{ID: pick(t, "role", someRoles), Circle: somewhere(t), Hat: pick(t, "hat", someHats)}
	case 9, 10:
		return circle.GiveRole{Role: pick(t, "role", someRoles), Person: somebody(t)}
	case 11:
		return circle.LayDown{Role: pick(t, "role", someRoles)}
	case 12:
		return circle.LinkTo{Circle: somewhere(t), To: somewhere(t), As: pick(t, "as", someHats)}
	}
	if rapid.IntRange(0, 9).Draw(t, "end") == 0 {
		return pick(t, "ending", []circle.Command{circle.EndFounding{}, founding})
	}
	return circle.Close{Circle: somewhere(t)}
}

// A life is an organisation to which random commands happen.
type life struct {
	o     *circle.Organisation
	parts int
}

func begin(t *rapid.T) *life {
	l := &life{o: &circle.Organisation{}}
	for _, e := range founded(
		&circle.Opened{Circle: "valley", Parent: "places", Type: circle.Local, Aim: circle.Say("a"), Domain: []circle.Item{item("teams", "")}},
		&circle.RoleCreated{Role: "lead", Circle: "valley", Hat: circle.Leader},
		&circle.RoleCreated{Role: "voice", Circle: "valley", Hat: circle.Delegate},
		&circle.RoleGiven{Role: "lead", Person: "ben", Since: now},
		&circle.Linked{Circle: "valley", To: "places", As: circle.Leader},
	) {
		happen(t, l.o, e, &l.parts)
	}
	return l
}

// step gives one random command, by the founder or carried by a consent, and
// lets come what follows.
func (l *life) step(t *rapid.T, after func()) {
	cmd := someCommand(t)
	by := circle.Actor{By: "ana"}
	var f circle.Facts
	switch rapid.IntRange(0, 2).Draw(t, "who") {
	case 0:
		f.ConsentOf = somewhere(t)
	case 1:
		by.By = somebody(t)
	}
	before := canon.Digest(l.o.Image())
	events, err := l.o.Decide(by, now, cmd, f)
	require.Equal(t, before, canon.Digest(l.o.Image()), "deciding %s changed something", cmd.Wire())
	if err != nil {
		var r *circle.Refusal
		require.ErrorAs(t, err, &r)
		lawtest.Worded(t, r)
		require.Empty(t, events)
		return
	}
	require.NotEmpty(t, events)
	for _, e := range events {
		happen(t, l.o, e, &l.parts)
		after()
	}
}

// requireSound holds an organisation against the invariants of doc.go.
func requireSound(t *rapid.T, o *circle.Organisation) {
	roots := 0
	for _, id := range o.Circles() {
		c := o.Circle(id)
		require.Equal(t, id, c.ID)
		if c.Parent == "" {
			roots++
			require.Equal(t, o.RootCircle(), id)
		}
		require.True(t, o.Within(id, o.RootCircle()), "%s hangs in the air", id)
		for _, child := range c.Children {
			require.Equal(t, id, o.Circle(child).Parent)
		}
		requireHandedOn(t, o, c)
		if c.Kind != circle.Helping {
			require.False(t, c.Aim.IsZero(), "%s has no aim", id)
			require.NotEmpty(t, c.Domain, "%s has no domain", id)
		}
		requireHats(t, o, c)
		requireLevels(t, o, c)
	}
	require.Equal(t, 1, roots)
}

// requireHandedOn: I-3, what a circle hands down it holds itself, and hands
// whole to one circle only.
func requireHandedOn(t *rapid.T, o *circle.Organisation, c *circle.Circle) {
	whole, pieces, cut := map[circle.ItemID]circle.ID{}, map[circle.ItemID]circle.ID{}, map[circle.ItemID][]circle.ID{}
	for _, child := range c.Children {
		if o.Circle(child).Closed {
			continue
		}
		for _, i := range o.Circle(child).Domain {
			from := i.Of
			if from == "" {
				from = i.ID
			}
			require.True(t, c.Owns(from), "%s handed %s to %s without having it", c.ID, from, child)
			require.Empty(t, pieces[i.ID], "I-4: %s and %s both hold %s", pieces[i.ID], child, i.ID)
			pieces[i.ID] = child
			require.True(t, from == i.ID || !c.Owns(i.ID), "%s is an item of %s and a piece of %s", i.ID, c.ID, from)
			cut[from] = append(cut[from], child)
			if from == i.ID {
				require.Empty(t, whole[from], "%s handed %s on twice", c.ID, from)
				whole[from] = child
				require.Equal(t, child, o.HandedTo(c, from))
			}
		}
	}
	for from, child := range whole {
		for _, other := range cut[from] {
			require.Equal(t, child, other, "M-9: %s handed %s on whole and in pieces", c.ID, from)
		}
	}
}

// requireHats: I-10, and roles know their circles as circles know their roles.
func requireHats(t require.TestingT, o *circle.Organisation, c *circle.Circle) {
	for _, who := range o.Wearers(c.ID, circle.Leader) {
		require.False(t, o.Wears(c.ID, circle.Delegate, who), "I-10: %s is Leader and Delegate of %s", who, c.ID)
	}
	for _, r := range c.Roles {
		require.Equal(t, c.ID, o.Role(r).Circle)
		var seen []circle.PersonID
		for _, h := range o.Role(r).Holders {
			require.NotNil(t, o.Person(h.Person))
			require.NotContains(t, seen, h.Person)
			seen = append(seen, h.Person)
		}
	}
}

// requireLevels: I-8, I-9 and I-11; full is who is so by themselves or wears
// the hat of a link, each once, and nobody else.
func requireLevels(t *rapid.T, o *circle.Organisation, c *circle.Circle) {
	full := o.FullIn(c.ID)
	for i, who := range full {
		require.NotContains(t, full[:i], who)
		require.NotNil(t, o.Person(who))
	}
	for _, who := range o.People() {
		require.Equal(t, slices.Contains(full, who), o.LevelIn(c.ID, who) == circle.Full)
		own := slices.Contains(c.Participants, circle.Participant{Person: who, Level: circle.Full})
		linked := false
		for _, l := range c.Linked {
			linked = linked || o.Wears(l.From, l.As, who) && !o.Circle(l.From).Closed
		}
		require.Equal(t, own || linked, slices.Contains(full, who), "%s in %s", who, c.ID)
	}
}

func TestOrganisationStaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := begin(t)
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			l.step(t, func() { requireSound(t, l.o) })
		}
	})
}

// TestCopies: what happens to a copy does not reach the original, nor the
// other way round; and a copy goes on as the original would.
func TestCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := begin(t)
		for range rapid.IntRange(0, 10).Draw(t, "before") {
			l.step(t, func() {})
		}
		first := &life{l.o.Copy(), l.parts}
		second := &life{l.o.Copy(), l.parts}
		at := canon.Digest(l.o.Image())
		require.Equal(t, at, canon.Digest(first.o.Image()))
		for range rapid.IntRange(1, 10).Draw(t, "after") {
			first.step(t, func() {})
			require.Equal(t, at, canon.Digest(l.o.Image()), "the original changed with its copy")
			require.Equal(t, at, canon.Digest(second.o.Image()), "one copy changed with another")
		}
		then := canon.Digest(first.o.Image())
		for range rapid.IntRange(1, 10).Draw(t, "original") {
			l.step(t, func() {})
			require.Equal(t, then, canon.Digest(first.o.Image()), "the copy changed with its original")
			require.Equal(t, at, canon.Digest(second.o.Image()), "a copy changed with its original")
		}
	})
}

// TestCopyOfEverything: every field that is tagged as state is in the copy.
func TestCopyOfEverything(t *testing.T) {
	o := history(t, linked(settled, &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Conflicts: true}},
		&circle.SupporterNamed{Person: "ben", Supporter: "dee"},
		&circle.Opened{Circle: "helpers", Parent: "valley", Type: circle.Helping, Product: circle.Say("p"), Meetings: 2, Answers: "n"},
		&circle.Met{Circle: "helpers"}, &circle.Closed{Circle: "helpers"}))
	c := o.Copy()
	require.Equal(t, o.Image(), c.Image())
	for _, e := range []circle.Event{
		&circle.RoleTermEnded{Role: "valley-leader", Person: "cia"}, &circle.Left{Circle: "valley", Person: "ben"},
		&circle.Met{Circle: "helpers"}, &circle.Joined{Circle: "valley", Person: "cia", Level: circle.Guest},
		&circle.RoleLaidDown{Role: "valley-delegate", Person: "dee"}, &circle.RulesAgreed{Circle: "valley"},
	} {
		before := canon.Digest(o.Image())
		c.Apply(e)
		require.Equal(t, before, canon.Digest(o.Image()), fmt.Sprintf("%T", e))
		require.NotEqual(t, before, canon.Digest(c.Image()), fmt.Sprintf("%T", e))
	}
}
