package tiles_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/tiles"
)

const origin = "care.example/ledger"

// A world is a ledger, who signs it, and who trusts that.
type world struct {
	store  ledger.Memory
	tree   ledger.Tree
	key    note.Signer
	policy ledger.Policy
}

// worldOf makes a ledger of so many entries, of different lengths.
func worldOf(tb testing.TB, n int) *world {
	tb.Helper()
	w := new(world)
	secret, public, err := ledger.NewKey(origin, rand.NewChaCha8(sha256.Sum256([]byte("key"))))
	require.NoError(tb, err)
	w.key, err = ledger.NewSigner(secret)
	require.NoError(tb, err)
	verifier, err := ledger.NewVerifier(public)
	require.NoError(tb, err)
	w.policy = ledger.Policy{Ledgers: []note.Verifier{verifier}}
	for i := range n {
		entry := append(fmt.Appendf(nil, "entry %d ", i), bytes.Repeat([]byte{byte(i)}, i%7)...)
		w.tree.Append(entry)
		require.NoError(tb, w.store.Append(context.Background(), uint64(i), [][]byte{entry}))
	}
	return w
}

// sign signs the tree.
func (w *world) sign(tb testing.TB, tree ledger.Tree) []byte {
	tb.Helper()
	c := ledger.Checkpoint{Origin: origin, Size: tree.Size(), Root: tree.Root()}
	b, err := note.Sign(&note.Note{Text: c.Text()}, w.key)
	require.NoError(tb, err)
	return b
}

// export writes the world to a directory.
func (w *world) export(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "export")
	require.NoError(tb, tiles.Export(context.Background(), &w.store, w.sign(tb, w.tree), w.policy, dir))
	return dir
}

// sizes are those at which another file begins.
var sizes = []int{0, 1, 2, 255, 256, 257, 511, 512, 513, 65537, 65793}

// What is exported verifies, and imported it is the same ledger.
func TestThereAndBack(t *testing.T) {
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			ctx := context.Background()
			w := worldOf(t, n)
			export := os.DirFS(w.export(t))
			c, _, err := tiles.Verify(ctx, export, w.policy)
			require.NoError(t, err)
			require.Equal(t, ledger.Checkpoint{Origin: origin, Size: uint64(n), Root: w.tree.Root()}, c)

			var again ledger.Memory
			c, err = tiles.Import(ctx, export, w.policy, &again)
			require.NoError(t, err)
			require.NoError(t, ledger.Verify(ctx, &again, c.Size, c.Root))
			_, err = tiles.Import(ctx, export, w.policy, &again)
			require.NoError(t, err, "what is there is not appended again")
			require.NoError(t, ledger.Verify(ctx, &again, c.Size, c.Root))
		})
	}
}

// The files are those that C2SP tlog-tiles names for a tree of 70,000 entries.
func TestFiles(t *testing.T) {
	dir := worldOf(t, 70_000).export(t)
	count := map[string]int{}
	partial := map[string]int64{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		name = filepath.ToSlash(name)
		if strings.Contains(name, ".p/") {
			info, err := d.Info()
			require.NoError(t, err)
			partial[name] = info.Size()
			return err
		}
		parts := strings.Split(name, "/")
		count[strings.Join(parts[:min(2, len(parts))], "/")]++
		return nil
	}))
	require.Equal(t, map[string]int{"checkpoint": 1, "tile/entries": 273, "tile/0": 273, "tile/1": 1}, count)
	require.Equal(t, []string{"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"}, slices.Sorted(maps.Keys(partial)))
	require.EqualValues(t, 112*32, partial["tile/0/273.p/112"])
}

// The tiles are those that the Go checksum database would make, which names their
// height and has no other way to keep leaves.
func TestTilesAreThoseOfTlog(t *testing.T) {
	const size = 700
	w := worldOf(t, size)
	dir := w.export(t)
	var hashes []tlog.Hash
	at := int64(0)
	for entry, err := range w.store.Read(context.Background(), 0) {
		require.NoError(t, err)
		more, err := tlog.StoredHashes(at, entry, tlog.HashReaderFunc(func(of []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(of))
			for i, x := range of {
				out[i] = hashes[x]
			}
			return out, nil
		}))
		require.NoError(t, err)
		hashes = append(hashes, more...)
		at++
	}
	for _, tile := range tlog.NewTiles(8, 0, size) {
		want, err := tlog.ReadTileData(tile, tlog.HashReaderFunc(func(of []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(of))
			for i, x := range of {
				out[i] = hashes[x]
			}
			return out, nil
		}))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		require.NoError(t, err, tile.Path())
		require.Equal(t, want, got, tile.Path())
	}
}

