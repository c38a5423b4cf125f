// Package weak has tests that would not notice every fault: see TestWeak.
package weak

// Limit is how much there may be.
const Limit = 3 * 4

// Within says whether there is something, and not too much.
func Within(n int) bool { return n > 0 && n <= Limit }

// Forgotten is not called by any test.
func Forgotten(n int) int {
	for range n {
		n -= -1
	}
	return n
}

// First gives the first of a list, nothing for an empty one.
func First[T any](list []T) (first *T) {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}
