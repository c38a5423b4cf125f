package vault

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// begins begins to put and wants no error.
func begins(tb testing.TB, v *Vault, parts ...ledger.Part) ledger.Begun {
	tb.Helper()
	b, err := v.BeginPut(ctx, parts)
	require.NoError(tb, err)
	return b
}

// syncs counts what a machine is asked to make durable from now on.
func syncs(m *machine) *int {
	n := new(int)
	m.fault = func(_ int, what string) fault {
		if strings.HasPrefix(what, "sync") {
			*n++
		}
		return noFault
	}
	return n
}

// What is begun together shares one sync, once the people whom it is about have their
// keys. Until then nobody reads it.
func TestWhatIsBegunTogetherSharesASync(t *testing.T) {
	m := written(t, ofAnna, ofBob, said("both: as before", anna, "bob"))
	v, _, err := m.open()
	require.NoError(t, err)
	n := syncs(m)
	var begun []ledger.Begun
	for i := range 100 {
		own := []ledger.Part{said(fmt.Sprint("of Anna ", i), anna), said(fmt.Sprint("both: ", i), anna, "bob")}
		begun = append(begun, begins(t, v, own...))
		clear(own[0].Content) // what was given is the caller's
		own[1].About[0] = "eve"
		_, err := v.Get(ctx, said(fmt.Sprint("of Anna ", i)).Commitment())
		require.ErrorIs(t, err, ledger.ErrNoPart)
	}
	require.Zero(t, *n)
	for _, b := range begun {
		require.NoError(t, b.Wait())
		require.NoError(t, b.Wait(), "it says the same each time")
		require.Equal(t, 1, *n)
	}
	require.Empty(t, v.queue.begun)
	m.fault = nil
	v, _, err = m.survivors(loseAll, nil).open()
	require.NoError(t, err)
	for i := range 100 {
		got, err := v.Get(ctx, said(fmt.Sprint("of Anna ", i)).Commitment())
		require.NoError(t, err)
		require.Equal(t, []string{anna}, got.About)
		got, err = v.Get(ctx, said(fmt.Sprint("both: ", i)).Commitment())
		require.NoError(t, err)
		require.Equal(t, []string{anna, "bob"}, got.About)
	}
}

// What cannot be put is refused when it is begun, and takes nothing; what is on its way
// already is put once.
func TestBeginPutRefuses(t *testing.T) {
	m := written(t, ofAnna, ofCia)
	v, _, err := m.open()
	require.NoError(t, err)
	_, err = v.EraseParts(ctx, ofCia.Commitment())
	require.NoError(t, err)
	b := begins(t, v, ofBob)
	otherwise := func(p ledger.Part) ledger.Part { p.Kind = "text"; return p }
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for says, c := range map[string]struct {
		ctx  context.Context
		list []ledger.Part
		want error
	}{
		"of no command":                      {ctx, []ledger.Part{{}}, ledger.ErrBadPart},
		"too many":                           {ctx, make([]ledger.Part, ledger.MaxParts+1), ledger.ErrTooLarge},
		"there with other labels":            {ctx, []ledger.Part{otherwise(ofAnna)}, ledger.ErrOtherPart},
		"on its way with other labels":       {ctx, []ledger.Part{otherwise(ofBob)}, ledger.ErrOtherPart},
		"twice with different labels":        {ctx, []ledger.Part{ofBoth, otherwise(ofBoth)}, ledger.ErrOtherPart},
		"erased":                             {ctx, []ledger.Part{ofCia}, ledger.ErrErased},
		"for somebody who waits no more":     {ended, []ledger.Part{ofBoth}, context.Canceled},
		"there, for somebody who is no more": {ended, []ledger.Part{ofAnna}, context.Canceled},
	} {
		_, err := v.BeginPut(c.ctx, c.list)
		require.ErrorIs(t, err, c.want, says)
		_, err = v.Get(ctx, ofBoth.Commitment())
		require.ErrorIs(t, err, ledger.ErrNoPart, says)
	}
	count := v.shelf.count
	for _, list := range [][]ledger.Part{{ofAnna}, {ofBob}, {ofAnna, ofBob, ofBob}, {}} {
		require.NoError(t, begins(t, v, list...).Wait())
	}
	require.NoError(t, b.Wait())
	require.Equal(t, count, v.shelf.count)
	require.NoError(t, v.Close())
	_, err = v.BeginPut(ctx, []ledger.Part{ofBoth})
	require.ErrorIs(t, err, ledger.ErrClosed)
}

