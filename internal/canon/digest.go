package canon

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Digest returns a SHA-256 over everything that v holds, maps in the order of
// their keys. Two values with equal content have equal digests on every
// machine. Fields that hold nothing are passed over, others are told by their
// names, and small numbers that have names by these: so a value of an older
// program keeps its digest when its type gets more fields or names. Fields tagged `canon:"-"` hold what is derived, and are left out; a
// field that is neither exported nor tagged is a mistake of the program, and
// panics, so that no part of a state is passed over in silence.
func Digest(v any) [sha256.Size]byte {
	h := sha256.New()
	digest(h, reflect.ValueOf(v))
	var out [sha256.Size]byte
	h.Sum(out[:0])
	return out
}

func put(h hash.Hash, format string, args ...any) {
	fmt.Fprintf(h, format, args...)
}

func digest(h hash.Hash, v reflect.Value) {
	if name, ok := named(v); ok {
		put(h, "%s;", name)
		return
	}
	switch v.Kind() {
	case reflect.Invalid:
		put(h, "nil;")
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			put(h, "nil;")
			return
		}
		if v.Kind() == reflect.Interface {
			put(h, "%s:", v.Elem().Type())
		}
		digest(h, v.Elem())
	case reflect.Struct:
		digestStruct(h, v)
	case reflect.Slice, reflect.Array:
		put(h, "[%d:", v.Len())
		for i := range v.Len() {
			digest(h, v.Index(i))
		}
		put(h, "]")
	case reflect.Map:
		digestMap(h, v)
	case reflect.String:
		put(h, "%d:%s;", v.Len(), v.String())
	case reflect.Bool:
		put(h, "%t;", v.Bool())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		put(h, "%s;", strconv.FormatUint(v.Uint(), 10))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		put(h, "%s;", strconv.FormatInt(v.Int(), 10))
	default:
		panic("canon: no digest for " + v.Type().String())
	}
}

// named gives the name of a small number that has one.
func named(v reflect.Value) (string, bool) {
	if v.Kind() != reflect.Uint8 || !v.CanInterface() {
		return "", false
	}
	s, ok := v.Interface().(fmt.Stringer)
	if !ok {
		return "", false
	}
	return s.String(), true
}

func digestStruct(h hash.Hash, v reflect.Value) {
	if v.Type() == timeType {
		put(h, "t%d;", v.Interface().(time.Time).UnixNano())
		return
	}
	if reflect.PointerTo(v.Type()).Implements(saidType) {
		digestSaid(h, v)
		return
	}
	put(h, "{")
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Tag.Get("canon") == "-" {
			continue
		}
		if !f.IsExported() {
			panic("canon: " + v.Type().String() + "." + f.Name + " is neither exported nor derived")
		}
		if isNothing(v.Field(i)) {
			continue
		}
		put(h, "%s=", f.Name)
		digest(h, v.Field(i))
	}
	put(h, "}")
}

// isNothing says that a field holds nothing: it is zero, an empty list or map,
// or an object of such fields.
func isNothing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		if v.Type() == timeType || reflect.PointerTo(v.Type()).Implements(saidType) {
			return v.IsZero()
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("canon") != "-" && !isNothing(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

func digestMap(h hash.Hash, v reflect.Value) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return compareKeys(a, b) })
	put(h, "<%d:", len(keys))
	for _, k := range keys {
		digest(h, k)
		digest(h, v.MapIndex(k))
	}
	put(h, ">")
}

func compareKeys(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.String:
		return strings.Compare(a.String(), b.String())
	case reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8, reflect.Uint:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8, reflect.Int:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compareKeys(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	}
	panic("canon: no order for keys of " + a.Type().String())
}

// digestSaid takes the place of what was said. Words that are still open have
// not entered a ledger, and so belong to no state.
func digestSaid(h hash.Hash, v reflect.Value) {
	s := saidOf(reflect.ValueOf(v.Interface()))
	if _, open := s.Words(); open {
		panic("canon: words that were not sealed stand in a state")
	}
	entry, part := s.Place()
	put(h, "s%d.%d;", entry, part)
}
