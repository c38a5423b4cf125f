package consent_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var errBroken = errors.New("the disk is gone")

// submission is a sound command that does not depend on anything.
func submission(id proposal.ID) proposal.Submit {
	return proposal.Submit{ID: id, Circle: den, Text: text("Open on Sundays"), Term: months}
}

// unchanged checks that what f does leaves engine and ledger as they were (S5).
func (w *world) unchanged(f func()) {
	w.t.Helper()
	size, root := w.engine.Head()
	digest, entries := w.digest(), w.bytes()
	f()
	n, r := w.engine.Head()
	require.Equal(w.t, size, n, "S5: the ledger grew")
	require.Equal(w.t, root, r, "S5: the root moved")
	require.Equal(w.t, digest, w.digest(), "S5: the state changed")
	require.Equal(w.t, entries, w.bytes(), "S5: the bytes changed")
}

// --- sending commands --------------------------------------------------------

func TestEndedContextRecordsNothing(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w.unchanged(func() {
		_, err := w.engine.Do(ctx, circle.Actor{By: ana}, submission("p"))
		require.ErrorIs(t, err, context.Canceled)
		_, err = w.engine.Tick(ctx)
		require.ErrorIs(t, err, context.Canceled)
	})
	_, err := consent.Open(ctx, w.config())
	require.ErrorIs(t, err, context.Canceled)
	w.submit("p")
}

// TestContextThatEndsMeanwhile: a context that ends while the host is asked
// leaves nothing behind.
func TestContextThatEndsMeanwhile(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Authorize = func(context.Context, circle.Actor, consent.Command) error { cancel(); return nil }
	})
	w.unchanged(func() {
		_, err := w.engine.Do(ctx, circle.Actor{By: ana}, submission("p"))
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestCommandTakesEffectOnce(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	first := w.must(ana, submission("p"), consent.WithID("k"))
	require.False(t, first.Repeated)
	require.Equal(t, "k", first.ID)
	w.later(time.Hour)
	w.unchanged(func() {
		again := w.must(ana, submission("p"), consent.WithID("k"))
		require.True(t, again.Repeated)
		require.Equal(t, first.Position, again.Position)
		require.Equal(t, first.At, again.At, "the first receipt tells when it happened")
		require.Len(t, again.Events, len(first.Events))
	})
	w.unchanged(func() {
		w.no(consent.CommandReused, ben, submission("p"), consent.WithID("k"))
		w.no(consent.CommandReused, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}, consent.WithID("k"))
		_, no := w.giveAs(circle.Actor{By: ana, RecordedBy: ben}, submission("p"), consent.WithID("k"))
		require.Equal(t, consent.CommandReused, no.Code, "who wrote it down belongs to the command")
		for _, id := range []string{"K", "a b", "-a", strings.Repeat("a", circle.MaxID+1), "ä"} {
			w.no(consent.BadField, ana, submission("p-2"), consent.WithID(id))
		}
	})
	w.must(ana, submission("p-2"), consent.WithID(strings.Repeat("a", circle.MaxID)))

	later := w.open() // the ids are found in the ledger, not in memory
	again := later.must(ana, submission("p"), consent.WithID("k"))
	require.True(t, again.Repeated)
	found, ok, err := w.engine.Find(t.Context(), "k")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, first.Position, found.Position)
	_, ok, err = w.engine.Find(t.Context(), "never")
	require.NoError(t, err)
	require.False(t, ok)
}

// TestHookMeansNo: what goes wrong in the host's hook means no (S8).
func TestHookMeansNo(t *testing.T) {
	var answer func() error
	var log bytes.Buffer
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, nil))
		c.Authorize = func(context.Context, circle.Actor, consent.Command) error { return answer() }
	})
	for _, bad := range []func() error{
		func() error { return errors.New("ask the secretary") },
		func() error { return context.DeadlineExceeded },
		func() error { panic("canary in a panic") },
		func() error { var none []error; return none[len(everybody)] },
	} {
		answer = bad
		w.unchanged(func() { w.no(consent.NotAuthorized, ana, submission("p")) })
	}
	require.NotContains(t, log.String(), "canary", "P6: the log does not quote")
	answer = func() error { return nil }
	w.submit("p")
	answer = func() error { return errors.New("no more") }
	require.Empty(t, w.later(time.Hour), "time needs no leave")
}

// --- two engines on one ledger -----------------------------------------------

// second is another engine on the same store.
func (w *world) second(change ...func(*consent.Config)) *world {
	w.t.Helper()
	other := &world{t: w.t, store: w.store, now: w.now, ids: 5000, salts: 5000}
	return other.open(change...)
}

func TestTwoEnginesSeeAll(t *testing.T) {
	a := newWorld(t, setting{Full: 3})
	b := a.second()
	a.submit("p")
	b.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}) // b refuses it at first, and then looks whether the ledger has grown
	b.no(circle.TakenID, ana, submission("p"))
	a.consents("p", ana)
	b.consents("p", ben)
	b.consents("p", cia)
	require.Equal(t, consent.StageAdopted, b.stage("p"))
	a.no(consent.Ended, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Equal(t, a.digest(), b.digest())
	a.must(ana, submission("p-2"), consent.WithID("k"))
	again := b.must(ana, submission("p-2"), consent.WithID("k"))
	require.True(t, again.Repeated, "an id is found whichever engine it was sent to")
	a.replays()
	b.replays()
}

