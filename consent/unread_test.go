package consent_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// TestBehindAndUnreadable: P6, D5. An engine behind what another has written, which cannot read that now, says so and
// tells nothing as if it were all.
func TestBehindAndUnreadable(t *testing.T) {
	ctx, by := t.Context(), circle.Actor{By: ben}
	for name, read := range map[string]func(*world) error{
		"verify": func(w *world) error { _, err := w.engine.Verify(ctx); return err },
		"records": func(w *world) error {
			_, err := w.engine.RecordsOf(ctx, by, consent.OpenRecords{Person: ana, Why: reason})
			return err
		},
		"do":    func(w *world) error { _, err := w.engine.Do(ctx, by, submission("more")); return err },
		"tick":  func(w *world) error { _, err := w.engine.Tick(ctx); return err },
		"erase": func(w *world) error { _, err := w.engine.Erase(ctx, by, onRequest); return err },
		"hold": func(w *world) error {
			_, err := w.engine.PlaceLegalHold(ctx, by, consent.LegalHold{Person: ana, Ground: consent.HoldClaim})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := new(frail)
			w := aCase(t, f)
			other := w.second()
			other.must(ana, submission("other"))
			f.calls, f.at = 0, 1
			require.ErrorIs(t, read(w), errPort)
			f.at = 0
			require.NoError(t, read(w))
			w.replays()
		})
	}
}

// TestFromTheMiddle: P6. Entries that are read from the middle of a ledger are told whole or not at all.
func TestFromTheMiddle(t *testing.T) {
	f := new(frail)
	w := aCase(t, f)
	for at := 1; ; at++ {
		f.calls, f.at = 0, at
		_, err := gather(w.engine.Entries(t.Context(), 3))
		if f.calls < at {
			require.NoError(t, err)
			require.Greater(t, at, 2, "the tree before, and the entries")
			return
		}
		require.ErrorIs(t, err, errPort, "call %d", at)
	}
}

// TestRetentionFails: D4, CP-23. Whichever call of store or vault fails, or gives what is no entry, while what was kept long
// enough is looked for, nothing is told to be gone that is there, and the next Tick ends it.
func TestRetentionFails(t *testing.T) {
	failed := 0
	for at := 1; ; at++ {
		f := new(frail)
		w, v := forgettable(t, monthly)
		w.now = w.now.Add(31 * day)
		w.open(func(c *consent.Config) { c.Store, c.Vault = frailStore{w.store, f}, frailVault{v, f} }, monthly)
		f.calls, f.at, f.lies = 0, at/2+1, at%2 == 1
		_, err := w.engine.Tick(t.Context())
		if f.calls < f.at {
			require.NoError(t, err)
			require.Greater(t, failed, 5)
			return
		}
		failed++
		f.at, f.lies = 0, false
		w.later(time.Hour)
		list := w.expired()
		require.Len(t, list, 1, "call %d", at/2+1)
		_, err = w.said("p")
		require.ErrorIs(t, err, ledger.ErrErased)
		w.replays()
	}
}

// TestRefusedByNobody: a command that no room has is refused, and there is nothing to sign about it; nor while nobody waits.
func TestRefusedByNobody(t *testing.T) {
	signer, _ := ledgerKey(t, "den.example", 1)
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Key = signer })
	by := circle.Actor{By: ana}
	var no *circle.Refusal
	for _, cmd := range []consent.Command{nil, (*consent.Pass)(nil)} {
		_, refusal := w.engine.Do(t.Context(), by, cmd)
		require.ErrorAs(t, refusal, &no)
		_, err := w.engine.SignRefusal(t.Context(), by, cmd, "k", refusal)
		require.ErrorAs(t, err, &no)
		require.Equal(t, consent.UnknownCommand, no.Code)
		w.engine.Look(func(s *consent.State) {
			_, err := s.Decide(by, w.now, cmd)
			require.ErrorAs(t, err, &no)
			require.Equal(t, consent.UnknownCommand, no.Code)
		})
	}
	for _, deed := range []circle.Deed{nil, (*circle.Close)(nil)} {
		for _, cmd := range []consent.Command{consent.Ask{ID: "q", Circle: den, Question: text("Do we?"), Enacts: []circle.Deed{deed}},
			proposal.Submit{ID: "p", Circle: den, Text: text("Do it"), Enacts: []circle.Deed{deed}}} {
			_, refusal := w.engine.Do(t.Context(), by, cmd)
			require.ErrorAs(t, refusal, &no, "%T of %T", cmd, deed)
			_, err := w.engine.SignRefusal(t.Context(), by, cmd, "k", refusal)
			require.Error(t, err)
		}
	}
	_, refusal := w.engine.Do(t.Context(), by, consent.Pass{Proposal: "none"})
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := w.engine.SignRefusal(over, by, consent.Pass{Proposal: "none"}, "k", refusal)
	require.ErrorIs(t, err, context.Canceled)
}
