package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

var update = flag.Bool("update", false, "write what the program says to its golden file")

// A home is a folder with a ledger of the bakery, and what was said of it.
type home struct {
	t   *testing.T
	dir string
	now time.Time
}

func newHome(t *testing.T) *home {
	h := &home{t, t.TempDir(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	h.live("bread")
	return h
}

func (h *home) live(id string) {
	h.t.Helper()
	require.NoError(h.t, showing{dir: h.dir}.live(context.Background(), proposal.ID(id), &h.now))
}

// at is a path in the folder.
func (h *home) at(name string) string { return filepath.Join(h.dir, filepath.FromSlash(name)) }

// verify runs the program and wants it to end so, and to say this.
func (h *home) verify(want int, says string, args ...string) string {
	h.t.Helper()
	var out bytes.Buffer
	got := run(context.Background(), args, &out, &out)
	require.Equal(h.t, want, got, out.String())
	require.Contains(h.t, out.String(), says)
	return out.String()
}

func (h *home) export() {
	h.t.Helper()
	h.verify(0, "Signed and written", h.at("LEDGER"), "-export", h.at("EXPORT"), "-receipts")
}

// TestShow holds what the program shows without a ledger. Keys, and the salts of what
// was said, are made by chance.
func TestShow(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, 0, run(context.Background(), nil, &out, &out))
	got := regexp.MustCompile(`\+[0-9a-f]{8}\+\S+`).ReplaceAllString(out.String(), "+…")
	got = regexp.MustCompile(`(root +)\S+`).ReplaceAllString(got, "$1…")
	file := filepath.Join("testdata", "show.txt")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
	require.NotContains(t, got, "where it should end")
}

// What was exported and taken in is the same: root, state, and files.
func TestThereAndBack(t *testing.T) {
	h := newHome(t)
	whole := h.verify(0, "The ledger is whole: 6 entries", h.at("LEDGER"))
	h.export()
	state := regexp.MustCompile(`(?s)  root .*?  state +\S+`)
	h.verify(0, state.FindString(whole), h.at("COPY"), "-import", h.at("EXPORT"), "-key", h.at("EXPORT/vkey"))
	h.verify(0, "It is what was signed: the checkpoint of 7 March 2026, 6 entries", h.at("COPY"), "-key", h.at("EXPORT/vkey"))
	h.verify(0, "Signed and written", h.at("COPY"), "-export", h.at("AGAIN"))
	for _, name := range []string{"checkpoint", "vkey", "tile/0/000.p/6", "tile/entries/000.p/6"} {
		one, err := os.ReadFile(h.at("EXPORT/" + name))
		require.NoError(t, err)
		two, err := os.ReadFile(h.at("AGAIN/" + name))
		require.NoError(t, err)
		require.Equal(t, one, two, name)
	}
	h.verify(0, "their own word", h.at("OTHER"), "-import", h.at("EXPORT"))
	h.verify(0, "6 entries", h.at("OTHER"), "-import", h.at("EXPORT")) // once more is no harm
}

// What the program says, it says of the entries: whatever a snapshot of them tells, it
// is not asked.
func TestSnapshotsAreNotAsked(t *testing.T) {
	h := newHome(t)
	whole := h.verify(0, "The ledger is whole: 6 entries", h.at("LEDGER"))
	store, err := filestore.Open(h.at("LEDGER"))
	require.NoError(t, err)
	engine, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: store, Snapshots: store})
	require.NoError(t, err)
	_, err = engine.Snapshot(t.Context())
	require.NoError(t, err)
	require.NoError(t, store.Close())
	require.Equal(t, whole, h.verify(0, "", h.at("LEDGER")))
	require.NoError(t, os.WriteFile(h.at("LEDGER/snapshot"), []byte("nonsense"), 0o600))
	require.Equal(t, whole, h.verify(0, "", h.at("LEDGER")))
	h.export()
}

