package consent_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// shotOf is a ledger with a question that is open, a snapshot of it, and two entries
// more. The snapshot is sealed with a key.
func shotOf(t testing.TB) (config consent.Config, store *ledger.Memory, shot []byte, digest [32]byte) {
	t.Helper()
	store, ctx := &ledger.Memory{}, context.Background()
	key := []byte("a key of 32 bytes, for this test")
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Snapshots, c.SnapshotKey = store, key })
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Soup on Mondays"), Term: circle.MustPeriod("3m")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	_, err := w.engine.Snapshot(ctx)
	require.NoError(t, err)
	shot, err = store.LastSnapshot(ctx)
	require.NoError(t, err)
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	copied := &ledger.Memory{}
	for b, err := range w.store.Read(ctx, 0) {
		require.NoError(t, err)
		size, _ := held(copied)
		require.NoError(t, copied.Append(ctx, size, [][]byte{b}))
	}
	config = w.config()
	config.Store, config.Snapshots, config.SnapshotKey = copied, copied, key
	w.engine.Look(func(s *consent.State) { digest = s.Digest() })
	return config, copied, shot, digest
}

func held(store ledger.Store) (n uint64, err error) {
	for _, err := range store.Read(context.Background(), 0) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// opens wants an engine with a snapshot to know what the ledger tells, and returns how
// it came to it.
func opens(t testing.TB, config consent.Config, digest [32]byte) consent.Opening {
	t.Helper()
	e, err := consent.Open(context.Background(), config)
	require.NoError(t, err)
	e.Look(func(s *consent.State) { require.Equal(t, digest, s.Digest()) })
	return e.Opening()
}

// TestHostileSnapshots: T11, whatever a snapshot is that is not the engine's own, of
// this ledger, it is passed over with the error that it must get, and what is decided is
// decided on the ledger.
func TestHostileSnapshots(t *testing.T) {
	config, store, shot, digest := shotOf(t)
	require.NoError(t, store.SaveSnapshot(t.Context(), shot))
	size, err := held(store)
	require.NoError(t, err)
	require.Equal(t, consent.Opening{Snapshot: size - 2, Read: 2}, opens(t, config, digest), "the right one is used")
	key := config.SnapshotKey
	change := func(f func(size *uint64, s *consent.State, tree *ledger.Tree)) []byte {
		b, err := consent.Reshoot(shot, key, f)
		require.NoError(t, err)
		return b
	}
	at := func(i int, by byte) []byte {
		b := bytes.Clone(shot)
		b[(i+len(b))%len(b)] ^= by
		return b
	}
	var other ledger.Tree
	for range size - 2 {
		other.Append([]byte("another"))
	}
	for what, c := range map[string]struct {
		shot []byte
		want error
	}{
		"it is something else":                  {[]byte("hello"), consent.ErrOtherProgram},
		"it is a header":                        {shot[:consent.SnapshotStart], consent.ErrOtherProgram},
		"its first byte is another":             {at(0, 1), consent.ErrOtherProgram},
		"another version made it":               {at(consent.SnapshotStart-1, 1), consent.ErrOtherProgram},
		"another version made it, and sealed":   {consent.Reseal(at(consent.SnapshotStart-1, 1), key), consent.ErrOtherProgram},
		"a byte of its content is another":      {at(consent.SnapshotStart+9, 1), consent.ErrSnapshotSeal},
		"its seal is another":                   {at(-1, 1), consent.ErrSnapshotSeal},
		"it is cut off":                         {shot[:len(shot)-1], consent.ErrSnapshotSeal},
		"it goes on":                            {append(bytes.Clone(shot), 0), consent.ErrSnapshotSeal},
		"it was sealed without a key":           {consent.Reseal(shot, nil), consent.ErrSnapshotSeal},
		"it was sealed with another key":        {consent.Reseal(shot, []byte("another")), consent.ErrSnapshotSeal},
		"it has no content":                     {consent.Reseal(shot[:consent.SnapshotStart+32], key), consent.ErrBadSnapshot},
		"its content ends too early":            {consent.Reseal(shot[:len(shot)-9], key), consent.ErrBadSnapshot},
		"its content goes on":                   {consent.Reseal(append(bytes.Clone(shot), 0), key), consent.ErrBadSnapshot},
		"a number is what it cannot be":         {consent.Reseal(at(consent.SnapshotStart, 0x80), key), consent.ErrBadSnapshot},
		"it says of another size":               {consent.Reseal(at(consent.SnapshotStart, 1), key), consent.ErrBadSnapshot},
		"it is of another ledger":               {change(func(_ *uint64, _ *consent.State, tree *ledger.Tree) { *tree = other }), ledger.ErrOtherRoot},
		"it is of a longer ledger":              {change(func(n *uint64, _ *consent.State, tree *ledger.Tree) { longer(n, tree, 3) }), ledger.ErrShort},
		"it is of one that goes on differently": {change(func(n *uint64, _ *consent.State, tree *ledger.Tree) { longer(n, tree, 1) }), ledger.ErrOtherRoot},
		"it is of nothing":                      {change(func(n *uint64, _ *consent.State, tree *ledger.Tree) { *n, *tree = 0, ledger.Tree{} }), consent.ErrBadSnapshot},
		"nothing was founded in it":             {change(func(_ *uint64, s *consent.State, _ *ledger.Tree) { s.Unfound() }), consent.ErrBadSnapshot},
		"a process has no method":               {change(func(_ *uint64, s *consent.State, _ *ledger.Tree) { s.Upset() }), consent.ErrBadSnapshot},
	} {
		require.NoError(t, store.SaveSnapshot(t.Context(), c.shot))
		opening := opens(t, config, digest)
		require.ErrorIs(t, opening.PassedOver, c.want, what)
		require.Equal(t, consent.Opening{Read: size, PassedOver: opening.PassedOver}, opening, what)
	}
}

// longer lets a tree grow.
func longer(n *uint64, tree *ledger.Tree, by int) {
	for range by {
		tree.Append([]byte("not there"))
	}
	*n = tree.Size()
}

// TestNoSnapshotIsAsked: an engine that was not told where snapshots are believes none,
// and saves none.
func TestNoSnapshotIsAsked(t *testing.T) {
	config, store, shot, digest := shotOf(t)
	require.NoError(t, store.SaveSnapshot(t.Context(), shot))
	size, _ := held(store)
	config.Snapshots = nil
	require.Equal(t, consent.Opening{Read: size}, opens(t, config, digest))
	e, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	_, err = e.Snapshot(t.Context())
	require.ErrorIs(t, err, consent.ErrNoSnapshots)

	config.Snapshots = &ledger.Memory{}
	require.Equal(t, consent.Opening{Read: size}, opens(t, config, digest), "there is none yet")
}

// swap is a store in which two entries change places when it is told so.
type swap struct {
	*ledger.Memory
	on bool
}

func (s *swap) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var all [][]byte
		for b, err := range s.Memory.Read(ctx, from) {
			if err != nil {
				yield(nil, err)
				return
			}
			all = append(all, b)
		}
		if s.on && len(all) > 2 {
			all[0], all[1] = all[1], all[0]
		}
		for _, b := range all {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// badPlace is a place that fails.
type badPlace struct{ load, save error }

func (p badPlace) LastSnapshot(context.Context) ([]byte, error) { return nil, p.load }
func (p badPlace) SaveSnapshot(context.Context, []byte) error   { return p.save }

// TestPlaceFails: where the place of snapshots fails, all that it costs is time.
func TestPlaceFails(t *testing.T) {
	config, store, _, digest := shotOf(t)
	broken := errors.New("the disk is broken")
	config.Snapshots, config.SnapshotEvery = badPlace{broken, broken}, 1
	require.ErrorIs(t, opens(t, config, digest).PassedOver, broken)
	e, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	_, err = e.Snapshot(t.Context())
	require.ErrorIs(t, err, broken)
	_, err = e.Tick(t.Context())
	require.NoError(t, err)
	_, err = store.LastSnapshot(t.Context())
	require.NoError(t, err)
}

// TestSnapshotEvery: a Tick saves a snapshot when so many entries have come.
func TestSnapshotEvery(t *testing.T) {
	place := &ledger.Memory{}
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Snapshots, c.SnapshotEvery = place, 3 })
	tick := func() int {
		_, err := w.engine.Tick(t.Context())
		require.NoError(t, err)
		b, err := place.LastSnapshot(t.Context())
		require.NoError(t, err)
		return len(b)
	}
	first := tick()
	require.Positive(t, first, "the founding was more than three entries")
	for _, id := range []proposal.ID{"a", "b"} {
		w.must(ana, proposal.Submit{ID: id, Circle: den, Text: text("?"), Term: circle.MustPeriod("3m")})
		require.Equal(t, first, tick())
	}
	w.must(ana, proposal.Submit{ID: "c", Circle: den, Text: text("?"), Term: circle.MustPeriod("3m")})
	require.Greater(t, tick(), first)
	again := w.open(func(c *consent.Config) { c.Snapshots, c.SnapshotEvery = place, 3 })
	require.Zero(t, again.engine.Opening().Read)
}

