package filestore_test

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
)

// BenchmarkAppend appends one entry of 300 bytes at a time, durably, and next
// to each writes the same number of bytes to a plain file and syncs it as the
// store does. The ratio is that of the medians.
func BenchmarkAppend(b *testing.B) {
	const frame = 20 + 300
	ctx := context.Background()
	s := open(b, b.TempDir())
	bare, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	require.NoError(b, err)
	defer func() { require.NoError(b, bare.Close()) }()
	entry := make([]byte, 300)
	framed := make([]byte, frame)
	var ours, theirs []time.Duration
	var size uint64
	for b.Loop() {
		binary.BigEndian.PutUint64(entry, size)
		began := time.Now()
		if err := s.Append(ctx, size, [][]byte{entry}); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(began))

		binary.BigEndian.PutUint64(framed, size)
		began = time.Now()
		if _, err := bare.WriteAt(framed, int64(size)*frame); err != nil {
			b.Fatal(err)
		}
		if err := filestore.SyncData(bare); err != nil {
			b.Fatal(err)
		}
		theirs = append(theirs, time.Since(began))
		size++
	}
	a, c := median(ours), median(theirs)
	b.ReportMetric(float64(a.Nanoseconds()), "append-ns")
	b.ReportMetric(float64(c.Nanoseconds()), "bare-ns")
	b.ReportMetric(float64(a)/float64(c), "ratio")
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// BenchmarkAppendBatch appends 1,000 entries of 300 bytes in one write.
func BenchmarkAppendBatch(b *testing.B) {
	s := open(b, b.TempDir())
	batch := slices.Repeat([][]byte{make([]byte, 300)}, 1000)
	var size uint64
	for b.Loop() {
		if err := s.Append(context.Background(), size, batch); err != nil {
			b.Fatal(err)
		}
		size += uint64(len(batch))
	}
	b.ReportMetric(float64(size)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkOpenAndRead opens a ledger of 100,000 entries of 300 bytes, and
// reads them; both check every byte.
func BenchmarkOpenAndRead(b *testing.B) {
	const n = 100_000
	ctx := context.Background()
	dir := b.TempDir()
	s, err := filestore.Open(dir)
	require.NoError(b, err)
	batch := slices.Repeat([][]byte{make([]byte, 300)}, 1000)
	for size := uint64(0); size < n; size += uint64(len(batch)) {
		require.NoError(b, s.Append(ctx, size, batch))
	}
	require.NoError(b, s.Close())
	var opening, reading time.Duration
	for b.Loop() {
		began := time.Now()
		s, err := filestore.Open(dir)
		require.NoError(b, err)
		opening += time.Since(began)
		began = time.Now()
		for _, err := range s.Read(ctx, 0) {
			if err != nil {
				b.Fatal(err)
			}
		}
		reading += time.Since(began)
		require.NoError(b, s.Close())
	}
	b.ReportMetric(float64(b.N)*n/opening.Seconds(), "opened/s")
	b.ReportMetric(float64(b.N)*n/reading.Seconds(), "read/s")
}

// BenchmarkProve proves entries of a ledger on the disk, of ten million, or of a
// hundred thousand with -short, each in the tree over all of them, and checks the
// proof. The first proof, which makes the hashes, is counted apart.
func BenchmarkProve(b *testing.B) {
	n := uint64(10_000_000)
	if testing.Short() {
		n = 100_000
	}
	ctx := context.Background()
	s := open(b, b.TempDir())
	batch := make([][]byte, 1000)
	var tree ledger.Tree
	for size := uint64(0); size < n; size += uint64(len(batch)) {
		for i := range batch {
			batch[i] = binary.BigEndian.AppendUint64(make([]byte, 0, 300), size+uint64(i))[:300]
			tree.Append(batch[i])
		}
		require.NoError(b, s.Append(ctx, size, batch))
	}
	root := tree.Root()
	began := time.Now()
	_, err := ledger.Prove(ctx, s, n, 0)
	require.NoError(b, err)
	hashed := float64(n) / time.Since(began).Seconds()
	r := rand.New(rand.NewPCG(1, 2))
	var proving, checking []time.Duration
	for b.Loop() {
		index := r.Uint64N(n)
		leaf := ledger.LeafHash(binary.BigEndian.AppendUint64(make([]byte, 0, 300), index)[:300])
		began := time.Now()
		p, err := ledger.Prove(ctx, s, n, index)
		proving = append(proving, time.Since(began))
		if err != nil {
			b.Fatal(err)
		}
		began = time.Now()
		if err := ledger.Check(p, n, index, root, leaf); err != nil {
			b.Fatal(err)
		}
		checking = append(checking, time.Since(began))
	}
	b.ReportMetric(float64(median(proving).Nanoseconds()), "prove-ns")
	b.ReportMetric(float64(median(checking).Nanoseconds()), "check-ns")
	b.ReportMetric(hashed, "hashed/s")
}

// BenchmarkOpenFromIndex opens a ledger of a million entries of 300 bytes that was
// closed properly, and tells what that keeps in memory. With -short there are a
// hundred thousand.
func BenchmarkOpenFromIndex(b *testing.B) {
	n := uint64(1_000_000)
	if testing.Short() {
		n = 100_000
	}
	dir := b.TempDir()
	s, err := filestore.Open(dir)
	require.NoError(b, err)
	batch := slices.Repeat([][]byte{make([]byte, 300)}, 1000)
	for size := uint64(0); size < n; size += uint64(len(batch)) {
		require.NoError(b, s.Append(context.Background(), size, batch))
	}
	require.NoError(b, s.Close())
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var opening []time.Duration
	for b.Loop() {
		began := time.Now()
		s, err := filestore.Open(dir)
		opening = append(opening, time.Since(began))
		require.NoError(b, err)
		runtime.ReadMemStats(&after)
		require.NoError(b, s.Close())
	}
	b.ReportMetric(float64(median(opening).Microseconds()), "open-µs")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(1<<20), "MiB")
}
