// Package house holds no code, only tests that hold the house rules: which
// package may import which, what lies at the top level, which modules we depend
// on, that everything exported is explained, that the core is pure, and that
// files and functions stay short enough to be read.
//
// Each rule is one test, and each names what it found in a sentence. A rule
// that is in the way may be changed, in the same commit as what needs it and
// with the reason; the lists of exceptions carry a reason in each line.
package house
