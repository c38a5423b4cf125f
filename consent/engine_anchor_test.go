package consent_test

import (
	"bytes"
	"context"
	"iter"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
)

// A forger is a store in which somebody has put other entries in the place of some, since the
// engine took them in. Each is well written: nothing of its form gives it away.
type forger struct {
	*filestore.Store
	forged map[uint64][]byte
	hashes bool // whether the hashes at hand are of the forged entries, too
	none   bool // whether no hashes are at hand
	gone   bool // whether the last entry is not given any more
}

func (f *forger) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		pos := from
		size, err := countOf(f.Store)
		if err != nil {
			yield(nil, err)
			return
		}
		for b, err := range f.Store.Read(ctx, from) {
			if other, ok := f.forged[pos]; ok {
				b = other
			}
			if f.gone && pos == size-1 || !yield(b, err) {
				return
			}
			pos++
		}
	}
}

func (f *forger) Hashes(ctx context.Context, size uint64, stored []int64) ([]tlog.Hash, error) {
	if f.none {
		return nil, ledger.ErrNoHashes
	}
	if !f.hashes {
		return f.Store.Hashes(ctx, size, stored)
	}
	var all []tlog.Hash
	read := tlog.HashReaderFunc(func(list []int64) (out []tlog.Hash, _ error) {
		for _, i := range list {
			out = append(out, all[i])
		}
		return out, nil
	})
	pos := int64(0)
	for b, err := range f.Read(ctx, 0) {
		if err != nil {
			return nil, err
		}
		more, err := tlog.StoredHashes(pos, b, read)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
		pos++
	}
	return read(stored)
}

// onForger puts a store in a directory, that is still honest, in the place of that of a configuration.
func onForger(t *testing.T, dir string) (*forger, func(*consent.Config)) {
	store, err := filestore.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	f := &forger{Store: store}
	return f, func(c *consent.Config) {
		for i, b := range entriesOf(t, c.Store) {
			require.NoError(t, store.Append(t.Context(), uint64(i), [][]byte{b}))
		}
		c.Store = f
	}
}

// agreedOnForger has a proposal to which everybody consented, in such a store.
func agreedOnForger(t *testing.T) (*world, *forger) {
	f, on := onForger(t, t.TempDir())
	w := newWorld(t, setting{Full: 3, Rules: plainSilent, Facilitator: ben}, on)
	w.submit("p")
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	return w, f
}

// forge lets somebody else stand in an entry.
func (f *forger) forge(t *testing.T, pos uint64, who, instead string) {
	t.Helper()
	b := entriesOf(t, f.Store)[pos]
	f.forged = map[uint64][]byte{pos: bytes.ReplaceAll(b, []byte(`"`+who+`"`), []byte(`"`+instead+`"`))}
	require.NotEqual(t, b, f.forged[pos])
	_, err := consent.DecodeEntry(f.forged[pos], pos)
	require.NoError(t, err, "it is well written")
}

// answerOf finds the entry in which somebody answered.
func (w *world) answerOf(who circle.PersonID) (uint64, *consent.Entry) {
	for r, err := range w.engine.Entries(context.Background(), 0) {
		require.NoError(w.t, err)
		if r.Entry.Actor.By == who && r.Entry.Do == "consent.respond" {
			return r.Position, r.Entry
		}
	}
	w.t.Fatalf("%s has not answered", who)
	return 0, nil
}

// TestForgedMinutesAreNotSealed: M-244, D5. Minutes are not sealed over an entry that was changed after the engine took it in, nor
// found to be others than were adopted: the store is what is wrong.
func TestForgedMinutesAreNotSealed(t *testing.T) {
	f, on := onForger(t, t.TempDir())
	w := newWorld(t, setting{Full: 3, Facilitator: ben}, on)
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ben, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	opened := w.must(ben, consent.CloseMeeting{Meeting: "m"}).Position - 1
	seal := w.seal()
	w.must(ben, consent.PresentMinutes{Meeting: "m", Seal: seal})
	f.forge(t, opened, "ana", "cia")
	var damage *ledger.CorruptError
	_, err := w.engine.SealMinutes(t.Context(), "m")
	require.ErrorAs(t, err, &damage)
	require.Equal(t, opened, damage.Entry)
	require.ErrorAs(t, w.engine.CheckMinutes(t.Context(), "m"), &damage)
	f.forged = nil
	require.NoError(t, w.engine.CheckMinutes(t.Context(), "m"))
}

