package constitution

import (
	"iter"
	"reflect"
	"strings"
)

// A field is the name of a struct's field in the document, and whether it may
// be left out: the same tags by which canon reads it.
type field struct {
	name     string
	optional bool
}

// fields yields the fields of a struct that stand in the document, in the
// order in which they are declared.
func fields(v reflect.Value) iter.Seq2[field, reflect.Value] {
	return func(yield func(field, reflect.Value) bool) {
		for i := range v.NumField() {
			tag, ok := v.Type().Field(i).Tag.Lookup("json")
			if !ok {
				continue
			}
			name, rest, _ := strings.Cut(tag, ",")
			if !yield(field{name, rest == "omitempty"}, v.Field(i)) {
				return
			}
		}
	}
}
