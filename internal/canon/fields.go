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
	p := planOf(rv.Type())
	if rv.CanAddr() {
		return check(p, rv)
	}
	r := p.enter() // a Checker is a pointer, and a value has none
	defer r.leave()
	r.value.Set(rv)
	return check(p, r.value)
}

func check(p *plan, v reflect.Value) *Problem {
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
	case shapeStruct:
		return checkStruct(p, v)
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

func checkStruct(p *plan, v reflect.Value) *Problem {
	for i := range p.fields {
		f := &p.fields[i]
		fv := v.Field(f.index)
		if isZero(f.plan, fv) {
			if f.optional {
				continue
			}
			return &Problem{Path: f.name, Missing: true}
		}
		if bad := check(f.plan, fv); bad != nil {
			if bad.Path == "" {
				bad.Path = f.name
			} else {
				bad.Path = f.name + "." + bad.Path
			}
			return bad
		}
	}
	return nil
}