// A ledger goes on after it was signed, and what was kept is its beginning.
func TestItGoesOn(t *testing.T) {
	h := newHome(t)
	h.export()
	h.live("coffee")
	key := h.at("EXPORT/vkey")
	says := h.verify(0, "It begins with what you kept: the checkpoint of 7 March 2026, 6 entries", h.at("LEDGER"), "-against", h.at("EXPORT/checkpoint"), "-key", key)
	require.Contains(t, says, "11 entries")
	require.NotContains(t, says, "was not checked")
	h.verify(0, "Who signed was not checked", h.at("LEDGER"))
	h.verify(0, "11 entries", h.at("LEDGER"), "-export", h.at("EXPORT"))
	h.verify(0, "11 entries", h.at("COPY"), "-import", h.at("EXPORT"), "-key", key)
	h.live("cake")
	h.verify(0, "16 entries", h.at("LEDGER"), "-export", h.at("EXPORT"))
	h.verify(0, "16 entries", h.at("COPY"), "-import", h.at("EXPORT"), "-key", key)
}

func TestReceipts(t *testing.T) {
	h := newHome(t)
	h.export()
	key, file := h.at("EXPORT/vkey"), h.at("EXPORT/receipts/5.tlog-proof")
	text := h.verify(0, "c2sp.org/tlog-proof@v1", h.at("LEDGER"), "-prove", "5")
	same, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(same), text, "one entry has one receipt")
	h.verify(0, "entry 5 is in the ledger", "-receipt", file, "-key", key)
	h.verify(0, "consent.respond, by cia", h.at("LEDGER"), "-receipt", file, "-key", key)
	h.verify(1, "name the one that you trust", "-receipt", file)
	h.verify(1, "has no entry at position 6", h.at("LEDGER"), "-prove", "6")

	require.NoError(t, os.WriteFile(h.at("forged"), []byte(strings.Replace(string(same), "index 5", "index 4", 1)), 0o600))
	h.verify(1, "cannot be believed", "-receipt", h.at("forged"), "-key", key)
	require.NoError(t, os.WriteFile(h.at("forged"), []byte("hello"), 0o600))
	h.verify(1, "cannot be believed", "-receipt", h.at("forged"), "-key", key)
	other := &home{t, t.TempDir(), h.now}
	other.live("bread")
	other.verify(0, "Signed", other.at("LEDGER"), "-export", other.at("EXPORT"))
	h.verify(1, "cannot be believed", "-receipt", file, "-key", other.at("EXPORT/vkey"))
	h.verify(1, "something among entries 0 to 5 was changed", other.at("LEDGER"), "-receipt", file, "-key", key)
}

// Whatever is changed is found, and it is said what and since when.
func TestChangesAreFound(t *testing.T) {
	const changed = "entry 5 was changed after the checkpoint of 7 March 2026"
	for _, c := range []struct {
		says   string
		change func(h *home)
		args   []string
		want   string
	}{
		{"an entry, with every checksum right", rewritten, []string{"-against", "EXPORT"}, changed},
		{"the same, and only the checkpoint was kept", func(h *home) {
			rewritten(h)
			require.NoError(h.t, os.Rename(h.at("EXPORT/checkpoint"), h.at("kept")))
		}, []string{"-against", "kept"}, "something among entries 0 to 5 was changed after the checkpoint of 7 March 2026"},
		{"the same, under the ledger's own checkpoint", func(h *home) {
			signed, err := os.ReadFile(h.at("LEDGER/signed"))
			require.NoError(h.t, err)
			rewritten(h)
			require.NoError(h.t, os.WriteFile(h.at("LEDGER/signed"), signed, 0o600))
		}, nil, "something among entries 0 to 5 was changed"},
		{"nobody kept anything, and who consented had not been asked", rewritten, nil, ""},
		{"a byte on the disk", func(h *home) { flip(h, "LEDGER/entries", 400) }, nil, "was changed or damaged after it was written"},
		{"the end is gone", func(h *home) { cut(h, 3) }, []string{"-against", "EXPORT"}, "a checkpoint stands for 6 entries, and there are 3 entries"},
		{"the kept checkpoint", func(h *home) { flip(h, "EXPORT/checkpoint", 70) }, []string{"-against", "EXPORT", "-key", "EXPORT/vkey"}, "not signed by those whom you trust"},
		{"the ledger's checkpoint", func(h *home) { flip(h, "LEDGER/signed", 70) }, []string{"-key", "EXPORT/vkey"}, "not signed by those whom you trust"},
		{"the key of another", func(h *home) {
			require.NoError(h.t, os.Remove(h.at("LEDGER/secret")))
			require.NoError(h.t, os.Remove(h.at("LEDGER/signed")))
			h.verify(0, "Signed", h.at("LEDGER"), "-export", h.at("OTHER"))
		}, []string{"-key", "EXPORT/vkey"}, "not signed by those whom you trust"},
		{"it was signed before, and is signed again", func(h *home) {
			signed, err := os.ReadFile(h.at("LEDGER/signed"))
			require.NoError(h.t, err)
			secret, err := os.ReadFile(h.at("LEDGER/secret"))
			require.NoError(h.t, err)
			cut(h, 5)
			require.NoError(h.t, os.WriteFile(h.at("LEDGER/signed"), signed, 0o600))
			require.NoError(h.t, os.WriteFile(h.at("LEDGER/secret"), secret, 0o600))
		}, []string{"-export", "AGAIN"}, "an old copy was put back"},
		{"a tile of the files", func(h *home) { flip(h, "EXPORT/tile/0/000.p/6", 5) }, []string{"-import", "EXPORT"}, "these files are not what was signed"},
		{"an entry of the files", func(h *home) { flip(h, "EXPORT/tile/entries/000.p/6", 40) }, []string{"-import", "EXPORT"}, "these files are not what was signed"},
		{"not a ledger", func(h *home) { flip(h, "LEDGER/entries", 0) }, nil, "this is not a ledger"},
	} {
		t.Run(c.says, func(t *testing.T) {
			h := newHome(t)
			h.export()
			c.change(h)
			args := []string{h.at("LEDGER")}
			for _, arg := range c.args {
				if !strings.HasPrefix(arg, "-") {
					arg = h.at(arg)
				}
				args = append(args, arg)
			}
			if len(c.args) > 0 && c.args[0] == "-import" {
				args[0] = h.at("COPY")
			}
			want := 1
			if c.want == "" {
				want = 0 // nobody can tell: that is why members keep checkpoints
			}
			h.verify(want, c.want, args...)
			if len(c.args) > 0 && c.args[0] == "-import" {
				require.NoDirExists(t, h.at("COPY"), "nothing is made of what is not believed")
			}
		})
	}
}

