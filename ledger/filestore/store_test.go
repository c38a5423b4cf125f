package filestore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/ledgertest"
)

// open opens the ledger in a directory until the end of the test.
func open(tb testing.TB, dir string) *filestore.Store {
	tb.Helper()
	s, err := filestore.Open(dir)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.Close()) })
	return s
}

func TestStoreKeepsTheContract(t *testing.T) {
	ledgertest.TestStore(t, func(tb testing.TB) ledger.Store { return open(tb, tb.TempDir()) })
	ledgertest.TestVault(t, func(tb testing.TB) ledger.Vault { return open(tb, tb.TempDir()) })
	ledgertest.TestSigned(t, func(tb testing.TB) ledger.Signed { return open(tb, tb.TempDir()) })
	ledgertest.TestPipeliner(t, func(tb testing.TB) ledger.Pipeliner { return open(tb, tb.TempDir()) })
	ledgertest.TestFollower(t, func(tb testing.TB) ledger.Follower { return open(tb, tb.TempDir()) })
	ledgertest.TestHasher(t, func(tb testing.TB) ledger.Hasher { return open(tb, tb.TempDir()) })
	ledgertest.TestSnapshots(t, func(tb testing.TB) ledger.Snapshotter { return open(tb, tb.TempDir()) })
	ledgertest.TestReopen(t, func(tb testing.TB, dir string) ledger.Store { return open(tb, dir) })
}

func TestOneWriterAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	first := open(t, dir)
	_, err := filestore.Open(dir)
	require.ErrorIs(t, err, ledger.ErrLocked)
	require.ErrorContains(t, err, "another writer has this ledger open")
	require.NoError(t, first.Append(context.Background(), 0, [][]byte{{1}}), "the first one goes on")
	require.NoError(t, first.Close())
	open(t, dir)
}

func TestOpenMakesItsDirectoryOnly(t *testing.T) {
	dir := t.TempDir()
	_, err := filestore.Open(filepath.Join(dir, "not", "there"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	open(t, filepath.Join(dir, "there"))

	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
	_, err = filestore.Open(file)
	require.Error(t, err)
	t.Chdir(t.TempDir())
	open(t, ".")
	require.FileExists(t, "entries")
}

func TestOpenReadOnly(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	_, err := filestore.OpenReadOnly(dir)
	require.ErrorIs(t, err, ledger.ErrNotLedger)
	_, err = filestore.OpenReadOnly(filepath.Join(dir, "nothing"))
	require.ErrorIs(t, err, ledger.ErrNotLedger)

	writer := open(t, dir)
	require.NoError(t, writer.Append(ctx, 0, [][]byte{[]byte("one")}))
	part := ledger.Part{Of: "c", No: 1, Content: []byte("said")}
	require.NoError(t, writer.Put(ctx, []ledger.Part{part}))
	s, err := filestore.OpenReadOnly(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NoError(t, writer.Append(ctx, 1, [][]byte{[]byte("two")}))
	var tree ledger.Tree
	tree.Append([]byte("one"))
	require.NoError(t, ledger.Verify(ctx, s, 1, tree.Root()))
	require.ErrorIs(t, ledger.Verify(ctx, s, 2, tree.Root()), ledger.ErrShort)
	got, err := s.Get(ctx, part.Commitment())
	require.NoError(t, err)
	require.True(t, got.Equal(part))

	require.NoError(t, s.Wait(ctx, 0))
	require.ErrorIs(t, s.Wait(ctx, 1), ledger.ErrReadOnly)
	require.ErrorIs(t, s.Append(ctx, 1, [][]byte{{1}}), ledger.ErrReadOnly)
	require.ErrorIs(t, s.Put(ctx, []ledger.Part{part}), ledger.ErrReadOnly)
	require.ErrorIs(t, s.KeepSigned(ctx, nil, []byte("checkpoint")), ledger.ErrReadOnly)
	require.NoError(t, writer.KeepSigned(ctx, nil, []byte("checkpoint")))
	kept, err := s.LastSigned(ctx)
	require.NoError(t, err)
	require.Equal(t, "checkpoint", string(kept))
	require.ErrorIs(t, s.SaveSnapshot(ctx, []byte("snapshot")), ledger.ErrReadOnly)
	require.NoError(t, writer.SaveSnapshot(ctx, []byte("snapshot")))
	kept, err = s.LastSnapshot(ctx)
	require.NoError(t, err)
	require.Equal(t, "snapshot", string(kept))
}

// What is kept is no longer a checkpoint: that is damage, and no absence.
func TestSignedIsDamaged(t *testing.T) {
	for _, size := range []int{0, ledger.MaxNote + 1} {
		dir := t.TempDir()
		s := open(t, dir)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "signed"), make([]byte, size), 0o600))
		_, err := s.LastSigned(context.Background())
		require.ErrorIs(t, err, ledger.ErrCorrupt)
		require.ErrorIs(t, s.KeepSigned(context.Background(), nil, []byte("another")), ledger.ErrCorrupt)
		require.ErrorIs(t, s.KeepSigned(context.Background(), nil, make([]byte, ledger.MaxNote+1)), ledger.ErrTooLarge)
	}
}