// TestNoSnapshotOfDamage: of entries that the store does not hold as the engine knows
// them no snapshot is saved.
func TestNoSnapshotOfDamage(t *testing.T) {
	config, store, _, _ := shotOf(t)
	swapped := &swap{Memory: store}
	config.Store = swapped
	e, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	swapped.on = true
	_, err = e.Snapshot(t.Context())
	require.ErrorIs(t, err, ledger.ErrOtherRoot)
	b, err := store.LastSnapshot(t.Context())
	require.NoError(t, err)
	require.Empty(t, b)
}

// FuzzSnapshot: T10, whatever stands in a snapshot under the right seal, the engine
// opens, and either it was passed over with one of its errors, or it is used.
func FuzzSnapshot(f *testing.F) {
	config, store, shot, _ := shotOf(f)
	f.Add(shot[consent.SnapshotStart : len(shot)-32])
	f.Add([]byte{})
	config.Rules = rule.Stock()
	f.Fuzz(func(t *testing.T, content []byte) {
		b := append(bytes.Clone(shot[:consent.SnapshotStart]), content...)
		b = consent.Reseal(append(b, make([]byte, 32)...), config.SnapshotKey)
		require.NoError(t, store.SaveSnapshot(t.Context(), b))
		e, err := consent.Open(t.Context(), config)
		require.NoError(t, err)
		if why := e.Opening().PassedOver; why != nil && !errors.Is(why, consent.ErrBadSnapshot) &&
			!errors.Is(why, ledger.ErrOtherRoot) && !errors.Is(why, ledger.ErrShort) && !errors.Is(why, consent.ErrSenseless) {
			t.Fatal(why)
		}
	})
}

