package vault_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
)

// A house is a ledger, its vault and its keeper in one directory, as an operator would
// have them on several disks.
type house struct {
	dir    string
	store  *filestore.Store
	vault  *vault.Vault
	keeper *vault.Keeper
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{dir: t.TempDir()}
	var err error
	h.store, err = filestore.Open(filepath.Join(h.dir, "ledger"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.store.Close()) })
	h.keeper, err = vault.OpenKeeper(filepath.Join(h.dir, "keeper"))
	require.NoError(t, err)
	h.vault = open(t, filepath.Join(h.dir, "vault"), h.keeper)
	return h
}

// says puts a part, and appends an entry that binds it.
func (h *house) says(t *testing.T, p ledger.Part) {
	t.Helper()
	puts(t, h.vault, p)
	size := uint64(0)
	for _, err := range h.store.Read(ctx, 0) {
		require.NoError(t, err)
		size++
	}
	require.NoError(t, h.store.Append(ctx, size, [][]byte{[]byte(`{"c":"` + p.Commitment().String() + `"}`)}))
}

// tree hashes all entries.
func (h *house) tree(t *testing.T) (tree ledger.Tree) {
	t.Helper()
	for e, err := range h.store.Read(ctx, 0) {
		require.NoError(t, err)
		tree.Append(e)
	}
	return tree
}

// holdsNo wants the bytes in no file of the directory.
func holdsNo(t *testing.T, dir, what string, b []byte) {
	t.Helper()
	files := 0
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		require.NotContains(t, string(text), string(b), "%s is in %s", what, entry.Name())
		return err
	}))
	require.GreaterOrEqual(t, files, 6, "there are files to look into")
}

// backup copies the directory of the vault, as a backup does.
func (h *house) backup(t *testing.T) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "backup")
	require.NoError(t, os.CopyFS(to, os.DirFS(filepath.Join(h.dir, "vault"))))
	return to
}

// What is said in these tests; the words and the salts are looked for in all files.
var (
	canary   = part("", "canary-5f1d says that Anna is ill", "id-of-anna")
	together = part("", "canary-77b0 of Anna and Bob", "id-of-anna", "id-of-bob")
	bobs     = part("both", "canary-c3e2 is Bob's", "id-of-bob")
	nobodys  = part("", "canary-10aa, in class year")
)

// TestCanary: what is said is in no file at any time, in clear. After an erasure
// nothing names the person, and after a rotation no copy from before opens. The ledger
// is as it was (P1, P2, P3, P5).
func TestCanary(t *testing.T) {
	h := newHouse(t)
	for _, p := range []ledger.Part{canary, together, bobs, nobodys} {
		h.says(t, p)
	}
	hidden := func() {
		for _, p := range []ledger.Part{canary, together, bobs, nobodys} {
			holdsNo(t, h.dir, "what was said", p.Content[:11])
			holdsNo(t, h.dir, "a salt", p.Salt[:])
		}
	}
	hidden()
	tree := h.tree(t)
	proof, err := ledger.Prove(ctx, h.store, tree.Size(), 0)
	require.NoError(t, err)
	old := h.backup(t)

	_, err = h.vault.Erase(ctx, "id-of-anna")
	require.NoError(t, err)
	hidden()
	holdsNo(t, filepath.Join(h.dir), "the id of her who was erased", []byte("id-of-anna"))

	// Deleting is not erasing: a copy from before still opens with the keeper, until its
	// epoch has ended.
	readable(t, old, h.keeper, canary, together, bobs, nobodys)
	require.NoError(t, h.vault.Rotate(ctx))
	hidden()
	_, err = vault.Open(ctx, old, vault.Config{Keeper: h.keeper, Origin: origin, Classes: classes})
	require.ErrorIs(t, err, vault.ErrNoKey)

	// The texts of that copy with the keys of today: who was not erased can be read,
	// who was cannot.
	mixed := h.backup(t)
	copyFile(t, filepath.Join(old, "texts"), filepath.Join(mixed, "texts"))
	readable(t, mixed, h.keeper, bobs, nobodys)
	closed(t, mixed, h.keeper, canary, together)

	// The same for a part that was erased and not those whom it is about.
	_, err = h.vault.EraseParts(ctx, bobs.Commitment(), nobodys.Commitment())
	require.NoError(t, err)
	mixed = h.backup(t)
	copyFile(t, filepath.Join(old, "texts"), filepath.Join(mixed, "texts"))
	closed(t, mixed, h.keeper, canary, together, bobs, nobodys)

	require.Equal(t, tree, h.tree(t))
	entry := []byte(`{"c":"` + canary.Commitment().String() + `"}`)
	require.NoError(t, ledger.Check(proof, tree.Size(), 0, tree.Root(), ledger.LeafHash(entry)))
}

