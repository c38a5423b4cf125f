package consent_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// ledgerKey makes the same key of a ledger for the same seed.
func ledgerKey(t *testing.T, name string, seed byte) (note.Signer, string) {
	t.Helper()
	secret, public, err := ledger.NewKey(name, rand.NewChaCha8(sha256.Sum256([]byte{seed})))
	require.NoError(t, err)
	s, err := ledger.NewSigner(secret)
	require.NoError(t, err)
	return s, public
}

// TestKeyOfTheLedger: I7, the key of the ledger stands in it, and another follows on
// it when both have signed that.
func TestKeyOfTheLedger(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ana, Secretary: ben})
	old, oldKey := ledgerKey(t, "den.example", 1)
	with, newKey := ledgerKey(t, "den.example", 2)
	next, nextKey := ledgerKey(t, "den.example", 3)
	change := func(from, to note.Signer, key string) consent.ChangeKey {
		b, err := ledger.ChangeKey(from, to, key)
		require.NoError(t, err)
		return consent.ChangeKey{Change: base64.StdEncoding.EncodeToString(b)}
	}

	w.no(consent.NoKeyNamed, ana, change(old, with, newKey))
	w.no(consent.NoKey, ana, consent.NameKey{Key: "den.example"})
	w.no(consent.KeepsNoKey, cia, consent.NameKey{Key: oldKey})
	before, err := w.engine.Verify(t.Context())
	require.NoError(t, err)
	w.must(ben, consent.NameKey{Key: oldKey})
	after, err := w.engine.Verify(t.Context())
	require.NoError(t, err)
	require.NotEqual(t, before.Digest, after.Digest, "the key is a part of the state")
	w.no(consent.KeyIsNamed, ana, consent.NameKey{Key: newKey})

	w.no(consent.KeyNotFollowed, ana, consent.ChangeKey{Change: "!"})
	w.no(consent.KeyNotFollowed, ana, consent.ChangeKey{Change: "aGVsbG8K"})
	w.no(consent.KeyNotFollowed, ana, change(with, next, nextKey))
	w.must(cia, change(old, with, newKey))
	w.no(consent.KeyNotFollowed, ana, change(old, next, nextKey)) // the old one has no say any more
	w.must(ana, change(with, next, nextKey))
	w.engine.Look(func(s *consent.State) { require.Equal(t, []string{oldKey, newKey, nextKey}, s.Keys()) })
	_, err = w.engine.Verify(t.Context())
	require.NoError(t, err)
}

// A refusal is signed: who was refused can show it, and nobody can make one up.
func TestSignRefusal(t *testing.T) {
	key, public := ledgerKey(t, "den.example", 1)
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Key = key })
	verifier, err := ledger.NewVerifier(public)
	require.NoError(t, err)
	ctx, by, cmd := t.Context(), circle.Actor{By: gus}, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
	w.submit("p")
	_, refusal := w.engine.Do(ctx, by, cmd, consent.WithID("c1"))
	require.Error(t, refusal)
	signed, err := w.engine.SignRefusal(ctx, by, cmd, "c1", refusal)
	require.NoError(t, err)
	got, err := ledger.OpenRefused(signed, verifier)
	require.NoError(t, err)
	command, err := consent.CommandHash(by, cmd, "c1")
	require.NoError(t, err)
	var no *circle.Refusal
	require.ErrorAs(t, refusal, &no)
	size, _ := w.engine.Head()
	require.Equal(t, ledger.Refused{Origin: "den.example", Command: command, Code: no.Code.ID, At: w.now, Size: size}, got)

	for _, other := range []struct {
		by  circle.Actor
		cmd consent.Command
		id  string
	}{
		{circle.Actor{By: ana}, cmd, "c1"},
		{by, cmd, "c2"},
		{by, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound}, "c1"},
		{by, consent.CloseRound{Proposal: "p"}, "c1"},
	} {
		hash, err := consent.CommandHash(other.by, other.cmd, other.id)
		require.NoError(t, err)
		require.NotEqual(t, command, hash)
	}
	_, err = w.engine.SignRefusal(ctx, by, cmd, "c1", errors.New("the disk is full"))
	require.ErrorIs(t, err, consent.ErrNotRefused)
	_, err = newWorld(t, setting{Full: 3}).engine.SignRefusal(ctx, by, cmd, "c1", refusal)
	require.ErrorIs(t, err, consent.ErrNoKey)
}

