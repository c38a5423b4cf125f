package filestore

import (
	"bytes"
	"crypto/rand"
	"errors"

	"github.com/sayround/sayround/internal/osfile"
)

// Durability says what the promise of a [Store] rests on, as far as could be found
// out when it was opened. A Store for reading only has none: it promises nothing.
type Durability struct {
	// Synced: a file was written in the directory, synced, renamed, synced with its
	// name, and read back, and everything was as it should be. A Store for writing
	// is not opened otherwise.
	Synced bool
	// FileSystem is the kind of file system that the directory is on; empty if that is
	// not known. It is known on Linux.
	FileSystem string
	// Survives is what a sync outlasts on such a file system, if the disk tells the
	// truth. That it does cannot be found out from here.
	Survives Survives
}

// Survives says what a sync outlasts.
type Survives int

// What a sync outlasts.
const (
	// SurvivesUnknown: the file system is not one that this package knows. It may
	// outlast as much as any.
	SurvivesUnknown Survives = iota
	// SurvivesProcess: the end of the process only. The file system lies in memory
	// (tmpfs, ramfs).
	SurvivesProcess
	// SurvivesServer: what the machine on the other end of the network makes of it
	// (NFS, SMB), or the program behind it (FUSE).
	SurvivesServer
	// SurvivesPower: the end of power.
	SurvivesPower
)

// String says it in words.
func (s Survives) String() string {
	switch s {
	case SurvivesProcess:
		return "the end of the process, not of power"
	case SurvivesServer:
		return "what its server promises"
	case SurvivesPower:
		return "the end of power"
	}
	return "not known"
}

// Durability tells what the store's promise rests on. Somebody should look at it
// when a ledger is first opened on a machine: where a sync survives the process only,
// so does what Append has said yes to.
func (s *Store) Durability() Durability { return s.durability }

// errProbe: the disk does not give back what was synced.
var errProbe = errors.New("the file system does not give back what was synced")

const probeName = "probe"

// probe writes a file, syncs it and its name, and reads it back. It finds file systems
// on which one of these is refused or does nothing at all, not disks that lie.
func probe(d disk) error {
	want := make([]byte, 8)
	rand.Read(want) // never fails
	if err := osfile.Replace(d, probeName, want); err != nil {
		return err
	}
	f, err := d.Open(probeName)
	if err != nil {
		return err
	}
	got := make([]byte, len(want))
	_, err = f.ReadAt(got, 0)
	if err = errors.Join(err, f.Close(), d.Remove(probeName)); err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return errProbe
	}
	return nil
}
