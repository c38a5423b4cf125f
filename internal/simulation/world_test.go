package simulation_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math/rand/v2"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/promises"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/witness"
)

// A world is one organisation with everything that stands around its engine. All
// chance in it comes from its seed.
type world struct {
	seed    uint64
	rng     *rand.Rand
	odds    [faults]uint32 // one in so many; 0: never
	planted plant
	now     time.Time
	disk    medium
	witness *witness.Witness
	watched note.Verifier
	hosts   [2]*host
	clients [3]*client
	deep    int // 1 while the other host comes first
	calm    int // while the test itself looks, nothing fails

	index    map[string]uint64 // where each command stands, by its id
	acked    []acked           // what was accepted
	bound    []ledger.Commitment
	saidAt   []said
	forgot   map[consent.ErasureID]*forgotten
	law      map[consent.LegalHoldID]*legal
	sealed   map[string]ledger.Commitment // the answers that are sealed, by question and person
	spoiled  map[ledger.Commitment]bool   // parts that were read damaged
	chron    promises.Chronicle
	full     map[circle.PersonID]bool
	latest   time.Time                  // of the newest entry
	shows    map[uint64]tlog.Hash       // every checkpoint that was ever signed, by its size
	raisedBy map[string]circle.PersonID // whose objection it is, of those that stand
	gone     map[string]bool            // those whose author has left

	ids, names int
	salts      uint64
	given      int // commands
	looked     int // how many of them had been given when the engines were compared
	happened   tally
	hash       hash.Hash
	line       []byte
	trace      *strings.Builder // nil: nobody reads it
	wrong      error            // the promise that was broken first
}

// den is the circle in which everything happens.
const den circle.ID = "den"

var (
	people  = []circle.PersonID{"ana", "ben", "cia", "dan"}
	dayZero = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	methods = []circle.Name{"plain", "signals", "lazy-consensus", "final-comment", "holacracy-async"}
)

// newWorld founds the organisation; nothing fails meanwhile. What is planted fails as
// it should not, 0: nothing.
func newWorld(seed uint64, planted plant, trace *strings.Builder) *world {
	w := &world{seed: seed, rng: rand.New(rand.NewPCG(seed, 0x5a11_0d5e)), planted: planted, now: dayZero, disk: newMedium(),
		index: map[string]uint64{}, full: map[circle.PersonID]bool{}, shows: map[uint64]tlog.Hash{},
		forgot: map[consent.ErasureID]*forgotten{}, law: map[consent.LegalHoldID]*legal{},
		sealed: map[string]ledger.Commitment{}, spoiled: map[ledger.Commitment]bool{},
		raisedBy: map[string]circle.PersonID{}, gone: map[string]bool{}, hash: sha256.New(), trace: trace}
	w.chron.Full = func(who circle.PersonID) bool { return w.full[who] }
	w.newWitness()
	for i := range w.hosts {
		w.hosts[i] = &host{w: w, no: i}
		w.must(w.hosts[i].open())
	}
	for i := range w.clients {
		w.clients[i] = &client{no: i}
	}
	silence := choose(w, []circle.Silence{"", circle.Wait, circle.Bound})
	rules := circle.Rules{Method: choose(w, methods), Absence: circle.Absence{Silence: silence}}
	list := []consent.Command{circle.Found{ID: den, Aim: circle.Say("Bread that the street is glad of"), Rules: rules}}
	for _, who := range people {
		list = append(list, circle.Admit{ID: who})
	}
	for _, who := range people[:3] {
		list = append(list, circle.Join{Circle: den, Person: who, Level: circle.Full})
	}
	if w.forgets() {
		list = append(list, circle.CreateRole{ID: secretary, Circle: den, Hat: circle.Secretary}, circle.GiveRole{Role: secretary, Person: people[0]})
	}
	for _, c := range list {
		_, err := w.hosts[0].engine.Do(ctx, circle.Actor{By: "host"}, c)
		w.must(err)
	}
	w.draw()
	return w
}

func (w *world) must(err error) {
	if err != nil {
		w.breaks("L3: where nothing fails: %v", err)
	}
}

// draw draws which faults the world has, and how often.
func (w *world) draw() {
	if w.forgets() {
		w.odds[eraseFails], w.odds[eraseReplyLost] = 6, 6
	}
	for f := range eraseFails {
		if w.rng.Uint32N(2) == 0 {
			w.odds[f] = []uint32{10, 40, 150, 600}[w.rng.IntN(4)]
		}
	}
	for f := getFails; f <= witnessReplyLost; f++ { // of these calls there are few
		w.odds[f] = min(w.odds[f], 20)
	}
	for f, rarest := range map[fault]uint32{dies: 300, powerCut: 40, slow: 40} {
		if w.odds[f] > 0 { // a new start takes long, and time is to go on slowly
			w.odds[f] = max(w.odds[f], rarest)
		}
	}
	if w.planted != 0 {
		w.odds[plantedBy[w.planted]] = 10
	}
}

// happens says whether a fault happens here.
func (w *world) happens(f fault) bool {
	if w.calm > 0 || w.odds[f] == 0 || w.rng.Uint32N(w.odds[f]) != 0 {
		return false
	}
	w.happened.faults[f]++
	w.log(faultNames[f])
	return true
}

