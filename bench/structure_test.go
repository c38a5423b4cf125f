package bench

import (
	"fmt"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// A federation is a large organisation: each circle holds a domain cut from that
// of the one around it, hands ten pieces of it down, has ten people of its own,
// and is tied to the circle around it by a double link.
type federation struct {
	entries [][]byte
	circles []circle.ID
	items   []circle.ItemID // the one that each circle decides on
	question
	took time.Duration // to found
}

// question is one that is put in the last circle.
type question struct {
	id  proposal.ID
	who circle.PersonID
}

const (
	fanOut  = 10
	perRing = 10 // people of its own in each circle
)

var (
	federationBegan = time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	federations     = map[int]*federation{}
)

// federate writes the ledger of a federation of so many circles, once.
func federate(tb testing.TB, circles int) *federation {
	tb.Helper()
	if f := federations[circles]; f != nil {
		return f
	}
	w, f := newWriter(tb), &federation{}
	began := time.Now()
	w.do("founder", circle.Found{ID: "c-0", Aim: circle.Say("All together"), Domain: pieces(0, circles)})
	for i := range circles * perRing {
		w.do("founder", circle.Admit{ID: person(i)})
	}
	f.note(0)
	for n := 1; n < circles; n++ {
		f.open(w, n, circles)
	}
	last := circles - 1
	f.question = question{"question", person(last * perRing)}
	w.do(f.who, proposal.Submit{ID: f.id, Circle: f.circles[last], Text: circle.Say("We meet on Mondays")})
	w.do(f.who, consent.OpenRound{Proposal: f.id, Round: consent.ConsentRound})
	f.took = time.Since(began)
	f.entries = w.entries()
	federations[circles] = f
	return f
}

func (f *federation) note(n int) {
	f.circles = append(f.circles, circle.ID(fmt.Sprintf("c-%d", n)))
	f.items = append(f.items, circle.ItemID(fmt.Sprintf("own-%d", n)))
}

// open begins a circle with its people, its Leader and its Delegate.
func (f *federation) open(w *writer, n, circles int) {
	f.note(n)
	id, parent := f.circles[n], f.circles[(n-1)/fanOut]
	c := circle.Open{ID: id, Parent: parent, Aim: circle.Say("Our part of it"), Leader: person(n * perRing),
		Domain: append([]circle.Item{{ID: circle.ItemID(fmt.Sprintf("d-%d", n))}}, pieces(n, circles)...)}
	for i := range c.Domain[1:] { // its own pieces are cut from what it was handed
		c.Domain[1+i].Of = c.Domain[0].ID
	}
	for i := range perRing {
		c.Members = append(c.Members, person(n*perRing+i))
	}
	w.do("founder", c)
	voice := circle.RoleID(id + "-voice")
	w.do("founder", circle.CreateRole{ID: voice, Circle: id, Hat: circle.Delegate})
	w.do("founder", circle.GiveRole{Role: voice, Person: person(n*perRing + 1)})
	w.do("founder", circle.LinkTo{Circle: id, To: parent, As: circle.Leader})
	w.do("founder", circle.LinkTo{Circle: id, To: parent, As: circle.Delegate})
}

func person(i int) circle.PersonID { return circle.PersonID(fmt.Sprintf("p-%d", i)) }

// pieces are the items of a circle's domain: one of its own, and one for each
// circle inside it.
func pieces(n, circles int) []circle.Item {
	out := []circle.Item{{ID: circle.ItemID(fmt.Sprintf("own-%d", n))}}
	for c := n*fanOut + 1; c <= n*fanOut+fanOut && c < circles; c++ {
		out = append(out, circle.Item{ID: circle.ItemID(fmt.Sprintf("d-%d", c))})
	}
	return out
}

// The sizes that are held side by side.
const (
	largeFederation = 10_000
	smallFederation = largeFederation / 10
)

// BenchmarkStructure asks a federation of ten thousand circles, a hundred
// thousand people and twenty thousand links who decides on an item, who was in a
// circle at a date, and what somebody may do, beside one of a tenth the size.
func BenchmarkStructure(b *testing.B) {
	small, large := federate(b, smallFederation).reopened(b), federate(b, largeFederation).reopened(b)
	for _, q := range []struct {
		name string
		ask  func(testing.TB, *consent.State, *federation, int)
	}{{"who-decides", whoDecides}, {"as-of", whoWasIn}, {"permitted", mayDo}} {
		b.Run(q.name, func(b *testing.B) {
			var c comparison
			const times = 20_000
			for range b.N {
				ours := large.asked(b, times, q.ask)
				c.add(ours, times, small.asked(b, times, q.ask), times)
			}
			c.report(b, "question", "tenth")
		})
	}
}

// BenchmarkFederation opens the ledger of the large federation, and weighs what
// the engine holds of it; the tenth beside it.
func BenchmarkFederation(b *testing.B) {
	large, small := federate(b, largeFederation), federate(b, smallFederation)
	var c comparison
	var held, weighed []float64
	for range b.N {
		ours := timed(func() { mustOpen(b, &elsewhere{Store: &ledger.Memory{}, entries: large.entries}) })
		theirs := timed(func() { mustOpen(b, &elsewhere{Store: &ledger.Memory{}, entries: small.entries}) })
		c.add(ours, len(large.entries), theirs, len(small.entries))
		held = append(held, weight(b, &elsewhere{entries: large.entries})/(1<<20))
		weighed = append(weighed, weight(b, &elsewhere{entries: small.entries})/(1<<20))
	}
	c.report(b, "entry", "tenth")
	b.ReportMetric(float64(len(large.entries)), "entries")
	b.ReportMetric(median(held), "MiB")
	b.ReportMetric(median(weighed), "tenth-MiB")
	b.ReportMetric(large.took.Seconds(), "s-to-found")
	if m := median(held); m > 512 {
		b.Fatalf("%.0f MiB are more than the 512 that were promised", m)
	}
}

// A standing federation is one with an engine open on it.
type standing struct {
	*federation
	engine *consent.Engine
}

func (f *federation) reopened(tb testing.TB) standing {
	return standing{f, mustOpen(tb, &elsewhere{Store: &ledger.Memory{}, entries: f.entries})}
}

// asked times so many questions, scattered over the circles.
func (s standing) asked(tb testing.TB, times int, ask func(testing.TB, *consent.State, *federation, int)) (took time.Duration) {
	s.engine.Look(func(state *consent.State) {
		took = timed(func() {
			for i := range times {
				ask(tb, state, s.federation, i*7919%len(s.circles))
			}
		})
	})
	return took
}

func whoDecides(tb testing.TB, s *consent.State, f *federation, n int) {
	if d := s.Org.Decides(f.items[n]); len(d) != 1 || d[0].Circle != f.circles[n] {
		tb.Fatalf("%s: %v", f.items[n], d)
	}
}

func whoWasIn(tb testing.TB, s *consent.State, f *federation, n int) {
	if who := s.Org.AsOf(federationBegan.Add(time.Hour)).FullIn(f.circles[n]); n > 0 && len(who) < perRing {
		tb.Fatalf("%s: %v", f.circles[n], who)
	}
}

func mayDo(tb testing.TB, s *consent.State, f *federation, _ int) {
	if list, err := s.Permitted(f.who, f.id, federationBegan); err != nil || len(list) == 0 {
		tb.Fatalf("%v %v", list, err)
	}
}
