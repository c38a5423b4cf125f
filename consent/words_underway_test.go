package consent_test

import (
	"context"
	"fmt"
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

// A courier is a vault whose words stay underway while its gate is shut, and may be lost.
type courier struct {
	*vault.Vault
	gate  chan struct{}
	lost  error
	begun chan ledger.Begun // each as it was begun
}

func (c *courier) BeginPut(ctx context.Context, parts []ledger.Part) (ledger.Begun, error) {
	b, err := c.Vault.BeginPut(ctx, parts)
	if err != nil {
		return nil, err
	}
	c.begun <- b
	return onFoot{c, b}, nil
}

type onFoot struct {
	c *courier
	b ledger.Begun
}

func (o onFoot) Wait() error {
	<-o.c.gate
	if o.c.lost != nil {
		return o.c.lost
	}
	return o.b.Wait()
}

// byCourier has its store in files, and its words brought by a courier.
func byCourier(t *testing.T) (*world, *courier, *filestore.Store, string) {
	t.Helper()
	dir := t.TempDir()
	store, err := filestore.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = store.Close() })
	c := &courier{gate: make(chan struct{}), begun: make(chan ledger.Begun, 99)}
	close(c.gate)
	w, v := forgettable(t, func(config *consent.Config) {
		c.Vault = config.Vault.(*vault.Vault)
		for e, err := range config.Store.Read(context.Background(), 0) {
			require.NoError(t, err)
			size, _ := countOf(store)
			require.NoError(t, store.Append(context.Background(), size, [][]byte{e}))
		}
		config.Store, config.Vault = store, c
	})
	require.Same(t, v, c.Vault)
	<-c.begun // of the proposal that is there
	return w, c, store, dir
}

// TestWordsShareASync: the words of one command need not be durable before the next is
// decided, and nobody is told of either before all has arrived (D1, D2).
func TestWordsShareASync(t *testing.T) {
	w, c, _, _ := byCourier(t)
	before, _ := w.engine.Head()
	c.gate = make(chan struct{})
	first := w.send(ana, submission("p-1"))
	<-c.begun
	second := w.send(ana, submission("p-2"))
	<-c.begun
	third := w.send(ana, consent.OpenRound{Proposal: "p-2", Round: consent.ConsentRound})
	silent(t, first)
	silent(t, second)
	silent(t, third)
	close(c.gate)
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
	c.gate, c.lost = make(chan struct{}), errBroken
	first := w.send(ana, submission("p-1"), consent.WithID("k-1"))
	<-c.begun
	second := w.send(ana, consent.OpenRound{Proposal: "p-1", Round: consent.ConsentRound}, consent.WithID("k-2"))
	silent(t, second)
	close(c.gate)
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
	c.gate = make(chan struct{})
	told := w.send(ana, submission("p-1"))
	<-c.begun
	erased := make(chan error, 1)
	go func() {
		_, err := w.engine.Erase(context.Background(), circle.Actor{By: ben}, onRequest)
		erased <- err
	}()
	silent(t, erased)
	close(c.gate)
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
