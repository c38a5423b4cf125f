package filestore

import "github.com/sayround/sayround/internal/osfile"

// A disk is the directory of a ledger. The store touches files through it alone.
type disk interface {
	osfile.Disk
	// kind tells on what kind of file system the directory is, and what that survives.
	kind() (name string, survives Survives)
}

// A directory is the disk of an operating system.
type directory struct{ osfile.Dir }

func (d directory) kind() (name string, survives Survives) { return fileSystemOf(d.Path) }
