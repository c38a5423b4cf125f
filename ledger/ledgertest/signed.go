package ledgertest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestSigned holds a place for signed checkpoints to the contract of
// [ledger.Signed]. The constructor is called several times; each time it returns a
// place where nothing is kept.
func TestSigned(t *testing.T, open func(tb testing.TB) ledger.Signed) {
	t.Helper()
	run(t, signedChecks, open)
}

var signedChecks = []check[ledger.Signed]{
	{"what was kept last is there", checkSigned},
	{"another one than the last is not replaced", checkSignedConflict},
	{"a context that has ended keeps nothing", checkSignedCancelled},
	{"of several who keep at once one does", checkSignedMany},
}

// holdsSigned wants a checkpoint to be what is kept.
func holdsSigned(tb testing.TB, s ledger.Signed, want string) {
	tb.Helper()
	got, err := s.LastSigned(context.Background())
	if err != nil || string(got) != want {
		tb.Fatalf("LastSigned returns %q and %v, where %q was kept", short(got), err, want)
	}
}

func checkSigned(tb testing.TB, open func(testing.TB) ledger.Signed) {
	s := open(tb)
	holdsSigned(tb, s, "")
	last := ""
	for _, next := range []string{"one\n", "two\n\x00\xff", "2"} {
		b := []byte(next)
		if err := s.KeepSigned(context.Background(), []byte(last), b); err != nil {
			tb.Fatalf("KeepSigned failed: %v", err)
		}
		clear(b) // the place keeps nothing of the caller's
		holdsSigned(tb, s, next)
		last = next
	}
}

func checkSignedConflict(tb testing.TB, open func(testing.TB) ledger.Signed) {
	s, ctx := open(tb), context.Background()
	refused(tb, "KeepSigned in place of what was never kept", s.KeepSigned(ctx, []byte("none"), []byte("one")), ledger.ErrConflict)
	if err := s.KeepSigned(ctx, nil, []byte("one")); err != nil {
		tb.Fatalf("KeepSigned failed: %v", err)
	}
	refused(tb, "KeepSigned as if nothing were kept", s.KeepSigned(ctx, nil, []byte("two")), ledger.ErrConflict)
	holdsSigned(tb, s, "one")
}

func checkSignedCancelled(tb testing.TB, open func(testing.TB) ledger.Signed) {
	s := open(tb)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	refused(tb, "KeepSigned with a context that has ended", s.KeepSigned(ctx, nil, []byte("one")), context.Canceled)
	holdsSigned(tb, s, "")
}

func checkSignedMany(tb testing.TB, open func(testing.TB) ledger.Signed) {
	s := open(tb)
	const many = 8
	errs := make([]error, many)
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() { errs[i] = s.KeepSigned(context.Background(), nil, fmt.Appendf(nil, "by %d", i)) })
	}
	all.Wait()
	by := ""
	for i, err := range errs {
		if err == nil {
			by += fmt.Sprintf("by %d", i)
			continue
		}
		refused(tb, "KeepSigned by who came second", err, ledger.ErrConflict)
	}
	holdsSigned(tb, s, by)
}
