//go:build !linux

package filestore

// fileSystemOf does not know the file systems of this system.
func fileSystemOf(string) (name string, survives Survives) { return "", SurvivesUnknown }
