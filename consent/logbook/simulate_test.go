package logbook_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/consent/rule"
)

var update = flag.Bool("update", false, "write down what was printed; read the difference afterwards")

const hour, day = 3600, 24 * 3600

// always is a practice of people each of whom always makes the same of a question.
func always(replies ...logbook.Reply) logbook.Practice {
	p := logbook.Practice{Rosters: [][]int{nil}}
	for i, r := range replies {
		p.Members = append(p.Members, logbook.Member{Person: people[i], Replies: []logbook.Reply{r}})
		p.Rosters[0] = append(p.Rosters[0], i)
	}
	return p
}

func yesAfter(hours int64) logbook.Reply {
	return logbook.Reply{Position: consent.Consents, After: hours * hour}
}

func noAfter(hours int64) logbook.Reply {
	return logbook.Reply{Position: consent.Objects, After: hours * hour}
}

var never logbook.Reply

// hasty adopts whatever it is shown, and does not say that it can be early.
var hasty = judge(func(consent.Case) consent.Verdict { return consent.Verdict{Outcome: consent.Carried} })

// restless never decides, and always wants to be asked again soon.
var restless = judge(func(c consent.Case) consent.Verdict {
	return consent.Verdict{Outcome: consent.Pending, Wake: c.Now.Add(time.Second)}
})

// afterAnHour adopts when an hour is over.
var afterAnHour = judge(func(c consent.Case) consent.Verdict {
	if until := c.Opened.Add(time.Hour); c.Now.Before(until) {
		return consent.Verdict{Outcome: consent.Pending, Wake: until}
	}
	return consent.Verdict{Outcome: consent.Carried, Final: true}
})

