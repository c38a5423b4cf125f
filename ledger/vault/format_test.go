package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// A bookworm reads files as the documentation of the package says, with nothing of the
// package.
type bookworm struct {
	t *testing.T
	b []byte
}

func (w *bookworm) bytes(n int) []byte {
	w.t.Helper()
	require.LessOrEqual(w.t, n, len(w.b))
	b := w.b[:n]
	w.b = w.b[n:]
	return b
}

func (w *bookworm) number(n int) int {
	w.t.Helper()
	return int(binary.BigEndian.Uint64(append(make([]byte, 8-n), w.bytes(n)...)))
}

func (w *bookworm) text() string {
	w.t.Helper()
	return string(w.bytes(w.number(4)))
}

func (w *bookworm) says(s string) {
	w.t.Helper()
	require.Equal(w.t, s, string(w.bytes(len(s))))
}

// summed checks the hash at the end.
func (w *bookworm) summed(domain string) {
	w.t.Helper()
	end := len(w.b) - 32
	sum := sha256.Sum256([]byte(domain + string(w.b[:end])))
	require.Equal(w.t, sum[:], w.b[end:])
	w.b = w.b[:end]
}

func crcOf(parts ...string) int {
	table, sum := crc32.MakeTable(crc32.Castagnoli), uint32(0)
	for _, p := range parts {
		sum = crc32.Update(sum, table, []byte(p))
	}
	return int(sum)
}

// unlock opens what is sealed under a key, with its label.
func unlock(t *testing.T, key, sealed []byte, label string) []byte {
	t.Helper()
	block, err := aes.NewCipher(key)
	require.NoError(t, err)
	gcm, err := cipher.NewGCM(block)
	require.NoError(t, err)
	plain, err := gcm.Open(nil, sealed[:12], sealed[12:], []byte(label))
	require.NoError(t, err)
	return plain
}

func derived(t *testing.T, secret []byte, info string) []byte {
	t.Helper()
	key, err := hkdf.Key(sha256.New, secret, nil, info, 32)
	require.NoError(t, err)
	return key
}