// TestOneOfTwoWins: many goroutines give two engines the same names; each name
// is given once, and both engines come to the same.
func TestOneOfTwoWins(t *testing.T) {
	a := newWorld(t, setting{Full: 3})
	b := a.second()
	const names = 12
	var mu sync.Mutex
	won := map[proposal.ID]int{}
	var wg sync.WaitGroup
	for g := range 4 {
		e := []*world{a, b}[g%2].engine
		wg.Go(func() {
			for i := range names {
				id := proposal.ID(fmt.Sprintf("p-%d", i))
				_, err := e.Do(t.Context(), circle.Actor{By: ana}, submission(id), consent.WithID(fmt.Sprintf("k-%d-%d", g, i)))
				mu.Lock()
				if err == nil {
					won[id]++
				} else if !errors.Is(err, circle.ErrTaken) {
					t.Errorf("%s: %v", id, err)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	require.Len(t, won, names)
	for id, n := range won {
		require.Equal(t, 1, n, "%s", id)
	}
	for _, w := range []*world{a, b} {
		w.at(w.now)
		w.replays()
	}
	require.Equal(t, a.digest(), b.digest())
}

// TestSameIDToBoth: one command, sent to two engines at once under one id,
// takes effect once.
func TestSameIDToBoth(t *testing.T) {
	a := newWorld(t, setting{Full: 3})
	b := a.second()
	before, _ := a.engine.Head()
	var wg sync.WaitGroup
	positions := make([]uint64, 8)
	for g := range positions {
		e := []*world{a, b}[g%2].engine
		wg.Go(func() {
			r, err := e.Do(t.Context(), circle.Actor{By: ana}, submission("p"), consent.WithID("k"))
			if err != nil {
				t.Error(err)
			}
			positions[g] = r.Position
		})
	}
	wg.Wait()
	require.Equal(t, slices.Repeat([]uint64{before}, len(positions)), positions)
	require.Len(t, a.bytes(), int(before)+1)
}

// TestClockOfTwo: two engines fire the same timer; it fires once.
func TestClockOfTwo(t *testing.T) {
	a := newWorld(t, setting{Full: 3, Rules: plainSilent})
	a.put("p")
	a.consents("p", ana, ben)
	a.must(ana, consent.CloseRound{Proposal: "p"})
	b := a.second()
	a.now, b.now = a.now.Add(6*24*time.Hour), b.now.Add(6*24*time.Hour)
	var wg sync.WaitGroup
	var mu sync.Mutex
	fired := 0
	for _, w := range []*world{a, b, a, b} {
		wg.Go(func() {
			list, err := w.engine.Tick(t.Context())
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			fired += len(list)
			mu.Unlock()
		})
	}
	wg.Wait()
	require.Equal(t, 1, fired, "S7: twice")
	require.Equal(t, consent.StageAdopted, b.stage("p"))
	require.Equal(t, a.digest(), b.digest())
}

// A meanwhile is a store to which somebody else comes first, once.
type meanwhile struct {
	*ledger.Memory
	other func()
}

func (s *meanwhile) Append(ctx context.Context, size uint64, entries [][]byte) error {
	if other := s.other; other != nil {
		s.other = nil
		other()
	}
	return s.Memory.Append(ctx, size, entries)
}

// TestClockAheadOfTwo: another engine, whose clock is ahead, comes first with one of two
// timers and fails at the second. The one behind does not write that one down with a
// time before the other's: time does not go back (S7).
func TestClockAheadOfTwo(t *testing.T) {
	store := &meanwhile{}
	a := newWorld(t, setting{Full: 3, Rules: plainSilent}, func(c *consent.Config) {
		store.Memory = c.Store.(*ledger.Memory)
		c.Store = store
	})
	for _, p := range []proposal.ID{"p", "q"} {
		a.put(p)
		a.consents(p, ana, ben)
		a.must(ana, consent.CloseRound{Proposal: p})
	}
	a.now = a.now.Add(6 * 24 * time.Hour)
	ahead := &world{t: t, store: a.store, now: a.now.Add(time.Minute), ids: 5000, salts: 5000}
	bad := &badStore{Memory: a.store}
	ahead.open(func(c *consent.Config) { c.Store = bad })
	store.other = func() {
		bad.second = true
		list, err := ahead.engine.Tick(t.Context())
		require.ErrorIs(t, err, errBroken)
		require.Len(t, list, 1)
	}
	list, err := a.engine.Tick(t.Context())
	var no *circle.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, consent.ClockBack, no.Code)
	require.Empty(t, list)
	a.now = ahead.now
	a.at(a.now)
	require.Equal(t, consent.StageAdopted, a.stage("p"))
	require.Equal(t, consent.StageAdopted, a.stage("q"))
	a.replays()
}

// --- stores and vaults that fail ---------------------------------------------

// A badStore fails when it is told to.
type badStore struct {
	*ledger.Memory
	before, after int  // so many Appends fail before, or after, they took effect
	conflicts     int  // so many say that somebody was first
	reads         int  // so many Reads fail
	second        bool // the Append after the next one fails
}

func (s *badStore) Append(ctx context.Context, size uint64, entries [][]byte) error {
	switch {
	case s.before > 0:
		s.before--
		return errBroken
	case s.conflicts > 0:
		s.conflicts--
		return &ledger.ConflictError{Size: size, Held: size + 1}
	case s.second:
		s.second, s.before = false, 1
	}
	err := s.Memory.Append(ctx, size, entries)
	if err == nil && s.after > 0 {
		s.after--
		return errBroken
	}
	return err
}

func (s *badStore) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	if s.reads > 0 {
		s.reads--
		return func(yield func([]byte, error) bool) { yield(nil, errBroken) }
	}
	return s.Memory.Read(ctx, from)
}

// badWorld has a store that can fail.
func badWorld(t *testing.T) (*world, *badStore) {
	t.Helper()
	bad := &badStore{}
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		bad.Memory = c.Store.(*ledger.Memory)
		c.Store = bad
	})
	return w, bad
}

// TestSentAgainBehindDamage: while the entry of a command cannot be read, who sends it again is told so, and
// nothing takes effect twice (D5).
func TestSentAgainBehindDamage(t *testing.T) {
	var bad *spoiled
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		bad = &spoiled{Memory: c.Store.(*ledger.Memory)}
		c.Store = bad
	})
	first := w.must(ana, submission("p"), consent.WithID("k"))
	bad.at = &first.Position
	w.unchanged(func() {
		_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"), consent.WithID("k"))
		require.ErrorIs(t, err, ledger.ErrCorrupt)
	})
	bad.at = nil
	require.True(t, w.must(ana, submission("p"), consent.WithID("k")).Repeated)
}

// TestUnknownOutcome: when an Append fails, whether it took effect is not known
// (D3). Sent again under its id, the command takes effect once.
func TestUnknownOutcome(t *testing.T) {
	for _, tookEffect := range []bool{true, false} {
		w, bad := badWorld(t)
		size, _ := w.engine.Head()
		bad.after, bad.before = one(tookEffect), one(!tookEffect)
		digest := w.digest()
		_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"), consent.WithID("k"))
		require.ErrorIs(t, err, consent.ErrUnknown)
		require.ErrorIs(t, err, errBroken)
		require.Equal(t, digest, w.digest(), "nothing in memory has moved")
		r := w.must(ana, submission("p"), consent.WithID("k"))
		require.Equal(t, tookEffect, r.Repeated)
		require.Equal(t, size, r.Position)
		require.Len(t, w.bytes(), int(size)+1)
		w.replays()
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestUnknownAndThenAnother: what may have been recorded is looked for before
// anything else is decided.
func TestUnknownAndThenAnother(t *testing.T) {
	w, bad := badWorld(t)
	bad.after = 1
	_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"))
	require.ErrorIs(t, err, consent.ErrUnknown)
	w.no(circle.TakenID, ben, submission("p"))
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	bad.after = 1
	_, err = w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-2"))
	require.ErrorIs(t, err, consent.ErrUnknown)
	bad.reads = 1
	_, err = w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-3"))
	require.ErrorIs(t, err, errBroken, "as long as it cannot be looked for, nothing is decided")
	require.NotErrorIs(t, err, consent.ErrUnknown)
	w.must(ana, submission("p-3"))
	require.Equal(t, consent.StageIntake, w.stage("p-2"))
	w.replays()
}

func TestRefusalThatCannotLook(t *testing.T) {
	w, bad := badWorld(t)
	bad.reads = 1
	_, err := w.engine.Do(t.Context(), circle.Actor{By: gus}, submission("p"))
	require.ErrorIs(t, err, errBroken, "a refusal is not given before it was looked whether the ledger has grown")
	_, no := w.give(gus, submission("p"))
	require.Equal(t, proposal.NotParticipant, no.Code)
}

func TestConflictWithoutEnd(t *testing.T) {
	w, bad := badWorld(t)
	bad.conflicts = 1000
	w.unchanged(func() {
		_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"))
		require.ErrorIs(t, err, ledger.ErrConflict)
	})
	require.Less(t, 900, bad.conflicts, "it does not try for ever")
	bad.conflicts = 3
	w.submit("p")
	w.replays()
}

// A deafAfter store cannot be read once it has said that somebody was first.
type deafAfter struct{ *badStore }

func (s deafAfter) Append(ctx context.Context, size uint64, entries [][]byte) error {
	err := s.badStore.Append(ctx, size, entries)
	if errors.Is(err, ledger.ErrConflict) {
		s.reads = 1
	}
	return err
}

// TestTickThatIsNeverFirst: what time brings about waits where others are always first, or where it cannot be seen what
// they did; and comes about once.
func TestTickThatIsNeverFirst(t *testing.T) {
	w, bad := badWorld(t)
	w.must(host, circle.AgreeRules{Circle: den, Rules: plainSilent})
	w.put("p")
	w.consents("p", ana, ben)
	w.must(ana, consent.CloseRound{Proposal: "p"})
	w.now = w.now.Add(30 * day)
	bad.conflicts = 1000
	w.unchanged(func() {
		_, err := w.engine.Tick(t.Context())
		require.ErrorIs(t, err, ledger.ErrConflict)
	})
	require.Less(t, 900, bad.conflicts, "it does not try for ever")
	bad.conflicts = 1
	w.open(func(c *consent.Config) { c.Store = deafAfter{bad} })
	w.unchanged(func() {
		_, err := w.engine.Tick(t.Context())
		require.ErrorIs(t, err, errBroken)
	})
	told, err := w.engine.Tick(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, told)
	again, err := w.engine.Tick(t.Context())
	require.NoError(t, err)
	require.Empty(t, again)
	w.replays()
}

// A badVault fails when it is told to.
type badVault struct {
	*ledger.Memory
	puts, gets int
}

func (v *badVault) Put(ctx context.Context, parts []ledger.Part) error {
	if v.puts > 0 {
		v.puts--
		return errBroken
	}
	return v.Memory.Put(ctx, parts)
}

func (v *badVault) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if v.gets > 0 {
		v.gets--
		return ledger.Part{}, errBroken
	}
	return v.Memory.Get(ctx, c)
}

// TestVaultThatFails: no entry names words that were not kept.
func TestVaultThatFails(t *testing.T) {
	vault := &badVault{Memory: &ledger.Memory{}}
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Vault = vault })
	vault.puts = 1
	w.unchanged(func() {
		_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"), consent.WithID("k"))
		require.ErrorIs(t, err, errBroken)
	})
	r := w.must(ana, submission("p"), consent.WithID("k"))
	require.False(t, r.Repeated)
	said := r.Events[1].(*proposal.Submitted).Text
	vault.gets = 1
	_, err := w.engine.Words(t.Context(), said)
	require.ErrorIs(t, err, errBroken)
	words, err := w.engine.Words(t.Context(), said)
	require.NoError(t, err)
	require.Equal(t, "Open on Sundays", words)
}

