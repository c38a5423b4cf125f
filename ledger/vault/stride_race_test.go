//go:build race

package vault

// cutStride is how many steps lie between the places at which the power is cut: with
// the race detector, which makes everything slow, some are tried.
const cutStride = 13
