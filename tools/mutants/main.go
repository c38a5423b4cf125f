package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

func main() {
	var o options
	flag.StringVar(&o.found, "found", "", "the faults, as gremlins writes them with --dry-run and -o")
	flag.StringVar(&o.dir, "package", ".", "the folder of the package")
	flag.StringVar(&o.reasons, "reasons", "", "the page that gives a reason for each fault that may live")
	flag.Float64Var(&o.atLeast, "at-least", 90, "the share of faults, in percent, that the tests must notice")
	flag.IntVar(&o.workers, "workers", 2, "how many faults are tried at the same time")
	flag.IntVar(&o.sample, "sample", 0, "try only so many faults, drawn at random (0 is all)")
	flag.Uint64Var(&o.seed, "seed", 1, "what the draw hangs on")
	flag.StringVar(&o.tests, "tests", "", "only tests whose name fits this expression")
	flag.StringVar(&o.skip, "skip", "", "no tests whose name fits this expression: a test that counts allocations fails where no function is inlined")
	flag.DurationVar(&o.timeout, "timeout", 0, "how long tests may take with a fault (0: twenty times what they take without, and 5 s)")
	flag.DurationVar(&o.split, "split", 300*time.Millisecond, "ask the subtests of a test that takes so long one by one")
	flag.StringVar(&o.files, "files", "", "only faults in files whose name fits this expression")
	flag.StringVar(&o.results, "results", "", "a file to which what came of each fault is added at once; a fault that is there is not tried again")
	flag.BoolVar(&o.again, "again", false, "try those again that lived according to the results")
	flag.BoolVar(&o.short, "short", false, "the short form of the tests")
	flag.BoolVar(&o.verbose, "v", false, "print every fault and what came of it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	good, err := run(ctx, o, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	case !good:
		os.Exit(1)
	}
}

type options struct {
	found, dir, reasons, tests, skip string
	atLeast                          float64
	workers, sample                  int
	seed                             uint64
	timeout, split                   time.Duration
	files, results                   string
	short, verbose, again            bool
}

// run tries the faults of one package, reports, and says whether the report is good.
func run(ctx context.Context, o options, w io.Writer) (bool, error) {
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return false, err
	}
	scratch, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	pkg, err := load(dir)
	if err != nil {
		return false, err
	}
	faults, err := pkg.faults(o.found)
	if err != nil {
		return false, err
	}
	if o.files != "" {
		only, err := regexp.Compile(o.files)
		if err != nil {
			return false, err
		}
		faults = slices.DeleteFunc(faults, func(x *fault) bool { return !only.MatchString(x.file.name) })
	}
	total := len(faults)
	faults = drawn(faults, o.sample, o.seed)
	before, err := open(o.results)
	if err != nil {
		return false, err
	}
	defer func() { _ = before.close() }()
	if left := before.recall(faults, o.again); len(left) > 0 {
		b := &bench{pkg: pkg, scratch: scratch, options: o, notes: before}
		if err := b.prepare(ctx, left); err != nil {
			return false, err
		}
		if err := b.tryAll(ctx, left); err != nil {
			return false, err
		}
	}
	return report{name: pkg.name, faults: faults, total: total, options: o}.write(w)
}