// --- time ----------------------------------------------------------------------

func TestClockGoesBack(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.later(time.Hour)
	w.submit("p")
	w.now = w.now.Add(-time.Second)
	w.unchanged(func() {
		w.no(consent.ClockBack, ana, submission("p-2"))
		_, err := w.engine.Tick(t.Context())
		require.ErrorIs(t, err, circle.ErrNotValid)
	})
	w.now = w.now.Add(time.Second - time.Nanosecond)
	w.no(consent.ClockBack, ana, submission("p-2"))
	w.now = w.now.Add(time.Nanosecond)
	w.must(ana, submission("p-2"))
	w.now = w.now.Add(time.Second - time.Nanosecond)
	w.must(ana, submission("p-3"))
	w.now = w.now.Add(-time.Millisecond)
	w.must(ana, submission("p-4")) // within a second the ledger does not see it
	w.now = w.now.In(time.FixedZone("elsewhere", 9*3600))
	w.must(ana, submission("p-5"))
	w.replays()
}

// TestInstant: silence is counted at its instant, not before, once, at the time
// at which it was due, and what comes at the very instant comes too late (S7).
func TestInstant(t *testing.T) {
	due := dayZero.Add(5 * 24 * time.Hour)
	for name, late := range map[string]time.Duration{"at": 0, "a nanosecond behind": 1, "a year behind": 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, setting{Full: 3, Rules: plainSilent})
			w.put("p")
			w.consents("p", ana, ben)
			w.must(ana, consent.CloseRound{Proposal: "p"})
			require.Equal(t, due, w.process("p").Until)
			require.Equal(t, []consent.Due{{At: due, What: "last-call-ends", Of: "p"}}, w.engine.Due(w.now))
			require.Empty(t, w.at(due.Add(-1)), "a nanosecond before")
			require.Equal(t, consent.StageLastCall, w.stage("p"))
			w.now = due.Add(late)
			w.no(consent.Ended, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
			require.Equal(t, consent.StageAdopted, w.stage("p"))
			require.Empty(t, w.at(due.Add(late)), "twice")
			w.engine.Look(func(s *consent.State) { require.Equal(t, due, s.Matters.Proposal("p").Agreement.Since) })
			w.replays()
		})
	}
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.put("p")
	w.consents("p", ana, ben)
	w.must(ana, consent.CloseRound{Proposal: "p"})
	w.now = due.Add(-1)
	w.consents("p", cia) // in time
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestMissedTimers: what was missed while nobody looked fires once, in order.
func TestMissedTimers(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	for i, id := range []proposal.ID{"p-2", "p-1", "p-3"} {
		w.now = dayZero.Add(time.Duration(i) * time.Hour)
		w.put(id)
		w.consents(id, ana, ben)
		w.must(ana, consent.CloseRound{Proposal: id})
	}
	other := w.second()
	var order []proposal.ID
	for _, r := range other.at(dayZero.Add(30 * 24 * time.Hour)) {
		for _, e := range r.Events {
			if s, ok := e.(*consent.SilenceCounted); ok {
				order = append(order, s.Proposal)
				require.True(t, r.At.Equal(other.now), "the entry says when it was written")
				require.True(t, s.At.Before(r.At), "and when it was due")
			}
		}
	}
	require.Equal(t, []proposal.ID{"p-2", "p-1", "p-3"}, order)
	other.replays()
}

// --- limits --------------------------------------------------------------------

func TestLimits(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	long := proposal.Submit{ID: "p", Circle: den, Text: text(strings.Repeat("a", circle.MaxText+1))}
	w.unchanged(func() { w.no(consent.BadField, ana, long) })
	long.Text = text(strings.Repeat("a", circle.MaxText))
	w.must(ana, long)
	for _, bad := range []string{"", "a\x00b", "a\u202eb", "\xff", "a\u0085b"} {
		w.unchanged(func() { w.no(consent.BadField, ana, proposal.Submit{ID: "p-2", Circle: den, Text: text(bad)}) })
	}

	measured := func(n int) proposal.Submit {
		c := submission("p-3")
		for i := range n {
			c.Measures = append(c.Measures, proposal.Measure{ID: proposal.MeasureID(fmt.Sprintf("m-%d", i)), Indicator: text("Loaves"),
				Every: months, Reader: "den-secretary", Stop: 3})
		}
		return c
	}
	w = newWorld(t, setting{Full: 3, Secretary: ben})
	w.unchanged(func() { w.no(consent.TooMuchSaid, ana, measured(ledger.MaxParts)) })
	w.must(ana, measured(ledger.MaxParts-1))
	w.replays()
	w.unchanged(func() { w.no(consent.EntryTooLarge, ana, crowded(700)) })
	w.must(ana, crowded(200))
	w.replays()
}

// TestEntryToTheLastByte: an entry of the most bytes that a store takes is recorded, and one of
// a byte more is refused as too large.
func TestEntryToTheLastByte(t *testing.T) {
	size := func(n int, id string) int {
		w := newWorld(t, setting{Full: 3})
		w.must(ana, crowded(n), consent.WithID(id))
		all := w.bytes()
		return len(all[len(all)-1])
	}
	n := 200
	each := (size(n, "k") - size(n-100, "k")) / 100
	n += (ledger.MaxEntry - size(n, "k")) / each
	id := "k" + strings.Repeat("k", ledger.MaxEntry-size(n, "k"))
	require.Equal(t, ledger.MaxEntry, size(n, id))
	w := newWorld(t, setting{Full: 3})
	w.unchanged(func() { w.no(consent.EntryTooLarge, ana, crowded(n), consent.WithID(id+"k")) })
}

