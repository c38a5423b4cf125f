package house_test

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The catalogue of what documented methods ask of an engine has 262 rows. Each
// is shown by a conversation or a test that cites it, or is not there yet, with
// the reason. docs/catalogue.md is drawn from that by
//
//	go test ./internal/house -run TestCatalogue -update
var update = flag.Bool("update", false, "write docs/catalogue.md anew")

const (
	rowsFile  = "internal/house/testdata/catalogue.tsv"
	tableFile = "docs/catalogue.md"
	rowCount  = 262
)

// A row is one behaviour that a test can show to be present.
type row struct {
	no      int
	group   string
	feature string
	reason  string // why it is not there yet; empty: it is
	shown   []string
}

// TestCatalogue: each row is shown somewhere, or says why not, and not both; and
// the table in the documentation is the one drawn from that.
func TestCatalogue(t *testing.T) {
	top := root(t)
	list := rows(t, top)
	cited := gather(t, top, cites)
	for i := range list {
		list[i].shown = cited[list[i].no]
	}
	say(t, unsettled(list))
	for no := range cited {
		if no < 1 || no > rowCount {
			t.Errorf("M-%d is cited, and the catalogue has no such row", no)
		}
	}
	kept(t, top, tableFile, drawn(list), "TestCatalogue")
}

// unsettled says of which rows nothing is known, or too much.
func unsettled(list []row) []string {
	var out []string
	for i, r := range list {
		switch {
		case r.no != i+1:
			out = append(out, fmt.Sprintf("row %d of the catalogue is M-%d", i+1, r.no))
		case len(r.shown) == 0 && r.reason == "":
			out = append(out, fmt.Sprintf("M-%d is shown nowhere, and nothing says why: %s", r.no, r.feature))
		case len(r.shown) > 0 && r.reason != "":
			out = append(out, fmt.Sprintf("M-%d is shown by %s, and still said not to be there: %s", r.no, r.shown[0], r.reason))
		}
	}
	if len(list) != rowCount {
		out = append(out, fmt.Sprintf("the catalogue has %d rows, and should have %d", len(list), rowCount))
	}
	return out
}

// TestCatalogueBites shows that each is seen.
func TestCatalogueBites(t *testing.T) {
	full := make([]row, rowCount)
	for i := range full {
		full[i] = row{no: i + 1, shown: []string{"TestX"}}
	}
	if got := unsettled(full); got != nil {
		t.Errorf("a full catalogue: %q", got)
	}
	full[3] = row{no: 4}
	full[4] = row{no: 5, reason: "later", shown: []string{"TestX"}}
	full[5] = row{no: 8, reason: "later"}
	if got := unsettled(full); len(got) != 3 {
		t.Errorf("%d findings, want 3: %q", len(got), got)
	}
	if got := unsettled(full[:1]); len(got) != 1 {
		t.Errorf("a catalogue cut short: %q", got)
	}
	if got := fmt.Sprint(cites("as (M-7, M-129…M-131) and M-2623 say")); got != "[7 129 130 131 2623]" {
		t.Errorf("citations read: %s", got)
	}
}

// rows reads the rows: number, group, feature and reason, with tabs between.
func rows(t *testing.T, top string) []row {
	t.Helper()
	f, err := os.Open(filepath.Join(top, rowsFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []row
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 4 {
			t.Fatalf("%s: %d cells in %q", rowsFile, len(cells), lines.Text())
		}
		no, err := strconv.Atoi(strings.TrimPrefix(cells[0], "M-"))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row{no: no, group: cells[1], feature: cells[2], reason: cells[3]})
	}
	return out
}

var citation = regexp.MustCompile(`M-(\d+)(?:(?:…|–)M-(\d+))?`)

// cites lists the rows that a text cites, ranges too.
func cites(text string) []int {
	var out []int
	for _, m := range citation.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		for no := from; no <= to; no++ {
			out = append(out, no)
		}
	}
	return out
}

