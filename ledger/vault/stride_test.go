//go:build !race

package vault

// cutStride is how many steps lie between the places at which the power is cut: all
// are tried.
const cutStride = 1
