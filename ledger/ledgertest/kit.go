package ledgertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// A check holds a store or a vault to one sentence of the contract.
type check[S any] struct {
	says string
	run  func(tb testing.TB, open func(testing.TB) S)
}

// run runs checks as subtests, each on a store of its own.
func run[S any](t *testing.T, checks []check[S], open func(testing.TB) S) {
	t.Helper()
	for _, c := range checks {
		t.Run(c.says, func(t *testing.T) { c.run(t, open) })
	}
}

// entry makes an entry that differs from all others nearby, in length too, and
// holds every kind of byte.
func entry(i int) []byte {
	b := fmt.Appendf(nil, "entry %d\x00\xff\n", i)
	for n := range i % 40 {
		b = append(b, byte(i+n))
	}
	return b
}

// entries makes those from position from up to, but without, position to.
func entries(from, to int) [][]byte {
	var list [][]byte
	for i := from; i < to; i++ {
		list = append(list, entry(i))
	}
	return list
}

// fill appends the first n entries, in writes of different lengths.
func fill(tb testing.TB, s ledger.Store, n int) {
	tb.Helper()
	for at, step := 0, 1; at < n; step = step%5 + 1 {
		to := min(at+step, n)
		appendAll(tb, s, at, entries(at, to)...)
		at = to
	}
}

// appendAll appends and wants no error.
func appendAll(tb testing.TB, s ledger.Store, size int, list ...[]byte) {
	tb.Helper()
	if err := s.Append(context.Background(), uint64(size), list); err != nil {
		tb.Fatalf("Append of %d entries at size %d failed: %v", len(list), size, err)
	}
}

// read returns copies of all entries from a position on.
func read(s ledger.Store, from uint64) ([][]byte, error) {
	var list [][]byte
	for e, err := range s.Read(context.Background(), from) {
		if err != nil {
			return list, err
		}
		list = append(list, bytes.Clone(e))
	}
	return list, nil
}

// holds wants the store to hold these entries from a position on and no more.
func holds(tb testing.TB, s ledger.Store, from int, want ...[]byte) {
	tb.Helper()
	got, err := read(s, uint64(from))
	if err != nil {
		tb.Fatalf("Read from %d failed after %d entries: %v", from, len(got), err)
	}
	for i := range min(len(got), len(want)) {
		if !bytes.Equal(got[i], want[i]) {
			tb.Fatalf("entry %d is %q, where %q was appended", from+i, short(got[i]), short(want[i]))
		}
	}
	if len(got) != len(want) {
		tb.Fatalf("Read from %d yields %d entries, where %d were appended", from, len(got), len(want))
	}
}

// refused wants an error of one kind.
func refused(tb testing.TB, what string, got, want error) {
	tb.Helper()
	if !errors.Is(got, want) {
		tb.Errorf("%s gives %v, where errors.Is must find %q", what, got, want)
	}
}

// short cuts long bytes for a message.
func short(b []byte) []byte { return b[:min(len(b), 60)] }
