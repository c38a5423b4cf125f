package alias_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
)

var ctx = context.Background()

// anna is long, for it is looked for among bytes that are drawn by chance.
const anna = "anna.bell@willow-lane.example"

// chance is the same in every run.
func chance() alias.Config {
	return alias.Config{Rand: rand.NewChaCha8([32]byte{1})}
}

// A house is a directory with a vault, and another with its keeper.
type house struct {
	dir    string
	keeper *vault.Keeper
	vault  *vault.Vault
}

func newHouse(tb testing.TB) *house {
	tb.Helper()
	h := &house{dir: tb.TempDir()}
	var err error
	h.keeper, err = vault.OpenKeeper(filepath.Join(h.dir, "keeper"))
	require.NoError(tb, err)
	h.open(tb)
	tb.Cleanup(func() { require.NoError(tb, h.vault.Close()) })
	return h
}

func (h *house) open(tb testing.TB) {
	tb.Helper()
	v, err := vault.Open(ctx, filepath.Join(h.dir, "vault"), vault.Config{Keeper: h.keeper, Origin: "test/ledger"})
	require.NoError(tb, err)
	h.vault = v
}

// again closes the vault, and opens it and the register anew.
func (h *house) again(tb testing.TB) *alias.Register {
	tb.Helper()
	require.NoError(tb, h.vault.Close())
	h.open(tb)
	return register(tb, h.vault)
}

func register(tb testing.TB, v ledger.Forgetter) *alias.Register {
	tb.Helper()
	r, err := alias.Open(ctx, v, alias.Config{})
	require.NoError(tb, err)
	return r
}

func of(tb testing.TB, r *alias.Register, handle string) circle.PersonID {
	tb.Helper()
	id, err := r.Of(ctx, handle)
	require.NoError(tb, err)
	require.NoError(tb, id.Check())
	require.Len(tb, string(id), 26)
	return id
}

// is wants somebody to be behind an id.
func is(tb testing.TB, r *alias.Register, id circle.PersonID, handle string) {
	tb.Helper()
	got, err := r.Behind(ctx, id)
	require.NoError(tb, err)
	require.Equal(tb, handle, got)
}

// erased wants an id to be nobody's any more.
func erased(tb testing.TB, r *alias.Register, id circle.PersonID, mark string) {
	tb.Helper()
	_, err := r.Behind(ctx, id)
	require.ErrorIs(tb, err, ledger.ErrErased)
	var as *ledger.ErasedError
	require.ErrorAs(tb, err, &as)
	require.Equal(tb, mark, as.Mark)
}

// TestOf: P2. A handle has one id for ever; another has another; and who was erased and
// comes back is somebody new. All of it also when the register is opened anew.
func TestOf(t *testing.T) {
	h := newHouse(t)
	r := register(t, h.vault)
	ana, ben := of(t, r, anna), of(t, r, "ben")
	require.NotEqual(t, ana, ben)
	for range 2 {
		require.Equal(t, ana, of(t, r, anna))
		require.Equal(t, ben, of(t, r, "ben"))
		is(t, r, ana, anna)
		is(t, r, ben, "ben")
		r = h.again(t)
	}
	gone, err := h.vault.EraseAs(ctx, "third", string(ana))
	require.NoError(t, err)
	require.Equal(t, ledger.Erasure{Parts: 1}, gone)
	erased(t, r, ana, "third")
	is(t, r, ben, "ben")

	back := of(t, r, anna)
	require.NotEqual(t, ana, back)
	for range 2 {
		require.Equal(t, back, of(t, r, anna))
		require.Equal(t, ben, of(t, r, "ben"))
		erased(t, r, ana, "third")
		is(t, r, back, anna)
		r = h.again(t)
	}
	_, err = r.Behind(ctx, "anybody")
	require.ErrorIs(t, err, alias.ErrNotGiven)
	for p, err := range h.vault.About(ctx, string(back)) {
		require.NoError(t, err)
		require.Equal(t, anna, string(p.Content), "it is told to her when she asks what is kept about her")
		require.True(t, strings.HasPrefix(p.Of, ledger.Beside))
	}
}

