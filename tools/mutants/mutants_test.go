package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWeak: tests that let faults live are found out, whatever the faults are of, and
// are content with a reason for each only where enough was noticed.
func TestWeak(t *testing.T) {
	weak := options{found: "testdata/weak.json", dir: "testdata/weak", atLeast: 90, workers: 2}
	said := try(t, weak, false)
	for _, want := range []string{
		"| `weak/weak.go` | `Within` | `func Within(n int) bool { return n > 0 && n «<» Limit }`",
		"| `weak/weak.go` | `Forgotten` | `n «+=» -1`",
		"12 faults: 6 noticed, 5 lived (4 of them in functions that no test calls), 0 never ended, 1 do not compile: 54.5 % noticed",
		"54.5 % is less than 90.0 %",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q, but:\n%s", want, said)
		}
	}

	page := filepath.Join(t.TempDir(), "reasons.md")
	weak.reasons, weak.atLeast = page, 50
	write(t, page, "")
	if said := try(t, weak, false); !strings.Contains(said, "5 of the 5 that lived have no reason in reasons.md") {
		t.Errorf("without a reason nothing may live, and it says:\n%s", said)
	}
	write(t, page, said)
	try(t, weak, true)

	weak.atLeast, weak.sample = 0, 3
	if said := try(t, weak, true); !strings.Contains(said, "3 faults, drawn from 12 with the seed 0: ") {
		t.Errorf("a draw is called one, and here it says:\n%s", said)
	}
}

func try(t *testing.T, o options, want bool) string {
	t.Helper()
	var b bytes.Buffer
	good, err := run(t.Context(), o, &b)
	if err != nil || good != want {
		t.Fatalf("good is %t, want %t: %v\n%s", good, want, err, b.String())
	}
	return b.String()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
