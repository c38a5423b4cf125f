package simulation_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// Everything heals, and then all must go on: within these steps and no more.

// heal lets nothing fail any more, and asks for progress.
func (w *world) heal() {
	clear(w.odds[:])
	w.settle()
	w.disk.dead = false
	if w.latest.After(w.now) {
		w.now = w.latest // somebody's clock was ahead; the others catch up
	}
	for _, h := range w.hosts {
		h.skew = 0
		if !h.up() {
			w.must(h.open())
		}
		w.must(h.tick())
	}
	w.letsGo()
	for _, ask := range []func(){w.answered, w.ended, w.inTime, w.witnessed, w.whole} {
		if w.wrong == nil {
			ask()
		}
	}
}

// answered: who does not know what became of a command learns it at the first try
// (D3, L3).
func (w *world) answered() {
	for _, c := range w.clients {
		if c.sent == nil {
			continue
		}
		c.sent.tries++ // it was composed at least, and perhaps never sent
		if h := choose(w, w.hosts[:]); !w.give(h, c.sent) {
			w.breaks("L3: nothing fails any more, and nobody knows what became of %s", c.sent.id)
		}
		c.sent = nil
	}
}

// ended: what is open can be ended without any one person: the others meet, and drop it
// by consent (L1).
func (w *world) ended() {
	h := w.hosts[0]
	w.must(h.tick())
	absent := choose(w, people)
	var others []circle.PersonID
	var open []proposal.ID
	h.look(func(s *consent.State) {
		others = slices.DeleteFunc(s.Org.FullIn(den), func(who circle.PersonID) bool { return who == absent })
		open = s.OpenProcesses()
	})
	if len(open) == 0 || len(others) == 0 || w.rng.Uint32N(3) == 0 {
		return // time ends some of them, below
	}
	w.accepts(others[0], consent.CallMeeting{ID: "last", Circle: den, At: w.now.Truncate(time.Second)})
	w.accepts(others[0], consent.OpenMeeting{Meeting: "last", Present: others})
	for _, id := range open {
		q := proposal.ID("drop-" + string(id))
		w.accepts(others[0], consent.Ask{ID: q, Circle: den, Question: w.words(), Enacts: []circle.Deed{proposal.Drop{Proposal: id, Reason: w.words()}}})
		for _, who := range others {
			w.accepts(who, consent.Respond{Proposal: q, Answer: consent.Consents})
		}
		w.count(endedWithoutOne)
	}
	h.look(func(s *consent.State) {
		if left := s.OpenProcesses(); len(left) > 0 {
			w.breaks("L1: without %s, %v cannot be ended", absent, left)
		}
	})
}

// accepts gives a command that must be accepted.
func (w *world) accepts(who circle.PersonID, cmd consent.Command) {
	if w.wrong != nil {
		return
	}
	s := &sent{by: who, cmd: cmd, id: w.name("last")}
	if w.give(w.hosts[0], s); w.index[s.id] == 0 {
		w.breaks("L1: %s gives %s, and it is not accepted", who, cmd.Wire())
	}
}

// inTime: while the clock moves, what is due happens, once and on every host (L2).
func (w *world) inTime() {
	h := w.hosts[1]
	for range 40 {
		w.must(h.tick())
		var next time.Time
		h.look(func(s *consent.State) {
			for _, d := range s.Due(w.now) {
				if timers[d.What] && d.Past {
					w.breaks("L2: %s of %s was due at %v, and nothing happened", d.What, d.Of, d.At)
				}
				if timers[d.What] && next.IsZero() {
					next = d.At
				}
			}
		})
		if next.IsZero() || w.wrong != nil {
			return
		}
		w.now = next
	}
}

// timers are the words for what time alone brings about.
var timers = func() map[string]bool {
	out := map[string]bool{}
	for k := consent.LastCallEnds; k <= consent.SafeguardingWaits; k++ {
		out[k.String()] = true
	}
	return out
}()

// witnessed: the newest checkpoint is signed, and the witness puts its name under it.
func (w *world) witnessed() {
	for _, h := range w.hosts {
		w.must(h.tick())
		signed, err := h.sign()
		w.must(err)
		if c, _ := read(signed); c.Size != uint64(len(w.disk.entries)) {
			w.breaks("L3: the newest checkpoint has %d entries of %d", c.Size, len(w.disk.entries))
		}
		if h.no == 0 {
			w.must(h.ask(signed))
		}
	}
}

// whole holds all that is left to what is durable.
func (w *world) whole() {
	h := choose(w, w.hosts[:])
	h.during(func() {
		v, err := h.engine.Verify(ctx)
		if err != nil || v.Root != w.disk.roots[len(w.disk.entries)] {
			w.breaks("S9: %v, read from the first entry: %v", h, err)
		}
	})
	w.allForgotten()
	for _, c := range w.bound {
		if _, gone := w.disk.erased[c]; gone {
			continue
		}
		if err := w.disk.parts[c].Check(c); err != nil {
			w.breaks("D1: words that an entry binds are not there: %v", err)
		}
	}
	w.alike()
	for _, a := range w.acked {
		if at, there := w.index[a.id]; !there || at != a.at {
			w.breaks("D1: %s was accepted at %d, and is not there", a.id, a.at)
		}
	}
	if err := w.chron.Closing(); err != nil {
		w.breaks("%w", err)
	}
	w.hosts[0].look(func(s *consent.State) {
		for _, id := range s.OpenProcesses() {
			if n := len(s.Objections.Standing(id)); n != w.chron.Standing(id) {
				w.breaks("S6: %d objections to %s stand, and by the entries %d", n, id, w.chron.Standing(id))
			}
		}
		if err := w.chron.Frozen(s); err != nil {
			w.breaks("%w", err)
		}
	})
}
