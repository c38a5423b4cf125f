package consent_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// A courier is a vault whose words stay underway while the gate is shut that there was when
// they were begun, and may be lost.
type courier struct {
	*vault.Vault
	gate   chan struct{}
	lost   error
	begun  chan ledger.Begun // each as it was begun
	waited chan struct{}     // each as somebody began to wait for it
}

func (c *courier) BeginPut(ctx context.Context, parts []ledger.Part) (ledger.Begun, error) {
	b, err := c.Vault.BeginPut(ctx, parts)
	if err != nil {
		return nil, err
	}
	c.begun <- b
	return onFoot{c.gate, c.lost, b, c.waited}, nil
}

// shut shuts the gate until it is opened, at the latest when the test ends.
func (c *courier) shut(t *testing.T) (open func()) {
	gate := make(chan struct{})
	c.gate = gate
	open = sync.OnceFunc(func() { close(gate) })
	t.Cleanup(open)
	return open
}

type onFoot struct {
	gate   chan struct{}
	lost   error
	b      ledger.Begun
	waited chan<- struct{}
}

func (o onFoot) Wait() error {
	select {
	case o.waited <- struct{}{}:
	default:
	}
	<-o.gate
	if o.lost != nil {
		return o.lost
	}
	return o.b.Wait()
}

// byCourier has its store in files, and its words brought by a courier.
func byCourier(t *testing.T) (*world, *courier, *forger, string) {
	t.Helper()
	dir := t.TempDir()
	store, on := onForger(t, dir)
	c := &courier{gate: make(chan struct{}), begun: make(chan ledger.Begun, 99), waited: make(chan struct{}, 99)}
	close(c.gate)
	w, _ := forgettable(t, on, func(config *consent.Config) {
		c.Vault = config.Vault.(*vault.Vault)
		config.Vault = c
	})
	<-c.begun // of the proposal that is there
	c.waited = make(chan struct{}, 99)
	return w, c, store, dir
}

// TestWordsShareASync: the words of one command need not be durable before the next is
// decided, and nobody is told of either before all has arrived (D1, D2).
func TestWordsShareASync(t *testing.T) {
	w, c, _, _ := byCourier(t)
	before, _ := w.engine.Head()
	open := c.shut(t)
	first := w.send(ana, submission("p-1"))
	<-c.begun
	second := w.send(ana, submission("p-2"))
	<-c.begun
	third := w.send(ana, consent.OpenRound{Proposal: "p-2", Round: consent.ConsentRound})
	silent(t, first)
	silent(t, second)
	silent(t, third)
	open()
	for _, told := range []<-chan report{first, second, third} {
		require.NoError(t, (<-told).err)
	}
	size, _ := w.engine.Head()
	require.Equal(t, before+3, size)
	for _, p := range []string{"p-1", "p-2"} {
		_, err := w.said(p)
		require.NoError(t, err)
	}
	_, err := w.engine.Verify(t.Context())
	require.NoError(t, err)
}

// TestWordsGoToTheVaultAlone: whatever a vault can do, a store of entries that has room for words gets none of them, where the
// vault is another (P1).
func TestWordsGoToTheVaultAlone(t *testing.T) {
	for name, of := range map[string]func(ledger.Vault) ledger.Vault{
		"takes them before they are durable": func(v ledger.Vault) ledger.Vault { return v },
		"puts them one by one":               func(v ledger.Vault) ledger.Vault { return struct{ ledger.Vault }{v} },
	} {
		dir := t.TempDir()
		store, on := onForger(t, dir)
		w, _ := forgettable(t, on, func(c *consent.Config) { c.Vault = of(c.Vault) })
		r := w.must(ana, proposal.Submit{ID: "marmalade", Circle: den, Text: text("Quinces from the garden behind the mill")})
		found, ok, err := w.engine.Find(t.Context(), r.ID)
		require.NoError(t, err)
		require.True(t, ok)
		require.Len(t, found.Entry.Parts, 1)
		c, err := ledger.ParseCommitment(found.Entry.Parts[0].Commitment)
		require.NoError(t, err)
		_, err = store.Get(t.Context(), c)
		require.ErrorIs(t, err, ledger.ErrNoPart, name)
		said, err := w.said("marmalade")
		require.NoError(t, err)
		require.Equal(t, "Quinces from the garden behind the mill", said)
		files, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			if f.Type().IsRegular() {
				b, err := os.ReadFile(filepath.Join(dir, f.Name()))
				require.NoError(t, err)
				require.NotContains(t, string(b), "Quinces", "%s: %s", name, f.Name())
			}
		}
	}
}

