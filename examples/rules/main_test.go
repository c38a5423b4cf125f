package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
)

var update = flag.Bool("update", false, "write down what was printed; read the difference afterwards")

// given runs the program.
func given(args ...string) (code int, out, errs string) {
	var o, e strings.Builder
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

// told is what the program says when it is asked nothing.
var told = sync.OnceValue(func() string {
	_, out, errs := given()
	return out + errs
})

func TestTells(t *testing.T) {
	file := filepath.Join("testdata", "told.txt")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(told()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), told())
}

// Of a ledger that was kept it says the same as of the one in memory, and leaves it
// as it is.
func TestComparesOnALedger(t *testing.T) {
	var m ledger.Memory
	_, err := house(t.Context(), &m)
	require.NoError(t, err)
	var entries [][]byte
	for b, err := range m.Read(t.Context(), 0) {
		require.NoError(t, err)
		entries = append(entries, b)
	}
	dir := filepath.Join(t.TempDir(), "ledger")
	store, err := filestore.Open(dir)
	require.NoError(t, err)
	require.NoError(t, store.Append(t.Context(), 0, entries))
	require.NoError(t, store.Close())
	before, err := os.ReadFile(filepath.Join(dir, "entries"))
	require.NoError(t, err)

	code, out, errs := given("-ledger", dir)
	require.Zero(t, code, errs)
	require.True(t, strings.HasSuffix(told(), "\n\n"+out), out)
	code, other, errs := given("-ledger", dir, "-seed", "2")
	require.Zero(t, code, errs)
	require.NotEqual(t, out, other)
	require.Contains(t, other, "by the seed 2;")

	code, out, errs = given("-ledger", dir, "-with", "two-thirds")
	require.Zero(t, code, errs)
	require.Contains(t, told(), out)
	require.Contains(t, out, "With two-thirds instead of simple-majority, 2 of 24 decisions differ.\n  week-08 ")

	after, err := os.ReadFile(filepath.Join(dir, "entries"))
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// A rule is named by a name that people give it, or by its kind with its parameters.
func TestNamesRules(t *testing.T) {
	for with, says := range map[string]string{
		"unanimity":                "With unanimity instead of simple-majority, 12 of 24 decisions differ.",
		"settled-consent":          "With settled-consent instead of simple-majority, 14 of 24 decisions differ.",
		`majority{"share":"4/5"}`:  `With majority{"share":"4/5"} instead of simple-majority, 3 of 24 decisions differ.`,
		"enough-care":              "With enough-care instead of simple-majority, 0 of 24 decisions differ.",
		`threshold-class-veto{"a"`: "",
	} {
		code, out, errs := given("-with", with)
		if says == "" {
			require.Equal(t, 1, code)
			require.NotEmpty(t, errs)
			continue
		}
		require.Zero(t, code, errs)
		require.Contains(t, out, says)
	}
	code, _, errs := given("-with", "luck")
	require.Equal(t, 1, code)
	require.Contains(t, errs, `there is no rule "luck": say consent, two-thirds, `)
}

// A rule of one's own takes thirty lines, and a test of one.
func TestOwnRuleIsShort(t *testing.T) {
	own, err := os.ReadFile("own.go")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(own), "type EnoughCare")
	require.True(t, found)
	body, _, found := strings.Cut(rest, "\n}\n")
	require.True(t, found)
	require.LessOrEqual(t, strings.Count(body, "\n")+2, 30)

	test, err := os.ReadFile("own_test.go")
	require.NoError(t, err)
	_, rest, found = strings.Cut(string(test), "func TestEnoughCare(t *testing.T) {\n")
	require.True(t, found)
	line, end, _ := strings.Cut(rest, "\n")
	require.Contains(t, line, "consenttest.TestRule(t, EnoughCare{")
	require.Equal(t, "}\n", end)
}

func TestCases(t *testing.T) {
	code, out, _ := given("-cases", "../../consent/rule/testdata/cases")
	require.Equal(t, "282 passed, 0 failed\n", out)
	require.Zero(t, code)

	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "wrong.json"), []byte(`{"cases": [
		{"id": "wrong", "rule": {"method": "plurality"}, "input": {"candidates": ["A", "B"], "ballots": [{"n": 2, "rank": [["A"]]}]}, "expected": {"winners": ["B"]}},
		{"id": "strange", "rule": {"method": "luck"}, "input": {}, "expected": {"winners": ["B"]}}]}`), 0o600))
	code, out, _ = given("-cases", dir)
	require.Equal(t, 1, code)
	require.Equal(t, "wrong.json wrong: winners: got [A], want [B]\nwrong.json strange: method \"luck\" is not known\n0 passed, 2 failed\n", out)
}

func TestBadInput(t *testing.T) {
	for _, args := range [][]string{{"-cases", t.TempDir()}, {"-moon"}, {"words"}} {
		code, _, errs := given(args...)
		require.Equal(t, 2, code, args)
		require.NotEmpty(t, errs)
	}
	code, out, errs := given("-ledger", filepath.Join(t.TempDir(), "none"))
	require.Equal(t, 1, code)
	require.Empty(t, out)
	require.NotEmpty(t, errs)
}
