package vault

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// kept are the parts of a vault in the order of its writes.
var kept = []ledger.Part{ofAnna, inCommon, ofNobody}

// unsure forgets how far the texts of a machine were durable, as a power cut or an adversary may
// have it.
func (m *machine) unsure() *machine {
	delete(m.vault.names, reachName)
	delete(m.vault.durable, reachName)
	return m
}

// with is the machine on which a file of the vault holds something else.
func (m *machine) with(name string, b []byte) *machine {
	after := m.survivors(loseNone, nil)
	after.vault.names[name].data, after.vault.names[name].synced = b, bytes.Clone(b)
	return after
}

// TestDamageIsNeverTakenOff changes each byte of the texts of a vault that was closed, and cuts
// them at each place. Whatever was put is there, or said to be damaged: never is it taken for a
// write that was cut short, and off the end, the last one neither (D5).
func TestDamageIsNeverTakenOff(t *testing.T) {
	m := written(t, kept...)
	whole := m.vault.names[textsName].data
	usable := 0
	for at := range whole {
		b := bytes.Clone(whole)
		b[at] ^= 0x10
		changed := m.with(textsName, b)
		v, _, err := changed.open()
		if err != nil {
			require.True(t, errors.Is(err, ledger.ErrCorrupt) || errors.Is(err, ledger.ErrNotLedger) || errors.Is(err, ledger.ErrNewerFormat), "byte %d: %v", at, err)
			require.Equal(t, b, changed.vault.names[textsName].data, "byte %d", at)
			continue
		}
		usable++
		require.Zero(t, v.Repaired(), "byte %d", at)
		damaged := 0
		for _, p := range kept {
			got, err := v.Get(ctx, p.Commitment())
			if err != nil {
				require.ErrorIs(t, err, ledger.ErrCorrupt, "byte %d", at)
				damaged++
				continue
			}
			require.True(t, got.Equal(p))
		}
		require.Equal(t, 1, damaged, "byte %d", at)
	}
	sealed := 0
	for _, p := range kept {
		sealed += 32 + len(p.Content) + sealing
	}
	require.Equal(t, sealed, usable, "where what is sealed is damaged, all else can be used")
	for size := range whole {
		shorter := m.with(textsName, bytes.Clone(whole[:size]))
		_, _, err := shorter.open()
		require.True(t, errors.Is(err, ledger.ErrCorrupt), "%d bytes: %v", size, err)
		require.Len(t, shorter.vault.names[textsName].data, size)
	}
}

// TestUnsure: where nobody knows how far the texts were durable, a last write that is not whole
// is one that was cut short; and from then on it is known.
func TestUnsure(t *testing.T) {
	m := written(t, kept...)
	whole := m.vault.names[textsName].data
	for what, b := range map[string][]byte{
		"cut":     whole[:len(whole)-1],
		"changed": append(bytes.Clone(whole[:len(whole)-1]), whole[len(whole)-1]^1),
	} {
		m := m.with(textsName, bytes.Clone(b)).unsure()
		v, _, err := m.open()
		require.NoError(t, err, what)
		require.NotZero(t, v.Repaired().Torn, what)
		_, err = v.Get(ctx, ofNobody.Commitment())
		require.ErrorIs(t, err, ledger.ErrNoPart, what)
		require.Equal(t, extent{2, v.shelf.end}, v.sure(), what)
		require.NoError(t, v.Close())
	}
	for at := headerSize; at < headerSize+frameHead; at++ { // a write behind which there is a whole one was not cut short
		b := bytes.Clone(whole)
		b[at] ^= 1
		_, _, err := m.with(textsName, b).unsure().open()
		require.ErrorIs(t, err, ledger.ErrCorrupt, "byte %d", at)
	}
	_, _, err := written(t).unsure().open() // nothing was ever put
	require.NoError(t, err)
}

// TestReachIsBehindNothing: whatever is done to a vault, once it was done it is known to be durable.
func TestReachIsBehindNothing(t *testing.T) {
	m := newMachine()
	for _, a := range plays {
		v, _, err := m.open()
		require.NoError(t, err)
		require.Equal(t, v.shelf.extent, v.sure())
		require.NoError(t, a.do(v))
		require.Equal(t, v.shelf.extent, v.sure())
		require.NoError(t, v.Close())
	}
}

// TestOlderTexts: texts that were put in the place of newer ones are found out, and whoever means
// it is told what to do.
func TestOlderTexts(t *testing.T) {
	m := written(t, kept...)
	old := bytes.Clone(m.vault.names[textsName].data)
	v, _, err := m.open()
	require.NoError(t, err)
	require.NoError(t, v.Put(ctx, []ledger.Part{oneMore}))
	require.NoError(t, v.Close())

	back := m.with(textsName, old)
	_, _, err = back.open()
	require.EqualError(t, err, "ledger: part file texts of the vault is damaged: it does not hold all that was durable: restore a copy, "+
		"and where an older one is meant to be in its place, take the file reach away")
	v, _, err = back.survivors(loseNone, nil).unsure().open()
	require.NoError(t, err)
	_, err = v.Get(ctx, ofNobody.Commitment())
	require.NoError(t, err)
	_, err = v.Get(ctx, oneMore.Commitment())
	require.ErrorIs(t, err, ledger.ErrNoPart)
}

// TestDamagedReach: of the two places at which it lies either will do; and one that says nothing
// is as good as none.
func TestDamagedReach(t *testing.T) {
	m := written(t, kept...)
	reach := m.vault.names[reachName].data
	require.Len(t, reach, 4096+28)
	cut := m.vault.names[textsName].data
	cut = cut[:len(cut)-1]
	for at := range reach {
		if at >= 28 && at < 4096 {
			continue
		}
		b := bytes.Clone(reach)
		b[at] ^= 1
		v, _, err := m.with(reachName, b).open()
		require.NoError(t, err)
		require.Zero(t, v.Repaired())
		_, _, err = m.with(reachName, b).with(textsName, bytes.Clone(cut)).open()
		require.ErrorIs(t, err, ledger.ErrCorrupt, "byte %d", at)
	}
	for _, b := range [][]byte{nil, make([]byte, 5000), slices.Repeat([]byte{7}, 9000)} {
		v, _, err := m.with(reachName, b).with(textsName, bytes.Clone(cut)).open()
		require.NoError(t, err)
		require.NotZero(t, v.Repaired().Torn)
	}
}

// TestReachWithoutKeys: a vault whose keys are gone is not founded anew over what is left.
func TestReachWithoutKeys(t *testing.T) {
	m := written(t)
	delete(m.vault.names, keysName)
	_, _, err := m.open()
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	require.ErrorContains(t, err, keysName)
	require.NotContains(t, m.vault.names, keysName)
}