// TestForgedEntryIsNotTold: an entry that was changed in the store after the engine took it
// in is told to nobody, however well it is written, whether or not the hashes beside it
// were changed with it; all others are told as before (D5, I1).
func TestForgedEntryIsNotTold(t *testing.T) {
	for name, hashes := range map[string]bool{"the entry": false, "the entry and the hashes": true} {
		t.Run(name, func(t *testing.T) {
			w, f := agreedOnForger(t)
			ctx := t.Context()
			pos, entry := w.answerOf(cia)
			before, err := w.engine.Explain(ctx, "p")
			require.NoError(t, err)

			f.hashes = hashes
			f.forge(t, pos, "cia", "ana")
			var damage *ledger.CorruptError
			_, err = w.engine.Leaf(ctx, pos)
			require.ErrorAs(t, err, &damage)
			_, err = w.engine.Entry(ctx, pos)
			require.ErrorAs(t, err, &damage)
			require.Equal(t, pos, damage.Entry)
			require.EqualError(t, err, "ledger: entry "+numeral(pos)+" is damaged: it is not the entry of which the tree was made")
			_, err = w.engine.Explain(ctx, "p")
			require.ErrorIs(t, err, ledger.ErrCorrupt)
			_, err = w.engine.Questions(ctx, "p")
			require.ErrorIs(t, err, ledger.ErrCorrupt)
			_, _, err = w.engine.Find(ctx, entry.ID)
			require.ErrorIs(t, err, ledger.ErrCorrupt)
			_, err = w.engine.Do(ctx, circle.Actor{By: cia}, consent.Respond{Proposal: "p", Answer: consent.Consents},
				consent.WithID(entry.ID))
			require.ErrorIs(t, err, ledger.ErrCorrupt, "who sends it again is not told of what never was")
			for r, err := range w.engine.Watch(ctx, pos) {
				require.ErrorIs(t, err, ledger.ErrCorrupt)
				require.Equal(t, pos, r.Position)
			}
			require.ErrorIs(t, w.engine.AsOf(ctx, w.now, func(*consent.State) { t.Fatal("it was shown") }), consent.ErrDiffers)

			if !hashes { // where all hashes are of another tree, no entry can be shown to be in this one
				_, err = w.engine.Entry(ctx, pos-1)
				require.NoError(t, err)
			}
			var judged error
			for _, err := range w.engine.Judgments(ctx) {
				judged = err
			}
			require.ErrorIs(t, judged, consent.ErrDiffers)

			f.forged, f.hashes = nil, false
			after, err := w.engine.Explain(ctx, "p")
			require.NoError(t, err)
			require.Equal(t, before, after)
		})
	}
}

// numeral writes a position.
func numeral(n uint64) string { return strconv.FormatUint(n, 10) }

