package bench

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// size says how large an organisation is. What is zero is left out.
type size struct {
	members int // full participants of the circle that decides, at least two
	others  int // people beside them
	circles int // circles beside theirs
	open    int // proposals whose question is put, with no answer yet
	closed  int // proposals that everybody consented to
}

// An organisation is a ledger that was written once, so that a benchmark can
// open a fresh engine on it as often as it likes.
type organisation struct {
	entries [][]byte
	people  []circle.PersonID // full participants of the circle that decides
	open    []proposal.ID
	signed  bool // whether a durable ledger of it signs its commits
}

const decides = circle.ID("bakery")

// founded writes the ledger of an organisation of this size.
func founded(tb testing.TB, is size) *organisation {
	tb.Helper()
	w := newWriter(tb)
	people := names("member", is.members)
	w.do(people[0], circle.Found{ID: decides, Aim: circle.Say("Bread that the street is glad of"), Members: people,
		Domain: domain(is.circles)})
	for _, id := range names("other", is.others) {
		w.do(people[0], circle.Admit{ID: id})
	}
	for _, item := range domain(is.circles) {
		w.do(people[0], circle.Open{ID: circle.ID(item.ID), Parent: decides, Aim: circle.Say("Our part of it"),
			Domain: []circle.Item{item}, Members: people[:2]})
	}
	o := &organisation{people: people}
	for i := range is.open {
		o.open = append(o.open, w.question("open", i, people[i%is.members]))
	}
	for i := range is.closed {
		id := w.question("closed", i, people[i%is.members])
		for _, who := range people {
			w.do(who, consent.Respond{Proposal: id, Answer: consent.Consents})
		}
	}
	o.entries = w.entries()
	return o
}

func names(kind string, n int) []circle.PersonID {
	out := make([]circle.PersonID, n)
	for i := range out {
		out[i] = circle.PersonID(fmt.Sprintf("%s-%d", kind, i))
	}
	return out
}

// domain names a piece of the domain for each circle inside.
func domain(n int) []circle.Item {
	out := make([]circle.Item, n)
	for i := range out {
		out[i] = circle.Item{ID: circle.ItemID(fmt.Sprintf("d-%d", i))}
	}
	return out
}

// A writer gives commands to an engine in memory.
type writer struct {
	tb     testing.TB
	store  *ledger.Memory
	engine *consent.Engine
}

func newWriter(tb testing.TB) *writer {
	tb.Helper()
	store := &ledger.Memory{}
	began := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	engine, err := consent.Open(context.Background(), consent.Config{Store: store, Now: func() time.Time { return began }})
	if err != nil {
		tb.Fatal(err)
	}
	return &writer{tb, store, engine}
}

func (w *writer) do(who circle.PersonID, cmd consent.Command) {
	if _, err := w.engine.Do(context.Background(), circle.Actor{By: who}, cmd); err != nil {
		w.tb.Fatalf("%s: %v", cmd.Wire(), err)
	}
}

// question puts a proposal and opens its consent round.
func (w *writer) question(kind string, i int, who circle.PersonID) proposal.ID {
	id := proposal.ID(fmt.Sprintf("%s-%d", kind, i))
	w.do(who, proposal.Submit{ID: id, Circle: decides, Text: circle.Say("We bake on Sundays too, for three months"),
		Term: circle.MustPeriod("3m")})
	w.do(who, consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	return id
}

// entries copies what was written.
func (w *writer) entries() [][]byte {
	var out [][]byte
	for b, err := range w.store.Read(context.Background(), 0) {
		if err != nil {
			w.tb.Fatal(err)
		}
		out = append(out, append([]byte(nil), b...))
	}
	return out
}

// engine opens an engine on a fresh copy of the ledger, set up as a host gets
// it that sets nothing: its clock is the system's, its ids are random.
func (o *organisation) engine(tb testing.TB) *consent.Engine {
	tb.Helper()
	ctx := context.Background()
	store := &ledger.Memory{}
	for at := 0; at < len(o.entries); at += ledger.MaxBatch {
		batch := o.entries[at:min(at+ledger.MaxBatch, len(o.entries))]
		if err := store.Append(ctx, uint64(at), batch); err != nil {
			tb.Fatal(err)
		}
	}
	engine, err := consent.Open(ctx, consent.Config{Store: store})
	if err != nil {
		tb.Fatal(err)
	}
	return engine
}

// bytes counts the bytes of all entries.
func (o *organisation) bytes() int {
	n := 0
	for _, b := range o.entries {
		n += len(b)
	}
	return n
}

// elsewhere is a store whose entries lie outside an engine: it hands out one
// buffer again and again, as a store on disk may, so that nothing an engine
// keeps can be a piece of the ledger.
type elsewhere struct {
	ledger.Store
	entries [][]byte
}

func (s *elsewhere) Read(_ context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var buffer []byte
		for _, b := range s.entries[from:] {
			buffer = append(buffer[:0], b...)
			if !yield(buffer, nil) {
				return
			}
		}
	}
}

// An answer is one person's consent, ready to be given.
type answer struct {
	by  circle.Actor
	cmd consent.Command
}

// answers lists consent to every open question, by the people from the first
// on up to the last: scattered, as answers come in, so that one seldom follows
// another to the same question.
func (o *organisation) answers(first, last int) []answer {
	var out []answer
	for _, who := range o.people[first:last] {
		for _, id := range o.open {
			out = append(out, answer{circle.Actor{By: who}, consent.Respond{Proposal: id, Answer: consent.Consents}})
		}
	}
	return out
}
