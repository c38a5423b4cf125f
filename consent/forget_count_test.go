package consent_test

import (
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// A holed vault finds damage among what is kept about people, and fails to erase.
type holed struct {
	ledger.Forgetter
	damaged      int
	people, list bool // neither people nor parts in a list can be erased
}

func (h *holed) About(ctx context.Context, person string) iter.Seq2[ledger.Part, error] {
	return func(yield func(ledger.Part, error) bool) {
		for range h.damaged {
			if !yield(ledger.Part{}, &ledger.CorruptError{What: "a part"}) {
				return
			}
		}
		for p, err := range h.Forgetter.About(ctx, person) {
			if !yield(p, err) {
				return
			}
		}
	}
}

func (h *holed) EraseAs(ctx context.Context, mark string, who ...string) (ledger.Erasure, error) {
	if h.people {
		return ledger.Erasure{}, errBroken
	}
	return h.Forgetter.EraseAs(ctx, mark, who...)
}

func (h *holed) ErasePartsAs(ctx context.Context, mark string, list ...ledger.Commitment) (ledger.Erasure, error) {
	if h.list {
		return ledger.Erasure{}, errBroken
	}
	return h.Forgetter.ErasePartsAs(ctx, mark, list...)
}

// TestErasureCounts: an erasure tells how many parts go, also where some of them are
// damaged, and where others have said since what belongs to all (P2).
func TestErasureCounts(t *testing.T) {
	for _, damaged := range []int{0, 1, 2} {
		w, v := forgettable(t)
		w.answered("role", den, circle.CreateRole{ID: "baker", Circle: den, Name: text("Baker")}, ana, ben, cia)
		w.open(func(c *consent.Config) { c.Vault = &holed{Forgetter: v, damaged: damaged} })
		got, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
		require.NoError(t, err)
		require.Equal(t, 1+damaged, got.Parts)
	}
}

// TestBothAreResumed: an erasure that was cut short is brought to its end by the next Tick,
// also while old words wait for a legal hold to be released.
func TestBothAreResumed(t *testing.T) {
	w, v := forgettable(t)
	w.must(cia, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	h := &holed{Forgetter: v, list: true}
	w.open(func(c *consent.Config) { c.Vault = h })
	old := w.need("n")
	_, err := w.engine.Rectify(t.Context(), circle.Actor{By: cia}, right(old, "Somebody is cold", takesOld))
	require.ErrorIs(t, err, consent.ErrUnfinished)
	require.NoError(t, v.Hold(t.Context(), string(cia)))
	h.list, h.people = false, true
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.ErrorIs(t, err, consent.ErrUnfinished)
	h.people = false
	w.at(w.now)
	require.False(t, w.erasures()[0].Done.IsZero())
	_, err = w.said("p")
	require.ErrorIs(t, err, consent.ErrErased)
	pos, part := old.Place()
	stands := func() error {
		entry, err := w.engine.Entry(t.Context(), pos)
		require.NoError(t, err)
		c, err := ledger.ParseCommitment(entry.Parts[part-1].Commitment)
		require.NoError(t, err)
		_, err = v.Get(t.Context(), c)
		return err
	}
	require.NoError(t, stands(), "held by law")
	require.NoError(t, v.Release(t.Context(), string(cia)))
	w.at(w.now)
	require.ErrorIs(t, stands(), ledger.ErrErased)
}
