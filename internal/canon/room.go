package canon

import (
	"reflect"
	"time"
)

// A room is an object that stays where it is, so that it is found out once where its
// fields lie: what is read or written goes through it, field by field, by plain
// pointers, and is copied out or in as a whole. Between two uses it is empty.
type room struct {
	plan  *plan
	value reflect.Value
	slots []slot // one for each field of the plan
	thing Named  // the room itself, where its type has a wire name
	text  int    // the text that was scanned when it was last used, where it is Passing
}

// A slot is one field of a room. Of the pointers, the one that fits is set; where none
// fits, the field is read and written by its value.
type slot struct {
	field
	next  int // of this slot and those behind it, the one that was read first lately
	text  *string
	whole *int
	time  *time.Time
	said  Said
	inner *room // an object inside
	value reflect.Value
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
