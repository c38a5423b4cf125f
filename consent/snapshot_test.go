package consent_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
)

// eachTold tells the ledgers of all conversations.
func eachTold(t *testing.T, each func(t *testing.T, name string, config consent.Config, entries [][]byte)) {
	t.Helper()
	for _, pattern := range []string{"conversations", "methods", "situations", "regressions"} {
		files, err := filepath.Glob(filepath.Join("testdata", pattern, "*.txt"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			t.Run(pattern+"/"+filepath.Base(file), func(t *testing.T) {
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				config := consent.Config{Rules: rule.Stock(), Methods: rule.Methods()}
				w := (&story{with: []func(*consent.Config){func(c *consent.Config) { c.Rules, c.Methods = config.Rules, config.Methods }}}).tell(t, file, data)
				var entries [][]byte
				for b, err := range w.store.Read(t.Context(), 0) {
					require.NoError(t, err)
					entries = append(entries, append([]byte(nil), b...))
				}
				each(t, file, config, entries)
			})
		}
	}
}

// TestFromSnapshot: S9, wherever in a conversation a snapshot was taken, an engine that
// begins with it knows what one knows that has read every entry: the digest is the
// same, and so is every index that is derived, then and when the rest was read.
func TestFromSnapshot(t *testing.T) {
	snapshots := 0
	eachTold(t, func(t *testing.T, _ string, config consent.Config, entries [][]byte) {
		store := &ledger.Memory{}
		config.Store, config.Snapshots = store, store
		reads, err := consent.Open(t.Context(), config)
		require.NoError(t, err)
		shots := map[int][]byte{}
		step := max(1, len(entries)/3)
		for i, b := range entries {
			require.NoError(t, store.Append(t.Context(), uint64(i), [][]byte{b}))
			require.NoError(t, reads.CatchUp(t.Context()))
			if i%step != 0 && i != len(entries)-1 {
				continue
			}
			size, err := reads.Snapshot(t.Context())
			require.NoError(t, err)
			require.EqualValues(t, i+1, size)
			shots[i+1], err = store.LastSnapshot(t.Context())
			require.NoError(t, err)
			same(t, config, reads, i+1, i+1)
		}
		for at, b := range shots {
			require.NoError(t, store.SaveSnapshot(t.Context(), b))
			same(t, config, reads, at, len(entries))
			snapshots++
		}
	})
	require.Greater(t, snapshots, 900)
}

// same wants an engine that begins with a snapshot of so many entries to know what
// another one knows.
func same(t *testing.T, config consent.Config, reads *consent.Engine, at, size int) {
	t.Helper()
	e, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	require.Equal(t, consent.Opening{Snapshot: uint64(at), Read: uint64(size - at)}, e.Opening())
	want, wantRoot := reads.Head()
	got, gotRoot := e.Head()
	require.Equal(t, want, got)
	require.Equal(t, wantRoot, gotRoot)
	require.Equal(t, whole(t, reads), whole(t, e), "from entry %d on", at)
}

func whole(t *testing.T, e *consent.Engine) (b string) {
	t.Helper()
	e.Look(func(s *consent.State) {
		all, err := s.Whole()
		require.NoError(t, err)
		b = fmt.Sprintf("%x", s.Digest()) + string(all)
	})
	return b
}