// TestIn: the same handle has unrelated ids in two scopes, each is known in its own only,
// and Everywhere lists who is to be erased.
func TestIn(t *testing.T) {
	h := newHouse(t)
	r := register(t, h.vault)
	bakery, garden := r.In("bakery"), r.In("garden")
	there := map[string]circle.PersonID{"bakery": of(t, bakery, anna), "garden": of(t, garden, anna), "": of(t, r, anna)}
	of(t, garden, "ben")
	for range 2 {
		for scope, id := range there {
			is(t, r.In(scope), id, anna)
			require.Equal(t, id, of(t, r.In(scope), anna))
			for other := range there {
				if other != scope {
					require.NotEqual(t, id, there[other])
					_, err := r.In(other).Behind(ctx, id)
					require.ErrorIs(t, err, alias.ErrNotGiven)
				}
			}
		}
		got, err := r.In("mill").Everywhere(ctx, anna)
		require.NoError(t, err)
		require.Equal(t, []alias.Known{{Scope: "", ID: there[""]}, {Scope: "bakery", ID: there["bakery"]}, {Scope: "garden", ID: there["garden"]}}, got)
		r = h.again(t)
	}
	_, err := h.vault.EraseAs(ctx, "m", string(there["garden"]))
	require.NoError(t, err)
	got, err := r.Everywhere(ctx, anna)
	require.NoError(t, err)
	require.Len(t, got, 2)
	got, err = r.Everywhere(ctx, "nobody")
	require.NoError(t, err)
	require.Empty(t, got, "nobody is given an id by that")
	// A scope and a handle are not run together.
	require.NotEqual(t, of(t, r.In("a"), "bc"), of(t, r.In("ab"), "c"))
}

// TestBadHandles: what is no handle gets no id, and the refusal does not repeat it.
func TestBadHandles(t *testing.T) {
	r := register(t, newHouse(t).vault)
	long := strings.Repeat("x", alias.MaxHandle)
	of(t, r, long)
	of(t, r.In(strings.Repeat("x", alias.MaxScope)), "x")
	for _, c := range []struct {
		scope, handle string
		err           error
	}{
		{"", "", alias.ErrBadHandle},
		{"", "\xff" + anna, alias.ErrBadHandle},
		{"", long + "x", ledger.ErrTooLarge},
		{strings.Repeat("x", alias.MaxScope+1), anna, ledger.ErrTooLarge},
	} {
		_, err := r.In(c.scope).Of(ctx, c.handle)
		require.ErrorIs(t, err, c.err)
		require.NotContains(t, err.Error(), anna)
	}
}

// TestManyAtOnce: however many ask at once, a handle gets one id.
func TestManyAtOnce(t *testing.T) {
	h := newHouse(t)
	r := register(t, h.vault)
	const handles, callers = 5, 8
	var all sync.WaitGroup
	got := make([][handles]circle.PersonID, callers)
	for i := range got {
		all.Go(func() {
			for j := range handles {
				got[i][j], _ = r.Of(ctx, fmt.Sprint("member ", (i+j)%handles))
			}
		})
	}
	all.Wait()
	ids := map[circle.PersonID]bool{}
	for i := range got {
		for j := range handles {
			require.Equal(t, of(t, r, fmt.Sprint("member ", (i+j)%handles)), got[i][j])
			ids[got[i][j]] = true
		}
	}
	require.Len(t, ids, handles)
}

// TestHeld: CP-23, what a legal hold keeps, stays in the register too.
func TestHeld(t *testing.T) {
	h := newHouse(t)
	r := register(t, h.vault)
	ana := of(t, r, anna)
	require.NoError(t, h.vault.Hold(ctx, string(ana)))
	_, err := h.vault.EraseAs(ctx, "m", string(ana))
	require.ErrorIs(t, err, ledger.ErrHeld)
	is(t, r, ana, anna)
}

// stuck is chance that gives the same again and again.
type stuck struct{}

