package lawtest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
)

// complaint is a test that notes why it fails.
type complaint string

func (complaint) Helper() {}

func (complaint) Fatalf(format string, args ...any) { panic(complaint(fmt.Sprintf(format, args...))) }

// TestBites: each check can fail, and says what is wrong.
func TestBites(t *testing.T) {
	whole := circle.TakenID.Refuse("id", "den")
	for _, c := range []struct {
		says string
		ask  func(lawtest.T)
	}{
		{"", func(t lawtest.T) { lawtest.Refused(t, circle.TakenID, whole) }},
		{"oh is no refusal; it was to be " + circle.TakenID.ID, func(t lawtest.T) { lawtest.Refused(t, circle.TakenID, errors.New("oh")) }},
		{"refused by " + circle.TakenID.ID + ", not by other: " + whole.Error(), func(t lawtest.T) { lawtest.Refused(t, &circle.Code{ID: "other"}, whole) }},
		{circle.TakenID.ID + " is not worded to the end: " + fmt.Sprintf("%q", circle.TakenID.Refuse().Error()),
			func(t lawtest.T) { lawtest.Worded(t, circle.TakenID.Refuse()) }},
		{"", func(t lawtest.T) { lawtest.Stored(t, &circle.Closed{Circle: "den"}, nil) }},
	} {
		if got := said(c.ask); got != c.says {
			t.Errorf("got %q, want %q", got, c.says)
		}
	}
}

func said(ask func(lawtest.T)) (says string) {
	defer func() {
		if p := recover(); p != nil {
			says = string(p.(complaint))
		}
	}()
	ask(complaint(""))
	return ""
}
