package tiles_test

import (
	"context"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/tiles"
)

// BenchmarkVerify verifies an export of a hundred thousand entries of 300 bytes. Beside
// it, in the same round, the same files are read and their entries hashed into one tree,
// which is the limit: x-hashing is our time divided by that.
func BenchmarkVerify(b *testing.B) {
	const n = 100_000
	w := worldOf(b, 0)
	batch := make([][]byte, 1000)
	for size := uint64(0); size < n; size += uint64(len(batch)) {
		for i := range batch {
			batch[i] = binary.BigEndian.AppendUint64(make([]byte, 0, 300), size+uint64(i))[:300]
			w.tree.Append(batch[i])
		}
		require.NoError(b, w.store.Append(context.Background(), size, batch))
	}
	dir := w.export(b)
	var files []string
	require.NoError(b, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	var ours, ratios []float64
	for b.Loop() {
		began := time.Now()
		_, _, err := tiles.Verify(context.Background(), os.DirFS(dir), w.policy)
		took := time.Since(began)
		require.NoError(b, err)
		began = time.Now()
		tree := hashed(b, files)
		limit := time.Since(began)
		require.Equal(b, w.tree.Root(), tree.Root())
		ours, ratios = append(ours, took.Seconds()), append(ratios, float64(took)/float64(limit))
	}
	slices.Sort(ours)
	slices.Sort(ratios)
	b.ReportMetric(n/ours[len(ours)/2], "entries/s")
	b.ReportMetric(ratios[len(ratios)/2], "x-hashing")
}

// hashed reads the files of an export, and hashes the entries.
func hashed(b *testing.B, files []string) (tree ledger.Tree) {
	b.Helper()
	for _, path := range files {
		rest, err := os.ReadFile(path)
		require.NoError(b, err)
		for len(rest) > 0 && strings.Contains(path, "/entries/") {
			n := 2 + int(binary.BigEndian.Uint16(rest))
			tree.Append(rest[2:n])
			rest = rest[n:]
		}
	}
	return tree
}
