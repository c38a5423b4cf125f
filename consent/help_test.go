package consent_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A teller is what a test fails through: a *testing.T or a *rapid.T.
type teller interface {
	require.TestingT
	Helper()
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
}

// People of the small circle in which these tests happen.
const (
	ana  circle.PersonID = "ana"
	ben  circle.PersonID = "ben"
	cia  circle.PersonID = "cia"
	dan  circle.PersonID = "dan"
	lou  circle.PersonID = "lou"  // learning
	gus  circle.PersonID = "gus"  // known, in no circle
	host circle.PersonID = "host" // founded it all, and takes no part
	nemo circle.PersonID = "nemo" // nobody knows them
)

const den circle.ID = "den"

var dayZero = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// A setting is a circle before anything is proposed in it.
type setting struct {
	Full        int             // how many full participants: ana, ben, cia, dan
	Rules       circle.Rules    // of the circle
	Facilitator circle.PersonID // who wears the hat; "" nobody does
	Secretary   circle.PersonID
	EasyRead    bool // lou needs it
}

var everybody = []circle.PersonID{ana, ben, cia, dan}

// classOf gives ana and cia the class supported; the others are workers.
func classOf(who circle.PersonID) circle.Class {
	switch who {
	case ana, cia:
		return circle.Supported
	case ben, dan:
		return circle.Worker
	}
	return ""
}

func (s setting) full() []circle.PersonID { return everybody[:s.Full:s.Full] }

// A world is an engine on a ledger in memory, with a clock that stands still
// and ids and salts that count, so that it comes out the same each time.
type world struct {
	t      teller
	engine *consent.Engine
	store  *ledger.Memory
	now    time.Time
	ids    int
	salts  uint64
	walk   *walk // notes the moves that are made; nil: nobody looks
}

func (w *world) config() consent.Config {
	return consent.Config{Store: w.store, Vault: w.store,
		Now: func() time.Time { return w.now },
		IDs: func() string { w.ids++; return fmt.Sprintf("c-%d", w.ids) },
		Salt: func() (salt [32]byte) {
			w.salts++
			binary.BigEndian.PutUint64(salt[:], w.salts)
			return salt
		}}
}

// emptyWorld has a ledger without entries.
func emptyWorld(t teller, change ...func(*consent.Config)) *world {
	t.Helper()
	return (&world{t: t, store: &ledger.Memory{}, now: dayZero}).open(change...)
}

// open opens an engine on what the store holds.
func (w *world) open(change ...func(*consent.Config)) *world {
	w.t.Helper()
	config := w.config()
	for _, f := range change {
		f(&config)
	}
	var err error
	w.engine, err = consent.Open(context.Background(), config)
	require.NoError(w.t, err)
	return w
}

// founded are the ledgers of settings, made once.
var founded sync.Map // of a setting in words, a [][]byte

// newWorld has the circle of a setting, founded and ready.
func newWorld(t teller, s setting, change ...func(*consent.Config)) *world {
	t.Helper()
	name := fmt.Sprintf("%+v", s)
	entries, ok := founded.Load(name)
	if !ok {
		entries = foundedLedger(t, s)
		founded.Store(name, entries)
	}
	w := &world{t: t, store: &ledger.Memory{}, now: dayZero, ids: 1000, salts: 1000}
	require.NoError(t, w.store.Append(context.Background(), 0, entries.([][]byte)))
	return w.open(change...)
}

func foundedLedger(t teller, s setting) [][]byte {
	t.Helper()
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: circle.Say("Bread that the street is glad of"), Rules: s.Rules,
		AimParts: []circle.Item{{ID: "glad", Text: circle.Say("the street is glad")}},
		Domain:   []circle.Item{{ID: "baking", Text: circle.Say("Baking")}}})
	for _, who := range append(s.full(), lou, gus) {
		a := circle.Admit{ID: who, Class: classOf(who)}
		if who == lou && s.EasyRead {
			a.Formats = []circle.Format{circle.EasyRead}
		}
		w.must(host, a)
	}
	for _, who := range s.full() {
		w.must(host, circle.Join{Circle: den, Person: who, Level: circle.Full})
	}
	w.must(host, circle.Join{Circle: den, Person: lou, Level: circle.Learning})
	w.hat(s.Facilitator, circle.Facilitator)
	w.hat(s.Secretary, circle.Secretary)
	return w.bytes()
}

func (w *world) hat(who circle.PersonID, hat circle.Hat) {
	w.t.Helper()
	if who == "" {
		return
	}
	role := circle.RoleID("den-" + string(hat))
	w.must(host, circle.CreateRole{ID: role, Circle: den, Hat: hat})
	w.must(host, circle.GiveRole{Role: role, Person: who})
}

// bytes are all entries of the ledger.
func (w *world) bytes() [][]byte { w.t.Helper(); return entriesOf(w.t, w.store) }

