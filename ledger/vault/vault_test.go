package vault_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/ledgertest"
	"github.com/sayround/sayround/ledger/vault"
)

var ctx = context.Background()

const origin = "example.org/ledger"

var classes = map[string]vault.Class{
	"both": {Shared: true},
	"year": {Keep: 366 * 24 * time.Hour},
}

// open opens a vault for as long as a test lasts.
func open(tb testing.TB, dir string, k vault.KeyKeeper) *vault.Vault {
	tb.Helper()
	v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin, Classes: classes})
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, v.Close()) })
	return v
}

// fresh opens a new vault.
func fresh(tb testing.TB) *vault.Vault {
	tb.Helper()
	return open(tb, filepath.Join(tb.TempDir(), "vault"), new(vault.Keeper))
}

// part makes a part about people.
func part(class, content string, about ...string) ledger.Part {
	p := ledger.Part{Of: "c-1", No: 1, Kind: "reason", Class: class, About: about, Content: []byte(content)}
	copy(p.Salt[:], "salt of "+content)
	return p
}

// puts puts parts.
func puts(tb testing.TB, v *vault.Vault, parts ...ledger.Part) {
	tb.Helper()
	require.NoError(tb, v.Put(ctx, parts))
}

// gets wants a part to be there as it was put.
func gets(tb testing.TB, v *vault.Vault, want ledger.Part) {
	tb.Helper()
	got, err := v.Get(ctx, want.Commitment())
	require.NoError(tb, err)
	require.True(tb, got.Equal(want), "%+v, where %+v was put", got, want)
}

// lacks wants the part to be erased, and known to be so.
func lacks(tb testing.TB, v *vault.Vault, p ledger.Part) {
	tb.Helper()
	_, err := v.Get(ctx, p.Commitment())
	require.ErrorIs(tb, err, ledger.ErrErased)
}

// TestContract holds the vault to every sentence of the contracts of ledger.Vault and
// ledger.Forgetter.
func TestContract(t *testing.T) {
	for what, class := range map[string]vault.Class{"with all": {}, "with any": {Shared: true}} {
		t.Run(what, func(t *testing.T) {
			open := func(tb testing.TB) *vault.Vault {
				k, err := vault.OpenKeeper(filepath.Join(tb.TempDir(), "keeper"))
				require.NoError(tb, err)
				v, err := vault.Open(ctx, tb.TempDir(), vault.Config{
					Keeper: k, Origin: origin, Classes: map[string]vault.Class{"": class, "c": class, "cc": class},
				})
				require.NoError(tb, err)
				tb.Cleanup(func() { require.NoError(tb, v.Close()) })
				return v
			}
			ledgertest.TestVault(t, func(tb testing.TB) ledger.Vault { return open(tb) })
			ledgertest.TestGatherer(t, func(tb testing.TB) ledger.Gatherer { return open(tb) })
			ledgertest.TestForgetter(t, func(tb testing.TB) ledger.Forgetter { return open(tb) })
		})
	}
}

// TestErase holds the erasure of people to what is said of it: what goes, what stays,
// and what is told (P2, P5).
func TestErase(t *testing.T) {
	ofAnna, ofBob := part("", "of Anna", "anna"), part("", "of Bob", "bob")
	ofBoth := part("", "of both", "anna", "bob", "anna")
	inCommon := part("both", "in common", "bob", "anna", "bob")
	hers := part("both", "hers alone, of a shared class", "anna")
	ofNobody := part("both", "of nobody")
	for _, c := range []struct {
		name        string
		who         []string
		want        vault.Erasure
		gone, stays []ledger.Part
	}{
		{"nobody", nil, vault.Erasure{}, nil, []ledger.Part{ofAnna, ofBob, ofBoth, inCommon, hers, ofNobody}},
		{"somebody unknown", []string{"zoe"}, vault.Erasure{}, nil, []ledger.Part{ofAnna, ofBob, ofBoth, inCommon, hers, ofNobody}},
		{"one of two", []string{"anna"}, vault.Erasure{Parts: 3, Left: 1}, []ledger.Part{ofAnna, ofBoth, hers}, []ledger.Part{ofBob, ofNobody}},
		{"the same twice", []string{"anna", "anna"}, vault.Erasure{Parts: 3, Left: 1}, []ledger.Part{ofAnna, ofBoth, hers}, []ledger.Part{ofBob, ofNobody}},
		{"both at once", []string{"anna", "zoe", "bob"}, vault.Erasure{Parts: 5}, []ledger.Part{ofAnna, ofBob, ofBoth, inCommon, hers}, []ledger.Part{ofNobody}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, k := t.TempDir(), new(vault.Keeper)
			v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin, Classes: classes})
			require.NoError(t, err)
			puts(t, v, ofAnna, ofBob, ofBoth)
			puts(t, v, inCommon, ofNobody, hers) // the last one goes, too
			got, err := v.Erase(ctx, c.who...)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			again, err := v.Erase(ctx, c.who...)
			require.NoError(t, err)
			require.Zero(t, again, "what is erased is not erased again")
			require.NoError(t, v.Close())

			v = open(t, dir, k)
			require.Zero(t, v.Repaired())
			for _, p := range c.gone {
				lacks(t, v, p)
				require.ErrorIs(t, v.Put(ctx, []ledger.Part{p}), ledger.ErrErased, "it comes back")
			}
			for _, p := range c.stays {
				gets(t, v, p)
			}
			if c.want.Left > 0 {
				p, err := v.Get(ctx, inCommon.Commitment())
				require.NoError(t, err)
				require.Equal(t, []string{"bob", "bob"}, p.About)
				require.Equal(t, inCommon.Content, p.Content)
			}
		})
	}
	_, err := fresh(t).Erase(ctx, "anna", "")
	require.ErrorIs(t, err, vault.ErrNobody)
}

