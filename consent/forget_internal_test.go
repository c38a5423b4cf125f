package consent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// TestErasureEndsOnce: what is not underway, or has come to its end, does not come to it again:
// of two engines that bring it there, one is told so (P5).
func TestErasureEndsOnce(t *testing.T) {
	s, now := &State{}, time.Unix(1_800_000_000, 0).UTC()
	ends := func() error {
		_, err := erased{ID: "e"}.decide(s, circle.Actor{Clock: true}, now)
		return err
	}
	refused := func(err error) {
		var no *circle.Refusal
		require.ErrorAs(t, err, &no)
		require.Equal(t, UnknownErasure, no.Code)
	}
	refused(ends())
	s.Apply(0, now, []Event{&ErasureBegun{Erasure: "e", Ground: GroundRequest, Parts: 1, At: now}})
	require.NoError(t, ends())
	s.Apply(1, now, []Event{&ErasureDone{Erasure: "e", Parts: 1, At: now}})
	refused(ends())
}

// TestIDsOfErasuresAndHolds: what cannot be the reference of an erasure or of a hold is no id of one.
func TestIDsOfErasuresAndHolds(t *testing.T) {
	for says, v := range map[string]any{
		"erasure": &struct {
			ID ErasureID `json:"id"`
		}{"Not One"},
		"legal hold": &struct {
			ID LegalHoldID `json:"id"`
		}{"Not One"},
	} {
		bad := canon.Check(v)
		require.NotNil(t, bad, says)
		require.Error(t, bad.Err, says)
	}
	require.Equal(t, "erasure", new(ErasureID).Kind())
	require.Equal(t, "legal hold", new(LegalHoldID).Kind())
}
