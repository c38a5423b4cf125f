package rule_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// elected is in how many random elections each rule is tried.
var elected = flag.Int("elections", 5_000, "in how many random elections TestFinalIsFinal tries each rule: .ci/run rules tries more")

// electionsADraw is how many random elections a rule is tried in, in each of a
// hundred draws.
func electionsADraw() int {
	if testing.Short() {
		return 10
	}
	return max(*elected/100/thinner, 1)
}

var opening = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

func second(n int) time.Time { return opening.Add(time.Duration(n) * time.Second) }

// A lottery draws elections. All chance of a test comes from its seed.
type lottery struct {
	*rand.Rand
	rule string // a governor's seats may give their weight bit by bit, and who lends has two voices
}

func (l lottery) chance(percent int) bool { return l.IntN(100) < percent }

func pick[T any](l lottery, of ...T) T { return of[l.IntN(len(of))] }

// election draws a case that covers every field that a vote looks at, with
// answers that count and such as do not.
func (l lottery) election() consent.Case {
	c := consent.Case{Opened: opening, Now: second(1 + l.IntN(12)), Version: 1 + l.IntN(2), MayChange: l.chance(15), Quorate: l.chance(10)}
	if l.chance(85) {
		c.Closes = second(10)
	}
	for i := range l.IntN(7) {
		c.Seats = append(c.Seats, consent.Seat{Person: name(i), Class: pick(l, circle.Class(""), "a", "b"),
			Weight: int64(l.IntN(5)), Delegate: pick(l, circle.PersonID(""), "", name(l.IntN(7))), Out: l.chance(10)})
	}
	for _, class := range []circle.Class{"", "a", "b"} {
		if l.chance(20) {
			c.Register = append(c.Register, consent.Enrolled{Class: class, N: l.IntN(8)})
		}
	}
	if l.chance(30) {
		c.Options = []consent.Option{{ID: "x"}, {ID: "y"}, {ID: "z"}}
	}
	last := int(c.Now.Sub(opening) / time.Second)
	for range l.IntN(8) {
		l.answer(&c, name(l.IntN(8)), l.IntN(last+1))
	}
	slices.SortStableFunc(c.Answers, func(a, b consent.Answer) int { return a.At.Compare(b.At) })
	for range l.IntN(2) {
		o := consent.Objection{ID: "o", Seat: name(l.IntN(7)), Version: 1, Stands: l.chance(60), Raised: second(l.IntN(last + 1))}
		if !o.Stands {
			o.Ended = pick(l, o.Raised, c.Now)
		}
		c.Objections = append(c.Objections, o)
	}
	return c
}

func name(i int) circle.PersonID { return circle.PersonID(fmt.Sprint("p", i)) }

// answer lets somebody answer who may.
func (l lottery) answer(c *consent.Case, who circle.PersonID, at int) {
	a := consent.Answer{Seat: who, Version: c.Version, At: second(at),
		Position: pick(l, "yes", "yes", "no", "no", "abstain", "veto", "consent", "objects", "stand-aside", "own:yes", "own:no", "nonsense", "")}
	if l.chance(8) {
		a.Version = 3 - c.Version
	}
	if l.chance(25) {
		a.Position, a.Scores = "", map[string]int64{pick(l, "yes", "no", "x"): int64(l.IntN(3)), pick(l, "abstain", "y"): int64(l.IntN(3))}
	}
	if l.chance(10) {
		a.Silent = true
	}
	if len(c.Options) > 0 && l.chance(60) {
		a.Ranking = [][]string{{pick(l, "x", "y", "z")}, {pick(l, "x", "y", "z", "w")}, {pick(l, "x", "y"), "z"}}[:l.IntN(4)]
	}
	lends := l.rule == "delegated-override" && slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Person == a.Seat && s.Delegate != "" })
	said := func(o consent.Answer) bool {
		return o.Seat == a.Seat && o.Version == a.Version && (!lends || own(o) == own(a))
	}
	if (a.Scores == nil || l.rule != "governor") && !c.MayChange && slices.ContainsFunc(c.Answers, said) {
		return // a position that was taken cannot be changed
	}
	c.Answers = append(c.Answers, a)
}

func own(a consent.Answer) bool { return len(a.Position) > 4 && a.Position[:4] == "own:" }

// goesOn draws what may still come: time, answers, objections that are raised with
// them and such as end, and who was not heard leaves. What comes after the close
// comes too late.
func (l lottery) goesOn(c consent.Case) consent.Case {
	c.Answers, c.Seats, c.Objections = slices.Clone(c.Answers), slices.Clone(c.Seats), slices.Clone(c.Objections)
	now := int(c.Now.Sub(opening) / time.Second)
	over := !c.Closes.IsZero() && !c.Now.Before(c.Closes)
	for i := range c.Objections {
		if o := &c.Objections[i]; o.Stands && !over && l.chance(25) {
			o.Stands, o.Ended = false, c.Now
		}
	}
	unheard := l.leave(&c, over)
	for range l.IntN(10) {
		who := name(l.IntN(8))
		if len(unheard) > 0 && l.chance(60) {
			who = pick(l, unheard...)
		}
		now += l.IntN(2)
		had := len(c.Answers)
		l.answer(&c, who, now)
		if in := c.Closes.IsZero() || second(now).Before(c.Closes); in && len(c.Answers) > had && c.Answers[had].Position == consent.Objects && slices.Contains(unheard, who) {
			c.Objections = append(c.Objections, consent.Objection{ID: fmt.Sprint("new", had), Seat: who, Version: c.Version, Stands: true, Raised: second(now)})
		}
	}
	c.Now = second(now + l.IntN(20))
	return c
}