func (w *world) count(r rare) { w.happened.rare[r]++ }

// breaks notes the promise that is broken; the first one counts.
func (w *world) breaks(format string, args ...any) {
	if w.wrong == nil {
		w.wrong = fmt.Errorf("seed %d, after %d commands: "+format, append([]any{w.seed, w.given}, args...)...)
		w.log(w.wrong.Error())
	}
}

// log takes a line into the digest of the run.
func (w *world) log(what string, numbers ...uint64) {
	w.line = append(append(w.line[:0], what...), 0)
	for _, n := range numbers {
		w.line = binary.BigEndian.AppendUint64(w.line, n)
	}
	w.hash.Write(w.line)
	if w.trace != nil {
		fmt.Fprintln(w.trace, w.now.Format("01-02 15:04:05"), what, numbers)
	}
}

// digest stands for everything that happened, in its order.
func (w *world) digest() [32]byte {
	w.hash.Write(w.disk.roots[len(w.disk.roots)-1][:])
	return [32]byte(w.hash.Sum(nil))
}

func (w *world) pass(d time.Duration) { w.now = w.now.Add(d) }

// life lives through a world: first everything may fail, and then all must go on.
func (w *world) life(commands int) {
	for w.given < commands && w.wrong == nil {
		w.step()
	}
	if w.wrong == nil {
		w.heal()
	}
}

// step is one thing that happens.
func (w *world) step() {
	if w.disk.dead && w.rng.Uint32N(6) == 0 {
		w.settle()
		w.disk.dead = false
	}
	if w.latest.After(w.now) && w.rng.Uint32N(8) == 0 {
		w.now = w.latest // of a host whose clock was ahead
	}
	h := w.hosts[w.rng.IntN(len(w.hosts))]
	if w.happens(clockJumps) {
		h.skew = time.Duration(w.rng.IntN(7)-3) * []time.Duration{time.Second, time.Minute, time.Minute, time.Hour}[w.rng.IntN(4)]
	} else if h.skew != 0 && w.rng.Uint32N(12) == 0 {
		h.skew = 0
	}
	if !h.up() {
		if w.rng.Uint32N(3) == 0 && h.open() == nil {
			w.count(openedAgain)
		}
		return
	}
	if w.forgets() && w.rng.Uint32N(20) == 0 {
		if w.rng.Uint32N(3) == 0 {
			w.keeps(h)
		} else {
			w.erases(h)
		}
		return
	}
	switch n := w.rng.IntN(100); {
	case n < 82:
		w.turn(h, w.clients[w.rng.IntN(len(w.clients))])
	case n < 90:
		w.time()
	case n < 98:
		w.ticks(h)
	default:
		w.checkpoint(h)
	}
	if w.given >= w.looked+150 {
		w.looked = w.given
		w.alike()
	}
}

// ticks lets a host look what is due.
func (w *world) ticks(h *host) {
	err := h.tick()
	w.log("tick", uint64(h.no), boolean(err == nil), boolean(h.dead))
}

// checkpoint signs what a host sees, and now and then shows it to the witness.
func (w *world) checkpoint(h *host) {
	signed, err := h.sign()
	if err == nil && w.rng.Uint32N(6) == 0 {
		_ = h.ask(signed)
	}
}

// rivalOf lets the other host come first, while one waits for its store, its vault,
// its hook or the place of its checkpoints.
func (w *world) rivalOf(h *host) {
	other := w.hosts[1-h.no]
	if !other.up() {
		return
	}
	switch w.rng.IntN(6) {
	case 0:
		w.ticks(other)
	case 1:
		w.checkpoint(other)
	default:
		for _, c := range w.clients {
			if !c.waits {
				w.turn(other, c)
				return
			}
		}
	}
}

// time goes on: by itself, or to about the moment in which something is due.
func (w *world) time() {
	var due time.Time
	for _, h := range w.hosts {
		if h.up() {
			h.look(func(s *consent.State) { due = nextDue(s, w.now) })
		}
	}
	switch n := w.rng.IntN(8); {
	case due.IsZero() || n < 5:
		w.pass(time.Duration(w.rng.IntN(7200)) * time.Second)
	case n < 7:
		w.now = due.Add(time.Duration(w.rng.IntN(3)-1) * time.Second)
	default:
		w.now = due.Add(time.Hour)
	}
	w.log("time", uint64(w.now.Unix()))
}

// nextDue is when the time of an open question is over; zero when none ends.
func nextDue(s *consent.State, now time.Time) (due time.Time) {
	for _, id := range s.OpenProcesses() {
		for _, at := range deadlines(s.Process(id)) {
			if at.After(now) && (due.IsZero() || at.Before(due)) {
				due = at
			}
		}
	}
	return due
}

// deadlines are the times that run on an open question.
func deadlines(p *consent.Process) (out []time.Time) {
	if p.Round != nil && !p.Round.Closed && !p.Round.Closes.IsZero() {
		out = append(out, p.Round.Closes)
	}
	if !p.Until.IsZero() {
		out = append(out, p.Until)
	}
	return out
}

func boolean(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}
