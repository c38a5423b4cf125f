package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write down what was printed; read the difference afterwards")

// The root depends on the salts, which are drawn by chance.
var root = regexp.MustCompile(`root \S+`)

// alone are the three stories, each told by itself, once for all tests: syncing
// takes most of the time.
var alone = map[string]func() told{"4a": once("4a"), "4b": once("4b"), "4c": once("4c")}

// folders are those of the stories that were told.
var folders sync.Map

// A told story is what was printed, and the folder of its ledger.
type told struct {
	text, dir string
	err       error
}

func once(only string) func() told {
	return sync.OnceValue(func() told {
		dir, err := os.MkdirTemp("", "carecoop-test")
		if err != nil {
			return told{err: err}
		}
		folders.Store(dir, nil)
		var out bytes.Buffer
		err = run(context.Background(), []string{"-only", only, "-dir", filepath.Join(dir, "ledger")}, &out)
		return told{out.String(), dir, err}
	})
}

// TestMain takes the folders away again.
func TestMain(m *testing.M) {
	code := m.Run()
	folders.Range(func(dir, _ any) bool { return os.RemoveAll(dir.(string)) == nil })
	os.Exit(code)
}

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

// TestEachStoryByItself: each of the three runs without the others, and its scenes
// go as they go among the others. What time brings about is told where it is due.
func TestEachStoryByItself(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	whole, err := os.ReadFile(filepath.Join("testdata", "story.txt"))
	require.NoError(t, err)
	for _, only := range []string{"4a", "4b", "4c"} {
		got := alone[only]().text
		require.NotContains(t, got, "the life between")
		scenes := scenesOf(got)
		list, err := story(only)
		require.NoError(t, err)
		require.Len(t, scenes, len(list), only)
		all := strings.Join(scenesOf(string(whole)), "\n")
		for _, s := range scenes {
			require.Contains(t, all, s, only)
		}
	}
}

// scenesOf cuts a story into its scenes, without what time brought about and
// without the life between them.
func scenesOf(text string) []string {
	text, _, _ = strings.Cut(text, "\nMinutes of")
	text = regexp.MustCompile(`(?m)^   (· time:|…) .*\n`).ReplaceAllString(text, "")
	var out []string
	for _, block := range strings.Split(text, "\n\n") {
		block = strings.TrimSpace(block)
		if regexp.MustCompile(`^[ABC]?\d+[a-z]?\. Day`).MatchString(block) {
			out = append(out, block)
		}
	}
	return out
}

// TestGoesOnWhereItStands cuts a story after a scene, tells the rest on the
// same ledger, and comes to the same end.
func TestGoesOnWhereItStands(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	after := regexp.MustCompile(`(?s)\nMinutes of (m1|b2).*`)
	for only, cut := range map[string]int{"4a": 11, "4b": 10} {
		whole := after.FindString(tell(t, "-only", only, "-dir", filepath.Join(t.TempDir(), "ledger"), "-explain"))
		require.NotEmpty(t, whole)
		list, err := story(only)
		require.NoError(t, err)
		for i, s := range list {
			if i != cut {
				continue // one of the scenes, for the time that syncing takes
			}
			dir := filepath.Join(t.TempDir(), "ledger")
			tell(t, "-only", only, "-dir", dir, "-until", s.number)
			require.Equal(t, whole, after.FindString(tell(t, "-only", only, "-dir", dir, "-explain")), "cut after scene %s", s.number)
		}
	}
}

// TestTellsTwice runs a story again on the same ledger: nothing is added. Another
// story is then told behind it.
func TestTellsTwice(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	dir := filepath.Join(t.TempDir(), "ledger")
	last := regexp.MustCompile(`verified: .*`)
	first := last.FindString(tell(t, "-only", "4a", "-dir", dir))
	require.Equal(t, first, last.FindString(tell(t, "-only", "4a", "-dir", dir)))
	require.Contains(t, tell(t, "-only", "4b", "-dir", dir), "of the founding 491, 4a 168, 4b 235")
	require.ErrorIs(t, run(t.Context(), []string{"-dir", dir}, &bytes.Buffer{}), errOther)
}

// TestPictures draws the circles: the list names each that the pictures show.
func TestPictures(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	dir := t.TempDir()
	tell(t, "-until", scenario[0].number, "-pictures", dir)
	for _, name := range []string{"map.svg", "tree.svg", "list.html"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		for _, circle := range []string{"Members Circle", "Purpose Circle", "Places Circle", "Valley Circle", "Care and Counsel"} {
			require.Contains(t, string(text), circle, name)
		}
	}
}

// TestBadValues: what cannot be told is refused, with what there is.
func TestBadValues(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	for args, want := range map[string]string{
		"-until 99":          `there is no scene "99"`,
		"-only 4a -until B1": `there is no scene "B1"`,
		"-only 4d":           `there is no story "4d": there are 4a, 4b, 4c`,
		"-only life":         `there is no story "life": there are 4a, 4b, 4c`,
		"-nope":              "flag provided but not defined: -nope; carecoop -h tells what there is",
		"-only 4a ledger":    `carecoop takes no words, and was given ["ledger"]: the folder of the ledger is named by -dir`,
	} {
		var out bytes.Buffer
		require.EqualError(t, run(t.Context(), strings.Fields(args), &out), want)
		require.Empty(t, out.String())
	}
	var help bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-h"}, &help))
	require.Contains(t, help.String(), "stop after this scene")
}