// crowded is a command that makes a large entry without many words.
func crowded(n int) consent.Command {
	c := consent.Ask{ID: "q-large", Circle: den, Question: text("All of these?")}
	for range n {
		c.Enacts = append(c.Enacts, circle.Join{Circle: den, Person: lou, Level: circle.Learning})
	}
	return c
}

// --- commands that nobody may give ------------------------------------------

type strange struct{ Name string }

func (strange) Wire() string { return "objection.dismiss" }

type disguised struct{}

func (disguised) Wire() string { return "consent.respond" }

func TestUnknownCommands(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	for _, cmd := range []consent.Command{
		nil,
		strange{"o"},
		disguised{},
		proposal.Adopt{Proposal: "p", Version: 1},
		&proposal.Adopt{Proposal: "p", Version: 1},
		proposal.EndTerm{Proposal: "p"},
		proposal.MissReading{Proposal: "p", Measure: "m"},
		proposal.TakeEffect{Proposal: "p"},
		proposal.LapseCondition{Proposal: "p"},
		&proposal.Expire{Proposal: "p"},
		objection.Meet{Objection: "o", In: 2, Tools: []circle.Tool{circle.Amend}},
		&objection.Meet{Objection: "o", In: 2, Tools: []circle.Tool{circle.Amend}},
		objection.End{Objection: "o"},
		objection.Inherit{Objection: "o"},
	} {
		w.unchanged(func() {
			_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, cmd)
			var no *circle.Refusal
			require.ErrorAs(t, err, &no, "%T", cmd)
			require.Equal(t, consent.UnknownCommand, no.Code, "%T", cmd)
			require.NotRegexp(t, emptyPlace, no.Error())
		})
		if cmd == nil {
			continue
		}
		if _, err := consent.ReadCommand(cmd.Wire(), []byte(`{}`)); cmd.Wire() != "consent.respond" {
			require.ErrorIs(t, err, circle.ErrNotKnown)
		}
	}
	w.unchanged(func() {
		_, no := w.giveAs(circle.Actor{Clock: true}, submission("p-2"))
		require.NotNil(t, no, "nobody speaks for the clock")
		_, no = w.giveAs(circle.Actor{By: ana, Clock: true}, submission("p-2"))
		require.Equal(t, consent.NotAuthorized, no.Code)
		_, no = w.giveAs(circle.Actor{}, submission("p-2"))
		require.Equal(t, consent.MissingField, no.Code)
	})
}

// --- every command, wrong in every way -------------------------------------

// A fixture fills any command with what there is in a world where there is one
// of everything.
type fixture struct{}

func (f fixture) fill(v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *circle.Text:
		p.Say("canary")
		return
	case *time.Time:
		*p = dayZero.Add(24 * time.Hour)
		return
	case *circle.Period:
		*p = months
		return
	case *circle.Absence:
		*p = circle.Absence{Silence: circle.Wait}
		return
	case *circle.Rules:
		*p = circle.Rules{Method: "plain"}
		return
	case *circle.Deed:
		*p = circle.Join{Circle: den, Person: lou, Level: circle.Learning}
		return
	case *circle.ID:
		*p = den
		return
	case *circle.PersonID:
		*p = ana
		return
	case *circle.RoleID:
		*p = "den-secretary"
		return
	case *circle.Currency:
		*p = "EUR"
		return
	case *circle.ItemID:
		*p = "glad"
		return
	case *proposal.ID:
		*p = "p"
		return
	case *proposal.NeedID:
		*p = "n"
		return
	case *proposal.InputID:
		*p = "i"
		return
	case *proposal.MeasureID:
		*p = "m"
		return
	case *objection.ID:
		*p = "o"
		return
	case *consent.MeetingID:
		*p = "m"
		return
	case interface{ Values() []string }:
		v.SetString(p.Values()[0])
		return
	}
	f.byKind(v)
}

func (f fixture) byKind(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("consent")
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i))
			}
		}
	default:
		panic("no fixture for " + v.Type().String())
	}
}

// filled is a command of the type of c with every field given.
func filled(c consent.Command) reflect.Value {
	v := reflect.New(reflect.TypeOf(c)).Elem()
	fixture{}.byKind(v)
	return v
}

func asCommand(v reflect.Value) consent.Command { return v.Interface().(consent.Command) }

// oneOfEach is a world where there is one of everything that a fixture names.
func oneOfEach(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	w.must(gus, proposal.OpenNeed{ID: "n", Circle: den, Text: text("canary")})
	w.must(gus, proposal.GiveInput{ID: "i", Need: "n", Text: text("canary")})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.stuck("p", "o")
	return w
}

// TestEveryCommandWrong gives each command with each required field missing,
// with each name unknown, and as somebody whom nobody knows. Each time there is
// a typed refusal with a whole sentence, and nothing has changed.
func TestEveryCommandWrong(t *testing.T) {
	w := oneOfEach(t)
	wrong := 0
	for _, c := range consent.Commands() {
		full := filled(c)
		w.unchanged(func() {
			if _, no := w.give(nemo, asCommand(full)); no == nil {
				t.Errorf("%s: accepted from somebody whom nobody knows", c.Wire())
			}
			wrong++
			for _, f := range canon.Fields(c) {
				wrong += w.withField(full, f)
			}
		})
	}
	t.Logf("%d commands, wrong in %d ways", len(consent.Commands()), wrong)
}

// withField gives a command with one field missing, and with an unknown name in
// it.
func (w *world) withField(full reflect.Value, f canon.Field) int {
	w.t.Helper()
	n := 0
	give := func(set func(reflect.Value)) *circle.Refusal {
		v := reflect.New(full.Type()).Elem()
		v.Set(full)
		set(fieldOf(v, f.Name))
		_, no := w.give(ana, asCommand(v))
		n++
		if no == nil {
			w.t.Errorf("%s was accepted", say(asCommand(v)))
		}
		return no
	}
	if f.Required {
		no := give(func(v reflect.Value) { v.SetZero() })
		if no != nil && (no.Code != consent.MissingField || no.Fact("field") != f.Name) {
			w.t.Errorf("%s without %s: %v", asCommand(full).Wire(), f.Name, no)
		}
	}
	if v := fieldOf(full, f.Name); v.Kind() == reflect.String && f.Name != "id" && v.Type().PkgPath() != "" {
		_ = give(func(v reflect.Value) { v.SetString("nowhere") })
		_ = give(func(v reflect.Value) { v.SetString("NO NAME") })
	}
	return n
}

// fieldOf finds a field by its name in JSON.
func fieldOf(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag == name {
			return v.Field(i)
		}
	}
	panic(v.Type().String() + " has no field " + name)
}

// --- what was said stays out ------------------------------------------------

