package consent_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// monthly keeps texts for thirty days.
func monthly(c *consent.Config) {
	c.Retention = []consent.Retention{{Kind: "text", Class: "month", Keep: 30 * day}, {Kind: "why", Class: "always"}}
}

// expired lists what the ledger tells of words that were kept long enough.
func (w *world) expired() (out []consent.WordsExpired) {
	for r, err := range w.engine.Entries(context.Background(), 0) {
		require.NoError(w.t, err)
		for _, e := range r.Entry.Events {
			if e, is := e.(*consent.WordsExpired); is {
				require.True(w.t, r.Entry.Actor.Clock)
				out = append(out, *e)
			}
		}
	}
	return out
}

// reads says what became of the words of each need.
func (w *world) reads(ids ...proposal.NeedID) (out []error) {
	for _, id := range ids {
		var text circle.Text
		w.engine.Look(func(s *consent.State) { text = s.Matters.Need(id).Text })
		_, err := w.engine.Words(context.Background(), text)
		out = append(out, err)
	}
	return out
}

// TestRetention: CP-23, what was kept as long as its class says is erased by time
// alone, once and on record, which names nobody; what is held by law when the hold is
// released.
func TestRetention(t *testing.T) {
	w, v := forgettable(t, monthly)
	opened := w.now
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
	w.must(cia, proposal.OpenNeed{ID: "m", Circle: den, Text: text("It is dark")})
	h, err := w.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: ana, Ground: consent.HoldClaim})
	require.NoError(t, err)
	w.later(10 * day)
	w.must(cia, proposal.OpenNeed{ID: "k", Circle: den, Text: text("It is late")})
	for part, err := range v.About(t.Context(), "cia") {
		require.NoError(t, err)
		require.Equal(t, "month", part.Class)
	}

	w.at(opened.Add(30*day - time.Second))
	require.Empty(t, w.expired())
	w.at(opened.Add(30 * day))
	w.at(opened.Add(30 * day))
	require.Len(t, w.expired(), 1)
	require.Equal(t, 1, w.expired()[0].Parts, "hers is held, and the last one is not old")
	got := w.reads("n", "m", "k")
	require.NoError(t, got[0])
	require.ErrorIs(t, got[1], consent.ErrErased)
	require.NoError(t, got[2])

	require.NoError(t, w.engine.ReleaseLegalHold(t.Context(), circle.Actor{By: ben}, h.ID))
	w.open(func(c *consent.Config) { c.Vault = v }, monthly) // it goes on where it stood
	w.at(opened.Add(31 * day))
	w.at(opened.Add(40 * day))
	w.at(opened.Add(41 * day))
	var parts []int
	for _, e := range w.expired() {
		parts = append(parts, e.Parts)
	}
	require.Equal(t, []int{1, 2, 1}, parts, "hers, with the proposal; and then the last one")
	for _, err := range w.reads("n", "m", "k") {
		require.ErrorIs(t, err, consent.ErrErased)
	}
	w.replays()
}

// TestRetentionIsCutShort: wherever the power goes, what is on record as erased is
// erased when the engine goes on, and is told once.
func TestRetentionIsCutShort(t *testing.T) {
	for steps := 1; steps <= 3; steps++ {
		for _, done := range []bool{false, true} {
			w, v := forgettable(t, monthly)
			w.now = w.now.Add(31 * day)
			power := &cut{w.store, v, steps, done}
			w.open(func(c *consent.Config) { c.Store, c.Vault = power, power }, monthly)
			_, _ = w.engine.Tick(t.Context())
			w.open(func(c *consent.Config) { c.Vault = v }, monthly)
			w.later(time.Hour)
			list := w.expired()
			require.Len(t, list, 1, "step %d", steps)
			require.Equal(t, 1, list[0].Parts)
			_, err := w.said("p")
			require.ErrorIs(t, err, ledger.ErrErased)
			w.replays()
		}
	}
}

// TestRetentionKeepsTheRest: what is to be kept for ever is, also where its class is named first; of an entry with words of several kinds
// those that are old enough go (CP-23).
func TestRetentionKeepsTheRest(t *testing.T) {
	w, _ := forgettable(t, func(c *consent.Config) {
		c.Retention = []consent.Retention{{Kind: "reason", Class: "always"}, {Kind: "text", Class: "month", Keep: 30 * day}}
	})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(cia, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("Nobody is left to bake")})
	r := w.must(cia, objection.Withdraw{Objection: "o", Reason: text("I bake")})
	w.later(31 * day)
	require.ErrorIs(t, w.reads("n")[0], consent.ErrErased)
	require.Len(t, w.expired(), 1)
	var kept circle.Text
	kept.Bind(r.Position, 1)
	words, err := w.engine.Words(t.Context(), kept)
	require.NoError(t, err)
	require.Equal(t, "I bake", words)
	w.replays()
}

// TestRetentionOfHeldWords: whom another engine holds by law, and did not come to say so to the vault, keeps their words here as well
// (CP-23).
func TestRetentionOfHeldWords(t *testing.T) {
	w, v := forgettable(t, monthly)
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
	power := &cut{w.store, v, 3, false}
	other := w.second(func(c *consent.Config) { c.Store, c.Vault = power, power })
	_, err := other.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
	require.Error(t, err)
	require.False(t, v.Held("ana"), "the other did not come so far")
	w.later(31 * day)
	require.True(t, v.Held("ana"))
	require.NoError(t, w.reads("n")[0])
	w.replays()
}

// TestWhyTheyAreGone: CP-23. Of words that were kept long enough it is told how long that was.
func TestWhyTheyAreGone(t *testing.T) {
	w, _ := forgettable(t, monthly)
	w.later(31 * day)
	var words circle.Text
	w.engine.Look(func(s *consent.State) { words = s.Matters.Proposal("p").Current().Text })
	said, err := w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.NotNil(t, said.Gone)
	require.Equal(t, "they were kept for as long as the class month is", said.Gone.Why)
}

// TestRetentionFails: D4, CP-23. Whichever call of store or vault fails, or gives what is no entry, while what was kept long
// enough is looked for, nothing is told to be gone that is there, and the next Tick ends it.
func TestRetentionFails(t *testing.T) {
	asked := 0
	for at := 1; ; at++ {
		f := new(frail)
		w, v := forgettable(t, monthly)
		w.now = w.now.Add(31 * day)
		w.open(func(c *consent.Config) { c.Store, c.Vault = frailStore{w.store, f}, frailVault{v, f} }, monthly)
		f.calls, f.at, f.lies = 0, at/2+1, at%2 == 1
		_, err := w.engine.Tick(t.Context())
		if f.calls < f.at {
			require.NoError(t, err)
			require.Greater(t, asked, 5)
			return
		}
		asked++
		f.at, f.lies = 0, false
		if len(w.expired()) == 0 {
			_, err = w.said("p")
			require.NoError(t, err, "it is not on record, and so it is there")
		}
		w.later(time.Hour)
		list := w.expired()
		require.Len(t, list, 1, "call %d", at/2+1)
		_, err = w.said("p")
		require.ErrorIs(t, err, ledger.ErrErased)
		w.replays()
	}
}