// What was said in a command is not told by its hash: with other words it is the
// same.
func TestCommandHashTellsNoWords(t *testing.T) {
	by := circle.Actor{By: ana}
	one, err := consent.CommandHash(by, submission("p"), "c1")
	require.NoError(t, err)
	other := submission("p")
	other.Text = text("Something else")
	two, err := consent.CommandHash(by, other, "c1")
	require.NoError(t, err)
	require.Equal(t, one, two)
}

// TestByItsAddress: a command that is given by its address is that command: the host is asked about it itself, it is
// decided as it is, and it is the same when it is sent again (C2).
func TestByItsAddress(t *testing.T) {
	asked := map[string]int{}
	var closed error
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Authorize = func(_ context.Context, _ circle.Actor, cmd consent.Command) error {
			require.NotEqual(t, reflect.Pointer, reflect.TypeOf(cmd).Kind(), cmd.Wire())
			asked[cmd.Wire()]++
			return closed
		}
	})
	w.put("p")
	closed = errors.New("not today")
	by := circle.Actor{By: ana}
	for _, cmd := range consent.Commands() {
		at := reflect.New(reflect.TypeOf(cmd))
		at.Elem().Set(reflect.ValueOf(cmd))
		address := at.Interface().(consent.Command)
		_, itself := w.engine.Do(t.Context(), by, cmd)
		require.Error(t, itself)
		_, byAddress := w.engine.Do(t.Context(), by, address)
		require.Equal(t, itself, byAddress, cmd.Wire())
		w.engine.Look(func(s *consent.State) {
			_, itself := s.Decide(by, w.now, cmd)
			_, byAddress := s.Decide(by, w.now, address)
			require.Equal(t, itself, byAddress, cmd.Wire())
		})
		one, err := consent.CommandHash(by, cmd, "k")
		require.NoError(t, err)
		other, err := consent.CommandHash(by, address, "k")
		require.NoError(t, err)
		require.Equal(t, one, other, cmd.Wire())
	}
	closed = nil
	w.must(ana, &consent.Respond{Proposal: "p", Answer: consent.Consents}, consent.WithID("k"))
	require.True(t, w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents}, consent.WithID("k")).Repeated)
	w.must(ben, &objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("It harms")})
	require.NotZero(t, asked["consent.respond"])
	w.replays()
}

// TestNoCommand: R2. No command at all, and a deed that is none, are refused, and there is nothing to sign about them; nor is there
// while nobody waits for it.
func TestNoCommand(t *testing.T) {
	signer, _ := ledgerKey(t, "den.example", 1)
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Key = signer })
	by := circle.Actor{By: ana}
	var no *circle.Refusal
	for _, cmd := range []consent.Command{nil, (*consent.Pass)(nil)} {
		_, refusal := w.engine.Do(t.Context(), by, cmd)
		require.ErrorAs(t, refusal, &no)
		_, err := w.engine.SignRefusal(t.Context(), by, cmd, "k", refusal)
		require.ErrorAs(t, err, &no)
		require.Equal(t, consent.UnknownCommand, no.Code)
		w.engine.Look(func(s *consent.State) {
			_, err := s.Decide(by, w.now, cmd)
			require.ErrorAs(t, err, &no)
			require.Equal(t, consent.UnknownCommand, no.Code)
		})
	}
	for _, deed := range []circle.Deed{nil, (*circle.Close)(nil)} {
		for _, cmd := range []consent.Command{consent.Ask{ID: "q", Circle: den, Question: text("Do we?"), Enacts: []circle.Deed{deed}},
			proposal.Submit{ID: "p", Circle: den, Text: text("Do it"), Enacts: []circle.Deed{deed}}} {
			_, refusal := w.engine.Do(t.Context(), by, cmd)
			require.ErrorAs(t, refusal, &no, "%T of %T", cmd, deed)
			_, err := w.engine.SignRefusal(t.Context(), by, cmd, "k", refusal)
			require.Error(t, err)
		}
	}
	_, refusal := w.engine.Do(t.Context(), by, consent.Pass{Proposal: "none"})
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := w.engine.SignRefusal(over, by, consent.Pass{Proposal: "none"}, "k", refusal)
	require.ErrorIs(t, err, context.Canceled)
}