// TestWordsStayOut: no entry holds a word that anybody said (P1), and no
// refusal nor the log quotes one (P6).
func TestWordsStayOut(t *testing.T) {
	data, err := os.ReadFile(scenario4A)
	require.NoError(t, err)
	n := 0
	s := &story{change: func(cmd consent.Command) consent.Command {
		v := reflect.New(reflect.TypeOf(cmd)).Elem()
		v.Set(reflect.ValueOf(cmd))
		n += sing(v)
		return asCommand(v)
	}}
	w := s.tell(t, scenario4A, data)
	require.Less(t, 60, n)
	noCanary(t, w.bytes())
	list, err := w.engine.Explain(t.Context(), "notes")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(list), "canary", "what was said is read where it lies")
	said(t, w.engine, w.bytes())

	var log bytes.Buffer
	w = oneOfEach(t)
	w.open(func(c *consent.Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	accepted := 0
	for i, c := range consent.Commands() {
		full := filled(c)
		if f := canon.Fields(c); len(f) > 0 && f[0].Name == "id" {
			fieldOf(full, "id").SetString(fmt.Sprintf("new-%d", i))
		}
		who := ben
		if c.Wire() == (circle.Leave{}).Wire() {
			who = lou
		}
		_, no := w.give(who, asCommand(full))
		if no == nil {
			accepted++
			continue
		}
		require.NotContains(t, no.Error(), "canary", "P6: %s", c.Wire())
	}
	require.Less(t, 5, accepted)
	noCanary(t, w.bytes())
	require.NotContains(t, log.String(), "canary")
	w.replays()
}

// sing puts a canary before everything that is said in v.
func sing(v reflect.Value) (n int) {
	if t, ok := v.Addr().Interface().(*circle.Text); ok {
		if t.IsZero() {
			return 0
		}
		words, _ := t.Words()
		if words == "" {
			return 0 // meant to be refused
		}
		t.Say("canary " + words) // and names that were unlike stay so
		return 1
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n += sing(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if v.Type().Elem().Kind() == reflect.Interface {
				n += sing(v.Index(i).Elem().Elem())
				continue
			}
			n += sing(v.Index(i))
		}
	}
	return n
}

func noCanary(t *testing.T, entries [][]byte) {
	t.Helper()
	for pos, b := range entries {
		require.False(t, bytes.Contains(b, []byte("canary")), "P1: entry %d: %s", pos, b)
	}
}

// --- asking ------------------------------------------------------------------

func TestWatch(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	size, _ := w.engine.Head()
	ctx, cancel := context.WithCancel(t.Context())
	seen := make(chan consent.Recorded, 100)
	ended := make(chan error, 1)
	go func() {
		var last error
		for r, err := range w.engine.Watch(ctx, size-1) {
			if last = err; err != nil {
				break
			}
			seen <- r
		}
		ended <- last
	}()
	next := func() consent.Recorded {
		select {
		case r := <-seen:
			return r
		case <-time.After(5 * time.Second):
			t.Fatal("nothing came")
		}
		panic("unreachable")
	}
	require.Equal(t, size-1, next().Position, "what is there comes at once")
	w.submit("p")
	r := next()
	require.Equal(t, size, r.Position)
	require.Equal(t, consent.Name("proposal.submit"), r.Entry.Do)
	other := w.second()
	other.must(ana, submission("p-2"))
	w.at(w.now) // takes in what the other engine wrote
	require.Equal(t, size+1, next().Position)
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			require.ErrorIs(t, err, context.Canceled)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it does not end with its context")
	}
	for _, err := range w.engine.Watch(t.Context(), 0) {
		require.NoError(t, err)
		break // one may stop at any time
	}
	n := 0
	for r, err := range w.engine.Entries(t.Context(), 2) {
		require.NoError(t, err)
		require.Equal(t, uint64(2+n), r.Position)
		n++
	}
	require.Equal(t, int(size), n)
	for _, err := range w.engine.Entries(t.Context(), 0) {
		require.NoError(t, err)
		break // here, too
	}
	var nowhere circle.Text
	nowhere.Bind(2, 99)
	_, err := w.engine.Words(t.Context(), nowhere)
	require.ErrorIs(t, err, consent.ErrLost, "no entry has so many parts")
	for r, err := range w.engine.Entries(t.Context(), size+99) {
		t.Fatalf("there is nothing, and %v came, %v", r, err)
	}
}

func TestNextNamesWhoCanAct(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent, Facilitator: ben})
	require.Nil(t, w.engine.Next("p"))
	r := w.must(ana, submission("p"))
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben}, What: "consent.open-round", Of: "p"}}, r.Next)
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ana, ben, cia}, What: "consent.respond", Of: "p"}}, w.engine.Next("p"))
	w.must(cia, consent.Signal{Proposal: "p", Card: consent.StopCard})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "consent.clear-card", Of: "p"}}, w.engine.Next("p"))
	w.must(cia, consent.ClearCard{Proposal: "p"})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	require.Equal(t, "consent.integrate", w.engine.Next("p")[0].What)
	w.meets("p", "o")
	require.Equal(t, "consent.open-round", w.engine.Next("p")[0].What)
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	w.must(ben, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageIntegrate, w.stage("p"), "cia has not accepted it yet")
	w.must(cia, objection.Withdraw{Objection: "o"})
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben)
	w.must(ben, consent.CloseRound{Proposal: "p"})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{cia}, What: "consent.respond", Of: "p", By: dayZero.Add(5 * 24 * time.Hour)}}, w.engine.Next("p"))
	w.consents("p", cia)
	require.Nil(t, w.engine.Next("p"))
}

func TestPermitted(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ben, Secretary: cia})
	w.put2("p", ben)
	may := func(who circle.PersonID) (out []string) {
		list, err := w.engine.Permitted(who, "p")
		require.NoError(t, err)
		for _, p := range list {
			if p.Refused == nil {
				out = append(out, p.Command)
			}
		}
		return out
	}
	require.Contains(t, may(ana), "consent.respond")
	require.NotContains(t, may(ana), "consent.close-round")
	require.Contains(t, may(ben), "consent.close-round")
	require.NotContains(t, may(lou), "consent.respond")
	require.NotContains(t, may(gus), "consent.signal")
	require.NotContains(t, may(ana), "proposal.drop", "EC-42: nobody alone")
	_, err := w.engine.Permitted(nemo, "p")
	require.ErrorIs(t, err, circle.ErrNotKnown)
	_, err = w.engine.Permitted(ana, "nowhere")
	require.ErrorIs(t, err, circle.ErrNotKnown)
	w.consents("p", ana, ben, cia)
	require.Empty(t, may(ana), "S10")
}

func (w *world) put2(id proposal.ID, chair circle.PersonID) {
	w.t.Helper()
	w.submit(id)
	w.must(chair, consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
}

// TestWhy: every refusal can name the rule behind it and who changes it.
func TestWhy(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	seen := map[string]bool{}
	for _, c := range consent.Codes() {
		require.False(t, seen[c.ID], "two codes are called %s", c.ID)
		seen[c.ID] = true
		require.Contains(t, fiveKinds, c.Kind, c.ID)
		require.NotEmpty(t, c.Says, c.ID)
		why, ok := w.engine.Why(fmt.Errorf("wrapped: %w", c.Refuse()))
		require.True(t, ok)
		require.Equal(t, c.ID, why.Code)
		require.Equal(t, c.Rule, why.Rule)
		require.Contains(t, []circle.Where{circle.InEngine, circle.InMethod, circle.InRules}, why.Stands, c.ID)
		require.NotEmpty(t, why.Changes)
		require.NotEmpty(t, why.String())
	}
	_, ok := w.engine.Why(errBroken)
	require.False(t, ok)
}

// TestExplain: every sentence rests on an entry that is there, and words that
// are lost are said to be so (CP-25).
func TestExplain(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	w.meets("p", "o")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	list, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	size, _ := w.engine.Head()
	whole := fmt.Sprint(list)
	for _, s := range list {
		require.Less(t, s.Entry, size)
		entry, err := w.engine.Entry(t.Context(), s.Entry)
		require.NoError(t, err)
		require.NotEmpty(t, entry.Events)
		require.Contains(t, s.String(), fmt.Sprintf("[entry %d]", s.Entry))
	}
	for _, want := range []string{"“Open on Sundays”", "cia objected to version 1 (o)", "“Nobody is left to bake”", "Version 2 meets o with amend",
		"cia accepts that version 2 meets o", "Version 2 was adopted"} {
		require.Contains(t, whole, want)
	}

	lost := newWorldOn(t, w.store, &ledger.Memory{})
	list, err = lost.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprint(list), "Sundays")
	require.Contains(t, fmt.Sprint(list), "(these words are lost)")
	require.Equal(t, w.digest(), lost.digest(), "P3: the state needs no words")
	var said circle.Text
	w.engine.Look(func(s *consent.State) { said = s.Matters.Proposal("p").Current().Text })
	_, err = lost.engine.Words(t.Context(), said)
	require.ErrorIs(t, err, consent.ErrLost)
	_, err = w.engine.Explain(t.Context(), "nowhere")
	require.ErrorIs(t, err, circle.ErrNotKnown)
}

