package consent

import (
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
)

// Small words for sentences. They are English; a refusal's sentence may be
// said in another catalogue, see circle.Words.

func join[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return strings.Join(out, ", ")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func clearWords(clear bool) string {
	if clear {
		return "no conflict"
	}
	return "there is a conflict"
}

func termWords(p circle.Period) string {
	if p.IsZero() {
		return ""
	}
	return ", for a term of " + p.String()
}

func ofWords(s string) string {
	if s == "" {
		return ""
	}
	return " for " + s
}

func outcomeWords(list []circle.ItemID) string {
	if len(list) == 0 {
		return ""
	}
	return "; it serves " + join(list)
}

func policyWords(a circle.Absence) string {
	switch a.Silence {
	case circle.Consents:
		return "silence for " + a.After.String() + " after the minutes counts as consent"
	case circle.Bound:
		return "those present decide for all"
	}
	return "the decision waits for the absent"
}

func seatWords(seats []Seat) string {
	out := make([]circle.PersonID, len(seats))
	for i, s := range seats {
		out[i] = s.Person
	}
	return circle.Plain(out)
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }

// dueWords says by when.
func dueWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return ", by " + day(t)
}

// byOrCircle names whose act it was, or the circle where it decided.
func byOrCircle(entry *Entry, by circle.PersonID) string {
	if by == "" {
		return "The circle"
	}
	return how(entry, by)
}
