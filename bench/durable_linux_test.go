package bench

import (
	"os"
	"syscall"
)

// syncData makes the bytes of a file durable, and no more of what is known of it.
func syncData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
