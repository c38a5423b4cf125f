package script

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A cursor walks over one statement. The lines of a statement are joined by line feeds,
// which count as white space; no two follow one another.
type cursor struct {
	name   string
	text   string
	pos    int
	origin []origin
}

// An origin says where in a cursor's text a line of the file begins.
type origin struct{ offset, line int }

// newCursor returns a cursor over lines of the file, whose numbers are in a slice of
// the same length.
func newCursor(name string, lines []string, numbers []int) *cursor {
	c := &cursor{name: name, text: strings.Join(lines, "\n")}
	offset := 0
	for i, line := range lines {
		c.origin = append(c.origin, origin{offset, numbers[i]})
		offset += len(line) + 1
	}
	return c
}

// fail is an error about a position in the text.
func (c *cursor) fail(pos int, err error, format string, args ...any) error {
	from := c.origin[0]
	for _, o := range c.origin {
		if o.offset <= pos {
			from = o
		}
	}
	return &SyntaxError{
		Name:   c.name,
		Line:   from.line,
		Column: 1 + utf8.RuneCountInString(c.text[from.offset:pos]),
		What:   fmt.Sprintf(format, args...),
		Err:    err,
	}
}

// unexpected is an error about what stands here instead of something else.
func (c *cursor) unexpected(want string) error {
	if c.done() || c.peek() == '\n' {
		return c.fail(c.pos, nil, "the line ends where %s should stand", want)
	}
	r, _ := utf8.DecodeRuneInString(c.text[c.pos:])
	return c.fail(c.pos, nil, "%q stands where %s should", r, want)
}

// done reports whether the text is at its end.
func (c *cursor) done() bool { return c.pos == len(c.text) }

// peek returns the byte at the cursor, or 0 at the end.
func (c *cursor) peek() byte {
	if c.done() {
		return 0
	}
	return c.text[c.pos]
}

// take steps over one byte if it is the one that is asked for.
func (c *cursor) take(b byte) bool {
	if c.peek() != b {
		return false
	}
	c.pos++
	return true
}

// gap steps over white space and reports whether there was any.
func (c *cursor) gap() bool {
	from := c.pos
	for strings.IndexByte(" \t\n", c.peek()) >= 0 {
		c.pos++
	}
	return c.pos > from
}

// end refuses anything but the end of the statement.
func (c *cursor) end() error {
	from := c.pos
	switch {
	case c.gap():
		return c.fail(from, nil, "nothing more belongs to this statement")
	case !c.done():
		r, _ := utf8.DecodeRuneInString(c.text[c.pos:])
		return c.fail(from, nil, "%q stands where the word should be over; a word that holds it needs quotes", r)
	default:
		return nil
	}
}

// bare steps over a bare word and returns it, or the empty string if there is none.
func (c *cursor) bare() string { return c.run(func(r rune) bool { return isPlain(r) || r == ':' }) }

// plain is bare for a place where a colon means something.
func (c *cursor) plain() string { return c.run(isPlain) }

// run steps over the longest bare word of characters that pass.
func (c *cursor) run(pass func(rune) bool) string {
	from := c.pos
	if b := c.peek(); b == '#' || b == ':' {
		return ""
	}
	for i, r := range c.text[from:] {
		if !pass(r) {
			c.pos = from + i
			return c.text[from:c.pos]
		}
	}
	c.pos = len(c.text)
	return c.text[from:]
}

// isPlain reports whether a bare word may hold a character wherever it stands.
func isPlain(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r < 0x7f && !strings.ContainsRune(`"=,:[]{}\`, r)
	}
	return unicode.IsPrint(r)
}

// quoted steps over a JSON string and returns it as written and as meant.
func (c *cursor) quoted() (raw, text string, err error) {
	from := c.pos
	for c.pos++; c.peek() != '"'; c.pos++ {
		switch b := c.peek(); {
		case c.done() || b == '\n':
			return "", "", c.fail(from, nil, "a string ends on the line on which it begins, and this one has no closing quote")
		case b < ' ':
			return "", "", c.fail(c.pos, nil, "%q can't stand in a string: write it as an escape", b)
		case b == '\\' && c.pos+1 < len(c.text) && c.text[c.pos+1] != '\n':
			c.pos++
		}
	}
	c.pos++
	raw = c.text[from:c.pos]
	if err := json.Unmarshal([]byte(raw), &text); err != nil {
		return "", "", c.fail(from, nil, "the string has an escape that JSON does not know")
	}
	return raw, text, nil
}

// word reads a bare word or a string, as it is meant.
func (c *cursor) word() (string, error) {
	if c.peek() == '"' {
		_, text, err := c.quoted()
		return text, err
	}
	if w := c.bare(); w != "" {
		return w, nil
	}
	return "", c.unexpected("a word")
}
