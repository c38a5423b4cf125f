package consent_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// byObjections chooses among things by the objections to each.
var byObjections = consent.Selecting{By: consent.ByObjections, Ties: []consent.Tie{consent.TieDraw}}

// among is a circle that chooses one of three things: p is the choice.
func among(t *testing.T, c consent.Selecting) *world {
	t.Helper()
	m := consent.Method{Name: "own", Rule: consent.Plain.Rule, Selecting: c}
	require.NoError(t, m.Check())
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Matters: []circle.Matter{{Matter: "selection", Method: "own"}}}})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Options: options("x", "y", "z"), Text: reason})
	return w
}

func options(list ...consent.Name) (out []consent.Choice) {
	for _, id := range list {
		out = append(out, consent.Choice{ID: id, Text: reason})
	}
	return out
}

// objectors makes what several have against options: one line for each person.
func objectors(said ...map[consent.Name]consent.Strength) (out []consent.Nomination) {
	for i, s := range said {
		n := consent.Nomination{By: everybody[i]}
		for option, strength := range s {
			n.Against = append(n.Against, consent.Misgiving{Option: option, Strength: strength})
		}
		out = append(out, n)
	}
	return out
}

type against = map[consent.Name]consent.Strength

// TestWeakestObjections: the strongest objection to each option is compared first,
// then the next; what is alike is a tie, and its order in the tally means nothing
// (M-155; W3C, managing dissent).
func TestWeakestObjections(t *testing.T) {
	for _, r := range []struct {
		name string
		said []against
		out  []circle.PersonID
		gone []consent.Name
		few  []consent.Name
		want []consent.Name // the weakest first
	}{
		{name: "none is weaker than any", said: []against{{"x": 1, "y": 0, "z": 2}}, want: []consent.Name{"y", "x", "z"}},
		{name: "three mild ones are weaker than a strong one", said: []against{{"x": 30, "y": 0, "z": 99}, {"x": 30, "y": 31, "z": 0}, {"x": 30, "y": 0, "z": 0}}, want: []consent.Name{"x", "y", "z"}},
		{name: "where the strongest are alike, the next decides", said: []against{{"x": 50, "y": 50, "z": 50}, {"x": 9, "y": 8, "z": 10}}, want: []consent.Name{"y", "x", "z"}},
		{name: "where these are alike too, the fewer", said: []against{{"x": 50, "y": 50, "z": 50}, {"x": 8, "y": 8, "z": 0}, {"x": 1, "y": 0, "z": 0}}, want: []consent.Name{"z", "y", "x"}},
		{name: "who objects is the same to it", said: []against{{"x": 7, "y": 3, "z": 8}, {"x": 3, "y": 6, "z": 0}}, want: []consent.Name{"y", "x", "z"}},
		{name: "M-225: who is out does not count", said: []against{{"x": 0, "y": 5, "z": 9}, {"x": 100, "y": 0, "z": 0}}, out: []circle.PersonID{ben}, want: []consent.Name{"x", "y", "z"}},
		{name: "M-222: what is discarded is there no more", said: []against{{"x": 0, "y": 5, "z": 4}}, gone: []consent.Name{"x"}, want: []consent.Name{"z", "y"}},
		{name: "M-228: it may be among fewer", said: []against{{"x": 0, "y": 5, "z": 4}}, few: []consent.Name{"y", "z"}, want: []consent.Name{"z", "y"}},
	} {
		t.Run(r.name, func(t *testing.T) {
			sel := consent.Selection{ByObjections: true, Options: options("x", "y", "z"), Nominations: objectors(r.said...), Out: r.out, Discarded: r.gone, Among: r.few}
			var got []consent.Name
			for _, c := range sel.Tally() {
				got = append(got, c.Name)
			}
			require.Equal(t, r.want, got)
		})
	}
}

// TestWeakestByAnotherCount holds the order to another way of saying it: go down
// from the strongest that one can say, and at the first strength that the objections
// to two options do not reach as often, the one that reaches it less often is the
// weaker (M-155).
func TestWeakestByAnotherCount(t *testing.T) {
	d := rand.New(rand.NewPCG(155, 1))
	ties, differ := 0, 0
	for range 500 {
		said := make([]against, 3)
		for i := range said {
			said[i] = against{}
			for _, option := range []consent.Name{"x", "y", "z"} {
				said[i][option] = consent.Strength(d.IntN(4) * 33)
			}
		}
		reach := func(option consent.Name, n consent.Strength) (count int) {
			for _, s := range said {
				if s[option] >= n {
					count++
				}
			}
			return count
		}
		weaker := func(a, b consent.Name) int {
			for n := consent.Strength(100); n > 0; n-- {
				if c := cmp.Compare(reach(a, n), reach(b, n)); c != 0 {
					return c
				}
			}
			return 0
		}
		sel := consent.Selection{ByObjections: true, Options: options("z", "y", "x"), Nominations: objectors(said...)}
		list := sel.Tally()
		for i := range list[1:] {
			a, b := list[i], list[i+1]
			c := weaker(a.Name, b.Name)
			require.LessOrEqual(t, c, 0, said)
			require.Equal(t, c == 0, slices.Equal(a.Strengths, b.Strengths), said)
			if c == 0 {
				ties++
			} else {
				differ++
			}
		}
	}
	require.Positive(t, ties)
	require.Positive(t, differ)
}

