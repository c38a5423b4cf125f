package ledger_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/ledgertest"
)

func TestMemoryKeepsWhatWasSigned(t *testing.T) {
	ledgertest.TestSigned(t, func(testing.TB) ledger.Signed { return new(ledger.Memory) })
}

func TestSignerSignsGrowth(t *testing.T) {
	ctx := context.Background()
	store, _ := memoryOf(t, 20)
	key, verifier, _ := newKey(t, origin, 1)
	policy := ledger.Policy{Ledgers: []note.Verifier{verifier}}
	s, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	c, signed, err := s.Last(ctx)
	require.NoError(t, err)
	require.Zero(t, c)
	require.Nil(t, signed)
	_, err = s.Sign(ctx, 0, tlog.Hash{}, nil)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint, "the empty tree has one root")
	for _, size := range []uint64{0, 0, 3, 3, 8, 20} {
		signed, err := s.SignStore(ctx, store, size)
		require.NoError(t, err)
		c, _, err := policy.Open(signed)
		require.NoError(t, err)
		_, tree := memoryOf(t, int(size))
		require.Equal(t, ledger.Checkpoint{Origin: origin, Size: size, Root: tree.Root()}, c)
		kept, err := store.LastSigned(ctx)
		require.NoError(t, err)
		require.Equal(t, signed, kept, "what is published is kept")
	}
	_, err = s.SignStore(ctx, store, 21)
	require.ErrorIs(t, err, ledger.ErrShort)
}

// I2: a smaller tree, and one with another beginning, are not signed, also by who
// comes new to what is kept.
func TestSignerRefusesForks(t *testing.T) {
	ctx := context.Background()
	store, tree := memoryOf(t, 5)
	key, verifier, _ := newKey(t, origin, 1)
	first, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	signed, err := first.SignStore(ctx, store, 5)
	require.NoError(t, err)

	s, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	var fork *ledger.ForkError
	_, err = s.SignStore(ctx, store, 4)
	require.ErrorAs(t, err, &fork)
	require.ErrorContains(t, err, "an old copy was put back")
	require.Equal(t, tree.Root(), fork.Signed.Root)
	var other ledger.Memory
	require.NoError(t, other.Append(ctx, 0, [][]byte{{9}, {9}, {9}, {9}, {9}, {9}, {9}}))
	for _, size := range []uint64{5, 7} {
		_, err = s.SignStore(ctx, &other, size)
		require.ErrorIs(t, err, ledger.ErrFork)
		require.ErrorContains(t, err, "something among them was changed")
	}
	_, grown := memoryOf(t, 7)
	_, err = s.Sign(ctx, 7, grown.Root(), nil)
	require.ErrorIs(t, err, ledger.ErrFork, "without a proof nothing is believed")
	_, err = s.Sign(ctx, 5, tlog.Hash{}, nil)
	require.ErrorIs(t, err, ledger.ErrFork)
	kept, err := store.LastSigned(ctx)
	require.NoError(t, err)
	require.Equal(t, signed, kept)
	_, _, err = ledger.Policy{Ledgers: []note.Verifier{verifier}}.Open(kept)
	require.NoError(t, err)
}

// While a key is changed both sign; afterwards what the old one signed still binds.
func TestSignerChangesKeys(t *testing.T) {
	ctx := context.Background()
	store, _ := memoryOf(t, 5)
	old, oldVerifier, _ := newKey(t, origin, 1)
	with, withVerifier, _ := newKey(t, origin, 2)
	s, err := ledger.NewSignerOf(origin, store, nil, old)
	require.NoError(t, err)
	_, err = s.SignStore(ctx, store, 3)
	require.NoError(t, err)

	alone, err := ledger.NewSignerOf(origin, store, nil, with)
	require.NoError(t, err)
	_, err = alone.SignStore(ctx, store, 5)
	require.ErrorIs(t, err, ledger.ErrSignature, "what is kept is not its own")

	both, err := ledger.NewSignerOf(origin, store, nil, old, with)
	require.NoError(t, err)
	signed, err := both.SignStore(ctx, store, 3)
	require.NoError(t, err)
	for _, v := range []note.Verifier{oldVerifier, withVerifier} {
		_, _, err = ledger.Policy{Ledgers: []note.Verifier{v}}.Open(signed)
		require.NoError(t, err)
	}
	after, err := ledger.NewSignerOf(origin, store, []note.Verifier{oldVerifier}, with)
	require.NoError(t, err)
	_, err = after.SignStore(ctx, store, 5)
	require.NoError(t, err)
}

