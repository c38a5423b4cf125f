//go:build !linux

package osfile

import "os"

// SyncData makes the data of a file durable, with its size.
func SyncData(f *os.File) error { return f.Sync() }
