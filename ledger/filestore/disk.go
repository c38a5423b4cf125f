package filestore

import (
	"io"
	"os"
	"path/filepath"

	"github.com/sayround/sayround/internal/osfile"
)

// A disk is the directory of a ledger. The store touches files through it
// alone, so that tests can take the power away at any moment.
type disk interface {
	// open opens a file. If there is none, the error is fs.ErrNotExist.
	open(name string) (file, error)
	// create makes an empty file; what had that name before is gone.
	create(name string) (file, error)
	// rename gives a file another name; what had that one before is gone.
	rename(from, to string) error
	// remove deletes a file. It need not be durable.
	remove(name string) error
	// kind tells on what kind of file system the directory is, and what that survives.
	kind() (name string, survives Survives)
	// sync makes creations and renames durable.
	sync() error
	// lock takes the place of the one writer, or fails with ledger.ErrLocked
	// at once.
	lock() (io.Closer, error)
}

// A file is one file of a ledger.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	// Size returns how many bytes the file has.
	Size() (int64, error)
	// Truncate cuts the file off after size bytes.
	Truncate(size int64) error
	// Sync makes what was written durable, and all that is needed to read it.
	Sync() error
}

// dirMode is that of the directory of a ledger.
const dirMode = osfile.DirMode

// A directory is the disk of an operating system.
type directory struct {
	path string
	flag int // os.O_RDWR or os.O_RDONLY
}

func (d directory) open(name string) (file, error) {
	f, err := os.OpenFile(d.name(name), d.flag, 0)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d directory) create(name string) (file, error) {
	f, err := os.OpenFile(d.name(name), os.O_RDWR|os.O_CREATE|os.O_TRUNC, osfile.FileMode)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d directory) rename(from, to string) error { return os.Rename(d.name(from), d.name(to)) }

func (d directory) kind() (name string, survives Survives) { return fileSystemOf(d.path) }

func (d directory) remove(name string) error { return os.Remove(d.name(name)) }

// sync makes the names in the directory durable, and its own in its parent.
func (d directory) sync() error {
	if err := osfile.SyncDir(d.path); err != nil {
		return err
	}
	return osfile.SyncDir(filepath.Dir(d.path))
}

func (d directory) lock() (io.Closer, error) { return osfile.Lock(d.name(lockName)) }

func (d directory) name(name string) string { return filepath.Join(d.path, name) }

// An osFile is a file of an operating system.
type osFile struct{ *os.File }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (f osFile) Sync() error { return osfile.SyncData(f.File) }
