package escrow_test

import (
	"archive/tar"
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/ledger/vault/escrow"
)

var ctx = context.Background()

// A place is where a vault and its keeper are.
type place struct{ dir, keeper string }

func newPlace(t *testing.T) place {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "vault"), 0o700))
	return place{filepath.Join(dir, "vault"), filepath.Join(dir, "keeper")}
}

// open opens the vault of a place.
func (p place) open(t *testing.T) (*vault.Vault, error) {
	t.Helper()
	k, err := vault.OpenKeeper(p.keeper)
	require.NoError(t, err)
	return vault.Open(ctx, p.dir, vault.Config{Keeper: k, Origin: "example.org/coop"})
}

// written founds a vault in which one thing is said.
func written(t *testing.T) place {
	t.Helper()
	p := newPlace(t)
	v, err := p.open(t)
	require.NoError(t, err)
	require.NoError(t, v.Put(ctx, []ledger.Part{said}))
	require.NoError(t, v.Close())
	return p
}

var said = ledger.Part{Of: "c", No: 1, Kind: "reason", About: []string{"anna"}, Salt: [32]byte{1}, Content: []byte("Nobody is left to bake.")}

// texts copies the texts, as a backup without keys has them.
func (p place) texts(t *testing.T, to place) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(p.dir, "texts"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(to.dir, "texts"), b, 0o600))
}

func trustee(t *testing.T) *age.HybridIdentity {
	t.Helper()
	id, err := age.GenerateHybridIdentity()
	require.NoError(t, err)
	return id
}

// TestRestore: what is lost, any of the trustees brings back, and nobody else. The
// sealed copy holds no byte of a key in clear.
func TestRestore(t *testing.T) {
	p, ana, bo := written(t), trustee(t), trustee(t)
	var sealed bytes.Buffer
	require.NoError(t, escrow.Seal(&sealed, p.dir, p.keeper, ana.Recipient(), bo.Recipient()))
	kept, err := os.ReadFile(p.keeper)
	require.NoError(t, err)
	require.NotContains(t, sealed.String(), string(kept[44:76]))
	for _, with := range []*age.HybridIdentity{ana, bo} {
		to := newPlace(t)
		p.texts(t, to)
		require.NoError(t, escrow.Restore(bytes.NewReader(sealed.Bytes()), to.dir, to.keeper, with))
		v, err := to.open(t)
		require.NoError(t, err)
		got, err := v.Get(ctx, said.Commitment())
		require.NoError(t, err)
		require.True(t, got.Equal(said))
		require.NoError(t, v.Rotate(ctx))
		require.NoError(t, v.Close())
	}
	to := newPlace(t)
	require.Error(t, escrow.Restore(bytes.NewReader(sealed.Bytes()), to.dir, to.keeper, trustee(t)))
	require.NoFileExists(t, to.keeper)
}

// TestRestoreReplacesNothing: a key that is there is worth more than one that was.
func TestRestoreReplacesNothing(t *testing.T) {
	p, ana, bo := written(t), trustee(t), trustee(t)
	var sealed bytes.Buffer
	require.NoError(t, escrow.Seal(&sealed, p.dir, p.keeper, ana.Recipient(), bo.Recipient()))
	for _, there := range []func(p place) string{
		func(p place) string { return p.keeper },
		func(p place) string { return filepath.Join(p.dir, "keys") },
	} {
		to := newPlace(t)
		require.NoError(t, os.WriteFile(there(to), []byte("mine"), 0o600))
		require.ErrorIs(t, escrow.Restore(bytes.NewReader(sealed.Bytes()), to.dir, to.keeper, ana), fs.ErrExist)
		b, err := os.ReadFile(there(to))
		require.NoError(t, err)
		require.Equal(t, "mine", string(b))
	}
}

// TestRefusals: too few trustees, nothing to seal, and what was not sealed by Seal.
func TestRefusals(t *testing.T) {
	p, ana, bo := written(t), trustee(t), trustee(t)
	var sealed bytes.Buffer
	require.ErrorIs(t, escrow.Seal(&sealed, p.dir, p.keeper, ana.Recipient()), escrow.ErrTrustees)
	require.ErrorIs(t, escrow.Seal(&sealed, p.dir, p.keeper+"x", ana.Recipient(), bo.Recipient()), fs.ErrNotExist)
	require.ErrorIs(t, escrow.Seal(&sealed, p.dir+"x", p.keeper, ana.Recipient(), bo.Recipient()), fs.ErrNotExist)
	require.Zero(t, sealed.Len())

	require.NoError(t, escrow.Seal(&sealed, p.dir, p.keeper, ana.Recipient(), bo.Recipient()))
	to := newPlace(t)
	for cut := 0; cut < sealed.Len(); cut += 97 {
		require.Error(t, escrow.Restore(bytes.NewReader(sealed.Bytes()[:cut]), to.dir, to.keeper, ana), "cut off after %d bytes", cut)
	}
	for name, files := range map[string][]string{
		"only one":      {"keeper"},
		"one too many":  {"keeper", "keys", "texts"},
		"one twice":     {"keeper", "keys", "keys"},
		"another place": {"keeper", "../keys"},
	} {
		require.ErrorIs(t, escrow.Restore(archive(t, ana, files...), to.dir, to.keeper, ana), escrow.ErrForm, name)
	}
	require.NoFileExists(t, to.keeper)
	require.NoFileExists(t, filepath.Join(to.dir, "keys"))
}

// archive seals files with one byte in each.
func archive(t *testing.T, to *age.HybridIdentity, names ...string) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to.Recipient())
	require.NoError(t, err)
	a := tar.NewWriter(w)
	for _, name := range names {
		require.NoError(t, a.WriteHeader(&tar.Header{Name: name, Size: 1}))
		_, err := a.Write([]byte{1})
		require.NoError(t, err)
	}
	require.NoError(t, a.Close())
	require.NoError(t, w.Close())
	return &b
}

// TestSealWhileRotating: while keys are rotated again and again, what is sealed is a
// keeper with keys that it opens.
func TestSealWhileRotating(t *testing.T) {
	p, ana, bo := written(t), trustee(t), trustee(t)
	v, err := p.open(t)
	require.NoError(t, err)
	stop := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for range 200 {
			select {
			case <-stop:
				return
			default:
				if v.Rotate(ctx) != nil {
					return
				}
			}
		}
	})
	for range 10 {
		var sealed bytes.Buffer
		err := escrow.Seal(&sealed, p.dir, p.keeper, ana.Recipient(), bo.Recipient())
		if err != nil {
			require.ErrorIs(t, err, escrow.ErrMoving)
			continue
		}
		to := newPlace(t)
		p.texts(t, to)
		require.NoError(t, escrow.Restore(&sealed, to.dir, to.keeper, bo))
		copied, err := to.open(t)
		require.NoError(t, err)
		require.NoError(t, copied.Close())
	}
	close(stop)
	wait.Wait()
	require.NoError(t, v.Close())
}
