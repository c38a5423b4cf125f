package vault

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// A disk is a directory. The vault and the keeper touch files through it alone, so
// that tests can take the power away at any moment.
type disk interface {
	// open opens a file. If there is none, the error is fs.ErrNotExist.
	open(name string) (file, error)
	// create makes an empty file; what had that name before is gone.
	create(name string) (file, error)
	// rename gives a file another name; what had that one before is gone.
	rename(from, to string) error
	// remove takes a file away, if it is there.
	remove(name string) error
	// sync makes creations, renames and removals durable.
	sync() error
	// lock takes the place of the one writer, or fails with ledger.ErrLocked at once.
	lock(name string) (io.Closer, error)
}

// A file is one file on a disk.
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

// newSuffix is that of a file that is still being made.
const newSuffix = ".new"

// replaceFile puts a file in place of the one with that name: whoever looks, also
// after a crash, sees the old one whole or the new one whole.
func replaceFile(d disk, name string, b []byte) error {
	f, err := d.create(name + newSuffix)
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
	if err := d.rename(name+newSuffix, name); err != nil {
		return err
	}
	return d.sync()
}

// readFile reads a file of at most limit bytes.
func readFile(d disk, name string, limit int64) (b []byte, err error) {
	f, err := d.open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, &ledger.LimitError{What: "bytes in the file " + name, Size: int(size), Limit: int(limit)}
	}
	b = make([]byte, size)
	_, err = io.ReadFull(io.NewSectionReader(f, 0, size), b)
	return b, err
}

// A directory is the disk of an operating system.
type directory string

func (d directory) open(name string) (file, error) {
	f, err := os.OpenFile(d.path(name), os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d directory) create(name string) (file, error) {
	f, err := os.OpenFile(d.path(name), os.O_RDWR|os.O_CREATE|os.O_TRUNC, osfile.FileMode)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d directory) rename(from, to string) error { return os.Rename(d.path(from), d.path(to)) }

func (d directory) remove(name string) error {
	if err := os.Remove(d.path(name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sync makes the names in the directory durable, and its own in its parent.
func (d directory) sync() error {
	return errors.Join(osfile.SyncDir(string(d)), osfile.SyncDir(filepath.Dir(string(d))))
}

func (d directory) lock(name string) (io.Closer, error) { return osfile.Lock(d.path(name)) }

func (d directory) path(name string) string { return filepath.Join(string(d), name) }

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