// texts joins texts behind their lengths.
func texts(list ...string) string {
	var b []byte
	for _, s := range list {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	return string(b)
}

// be is a number as so many bytes.
func be(n, size int) string {
	return string(binary.BigEndian.AppendUint64(nil, uint64(n))[8-size:])
}

// TestFormat reads the files of a vault as the documentation says, down to the words.
func TestFormat(t *testing.T) {
	first := ledger.Part{Of: "command", No: 3, Kind: "reason", Class: "year", About: []string{"bob", "ana", "bob"},
		Salt: [32]byte{7, 31: 8}, Content: []byte("because")}
	second := said("both: of two", "ana", "bob")
	third, fourth := said("gone", "cia"), said("gone too", "dan")
	m := newMachine()
	v, _, err := m.open()
	require.NoError(t, err)
	require.NoError(t, v.Put(ctx, []ledger.Part{first, second}))
	require.NoError(t, v.Put(ctx, []ledger.Part{third, fourth}))
	_, err = v.Erase(ctx, "cia")
	require.NoError(t, err)
	_, err = v.EraseAs(ctx, "why", "dan")
	require.NoError(t, err)
	require.NoError(t, v.Hold(ctx, "bob"))
	require.NoError(t, v.Rotate(ctx))
	require.NoError(t, v.Close())

	k := &bookworm{t, m.keeper.names["keeper"].data}
	k.summed("sayround/vault/keeper/v1\x00")
	k.says("sayround/keeper\x00\x00\x00\x00\x01")
	id := string(k.bytes(16))
	require.Equal(t, 2, k.number(8))
	keeperKey := k.bytes(32)
	require.Empty(t, k.b)

	s := &bookworm{t, m.vault.names[keysName].data}
	s.summed("sayround/vault/keys/v1\x00")
	s.says("sayround/keys\x00\x00\x00\x00\x00\x00\x01" + id)
	require.Equal(t, 2, s.number(8))
	require.Equal(t, "test/ledger", s.text())
	epochKey := unlock(t, keeperKey, []byte(s.text()), "sayround/vault/epoch/v1\x00"+be(2, 8))
	require.Equal(t, 2, s.number(4))
	keys := map[string][]byte{}
	for i, who := range []string{"ana", "bob"} {
		require.Equal(t, who, s.text())
		require.Equal(t, i, s.number(1), "bob is held")
		keys[who] = unlock(t, epochKey, s.bytes(60), "sayround/vault/person/v1\x00"+id+be(2, 8)+who)
	}
	require.Zero(t, s.number(4))
	require.Empty(t, s.b)

	w := &bookworm{t, m.vault.names[textsName].data}
	require.Equal(t, crcOf("sayround/vault/texts/v1\x00", string(w.b[:36])), int(binary.BigEndian.Uint32(w.b[36:])))
	w.says("sayround/texts\x00\x00\x00\x00\x00\x01" + id)
	w.bytes(4)

	r, sealed := w.frame(id, 0)
	c := string(commitmentOf(first))
	r.says("\x01" + c + be(3, 4) + texts("command", "reason", "year") + be(3, 4) + texts("bob", "ana", "bob"))
	key := derived(t, slices.Concat(keys["bob"], keys["ana"]), "sayround/vault/text/v1\x00"+c)
	label := "sayround/vault/text/v1\x00\x01" + texts("test/ledger", "command") + be(3, 4) + texts("reason", "year")
	require.Equal(t, string(first.Salt[:])+"because", string(unlock(t, key, sealed, label)))
	require.Empty(t, r.b)

	r, sealed = w.frame(id, 1)
	c = string(commitmentOf(second))
	r.says("\x02" + c + be(1, 4) + texts("c", "reason", "both") + be(2, 4) + texts("ana", "bob"))
	label = "sayround/vault/text/v1\x00\x02" + texts("test/ledger", "c") + be(1, 4) + texts("reason", "both")
	for _, who := range []string{"ana", "bob"} {
		use := "sayround/vault/wrap/v1\x00" + c
		key := unlock(t, derived(t, keys[who], use), r.bytes(60), use+who)
		require.Equal(t, string(second.Salt[:])+"both: of two", string(unlock(t, key, sealed, label)))
	}
	require.Empty(t, r.b)

	r, sealed = w.frame(id, 2)
	r.says("\x00" + string(commitmentOf(third)))
	require.Empty(t, r.b)
	require.Empty(t, sealed)
	r, sealed = w.frame(id, 3)
	r.says("\x00" + string(commitmentOf(fourth)) + texts("why"))
	require.Empty(t, r.b)
	require.Empty(t, sealed)
	require.Empty(t, w.b)

	e := m.vault.names[reachName].data
	require.Len(t, e, 4096+28)
	for slot, at := range []int{0, 4096} {
		b := e[at : at+28]
		n := &bookworm{t, b}
		require.Equal(t, crcOf("sayround/vault/reach/v1\x00", id, string(b[4:])), n.number(4))
		require.Equal(t, slot, n.number(8)%2)
		require.Equal(t, 4, n.number(8))
		require.Equal(t, len(m.vault.names[textsName].data), n.number(8))
		require.Empty(t, n.b)
	}
}

func commitmentOf(p ledger.Part) []byte {
	c := p.Commitment()
	return c[:]
}

// frame reads the frame at a position, which after an erasure is a write of its own.
func (w *bookworm) frame(id string, position int) (row *bookworm, sealed []byte) {
	w.t.Helper()
	sum, rest := w.number(4), w.b
	n, at, before, after := w.number(4), w.number(8), w.number(2), w.number(2)
	require.Equal(w.t, []int{position, 0, 0}, []int{at, before, after})
	m, sealedSum := w.number(4), w.number(4)
	require.Equal(w.t, crcOf("sayround/vault/text-frame/v1\x00", id, string(rest[:24+n])), sum)
	row = &bookworm{w.t, w.bytes(n)}
	sealed = w.bytes(m)
	require.Equal(w.t, crcOf("sayround/vault/text-frame/v1\x00", id, string(sealed)), sealedSum)
	return row, sealed
}

// TestOldVault opens a vault that was written once and is never changed. What later
// versions of the package must read lies beside it.
func TestOldVault(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "vaults"))))
	k, err := OpenKeeper(filepath.Join(dir, "v1", "keeper"))
	require.NoError(t, err)
	v, err := Open(ctx, filepath.Join(dir, "v1", "vault"), oldConfig(k))
	require.NoError(t, err)
	defer func() { require.NoError(t, v.Close()) }()
	require.Zero(t, v.Repaired())
	for _, p := range []ledger.Part{ofBob, inCommon, ofNobody} {
		got, err := v.Get(ctx, p.Commitment())
		require.NoError(t, err)
		require.Equal(t, p.Content, got.Content)
	}
	_, err = v.Get(ctx, ofAnna.Commitment())
	require.ErrorIs(t, err, ledger.ErrErased)
	require.True(t, v.Held("bob"))
	require.NoError(t, v.Put(ctx, []ledger.Part{oneMore}))
	require.NoError(t, v.Rotate(ctx))
}

