package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// weave writes the file once more, so that each function that may have a fault is there once
// as it is and once for each fault, and calls the one that is asked for. The lines say which fault a line of
// the new file belongs to.
func (p *pkg) weave(s *source, faults []*fault) (text []byte, lines map[int]*fault) {
	in := map[*ast.FuncDecl][]*fault{}
	for _, x := range faults {
		if x.file == s && !x.unbuilt {
			in[x.in] = append(in[x.in], x)
		}
	}
	var b strings.Builder
	lines = map[int]*fault{}
	line, from := 1, 0
	write := func(text string, x *fault) {
		for range strings.Count(text, "\n") {
			if x != nil {
				lines[line] = x
			}
			line++
		}
		b.WriteString(text)
	}
	for _, d := range s.syntax.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || len(in[f]) == 0 {
			continue
		}
		start, end := p.offset(f.Pos()), p.offset(f.End())
		write(string(s.text[from:start]), nil)
		write(p.dispatch(s, f, in[f]), nil)
		write(p.copyOf(s, f, nil)+"\n", nil)
		for _, x := range in[f] {
			write(p.copyOf(s, f, x)+"\n", x)
		}
		from = end
	}
	write(string(s.text[from:]), nil)
	return []byte(b.String()), lines
}

func (p *pkg) offset(pos token.Pos) int { return p.set.Position(pos).Offset }

// copyOf is the text of a function under another name, with a fault or as it is.
func (p *pkg) copyOf(s *source, f *ast.FuncDecl, x *fault) string {
	start, name, end := p.offset(f.Pos()), p.offset(f.Name.Pos()), p.offset(f.End())
	id, body := 0, string(s.text[name+len(f.Name.Name):end])
	if x != nil {
		at := x.at - name - len(f.Name.Name)
		id, body = x.id, body[:at]+x.to+body[at+len(x.from):]
	}
	return string(s.text[start:name]) + copied(f, id) + body
}

func copied(f *ast.FuncDecl, id int) string { return fmt.Sprintf("mutant%d_%s", id, f.Name.Name) }

// parses says whether a fault leaves something that can be read as Go at all.
func (p *pkg) parses(x *fault) bool {
	text := string(x.file.text[:x.at]) + x.to + string(x.file.text[x.at+len(x.from):])
	if x.in != nil {
		text = "package p\n" + p.copyOf(x.file, x.in, x)
	}
	_, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	return err == nil
}

// dispatch is the function that stands for f and calls the copy that is asked for.
func (p *pkg) dispatch(s *source, f *ast.FuncDecl, faults []*fault) string {
	typ := func(e ast.Expr) string { return string(s.text[p.offset(e.Pos()):p.offset(e.End())]) }
	n := 0
	params := func(l *ast.FieldList) (list, args string) {
		if l == nil {
			return "", ""
		}
		var a, b []string
		for _, field := range l.List {
			for range max(1, len(field.Names)) {
				name := fmt.Sprintf("p%d", n)
				n++
				a = append(a, name+" "+typ(field.Type))
				if _, ok := field.Type.(*ast.Ellipsis); ok {
					name += "..."
				}
				b = append(b, name)
			}
		}
		return strings.Join(a, ", "), strings.Join(b, ", ")
	}
	receiver, call := params(f.Recv)
	list, args := params(f.Type.Params)
	if f.Recv != nil {
		receiver, call = "("+receiver+") ", call+"."
	}
	var b strings.Builder
	fmt.Fprintf(&b, "func %s%s", receiver, f.Name.Name)
	types := ""
	if t := f.Type.TypeParams; t != nil {
		b.Write(s.text[p.offset(t.Pos()):p.offset(t.End())])
		types = "[" + strings.Join(names(t), ", ") + "]"
	}
	fmt.Fprintf(&b, "(%s) ", list)
	if f.Type.Results != nil {
		var results []string
		for _, field := range f.Type.Results.List {
			for range max(1, len(field.Names)) {
				results = append(results, typ(field.Type))
			}
		}
		fmt.Fprintf(&b, "(%s) ", strings.Join(results, ", "))
	}
	b.WriteString("{\n\tswitch mutantWanted {\n")
	for _, x := range append(faults, nil) {
		which, id := "default", 0
		if x != nil {
			which, id = fmt.Sprintf("case %d", x.id), x.id
		}
		back := "return "
		if f.Type.Results == nil {
			back = ""
		}
		fmt.Fprintf(&b, "\t%s:\n\t\t%s%s%s%s(%s)\n", which, back, call, copied(f, id), types, args)
	}
	b.WriteString("\t}\n}\n\n")
	return b.String()
}

func names(l *ast.FieldList) (all []string) {
	for _, field := range l.List {
		for _, n := range field.Names {
			all = append(all, n.Name)
		}
	}
	return all
}

// switchboard is the file that says which fault is asked for.
const switchboard = `package %s

import (
	"os"
	"strconv"
)

var mutantWanted, _ = strconv.Atoi(os.Getenv("MUTANT"))
`
