package consent_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/proposal"
)

// A belt is a store that takes entries before they are durable. They arrive when
// somebody waits for them, and the belt is not held.
type belt struct {
	*ledger.Memory

	mu     sync.Mutex
	moves  *sync.Cond
	size   uint64
	loads  []*load // underway
	held   bool    // nothing arrives until the belt is let go
	breaks int     // the load that will not arrive, nor any behind it; counted from 1
	blind  bool    // nothing can be read
}

type load struct {
	b       *belt
	parts   []ledger.Part
	entries [][]byte
	done    bool
	err     error
}

func (b *belt) Begin(ctx context.Context, size uint64, parts []ledger.Part, entries [][]byte) (ledger.Begun, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if size != b.size {
		b.run(nil)
		return nil, &ledger.ConflictError{Size: size, Held: b.size}
	}
	l := &load{b: b, parts: parts}
	for _, e := range entries {
		l.entries = append(l.entries, append([]byte(nil), e...))
	}
	b.loads = append(b.loads, l)
	b.size += uint64(len(entries))
	b.moves.Broadcast()
	return l, ctx.Err()
}

// run lets all arrive up to a load, or all that there is.
func (b *belt) run(to *load) {
	for len(b.loads) > 0 && (to == nil || !to.done) {
		l := b.loads[0]
		b.loads = b.loads[1:]
		ctx := context.Background()
		if b.breaks--; b.breaks == 0 {
			for _, lost := range append([]*load{l}, b.loads...) {
				b.size -= uint64(len(lost.entries))
				lost.done, lost.err = true, errBroken
			}
			b.loads = nil
			return
		}
		at := b.size - uint64(len(l.entries))
		for _, behind := range b.loads {
			at -= uint64(len(behind.entries))
		}
		l.err = errors.Join(b.Put(ctx, l.parts), b.Append(ctx, at, l.entries))
		l.done = true
	}
}

func (l *load) Wait() error {
	l.b.mu.Lock()
	defer l.b.mu.Unlock()
	for l.b.held && !l.done {
		l.b.moves.Wait()
	}
	l.b.run(l)
	return l.err
}

// belt is one over the store of a world.
func (w *world) belt() *belt {
	b := &belt{Memory: w.store}
	b.size, _ = w.engine.Head()
	b.moves = sync.NewCond(&b.mu)
	return b
}

// letGo lets what is underway arrive.
func (b *belt) letGo() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = false
	b.moves.Broadcast()
}

// hold keeps what is begun from now on underway.
func (b *belt) hold() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = true
}

// carries waits until so much is underway.
func (b *belt) carries(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.loads) < n {
		b.moves.Wait()
	}
}

// A report is what somebody was told.
type report struct {
	receipt consent.Receipt
	err     error
}

// onBelt has a belt for its store.
func onBelt(t *testing.T) (*world, *belt) {
	t.Helper()
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	b := w.belt()
	w.open(func(c *consent.Config) { c.Store, c.Vault = blindable{b}, blindable{b} })
	return w, b
}

// send gives a command, and does not wait for what comes of it.
func (w *world) send(who circle.PersonID, cmd consent.Command, how ...consent.Sending) <-chan report {
	told := make(chan report, 1)
	go func() {
		r, err := w.engine.Do(context.Background(), circle.Actor{By: who}, cmd, how...)
		told <- report{r, err}
	}()
	return told
}

// silent wants nothing to be told yet.
func silent[T any](t *testing.T, told <-chan T) {
	t.Helper()
	select {
	case <-told:
		t.Fatal("somebody was told of what had not arrived")
	case <-time.After(10 * time.Millisecond):
	}
}

// A blindable belt can be made unreadable.
type blindable struct{ *belt }

func (b blindable) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	if b.blind {
		return func(yield func([]byte, error) bool) { yield(nil, errBroken) }
	}
	return b.belt.Read(ctx, from)
}

