package consent_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// met is a world in which ana and ben have met; cia was not there.
func met(t *testing.T, rules circle.Rules) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3, Facilitator: ana, Rules: rules})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	return w
}

func (w *world) seal() consent.Seal {
	w.t.Helper()
	s, err := w.engine.SealMinutes(context.Background(), "m")
	require.NoError(w.t, err)
	return s
}

func (w *world) account() (out consent.Minutes) {
	w.engine.Look(func(s *consent.State) {
		if m := s.Meeting("m").Minutes; m != nil {
			out = *m
		}
	})
	return out
}

// TestMinutesByConsent: M-244 and M-245, the circle adopts the account that was
// presented and no other; who was not there may not object to it, and may to a
// decision.
func TestMinutesByConsent(t *testing.T) {
	w := met(t, circle.Rules{})
	adopt := func(s consent.Seal) circle.Deed { return consent.AdoptMinutes{Meeting: "m", Seal: s} }
	seal := w.seal()
	w.asked(consent.MinutesNot, adopt(seal))
	w.no(consent.NotTheKeeper, lou, consent.PresentMinutes{Meeting: "m", Seal: seal})
	w.no(consent.UnknownMeeting, ana, consent.PresentMinutes{Meeting: "none", Seal: seal})
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: seal})
	require.Len(t, dueOf(w, "minutes-to-adopt"), 1)
	w.no(proposal.ByConsent, ana, consent.AdoptMinutes{Meeting: "m", Seal: seal})
	w.asked(consent.UnknownMeeting, consent.AdoptMinutes{Meeting: "none", Seal: seal})
	w.asked(consent.MinutesNot, adopt("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
	w.later(240 * time.Hour)
	require.Zero(t, w.account().Adopted, "silence adopts nothing where the circle has not agreed so")

	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Are these our minutes?"), Enacts: []circle.Deed{adopt(seal)}})
	raise := objection.Raise{ID: "o", Proposal: "q", Aim: circle.WholeAim, Argument: text("It was longer")}
	w.no(consent.NotTheirAccount, cia, raise)
	may, err := w.engine.Permitted(cia, "q")
	require.NoError(t, err)
	for _, p := range may {
		if p.Command == "objection.raise" {
			require.ErrorContains(t, p.Refused, "what its minutes tell is for those who were there")
		}
	}
	w.must(ben, raise)
	w.must(ben, objection.Withdraw{Objection: "o"})
	w.consents("q", ana, ben, cia)
	require.False(t, w.account().Lazily)
	require.Equal(t, w.now, w.account().Adopted)
	w.no(consent.MinutesThere, ben, consent.ObjectToMinutes{Meeting: "m", Reason: text("Wrong")})
	w.asked(consent.MinutesThere, adopt(seal))
	require.Empty(t, dueOf(w, "minutes-to-adopt"))

	w.put("p") // what was decided is open to everybody
	w.must(cia, objection.Raise{ID: "o-2", Proposal: "p", Aim: circle.WholeAim, Argument: text("Nobody is left to bake")})
	w.replays()
}

// TestMinutesBySilence: M-244, the time runs from when the account has reached
// all who were there, an objection holds it up, and a correction asks to present
// the account anew.
func TestMinutesBySilence(t *testing.T) {
	w := met(t, circle.Rules{MinutesAfter: circle.MustPeriod("2d")})
	send := func(who circle.PersonID) consent.SendMinutes {
		return consent.SendMinutes{Meeting: "m", To: who, Format: circle.Standard}
	}
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: w.seal()})
	w.must(ana, send(ben))
	require.Zero(t, w.account().Until, "ana has not got them")
	w.later(time.Hour)
	w.must(ana, send(ana))
	require.Equal(t, w.now.Add(48*time.Hour), w.account().Until)
	w.no(circle.TakenID, ana, send(ben))
	w.no(circle.TakenID, ana, send(ana))

	w.no(consent.NotTheirAccount, cia, consent.ObjectToMinutes{Meeting: "m", Reason: text("Wrong")})
	w.must(ben, consent.ObjectToMinutes{Meeting: "m", Reason: text("It was longer")})
	w.no(circle.TakenID, ben, consent.ObjectToMinutes{Meeting: "m", Reason: text("It was longer")})
	w.later(72 * time.Hour)
	require.Zero(t, w.account().Adopted, "silence does not outweigh a word")

	w.no(consent.NotTheirAccount, cia, consent.CorrectMinutes{Meeting: "m", Text: text("Wrong")})
	w.must(ben, consent.CorrectMinutes{Meeting: "m", Text: text("It lasted three hours")})
	w.no(consent.MinutesNot, ben, consent.ObjectToMinutes{Meeting: "m", Reason: text("Still")})
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: w.seal()})
	w.must(ana, send(ana))
	w.must(ana, send(ben))
	due := w.now.Add(48 * time.Hour)
	w.at(due.Add(-time.Second))
	require.Zero(t, w.account().Adopted)
	w.later(24 * time.Hour)
	require.Equal(t, due, w.account().Adopted, "at its instant, however late anybody looks")
	require.True(t, w.account().Lazily)
	w.must(ben, consent.CorrectMinutes{Meeting: "m", Text: text("And a half")})
	require.Equal(t, due, w.account().Adopted, "a correction stands beside what was adopted")

	m, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	for _, line := range []string{"ben objected to the minutes: “It was longer”", "Corrected by ben on 26 November 2026: “It lasted three hours”",
		"And a half", "These minutes were adopted on 28 November 2026, as nobody objected"} {
		require.Contains(t, m.String(), line)
	}
	w.replays()
}

