package consent

import (
	"reflect"
	"sync"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// apart gives an entry whose events share no memory with those of the caller:
// what they do later to a command or to a receipt never reaches the state. It
// fails if what would be written could not be read again.
func apart(entry *Entry, written []byte, pos uint64, names *canon.Names) (*Entry, error) {
	out := *entry
	out.Events, out.Parts = make([]Event, len(entry.Events)), nil // lists of its own, which scanEntry fills
	for i, event := range entry.Events {
		v := reflect.ValueOf(event).Elem()
		if refers(v.Type()) {
			if scanEntry(written, pos, names, &out) {
				return &out, nil
			}
			return decodeEntry(written, pos, names)
		}
		own := reflect.New(v.Type())
		own.Elem().Set(v)
		out.Events[i] = own.Interface().(Event)
	}
	return &out, nil
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