// Whatever is done to a vault comes after what was begun before: who is erased is erased
// with the words that were still on their way.
func TestWhatWasBegunComesFirst(t *testing.T) {
	for says, c := range map[string]struct {
		do   func(v *Vault) error
		then scene
	}{
		"erasing people":   {func(v *Vault) error { _, err := v.EraseAs(ctx, "m", anna); return err }, scene{"what Anna said": "erased as m"}},
		"erasing parts":    {func(v *Vault) error { _, err := v.EraseParts(ctx, ofAnna.Commitment()); return err }, scene{"what Anna said": "erased"}},
		"handing over":     {func(v *Vault) error { return v.HandOver(ctx, ofAnna.Commitment()) }, scene{"what Anna said": "what Anna said about []"}},
		"putting":          {func(v *Vault) error { return v.Put(ctx, []ledger.Part{ofBob}) }, scene{"what Anna said": "what Anna said about [" + anna + "]", "what Bob said": "what Bob said about [bob]"}},
		"holding":          {func(v *Vault) error { return v.Hold(ctx, anna) }, scene{"what Anna said": "what Anna said about [" + anna + "]"}},
		"a new epoch":      {func(v *Vault) error { return v.Rotate(ctx) }, scene{"what Anna said": "what Anna said about [" + anna + "]"}},
		"closing the file": {func(v *Vault) error { return v.Close() }, scene{"what Anna said": "what Anna said about [" + anna + "]"}},
	} {
		m := newMachine()
		v, _, err := m.open()
		require.NoError(t, err)
		b := begins(t, v, ofAnna)
		require.NoError(t, c.do(v), says)
		require.NoError(t, b.Wait(), says)
		require.NoError(t, v.Close())
		require.NoError(t, wants(m.survivors(loseAll, nil), c.then), says)
	}
}

// A batch that is full is written, and the next begins: no write is longer than what is
// left of one may be.
func TestFullBatch(t *testing.T) {
	m := newMachine()
	v, _, err := m.open()
	require.NoError(t, err)
	require.NoError(t, v.Put(ctx, []ledger.Part{said("first", anna, "bob")}))
	n := syncs(m)
	var begun []ledger.Begun
	together := 0 // how many go together
	for i := range 40 {
		p := said(fmt.Sprint("both: long ", i), anna, "bob")
		p.Content = append(p.Content, make([]byte, ledger.MaxPart-100)...)
		together = maxWrite / room(p)
		before := v.shelf.end
		begun = append(begun, begins(t, v, p))
		require.LessOrEqual(t, v.shelf.end-before, int64(maxWrite))
	}
	require.Equal(t, 39/together, *n)
	for _, b := range begun {
		require.NoError(t, b.Wait())
	}
	before := *n
	for i := range ledger.MaxBatch + 1 {
		begins(t, v, said(fmt.Sprint("short ", i), anna))
	}
	require.Equal(t, before+1, *n)
}

// room is never less than what is written.
func TestRoom(t *testing.T) {
	m := newMachine()
	v, _, err := m.open()
	require.NoError(t, err)
	for i, p := range append(all, said("both: "+strings.Repeat("x", 1000), "a", "b", "c", "a"), said("both: of nobody")) {
		before := v.shelf.end
		require.NoError(t, v.Put(ctx, []ledger.Part{p}))
		require.GreaterOrEqual(t, int64(room(p)), v.shelf.end-before, "%d", i)
	}
}