// An export grows: what is there stays, and what is new is added.
func TestExportGrows(t *testing.T) {
	for _, first := range []uint64{0, 1, 200, 255, 256, 257} {
		t.Run(fmt.Sprint(first), func(t *testing.T) { testGrows(t, first) })
	}
}

func testGrows(t *testing.T, first uint64) {
	ctx := context.Background()
	w := worldOf(t, 300)
	dir := filepath.Join(t.TempDir(), "export")
	var small ledger.Tree
	for entry, err := range w.store.Read(ctx, 0) {
		require.NoError(t, err)
		if small.Size() < first {
			small.Append(entry)
		}
	}
	require.NoError(t, tiles.Export(ctx, &w.store, w.sign(t, small), w.policy, dir))
	var half ledger.Memory
	_, err := tiles.Import(ctx, os.DirFS(dir), w.policy, &half)
	require.NoError(t, err)
	require.NoError(t, tiles.Export(ctx, &w.store, w.sign(t, w.tree), w.policy, dir))
	c, err := tiles.Import(ctx, os.DirFS(dir), w.policy, &half)
	require.NoError(t, err)
	require.EqualValues(t, 300, c.Size)
	require.NoError(t, ledger.Verify(ctx, &half, 300, w.tree.Root()))
	left, err := filepath.Glob(filepath.Join(dir, "tile", "0", ".new*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// Nothing is published that is not what was signed.
func TestExportRefuses(t *testing.T) {
	ctx := context.Background()
	w := worldOf(t, 10)
	other := worldOf(t, 9)
	require.NoError(t, other.store.Append(ctx, 9, [][]byte{[]byte("another")}))
	dir := filepath.Join(t.TempDir(), "export")
	require.ErrorIs(t, tiles.Export(ctx, &other.store, w.sign(t, w.tree), w.policy, dir), ledger.ErrOtherRoot)
	require.ErrorIs(t, tiles.Export(ctx, new(ledger.Memory), w.sign(t, w.tree), w.policy, dir), ledger.ErrShort)
	require.ErrorIs(t, tiles.Export(ctx, &w.store, []byte("x"), w.policy, dir), ledger.ErrBadCheckpoint)
	require.NoFileExists(t, filepath.Join(dir, "checkpoint"))
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))
	require.Error(t, tiles.Export(ctx, &w.store, w.sign(t, w.tree), w.policy, blocked))
}

// A store that holds something else is left alone.
func TestImportRefuses(t *testing.T) {
	ctx := context.Background()
	w := worldOf(t, 300)
	export := os.DirFS(w.export(t))
	var other ledger.Memory
	require.NoError(t, other.Append(ctx, 0, [][]byte{[]byte("something else")}))
	_, err := tiles.Import(ctx, export, w.policy, &other)
	require.ErrorIs(t, err, ledger.ErrOtherRoot)
	more := worldOf(t, 301)
	_, err = tiles.Import(ctx, export, w.policy, &more.store)
	require.ErrorIs(t, err, ledger.ErrGrowth)
	_, err = tiles.Import(ctx, export, ledger.Policy{}, new(ledger.Memory))
	require.ErrorIs(t, err, ledger.ErrOrigin)
}

// A damage does something to the files of an export.
type damage struct {
	says string
	do   func(files fstest.MapFS)
	want error
}

// hostile lists what may be wrong with an export of 66,000 entries.
func hostile(w *world, tb testing.TB) []damage {
	const bundle, leaves, whole, top = "tile/entries/257.p/208", "tile/0/257.p/208", "tile/0/003", "tile/1/001.p/1"
	set := func(name string, change func([]byte) []byte) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			files[name] = &fstest.MapFile{Data: change(bytes.Clone(files[name].Data))}
		}
	}
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte { b[(at+len(b))%len(b)] ^= 1; return b }
	}
	drop := func(name string) func(fstest.MapFS) { return func(files fstest.MapFS) { delete(files, name) } }
	cut := func(b []byte) []byte { return b[:len(b)-1] }
	longer := func(b []byte) []byte { return append(b, 0) }
	none := func([]byte) []byte { return nil }
	list := []damage{
		{"the checkpoint is missing", drop("checkpoint"), tiles.ErrTile},
		{"the checkpoint is empty", set("checkpoint", none), ledger.ErrBadCheckpoint},
		{"the checkpoint is too long", set("checkpoint", func([]byte) []byte { return make([]byte, ledger.MaxNote+1) }), tiles.ErrTile},
		{"a checkpoint of another root", func(f fstest.MapFS) {
			other := ledger.Tree{}
			other.Append([]byte("x"))
			f["checkpoint"] = &fstest.MapFile{Data: w.sign(tb, other)}
		}, tiles.ErrTile},
		{"two entries have changed places", set(bundle, swap), tiles.ErrTile},
		{"two tiles have changed places", func(f fstest.MapFS) { f["tile/0/001"], f["tile/0/002"] = f["tile/0/002"], f["tile/0/001"] }, tiles.ErrTile},
		{"two bundles have changed places", func(f fstest.MapFS) {
			f["tile/entries/001"], f["tile/entries/002"] = f["tile/entries/002"], f["tile/entries/001"]
		}, tiles.ErrTile},
		{"a bundle and its tile are another's", func(f fstest.MapFS) {
			f["tile/entries/001"], f["tile/0/001"] = f["tile/entries/002"], f["tile/0/002"]
		}, ledger.ErrOtherRoot},
		{"an entry is empty", set(bundle, func(b []byte) []byte { b[0], b[1] = 0, 0; return b }), tiles.ErrTile},
		{"an entry is longer than the file", set(bundle, func(b []byte) []byte { b[0], b[1] = 0x7f, 0xff; return b }), tiles.ErrTile},
		{"an entry is longer than any", set(bundle, func(b []byte) []byte { b[0] = 0xff; return b }), tiles.ErrTile},
		{"a bundle is a directory", func(f fstest.MapFS) {
			delete(f, bundle)
			f[bundle] = &fstest.MapFile{Mode: fs.ModeDir}
		}, tiles.ErrTile},
	}
	for _, name := range []string{bundle, leaves, "tile/entries/003", whole, top, "tile/1/000", "tile/2/000.p/1"} {
		list = append(list,
			damage{name + " is missing", drop(name), tiles.ErrTile},
			damage{name + " is empty", set(name, none), tiles.ErrTile},
			damage{name + " is cut", set(name, cut), tiles.ErrTile},
			damage{name + " is longer", set(name, longer), tiles.ErrTile},
			damage{name + " has another first byte", set(name, flip(0)), tiles.ErrTile},
			damage{name + " has another last byte", set(name, flip(-1)), tiles.ErrTile},
		)
	}
	return list
}

