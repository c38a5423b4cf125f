package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
)

// report is what is printed in the end.
type report struct {
	name   string
	faults []*fault
	total  int
	options
}

// write prints the report, and says whether it is good: enough faults were noticed, and those that lived
// have a reason.
func (r report) write(w io.Writer) (bool, error) {
	count := map[outcome]int{}
	var alive []*fault
	for _, x := range r.faults {
		count[x.outcome]++
		if x.outcome == lived || x.outcome == unreached {
			alive = append(alive, x)
		}
	}
	slices.SortFunc(alive, func(a, b *fault) int { return a.id - b.id })
	reasons, err := r.given()
	if err != nil {
		return false, err
	}
	share := 100.0
	if n := count[killed] + len(alive); n > 0 {
		share = 100 * float64(count[killed]) / float64(n)
	}
	without := 0
	for _, x := range alive {
		if reasons != "" && strings.Contains(reasons, r.row(x)) {
			continue
		}
		without++
		fmt.Fprintf(w, "%s | … |\t%s:%d\n", r.row(x), x.file.name, x.line)
	}
	of := ""
	if len(r.faults) < r.total {
		of = fmt.Sprintf(", drawn from %d with the seed %d", r.total, r.seed)
	}
	fmt.Fprintf(w, "%s: %d faults%s: %d noticed, %d lived (%d of them where no test comes), %d never ended, %d do not compile: %.1f %% noticed\n",
		r.name, len(r.faults), of, count[killed], len(alive), count[unreached], count[timedOut], count[notViable], share)
	good := share >= r.atLeast
	if !good {
		fmt.Fprintf(w, "%.1f %% is less than %.1f %%\n", share, r.atLeast)
	}
	if r.reasons != "" && without > 0 {
		fmt.Fprintf(w, "%d of the %d that lived have no reason in %s: they are listed above\n", without, len(alive), path.Base(r.reasons))
		good = false
	}
	return good, nil
}

// given is the page with the reasons.
func (r report) given() (string, error) {
	if r.reasons == "" {
		return "", nil
	}
	b, err := os.ReadFile(r.reasons)
	return string(b), err
}

// row is how the page begins the row of a fault. It names no line, so that it stays true when lines move.
func (r report) row(x *fault) string {
	in := x.function()
	if in == "" {
		in = "–"
	}
	return fmt.Sprintf("| `%s/%s` | `%s` | `%s`", path.Base(r.name), x.file.name, in, strings.ReplaceAll(x.mutated(), "|", "\\|"))
}
