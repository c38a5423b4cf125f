package constitution

import (
	"fmt"
	"reflect"

	"github.com/sayround/sayround/circle"
)

// Line writes the fields of a command as a conversation gives them.
func Line(cmd circle.Command) string {
	out := ""
	for f, v := range fields(reflect.ValueOf(cmd)) {
		if v.IsZero() {
			continue
		}
		b, err := appendValue(nil, v)
		if err != nil {
			panic(err)
		}
		out += fmt.Sprintf(" %s=%s", f.name, b)
	}
	return out
}