// swap puts the second entry of a bundle before the first.
func swap(b []byte) []byte {
	one := 2 + int(binary.BigEndian.Uint16(b))
	two := one + 2 + int(binary.BigEndian.Uint16(b[one:]))
	return slices.Concat(b[one:two], b[:one], b[two:])
}

// Whatever is wrong with an export is found, and nothing of it is believed.
func TestHostileExports(t *testing.T) {
	ctx := context.Background()
	w := worldOf(t, 66_000)
	dir := os.DirFS(w.export(t))
	good := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(dir, path)
		good[path] = &fstest.MapFile{Data: b}
		return err
	}))
	_, _, err := tiles.Verify(ctx, good, w.policy)
	require.NoError(t, err, "nothing is wrong yet")
	for _, d := range hostile(w, t) {
		t.Run(d.says, func(t *testing.T) {
			bad := maps.Clone(good)
			d.do(bad)
			_, _, err := tiles.Verify(ctx, bad, w.policy)
			require.ErrorIs(t, err, d.want)
			var to ledger.Memory
			c, err := tiles.Import(ctx, bad, w.policy, &to)
			require.ErrorIs(t, err, d.want)
			require.ErrorIs(t, ledger.Verify(ctx, &to, 1, c.Root), ledger.ErrShort, "something was believed")
		})
	}
}

// A fickle export gives other bytes when it is asked again.
type fickle struct {
	fs.FS
	name  string
	asked int
	then  []byte
}

func (f *fickle) Open(name string) (fs.File, error) {
	if name == f.name {
		if f.asked++; f.asked > 1 {
			return fstest.MapFS{name: &fstest.MapFile{Data: f.then}}.Open(name)
		}
	}
	return f.FS.Open(name)
}

// What changes between being verified and being appended is not appended.
func TestFickleExport(t *testing.T) {
	ctx := context.Background()
	w := worldOf(t, 300)
	export := &fickle{FS: os.DirFS(w.export(t)), name: "tile/entries/001.p/44"}
	b, err := fs.ReadFile(export.FS, export.name)
	require.NoError(t, err)
	export.then = swap(b)
	var to ledger.Memory
	_, err = tiles.Import(ctx, export, w.policy, &to)
	require.ErrorIs(t, err, tiles.ErrTile)
	require.ErrorContains(t, err, "changed since it was verified")
	var short *ledger.ShortError
	require.ErrorAs(t, ledger.Verify(ctx, &to, 300, w.tree.Root()), &short)
	require.EqualValues(t, 256, short.Held, "what was verified before it is there")
}

