package consent_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
)

// TestErasedWords: with an encrypted vault everything that was said can be read; when
// all who said it are erased, and the keys rotated, nothing can, and the state, the root
// and what follows from a replay are the same (P3).
func TestErasedWords(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	v, err := vault.Open(t.Context(), t.TempDir(), vault.Config{Keeper: new(vault.Keeper), Origin: "test/ledger"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, v.Close()) })
	people := map[string]bool{}
	for r, err := range w.engine.Entries(t.Context(), 0) {
		require.NoError(t, err)
		for _, ref := range r.Entry.Parts {
			c, err := ledger.ParseCommitment(ref.Commitment)
			require.NoError(t, err)
			part, err := w.store.Get(t.Context(), c)
			if errors.Is(err, ledger.ErrNoPart) {
				continue // the circles of the tests are founded without their words
			}
			require.NoError(t, err)
			require.NoError(t, v.Put(t.Context(), []ledger.Part{part}))
			people[part.About[0]] = true
		}
	}
	require.GreaterOrEqual(t, len(people), 2)

	kept := newWorldOn(t, w.store, v)
	said := func() (text circle.Text) {
		kept.engine.Look(func(s *consent.State) { text = s.Matters.Proposal("p").Current().Text })
		return text
	}
	words, err := kept.engine.Words(t.Context(), said())
	require.NoError(t, err)
	require.Equal(t, "Open on Sundays", words)
	before, err := kept.engine.Verify(t.Context())
	require.NoError(t, err)

	for id := range people {
		_, err := v.Erase(t.Context(), id)
		require.NoError(t, err)
	}
	require.NoError(t, v.Rotate(t.Context()))
	kept = newWorldOn(t, w.store, v)
	_, err = kept.engine.Words(t.Context(), said())
	require.ErrorIs(t, err, ledger.ErrErased)
	require.NotErrorIs(t, err, consent.ErrLost)
	after, err := kept.engine.Verify(t.Context())
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.Equal(t, w.digest(), kept.digest())
}
