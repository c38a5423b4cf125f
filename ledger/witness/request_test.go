package witness

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadRequest: R1, what is posted is read up to its limits and not beyond, and nothing
// else is read than what a request writes.
func TestReadRequest(t *testing.T) {
	const hash = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"
	long := "old 5\n" + strings.Repeat(hash, maxGrowth) + "\n"
	filled := long + strings.Repeat("x", maxRequest-len(long))
	for name, c := range map[string]struct {
		body   string
		signed int // the bytes of the checkpoint; 0: it is refused
	}{
		"without a proof":                {"old 0\n\nthe rest", 8},
		"with the longest proof":         {long + "the rest", 8},
		"as long as a request may be":    {filled, maxRequest - len(long)},
		"longer by a byte":               {filled + "x", 0},
		"with a proof longer by a hash":  {"old 5\n" + strings.Repeat(hash, maxGrowth+1) + "\nthe rest", 0},
		"with a hash that is too short":  {"old 5\nAAAA\n\nthe rest", 0},
		"with a hash that is too long":   {"old 5\n" + strings.Repeat("A", 48) + "\n\nthe rest", 0},
		"without the word":               {"5\n\nthe rest", 0},
		"without a number":               {"old five\n\nthe rest", 0},
		"with a number beyond all sizes": {"old 18446744073709551616\n\nthe rest", 0},
		"without an empty line":          {"old 5\nthe rest", 0},
	} {
		t.Run(name, func(t *testing.T) {
			q, err := readRequest([]byte(c.body))
			if c.signed == 0 {
				var no *Refusal
				require.ErrorAs(t, err, &no)
				require.Equal(t, http.StatusBadRequest, no.Status)
				return
			}
			require.NoError(t, err)
			require.Len(t, q.signed, c.signed)
			require.Equal(t, c.body, string(q.bytes()))
		})
	}
	require.Equal(t, 64+63*45+16<<10, maxRequest, "a line with the size, one for each hash, and a checkpoint")
}
