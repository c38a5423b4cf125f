package simulation_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
)

// In one world of six people are forgotten, while all else goes on and fails.

// forgets says whether this is such a world. All others are as if there were none. None
// of them has a store that takes entries while others are on their way.
func (w *world) forgets() bool { return w.seed%6 == 3 }

// said is where words stand that somebody said.
type said struct {
	at consent.Place
	c  ledger.Commitment
}

// A forgotten is an erasure that has begun: what was there of that person.
type forgotten struct {
	who  string
	list []said
	done bool
}

// erases lets a host erase what somebody said.
func (w *world) erases(h *host) {
	who, asking := choose(w, people), false
	h.look(func(s *consent.State) { asking = len(s.OpenProcesses()) > 0 })
	var err error
	lives := h.during(func() {
		_, err = h.engine.Erase(ctx, circle.Actor{By: who}, consent.Erasure{Person: who, Ground: consent.GroundRequest})
	})
	w.log("erase "+string(who), uint64(h.no), boolean(lives), boolean(err == nil))
	var no *circle.Refusal
	switch {
	case !lives:
	case errors.As(err, &no) && no.Code == consent.KeptByLaw:
		w.count(lawKeptWords)
	case err == nil && asking:
		w.count(erasedMeanwhile)
	case errors.Is(err, consent.ErrUnfinished):
		w.count(erasureCutShort)
	}
}

// begins notes what an erasure is to take away.
func (w *world) begins(e *consent.ErasureBegun, who ledger.Commitment) {
	f := &forgotten{who: string(w.disk.parts[who].Content)}
	for _, s := range w.saidAt {
		if slices.Contains(w.disk.parts[s.c].About, f.who) {
			f.list = append(f.list, s)
		}
	}
	w.forgot[e.Erasure] = f
}

// erasureDone: what an erasure was to take away is gone, or belongs to nobody (P2).
func (w *world) erasureDone(id consent.ErasureID) {
	f := w.forgot[id]
	if f == nil {
		w.breaks("P5: the erasure %s is done, and never began", id)
		return
	}
	f.done = true
	for _, s := range f.list {
		if slices.Contains(w.disk.parts[s.c].About, f.who) {
			w.breaks("P2: the erasure %s is done, and words are there that it was to take away", id)
		}
	}
}

// allForgotten: when all has healed every erasure has come to its end, and nobody can
// read what is gone by any engine.
func (w *world) allForgotten() {
	for _, id := range slices.Sorted(maps.Keys(w.forgot)) {
		f := w.forgot[id]
		if !f.done {
			w.breaks("P2: the erasure %s has not come to its end", id)
		}
		for _, s := range f.list {
			h := choose(w, w.hosts[:])
			h.during(func() {
				_, err := h.engine.Words(ctx, s.at.Text())
				if _, gone := w.disk.erased[s.c]; gone != errors.Is(err, consent.ErrErased) {
					w.breaks("P2: the words at %v are said to be: %v", s.at, err)
				}
			})
		}
	}
}

// What a port does as a vault that forgets.

func (p port) About(_ context.Context, person string) iter.Seq2[ledger.Part, error] {
	return func(yield func(ledger.Part, error) bool) {
		p.h.reach()
		if p.h.w.happens(getFails) {
			yield(ledger.Part{}, errDown)
			return
		}
		for _, c := range p.h.w.about(person) {
			if !yield(p.h.w.disk.parts[c], nil) {
				return
			}
		}
	}
}

// about lists the parts about somebody, in one order.
func (w *world) about(person string) (out []ledger.Commitment) {
	for c, part := range w.disk.parts {
		if slices.Contains(part.About, person) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b ledger.Commitment) int { return bytes.Compare(a[:], b[:]) })
	return out
}

// takes lets a change to the vault happen, or fail before or after.
func (p port) takes(change func()) error {
	p.h.reach()
	if p.h.w.happens(eraseFails) {
		return errDown
	}
	change()
	p.h.reach()
	if p.h.w.happens(eraseReplyLost) {
		return errLost
	}
	return nil
}

func (p port) EraseAs(ctx context.Context, mark string, who ...string) (out ledger.Erasure, err error) {
	var list []ledger.Commitment
	for _, id := range who {
		if p.h.w.disk.held[id] {
			return ledger.Erasure{}, ledger.ErrHeld
		}
		list = append(list, p.h.w.about(id)...)
	}
	return p.ErasePartsAs(ctx, mark, list...)
}

func (p port) ErasePartsAs(_ context.Context, mark string, list ...ledger.Commitment) (out ledger.Erasure, err error) {
	d := &p.h.w.disk
	if slices.ContainsFunc(list, func(c ledger.Commitment) bool { return slices.ContainsFunc(d.parts[c].About, p.Held) }) {
		return out, ledger.ErrHeld
	}
	err = p.takes(func() {
		for _, c := range list {
			if part, there := d.parts[c]; there {
				p.h.w.mayGo(part)
				delete(d.parts, c)
				d.erased[c] = mark
				out.Parts++
			}
		}
	})
	return out, err
}

func (p port) HandOver(_ context.Context, list ...ledger.Commitment) error {
	d := &p.h.w.disk
	return p.takes(func() {
		for _, c := range list {
			if part, there := d.parts[c]; there {
				part.About = nil
				d.parts[c] = part
				p.h.w.count(outlivedByWords)
			}
		}
	})
}

func (p port) Hold(_ context.Context, who ...string) error    { return p.hold(true, who) }
func (p port) Release(_ context.Context, who ...string) error { return p.hold(false, who) }
func (p port) Held(who string) bool                           { return p.h.w.disk.held[who] }

func (p port) hold(held bool, who []string) error {
	return p.takes(func() {
		for _, id := range who {
			p.h.w.disk.held[id] = held && p.h.w.planted != losesHolds
		}
	})
}

var _ ledger.Forgetter = port{}
