package osfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A Disk is a directory. Whoever keeps something in one touches its files through
// this alone, so that tests can take the power away at any moment.
type Disk interface {
	// Open opens a file. If there is none, the error is fs.ErrNotExist.
	Open(name string) (File, error)
	// Create makes an empty file; what had that name before is gone.
	Create(name string) (File, error)
	// Rename gives a file another name; what had that one before is gone.
	Rename(from, to string) error
	// Remove takes a file away, if it is there.
	Remove(name string) error
	// Sync makes creations, renames and removals durable.
	Sync() error
	// Lock takes the place of the one writer, or fails with ledger.ErrLocked at once.
	Lock(name string) (io.Closer, error)
}

// A File is one file on a disk.
type File interface {
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

// NewSuffix is that of a file that is still being made.
const NewSuffix = ".new"

// Replace puts a file in place of the one with that name: whoever looks, also after
// a crash, sees the old one whole or the new one whole.
func Replace(d Disk, name string, b []byte) error {
	f, err := d.Create(name + NewSuffix)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(b, 0)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := d.Rename(name+NewSuffix, name); err != nil {
		return err
	}
	return d.Sync()
}

// A Dir is the disk of an operating system.
type Dir struct {
	Path     string
	ReadOnly bool
}

// Open implements [Disk].
func (d Dir) Open(name string) (File, error) {
	flag := os.O_RDWR
	if d.ReadOnly {
		flag = os.O_RDONLY
	}
	return opened(os.OpenFile(d.path(name), flag, 0))
}

// Create implements [Disk].
func (d Dir) Create(name string) (File, error) {
	return opened(os.OpenFile(d.path(name), os.O_RDWR|os.O_CREATE|os.O_TRUNC, FileMode))
}

// Rename implements [Disk].
func (d Dir) Rename(from, to string) error { return os.Rename(d.path(from), d.path(to)) }

// Remove implements [Disk].
func (d Dir) Remove(name string) error {
	if err := os.Remove(d.path(name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Sync makes the names in the directory durable, and its own in its parent.
func (d Dir) Sync() error {
	if err := SyncDir(d.Path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(d.Path))
}

// Lock implements [Disk].
func (d Dir) Lock(name string) (io.Closer, error) { return Lock(d.path(name)) }

func (d Dir) path(name string) string { return filepath.Join(d.Path, name) }

// A systemFile is a file of an operating system.
type systemFile struct{ *os.File }

func opened(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return systemFile{f}, nil
}

func (f systemFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (f systemFile) Sync() error { return SyncData(f.File) }
