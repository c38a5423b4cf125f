package canon

import (
	"fmt"
	"reflect"
	"strings"
)

// A Field describes one field of a command for people: its name, whether it
// must be given, and what it holds.
type Field struct {
	Name     string
	Required bool
	Kind     string
	Fields   []Field // of an object, or of the objects in a list
}

// Lister is a type with a closed list of values.
type Lister interface{ Values() []string }

// Kinder is a type that says in a few words what it holds.
type Kinder interface{ Kind() string }

// Fields lists the fields of v, a struct or a pointer to one, in the order in
// which they are declared.
func Fields(v any) []Field {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return fieldsOf(planOf(t))
}

func fieldsOf(p *plan) []Field {
	byIndex := map[int]field{}
	for _, f := range p.fields {
		byIndex[f.index] = f
	}
	var out []Field
	for i := range p.typ.NumField() {
		f, ok := byIndex[i]
		if !ok {
			continue
		}
		out = append(out, Field{Name: f.name, Required: !f.optional, Kind: kindOf(f.plan), Fields: inner(f.plan)})
	}
	return out
}

func inner(p *plan) []Field {
	switch p.shape {
	case shapeSlice, shapeArray, shapePointer:
		return inner(p.elem)
	case shapeStruct:
		return fieldsOf(p)
	}
	return nil
}

func kindOf(p *plan) string {
	zero := reflect.New(p.typ)
	if l, ok := zero.Interface().(Lister); ok {
		return strings.Join(l.Values(), "|")
	}
	if k, ok := zero.Interface().(Kinder); ok {
		return k.Kind()
	}
	switch p.shape {
	case shapeInt, shapeUint:
		return "number"
	case shapeBool:
		return "true|false"
	case shapeTime:
		return "time"
	case shapeSlice, shapeArray:
		return "list of " + kindOf(p.elem)
	case shapeStruct:
		return "object"
	case shapePointer:
		return kindOf(p.elem)
	case shapeNamed:
		return "command"
	}
	return "text"
}

// A Checker knows whether its own value is sound.
type Checker interface{ Check() error }

// Problem is what Check finds in a command: a required field that is empty, or
// a value that is not sound.
type Problem struct {
	Path    string
	Missing bool
	Err     error
}

// Check walks v, a pointer to a struct, and returns the first required field
// that is empty or value that is not sound, nil when all is well.
func Check(v any) *Problem {
	rv := reflect.ValueOf(v)
	for rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	if !rv.IsValid() { // the address of nothing
		return &Problem{Missing: true}
	}
	return checkStruct(planOf(rv.Type()), rv)
}

// check checks a value that is no room's. A Checker is a pointer, and so v is one that has
// an address.
func check(p *plan, v reflect.Value) *Problem {
	if p.shape == shapeStruct {
		return checkStruct(p, v)
	}
	if p.checks {
		if err := v.Addr().Interface().(Checker).Check(); err != nil {
			return &Problem{Err: err}
		}
	}
	switch p.shape {
	case shapeInt:
		return checkNumber(v)
	case shapeSlice, shapeArray:
		for i := range v.Len() {
			if bad := check(p.elem, v.Index(i)); bad != nil {
				return bad
			}
		}
	case shapePointer:
		if !v.IsNil() {
			return check(p.elem, v.Elem())
		}
	case shapeNamed:
		return checkNamed(v)
	}
	return nil
}

// MaxNumber is the largest number that a command may give where Go has an int, also
// below zero: on some machines an int holds no more, and a ledger that was written on
// another must be read there too. Entries from before this was so may hold more.
const MaxNumber = 1<<31 - 1

func checkNumber(v reflect.Value) *Problem {
	if n := v.Int(); v.Kind() == reflect.Int && (n > MaxNumber || n < -MaxNumber) {
		return &Problem{Err: fmt.Errorf("%d is beyond %d, the largest number there is here", n, MaxNumber)}
	}
	return nil
}

func checkNamed(v reflect.Value) *Problem {
	if v.IsNil() {
		return &Problem{Missing: true}
	}
	return Check(v.Interface())
}

// checkStruct checks an object in a room of its kind.
func checkStruct(p *plan, v reflect.Value) *Problem {
	r := p.enter()
	defer r.leave()
	r.value.Set(v)
	return r.check()
}

// check checks an object that lies in its room.
func (r *room) check() *Problem {
	if r.checker != nil {
		if err := r.checker.Check(); err != nil {
			return &Problem{Err: err}
		}
	}
	for i := range r.slots {
		s := &r.slots[i]
		if s.empty() {
			if s.optional {
				continue
			}
			return &Problem{Path: s.name, Missing: true}
		}
		if bad := s.check(); bad != nil {
			if bad.Path == "" {
				bad.Path = s.name
			} else {
				bad.Path = s.name + "." + bad.Path
			}
			return bad
		}
	}
	return nil
}

// check checks the value of a field.
func (s *slot) check() *Problem {
	switch {
	case s.inner != nil:
		return s.inner.check()
	case s.text == nil:
		return check(s.plan, s.value)
	case s.checker != nil:
		if err := s.checker.Check(); err != nil {
			return &Problem{Err: err}
		}
	}
	return nil
}
