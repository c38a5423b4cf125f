package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// Each typed error is one of the sentinels and says its facts.
func TestErrorsSayTheirFacts(t *testing.T) {
	for _, c := range []struct {
		err  error
		is   error
		says string
	}{
		{&ledger.ConflictError{Size: 3, Held: 5}, ledger.ErrConflict, "ledger: the store holds 5 entries, not 3"},
		{&ledger.EmptyEntryError{Index: 2}, ledger.ErrEmptyEntry, "ledger: entry 2 of this append is empty"},
		{&ledger.LimitError{What: "bytes in one entry", Size: 40000, Limit: 32768}, ledger.ErrTooLarge,
			"ledger: 40000 bytes in one entry, where at most 32768 are allowed"},
		{&ledger.RangeError{Index: 4, Size: 3}, ledger.ErrNoEntry, "ledger: a tree of 3 entries has no entry at position 4"},
		{&ledger.RangeError{Index: 1 << 62, Size: ledger.MaxSize}, ledger.ErrNoEntry,
			"ledger: a tree of 4611686018427387903 entries has no entry at position 4611686018427387904"},
		{&ledger.RangeError{Index: 4, Size: 1 << 62}, ledger.ErrNoEntry,
			"ledger: no proof speaks of a tree of 4611686018427387904 entries, at most of 4611686018427387903"},
		{&ledger.ShortError{Size: 9, Held: 4}, ledger.ErrShort, "ledger: the store ends after 4 entries, where 9 should be"},
		{&ledger.RootError{Size: 2}, ledger.ErrOtherRoot, "ledger: the first 2 entries have the root " +
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, not AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
		{&ledger.CorruptError{Entry: 7, What: "it is gone"}, ledger.ErrCorrupt, "ledger: entry 7 is damaged: it is gone"},
		{&ledger.CorruptError{Part: "xyz", What: "it is gone"}, ledger.ErrCorrupt, "ledger: part xyz is damaged: it is gone"},
	} {
		require.ErrorIs(t, fmt.Errorf("wrapped: %w", c.err), c.is)
		require.EqualError(t, c.err, c.says)
	}
}

func TestCheckEntriesSaysWhich(t *testing.T) {
	large := make([]byte, ledger.MaxEntry+1)
	require.NoError(t, ledger.CheckEntries([][]byte{{1}, large[1:]}))
	var empty *ledger.EmptyEntryError
	require.ErrorAs(t, ledger.CheckEntries([][]byte{{1}, nil}), &empty)
	require.Equal(t, 1, empty.Index)
	var limit *ledger.LimitError
	require.ErrorAs(t, ledger.CheckEntries([][]byte{{1}, {2}, large}), &limit)
	require.Equal(t, ledger.LimitError{What: "bytes in one entry", Index: 2, Size: ledger.MaxEntry + 1, Limit: ledger.MaxEntry}, *limit)
}

func TestConflictSaysWhatIsHeld(t *testing.T) {
	m, _ := memoryOf(t, 4)
	var conflict *ledger.ConflictError
	require.True(t, errors.As(m.Append(context.Background(), 3, [][]byte{{1}}), &conflict))
	require.Equal(t, ledger.ConflictError{Size: 3, Held: 4}, *conflict)
}
