package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/consent"
)

func tell(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := run(args, &out, &out)
	return out.String(), code
}

const bakery = `at 2026-03-02T10:00:00Z
as ana: circle.found id=bakery aim=bread members=[ana]
as ana: proposal.submit id=sundays circle=bakery text="Open every Sunday"
----
`

// TestEveryConversation runs all conversations of the repository.
func TestEveryConversation(t *testing.T) {
	files, err := filepath.Glob("../../consent/testdata/conversations/*.txt")
	require.NoError(t, err)
	require.Greater(t, len(files), 25)
	out, code := tell(t, files...)
	require.Zero(t, code, out)
	require.Regexp(t, `^\d+ passed, 0 failed\n$`, out)
}

// TestDifference prints what was said and what was expected, and fails.
func TestDifference(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wrong.txt")
	require.NoError(t, os.WriteFile(file, []byte(bakery+"proposal.submitted proposal=mondays\n"), 0o644))
	out, code := tell(t, file)
	require.Equal(t, 1, code)
	require.Contains(t, out, "-proposal.submitted proposal=mondays")
	require.Contains(t, out, "+proposal.submitted proposal=sundays")
	require.True(t, strings.HasSuffix(out, "0 passed, 1 failed\n"))
}

// TestRewrite writes down what was printed; then it passes.
func TestRewrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new.txt")
	require.NoError(t, os.WriteFile(file, []byte(bakery), 0o644))
	out, code := tell(t, "-rewrite", file)
	require.Zero(t, code, out)
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(got), "\ncircle.founding-ended circle=bakery\nproposal.submitted")
	_, code = tell(t, file)
	require.Zero(t, code)
}

// TestUnexpectedRefusal fails also where nothing is expected.
func TestUnexpectedRefusal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "refused.txt")
	require.NoError(t, os.WriteFile(file, []byte("at 2026-03-02T10:00:00Z\nas ana: proposal.withdraw proposal=x\n"), 0o644))
	out, code := tell(t, file)
	require.Equal(t, 1, code)
	require.Contains(t, out, "not-founded")
}

func TestUnreadable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.txt")
	require.NoError(t, os.WriteFile(file, []byte("once upon a time\n"), 0o644))
	out, code := tell(t, file, filepath.Join(t.TempDir(), "missing.txt"))
	require.Equal(t, 1, code)
	require.True(t, strings.HasSuffix(out, "0 passed, 2 failed\n"), out)
}

// TestCommands lists every command that the engine takes, once.
func TestCommands(t *testing.T) {
	out, code := tell(t, "-commands")
	require.Zero(t, code)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, len(consent.Commands()))
	for i, c := range consent.Commands() {
		require.Equal(t, c.Wire(), strings.Fields(lines[i])[0])
	}
	require.Contains(t, out, "objection.raise id=objection proposal=proposal [version=number] aim=item argument=words [source=lived|training]")
}

func TestGrammar(t *testing.T) {
	out, code := tell(t, "-grammar")
	require.Zero(t, code)
	require.True(t, strings.HasPrefix(out, "file      = "), out)
}

func TestUsage(t *testing.T) {
	_, code := tell(t)
	require.Equal(t, 2, code)
	_, code = tell(t, "-nonsense")
	require.Equal(t, 2, code)
}
