package filestore

import (
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// A store for writing says what its promise rests on, and leaves no trace of having
// found it out; one for reading promises nothing (D1).
func TestDurabilityIsTold(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir)
	require.NoError(t, err)
	require.True(t, s.Durability().Synced)
	if runtime.GOOS == "linux" {
		require.NotEmpty(t, s.Durability().FileSystem)
	}
	require.NoError(t, s.Close())
	require.NoFileExists(t, dir+"/"+probeName)
	s, err = OpenReadOnly(dir)
	require.NoError(t, err)
	require.Zero(t, s.Durability())
	require.NoError(t, s.Close())
}

// A file system in memory is called what it is.
func TestFileSystemInMemory(t *testing.T) {
	const shared = "/dev/shm"
	if name, _ := fileSystemOf(shared); name != "tmpfs" {
		t.Skip("there is no file system in memory at " + shared)
	}
	dir, err := os.MkdirTemp(shared, "sayround")
	require.NoError(t, err)
	defer func() { require.NoError(t, os.RemoveAll(dir)) }()
	s, err := Open(dir)
	require.NoError(t, err)
	require.Equal(t, Durability{Synced: true, FileSystem: "tmpfs", Survives: SurvivesProcess}, s.Durability())
	require.NoError(t, s.Close())
	name, survives := fileSystemOf(dir + "/nowhere")
	require.Empty(t, name)
	require.Equal(t, SurvivesUnknown, survives)
}

// A disk that forgets is not written to.
type forgetful struct{ *simDisk }

func (d forgetful) Rename(from, to string) error {
	d.names[from].set(make([]byte, 8))
	return d.simDisk.Rename(from, to)
}

func TestDiskThatForgetsIsRefused(t *testing.T) {
	disk := newSimDisk()
	_, err := openForWriting(forgetful{disk}, simStrides, indexStep)
	require.ErrorIs(t, err, errProbe)
	require.False(t, disk.locked)
	require.NotContains(t, disk.names, entriesName)
}

func TestSurvivesInWords(t *testing.T) {
	for s, says := range map[Survives]string{
		SurvivesUnknown: "not known", SurvivesProcess: "the end of the process, not of power",
		SurvivesServer: "what its server promises", SurvivesPower: "the end of power",
	} {
		require.Equal(t, says, s.String())
	}
}
