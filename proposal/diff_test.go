package proposal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/proposal"
)

// TestDiff: what a new version changes is shown word by word (M-140).
func TestDiff(t *testing.T) {
	same, removed, added := proposal.Same, proposal.Removed, proposal.Added
	for name, c := range map[string]struct {
		older, newer string
		want         []proposal.Change
	}{
		"nothing":            {"", "", nil},
		"the same":           {"Open on Sundays", "Open on Sundays", []proposal.Change{{same, "Open on Sundays"}}},
		"all new":            {"", "Open", []proposal.Change{{added, "Open"}}},
		"all gone":           {"Open", "", []proposal.Change{{removed, "Open"}}},
		"a word put in":      {"Open every Sunday", "Open every second Sunday", []proposal.Change{{same, "Open every "}, {added, "second "}, {same, "Sunday"}}},
		"a word taken out":   {"Open every second Sunday", "Open every Sunday", []proposal.Change{{same, "Open every "}, {removed, "second "}, {same, "Sunday"}}},
		"a word changed":     {"Open every Sunday", "Open every Monday", []proposal.Change{{same, "Open every "}, {removed, "Sunday"}, {added, "Monday"}}},
		"in two places":      {"We open at six and bake", "We open at seven and also bake", []proposal.Change{{same, "We open at "}, {removed, "six "}, {added, "seven "}, {same, "and "}, {added, "also "}, {same, "bake"}}},
		"white space first":  {" a b", " a c", []proposal.Change{{same, " a "}, {removed, "b"}, {added, "c"}}},
		"the same twice":     {"a ", "a a ", []proposal.Change{{same, "a "}, {added, "a "}}},
		"the same once":      {"a a ", "a ", []proposal.Change{{same, "a "}, {removed, "a "}}},
		"white space counts": {"a b", "a  b", []proposal.Change{{removed, "a "}, {added, "a  "}, {same, "b"}}},
	} {
		require.Equal(t, c.want, proposal.Diff(c.older, c.newer), name)
	}
	require.Equal(t, []string{"none", "same", "removed", "added"}, []string{proposal.Op(0).String(), same.String(), removed.String(), added.String()})
}

// TestDiffGivesBothWordings: whatever was changed, both wordings can be read
// off the comparison to the letter, and no word that they share at an end is
// called changed.
func TestDiffGivesBothWordings(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("ab \n")))
	rapid.Check(t, func(t *rapid.T) {
		older, newer := text.Draw(t, "older"), text.Draw(t, "newer")
		was, is := sides(proposal.Diff(older, newer))
		require.Equal(t, older, was)
		require.Equal(t, newer, is)
	})
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a ", "b ", "c "})
		older, newer := rapid.SliceOfN(word, 0, 9).Draw(t, "older"), rapid.SliceOfN(word, 0, 9).Draw(t, "newer")
		kept := 0
		for _, c := range proposal.Diff(strings.Join(older, ""), strings.Join(newer, "")) {
			if c.Op == proposal.Same {
				kept += strings.Count(c.Text, " ")
			}
		}
		require.Equal(t, inCommon(older, newer), kept, "as much as possible is called the same")
	})
}

// inCommon counts by trying everything how many words two lists share in order.
func inCommon(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if a[0] == b[0] {
		return 1 + inCommon(a[1:], b[1:])
	}
	return max(inCommon(a[1:], b), inCommon(a, b[1:]))
}

func sides(list []proposal.Change) (older, newer string) {
	for _, c := range list {
		if c.Op != proposal.Added {
			older += c.Text
		}
		if c.Op != proposal.Removed {
			newer += c.Text
		}
	}
	return older, newer
}

// TestDiffIsBounded: texts of the greatest length that have nothing in common
// are compared in no time, as the whole counts as rewritten.
func TestDiffIsBounded(t *testing.T) {
	older, newer := strings.Repeat("a ", 20_000)+"x", strings.Repeat("b ", 20_000)+"x"
	got := proposal.Diff(older, newer)
	require.Len(t, got, 3)
	was, is := sides(got)
	require.Equal(t, older, was)
	require.Equal(t, newer, is)
}