func rewritten(h *home) { require.NoError(h.t, showing{dir: h.dir}.rewrite(context.Background())) }

// flip changes one bit of a file.
func flip(h *home, name string, at int) {
	b, err := os.ReadFile(h.at(name))
	require.NoError(h.t, err)
	b[at] ^= 1
	require.NoError(h.t, os.WriteFile(h.at(name), b, 0o600))
}

// cut leaves the first entries only, as a whole ledger.
func cut(h *home, n int) {
	ctx := context.Background()
	store, err := filestore.OpenReadOnly(h.at("LEDGER"))
	require.NoError(h.t, err)
	var first [][]byte
	for entry, err := range store.Read(ctx, 0) {
		require.NoError(h.t, err)
		if len(first) < n {
			first = append(first, bytes.Clone(entry))
		}
	}
	require.NoError(h.t, store.Close())
	require.NoError(h.t, os.RemoveAll(h.at("LEDGER")))
	store, err = filestore.Open(h.at("LEDGER"))
	require.NoError(h.t, err)
	require.NoError(h.t, store.Append(ctx, 0, first))
	require.NoError(h.t, store.Close())
}

// A witness whom everybody trusts tells of two ledgers of one name.
func TestWitness(t *testing.T) {
	h := newHome(t)
	h.export()
	key := h.at("EXPORT/vkey")
	h.verify(1, "must know the key", "-witness", "127.0.0.1:0")
	url, witness := h.startWitness(key)
	h.verify(0, "6 entries of", h.at("LEDGER"), "-ask", url, "-trust", witness)
	h.live("coffee")
	h.verify(0, "Seen by witness.example/", h.at("LEDGER"), "-ask", url, "-trust", witness)
	h.verify(0, "Seen by witness.example/", h.at("LEDGER"), "-key", key, "-trust", witness)
	h.verify(1, "too few witnesses", h.at("LEDGER"), "-key", key, "-trust", witness+","+otherWitness(t))

	secret, err := os.ReadFile(h.at("LEDGER/secret"))
	require.NoError(t, err)
	cut(h, 4)
	require.NoError(t, os.WriteFile(h.at("LEDGER/secret"), secret, 0o600))
	h.live("tea")
	h.live("cake")
	h.verify(1, "the witness has seen another ledger of this name", h.at("LEDGER"), "-ask", url, "-trust", witness)
	h.verify(1, "name the key of the witness", h.at("LEDGER"), "-ask", url)
}

