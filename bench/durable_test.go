package bench

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
)

// callers is how many people give commands at once.
const callers = 64

// BenchmarkDurable measures whole commands, decided and durable, of 64 callers on a
// ledger in a directory, and of one. Beside them, in the same round, the same bytes
// are appended to a plain file: by as many callers in groups, for which others are let
// come too, and by one with a sync each, into zeros written before; of one caller the
// median is compared. And to SQLite, one transaction an event. Each is measured with
// commits that are signed, and without.
func BenchmarkDurable(b *testing.B) {
	org := founded(b, size{members: 12, open: 200})
	for _, signed := range []bool{true, false} {
		b.Run(map[bool]string{true: "signed", false: "unsigned"}[signed], func(b *testing.B) {
			org.signed = signed
			compareAllDurable(b, org)
		})
	}
}

// compareAllDurable holds durable commands against each of the peers.
func compareAllDurable(b *testing.B, org *organisation) {
	answers := org.answers(0, 11)
	entry := org.entries[len(org.entries)-1]
	b.Run("callers=64/peer=grouped-file", func(b *testing.B) {
		compareDurable(b, org, answers, callers, func(n int) time.Duration {
			f := newGroupedFile(b)
			return together(callers, n, func(int) { f.append(b, entry) })
		}, "grouped-file")
	})
	b.Run("callers=1/peer=fdatasync", func(b *testing.B) { oneByOne(b, org, answers, entry) })
	b.Run("callers=64/peer=sqlite", func(b *testing.B) {
		compareDurable(b, org, answers, callers, func(int) time.Duration {
			db := newSQLite(b)
			const n = 300
			return together(callers, n, func(i int) { db.append(b, i, entry) }) * time.Duration(len(answers)) / n
		}, "sqlite")
	})
}

// compareDurable gives each answer once, from so many goroutines, and then lets the
// peer do as many appends.
func compareDurable(b *testing.B, org *organisation, answers []answer, callers int, peer func(n int) time.Duration, name string) {
	var c comparison
	for range b.N {
		engine := org.durable(b)
		ours := together(callers, len(answers), func(i int) {
			if _, err := engine.Do(context.Background(), answers[i].by, answers[i].cmd); err != nil {
				b.Error(err)
			}
		})
		c.add(ours, len(answers), peer(len(answers)), len(answers))
	}
	c.report(b, "command", name)
	b.ReportMetric(float64(time.Second)/median(c.ours), "commands/s")
}

// oneByOne gives commands one after another, and after each makes as many bytes durable
// in a file that was written through before. A round is a hundred of both.
func oneByOne(b *testing.B, org *organisation, answers []answer, entry []byte) {
	var c comparison
	const n = 100
	for range b.N {
		engine, f := org.durable(b), writtenThrough(b, n*len(entry))
		var ours, theirs []float64
		for i, a := range answers[:n] {
			began := time.Now()
			if _, err := engine.Do(context.Background(), a.by, a.cmd); err != nil {
				b.Fatal(err)
			}
			ours = append(ours, float64(time.Since(began)))
			began = time.Now()
			f.append(b, entry, int64(i*len(entry)))
			theirs = append(theirs, float64(time.Since(began)))
		}
		c.add(time.Duration(median(ours)), 1, time.Duration(median(theirs)), 1)
	}
	c.report(b, "command", "fdatasync")
}

// together calls f for each number below n, from so many goroutines at once.
func together(goroutines, n int, f func(i int)) time.Duration {
	var all sync.WaitGroup
	return timed(func() {
		for g := range goroutines {
			all.Go(func() {
				for i := g; i < n; i += goroutines {
					f(i)
				}
			})
		}
		all.Wait()
	})
}

// durable opens an engine on a copy of the ledger in a directory.
func (o *organisation) durable(b *testing.B) *consent.Engine {
	b.Helper()
	return mustOpen(b, o.stored(b))
}

// stored copies the ledger to a directory.
func (o *organisation) stored(b *testing.B) *filestore.Store {
	b.Helper()
	ctx := context.Background()
	store, err := filestore.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	for at := 0; at < len(o.entries); at += ledger.MaxBatch {
		if err := store.Append(ctx, uint64(at), o.entries[at:min(at+ledger.MaxBatch, len(o.entries))]); err != nil {
			b.Fatal(err)
		}
	}
	if o.signed {
		signCommits(b, store)
	}
	return store
}

// signCommits lets each commit of a store be signed by a key of Ed25519.
func signCommits(b *testing.B, store *filestore.Store) {
	b.Helper()
	const name = "bench.example/ledger"
	secret, _, err := ledger.NewKey(name, nil)
	if err != nil {
		b.Fatal(err)
	}
	key, err := ledger.NewSigner(secret)
	if err != nil {
		b.Fatal(err)
	}
	signer, err := ledger.NewSignerOf(name, store, nil, key)
	if err == nil {
		err = store.SignCommits(context.Background(), signer)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// A groupedFile is a plain file to which many append: whoever comes first writes for
// all who have come, after it has let others come.
type groupedFile struct {
	turn chan struct{}
	f    *os.File
	at   int64

	mu   sync.Mutex
	next *fileGroup
}

type fileGroup struct {
	b    []byte
	done chan struct{}
}

func newGroupedFile(b *testing.B) *groupedFile {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	return &groupedFile{turn: make(chan struct{}, 1), f: f}
}

func (f *groupedFile) append(b *testing.B, entry []byte) {
	f.mu.Lock()
	if f.next == nil {
		f.next = &fileGroup{done: make(chan struct{})}
	}
	g := f.next
	g.b = append(g.b, entry...)
	f.mu.Unlock()
	select {
	case <-g.done:
		return
	case f.turn <- struct{}{}:
	}
	defer func() { <-f.turn }()
	select {
	case <-g.done:
		return
	default:
	}
	for turns, before := 0, f.gathered(g); turns < 2; turns++ {
		runtime.Gosched()
		if now := f.gathered(g); now != before {
			turns, before = -1, now
		}
	}
	f.mu.Lock()
	f.next = nil
	f.mu.Unlock()
	if _, err := f.f.WriteAt(g.b, f.at); err != nil {
		b.Error(err)
	}
	if err := syncData(f.f); err != nil {
		b.Error(err)
	}
	f.at += int64(len(g.b))
	close(g.done)
}

func (f *groupedFile) gathered(g *fileGroup) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(g.b)
}
