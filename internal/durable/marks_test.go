package durable_test

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/durable"
	"github.com/sayround/sayround/internal/osfile"
)

const seed = 7

// made is a new file of marks, and its path.
func made(t *testing.T) (osfile.File, string) {
	t.Helper()
	dir := t.TempDir()
	f, err := osfile.Dir{Path: dir}.Create("marks")
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f, filepath.Join(dir, "marks")
}

// loaded are the marks that somebody finds in a file.
func loaded(t *testing.T, f osfile.File, seed uint32) []uint64 {
	t.Helper()
	m := durable.New(seed, 1, 2)
	require.NoError(t, m.Load(f))
	return m.Last()
}

// TestMarks: the last one counts, and until there is one what New was told; those of another
// origin are none.
func TestMarks(t *testing.T) {
	f, path := made(t)
	require.Equal(t, []uint64{1, 2}, loaded(t, f, seed))
	m := durable.New(seed, 1, 2)
	require.Nil(t, m.File)
	require.NoError(t, m.Load(f))
	for n := range uint64(5) {
		require.NoError(t, m.Set(10+n, 20+n))
		require.Equal(t, []uint64{10 + n, 20 + n}, m.Last())
		require.Equal(t, m.Last(), loaded(t, f, seed))
	}
	require.Equal(t, []uint64{1, 2}, loaded(t, f, seed+1))

	again := durable.New(seed, 1, 2) // goes on where the last one was
	require.NoError(t, again.Load(f))
	require.NoError(t, again.Set(30, 40))
	require.Equal(t, []uint64{30, 40}, loaded(t, f, seed))

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Len(t, b, 4096+28)
	for slot, want := range [][3]uint64{{6, 30, 40}, {5, 14, 24}} {
		b := b[slot*4096:][:28]
		require.Equal(t, crc32.Update(seed, crc32.MakeTable(crc32.Castagnoli), b[4:]), binary.BigEndian.Uint32(b))
		require.Equal(t, want, [3]uint64{binary.BigEndian.Uint64(b[4:]), binary.BigEndian.Uint64(b[12:]), binary.BigEndian.Uint64(b[20:])})
	}
}

// TestSettled: once a mark is settled, the loss of either slot is no loss.
func TestSettled(t *testing.T) {
	f, path := made(t)
	m := durable.New(seed, 1, 2)
	require.NoError(t, m.Load(f))
	require.NoError(t, m.Set(10, 20))
	require.NoError(t, m.Set(11, 21))
	require.NoError(t, m.Settle())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, at := range []int{0, 4, 11, 27, 4096, 4100, 4123} {
		b := append([]byte(nil), whole...)
		b[at] ^= 1
		require.NoError(t, os.WriteFile(path, b, 0o600))
		require.Equal(t, []uint64{11, 21}, loaded(t, f, seed), "byte %d", at)
	}
}

// errTorn is what a torn file fails with.
var errTorn = errors.New("torn")

// A torn file writes the first bytes only, reads nothing where it fails, or does not sync.
type torn struct {
	osfile.File
	writes  int
	reading bool
}

func (f torn) WriteAt(b []byte, at int64) (int, error) {
	n, err := f.File.WriteAt(b[:f.writes], at)
	return n, errors.Join(errTorn, err)
}

func (f torn) ReadAt(b []byte, at int64) (int, error) {
	if f.reading {
		return 0, errTorn
	}
	return f.File.ReadAt(b, at)
}

// unsynced is a file whose syncs fail.
type unsynced struct{ osfile.File }

func (unsynced) Sync() error { return errTorn }

// TestTorn: a mark that was cut short leaves the one before it, and whoever set it is told.
func TestTorn(t *testing.T) {
	for writes := range 28 {
		f, _ := made(t)
		m := durable.New(seed, 1, 2)
		require.NoError(t, m.Load(f))
		require.NoError(t, m.Set(10, 20))
		require.NoError(t, m.Set(11, 21))
		m.File = torn{File: f, writes: writes}
		require.ErrorIs(t, m.Set(1<<63, 1<<62), errTorn)
		require.Equal(t, []uint64{11, 21}, m.Last())
		require.ErrorIs(t, m.Settle(), errTorn)
		require.Equal(t, []uint64{11, 21}, loaded(t, f, seed), "%d bytes", writes)
	}
	f, _ := made(t)
	require.ErrorIs(t, durable.New(seed, 1, 2).Load(torn{File: f, reading: true}), errTorn)
	m := durable.New(seed, 1, 2)
	require.NoError(t, m.Load(unsynced{f}))
	require.ErrorIs(t, m.Settle(), errTorn)
}
