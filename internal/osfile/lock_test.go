package osfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// TestLock: one holds the lock, and who comes second is told at once, until it is
// given back.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := osfile.Lock(path)
	require.NoError(t, err)
	_, err = osfile.Lock(path)
	require.ErrorIs(t, err, ledger.ErrLocked)
	require.NoError(t, held.Close())
	held, err = osfile.Lock(path)
	require.NoError(t, err)
	require.NoError(t, held.Close())
	_, err = osfile.Lock(filepath.Join(path, "nowhere"))
	require.Error(t, err)
}

// TestSync: what is closed or not there cannot be said to be on the disk.
func TestSync(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "file"))
	require.NoError(t, err)
	require.NoError(t, osfile.SyncData(f))
	require.NoError(t, osfile.SyncDir(dir))
	require.NoError(t, f.Close())
	require.Error(t, osfile.SyncData(f))
}
