package upgrade_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/tiles"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// day is when the people of a deposit did what they did.
var day = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// A host is a program that has a deposit open.
type host struct {
	t      *testing.T
	dir    string
	now    time.Time
	store  *filestore.Store
	vault  *vault.Vault
	engine *consent.Engine
}

// open opens a deposit. The key signs refusals and every commit, and may be nil.
func open(t *testing.T, dir string, key note.Signer) *host {
	t.Helper()
	h := &host{t: t, dir: dir, now: day}
	keeper, err := vault.OpenKeeper(filepath.Join(dir, "keeper"))
	require.NoError(t, err)
	h.store, err = filestore.Open(filepath.Join(dir, "ledger"))
	require.NoError(t, err)
	if key != nil {
		signer, err := ledger.NewSignerOf(origin, h.store, nil, key)
		require.NoError(t, err)
		require.NoError(t, h.store.SignCommits(t.Context(), signer))
	}
	h.vault, err = vault.Open(t.Context(), filepath.Join(dir, "ledger", "vault"), vault.Config{Keeper: keeper, Origin: origin})
	require.NoError(t, err)
	h.engine, err = consent.Open(t.Context(), consent.Config{Store: h.store, Vault: h.vault, Key: key, Now: func() time.Time { return h.now }})
	require.NoError(t, err)
	return h
}

func (h *host) close() {
	h.t.Helper()
	require.NoError(h.t, h.vault.Close())
	require.NoError(h.t, h.store.Close())
}

func (h *host) do(by circle.PersonID, cmd consent.Command) {
	h.t.Helper()
	_, err := h.engine.Do(h.t.Context(), circle.Actor{By: by}, cmd)
	require.NoError(h.t, err)
}

// signed signs a checkpoint of all there is.
func (h *host) signed(key note.Signer) []byte {
	h.t.Helper()
	signer, err := ledger.NewSignerOf(origin, h.store, nil, key)
	require.NoError(h.t, err)
	size, _ := h.engine.Head()
	signed, err := signer.SignStore(h.t.Context(), h.store, size)
	require.NoError(h.t, err)
	return signed
}

// live does a little of everything that leaves something of another form, and tells who was
// given an id.
func (h *host) live() []guest {
	den := circle.ID("den")
	h.do("host", circle.Found{ID: den, Aim: circle.Say("Bread that the street is glad of"), AimParts: []circle.Item{{ID: "glad", Text: circle.Say("The street is glad of it")}}})
	for _, who := range []circle.PersonID{"ana", "ben", "cia", "dan"} {
		h.do("host", circle.Admit{ID: who, Name: circle.Say("The name of " + string(who))})
		h.do("host", circle.Join{Circle: den, Person: who, Level: circle.Full})
	}
	guests := h.welcome()
	h.do("dan", proposal.OpenNeed{ID: "flour", Circle: den, Text: circle.Say("We run out of flour")})
	h.do("ben", proposal.Submit{ID: "sundays", Circle: den, Text: circle.Say("Open every Sunday"), Term: circle.MustPeriod("1y")})
	h.do("ben", consent.OpenRound{Proposal: "sundays", Round: consent.ConsentRound})
	h.do("cia", objection.Raise{ID: "tired", Proposal: "sundays", Aim: "glad", Argument: circle.Say("Nobody is left to bake")})
	_, err := h.engine.Erase(h.t.Context(), circle.Actor{By: "dan"}, consent.Erasure{Person: "dan", Ground: consent.GroundRequest})
	require.NoError(h.t, err)
	require.NoError(h.t, h.vault.Rotate(h.t.Context()))
	h.do("ana", consent.Respond{Proposal: "sundays", Answer: consent.Consents, Reason: circle.Say("I can bake")})
	for i := range 300 { // so that there is a whole tile, and the beginning of another
		h.do("ben", proposal.OpenNeed{ID: proposal.NeedID(fmt.Sprintf("n-%d", i)), Circle: den, Text: circle.Say("More")})
	}
	return guests
}

// A guest is somebody who was given an id.
type guest struct {
	Scope  string          `json:"scope,omitempty"`
	Handle string          `json:"handle"`
	ID     circle.PersonID `json:"id"`
	Erased bool            `json:"erased,omitempty"`
}

