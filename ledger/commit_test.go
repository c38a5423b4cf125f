package ledger_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
)

// commits makes a store of so many entries whose first are signed, its signer, and the
// one who signs its commits.
func commits(t *testing.T, entries, signed int) (*ledger.Memory, *ledger.Signer, *ledger.CommitSigner, ledger.Policy) {
	t.Helper()
	ctx := context.Background()
	store, _ := memoryOf(t, entries)
	key, verifier, _ := newKey(t, origin, 1)
	signer, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	if signed > 0 {
		_, err = signer.SignStore(ctx, store, uint64(signed))
		require.NoError(t, err)
	}
	kept, err := store.LastSigned(ctx)
	require.NoError(t, err)
	c, err := signer.Commits(ctx, store, uint64(entries), kept)
	require.NoError(t, err)
	return store, signer, c, ledger.Policy{Ledgers: []note.Verifier{verifier}}
}

// Each commit is signed with all entries before it, whatever was signed when the store
// began.
func TestCommitsAreSigned(t *testing.T) {
	ctx := context.Background()
	for _, signed := range []int{0, 3, 5} {
		store, signer, c, policy := commits(t, 5, signed)
		kept, err := store.LastSigned(ctx)
		require.NoError(t, err)
		for size := uint64(5); size < 12; size++ {
			next, err := c.Sign(kept)
			require.NoError(t, err)
			require.Equal(t, size == 5 && signed == 5, bytes.Equal(next, kept), "what was signed is not signed again")
			got, _, err := policy.Open(next)
			require.NoError(t, err)
			_, tree := memoryOf(t, int(size))
			require.Equal(t, ledger.Checkpoint{Origin: origin, Size: size, Root: tree.Root()}, got)
			require.NoError(t, store.KeepSigned(ctx, kept, next))
			kept = next
			last, note, err := signer.Last(ctx)
			require.NoError(t, err)
			require.Equal(t, got, last, "the signer knows what the store has moved on to")
			require.Equal(t, kept, note)
			longer, _ := memoryOf(t, int(size)+1)
			for entry, err := range longer.Read(ctx, size) {
				require.NoError(t, err)
				c.Append(entry)
			}
		}
	}
}

// More signatures on what was signed last are gone on from. Nothing else is: then there
// are two who sign, and they would contradict each other (I2).
func TestCommitSignerRefusesWhatIsNotItsOwn(t *testing.T) {
	ctx := context.Background()
	store, signer, c, _ := commits(t, 5, 5)
	kept, err := store.LastSigned(ctx)
	require.NoError(t, err)
	both := append(bytes.Clone(kept), "— witness.example AAAAAAAAAAA=\n"...)
	same, err := c.Sign(both)
	require.NoError(t, err)
	require.Equal(t, string(both), string(same), "the names of witnesses stay where nothing is new")
	c.Append([]byte("more"))
	_, err = c.Sign(both)
	require.NoError(t, err)
	_, err = c.Sign(both)
	require.ErrorIs(t, err, ledger.ErrFork, "it has signed more by now")

	_, _, c, _ = commits(t, 5, 5)
	c.Append([]byte("more"))
	_, err = c.Sign(nil)
	require.ErrorIs(t, err, ledger.ErrFork, "what is kept must not be gone")
	_, err = c.Sign([]byte("no checkpoint"))
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
	longer, _ := memoryOf(t, 7)
	elsewhere, err := signer.SignStore(ctx, longer, 7)
	require.NoError(t, err)
	_, err = c.Sign(elsewhere)
	require.ErrorIs(t, err, ledger.ErrFork)
	_, err = signer.Commits(ctx, store, 5, []byte("no checkpoint"))
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
	_, err = signer.Commits(ctx, store, 5, elsewhere)
	require.ErrorIs(t, err, ledger.ErrFork)
	_, err = signer.Commits(ctx, store, 6, kept)
	require.ErrorIs(t, err, ledger.ErrShort)
}
