//go:build !linux

package filestore

import "os"

// syncData makes the data of a file durable, with its size.
func syncData(f *os.File) error { return f.Sync() }
