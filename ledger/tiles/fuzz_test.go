package tiles_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/tiles"
)

// Whatever stands in one of the files: the export is the one that was signed, or it
// is refused.
func FuzzVerify(f *testing.F) {
	w := worldOf(f, 5)
	dir := os.DirFS(w.export(f))
	good := fstest.MapFS{}
	names := []string{"checkpoint", "tile/entries/000.p/5", "tile/0/000.p/5"}
	for i, name := range names {
		b, err := fs.ReadFile(dir, name)
		require.NoError(f, err)
		good[name] = &fstest.MapFile{Data: b}
		f.Add(uint8(i), b)
		f.Add(uint8(i), append(b, 0))
	}
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		export := maps.Clone(good)
		export[names[int(which)%len(names)]] = &fstest.MapFile{Data: b}
		c, _, err := tiles.Verify(context.Background(), export, w.policy)
		if err == nil {
			require.Equal(t, ledger.Checkpoint{Origin: origin, Size: 5, Root: w.tree.Root()}, c)
		}
	})
}
