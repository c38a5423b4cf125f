package consent

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
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
	c.must("ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Open on Sundays")})
	for _, kind := range []TimerKind{WindowEnds, LastCallEnds, AcknowledgementEnds, WakeUp} {
		timer := Timer{kind, "p", "nothing"}
		c.s.timers.set(timer, c.now)
		_, err := c.s.Fire(timer, c.now)
		refusedBy(t, NotNow, err, "%v of what is only prepared", kind)
	}
}

// TestNotWithoutWords: M-108. What is sealed is not opened by the law alone: it needs the words, and says so.
func TestNotWithoutWords(t *testing.T) {
	c := newCore(t, Method{Name: "own", Rule: consentRule, Hidden: HiddenSealed, Window: Window{For: circle.MustPeriod("3d"), Silence: SilenceConsents}})
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{"ana", "ben"}, Rules: circle.Rules{Method: "own"}})
	c.must("ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Open on Sundays")})
	c.must("ana", OpenRound{Proposal: "p", Round: ConsentRound})
	_, err := c.s.Fire(Timer{WindowEnds, "p", ""}, c.now.AddDate(0, 0, 3))
	require.ErrorIs(t, err, errUnopened)
}

// TestDeedsThatWereNotWritten: M-139, M-245, EC-75. What a text would carry out is seen in it, whether an engine has written it or it
// was given as it is.
func TestDeedsThatWereNotWritten(t *testing.T) {
	out := circle.RemoveMember{Person: "ana", Reason: circle.Say("Money was taken")}
	require.Equal(t, circle.PersonID("ana"), expels([]circle.Deed{circle.Close{Circle: "den"}, out}))
	require.Equal(t, circle.PersonID("ana"), expels([]circle.Deed{&out}))
	require.Empty(t, expels([]circle.Deed{circle.Close{Circle: "den"}}))
}

// TestIDsAreCalledWhatTheyAre: an id that is none is told by what it would be the id of.
func TestIDsAreCalledWhatTheyAre(t *testing.T) {
	for says, v := range map[string]any{
		"erasure": &struct {
			ID ErasureID `json:"id"`
		}{"Not One"},
		"legal hold": &struct {
			ID LegalHoldID `json:"id"`
		}{"Not One"},
	} {
		bad := canon.Check(v)
		require.NotNil(t, bad, says)
		require.Error(t, bad.Err, says)
	}
	require.Equal(t, "erasure", new(ErasureID).Kind())
	require.Equal(t, "legal hold", new(LegalHoldID).Kind())
}

// TestFoundOnce: whoever has found what they looked for looks no further.
func TestFoundOnce(t *testing.T) {
	var s seen
	s.begin(secret{})
	for i := range uint64(3 * recentSlots) {
		s.add(fmt.Sprintf("c-%d", i), i)
	}
	for _, id := range []string{"c-0", fmt.Sprintf("c-%d", 3*recentSlots-1)} {
		n := 0
		for range s.find(id) {
			n++
			break
		}
		require.Equal(t, 1, n, id)
	}
}

// TestRuleThatFails: R2. What a rule failed with is told as its failure.
func TestRuleThatFails(t *testing.T) {
	require.EqualError(t, fault{"no such share"}, "the rule failed: no such share")
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
