package consenttest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// everything lets the kit draw all that it can.
func everything(options bool) *kit {
	return &kit{claims: Claims{Positions: []string{"yes", "no"}, Options: options, Classes: []string{"a", "b"}, Weights: true, Delegates: true}}
}

func drawn(k *kit, n int) []consent.Case {
	r := rand.New(rand.NewPCG(1, 1))
	out := make([]consent.Case, n)
	for i := range out {
		out[i] = k.draw(r)
	}
	return out
}

// Every field of a case, and of all that is in it, is drawn in more than one way:
// a field that is new is missing here until the kit draws it too.
func TestEveryFieldIsDrawn(t *testing.T) {
	seen := map[string]map[string]bool{}
	for _, k := range []*kit{everything(false), everything(true)} {
		for _, c := range drawn(k, 2000) {
			gather(seen, "Case", reflect.ValueOf(c))
		}
	}
	for _, path := range fieldsOf("Case", reflect.TypeFor[consent.Case]()) {
		require.GreaterOrEqual(t, len(seen[path]), 2, "%s is never drawn otherwise than as %v: draw it in consenttest, and judge what rules should make of it", path, seen[path])
	}
}

// gather notes what stands in each field.
func gather(seen map[string]map[string]bool, path string, v reflect.Value) {
	note := func(what string) {
		if seen[path] == nil {
			seen[path] = map[string]bool{}
		}
		seen[path][what] = true
	}
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		note(fmt.Sprint(v.Interface().(time.Time).IsZero(), v.Interface()))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			gather(seen, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		note(fmt.Sprint(v.Len()))
		for i := range v.Len() {
			gather(seen, path+"[]", v.Index(i))
		}
	default:
		note(fmt.Sprint(v.Interface()))
	}
}

// fieldsOf lists the fields of a type, and of all that is in it.
func fieldsOf(path string, of reflect.Type) []string {
	switch {
	case of.Kind() == reflect.Struct && of != reflect.TypeFor[time.Time]():
		var out []string
		for i := range of.NumField() {
			out = append(out, fieldsOf(path+"."+of.Field(i).Name, of.Field(i).Type)...)
		}
		return out
	case of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Struct:
		return append([]string{path}, fieldsOf(path+"[]", of.Elem())...)
	}
	return []string{path}
}

