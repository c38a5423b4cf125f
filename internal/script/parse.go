package script

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// rule is the line that opens an expectation.
const rule = "----"

// Parse reads a conversation. The name is what errors and differences call it. An
// error is a [*SyntaxError] about the first thing that is wrong.
func Parse(name string, data []byte) (*File, error) {
	if len(data) > MaxFile {
		return nil, &SyntaxError{Name: name, Err: ErrLimit,
			What: fmt.Sprintf("the file has %d bytes, and may have %d", len(data), MaxFile)}
	}
	f := &File{Name: name}
	for line := range strings.Lines(string(data)) {
		f.lines = append(f.lines, line)
		if err := f.check(line); err != nil {
			return nil, err
		}
	}
	for i := 0; i < len(f.lines); {
		line := trim(f.lines[i])
		switch {
		case line == "" || isComment(line):
			i++
		case isFold(line):
			return nil, f.wrong(i, "a line that begins with white space continues a statement, and there is none above it")
		case line == rule:
			return nil, f.wrong(i, "---- belongs directly below a statement, and there is none above it")
		default:
			s, err := f.step(i)
			if err != nil {
				return nil, err
			}
			f.Steps = append(f.Steps, s)
			i = s.stop
		}
	}
	return f, nil
}

// check refuses the line that was read last if it is too long or not text.
func (f *File) check(line string) error {
	if n := len(strings.TrimRight(line, "\r\n")); n > MaxLine {
		return &SyntaxError{Name: f.Name, Line: len(f.lines), Err: ErrLimit,
			What: fmt.Sprintf("the line has %d bytes, and may have %d", n, MaxLine)}
	}
	if !utf8.ValidString(line) {
		return f.wrong(len(f.lines)-1, "the line is not UTF-8 text")
	}
	return nil
}

// wrong is an error about the line at an index as a whole.
func (f *File) wrong(index int, what string) error {
	return &SyntaxError{Name: f.Name, Line: index + 1, What: what}
}

// step reads the statement that begins at an index, and its expectation.
func (f *File) step(index int) (Step, error) {
	lines, numbers := []string{trim(f.lines[index])}, []int{index + 1}
	text := slices.Clone(lines)
	next := index + 1
	for ; next < len(f.lines); next++ {
		line := trim(f.lines[next])
		if isComment(line) {
			continue
		}
		if !isFold(line) {
			break
		}
		lines, numbers = append(lines, line), append(numbers, next+1)
		text = append(text, strings.TrimLeft(line, " \t"))
	}
	s := Step{Line: index + 1, Text: strings.Join(text, " "), stop: next}
	if err := newCursor(f.Name, lines, numbers).statement(&s); err != nil {
		return Step{}, err
	}
	if next < len(f.lines) && trim(f.lines[next]) == rule {
		f.expectation(&s, next)
	}
	return s, nil
}

// expectation reads the block whose "----" stands at an index.
func (f *File) expectation(s *Step, index int) {
	s.HasExpect, s.rule = true, index
	for s.stop = index + 1; s.stop < len(f.lines); s.stop++ {
		line := trim(f.lines[s.stop])
		if line == "" {
			return
		}
		s.Expect = append(s.Expect, line)
	}
}

// trim takes the line ending and the white space before it off.
func trim(line string) string { return strings.TrimRight(line, " \t\r\n") }

// isComment reports whether a trimmed line is a comment.
func isComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") }

// isFold reports whether a trimmed line continues the statement above it.
func isFold(line string) bool { return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") }