// TestSnapshotWithoutAKey: what nobody has sealed with a key is looked through before it is believed: also the order of the clocks in it,
// and what stands there of questions that are over (T11).
func TestSnapshotWithoutAKey(t *testing.T) {
	store := &ledger.Memory{}
	w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "lazy-consensus"}}, func(c *consent.Config) { c.Snapshots = store })
	row := func(at time.Time) []byte { return binary.BigEndian.AppendUint64(nil, uint64(at.Unix())) }
	w.submit("over")
	w.must(ana, proposal.Withdraw{Proposal: "over"})
	var ends []time.Time
	for _, id := range []proposal.ID{"one", "two"} {
		w.later(time.Hour)
		w.put(id)
		ends = append(ends, w.process(id).Round.Closes)
	}
	_, err := w.engine.Snapshot(t.Context())
	require.NoError(t, err)
	shot, err := store.LastSnapshot(t.Context())
	require.NoError(t, err)
	config := w.config()
	config.Snapshots = store
	require.Zero(t, opens(t, config, w.digest()).Read, "the right one is used")
	passedOver := func(b []byte) error {
		require.NoError(t, store.SaveSnapshot(t.Context(), consent.Reseal(b, nil)))
		e, err := consent.Open(t.Context(), config)
		require.NoError(t, err)
		e.Look(func(s *consent.State) { require.NotNil(t, s.Process("over")) })
		return e.Opening().PassedOver
	}

	one, two := bytes.Index(shot, row(ends[0])), bytes.LastIndex(shot, row(ends[1]))
	swapped := bytes.Clone(shot)
	copy(swapped[one:], row(ends[1]))
	copy(swapped[two:], row(ends[0]))
	require.NotEqual(t, shot, swapped)
	require.ErrorIs(t, passedOver(swapped), consent.ErrBadSnapshot, "the later one stands first")

	refused := 0
	for from := 0; ; {
		i := bytes.Index(shot[from:], []byte("over"))
		if i < 0 {
			break
		}
		from += i + 4
		for j := from; j < from+6; j++ {
			changed := bytes.Clone(shot)
			changed[j] = 0x7f
			if passedOver(changed) != nil {
				refused++
			}
		}
	}
	require.Positive(t, refused)
}

// TestSnapshotsAreLogged: a Tick saves snapshots where it was told how often, and says of one that could not be saved, and of no other.
func TestSnapshotsAreLogged(t *testing.T) {
	for name, c := range map[string]struct {
		place ledger.Snapshotter
		every uint64
		says  bool
		saved bool
	}{
		"saved":       {&ledger.Memory{}, 3, false, true},
		"never":       {&ledger.Memory{}, 0, false, false},
		"nowhere":     {nil, 3, false, false},
		"not written": {badPlace{save: errors.New("the disk is broken")}, 3, true, false},
	} {
		var log bytes.Buffer
		w := newWorld(t, setting{Full: 3}, func(config *consent.Config) {
			config.Snapshots, config.SnapshotEvery, config.Logger = c.place, c.every, slog.New(slog.NewTextHandler(&log, nil))
		})
		_, err := w.engine.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, c.says, bytes.Contains(log.Bytes(), []byte("no snapshot could be saved")), name)
		if c.place != nil {
			b, err := c.place.LastSnapshot(t.Context())
			require.NoError(t, err)
			require.Equal(t, c.saved, len(b) > 0, name)
		}
	}
}