// TestMinutesNotYet: M-244, there is no account of a meeting that goes on.
func TestMinutesNotYet(t *testing.T) {
	w := newWorld(t, setting{Full: 2})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.no(consent.MeetingNot, ana, consent.PresentMinutes{Meeting: "m", Seal: w.seal()})
	w.no(consent.MeetingNot, ana, consent.CorrectMinutes{Meeting: "m", Text: text("Wrong")})
	require.Error(t, consent.Seal("short").Check())
	require.Error(t, consent.Seal("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").Check(), "31 bytes")
	require.Error(t, consent.Seal(strings.Repeat("?", 43)).Check())
	_, err := w.engine.SealMinutes(t.Context(), "none")
	require.ErrorIs(t, err, circle.ErrNotKnown)
	require.NoError(t, w.engine.CheckMinutes(t.Context(), "none"))
}

// TestMinutesQuietChange: M-244, a seal that is not that of what was recorded is
// refused, and a ledger that tells of the meeting otherwise is found out.
func TestMinutesQuietChange(t *testing.T) {
	w := met(t, circle.Rules{})
	stale := w.seal()
	w.must(ben, consent.CorrectMinutes{Meeting: "m", Text: text("It lasted three hours")})
	w.no(consent.OtherSeal, ana, consent.PresentMinutes{Meeting: "m", Seal: stale})
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: w.seal()})
	require.NoError(t, w.engine.CheckMinutes(t.Context(), "m"))

	entries := w.bytes()
	for i, b := range entries {
		entries[i] = bytes.ReplaceAll(b, []byte(`"present":["ana","ben"]`), []byte(`"present":["ana"]`))
	}
	forged := &ledger.Memory{}
	require.NoError(t, forged.Append(t.Context(), 0, entries))
	e, err := consent.Open(t.Context(), consent.Config{Store: forged})
	require.NoError(t, err)
	require.ErrorIs(t, e.CheckMinutes(t.Context(), "m"), consent.ErrSeal)
}

// TestJoinAboutMinutes: M-245. Who was not at a meeting joins no objection to its minutes either.
func TestJoinAboutMinutes(t *testing.T) {
	w := met(t, circle.Rules{})
	seal := w.seal()
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: seal})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Are these our minutes?"), Enacts: []circle.Deed{consent.AdoptMinutes{Meeting: "m", Seal: seal}}})
	w.must(ben, objection.Raise{ID: "o", Proposal: "q", Aim: circle.WholeAim, Argument: text("It was longer")})
	w.no(consent.NotTheirAccount, cia, objection.Join{Objection: "o", Reason: reason})
	w.replays()
}
