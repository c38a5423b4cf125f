package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// part is a test, or one subtest of a test that takes long and has many.
type part struct {
	name string // as -test.run asks for it
	took time.Duration
	been map[place]bool
}

// place is statements that follow each other, as the coverage of Go has them: from here to there.
type place struct {
	file                       string
	line, col, endLine, endCol int
}

func (k place) holds(line, col int) bool {
	return (k.line < line || k.line == line && k.col <= col) && (line < k.endLine || line == k.endLine && col < k.endCol)
}

func (k place) within(o place) bool {
	return o.holds(k.line, k.col) && (k.endLine < o.endLine || k.endLine == o.endLine && k.endCol <= o.endCol)
}

// trace runs each part of the tests by itself, and notes where it comes.
func (b *bench) trace(ctx context.Context) error {
	plain := filepath.Join(b.scratch, "plain.test")
	if out, err := b.build(ctx, plain, nil, "-cover", "-covermode=set", "-coverpkg="+b.pkg.name); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	b.places = map[place]bool{}
	names, err := b.list(ctx, plain)
	if err != nil {
		return err
	}
	for _, name := range names {
		whole, inside, err := b.follow(ctx, plain, "^"+name+"$")
		if err != nil {
			return err
		}
		if whole.took < b.split || len(inside) < 2 {
			b.parts = append(b.parts, whole)
			continue
		}
		var parts []part
		for _, sub := range inside {
			p, _, err := b.follow(ctx, plain, "^"+name+"$/^"+regexp.QuoteMeta(sub)+"$")
			if err != nil { // it needs those before it
				parts = []part{whole}
				break
			}
			parts = append(parts, p)
		}
		b.parts = append(b.parts, parts...)
	}
	slices.SortStableFunc(b.parts, func(x, y part) int { return int(x.took - y.took) })
	return ctx.Err()
}

// list names the tests that are to be asked.
func (b *bench) list(ctx context.Context, binary string) ([]string, error) {
	filter := b.tests
	if filter == "" {
		filter = "."
	}
	cmd := exec.CommandContext(ctx, binary, "-test.list", filter)
	cmd.Dir = b.pkg.dir
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	skip, err := regexp.Compile(b.skip)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Fields(string(out)), func(name string) bool {
		return strings.HasPrefix(name, "Benchmark") || b.skip != "" && skip.MatchString(name)
	}), nil
}

// follow runs a part of the tests without a fault, and says where it comes and which subtests it has.
func (b *bench) follow(ctx context.Context, binary, name string) (part, []string, error) {
	profile := filepath.Join(b.scratch, "profile")
	defer func() { _ = os.Remove(profile) }()
	started := time.Now()
	out, err := b.test(ctx, binary, name, time.Hour, "-test.v", "-test.coverprofile="+profile)
	if err != nil {
		return part{}, nil, fmt.Errorf("%s fails by itself: %w\n%s", name, err, out)
	}
	p := part{name: name, took: time.Since(started)}
	if p.been, err = b.read(profile); err != nil {
		return part{}, nil, err
	}
	var inside []string
	for line := range strings.Lines(out) {
		if run, ok := strings.CutPrefix(line, "=== RUN   "); ok {
			if list := strings.Split(strings.TrimSpace(run), "/"); len(list) > 1 && !slices.Contains(inside, list[1]) {
				inside = append(inside, list[1])
			}
		}
	}
	return p, inside, nil
}

// read notes the places of a profile of coverage, and gives those that were come to.
func (b *bench) read(profile string) (map[place]bool, error) {
	f, err := os.Open(profile)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	been := map[place]bool{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		file, rest, ok := strings.Cut(lines.Text(), ".go:")
		if !ok {
			continue // the first line says how it was counted
		}
		k := place{file: path.Base(file) + ".go"}
		var statements, count int
		if _, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &k.line, &k.col, &k.endLine, &k.endCol, &statements, &count); err != nil {
			return nil, fmt.Errorf("%s: %w", lines.Text(), err)
		}
		b.places[k] = true
		if count > 0 {
			been[k] = true
		}
	}
	return been, lines.Err()
}

// reaching gives the parts of the tests that come to a fault, the quickest first. The coverage of Go has no
// word for the conditions of a case: of these it gives the parts that come to the function.
func (b *bench) reaching(x *fault) []part {
	start, end := b.pkg.set.Position(x.in.Pos()), b.pkg.set.Position(x.in.End())
	function := place{x.file.name, start.Line, start.Column, end.Line, end.Column}
	narrowest := function
	var inside []place
	for k := range b.places {
		if k.file != function.file || !k.within(function) {
			continue
		}
		inside = append(inside, k)
		if k.holds(x.line, x.col) && k.within(narrowest) {
			narrowest = k
		}
	}
	if narrowest != function {
		inside = []place{narrowest}
	}
	return slices.DeleteFunc(slices.Clone(b.parts), func(p part) bool {
		return !slices.ContainsFunc(inside, func(k place) bool { return p.been[k] })
	})
}
