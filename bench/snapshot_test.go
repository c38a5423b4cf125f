package bench

import (
	"context"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
)

// BenchmarkOpen opens an engine on a ledger of a million entries on the disk: from a
// snapshot, which is checked against the hashes of the tree, and in the same round from
// the first entry, all of it on one core. The store is open already: beside stands what
// opening it takes. What the engine weighs is the heap that it holds when it has been
// opened from the snapshot.
func BenchmarkOpen(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	entries, dir := 1_000_000, filepath.Join(b.TempDir(), "ledger")
	if testing.Short() {
		entries = 50_000
	}
	laidDown(b, dir, entries)
	var c comparison
	var stores, weights, sizes []float64
	for round := 0; b.Loop(); round++ {
		if round >= openRounds {
			continue
		}
		var store *filestore.Store
		stores = append(stores, float64(timed(func() { store = mustOpenStore(b, dir) }).Microseconds())/1000)
		config := consent.Config{Store: store, Vault: &ledger.Memory{}, Snapshots: store, SnapshotKey: sealed}
		before := heap()
		var engine *consent.Engine
		ours := timed(func() { engine = mustOpenWith(b, config) })
		weights = append(weights, float64(heap()-before)/(1<<20))
		if from := engine.Opening(); from.Snapshot == 0 {
			b.Fatal("it was not opened from the snapshot: ", from.PassedOver)
		}
		shot, err := store.LastSnapshot(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, float64(len(shot))/(1<<20))
		runtime.KeepAlive(engine)
		engine = nil
		config.Snapshots = nil
		c.add(ours, 1, timed(func() { engine = mustOpenWith(b, config) }), 1)
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	}
	quiet(b)
	b.ReportMetric(median(c.ours)/1e6, "ms")
	b.ReportMetric(median(c.theirs)/1e6, "replay-ms")
	b.ReportMetric(median(c.ratios), "x-replay")
	b.ReportMetric(median(stores), "store-ms")
	b.ReportMetric(median(weights), "MiB")
	b.ReportMetric(median(sizes), "snapshot-MiB")
}

// openRounds are enough: each takes seconds.
const openRounds = 5

// sealed is the key under which snapshots are sealed: one that is cannot be made by
// others, and so is not looked through.
var sealed = make([]byte, 32)

// laidDown writes a ledger to a directory, with a snapshot of all of it.
func laidDown(b *testing.B, dir string, entries int) {
	b.Helper()
	org := founded(b, size{members: 12, closed: entries / 14})
	store, ctx := mustOpenStore(b, dir), context.Background()
	for at := 0; at < len(org.entries); at += ledger.MaxBatch {
		if err := store.Append(ctx, uint64(at), org.entries[at:min(at+ledger.MaxBatch, len(org.entries))]); err != nil {
			b.Fatal(err)
		}
	}
	org = nil
	engine := mustOpenWith(b, consent.Config{Store: store, Vault: &ledger.Memory{}, Snapshots: store, SnapshotKey: sealed})
	if _, err := engine.Snapshot(ctx); err != nil {
		b.Fatal(err)
	}
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
}

func mustOpenStore(b *testing.B, dir string) *filestore.Store {
	b.Helper()
	store, err := filestore.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	return store
}

func mustOpenWith(b *testing.B, config consent.Config) *consent.Engine {
	b.Helper()
	engine, err := consent.Open(context.Background(), config)
	if err != nil {
		b.Fatal(err)
	}
	return engine
}
