package ledgertest

import (
	"context"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestSnapshots holds a place for snapshots to the contract of [ledger.Snapshotter].
// The constructor is called several times; each time it returns a place without one.
func TestSnapshots(t *testing.T, open func(tb testing.TB) ledger.Snapshotter) {
	t.Helper()
	run(t, snapshotChecks, open)
}

var snapshotChecks = []check[ledger.Snapshotter]{
	{"what was saved last is there", checkSnapshots},
	{"what crosses the limits is refused", checkSnapshotLimits},
	{"a context that has ended saves nothing", checkSnapshotCancelled},
}

// holdsSnapshot wants a snapshot to be what is kept.
func holdsSnapshot(tb testing.TB, s ledger.Snapshotter, want string) {
	tb.Helper()
	got, err := s.LastSnapshot(context.Background())
	if err != nil || string(got) != want {
		tb.Fatalf("LastSnapshot returns %q and %v, where %q was saved", short(got), err, want)
	}
	clear(got) // it is the caller's
}

func checkSnapshots(tb testing.TB, open func(testing.TB) ledger.Snapshotter) {
	s := open(tb)
	holdsSnapshot(tb, s, "")
	for _, next := range []string{"one, which is the longest", "two\n\x00\xff", "3"} {
		b := []byte(next)
		if err := s.SaveSnapshot(context.Background(), b); err != nil {
			tb.Fatalf("SaveSnapshot failed: %v", err)
		}
		clear(b) // the place keeps nothing of the caller's
		holdsSnapshot(tb, s, next)
		holdsSnapshot(tb, s, next)
	}
}

func checkSnapshotLimits(tb testing.TB, open func(testing.TB) ledger.Snapshotter) {
	s := open(tb)
	refused(tb, "SaveSnapshot of nothing", s.SaveSnapshot(context.Background(), nil), ledger.ErrTooLarge)
	holdsSnapshot(tb, s, "")
}

func checkSnapshotCancelled(tb testing.TB, open func(testing.TB) ledger.Snapshotter) {
	s := open(tb)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	refused(tb, "SaveSnapshot with a context that has ended", s.SaveSnapshot(ctx, []byte("one")), context.Canceled)
	holdsSnapshot(tb, s, "")
}
