package canon

import (
	"bytes"
	"reflect"
)

// A Scanner reads a canonical text piece by piece, for a reader that knows
// what comes next and wants it fast. It only says yes to what Decode accepts;
// where it says no, Decode tells what is wrong.
type Scanner struct{ d decoder }

// NewScanner returns a scanner of b, the text of the given entry. It is good until the
// next one is made with the same names.
func NewScanner(b []byte, entry uint64, types Types, names *Names) *Scanner {
	d := decoder{b: b, strict: true, entry: entry, types: types, names: names}
	if names == nil {
		return &Scanner{d}
	}
	names.texts++
	names.scanner.d = d
	return &names.scanner
}

// Skip passes over s, if s is what comes next.
func (s *Scanner) Skip(text string) bool {
	d := &s.d
	if len(d.b)-d.i < len(text) || string(d.b[d.i:d.i+len(text)]) != text {
		return false
	}
	d.i += len(text)
	return true
}

// Plain reads a text in quotation marks that holds nothing but ASCII, without
// escapes. The bytes are those of the text that is scanned.
func (s *Scanner) Plain() ([]byte, bool) { return s.d.plain() }

// Short reads a plain text that nobody keeps for long.
func (s *Scanner) Short() (string, bool) {
	b, ok := s.Plain()
	return s.d.names.aside(b), ok
}

// Name reads a plain text that comes again and again. Which of the places it is that
// a scanner reads is told by a number below [Places].
func (s *Scanner) Name(place int) (string, bool) {
	if s.d.names == nil {
		b, ok := s.Plain()
		return string(b), ok
	}
	if text, ok := s.d.same(place); ok {
		return text, true
	}
	b, ok := s.Plain()
	if !ok {
		return "", false
	}
	return s.d.names.fresh(place, b), true
}

// Places is how many places for names a scanner can tell apart.
const Places = 4

// Whole reads a whole number.
func (s *Scanner) Whole() (int64, bool) {
	n, err := s.d.whole()
	return n, err == nil
}

// Value reads what comes next into v, a pointer.
func (s *Scanner) Value(v any) bool {
	rv := reflect.ValueOf(v).Elem()
	return s.d.value(planOf(rv.Type()), rv, 1) == nil
}

// Thing reads a named value that is one of these: what its type is and what it holds. It
// returns a pointer to it; what is [Passing] is good until the next text is scanned. All
// texts that are scanned with the same names hold things of the same types.
func (s *Scanner) Thing(of Types) (Named, bool) {
	d := &s.d
	k := d.kind(of)
	if k == nil {
		return nil, false
	}
	thing, err := d.thing(k)
	return thing, err == nil && s.Skip(`}`)
}

// thing reads the data of a thing.
func (d *decoder) thing(k *known) (Named, error) {
	if d.names != nil && k.passing {
		r := d.names.roomFor(k)
		return r.thing, d.fill(r, 3)
	}
	out := reflect.New(k.plan.typ)
	return out.Interface().(Named), d.value(k.plan, out.Elem(), 3)
}

// kind reads what type a thing is of, up to its data. As a rule what follows on what is
// the same as it was lately.
func (d *decoder) kind(of Types) *known {
	if d.names == nil {
		return d.strange(of)
	}
	n := d.names
	last := &n.things[n.thing]
	if n.thing = last.next; d.is(n.things[n.thing].known) {
		return n.things[n.thing].known
	}
	for i := range n.things {
		if d.is(n.things[i].known) {
			n.thing, last.next = i, i
			return n.things[i].known
		}
	}
	k := d.strange(of)
	if k != nil {
		n.oldest = (n.oldest + 1) % len(n.things)
		n.thing, last.next = n.oldest, n.oldest
		n.things[n.oldest].known = k
	}
	return k
}

// is says that what comes next is of a type, and passes over what stands before its data.
func (d *decoder) is(k *known) bool {
	if k == nil || !bytes.HasPrefix(d.b[d.i:], k.head) {
		return false
	}
	d.i += len(k.head)
	return true
}

// strange reads a type that was not met lately.
func (d *decoder) strange(of Types) *known {
	h, err := d.strictHead()
	if err != nil {
		return nil
	}
	k, err := d.typeOf(of, h)
	if err != nil {
		return nil
	}
	return k
}

// Done says that the text is at its end.
func (s *Scanner) Done() bool { return s.d.i == len(s.d.b) }