func TestSignersThatAreNone(t *testing.T) {
	var m ledger.Memory
	key, _, _ := newKey(t, "else.example", 1)
	_, err := ledger.NewSignerOf(origin, &m, nil, key)
	require.ErrorIs(t, err, ledger.ErrOrigin)
	_, err = ledger.NewSignerOf(origin, &m, nil)
	require.ErrorIs(t, err, ledger.ErrBadKey)
	_, err = ledger.NewSignerOf("two words", &m, nil, key)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
}

// An unsteady place fails, and has kept or not kept what it was given.
type unsteady struct {
	ledger.Memory
	fails func() (before, after bool)
}

var errUnsteady = errors.New("the place is unsteady")

func (u *unsteady) KeepSigned(ctx context.Context, old, signed []byte) error {
	before, after := u.fails()
	if before {
		return errUnsteady
	}
	if err := u.Memory.KeepSigned(ctx, old, signed); err != nil {
		return err
	}
	if after {
		return errUnsteady
	}
	return nil
}

// Who does not know whether what they signed was kept asks, and goes on from there (D3).
func TestSignsOnAfterALostReply(t *testing.T) {
	ctx := t.Context()
	for name, kept := range map[string]bool{"it was kept": true, "it was not": false} {
		key, _, _ := newKey(t, origin, 1)
		store, _ := memoryOf(t, 12)
		place := &unsteady{fails: func() (bool, bool) { return !kept, kept }}
		signer, err := ledger.NewSignerOf(origin, place, nil, key)
		require.NoError(t, err)
		_, err = signer.SignStore(ctx, store, 5)
		require.ErrorIs(t, err, errUnsteady, name)
		place.fails = func() (bool, bool) { return false, false }
		for _, size := range []uint64{5, 7} {
			_, err = signer.SignStore(ctx, store, size)
			require.NoError(t, err, name)
		}
	}
}

// Whatever fails between keeping and publishing, and whoever else signs, any two
// checkpoints that were published or kept belong to one history (I2).
func TestSignersAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		key, verifier, _ := newKey(t, origin, 1)
		policy := ledger.Policy{Ledgers: []note.Verifier{verifier}}
		store, _ := memoryOf(t, 12)
		var fork ledger.Memory
		require.NoError(t, fork.Append(ctx, 0, [][]byte{{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}}))
		place := &unsteady{fails: func() (bool, bool) {
			return rapid.Bool().Draw(t, "fails before"), rapid.Bool().Draw(t, "fails after")
		}}
		signers := make([]*ledger.Signer, 2)
		for i := range signers {
			var err error
			signers[i], err = ledger.NewSignerOf(origin, place, nil, key)
			require.NoError(t, err)
		}
		var out []ledger.Checkpoint
		see := func(signed []byte) {
			if signed == nil {
				return
			}
			c, _, err := policy.Open(signed)
			require.NoError(t, err)
			out = append(out, c)
		}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			of, size := ledger.Store(store), rapid.Uint64Range(0, 8).Draw(t, "size")
			if rapid.IntRange(0, 3).Draw(t, "of the fork") == 0 {
				of = &fork
			}
			signed, err := signers[rapid.IntRange(0, 1).Draw(t, "signer")].SignStore(ctx, of, size)
			if err == nil {
				see(signed)
			}
			kept, err := place.LastSigned(ctx)
			require.NoError(t, err)
			see(kept)
		}
		oneHistory(t, out, store, &fork)
	})
}

// oneHistory wants all checkpoints to be of one of the stores. The empty tree is
// of both.
func oneHistory(t *rapid.T, all []ledger.Checkpoint, stores ...ledger.Store) {
	for _, s := range stores {
		ok := true
		for _, c := range all {
			ok = ok && ledger.Verify(context.Background(), s, c.Size, c.Root) == nil
		}
		if ok {
			return
		}
	}
	t.Fatalf("these checkpoints are of no one history: %v", all)
}
