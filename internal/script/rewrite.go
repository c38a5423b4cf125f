package script

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Rewrite holds the conversation with a host and returns the file with each expectation
// as it now is. Only what stands below a "----" changes, and only where it differs; no
// expectation is added to a statement that has none. The result tells how the file
// differed before. Rewriting the outcome again changes nothing, as long as the host
// prints the same.
//
// An error is that of [Run], or a [*SyntaxError] if what was printed is too much for a
// file that [Parse] would read.
func Rewrite(ctx context.Context, f *File, h Host) ([]byte, Result, error) {
	r, got, err := run(ctx, f, h)
	if err != nil {
		return nil, r, err
	}
	out := f.rewritten(got)
	if _, err := Parse(f.Name, out); err != nil {
		return nil, r, fmt.Errorf("the rewritten file could not be read again: %w", err)
	}
	return out, r, nil
}

// rewritten returns the file with what each step printed as its expectation.
func (f *File) rewritten(got [][]string) []byte {
	ending := "\n"
	if len(f.lines) > 0 && strings.HasSuffix(f.lines[0], "\r\n") {
		ending = "\r\n"
	}
	var b strings.Builder
	write := func(lines []string) {
		for _, line := range lines {
			b.WriteString(line)
		}
	}
	from := 0
	for i, s := range f.Steps {
		if !s.HasExpect || slices.Equal(s.Expect, got[i]) {
			continue
		}
		write(f.lines[from:s.rule])
		b.WriteString(rule + ending)
		for _, line := range got[i] {
			b.WriteString(line + ending)
		}
		from = s.stop
	}
	write(f.lines[from:])
	return []byte(b.String())
}
