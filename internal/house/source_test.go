package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// home is the path of the root module. It stands in its go.mod, and here.
const home = "github.com/sayround/sayround"

// libraries are rooms that are modules of their own, so that what they need comes
// to those who use them and to nobody else; internal/lossy is used by its own tests
// only. They are held to what holds for every
// room.
var libraries = []string{"consent/celrule", "ledger/vault/escrow", "internal/lossy"}

// A source is one Go file of the root module, or of a library.
type source struct {
	path string // from the root, with slashes
	file *ast.File
	set  *token.FileSet
}

// dir is the room that the file lies in, such as "consent/logbook".
func (s *source) dir() string { return path.Dir(s.path) }

// test says whether the file is compiled for tests only.
func (s *source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// line is where a node begins.
func (s *source) line(n ast.Node) int { return s.set.Position(n.Pos()).Line }

// last is the line on which a node ends.
func (s *source) last(n ast.Node) int { return s.set.Position(n.End()).Line }

// lines counts the lines of the file.
func (s *source) lines() int { return s.set.File(s.file.Pos()).LineCount() }

// imports lists what the file imports.
func (s *source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}

// root is the directory of the root module.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sources reads every Go file of the root module and of the libraries; what lies
// in testdata or in another module of its own does not belong to them.
func sources(t *testing.T) []*source {
	t.Helper()
	top, set := root(t), token.NewFileSet()
	var out []*source
	err := filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skip(top, name, entry)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		s, err := parsed(set, top, name)
		out = append(out, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func skip(top, name string, entry fs.DirEntry) error {
	if name == top {
		return nil
	}
	if strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" {
		return filepath.SkipDir
	}
	if rel, err := filepath.Rel(top, name); err != nil || slices.Contains(libraries, filepath.ToSlash(rel)) {
		return err
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

func parsed(set *token.FileSet, top, name string) (*source, error) {
	file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(top, name)
	return &source{filepath.ToSlash(rel), file, set}, err
}

// written turns the text of a file into a source, for trying a rule out.
func written(t *testing.T, at, text string) *source {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, at, text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return &source{at, file, set}
}

// production lists the files that those who embed us compile.
func production(t *testing.T) []*source {
	t.Helper()
	return slices.DeleteFunc(sources(t), (*source).test)
}

// say fails the test with each sentence.
func say(t *testing.T, sentences []string) {
	t.Helper()
	for _, s := range sentences {
		t.Error(s)
	}
}
