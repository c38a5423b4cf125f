//go:build race

package rule_test

// thinner is greater here: a rule is asked in one goroutine, in which the race detector
// finds nothing.
const thinner = 4
