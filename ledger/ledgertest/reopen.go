package ledgertest

import (
	"context"
	"io"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestReopen holds a store to what it must keep when it is closed and opened
// again: entries, and parts if it is a [ledger.Vault] too. The constructor is
// called several times with the same directory; the first time it finds it
// empty. The kit closes the store if it is an [io.Closer].
func TestReopen(t *testing.T, open func(tb testing.TB, dir string) ledger.Store) {
	t.Helper()
	run(t, reopenChecks, func(testing.TB) reopener { return open })
}

// A reopener opens the store in a directory.
type reopener = func(tb testing.TB, dir string) ledger.Store

var reopenChecks = []check[reopener]{
	{"entries are there when the store is opened again", checkKept},
	{"parts are there when the store is opened again", checkPartsKept},
}

func checkKept(tb testing.TB, get func(testing.TB) reopener) {
	open, dir := get(tb), tb.TempDir()
	const times, each = 4, 70
	for i := range times {
		s := open(tb, dir)
		holds(tb, s, 0, entries(0, i*each)...)
		holds(tb, s, i*each/2, entries(i*each/2, i*each)...)
		if i > 0 {
			refused(tb, "Append at the size before the last entry, after reopening",
				s.Append(context.Background(), uint64(i*each-1), entries(0, 1)), ledger.ErrConflict)
		}
		for at := i * each; at < (i+1)*each; at += 10 {
			appendAll(tb, s, at, entries(at, at+10)...)
		}
		closeStore(tb, s)
	}
	s := open(tb, dir)
	holds(tb, s, 0, entries(0, times*each)...)
	closeStore(tb, s)
}

func checkPartsKept(tb testing.TB, get func(testing.TB) reopener) {
	open, dir := get(tb), tb.TempDir()
	var kept []ledger.Part
	for i := range 3 {
		s := open(tb, dir)
		v, ok := s.(ledger.Vault)
		if !ok {
			closeStore(tb, s)
			return
		}
		for _, p := range kept {
			gets(tb, v, p)
		}
		fresh := parts(3*i, 3*i+3)
		putAll(tb, v, fresh...)
		kept = append(kept, fresh...)
		closeStore(tb, s)
	}
}

// closeStore closes a store that can be closed.
func closeStore(tb testing.TB, s ledger.Store) {
	tb.Helper()
	if c, ok := s.(io.Closer); ok {
		if err := c.Close(); err != nil {
			tb.Fatalf("Close failed: %v", err)
		}
	}
}
