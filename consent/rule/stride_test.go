//go:build !race

package rule_test

// thinner is by how much fewer random cases a rule is tried in.
const thinner = 1
