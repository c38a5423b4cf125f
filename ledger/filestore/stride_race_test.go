//go:build race

package filestore

// recoveryStride is greater here: the race detector finds nothing in what runs
// in one goroutine, and takes its time.
const recoveryStride = 400

// hashStride and damageStride are greater for the same reason.
const (
	hashStride   = 70
	damageStride = 11
)
