//go:build linux

package lossy

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A Disk is how a file system takes a sync.
type Disk bool

// What a disk does when it is asked to sync.
const (
	Honest Disk = false // what was written is durable when it says so
	Lying  Disk = true  // it says so and does nothing
)

// An FS is a file system from which the power can be taken.
type FS struct {
	disk    string // the folder that it passes everything through to
	dropped string // where files lie that have lost their name since the last sync
	lies    Disk
	server  *fuse.Server

	mu    sync.Mutex // held during every call, so that none is under way once it is off
	off   bool
	files []*file             // that were opened, in order
	names map[string][]change // since the last sync, by folder
	drops int
}

// A change is how one change of a folder's names is taken back.
type change func() error

// Mount mounts a file system at a folder. What is on its disk lies in the folder dir
// and stays there; it need not be there yet.
func Mount(dir, at string, d Disk) (*FS, error) {
	l := &FS{disk: filepath.Join(dir, "disk"), dropped: filepath.Join(dir, "dropped"), lies: d, names: map[string][]change{}}
	for _, folder := range []string{l.disk, l.dropped, at} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
	}
	var st syscall.Stat_t
	if err := syscall.Stat(l.disk, &st); err != nil {
		return nil, os.NewSyscallError("stat", err)
	}
	data := &fs.LoopbackRoot{Path: l.disk, Dev: st.Dev}
	top := &node{fs.LoopbackNode{RootData: data}, l}
	data.RootNode = top
	var err error
	l.server, err = fs.Mount(at, top, &fs.Options{MountOptions: fuse.MountOptions{DirectMount: true, FsName: "lossy", Name: "lossy"}})
	return l, err
}

// Freeze takes the power. When it returns nothing is being written, and every call
// from now on fails.
func (l *FS) Freeze() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.off = true
}

// Unmount takes the file system away, so that the kernel forgets what it remembers of
// it. Nobody may have it open.
func (l *FS) Unmount() error {
	var err error
	for range 50 { // a process that was killed is gone a moment before its files are closed
		if err = l.server.Unmount(); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

// Close ends a file system that was unmounted, and leaves everything as it is: the
// machine was shut down as it should be.
func (l *FS) Close() error {
	var all error
	for _, f := range l.files {
		all = errors.Join(all, f.f.Close())
	}
	l.files, l.names = nil, map[string][]change{}
	return errors.Join(all, os.RemoveAll(l.dropped))
}

// Crash takes back what was not synced, in a file system that was unmounted. Each file
// and each folder may keep some of its changes, and does so as often as keep says: 0 is
// never, 1 always.
func (l *FS) Crash(r *rand.Rand, keep float64) error {
	var all error
	folders := make([]string, 0, len(l.names))
	for folder := range l.names {
		folders = append(folders, folder)
	}
	slices.SortFunc(folders, func(a, b string) int { // what is in a folder comes before the folder
		if d := strings.Count(b, "/") - strings.Count(a, "/"); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, folder := range folders {
		list := l.names[folder]
		for _, back := range slices.Backward(list[kept(r, keep, len(list)):]) {
			all = errors.Join(all, back())
		}
	}
	for _, f := range l.files {
		first := kept(r, keep, len(f.writes))
		for i, w := range slices.Backward(f.writes[first:]) {
			if i == 0 && w.n > 0 && r.Float64() < keep {
				w = w.behind(r.Int64N(w.n + 1))
			}
			all = errors.Join(all, w.takeBack(f.f))
		}
	}
	return errors.Join(all, l.Close())
}

// kept draws how many of n changes stay.
func kept(r *rand.Rand, keep float64, n int) int {
	if r.Float64() >= keep {
		return 0
	}
	return r.IntN(n + 1)
}

// changed notes how a change of a folder's names is taken back.
func (l *FS) changed(folder string, back change) { l.names[folder] = append(l.names[folder], back) }

// drop keeps what a name stands for that is about to be removed or replaced, and returns
// where. If there is nothing of that name, it returns "".
func (l *FS) drop(path string) (string, error) {
	l.drops++
	at := filepath.Join(l.dropped, strconv.Itoa(l.drops))
	err := os.Link(path, at)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return at, err
}

// A write is what a change of a file's content destroyed: the bytes from an offset on
// that were there, and the size.
type write struct {
	at   int64
	old  []byte
	size int64
	n    int64 // how many bytes were written; of a truncation none
}

// behind is what the write destroyed behind its first n bytes, which stay.
func (w write) behind(n int64) write {
	return write{at: w.at + n, old: w.old[min(n, int64(len(w.old))):], size: max(w.size, w.at+n), n: w.n - n}
}

func (w write) takeBack(f *os.File) error {
	if err := f.Truncate(w.size); err != nil {
		return err
	}
	_, err := f.WriteAt(w.old, w.at)
	return err
}