// startWitness starts a witness, and returns where it listens, and its key.
func (h *home) startWitness(key string) (url, witness string) {
	ctx, stop := context.WithCancel(context.Background())
	said := make(chan string, 10)
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"-witness", "127.0.0.1:0", "-key", key, "-seen", h.at("seen")}, lines(said), lines(said))
	}()
	h.t.Cleanup(func() {
		stop()
		require.Equal(h.t, 0, <-ended)
	})
	first := <-said
	_, rest, ok := strings.Cut(first, "listens at ")
	require.True(h.t, ok, first)
	url, _, _ = strings.Cut(rest, ". Its key")
	return url, strings.TrimSpace(rest[strings.LastIndex(strings.TrimSpace(rest), "\n")+1:])
}

// lines hands on what is written.
type lines chan string

func (l lines) Write(b []byte) (int, error) {
	l <- string(b)
	return len(b), nil
}

// otherWitness makes the key of a witness who was not asked.
func otherWitness(t *testing.T) string {
	w, err := witnessKey(filepath.Join(t.TempDir(), "secret"))
	require.NoError(t, err)
	return w.Verifier()
}

func TestNotUnderstood(t *testing.T) {
	h := newHome(t)
	for _, args := range [][]string{{"-unknown"}, {"one", "two"}, {"-export", h.at("x")}, {"-h"}, {h.at("LEDGER"), "-prove", "x"}} {
		h.verify(2, "", args...)
	}
	for _, args := range [][]string{{h.at("none")}, {h.at("none"), "-export", h.at("x")}, {h.at("LEDGER"), "-key", "x"}, {h.at("LEDGER"), "-trust", "x"},
		{h.at("COPY"), "-import", h.at("none")}, {"-receipt", h.at("none"), "-key", "x"}, {h.at("LEDGER"), "-against", h.at("none")}, {h.at("LEDGER"), "-key", h.at("LEDGER/entries")}} {
		h.verify(1, "It could not be verified", args...)
	}
	require.NoDirExists(t, h.at("none"))
	require.NoDirExists(t, h.at("COPY"))
	empty, err := filestore.Open(h.at("EMPTY"))
	require.NoError(t, err)
	require.NoError(t, empty.Close())
	h.verify(0, "0 entries", h.at("EMPTY"))
	h.verify(1, "is not signed", h.at("EMPTY"), "-export", h.at("x"))
}

// TestHelp: what is not understood is said once, with what there is.
func TestHelp(t *testing.T) {
	for args, want := range map[string]string{"-unknown": "flag provided but not defined: -unknown", "-h": "verify LEDGER says whether"} {
		var errs bytes.Buffer
		require.Equal(t, 2, run(t.Context(), []string{args}, io.Discard, &errs))
		require.Equal(t, 1, strings.Count(errs.String(), want), errs.String())
		require.Contains(t, errs.String(), "-export")
	}
}

// A ledger of something else is whole or not, and has no decisions.
func TestOtherLedgers(t *testing.T) {
	h := newHome(t)
	store, err := filestore.Open(h.at("OTHER"))
	require.NoError(t, err)
	require.NoError(t, store.Append(context.Background(), 0, [][]byte{[]byte("one"), []byte("two")}))
	require.NoError(t, store.Close())
	h.verify(0, "these are no decisions of Sayround", h.at("OTHER"))
	store, err = filestore.Open(h.at("LEDGER"))
	require.NoError(t, err)
	require.NoError(t, store.Append(context.Background(), 6, [][]byte{[]byte("something else")}))
	require.NoError(t, store.Close())
	h.verify(1, "one of its entries cannot be read", h.at("LEDGER"))
}