// While the files are there for anybody, what people say is not.
func TestFilesArePrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	open(t, dir)
	for _, name := range []string{"", "entries", "parts", "mark", "lock"} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, name)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.new"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestRepairIsReported(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir)
	require.NoError(t, s.Append(ctx, 0, [][]byte{[]byte("one")}))
	require.NoError(t, s.Close())
	f, err := os.OpenFile(filepath.Join(dir, "entries"), os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	_, err = f.WriteString("half of an entr")
	require.NoError(t, err)
	require.NoError(t, f.Close())

	s = open(t, dir)
	require.Equal(t, filestore.Repair{EntryBytes: 15}, s.Repaired())
	require.NoError(t, s.Append(ctx, 1, [][]byte{[]byte("two")}))
	require.NoError(t, s.Close())
	require.Zero(t, open(t, dir).Repaired())
}

func TestClosedStore(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir())
	require.NoError(t, s.Append(ctx, 0, [][]byte{{1}}))
	waiting := make(chan error)
	go func() { waiting <- s.Wait(ctx, 1) }()
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	require.ErrorIs(t, <-waiting, ledger.ErrClosed)
	require.ErrorIs(t, s.Append(ctx, 1, [][]byte{{1}}), ledger.ErrClosed)
	require.ErrorIs(t, s.Put(ctx, []ledger.Part{{Of: "c", No: 1}}), ledger.ErrClosed)
	_, err := s.Get(ctx, ledger.Commitment{})
	require.ErrorIs(t, err, ledger.ErrClosed)
	for _, err := range s.Read(ctx, 0) {
		require.ErrorIs(t, err, ledger.ErrClosed)
	}
}

// Readers that are surprised by the end are told so.
func TestCloseWhileReading(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir())
	large := make([]byte, ledger.MaxEntry)
	require.NoError(t, s.Append(ctx, 0, [][]byte{large, large, large, large, large}))
	var readers sync.WaitGroup
	started := make(chan struct{}, 4)
	errs := make([]error, 4)
	for i := range errs {
		readers.Go(func() {
			started <- struct{}{}
			for errs[i] == nil {
				for _, err := range s.Read(ctx, 0) {
					errs[i] = err
				}
			}
		})
	}
	for range errs {
		<-started
	}
	require.NoError(t, s.Close())
	readers.Wait()
	for _, err := range errs {
		require.ErrorIs(t, err, ledger.ErrClosed)
		require.NotErrorIs(t, err, ledger.ErrDead)
	}
}

