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

// A case that cannot be read fails for itself, and leaves the others to be judged.
func TestACaseThatCannotBeReadFailsAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "odd.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"cases": [
		{"id": "listed", "rule": {"method": "consent"}, "input": [1], "expected": {"outcome": "adopted"}},
		{"id": 7, "rule": {"method": "consent"}, "input": {}, "expected": {}},
		{"id": "good", "rule": {"method": "plurality"}, "input": {"candidates": ["A", "B"], "ballots": [{"n": 2, "rank": [["A"]]}]}, "expected": {"winners": ["A"]}}]}`), 0o600))
	results, err := Run(file)
	require.NoError(t, err)
	require.Len(t, results, 3)
	require.Equal(t, "listed", results[0].ID)
	require.False(t, results[0].Passed)
	require.Contains(t, results[0].Why, "not of a known form")
	require.Equal(t, "case 2", results[1].ID)
	require.False(t, results[1].Passed)
	require.True(t, results[2].Passed, results[2].Why)
}

// What asks for something that there is not, or cannot be counted, fails with the
// reason, and is not judged by what comes nearest.
func TestWhatThereIsNotFails(t *testing.T) {
	const three = `{"candidates": ["A", "B", "C"], "ballots": [{"n": 2, "rank": [["A"]]}]}`
	for _, c := range []struct{ rule, input, why string }{
		{`{"method": "schulze", "strength": "luck"}`, three, `there is no strength "luck"`},
		{`{"method": "schulze", "unranked": "luck"}`, three, `unranked options are last or absent`},
		{`{"method": "irv-rctab", "overvote": "luck"}`, three, `overvote "luck" is not known`},
		{`{"method": "irv-rctab", "duplicate": "luck"}`, three, `duplicate "luck" is not known`},
		{`{"method": "stv-rctab", "seats": 1, "quota": "luck"}`, three, `"luck"`},
		{`{"method": "stv-rctab", "seats": 1, "tie": "luck"}`, three, `tie "luck" is not known`},
		{`{"method": "pb-mes", "satisfaction": "luck"}`, `{"costs": ["1"], "budget": "2", "approvals": [[0]]}`, `satisfaction "luck" is not known`},
		{`{"method": "plurality"}`, `{"candidates": ["A", "A"], "ballots": []}`, `two options are called "A"`},
		{`{"method": "plurality"}`, `{"candidates": ["A", "B"], "ballots": [{"n": -2, "rank": [["A"]]}]}`, "weigh"},
		{`{"method": "consent"}`, `{"members": "ana", "version": 1}`, "ana is no list"},
		{`{"method": "consent", "silence_after_limit": "true"}`, `{"members": ["ana"], "version": 1}`, "true is neither true nor false"},
		{`{"method": "dao-threshold", "kind": "absolute-count", "count": 10}`, `{"tally": [1], "total": 10}`, "is no tally"},
		{`{"method": "unanimity-minus", "n": 1}`, `{"agree": 2000000000}`, "are not seated one by one"},
		{`{"method": "quadratic"}`, `{"choices": ["a"], "ballots": [{"n": 2000000000, "balance": 1, "choice": [1]}]}`, "are not seated one by one"},
	} {
		var judged Case
		require.NoError(t, read(json.RawMessage(`{"rule": `+c.rule+`, "input": `+c.input+`, "expected": {"winners": [], "outcome": "open", "passes": false}}`), &judged))
		r := Judge(&judged)
		require.False(t, r.Passed)
		require.Contains(t, r.Why, c.why, c.rule)
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
