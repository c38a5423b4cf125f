package script_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/script"
)

// rewritten holds a file with the echoing host and returns it as rewritten, after
// checking that rewriting it again changes nothing.
func rewritten(t *testing.T, text string, say func(string) ([]string, error)) (string, script.Result) {
	t.Helper()
	out, r, err := script.Rewrite(t.Context(), parse(t, text), newHost(say))
	require.NoError(t, err)
	again, second, err := script.Rewrite(t.Context(), parse(t, string(out)), newHost(say))
	require.NoError(t, err)
	require.Equal(t, string(out), string(again))
	for _, d := range second.Differences {
		require.True(t, d.Refused, "only a refusal without a block is left: %s", d)
	}
	return string(out), r
}

func TestRewrite(t *testing.T) {
	for name, c := range map[string]struct{ from, to string }{
		"nothing to do":     {"# c\n\nshow a\n----   \nasked: show a  \n\n\nshow  b", "# c\n\nshow a\n----   \nasked: show a  \n\n\nshow  b"},
		"other lines":       {"show a\n----\nx\ny\n \n# c\n", "show a\n----\nasked: show a\n \n# c\n"},
		"from nothing":      {"show a\n----\n\nshow b\n", "show a\n----\nasked: show a\n\nshow b\n"},
		"at the end":        {"show a\n----\nx", "show a\n----\nasked: show a\n"},
		"at the very end":   {"show a\n----", "show a\n----\nasked: show a\n"},
		"comments stay":     {"show a\n# c\n  b\n # d\n----\nx\n\n  # e\n", "show a\n# c\n  b\n # d\n----\nasked: show a b\n\n  # e\n"},
		"no block is added": {"show a\nshow b\n----\nx\n\nshow c\n", "show a\nshow b\n----\nasked: show b\n\nshow c\n"},
		"two blocks":        {"show a\n----\nx\n\nshow b\n----\ny\n\n", "show a\n----\nasked: show a\n\nshow b\n----\nasked: show b\n\n"},
		"carriage returns":  {"# c\r\nshow a\r\n----\r\nx\r\n\r\n", "# c\r\nshow a\r\n----\r\nasked: show a\r\n\r\n"},
		"a refusal":         {"as ben: proposal.withdraw\n----\n", "as ben: proposal.withdraw\n----\nrefused not-entitled: only the proposer withdraws a proposal\n"},
		"no refusal":        {"as ben: proposal.withdraw\n", "as ben: proposal.withdraw\n"},
		"empty":             {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			out, _ := rewritten(t, c.from, echo)
			require.Equal(t, c.to, out)
		})
	}
}

func TestRewriteToNothing(t *testing.T) {
	out, r := rewritten(t, "show a\n----\nx\n\nshow b\n----\ny", silent)
	require.Equal(t, "show a\n----\n\nshow b\n----\n", out)
	require.Len(t, r.Differences, 2, "the result tells what differed before")
}

func TestRewriteOfOddPrinting(t *testing.T) {
	say := func(string) ([]string, error) { return []string{"a\n\n  b\t", "----", "\xff"}, nil }
	out, _ := rewritten(t, "show a\n----\n", say)
	require.Equal(t, "show a\n----\na\n.\n  b\n----\n\ufffd\n", out)
}

func TestRewriteFails(t *testing.T) {
	down := errors.New("down")
	out, _, err := script.Rewrite(t.Context(), parse(t, "show a\n----\n"), newHost(func(string) ([]string, error) { return nil, down }))
	require.ErrorIs(t, err, down)
	require.Nil(t, out)

	wide := func(string) ([]string, error) { return []string{strings.Repeat("x", script.MaxLine+1)}, nil }
	out, r, err := script.Rewrite(t.Context(), parse(t, "show a\n----\n"), newHost(wide))
	require.ErrorIs(t, err, script.ErrLimit)
	require.EqualError(t, err, "the rewritten file could not be read again: story.txt:3: the line has 65537 bytes, and may have 65536")
	require.Nil(t, out)
	require.Len(t, r.Differences, 1)
}
