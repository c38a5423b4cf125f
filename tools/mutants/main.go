package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
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
	flag.DurationVar(&o.timeout, "timeout", 0, "how long the tests may take with a fault (0: ten times what they take without, and 10 s)")
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
	timeout                          time.Duration
	short, verbose                   bool
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
	defer os.RemoveAll(scratch)
	pkg, err := load(dir)
	if err != nil {
		return false, err
	}
	faults, err := pkg.faults(o.found)
	if err != nil {
		return false, err
	}
	total := len(faults)
	faults = drawn(faults, o.sample, o.seed)
	b := &bench{pkg: pkg, scratch: scratch, options: o}
	if err := b.prepare(ctx, faults); err != nil {
		return false, err
	}
	if err := b.tryAll(ctx, faults); err != nil {
		return false, err
	}
	return report{name: pkg.name, faults: faults, total: total, options: o}.write(w)
}
