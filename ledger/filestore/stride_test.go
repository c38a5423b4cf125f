//go:build !race

package filestore

// recoveryStride is the greatest distance between two power cuts in one
// recovery. Most of its steps are the bytes of one mark.
const recoveryStride = 20

// hashStride is the distance between two power cuts while hashes are made, and
// damageStride that between two bytes of hashes that are damaged.
const (
	hashStride   = 7
	damageStride = 1
)
