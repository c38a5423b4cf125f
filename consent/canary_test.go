package consent_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// songbird stands in everything that anybody says in these tests, and is looked for
// wherever it must not be.
const songbird = "canary-7c41"

// withCanaries is a command with a canary in each text that has words.
func withCanaries(cmd consent.Command) consent.Command {
	switch canon.Clone(cmd).(type) {
	case *consent.SealAnswer, *consent.Nominate:
		return cmd // the answer is one of a list, and another is refused
	}
	cmd = canon.Clone(cmd).(consent.Command)
	consent.EachText(reflect.ValueOf(cmd), 0, func(_ string, t *circle.Text) {
		if w, open := t.Words(); open {
			t.Say(songbird + " " + w)
		}
	})
	return cmd
}

// A keep is a ledger on the disk, with its vault and its keeper.
type keep struct {
	dir    string
	store  *filestore.Store
	vault  *vault.Vault
	keeper *vault.Keeper
	stays  int // parts that belong to the organisation when all are erased
}

func newKeep(t *testing.T) *keep {
	t.Helper()
	k := &keep{dir: t.TempDir()}
	var err error
	k.store, err = filestore.Open(filepath.Join(k.dir, "ledger"))
	require.NoError(t, err)
	k.keeper, err = vault.OpenKeeper(filepath.Join(k.dir, "keeper"))
	require.NoError(t, err)
	k.vault, err = vault.Open(t.Context(), filepath.Join(k.dir, "ledger", "vault"), vault.Config{Keeper: k.keeper, Origin: "test/ledger"})
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, k.vault.Close())
		require.NoError(t, k.store.Close())
	})
	return k
}

// lacks wants the canary in no file, and no file that it has not looked into.
func (k *keep) lacks(t *testing.T) {
	t.Helper()
	files := 0
	require.NoError(t, filepath.WalkDir(k.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		require.NotContains(t, string(b), songbird, entry.Name())
		return err
	}))
	require.GreaterOrEqual(t, files, 6)
}

// parts are the commitments in a ledger, and the people whom its parts are about.
func (k *keep) parts(t *testing.T, e *consent.Engine) (list []ledger.Commitment, people []string, canaries int) {
	t.Helper()
	for r, err := range e.Entries(t.Context(), 0) {
		require.NoError(t, err)
		for _, ref := range r.Entry.Parts {
			c, err := ledger.ParseCommitment(ref.Commitment)
			require.NoError(t, err)
			p, err := k.vault.Get(t.Context(), c)
			require.NoError(t, err)
			require.NotEmpty(t, p.About, "who said %s is not known", ref.Kind)
			list = append(list, c)
			people = append(people, p.About...)
			if strings.Contains(string(p.Content), songbird) {
				canaries++
			}
		}
	}
	slices.Sort(people)
	return list, slices.Compact(people), canaries
}

// TestCanaries: T13 over the engine. In each conversation a canary stands in everything
// that is said. When all who said something have been erased, and the keys rotated, it
// is in no file, and what can still be read belongs to the organisation; an old copy does not open, and with the keys of today nothing in it is
// read; all proofs hold, and what was decided is the same (P1 to P3, P5).
func TestCanaries(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txt")
	require.NoError(t, err)
	total, kept := 0, 0
	for i, file := range files {
		if i%8 != 0 { // every eighth: they say the same of erasing
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			canaries, stay := canariesIn(t, file, data)
			total, kept = total+canaries, kept+stay
		})
	}
	require.Greater(t, total, 200, "there were canaries to be looked for")
	require.Greater(t, kept, 20, "and some stay")
}

