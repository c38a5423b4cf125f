//go:build linux && !race

package hostile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/tiles"
	"github.com/sayround/sayround/ledger/vault"
)

// What a program in this test may take of memory, addresses counted, and how large a file
// is that it must not take in whole. A Go program that does nothing reserves more than one
// GiB of addresses.
const (
	mayTake = 5 << 29
	endless = 3 << 30
)

// mended are the files that are as they were before, once they have been opened: what
// was never acknowledged is taken off the end of some, and the others are derived.
var mended = map[string]bool{
	"ledger/entries": true, "ledger/parts": true, "ledger/mark": true, "ledger/hashes": true, "ledger/snapshot": true,
	"vault/reach": true,
}

// An oversized is one file of a thing that opens, made endless.
type oversized struct {
	file string
	with string // what stands where the file ended, before the hole
}

// TestOversize opens things of which one file is endless, in a program that the kernel
// lets have no more than so much memory (R1, T8). It must come to an end by itself: with
// an error, or with the file as it was before, where nothing but zeros came after.
func TestOversize(t *testing.T) {
	if testing.Short() {
		t.Skip("files of 3 GiB with holes, some of which are read to their end")
	}
	if kind := os.Getenv("OVERSIZE"); kind != "" {
		fmt.Println("came to:", openOversized(kind, os.Getenv("OVERSIZE_DIR")))
		return
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("a limit of memory is set by a shell, and there is none")
	}
	require.NotContains(t, inLittleMemory(t, "memory", ""), "came to:", "the limit is none")
	tried := 0
	for kind, made := range map[string]string{"ledger": madeLedger(t), "export": madeExport(t)} {
		var files []string
		require.NoError(t, filepath.WalkDir(made, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && d.Name() != "lock" {
				files = append(files, strings.TrimPrefix(path, made+string(filepath.Separator)))
			}
			return err
		}))
		for _, file := range files {
			for _, with := range []string{"", strings.Repeat("\xff", 64), "\x00\x00\x00\x01\x7f\xff\xff\xff" + strings.Repeat("\x01", 64)} {
				o := oversized{file, with}
				t.Run(fmt.Sprintf("%s/%s/%d", kind, file, len(with)), func(t *testing.T) {
					dir := filepath.Join(t.TempDir(), "it")
					require.NoError(t, os.CopyFS(dir, os.DirFS(made)))
					o.make(t, dir)
					out := inLittleMemory(t, kind, dir)
					_, came, ended := strings.Cut(out, "came to: ")
					require.True(t, ended, "it did not come to an end by itself: %s", out)
					require.Equal(t, mended[file], strings.HasPrefix(came, "<nil>\n"), came)
				})
				tried++
			}
		}
	}
	require.GreaterOrEqual(t, tried, 30)
}

// make lets a file be endless.
func (o oversized) make(t *testing.T, dir string) {
	f, err := os.OpenFile(filepath.Join(dir, o.file), os.O_RDWR, 0o600)
	require.NoError(t, err)
	_, err = f.Seek(0, io.SeekEnd)
	require.NoError(t, err)
	_, err = f.WriteString(o.with)
	require.NoError(t, err)
	if err := f.Truncate(endless); err != nil {
		t.Skipf("there are no files of that size here: %v", err)
	}
	require.NoError(t, f.Close())
}

// inLittleMemory runs this test in a program of its own, and returns what it wrote.
func inLittleMemory(t *testing.T, kind, dir string) string {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	limit := fmt.Sprintf("ulimit -v %d && exec \"$0\" \"$@\"", mayTake>>10)
	cmd := exec.CommandContext(ctx, "sh", "-c", limit, os.Args[0], "-test.run=^TestOversize$", "-test.v")
	cmd.Env = append(os.Environ(), "OVERSIZE="+kind, "OVERSIZE_DIR="+dir)
	out, _ := cmd.CombinedOutput()
	require.NoError(t, ctx.Err(), "it never ends")
	return string(out)
}

// madeLedger is a ledger in a folder, with an encrypted vault, a snapshot, a signed
// checkpoint and its tree.
func madeLedger(t *testing.T) string {
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "made")
	engine, store, v, err := openAll(ctx, dir)
	require.NoError(t, err)
	_, err = engine.Do(ctx, circle.Actor{By: "ana"}, circle.Found{ID: "bakery", Aim: circle.Say("Bread"), Members: []circle.PersonID{"ana", "ben", "cia"}})
	require.NoError(t, err)
	size, err := engine.Snapshot(ctx)
	require.NoError(t, err)
	_, err = store.Hashes(ctx, size, []int64{0})
	require.NoError(t, err)
	require.NoError(t, store.KeepSigned(ctx, nil, []byte("a checkpoint")))
	require.NoError(t, store.Put(ctx, []ledger.Part{{Of: "c1", No: 1, Kind: "reason", Content: []byte("beside")}}))
	require.NoError(t, errors.Join(v.Close(), store.Close()))
	return dir
}

func madeExport(t *testing.T) string {
	w, dir := newWorld(t), filepath.Join(t.TempDir(), "export")
	require.NoError(t, tiles.Export(context.Background(), w.store, w.signed(w.entries, origin), trusted, dir))
	return dir
}

// openAll opens what madeLedger made, or makes it.
func openAll(ctx context.Context, dir string) (*consent.Engine, *filestore.Store, *vault.Vault, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, nil, err
	}
	keeper, err := vault.OpenKeeper(filepath.Join(dir, "keeper"))
	if err != nil {
		return nil, nil, nil, err
	}
	v, err := vault.Open(ctx, filepath.Join(dir, "vault"), vault.Config{Keeper: keeper, Origin: origin})
	if err != nil {
		return nil, nil, nil, err
	}
	store, err := filestore.Open(filepath.Join(dir, "ledger"))
	if err != nil {
		return nil, nil, nil, errors.Join(err, v.Close())
	}
	engine, err := consent.Open(ctx, consent.Config{Store: store, Vault: v, Snapshots: store})
	return engine, store, v, err
}

// openOversized opens and reads all that there is.
func openOversized(kind, dir string) error {
	ctx := context.Background()
	switch kind {
	case "memory":
		return errors.New(string(bytes.Repeat([]byte("much"), endless/4))[:4])
	case "export":
		export := os.DirFS(dir)
		_, _, err := tiles.Verify(ctx, export, trusted)
		return err
	}
	engine, store, v, err := openAll(ctx, dir)
	if err != nil {
		return err
	}
	defer store.Close()
	defer v.Close()
	if _, err := engine.Verify(ctx); err != nil {
		return err
	}
	if _, err := store.LastSigned(ctx); err != nil {
		return err
	}
	entries := slices.Collect(func(yield func([]byte) bool) {
		for entry, failed := range store.Read(ctx, 0) {
			if err = failed; err != nil || !yield(bytes.Clone(entry)) {
				return
			}
		}
	})
	return errors.Join(err, said(ctx, v, entries))
}
