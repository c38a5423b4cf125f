package script

import (
	"encoding/json"
	"strings"
)

// value reads one value and appends it to dst as JSON.
func (c *cursor) value(dst []byte, depth int) ([]byte, error) {
	switch c.peek() {
	case '"':
		raw, _, err := c.quoted()
		return append(dst, raw...), err
	case '[':
		return c.group(dst, depth+1, ']', c.value)
	case '{':
		seen := map[string]bool{}
		return c.group(dst, depth+1, '}', func(dst []byte, depth int) ([]byte, error) {
			return c.member(dst, depth, seen)
		})
	default:
		return c.scalar(dst)
	}
}

// group reads what stands between two brackets, with commas between.
func (c *cursor) group(dst []byte, depth int, closing byte, item func([]byte, int) ([]byte, error)) ([]byte, error) {
	if depth > MaxDepth {
		return nil, c.fail(c.pos, ErrLimit, "arrays and objects may stand %d deep within one another, and no deeper", MaxDepth)
	}
	dst = append(dst, c.peek())
	c.pos++
	c.gap()
	for first := true; !c.take(closing); first = false {
		if !first {
			if !c.take(',') {
				return nil, c.unexpected("a comma, or the closing " + string(closing))
			}
			c.gap()
			dst = append(dst, ',')
		}
		var err error
		if dst, err = item(dst, depth); err != nil {
			return nil, err
		}
		c.gap()
	}
	return append(dst, closing), nil
}

// member reads one key and value of an object.
func (c *cursor) member(dst []byte, depth int, seen map[string]bool) (_ []byte, err error) {
	from, raw, key := c.pos, "", ""
	if c.peek() == '"' {
		if raw, key, err = c.quoted(); err != nil {
			return nil, err
		}
	} else if key = c.plain(); key == "" {
		return nil, c.unexpected("a key")
	} else {
		raw = `"` + key + `"`
	}
	if seen[key] {
		return nil, c.fail(from, ErrTwice, "the key %q is given twice", key)
	}
	seen[key] = true
	c.gap()
	if !c.take(':') {
		return nil, c.unexpected("the colon after " + raw)
	}
	c.gap()
	return c.value(append(append(dst, raw...), ':'), depth)
}

// scalar reads a bare word: an integer, true, false, or else a string. A bare word
// holds nothing that JSON would have to escape.
func (c *cursor) scalar(dst []byte) ([]byte, error) {
	from := c.pos
	w := c.bare()
	switch {
	case w == "":
		return nil, c.unexpected("a value")
	case w == "null":
		return nil, c.fail(from, ErrValue, "null is no value: leave the key out, or write \"null\" in quotes to mean the word")
	case !json.Valid([]byte(w)):
		return append(append(append(dst, '"'), w...), '"'), nil
	case isDigit(w[len(w)-1]) && strings.ContainsAny(w, ".eE"):
		return nil, c.fail(from, ErrValue, "%s is not an integer: write it in quotes, exactly, as in \"2/3\"", w)
	default:
		return append(dst, w...), nil
	}
}
