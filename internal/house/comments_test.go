package house_test

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// explained are the rooms in which everything exported carries a comment: what
// others build on.
var explained = []string{"circle", "circle/constitution", "proposal", "objection", "consent", "consent/consenttest",
	"consent/celrule", "consent/logbook", "ledger", "ledger/filestore", "ledger/ledgertest", "ledger/vault",
	"ledger/vault/escrow"}

// plain are methods that every Go programmer knows from the standard library.
var plain = []string{"Error", "Is", "String", "Unwrap"}

// TestPackageComments: `go doc` of each room begins like a chapter.
func TestPackageComments(t *testing.T) {
	words := map[string]string{}
	for _, s := range production(t) {
		words[s.dir()] += s.file.Doc.Text()
	}
	for dir, text := range words {
		if text == "" {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// TestExportedComments: what others see is explained where it stands.
func TestExportedComments(t *testing.T) {
	for _, s := range production(t) {
		if slices.Contains(explained, s.dir()) {
			say(t, unexplained(s))
		}
	}
}

// unexplained lists the exported names of a file that carry no comment. A method
// directly below one of the same name shares its comment: they say the same of
// many types.
func unexplained(s *source) []string {
	var out []string
	missing := func(at ast.Node, name string) {
		out = append(out, fmt.Sprintf("%s:%d: %s is exported and has no comment", s.path, s.line(at), name))
	}
	block, end := "", 0 // the methods that the last comment speaks of, and the line on which they end
	for _, d := range s.file.Decls {
		adjacent := s.line(d) == end+1
		end = s.last(d)
		switch d := d.(type) {
		case *ast.FuncDecl:
			covered := d.Doc != nil || adjacent && d.Recv != nil && d.Name.Name == block
			if name, ours := exportedFunc(d); ours && !covered && !wellKnown(d) {
				missing(d, name)
			}
			block = ""
			if covered {
				block = d.Name.Name
			}
		case *ast.GenDecl:
			block = ""
			for _, spec := range d.Specs {
				for _, name := range bare(d, spec) {
					missing(name, name.Name)
				}
			}
		}
	}
	return out
}

// exportedFunc names a function or method that others can call.
func exportedFunc(d *ast.FuncDecl) (string, bool) {
	if d.Recv == nil {
		return d.Name.Name, d.Name.IsExported()
	}
	of := d.Recv.List[0].Type
	if p, ok := of.(*ast.StarExpr); ok {
		of = p.X
	}
	if g, ok := of.(*ast.IndexExpr); ok {
		of = g.X
	}
	id, ok := of.(*ast.Ident)
	return fmt.Sprintf("%s.%s", id, d.Name.Name), ok && id.IsExported() && d.Name.IsExported()
}

// wellKnown says whether a method needs no words.
func wellKnown(d *ast.FuncDecl) bool { return d.Recv != nil && slices.Contains(plain, d.Name.Name) }

// bare lists the exported names of a declaration without a comment: above the
// group, above the name, or behind it.
func bare(d *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	if d.Doc != nil {
		return nil
	}
	var names []*ast.Ident
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Doc == nil && s.Comment == nil {
			names = append(names, s.Name)
		}
	case *ast.ValueSpec:
		if s.Doc == nil && s.Comment == nil {
			names = s.Names
		}
	}
	return slices.DeleteFunc(names, func(n *ast.Ident) bool { return !n.IsExported() })
}

// unfinished finds a note that something is to be done.
var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b(.*)`)

// reasoned is what must stand behind it: who or what it waits for, and why, in
// a few words.
var reasoned = regexp.MustCompile(`^(\([^)]+\))?: \S+ \S+ \S+`)

// TestUnfinished: a note that something is to be done says why it is not done.
func TestUnfinished(t *testing.T) {
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			for _, c := range group.List {
				if note := unreasoned(c.Text); note != "" {
					t.Errorf("%s:%d: %q gives no reason", s.path, s.line(c), note)
				}
			}
		}
	}
}

// unreasoned returns the note of a comment that gives no reason.
func unreasoned(comment string) string {
	for line := range strings.Lines(comment) {
		if m := unfinished.FindStringSubmatch(line); m != nil && !reasoned.MatchString(m[2]) {
			return strings.TrimSpace(m[0])
		}
	}
	return ""
}

// TestCommentsBite shows that what lacks a comment is seen and named.
func TestCommentsBite(t *testing.T) {
	s := written(t, "circle/some.go", `package circle

type Bare struct{}

// Said is explained.
type Said struct{}

// The colours, as a group.
const (
	Red = iota
	Blue
)

const Alone = 1

var (
	Behind = 1 // explained behind
	Naked  = 2
)

// Wire names, one for each.
func (Bare) Wire() string { return "bare" }
func (Said) Wire() string { return "said" }
func (Said) Of() string { return "" }

func (Other) Wire() string { return "" }
func (Said) On() string { return "" }
func (Said) String() string { return "" }
func (Said) Speak() {}
func (hidden) Speak() {}
func Make() {}

type hidden struct{}

// Other is another.
type Other struct{}
`)
	var names []string
	for _, sentence := range unexplained(s) {
		name, _, _ := strings.Cut(sentence[strings.Index(sentence, ": ")+2:], " ")
		names = append(names, name)
	}
	want := []string{"Bare", "Alone", "Naked", "Said.Of", "Other.Wire", "Said.On", "Said.Speak", "Make"}
	if !slices.Equal(names, want) {
		t.Errorf("found %q, want %q", names, want)
	}
	todo := "// TO" + "DO"
	for comment, note := range map[string]string{todo: todo[3:], todo + ": later": todo[3:] + ": later", todo + "(issue 7): waits for the release": "",
		todo + ": Go 1.27 has it": "", "// done": ""} {
		if got := unreasoned(comment); got != note {
			t.Errorf("%q: found %q, want %q", comment, got, note)
		}
	}
}
