package upgrade_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/tiles"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// origin is the name of the ledgers.
const origin = "upgrade.example/ledger"

var recordAs = flag.String("record", "", "leave a deposit of today's forms in testdata, under this name")

func sum(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

// TestDeposits: C1, each deposit opens, verifies, comes to what it came to, and goes on.
func TestDeposits(t *testing.T) {
	if *recordAs != "" {
		record(t, filepath.Join("testdata", *recordAs))
	}
	dirs, err := filepath.Glob(filepath.Join("testdata", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) { (&deposit{t: t, dir: copied(t, dir)}).opens() })
	}
}

// copied copies a deposit: opening one may change it.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "deposit")
	require.NoError(t, os.CopyFS(to, os.DirFS(dir)))
	return to
}

// A deposit is one that is looked at.
type deposit struct {
	t       *testing.T
	dir     string
	trusted ledger.Policy
	key     note.Signer
	want    coming
}

func (d *deposit) read(name string) []byte {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, name))
	require.NoError(d.t, err)
	return b
}

func (d *deposit) opens() {
	verifier, err := ledger.NewVerifier(strings.TrimSpace(string(d.read("vkey"))))
	require.NoError(d.t, err)
	d.trusted = ledger.Policy{Ledgers: []note.Verifier{verifier}}
	d.key, err = ledger.NewSigner(strings.TrimSpace(string(d.read("secret"))))
	require.NoError(d.t, err)
	require.NoError(d.t, json.Unmarshal(d.read("came.json"), &d.want))

	d.isRead()
	d.isShown(verifier)
	h := open(d.t, d.dir, nil)
	require.Zero(d.t, h.store.Repaired())
	require.Zero(d.t, h.vault.Repaired())
	require.Equal(d.t, d.want, h.came(), "C1: the old deposit comes to something else")
	h.knows(d.guests())
	d.goesOn(h)
}

// isRead: who may only read finds the same tree.
func (d *deposit) isRead() {
	s, err := filestore.OpenReadOnly(filepath.Join(d.dir, "ledger"))
	require.NoError(d.t, err)
	var tree ledger.Tree
	for entry, err := range s.Read(d.t.Context(), 0) {
		require.NoError(d.t, err)
		tree.Append(entry)
	}
	require.Equal(d.t, d.want.Root, tree.Root().String())
	require.NoError(d.t, s.Close())
}

// isShown: what others were given still holds: export, receipts, a refusal.
func (d *deposit) isShown(key note.Verifier) {
	export := os.DirFS(filepath.Join(d.dir, "export"))
	c, _, err := tiles.Verify(d.t.Context(), export, d.trusted)
	require.NoError(d.t, err)
	require.Equal(d.t, d.want.Root, c.Root.String())
	var taken ledger.Memory
	_, err = tiles.Import(d.t.Context(), export, d.trusted, &taken)
	require.NoError(d.t, err)
	require.NoError(d.t, ledger.Verify(d.t.Context(), &taken, c.Size, c.Root))

	receipts, err := filepath.Glob(filepath.Join(d.dir, "*.tlog-proof"))
	require.NoError(d.t, err)
	require.NotEmpty(d.t, receipts)
	for _, name := range receipts {
		r, err := ledger.ParseReceipt(d.read(filepath.Base(name)))
		require.NoError(d.t, err)
		of, _, err := r.Check(d.trusted, nil)
		require.NoError(d.t, err)
		require.Equal(d.t, c, of)
		require.Equal(d.t, d.read(filepath.Base(name)), r.Text())
	}
	no, err := ledger.OpenRefused(d.read("refused"), key)
	require.NoError(d.t, err)
	require.Equal(d.t, d.want.Size, no.Size)
}