// TestManyWithWords: what many people said at once is there, the entries on the disk and
// the words in the vault.
func TestManyWithWords(t *testing.T) {
	w, c, store, _ := byCourier(t)
	before, _ := w.engine.Head()
	c.begun = make(chan ledger.Begun, 16*10)
	var all sync.WaitGroup
	for g := range 16 {
		all.Go(func() {
			for i := range 10 {
				id := fmt.Sprintf("%d-%d", g, i)
				_, err := w.engine.Do(context.Background(), circle.Actor{By: ana}, submission(proposal.ID("p-"+id)), consent.WithID("k-"+id))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	require.Len(t, c.begun, 160, "each began to put, and none waited for it on the way")
	size, root := w.engine.Head()
	require.Equal(t, before+160, size)
	require.NoError(t, ledger.Verify(t.Context(), store, size, root))
	for g := range 16 {
		for i := range 10 {
			_, err := w.said(fmt.Sprintf("p-%d-%d", g, i))
			require.NoError(t, err)
		}
	}
}

// TestWordsDoNotArrive: where words are lost, no entry is there that names them, nor one
// that was decided on it; who sent them is told that it is not known, and sends again (D3).
func TestWordsDoNotArrive(t *testing.T) {
	w, c, store, dir := byCourier(t)
	before, _ := w.engine.Head()
	open := c.shut(t)
	c.lost = errBroken
	first := w.send(ana, submission("p-1"), consent.WithID("k-1"))
	<-c.begun
	second := w.send(ana, consent.OpenRound{Proposal: "p-1", Round: consent.ConsentRound}, consent.WithID("k-2"))
	silent(t, second)
	open()
	for _, told := range []<-chan report{first, second} {
		r := <-told
		require.ErrorIs(t, r.err, consent.ErrUnknown)
		require.ErrorIs(t, r.err, errBroken)
	}
	_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-3"))
	require.ErrorIs(t, err, ledger.ErrDead)
	require.NoError(t, store.Close())

	c.lost = nil
	again, err := filestore.Open(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, again.Close()) }()
	size, err := countOf(again)
	require.NoError(t, err)
	require.Equal(t, before, size)
	w.open(func(config *consent.Config) { config.Store = again })
	require.False(t, w.must(ana, submission("p-1"), consent.WithID("k-1")).Repeated)
	require.False(t, w.must(ana, consent.OpenRound{Proposal: "p-1", Round: consent.ConsentRound}, consent.WithID("k-2")).Repeated)
	_, err = w.said("p-1")
	require.NoError(t, err)
}

// TestEraseWhatIsUnderway: who is erased while their words are still on the way is erased
// with these (P2).
func TestEraseWhatIsUnderway(t *testing.T) {
	w, c, _, _ := byCourier(t)
	open := c.shut(t)
	told := w.send(ana, submission("p-1"))
	<-c.begun
	erased := make(chan error, 1)
	go func() {
		_, err := w.engine.Erase(context.Background(), circle.Actor{By: ben}, onRequest)
		erased <- err
	}()
	silent(t, erased)
	open()
	require.NoError(t, (<-told).err)
	require.NoError(t, <-erased)
	for _, p := range []string{"p", "p-1"} {
		_, err := w.said(p)
		require.ErrorIs(t, err, consent.ErrErased)
	}
	for _, err := range c.About(t.Context(), string(ana)) {
		t.Fatal("something is left about her", err)
	}
}

// TestVaultRefusesAtOnce: what the vault refuses before it takes anything is told to who
// sent it, and spoils nothing.
func TestVaultRefusesAtOnce(t *testing.T) {
	w, c, _, _ := byCourier(t)
	before, _ := w.engine.Head()
	require.NoError(t, c.Close())
	_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p-1"))
	require.ErrorIs(t, err, ledger.ErrClosed)
	require.NotErrorIs(t, err, consent.ErrUnknown)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	size, _ := w.engine.Head()
	require.Equal(t, before+1, size)
}

// bring sends a command with words behind a gate of its own, and returns once they are
// underway.
func (c *courier) bring(t *testing.T, w *world, p proposal.ID, lost error) (told <-chan report, open func()) {
	open, c.lost = c.shut(t), lost
	told = w.send(ana, submission(p))
	<-c.begun
	return told, open
}

// entryAt reads an entry, and does not wait for what comes of it.
func (w *world) entryAt(pos uint64) <-chan error {
	read := make(chan error, 1)
	go func() {
		_, err := w.engine.Entry(context.Background(), pos)
		read <- err
	}()
	return read
}

// TestReadAgainWhileUnderway: what is read again is held against the tree also while others are on
// their way; it waits for these only if it lies among them (D1, D5).
func TestReadAgainWhileUnderway(t *testing.T) {
	w, c, store, _ := byCourier(t)
	before, _ := w.engine.Head()
	first, openFirst := c.bring(t, w, "p-1", nil)
	<-c.waited // the store writes this one
	second, openSecond := c.bring(t, w, "p-2", nil)

	_, err := w.engine.Entry(t.Context(), before-1)
	require.NoError(t, err)
	store.forge(t, before-1, "ana", "ben")
	_, err = w.engine.Entry(t.Context(), before-1)
	require.ErrorIs(t, err, ledger.ErrCorrupt, "found without waiting")
	store.forged = nil

	openFirst()
	require.NoError(t, (<-first).err)
	store.forge(t, before, "ana", "ben")
	read := w.entryAt(before)
	silent(t, read)
	openSecond()
	require.NoError(t, (<-second).err)
	require.ErrorIs(t, <-read, ledger.ErrCorrupt)
	store.forged = nil
	for _, pos := range []uint64{before, before + 1} {
		require.NoError(t, <-w.entryAt(pos))
	}
}

// TestReadBeforeWhatIsLost: what has arrived is told also where what was on its way behind
// it is lost.
func TestReadBeforeWhatIsLost(t *testing.T) {
	w, c, _, _ := byCourier(t)
	before, _ := w.engine.Head()
	first, openFirst := c.bring(t, w, "p-1", nil)
	<-c.waited
	second, openSecond := c.bring(t, w, "p-2", errBroken)
	openFirst()
	require.NoError(t, (<-first).err)
	read := w.entryAt(before)
	silent(t, read)
	openSecond()
	require.ErrorIs(t, (<-second).err, errBroken)
	require.NoError(t, <-read)
}
