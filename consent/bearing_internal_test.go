package consent

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestEveryTextBears: each event that holds words has a bearing, and there is none for
// what is no event, or for a field that no event has.
func TestEveryTextBears(t *testing.T) {
	var has []string
	for _, e := range allEvents() {
		of := reflect.TypeOf(e)
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		EachText(reflect.New(of), 4, func(string, *circle.Text) { has = append(has, e.Wire()) })
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			has = append(has, e.Wire()+"/"+name)
		}
	}
	for _, wire := range has {
		if !strings.Contains(wire, "/") {
			require.Contains(t, bearings, wire)
		}
	}
	for name := range bearings {
		require.Contains(t, has, name)
	}
	require.Equal(t, heardWords, bears(&ErasureDone{}, "why"), "what nobody has thought of is left as it is")
}