func entriesOf(t teller, s ledger.Store) [][]byte {
	t.Helper()
	var out [][]byte
	for b, err := range s.Read(context.Background(), 0) {
		require.NoError(t, err)
		out = append(out, append([]byte(nil), b...))
	}
	return out
}

// give gives a command; the second result is the refusal, if it is refused.
func (w *world) give(who circle.PersonID, cmd consent.Command, how ...consent.Sending) (consent.Receipt, *circle.Refusal) {
	w.t.Helper()
	return w.giveAs(circle.Actor{By: who}, cmd, how...)
}

func (w *world) giveAs(by circle.Actor, cmd consent.Command, how ...consent.Sending) (consent.Receipt, *circle.Refusal) {
	w.t.Helper()
	look := w.before(cmd)
	r, err := w.engine.Do(context.Background(), by, cmd, how...)
	if err == nil {
		look.after(r)
		return r, nil
	}
	var no *circle.Refusal
	if !errors.As(err, &no) {
		w.t.Fatalf("%s gave %s, and it broke: %v", by.By, say(cmd), err)
	}
	w.worded(cmd, no)
	return r, no
}

var emptyPlace = regexp.MustCompile(`\{[a-z-]+\}`)

// worded checks that a refusal is one that is listed, of one of the five kinds,
// and that its sentence is whole.
func (w *world) worded(cmd consent.Command, no *circle.Refusal) {
	w.t.Helper()
	if says := no.Error(); says == "" || emptyPlace.MatchString(says) {
		w.t.Fatalf("%s: the sentence of %s has an empty place: %q", say(cmd), no.Code.ID, says)
	}
	if !slices.Contains(codes, no.Code) {
		w.t.Fatalf("%s: the code %s is not listed", say(cmd), no.Code.ID)
	}
	if !slices.Contains(fiveKinds, errors.Unwrap(no)) {
		w.t.Fatalf("%s: %s is of none of the five kinds", say(cmd), no.Code.ID)
	}
}

var (
	codes     = consent.Codes()
	fiveKinds = []error{circle.ErrNotYou, circle.ErrNotNow, circle.ErrNotValid, circle.ErrNotKnown, circle.ErrTaken}
)

// must gives a command that is to be accepted.
func (w *world) must(who circle.PersonID, cmd consent.Command, how ...consent.Sending) consent.Receipt {
	w.t.Helper()
	r, no := w.give(who, cmd, how...)
	if no != nil {
		w.t.Fatalf("%s gave %s, and it was refused: %s: %v", who, say(cmd), no.Code.ID, no)
	}
	return r
}

// no gives a command that is to be refused, by this code.
func (w *world) no(code *circle.Code, who circle.PersonID, cmd consent.Command, how ...consent.Sending) {
	w.t.Helper()
	_, no := w.give(who, cmd, how...)
	if no == nil {
		w.t.Fatalf("%s gave %s, and it was accepted; %s was to refuse it", who, say(cmd), code.ID)
	}
	if no.Code != code {
		w.t.Fatalf("%s gave %s: refused by %s (%v), not by %s", who, say(cmd), no.Code.ID, no, code.ID)
	}
}

// at moves the clock and lets happen what is due.
func (w *world) at(t time.Time) []consent.Receipt {
	w.t.Helper()
	w.now = t
	look := w.before(nil)
	list, err := w.engine.Tick(context.Background())
	require.NoError(w.t, err)
	if len(list) == 1 { // of several, nobody sees where each led
		look.after(list[0])
	}
	return list
}

func (w *world) later(d time.Duration) []consent.Receipt { w.t.Helper(); return w.at(w.now.Add(d)) }

// process looks at a copy of a process; nil if there is none.
func (w *world) process(id proposal.ID) (out *consent.Process) {
	w.engine.Look(func(s *consent.State) {
		if p := s.Process(id); p != nil {
			copied := *p
			out = &copied
		}
	})
	return out
}

func (w *world) stage(id proposal.ID) consent.Stage {
	if p := w.process(id); p != nil {
		return p.Stage
	}
	return 0
}

func (w *world) digest() [32]byte { return digestOf(w.engine) }

func digestOf(e *consent.Engine) (out [32]byte) {
	e.Look(func(s *consent.State) { out = s.Digest() })
	return out
}

// replays checks that the ledger read from nothing comes to what the engine
// holds (S9).
func (w *world) replays() {
	w.t.Helper()
	_, err := w.engine.Verify(context.Background())
	require.NoError(w.t, err, "S9: the ledger read from its first entry")
}

// say words a command for people who read a failed test.
func say(cmd consent.Command) string { return canon.Line(cmd) }

// A walk notes which moves of the table were made: from which stage, by which
// command, to which stage.
type walk struct {
	mu   sync.Mutex
	made map[stride]int
}

