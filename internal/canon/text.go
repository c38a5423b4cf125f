package canon

import (
	"math/bits"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string. The canonical form knows two escapes; a command may
// use all that JSON has.
func (d *decoder) text() (string, *Error) { return d.textOf(nil) }

// textOf reads a string, and takes it from names where it is held there.
func (d *decoder) textOf(names *Names) (string, *Error) {
	if d.peek() != '"' {
		return "", d.fault(WrongKind, "a text is wanted here")
	}
	start := d.i + 1
	end := start + plainRun(d.b[start:])
	switch {
	case end >= len(d.b):
		d.i = len(d.b)
		return "", d.fault(Malformed, "a text does not end")
	case d.b[end] != '"':
		return d.slowText(start, end)
	}
	d.i = end + 1
	return names.of(d.b[start:end]), nil
}

// plainRun is how many bytes from the first on stand in quotation marks as they
// are: ASCII without quotation marks, backslashes and control characters. It
// looks at eight at a time.
func plainRun[T string | []byte](text T) int {
	i := 0
	for ; i+8 <= len(text); i += 8 {
		w := text[i : i+8]
		x := uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
			uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
		if odd := notPlain(x); odd != 0 {
			return i + bits.TrailingZeros64(odd)/8
		}
	}
	for ; i < len(text); i++ {
		if c := text[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// notPlain looks at the eight bytes of a word: the lowest bit that it sets is in
// the first of them that is not plain. Bits above that one say nothing.
func notPlain(x uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low := (x - 0x20*ones) &^ x // a byte under 0x20 borrows from its top
	quote, slash, last := x^'"'*ones, x^'\\'*ones, x^0x7f*ones
	return (x | low | (quote-ones)&^quote | (slash-ones)&^slash | (last-ones)&^last) & tops
}

func (d *decoder) slowText(start, j int) (string, *Error) {
	out := append([]byte(nil), d.b[start:j]...)
	d.i = j
	for d.i < len(d.b) {
		c := d.b[d.i]
		switch {
		case c == '"':
			d.i++
			return d.checked(out)
		case c == '\\':
			var err *Error
			if out, err = d.escape(out); err != nil {
				return "", err
			}
		case c < 0x20 || c == 0x7f:
			return "", d.fault(Malformed, "a control character in a text")
		default:
			out = append(out, c)
			d.i++
		}
	}
	return "", d.fault(Malformed, "a text does not end")
}

func (d *decoder) checked(out []byte) (string, *Error) {
	s := string(out)
	if !utf8.ValidString(s) {
		return "", d.fault(Malformed, "a text that is not UTF-8")
	}
	if d.strict {
		if err := checkUnicode(s); err != nil {
			return "", d.fault(NotCanonical, "%s", err)
		}
	}
	return s, nil
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (d *decoder) escape(out []byte) ([]byte, *Error) {
	if d.i+1 >= len(d.b) {
		return nil, d.fault(Malformed, "a text does not end")
	}
	c := d.b[d.i+1]
	if d.strict {
		if c != '"' && c != '\\' {
			return nil, d.fault(NotCanonical, "an escape that is not needed")
		}
		d.i += 2
		return append(out, c), nil
	}
	if c == 'u' {
		return d.unicodeEscape(out)
	}
	e, ok := escapes[c]
	if !ok {
		return nil, d.fault(Malformed, "an escape that JSON does not have")
	}
	d.i += 2
	return append(out, e), nil
}

func (d *decoder) unicodeEscape(out []byte) ([]byte, *Error) {
	r, ok := d.hex4(d.i)
	if !ok {
		return nil, d.fault(Malformed, "four hex digits are wanted behind \\u")
	}
	d.i += 6
	if utf16.IsSurrogate(r) {
		low, ok := d.hex4(d.i)
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return nil, d.fault(Malformed, "half a surrogate pair")
		}
		d.i += 6
	}
	return utf8.AppendRune(out, r), nil
}

func (d *decoder) hex4(i int) (rune, bool) {
	if i+6 > len(d.b) || d.b[i] != '\\' || d.b[i+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(d.b[i+2:i+6]), 16, 16)
	return rune(n), err == nil
}