// A rule is asked as the engine asks it, and at the times that it names; what became
// of every question is counted.
func TestSimulateAsksAsTheEngineDoes(t *testing.T) {
	majority, lazy := rule.AbsoluteMajority.Vote(), rule.LazyConsensus{}.Vote()
	comment := rule.FinalComment{Outstanding: 2, Seconds: day}.Lasting()
	four := []logbook.Reply{yesAfter(1), yesAfter(2), yesAfter(3), yesAfter(4)}
	silent := []logbook.Reply{yesAfter(1), yesAfter(2), yesAfter(3), never}
	objected := []logbook.Reply{yesAfter(1), noAfter(2), yesAfter(3), yesAfter(4)}
	adopted := func(after int64, unheard, over int) logbook.Result {
		return logbook.Result{Adopted: 3, Unheard: 3 * unheard, Over: 3 * over, Half: after, Ninety: after}
	}
	declined := func(after int64, unheard int) logbook.Result {
		return logbook.Result{Declined: 3, Unheard: 3 * unheard, Half: after, Ninety: after}
	}
	open := logbook.Result{Open: 3}
	for _, c := range []struct {
		name  string
		given []logbook.Reply
		when  logbook.Alternative
		then  logbook.Result
	}{
		{"consent when the last one has consented", four, logbook.Alternative{Rule: consent.ByConsent{}}, adopted(4*hour, 0, 0)},
		{"consent waits for who says nothing", silent, logbook.Alternative{Rule: consent.ByConsent{}}, open},
		{"consent waits beyond a close too", silent, logbook.Alternative{Rule: consent.ByConsent{}, Seconds: day}, open},
		{"who answers at the close is too late to consent", four, logbook.Alternative{Rule: consent.ByConsent{}, Seconds: 4 * hour}, open},
		{"and later too", four, logbook.Alternative{Rule: consent.ByConsent{}, Seconds: 3 * hour}, open},
		{"consent does not go over an objection", objected, logbook.Alternative{Rule: consent.ByConsent{}}, open},
		{"a vote that may be changed waits for all", four, logbook.Alternative{Rule: majority, Seconds: day}, adopted(4*hour, 0, 0)},
		{"or for the close", silent, logbook.Alternative{Rule: majority, Seconds: day}, adopted(day, 1, 0)},
		{"a vote that stands is certain early", silent, logbook.Alternative{Rule: majority, Seconds: day, Stands: true}, adopted(3*hour, 1, 0)},
		{"a majority goes over an objection", objected, logbook.Alternative{Rule: majority, Seconds: day}, adopted(4*hour, 0, 1)},
		{"whoever is asked first", []logbook.Reply{yesAfter(4), yesAfter(1), yesAfter(2), yesAfter(3)}, logbook.Alternative{Rule: majority, Stands: true}, adopted(3*hour, 1, 0)},
		{"who votes at the close is too late", four, logbook.Alternative{Rule: majority, Seconds: 3 * hour}, declined(3*hour, 1)},
		{"lazy consensus counts silence at the close", []logbook.Reply{never, never}, logbook.Alternative{Rule: lazy, Seconds: day}, adopted(day, 1, 0)},
		{"and one objection stops it", []logbook.Reply{noAfter(1), never}, logbook.Alternative{Rule: lazy, Seconds: day}, declined(day, 1)},
		{"a final comment period ends by itself", silent, logbook.Alternative{Rule: comment}, adopted(day+3*hour, 1, 0)},
		{"and an objection keeps it from beginning", objected, logbook.Alternative{Rule: comment}, open},
		{"time alone may decide before the close", []logbook.Reply{never}, logbook.Alternative{Rule: afterAnHour, Seconds: day}, adopted(hour, 1, 0)},
		{"a rule that cannot be early is asked when all were heard", four, logbook.Alternative{Rule: hasty}, adopted(4*hour, 0, 0)},
		{"or when the time is over", silent, logbook.Alternative{Rule: hasty, Seconds: day}, adopted(day, 1, 0)},
		{"or never", silent, logbook.Alternative{Rule: hasty}, open},
		{"what is not final waits for the close", four, logbook.Alternative{Rule: hasty, Seconds: day}, adopted(day, 0, 0)},
		{"one objection passes where two stop it", []logbook.Reply{noAfter(1), yesAfter(2), never}, logbook.Alternative{Rule: consent.Settle{Vetoes: 2}, Seconds: day}, adopted(day, 1, 1)},
		{"two do not", []logbook.Reply{noAfter(1), noAfter(2), never}, logbook.Alternative{Rule: consent.Settle{Vetoes: 2}, Seconds: day}, declined(day, 1)},
		{"nothing is decided before the first answer", []logbook.Reply{yesAfter(2), never}, logbook.Alternative{Rule: consent.Settle{Vetoes: 2}}, adopted(2*hour, 1, 0)},
		{"a rule that is never content ends", four, logbook.Alternative{Rule: restless}, open},
		{"a rule that breaks off decides nothing", four, logbook.Alternative{Rule: judge(func(consent.Case) consent.Verdict { panic("no") })}, open},
		{"what is no outcome is none", four, logbook.Alternative{Rule: judge(func(consent.Case) consent.Verdict { return consent.Verdict{} })}, open},
	} {
		s, err := logbook.Simulate(always(c.given...), 1, 3, c.when)
		require.NoError(t, err)
		got := s.Results[0]
		require.Equal(t, c.then.Decided(), got.Decided(), c.name)
		got.Alternative = logbook.Alternative{}
		require.Equal(t, c.then, got, c.name)
	}
}

