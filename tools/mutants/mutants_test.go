package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWeak: tests that let faults live are found out, whatever the faults are of, and
// are content with a reason for each only where enough was noticed.
func TestWeak(t *testing.T) {
	weak := options{found: "testdata/weak.json", dir: "testdata/weak", atLeast: 90, workers: 2}
	said := try(t, weak, false)
	for _, want := range []string{
		"| `weak/weak.go` | `Within` | `func Within(n int) bool { return n > 0 && n «<» Limit }`",
		"| `weak/weak.go` | `Forgotten` | `n «+=» -1`",
		"12 faults: 6 noticed, 5 lived (4 of them where no test comes), 0 never ended, 1 do not compile: 54.5 % noticed",
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

// TestSubtests: of a test that takes long and has many subtests only those are asked that come to a fault, the
// rest of it is not in their way, and what never ends is cut off.
func TestSubtests(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes")
	many := options{found: "testdata/many.json", dir: "testdata/many", split: time.Nanosecond, timeout: 2 * time.Second, workers: 1, results: notes}
	said := try(t, many, true)
	if want := "3 faults: 1 noticed, 1 lived (0 of them where no test comes), 1 never ended, 0 do not compile"; !strings.Contains(said, want) {
		t.Errorf("it does not say %q, but:\n%s", want, said)
	}
	for line, want := range map[string]string{
		`return «+»n`:                   `"came":"killed","by":"TestMany/of_-3"`,
		`for n «>=» 0 {`:                `"came":"timed out"`,
		`return «+»most // nobody asks`: `"came":"lived"`,
	} {
		if got := noted(t, notes, line); !strings.Contains(got, want) {
			t.Errorf("of %s it notes %s and not %s", line, got, want)
		}
	}
}

// TestResults: what came of a fault is not asked again, but where it lived and the tests may have
// become better.
func TestResults(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes")
	weak := options{found: "testdata/weak.json", dir: "testdata/weak", workers: 1, results: notes, files: "^weak"}
	first := try(t, weak, true)
	lines := strings.Count(read(t, notes), "\n")
	if lines != 12 {
		t.Errorf("there are %d notes of 12 faults", lines)
	}

	weak.tests = "^TestFirst$" // would let more live
	if said := try(t, weak, true); said != first {
		t.Errorf("from its notes it says\n%s\nand said\n%s", said, first)
	}
	if got := strings.Count(read(t, notes), "\n"); got != lines {
		t.Errorf("%d notes were added where nothing was left to be tried", got-lines)
	}

	weak.tests, weak.again = "", true
	if said := try(t, weak, true); said != first {
		t.Errorf("asked again it says\n%s\nand said\n%s", said, first)
	}
	if got := strings.Count(read(t, notes), "\n"); got != lines+5 {
		t.Errorf("%d faults were asked again, and 5 had lived", got-lines)
	}

	weak.results, weak.files = "", "^other"
	if said := try(t, weak, true); !strings.Contains(said, ": 0 faults: ") {
		t.Errorf("there is no such file, and it says:\n%s", said)
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

func noted(t *testing.T, name, reads string) string {
	t.Helper()
	for line := range strings.Lines(read(t, name)) {
		var n note
		if err := json.Unmarshal([]byte(line), &n); err != nil {
			t.Fatal(err)
		}
		if n.Reads == reads {
			return line
		}
	}
	return ""
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
