package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/tiles"
)

// A signing is a ledger that is open for signing.
type signing struct {
	*filestore.Store
	policy ledger.Policy // that trusts the ledger's own key
	vkey   string
	size   uint64
}

// sign opens a ledger, verifies it, and signs all of it. Whoever signs says that
// they have looked.
func (a asked) sign(ctx context.Context, out io.Writer) (s *signing, signed []byte, err error) {
	if _, err := os.Stat(a.ledger); err != nil {
		return nil, nil, err // nothing is founded by looking
	}
	store, err := filestore.Open(a.ledger)
	var damaged *ledger.CorruptError
	if errors.As(err, &damaged) {
		return nil, nil, &finding{damage(damaged), err}
	}
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, store.Close())
		}
	}()
	if torn := store.Repaired(); torn != (filestore.Repair{}) {
		fmt.Fprintf(out, "A write that was cut short was taken off the end: %d bytes of entries, %d bytes of words. Nobody was ever told that it was there.\n", torn.EntryBytes, torn.PartBytes)
	}
	read, err := read(ctx, store)
	if err != nil {
		return nil, nil, err
	}
	s = &signing{Store: store, size: read.tree.Size()}
	if signed, err = s.signedElsewhere(ctx, a); signed != nil || err != nil {
		return s, signed, err
	}
	secret, err := s.ownKey(ctx, out, a)
	if err != nil {
		return nil, nil, err
	}
	signer, err := ledger.NewSignerOf(secret.Name(), store, nil, secret)
	if err != nil {
		return nil, nil, err
	}
	signed, err = signer.SignStore(ctx, store, s.size)
	var fork *ledger.ForkError
	if errors.As(err, &fork) {
		return nil, nil, &finding{fmt.Sprintf("it was signed before, and is no longer what was signed. %s", firstUpper(strings.TrimPrefix(fork.Error(), "ledger: ")+".")), err}
	}
	return s, signed, err
}

func firstUpper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// vkeyName is the file with the verifier key of a ledger that was taken in.
const vkeyName = "vkey"

// signedElsewhere returns the checkpoint with which a ledger was taken in, as long as
// it is all that there is. Who has no key of a ledger can still pass it on.
func (s *signing) signedElsewhere(ctx context.Context, a asked) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(a.ledger, vkeyName))
	if errors.Is(err, fs.ErrNotExist) || a.secret != "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := s.trust(strings.TrimSpace(string(b))); err != nil {
		return nil, err
	}
	signed, err := s.LastSigned(ctx)
	if err != nil {
		return nil, err
	}
	c, _, err := s.policy.Open(signed)
	if err != nil {
		return nil, err
	}
	if err := ledger.Verify(ctx, s, c.Size, c.Root); err != nil {
		return nil, &finding{fmt.Sprintf("it is no longer what was signed when it was taken in: %v.", err), err}
	}
	if c.Size != s.size {
		return nil, errors.New("it has grown since it was taken in, and the key that signs for it is not here (-secret FILE)")
	}
	return signed, nil
}

// trust takes the verifier key of the ledger.
func (s *signing) trust(vkey string) error {
	v, err := ledger.NewVerifier(vkey)
	s.vkey, s.policy = vkey, ledger.Policy{Ledgers: []note.Verifier{v}}
	return err
}

// ownKey reads the key that signs, or makes one.
func (s *signing) ownKey(ctx context.Context, out io.Writer, a asked) (note.Signer, error) {
	file := a.secret
	if file == "" {
		file = filepath.Join(a.ledger, "secret")
	}
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if b, err = makeKey(ctx, file, a.origin, s); err == nil {
			fmt.Fprintf(out, "A key was made for this ledger, in %s. Whoever has that file can sign in its name: keep it where others cannot read it.\n", file)
		}
	}
	if err != nil {
		return nil, err
	}
	secret, vkey, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	if err := s.trust(vkey); err != nil {
		return nil, err
	}
	return ledger.NewSigner(secret)
}

// makeKey makes a key. A ledger without a name gets one that follows from its first
// entry, so that two ledgers do not have the same.
func makeKey(ctx context.Context, file, origin string, store ledger.Store) ([]byte, error) {
	if origin == "" {
		for entry, err := range store.Read(ctx, 0) {
			if err != nil {
				return nil, err
			}
			first := ledger.LeafHash(entry)
			origin = "sayround.example/" + base64.RawURLEncoding.EncodeToString(first[:9])
			break
		}
	}
	if origin == "" {
		return nil, errors.New("a ledger without entries is not signed")
	}
	secret, vkey, err := ledger.NewKey(origin, nil)
	if err != nil {
		return nil, err
	}
	b := []byte(secret + "\n" + vkey + "\n")
	return b, os.WriteFile(file, b, 0o600)
}

// exportTo signs a ledger and writes it for others.
func (a asked) exportTo(ctx context.Context, out io.Writer) error {
	s, signed, err := a.sign(ctx, out)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.export(ctx, signed, a.export); err != nil {
		return err
	}
	fmt.Fprintf(out, "Signed and written to %s: %s.\n  checkpoint  what was signed; let members keep it\n  vkey        the key by which they check it: %s\n  tile/       the entries and their tree; no words of anybody are in it\n", a.export, number(s.size, "entry", "entries"), s.vkey)
	if !a.receipts {
		return nil
	}
	if err := s.receipts(ctx, signed, filepath.Join(a.export, "receipts")); err != nil {
		return err
	}
	fmt.Fprintln(out, "  receipts/   for each entry a text that shows, without anything else, that it is in the ledger")
	return nil
}

