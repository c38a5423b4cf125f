package ledger_test

import (
	"context"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// BenchmarkMemoryAppend appends one entry of 300 bytes at a time.
func BenchmarkMemoryAppend(b *testing.B) {
	ctx := context.Background()
	entries := [][]byte{make([]byte, 300)}
	var m ledger.Memory
	var size uint64
	b.SetBytes(300)
	b.ReportAllocs()
	for b.Loop() {
		if err := m.Append(ctx, size, entries); err != nil {
			b.Fatal(err)
		}
		if size++; size == 1<<16 { // do not fill the memory of the machine
			m, size = ledger.Memory{}, 0
		}
	}
}

// BenchmarkMemoryRead reads a million entries.
func BenchmarkMemoryRead(b *testing.B) {
	m, _ := memoryOf(b, 1<<20)
	for b.Loop() {
		for _, err := range m.Read(context.Background(), 0) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)*(1<<20)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkLeafHash is the part of BenchmarkTreeAppend that nobody can avoid.
func BenchmarkLeafHash(b *testing.B) {
	entry := make([]byte, 300)
	b.ReportAllocs()
	for b.Loop() {
		ledger.LeafHash(entry)
	}
}

// BenchmarkTreeAppend appends an entry of 300 bytes.
func BenchmarkTreeAppend(b *testing.B) {
	entry := make([]byte, 300)
	var tree ledger.Tree
	b.ReportAllocs()
	for b.Loop() {
		tree.Append(entry)
	}
}

// BenchmarkTreeReplay builds the tree of a million entries of 300 bytes from a
// store, and takes its root.
func BenchmarkTreeReplay(b *testing.B) {
	const n = 1_000_000
	ctx := context.Background()
	var m ledger.Memory
	batch := make([][]byte, 1000)
	for i := range batch {
		batch[i] = make([]byte, 300)
	}
	for size := uint64(0); size < n; size += uint64(len(batch)) {
		if err := m.Append(ctx, size, batch); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		var tree ledger.Tree
		for entry, err := range m.Read(ctx, 0) {
			if err != nil {
				b.Fatal(err)
			}
			tree.Append(entry)
		}
		tree.Root()
	}
	b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkTreeCopy is what it costs to see what would be.
func BenchmarkTreeCopy(b *testing.B) {
	var tree ledger.Tree
	leaf := ledger.LeafHash([]byte("leaf"))
	b.ReportAllocs()
	for b.Loop() {
		copied := tree
		copied.AppendHash(leaf)
	}
}