// weakestLaw is what is refused where the weakest objections are looked for.
var weakestLaw = []struct {
	name    string
	by      consent.Selecting
	said    []string
	who     circle.PersonID
	when    consent.Command
	refused *circle.Code
}{
	{name: "M-155: people are not chosen so", by: byObjections, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{baker}, Text: reason}, refused: consent.ThingsOnly},
	{name: "M-155: of each option", by: byObjections, who: ana, when: nominate("x:1, y:2"), refused: consent.EachOption},
	{name: "M-155: of each option once", by: byObjections, who: ana, when: nominate("x:1, y:2, y:3, z:0"), refused: consent.EachOption},
	{name: "M-155: of the options, and nothing else", by: byObjections, who: ana, when: nominate("x:1, y:2, w:0"), refused: consent.EachOption},
	{name: "M-155: with a number", by: byObjections, who: ana, when: nominate("x:1, y:2, z"), refused: consent.EachOption},
	{name: "M-155: that is whole", by: byObjections, who: ana, when: nominate("x:1, y:2, z:0.5"), refused: consent.EachOption},
	{name: "M-155: and no less than nothing", by: byObjections, who: ana, when: nominate("x:1, y:2, z:-1"), refused: consent.EachOption},
	{name: "M-127: and no more than all one's heart", by: byObjections, who: ana, when: nominate("x:1, y:2, z:101"), refused: consent.EachOption},
	{name: "M-214: nobody passes, unless the method has it", by: byObjections, who: ana, when: nominate("pass"), refused: consent.EachOption},
	{name: "M-155: who takes no full part says nothing of it", by: byObjections, who: lou, when: nominate("x:1, y:2, z:0"), refused: consent.NoConsentRight},
	{name: "M-155: not what most have nothing against", by: byObjections, said: []string{"x:0, y:2, z:3", "x:0, y:2, z:3", "x:9, y:2, z:3"}, who: ana,
		when: candidate("x"), refused: consent.NotWeakest},
	{name: "M-155: nor what nobody chooses from", by: byObjections, said: []string{"x:0, y:2, z:3", "x:0, y:2, z:3", "x:9, y:2, z:3"}, who: ana,
		when: candidate("w"), refused: consent.NotNameable},
	{name: "M-217: what was said is not changed in a round of its own", by: byObjections, said: []string{"x:0, y:0, z:3", "x:0, y:0, z:3", "x:9, y:9, z:3"}, who: ana,
		when: consent.OpenRound{Proposal: "p", Round: consent.ChangeRound}, refused: consent.NoChangeRound},
	{name: "M-155: a tie wants a rule", by: byObjections, said: []string{"x:0, y:5, z:9", "x:5, y:0, z:9", "x:0, y:0, z:9"}, who: ana,
		when: candidate("x"), refused: consent.AlikeFirst},
	{name: "M-155: that the method has", by: byObjections, said: []string{"x:0, y:5, z:9", "x:5, y:0, z:9", "x:0, y:0, z:9"}, who: ana,
		when: tied("x", consent.TieSelf), refused: consent.AlikeFirst},
	{name: "M-155: a draw is recorded", by: byObjections, said: []string{"x:0, y:5, z:9", "x:5, y:0, z:9", "x:0, y:0, z:9"}, who: ana,
		when: tied("x", consent.TieDraw), refused: consent.DrawUntold},
	{name: "M-155: and is among the tied", by: byObjections, said: []string{"x:0, y:5, z:9", "x:5, y:0, z:9", "x:0, y:0, z:9"}, who: ana,
		when: tied("z", consent.TieDraw), refused: consent.NotWeakest},
	{name: "M-155: where there is none, nothing is drawn", by: byObjections, said: []string{"x:0, y:5, z:9", "x:0, y:0, z:9", "x:0, y:0, z:9"}, who: ana,
		when: tied("x", consent.TieDraw), refused: consent.NoTieNow},
	{name: "M-155: people are not among things", by: byObjections, said: []string{"x:0, y:5, z:9", "x:0, y:0, z:9", "x:0, y:0, z:9"}, who: ana,
		when: candidate("ben"), refused: consent.NotNameable},
	{name: "M-155: what it is that one has something against is said", by: byObjections, who: ana,
		when: nominate(":0, y:2, z:3"), refused: consent.EachOption},
}

