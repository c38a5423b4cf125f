package house_test

import (
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// ordered are the rooms in which nothing may hang on the order in which Go ranges over
// a map, which is another each time (S9).
var ordered = []string{"circle", "proposal", "objection", "consent", "consent/rule"}

// anyOrder are the functions that range over a map in a way that TestOrder does not see
// to be harmless, and why it is.
var anyOrder = map[string]string{
	"objection.Elsewhere": "an objection is carried to two parts, so there is one other",
	"consent.dueToTell":   "Due sorts it",
	"consent.dueMinutes":  "Due sorts it",
	"consent.duePlans":    "Due sorts it",
	"consent.mediations":  "Due sorts it",
	"consent.dueVisits":   "Due sorts it",
	"consent.standing":    "Due sorts it",
	"consent.dueGeneral":  "Due sorts it",
	"consent.meetingsOf":  "those who ask count them, or look for the latest",
	"consent.toStandDown": "Due sorts it",
	"consent.root":        "words stand in one place, so one root leads there",
	"consent.makeRest":    "each process is made whole by itself",
}

// TestOrder: S9, whatever ranges over a map sorts what comes of it, or does what comes
// to the same in any order.
func TestOrder(t *testing.T) {
	exports := exported(t)
	used, all := map[string]bool{}, production(t)
	for _, room := range ordered {
		var files []*source
		for _, s := range all {
			if s.dir() == room {
				files = append(files, s)
			}
		}
		info := typed(t, room, files, exports)
		for _, s := range files {
			for _, f := range disordered(s, info) {
				if name := path.Base(room) + "." + f.function; anyOrder[name] != "" {
					used[name] = true
				} else {
					t.Errorf("%s:%d: %s ranges over a map, and what comes of it hangs on the order: sort it, or say in internal/house why it does not matter", s.path, f.line, f.function)
				}
			}
		}
	}
	for name := range anyOrder {
		if !used[name] {
			t.Errorf("%s is excused, and needs no excuse", name)
		}
	}
}

// exported finds what the compiler wrote down of each package that the rooms need.
func exported(t *testing.T) map[string]string {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}
	for _, room := range ordered {
		args = append(args, "./"+room)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("go list tells nothing here: %v", err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[name] = file
	}
	return exports
}

// typed finds out the type of each expression in a room.
func typed(t *testing.T, room string, files []*source, exports map[string]string) *types.Info {
	t.Helper()
	lookup := func(name string) (io.ReadCloser, error) { return os.Open(exports[name]) }
	set := files[0].set
	var parsed []*ast.File
	for _, s := range files {
		parsed = append(parsed, s.file)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: importer.ForCompiler(set, "gc", lookup)}
	if _, err := conf.Check(room, set, parsed, info); err != nil {
		t.Fatal(err)
	}
	return info
}

// A disorder is a range over a map that may come to something else each time.
type disorder struct {
	function string
	line     int
}

// disordered lists them in a file.
func disordered(s *source, info *types.Info) (out []disorder) {
	for _, d := range s.file.Decls {
		f, is := d.(*ast.FuncDecl)
		if !is || f.Body == nil {
			continue
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.RangeStmt:
				if _, is := info.TypeOf(n.X).Underlying().(*types.Map); is && !harmless(n, f, info) {
					out = append(out, disorder{f.Name.Name, s.line(n)})
				}
			case *ast.CallExpr:
				if !sorting(n) && slices.ContainsFunc(n.Args, iterates) {
					out = append(out, disorder{f.Name.Name, s.line(n)})
				}
			}
			return true
		})
	}
	return out
}

// iterates says whether an expression is the iterator of a map.
func iterates(e ast.Expr) bool {
	call, is := e.(*ast.CallExpr)
	return is && slices.Contains([]string{"maps.Keys", "maps.Values", "maps.All"}, called(call))
}

