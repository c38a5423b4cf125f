package ledger_test

import (
	"bytes"
	"context"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
)

// A tiredStore is read so many times, and then no more; what was signed is not known.
type tiredStore struct {
	*ledger.Memory
	reads int
}

func (s *tiredStore) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	if s.reads--; s.reads >= 0 {
		return s.Memory.Read(ctx, from)
	}
	return func(yield func([]byte, error) bool) { yield(nil, errDisk) }
}

func (s *tiredStore) LastSigned(context.Context) ([]byte, error) {
	if s.reads < 0 {
		return nil, errDisk
	}
	return nil, nil
}

// TestNothingIsSignedOnAFault: I2, D5. Where it is not known what was signed last, or the store
// cannot be read to the end, nothing is signed and no receipt is issued, and the error says why.
func TestNothingIsSignedOnAFault(t *testing.T) {
	ctx := t.Context()
	store, tree := memoryOf(t, 5)
	key, verifier, _ := newKey(t, origin, 1)
	policy := ledger.Policy{Ledgers: []note.Verifier{verifier}}
	s, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	require.Equal(t, origin, s.Origin())
	old, err := s.SignStore(ctx, store, 3)
	require.NoError(t, err)
	for reads := range 2 {
		_, err = s.SignStore(ctx, &tiredStore{store, reads}, 5)
		require.ErrorIs(t, err, errDisk, "after %d reads", reads)
	}
	last, signed, err := s.Last(ctx)
	require.NoError(t, err)
	require.Equal(t, uint64(3), last.Size)
	require.Equal(t, old, signed)
	for reads := range 2 {
		_, err = ledger.Issue(ctx, &tiredStore{store, reads}, policy, signed, 1)
		require.ErrorIs(t, err, errDisk, "after %d reads", reads)
	}

	lost, err := ledger.NewSignerOf(origin, &tiredStore{store, -1}, nil, key)
	require.NoError(t, err)
	_, err = lost.Sign(ctx, 5, tree.Root(), nil)
	require.ErrorIs(t, err, errDisk)
	_, err = lost.SignStore(ctx, store, 5)
	require.ErrorIs(t, err, errDisk)
}

// TestAlmostSigned: I5. What is written in another way than it should be is not accepted: a
// receipt with a letter in it that says nothing, a signed text that is no checkpoint, a
// cosignature that is too short.
func TestAlmostSigned(t *testing.T) {
	ctx := t.Context()
	store, _ := memoryOf(t, 5)
	key, verifier, _ := newKey(t, origin, 1)
	policy := ledger.Policy{Ledgers: []note.Verifier{verifier}}
	s, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	signed, err := s.SignStore(ctx, store, 5)
	require.NoError(t, err)
	r, err := ledger.Issue(ctx, store, policy, signed, 1)
	require.NoError(t, err)
	text := r.Text()
	_, err = ledger.ParseReceipt(text)
	require.NoError(t, err)
	_, err = ledger.ParseReceipt(bytes.Replace(text, []byte("extra "), []byte("extra \r"), 1)) // which is passed over in base 64
	require.ErrorContains(t, err, "it is written in another way than it should be")
	require.ErrorIs(t, err, ledger.ErrBadReceipt)

	stranger, _, _ := newKey(t, "stranger", 2)
	letter, err := note.Sign(&note.Note{Text: "Dear members\n"}, stranger)
	require.NoError(t, err)
	_, _, err = policy.Open(letter)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)

	_, witness := newWitness(t, "witness", 3, time.Unix(1, 0))
	require.False(t, witness.Verify([]byte("text"), []byte("too short")))
}
