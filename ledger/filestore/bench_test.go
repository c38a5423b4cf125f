package filestore_test

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