// goesOn: the deposit is one that people go on with.
func (d *deposit) goesOn(h *host) {
	require.Equal(d.t, d.read("export/checkpoint"), h.signed(d.key), "what was signed is shown again as it was")
	h.now = day.AddDate(0, 0, 1)
	h.do("cia", proposal.OpenNeed{ID: "salt", Circle: "den", Text: circle.Say("We run out of salt")})
	h.signed(d.key)
	proof, err := h.engine.Prove(d.t.Context(), 0)
	require.NoError(d.t, err)
	require.NotEmpty(d.t, proof)
	_, err = h.engine.Erase(d.t.Context(), circle.Actor{By: "cia"}, consent.Erasure{Person: "cia", Ground: consent.GroundRequest})
	require.NoError(d.t, err)
	require.NoError(d.t, h.vault.Rotate(d.t.Context()))
	before := h.came()
	require.Greater(d.t, before.Erased, d.want.Erased)
	h.close()
	h = open(d.t, d.dir, nil)
	require.Equal(d.t, before, h.came())
	h.knows(d.guests())
	h.close()
}

// guests are those who were given ids; in the first deposits nobody was.
func (d *deposit) guests() (list []guest) {
	b, err := os.ReadFile(filepath.Join(d.dir, "guests.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	require.NoError(d.t, err)
	require.NoError(d.t, json.Unmarshal(b, &list))
	require.NotEmpty(d.t, list)
	return list
}

// TestNewerIsRefused: C2, what a later version may write is refused, and nothing on the
// disk is changed; what is never truth is left aside.
func TestNewerIsRefused(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join("testdata", "*"))
	require.NoError(t, err)
	store := func(dir string) error {
		s, err := filestore.Open(filepath.Join(dir, "ledger"))
		if err == nil {
			err = s.Close()
		}
		return err
	}
	words := func(dir string) error {
		keeper, err := vault.OpenKeeper(filepath.Join(dir, "keeper"))
		if err != nil {
			return err
		}
		v, err := vault.Open(t.Context(), filepath.Join(dir, "ledger", "vault"), vault.Config{Keeper: keeper, Origin: origin})
		if err == nil {
			err = v.Close()
		}
		return err
	}
	for name, c := range map[string]struct {
		open func(dir string) error
		want error
	}{
		"ledger/entries":     {store, ledger.ErrNewerFormat},
		"ledger/parts":       {store, ledger.ErrNewerFormat},
		"ledger/hashes":      {store, nil},
		"ledger/vault/texts": {words, ledger.ErrNewerFormat},
		"ledger/vault/keys":  {words, ledger.ErrNewerFormat},
		"keeper":             {words, ledger.ErrNewerFormat},
	} {
		for _, dir := range dirs {
			dir = copied(t, dir)
			file := filepath.Join(dir, filepath.FromSlash(name))
			b, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, byte(1), b[19], "%s: the version stands in bytes 16 to 19", name)
			b[19] = 2
			require.NoError(t, os.WriteFile(file, b, 0o600))
			if err = c.open(dir); c.want == nil {
				require.NoError(t, err, name)
				continue
			}
			require.ErrorIs(t, err, c.want, name)
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, b, after)
		}
	}
}

// TestNewerEntryIsRefused: C2, an entry of another form, or with an event that nobody
// knows yet, is refused with all that follows; the tree over it still verifies.
func TestNewerEntryIsRefused(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join("testdata", "*"))
	require.NoError(t, err)
	for _, dir := range dirs {
		for _, newer := range []struct{ from, to string }{
			{`"v":1}`, `"v":2}`},
			{`"type":"proposal.need-opened"`, `"type":"proposal.need-sung"`},
			{`"type":"proposal.need-opened","v":1`, `"type":"proposal.need-opened","v":2`},
		} {
			store := &ledger.Memory{}
			s, err := filestore.OpenReadOnly(filepath.Join(dir, "ledger"))
			require.NoError(t, err)
			last := []byte(nil)
			for entry, err := range s.Read(t.Context(), 0) {
				require.NoError(t, err)
				last = append(last[:0], entry...)
			}
			require.NoError(t, s.Close())
			require.Contains(t, string(last), newer.from)
			at := strings.LastIndex(string(last), newer.from)
			entry := string(last[:at]) + newer.to + string(last[at+len(newer.from):])
			require.NoError(t, store.Append(t.Context(), 0, [][]byte{[]byte(entry)}))
			_, err = consent.Open(t.Context(), consent.Config{Store: store})
			require.ErrorIs(t, err, consent.ErrNewer, "%s", entry)
			var tree ledger.Tree
			tree.Append([]byte(entry))
			require.NoError(t, ledger.Verify(t.Context(), store, 1, tree.Root()))
		}
	}
}
