package consent_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/tiles"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// handleOf is the name by which the host knows somebody; a canary is in it.
func handleOf(name string) string { return name + "@" + songbird + ".example" }

// A village is a circle of three whose ids were given out by a register; what all of them
// say is on the disk.
type village struct {
	*keep
	t      *testing.T
	people *alias.Register
	engine *consent.Engine
	log    bytes.Buffer
}

func newVillage(t *testing.T) *village {
	t.Helper()
	v := &village{keep: newKeep(t), t: t}
	v.open()
	ana, ben, cia := v.id("ana"), v.id("ben"), v.id("cia")
	v.do(ana, circle.Found{ID: "bakery", Aim: circle.Say("Bread"), Members: []circle.PersonID{ana, ben, cia}})
	v.do(ben, proposal.Submit{ID: "p", Circle: "bakery", Text: circle.Say("Open on Sundays"), Term: circle.MustPeriod("3m")})
	v.do(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	v.do(ana, consent.Respond{Proposal: "p", Answer: consent.Consents, Reason: text("As ana wants it")})
	return v
}

// open opens the engine and the register, again.
func (v *village) open() {
	v.t.Helper()
	var err error
	v.people, err = alias.Open(v.t.Context(), v.vault, alias.Config{})
	require.NoError(v.t, err)
	v.engine, err = consent.Open(v.t.Context(), consent.Config{Store: v.store, Vault: v.vault, Snapshots: v.store,
		Logger: slog.New(slog.NewTextHandler(&v.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	require.NoError(v.t, err)
}

func (v *village) id(name string) circle.PersonID {
	v.t.Helper()
	id, err := v.people.Of(v.t.Context(), handleOf(name))
	require.NoError(v.t, err)
	return id
}

func (v *village) do(who circle.PersonID, cmd consent.Command) {
	v.t.Helper()
	_, err := v.engine.Do(v.t.Context(), circle.Actor{By: who}, cmd)
	require.NoError(v.t, err)
}

func (v *village) records(who circle.PersonID) *consent.Records {
	v.t.Helper()
	r, err := v.engine.RecordsOf(v.t.Context(), circle.Actor{By: who}, consent.OpenRecords{Person: who})
	require.NoError(v.t, err)
	return r
}

// publishes writes a snapshot, and signs and exports the ledger, among its files.
func (v *village) publishes() {
	v.t.Helper()
	_, err := v.engine.Snapshot(v.t.Context())
	require.NoError(v.t, err)
	secret, public, err := ledger.NewKey("test/ledger", nil)
	require.NoError(v.t, err)
	key, err := ledger.NewSigner(secret)
	require.NoError(v.t, err)
	checks, err := ledger.NewVerifier(public)
	require.NoError(v.t, err)
	size, root := v.engine.Head()
	signed, err := note.Sign(&note.Note{Text: ledger.Checkpoint{Origin: "test/ledger", Size: size, Root: root}.Text()}, key)
	require.NoError(v.t, err)
	require.NoError(v.t, tiles.Export(v.t.Context(), v.store, signed, ledger.Policy{Ledgers: []note.Verifier{checks}}, filepath.Join(v.dir, "export")))
}

// TestForgottenWithTheirID: P1, P2, P5, CP-23. The ledger knows people by ids that say
// nothing; the names by which the host knows them are in no file and no line of the log,
// and each sees their own among what is kept about them. Erase takes it along, and
// after a rotation no copy tells who it was; who comes back is somebody new.
func TestForgottenWithTheirID(t *testing.T) {
	v := newVillage(t)
	ana, ben := v.id("ana"), v.id("ben")
	v.publishes()
	v.lacks(t)

	mine := v.records(ana)
	require.Len(t, mine.Beside, 1)
	require.Equal(t, handleOf("ana"), mine.Beside[0].Text)
	require.Equal(t, "handle", mine.Beside[0].Kind)
	asJSON, err := json.Marshal(v.records(ben))
	require.NoError(t, err)
	require.Contains(t, string(asJSON), handleOf("ben"))
	require.NotContains(t, string(asJSON), handleOf("ana"))
	old := filepath.Join(t.TempDir(), "old")
	require.NoError(t, os.CopyFS(old, os.DirFS(filepath.Join(v.dir, "ledger", "vault"))))

	gone, err := v.engine.Erase(t.Context(), circle.Actor{By: ana}, consent.Erasure{Person: ana, Ground: consent.GroundRequest})
	require.NoError(t, err)
	require.Equal(t, 2, gone.Parts, "her reason, and whose the id is")
	require.NoError(t, v.vault.Rotate(t.Context()))
	for range 2 {
		_, err = v.people.Behind(t.Context(), ana)
		var as *ledger.ErasedError
		require.ErrorAs(t, err, &as)
		require.Equal(t, string(gone.ID), as.Mark)
		require.Empty(t, v.records(ana).Beside)
		require.NotEmpty(t, v.records(ana).Entries, "the entries stay, and name nobody any more")
		v.open()
	}
	back := v.id("ana")
	require.NotEqual(t, ana, back)
	require.Empty(t, v.records(back).Entries)
	require.Equal(t, ben, v.id("ben"))
	_, err = v.engine.Verify(t.Context())
	require.NoError(t, err)

	v.publishes()
	v.lacks(t)
	require.NotContains(t, v.log.String(), songbird)
	_, err = vault.Open(t.Context(), old, vault.Config{Keeper: v.keeper, Origin: "test/ledger"})
	require.ErrorIs(t, err, vault.ErrNoKey)
}

// TestErasedWhoSaidNothing: whose an id is, is known of somebody too who never said a
// word, and can be erased.
func TestErasedWhoSaidNothing(t *testing.T) {
	v := newVillage(t)
	dan := v.id("dan")
	gone, err := v.engine.Erase(t.Context(), circle.Actor{By: dan}, consent.Erasure{Person: dan, Ground: consent.GroundRequest})
	require.NoError(t, err)
	require.Equal(t, 1, gone.Parts)
	require.NotEqual(t, dan, v.id("dan"))
}

// TestHeldWithTheirID: CP-23, a legal hold keeps whose an id is, and its end lets it go.
func TestHeldWithTheirID(t *testing.T) {
	w, v := forgettable(t)
	people, err := alias.Open(t.Context(), v, alias.Config{})
	require.NoError(t, err)
	dan, err := people.Of(t.Context(), handleOf("dan"))
	require.NoError(t, err)
	ask := consent.Erasure{Person: dan, Ground: consent.GroundRequest}
	hold, err := w.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: dan, Ground: consent.HoldCourt})
	require.NoError(t, err)
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: dan}, ask)
	w.refused(consent.KeptByLaw, err)
	_, err = people.Behind(t.Context(), dan)
	require.NoError(t, err)
	require.NoError(t, w.engine.ReleaseLegalHold(t.Context(), circle.Actor{By: ben}, hold.ID))
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: dan}, ask)
	require.NoError(t, err)
	_, err = people.Behind(t.Context(), dan)
	require.ErrorIs(t, err, ledger.ErrErased)
}