func (stuck) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// TestChance: ids are what chance gives and nothing else; where it is none, an id is
// given once and not again, not even after its person is erased.
func TestChance(t *testing.T) {
	ids := map[circle.PersonID]bool{}
	for range 2 {
		r, err := alias.Open(ctx, newHouse(t).vault, chance())
		require.NoError(t, err)
		ids[of(t, r, anna)] = true
	}
	require.Len(t, ids, 1)

	h := newHouse(t)
	r, err := alias.Open(ctx, h.vault, alias.Config{Rand: stuck{}})
	require.NoError(t, err)
	ana := of(t, r, anna)
	for range 2 {
		_, err = r.Of(ctx, "ben")
		require.ErrorIs(t, err, alias.ErrNoChance)
		require.Equal(t, strings.Repeat("a", 26), string(ana))
		_, err = h.vault.EraseAs(ctx, "m", string(ana))
		require.NoError(t, err)
	}
	_, err = r.Of(ctx, anna)
	require.ErrorIs(t, err, alias.ErrNoChance)
	_, err = alias.Open(ctx, h.vault, alias.Config{Rand: bytes.NewReader(nil)})
	require.Error(t, err)
	r, err = alias.Open(ctx, h.vault, alias.Config{Rand: bytes.NewReader(make([]byte, 32+15))})
	require.NoError(t, err)
	_, err = r.Of(ctx, "ben")
	require.Error(t, err, "half an id is none")

	again := io.MultiReader(bytes.NewReader(make([]byte, 32+2*(16+2*32))), rand.NewChaCha8([32]byte{}))
	r, err = alias.Open(ctx, newHouse(t).vault, alias.Config{Rand: again})
	require.NoError(t, err)
	require.NotEqual(t, of(t, r, anna), of(t, r, "ben"), "what was drawn before is drawn once more")
}

// everyFileLacks wants words in no file below a directory.
func everyFileLacks(t *testing.T, dir string, what ...string) {
	t.Helper()
	files := 0
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for _, w := range what {
			require.NotContains(t, string(b), w, entry.Name())
		}
		return err
	}))
	require.GreaterOrEqual(t, files, 4)
}

// TestCanary: P1, P2, T13. No file holds a handle, and none an id that is not among its
// labels. Once somebody is erased and the keys are new, no copy from before tells who it was.
func TestCanary(t *testing.T) {
	h := newHouse(t)
	r := register(t, h.vault)
	ana := of(t, r.In("scope-of-the-bakery"), anna)
	of(t, r, "ben")
	everyFileLacks(t, h.dir, anna, "scope-of-the-bakery")
	old := filepath.Join(t.TempDir(), "old")
	require.NoError(t, os.CopyFS(old, os.DirFS(filepath.Join(h.dir, "vault"))))

	_, err := h.vault.EraseAs(ctx, "m", string(ana))
	require.NoError(t, err)
	everyFileLacks(t, h.dir, anna, string(ana))
	require.NoError(t, h.vault.Rotate(ctx))
	everyFileLacks(t, h.dir, anna, string(ana))
	_, err = vault.Open(ctx, old, vault.Config{Keeper: h.keeper, Origin: "test/ledger"})
	require.ErrorIs(t, err, vault.ErrNoKey)

	// The texts of then open with no key of now.
	b, err := os.ReadFile(filepath.Join(h.dir, "vault", "keys"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(old, "keys"), b, 0o600))
	v, err := vault.Open(ctx, old, vault.Config{Keeper: h.keeper, Origin: "test/ledger"})
	require.NoError(t, err)
	defer v.Close()
	r = register(t, v)
	_, err = r.In("scope-of-the-bakery").Behind(ctx, ana)
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	_, err = r.Of(ctx, "cia")
	require.ErrorIs(t, err, ledger.ErrCorrupt, "it is not known whose that id was: it could be hers")
	of(t, r, "ben")
	repairs(t, r, v, 1)
	_, err = register(t, v).In("scope-of-the-bakery").Behind(ctx, ana)
	require.ErrorIs(t, err, ledger.ErrErased)
}

// repairs takes away what is damaged, and wants ids to be given again, and ben to have his.
func repairs(t *testing.T, r *alias.Register, v *vault.Vault, damaged int) {
	t.Helper()
	ben := of(t, r, "ben")
	require.Len(t, r.Damaged(), damaged)
	gone, err := v.EraseParts(ctx, r.Damaged()...)
	require.NoError(t, err)
	require.Equal(t, damaged, gone.Parts)
	r = register(t, v)
	require.Empty(t, r.Damaged())
	require.Equal(t, ben, of(t, r, "ben"))
	of(t, r, anna)
	_, err = r.Behind(ctx, "bbbb")
	require.ErrorIs(t, err, alias.ErrNotGiven)
}