// TestEraseParts: parts go one by one, whomever they are about, and everything else
// stays as it was.
func TestEraseParts(t *testing.T) {
	old, next := part("year", "said a year ago", "anna", "bob"), part("year", "said today", "anna", "bob")
	hers, common := part("", "of Anna", "anna"), part("both", "in common", "anna", "cia")
	ofNobody, more := part("", "of nobody"), part("", "more of nobody")
	v := fresh(t)
	puts(t, v, old, next, hers, common, ofNobody, more)
	unknown := part("", "never put")
	got, err := v.EraseParts(ctx, old.Commitment(), ofNobody.Commitment(), old.Commitment(), unknown.Commitment())
	require.NoError(t, err)
	require.Equal(t, vault.Erasure{Parts: 2}, got)
	again, err := v.EraseParts(ctx, old.Commitment(), ofNobody.Commitment(), unknown.Commitment())
	require.NoError(t, err)
	require.Zero(t, again)
	lacks(t, v, old)
	lacks(t, v, ofNobody)
	for _, p := range []ledger.Part{next, hers, common, more} {
		gets(t, v, p)
	}
	_, err = v.Get(ctx, unknown.Commitment())
	require.ErrorIs(t, err, ledger.ErrNoPart)
}

// TestHold: what has to be kept is kept, whoever asks for what, until it is released.
func TestHold(t *testing.T) {
	ofAnna, ofBoth := part("", "of Anna", "anna"), part("", "of both", "anna", "bob")
	inCommon := part("both", "in common", "anna", "bob")
	for _, c := range []struct {
		name  string
		put   []ledger.Part
		held  string
		erase func(v *vault.Vault) (vault.Erasure, error)
		want  error
	}{
		{"she herself", []ledger.Part{ofAnna}, "anna", erases("anna"), vault.ErrHeld},
		{"one of those who are to go", []ledger.Part{ofAnna, inCommon}, "bob", erases("anna", "bob"), vault.ErrHeld},
		{"a part that goes with another", []ledger.Part{ofAnna, ofBoth}, "bob", erases("anna"), vault.ErrHeld},
		{"a part that stays with who is held", []ledger.Part{ofAnna, inCommon}, "bob", erases("anna"), nil},
		{"somebody else", []ledger.Part{ofAnna}, "bob", erases("anna"), nil},
		{"a part", []ledger.Part{ofBoth}, "bob", erasesParts(ofBoth), vault.ErrHeld},
		{"a shared part", []ledger.Part{inCommon}, "bob", erasesParts(inCommon), vault.ErrHeld},
		{"a part about somebody else", []ledger.Part{ofAnna, ofBoth}, "bob", erasesParts(ofAnna), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, k := t.TempDir(), new(vault.Keeper)
			v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin, Classes: classes})
			require.NoError(t, err)
			puts(t, v, c.put...)
			require.NoError(t, v.Hold(ctx, c.held))
			require.NoError(t, v.Hold(ctx, c.held), "again")
			require.NoError(t, v.Rotate(ctx))
			require.NoError(t, v.Close())
			v = open(t, dir, k)
			require.True(t, v.Held(c.held))
			_, err = c.erase(v)
			require.ErrorIs(t, err, c.want)
			if c.want == nil {
				return
			}
			for _, p := range c.put {
				gets(t, v, p)
			}
			require.NoError(t, v.Release(ctx, c.held, "zoe"))
			require.False(t, v.Held(c.held))
			_, err = c.erase(v)
			require.NoError(t, err)
		})
	}
	v := fresh(t)
	require.ErrorIs(t, v.Hold(ctx, "anna", ""), vault.ErrNobody)
	require.False(t, v.Held("anna"))
}

