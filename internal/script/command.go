package script

import "strings"

// command reads what follows "as": the speaker, the command's name and its fields.
func (c *cursor) command(s *Step) error {
	s.Kind = KindCommand
	if err := c.speaker(&s.Speaker); err != nil {
		return err
	}
	from := c.pos
	if s.Command = c.bare(); s.Command == "" {
		return c.unexpected("a command")
	}
	room, verb, ok := strings.Cut(s.Command, ".")
	if !ok || !isName(room) || !isName(verb) {
		return c.fail(from, nil, "%q is no command; one is written room.command, in small letters, digits and hyphens", s.Command)
	}
	return c.fields(s)
}

// speaker reads up to the colon and the white space after it.
func (c *cursor) speaker(sp *Speaker) (err error) {
	c.gap()
	if sp.Who, err = c.who(); err != nil {
		return err
	}
	for !c.take(':') {
		if !c.gap() {
			return c.unexpected("the colon after the speaker")
		}
		if err := c.part(sp); err != nil {
			return err
		}
	}
	if !c.gap() {
		return c.unexpected("white space after the speaker's colon")
	}
	return nil
}

// part reads one of the parts that may follow who speaks, each once.
func (c *cursor) part(sp *Speaker) (err error) {
	from := c.pos
	w := c.plain()
	var into *string
	switch w {
	case "with":
		into = &sp.With
	case "through":
		into = &sp.Through
	case "recorded-by":
		into = &sp.RecordedBy
	case "for":
		into = &sp.For
	case "basis":
		into = &sp.Basis
	case "channel":
		into = &sp.Channel
	case "id":
		into = &sp.ID
	default:
		return c.fail(from, nil, "here stands one of with, through, recorded-by, for, basis=, channel=, id=, or no white space before the colon")
	}
	if *into != "" {
		return c.fail(from, ErrTwice, "%q is given twice", w)
	}
	if into == &sp.Basis || into == &sp.Channel || into == &sp.ID {
		if !c.take('=') {
			return c.unexpected("the = after " + w)
		}
	} else if !c.gap() {
		return c.unexpected("white space after " + w)
	}
	*into, err = c.who()
	return err
}

// who reads a name or a value of the speaker, which is never empty.
func (c *cursor) who() (string, error) {
	from := c.pos
	if c.peek() == '"' {
		_, text, err := c.quoted()
		if err == nil && text == "" {
			err = c.fail(from, nil, "nothing stands between the quotes")
		}
		return text, err
	}
	if w := c.plain(); w != "" {
		return w, nil
	}
	return "", c.unexpected("a name or a value")
}

// fields reads key=value up to the end of the statement into one JSON object.
func (c *cursor) fields(s *Step) error {
	out, seen := []byte{'{'}, map[string]bool{}
	for c.gap() {
		from := c.pos
		key := c.plain()
		switch {
		case key == "":
			return c.unexpected("a key")
		case !isName(key):
			return c.fail(from, nil, "%q is no key; one is written in small letters, digits and hyphens", key)
		case seen[key]:
			return c.fail(from, ErrTwice, "the key %q is given twice", key)
		case !c.take('='):
			return c.unexpected("the = after " + key)
		}
		if len(seen) > 0 {
			out = append(out, ',')
		}
		seen[key] = true
		out = append(out, `"`+key+`":`...)
		var err error
		if out, err = c.value(out, 0); err != nil {
			return err
		}
	}
	s.Fields = append(out, '}')
	return c.end()
}

// isName reports whether a word is small letters, digits and hyphens, a letter first.
func isName(w string) bool {
	for i := range len(w) {
		if b := w[i]; !('a' <= b && b <= 'z' || i > 0 && (b == '-' || isDigit(b))) {
			return false
		}
	}
	return w != ""
}
