package main

import (
	"encoding/json"
	"flag"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
)

var update = flag.Bool("update", false, "bring README.md, docs/process.md and docs/methods.md up to date")

// What the quick start prints depends on today's date and on salts drawn by
// chance; everything else is compared.
var varies = regexp.MustCompile(`\d{1,2} \w+ \d{4}|root \S+`)

// printed runs main and returns what it prints.
func printed(t *testing.T) string {
	t.Helper()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	stdout := os.Stdout
	os.Stdout = write
	main()
	os.Stdout = stdout
	write.Close()
	out, err := io.ReadAll(read)
	require.NoError(t, err)
	return string(out)
}

// The blocks of README.md that are made from code, by what stands before them.
const (
	codeBlock    = "```go\n"
	outputBlock  = "It prints\n\n```\n"
	processBlock = "draws it):\n\n```mermaid\nstateDiagram"
	circlesBlock = "in words):\n\n```mermaid\nflowchart"
)

// block returns what stands between a block's beginning and its end.
func block(t *testing.T, readme, begins string) string {
	t.Helper()
	_, rest, found := strings.Cut(readme, begins)
	require.True(t, found, "README.md has no block that begins with %q", begins)
	body, _, found := strings.Cut(rest, "```\n")
	require.True(t, found)
	return body
}

func circles(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../carecoop/constitution.json")
	require.NoError(t, err)
	c, err := constitution.Parse(data)
	require.NoError(t, err)
	e, err := consent.Open(t.Context(), consent.Config{})
	require.NoError(t, err)
	for _, cmd := range c.Commands() {
		_, err := e.Do(t.Context(), circle.Actor{By: "founder"}, cmd)
		require.NoError(t, err)
	}
	var out string
	e.Look(func(s *consent.State) { out = logbook.CircleMap(&s.Org) })
	return out
}

// TestReadme holds the README's code, output and pictures to the code.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	readme := string(data)
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	output := printed(t)
	if *update {
		swap := func(begins, body string) {
			readme = strings.Replace(readme, begins+block(t, readme, begins), begins+body, 1)
		}
		swap(codeBlock, string(source))
		swap(outputBlock, output)
		swap(processBlock, strings.TrimPrefix(consent.Diagram(), "stateDiagram"))
		swap(circlesBlock, strings.TrimPrefix(circles(t), "flowchart"))
		require.NoError(t, os.WriteFile("../../README.md", []byte(readme), 0o644))
	}
	require.Equal(t, string(source), block(t, readme, codeBlock))
	require.Equal(t, varies.ReplaceAllString(output, "…"), varies.ReplaceAllString(block(t, readme, outputBlock), "…"))
	require.Equal(t, consent.Diagram(), "stateDiagram"+block(t, readme, processBlock))
	require.Equal(t, circles(t), "flowchart"+block(t, readme, circlesBlock))
}

// TestProcessDocument holds docs/process.md to the table of moves.
func TestProcessDocument(t *testing.T) {
	want := "# The process\n\nEvery way from stage to stage, and no other; made from `consent.Moves` by `go test ./examples/quickstart -update`.\n" +
		"In a stage not named here for a command, the command is refused. \"the circle\" means: by consent only (`consent.ask`). \"the clock\" means: time alone.\n\n" +
		consent.Table() + "\n## Refusals\n\nEvery way to be refused, with the rule behind it. `{…}` are facts.\n\n" + refusals()
	if *update {
		require.NoError(t, os.WriteFile("../../docs/process.md", []byte(want), 0o644))
	}
	got, err := os.ReadFile("../../docs/process.md")
	require.NoError(t, err)
	require.Equal(t, want, string(got))
}

// TestMethodsDocument holds docs/methods.md to the presets.
func TestMethodsDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The methods\n\nWhat each preset says of itself (`consent.Presets`, `Method.Words`); made by `go test ./examples/quickstart -update`.\n" +
		"Each is a value: a circle names one in its rules, for all it decides or for a kind of matter, and a host may bring its own. The sources of each\n" +
		"stand in its documentation (`go doc github.com/sayround/sayround/consent.SoFA`).\n")
	for _, m := range consent.Presets() {
		b.WriteString("\n## " + m.Name + "\n\n")
		for _, says := range m.Words() {
			b.WriteString("- " + says + "\n")
		}
	}
	if *update {
		require.NoError(t, os.WriteFile("../../docs/methods.md", []byte(b.String()), 0o644))
	}
	got, err := os.ReadFile("../../docs/methods.md")
	require.NoError(t, err)
	require.Equal(t, b.String(), string(got))
}

func refusals() string {
	var b strings.Builder
	b.WriteString("| code | kind | rule | stands in | says |\n|---|---|---|---|---|\n")
	seen := map[string]bool{}
	for _, c := range consent.Codes() {
		says, _ := json.Marshal(c.Says)
		row := "| `" + c.ID + "` | " + c.Kind.Error() + " | " + c.Rule + " | " + string(c.Stands) + " | " + strings.Trim(string(says), `"`) + " |\n"
		if !seen[row] {
			b.WriteString(row)
		}
		seen[row] = true
	}
	return b.String()
}
