package ledger_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
)

// Whatever is read as one of the texts is written again as it was, so nothing has
// two forms; and what nobody signed is never believed.

func FuzzParseCheckpoint(f *testing.F) {
	_, tree := memoryOf(f, 3)
	f.Add(ledger.Checkpoint{Origin: origin, Size: 3, Root: tree.Root()}.Text())
	f.Add(ledger.Checkpoint{Origin: "é/1", Size: 0, Root: new(ledger.Tree).Root()}.Text())
	f.Add(origin + "\n03\n" + tree.Root().String() + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ledger.ParseCheckpoint(text)
		if err != nil {
			require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
			return
		}
		require.Equal(t, text, c.Text())
	})
}

func FuzzOpenCheckpoint(f *testing.F) {
	_, tree := memoryOf(f, 3)
	key, verifier, _ := newKey(f, origin, 1)
	w, v := newWitness(f, "w.example", 2, noon)
	signed := signedOf(f, tree, key, w)
	f.Add(signed)
	f.Add(bytes.Replace(signed, []byte("\n3\n"), []byte("\n4\n"), 1))
	f.Add(append(signed, signed[bytes.Index(signed, []byte("\n\n"))+2:]...))
	p := ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: ledger.Quorum{Witness: v}}
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, _, err := p.Open(b); err == nil {
			require.Equal(t, ledger.Checkpoint{Origin: origin, Size: 3, Root: tree.Root()}, c, "this one was signed, and no other")
		}
	})
}

func FuzzParseReceipt(f *testing.F) {
	store, tree := memoryOf(f, 5)
	key, verifier, _ := newKey(f, origin, 1)
	p := ledger.Policy{Ledgers: []note.Verifier{verifier}}
	for index := range uint64(5) {
		r, err := ledger.Issue(context.Background(), store, p, signedOf(f, tree, key), index)
		require.NoError(f, err)
		f.Add(r.Text())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := ledger.ParseReceipt(b)
		if err != nil {
			return
		}
		require.Equal(t, b, r.Text())
		if _, _, err := r.Check(p, nil); err == nil {
			require.Equal(t, []byte{byte(r.Index), 0, 'e'}, r.Entry, "this is the entry that stands there")
		}
	})
}

func FuzzParsePolicy(f *testing.F) {
	_, _, public := newKey(f, origin, 1)
	w, _ := newWitness(f, "w.example", 2, noon)
	f.Add("log " + public + "\nwitness W " + w.Verifier() + "\ngroup G all W\nquorum G\n")
	f.Add("# nobody\nquorum none\n")
	_, tree := memoryOf(f, 3)
	stranger, _, _ := newKey(f, "stranger.example", 9)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ledger.ParsePolicy(text)
		if err != nil {
			return
		}
		_, _, err = p.Open(signedOf(t, tree, stranger))
		require.Error(t, err, "no policy trusts who is not in it")
	})
}

func FuzzNotes(f *testing.F) {
	old, verifier, _ := newKey(f, origin, 1)
	with, _, public := newKey(f, origin, 2)
	change, err := ledger.ChangeKey(old, with, public)
	require.NoError(f, err)
	refused, err := ledger.Refused{Origin: origin, Code: "not-your-turn", At: noon, Size: 7}.Sign(old)
	require.NoError(f, err)
	f.Add(change)
	f.Add(refused)
	f.Fuzz(func(t *testing.T, b []byte) {
		if k, err := ledger.FollowKey(b, verifier); err == nil {
			require.Equal(t, public, k, "this key was agreed, and no other")
		}
		if r, err := ledger.OpenRefused(b, verifier); err == nil {
			require.Equal(t, "not-your-turn", r.Code)
		}
	})
}
