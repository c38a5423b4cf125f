package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// given runs the program.
func given(args ...string) (code int, out, errs string) {
	var o, e strings.Builder
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestTells(t *testing.T) {
	code, out, _ := given()
	require.Zero(t, code)
	want, err := os.ReadFile(filepath.Join("testdata", "told.txt"))
	require.NoError(t, err)
	require.Equal(t, string(want), out)
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
}