// TestErasureOfAnIDIsCutShort: wherever an erasure is cut short, whose the id is goes with
// the words or stays with them, and is gone in the end if it was begun.
func TestErasureOfAnIDIsCutShort(t *testing.T) {
	for steps := 1; ; steps++ {
		for _, done := range []bool{false, true} {
			w, v := forgettable(t)
			people, err := alias.Open(t.Context(), v, alias.Config{})
			require.NoError(t, err)
			dan, err := people.Of(t.Context(), handleOf("dan"))
			require.NoError(t, err)
			power := &cut{w.store, v, steps, done}
			w.open(func(c *consent.Config) { c.Store, c.Vault = power, power })
			_, err = w.engine.Erase(t.Context(), circle.Actor{By: dan}, consent.Erasure{Person: dan, Ground: consent.GroundRequest})
			if err == nil {
				require.Greater(t, steps, 4, "it was cut")
				return
			}
			w.open(func(c *consent.Config) { c.Vault = v })
			begun := len(w.erasures()) > 0
			w.at(w.now)
			_, err = people.Behind(t.Context(), dan)
			again, other := people.Of(t.Context(), handleOf("dan"))
			require.NoError(t, other)
			require.Equal(t, begun, again != dan, "cut at step %d", steps)
			if begun {
				require.ErrorIs(t, err, ledger.ErrErased)
			} else {
				require.NoError(t, err)
			}
		}
	}
}

// TestTwoLedgersOneVault: somebody has unrelated ids in two ledgers whose words lie in one
// vault. Each puts on record that it erased them, and then nothing is left in either.
func TestTwoLedgersOneVault(t *testing.T) {
	v := newVillage(t)
	scopes := map[string]*consent.Engine{"": v.engine}
	other, err := consent.Open(t.Context(), consent.Config{Vault: v.vault})
	require.NoError(t, err)
	scopes["garden"] = other
	gardener, err := v.people.In("garden").Of(t.Context(), handleOf("ana"))
	require.NoError(t, err)
	require.NotEqual(t, v.id("ana"), gardener)
	_, err = other.Do(t.Context(), circle.Actor{By: gardener}, circle.Found{ID: "garden", Aim: circle.Say("Beans"), Members: []circle.PersonID{gardener}})
	require.NoError(t, err)

	list, err := v.people.Everywhere(t.Context(), handleOf("ana"))
	require.NoError(t, err)
	require.Len(t, list, 2)
	for _, k := range list {
		_, err := scopes[k.Scope].Erase(t.Context(), circle.Actor{By: k.ID}, consent.Erasure{Person: k.ID, Ground: consent.GroundRequest})
		require.NoError(t, err)
		_, err = v.people.In(k.Scope).Behind(t.Context(), k.ID)
		require.ErrorIs(t, err, ledger.ErrErased)
	}
	list, err = v.people.Everywhere(t.Context(), handleOf("ana"))
	require.NoError(t, err)
	require.Empty(t, list)
}

// TestBeside: what a host keeps about somebody in the same vault is among their records,
// and only what says that it is kept so: words of which the entry never came are not.
func TestBeside(t *testing.T) {
	v := newVillage(t)
	ana := v.id("ana")
	part := func(of, content string, salt byte) ledger.Part {
		return ledger.Part{Of: of, No: 1, Kind: "photo", About: []string{string(ana)}, Salt: [32]byte{salt}, Content: []byte(content)}
	}
	require.NoError(t, v.vault.Put(t.Context(), []ledger.Part{part(ledger.Beside+"photo", "ana smiles", 1), part(strings.TrimSuffix(ledger.Beside, "/"), "said and not recorded", 2)}))
	got := v.records(ana).Beside
	require.Len(t, got, 2)
	require.Equal(t, "ana smiles", got[1].Text)
	_, err := v.engine.Erase(t.Context(), circle.Actor{By: ana}, consent.Erasure{Person: ana, Ground: consent.GroundRequest})
	require.NoError(t, err)
	require.Empty(t, v.records(ana).Beside)
}