// newWorldOn opens an engine on a ledger, with another vault.
func newWorldOn(t *testing.T, store *ledger.Memory, vault ledger.Vault) *world {
	t.Helper()
	w := &world{t: t, store: store, now: dayZero, ids: 9000, salts: 9000}
	return w.open(func(c *consent.Config) { c.Vault = vault })
}

func TestVerifyAndProve(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	size, root := w.engine.Head()
	v, err := w.engine.Verify(t.Context())
	require.NoError(t, err)
	require.Equal(t, consent.Verified{Size: size, Root: root, Digest: w.digest()}, v)
	require.NoError(t, ledger.Verify(t.Context(), w.store, size, root))
	for pos := range size {
		proof, err := w.engine.Prove(t.Context(), pos)
		require.NoError(t, err)
		leaf, err := w.engine.Leaf(t.Context(), pos)
		require.NoError(t, err)
		require.NoError(t, ledger.Check(proof, size, pos, root, leaf))
		require.Error(t, ledger.Check(proof, size, (pos+1)%size, root, leaf), "the proof of another place")
	}
	_, err = w.engine.Prove(t.Context(), size)
	require.ErrorIs(t, err, ledger.ErrNoEntry)
	_, err = w.engine.Leaf(t.Context(), size)
	require.ErrorIs(t, err, ledger.ErrNoEntry)
	_, err = w.engine.Entry(t.Context(), size)
	require.ErrorIs(t, err, ledger.ErrNoEntry)
}

// TestTamperedLedger: an engine that runs notices that the ledger below it was
// changed; a ledger that makes no sense is not opened.
func TestTamperedLedger(t *testing.T) {
	w, bad := badWorld(t)
	w.submit("p")
	entries := w.bytes()
	other := slices.Clone(entries)
	last := len(other) - 1
	other[last] = bytes.Replace(other[last], []byte(`"id":"c-`), []byte(`"id":"d-`), 1)
	require.NotEqual(t, entries[last], other[last])
	bad.Memory = &ledger.Memory{}
	require.NoError(t, bad.Memory.Append(t.Context(), 0, other))
	_, err := w.engine.Verify(t.Context())
	require.ErrorIs(t, err, consent.ErrDiffers)

	cut := slices.Clone(entries)
	cut[2] = cut[2][:len(cut[2])-1]
	store := &ledger.Memory{}
	require.NoError(t, store.Append(t.Context(), 0, cut))
	_, err = consent.Open(t.Context(), consent.Config{Store: store})
	require.ErrorIs(t, err, consent.ErrNotCanonical)
	require.ErrorContains(t, err, "entry 2")
}

// --- entries -------------------------------------------------------------------

// changedEntries are ways to write an entry wrong, and what each is.
var changedEntries = []struct {
	name      string
	old, with string
	want      error
}{
	{"a newer format", `"format":"sayround/1"`, `"format":"sayround/2"`, consent.ErrNewer},
	{"another type", `"type":"act","v":1}`, `"type":"deed","v":1}`, consent.ErrNewer},
	{"a newer version", `"type":"act","v":1}`, `"type":"act","v":2}`, consent.ErrNewer},
	{"an event that nobody knows", `"type":"proposal.submitted"`, `"type":"proposal.suggested"`, consent.ErrNewer},
	{"a newer event", `"type":"proposal.submitted","v":1`, `"type":"proposal.submitted","v":2`, consent.ErrNewer},
	{"a field that nobody knows", `{"at":`, `{"aa":1,"at":`, consent.ErrNewer},
	{"white space", `{"at":`, `{ "at":`, consent.ErrNotCanonical},
	{"space behind it", `"type":"act","v":1}`, `"type":"act","v":1} `, consent.ErrNotCanonical},
	{"something behind it", `"type":"act","v":1}`, `"type":"act","v":1}{}`, consent.ErrNotCanonical},
	{"cut off", `"type":"act","v":1}`, `"type":"act","v":1`, consent.ErrNotCanonical},
	{"a key twice", `"type":"act"`, `"type":"act","type":"act"`, consent.ErrNotCanonical},
	{"keys out of order", `"type":"act","v":1}`, `"v":1,"type":"act"}`, consent.ErrNotCanonical},
	{"an escaped letter", `"do":"proposal.submit"`, `"do":"\u0070roposal.submit"`, consent.ErrNotCanonical},
	{"a fraction", `"version":`, `"version":1.0,"x":`, nil},
	{"an empty field", `"by":{"by":"ana"}`, `"by":{"by":"ana","with":""}`, consent.ErrNotCanonical},
	{"null", `"by":{"by":"ana"}`, `"by":null`, consent.ErrNotCanonical},
	{"no events", `"events":[`, `"events":[],"x":[`, nil},
	{"a bad commitment", `"k":"text"}]`, `"k":"text"},{"c":"short","k":"text"}]`, ledger.ErrBadCommitment},
	{"letters not composed", `"do":"proposal.submit"`, "\"do\":\"proposal.submita\u0308\"", consent.ErrNotCanonical},
}

func TestEntryHasOneForm(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	entries := w.bytes()
	pos := uint64(len(entries) - 1)
	good := entries[pos]
	_, err := consent.DecodeEntry(good, pos)
	require.NoError(t, err)
	for _, c := range changedEntries {
		if !bytes.Contains(good, []byte(c.old)) {
			require.Nil(t, c.want, c.name)
			continue
		}
		b := bytes.Replace(good, []byte(c.old), []byte(c.with), 1)
		_, err := consent.DecodeEntry(b, pos)
		require.Error(t, err, c.name)
		if c.want != nil {
			require.ErrorIs(t, err, c.want, c.name)
		}
		store := &ledger.Memory{}
		require.NoError(t, store.Append(t.Context(), 0, append(slices.Clone(entries[:pos]), b)))
		_, err = consent.Open(t.Context(), consent.Config{Store: store})
		require.Error(t, err, "opened with %s", c.name)
	}
	_, err = consent.DecodeEntry(bytes.Repeat([]byte{'a'}, ledger.MaxEntry+1), 0)
	require.ErrorIs(t, err, ledger.ErrTooLarge)
	require.NotEqual(t, good, at(t, good, pos+1), "a part is named by its number in its own entry only")
}

// at is an entry as it would be written at another position.
func at(t *testing.T, b []byte, pos uint64) []byte {
	t.Helper()
	e, err := consent.DecodeEntry(b, pos-1)
	require.NoError(t, err)
	out, err := canon.Append(nil, e, pos)
	require.NoError(t, err)
	return out
}

// FuzzDecodeEntry: what is accepted is written in its one form.
func FuzzDecodeEntry(f *testing.F) {
	for _, line := range readLines("../testdata/ledgers/" + ledger4A + "/entries.jsonl") {
		f.Add(line, uint64(7))
	}
	f.Fuzz(func(t *testing.T, b []byte, pos uint64) {
		e, err := consent.DecodeEntry(b, pos)
		if err != nil {
			return
		}
		again, err := canon.Append(nil, e, pos)
		if err != nil {
			t.Fatalf("accepted, and it cannot be written: %v\n%s", err, b)
		}
		if !bytes.Equal(again, b) {
			t.Fatalf("accepted:\n%s\nwritten again:\n%s", b, again)
		}
		if !json.Valid(b) {
			t.Fatalf("accepted, and no JSON: %s", b)
		}
	})
}