// gather finds, for each row, the conversations and the tests that cite it.
func gather[K comparable](t *testing.T, top string, cites func(string) []K) map[K][]string {
	t.Helper()
	out := map[K][]string{}
	note := func(where, text string) {
		for _, id := range cites(text) {
			if !slices.Contains(out[id], where) {
				out[id] = append(out[id], where)
			}
		}
	}
	conversations(t, top, note)
	for _, s := range sources(t) {
		if s.test() && !strings.HasPrefix(s.path, "internal/house/") {
			testsIn(t, top, s, note)
		}
	}
	for _, list := range out {
		sortPlaces(list)
	}
	return out
}

// kept compares a table with what is drawn now, or writes it anew.
func kept(t *testing.T, top, file, text, how string) {
	t.Helper()
	path := filepath.Join(top, file)
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	there, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(there) != text {
		t.Errorf("%s is not the table that is drawn now: go test ./internal/house -run %s -update", file, how)
	}
}

// sortPlaces puts conversations before tests.
func sortPlaces(list []string) {
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, "/testdata/"), strings.Count(a, "/testdata/")), cmp.Compare(a, b))
	})
}

// conversations looks at the names and the comments of conversations.
func conversations(t *testing.T, top string, note func(where, text string)) {
	t.Helper()
	base := filepath.Join(top, "consent", "testdata")
	err := filepath.WalkDir(base, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		where, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		said := filepath.Base(path)
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "#") {
				said += " " + line
			}
		}
		note(filepath.ToSlash(where), said)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testsIn looks at the tests of a file, with their comments.
func testsIn(t *testing.T, top string, s *source, note func(where, text string)) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(s.path)))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.file.Decls {
		name, doc := tested(d)
		if name == "" {
			continue
		}
		from := d.Pos()
		if doc != nil {
			from = doc.Pos()
		}
		begin, end := s.set.Position(from).Offset, s.set.Position(d.End()).Offset
		note(s.path+" "+name, string(text[begin:end]))
	}
}

// tested names a declaration that is a test, a part of one that takes a
// *testing.T, or a table of what is tested; "" for all else.
func tested(d ast.Decl) (string, *ast.CommentGroup) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && (isTest(d.Name.Name) || takesT(d)) {
			return d.Name.Name, d.Doc
		}
	case *ast.GenDecl:
		if v, ok := d.Specs[0].(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if _, list := v.Values[0].(*ast.CompositeLit); list {
				return v.Names[0].Name, d.Doc
			}
		}
	}
	return "", nil
}

func isTest(name string) bool {
	return strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "Fuzz") || strings.HasPrefix(name, "Example")
}

// takesT says whether a function's first parameter is a *testing.T.
func takesT(d *ast.FuncDecl) bool {
	if len(d.Type.Params.List) == 0 {
		return false
	}
	p, ok := d.Type.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	of, ok := p.X.(*ast.SelectorExpr)
	return ok && of.Sel.Name == "T"
}

// drawn draws the table.
func drawn(list []row) string {
	var b strings.Builder
	there := 0
	for _, r := range list {
		if len(r.shown) > 0 {
			there++
		}
	}
	fmt.Fprintf(&b, "# What documented methods ask, and where it is shown\n\n")
	fmt.Fprintf(&b, "Drawn by `go test ./internal/house -run TestCatalogue -update`; do not edit. %d of %d rows are shown by a\n", there, len(list))
	fmt.Fprintf(&b, "conversation or a test that cites them; of each other one stands here why it is not there yet.\n")
	group := ""
	for _, r := range list {
		if r.group != group {
			group = r.group
			fmt.Fprintf(&b, "\n## %s\n\n| row | what a test must see | shown by |\n|---|---|---|\n", group)
		}
		fmt.Fprintf(&b, "| M-%d | %s | %s |\n", r.no, r.feature, places(r))
	}
	return b.String()
}

// places names the first few places that show a row.
func places(r row) string {
	const most = 3
	if len(r.shown) == 0 {
		return "not yet: " + r.reason
	}
	var out []string
	for _, where := range r.shown[:min(len(r.shown), most)] {
		out = append(out, "`"+where+"`")
	}
	if more := len(r.shown) - most; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}