func TestContextThatEndsWhileReading(t *testing.T) {
	s := open(t, t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	require.NoError(t, s.Append(ctx, 0, [][]byte{{1}, {2}, {3}}))
	seen := 0
	var last error
	for _, err := range s.Read(ctx, 0) {
		seen++
		last = err
		cancel()
	}
	require.Equal(t, 2, seen)
	require.ErrorIs(t, last, context.Canceled)
}

// A large write does not stay in memory, and reading needs one small buffer.
func TestReadingNeedsLittleMemory(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir)
	batch := make([][]byte, 300)
	for i := range batch {
		batch[i] = make([]byte, ledger.MaxEntry)
	}
	require.NoError(t, s.Append(ctx, 0, batch))
	require.NoError(t, s.Close())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s = open(t, dir)
	n := 0
	for _, err := range s.Read(ctx, 0) {
		require.NoError(t, err)
		n++
	}
	runtime.ReadMemStats(&after)
	require.Equal(t, len(batch), n)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), "of some 10 MB of entries")
}

func Example() {
	dir, err := os.MkdirTemp("", "minutes")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	ctx := context.Background()

	s, err := filestore.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	err = s.Append(ctx, 0, [][]byte{[]byte("ana founds the bakery"), []byte("ben joins")})
	fmt.Println("appended:", err)
	_, err = filestore.Open(dir)
	fmt.Println("a second writer is refused:", errors.Is(err, ledger.ErrLocked))
	fmt.Println("closed:", s.Close())

	s, err = filestore.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("nothing to repair:", s.Repaired() == filestore.Repair{})
	for entry, err := range s.Read(ctx, 1) {
		fmt.Printf("%s (%v)\n", entry, err)
	}
	fmt.Println("closed:", s.Close())
	// Output:
	// appended: <nil>
	// a second writer is refused: true
	// closed: <nil>
	// nothing to repair: true
	// ben joins (<nil>)
	// closed: <nil>
}

// What was signed may be as long as a signed checkpoint can be, and no longer.
func TestSignedToTheLastByte(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir)
	most := bytes.Repeat([]byte("x"), ledger.MaxNote)
	var limit *ledger.LimitError
	require.ErrorAs(t, s.KeepSigned(ctx, nil, append(most, 'x')), &limit)
	require.NoError(t, s.KeepSigned(ctx, nil, most))
	require.NoError(t, s.Close())
	got, err := open(t, dir).LastSigned(ctx)
	require.NoError(t, err)
	require.Equal(t, most, got)
}

// A snapshot that is not this ledger's, or can be none, is as good as none; and the
// store is none the worse for it.
func TestSnapshotOfAnother(t *testing.T) {
	ctx, other := context.Background(), t.TempDir()
	require.NoError(t, open(t, other).SaveSnapshot(ctx, []byte("of another ledger")))
	foreign, err := os.ReadFile(filepath.Join(other, "snapshot"))
	require.NoError(t, err)
	dir := t.TempDir()
	s := open(t, dir)
	for _, b := range [][]byte{nil, {1}, foreign, foreign[:31], bytes.Repeat([]byte{0xff}, 100)} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "snapshot"), b, 0o600))
		got, err := s.LastSnapshot(ctx)
		require.NoError(t, err)
		require.Empty(t, got)
	}
	require.NoError(t, s.SaveSnapshot(ctx, []byte("own")))
	own, err := os.ReadFile(filepath.Join(dir, "snapshot"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "snapshot"), own[:32], 0o600))
	got, err := s.LastSnapshot(ctx)
	require.NoError(t, err)
	require.Empty(t, got, "there is a header, and nothing behind it")
	require.NoError(t, os.Truncate(filepath.Join(dir, "snapshot"), ledger.MaxSnapshot+33))
	got, err = s.LastSnapshot(ctx)
	require.NoError(t, err)
	require.Empty(t, got, "no snapshot is so large")
	require.NoError(t, s.Append(ctx, 0, [][]byte{[]byte("one")}))
}
