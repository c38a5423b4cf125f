package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
)

// fault is one thing that could be wrong in the code.
type fault struct {
	id        int
	file      *source
	line, col int
	kind      string // as gremlins names it
	at        int    // the offset of the token in its file
	from, to  string
	in        *ast.FuncDecl // nil: outside of any function
	nth       int           // of the faults that read the same, from 0
	outcome   outcome
	by        string // the test that noticed it
	unbuilt   bool   // it is not in the program that has all faults: it does not compile, or stands outside of any function
}

type outcome int

const (
	untried outcome = iota
	killed
	timedOut
	lived
	unreached // no test comes to it: it has lived
	notViable // it does not compile
)

func (o outcome) String() string {
	return [...]string{"untried", "killed", "timed out", "lived", "lived where no test comes", "does not compile"}[o]
}

// becomes says what each mutator of gremlins v0.6.0 makes of a token.
var becomes = map[string]map[token.Token]token.Token{
	"ARITHMETIC_BASE":       {token.ADD: token.SUB, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL, token.SUB: token.ADD},
	"CONDITIONALS_BOUNDARY": {token.GEQ: token.GTR, token.GTR: token.GEQ, token.LEQ: token.LSS, token.LSS: token.LEQ},
	"CONDITIONALS_NEGATION": {token.EQL: token.NEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR, token.LSS: token.GEQ, token.NEQ: token.EQL},
	"INCREMENT_DECREMENT":   {token.DEC: token.INC, token.INC: token.DEC},
	"INVERT_ASSIGNMENTS": {token.ADD_ASSIGN: token.SUB_ASSIGN, token.MUL_ASSIGN: token.QUO_ASSIGN, token.QUO_ASSIGN: token.MUL_ASSIGN,
		token.SUB_ASSIGN: token.ADD_ASSIGN}, // and %= becomes %=, which is no fault
	"INVERT_BITWISE": {token.AND: token.OR, token.OR: token.AND, token.XOR: token.AND, token.AND_NOT: token.AND, token.SHL: token.SHR, token.SHR: token.SHL},
	"INVERT_BWASSIGN": {token.AND_ASSIGN: token.OR_ASSIGN, token.OR_ASSIGN: token.AND_ASSIGN, token.XOR_ASSIGN: token.AND_ASSIGN,
		token.AND_NOT_ASSIGN: token.AND_ASSIGN, token.SHL_ASSIGN: token.SHR_ASSIGN, token.SHR_ASSIGN: token.SHL_ASSIGN},
	"INVERT_LOGICAL":   {token.LAND: token.LOR, token.LOR: token.LAND},
	"INVERT_LOOPCTRL":  {token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK},
	"INVERT_NEGATIVES": {token.SUB: token.ADD},
	"REMOVE_SELF_ASSIGNMENTS": {token.ADD_ASSIGN: token.ASSIGN, token.AND_ASSIGN: token.ASSIGN, token.AND_NOT_ASSIGN: token.ASSIGN, token.MUL_ASSIGN: token.ASSIGN,
		token.OR_ASSIGN: token.ASSIGN, token.QUO_ASSIGN: token.ASSIGN, token.REM_ASSIGN: token.ASSIGN, token.SHL_ASSIGN: token.ASSIGN,
		token.SHR_ASSIGN: token.ASSIGN, token.SUB_ASSIGN: token.ASSIGN, token.XOR_ASSIGN: token.ASSIGN},
}

// found is what gremlins writes.
type found struct {
	Files []struct {
		Name      string `json:"file_name"`
		Mutations []struct {
			Type   string `json:"type"`
			Line   int    `json:"line"`
			Column int    `json:"column"`
		} `json:"mutations"`
	} `json:"files"`
}

// faults reads what gremlins found in the files of the package. Files of packages below it
// are named with their folder, and are passed over.
func (p *pkg) faults(name string) ([]*fault, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var f found
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var all []*fault
	for _, file := range f.Files {
		s := p.file(file.Name)
		if s == nil {
			continue
		}
		for _, m := range file.Mutations {
			x, err := p.fault(s, m.Type, m.Line, m.Column)
			if err != nil {
				return nil, err
			}
			if x != nil {
				all = append(all, x)
			}
		}
	}
	slices.SortFunc(all, func(a, b *fault) int {
		if c := strings.Compare(a.file.name, b.file.name); c != 0 {
			return c
		}
		if a.at != b.at {
			return a.at - b.at
		}
		return strings.Compare(a.kind, b.kind)
	})
	same := map[note]int{}
	for i, x := range all {
		x.id = i + 1
		k := x.note()
		x.nth = same[k]
		same[k]++
	}
	return all, nil
}

// fault finds the token in its file. The fault is nil where the mutator changes nothing.
func (p *pkg) fault(s *source, kind string, line, col int) (*fault, error) {
	pos := p.set.File(s.syntax.FileStart).LineStart(line) + token.Pos(col-1)
	tok := s.token(pos)
	to, ok := becomes[kind][tok]
	switch {
	case kind == "INVERT_ASSIGNMENTS" && tok == token.REM_ASSIGN:
		return nil, nil
	case !ok:
		return nil, fmt.Errorf("%s:%d:%d: there is no token for %s: was the file changed since gremlins looked?", s.name, line, col, kind)
	}
	x := &fault{file: s, line: line, col: col, kind: kind, at: p.set.Position(pos).Offset, from: tok.String(), to: to.String()}
	for _, d := range s.syntax.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && f.Name.Name != "init" && f.Pos() <= pos && pos < f.End() {
			x.in = f
		}
	}
	return x, nil
}

// function is the name of the function with the fault, with its receiver, or "" outside.
func (x *fault) function() string {
	if x.in == nil {
		return ""
	}
	if x.in.Recv == nil {
		return x.in.Name.Name
	}
	t := x.in.Recv.List[0].Type
	if s, ok := t.(*ast.StarExpr); ok {
		t = s.X
	}
	if i, ok := t.(*ast.IndexExpr); ok {
		t = i.X
	}
	return t.(*ast.Ident).Name + "." + x.in.Name.Name
}

// mutated is the line as it would read with the fault, the changed token between guillemets.
func (x *fault) mutated() string {
	start := strings.LastIndexByte(string(x.file.text[:x.at]), '\n') + 1
	end := x.at + strings.IndexByte(string(x.file.text[x.at:])+"\n", '\n')
	return strings.TrimSpace(string(x.file.text[start:x.at]) + "«" + x.to + "»" + string(x.file.text[x.at+len(x.from):end]))
}

// drawn gives so many faults at random, all where n is 0, in the order in which they are tried: what a run
// that is cut off has tried is a smaller draw.
func drawn(faults []*fault, n int, seed uint64) []*fault {
	r := rand.New(rand.NewPCG(seed, 0))
	some := slices.Clone(faults)
	r.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
	if n > 0 && n < len(some) {
		some = some[:n]
	}
	return some
}
