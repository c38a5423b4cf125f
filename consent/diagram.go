package consent

import (
	"fmt"
	"slices"
	"strings"
)

// Diagram draws the process as a Mermaid state diagram, from the table of
// moves and nothing else. Moves that stay in their stage are left out, and what
// most stages have, but for the question itself, is drawn once, from a box of its own.
func Diagram() string {
	type arrow struct{ from, to Stage }
	often := commonWays()
	labels := map[arrow][]string{}
	var order []arrow
	for _, m := range moves {
		for _, to := range m.To {
			a := arrow{m.From, to}
			if to != StageDecide && m.From != to && often[way{m.On, to}] >= mostStages {
				a.from = 0
			}
			if a.from == a.to || slices.Contains(labels[a], short(m.On)) {
				continue
			}
			if labels[a] == nil {
				order = append(order, a)
			}
			labels[a] = append(labels[a], short(m.On))
		}
	}
	slices.SortFunc(order, func(a, b arrow) int { return (int(a.from)-int(b.from))*64 + int(a.to) - int(b.to) })
	var b strings.Builder
	fmt.Fprintf(&b, "stateDiagram-v2\n    [*] --> %s\n    [*] --> %s\n", box(StageIntake), box(StageDraft))
	for _, a := range order {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", box(a.from), box(a.to), strings.Join(labels[a], ", "))
	}
	for _, s := range Stages() {
		if s.Terminal() {
			fmt.Fprintf(&b, "    %s --> [*]\n", box(s))
		}
	}
	return b.String()
}

// A way is where a move leads, wherever it is made.
type way struct {
	on string
	to Stage
}

// mostStages is in how many stages a way is drawn once for all of them.
const mostStages = 6

// commonWays counts in how many stages each way begins.
func commonWays() map[way]int {
	out := map[way]int{}
	for _, m := range moves {
		for _, to := range m.To {
			out[way{m.On, to}]++
		}
	}
	return out
}

// box is a stage's name as a diagram can hold it.
func box(s Stage) string {
	if s == 0 {
		return "most_stages"
	}
	return strings.ReplaceAll(s.String(), "-", "_")
}

// short is a move's name without its room.
func short(on string) string {
	_, name, found := strings.Cut(on, ".")
	if !found {
		return on
	}
	return strings.ReplaceAll(name, "open-round ", "")
}

// Table writes the process as a Markdown table, from the table of moves and
// nothing else.
func Table() string {
	var b strings.Builder
	b.WriteString("| in stage | on | who | when | leads to |\n|---|---|---|---|---|\n")
	for _, m := range moves {
		var when, to []string
		for _, g := range m.Guards {
			when = append(when, g.Name)
		}
		for _, s := range m.To {
			to = append(to, s.String())
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", m.From, m.On, m.Who, strings.Join(when, "; "), strings.Join(to, ", "))
	}
	return b.String()
}
