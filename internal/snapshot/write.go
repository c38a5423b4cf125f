package snapshot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/internal/canon"
)

// ErrWords: somebody's words stand in a value at full length, where only their place
// may.
var ErrWords = errors.New("words that were not sealed stand in what is written")

// errTooMuch: more stands on a shelf than there are places for.
var errTooMuch = errors.New("snapshot: more than four GiB stand on one shelf")

// Append writes what v points to, a value of the type of the form, behind dst.
func (f *Form) Append(dst []byte, v any) ([]byte, error) {
	w := &writer{form: f, b: dst}
	w.value(f.root, reflect.ValueOf(v).Elem())
	return w.b, w.err
}

// A writer writes one value after the other, and remembers the first error.
type writer struct {
	form *Form
	b    []byte
	err  error
}

func (w *writer) count(n uint64) { w.b = binary.AppendUvarint(w.b, n) }

func (w *writer) text(s string) {
	w.count(uint64(len(s)))
	w.b = append(w.b, s...)
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// value writes a value. It must be addressable if it is a struct or an array.
func (w *writer) value(p *plan, v reflect.Value) {
	switch p.shape {
	case shapeBool:
		if v.Bool() {
			w.b = append(w.b, 1)
		} else {
			w.b = append(w.b, 0)
		}
	case shapeInt:
		w.count(zigzag(v.Int()))
	case shapeUint:
		w.count(v.Uint())
	case shapeString:
		w.text(v.String())
	case shapeTime:
		w.time(v.Interface().(time.Time))
	case shapeStruct:
		for i := range p.fields {
			w.value(p.fields[i].plan, p.fields[i].of(v))
		}
	case shapeArray:
		for i := range v.Len() {
			w.value(p.elem, v.Index(i))
		}
	case shapeSaid:
		w.said(v.Addr().Interface().(canon.Said))
	case shapeShelf:
		w.shelf(p, v.Addr().Interface().(shelf))
	default:
		w.optional(p, v)
	}
}

// optional writes what may be nil.
func (w *writer) optional(p *plan, v reflect.Value) {
	if v.IsNil() {
		w.count(0)
		return
	}
	switch p.shape {
	case shapeBytes:
		w.count(uint64(v.Len()) + 1)
		w.b = append(w.b, v.Bytes()...)
	case shapeSlice:
		w.count(uint64(v.Len()) + 1)
		for i := range v.Len() {
			w.value(p.elem, v.Index(i))
		}
	case shapePointer:
		w.count(1)
		w.value(p.elem, v.Elem())
	case shapeMap:
		w.table(p, v)
	case shapeNamed:
		w.named(v.Elem())
	}
}

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

// time writes 0 for the zero time; for others their seconds, which one more than zigzag
// keeps from 0, and their nanoseconds.
func (w *writer) time(t time.Time) {
	if t.IsZero() {
		w.count(0)
		return
	}
	w.count(zigzag(t.Unix()) + 1)
	w.count(uint64(t.Nanosecond()))
}

func (w *writer) said(s canon.Said) {
	if _, open := s.Words(); open {
		w.fail(ErrWords)
	}
	entry, part := s.Place()
	w.count(entry)
	w.count(uint64(part))
}

// table writes a map in the order of its written keys.
func (w *writer) table(p *plan, v reflect.Value) {
	type row struct {
		key   string
		value reflect.Value
	}
	rows := make([]row, 0, v.Len())
	key := &writer{form: w.form}
	for iter := v.MapRange(); iter.Next(); {
		key.b = key.b[:0]
		key.value(p.key, addressable(iter.Key()))
		rows = append(rows, row{string(key.b), iter.Value()})
	}
	w.fail(key.err)
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	w.count(uint64(len(rows)) + 1)
	for _, r := range rows {
		w.b = append(w.b, r.key...)
		w.value(p.elem, addressable(r.value))
	}
}

// addressable is the value, or a copy of it, in a place where its fields can be
// reached.
func addressable(v reflect.Value) reflect.Value {
	if k := v.Kind(); v.CanAddr() || k != reflect.Struct && k != reflect.Array {
		return v
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}

// named writes a value that stands where several types may: 1 or, of a pointer to one,
// 2; its wire name; and then itself.
func (w *writer) named(v reflect.Value) {
	wire, known := w.form.wires[v.Type()]
	if !known {
		w.fail(fmt.Errorf("snapshot: %s has no wire name here", v.Type()))
		return
	}
	kind := uint64(1)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			w.fail(fmt.Errorf("snapshot: a %s that is nil", v.Type()))
			return
		}
		kind, v = 2, v.Elem()
	}
	w.count(kind)
	w.text(wire)
	w.value(w.form.named[wire], addressable(v))
}
