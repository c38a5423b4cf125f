package hostile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/tiles"
	"github.com/sayround/sayround/ledger/witness"
)

// wanted are the errors that a case may ask for, by name.
var wanted = map[string]error{
	"ledger.ErrBadCheckpoint": ledger.ErrBadCheckpoint,
	"ledger.ErrBadReceipt":    ledger.ErrBadReceipt,
	"ledger.ErrBadPolicy":     ledger.ErrBadPolicy,
	"ledger.ErrBadKey":        ledger.ErrBadKey,
	"ledger.ErrBadCommitment": ledger.ErrBadCommitment,
	"ledger.ErrSignature":     ledger.ErrSignature,
	"ledger.ErrOrigin":        ledger.ErrOrigin,
	"ledger.ErrWitnesses":     ledger.ErrWitnesses,
	"ledger.ErrProof":         ledger.ErrProof,
	"ledger.ErrNoEntry":       ledger.ErrNoEntry,
	"ledger.ErrGrowth":        ledger.ErrGrowth,
	"ledger.ErrTooLarge":      ledger.ErrTooLarge,
	"ledger.ErrOtherRoot":     ledger.ErrOtherRoot,
	"ledger.ErrCorrupt":       ledger.ErrCorrupt,
	"ledger.ErrNotLedger":     ledger.ErrNotLedger,
	"ledger.ErrNewerFormat":   ledger.ErrNewerFormat,
	"ledger.ErrShort":         ledger.ErrShort,
	"tiles.ErrTile":           tiles.ErrTile,
	"consent.ErrNewer":        consent.ErrNewer,
	"consent.ErrNotCanonical": consent.ErrNotCanonical,
	"consent.ErrSenseless":    consent.ErrSenseless,
	"witness: 400":            errStatus(http.StatusBadRequest),
	"witness: 403":            errStatus(http.StatusForbidden),
	"witness: 404":            errStatus(http.StatusNotFound),
	"witness: 409":            errStatus(http.StatusConflict),
	"witness: 422":            errStatus(http.StatusUnprocessableEntity),
}

// errStatus is the no of a witness with this number.
type errStatus int

func (e errStatus) Error() string { return fmt.Sprintf("witness: %d", int(e)) }

// doors are where others knock.
var doors = map[string]func(t *testing.T, h hostile) error{
	"checkpoint": func(_ *testing.T, h hostile) error {
		_, _, err := trusted.Open(h.files["checkpoint"])
		return err
	},
	"policy": func(_ *testing.T, h hostile) error {
		_, err := ledger.ParsePolicy(string(h.files["policy"]))
		return err
	},
	"key": func(_ *testing.T, h hostile) error {
		_, err := ledger.NewVerifier(string(h.files["key"]))
		return err
	},
	"receipt": func(_ *testing.T, h hostile) error {
		r, err := ledger.ParseReceipt(h.files["receipt"])
		if err == nil {
			_, _, err = r.Check(trusted, nil)
		}
		return err
	},
	"change of keys": func(_ *testing.T, h hostile) error {
		_, err := ledger.FollowKey(h.files["change"], trusted.Ledgers...)
		return err
	},
	"refusal": func(_ *testing.T, h hostile) error {
		_, err := ledger.OpenRefused(h.files["refusal"], trusted.Ledgers...)
		return err
	},
	"growth":    func(t *testing.T, h hostile) error { return knockGrowth(t, h) },
	"inclusion": func(t *testing.T, h hostile) error { return knockInclusion(t, h) },
	"request":   func(t *testing.T, h hostile) error { return knockWitness(t, h) },
	"export":    func(_ *testing.T, h hostile) error { return knockExport(h) },
	"entry": func(_ *testing.T, h hostile) error {
		_, err := consent.DecodeEntry(h.files["entry"], 1)
		return err
	},
	"ledger": func(t *testing.T, h hostile) error { return knockLedger(t, h) },
}

// tree reads a size and a root, as the second and third line of a checkpoint.
func tree(t *testing.T, b []byte) (uint64, tlog.Hash) {
	lines := strings.Split(string(b), "\n")
	size, err := strconv.ParseUint(lines[0], 10, 64)
	require.NoError(t, err)
	root, err := tlog.ParseHash(lines[1])
	require.NoError(t, err)
	return size, root
}