// readable wants parts to be read in a copy of a vault.
func readable(t *testing.T, dir string, k vault.KeyKeeper, parts ...ledger.Part) {
	t.Helper()
	v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin, Classes: classes})
	require.NoError(t, err)
	for _, p := range parts {
		gets(t, v, p)
	}
	require.NoError(t, v.Close())
}

// closed wants parts not to be read in a copy of a vault, though they are there.
func closed(t *testing.T, dir string, k vault.KeyKeeper, parts ...ledger.Part) {
	t.Helper()
	v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin, Classes: classes})
	require.NoError(t, err)
	for _, p := range parts {
		_, err := v.Get(ctx, p.Commitment())
		require.ErrorIs(t, err, ledger.ErrCorrupt)
	}
	require.NoError(t, v.Close())
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, b, 0o600))
}

// TestKeeperForgets: keys that the keeper has destroyed are not in its file, nor in
// what the file was before.
func TestKeeperForgets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keeper")
	k, err := vault.OpenKeeper(path)
	require.NoError(t, err)
	id := vault.ID{1}
	require.NoError(t, k.Rotate(ctx, id, 1))
	before, err := os.Open(path)
	require.NoError(t, err)
	defer before.Close()
	info, err := before.Stat()
	require.NoError(t, err)
	require.NoError(t, k.Rotate(ctx, id, 2))
	require.NoError(t, k.Destroy(ctx, 2))
	left := make([]byte, info.Size())
	_, err = before.ReadAt(left, 0)
	require.NoError(t, err)
	require.Equal(t, make([]byte, len(left)), left)
	_, err = k.Wrap(ctx, 1, make([]byte, 32))
	require.ErrorIs(t, err, vault.ErrNoKey)
}

// TestKeeper holds the keeper to what every keeper has to keep, in memory and in a
// file, before and after it is opened again.
func TestKeeper(t *testing.T) {
	for _, inFile := range []bool{false, true} {
		k, path := new(vault.Keeper), filepath.Join(t.TempDir(), "keeper")
		again := func() {
			if inFile {
				var err error
				k, err = vault.OpenKeeper(path)
				require.NoError(t, err)
			}
		}
		again()
		mine, another := vault.ID{1}, vault.ID{2}
		_, err := k.Wrap(ctx, 1, make([]byte, 32))
		require.ErrorIs(t, err, vault.ErrNoKey)
		require.NoError(t, k.Rotate(ctx, mine, 1))
		again()
		require.ErrorIs(t, k.Rotate(ctx, another, 2), vault.ErrOtherVault)
		key := []byte("a key has thirty-two bytes in it")
		wrapped, err := k.Wrap(ctx, 1, key)
		require.NoError(t, err)
		require.NotContains(t, string(wrapped), string(key))
		require.NoError(t, k.Rotate(ctx, mine, 1), "a key that is there stays")
		require.NoError(t, k.Rotate(ctx, mine, 2))
		again()
		got, err := k.Unwrap(ctx, 1, wrapped)
		require.NoError(t, err)
		require.Equal(t, key, got)
		_, err = k.Unwrap(ctx, 2, wrapped)
		require.ErrorIs(t, err, vault.ErrNoKey)
		require.NoError(t, k.Destroy(ctx, 2))
		require.NoError(t, k.Destroy(ctx, 2))
		again()
		_, err = k.Unwrap(ctx, 1, wrapped)
		require.ErrorIs(t, err, vault.ErrNoKey)
		_, err = k.Wrap(ctx, 2, key)
		require.NoError(t, err)
	}
}

