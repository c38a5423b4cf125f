package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
)

// pkg is the package whose tests are put to the test.
type pkg struct {
	dir, name string
	set       *token.FileSet
	files     []*source
}

type source struct {
	name   string
	text   []byte
	syntax *ast.File
	tokens map[token.Pos]token.Token // those that a mutator can change
}

func load(dir string) (*pkg, error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,GoFiles", ".")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	var list struct {
		ImportPath string
		GoFiles    []string
	}
	if err := json.Unmarshal(out, &list); err != nil {
		return nil, err
	}
	p := &pkg{dir: dir, name: list.ImportPath, set: token.NewFileSet()}
	for _, name := range list.GoFiles {
		s := &source{name: name, tokens: map[token.Pos]token.Token{}}
		if s.text, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
		if s.syntax, err = parser.ParseFile(p.set, name, s.text, parser.SkipObjectResolution); err != nil {
			return nil, err
		}
		s.index()
		p.files = append(p.files, s)
	}
	return p, nil
}

func (p *pkg) file(name string) *source {
	for _, s := range p.files {
		if s.name == name {
			return s
		}
	}
	return nil
}

// index notes the tokens that gremlins looks at.
func (s *source) index() {
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			s.tokens[n.TokPos] = n.Tok
		case *ast.BinaryExpr:
			s.tokens[n.OpPos] = n.Op
		case *ast.BranchStmt:
			s.tokens[n.TokPos] = n.Tok
		case *ast.IncDecStmt:
			s.tokens[n.TokPos] = n.Tok
		case *ast.UnaryExpr:
			s.tokens[n.OpPos] = n.Op
		}
		return true
	})
}

func (s *source) token(pos token.Pos) token.Token {
	if t, ok := s.tokens[pos]; ok {
		return t
	}
	return token.ILLEGAL
}