// TestNothingToGuess: P1, T13. What is left after an erasure, with everything that the
// vault can still read, is no function of the handle: of two registers that differ in
// nothing but the handle, and whose chance is the same, only the commitment differs,
// and whoever tries each handle of a dictionary needs its salt.
func TestNothingToGuess(t *testing.T) {
	left := func(handle string) (content []byte, c ledger.Commitment) {
		h := newHouse(t)
		r, err := alias.Open(ctx, h.vault, chance())
		require.NoError(t, err)
		ana := of(t, r, handle)
		for p, err := range h.vault.About(ctx, string(ana)) {
			require.NoError(t, err)
			require.NotZero(t, p.Salt)
			c = p.Commitment()
		}
		_, err = h.vault.EraseAs(ctx, "m", string(ana))
		require.NoError(t, err)
		for p, err := range h.vault.About(ctx, ledger.Beside+"alias") {
			require.NoError(t, err)
			content = append(content, p.Content...)
		}
		return content, c
	}
	a, bound := left("anna")
	b, other := left("otto")
	require.Contains(t, string(a), string(bound[:]))
	require.Equal(t, bytes.ReplaceAll(a, bound[:], nil), bytes.ReplaceAll(b, other[:], nil))
	for _, guess := range []string{"anna", "otto"} {
		require.NotEqual(t, bound, ledger.Commit([32]byte{}, []byte(guess)))
	}
}

// A faulty vault fails at one call of Put, after it has kept so many of its parts, and at
// each Get if it is blind.
type faulty struct {
	ledger.Forgetter
	fails, after int
	blind        error
}

func (f *faulty) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if f.blind != nil {
		return ledger.Part{}, f.blind
	}
	return f.Forgetter.Get(ctx, c)
}

var errLost = errors.New("the answer was lost")

func (f *faulty) Put(ctx context.Context, parts []ledger.Part) error {
	f.fails--
	if f.fails != 0 {
		return f.Forgetter.Put(ctx, parts)
	}
	if f.after > 0 {
		if err := f.Forgetter.Put(ctx, parts[:f.after]); err != nil {
			return err
		}
	}
	return errLost
}

// TestLostAnswer: D3. Where it is not known whether an id was kept, the same handle does
// not get a second one, whoever asks next, and whether or not the register is opened
// anew in between.
func TestLostAnswer(t *testing.T) {
	for after := range 3 {
		for _, next := range []string{anna, "ben"} {
			h := newHouse(t)
			r, err := alias.Open(ctx, &faulty{Forgetter: h.vault, fails: 1, after: after}, alias.Config{})
			require.NoError(t, err)
			id, err := r.Of(ctx, anna)
			require.ErrorIs(t, err, errLost)
			require.Empty(t, id)
			of(t, r, next)
			ana := of(t, r, anna)
			r = h.again(t)
			require.Equal(t, ana, of(t, r, anna))
			n := 0
			for _, err := range h.vault.About(ctx, ledger.Beside+"alias") {
				require.NoError(t, err)
				n++
			}
			require.Equal(t, map[bool]int{true: 1, false: 2}[next == anna], n, "ids that were given")
		}
	}
}

// TestKnownWithoutTheVault: while an id cannot be kept, those who have theirs are told it.
func TestKnownWithoutTheVault(t *testing.T) {
	f := &faulty{Forgetter: newHouse(t).vault}
	r := register(t, f)
	ana := of(t, r, anna)
	for range 2 {
		f.fails = 1
		_, err := r.Of(ctx, "ben")
		require.ErrorIs(t, err, errLost)
	}
	f.fails = 1
	require.Equal(t, ana, of(t, r, anna))
	require.Equal(t, 1, f.fails, "the vault was asked to keep nothing")
}

