package logbook

import (
	"context"
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// standing reads where the account of a meeting itself stands: who was chosen,
// what was corrected, whether the circle has adopted it (M-244, M-245).
func (r *reader) standing(ctx context.Context, event consent.Event) error {
	m := r.minutes
	switch v := event.(type) {
	case *circle.RoleGiven:
		m.Selections = append(m.Selections, fmt.Sprintf("%s wears %s%s", v.Person, v.Role, until(v)))
	case *consent.MinutesPresented:
		m.Standing = fmt.Sprintf("presented by %s on %s", v.By, day(v.At))
	case *consent.MinutesAdopted:
		m.Standing = "adopted by consent on " + day(v.At)
		if v.Lazily {
			m.Standing = "adopted on " + day(v.At) + ", as nobody objected"
		}
	case *consent.MinutesObjected:
		words, err := Words(ctx, r.engine, v.Reason)
		m.Corrections = append(m.Corrections, fmt.Sprintf("%s objected to the minutes: “%s”", v.By, words))
		return err
	case *consent.MinutesCorrected:
		words, err := Words(ctx, r.engine, v.Text)
		m.Corrections = append(m.Corrections, fmt.Sprintf("Corrected by %s on %s: “%s”", v.By, day(v.At), words))
		return err
	}
	return nil
}

// until says how long somebody was chosen for.
func until(v *circle.RoleGiven) string {
	if v.Until.IsZero() {
		return ""
	}
	return " until " + day(v.Until)
}
