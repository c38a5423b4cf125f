package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write down what was printed; read the difference afterwards")

// The root depends on the salts, which are drawn by chance.
var root = regexp.MustCompile(`root \S+`)

func tell(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), args, &out))
	return root.ReplaceAllString(out.String(), "root …")
}

// TestStory compares the whole story with what is written down.
func TestStory(t *testing.T) {
	got := tell(t, "-dir", filepath.Join(t.TempDir(), "ledger"), "-explain")
	file := filepath.Join("testdata", "story.txt")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// TestGoesOnWhereItStands cuts the story after a scene, tells the rest on the
// same ledger, and comes to the same end.
func TestGoesOnWhereItStands(t *testing.T) {
	after := regexp.MustCompile(`(?s)\nMinutes of m1.*`)
	whole := after.FindString(tell(t, "-dir", filepath.Join(t.TempDir(), "ledger"), "-explain"))
	require.NotEmpty(t, whole)
	for i, s := range scenario {
		if i%4 != 1 {
			continue // every fourth scene, for the time that syncing takes
		}
		dir := filepath.Join(t.TempDir(), "ledger")
		tell(t, "-dir", dir, "-until", s.number)
		require.Equal(t, whole, after.FindString(tell(t, "-dir", dir, "-explain")), "cut after scene %s", s.number)
	}
}

// TestTellsTwice runs the story again on the same ledger: nothing is added.
func TestTellsTwice(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	last := regexp.MustCompile(`verified: .*`)
	first := last.FindString(tell(t, "-dir", dir))
	require.Equal(t, first, last.FindString(tell(t, "-dir", dir)))
}

// TestPictures draws the circles: the list names each that the pictures show.
func TestPictures(t *testing.T) {
	dir := t.TempDir()
	tell(t, "-until", scenario[0].number, "-pictures", dir)
	for _, name := range []string{"map.svg", "tree.svg", "list.html"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		for _, circle := range []string{"Members Circle", "Purpose Circle", "Places Circle", "Valley Circle"} {
			require.Contains(t, string(text), circle, name)
		}
	}
}

func TestUnknownScene(t *testing.T) {
	require.EqualError(t, run(t.Context(), []string{"-until", "99"}, &bytes.Buffer{}), `there is no scene "99"`)
}
