package script

import (
	"strings"
	"time"
)

// questions lists the first words of questions: whether another word must follow, and
// whether none may.
var questions = map[string]struct{ must, alone bool }{
	"show":    {must: true},
	"may":     {must: true},
	"explain": {must: true},
	"due":     {},
	"verify":  {alone: true},
	"replay":  {alone: true},
}

// statement reads the whole text into a step.
func (c *cursor) statement(s *Step) error {
	first := c.text
	if i := strings.IndexAny(first, " \t\n"); i >= 0 {
		first = first[:i]
	}
	c.pos = len(first)
	switch first {
	case "at":
		return c.at(s)
	case "after":
		return c.after(s)
	case "as":
		return c.command(s)
	}
	if _, ok := questions[first]; ok {
		return c.question(s, first)
	}
	return c.fail(0, nil, "%q begins no statement: those begin with at, after, as, show, may, explain, due, verify or replay", first)
}

// at reads the time after "at".
func (c *cursor) at(s *Step) error {
	s.Kind = KindAt
	c.gap()
	from := c.pos
	w := c.bare()
	if w == "" {
		return c.unexpected("a time")
	}
	t, err := time.Parse(time.RFC3339, w)
	if err != nil || !isStrict(w) {
		return c.fail(from, ErrTime, "%q is no time; one is written 2026-03-02T10:00:00Z", w)
	}
	s.At = t.UTC()
	return c.end()
}

// isStrict refuses what time.Parse takes for RFC 3339 and is not: an hour of one digit,
// and an offset of a day or more or with sixty minutes.
func isStrict(w string) bool {
	zone := w[len(w)-len("+00:00"):]
	return w[len("2006-01-02T15")] == ':' && (w[len(w)-1] == 'Z' || zone[1:3] < "24" && zone[4:] < "60")
}

// units are the letters of a duration.
var units = map[byte]time.Duration{
	'w': 7 * 24 * time.Hour,
	'd': 24 * time.Hour,
	'h': time.Hour,
	'm': time.Minute,
	's': time.Second,
}

// after reads the duration after "after".
func (c *cursor) after(s *Step) error {
	s.Kind = KindAfter
	c.gap()
	for first := true; first || isDigit(c.peek()); first = false {
		if err := c.amount(&s.After); err != nil {
			return err
		}
	}
	return c.end()
}

// amount reads one term of a duration, such as 5d, and adds it to a sum.
func (c *cursor) amount(sum *time.Duration) error {
	const longest = 1<<63 - 1
	from, n, over := c.pos, int64(0), false
	for ; isDigit(c.peek()); c.pos++ {
		d := int64(c.peek() - '0')
		over = over || n > (longest-d)/10
		n = n*10 + d
	}
	if c.pos == from {
		return c.unexpected("a duration such as 5d, 36h or 1d12h")
	}
	unit, ok := units[c.peek()]
	if !ok {
		return c.unexpected("a unit (w, d, h, m or s)")
	}
	c.pos++
	if over || n > int64(longest-*sum)/int64(unit) {
		return c.fail(from, ErrLimit, "the duration is longer than the clock can hold")
	}
	*sum += time.Duration(n) * unit
	return nil
}

// question reads the words after the first word of a question.
func (c *cursor) question(s *Step, first string) error {
	s.Kind, s.Words = KindQuestion, []string{first}
	for c.gap() {
		if questions[first].alone {
			return c.fail(c.pos, nil, "%s stands alone: no word follows it", first)
		}
		w, err := c.word()
		if err != nil {
			return err
		}
		s.Words = append(s.Words, w)
	}
	if questions[first].must && len(s.Words) == 1 {
		return c.unexpected("a word")
	}
	return c.end()
}

// isDigit reports whether a byte is a decimal digit.
func isDigit(b byte) bool { return '0' <= b && b <= '9' }