// TestBatchFails: where a batch cannot be written, all who wait for it are told, and the
// vault is dead: what was begun behind it fails too (D4).
func TestBatchFails(t *testing.T) {
	for _, at := range []string{"create", "write", "sync"} {
		m := newMachine()
		v, _, err := m.open()
		require.NoError(t, err)
		one, two := begins(t, v, ofAnna), begins(t, v, ofBob)
		m.fault = func(_ int, what string) fault {
			if strings.HasPrefix(what, at) {
				return faultAfter
			}
			return noFault
		}
		require.ErrorIs(t, two.Wait(), errFault)
		m.fault = nil
		require.ErrorIs(t, one.Wait(), errFault)
		require.ErrorIs(t, two.Wait(), errFault, "it says the same each time")
		_, err = v.BeginPut(ctx, []ledger.Part{ofBoth})
		require.ErrorIs(t, err, ledger.ErrDead)
		require.NoError(t, v.Close())
	}
	m := newMachine()
	v, _, err := m.open()
	require.NoError(t, err)
	one := begins(t, v, ofAnna)
	v.failed = ledger.ErrDead
	require.ErrorIs(t, one.Wait(), ledger.ErrDead)
}

// TestBatchIsCut: a batch of many puts is there whole or not at all, wherever the power
// goes in the middle of it and whatever the disk keeps, and is never taken for damage (D1, D2).
func TestBatchIsCut(t *testing.T) {
	points := 0
	for steps := 0; ; steps += cutStride {
		var cut bool
		m := written(t, ofCia)
		m.steps = steps
		v, _, err := m.open()
		var begun []ledger.Begun
		for _, list := range [][]ledger.Part{{ofAnna, agreed}, {ofBoth}, {inCommon, ofBob}} {
			if err == nil {
				var b ledger.Begun
				b, err = v.BeginPut(ctx, list)
				begun = append(begun, b)
			}
		}
		if err == nil {
			err = begun[1].Wait()
		}
		cut = err != nil
		if err == nil {
			for _, b := range begun {
				require.NoError(t, b.Wait())
			}
		}
		for how := range losses {
			points++
			left := m.survivors(how, rand.New(rand.NewPCG(uint64(steps), uint64(how))))
			v, _, err := left.open()
			require.NoError(t, err, "cut after %d steps, loss %d", steps, how)
			got, err := look(v)
			require.NoError(t, err)
			require.Contains(t, got, "what Cia said")
			require.Contains(t, []int{1, 6}, len(got), "cut after %d steps, loss %d", steps, how)
			if !cut {
				require.Len(t, got, 6)
			}
			require.NoError(t, v.Close())
			require.NoError(t, wants(left.survivors(loseAll, nil), got))
		}
		if !cut {
			break
		}
	}
	t.Logf("%d power cuts", points)
	require.Greater(t, points, 1000/cutStride)
}

// What is begun while somebody is putting the same is not written again, and is not taken
// for another.
func TestBegunWhileTheSameIsPut(t *testing.T) {
	other := ofBob
	other.Kind = "another"
	for what, c := range map[string]struct {
		begun ledger.Part
		want  error
	}{"the same": {ofBob, nil}, "with other labels": {other, ledger.ErrOtherPart}} {
		m := newMachine()
		v, _, err := m.open()
		require.NoError(t, err)
		var b ledger.Begun
		m.fault = func(_ int, call string) fault {
			if call == "write" && b == nil && v.keys.people["bob"].key != nil { // the row itself
				b, err = v.BeginPut(ctx, []ledger.Part{c.begun})
			}
			return noFault
		}
		require.NoError(t, v.Put(ctx, []ledger.Part{ofBob}), what)
		require.NoError(t, err, what)
		require.NotNil(t, b, what)
		require.ErrorIs(t, b.Wait(), c.want, what)
		require.EqualValues(t, 1, v.shelf.count, what)
		got, err := v.Get(ctx, ofBob.Commitment())
		require.NoError(t, err, what)
		require.True(t, got.Equal(ofBob), what)
	}
}

// Many who put at once, some of them the same, all come in.
func TestManyBeginAtOnce(t *testing.T) {
	v, err := Open(ctx, t.TempDir(), Config{Keeper: new(Keeper), Origin: "o"})
	require.NoError(t, err)
	defer func() { require.NoError(t, v.Close()) }()
	var all sync.WaitGroup
	for c := range 16 {
		all.Go(func() {
			for i := range 20 {
				p := said(fmt.Sprint("words ", c/2, " ", i), anna)
				b, err := v.BeginPut(ctx, []ledger.Part{p})
				if err == nil {
					err = b.Wait()
				}
				if err == nil {
					_, err = v.Get(ctx, p.Commitment())
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 8*20, v.shelf.count)
	require.Empty(t, v.queue.begun)
}
