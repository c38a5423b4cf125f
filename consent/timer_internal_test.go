package consent

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// A timer whose law fails, which no ledger brings about that we know of, holds
// up nobody: commands go on, and every Tick tries it again and tells of it.
func TestTimerThatCannotFire(t *testing.T) {
	store := &ledger.Memory{}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	e, err := Open(t.Context(), Config{Store: store, Vault: store, Now: func() time.Time { return now }})
	require.NoError(t, err)
	broken := Timer{LastCallEnds, "nobody", ""}
	e.state.timers.set(broken, now.Add(-time.Hour))
	later := Timer{TermEnds, "nothing", ""}
	e.state.timers.set(later, now.Add(-time.Minute))

	_, err = e.Tick(t.Context())
	require.ErrorContains(t, err, "last-call-ends of nobody")
	require.ErrorContains(t, err, "term-ends of nothing", "the one behind it has had its try")

	_, err = e.Do(t.Context(), circle.Actor{By: "ana"}, proposal.OpenNeed{ID: "n", Circle: "den", Text: circle.Say("Rain")})
	var no *circle.Refusal
	require.ErrorAs(t, err, &no, "the command has an answer of its own")
	require.NotContains(t, err.Error(), "nobody")

	_, err = e.Tick(t.Context())
	require.ErrorContains(t, err, "last-call-ends of nobody")
	e.state.timers.set(broken, time.Time{})
	e.state.timers.set(later, time.Time{})
	receipts, err := e.Tick(t.Context())
	require.NoError(t, err)
	require.Empty(t, receipts)
}

// TestTimersAreCounted: timers that stand there without having been set, as those of
// a copy do, are taken away like any others.
func TestTimersAreCounted(t *testing.T) {
	one, two := Timer{WindowEnds, "p", ""}, Timer{WindowEnds, "q", ""}
	list := timers{at: map[Timer]int64{one: 7, two: 8}}
	list.set(one, time.Time{})
	require.Equal(t, map[Timer]int64{two: 8}, list.at)
	list.set(one, time.Unix(9, 0))
	list.set(one, time.Unix(10, 0))
	list.set(one, time.Time{})
	list.set(one, time.Time{})
	list.set(Timer{WakeUp, "q", ""}, time.Time{})
	list.set(two, time.Time{})
	require.Empty(t, list.at)
	list.set(two, time.Unix(11, 0))
	require.Equal(t, map[Timer]int64{two: 11}, list.at)

	list = timers{at: map[Timer]int64{one: 7}}
	list.set(two, time.Unix(8, 0))
	list.set(two, time.Time{})
	require.Equal(t, map[Timer]int64{one: 7}, list.at)
}

// TestTimersArePacked: what was packed is what is unpacked, up to the longest name that has room; one that has none is
// not packed, and what was cut off or stands in another order is not read.
func TestTimersArePacked(t *testing.T) {
	for _, n := range []int{0, 1, 255, 256, 300, math.MaxUint16} {
		list := timers{at: map[Timer]int64{}}
		list.set(Timer{WindowEnds, strings.Repeat("p", n), "q"}, time.Unix(7, 0))
		list.set(Timer{WakeUp, "p", strings.Repeat("q", n)}, time.Unix(8, 0))
		b, err := list.pack()
		require.NoError(t, err)
		again, err := unpack(b, 2, false)
		require.NoError(t, err)
		require.Equal(t, list.at, again.at)
		require.Equal(t, list.all(), again.all())
		_, err = unpack(b[:len(b)-1], 2, false)
		require.ErrorIs(t, err, errTimers)
		_, err = unpack(b, 1, false)
		require.ErrorIs(t, err, errTimers)
		_, err = unpack(b, 3, false)
		require.ErrorIs(t, err, errTimers)

		one := 8 + 1 + 2 + n + 2 + 1
		_, err = unpack(b[one:]+b[:one], 2, false)
		require.ErrorIs(t, err, errTimers)
	}
	list := timers{at: map[Timer]int64{}}
	list.set(Timer{WindowEnds, "", ""}, time.Unix(7, 0))
	b, err := list.pack()
	require.NoError(t, err)
	_, err = unpack(b, 1, false)
	require.NoError(t, err, "the shortest row")
	unknown := []byte(b)
	unknown[8] = byte(len(timerNames))
	_, err = unpack(string(unknown), 1, true)
	require.ErrorIs(t, err, errTimers, "there is no such clock")

	list.set(Timer{WindowEnds, strings.Repeat("p", math.MaxUint16+1), ""}, time.Unix(7, 0))
	_, err = list.pack()
	require.ErrorIs(t, err, errTimers)
}

// TestTimersCountedLate: however many timers of a kind there were before anybody counted them, each
// that is set can be taken away again.
func TestTimersCountedLate(t *testing.T) {
	first, second, at := Timer{TermEnds, "p", ""}, Timer{TermEnds, "q", ""}, time.Unix(1_800_000_000, 0)
	for _, list := range [][]Timer{nil, {first}} {
		restored := timers{at: map[Timer]int64{}}
		for _, timer := range list {
			restored.at[timer] = at.Unix()
		}
		restored.set(second, at)
		restored.set(second, time.Time{})
		for _, timer := range list {
			restored.set(timer, time.Time{})
		}
		require.Empty(t, restored.at)
	}
}

// TestTimersOfWhatIsNotThere: R2. A timer that runs for what is not there, which no law brings about,
// is a refusal that says of what, and no panic.
func TestTimersOfWhatIsNotThere(t *testing.T) {
	c := newCore(t)
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{"ana"}})
	for kind, code := range map[TimerKind]*circle.Code{
		WindowEnds: proposal.UnknownProposal, LastCallEnds: proposal.UnknownProposal, AcknowledgementEnds: proposal.UnknownProposal,
		ReadingMissed: proposal.UnknownProposal, TermEnds: proposal.UnknownProposal, AgreementExpires: proposal.UnknownProposal,
		TakesEffect: proposal.UnknownProposal, ConditionLapses: proposal.UnknownProposal,
		MeetingEnds: UnknownMeeting, MinutesSilent: UnknownMeeting, RequestWaits: UnknownRequest, SafeguardingWaits: UnknownSignal,
		WakeUp: proposal.UnknownProposal, AgeEnds: proposal.UnknownProposal, GraceEnds: proposal.UnknownProposal,
	} {
		timer := Timer{kind, "none", "nothing"}
		c.s.timers.set(timer, c.now)
		events, err := c.s.Fire(timer, c.now)
		refusedBy(t, code, err, kind)
		require.Empty(t, events, kind)
	}
	c.must("ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Open on Sundays")})
	for _, kind := range []TimerKind{WindowEnds, LastCallEnds, AcknowledgementEnds, WakeUp} {
		timer := Timer{kind, "p", "nothing"}
		c.s.timers.set(timer, c.now)
		_, err := c.s.Fire(timer, c.now)
		refusedBy(t, NotNow, err, "%v of what is only prepared", kind)
	}
}