// What the engine made of a question, the simulator makes of the same answers by the
// same rule, after the same time.
func TestSimulateComesToWhatTheEngineCameTo(t *testing.T) {
	for kind, r := range map[string]consent.Rule{"simple-majority": rule.SimpleMajority.Vote(), "super-majority": rule.SuperMajority.Vote(),
		"lazy-consensus": rule.LazyConsensus{}.Vote(), "unanimity": rule.Unanimity{}.Vote()} {
		h := newHall(t, kind, true)
		yes, no := consent.Consents, consent.Objects
		h.decide("all", line{1, "ana", yes}, line{2, "bea", yes}, line{3, "cem", yes}, line{4, "dov", yes})
		h.decide("three", line{1, "ana", yes}, line{2, "bea", yes}, line{3, "cem", yes})
		h.decide("one-against", line{1, "ana", no}, line{2, "bea", yes}, line{3, "cem", yes}, line{71, "dov", yes})
		h.decide("two-against", line{1, "ana", no}, line{2, "bea", yes}, line{3, "cem", no}, line{4, "dov", yes})
		h.decide("nobody")
		for j, err := range h.engine.Judgments(t.Context()) {
			require.NoError(t, err)
			s, err := logbook.Simulate(practiceOf(&j.Case), 1, 1, logbook.Alternative{Rule: r, Seconds: 3 * day})
			require.NoError(t, err)
			got, outcome := s.Results[0], consent.Declined
			if got.Adopted == 1 {
				outcome = consent.Carried
			}
			require.Equal(t, j.Outcome, outcome, "%s by %s", j.Proposal, kind)
			require.Equal(t, int64(j.At.Sub(j.Case.Opened)/time.Second), got.Half, "%s by %s", j.Proposal, kind)
		}
	}
}

// practiceOf makes of one case people who always answer so.
func practiceOf(c *consent.Case) logbook.Practice {
	p := logbook.Practice{Rosters: [][]int{nil}}
	for i, seat := range c.Seats {
		m := logbook.Member{Person: seat.Person, Replies: []logbook.Reply{{}}}
		for _, a := range c.Answers {
			if a.Seat == seat.Person {
				m.Replies[0] = logbook.Reply{Position: a.Position, After: int64(a.At.Sub(c.Opened) / time.Second)}
			}
		}
		p.Members = append(p.Members, m)
		p.Rosters[0] = append(p.Rosters[0], i)
	}
	return p
}

// A seat weighs and belongs where it did when its person was last asked.
func TestSimulateKeepsSeats(t *testing.T) {
	p := always(yesAfter(1), yesAfter(2))
	p.Members[0].Class, p.Members[0].Weight, p.Members[1].Class = circle.Worker, 3, circle.Investor
	seats := []consent.Seat{{Person: "ana", Class: circle.Worker, Weight: 3}, {Person: "bea", Class: circle.Investor}}
	asks := judge(func(c consent.Case) consent.Verdict {
		require.Equal(t, seats, c.Seats)
		return consent.Verdict{Outcome: consent.Carried}
	})
	s, err := logbook.Simulate(p, 1, 1, logbook.Alternative{Rule: asks})
	require.NoError(t, err)
	require.Equal(t, 1, s.Results[0].Adopted)
}

// All rules hear the same, and what one makes of it does not depend on which others
// are asked. Consent decides nothing while somebody is unheard or objects, and never
// declines. Lazy consensus decides everything at the close.
func TestSimulateHoldsForEveryPractice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPractice(t)
		seed := rapid.Uint64().Draw(t, "seed")
		among := []logbook.Alternative{{Rule: consent.ByConsent{}}, {Rule: rule.LazyConsensus{}.Vote(), Seconds: day},
			{Rule: rule.SimpleMajority.Vote(), Seconds: day, Stands: true}, {Rule: rule.FinalComment{Outstanding: 1, Seconds: hour}.Lasting()}}
		s, err := logbook.Simulate(p, seed, 20, among...)
		require.NoError(t, err)
		for i := range s.Results {
			r := s.Results[i]
			require.Equal(t, 20, r.Adopted+r.Declined+r.Open)
			require.LessOrEqual(t, r.Half, r.Ninety)
			alone, err := logbook.Simulate(p, seed, 20, among[i])
			require.NoError(t, err)
			require.Equal(t, r.Adopted, alone.Results[0].Adopted)
			require.Equal(t, r.Ninety, alone.Results[0].Ninety)
		}
		byConsent, lazy := s.Results[0], s.Results[1]
		require.Zero(t, byConsent.Unheard+byConsent.Over+byConsent.Declined)
		require.Zero(t, lazy.Open+lazy.Over)

		shy := withSomebodySilent(p)
		s, err = logbook.Simulate(shy, seed, 20, among...)
		require.NoError(t, err)
		require.Equal(t, 20, s.Results[0].Open, "consent waits for who is never heard")
		require.Equal(t, 20, s.Results[1].Unheard, "lazy consensus does not")
	})
}