func readLines(file string) [][]byte {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return bytes.Split(bytes.TrimSpace(data), []byte("\n"))
}

// --- bugs ----------------------------------------------------------------------

// bugs are those that these tests found, by what went wrong. Each is looked for
// by a probe that gives words when it is there again.
var bugs = map[string]func(*testing.T) string{
	"every command fails for ever when an objector comes back while the clock of a last call runs":         objectorReturns,
	"the explanation of a question tells the end of objections to what it dropped as its own":              tellsOthers,
	"the explanation of what was withdrawn or dropped leaves out the need":                                 leavesOutNeed,
	"who changes the events of a receipt changes the state of the engine":                                  receiptIsState,
	"people reply to one another in a reaction round (methods §1.3.4)":                                     replyInReact,
	"who asks twice to be come back to is told that they have spoken":                                      comeBackTwice,
	"every command fails for ever when the clock adopts a question that cannot be carried out any more":    stuckClock,
	"asking for the agenda and something else adopts the agenda at once (EC-101)":                          forkAgenda,
	"dropped as the second thing of a decision, a proposal takes its objections along without a word (S6)": forkDrop,
	"not adopted with an objection standing, the engine panics when the entry is in the ledger already":    rulePanic,
	"the clock of a last call is not set, or is moved, by who answers meanwhile":                           minutesAndAnswers,
	"by way of another round the question is put with objections unmet (M-176)":                            unmetQuestion,
	"the circle settles the objection of somebody who is only away (S6)":                                   awayObjector,
	"a facilitator who is gone holds the meeting and the circle for ever (L1)":                             goneChair,
	"one command id for two commands of a kind gives the receipt of the other":                             reusedID,
	"Verify says that the ledger differs when another engine has only written on":                          staleVerify,
	"a stop card in a meeting's round stops neither the next round nor the end (CP-17)":                    meetingStop,
	"a verdict that is pending is called final":                                                            finalPending,
	"a meeting on other things keeps learning participants out of a round":                                 learnersHeard,
	"put on an agenda, what has ended is said not to exist":                                                endedItem,
	"Permitted and Do refuse a drop in two ways":                                                           dropCode,
	"who writes a version may withdraw the whole proposal":                                                 writerWithdraws,
	"anybody may reply in a meeting at which they are not":                                                 meetingReply,
	"what was submitted under the name of an ended proposal begins its process anew (S10)":                 nameAgain,
}

func TestBugsStayMended(t *testing.T) {
	for name, look := range bugs {
		t.Run(name, func(t *testing.T) {
			if wrong := caught(func() string { return look(t) }); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

// caught turns a panic into words.
func caught(f func() string) (wrong string) {
	defer func() {
		if p := recover(); p != nil {
			wrong = fmt.Sprintf("panic: %v", p)
		}
	}()
	return f()
}

// dropAsked asks whether to drop p, which ana consents to alone.
func dropAsked(w *world, more ...circle.Deed) {
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Do we drop it?"),
		Enacts: append(more, proposal.Drop{Proposal: "p", Reason: text("It rests")})})
	w.consents("q", ana)
}

func stuckClock(t *testing.T) string {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.submit("p")
	dropAsked(w)
	w.must(ana, consent.CloseRound{Proposal: "q"})
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	w.now = w.now.Add(6 * 24 * time.Hour)
	if _, err := w.engine.Tick(t.Context()); err != nil {
		_, err = w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-2"))
		return fmt.Sprintf("nothing can be done any more, in the whole organisation: %v", err)
	}
	if next := w.engine.Next("q"); len(next) > 0 && len(next[0].Who) == 0 {
		return "nobody is named who could go on with what cannot be carried out"
	}
	return ""
}

func forkAgenda(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, cia}})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Agenda"), Enacts: []circle.Deed{consent.AdoptAgenda{Meeting: "m"},
		circle.Join{Circle: den, Person: gus, Level: circle.Learning}}})
	agreed := false
	w.engine.Look(func(s *consent.State) { agreed = s.Meeting("m").Agenda })
	if agreed {
		return "EC-101: the agenda is adopted by asking"
	}
	w.consents("q", ana, ben, cia)
	w.replays()
	return ""
}

func forkDrop(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	dropAsked(w, circle.Join{Circle: den, Person: gus, Level: circle.Learning})
	r := w.consents("q", ben, cia)
	if !slices.ContainsFunc(r.Events, func(e consent.Event) bool { _, ok := e.(*objection.Ended); return ok }) {
		return "S6: the objection has no end"
	}
	return ""
}

func rulePanic(t *testing.T) string {
	says := consent.Declined
	w := declining(t, nil, &says)
	w.put("p")
	w.objects("p", "o", ana)
	wrong := caught(func() string { w.consents("p", ben, cia); return "" })
	if _, err := consent.DecodeEntry(w.bytes()[len(w.bytes())-1], uint64(len(w.bytes())-1)); err != nil {
		return err.Error()
	}
	if wrong != "" {
		return "the entry is in the ledger: " + wrong
	}
	w.replays()
	return ""
}

func minutesAndAnswers(t *testing.T) string {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana)
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, consent.SendMinutes{Meeting: "m", To: ben, Format: circle.Standard})
	w.consents("p", cia) // who never got the minutes
	if w.process("p").Until.IsZero() {
		return "ben has the minutes, only ben is waited for, and no clock runs; nor can the minutes be sent to ben again"
	}

	w = newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.gather("m", nil, ana, ben)
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Tea?")})
	w.consents("q", ana)
	w.must(ana, consent.CloseRound{Proposal: "q"})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, consent.SendMinutes{Meeting: "m", To: ben, Format: circle.Standard})
	if w.process("q").Until.IsZero() {
		return "for a question asked in a meeting no clock runs, as it is no item of the meeting"
	}
	return ""
}

func unmetQuestion(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	w.talkOn("p", consent.ClarifyRound)
	if _, no := w.give(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}); no == nil {
		return "M-176: the question is put again, and nobody has met the objection"
	}
	if _, no := w.give(cia, objection.Withdraw{Objection: "o"}); no != nil {
		return "S6: an objector cannot take their own objection back: " + no.Error()
	}
	return ""
}

func awayObjector(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.gather("m", nil, ana, ben, cia)
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Tea?")})
	w.objects("q", "o", cia)
	w.consents("q", ana, ben)
	w.meets("q", "o")
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.gather("m-2", nil, ana, ben)
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.consents("q", ana, ben)
	if w.stage("q") == consent.StageAdopted {
		return "S6: cia, who objected and takes part in the circle, was never asked again"
	}
	return ""
}

func goneChair(t *testing.T) string {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent, Facilitator: ana, Secretary: ben})
	w.submit("p")
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, cia}})
	w.later(365 * 24 * time.Hour) // ana is never seen again
	w.must(ben, consent.Ask{ID: "q", Circle: den, Question: text("Do we drop it?"), Enacts: []circle.Deed{proposal.Drop{Proposal: "p", Reason: text("It rests")}}})
	w.consents("q", ben, cia)
	for _, cmd := range []consent.Command{consent.CloseRound{Proposal: "q"}, consent.Skip{Proposal: "q", Person: ana}, consent.CloseMeeting{Meeting: "m"}} {
		if _, no := w.give(ben, cmd); no == nil {
			return ""
		}
	}
	return "L1: without ana no round and no meeting of the circle ever ends"
}