// leave lets some of those drop out who were not heard, while there is time, and
// says who is left of them.
func (l lottery) leave(c *consent.Case, over bool) []circle.PersonID {
	var unheard []circle.PersonID
	for i := range c.Seats {
		heard := slices.ContainsFunc(c.Answers, func(a consent.Answer) bool { return a.Seat == c.Seats[i].Person && a.Version == c.Version })
		if !over && !heard && l.chance(20) {
			c.Seats[i].Out = true
		} else if !heard && !c.Seats[i].Out {
			unheard = append(unheard, c.Seats[i].Person)
		}
	}
	return unheard
}

// rules makes one rule of each kind, and some that have more to them.
func rules(t require.TestingT) map[string]consent.Rule {
	parameters := map[string]string{
		"vote": `{"carry":{"all":[{"at-least":"2/5","count":["answered"],"of":["all"]},{"any":[{"count":["yes"],"heads":true,"of":["register"],"over":"1/2"},` +
			`{"each-class":{"count":["yes"],"of":["yes","no"],"over":"1/2"}},{"at-least":"2","in-classes":{"not":{"at-most":"1/3","count":["yes"],"of":["cast"]}}}]}]}}`,
		"majority":              `{"of":"answered","quorum":"1/3","share":"0.6"}`,
		"unanimity":             `{"missing":1}`,
		"unanimity-minus":       `{"n":1}`,
		"approval-with-veto":    `{"approvals":2,"binding":["a"]}`,
		"advice":                `{"least":2}`,
		"apache":                `{"kind":"release"}`,
		"chambers":              `{"chambers":[{"class":"a"},{"class":"b","not-less":true,"of":"all","share":"1/3"}]}`,
		"eu-qualified-majority": `{"blocking":2,"population":"0.65","states":"0.55"}`,
		"threshold-class-veto":  `{"class":"a","threshold":2}`,
		"coop-resolution":       `{"kind":"special"}`,
		"dao-threshold":         `{"kind":"threshold-quorum","min-period":5,"quorum":"0.4","threshold":"majority"}`,
		"governor":              `{"late":4,"quorum":"2","split":true,"super-quorum":"50%"}`,
		"liquid-gov":            `{"burn-no":"0.8","idle":["b"],"quorum":"0.25","threshold":"0.667"}`,
		"gov":                   `{"quorum":"0.334","threshold":"0.5","veto":"0.334"}`,
		"group-policy":          `{"min-execution":3,"percentage":"0.5"}`,
		"settled-consent":       `{"silence-consents":true}`,
		"consensus":             `{"support-min":2}`,
		"lasting":               `{"condition":{"at-least":"2","count":["yes"]},"seconds":4}`,
		"final-comment":         `{"outstanding":2,"seconds":4}`,
		"adaptive-quorum":       `{"bias":"approve"}`,
		"conviction":            `{"alpha":"0.9","beta":"0.5","funds":10,"requested":1,"rho":"1/2"}`,
	}
	out := map[string]consent.Rule{}
	make := func(called, kind, with string) {
		r, err := rule.Votes()[consent.RuleName{Kind: kind, Version: 1}](with)
		require.NoError(t, err, called)
		out[called] = r
	}
	for n := range rule.Votes() {
		make(n.Kind, n.Kind, parameters[n.Kind])
	}
	make("vote that ends", "vote", `{"carry":{"count":["yes"],"of":["all"],"over":"1/2"},"ends":{"at-least":"2","count":["yes"]}}`)
	make("coop-resolution written", "coop-resolution", `{"kind":"written-special"}`)
	make("coop-resolution class rights", "coop-resolution", `{"kind":"class-rights"}`)
	make("group-policy threshold", "group-policy", `{"threshold":"5"}`)
	make("dao-threshold percentage", "dao-threshold", `{"kind":"absolute-percentage","percentage":"1/3"}`)
	make("dao-threshold weighed", "dao-threshold", `{"count":"9","kind":"absolute-count","weights":[{"class":"a","times":"3"},{"class":"b","times":"0"}]}`)
	out["count"] = rule.Count(false, func(c rule.Counted) bool {
		return 3*c.Weight([]string{rule.Answered}) >= c.Weight([]string{rule.Everyone}) && c.Weight([]string{rule.Yes}) > c.Weight([]string{rule.No})
	})
	out["after"] = rule.After(6, rule.SimpleMajority.Vote())
	return out
}

