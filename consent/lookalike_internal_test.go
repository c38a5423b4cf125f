package consent

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestEveryNameIsHeard: an event that gives somebody or something a name is known to do
// so, or a later name could look like it.
func TestEveryNameIsHeard(t *testing.T) {
	heard := 0
	for _, event := range allEvents() {
		v := reflect.New(reflect.Indirect(reflect.ValueOf(event)).Type()).Elem() // that in the list is everybody's
		name := v.FieldByName("Name")
		if !name.IsValid() || name.Type() != reflect.TypeFor[circle.Text]() {
			continue
		}
		name.Set(reflect.ValueOf(circle.Say("Name")))
		_, names := givesName(v.Addr().Interface().(Event))
		require.True(t, names, event.Wire())
		heard++
	}
	require.Equal(t, 6, heard)
}
