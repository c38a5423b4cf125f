package house_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Whoever opens the repository for the first time sees these names and no
// others. What is not a room has its one place.
var (
	topRooms   = []string{"circle", "proposal", "objection", "consent", "ledger", "examples", "internal", "docs", "testdata"}
	topModules = []string{"bench", "tools"}
	topFiles   = []string{"go.mod", "go.sum", "go.work", "go.work.sum", "README.md", "LICENSE", "CHANGELOG.md",
		"CONTRIBUTING.md", "SECURITY.md", "Makefile", ".ci", ".golangci.yml", ".gitignore", ".gitattributes"}
	// What tools leave behind on a machine, and version control does not keep.
	topLeftovers = []string{".git", "bin", "*.test", "*.out", "*.prof"}
)

// TestTopLevel holds the first thing that anybody sees.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	allowed := slices.Concat(topRooms, topModules, topFiles, topLeftovers)
	for _, e := range entries {
		if !matches(allowed, e.Name()) {
			t.Errorf("%s has no place at the top level: put it in a room, or give internal/house the reason for it", e.Name())
		}
	}
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		ok, err := filepath.Match(p, name)
		return ok && err == nil
	})
}

// TestTopLevelPatterns shows that what does not belong there is seen.
func TestTopLevelPatterns(t *testing.T) {
	allowed := slices.Concat(topRooms, topLeftovers)
	for name, want := range map[string]bool{"circle": true, "cpu.prof": true, "util": false, "pkg": false, "notes.txt": false} {
		if matches(allowed, name) != want {
			t.Errorf("%s: allowed is %t, and it should be %t", name, !want, want)
		}
	}
}