// export writes the files, verified as whoever gets them will verify them.
func (s *signing) export(ctx context.Context, signed []byte, dir string) error {
	if err := tiles.Export(ctx, s, signed, s.policy, dir); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "vkey"), []byte(s.vkey+"\n"), 0o644); err != nil {
		return err
	}
	_, _, err := tiles.Verify(ctx, os.DirFS(dir), s.policy)
	return err
}

// receipts writes a receipt for each entry. All hashes of the tree are held for it:
// to read the ledger anew for each of many entries would take too long.
func (s *signing) receipts(ctx context.Context, signed []byte, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var hashes []tlog.Hash
	held := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(at))
		for i, x := range at {
			list[i] = hashes[x]
		}
		return list, nil
	})
	var entries [][]byte
	for entry, err := range s.Read(ctx, 0) {
		if err != nil {
			return err
		}
		more, err := tlog.StoredHashes(int64(len(entries)), entry, held)
		if err != nil {
			return err
		}
		hashes, entries = append(hashes, more...), append(entries, bytes.Clone(entry))
	}
	for at, entry := range entries {
		proof, err := tlog.ProveRecord(int64(len(entries)), int64(at), held)
		if err != nil {
			return err
		}
		r := ledger.Receipt{Entry: entry, Index: uint64(at), Proof: ledger.Proof(proof), Checkpoint: signed}
		if _, _, err := r.Check(s.policy, nil); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.tlog-proof", at)), r.Text(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// importFrom makes a ledger from an export, which it verifies first.
func (a asked) importFrom(ctx context.Context, out io.Writer) error {
	policy, trusted, err := a.policy()
	if err != nil {
		return err
	}
	if !trusted {
		a.key = filepath.Join(a.imports, "vkey")
		if policy, _, err = a.policy(); err != nil {
			return err
		}
		fmt.Fprintln(out, "The key that came with the files is trusted, for none was named (-key VKEY): they are whole, and who signed them is their own word.")
	}
	if _, _, err := tiles.Verify(ctx, os.DirFS(a.imports), policy); err != nil {
		return unbelieved(err) // before a folder is made for it
	}
	store, err := filestore.Open(a.ledger)
	if err != nil {
		return err
	}
	defer store.Close()
	c, err := tiles.Import(ctx, os.DirFS(a.imports), policy, store)
	if err != nil {
		return unbelieved(err)
	}
	read, err := read(ctx, store)
	if err != nil {
		return err
	}
	if err := a.keepSigned(ctx, store); err != nil {
		return err
	}
	fmt.Fprintf(out, "Verified and taken in from %s, %s: %s\n", c.Origin, a.imports, read)
	fmt.Fprintln(out, "What people said is not among the files, and so not in this ledger. All decisions are.")
	return nil
}

// keepSigned keeps the checkpoint of the files with the ledger, and the key.
func (a asked) keepSigned(ctx context.Context, store *filestore.Store) error {
	signed, err := os.ReadFile(filepath.Join(a.imports, "checkpoint"))
	if err != nil {
		return err
	}
	old, err := store.LastSigned(ctx)
	if err != nil {
		return err
	}
	if err := store.KeepSigned(ctx, old, signed); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(a.ledger, vkeyName), []byte(keyText(a.key)+"\n"), 0o600)
}

// unbelieved words why an export is not believed.
func unbelieved(err error) error {
	return &finding{fmt.Sprintf("these files are not what was signed, and nothing of them was taken in: %v.", err), err}
}

// leavesOf reads the leaf hashes of an export, nil where they are not there.
func leavesOf(dir string, size uint64) []tlog.Hash {
	leaves, err := tiles.Leaves(os.DirFS(dir), size)
	if err != nil {
		return nil
	}
	return leaves
}

// fsckAt is the tool that checks what we wrote, and that we did not write.
const fsckAt = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4"

// fsckTime is how long it may take: it does not always end when it finds something.
const fsckTime = 2 * time.Minute

// letFsckCheck lets the tool check an export. It ends with 0 also when it has found
// something, so what it says is what counts.
func (a asked) letFsckCheck(ctx context.Context, out io.Writer) error {
	s, signed, err := a.sign(ctx, out)
	if err != nil {
		return err
	}
	defer s.Close()
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := s.export(ctx, signed, dir); err != nil {
		return err
	}
	c, _, err := s.policy.Open(signed)
	if err != nil {
		return err
	}
	said, err := fsck(ctx, dir)
	want := fmt.Sprintf("Successfully fsck'd log with size %d and root %v", c.Size, c.Root)
	if !strings.Contains(said, want) {
		return fmt.Errorf("fsck did not say that it is whole (%w): %s", err, said)
	}
	fmt.Fprintf(out, "fsck of Tessera says so too: %s\n", want)
	return nil
}

// fsck runs the tool: the one that is installed, or else the one that Go gets.
func fsck(ctx context.Context, dir string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, fsckTime)
	defer cancel()
	args := []string{"--ui=false", "-N", "64", "--storage_url=file://" + filepath.ToSlash(dir) + "/", "--public_key=" + filepath.Join(dir, "vkey")}
	cmd := exec.CommandContext(ctx, "fsck.tessera", args...)
	if _, err := exec.LookPath("fsck.tessera"); err != nil {
		cmd = exec.CommandContext(ctx, "go", append([]string{"run", fsckAt}, args...)...)
	}
	b, err := cmd.CombinedOutput()
	return string(b), err
}
