package consent

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestEveryTextBears: each event that holds words has a bearing, and there is none for
// what is no event, or holds no words.
func TestEveryTextBears(t *testing.T) {
	var has []string
	for _, e := range allEvents() {
		of := reflect.TypeOf(e)
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		EachText(reflect.New(of), 4, func(string, *circle.Text) { has = append(has, e.Wire()) })
	}
	for _, wire := range has {
		require.Contains(t, bearings, wire)
	}
	for name := range bearings {
		wire, _, _ := strings.Cut(name, "/")
		require.Contains(t, has, wire)
	}
	require.Equal(t, heardWords, bears(&ErasureDone{}, "why"), "what nobody has thought of is left as it is")
}