func erases(who ...string) func(v *vault.Vault) (vault.Erasure, error) {
	return func(v *vault.Vault) (vault.Erasure, error) { return v.Erase(ctx, who...) }
}

func erasesParts(parts ...ledger.Part) func(v *vault.Vault) (vault.Erasure, error) {
	return func(v *vault.Vault) (vault.Erasure, error) {
		var list []ledger.Commitment
		for _, p := range parts {
			list = append(list, p.Commitment())
		}
		return v.EraseParts(ctx, list...)
	}
}

// TestAbout: what is about somebody comes out, all of it and nothing else, in the order
// in which it was said.
func TestAbout(t *testing.T) {
	v := fresh(t)
	var want []string
	for i := range 40 {
		who := [][]string{{"anna"}, {"bob"}, {"bob", "anna"}, nil}[i%4]
		p := part([]string{"", "both"}[i/4%2], fmt.Sprint("said ", i), who...)
		puts(t, v, p)
		if i%4 == 0 || i%4 == 2 {
			want = append(want, string(p.Content))
		}
	}
	require.Equal(t, want, about(t, v, "anna"))
	require.Empty(t, about(t, v, "zoe"))
	require.Empty(t, about(t, v, ""), "what is about nobody is about no person whose id is empty")
	for p, err := range v.About(ctx, "anna") {
		require.NoError(t, err)
		require.Contains(t, p.About, "anna")
		require.Equal(t, "reason", p.Kind)
		break
	}
	_, err := v.Erase(ctx, "bob")
	require.NoError(t, err)
	require.Less(t, len(about(t, v, "anna")), len(want))
	require.Empty(t, about(t, v, "bob"))

	ended, cancel := context.WithCancel(ctx)
	cancel()
	times := 0
	for _, err := range v.About(ended, "anna") {
		require.ErrorIs(t, err, context.Canceled)
		times++
	}
	require.Equal(t, 1, times)
}

// TestAboutWhileErasing: what is erased while it is being looked through is left out.
func TestAboutWhileErasing(t *testing.T) {
	v := fresh(t)
	first, alone, common := part("both", "first", "anna", "bob"), part("", "alone", "anna"), part("both", "common", "anna", "bob")
	puts(t, v, first, alone, common)
	var seen []string
	for p, err := range v.About(ctx, "anna") {
		require.NoError(t, err)
		seen = append(seen, string(p.Content))
		_, err := v.Erase(ctx, "anna")
		require.NoError(t, err)
	}
	require.Equal(t, []string{"first"}, seen)
}

// about collects what is about somebody.
func about(tb testing.TB, v *vault.Vault, who string) (list []string) {
	tb.Helper()
	for p, err := range v.About(ctx, who) {
		require.NoError(tb, err)
		list = append(list, string(p.Content))
	}
	return list
}

// TestClasses: the table of classes is data for those who have a clock.
func TestClasses(t *testing.T) {
	v := fresh(t)
	require.Equal(t, vault.Class{Keep: 366 * 24 * time.Hour}, v.Class("year"))
	require.Zero(t, v.Class("unknown"))
}

// TestFormStays: whether a part is shared is settled when it is put, whatever the
// classes are later.
func TestFormStays(t *testing.T) {
	dir, k := t.TempDir(), new(vault.Keeper)
	p := part("both", "in common", "anna", "bob")
	v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin, Classes: classes})
	require.NoError(t, err)
	puts(t, v, p)
	require.NoError(t, v.Close())
	v, err = vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin})
	require.NoError(t, err)
	got, err := v.Erase(ctx, "anna")
	require.NoError(t, err)
	require.Equal(t, vault.Erasure{Left: 1}, got)
	require.NoError(t, v.Close())
}