func oldConfig(k *Keeper) Config {
	return Config{Keeper: k, Origin: "test/ledger", Classes: map[string]Class{"both": {Shared: true}}}
}

// FuzzKeeper: whatever is read as the file of a keeper would be written so.
func FuzzKeeper(f *testing.F) {
	f.Add(keys{vault: ID{1}, of: map[uint64][32]byte{1: {2}, 300: {3}}}.append(nil))
	f.Add(keys{}.append(nil))
	f.Add([]byte(keeperMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, b := range [][]byte{b, appendSum(keeperDomain, bytes.Clone(b[:max(0, len(b)-sumSize)]))} {
			if k, err := parseKeys(b); err == nil {
				require.Equal(t, b, k.append(nil))
			}
		}
	})
}

// FuzzKeys: whatever is read as a table of keys would be written so.
func FuzzKeys(f *testing.F) {
	full := &table{vault: ID{1}, epoch: 7, origin: "o", wrapped: []byte("w"), mark: "m", doomed: map[ledger.Commitment]bool{{1}: true, {2}: true},
		people: map[string]person{"a": {key: make([]byte, wrapSize)}, "b": {state: held, key: make([]byte, wrapSize)}, "c": {state: leaving},
			"": {state: moving, key: make([]byte, wrapSize), next: make([]byte, wrapSize)}}}
	f.Add(full.append(nil))
	f.Add((&table{}).append(nil))
	f.Add([]byte(keysMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, b := range [][]byte{b, appendSum(keysDomain, bytes.Clone(b[:max(0, len(b)-sumSize)]))} {
			if k, err := parseTable(b); err == nil {
				require.Equal(t, b, k.append(nil))
			}
		}
	})
}

// FuzzRow: whatever is read as a row would be written so.
func FuzzRow(f *testing.F) {
	m := written(f, ofAnna, inCommon, ofNobody)
	v, _, err := m.open()
	require.NoError(f, err)
	for c, at := range v.shelf.index {
		r, err := v.shelf.read(c, at)
		require.NoError(f, err)
		f.Add(r.append(nil))
	}
	f.Add(row{}.append(nil))
	f.Add(row{mark: "m"}.append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, ok := parseRow(b); ok {
			require.Equal(t, b, r.append(nil))
		}
	})
}

// FuzzTexts opens a vault with whatever bytes there are for texts. Opening must end, in
// a vault that can be used and opened again, or in an error that leaves everything as
// it was. With mend, checksums are put right, so that what lies behind them is reached
// too.
func FuzzTexts(f *testing.F) {
	m := written(f, ofAnna, inCommon, ofNobody)
	whole := m.vault.names[textsName].data
	for _, mend := range []bool{false, true} {
		f.Add(whole, mend)
		f.Add(whole[:len(whole)-5], mend)
		f.Add(whole[:headerSize], mend)
		f.Add([]byte("no vault"), mend)
	}
	f.Fuzz(func(t *testing.T, b []byte, mend bool) {
		m := m.survivors(loseNone, nil).unsure()
		if mend {
			b = mended(ID(whole[20:36]), b)
		}
		b = bytes.Clone(b)
		m.vault.names[textsName].data, m.vault.names[textsName].synced = b, bytes.Clone(b)
		before := m.vault.contents()
		v, _, err := m.open()
		if err != nil {
			require.Equal(t, before, m.vault.contents())
			return
		}
		for c := range v.shelf.index {
			if p, err := v.Get(ctx, c); err == nil {
				require.NoError(t, p.Check(c))
			}
		}
		require.NoError(t, v.Put(ctx, []ledger.Part{oneMore}))
		_, err = v.Erase(ctx, "anna", "dan")
		require.NoError(t, err)
		require.NoError(t, v.Close())
		v, _, err = m.open()
		require.NoError(t, err)
		require.Zero(t, v.Repaired())
		_, err = v.Get(ctx, oneMore.Commitment())
		require.ErrorIs(t, err, ledger.ErrErased)
	})
}

// mended returns bytes with a right header and right checksums, as far as they can be
// taken for frames.
func mended(id ID, b []byte) []byte {
	all := header(id)
	if len(b) > headerSize {
		all = append(all, b[headerSize:]...)
	}
	j := newJournal(nil, id)
	for rest := all[headerSize:]; ; {
		n, m, ok := lengths(rest)
		if !ok || frameHead+n > len(rest) {
			return all
		}
		binary.BigEndian.PutUint32(rest, checksum(j.seed, rest[4:frameHead+n]))
		rest = rest[min(frameHead+n+m, len(rest)):]
	}
}