// What somebody said is erased of a ledger whose words lie encrypted, and the ledger is
// whole before and after. Their words are in none of its files, and an old copy of
// them does not open any more.
func TestErase(t *testing.T) {
	h := &home{t, t.TempDir(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	store, err := filestore.Open(h.at("LEDGER"))
	require.NoError(t, err)
	keeper, err := vault.OpenKeeper(h.at("LEDGER.keeper"))
	require.NoError(t, err)
	v, err := vault.Open(t.Context(), h.at("LEDGER/vault"), vault.Config{Keeper: keeper, Origin: "bakery.example/ledger"})
	require.NoError(t, err)
	e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: v, Now: func() time.Time { return h.now }})
	require.NoError(t, err)
	for i, cmd := range []consent.Command{
		circle.Found{ID: "bakery", Aim: circle.Say("Bread")},
		circle.Admit{ID: "ana", Name: circle.Say("canary-name-of-ana")},
		circle.Admit{ID: "ben", Name: circle.Say("canary-name-of-ben")},
		circle.Join{Circle: "bakery", Person: "ana", Level: circle.Full},
	} {
		_, err := e.Do(t.Context(), circle.Actor{By: "host"}, cmd)
		require.NoError(t, err, i)
	}
	_, err = e.Do(t.Context(), circle.Actor{By: "ana"}, proposal.OpenNeed{ID: "n", Circle: "bakery", Text: circle.Say("canary-of-ana")})
	require.NoError(t, err)
	require.NoError(t, errors.Join(v.Close(), store.Close()))
	require.NoError(t, os.CopyFS(h.at("OLD"), os.DirFS(h.at("LEDGER/vault"))))

	ledger := h.at("LEDGER")
	before := h.verify(0, "The ledger is whole: 5 entries", ledger)
	h.verify(1, "NOT ERASED: ben may not do this", ledger, "-erase", "ana", "-by", "ben")
	h.verify(1, "name its file (-keeper FILE)", ledger, "-erase", "ana", "-keeper", h.at("KEEPER"))
	require.Equal(t, before, h.verify(0, "5 entries", ledger), "nothing was done")
	says := h.verify(0, "Erased: 2 texts", ledger, "-erase", "ana", "-ground", "canary: she rang us up")
	require.Contains(t, says, "it goes on record as \"other\"")
	h.verify(0, "The ledger is whole: 7 entries", ledger)
	h.verify(0, "holds no words of this person", ledger, "-erase", "ana")
	h.verify(0, "The ledger is whole: 7 entries", ledger)
	require.NoError(t, filepath.WalkDir(ledger, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			b, err := os.ReadFile(path)
			require.NoError(t, err)
			require.NotContains(t, string(b), "canary")
		}
		return err
	}))
	if keeper, err = vault.OpenKeeper(h.at("LEDGER.keeper")); err == nil {
		_, err = vault.Open(t.Context(), h.at("OLD"), vault.Config{Keeper: keeper, Origin: "bakery.example/ledger"})
	}
	require.ErrorIs(t, err, vault.ErrNoKey, "a copy from before")
}

// Somebody who was given an id is erased by the name for which it was given, which the
// ledger does not know; and then nobody has that name any more.
func TestEraseByHandle(t *testing.T) {
	h := &home{t, t.TempDir(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	store, err := filestore.Open(h.at("LEDGER"))
	require.NoError(t, err)
	keeper, err := vault.OpenKeeper(h.at("LEDGER.keeper"))
	require.NoError(t, err)
	v, err := vault.Open(t.Context(), h.at("LEDGER/vault"), vault.Config{Keeper: keeper, Origin: "bakery.example/ledger"})
	require.NoError(t, err)
	e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: v, Now: func() time.Time { return h.now }})
	require.NoError(t, err)
	people, err := alias.Open(t.Context(), v, alias.Config{})
	require.NoError(t, err)
	ana, err := people.Of(t.Context(), "ana@bakery.example")
	require.NoError(t, err)
	ben, err := people.Of(t.Context(), "ben@bakery.example")
	require.NoError(t, err)
	_, err = e.Do(t.Context(), circle.Actor{By: ana}, circle.Found{ID: "bakery", Aim: circle.Say("Bread"), Members: []circle.PersonID{ana, ben}})
	require.NoError(t, err)
	require.NoError(t, errors.Join(v.Close(), store.Close()))

	ledger := h.at("LEDGER")
	h.verify(1, "NOT ERASED: "+string(ben)+" may not do this", ledger, "-erase", "ana@bakery.example", "-by", "ben@bakery.example")
	h.verify(0, "Erased: 1 text.", ledger, "-erase", "ana@bakery.example")
	h.verify(0, "holds no words of this person", ledger, "-erase", string(ana))
	h.verify(0, "Erased: 1 text.", ledger, "-erase", string(ben))
	h.verify(0, "The ledger is whole", ledger)
}

// A ledger that keeps its words in the store itself cannot forget, and says so.
func TestPlainVaultErasesNothing(t *testing.T) {
	h := newHome(t)
	h.verify(1, "NOT ERASED: the words of this ledger lie in a vault that cannot forget", h.at("LEDGER"), "-erase", "ana", "-ground", "request")
	h.verify(0, "6 entries", h.at("LEDGER"))
}
