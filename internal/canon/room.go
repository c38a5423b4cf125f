package canon

import (
	"reflect"
	"time"
)

// A room is an object that stays where it is, so that it is found out once where its
// fields lie: what is read or written goes through it, field by field, by plain
// pointers, and is copied out or in as a whole. Between two uses it is empty.
type room struct {
	plan    *plan
	value   reflect.Value
	slots   []slot  // one for each field of the plan
	thing   Named   // the room itself, where its type has a wire name
	checker Checker // the room itself, where its type is one
	text    int     // the text that was scanned when it was last used, where it is Passing
}

// A slot is one field of a room. Of the pointers, the one that fits is set; where none
// fits, the field is read and written by its value.
type slot struct {
	field
	next    int // of this slot and those behind it, the one that was read first lately
	text    *string
	whole   *int
	time    *time.Time
	said    Said
	inner   *room   // an object inside
	checker Checker // of a text, where its type is one
	value   reflect.Value
}

// enter gives a room that nobody uses.
func (p *plan) enter() *room {
	if r, ok := p.rooms.Get().(*room); ok {
		return r
	}
	return p.newRoom(reflect.New(p.typ).Elem())
}

// leave empties a room, for whoever enters next.
func (r *room) leave() {
	r.value.SetZero()
	r.plan.rooms.Put(r)
}

func (p *plan) newRoom(v reflect.Value) *room {
	r := &room{plan: p, value: v, slots: make([]slot, len(p.fields))}
	r.thing, _ = v.Addr().Interface().(Named)
	r.checker, _ = v.Addr().Interface().(Checker)
	for i := range p.fields {
		r.slots[i] = newSlot(p.fields[i], v.Field(p.fields[i].index))
		r.slots[i].next = i
	}
	return r
}

func newSlot(f field, v reflect.Value) slot {
	s := slot{field: f, value: v}
	switch f.plan.shape {
	case shapeString:
		s.text = pointer[string](v)
		s.checker, _ = v.Addr().Interface().(Checker)
	case shapeInt:
		if v.Kind() == reflect.Int {
			s.whole = pointer[int](v)
		}
	case shapeTime:
		s.time = pointer[time.Time](v)
	case shapeSaid:
		s.said = v.Addr().Interface().(Said)
	case shapeStruct:
		s.inner = f.plan.newRoom(v)
	}
	return s
}

// pointer is where a value of a type that is made of T lies.
func pointer[T any](v reflect.Value) *T {
	return v.Addr().Convert(reflect.TypeFor[*T]()).Interface().(*T)
}

// empty says whether a field that may be left out is.
func (s *slot) empty() bool {
	switch {
	case s.text != nil:
		return *s.text == ""
	case s.whole != nil:
		return *s.whole == 0
	case s.time != nil:
		return s.time.IsZero()
	}
	return isZero(s.plan, s.value)
}

// fill reads an object whose keys stand in order: each key is looked for from where
// the last one was found.
func (d *decoder) fill(r *room, depth int) error {
	if err := d.expect('{'); err != nil {
		return err
	}
	next := 0
	for !d.closes() {
		n := d.nextSlot(r, next)
		if n < 0 {
			return d.strangeKey(r.plan, next == 0)
		}
		s := &r.slots[n]
		if err := d.slot(s, depth+1); err != nil {
			return at(err, s.name)
		}
		if s.optional && s.empty() {
			return at(d.fault(NotCanonical, "an empty value is left out"), s.name)
		}
		next = n + 1
	}
	for ; next < len(r.slots); next++ {
		if !r.slots[next].optional {
			return at(d.fault(Malformed, "it is missing"), r.slots[next].name)
		}
	}
	return nil
}

// closes passes over the end of an object, if it is here.
func (d *decoder) closes() bool {
	if d.i < len(d.b) && d.b[d.i] == '}' {
		d.i++
		return true
	}
	return false
}

// slot reads the value of a field. A plain text that comes again and again is looked
// for where it was last, and so is a passage.
func (d *decoder) slot(s *slot, depth int) (err error) {
	switch {
	case depth > MaxDepth: // is told below
	case s.text != nil:
		return d.textInto(s)
	case s.whole != nil:
		n, err := d.whole()
		if *s.whole = int(n); err == nil && int64(*s.whole) != n {
			return d.fault(WrongKind, "the number %d is too large here", n)
		}
		return err
	case s.time != nil:
		n, err := d.whole()
		*s.time = time.Unix(n, 0).UTC()
		return err
	case s.said != nil:
		return d.bound(s.said)
	case s.again && d.names != nil:
		return d.passage(&s.field, s.value, depth)
	case s.inner != nil:
		return d.fill(s.inner, depth)
	}
	return d.value(s.plan, s.value, depth)
}

// textInto reads a text.
func (d *decoder) textInto(s *slot) error {
	if !s.plan.common || d.names == nil {
		text, err := d.textOf(nil)
		*s.text = text
		return orNil(err)
	}
	if text, ok := d.same(s.no); ok {
		*s.text = text
		return nil
	}
	if b, ok := d.plain(); ok {
		*s.text = d.names.fresh(s.no, b)
		return nil
	}
	text, err := d.textOf(d.names)
	*s.text = text
	return orNil(err)
}

// nextSlot passes over a key and says whose it is: as a rule it is the one that stood
// behind the last key lately. It is -1 for a key that cannot stand here.
func (d *decoder) nextSlot(r *room, from int) int {
	if from == len(r.slots) {
		return -1
	}
	skip := 0
	if from == 0 { // no comma stands before the first key
		skip = 1
	}
	if n := r.slots[from].next; d.key(r.slots[n].key[skip:]) {
		return n
	}
	for n := from; n < len(r.slots); n++ {
		if d.key(r.slots[n].key[skip:]) {
			r.slots[from].next = n
			return n
		}
		if !r.slots[n].optional {
			break
		}
	}
	return -1
}

// key passes over a key, if it is here.
func (d *decoder) key(text string) bool {
	rest := d.b[d.i:]
	if len(rest) < len(text) || rest[2] != text[2] || string(rest[:len(text)]) != text { // mostly the first letters tell
		return false
	}
	d.i += len(text)
	return true
}
