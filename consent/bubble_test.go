package consent_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // zones are the same on every machine

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What is due is brought about by the host, which asks what is next, waits, and ticks.
// Here such a host runs as it would run in life, with the system's clock, in a bubble in
// which that clock jumps to what anybody waits for next (L2, S7).

// A keeper is a host that runs, and what its ticks brought about.
type keeper struct {
	engine *consent.Engine
	stop   context.CancelFunc
	ended  chan struct{}
	look   chan struct{} // something was done: look again what is next

	fired []fired
	err   error
}

// A fired thing is what time brought about, in one entry, and when.
type fired struct {
	at     time.Time
	events []consent.Event
}

// keeps starts a host on a ledger, with a clock that shows the time of a zone.
func keeps(t *testing.T, store *ledger.Memory, zone *time.Location) *keeper {
	t.Helper()
	e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: store, Now: func() time.Time { return time.Now().In(zone) }})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	k := &keeper{engine: e, stop: stop, ended: make(chan struct{}), look: make(chan struct{}, 1)}
	go k.run(ctx)
	return k
}

// run is the whole of a host's part in time.
func (k *keeper) run(ctx context.Context) {
	defer close(k.ended)
	for {
		got, err := k.engine.Tick(ctx)
		for _, r := range got {
			k.fired = append(k.fired, fired{time.Now(), r.Events})
		}
		if err != nil {
			k.err = err
			return
		}
		wait := 1000 * time.Hour
		for _, d := range k.engine.Due(time.Now()) {
			if !d.Past {
				wait = time.Until(d.At)
				break
			}
		}
		next := time.NewTimer(wait)
		select {
		case <-next.C:
		case <-k.look:
			next.Stop()
		case <-ctx.Done():
			next.Stop()
			return
		}
	}
}

// ends stops the host, and tells what it brought about.
func (k *keeper) ends(t *testing.T) []fired {
	t.Helper()
	k.stop()
	<-k.ended
	if !errors.Is(k.err, context.Canceled) {
		require.NoError(t, k.err)
	}
	return k.fired
}

func (k *keeper) do(t *testing.T, by circle.PersonID, list ...consent.Command) {
	t.Helper()
	for _, cmd := range list {
		_, err := k.engine.Do(t.Context(), circle.Actor{By: by}, cmd)
		require.NoError(t, err)
	}
	select {
	case k.look <- struct{}{}:
	default:
	}
}

// asks founds a circle in which silence consents after three days, and puts a question
// to it. It returns when that closes.
func (k *keeper) asks(t *testing.T) (closes time.Time) {
	t.Helper()
	k.do(t, "host", circle.Found{ID: "den", Aim: circle.Say("Bread"), AimParts: []circle.Item{{ID: "bread", Text: circle.Say("Bread")}},
		Rules: circle.Rules{Method: "lazy-consensus"}})
	for _, who := range []circle.PersonID{"ana", "ben"} {
		k.do(t, "host", circle.Admit{ID: who}, circle.Join{Circle: "den", Person: who, Level: circle.Full})
	}
	k.do(t, "ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Open on Sundays"), Term: circle.MustPeriod("1y")},
		consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	k.engine.Look(func(s *consent.State) { closes = s.Process("p").Round.Closes })
	require.False(t, closes.IsZero())
	return closes
}

// adopted says whether what was asked is agreed, and since when.
func (k *keeper) adopted() (since time.Time, yes bool) {
	k.engine.Look(func(s *consent.State) {
		p := s.Matters.Proposal("p")
		since, yes = p.Agreement.Since, p.Status == proposal.StatusAgreement
	})
	return since, yes
}

// start is where each bubble begins to look at a clock: bubbles begin in the year 2000.
func start(t *testing.T, zone, at string) *time.Location {
	t.Helper()
	in, err := time.LoadLocation(zone)
	require.NoError(t, err)
	when, err := time.ParseInLocation("2006-01-02 15:04", at, in)
	require.NoError(t, err)
	time.Sleep(time.Until(when))
	return in
}