// TestOpening: who may open a vault, and with what.
func TestOpening(t *testing.T) {
	dir, k := filepath.Join(t.TempDir(), "vault"), new(vault.Keeper)
	v := open(t, dir, k)
	puts(t, v, part("", "of Anna", "anna"))
	with := func(k vault.KeyKeeper, origin, dir string) error {
		v, err := vault.Open(ctx, dir, vault.Config{Keeper: k, Origin: origin})
		if err == nil {
			err = v.Close()
		}
		return err
	}
	require.ErrorIs(t, with(k, origin, dir), ledger.ErrLocked)
	require.ErrorIs(t, with(nil, origin, t.TempDir()), vault.ErrNoKey)
	require.ErrorIs(t, with(&talker{}, origin, t.TempDir()), ledger.ErrTooLarge)
	copied := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, os.CopyFS(copied, os.DirFS(dir)))
	require.ErrorIs(t, with(new(vault.Keeper), origin, copied), vault.ErrNoKey)
	require.ErrorIs(t, with(k, "example.org/another", copied), ledger.ErrOrigin)
	require.ErrorIs(t, with(k, origin, t.TempDir()), vault.ErrOtherVault, "an empty directory must not take the keys of a vault that is elsewhere")
	require.NoError(t, with(k, origin, copied))
	require.Error(t, with(k, origin, filepath.Join(copied, "no", "parent")))
	another := filepath.Join(t.TempDir(), "another")
	require.NoError(t, with(new(vault.Keeper), origin, another))
	copyFile(t, filepath.Join(another, "texts"), filepath.Join(copied, "texts"))
	require.ErrorIs(t, with(k, origin, copied), ledger.ErrCorrupt, "the texts are those of another vault")
	for _, name := range []string{"keys", "texts"} {
		one := filepath.Join(t.TempDir(), "copy")
		require.NoError(t, os.CopyFS(one, os.DirFS(dir)))
		require.NoError(t, os.Remove(filepath.Join(one, name)))
		require.ErrorIs(t, with(k, origin, one), ledger.ErrCorrupt, name)
	}
}

// TestClosed: a vault that is closed says so, and a context that has ended too.
func TestClosed(t *testing.T) {
	v, err := vault.Open(ctx, t.TempDir(), vault.Config{Keeper: new(vault.Keeper), Origin: origin})
	require.NoError(t, err)
	p := part("", "of Anna", "anna")
	puts(t, v, p)
	calls := func(ctx context.Context) map[string]error {
		_, get := v.Get(ctx, p.Commitment())
		_, erase := v.Erase(ctx, "anna")
		_, parts := v.EraseParts(ctx, p.Commitment())
		return map[string]error{"get": get, "erase": erase, "erase parts": parts, "put": v.Put(ctx, []ledger.Part{p}),
			"hold": v.Hold(ctx, "anna"), "release": v.Release(ctx, "anna"), "rotate": v.Rotate(ctx),
			"hand over": v.HandOver(ctx, p.Commitment())}
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for what, err := range calls(ended) {
		require.ErrorIs(t, err, context.Canceled, what)
	}
	gets(t, v, p)
	require.NoError(t, v.Close())
	require.NoError(t, v.Close())
	for what, err := range calls(ctx) {
		require.ErrorIs(t, err, ledger.ErrClosed, what)
	}
	for _, err := range v.About(ctx, "nobody whom it knows") {
		require.ErrorIs(t, err, ledger.ErrClosed, "nothing is not all that there is")
		return
	}
	t.Error("a closed vault says that there is nothing about somebody")
}

// TestManyAtOnce: several put, get, look through, erase and rotate at once. What is
// read is what was put, or is erased.
func TestManyAtOnce(t *testing.T) {
	v := fresh(t)
	const each = 12
	var wait sync.WaitGroup
	errs := make(chan error, 1000)
	for who := range 4 {
		id := fmt.Sprint("person-", who)
		wait.Go(func() {
			for i := range each {
				p := part("both", fmt.Sprint(id, " says ", i), id, "everybody")
				errs <- v.Put(ctx, []ledger.Part{p})
				got, err := v.Get(ctx, p.Commitment())
				if err == nil && string(got.Content) != string(p.Content) {
					err = fmt.Errorf("%q, where %q was put", got.Content, p.Content)
				}
				errs <- err
			}
		})
	}
	wait.Go(func() {
		for i := range each / 2 {
			_, err := v.Erase(ctx, fmt.Sprint("person-", i%4))
			errs <- err
			errs <- v.Rotate(ctx)
		}
	})
	wait.Go(func() {
		for range each {
			for _, err := range v.About(ctx, "everybody") {
				errs <- err
			}
		}
	})
	wait.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	require.Len(t, about(t, v, "everybody"), 4*each)
}

// A talker is a keeper that wraps a key into more than it may.
type talker struct{ vault.Keeper }

func (*talker) Wrap(context.Context, uint64, []byte) ([]byte, error) {
	return make([]byte, vault.MaxWrapped+1), nil
}
