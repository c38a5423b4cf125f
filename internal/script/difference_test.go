package script_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/internal/script"
)

func TestDifferenceString(t *testing.T) {
	for _, c := range []struct{ want, got, lines string }{
		{"a b c", "a x c", " a|-b|+x| c"},
		{"a b c", "a c", " a|-b| c"},
		{"a c", "a b c", " a|+b| c"},
		{"", "a", "+a"},
		{"a", "", "-a"},
		{"a b c d e", "b x d y e z", "-a| b|-c|+x| d|+y| e|+z"},
		{"1 2 3 4", "5 6", "-1|-2|-3|-4|+5|+6"},
	} {
		d := script.Difference{Name: "s.txt", Line: 3, Statement: "show a", Want: strings.Fields(c.want), Got: strings.Fields(c.got)}
		require.Equal(t, "s.txt:3: show a\n(-want +got)\n"+strings.ReplaceAll(c.lines, "|", "\n")+"\n", d.String())
	}
	d := script.Difference{Name: "s.txt", Line: 3, Statement: "show a", Refused: true, Got: []string{"refused late: no"}}
	require.Equal(t, "s.txt:3: show a\nrefused, and no ---- below it says so\n+refused late: no\n", d.String())
}

// listed returns the lines of a difference below its two lines of heading.
func listed(d script.Difference) []string {
	return strings.Split(strings.TrimSuffix(d.String(), "\n"), "\n")[2:]
}

// Whatever differs, the lines without "+" are what was wanted and the lines without "-"
// are what was printed, and no shorter list would do.
func TestDifferenceIsFaithful(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 8)
		want, got := lines.Draw(t, "want"), lines.Draw(t, "got")
		var back, forth []string
		same := 0
		for _, line := range listed(script.Difference{Want: want, Got: got}) {
			if line[0] != '+' {
				back = append(back, line[1:])
			}
			if line[0] != '-' {
				forth = append(forth, line[1:])
			}
			if line[0] == ' ' {
				same++
			}
		}
		require.Equal(t, want, back)
		require.Equal(t, got, forth)
		require.Equal(t, longest(want, got), same)
	})
}

// longest is the length of the longest common subsequence, found the slow way.
func longest(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := max(longest(a[1:], b), longest(a, b[1:]))
	if a[0] == b[0] {
		n = max(n, 1+longest(a[1:], b[1:]))
	}
	return n
}

// Two very long printings are not matched up line by line, but nothing is lost.
func TestDifferenceOfLongPrintings(t *testing.T) {
	var want, got []string
	for i := range 1100 {
		want, got = append(want, fmt.Sprint(i)), append(got, fmt.Sprint(i+1))
	}
	lines := listed(script.Difference{Want: want, Got: got})
	require.Len(t, lines, 2200)
	require.Equal(t, "-0", lines[0])
	require.Equal(t, "+1100", lines[2199])
	require.True(t, slices.IsSortedFunc(lines, func(a, b string) int { return -strings.Compare(a[:1], b[:1]) }))
}