// TestDeadline: S7, a nanosecond before a deadline it has not come; at its instant, and
// after it, what follows is as if it had been judged at the instant. So it is where
// the clock of the place jumps meanwhile, and where the year has a day more: three days
// are three days.
func TestDeadline(t *testing.T) {
	for _, c := range []struct{ zone, at string }{
		{"UTC", "2026-03-02 10:00"},
		{"Europe/Berlin", "2026-03-28 12:00"},       // the clock goes forward in the night
		{"Europe/Berlin", "2026-03-26 02:30"},       // and the deadline is at half past two, which there is not
		{"Europe/Berlin", "2026-10-24 12:00"},       // it goes back
		{"Europe/Berlin", "2026-10-22 02:30"},       // and half past two is there twice
		{"Australia/Lord_Howe", "2026-10-02 12:00"}, // by half an hour
		{"Pacific/Apia", "2011-12-28 12:00"},        // a place that left a day out
		{"UTC", "2028-02-27 10:00"},                 // a leap year
		{"UTC", "2100-02-27 10:00"},                 // and none
	} {
		for _, off := range []time.Duration{-1, 0, 1, time.Hour} {
			t.Run(fmt.Sprint(c.zone, c.at, off), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { deadline(t, c.zone, c.at, off) })
			})
		}
	}
}

func deadline(t *testing.T, zone, at string, off time.Duration) {
	k := keeps(t, &ledger.Memory{}, start(t, zone, at))
	began := time.Now()
	closes := k.asks(t)
	require.Equal(t, began.Add(72*time.Hour).Unix(), closes.Unix())
	time.Sleep(time.Until(closes.Add(off)))
	if off >= 0 {
		synctest.Wait()
	}
	_, err := k.engine.Do(t.Context(), circle.Actor{By: "ben"}, objection.Raise{ID: "o", Proposal: "p", Aim: "bread", Argument: circle.Say("Nobody is left to bake")})
	since, yes := k.adopted()
	if off < 0 {
		require.NoError(t, err, "before the deadline everybody has a say")
		require.False(t, yes)
		require.Empty(t, k.ends(t))
		return
	}
	var no *circle.Refusal
	require.ErrorAs(t, err, &no)
	require.True(t, yes)
	require.True(t, since.Equal(closes))
	got := k.ends(t)
	require.Len(t, got, 1)
	require.True(t, got[0].at.Equal(closes), "it fired once, at its instant")
}

// TestRestart: L2, S7, a host that dies before a deadline and comes back before it, at
// it or long after it, brings about the same, once, as one that never died; and so does
// one that dies after it.
func TestRestart(t *testing.T) {
	for _, c := range []struct{ dies, back time.Duration }{
		{-1, -1}, {-1, 0}, {-1, 1}, {-time.Hour, 24 * time.Hour}, {-24 * time.Hour, -time.Hour}, {0, 0}, {1, time.Hour},
	} {
		t.Run(fmt.Sprint(c.dies, c.back), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store, in := &ledger.Memory{}, start(t, "Europe/Berlin", "2026-03-27 10:00")
				k := keeps(t, store, in)
				closes := k.asks(t)
				time.Sleep(time.Until(closes.Add(c.dies)))
				synctest.Wait()
				all := k.ends(t)
				time.Sleep(time.Until(closes.Add(c.back)))
				k = keeps(t, store, in)
				time.Sleep(time.Until(closes.Add(48 * time.Hour)))
				synctest.Wait()
				since, yes := k.adopted()
				require.True(t, yes)
				require.True(t, since.Equal(closes))
				all = append(all, k.ends(t)...)
				require.Len(t, all, 1)
				k = keeps(t, store, in)
				synctest.Wait()
				require.Empty(t, k.ends(t), "and never again")
			})
		})
	}
}

