package filestore

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

var recordOld = flag.String("record-old", "", "leave a ledger of today's forms in testdata/ledgers, under this name")

// oldIndexes are the ledgers that have all the files there can be: an index too, which
// otherwise comes with a mebibyte; and whether what was kept of the tree is of today's
// form. Of another it is not read, but made anew: it is never truth.
var oldIndexes = map[string]bool{"v1-index": false, "v1-index-pages": true}

// TestOldIndex: C1, a folder with every file that the store may leave opens as it is.
// Index and tree are never truth, but are read, not made anew.
func TestOldIndex(t *testing.T) {
	if *recordOld != "" {
		recordIndexed(t, filepath.Join("testdata", "ledgers", *recordOld))
	}
	for name, today := range oldIndexes {
		t.Run(name, func(t *testing.T) { opensIndexed(t, name, today) })
	}
}

func opensIndexed(t *testing.T, name string, today bool) {
	ctx := context.Background()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "ledgers", name))))
	then := time.Unix(1e9, 0)
	require.NoError(t, os.Chtimes(filepath.Join(dir, hashesName), then, then))
	s, err := Open(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.Zero(t, s.Repaired())
	require.EqualValues(t, 300, s.indexed.entries.count, "it was opened from the index")
	require.EqualValues(t, 30, s.indexed.parts.count)
	require.EqualValues(t, 305, s.entries.end.count)
	require.Len(t, s.index, 31)

	signed, err := s.LastSigned(ctx)
	require.NoError(t, err)
	require.Equal(t, "what was signed last\n", string(signed))
	var tree ledger.Tree
	for e, err := range s.Read(ctx, 0) {
		require.NoError(t, err)
		tree.Append(e)
	}
	proof, err := ledger.Prove(ctx, s, 300, 7)
	require.NoError(t, err)
	require.Len(t, proof, 9)
	info, err := os.Stat(filepath.Join(dir, hashesName))
	require.NoError(t, err)
	require.Equal(t, today, info.ModTime().Equal(then), "what was kept of the tree is used as it is, or made anew")
	require.Equal(t, "QDwUlOo6UzdJ3LR1+NZwoXbiXLBuXa/xL5zLi9uy+xg=", tree.Root().String())
}

// recordIndexed leaves a ledger with all files.
func recordIndexed(t *testing.T, dir string) {
	ctx := context.Background()
	require.NoDirExists(t, dir, "what was recorded once is never written anew")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	d := directory{osfile.Dir{Path: dir}}
	s, err := openForWriting(d, strides, 100)
	require.NoError(t, err)
	goOn(t, s, 30)
	_, err = ledger.Prove(ctx, s, 300, 7)
	require.NoError(t, err)
	require.NoError(t, s.KeepSigned(ctx, nil, []byte("what was signed last\n")))
	require.NoError(t, s.Close())
	s, err = openForWriting(d, strides, indexStep) // and something behind the index
	require.NoError(t, err)
	require.NoError(t, s.Put(ctx, []ledger.Part{said([]byte("behind the index"))}))
	for i := range uint64(5) {
		require.NoError(t, s.Append(ctx, 300+i, [][]byte{fmt.Appendf(nil, "entry %d", 300+i)}))
	}
	require.NoError(t, s.Close())
	require.NoError(t, os.Remove(filepath.Join(dir, lockName)))
}
