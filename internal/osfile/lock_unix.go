//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package osfile

import (
	"errors"
	"io"
	"os"
	"syscall"

	"github.com/sayround/sayround/ledger"
)

// Lock takes the lock on a file, which it makes if need be, or fails with
// [ledger.ErrLocked] at once. The system gives the lock back when the file is
// closed, also by the end of the process; the file itself stays.
func Lock(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, FileMode)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		err = ledger.ErrLocked
	default:
		err = os.NewSyscallError("flock", err)
	}
	return nil, errors.Join(err, f.Close())
}