// TestWeakestLaw holds a choice by objections to what M-155 and the rules of a
// selection say.
func TestWeakestLaw(t *testing.T) {
	for _, r := range weakestLaw {
		t.Run(r.name, func(t *testing.T) {
			w := among(t, r.by)
			w.opensRound(consent.NominateRound)
			w.names(r.said...)
			w.no(r.refused, r.who, r.when)
		})
	}
}

// TestTheWeakestIsAskedAbout: the option with the weakest objections is put to the
// circle, and one objection to it stops it however mild it was before: no strength
// counts in consent (M-155, M-127). Then the next is due (M-221).
func TestTheWeakestIsAskedAbout(t *testing.T) {
	w := among(t, byObjections)
	next := func(what string) {
		t.Helper()
		w.engine.Look(func(s *consent.State) { require.Equal(t, what, s.Next("p")[0].What) })
	}
	w.opensRound(consent.NominateRound)
	next("consent.nominate")
	permitted := func(what string) bool {
		list, err := w.engine.Permitted(ana, "p")
		require.NoError(t, err)
		return slices.ContainsFunc(list, func(one consent.Permission) bool { return one.Command == what && one.Refused == nil })
	}
	require.True(t, permitted("consent.nominate"))
	r := w.names("x:9, y:2, z:3", "x:0, y:2, z:3", "x:0,y:1,z:0")
	require.Equal(t, []consent.Misgiving{{Option: "x"}, {Option: "y", Strength: 1}, {Option: "z"}}, r.Events[1].(*consent.NominationsOpened).Nominations[2].Against)
	next("consent.propose-candidate")
	require.True(t, permitted("consent.propose-candidate"))
	require.False(t, permitted("consent.open-round change"))
	w.proposes(ana, "y")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben)
	w.objects("p", "o", cia)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.no(consent.NotToSplit, ana, halves)
	w.must(ana, consent.DiscardCandidate{Proposal: "p", Reason: reason})
	w.no(consent.NotWeakest, ana, candidate("x"))
	w.opensRound(consent.NominateRound) // said anew, of what is left
	w.no(consent.EachOption, ana, nominate("x:9, y:2, z:3"))
	w.names("x:1, z:3", "x:0, z:3", "x:0, z:0")
	require.Equal(t, []consent.Count{{Seat: 1, Name: "x", N: 1, Strengths: []consent.Strength{1}}, {Seat: 1, Name: "z", N: 2, Strengths: []consent.Strength{3, 3}}}, w.tally())
	w.proposes(ana, "x")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestNothingAgainstAnything: where nobody has said anything against an option, all
// of them are alike (M-155).
func TestNothingAgainstAnything(t *testing.T) {
	c := byObjections
	c.Pass = true
	w := among(t, c)
	w.opensRound(consent.NominateRound)
	r := w.names("pass", "pass", "pass")
	require.Equal(t, []consent.Name{"pass"}, r.Events[1].(*consent.NominationsOpened).Nominations[2].Names, "that somebody passed is on record")
	w.no(consent.AlikeFirst, ana, candidate("z"))
	w.must(ana, consent.ProposeCandidate{Proposal: "p", Names: []consent.Name{"z"}, Text: reason, Tie: consent.TieDraw, Draw: text("Lou drew a paper from the hat")})
}

// TestMethodsByObjections: what a method cannot have beside it (M-155).
func TestMethodsByObjections(t *testing.T) {
	for name, change := range map[string]func(*consent.Selecting){
		"no rule for ties":   func(c *consent.Selecting) { c.Ties = nil },
		"a rule for people":  func(c *consent.Selecting) { c.Ties = []consent.Tie{consent.TieIncumbent} },
		"names":              func(c *consent.Selecting) { c.May = []consent.Naming{consent.NamesSelf} },
		"a change round":     func(c *consent.Selecting) { c.Change = true },
		"somebody last":      func(c *consent.Selecting) { c.Last = true },
		"somebody accepting": func(c *consent.Selecting) { c.Accept = true },
		"a welcome":          func(c *consent.Selecting) { c.Welcome = true },
	} {
		m := consent.Method{Name: "own", Rule: consent.Plain.Rule, Selecting: byObjections}
		require.NoError(t, m.Check())
		change(&m.Selecting)
		require.Error(t, m.Check(), name)
	}
}
