package consent_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// Same ledger, same state (S9); same commands with the same ids, salts and
// clock, same bytes.

// A given is one thing that was done to an engine: a command, or time.
type given struct {
	at  time.Time
	by  circle.Actor
	cmd consent.Command // nil: the clock was moved
	id  string
}

// recorded are the doings of some sequences, always the same.
func recorded(t *testing.T, s setting, seed uint64) (*world, []given) {
	t.Helper()
	d := evenDice{rand.New(rand.NewPCG(9, seed))}
	w := newWorld(t, s)
	r := &run{t: t, d: d, w: w, m: &model{set: s}, tally: &tally{}}
	w.t = r
	r.headNow()
	for range 120 {
		r.step()
	}
	var out []given
	at := dayZero
	for _, h := range r.history {
		if h.at != at || h.g.cmd == nil {
			out = append(out, given{at: h.at})
			at = h.at
		}
		if h.g.cmd != nil {
			out = append(out, given{at: h.at, by: circle.Actor{By: h.g.by}, cmd: h.g.cmd, id: h.id})
		}
	}
	w.t = t
	return w, out
}

// someSettings are circles of both methods in which the clock can adopt.
func someSettings() []setting {
	d := evenDice{rand.New(rand.NewPCG(9, 0))}
	var out []setting
	for _, k := range kinds() {
		if k.silence == circle.Consents || k.silence == circle.Bound {
			out = append(out, k.setting(d))
		}
	}
	return out
}

func TestSameCommandsSameBytes(t *testing.T) {
	for i, s := range someSettings() {
		first, list := recorded(t, s, uint64(i))
		again := newWorld(t, s)
		for _, g := range list {
			again.now = g.at
			if g.cmd == nil {
				_, err := again.engine.Tick(t.Context())
				require.NoError(t, err)
				continue
			}
			_, _ = again.giveAs(g.by, g.cmd, consent.WithID(g.id))
		}
		require.Equal(t, first.bytes(), again.bytes(), "in %+v", s)
		require.Equal(t, first.digest(), again.digest())
	}
}

// TestReplayIsTheSame: a ledger read many times, by many goroutines, on one
// processor or on many, comes to the same state and the same root each time.
func TestReplayIsTheSame(t *testing.T) {
	times := 100
	if testing.Short() || raceOn() {
		times = 20
	}
	w, _ := recorded(t, someSettings()[0], 7)
	size, root := w.engine.Head()
	digest := w.digest()
	for _, procs := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(procs)
		each(4, times/4, func() error {
			e, err := consent.Open(t.Context(), consent.Config{Store: w.store, Vault: w.store})
			if err != nil {
				return err
			}
			if n, r := e.Head(); n != size || r != root || digestOf(e) != digest {
				return fmt.Errorf("with %d processors: another state", procs)
			}
			return nil
		}, func(err error) { t.Error(err) })
		runtime.GOMAXPROCS(before)
	}
}

// TestOldLedgersAreTheSame: what is on record of an old ledger is what it comes to each
// time, however many processors there are, and whatever kind of machine this is.
func TestOldLedgersAreTheSame(t *testing.T) {
	times := 100
	if testing.Short() || raceOn() {
		times = 20
	}
	dirs, err := filepath.Glob(filepath.Join(ledgers, "*"))
	require.NoError(t, err)
	for _, dir := range dirs {
		store, want := oldLedger(t, dir)
		for _, procs := range []int{1, 2, 8} {
			before := runtime.GOMAXPROCS(procs)
			each(4, times/4, func() error {
				e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: store})
				if err == nil && headOf(e) != want {
					err = fmt.Errorf("%s with %d processors: another state", dir, procs)
				}
				return err
			}, func(err error) { t.Error(err) })
			runtime.GOMAXPROCS(before)
		}
	}
}

// each runs f many times in several goroutines, and tells the errors.
func each(goroutines, times int, f func() error, tell func(error)) {
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range times {
				if err := f(); err != nil {
					tell(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestConversationIsTheSame: the whole scenario 4A, given twice and by several
// at once, leaves the same bytes each time.
func TestConversationIsTheSame(t *testing.T) {
	data, err := os.ReadFile(scenario4A)
	require.NoError(t, err)
	first := tell(t, scenario4A, data)
	want := first.bytes()
	each(2, 2, func() error {
		again := tell(t, scenario4A, data)
		if fmt.Sprint(again.bytes()) != fmt.Sprint(want) || again.digest() != first.digest() {
			return fmt.Errorf("another ledger")
		}
		return nil
	}, func(err error) { t.Error(err) })
	first.replays()
}

// TestReadWhileWritten: everything that reads may do so while commands come in.
func TestReadWhileWritten(t *testing.T) {
	w := newWorld(t, setting{Full: 4, Rules: plainSilent})
	w.put("p")
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				w.engine.Due(dayZero)
				w.engine.Next("p")
				w.engine.Head()
				_, _ = w.engine.Permitted(ana, "p")
				_, _ = w.engine.Explain(ctx, "p")
				_, _ = w.engine.Verify(ctx)
				w.engine.Look(func(s *consent.State) { s.Held() })
			}
		})
	}
	for i := range 30 {
		w.put(proposal.ID(fmt.Sprintf("p-%d", i)))
		w.consents(proposal.ID(fmt.Sprintf("p-%d", i)), ana, ben, cia)
	}
	w.consents("p", ana, ben, cia, dan)
	cancel()
	wg.Wait()
	w.replays()
}
