package snapshot_test

import (
	"reflect"
	"testing"
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

func (whole) typ() reflect.Type { return typeOf[whole]() }

// FuzzRead: bytes from anywhere are refused, or are those that are written for what
// was read; nothing else comes of them (I5).
func FuzzRead(f *testing.F) {
	b, err := form.Append(nil, full())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)/2])
	b, _ = form.Append(nil, &whole{})
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) { judge(t, string(b)) })
}
