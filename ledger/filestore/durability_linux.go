package filestore

import (
	"fmt"
	"syscall"
)

// fileSystems are those that statfs(2) knows by number.
var fileSystems = map[uint32]struct {
	name     string
	survives Survives
}{
	0xef53:     {"ext4", SurvivesPower}, // or ext2 or ext3, which have the same number
	0x58465342: {"xfs", SurvivesPower},
	0x9123683e: {"btrfs", SurvivesPower},
	0xf2f52010: {"f2fs", SurvivesPower},
	0x2fc12fc1: {"zfs", SurvivesPower},
	0x01021994: {"tmpfs", SurvivesProcess},
	0x858458f6: {"ramfs", SurvivesProcess},
	0x6969:     {"nfs", SurvivesServer},
	0xff534d42: {"cifs", SurvivesServer},
	0xfe534d42: {"smb2", SurvivesServer},
	0x01021997: {"9p", SurvivesServer},
	0x65735546: {"fuse", SurvivesServer},
}

// fileSystemOf tells on what kind of file system a directory is.
func fileSystemOf(path string) (name string, survives Survives) {
	var st syscall.Statfs_t
	if syscall.Statfs(path, &st) != nil {
		return "", SurvivesUnknown
	}
	number := uint32(st.Type) // wider on some machines, signed on others
	if known, ok := fileSystems[number]; ok {
		return known.name, known.survives
	}
	return fmt.Sprintf("%#x", number), SurvivesUnknown
}
