package consent

import (
	"reflect"
	"sync"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// apart gives the events of an entry without memory shared with those of the
// caller: what they do later to a command or to a receipt never reaches the
// state. It fails if what was written could not be read again. The list is good
// until the next entry.
func (e *Engine) apart(events []Event, written []byte) ([]Event, error) {
	e.copies = e.copies[:0]
	for _, event := range events {
		if r, ok := event.(*Responded); ok && r.isPlain() { // what is below would come to the same
			e.copies = append(e.copies, event)
			continue
		}
		v := reflect.ValueOf(event).Elem()
		if refers(v.Type()) && leads(v) {
			entry, err := e.read(written)
			if err != nil {
				return nil, err
			}
			return entry.Events, nil
		}
		if _, passes := event.(canon.Passing); passes { // its fields are copied, and lead nowhere
			e.copies = append(e.copies, event)
			continue
		}
		own := reflect.New(v.Type())
		own.Elem().Set(v)
		e.copies = append(e.copies, own.Interface().(Event))
	}
	return e.copies, nil
}

// leads answers whether a value of a type that refers shares memory with its copies:
// many a list and pointer is empty.
func leads(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
		return !v.IsNil()
	case reflect.Struct:
		for i := range v.NumField() {
			if refers(v.Field(i).Type()) && leads(v.Field(i)) {
				return true
			}
		}
		return false
	}
	return refers(v.Type())
}

// referring remembers, for a kind of event, what refers found.
var referring sync.Map // reflect.Type → bool

// refers answers whether values of a type share memory with their copies.
func refers(t reflect.Type) bool {
	if known, ok := referring.Load(t); ok {
		return known.(bool)
	}
	found := looksAt(t)
	referring.Store(t, found)
	return found
}

func looksAt(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
		return true
	case reflect.Array:
		return looksAt(t.Elem())
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[circle.Text]() {
			return false // nobody can change what their pointers lead to
		}
		for i := range t.NumField() {
			if looksAt(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