func reusedID(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.must(ana, submission("p"), consent.WithID("k"))
	if r, no := w.give(ana, submission("p-2"), consent.WithID("k")); no == nil && r.Repeated {
		return "p-2 was submitted under the id of p, and the receipt says that it is done"
	}
	return ""
}

func staleVerify(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.second().submit("p")
	if _, err := w.engine.Verify(t.Context()); err != nil {
		return err.Error()
	}
	return ""
}

func meetingStop(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.gather("m", nil, ana, ben)
	w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound})
	for _, who := range meetingOrder(w, "m") {
		w.must(who, consent.Pass{Meeting: "m"})
	}
	w.must(ben, consent.Signal{Meeting: "m", Card: consent.StopCard})
	if _, no := w.give(ana, consent.OpenRound{Meeting: "m", Round: consent.ClosingRound}); no == nil {
		return "CP-17: a new round begins while ben's stop card lies on the table"
	}
	if _, no := w.give(ana, consent.CloseMeeting{Meeting: "m"}); no == nil {
		return "CP-17: the meeting ends while ben's stop card lies on the table"
	}
	return ""
}

func meetingOrder(w *world, id consent.MeetingID) (out []circle.PersonID) {
	w.engine.Look(func(s *consent.State) { out = slices.Clone(s.Meeting(id).Round.Order) })
	return out
}

func finalPending(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	dropAsked(w)
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	for _, e := range w.consents("q", ben, cia).Events {
		if j, ok := e.(*consent.Judged); ok && j.Outcome == consent.ResultPending && j.Final {
			return "judged pending, and final"
		}
	}
	return ""
}

func learnersHeard(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	w.gather("m", nil, ana, ben, cia) // on other things
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.OptionsRound})
	if !slices.Contains(w.process("p").Round.Order, lou) {
		return "lou has no place in a round that is not the meeting's"
	}
	return ""
}

func endedItem(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	if _, no := w.give(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}}); no.Code != consent.Ended {
		return no.Error()
	}
	return ""
}

func dropCode(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	_, no := w.give(ana, proposal.Drop{Proposal: "p", Reason: text("It rests")})
	list, err := w.engine.Permitted(ana, "p")
	require.NoError(t, err)
	for _, p := range list {
		var said *circle.Refusal
		if p.Command == "proposal.drop" && errors.As(p.Refused, &said) && said.Code != no.Code {
			return fmt.Sprintf("Permitted says %s, Do says %s", said.Code.ID, no.Code.ID)
		}
	}
	return ""
}

func writerWithdraws(t *testing.T) string {
	w := newWorld(t, setting{Full: 3, Facilitator: ben})
	w.submit("p")
	w.must(ben, proposal.Amend{Proposal: "p", Text: text("Never")})
	if _, no := w.give(ben, proposal.Withdraw{Proposal: "p"}); no == nil {
		return "ben facilitates, writes a version of ana's proposal, and takes all of it back"
	}
	return ""
}

func meetingReply(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.gather("m", nil, ana, ben)
	w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound})
	if _, no := w.give(gus, consent.Reply{Meeting: "m", Text: text("Hello")}); no == nil {
		return "gus, who is not there, replies"
	}
	return ""
}

func nameAgain(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	if _, no := w.give(ben, submission("p")); no == nil {
		return "p was withdrawn, and is before the circle again"
	}
	return ""
}

func objectorReturns(t *testing.T) string {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.stuck("p", "o")
	w.meets("p", "o")
	w.must(cia, circle.Leave{Circle: den})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana)
	w.must(ana, consent.CloseRound{Proposal: "p"}) // ben is waited for; what cia objected is met
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Is cia back?"), Enacts: []circle.Deed{circle.Join{Circle: den, Person: cia, Level: circle.Full}}})
	w.consents("q", ana, ben)
	w.now = w.now.Add(6 * 24 * time.Hour)
	if _, err := w.engine.Tick(t.Context()); err != nil {
		return err.Error()
	}
	w.replays()
	return ""
}

func tellsOthers(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	w.drop("p", ana, ben, cia)
	list, err := w.engine.Explain(t.Context(), "drop-p")
	require.NoError(t, err)
	if strings.Contains(fmt.Sprint(list), "o ended") {
		return "of drop-p it is told: o ended with the proposal"
	}
	return ""
}

func leavesOutNeed(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.must(gus, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Bread is short")})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("Bake more")})
	w.must(ana, proposal.Withdraw{Proposal: "p"})
	list, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	if !strings.Contains(fmt.Sprint(list), "Bread is short") {
		return "the need that p answered is not told"
	}
	return ""
}

func receiptIsState(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	before := w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	digest := w.digest()
	for _, e := range before.Events {
		if o, ok := e.(*consent.RoundOpened); ok {
			o.Seats[0].Person = gus
		}
	}
	if w.digest() != digest {
		return "the caller changed an event of their receipt, and gus has a seat"
	}
	return ""
}

func replyInReact(t *testing.T) string {
	w, p := inStage(t, nil, consent.StageReact)
	if _, no := w.give(ben, consent.Reply{Proposal: p, Text: text("No")}); no == nil {
		return "ben replies to a reaction"
	}
	return ""
}

func comeBackTwice(t *testing.T) string {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	w.must(ana, consent.ComeBack{Proposal: "p"})
	if _, no := w.give(ana, consent.ComeBack{Proposal: "p"}); strings.Contains(no.Error(), "ana has spoken") {
		return no.Error()
	}
	return ""
}

// TestByConsent asks the stock rule what no process comes to by itself.
func TestByConsent(t *testing.T) {
	seats := []consent.Seat{{Person: ana}, {Person: ben, Weight: 100}, {Person: cia, Out: true}}
	yes := func(who circle.PersonID, version int) consent.Answer {
		return consent.Answer{Seat: who, Position: consent.Consents, Version: version}
	}
	no := consent.Answer{Seat: ben, Position: consent.Objects, Version: 2}
	standing := consent.Objection{ID: "o", Seat: cia, Version: 1, Stands: true}
	for _, c := range []struct {
		name string
		c    consent.Case
		want consent.Outcome
	}{
		{"all have consented, but for who is out", consent.Case{Version: 2, Seats: seats, Answers: []consent.Answer{yes(ana, 2), yes(ben, 2)}}, consent.Carried},
		{"to an older version", consent.Case{Version: 2, Seats: seats, Answers: []consent.Answer{yes(ana, 2), yes(ben, 1)}}, consent.Pending},
		{"the last answer stands", consent.Case{Version: 2, Seats: seats, Answers: []consent.Answer{yes(ana, 2), no, yes(ben, 2)}}, consent.Carried},
		{"also when it objects", consent.Case{Version: 2, Seats: seats, Answers: []consent.Answer{yes(ana, 2), yes(ben, 2), no}}, consent.Pending},
		{"weights do not touch it", consent.Case{Version: 2, Seats: seats, Answers: []consent.Answer{yes(ben, 2)}}, consent.Pending},
		{"an objection of who is out stands", consent.Case{Version: 2, Seats: seats, Answers: []consent.Answer{yes(ana, 2), yes(ben, 2)}, Objections: []consent.Objection{standing}}, consent.Pending},
		{"nobody decides nothing", consent.Case{Version: 2, Seats: seats[2:]}, consent.Pending},
		{"an empty case", consent.Case{}, consent.Pending},
	} {
		got := consent.ByConsent{}.Judge(c.c)
		require.Equal(t, c.want, got.Outcome, c.name)
		require.NotEmpty(t, got.Why, c.name)
	}
}
