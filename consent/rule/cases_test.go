package rule_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/rulecases"
)

// TestCases judges the cases of others, each through Rule.Judge. The expectations
// are those of the sources that the files name; nobody here wrote them.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	n := 0
	for _, file := range files {
		results, err := rulecases.Run(file)
		require.NoError(t, err)
		require.NotEmpty(t, results, file)
		for _, r := range results {
			n++
			assert.True(t, r.Passed, "%s: %s (%s): %s", filepath.Base(file), r.ID, r.Title, r.Why)
		}
	}
	t.Logf("%d cases", n)
}

// TestCasesBite turns each claim of yes or no round: no case passes then, so none
// passes because nobody looked. Nor does one that names a fact, a parameter or a
// claim that its family does not know.
func TestCasesBite(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.json")
	require.NoError(t, err)
	turned := 0
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		var of struct{ Cases []rulecases.Case }
		d := json.NewDecoder(bytes.NewReader(b))
		d.UseNumber()
		require.NoError(t, d.Decode(&of))
		for i := range of.Cases {
			c := &of.Cases[i]
			for _, key := range slices.Sorted(maps.Keys(c.Expected)) {
				claim, ok := c.Expected[key].(bool)
				if !ok {
					continue
				}
				turned++
				c.Expected[key] = !claim
				assert.False(t, rulecases.Judge(c).Passed, "%s passes with %s turned round", c.ID, key)
				c.Expected[key] = claim
			}
		}
		c := &of.Cases[0]
		for _, with := range []map[string]any{c.Rule, c.Input, c.Expected} {
			with["phase of the moon"] = "full"
			assert.False(t, rulecases.Judge(c).Passed, "%s knows the moon", c.ID)
			delete(with, "phase of the moon")
		}
		assert.True(t, rulecases.Judge(c).Passed, c.ID)
	}
	assert.Greater(t, turned, 100)
}
