//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package osfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/sayround/sayround/ledger"
)

// Lock takes the lock by making a file that must not be there yet. A
// process that is killed leaves it behind; then somebody has to see that
// nobody writes, and delete it.
func Lock(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w (or its program was killed: if so, delete %s)", ledger.ErrLocked, path)
	}
	if err != nil {
		return nil, err
	}
	return ownedLock{f}, nil
}

// An ownedLock is a file that is there as long as the lock is held.
type ownedLock struct{ f *os.File }

func (l ownedLock) Close() error {
	return errors.Join(l.f.Close(), os.Remove(l.f.Name()))
}
