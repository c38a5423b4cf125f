package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	reach  map[string][]string       // the tests that call a function, by the file and name of the function
	limit  time.Duration
}

// prepare builds the tests with all faults, runs them without any, and notes which functions each test calls.
func (b *bench) prepare(ctx context.Context, faults []*fault) error {
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
	b.limit = b.timeout
	if b.limit == 0 {
		b.limit = time.Hour
	}
	started := time.Now()
	if out, err := b.test(ctx, b.binary, nil, "MUTANT=0"); err != nil {
		return fmt.Errorf("the tests fail without any fault: %w\n%s", err, out)
	}
	if b.timeout == 0 {
		b.limit = 10*time.Since(started) + 10*time.Second
	}
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
func (b *bench) build(ctx context.Context, to string, replace map[string]string) (string, error) {
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := to + ".overlay"
	if err := os.WriteFile(name, overlay, 0o600); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-gcflags="+b.pkg.name+"=-e", "-overlay", name, "-o", to, ".")
	cmd.Dir = b.pkg.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// test runs tests in the folder of the package, as "go test" would.
func (b *bench) test(ctx context.Context, binary string, tests []string, env ...string) (string, error) {
	ctx, stop := context.WithTimeout(ctx, b.limit)
	defer stop()
	args := []string{"-test.skip=" + b.skip, "-test.failfast", "-test.timeout=" + (b.limit + time.Minute).String()}
	if b.short {
		args = append(args, "-test.short")
	}
	switch {
	case tests != nil:
		args = append(args, "-test.run=^("+strings.Join(tests, "|")+")$")
	case b.tests != "":
		args = append(args, "-test.run="+b.tests)
	}
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir = b.pkg.dir
	// The properties are held on the same values each time, and what breaks one is not made smaller.
	cmd.Env = append(os.Environ(), "RAPID_SEED=1", "RAPID_SHRINKTIME=1ms", "RAPID_NOFAILFILE=true", "GOMEMLIMIT=1GiB")
	cmd.Env = append(cmd.Env, env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.String(), err
}

// trace runs each test by itself, and notes which functions it calls.
func (b *bench) trace(ctx context.Context) error {
	filter := b.tests
	if filter == "" {
		filter = "."
	}
	cmd := exec.CommandContext(ctx, b.binary, "-test.list", filter)
	cmd.Dir = b.pkg.dir
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	var skip *regexp.Regexp
	if b.skip != "" {
		if skip, err = regexp.Compile(b.skip); err != nil {
			return err
		}
	}
	type note struct {
		test  string
		took  time.Duration
		calls []string
	}
	var notes []note
	for _, test := range strings.Fields(string(out)) {
		if strings.HasPrefix(test, "Benchmark") || skip != nil && skip.MatchString(test) {
			continue
		}
		name := filepath.Join(b.scratch, "notes")
		started := time.Now()
		if out, err := b.test(ctx, b.binary, []string{test}, "MUTANT=0", "MUTANT_NOTES="+name); err != nil {
			return fmt.Errorf("%s fails by itself: %w\n%s", test, err, out)
		}
		called, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		_ = os.Remove(name)
		notes = append(notes, note{test, time.Since(started), strings.Fields(string(called))})
	}
	slices.SortStableFunc(notes, func(x, y note) int { return int(x.took - y.took) })
	b.reach = map[string][]string{}
	for _, n := range notes {
		for _, f := range n.calls {
			b.reach[f] = append(b.reach[f], n.test)
		}
	}
	return nil
}

// tryAll tries each fault.
func (b *bench) tryAll(ctx context.Context, faults []*fault) error {
	first := map[string]string{} // of each function, the number under which it notes that it was called
	key := func(x *fault) string { return x.file.name + " " + strconv.Itoa(b.pkg.offset(x.in.Pos())) }
	for _, x := range faults {
		if !x.unbuilt && first[key(x)] == "" {
			first[key(x)] = strconv.Itoa(x.id)
		}
	}
	queue := make(chan *fault)
	var group sync.WaitGroup
	for range b.workers {
		group.Go(func() {
			for x := range queue {
				if x.in == nil || x.unbuilt {
					b.tryOutside(ctx, x)
				} else {
					b.try(ctx, x, b.reach[first[key(x)]])
				}
				if b.verbose {
					fmt.Fprintf(os.Stderr, "%s %s:%d:%d %s: %s\n", x.outcome, x.file.name, x.line, x.col, x.kind, x.mutated())
				}
			}
		})
	}
	for _, x := range faults {
		if x.outcome != notViable {
			queue <- x
		}
	}
	close(queue)
	group.Wait()
	return ctx.Err()
}

func (b *bench) try(ctx context.Context, x *fault, tests []string) {
	if len(tests) == 0 {
		x.outcome = unreached
		return
	}
	// The quick half first, and then one after the other: most faults are noticed early.
	half := len(tests) / 2
	runs := [][]string{tests[:half]}
	for i := half; i < len(tests); i++ {
		runs = append(runs, tests[i:i+1])
	}
	if half == 0 {
		runs = runs[1:]
	}
	for _, some := range runs {
		_, err := b.test(ctx, b.binary, some, "MUTANT="+strconv.Itoa(x.id))
		if x.outcome = judged(err); x.outcome != lived {
			return
		}
	}
}

// tryOutside tries a fault that stands outside of any function: it needs a build of its own.
func (b *bench) tryOutside(ctx context.Context, x *fault) {
	name := filepath.Join(b.scratch, fmt.Sprintf("outside%d.go", x.id))
	text := slices.Concat(x.file.text[:x.at], []byte(x.to), x.file.text[x.at+len(x.from):])
	if err := os.WriteFile(name, text, 0o600); err != nil {
		x.outcome = untried
		return
	}
	binary := name + ".test"
	if _, err := b.build(ctx, binary, map[string]string{filepath.Join(b.pkg.dir, x.file.name): name}); err != nil {
		x.outcome = notViable
		return
	}
	_, err := b.test(ctx, binary, nil)
	x.outcome = judged(err)
	_ = os.Remove(binary)
}

func judged(err error) outcome {
	switch {
	case err == nil:
		return lived
	case errors.Is(err, context.DeadlineExceeded):
		return timedOut
	}
	return killed
}
