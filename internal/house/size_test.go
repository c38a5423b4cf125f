package house_test

import (
	"fmt"
	"go/ast"
	"strings"
	"testing"
)

// What a person can hold in mind at once, about. In the houses that we admire
// the median function has 7 to 12 lines and the median file 60 to 260.
const (
	mostLinesOfFunc = 60
	mostLinesOfFile = 500
)

// long may be longer, each for its reason. Tests are not measured: a table of
// cases is as long as there are cases.
var long = map[string]string{}

// TestSize keeps files and functions short enough to be read.
func TestSize(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range production(t) {
		for name, sentence := range tooLong(s) {
			seen[name] = true
			if long[name] == "" {
				t.Error(sentence)
			}
		}
	}
	for name := range long {
		if !seen[name] {
			t.Errorf("%s is short enough by now: take it off the list in internal/house", name)
		}
	}
}

// tooLong finds what is too long in a file, by name.
func tooLong(s *source) map[string]string {
	out := map[string]string{}
	if n := s.lines(); n > mostLinesOfFile {
		out[s.path] = fmt.Sprintf("%s has %d lines, and %d is the most: what in it is a matter of its own?", s.path, n, mostLinesOfFile)
	}
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := s.last(f) - s.line(f.Type) + 1; n > mostLinesOfFunc {
			name := s.path + " " + f.Name.Name
			out[name] = fmt.Sprintf("%s has %d lines, and %d is the most: which step in it has a name?", name, n, mostLinesOfFunc)
		}
	}
	return out
}

// TestSizeBites shows that both are seen.
func TestSizeBites(t *testing.T) {
	body := func(lines int) string {
		return "package circle\n\nfunc f() {\n" + strings.Repeat("\t_ = 0\n", lines-2) + "}\n"
	}
	for lines, want := range map[int]int{60: 0, 61: 1, 600: 2} {
		if got := tooLong(written(t, "circle/f.go", body(lines))); len(got) != want {
			t.Errorf("a function of %d lines: %d findings, want %d: %q", lines, len(got), want, got)
		}
	}
}
