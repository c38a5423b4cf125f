package canon

import (
	"cmp"
	"errors"
	"reflect"
	"time"
)

// Seal takes what people said out of v, a pointer: each saying is handed to
// keep with the name of its field, and replaced by the part number that keep
// returns. What is sealed already stays as it is. Times are brought to the
// whole seconds in UTC that the text can hold, so that v afterwards equals what
// Decode gives back.
func Seal(v any, entry uint64, keep func(kind, words string) (int, error)) error {
	rv := reflect.ValueOf(v).Elem()
	p := planOf(rv.Type())
	if !p.sealed {
		return nil
	}
	return seal(p, rv, "", entry, keep)
}

func seal(p *plan, v reflect.Value, kind string, entry uint64, keep func(kind, words string) (int, error)) error {
	switch p.shape {
	case shapeTime:
		t := v.Addr().Interface().(*time.Time)
		if !t.IsZero() {
			*t = time.Unix(t.Unix(), 0).UTC()
		}
	case shapeSaid:
		s := v.Addr().Interface().(Said)
		words, open := s.Words()
		if !open {
			return nil
		}
		n, err := keep(kind, words)
		if err == nil {
			s.Bind(entry, n)
		}
		return err
	case shapePointer:
		if v.IsNil() {
			return nil
		}
		return seal(p.elem, v.Elem(), kind, entry, keep)
	case shapeNamed:
		if v.IsNil() {
			return nil
		}
		if v.Elem().Kind() != reflect.Pointer {
			return errors.New("canon: a command inside an event must be a pointer, see Clone")
		}
		inner := v.Elem().Elem()
		return seal(planOf(inner.Type()), inner, kind, entry, keep)
	case shapeSlice, shapeArray:
		if !p.elem.sealed {
			return nil
		}
		for i := range v.Len() {
			if err := seal(p.elem, v.Index(i), kind, entry, keep); err != nil {
				return err
			}
		}
	case shapeStruct:
		for i := range p.fields {
			if f := &p.fields[i]; f.plan.sealed {
				if err := seal(f.plan, v.Field(f.index), f.name, entry, keep); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Clone returns a deep copy of v, a struct or a pointer to one, as a pointer.
// Nothing that is done to the copy reaches the original.
func Clone(v Named) Named {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	out := reflect.New(rv.Type())
	out.Elem().Set(rv)
	if planOf(rv.Type()).deep {
		deepen(out.Elem())
	}
	return out.Interface().(Named)
}

// Own returns v so that nothing that is done to it reaches the original: v itself,
// if it is a value that leads nowhere, as most commands do, otherwise a clone.
func Own(v Named) Named {
	if reflect.TypeOf(v).Kind() == reflect.Struct && !Leads(v) {
		return v
	}
	return Clone(v)
}

// Leads says whether v, a struct or a pointer to one, leads to lists or pointers, which
// a copy would share: many of them are empty.
func Leads(v Named) bool {
	rv := reflect.Indirect(reflect.ValueOf(v))
	p := planOf(rv.Type())
	return p.deep && leads(p, rv)
}

// leads says whether a value leads to lists or pointers, which a copy would share.
func leads(p *plan, v reflect.Value) bool {
	switch p.shape {
	case shapeSlice, shapePointer, shapeNamed:
		return !v.IsNil()
	case shapeStruct:
		for i := range p.fields {
			if f := &p.fields[i]; f.plan.deep && leads(f.plan, v.Field(f.index)) {
				return true
			}
		}
		return false
	}
	return p.deep
}

// deepen gives v, a shallow copy, slices and pointers of its own. Fields that
// are not exported are values without parts and are shared.
func deepen(v reflect.Value) {
	if !v.CanSet() || v.Type() == timeType || reflect.PointerTo(v.Type()).Implements(saidType) {
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		v.Set(c)
		for i := range v.Len() {
			deepen(v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			deepen(v.Index(i))
		}
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(v.Elem())
		deepen(c.Elem())
		v.Set(c)
	case reflect.Interface:
		if n, ok := v.Interface().(Named); ok {
			v.Set(reflect.ValueOf(Clone(n)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			deepen(v.Field(i))
		}
	}
}

// Sayings visits all that people said in v, a pointer, sealed or not, in the order in
// which Seal does, with what the tag words says of it: that of its field, or, where that
// has none, of the field around it. What is visited must not be changed.
func Sayings(v any, visit func(tag string, s Said)) {
	rv := reflect.ValueOf(v).Elem()
	sayings(planOf(rv.Type()), rv, "", visit)
}

func sayings(p *plan, v reflect.Value, tag string, visit func(tag string, s Said)) {
	if !p.sealed {
		return
	}
	switch p.shape {
	case shapeSaid:
		visit(tag, v.Addr().Interface().(Said))
	case shapePointer:
		if !v.IsNil() {
			sayings(p.elem, v.Elem(), tag, visit)
		}
	case shapeNamed:
		if !v.IsNil() && v.Elem().Kind() == reflect.Pointer {
			inner := v.Elem().Elem()
			sayings(planOf(inner.Type()), inner, tag, visit)
		}
	case shapeSlice, shapeArray:
		for i := range v.Len() {
			sayings(p.elem, v.Index(i), tag, visit)
		}
	case shapeStruct:
		for i := range p.fields {
			f := &p.fields[i]
			sayings(f.plan, v.Field(f.index), cmp.Or(f.words, tag), visit)
		}
	}
}
