package consent

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
)

// TestEntryAtItsLimits: an entry has as many bytes and as many parts as may be, and one more is refused; one
// without an event tells nothing (reliability R1).
func TestEntryAtItsLimits(t *testing.T) {
	written := func(parts, events int, id string) []byte {
		e := Entry{At: noon, Actor: circle.Actor{By: "ana"}, Do: "consent.respond", Format: Format, ID: id, Type: actType, V: 1}
		for range parts {
			e.Parts = append(e.Parts, PartRef{Commitment: (ledger.Commitment{}).String()})
		}
		for range events {
			e.Events = append(e.Events, &Responded{Proposal: "p", By: "ana", Response: "consent", Version: 1})
		}
		b, err := canon.Append(nil, &e, 0)
		require.NoError(t, err)
		return b
	}
	for _, c := range []struct{ parts, events int }{{0, 1}, {1, 1}, {ledger.MaxParts, 1}, {ledger.MaxParts, 2}} {
		_, err := DecodeEntry(written(c.parts, c.events, "c"), 0)
		require.NoError(t, err, "%+v", c)
	}
	for _, c := range []struct{ parts, events int }{{ledger.MaxParts + 1, 1}, {0, 0}, {1, 0}, {ledger.MaxParts + 1, 0}} {
		_, err := DecodeEntry(written(c.parts, c.events, "c"), 0)
		require.ErrorIs(t, err, ErrNotCanonical, "%+v", c)
	}

	room := ledger.MaxEntry - len(written(0, 1, ""))
	for more, want := range map[int]error{-1: nil, 0: nil, 1: ledger.ErrTooLarge} {
		_, err := DecodeEntry(written(0, 1, strings.Repeat("x", room+more)), 0)
		require.ErrorIs(t, err, want, "%d", more)
	}
}

// TestWriterKeepsTheFirstError: what could not be written stays an error, whatever is written after it.
func TestWriterKeepsTheFirstError(t *testing.T) {
	first := errors.New("first")
	var w writer
	w.keep(nil, nil)
	require.NoError(t, w.err)
	w.keep(nil, first)
	w.keep(nil, errors.New("second"))
	w.keep(nil, nil)
	require.Equal(t, first, w.err)
}