// TestBlind: while it cannot be read who has an id, they get no other.
func TestBlind(t *testing.T) {
	f := &faulty{Forgetter: newHouse(t).vault}
	r := register(t, f)
	ana := of(t, r, anna)
	for _, f.blind = range []error{errLost, &ledger.CorruptError{Part: ledger.Commitment{}.String()}, ledger.ErrNoPart} {
		_, err := r.Of(ctx, anna)
		require.ErrorIs(t, err, f.blind)
		_, err = r.Behind(ctx, ana)
		require.ErrorIs(t, err, f.blind)
		_, err = r.Everywhere(ctx, anna)
		require.ErrorIs(t, err, f.blind)
	}
	_, err := alias.Open(ctx, f, alias.Config{})
	require.NoError(t, err, "who else can be read is known")
	for _, f.blind = range []error{errLost, &ledger.CorruptError{Part: "the whole file"}} {
		_, err = alias.Open(ctx, f, alias.Config{})
		require.ErrorIs(t, err, f.blind)
	}
	f.blind = nil
	require.Equal(t, ana, of(t, r, anna))
}

// TestErasedMeanwhile: somebody whose id was kept, though the answer was lost, is erased
// before anybody asks again. They are new then.
func TestErasedMeanwhile(t *testing.T) {
	h := newHouse(t)
	r, err := alias.Open(ctx, &faulty{Forgetter: h.vault, fails: 1, after: 2}, alias.Config{})
	require.NoError(t, err)
	_, err = r.Of(ctx, anna)
	require.ErrorIs(t, err, errLost)
	other := register(t, h.vault)
	ana := of(t, other, anna)
	_, err = h.vault.EraseAs(ctx, "m", string(ana))
	require.NoError(t, err)
	require.NotEqual(t, ana, of(t, r, anna))
	erased(t, r, ana, "m")
}

// TestEnded: who does not wait any more gets no id, and none is given to nobody.
func TestEnded(t *testing.T) {
	h := newHouse(t)
	r := register(t, h.vault)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err := r.Of(ended, anna)
	require.ErrorIs(t, err, context.Canceled)
	for _, err := range h.vault.About(ctx, ledger.Beside+"alias") {
		t.Fatal("an id was given", err)
	}
	ana := of(t, r, anna)
	_, err = r.Of(ended, anna)
	require.ErrorIs(t, err, context.Canceled)
	_, err = r.Behind(ended, ana)
	require.ErrorIs(t, err, context.Canceled)
	_, err = r.Everywhere(ended, anna)
	require.ErrorIs(t, err, context.Canceled)
	_, err = alias.Open(ended, h.vault, alias.Config{})
	require.ErrorIs(t, err, context.Canceled)
}

// TestForms: what is no alias is damage, and nobody is given an id then; that of a later
// version is refused, not guessed at. What else the host keeps beside is none of ours.
func TestForms(t *testing.T) {
	id := strings.Repeat("a", 26)
	whole := "\x01" + strings.Repeat("c", 32) + id + "scope"
	for _, c := range []struct {
		name, content string
		opens, gives  error
	}{
		{"later", "\x02whatever", ledger.ErrNewerFormat, nil},
		{"empty", "", nil, ledger.ErrCorrupt},
		{"short", whole[:58], nil, ledger.ErrCorrupt},
		{"no id", strings.Replace(whole, id, strings.Repeat("A", 26), 1), nil, ledger.ErrCorrupt},
		{"of a handle that is not there", whole, nil, ledger.ErrCorrupt},
	} {
		h := newHouse(t)
		ben := of(t, register(t, h.vault), "ben")
		require.NoError(t, h.vault.Put(ctx, []ledger.Part{
			{Of: ledger.Beside + "alias", No: 2, Kind: "alias", About: []string{ledger.Beside + "alias"}, Content: []byte(c.content)},
			{Of: ledger.Beside + "photo", No: 1, Kind: "photo", About: []string{string(ben)}, Content: []byte("ben smiles")},
		}))
		r, err := alias.Open(ctx, h.vault, alias.Config{})
		require.ErrorIs(t, err, c.opens, c.name)
		if err != nil {
			continue
		}
		_, err = r.Of(ctx, anna)
		require.ErrorIs(t, err, c.gives, c.name)
		require.Equal(t, ben, of(t, r, "ben"), c.name)
		is(t, r, ben, "ben")
		_, err = r.Behind(ctx, "bbbb")
		require.ErrorIs(t, err, c.gives, "%s: whose it is cannot be told", c.name)
		repairs(t, r, h.vault, 1)
	}
}