// welcome gives ids to people, and forgets one of them.
func (h *host) welcome() []guest {
	people, err := alias.Open(h.t.Context(), h.vault, alias.Config{})
	require.NoError(h.t, err)
	list := []guest{{Handle: "ana@example.org"}, {Handle: "eve@example.org", Erased: true}, {Handle: "member 7, Zoë"}, {Handle: "ana@example.org", Scope: "garden"}}
	for i, g := range list {
		list[i].ID, err = people.In(g.Scope).Of(h.t.Context(), g.Handle)
		require.NoError(h.t, err)
		if g.Erased {
			_, err = h.engine.Erase(h.t.Context(), circle.Actor{By: list[i].ID}, consent.Erasure{Person: list[i].ID, Ground: consent.GroundRequest})
			require.NoError(h.t, err)
		}
	}
	return list
}

// knows wants everybody to be known by the id that they were given, and none by one that is
// forgotten.
func (h *host) knows(list []guest) {
	h.t.Helper()
	people, err := alias.Open(h.t.Context(), h.vault, alias.Config{})
	require.NoError(h.t, err)
	for _, g := range list {
		handle, err := people.In(g.Scope).Behind(h.t.Context(), g.ID)
		if g.Erased {
			require.ErrorIs(h.t, err, ledger.ErrErased)
			continue
		}
		require.NoError(h.t, err)
		require.Equal(h.t, g.Handle, handle)
		id, err := people.In(g.Scope).Of(h.t.Context(), g.Handle)
		require.NoError(h.t, err)
		require.Equal(h.t, g.ID, id)
	}
}

// record leaves a deposit.
func record(t *testing.T, dir string) {
	require.NoDirExists(t, dir, "what was recorded once is never written anew")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	secret, vkey, err := ledger.NewKey(origin, nil)
	require.NoError(t, err)
	key, err := ledger.NewSigner(secret)
	require.NoError(t, err)
	verifier, err := ledger.NewVerifier(vkey)
	require.NoError(t, err)
	trusted := ledger.Policy{Ledgers: []note.Verifier{verifier}}

	h := open(t, dir, key)
	guests, err := json.MarshalIndent(h.live(), "", "  ")
	require.NoError(t, err)
	signed := h.signed(key)
	_, err = h.engine.Prove(t.Context(), 3) // and so the tree is kept
	require.NoError(t, err)
	cmd := circle.Leave{Circle: "nowhere"}
	_, no := h.engine.Do(t.Context(), circle.Actor{By: "cia"}, cmd, consent.WithID("c-1"))
	refused, err := h.engine.SignRefusal(t.Context(), circle.Actor{By: "cia"}, cmd, "c-1", no)
	require.NoError(t, err)
	require.NoError(t, tiles.Export(t.Context(), h.store, signed, trusted, filepath.Join(dir, "export")))
	write := func(name string, b []byte) { require.NoError(t, os.WriteFile(filepath.Join(dir, name), b, 0o644)) }
	write("vkey", []byte(vkey+"\n"))
	write("secret", []byte(secret+"\n"))
	write("refused", refused)
	write("guests.json", append(guests, '\n'))
	for _, at := range []uint64{0, 12, 255, 256} {
		r, err := ledger.Issue(t.Context(), h.store, trusted, signed, at)
		require.NoError(t, err)
		write(fmt.Sprintf("%d.tlog-proof", at), r.Text())
	}
	came, err := json.MarshalIndent(h.came(), "", "  ")
	require.NoError(t, err)
	write("came.json", append(came, '\n'))
	h.close()
}

// A coming is what a deposit comes to.
type coming struct {
	Size   uint64 `json:"size"`
	Root   string `json:"root"`
	Digest string `json:"digest"` // of the state
	Words  string `json:"words"`  // a digest of all of them, each behind its place
	Erased int    `json:"erased"`
	Read   int    `json:"read"`
}

// came finds out what a deposit comes to. Everything in it verifies.
func (h *host) came() coming {
	h.t.Helper()
	v, err := h.engine.Verify(h.t.Context())
	require.NoError(h.t, err)
	c := coming{Size: v.Size, Root: v.Root.String(), Digest: fmt.Sprintf("%x", v.Digest)}
	var all strings.Builder
	for r, err := range h.engine.Entries(h.t.Context(), 0) {
		require.NoError(h.t, err)
		for no := range r.Entry.Parts {
			var text circle.Text
			text.Bind(r.Position, no+1)
			words, err := h.engine.Words(h.t.Context(), text)
			if err != nil {
				require.ErrorIs(h.t, err, consent.ErrErased)
				c.Erased++
				words = "(erased)"
			} else {
				c.Read++
			}
			fmt.Fprintf(&all, "%d.%d %s\n", r.Position, no+1, words)
		}
	}
	c.Words = sum(all.String())
	return c
}
