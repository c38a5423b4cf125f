package vault

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// written returns a machine on which a vault was founded and closed that holds parts.
func written(t testing.TB, parts ...ledger.Part) *machine {
	t.Helper()
	m := newMachine()
	v, _, err := m.open()
	require.NoError(t, err)
	for _, p := range parts {
		require.NoError(t, v.Put(ctx, []ledger.Part{p}))
	}
	require.NoError(t, v.Close())
	return m
}

// changed opens a vault whose rows somebody has changed who can make every checksum
// right.
func changed(t *testing.T, m *machine, change func(rows []row)) *Vault {
	t.Helper()
	v, _, err := m.open()
	require.NoError(t, err)
	var rows []row
	for _, c := range v.shelf.which(func(ledger.Commitment, group) bool { return true }) {
		r, err := v.shelf.read(c, v.shelf.index[c])
		require.NoError(t, err)
		rows = append(rows, r)
	}
	change(rows)
	b := header(v.keys.vault)
	for i, r := range rows {
		r.sum = v.shelf.sum(r.sealed)
		b = v.shelf.append(b, v.shelf.frame(uint64(i), 0, 0, r))
	}
	require.NoError(t, v.Close())
	m.vault.names[textsName] = &simFile{d: m.vault, data: b, synced: b}
	v, _, err = m.unsure().open()
	require.NoError(t, err)
	return v
}

// TestMoved: what is sealed opens in its own place only, whoever moves it there, and
// with its own labels (threats 17 and 23).
func TestMoved(t *testing.T) {
	other := said("both: another", "bob", anna)
	twin := said("what Anna said too", anna)
	parts := []ledger.Part{ofAnna, twin, inCommon, other, ofBoth}
	for _, c := range []struct {
		name   string
		change func(rows []row)
		wrong  []ledger.Part
	}{
		{"nothing", func([]row) {}, nil},
		{"what is sealed of two parts about the same person", func(r []row) { r[0].sealed, r[1].sealed = r[1].sealed, r[0].sealed }, parts[:2]},
		{"what is sealed of two shared parts", func(r []row) { r[2].sealed, r[3].sealed = r[3].sealed, r[2].sealed }, parts[2:4]},
		{"all but the commitments", func(r []row) {
			r[0], r[1] = r[1], r[0]
			r[0].c, r[1].c = r[1].c, r[0].c
		}, parts[:2]},
		{"the command", func(r []row) { r[0].part.Of = "d" }, parts[:1]},
		{"the number", func(r []row) { r[0].part.No++ }, parts[:1]},
		{"the kind", func(r []row) { r[0].part.Kind = "text" }, parts[:1]},
		{"the class", func(r []row) { r[2].part.Class = "" }, parts[2:3]},
		{"whom it is about", func(r []row) { r[0].part.About = []string{"bob"} }, parts[:1]},
		{"one of those whom it is about", func(r []row) { r[4].part.About = []string{anna} }, parts[4:5]},
		{"their order", func(r []row) { r[4].part.About = []string{"bob", anna} }, parts[4:5]},
		{"the wraps of one part", func(r []row) { slices.Reverse(r[2].wraps) }, parts[2:3]},
		{"the wraps of two parts", func(r []row) { r[2].wraps, r[3].wraps = r[3].wraps, r[2].wraps }, parts[2:4]},
		{"the form", func(r []row) { r[2].form, r[2].wraps = joint, nil }, parts[2:3]},
		{"a bit", func(r []row) { r[0].sealed[40] ^= 1 }, parts[:1]},
		{"everything that is sealed", func(r []row) { r[0].sealed = nil }, parts[:1]},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := changed(t, written(t, parts...), c.change)
			for _, p := range parts {
				got, err := v.Get(ctx, p.Commitment())
				if slices.ContainsFunc(c.wrong, p.Equal) {
					require.ErrorIs(t, err, ledger.ErrCorrupt)
				} else {
					require.NoError(t, err)
					require.True(t, got.Equal(p))
				}
			}
		})
	}
}

// TestOtherSalt: who holds the keys and seals other words, or the same under another
// salt, is found out by the commitment.
func TestOtherSalt(t *testing.T) {
	for _, p := range []ledger.Part{ofAnna, inCommon} {
		m := written(t, p)
		for name, change := range map[string]func(q *ledger.Part){
			"salt":  func(q *ledger.Part) { q.Salt[0] ^= 1 },
			"words": func(q *ledger.Part) { q.Content = []byte("I agree") },
		} {
			v, _, err := m.open()
			require.NoError(t, err)
			q := p
			change(&q)
			forged, ok := v.keys.seal(p.Commitment(), v.shelf.of(v.shelf.index[p.Commitment()]).form, q)
			require.True(t, ok)
			require.NoError(t, v.Close())
			v = changed(t, m.survivors(loseNone, nil), func(rows []row) { rows[0] = forged })
			_, err = v.Get(ctx, p.Commitment())
			require.ErrorIs(t, err, ledger.ErrCorrupt, name)
			require.ErrorContains(t, err, "do not match its commitment", name)
		}
	}
}

