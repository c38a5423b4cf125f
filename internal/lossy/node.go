//go:build linux

package lossy

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A node is a file or a folder, under a name.
type node struct {
	fs.LoopbackNode
	l *FS
}

// WrapChild makes a node of everything in a folder.
func (n *node) WrapChild(context.Context, fs.InodeEmbedder) fs.InodeEmbedder {
	return &node{fs.LoopbackNode{RootData: n.RootData}, n.l}
}

// path is where it lies on the disk.
func (n *node) path() string { return filepath.Join(n.l.disk, n.Path(n.Root())) }

// held does something while the power is on.
func (l *FS) held(f func() error) syscall.Errno {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.off {
		return syscall.EIO
	}
	return fs.ToErrno(f())
}

// done turns the answer of the library into an error.
func done(no syscall.Errno) error {
	if no == fs.OK {
		return nil
	}
	return no
}

// Open opens a file, for both reading and writing: what is destroyed is read first.
func (n *node) Open(_ context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	var f *file
	no := n.l.held(func() (err error) {
		if f, err = n.l.open(n.path()); err == nil && flags&syscall.O_TRUNC != 0 {
			err = f.truncate(0)
		}
		return err
	})
	return f, 0, no
}

// Create makes a file.
func (n *node) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (child *fs.Inode, h fs.FileHandle, _ uint32, no syscall.Errno) {
	no = n.l.held(func() error {
		path := filepath.Join(n.path(), name)
		_, err := os.Lstat(path)
		isNew := errors.Is(err, os.ErrNotExist)
		inode, theirs, _, no := n.LoopbackNode.Create(ctx, name, flags&^syscall.O_TRUNC, mode, out)
		if no != fs.OK {
			return no
		}
		f, err := n.l.open(path) // takes the place of theirs
		err = errors.Join(err, done(theirs.(fs.FileReleaser).Release(ctx)))
		if err == nil && isNew {
			n.l.changed(n.path(), func() error { return os.Remove(path) })
		} else if err == nil && flags&syscall.O_TRUNC != 0 {
			err = f.truncate(0)
		}
		child, h = inode, f
		return err
	})
	return child, h, 0, no
}

// Setattr changes the size of a file, or what else there is to say of it.
func (n *node) Setattr(ctx context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	return n.l.held(func() error {
		if size, ok := in.GetSize(); ok {
			f, err := n.l.open(n.path())
			if err == nil {
				err = f.truncate(int64(size))
			}
			if err != nil {
				return err
			}
		}
		return done(n.LoopbackNode.Setattr(ctx, nil, in, out))
	})
}

// OpendirHandle opens a folder.
func (n *node) OpendirHandle(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	var list fs.DirStream
	no := n.l.held(func() error {
		var no syscall.Errno
		list, no = fs.NewLoopbackDirStream(n.path())
		return done(no)
	})
	if no != fs.OK {
		return nil, 0, no
	}
	return &listing{list.(stream), n}, 0, fs.OK
}

// A stream is what the library reads a folder with.
type stream interface {
	fs.FileReaddirenter
	fs.FileSeekdirer
	fs.FileReleasedirer
}

// A listing is a folder that somebody has open.
type listing struct {
	stream
	of *node
}

// Fsyncdir makes the names in a folder durable.
func (d *listing) Fsyncdir(ctx context.Context, _ uint32) syscall.Errno {
	return d.of.l.sync(ctx, func() { delete(d.of.l.names, d.of.path()) })
}

// syncTakes is how long a sync takes: as on a disk, it is then that most is cut off.
const syncTakes = time.Millisecond

// sync makes something durable, unless who asks for it is killed meanwhile: then it is
// as if they had never come to ask.
func (l *FS) sync(ctx context.Context, durable func()) syscall.Errno {
	select {
	case <-time.After(syncTakes):
	case <-ctx.Done():
		return syscall.EINTR
	}
	return l.held(func() error {
		if l.lies == Honest {
			durable()
		}
		return nil
	})
}

// Mkdir makes a folder.
func (n *node) Mkdir(ctx context.Context, name string, mode uint32, out *fuse.EntryOut) (child *fs.Inode, no syscall.Errno) {
	no = n.l.held(func() error {
		inode, no := n.LoopbackNode.Mkdir(ctx, name, mode, out)
		if no != fs.OK {
			return no
		}
		path := filepath.Join(n.path(), name)
		n.l.changed(n.path(), func() error { return os.RemoveAll(path) })
		child = inode
		return nil
	})
	return child, no
}

// Unlink takes the name of a file away.
func (n *node) Unlink(_ context.Context, name string) syscall.Errno {
	return n.l.held(func() error {
		path := filepath.Join(n.path(), name)
		dropped, err := n.l.drop(path)
		if err == nil {
			err = os.Remove(path)
		}
		if err == nil {
			n.l.changed(n.path(), func() error { return os.Rename(dropped, path) })
		}
		return err
	})
}

// Rename gives a file another name in the same folder.
func (n *node) Rename(_ context.Context, name string, to fs.InodeEmbedder, newName string, flags uint32) syscall.Errno {
	if to.EmbeddedInode() != n.EmbeddedInode() || flags != 0 {
		return syscall.EXDEV
	}
	return n.l.held(func() error {
		from, to := filepath.Join(n.path(), name), filepath.Join(n.path(), newName)
		dropped, err := n.l.drop(to)
		if err == nil {
			err = os.Rename(from, to)
		}
		if err != nil {
			return err
		}
		n.l.changed(n.path(), func() error {
			err := os.Rename(to, from)
			if dropped != "" {
				err = errors.Join(err, os.Rename(dropped, to))
			}
			return err
		})
		return nil
	})
}

// What could not be taken back is refused.

// Rmdir is refused.
func (n *node) Rmdir(context.Context, string) syscall.Errno { return syscall.ENOTSUP }

// Link is refused.
func (n *node) Link(context.Context, fs.InodeEmbedder, string, *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return nil, syscall.ENOTSUP
}

// Symlink is refused.
func (n *node) Symlink(context.Context, string, string, *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return nil, syscall.ENOTSUP
}

// Mknod is refused.
func (n *node) Mknod(context.Context, string, uint32, uint32, *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return nil, syscall.ENOTSUP
}

// CopyFileRange is refused, and so is done by reading and writing.
func (n *node) CopyFileRange(context.Context, fs.FileHandle, uint64, *fs.Inode, fs.FileHandle, uint64, uint64, uint64) (uint32, syscall.Errno) {
	return 0, syscall.ENOTSUP
}