// belongs lists what belongs to the organisation, as the documentation of Erase says:
// versions that were adopted, what circles and roles are for, and rulings.
func belongs(t *testing.T, e *consent.Engine) map[ledger.Commitment]bool {
	t.Helper()
	adopted, out := map[string]bool{}, map[ledger.Commitment]bool{}
	name := func(id proposal.ID, n int) string { return fmt.Sprint(id, " ", n) }
	var all []*consent.Entry
	for r, err := range e.Entries(t.Context(), 0) {
		require.NoError(t, err)
		all = append(all, r.Entry)
		for _, event := range r.Entry.Events {
			if v, is := event.(*proposal.Adopted); is {
				adopted[name(v.Proposal, v.Version)] = true
			}
		}
	}
	for _, entry := range all {
		for _, event := range entry.Events {
			stays := false
			switch v := event.(type) {
			case *proposal.Submitted:
				stays = adopted[name(v.Proposal, 1)]
			case *proposal.Amended:
				stays = adopted[name(v.Proposal, v.Version)]
			case *proposal.RenditionAttached:
				stays = adopted[name(v.Proposal, v.Version)]
			case *circle.Founded, *circle.Opened, *circle.Redefined, *circle.Described, *circle.StoodAlone, *circle.TakenIn,
				*circle.Reparented, *circle.Merged, *circle.HandedOff, *circle.RoleDefined, *circle.RoleCreated, *circle.Linked, *proposal.Interpreted:
				stays = true
			}
			if !stays {
				continue
			}
			consent.EachText(reflect.ValueOf(event), 0, func(field string, text *circle.Text) {
				of := field[strings.LastIndex(field, "."):]
				if pos, part := text.Place(); part > 0 && !slices.Contains([]string{".Why", ".Reason", ".Conversation", ".Tried", ".Least", ".Evaluation", ".Told"}, of) {
					c, err := ledger.ParseCommitment(all[pos].Parts[part-1].Commitment)
					require.NoError(t, err)
					out[c] = true
				}
			})
		}
	}
	return out
}

// tellsNothing wants nothing of what was said in an error.
func tellsNothing(t *testing.T, err error) {
	t.Helper()
	require.Error(t, err)
	require.NotContains(t, err.Error(), songbird)
	require.NotContains(t, fmt.Sprintf("%+v", err), songbird)
	var no *circle.Refusal
	if errors.As(err, &no) {
		for _, f := range no.Facts {
			require.NotContains(t, fmt.Sprintf("%+v", f), songbird)
		}
	}
}

// TestErrorsTellNothing: P6, whatever goes wrong with what somebody says, neither the
// error nor a line of the log has any of it.
func TestErrorsTellNothing(t *testing.T) {
	var log bytes.Buffer
	w, v := forgettable(t, monthly, func(c *consent.Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c.Authorize = func(_ context.Context, by circle.Actor, cmd consent.Command) error {
			if need, is := cmd.(proposal.OpenNeed); is && by.By == cia {
				words, _ := need.Text.Words()
				panic(words)
			}
			return nil
		}
	})
	do := func(by circle.PersonID, words string) error {
		_, err := w.engine.Do(t.Context(), circle.Actor{By: by}, proposal.OpenNeed{ID: "n", Circle: den, Text: text(words)})
		return err
	}
	tellsNothing(t, do(ana, songbird+"\x00"))
	tellsNothing(t, do(ana, songbird+"\u202e"))
	tellsNothing(t, do(ana, songbird+"\xff"))
	tellsNothing(t, do(ana, strings.Repeat(songbird, circle.MaxText)))
	tellsNothing(t, do(nemo, songbird))
	tellsNothing(t, do(cia, songbird))
	for _, fields := range []string{`{"id":"n","circle":"den","text":["` + songbird + `"]}`, `{"id":"n","circle":"den","text":"` + songbird + `","text":"` + songbird + `"}`,
		`{"id":"n","circle":"den","text":"` + songbird, `{"id":"n","circle":"den","text":"` + songbird + `\ud800"}`, `{"id":"n","circle":"den","text":"` + songbird + `"} x`} {
		_, err := consent.ReadCommand("proposal.open-need", []byte(fields))
		tellsNothing(t, err)
	}
	require.NoError(t, do(ana, songbird))
	words := w.need("n")
	_, err := w.engine.Rectify(t.Context(), circle.Actor{By: cia}, right(words, songbird))
	tellsNothing(t, err)
	w.now = w.now.Add(40 * day)
	require.NoError(t, v.Close())
	tellsNothing(t, do(ben, songbird))
	_, _ = w.engine.Tick(t.Context())
	_, err = w.engine.Words(t.Context(), words)
	tellsNothing(t, err)
	_, err = w.engine.Said(t.Context(), words)
	tellsNothing(t, err)
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	tellsNothing(t, err)
	_, err = w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(words, songbird))
	tellsNothing(t, err)
	require.NotEmpty(t, log.String(), "something was logged")
	require.NotContains(t, log.String(), songbird)
}