// TestCommandsShareTheWay: a command is decided on one that is still underway, and
// nobody is told of either before it has arrived (D1, D2).
func TestCommandsShareTheWay(t *testing.T) {
	w, b := onBelt(t)
	size, _ := w.engine.Head()
	watch, stop := context.WithCancel(t.Context())
	defer stop()
	seen := make(chan consent.Recorded, 9)
	go func() {
		for r, err := range w.engine.Watch(watch, size) {
			if err != nil {
				t.Error(err)
			}
			seen <- r
		}
	}()
	b.hold()
	first := w.send(ana, submission("p"), consent.WithID("k"))
	b.carries(1)
	second := w.send(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	b.carries(2)
	heads := make(chan uint64, 1)
	go func() {
		n, _ := w.engine.Head()
		heads <- n
	}()
	stages := make(chan consent.Stage, 1)
	go func() { stages <- w.stage("p") }()
	silent(t, first)
	silent(t, second)
	silent(t, heads)
	silent(t, stages)
	silent(t, seen)
	b.letGo()
	require.NoError(t, (<-first).err)
	require.NoError(t, (<-second).err)
	require.Equal(t, size+2, <-heads)
	require.Equal(t, consent.StageDecide, <-stages)
	require.Equal(t, size, (<-seen).Position)
	require.Equal(t, size+1, (<-seen).Position)
	w.replays()
}

// TestRefusedOnWhatIsUnderway: a refusal says nothing of what has not arrived; where
// that never does, the command is decided without it.
func TestRefusedOnWhatIsUnderway(t *testing.T) {
	for _, arrives := range []bool{true, false} {
		w, b := onBelt(t)
		b.hold()
		b.breaks = one(!arrives)
		first := w.send(ana, submission("p"))
		b.carries(1)
		second := w.send(ben, submission("p"))
		silent(t, second)
		b.letGo()
		if arrives {
			require.NoError(t, (<-first).err)
			require.ErrorContains(t, (<-second).err, circle.TakenID.ID)
		} else {
			require.ErrorIs(t, (<-first).err, consent.ErrUnknown)
			require.NoError(t, (<-second).err)
		}
		w.replays()
	}
}

// TestSentAgainWhileUnderway: a command that is sent again before it has arrived
// takes effect once, and both senders are told the same (D3).
func TestSentAgainWhileUnderway(t *testing.T) {
	w, b := onBelt(t)
	b.hold()
	first := w.send(ana, submission("p"), consent.WithID("k"))
	b.carries(1)
	again := w.send(ana, submission("p"), consent.WithID("k"))
	silent(t, again)
	b.letGo()
	once, twice := <-first, <-again
	require.NoError(t, once.err)
	require.NoError(t, twice.err)
	require.True(t, twice.receipt.Repeated)
	require.Equal(t, once.receipt.Position, twice.receipt.Position)
}

// TestWhatDoesNotArrive: whichever entry is the first that does not arrive, those
// before it stand and were acknowledged, those from it on were not and are gone from
// the engine too; sent again, each takes effect once (D1, D3).
func TestWhatDoesNotArrive(t *testing.T) {
	commands := []consent.Command{
		submission("p"), consent.OpenRound{Proposal: "p", Round: consent.ConsentRound},
		consent.Respond{Proposal: "p", Answer: consent.Consents}, submission("p-2"),
	}
	ids := []string{"k-0", "k-1", "k-2", "k-3"}
	for breaks := 1; breaks <= len(commands)+1; breaks++ {
		w, b := onBelt(t)
		size, _ := w.engine.Head()
		b.hold()
		b.breaks = breaks
		var told []<-chan report
		for i, cmd := range commands {
			told = append(told, w.send(ana, cmd, consent.WithID(ids[i])))
			b.carries(i + 1)
		}
		b.letGo()
		for i := range commands {
			r := <-told[i]
			if i < breaks-1 {
				require.NoError(t, r.err)
				require.Equal(t, size+uint64(i), r.receipt.Position)
				continue
			}
			require.ErrorIs(t, r.err, consent.ErrUnknown)
			require.Zero(t, r.receipt)
		}
		head, _ := w.engine.Head()
		require.Equal(t, size+uint64(breaks)-1, head)
		require.Len(t, w.bytes(), int(head))
		w.replays()
		for i, cmd := range commands {
			require.Equal(t, i < breaks-1, w.must(ana, cmd, consent.WithID(ids[i])).Repeated)
		}
		w.replays()
	}
}

// A lateBelt lets something else happen after it was given the second entry, and before it says that it has it.
type lateBelt struct {
	*belt
	begun     int
	meanwhile func()
}

func (l *lateBelt) Begin(ctx context.Context, size uint64, parts []ledger.Part, entries [][]byte) (ledger.Begun, error) {
	begun, err := l.belt.Begin(ctx, size, parts, entries)
	if l.begun++; l.begun == 2 {
		l.meanwhile()
	}
	return begun, err
}

// TestLostWhileTheNextIsGiven: where an entry is lost while the next one is being given to the store, the sender of that is not
// told that it was recorded (D3).
func TestLostWhileTheNextIsGiven(t *testing.T) {
	w, b := onBelt(t)
	var first <-chan report
	var lost report
	late := &lateBelt{belt: b, meanwhile: func() {
		b.mu.Lock()
		b.breaks = 1
		b.mu.Unlock()
		b.letGo()
		lost = <-first
	}}
	w.open(func(c *consent.Config) { c.Store, c.Vault = late, late })
	b.hold()
	first = w.send(ana, submission("p"))
	b.carries(1)
	r := <-w.send(ana, submission("p-2"))
	require.ErrorIs(t, lost.err, consent.ErrUnknown)
	require.ErrorIs(t, r.err, consent.ErrUnknown)
	require.Zero(t, r.receipt)
	w.replays()
}

// TestSentAgainAtOnce: what did not arrive is sent again before anybody has looked, and takes effect.
func TestSentAgainAtOnce(t *testing.T) {
	w, b := onBelt(t)
	size, _ := w.engine.Head()
	b.hold()
	b.breaks = 1
	told := w.send(ana, submission("p"), consent.WithID("k"))
	b.carries(1)
	b.letGo()
	require.ErrorIs(t, (<-told).err, consent.ErrUnknown)
	r, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"), consent.WithID("k"))
	require.NoError(t, err)
	require.False(t, r.Repeated)
	require.Equal(t, size, r.Position)
	w.replays()
}

// TestNothingArrivesAndNothingCanBeRead: as long as the ledger cannot be read after
// a failed write, nothing is decided, and Head stays at what had arrived.
func TestNothingArrivesAndNothingCanBeRead(t *testing.T) {
	w, b := onBelt(t)
	var log bytes.Buffer
	w.open(func(c *consent.Config) {
		c.Store, c.Vault, c.Logger = blindable{b}, blindable{b}, slog.New(slog.NewTextHandler(&log, nil))
	})
	w.must(ana, submission("p"))
	size, root := w.engine.Head()
	b.breaks, b.blind = 1, true
	_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-2"))
	require.ErrorIs(t, err, consent.ErrUnknown)
	_, err = w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-3"))
	require.ErrorIs(t, err, errBroken)
	require.NotErrorIs(t, err, consent.ErrUnknown, "it was not decided")
	_, err = w.engine.Tick(t.Context())
	require.ErrorIs(t, err, errBroken)
	require.NotErrorIs(t, err, consent.ErrUnknown)
	held, is := w.engine.Head()
	require.Equal(t, size, held)
	require.Equal(t, root, is)
	w.engine.Look(func(*consent.State) {})
	require.Contains(t, log.String(), "the ledger cannot be read anew after a failed write")
	log.Reset()
	b.blind = false
	w.engine.Look(func(*consent.State) {})
	require.Empty(t, log.String(), "it could")
	held, is = w.engine.Head()
	require.Equal(t, size, held)
	require.Equal(t, root, is)
	w.must(ana, submission("p-3"))
	w.replays()
}

// TestTickThatDoesNotArrive: what time has brought about is told once it has arrived,
// and comes about again where it has not.
func TestTickThatDoesNotArrive(t *testing.T) {
	w, b := onBelt(t)
	w.put("p")
	w.consents("p", ana, ben)
	w.must(ana, consent.CloseRound{Proposal: "p"})
	w.now = w.now.Add(6 * 24 * time.Hour)
	b.breaks = 1
	_, err := w.engine.Tick(t.Context())
	require.ErrorIs(t, err, consent.ErrUnknown)
	receipts, err := w.engine.Tick(t.Context())
	require.NoError(t, err)
	require.Len(t, receipts, 1, "it fires once")
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestForgettingThatDoesNotArrive: nothing is destroyed, and nothing handed over, on the strength of an
// entry that does not arrive: who asked is told that nobody knows, and asks again (D3).
func TestForgettingThatDoesNotArrive(t *testing.T) {
	for what, ask := range map[string]func(w *world) error{
		"an erasure": func(w *world) error {
			_, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
			return err
		},
		"words that are put right": func(w *world) error {
			_, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(w.need("n"), "Mr Braun is cold", takesOld))
			return err
		},
	} {
		w, v := forgettable(t)
		w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
		before, _ := w.engine.Head()
		b := w.belt()
		b.breaks = 1
		w.open(func(c *consent.Config) { c.Store, c.Vault = blindable{b}, v })
		require.ErrorIs(t, ask(w), consent.ErrUnknown, what)
		for range 2 {
			after, _ := w.engine.Head()
			require.Equal(t, before, after, what)
			require.Empty(t, w.erasures(), what)
			_, err := w.said("p")
			require.NoError(t, err, what)
			now, err := w.engine.Words(t.Context(), w.need("n"))
			require.NoError(t, err, what)
			require.Equal(t, "Mr Brown is cold", now)
			w.at(w.now)
		}
		require.NoError(t, ask(w), what)
		after, _ := w.engine.Head()
		require.Greater(t, after, before, what)
		w.replays()
	}
}

// TestWordsTravelAlong: the words of a command are in the vault when its entry has
// arrived, and not without it.
func TestWordsTravelAlong(t *testing.T) {
	w, b := onBelt(t)
	b.hold()
	told := w.send(ana, submission("p"))
	b.carries(1)
	require.NotEmpty(t, b.loads[0].parts, "they were put with the entry")
	b.letGo()
	r := <-told
	require.NoError(t, r.err)
	found, ok, err := w.engine.Find(t.Context(), r.receipt.ID)
	require.NoError(t, err)
	require.True(t, ok)
	for _, part := range found.Entry.Parts {
		c, err := ledger.ParseCommitment(part.Commitment)
		require.NoError(t, err)
		_, err = b.Get(t.Context(), c)
		require.NoError(t, err)
	}
}

// TestManyOnAStoreOfFiles: what many people were told at once is in the ledger on
// the disk, each thing once and where they were told, and nothing else.
func TestManyOnAStoreOfFiles(t *testing.T) {
	dir := t.TempDir()
	store, err := filestore.Open(dir)
	require.NoError(t, err)
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		for e, err := range c.Store.Read(context.Background(), 0) {
			require.NoError(t, err)
			size, _ := countOf(store)
			require.NoError(t, store.Append(context.Background(), size, [][]byte{e}))
		}
		c.Store, c.Vault = store, store
	})
	before, err := countOf(store)
	require.NoError(t, err)
	var all sync.WaitGroup
	var mu sync.Mutex
	told := map[uint64]string{}
	for g := range 16 {
		all.Go(func() {
			for i := range 10 {
				id := fmt.Sprintf("k-%d-%d", g, i)
				r, err := w.engine.Do(context.Background(), circle.Actor{By: ana}, submission(proposal.ID("p"+id[1:])), consent.WithID(id))
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				told[r.Position] = id
				mu.Unlock()
			}
		})
	}
	all.Wait()
	size, root := w.engine.Head()
	require.Equal(t, before+160, size)
	require.NoError(t, store.Close())
	store, err = filestore.Open(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, store.Close()) }()
	require.NoError(t, ledger.Verify(t.Context(), store, size, root))
	pos := before
	for e, err := range store.Read(t.Context(), before) {
		require.NoError(t, err)
		entry, err := consent.DecodeEntry(e, pos)
		require.NoError(t, err)
		require.Equal(t, told[pos], entry.ID)
		pos++
	}
	require.Equal(t, size, pos)
}

// countOf counts the entries of a store.
func countOf(s ledger.Store) (n uint64, err error) {
	for _, err := range s.Read(context.Background(), 0) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// TestReadWhileUnderway: an entry that has arrived is read though the next is still underway, and one that is nowhere is not
// waited for.
func TestReadWhileUnderway(t *testing.T) {
	w, b := onBelt(t)
	size, _ := w.engine.Head()
	_, err := w.engine.Entry(t.Context(), size)
	require.ErrorIs(t, err, ledger.ErrNoEntry)
	b.hold()
	told := w.send(ana, submission("p"))
	b.carries(1)
	require.NoError(t, <-w.entryAt(size-1))
	silent(t, told)
	b.letGo()
	require.NoError(t, (<-told).err)
}

// TestNoWordsNoVault: what has no words is recorded though the vault is down.
func TestNoWordsNoVault(t *testing.T) {
	vault := &badVault{Memory: &ledger.Memory{}}
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Vault = vault })
	w.put("p")
	vault.puts = 1
	w.consents("p", ana)
	require.Equal(t, 1, vault.puts, "nobody asked it")
	w.replays()
}