// called is the name of a function that is called, with its package.
func called(call *ast.CallExpr) string {
	if s, is := call.Fun.(*ast.SelectorExpr); is {
		if of, is := s.X.(*ast.Ident); is {
			return of.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// sorting says whether a call puts things in order.
func sorting(call *ast.CallExpr) bool { return strings.HasPrefix(called(call), "slices.Sort") }

// harmless says whether a range over a map comes to the same in any order. It does if
// it leaves with nothing but yes or no, and of what stands outside changes nothing but
// counts, values under keys, and lists that are sorted afterwards.
func harmless(loop *ast.RangeStmt, f *ast.FuncDecl, info *types.Info) bool {
	fine := true
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			fine = fine && n.Tok == token.CONTINUE
		case *ast.ReturnStmt:
			fine = fine && !slices.ContainsFunc(n.Results, func(e ast.Expr) bool { return info.Types[e].Value == nil && !info.Types[e].IsNil() })
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				fine = fine && (n.Tok == token.DEFINE || settles(loop, f, info, to, n, i))
			}
		}
		return true
	})
	return fine
}

// settles says whether an assignment in a loop comes to the same in any order.
func settles(loop *ast.RangeStmt, f *ast.FuncDecl, info *types.Info, to ast.Expr, a *ast.AssignStmt, i int) bool {
	switch to := to.(type) {
	case *ast.IndexExpr: // under a key
		return true
	case *ast.SelectorExpr: // of something inside
		of, is := to.X.(*ast.Ident)
		return is && inside(loop, info.ObjectOf(of)) || is && makes(a, i)
	case *ast.Ident:
		switch what := info.ObjectOf(to); {
		case to.Name == "_", inside(loop, what), makes(a, i):
			return true
		case a.Tok == token.ADD_ASSIGN:
			b, is := what.Type().Underlying().(*types.Basic)
			return is && b.Info()&types.IsInteger != 0
		default:
			return sortedAfter(loop, f, info, what)
		}
	}
	return false
}

func inside(loop *ast.RangeStmt, what types.Object) bool {
	return what != nil && loop.Pos() <= what.Pos() && what.Pos() < loop.End()
}

// makes says whether what is assigned is new and empty, as a map that is made when it is
// first needed.
func makes(a *ast.AssignStmt, i int) bool {
	if len(a.Rhs) != len(a.Lhs) {
		return false
	}
	call, is := a.Rhs[i].(*ast.CallExpr)
	if !is {
		return false
	}
	name, is := call.Fun.(*ast.Ident)
	return is && name.Name == "make"
}

// sortedAfter says whether a list is sorted behind the loop, or returned sorted, or
// used for nothing but a question whether something is in it.
func sortedAfter(loop *ast.RangeStmt, f *ast.FuncDecl, info *types.Info, list types.Object) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, is := n.(*ast.CallExpr)
		if !is || call.Pos() < loop.End() || !sorting(call) && called(call) != "slices.Contains" {
			return true
		}
		for _, arg := range call.Args {
			if id, is := arg.(*ast.Ident); is && info.ObjectOf(id) == list {
				found = true
			}
		}
		return true
	})
	return found
}

// TestOrderBites shows what is seen, and what is not held against anybody.
func TestOrderBites(t *testing.T) {
	const head = "package circle\n\nimport (\n\"maps\"\n\"slices\"\n)\n\nvar _, _ = maps.Keys[map[string]int], slices.Sort[[]string]\n\nfunc f(m map[string]int, g func(string)) (n int, list []string, yes bool, s string) {\n"
	exports := exported(t)
	for body, want := range map[string]int{
		"for k := range m { list = append(list, k) }":                             1,
		"for k := range m { list = append(list, k) }; slices.Sort(list)":          0,
		"slices.Sort(list); for k := range m { list = append(list, k) }":          1,
		"for k := range m { if k > s { return 0, nil, false, k } }":               1,
		"for k := range m { if k > s { return 0, nil, true, \"\" } }":             0,
		"for _, v := range m { n += v }":                                          0,
		"for k := range m { s += k }":                                             1,
		"for k, v := range m { n = v; _ = k }":                                    1,
		"for k := range m { yes = k != s; break }":                                1,
		"list = slices.Collect(maps.Keys(m))":                                     1,
		"list = slices.Sorted(maps.Keys(m))":                                      0,
		"other := map[string]int{}; for k, v := range m { x := v; other[k] = x }": 0,
		"for i := range list { s = list[i] }":                                     0,
	} {
		src := written(t, "circle/f.go", head+body+"\nreturn\n}\n")
		if got := disordered(src, typed(t, "circle", []*source{src}, exports)); len(got) != want {
			t.Errorf("%s: %d findings, want %d", body, len(got), want)
		}
	}
}