func TestErrorsSayWhere(t *testing.T) {
	w := worldOf(t, 300)
	dir := w.export(t)
	require.NoError(t, os.Remove(filepath.Join(dir, "tile", "entries", "001.p", "44")))
	_, _, err := tiles.Verify(context.Background(), os.DirFS(dir), w.policy)
	var wrong *tiles.TileError
	require.ErrorAs(t, err, &wrong)
	require.EqualValues(t, 256, wrong.Entry)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.EqualError(t, err, "tiles: tile/entries/001.p/44: it cannot be read")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err = tiles.Verify(ctx, os.DirFS(dir), w.policy)
	require.ErrorIs(t, err, context.Canceled)
}

// TestWhichEntry: who is told that a tile is wrong is told with which entry it begins.
func TestWhichEntry(t *testing.T) {
	w := worldOf(t, 66_000)
	dir := w.export(t)
	for name, first := range map[string]uint64{
		"tile/entries/003": 3 * 256, "tile/0/257.p/208": 257 * 256, "tile/1/001.p/1": 65536, "tile/2/000.p/1": 0,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		whole, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, whole[1:], 0o600))
		_, _, err = tiles.Verify(context.Background(), os.DirFS(dir), w.policy)
		var wrong *tiles.TileError
		require.ErrorAs(t, err, &wrong)
		require.Equal(t, name, wrong.Path)
		require.Equal(t, first, wrong.Entry, name)
		require.NoError(t, os.WriteFile(path, whole, 0o600))
	}
}

// TestNoEmptyTiles: where a tile is full, none is written that has nothing in it.
func TestNoEmptyTiles(t *testing.T) {
	dir := worldOf(t, 512).export(t)
	var files []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			files = append(files, filepath.ToSlash(name))
		}
		return err
	}))
	require.Equal(t, []string{"checkpoint", "tile/0/000", "tile/0/001", "tile/1/000.p/2", "tile/entries/000", "tile/entries/001"}, files)
}

// TestLongest: the longest entry that there can be goes there and back.
func TestLongest(t *testing.T) {
	ctx := context.Background()
	w := worldOf(t, 1)
	long := bytes.Repeat([]byte("x"), ledger.MaxEntry)
	w.tree.Append(long)
	require.NoError(t, w.store.Append(ctx, 1, [][]byte{long}))
	var again ledger.Memory
	_, err := tiles.Import(ctx, os.DirFS(w.export(t)), w.policy, &again)
	require.NoError(t, err)
	require.NoError(t, ledger.Verify(ctx, &again, 2, w.tree.Root()))
}

// TestSignedAllTheSame: who has the key of the ledger and signs for an entry that there
// cannot be is refused, though everything else fits.
func TestSignedAllTheSame(t *testing.T) {
	w := worldOf(t, 0)
	leaf := ledger.LeafHash(nil)
	var tree ledger.Tree
	tree.AppendHash(leaf)
	export := fstest.MapFS{
		"checkpoint":           {Data: w.sign(t, tree)},
		"tile/entries/000.p/1": {Data: []byte{0, 0}},
		"tile/0/000.p/1":       {Data: leaf[:]},
	}
	_, _, err := tiles.Verify(context.Background(), export, w.policy)
	require.ErrorIs(t, err, tiles.ErrTile)
	require.ErrorContains(t, err, "an entry has a length that it cannot have")
}

// TestLeaves: the leaf hashes of an export are those of its entries, in their order, and
// a tile that does not hold them is named.
func TestLeaves(t *testing.T) {
	w := worldOf(t, 300)
	dir := w.export(t)
	got, err := tiles.Leaves(os.DirFS(dir), 300)
	require.NoError(t, err)
	var want []tlog.Hash
	for entry, err := range w.store.Read(context.Background(), 0) {
		require.NoError(t, err)
		want = append(want, ledger.LeafHash(entry))
	}
	require.Equal(t, want, got)
	for _, change := range []func([]byte) []byte{
		func(b []byte) []byte { return b[1:] },
		func(b []byte) []byte { return append(b, 0) },
	} {
		path := filepath.Join(dir, "tile", "0", "001.p", "44")
		whole, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, change(bytes.Clone(whole)), 0o600))
		_, err = tiles.Leaves(os.DirFS(dir), 300)
		var wrong *tiles.TileError
		require.ErrorAs(t, err, &wrong)
		require.Equal(t, "tile/0/001.p/44", wrong.Path)
		require.NoError(t, os.WriteFile(path, whole, 0o600))
	}
	_, err = tiles.Leaves(os.DirFS(dir), 600)
	require.ErrorIs(t, err, fs.ErrNotExist)
}
