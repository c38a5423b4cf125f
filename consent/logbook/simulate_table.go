package logbook

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// String gives the simulation as a table, with what was drawn from what, and what
// its columns mean.
func (s Simulation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Learned: %s\n", s.Practice)
	fmt.Fprintf(&b, "Drawn: %d questions by the seed %d; each rule heard the same answers at the same times.\n\n", s.Questions, s.Seed)
	rows := [][]string{{"rule", "answers taken", "adopted", "not", "open", "half within", "9 in 10 within", "unheard", "objected"}}
	for i := range s.Results {
		rows = append(rows, s.Results[i].row())
	}
	align(&b, rows)
	b.WriteString("\nHalf within, 9 in 10 within: how long it took until so many of the decided questions were decided (nearest rank).\n" +
		"Unheard: decided although somebody was never heard. Objected: adopted over an objection that stood.\n" +
		"Who is asked is drawn from the past questions, and what each says and when from their own past replies, each\n" +
		"by itself. People answer otherwise under another rule: this compares rules, and foretells nothing.\n")
	return b.String()
}

// row is one line of the table.
func (r *Result) row() []string {
	taken, half, ninety := "without end", "-", "-"
	if r.Seconds > 0 {
		taken = "for " + lasting(r.Seconds)
	}
	if r.Decided() > 0 {
		half, ninety = lasting(r.Half), lasting(r.Ninety)
	}
	return []string{r.Name, taken, fmt.Sprint(r.Adopted), fmt.Sprint(r.Declined), fmt.Sprint(r.Open), half, ninety, fmt.Sprint(r.Unheard), fmt.Sprint(r.Over)}
}

// align writes rows under each other: words to the left, numbers and times to the
// right.
func align(b *strings.Builder, rows [][]string) {
	const words = 2 // columns
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			switch {
			case i == 0:
				b.WriteString(cell + gap)
			case i < words:
				b.WriteString("  " + cell + gap)
			default:
				b.WriteString("  " + gap + cell)
			}
		}
		b.WriteString("\n")
	}
}

// lasting words a time in days, hours, minutes and seconds, exactly.
func lasting(seconds int64) string {
	if seconds == 0 {
		return "0s"
	}
	var parts []string
	for _, unit := range []struct {
		seconds int64
		name    string
	}{{24 * 60 * 60, "d"}, {60 * 60, "h"}, {60, "m"}, {1, "s"}} {
		if n := seconds / unit.seconds; n > 0 {
			parts = append(parts, fmt.Sprintf("%d%s", n, unit.name))
			seconds %= unit.seconds
		}
	}
	return strings.Join(parts, " ")
}
