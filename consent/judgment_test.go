package consent

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Two cases that differ in anything that a rule may know have two digests: every
// field of a case is changed by itself.
func TestDigestKnowsEverything(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	full := func() *Case {
		return &Case{Now: at, Opened: at, Closes: at, Version: 1, Options: []Option{{ID: "A"}}, Seats: []Seat{{Person: "ana"}},
			Answers: []Answer{{Seat: "ana", Ranking: [][]string{{"A"}}, Scores: map[string]int64{"A": 1}}}, Objections: []Objection{{ID: "o"}}, Register: []Enrolled{{N: 1}}}
	}
	seen := map[Name]string{digest(*full()): "as it is"}
	changed := 0
	for place := 0; ; place++ {
		c, at := full(), 0
		path := change(reflect.ValueOf(c).Elem(), "Case", place, &at)
		if path == "" {
			break
		}
		d := digest(*c)
		require.Empty(t, seen[d], "%s tells as little as", path)
		seen[d] = path
		changed++
	}
	require.Equal(t, 27, changed, "every field of a case and of what it holds")
	require.Equal(t, digest(*full()), digest(*full()))
	c := full()
	c.Now = c.Now.In(time.FixedZone("elsewhere", 3600))
	require.Equal(t, digest(*full()), digest(*c), "the same instant by another clock")
}

// change changes the value at one place of all that a value holds, and says where
// it is.
func change(v reflect.Value, path string, place int, at *int) string {
	leaf := func(set func()) string {
		*at++
		if *at-1 == place {
			set()
			return path
		}
		return ""
	}
	if moment, ok := v.Interface().(time.Time); ok {
		return leaf(func() { v.Set(reflect.ValueOf(moment.Add(time.Hour))) })
	}
	switch v.Kind() {
	case reflect.String:
		return leaf(func() { v.SetString(v.String() + "x") })
	case reflect.Bool:
		return leaf(func() { v.SetBool(!v.Bool()) })
	case reflect.Int, reflect.Int64:
		return leaf(func() { v.SetInt(v.Int() + 1) })
	case reflect.Map:
		return leaf(func() { v.SetMapIndex(reflect.ValueOf("A"), reflect.ValueOf(int64(7))) })
	case reflect.Slice:
		for i := range v.Len() {
			if found := change(v.Index(i), fmt.Sprint(path, "[", i, "]"), place, at); found != "" {
				return found
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if found := change(v.Field(i), path+"."+v.Type().Field(i).Name, place, at); found != "" {
				return found
			}
		}
	default:
		panic("a case holds what this test does not know: " + path)
	}
	return ""
}

// TestStandingAnswers: where there are more answers than seats, a rule is told of those that stand, in the order in which they were given.
func TestStandingAnswers(t *testing.T) {
	said := func(r *Round) (out []string) {
		for _, a := range r.standing() {
			out = append(out, string(a.Seat)+" "+a.Position)
		}
		return out
	}
	r := roundOf("ana", "ben")
	for _, a := range []Answer{{Seat: "ana", Position: Objects}, {Seat: "ben", Position: Consents}} {
		r.answer(&a)
	}
	require.Equal(t, []string{"ana objects", "ben consent"}, said(r))
	r.answer(&Answer{Seat: "ana", Position: Consents})
	require.Equal(t, []string{"ben consent", "ana consent"}, said(r))
}
