//go:build !unix

package osfile

// SyncDir does nothing: this system cannot sync a directory, and keeps names
// in a journal of its own or not at all.
func SyncDir(string) error { return nil }
