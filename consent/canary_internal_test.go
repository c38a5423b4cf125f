package consent

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// EachText finds the texts in a value. Where grow is not 0, lists and pointers that are
// empty get one element, down to that depth, so that no text is passed over.
func EachText(v reflect.Value, grow int, f func(field string, t *circle.Text)) {
	textsAt(v, "", grow, f)
}

func textsAt(v reflect.Value, field string, grow int, f func(string, *circle.Text)) {
	if v.CanAddr() && v.CanSet() {
		if t, is := v.Addr().Interface().(*circle.Text); is {
			f(field, t)
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() && grow > 0 && v.Kind() == reflect.Pointer && v.CanSet() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			textsAt(v.Elem(), field, grow-1, f)
		}
	case reflect.Slice:
		if v.Len() == 0 && grow > 0 && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			textsAt(v.Index(i), field, grow-1, f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if s := v.Type().Field(i); s.IsExported() {
				textsAt(v.Field(i), field+"."+s.Name, grow-1, f)
			}
		}
	}
}

// TestEveryTextHasItsPart: P1, each field of each event that holds what somebody said
// leaves it to a part, and nothing of it stands in the entry.
func TestEveryTextHasItsPart(t *testing.T) {
	const canary = "canary-7c41"
	fields := 0
	for _, e := range allEvents() {
		of := reflect.TypeOf(e)
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		event := reflect.New(of)
		var said []string
		EachText(event, 6, func(field string, text *circle.Text) {
			said = append(said, fmt.Sprintf("%s %s", canary, field))
			text.Say(said[len(said)-1])
		})
		fields += len(said)
		var kept []string
		require.NoError(t, canon.Seal(event.Interface(), 7, func(_, words string) (int, error) {
			kept = append(kept, words)
			return len(kept), nil
		}))
		require.ElementsMatch(t, said, kept, "%T", e)
		b, err := canon.Append(nil, event.Interface(), 7)
		if err != nil {
			continue // as an empty event it has no written form: an element of a list is missing
		}
		require.NotContains(t, string(b), canary, "%T", e)
	}
	require.Greater(t, fields, 60, "there are texts to be looked at")
}