// What is hard for a rule is drawn, and not only what is usual.
func TestWhatIsHardIsDrawn(t *testing.T) {
	speaker := func(c *consent.Case, who circle.PersonID) circle.PersonID {
		i := slices.IndexFunc(c.Seats, func(s consent.Seat) bool { return s.Person == who })
		if i < 0 {
			return ""
		}
		return c.Seats[i].Delegate
	}
	anySeat := func(is func(c *consent.Case, s consent.Seat) bool) func(*consent.Case) bool {
		return func(c *consent.Case) bool {
			return slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return is(c, s) })
		}
	}
	anyAnswer := func(is func(c *consent.Case, a consent.Answer) bool) func(*consent.Case) bool {
		return func(c *consent.Case) bool {
			return slices.ContainsFunc(c.Answers, func(a consent.Answer) bool { return is(c, a) })
		}
	}
	votes, ballots := drawn(everything(false), 2000), drawn(everything(true), 2000)
	for what, is := range map[string]func(c *consent.Case) bool{
		"nobody":           func(c *consent.Case) bool { return len(c.Seats) == 0 },
		"no close":         func(c *consent.Case) bool { return c.Closes.IsZero() },
		"before the close": func(c *consent.Case) bool { return c.Now.Before(c.Closes) },
		"after the close":  func(c *consent.Case) bool { return !c.Closes.IsZero() && c.Now.After(c.Closes) },
		"out":              anySeat(func(_ *consent.Case, s consent.Seat) bool { return s.Out }),
		"out, and answered": anyAnswer(func(c *consent.Case, a consent.Answer) bool {
			return slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Person == a.Seat && s.Out })
		}),
		"lent to oneself": anySeat(func(_ *consent.Case, s consent.Seat) bool { return s.Delegate == s.Person }),
		"lent to nobody here": anySeat(func(c *consent.Case, s consent.Seat) bool {
			return s.Delegate != "" && !slices.ContainsFunc(c.Seats, func(d consent.Seat) bool { return d.Person == s.Delegate })
		}),
		"a chain": anySeat(func(c *consent.Case, s consent.Seat) bool {
			d := speaker(c, s.Delegate)
			return s.Delegate != s.Person && d != "" && d != s.Delegate && d != s.Person
		}),
		"a circle": anySeat(func(c *consent.Case, s consent.Seat) bool {
			return s.Delegate != s.Person && s.Delegate != "" && speaker(c, s.Delegate) == s.Person
		}),
		"silent":           anyAnswer(func(_ *consent.Case, a consent.Answer) bool { return a.Silent }),
		"an older version": anyAnswer(func(c *consent.Case, a consent.Answer) bool { return a.Version < c.Version }),
		"a change of mind": anyAnswer(func(c *consent.Case, a consent.Answer) bool {
			last := lastOf(c, a.Seat)
			return last != nil && a.Version == c.Version && last.Position != a.Position
		}),
		"stands": func(c *consent.Case) bool {
			return slices.ContainsFunc(c.Objections, func(o consent.Objection) bool { return o.Stands })
		},
		"has ended": func(c *consent.Case) bool {
			return slices.ContainsFunc(c.Objections, func(o consent.Objection) bool { return !o.Stands && o.Ended.After(o.Raised) })
		},
		"a register of more": func(c *consent.Case) bool { return len(c.Register) > 0 && c.Register[0].N > len(c.Seats) },
		"a quorum anyway":    func(c *consent.Case) bool { return c.Quorate },
	} {
		require.True(t, slices.ContainsFunc(votes, func(c consent.Case) bool { return is(&c) }), what)
	}
	ranks := func(is func(rank []string) bool) func(*consent.Case) bool {
		return anyAnswer(func(_ *consent.Case, a consent.Answer) bool { return slices.ContainsFunc(a.Ranking, is) })
	}
	for what, is := range map[string]func(c *consent.Case) bool{
		"several on a rank": ranks(func(rank []string) bool { return len(rank) > 1 }),
		"an empty rank":     ranks(func(rank []string) bool { return len(rank) == 0 }),
		"of nobody here":    ranks(func(rank []string) bool { return slices.Equal(rank, []string{"nobody's"}) }),
		"named again": anyAnswer(func(_ *consent.Case, a consent.Answer) bool {
			all := slices.Concat(a.Ranking...)
			return len(slices.Compact(slices.Sorted(slices.Values(all)))) < len(all)
		}),
		"an empty ballot":     anyAnswer(func(_ *consent.Case, a consent.Answer) bool { return len(a.Ranking) == 0 && len(a.Scores) == 0 }),
		"ranks without score": anyAnswer(func(_ *consent.Case, a consent.Answer) bool { return len(a.Ranking) > 0 && a.Scores == nil }),
	} {
		require.True(t, slices.ContainsFunc(ballots, func(c consent.Case) bool { return is(&c) }), what)
	}
}

// What is copied shares nothing, so that a rule which changes its case is seen.
func TestACopySharesNothing(t *testing.T) {
	for _, c := range append(drawn(everything(false), 200), drawn(everything(true), 200)...) {
		other := copied(c)
		require.Equal(t, c, other)
		require.Empty(t, shared("Case", reflect.ValueOf(c), reflect.ValueOf(other)))
	}
}

// shared lists the places at which two values hold the same memory.
func shared(path string, a, b reflect.Value) []string {
	var out []string
	switch a.Kind() {
	case reflect.Slice:
		if a.Len() > 0 && a.UnsafePointer() == b.UnsafePointer() {
			out = append(out, path)
		}
		for i := range a.Len() {
			out = append(out, shared(path+"[]", a.Index(i), b.Index(i))...)
		}
	case reflect.Map:
		if !a.IsNil() && a.UnsafePointer() == b.UnsafePointer() {
			out = append(out, path)
		}
	case reflect.Struct:
		if a.Type() == reflect.TypeFor[time.Time]() {
			return nil
		}
		for i := range a.NumField() {
			out = append(out, shared(path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))...)
		}
	case reflect.Pointer, reflect.Interface:
		out = append(out, path+", which a copy cannot know")
	}
	return out
}