// TestEveryByte changes each byte of each file. Either the vault does not open, and
// nothing was changed, or a part is said to be damaged, or to be gone that was put last;
// never does anything else come out than was put (D5).
func TestEveryByte(t *testing.T) {
	parts := []ledger.Part{ofAnna, ofBoth, inCommon}
	m := written(t, parts...)
	for _, name := range []string{textsName, keysName, "keeper"} {
		disk := func(m *machine) *simDisk {
			if name == "keeper" {
				return m.keeper
			}
			return m.vault
		}
		for at := range disk(m).names[name].data {
			m := m.survivors(loseNone, nil)
			f := disk(m).names[name]
			f.data[at] ^= 0x10
			f.synced = bytes.Clone(f.data)
			before := m.vault.contents()
			v, _, err := m.open()
			if err != nil {
				require.Equal(t, before, m.vault.contents())
				continue
			}
			require.Equal(t, textsName, name, "byte %d", at)
			wrong := 0
			for i, p := range parts {
				got, err := v.Get(ctx, p.Commitment())
				if err == nil {
					require.True(t, got.Equal(p))
					continue
				}
				wrong++
				if i == len(parts)-1 && v.Repaired().Torn > 0 {
					require.ErrorIs(t, err, ledger.ErrNoPart)
				} else {
					require.ErrorIs(t, err, ledger.ErrCorrupt)
				}
			}
			require.Equal(t, 1, wrong, "byte %d", at)
		}
	}
}

// TestDamageStays: a part that is damaged hinders nobody else's erasure, and is damaged
// afterwards.
func TestDamageStays(t *testing.T) {
	erase := map[string]func(v *Vault) error{
		"people": func(v *Vault) error { _, err := v.Erase(ctx, anna); return err },
		"parts":  func(v *Vault) error { _, err := v.EraseParts(ctx, ofBob.Commitment()); return err },
	}
	for name, erase := range erase {
		v := changed(t, written(t, ofAnna, ofBob, alsoBob, ofCia), func(rows []row) { rows[2].sealed[0] ^= 1 })
		require.NoError(t, erase(v), name)
		_, err := v.Get(ctx, alsoBob.Commitment())
		require.ErrorIs(t, err, ledger.ErrCorrupt, name)
		_, err = v.Get(ctx, ofCia.Commitment())
		require.NoError(t, err, name)
	}
}

// TestLostKey: where the table has no key for somebody, their parts are damaged and not
// erased: nobody has said that they should be.
func TestLostKey(t *testing.T) {
	m := written(t, ofAnna, ofBob)
	v, _, err := m.open()
	require.NoError(t, err)
	next := v.keys.with(nil)
	delete(next.people, anna)
	require.NoError(t, v.replaceKeys(next, v.keys.epochKey))
	_, err = v.Get(ctx, ofAnna.Commitment())
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	_, err = v.EraseParts(ctx, ofAnna.Commitment())
	require.NoError(t, err)
	_, err = v.Get(ctx, ofAnna.Commitment())
	require.ErrorIs(t, err, ledger.ErrErased)
	_, err = v.Get(ctx, ofBob.Commitment())
	require.NoError(t, err)
}

// TestOtherFormats: a newer version is refused and not guessed at, and so is what is no
// file of a vault (C2).
func TestOtherFormats(t *testing.T) {
	m := written(t, ofAnna)
	for _, name := range []string{textsName, keysName, "keeper"} {
		for at, want := range map[int]error{19: ledger.ErrNewerFormat, 3: ledger.ErrNotLedger} {
			m := m.survivors(loseNone, nil)
			f := m.vault.names[name]
			if f == nil {
				f = m.keeper.names[name]
			}
			f.data[at] += 7
			_, _, err := m.open()
			require.ErrorIs(t, err, want, name)
			require.ErrorContains(t, err, name)
		}
	}
}

// TestAboutDamaged: whoever asks what is known about them is told of what is damaged
// too, and gets the rest.
func TestAboutDamaged(t *testing.T) {
	v := changed(t, written(t, ofBob, alsoBob, ofBoth), func(rows []row) { rows[1].sealed[0] ^= 1 })
	var got []string
	for p, err := range v.About(ctx, "bob") {
		if err != nil {
			require.ErrorIs(t, err, ledger.ErrCorrupt)
			require.ErrorContains(t, err, alsoBob.Commitment().String())
		}
		got = append(got, string(p.Content))
	}
	require.Equal(t, []string{"what Bob said", "", "what both said"}, got)
}

// TestManyPeople: a part about as many people as its labels can hold is put, opened and
// left by one of them.
func TestManyPeople(t *testing.T) {
	for _, content := range []string{"both: everybody", "everybody"} {
		p := said(content)
		for i := range 600 {
			p.About = append(p.About, string([]byte{'a' + byte(i%26), 'a' + byte(i/26)}))
		}
		require.NoError(t, ledger.CheckParts([]ledger.Part{p}))
		m := written(t, p)
		v, _, err := m.open()
		require.NoError(t, err)
		got, err := v.Get(ctx, p.Commitment())
		require.NoError(t, err)
		require.True(t, got.Equal(p))
		done, err := v.Erase(ctx, p.About[77])
		require.NoError(t, err)
		got, err = v.Get(ctx, p.Commitment())
		if content == "everybody" {
			require.Equal(t, Erasure{Parts: 1}, done)
			require.ErrorIs(t, err, ledger.ErrErased)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, Erasure{Left: 1}, done)
		require.Len(t, got.About, 599)
	}
}
