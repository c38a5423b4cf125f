//go:build race

package filestore

// recoveryStride is greater here: the race detector finds nothing in what runs
// in one goroutine, and takes its time.
const recoveryStride = 400