// stock makes the rules of yes and no, and those that choose among options.
func stock(t require.TestingT) map[string]consent.Rule {
	out := rules(t)
	for _, e := range elections {
		name, ok := rule.Name(e.rule)
		require.True(t, ok)
		out[called(name)] = e.rule
	}
	return out
}

// TestFinalIsFinal holds each rule to it that nothing which may still come changes
// what it called final: in 5,000 random elections a rule, or as many as -elections
// says (.ci/run rules: 100,000), with delegation, parts of weights, members who leave,
// objections, late answers and such as count for nothing. It goes on twice, one
// after the other, as somebody may still leave after others have answered.
func TestFinalIsFinal(t *testing.T) {
	made := stock(t)
	finals, early := map[string]int{}, map[string]int{}
	for _, called := range slices.Sorted(maps.Keys(made)) {
		r := made[called]
		rapid.Check(t, func(t *rapid.T) {
			l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)), called}
			for range electionsADraw() {
				c := l.election()
				v := r.Judge(c)
				if !v.Final {
					continue
				}
				finals[called]++
				if c.Closes.IsZero() || c.Now.Before(c.Closes) {
					early[called]++
				}
				if then, w := l.turned(r, c, v); w != nil {
					t.Fatalf("%s called %s final in\n%#v\n(%v)\nand says %s (final: %v) in\n%#v\n(%v)", called, v.Outcome, c, v.Why, w.Outcome, w.Final, then, w.Why)
				}
			}
		})
		require.NotZero(t, finals[called], "%s never decides anything", called)
	}
	for _, called := range []string{"simple-majority", "dao-threshold", "gov", "liquid-gov", "vote", "double-majority", "count", "group-policy"} {
		require.NotZero(t, early[called], "%s is never certain before the end", called)
	}
}

// turned goes on from a final verdict, and gives the other one that it finds; nil:
// none.
func (l lottery) turned(r consent.Rule, c consent.Case, v consent.Verdict) (consent.Case, *consent.Verdict) {
	for range 2 {
		c = l.goesOn(c)
		if w := r.Judge(c); w.Outcome != v.Outcome || !w.Final || !slices.Equal(w.Winners, v.Winners) {
			return c, &w
		}
	}
	return c, nil
}

// hasty calls final what its test says, whatever may still come.
type hasty func(yes, seats, standing int) bool

func (h hasty) Judge(c consent.Case) consent.Verdict {
	yes, standing := 0, 0
	words := rule.Said(&c)
	for _, w := range words {
		if w.Position == rule.Yes {
			yes++
		}
	}
	for _, o := range c.Objections {
		if o.Stands {
			standing++
		}
	}
	v := consent.Verdict{Outcome: consent.Declined, Final: true}
	if h(yes, len(words), standing) {
		v.Outcome = consent.Carried
	}
	return v
}

// The elections bite: each of these rules can be turned by one thing alone, and is.
func TestElectionsBite(t *testing.T) {
	for what, r := range map[string]hasty{
		"an answer":           func(yes, _, _ int) bool { return yes > 0 },
		"somebody who leaves": func(_, seats, _ int) bool { return seats > 2 },
		"an objection":        func(_, _, standing int) bool { return standing > 0 },
		"a second objection":  func(_, _, standing int) bool { return standing < 2 },
	} {
		t.Run(what, func(t *testing.T) {
			l := lottery{rand.New(rand.NewPCG(1, 1)), what}
			for range 2000 {
				c := l.election()
				if _, w := l.turned(r, c, r.Judge(c)); w != nil {
					return
				}
			}
			t.Fatal("nothing turned it")
		})
	}
}

// TestWakeIsHonest holds each rule to it that time alone changes nothing before it
// wants to be woken, and that every standing objection is reported.
func TestWakeIsHonest(t *testing.T) {
	made := rules(t)
	for _, called := range slices.Sorted(maps.Keys(made)) {
		r := made[called]
		rapid.Check(t, func(t *rapid.T) {
			l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2)), called}
			for range electionsADraw() / 10 {
				c := l.election()
				v := r.Judge(c)
				for _, o := range c.Objections {
					reported := slices.ContainsFunc(v.Why, func(w consent.Reason) bool { return w.Code == "objection-stands" && w.Got == o.ID })
					if reported != o.Stands {
						t.Fatalf("%s: objection %v, reported: %v", called, o, reported)
					}
				}
				later := c
				if v.Wake.IsZero() {
					later.Now = c.Now.Add(1000 * time.Hour)
				} else {
					later.Now = v.Wake.Add(-1)
				}
				if w := r.Judge(later); later.Now.After(c.Now) && w.Outcome != v.Outcome {
					t.Fatalf("%s says %s and %s, and wanted to be woken at %v, in\n%#v\n%v", called, v.Outcome, w.Outcome, v.Wake, c, w.Why)
				}
			}
		})
	}
}