// TestDamagedKeeper: a keeper of which a byte was changed, or the end is gone, or that is far too large is refused by its name, and
// left as it is; nobody goes on with other keys (D5).
func TestDamagedKeeper(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keeper")
	k, err := vault.OpenKeeper(path)
	require.NoError(t, err)
	require.NoError(t, k.Rotate(ctx, vault.ID{1}, 1))
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	refused := func(b []byte, want ...error) {
		t.Helper()
		require.NoError(t, os.WriteFile(path, b, 0o600))
		k, err := vault.OpenKeeper(path)
		require.True(t, slices.ContainsFunc(want, func(w error) bool { return errors.Is(err, w) }), "%v", err)
		require.ErrorContains(t, err, path)
		require.Nil(t, k)
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, b, after)
	}
	for i := range whole {
		changed := bytes.Clone(whole)
		changed[i] ^= 0x10
		refused(changed, ledger.ErrCorrupt, ledger.ErrNotLedger, ledger.ErrNewerFormat)
		refused(whole[:i], ledger.ErrCorrupt, ledger.ErrNotLedger)
	}
	refused(make([]byte, 2<<20), ledger.ErrTooLarge)
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	_, err = vault.OpenKeeper(path)
	require.NoError(t, err)
	missing := filepath.Join(path, "in a file that is no folder")
	_, err = vault.OpenKeeper(missing)
	require.ErrorContains(t, err, missing)
}

// TestErasureInALargeVault: where what is left takes several writes to copy, each part of it is what it was, before and after the
// vault is opened again (P3).
func TestErasureInALargeVault(t *testing.T) {
	dir, keeper := filepath.Join(t.TempDir(), "vault"), new(vault.Keeper)
	v := open(t, dir, keeper)
	var annas, bens []ledger.Part
	for i := range 20 {
		long := strings.Repeat(fmt.Sprintf("%d words ", i), ledger.MaxPart/12)
		annas, bens = append(annas, part("", "a"+long, "anna")), append(bens, part("", "b"+long, "ben"))
		puts(t, v, annas[i], bens[i])
	}
	_, err := v.Erase(ctx, "anna")
	require.NoError(t, err)
	for range 2 {
		for i := range bens {
			gets(t, v, bens[i])
			_, err := v.Get(ctx, annas[i].Commitment())
			require.ErrorIs(t, err, ledger.ErrErased)
		}
		require.NoError(t, v.Close())
		v = open(t, dir, keeper)
	}
}

// TestDictionary: whoever knows that a text is one of 65,536 cannot tell from the
// commitment which one it is. Whoever has the salt can, so the salt goes with the part
// (P4).
func TestDictionary(t *testing.T) {
	guess := func(i int) []byte { return fmt.Appendf(nil, "I am ill since day %d", i) }
	secret := part("", string(guess(31337)), "anna")
	v := fresh(t)
	puts(t, v, secret)
	c := secret.Commitment()
	attempts := map[string]func(content []byte) [32]byte{
		"the bare hash": func(content []byte) [32]byte { return sha256.Sum256(content) },
		"no salt": func(content []byte) [32]byte {
			b := binary.BigEndian.AppendUint64([]byte("sayround/part/v1\x00"), uint64(len(content)))
			return sha256.Sum256(append(b, content...))
		},
		"a salt of zeros":    func(content []byte) [32]byte { return ledger.Commit([32]byte{}, content) },
		"the commitment":     func(content []byte) [32]byte { return ledger.Commit(c, content) },
		"the salt (control)": func(content []byte) [32]byte { return ledger.Commit(secret.Salt, content) },
	}
	found := map[string]int{}
	for i := range 1 << 16 {
		for what, hash := range attempts {
			if hash(guess(i)) == c {
				found[what] = i
			}
		}
	}
	require.Equal(t, map[string]int{"the salt (control)": 31337}, found)
}
