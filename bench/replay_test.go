package bench

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
)

// BenchmarkReplay opens an engine on a ledger of more than 100,000 entries, on
// one core: every entry is read strictly, hashed into the tree, and applied.
// Beside it stands the hashing of the same bytes alone.
func BenchmarkReplay(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	org := founded(b, size{members: 12, closed: 7200})
	store := &elsewhere{entries: org.entries}
	n := len(org.entries)
	var c comparison
	b.ResetTimer()
	for range b.N {
		c.add(timed(func() { mustOpen(b, store) }), n, timed(func() { hashOnly(store.entries) }), n)
	}
	quiet(b)
	b.ReportMetric(float64(time.Second)/median(c.ours), "entries/s")
	b.ReportMetric(float64(time.Second)/median(c.theirs), "hashed-entries/s")
	b.ReportMetric(median(c.ratios), "x-hashing")
	b.ReportMetric(float64(n), "entries")
	b.ReportMetric(float64(org.bytes())/float64(n), "B/entry")
}

func mustOpen(b testing.TB, store ledger.Store) *consent.Engine {
	b.Helper()
	engine, err := consent.Open(context.Background(), consent.Config{Store: store})
	if err != nil {
		b.Fatal(err)
	}
	return engine
}

// hashOnly builds the tree and nothing else.
func hashOnly(entries [][]byte) {
	var tree ledger.Tree
	for _, b := range entries {
		tree.Append(b)
	}
	_ = tree.Root()
}
