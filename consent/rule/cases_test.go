package rule_test

import (
	"path/filepath"
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
