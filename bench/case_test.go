package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// BenchmarkCase measures one whole case, from the proposal to its adoption, while
// one thing in it grows over four sizes: versions of its text, members who answer,
// answers that are changed before the round closes. What is reported is the time
// of one version, member or answer, and that divided by the same in the
// smallest case of the same round: linear cost stays at 1.
func BenchmarkCase(b *testing.B) {
	each(b, "versions", []int{4, 20, 100, 500}, func(b *testing.B, n int) time.Duration {
		return newCase(b, 3).run(func(c *writer, people []circle.PersonID) {
			for i := range n {
				c.do(people[0], proposal.Amend{Proposal: "p", Text: circle.Say(fmt.Sprintf("Text number %d", i))})
			}
			c.ask(people)
		})
	})
	each(b, "members", []int{8, 40, 200, 1000}, func(b *testing.B, n int) time.Duration {
		return newCase(b, n).run(func(c *writer, people []circle.PersonID) { c.ask(people) })
	})
	each(b, "answers", []int{80, 400, 2000, 10000}, func(b *testing.B, n int) time.Duration {
		return newCase(b, 3).run(func(c *writer, people []circle.PersonID) {
			c.do(people[0], consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
			for range n {
				c.do(people[0], consent.Respond{Proposal: "p", Answer: consent.Consents})
			}
			for _, who := range people[1:] {
				c.do(who, consent.Respond{Proposal: "p", Answer: consent.Consents})
			}
		})
	})
}

// each measures the sizes, each beside the smallest.
func each(b *testing.B, what string, sizes []int, cost func(*testing.B, int) time.Duration) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("%s/%d", what, n), func(b *testing.B) {
			var c comparison
			for range b.N {
				again := max(1, 400/n) // so that small cases are timed long enough
				var ours, theirs time.Duration
				for range again {
					ours += cost(b, n)
				}
				for range 400 / sizes[0] {
					theirs += cost(b, sizes[0])
				}
				c.add(ours, n*again, theirs, 400/sizes[0]*sizes[0])
			}
			c.report(b, what[:len(what)-1], "smallest")
		})
	}
}

// A oneCase is a fresh circle with one proposal in it.
type oneCase struct {
	w      *writer
	people []circle.PersonID
}

func newCase(b *testing.B, members int) oneCase {
	b.Helper()
	store := &ledger.Memory{}
	began := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	engine, err := consent.Open(context.Background(), consent.Config{Store: store, Now: func() time.Time { return began }})
	if err != nil {
		b.Fatal(err)
	}
	c := oneCase{&writer{b, store, engine}, names("member", members)}
	c.w.do(c.people[0], circle.Found{ID: decides, Aim: circle.Say("Bread that the street is glad of"), Members: c.people[:min(members, 100)]})
	for _, who := range c.people[min(members, 100):] { // an entry holds so much and no more
		c.w.do(c.people[0], circle.Admit{ID: who})
		c.w.do(c.people[0], circle.Join{Circle: decides, Person: who, Level: circle.Full})
	}
	c.w.do(c.people[0], proposal.Submit{ID: "p", Circle: decides, Text: circle.Say("We bake on Sundays too")})
	return c
}

// run times what is done with the case, and makes sure that it was adopted.
func (c oneCase) run(f func(*writer, []circle.PersonID)) time.Duration {
	c.w.tb.Helper()
	took := timed(func() { f(c.w, c.people) })
	c.w.engine.Look(func(s *consent.State) {
		if p := s.Process("p"); p == nil || p.Stage != consent.StageAdopted {
			c.w.tb.Fatal("the case has not come to its end")
		}
	})
	return took
}

// ask puts the question, and everybody consents.
func (w *writer) ask(people []circle.PersonID) {
	w.do(people[0], consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	for _, who := range people {
		w.do(who, consent.Respond{Proposal: "p", Answer: consent.Consents})
	}
}
