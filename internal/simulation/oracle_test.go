package simulation_test

import (
	"bytes"
	"errors"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What is held.

// recorded looks at an entry when it becomes durable, before anybody is told.
func (w *world) recorded(pos uint64, b []byte) {
	entry, err := consent.DecodeEntry(b, pos)
	if err != nil {
		w.breaks("S9: entry %d cannot be read: %v", pos, err)
		return
	}
	if at, there := w.index[entry.ID]; there {
		w.breaks("S5: the command %s stands at %d and at %d", entry.ID, at, pos)
	}
	w.index[entry.ID] = pos
	if entry.At.Before(w.latest) {
		w.breaks("S7: entry %d is older than the one before it", pos)
	}
	w.latest = entry.At
	for i, part := range entry.Parts {
		c, err := ledger.ParseCommitment(part.Commitment)
		// Somebody may have been erased after their words were kept and before the entry.
		_, gone := w.disk.erased[c]
		if err != nil || !gone && w.disk.parts[c].Of == "" {
			w.breaks("entry %d binds words that the vault does not hold", pos)
		}
		w.bound = append(w.bound, c)
		w.saidAt = append(w.saidAt, said{consent.Place{Entry: pos, Part: i + 1}, c})
		if e, ok := entry.Events[0].(*consent.ErasureBegun); ok {
			w.begins(e, c)
		}
		if e, ok := entry.Events[0].(*consent.LegalHoldPlaced); ok {
			w.law[e.Hold] = &legal{who: string(w.disk.parts[c].Content)}
		}
		if e, ok := entry.Events[0].(*consent.AnswerSealed); ok {
			w.sealed[string(e.Proposal)+" "+string(e.By)] = c
		}
	}
	if e, ok := entry.Events[0].(*consent.ErasureDone); ok {
		w.erasureDone(e.Erasure)
	} else if entry.Actor.Clock && w.forgot[consent.ErasureID(entry.ID)] == nil {
		w.count(timeRanOut)
	}
	if err := w.chron.Take(entry.At, entry.Events); err != nil {
		w.breaks("%w", err)
	}
	for _, e := range entry.Events {
		w.follows(e)
	}
	w.happened.rare[goneStillCounted] += w.chron.Gone
	w.chron.Gone = 0
}

// follows notes who takes part, and what is rare.
func (w *world) follows(e consent.Event) {
	switch e := e.(type) {
	case *circle.Joined:
		w.full[e.Person] = e.Level == circle.Full
	case *circle.Left:
		w.full[e.Person] = false
		for id, by := range w.raisedBy {
			if by == e.Person {
				w.gone[id] = true
				w.count(outlivedItsAuthor)
			}
		}
	case *objection.Raised:
		w.raisedBy[string(e.Objection)] = e.By
	case *proposal.Adopted:
		w.count(wasAdopted)
	case *consent.Revealed:
		w.count(answersSealed)
		for _, who := range e.Gone {
			c := w.sealed[string(e.Proposal)+" "+string(who)]
			if _, gone := w.disk.erased[c]; !gone && !w.spoiled[c] {
				w.breaks("D5: the answer of %s is said to be gone, and the vault has it", who)
			}
		}
	case *consent.LegalHoldReleased:
		delete(w.law, e.Hold)
	case objection.Event:
		if id, ended := objection.Ends(e); ended {
			if w.gone[string(id)] {
				w.count(settledWithoutItsAuthor)
			}
			delete(w.raisedBy, string(id))
		}
	}
}

// An outcome is what a host said of a command.
type outcome struct {
	lives   bool
	receipt consent.Receipt
	err     error
	there   bool // it stood in the ledger before
}

// give gives a command, and says whether it is known what became of it.
func (w *world) give(h *host, s *sent) (known bool) {
	s.tries++
	w.given++
	h.hookSaid, h.old = false, false
	before := w.glance(h)
	o := outcome{}
	_, o.there = w.index[s.id]
	w.instant(s)
	o.lives = h.during(func() {
		o.receipt, o.err = h.engine.Do(ctx, circle.Actor{By: s.by}, s.cmd, consent.WithID(s.id))
	})
	known = w.judge(h, s, o)
	w.log(s.id, uint64(h.no), boolean(o.lives), boolean(o.err == nil), boolean(known), o.receipt.Position)
	if w.trace != nil {
		w.log("  " + string(s.by) + " " + s.cmd.Wire() + " " + says(o.err))
	}
	if h.up() {
		w.unchanged(h, before, o.err)
	}
	return known
}

func says(err error) string {
	if err == nil {
		return "accepted"
	}
	return err.Error()
}

// judge holds what a host said to what stands in the ledger.
func (w *world) judge(h *host, s *sent, o outcome) (known bool) {
	at, recorded := w.index[s.id]
	var no *circle.Refusal
	refusal := errors.As(o.err, &no)
	switch {
	case !o.lives:
		return false
	case h.hookSaid && (!refusal || no.Code != consent.NotAuthorized):
		w.breaks("S8: the hook said no to %s or broke, and the answer is: %s", s.id, says(o.err))
	case o.err == nil:
		w.accepted(h, s, o, at, recorded)
		return true
	case refusal && no.Code == consent.NotAuthorized:
		if !h.hookSaid {
			w.breaks("S8: %s was not allowed, and the hook has not said so: %v", s.id, no)
		}
		w.count(hookRefused)
		return !recorded && s.tries == 1
	case refusal:
		w.refused(h, s, no, recorded)
		return !recorded
	case !errors.Is(o.err, consent.ErrUnknown) && recorded && s.tries == 1:
		w.breaks("D3: %s is recorded, and the answer is a failure: %v", s.id, o.err)
	}
	return false
}

// accepted: what was accepted is durable, once and under its id (D1, S5).
func (w *world) accepted(h *host, s *sent, o outcome, at uint64, recorded bool) {
	r := o.receipt
	switch {
	case !recorded || at != r.Position || r.ID != s.id:
		w.breaks("D1: %s was accepted at %d, and is not there", s.id, r.Position)
	case o.there && !r.Repeated:
		w.breaks("S5: %s was recorded before, and is said to be new", s.id)
	case r.Repeated && s.tries == 1:
		w.breaks("S5: %s is said to be repeated, and was never sent", s.id)
	}
	i := slices.IndexFunc(w.acked, func(a acked) bool { return a.id == s.id })
	switch {
	case i >= 0 && w.acked[i].at != r.Position:
		w.breaks("S5: %s was accepted at %d and at %d", s.id, w.acked[i].at, r.Position)
	case i >= 0:
		w.count(repeatedAnswer)
		return
	case s.tries > 1 && o.there:
		w.count(unknownRecorded)
	case s.tries > 1:
		w.count(unknownNotRecorded)
	}
	w.acked = append(w.acked, acked{*s, r.Position})
	w.raced(s, r)
	if _, answered := r.Events[0].(*consent.Responded); answered && len(r.Events) == 1 && w.planted == appliesTwice {
		h.look(func(s *consent.State) { s.Apply(r.Position, r.At, r.Events) })
	}
}

// refused: what was refused is not recorded. One who has read what was old may not
// know.
func (w *world) refused(h *host, s *sent, no *circle.Refusal, recorded bool) {
	if recorded && !h.old {
		w.breaks("S5: %s was refused by %s, and is recorded", s.id, no.Code.ID)
	}
	if no.Code == consent.ClockBack {
		w.count(clockWentBack)
	}
	if s.tries > 1 && !recorded {
		w.count(unknownRefused)
	}
}

// raced notes when the answer that completes a round had a rival.
func (w *world) raced(s *sent, r consent.Receipt) {
	answer, ok := s.cmd.(consent.Respond)
	if !ok || !slices.ContainsFunc(r.Events, func(e consent.Event) bool { _, ok := e.(*proposal.Adopted); return ok }) {
		return
	}
	for _, c := range w.clients {
		if c.sent == nil || c.sent.id == s.id || !c.waits {
			continue
		}
		if rival, ok := c.sent.cmd.(consent.Respond); ok && rival.Proposal == answer.Proposal {
			w.count(racedForTheLast)
		}
	}
}

// instant notes answers that come in the very second in which the time is over.
func (w *world) instant(s *sent) {
	answer, ok := s.cmd.(consent.Respond)
	if !ok {
		return
	}
	for _, h := range w.hosts {
		if !h.up() || w.deep > 0 || h.now().Unix() != w.now.Unix() {
			continue
		}
		h.look(func(state *consent.State) {
			if p := state.Process(answer.Proposal); p != nil {
				for _, at := range deadlines(p) {
					if at.Unix() == w.now.Unix() {
						w.count(atTheInstant)
					}
				}
			}
		})
	}
}

// A glance is what an engine holds before a command. A whole one takes time, so most
// commands get none.
type glance struct {
	size   uint64
	digest [32]byte
	whole  bool
}

func (w *world) glance(h *host) (g glance) {
	if w.rng.Uint32N(256) == 0 {
		g.size, _ = h.head()
		g.digest, g.whole = h.digest(), true
	}
	return g
}

// unchanged: what failed has changed nothing, where nothing else was taken in (S5).
func (w *world) unchanged(h *host, before glance, err error) {
	if !before.whole || w.disk.dead {
		return
	}
	w.agree(h)
	if size, _ := h.head(); err != nil && size == before.size && h.digest() != before.digest {
		w.breaks("S5: %v, and the state has changed", err)
	}
}

// agree: what an engine has taken in is what is durable (S9).
func (w *world) agree(h *host) {
	size, root := h.head()
	if size >= uint64(len(w.disk.roots)) || root != w.disk.roots[size] {
		w.breaks("S9: %v has other entries than the first %d", h, size)
	}
}

// alike: engines that have taken in the same are in one state (S9).
func (w *world) alike() {
	a, b := w.hosts[0], w.hosts[1]
	if !a.up() || !b.up() || w.disk.dead { // who looks then may see what has not arrived
		return
	}
	w.agree(a)
	w.agree(b)
	size, _ := a.head()
	if other, _ := b.head(); size == other && a.digest() != b.digest() {
		w.breaks("S9: after %d entries the two engines are in two states", size)
	}
}

// lost looks what a power cut has taken: only what nobody was told of.
func (w *world) lost(from uint64) {
	for _, a := range w.acked {
		if a.at >= from {
			w.breaks("D1: %s was accepted at %d, and the power cut has taken it", a.id, a.at)
		}
	}
}

// signs notes every checkpoint that leaves a signer: no two contradict each other, and
// all are of the one ledger that there is (I2).
func (w *world) signs(signed []byte) {
	c, ok := read(signed)
	if !ok {
		w.breaks("I2: what was signed is no checkpoint")
		return
	}
	if root, before := w.shows[c.Size]; before && root != c.Root {
		w.breaks("I2: two checkpoints of %d entries have two roots", c.Size)
	}
	if c.Size >= uint64(len(w.disk.roots)) || w.disk.roots[c.Size] != c.Root {
		w.breaks("I2: a checkpoint of %d entries is not of this ledger", c.Size)
	}
	w.shows[c.Size] = c.Root
}

// shown: what is shown is kept, or something newer is (I2).
func (w *world) shown(signed, kept []byte) {
	w.signs(signed)
	c, _ := read(signed)
	if k, ok := read(kept); !ok || k.Size < c.Size {
		w.breaks("I2: a checkpoint of %d entries is shown, and not kept", c.Size)
	}
}

func read(signed []byte) (ledger.Checkpoint, bool) {
	text, _, _ := bytes.Cut(signed, []byte("\n\n"))
	c, err := ledger.ParseCheckpoint(string(text) + "\n")
	return c, err == nil
}