type stride struct {
	From consent.Stage
	On   string
	To   consent.Stage
}

func (w *walk) add(s stride) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.made == nil {
		w.made = map[stride]int{}
	}
	w.made[s]++
}

// A glance is where everything stood before a command.
type glance struct {
	w       *world
	on      string
	about   proposal.ID
	stages  map[proposal.ID]consent.Stage
	against map[objection.ID]proposal.ID
}

func (w *world) before(cmd consent.Command) glance {
	g := glance{w: w}
	if w.walk == nil {
		return g
	}
	g.stages, g.against = map[proposal.ID]consent.Stage{}, map[objection.ID]proposal.ID{}
	w.engine.Look(func(s *consent.State) {
		for _, id := range s.OpenProcesses() {
			g.stages[id] = s.Process(id).Stage
			for _, o := range s.Objections.On(id) {
				g.against[o.ID] = id
			}
		}
		g.on, g.about = subject(s, cmd)
	})
	return g
}

// after notes the move that a command made, and that of a proposal that the
// decision dropped.
func (g glance) after(r consent.Receipt) {
	if g.w.walk == nil || r.Repeated {
		return
	}
	for _, e := range r.Events {
		switch e := e.(type) {
		case *consent.SilenceCounted:
			g.on, g.about = consent.LastCallEnds.String(), e.Proposal
		case *consent.LastCallOver:
			g.on, g.about = consent.LastCallEnds.String(), e.Proposal
		case *consent.WindowClosed:
			g.on, g.about = consent.WindowEnds.String(), e.Proposal
		case *consent.NominationsOpened:
			if e.Out {
				g.on, g.about = consent.WindowEnds.String(), e.Proposal
			}
		case *consent.Welcomed:
			g.w.walk.add(stride{g.stages[e.Proposal], "consent.welcome", g.w.stage(e.Proposal)})
		case *consent.MethodChosen:
			g.w.walk.add(stride{g.stages[e.Proposal], "consent.choose-method", g.w.stage(e.Proposal)})
		case *consent.Resumed:
			if e.By == "" {
				g.on, g.about = consent.WakeUp.String(), e.Proposal
			}
		case *consent.Expired:
			g.on, g.about = consent.AgeEnds.String(), e.Proposal
		case *proposal.Withdrawn:
			if g.on == "" {
				g.on, g.about = consent.GraceEnds.String(), e.Proposal
			}
		case *consent.Parked:
			if e.By == "" {
				g.w.walk.add(stride{g.stages[e.Proposal], "consent.put-off", g.w.stage(e.Proposal)})
			}
		case *consent.Ruled:
			if e.Ruling == consent.RulesTake {
				continue // told below
			}
			g.w.walk.add(stride{g.stages[e.Proposal], "consent.rule-on", g.w.stage(e.Proposal)})
		case *consent.Transferred:
			on := g.on
			if g.stages[e.Proposal] == consent.StageEscalated {
				on = "consent.rule-on"
			}
			g.w.walk.add(stride{g.stages[e.Proposal], on, consent.StageTransferred})
			delete(g.stages, e.Proposal)
		case *objection.Overruled:
			if e.Silent {
				g.on, g.about = consent.AcknowledgementEnds.String(), g.against[e.Objection]
			}
		case *objection.Deferred:
			of := g.against[e.Objection]
			g.w.walk.add(stride{g.stages[of], "objection.defer", g.w.stage(of)})
		case *proposal.Dropped:
			if from, open := g.stages[e.Proposal]; open {
				g.w.walk.add(stride{from, "proposal.drop", g.w.stage(e.Proposal)})
			}
		}
	}
	if from, open := g.stages[g.about]; open {
		g.w.walk.add(stride{from, g.on, g.w.stage(g.about)})
	}
	for _, e := range r.Events { // one tick may adopt, and a later entry of it drop
		if e, ok := e.(*proposal.Adopted); ok {
			delete(g.stages, e.Proposal)
		}
	}
}

// subject names the move that a command makes, and the proposal that it moves.
func subject(s *consent.State, cmd consent.Command) (string, proposal.ID) {
	switch c := cmd.(type) {
	case nil:
		return "", ""
	case consent.OpenRound:
		return c.Wire() + " " + string(c.Round), c.Proposal
	case interface{ Of() objection.ID }:
		if o := s.Objections.Objection(c.Of()); o != nil {
			return cmd.Wire(), o.Proposal
		}
		return cmd.Wire(), ""
	case interface{ Of() proposal.ID }:
		return cmd.Wire(), c.Of()
	}
	return cmd.Wire(), named(cmd)
}

// named is the proposal that a command of the process names.
func named(cmd consent.Command) proposal.ID {
	if f := reflect.Indirect(reflect.ValueOf(cmd)).FieldByName("Proposal"); f.IsValid() {
		return proposal.ID(f.String())
	}
	return ""
}
