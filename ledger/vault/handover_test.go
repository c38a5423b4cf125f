package vault

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// TestHandOver: what is handed over is about nobody from then on and outlives the
// erasure of who said it, in whatever form it lay; it can still be erased by itself.
// Nothing is handed over of somebody who is held.
func TestHandOver(t *testing.T) {
	m := written(t, ofAnna, agreed, ofBoth, inCommon, ofBob)
	v, _, err := m.open()
	require.NoError(t, err)
	require.NoError(t, v.Hold(ctx, "bob"))
	require.ErrorIs(t, v.HandOver(ctx, agreed.Commitment(), ofBoth.Commitment()), ledger.ErrHeld)
	before := m.vault.contents()
	require.NoError(t, v.HandOver(ctx), "nothing")
	require.NoError(t, v.HandOver(ctx, oneMore.Commitment()), "nothing that is known")
	require.Equal(t, before, m.vault.contents())
	require.NoError(t, v.Release(ctx, "bob"))

	require.NoError(t, v.HandOver(ctx, agreed.Commitment(), ofBoth.Commitment(), inCommon.Commitment()))
	before = m.vault.contents()
	require.NoError(t, v.HandOver(ctx, agreed.Commitment(), inCommon.Commitment()), "once more")
	require.Equal(t, before, m.vault.contents())
	done, err := v.Erase(ctx, anna, "bob")
	require.NoError(t, err)
	require.Equal(t, ledger.Erasure{Parts: 2}, done, "what Anna said, and what Bob did")
	require.NotContains(t, m.vault.contents()[textsName], anna)
	for _, p := range []ledger.Part{agreed, ofBoth, inCommon} {
		got, err := v.Get(ctx, p.Commitment())
		require.NoError(t, err)
		require.Equal(t, p.Content, got.Content)
		require.Empty(t, got.About)
	}
	_, err = v.EraseParts(ctx, agreed.Commitment())
	require.NoError(t, err)
	_, err = v.Get(ctx, agreed.Commitment())
	require.ErrorIs(t, err, ledger.ErrErased)
	require.NoError(t, v.HandOver(ctx, agreed.Commitment()), "what is erased is passed over")
}

// TestMark: a mark has a limit, and crossing it erases nothing.
func TestMark(t *testing.T) {
	m := written(t, ofAnna)
	v, _, err := m.open()
	require.NoError(t, err)
	long := strings.Repeat("m", ledger.MaxMark+1)
	_, err = v.EraseAs(ctx, long, anna)
	require.ErrorIs(t, err, ledger.ErrTooLarge)
	_, err = v.ErasePartsAs(ctx, long, ofAnna.Commitment())
	require.ErrorIs(t, err, ledger.ErrTooLarge)
	_, err = v.Get(ctx, ofAnna.Commitment())
	require.NoError(t, err)
	_, err = v.ErasePartsAs(ctx, long[1:], ofAnna.Commitment())
	require.NoError(t, err)
	_, err = v.Get(ctx, ofAnna.Commitment())
	var as *ledger.ErasedError
	require.ErrorAs(t, err, &as)
	require.Equal(t, long[1:], as.Mark)
	require.ErrorIs(t, err, ledger.ErrErased)
	require.ErrorContains(t, err, long[1:])
}
