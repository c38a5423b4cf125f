package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tryAll tries each fault.
func (b *bench) tryAll(ctx context.Context, faults []*fault) error {
	queue := make(chan *fault)
	var group sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for range b.workers {
		group.Go(func() {
			for x := range queue {
				if x.in == nil || x.unbuilt {
					b.tryOutside(ctx, x)
				} else {
					b.try(ctx, x)
				}
				if ctx.Err() != nil {
					continue // it was cut off, and so it says nothing
				}
				if b.verbose {
					fmt.Fprintf(os.Stderr, "%s %s:%d:%d %s: %s\n", x.outcome, x.file.name, x.line, x.col, x.kind, x.mutated())
				}
				mu.Lock()
				failed = errors.Join(failed, b.notes.write(x))
				mu.Unlock()
			}
		})
	}
	for _, x := range faults {
		if x.outcome != notViable {
			queue <- x
		} else if err := b.notes.write(x); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	close(queue)
	group.Wait()
	return errors.Join(failed, ctx.Err())
}

// try asks first the parts of the tests that noticed other faults of the function, and then the quick ones,
// four times as many each time: most faults are noticed early.
func (b *bench) try(ctx context.Context, x *fault) {
	parts := b.reaching(x)
	if len(parts) == 0 {
		x.outcome = unreached
		return
	}
	b.mu.Lock()
	first := slices.Clone(b.quick[x.in])
	b.mu.Unlock()
	first = slices.DeleteFunc(first, func(p part) bool { return !slices.ContainsFunc(parts, p.is) })
	parts = slices.DeleteFunc(parts, func(p part) bool { return slices.ContainsFunc(first, p.is) })
	for some, room := first, 50*time.Millisecond; len(some)+len(parts) > 0; room *= 4 {
		if len(some) > 0 && b.noticed(ctx, x, some) || ctx.Err() != nil {
			return
		}
		n, took := 0, time.Duration(0)
		for n < len(parts) && (n == 0 || took+parts[n].took <= room) {
			took += parts[n].took
			n++
		}
		some, parts = parts[:n], parts[n:]
	}
}

func (p part) is(o part) bool { return p.name == o.name }

// noticed runs some parts of the tests with a fault, and says whether they noticed it or did not end.
func (b *bench) noticed(ctx context.Context, x *fault, parts []part) bool {
	limit := b.timeout
	var which []string
	for _, p := range parts {
		which = append(which, p.name)
		if b.timeout == 0 {
			limit += 20 * p.took
		}
	}
	if b.timeout == 0 {
		limit += 5 * time.Second
	}
	out, err := b.test(ctx, b.binary, strings.Join(which, "|"), limit, "MUTANT="+strconv.Itoa(x.id))
	x.outcome = judged(err)
	if x.outcome == killed {
		x.by = b.remember(x, parts, out)
	}
	return x.outcome != lived
}

var failure = regexp.MustCompile(`(?m)^ *--- FAIL: (\S+)`)

// remember notes which part noticed a fault, so that it is asked first about others of the same function.
func (b *bench) remember(x *fault, parts []part, out string) string {
	var by string
	for _, m := range failure.FindAllStringSubmatch(out, -1) {
		by = m[1]
		test, sub, _ := strings.Cut(by, "/")
		sub, _, _ = strings.Cut(sub, "/")
		i := slices.IndexFunc(parts, func(p part) bool {
			return p.name == "^"+test+"$" || p.name == "^"+test+"$/^"+regexp.QuoteMeta(sub)+"$"
		})
		if i < 0 {
			continue
		}
		b.mu.Lock()
		list := slices.DeleteFunc(b.quick[x.in], parts[i].is)
		b.quick[x.in] = append([]part{parts[i]}, list[:min(2, len(list))]...)
		b.mu.Unlock()
	}
	return by
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
	limit := b.timeout
	if limit == 0 {
		limit = 10*b.took + 10*time.Second
	}
	_, err := b.test(ctx, binary, b.tests, limit)
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
