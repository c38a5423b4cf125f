// Package consenttest is the kit for those who build on Sayround:
// conversations as tests, and [TestRule], which tries a voting rule.
//
// A conversation is a readable script that gives an engine commands and shows
// what came of each. Its grammar stands in the documentation of this module's
// conversation reader, and `go run ./examples/conversation -grammar` prints
// it. TestConversations runs files; whatever they hold, the ledger is replayed
// from nothing after the last line, the state compared, and every entry
// proved.
//
// The kit imports testing and the core only.
package consenttest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/script"
)

// Result is what running one conversation came to.
type Result struct {
	Name        string
	Steps       int
	Differences []string // each readable by itself
	// Rewritten is the file with what was printed in place of what was
	// expected.
	Rewritten []byte
}

// Passed says that everything was printed as expected.
func (r Result) Passed() bool { return len(r.Differences) == 0 }

// Run runs one conversation, by rules and methods beside those that the engine
// brings. An error means that the file cannot be read, or
// that the ledger it left does not replay or verify.
func Run(ctx context.Context, name string, data []byte, rules consent.Kinds, methods ...consent.Method) (Result, error) {
	f, err := script.Parse(name, data)
	if err != nil {
		return Result{Name: name}, err
	}
	h, err := newHost(ctx, rules, methods)
	if err != nil {
		return Result{Name: name}, err
	}
	text, got, err := script.Rewrite(ctx, f, h)
	r := Result{Name: name, Steps: got.Steps, Rewritten: text}
	for _, d := range got.Differences {
		r.Differences = append(r.Differences, d.String())
	}
	return r, err
}

// TestConversations runs every file that matches a pattern as a subtest, by the
// host's own rules and methods beside those that the engine brings.
func TestConversations(t *testing.T, pattern string, rules consent.Kinds, methods ...consent.Method) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversation matches %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Run(t.Context(), file, data, rules, methods...)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range r.Differences {
				t.Error(d)
			}
		})
	}
}

// Grammar returns the grammar of conversations, in the notation of
// golang.org/x/exp/ebnf.
func Grammar() string { return script.Grammar() }
