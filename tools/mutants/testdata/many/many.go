// Package many has a test with subtests: see TestSubtests.
package many

const most = 9

// Size is how far n is from nothing.
func Size(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// Count counts down.
func Count(n int) int {
	for n > 0 {
		n = n / 2
	}
	return n
}

// Least is not looked at.
func Least() int {
	return -most // nobody asks
}
