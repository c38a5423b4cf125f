// Package osfile is what the embedded store and the vault ask of an operating
// system beyond package os: that one process at a time writes, and that bytes and
// names are on the disk, in which systems differ; and the seam at which their tests
// put another disk in place of the real one ([Disk]).
package osfile

// What people say about each other is nobody else's business: these are the modes
// of the directories and files in which it lies.
const (
	DirMode  = 0o700
	FileMode = 0o600
)
