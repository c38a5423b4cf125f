package script

import (
	"fmt"
	"slices"
	"strings"
)

// A Difference is one statement that did not print what the file says.
type Difference struct {
	Name      string   // the file's name
	Line      int      // where the statement begins
	Statement string   // the statement on one line
	Refused   bool     // it has no expectation, and was refused
	Want      []string // what the file says; empty if Refused
	Got       []string // what was printed
}

// compare holds what a statement printed against what the file says of it.
func compare(name string, s Step, got []string) (Difference, bool) {
	d := Difference{Name: name, Line: s.Line, Statement: s.Text, Want: s.Expect, Got: got}
	if s.HasExpect {
		return d, !slices.Equal(s.Expect, got)
	}
	d.Refused = slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, refused) })
	return d, d.Refused
}

// String returns the place and the statement, and below them every line: with a minus
// if it is wanted and was not printed, with a plus if it was printed and is not wanted.
func (d Difference) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: %s\n", d.Name, d.Line, d.Statement)
	if d.Refused {
		b.WriteString("refused, and no ---- below it says so\n")
	} else {
		b.WriteString("(-want +got)\n")
	}
	for _, line := range diff(d.Want, d.Got) {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// maxCells bounds the table of diff; beyond it the lines are not matched up.
const maxCells = 1 << 20

// diff lists the lines of both in order, those of want alone with "-", those of got
// alone with "+", those of both with a space before them.
func diff(want, got []string) []string {
	var head, tail []string
	for len(want) > 0 && len(got) > 0 && want[0] == got[0] {
		head = append(head, " "+want[0])
		want, got = want[1:], got[1:]
	}
	for len(want) > 0 && len(got) > 0 && want[len(want)-1] == got[len(got)-1] {
		tail = append(tail, " "+want[len(want)-1])
		want, got = want[:len(want)-1], got[:len(got)-1]
	}
	slices.Reverse(tail)
	return slices.Concat(head, middle(want, got), tail)
}

// middle is diff by the longest common subsequence.
func middle(want, got []string) (out []string) {
	i, j := 0, 0
	if (len(want)+1)*(len(got)+1) <= maxCells {
		same := common(want, got)
		for i < len(want) && j < len(got) {
			switch {
			case want[i] == got[j]:
				out = append(out, " "+want[i])
				i, j = i+1, j+1
			case same[i+1][j] >= same[i][j+1]:
				out = append(out, "-"+want[i])
				i++
			default:
				out = append(out, "+"+got[j])
				j++
			}
		}
	}
	for _, line := range want[i:] {
		out = append(out, "-"+line)
	}
	for _, line := range got[j:] {
		out = append(out, "+"+line)
	}
	return out
}

// common tells of every i and j how many lines want[i:] and got[j:] share in order.
func common(want, got []string) [][]int {
	same := make([][]int, len(want)+1)
	for i := range same {
		same[i] = make([]int, len(got)+1)
	}
	for i := len(want) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			if want[i] == got[j] {
				same[i][j] = same[i+1][j+1] + 1
			} else {
				same[i][j] = max(same[i+1][j], same[i][j+1])
			}
		}
	}
	return same
}
