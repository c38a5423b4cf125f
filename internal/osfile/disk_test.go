package osfile_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/osfile"
)

// TestReplace: whoever looks sees the old file or the new one, and nothing is left of
// how it was made.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	d := osfile.Dir{Path: dir}
	for _, content := range []string{"one", "another, longer", ""} {
		require.NoError(t, osfile.Replace(d, "file", []byte(content)))
		got, err := os.ReadFile(filepath.Join(dir, "file"))
		require.NoError(t, err)
		require.Equal(t, content, string(got))
	}
	require.NoFileExists(t, filepath.Join(dir, "file"+osfile.NewSuffix))
}

// TestSystemErrorsAreTold: what the system refuses is an error, and what need not be
// there is none.
func TestSystemErrorsAreTold(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "not", "there")
	d := osfile.Dir{Path: nowhere}
	_, err := d.Lock("lock")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = d.Create("x")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = d.Open("x")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorIs(t, d.Sync(), fs.ErrNotExist)
	require.ErrorIs(t, d.Rename("x", "y"), fs.ErrNotExist)
	require.NoError(t, d.Remove("x"))

	d.Path = t.TempDir()
	f, err := d.Create("file")
	require.NoError(t, err)
	require.NoError(t, f.Close())
	_, err = f.Size()
	require.ErrorIs(t, err, fs.ErrClosed)
	require.Error(t, f.Sync())
	d.ReadOnly = true
	f, err = d.Open("file")
	require.NoError(t, err)
	_, err = f.WriteAt([]byte("x"), 0)
	require.Error(t, err)
	require.NoError(t, f.Close())
}