// withSomebodySilent asks one person more each time, who never answers.
func withSomebodySilent(p logbook.Practice) logbook.Practice {
	shy := logbook.Practice{Members: append(slices.Clone(p.Members), logbook.Member{Person: "shy", Replies: []logbook.Reply{never}})}
	for _, roster := range p.Rosters {
		shy.Rosters = append(shy.Rosters, append(slices.Clone(roster), len(p.Members)))
	}
	return shy
}

func anyPractice(t *rapid.T) logbook.Practice {
	var p logbook.Practice
	n := rapid.IntRange(1, 5).Draw(t, "members")
	for i := range n {
		reply := rapid.Custom(func(t *rapid.T) logbook.Reply {
			position := rapid.SampledFrom([]string{"", consent.Consents, consent.Consents, consent.Objects, string(consent.Abstains)}).Draw(t, "position")
			if position == "" {
				return logbook.Reply{}
			}
			return logbook.Reply{Position: position, After: rapid.Int64Range(0, 2*day).Draw(t, "after")}
		})
		p.Members = append(p.Members, logbook.Member{Person: circle.PersonID(fmt.Sprint("p", i)), Replies: rapid.SliceOfN(reply, 1, 4).Draw(t, "replies")})
	}
	for range rapid.IntRange(1, 3).Draw(t, "rosters") {
		p.Rosters = append(p.Rosters, rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 1, n, rapid.ID[int]).Draw(t, "roster"))
	}
	return p
}

// The table is the same, byte for byte, for the same practice and seed, and another
// one for another seed.
func TestSimulationTable(t *testing.T) {
	p, err := logbook.LearnPractice(t.Context(), decided(t, false).engine, "")
	require.NoError(t, err)
	told := func(seed uint64) string {
		s, err := logbook.Simulate(p, seed, 200, logbook.Alternative{Name: "consent", Rule: consent.ByConsent{}},
			logbook.Alternative{Name: "two thirds", Rule: rule.SuperMajority.Vote(), Seconds: 3*day + 90},
			logbook.Alternative{Name: "majority of all, that stands", Rule: rule.AbsoluteMajority.Vote(), Seconds: 3 * day, Stands: true},
			logbook.Alternative{Name: "lazy consensus", Rule: rule.LazyConsensus{}.Vote(), Seconds: 3 * day},
			logbook.Alternative{Name: "never", Rule: restless})
		require.NoError(t, err)
		return s.String()
	}
	file := filepath.Join("testdata", "simulation.txt")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(told(7)), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), told(7))
	require.Equal(t, told(7), told(7))
	require.NotEqual(t, told(7), told(8))
}

// Nothing is drawn from nothing.
func TestSimulateRefuses(t *testing.T) {
	two := always(yesAfter(1), never)
	for _, c := range []struct {
		given     logbook.Practice
		questions int
		among     logbook.Alternative
		says      string
	}{
		{two, 0, logbook.Alternative{Rule: hasty}, "0 questions are none: name how many are to be drawn"},
		{logbook.Practice{}, 1, logbook.Alternative{Rule: hasty}, "nobody has been asked anything yet, so there is nothing to draw from"},
		{two, 1, logbook.Alternative{Name: "none"}, `"none" is no rule that can be asked: it needs a rule, and a time that is not below zero`},
		{two, 1, logbook.Alternative{Name: "back", Rule: hasty, Seconds: -1}, `"back" is no rule that can be asked: it needs a rule, and a time that is not below zero`},
		{logbook.Practice{Rosters: [][]int{{0}}}, 1, logbook.Alternative{Rule: hasty}, "question 0 was put to member 0, of whom no reply is known"},
		{logbook.Practice{Members: make([]logbook.Member, 1), Rosters: [][]int{{0}}}, 1, logbook.Alternative{Rule: hasty}, "question 0 was put to member 0, of whom no reply is known"},
	} {
		_, err := logbook.Simulate(c.given, 1, c.questions, c.among)
		require.EqualError(t, err, c.says)
	}
}
