package consent

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// refusedBy holds that an error is the refusal of a code.
func refusedBy(t *testing.T, code *circle.Code, err error, of ...any) {
	t.Helper()
	var no *circle.Refusal
	require.ErrorAs(t, err, &no, of...)
	require.Equal(t, code.ID, no.Code.ID, of...)
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
}

// TestCirclesThatDecideNothing: I-16, EC-48. Nothing is taken over for a circle that helps or is closed, and
// no meeting of all members is held in one that is closed.
func TestCirclesThatDecideNothing(t *testing.T) {
	c := newCore(t)
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{"host", "ana"}})
	den := c.s.Org.Circle("den")
	took := func() error {
		_, err := c.s.Decide(circle.Actor{By: "host"}, c.now, TakeOverPolicy{ID: "old", Circle: "den", Text: circle.Say("We bake on Fridays"), Since: c.now.AddDate(-1, 0, 0)})
		return err
	}
	require.NoError(t, took())
	den.Kind = circle.Helping
	refusedBy(t, proposal.HelpingDecides, took())
	den.Closed = true
	refusedBy(t, circle.CircleClosed, took())
	_, err := c.s.general("den")
	refusedBy(t, circle.CircleClosed, err)
}

// TestLateInALargeRound: M-100. In a round of very many, whoever comes late has the last place, and no seat; whoever gets a seat
// keeps the place that they had.
func TestLateInALargeRound(t *testing.T) {
	r := &Round{Kind: ClarifyRound}
	for i := range smallRound + 1 {
		r.Order = append(r.Order, circle.PersonID(fmt.Sprintf("member-%d", i)))
	}
	r.Marks = make([]mark, len(r.Order))
	r.index()
	n := len(r.Order)
	r.add("late")
	r.add("late")
	require.Len(t, r.Order, n+1)
	require.Equal(t, spot{n, -1}, r.spot("late"))
	r.seat(Seat{Person: "late"})
	require.Equal(t, spot{n, 0}, r.spot("late"))
	require.Len(t, r.Order, n+1)
	require.Equal(t, []circle.PersonID{"member-0", "late"}, []circle.PersonID{r.Order[0], r.Order[n]})
}

// TestNobodysOrder: an order of nobody has no first.
func TestNobodysOrder(t *testing.T) {
	require.Empty(t, rotate(nil, 3))
	require.Equal(t, []circle.PersonID{"b", "a"}, rotate([]circle.PersonID{"a", "b"}, 3))
}
