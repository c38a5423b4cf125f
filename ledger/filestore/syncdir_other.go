//go:build !unix

package filestore

// syncDir does nothing: this system cannot sync a directory, and keeps names
// in a journal of its own or not at all.
func syncDir(string) error { return nil }
