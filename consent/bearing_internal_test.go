package consent

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestEveryTextBears: each field of an event that holds words says which bearing they have,
// and no other field does.
func TestEveryTextBears(t *testing.T) {
	said := map[string]int{}
	for _, e := range allEvents() {
		of := reflect.Indirect(reflect.ValueOf(e)).Type()
		for i := range of.NumField() {
			field := of.Field(i)
			tag, has := field.Tag.Lookup("words")
			if !holdsText(field.Type) {
				require.False(t, has, "%s.%s holds no words", of, field.Name)
				continue
			}
			require.Contains(t, bearings, tag, "%s.%s: which of them are these words?", of, field.Name)
			said[tag]++
		}
	}
	require.Len(t, said, len(bearings), "each bearing is that of some field")
	require.Equal(t, heardWords, bears(""), "what nobody has thought of is left as it is")
}

// TestReasonsAreNotAgreed: of what a proposal would carry out, the reasons do not
// become the organisation's with it.
func TestReasonsAreNotAgreed(t *testing.T) {
	asked := 0
	for _, c := range Commands() {
		if !deeds[c.Wire()] {
			continue
		}
		of := reflect.Indirect(reflect.ValueOf(c)).Type()
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			if name == "reason" && holdsText(of.Field(i).Type) {
				require.Equal(t, "heard", of.Field(i).Tag.Get("words"), of)
				asked++
			}
		}
	}
	require.NotZero(t, asked)
}

// holdsText says whether there are words in a value of a type, or in a deed that it may hold.
func holdsText(of reflect.Type) bool {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holdsText(of.Elem())
	case reflect.Interface:
		return of == reflect.TypeFor[circle.Deed]()
	case reflect.Struct:
		if of == reflect.TypeFor[circle.Text]() {
			return true
		}
		for i := range of.NumField() {
			if holdsText(of.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
