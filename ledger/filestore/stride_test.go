//go:build !race

package filestore

// recoveryStride is the greatest distance between two power cuts in one
// recovery. Most of its steps are the bytes of one mark.
const recoveryStride = 20
