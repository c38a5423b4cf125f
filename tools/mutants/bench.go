package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// bench is where faults are put in and tests are run.
type bench struct {
	pkg     *pkg
	scratch string
	options
	binary string                    // the tests, with all faults that compile
	lines  map[string]map[int]*fault // of the woven files
	parts  []part                    // of the tests, the quickest first
	took   time.Duration
	places map[place]bool
	notes  *notes // what came of faults, also in runs before this one

	mu    sync.Mutex
	quick map[*ast.FuncDecl][]part // those that noticed faults of a function, the latest first
}

// prepare builds the tests with all faults, runs them without any, and notes where each part of them comes.
func (b *bench) prepare(ctx context.Context, faults []*fault) error {
	b.quick = map[*ast.FuncDecl][]part{}
	for _, x := range faults {
		if !b.pkg.parses(x) {
			x.outcome, x.unbuilt = notViable, true
		}
		x.unbuilt = x.unbuilt || x.in == nil
	}
	for {
		wrong, err := b.weaveAll(ctx, faults)
		if err != nil {
			return err
		}
		if len(wrong) == 0 {
			break
		}
		for _, x := range wrong {
			x.outcome, x.unbuilt = notViable, true
		}
	}
	started := time.Now()
	if out, err := b.test(ctx, b.binary, b.tests, time.Hour, "MUTANT=0"); err != nil {
		return fmt.Errorf("the tests fail without any fault: %w\n%s", err, out)
	}
	b.took = time.Since(started)
	return b.trace(ctx)
}

// weaveAll builds the woven package, and names the faults that the compiler takes exception to.
func (b *bench) weaveAll(ctx context.Context, faults []*fault) ([]*fault, error) {
	replace := map[string]string{}
	b.lines = map[string]map[int]*fault{}
	put := func(name string, text []byte) error {
		to := filepath.Join(b.scratch, name)
		replace[filepath.Join(b.pkg.dir, name)] = to
		return os.WriteFile(to, text, 0o600)
	}
	for _, s := range b.pkg.files {
		text, lines := b.pkg.weave(s, faults)
		b.lines[s.name] = lines
		if err := put(s.name, text); err != nil {
			return nil, err
		}
	}
	board := fmt.Sprintf(switchboard, b.pkg.files[0].syntax.Name.Name)
	if err := put("mutant_switchboard.go", []byte(board)); err != nil {
		return nil, err
	}
	b.binary = filepath.Join(b.scratch, "all.test")
	out, err := b.build(ctx, b.binary, replace)
	if err == nil {
		return nil, nil
	}
	var wrong []*fault
	for _, m := range regexp.MustCompile(`(?m)([\w.-]+\.go):(\d+):\d+: `).FindAllStringSubmatch(out, -1) {
		line, _ := strconv.Atoi(m[2])
		if x := b.lines[m[1]][line]; x != nil && !slices.Contains(wrong, x) {
			wrong = append(wrong, x)
		}
	}
	if len(wrong) == 0 {
		return nil, fmt.Errorf("the package does not build with the faults in it: %w\n%s", err, out)
	}
	return wrong, nil
}

// build compiles the tests of the package with some of its files replaced.
func (b *bench) build(ctx context.Context, to string, replace map[string]string, flags ...string) (string, error) {
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := to + ".overlay"
	if err := os.WriteFile(name, overlay, 0o600); err != nil {
		return "", err
	}
	args := []string{"test", "-c", "-vet=off", "-ldflags=-s -w", "-gcflags=" + b.pkg.name + "=-e", "-overlay", name, "-o", to}
	cmd := exec.CommandContext(ctx, "go", append(append(args, flags...), ".")...)
	cmd.Dir = b.pkg.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// test runs tests in the folder of the package, as "go test" would: those that fit the expression, all where
// it is empty.
func (b *bench) test(ctx context.Context, binary, which string, limit time.Duration, more ...string) (string, error) {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	args := []string{"-test.failfast", "-test.timeout=" + (limit + time.Minute).String()}
	if b.skip != "" {
		args = append(args, "-test.skip="+b.skip)
	}
	if b.short {
		args = append(args, "-test.short")
	}
	if which != "" {
		args = append(args, "-test.run="+which)
	}
	// The properties are held on the same values each time, and what breaks one is not made smaller.
	env := append(os.Environ(), "RAPID_SEED=1", "RAPID_SHRINKTIME=1ms", "RAPID_NOFAILFILE=true", "GOMEMLIMIT=1GiB")
	for _, x := range more {
		if strings.HasPrefix(x, "-") {
			args = append(args, x)
		} else {
			env = append(env, x)
		}
	}
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir, cmd.Env = b.pkg.dir, env
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.String(), err
}