func canariesIn(t *testing.T, name string, data []byte) (canaries, stay int) {
	t.Helper()
	k := newKeep(t)
	var log bytes.Buffer
	on := func(c *consent.Config) {
		c.Store, c.Vault, c.Snapshots = k.store, k.vault, k.store
		c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	hears := func(no *circle.Refusal) { tellsNothing(t, no) }
	w := (&story{change: withCanaries, with: []func(*consent.Config){on}, hears: hears}).tell(t, name, data)
	defer func() { require.NotContains(t, log.String(), songbird) }()
	list, people, canaries := k.parts(t, w.engine)
	if _, err := w.engine.Snapshot(t.Context()); canaries > 0 {
		require.NoError(t, err, "the files are looked into with a snapshot among them")
	}
	k.lacks(t)
	before, beforeSize := w.digest(), uint64(0)
	if beforeSize, _ = w.engine.Head(); beforeSize == 0 {
		return 0, 0
	}
	old := filepath.Join(t.TempDir(), "old")
	require.NoError(t, os.CopyFS(old, os.DirFS(filepath.Join(k.dir, "ledger", "vault"))))

	for _, who := range people {
		id := circle.PersonID(who)
		_, err := w.engine.Erase(t.Context(), circle.Actor{By: id}, consent.Erasure{Person: id, Ground: consent.GroundRequest})
		require.NoError(t, err)
	}
	require.NoError(t, k.vault.Rotate(t.Context()))
	k.lacks(t)
	stays := belongs(t, w.engine)
	for _, c := range list {
		p, err := k.vault.Get(t.Context(), c)
		if stays[c] {
			require.NoError(t, err)
			require.Empty(t, p.About, "nothing tells any more who said it")
			k.stays++
			continue
		}
		require.ErrorIs(t, err, ledger.ErrErased)
	}
	k.oldCopyIsShut(t, old, list)
	sameAsBefore(t, k, w, before, beforeSize)
	return canaries, k.stays
}

// oldCopyIsShut wants nothing to be read in a copy from before, neither as it is nor
// with the keys of today.
func (k *keep) oldCopyIsShut(t *testing.T, old string, list []ledger.Commitment) {
	t.Helper()
	config := vault.Config{Keeper: k.keeper, Origin: "test/ledger"}
	_, err := vault.Open(t.Context(), old, config)
	require.ErrorIs(t, err, vault.ErrNoKey)
	keys, err := os.ReadFile(filepath.Join(k.dir, "ledger", "vault", "keys"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(old, "keys"), keys, 0o600))
	v, err := vault.Open(t.Context(), old, config)
	require.NoError(t, err)
	defer v.Close()
	for _, c := range list {
		_, err := v.Get(t.Context(), c)
		require.ErrorIs(t, err, ledger.ErrCorrupt)
	}
}

// sameAsBefore wants the entries up to a size to come to the same state, without any
// words, every one of them to be proved, and what follows them to name nobody.
func sameAsBefore(t *testing.T, k *keep, w *world, before [32]byte, size uint64) {
	t.Helper()
	_, err := w.engine.Verify(t.Context())
	require.NoError(t, err)
	all := entriesOf(t, k.store)
	first := &ledger.Memory{}
	require.NoError(t, first.Append(t.Context(), 0, all[:size]))
	e, err := consent.Open(t.Context(), consent.Config{Store: first})
	require.NoError(t, err)
	require.Equal(t, before, digestOf(e))
	head, root := w.engine.Head()
	for pos := range head {
		proof, err := w.engine.Prove(t.Context(), pos)
		require.NoError(t, err)
		require.NoError(t, ledger.Check(proof, head, pos, root, ledger.LeafHash(all[pos])))
	}
	for _, b := range all[size:] {
		require.Contains(t, string(b), `"by":{"by":"","clock":true}`)
	}
}
