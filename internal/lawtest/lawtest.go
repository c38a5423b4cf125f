// Package lawtest asks of every law of a domain room what holds for all of
// them: that a refusal is the one meant and is worded to the end, and that what
// happened reads back from the ledger as it was written. It is for tests.
package lawtest

import (
	"errors"
	"reflect"
	"regexp"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// T is what a test must be able to do.
type T interface {
	Helper()
	Fatalf(format string, args ...any)
}

// unfilled finds a fact that a refusal names and does not give.
var unfilled = regexp.MustCompile(`\{[a-z-]+\}|%!`)

// Refused asks that an error is a refusal by this code, of its kind, and that
// no fact is missing in its words.
func Refused(t T, code *circle.Code, err error) {
	t.Helper()
	var r *circle.Refusal
	switch {
	case !errors.As(err, &r):
		t.Fatalf("%v is no refusal; it was to be %s", err, code.ID)
	case r.Code != code:
		t.Fatalf("refused by %s, not by %s: %v", r.Code.ID, code.ID, err)
	case !errors.Is(err, code.Kind):
		t.Fatalf("%s is not of the kind %v: %v", code.ID, code.Kind, err)
	}
	Worded(t, r)
}

// Worded asks that no fact is missing in the words of a refusal.
func Worded(t T, r *circle.Refusal) {
	t.Helper()
	if strings.TrimSpace(r.Error()) == "" || unfilled.MatchString(r.Error()) {
		t.Fatalf("%s is not worded to the end: %q", r.Code.ID, r.Error())
	}
}

// Stored asks that an event reads back as it was written.
func Stored(t T, event canon.Named, types canon.Types) {
	t.Helper()
	const entry = 1 << 20 // behind every entry that a test refers to
	sealed, part := canon.Clone(event), 0
	if err := canon.Seal(sealed, entry, func(string, string) (int, error) { part++; return part, nil }); err != nil {
		t.Fatalf("%T cannot be sealed: %v", event, err)
	}
	b, err := canon.Append(nil, sealed, entry)
	if err != nil {
		t.Fatalf("%T cannot be written: %v", event, err)
	}
	back := reflect.New(reflect.TypeOf(sealed).Elem()).Interface()
	if err := canon.Decode(b, back, entry, types, nil); err != nil {
		t.Fatalf("%s cannot be read: %v", b, err)
	}
	if !reflect.DeepEqual(sealed, back) {
		t.Fatalf("%s reads back as %+v, not %+v", b, back, sealed)
	}
}
