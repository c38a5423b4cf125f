package house_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// where says in which files a dependency may be imported.
type where int

const (
	anywhere  where = 1 + iota
	testsOnly       // it must not reach those who embed us
	nowhere         // it comes along with another; we do not import it ourselves
)

// dependencies are all the modules that the root module may require. A new one
// is a decision, not a detail: it goes into everybody's graph.
var dependencies = map[string]where{
	"github.com/google/uuid": anywhere, // ids of commands
	"golang.org/x/mod":       anywhere, // the Merkle tree of the Go checksum database
	"golang.org/x/text":      anywhere, // one form for equal texts (NFC)

	"github.com/stretchr/testify":     testsOnly,
	"pgregory.net/rapid":              testsOnly,
	"golang.org/x/exp":                testsOnly, // the grammar of conversations is checked with its ebnf
	"github.com/google/jsonschema-go": testsOnly, // the constitution's schema is checked with it

	"go.yaml.in/yaml/v3": nowhere, // with testify
}

// brings is what each library requires itself beside the root and what the root
// may require. It comes to those who use the library.
var brings = map[string][]string{
	"consent/celrule":     {"cel.dev/cel-go"}, // the language
	"ledger/vault/escrow": {"filippo.io/age"}, // what trustees can open with a tool of others

	"internal/lossy": {"github.com/hanwen/go-fuse/v2"}, // a file system that is a program
}

// oldestMod is the first version of golang.org/x/mod whose log verifies tiles
// as it should (GO-2026-6179).
const oldestMod = "v0.40.0"

// TestDependencies holds what those who embed us take in.
func TestDependencies(t *testing.T) {
	mod := module(t, filepath.Join(root(t), "go.mod"))
	if mod.Module.Mod.Path != home {
		t.Errorf("the module is called %s in go.mod and %s in the tests", mod.Module.Mod.Path, home)
	}
	for _, r := range mod.Require {
		say(t, unexpected(r.Mod.Path, r.Mod.Version))
	}
}

// TestLibraries holds what those take in who use a library.
func TestLibraries(t *testing.T) {
	for _, dir := range libraries {
		mod := module(t, filepath.Join(root(t), dir, "go.mod"))
		if want := home + "/" + dir; mod.Module.Mod.Path != want {
			t.Errorf("the library in %s is called %s in its go.mod, and should be %s", dir, mod.Module.Mod.Path, want)
		}
		for _, r := range mod.Require {
			if !r.Indirect && r.Mod.Path != home && !slices.Contains(brings[dir], r.Mod.Path) {
				say(t, unexpected(r.Mod.Path, r.Mod.Version))
			}
		}
	}
	for dir := range brings {
		if !slices.Contains(libraries, dir) {
			t.Errorf("%s is said to bring something along, and is no library", dir)
		}
	}
}

func unexpected(path, version string) []string {
	if _, known := dependencies[path]; !known {
		return []string{fmt.Sprintf("go.mod requires %s, which nobody has agreed to: say in internal/house what it is for", path)}
	}
	if path == "golang.org/x/mod" && semver.Compare(version, oldestMod) < 0 {
		return []string{fmt.Sprintf("golang.org/x/mod %s verifies wrongly; %s is the oldest that does not", version, oldestMod)}
	}
	return nil
}

// TestImportsOfDependencies keeps test libraries in tests.
func TestImportsOfDependencies(t *testing.T) {
	for _, s := range sources(t) {
		say(t, misplaced(s.path, s.test(), s.imports()))
	}
}

func misplaced(file string, test bool, imports []string) []string {
	var out []string
	for _, path := range imports {
		for dep, w := range dependencies {
			if path != dep && !strings.HasPrefix(path, dep+"/") {
				continue
			}
			switch {
			case w == testsOnly && !test:
				out = append(out, fmt.Sprintf("%s imports %s, which belongs in _test.go files only: it must not reach those who embed us", file, path))
			case w == nowhere:
				out = append(out, fmt.Sprintf("%s imports %s, which only comes along with another module", file, path))
			}
		}
	}
	return out
}

// TestNoReplace: a replace works for us and for nobody else, so no go.mod has
// one. The one in go.work goes when there is a release that they can require.
func TestNoReplace(t *testing.T) {
	for _, file := range modules(t) {
		for _, r := range module(t, file).Replace {
			t.Errorf("%s replaces %s: nobody who requires the module would get that", file, r.Old.Path)
		}
	}
}

// modules finds the go.mod files of the repository.
func modules(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root(t), func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "testdata"):
			return filepath.SkipDir
		case entry.Name() == "go.mod":
			out = append(out, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func module(t *testing.T, name string) *modfile.File {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse(name, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return mod
}

// TestModulesBite shows that what must not be is seen and named.
func TestModulesBite(t *testing.T) {
	for name, got := range map[string][]string{
		"a new module":           unexpected("github.com/spf13/cobra", "v1.9.0"),
		"a version that is old":  unexpected("golang.org/x/mod", "v0.39.0"),
		"a test library outside": misplaced("consent/engine.go", false, []string{"pgregory.net/rapid"}),
		"somebody else's module": misplaced("consent/engine_test.go", true, []string{"go.yaml.in/yaml/v3"}),
	} {
		if len(got) != 1 {
			t.Errorf("%s: %d findings %q, want one", name, len(got), got)
		}
	}
	for name, got := range map[string][]string{
		"a test library in a test": misplaced("consent/engine_test.go", true, []string{"github.com/stretchr/testify/require"}),
		"a module that is agreed":  unexpected("golang.org/x/mod", "v0.42.0"),
		"a path that looks alike":  misplaced("consent/engine.go", false, []string{"pgregory.net/rapidly"}),
	} {
		if len(got) != 0 {
			t.Errorf("%s: %q, want nothing", name, got)
		}
	}
}