// TestForgedEntriesEndInAnError: whoever reads all entries, from wherever, is told at the end
// that they are not what the engine took in, with hashes at hand or without; and of entries
// that are missing there (D5, I1, I6).
func TestForgedEntriesEndInAnError(t *testing.T) {
	w, f := agreedOnForger(t)
	ctx := t.Context()
	size, _ := w.engine.Head()
	pos, _ := w.answerOf(cia)
	read := func(from uint64) (n uint64, err error) {
		for r, err := range w.engine.Entries(ctx, from) {
			if err != nil {
				return n, err
			}
			require.Equal(t, from+n, r.Position)
			n++
		}
		return n, nil
	}
	for name, at := range map[string]func(*forger){
		"hashes at hand":    func(f *forger) { f.none = false },
		"no hashes at hand": func(f *forger) { f.none = true },
	} {
		at(f)
		f.forged, f.gone = nil, false
		for from := range size + 2 {
			n, err := read(from)
			require.NoError(t, err, name)
			require.Equal(t, size-min(from, size), n, name)
		}
		f.forge(t, pos, "cia", "ana")
		for from := range pos + 1 {
			n, err := read(from)
			require.ErrorIs(t, err, consent.ErrDiffers, "%s, from %d", name, from)
			require.Equal(t, size-1-from, n, "%s, from %d: all but the last", name, from)
		}
		f.forged, f.gone = nil, true
		n, err := read(0)
		require.ErrorIs(t, err, ledger.ErrShort, name)
		require.Equal(t, size-1, n)
	}
}

// TestAsOfHoldsWhatItReads: the past is shown only if what it is made from is what the engine
// took in, also on a store without hashes, and for any time.
func TestAsOfHoldsWhatItReads(t *testing.T) {
	w, f := agreedOnForger(t)
	f.none = true
	whole := entriesOf(t, f.Store)
	shown := 0
	for pos, b := range whole {
		entry, err := consent.DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		require.NoError(t, w.engine.AsOf(t.Context(), entry.At, func(*consent.State) { shown++ }))
	}
	require.Equal(t, len(whole), shown)
	require.NoError(t, w.engine.AsOf(t.Context(), w.now.AddDate(-1, 0, 0), func(s *consent.State) {
		require.Empty(t, s.Org.People(), "before anything was")
	}))
}

// TestErasureWaitsForTheTruth: nothing is erased by what a changed entry says of it, and once
// the entries are the right ones again, the erasure comes to its end (P2, D5).
func TestErasureWaitsForTheTruth(t *testing.T) {
	f, on := onForger(t, t.TempDir())
	w, v := forgettable(t, on)
	about := func() (n int) {
		for _, err := range v.About(t.Context(), "ana") {
			require.NoError(t, err)
			n++
		}
		return n
	}
	size, _ := w.engine.Head()
	f.forge(t, size-1, "ana", "lou")
	before := about()
	require.Positive(t, before)
	_, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.ErrorIs(t, err, consent.ErrDiffers)
	require.Equal(t, before, about())

	f.forged = nil
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Zero(t, about())
}

// TestForgedPastIsNotShown: the past is made from entries that the engine took in, or it is not
// shown, also where much has happened since (D5, M-246).
func TestForgedPastIsNotShown(t *testing.T) {
	w, f := agreedOnForger(t)
	then := w.now
	w.later(day)
	w.submit("q")
	shown := 0
	look := func() error { return w.engine.AsOf(t.Context(), then, func(*consent.State) { shown++ }) }
	require.NoError(t, look())
	pos, _ := w.answerOf(cia)
	f.forge(t, pos, "cia", "ana")
	require.ErrorIs(t, look(), consent.ErrDiffers)
	require.Equal(t, 1, shown)
}

// TestEntryOfAnother: an entry that another engine has just written is told, though this one
// has not taken it in yet.
func TestEntryOfAnother(t *testing.T) {
	f, on := onForger(t, t.TempDir())
	var config consent.Config
	w := newWorld(t, setting{Full: 3, Rules: plainSilent, Facilitator: ben}, on, func(c *consent.Config) { config = *c })
	other, err := consent.Open(t.Context(), config)
	require.NoError(t, err)
	size, _ := w.engine.Head()
	_, err = other.Do(t.Context(), circle.Actor{By: ana}, submission("p"))
	require.NoError(t, err)
	entry, err := w.engine.Entry(t.Context(), size)
	require.NoError(t, err)
	require.EqualValues(t, "proposal.submit", entry.Do)
	held, err := countOf(f)
	require.NoError(t, err)
	require.Equal(t, size+1, held)
	head, _ := w.engine.Head()
	require.Equal(t, size, head, "nobody has asked it to catch up")
}
