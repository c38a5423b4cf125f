package rulecases

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is not known fails: a method, a parameter, a fact, a claim. So does a case
// that claims nothing, and one whose claim is wrong.
func TestWhatIsNotKnownFails(t *testing.T) {
	const good = `{"id": "good", "rule": {"method": "plurality"}, "input": {"candidates": ["A", "B"], "ballots": [{"n": 2, "rank": [["A"]]}]}, "expected": {"winners": ["A"]}}`
	for why, change := range map[string]func(c *Case){
		"":                           func(*Case) {},
		`method "luck" is not known`: func(c *Case) { c.Rule["method"] = "luck" },
		"the case is not of a known form: json: unknown field \"moon\"": func(c *Case) { c.Rule["moon"] = "full" },
		"the case is not of a known form: json: unknown field \"sun\"":  func(c *Case) { c.Input["sun"] = 1 },
		`key "happy" is not known`:                                      func(c *Case) { c.Expected["happy"] = true },
		"nothing is expected":                                           func(c *Case) { c.Expected = nil },
		"winners: got [A], want [B]":                                    func(c *Case) { c.Expected["winners"] = []any{"B"} },
	} {
		var c Case
		require.NoError(t, json.Unmarshal([]byte(good), &c))
		change(&c)
		r := Judge(&c)
		require.Equal(t, why, r.Why)
		require.Equal(t, why == "", r.Passed)
	}
}

func TestRunReadsFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.json")
	require.NoError(t, os.WriteFile(file, []byte("{"), 0o600))
	_, err := Run(file)
	require.Error(t, err)
	_, err = Run(file + "-not-there")
	require.Error(t, err)
}
