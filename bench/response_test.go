package bench

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/looplab/fsm"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// BenchmarkResponse measures the decision on one answer and its taking effect,
// in a circle of twelve, while a thousand other questions are open: beside one
// transition of a bare state machine, which knows nobody and records nothing.
func BenchmarkResponse(b *testing.B) {
	org := founded(b, size{members: 12, open: 1001})
	// As in a round: one answer after the other to the same question, which by
	// then is near at hand in the machine's memory.
	b.Run("one-of-twelve", func(b *testing.B) { org.benchmarkRound(b) })
	// The same, each answer to another question than the one before it: what is
	// measured then is mostly how long memory takes to find a question again.
	b.Run("scattered", func(b *testing.B) { org.benchmarkResponse(b, nil, org.answers(0, 11)) })
	// The last answer brings the rule's verdict and the adoption with it.
	b.Run("the-twelfth", func(b *testing.B) { org.benchmarkResponse(b, org.answers(0, 11), org.answers(11, 12)) })
}

// benchmarkRound times the first eleven answers to one question, again and
// again: between the rounds, which do not count, the question is put anew.
func (o *organisation) benchmarkRound(b *testing.B) {
	const rounds = 1000
	answers := o.answersTo(o.open[0], 0, 11)
	peer := newPeer()
	var c comparison
	beyond := 0
	for range b.N {
		o.engine(b).Look(func(s *consent.State) {
			now, pos := time.Now(), uint64(len(o.entries))
			r := s.Process(o.open[0]).Round
			again := []consent.Event{&consent.RoundOpened{Proposal: o.open[0], Round: consent.ConsentRound, No: r.No,
				Version: r.Version, Order: r.Order, Seats: r.Seats, At: r.Opened}}
			var ours time.Duration
			runtime.GC() // as before what the peer does: to open an engine leaves much to tidy up
			for range rounds {
				s.Apply(pos, now, again)
				start := time.Now()
				mustTake(b, s, now, pos, answers)
				ours += time.Since(start)
			}
			n := rounds * len(answers)
			c.add(ours, n, timed(func() { peer.transitions(b, n) }), n)
			s.Apply(pos, now, again)
			beyond += beyondEvents(func() int { return mustTake(b, s, now, pos, answers) })
		})
	}
	c.report(b, "answer", "fsm")
	b.ReportMetric(float64(beyond)/float64(b.N*len(answers)), "allocs-beyond-events/answer")
}

// beyondEvents counts the allocations of f beyond one for each event that f
// says it has made. The list in which events are handed over counts as beyond.
func beyondEvents(f func() (events int)) int {
	events := 0
	made := allocations(func() { events = f() })
	return made - events
}

// answersTo lists consent to one question, by the people from the first on up
// to the last.
func (o *organisation) answersTo(id proposal.ID, first, last int) []answer {
	var out []answer
	for _, who := range o.people[first:last] {
		out = append(out, answer{circle.Actor{By: who}, consent.Respond{Proposal: id, Answer: consent.Consents}})
	}
	return out
}

// benchmarkResponse times answers, each a fresh one, on engines that have been
// given the earlier answers already.
func (o *organisation) benchmarkResponse(b *testing.B, earlier, answers []answer) {
	peer := newPeer()
	var c comparison
	beyond := 0
	for range b.N {
		o.engine(b).Look(func(s *consent.State) {
			now, pos := time.Now(), uint64(len(o.entries))
			mustTake(b, s, now, pos, earlier)
			var ours time.Duration
			beyond += beyondEvents(func() (events int) {
				ours = timed(func() { events = mustTake(b, s, now, pos, answers) })
				return events
			})
			c.add(ours, len(answers), timed(func() { peer.transitions(b, len(answers)) }), len(answers))
		})
	}
	c.report(b, "answer", "fsm")
	b.ReportMetric(float64(beyond)/float64(b.N*len(answers)), "allocs-beyond-events/answer")
}

// mustTake lets each answer be decided and take effect, and counts the events.
func mustTake(b *testing.B, s *consent.State, now time.Time, pos uint64, answers []answer) (events int) {
	for i := range answers {
		list, err := s.Decide(answers[i].by, now, answers[i].cmd)
		if err != nil {
			b.Fatal(err)
		}
		s.Apply(pos, now, list)
		pos++
		events += len(list)
	}
	return events
}

// A peer is a state machine of looplab/fsm with two states and no callbacks.
type peer struct {
	machine *fsm.FSM
	closed  bool
}

func newPeer() *peer {
	return &peer{machine: fsm.NewFSM("open", fsm.Events{
		{Name: "close", Src: []string{"open"}, Dst: "closed"},
		{Name: "open", Src: []string{"closed"}, Dst: "open"},
	}, nil)}
}

func (p *peer) transitions(b *testing.B, n int) {
	ctx := context.Background()
	for range n {
		event := "close"
		if p.closed {
			event = "open"
		}
		if err := p.machine.Event(ctx, event); err != nil {
			b.Fatal(err)
		}
		p.closed = !p.closed
	}
}