// proof reads hashes, one a line.
func proof(t *testing.T, b []byte) (p ledger.Proof) {
	for line := range strings.Lines(string(b)) {
		h, err := tlog.ParseHash(strings.TrimSpace(line))
		require.NoError(t, err)
		p = append(p, h)
	}
	return p
}

func knockGrowth(t *testing.T, h hostile) error {
	old, oldRoot := tree(t, h.files["old"])
	size, root := tree(t, h.files["new"])
	return ledger.CheckGrowth(proof(t, h.files["proof"]), old, oldRoot, size, root)
}

func knockInclusion(t *testing.T, h hostile) error {
	size, root := tree(t, h.files["tree"])
	index, err := strconv.ParseUint(string(h.files["index"]), 10, 64)
	require.NoError(t, err)
	return ledger.Check(proof(t, h.files["proof"]), size, index, root, ledger.LeafHash(h.files["entry"]))
}

// knockWitness posts a request to a witness that has seen another one before.
func knockWitness(t *testing.T, h hostile) error {
	ctx := context.Background()
	key, err := ledger.NewCosigner(secretOf("witness.example/w"), func() time.Time { return noon })
	require.NoError(t, err)
	w, err := witness.New(ctx, key, witness.Ledger{Keys: trusted.Ledgers, Last: new(ledger.Memory)})
	require.NoError(t, err)
	_, err = w.Add(ctx, h.files["seen"])
	require.NoError(t, err)
	_, err = w.Add(ctx, h.files["request"])
	var no *witness.Refusal
	if errors.As(err, &no) {
		return errStatus(no.Status)
	}
	return err
}

func knockExport(h hostile) error {
	export := fstest.MapFS{}
	for name, b := range h.files {
		export[name] = &fstest.MapFile{Data: b}
	}
	_, _, err := tiles.Verify(context.Background(), export, trusted)
	if err == nil {
		return nil
	}
	var to ledger.Memory
	if _, again := tiles.Import(context.Background(), export, trusted, &to); again == nil {
		return errors.New("it was taken in though it does not verify")
	}
	return err
}

// knockLedger opens a ledger in a folder, lets the engine read it, and asks for all
// that was said. The ledger itself is held to what was signed, where that is there.
func knockLedger(t *testing.T, h hostile) error {
	ctx, dir := context.Background(), t.TempDir()
	for name, b := range h.files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
	}
	store, err := filestore.OpenReadOnly(dir)
	if err != nil {
		return err
	}
	defer store.Close()
	var entries [][]byte
	for entry, err := range store.Read(ctx, 0) {
		if err != nil {
			return err
		}
		entries = append(entries, bytes.Clone(entry))
	}
	if signed, err := store.LastSigned(ctx); err != nil {
		return err
	} else if signed != nil {
		c, _, err := trusted.Open(signed)
		if err == nil {
			err = ledger.Verify(ctx, store, c.Size, c.Root)
		}
		if err != nil {
			return err
		}
	}
	if _, err := consent.Open(ctx, consent.Config{Store: store, Vault: store}); err != nil {
		return err
	}
	return said(ctx, store, entries)
}

// said asks for all parts that entries bind.
func said(ctx context.Context, vault ledger.Vault, entries [][]byte) error {
	for pos, b := range entries {
		e, err := consent.DecodeEntry(b, uint64(pos))
		if err != nil {
			return err
		}
		for _, part := range e.Parts {
			c, err := ledger.ParseCommitment(part.Commitment)
			if err != nil {
				return err
			}
			if _, err := vault.Get(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// TestHostileCorpus knocks with every case, and wants the error that it must get.
// The original of each kind is let in: otherwise nothing would be shown.
func TestHostileCorpus(t *testing.T) {
	list := corpus(t)
	refused, let := 0, map[string]bool{}
	for _, h := range list {
		t.Run(h.name, func(t *testing.T) {
			knock := doors[h.of]
			require.NotNil(t, knock, "there is no door %q", h.of)
			err := knock(t, h)
			if h.wants == "nothing" {
				require.NoError(t, err, h.says)
				let[h.of] = true
				return
			}
			want := wanted[h.wants]
			require.NotNil(t, want, "no error is called %q", h.wants)
			require.ErrorIs(t, err, want, h.says)
			refused++
		})
	}
	require.GreaterOrEqual(t, refused, 120)
	for of := range doors {
		require.True(t, let[of], "no %s is let in", of)
	}
}
