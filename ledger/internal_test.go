package ledger

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
)

// Memory that went wrong is not passed off as what was said.
func TestMemoryGetVerifies(t *testing.T) {
	var m Memory
	p := Part{Of: "command", No: 1, Content: []byte("right")}
	require.NoError(t, m.Put(context.Background(), []Part{p}))
	held := m.parts[p.Commitment()]
	held.Content[0]++
	_, err := m.Get(context.Background(), p.Commitment())
	require.ErrorIs(t, err, ErrCorrupt)
	require.ErrorIs(t, m.Put(context.Background(), []Part{p}), ErrOtherPart)
}

// TestSignedWhen: of a signature that is none of a witness it is not known when it was made.
func TestSignedWhen(t *testing.T) {
	for _, text := range []string{"no base 64!", "AAA=", "AAAAAAAAAAA="} {
		require.Zero(t, signedAt(note.Signature{Base64: text}), text)
	}
}
