package consent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
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