// TestTerms: S7, a year from the 29th of February ends on the 28th, and from any other
// day on the same day.
func TestTerms(t *testing.T) {
	for at, want := range map[string]string{
		"2028-02-26 10:00": "2029-02-28 10:00", // adopted on the 29th
		"2027-02-26 10:00": "2028-03-01 10:00", // adopted on the 1st of March
		"2026-03-26 10:00": "2027-03-29 10:00",
	} {
		synctest.Test(t, func(t *testing.T) {
			k := keeps(t, &ledger.Memory{}, start(t, "UTC", at))
			k.asks(t)
			ends, err := time.Parse("2006-01-02 15:04", want)
			require.NoError(t, err)
			time.Sleep(time.Until(ends))
			synctest.Wait()
			got := k.ends(t)
			require.NotEmpty(t, got)
			require.True(t, got[len(got)-1].at.Equal(ends), "%v", got[len(got)-1].at)
		})
	}
}

// manyTimers is how many run at the same time.
const manyTimers = 10_000

// TestManyTimers: L2, ten thousand timers fire once each, in order, at their instants;
// those that fell due while nobody ran, when somebody does again.
func TestManyTimers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, in := &ledger.Memory{}, start(t, "UTC", "2026-03-02 10:00")
		due := manyLeaves(t, store)
		instants := slices.SortedFunc(maps.Values(due), time.Time.Compare)
		k := keeps(t, store, in)
		time.Sleep(time.Until(instants[manyTimers/4]))
		synctest.Wait()
		got := k.ends(t)
		for _, f := range got {
			require.True(t, f.at.Equal(due[leave(f)]), "%s is brought about at its instant", leave(f))
		}
		early := len(got)
		require.Greater(t, early, manyTimers/4)
		time.Sleep(time.Until(instants[manyTimers*3/4]))
		k = keeps(t, store, in)
		time.Sleep(time.Until(instants[manyTimers-1]))
		synctest.Wait()
		got = append(got, k.ends(t)...)
		require.Len(t, got, manyTimers)
		seen := map[string]bool{}
		for i, f := range got {
			require.True(t, due[leave(f)].Equal(instants[i]), "timer %d", i)
			require.False(t, seen[leave(f)], "%s fired twice", leave(f))
			seen[leave(f)] = true
		}
		require.True(t, got[early].at.Equal(instants[manyTimers*3/4]), "what was missed comes at once")
		require.True(t, got[manyTimers-1].at.Equal(instants[manyTimers-1]))
	})
}

// leave says whose leave begins or ends.
func leave(f fired) string {
	switch e := f.events[0].(type) {
	case *circle.LeaveBegan:
		return string(e.Person) + " goes"
	case *circle.LeaveEnded:
		return string(e.Person) + " is back"
	}
	return fmt.Sprint(f.events)
}

// manyLeaves has many people say from when until when they will be away, and returns
// when each of that is due. Many of it is due at the same instant.
func manyLeaves(t *testing.T, store *ledger.Memory) map[string]time.Time {
	t.Helper()
	e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: store})
	require.NoError(t, err)
	do := func(by circle.PersonID, list ...consent.Command) {
		for _, cmd := range list {
			_, err := e.Do(t.Context(), circle.Actor{By: by}, cmd)
			require.NoError(t, err)
		}
	}
	do("host", circle.Found{ID: "den", Aim: circle.Say("Bread")})
	due, from := map[string]time.Time{}, time.Now().Add(24*time.Hour)
	for i := range manyTimers / 2 {
		who := circle.PersonID(fmt.Sprintf("p-%d", i))
		begins, ends := from.Add(time.Duration(i%61)*time.Hour), from.Add(time.Duration(62+i%59)*time.Hour)
		due[string(who)+" goes"], due[string(who)+" is back"] = begins, ends
		do("host", circle.Admit{ID: who}, circle.Join{Circle: "den", Person: who, Level: circle.Full})
		do(who, circle.TakeLeave{Circle: "den", From: begins, Until: ends})
	}
	return due
}
