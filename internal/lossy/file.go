//go:build linux

package lossy

import (
	"context"
	"io"
	"os"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A file is one file on the disk, whatever its name is by now. It is held open until
// the file system ends, so that it can be found without its name; all who have it open
// share it.
//
// It has no more methods than it needs: the library would give the kernel the file
// behind it, or write several pieces at once, if it could.
type file struct {
	l      *FS
	f      *os.File
	writes []write // since the last sync
}

// open opens the file of a name.
func (l *FS) open(path string) (*file, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	for _, known := range l.files {
		if i, err := known.f.Stat(); err == nil && os.SameFile(i, info) {
			return known, f.Close()
		}
	}
	l.files = append(l.files, &file{l: l, f: f})
	return l.files[len(l.files)-1], nil
}

// Read reads.
func (f *file) Read(_ context.Context, b []byte, at int64) (out fuse.ReadResult, no syscall.Errno) {
	no = f.l.held(func() error {
		n, err := f.f.ReadAt(b, at)
		out = fuse.ReadResultData(b[:n])
		if err == io.EOF {
			err = nil
		}
		return err
	})
	return out, no
}

// Write writes.
func (f *file) Write(_ context.Context, b []byte, at int64) (n uint32, no syscall.Errno) {
	no = f.l.held(func() error {
		if err := f.save(at, int64(len(b)), int64(len(b))); err != nil {
			return err
		}
		did, err := f.f.WriteAt(b, at)
		n = uint32(did)
		return err
	})
	return n, no
}

// Fsync makes the content durable.
func (f *file) Fsync(ctx context.Context, _ uint32) syscall.Errno {
	return f.l.sync(ctx, func() { f.writes = nil })
}

// Flush has nothing to do when somebody closes the file.
func (f *file) Flush(context.Context) syscall.Errno { return fs.OK }

// Getattr tells what there is to say of the file.
func (f *file) Getattr(_ context.Context, out *fuse.AttrOut) syscall.Errno {
	var st syscall.Stat_t
	err := syscall.Fstat(int(f.f.Fd()), &st)
	out.FromStat(&st)
	return fs.ToErrno(err)
}

// truncate gives the file another size.
func (f *file) truncate(size int64) error {
	info, err := f.f.Stat()
	if err != nil {
		return err
	}
	if err := f.save(size, max(0, info.Size()-size), 0); err != nil {
		return err
	}
	return f.f.Truncate(size)
}

// save keeps what a change will destroy of n bytes at an offset, of which it writes
// so many.
func (f *file) save(at, n, writes int64) error {
	info, err := f.f.Stat()
	if err != nil {
		return err
	}
	old := make([]byte, max(0, min(n, info.Size()-at)))
	if _, err := f.f.ReadAt(old, at); err != nil {
		return err
	}
	f.writes = append(f.writes, write{at, old, info.Size(), writes})
	return nil
}
