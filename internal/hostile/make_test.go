package hostile_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/tiles"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var update = flag.Bool("update", false, "make the corpus anew")

const origin = "bakery.example/ledger"

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// secretOf is the key of whoever has this name: anybody can make it, so that it
// protects nothing but the corpus.
func secretOf(name string) string {
	secret, _, err := ledger.NewKey(name, rand.NewChaCha8(sha256.Sum256([]byte(name))))
	if err != nil {
		panic(err)
	}
	return secret
}

func signerOf(name string) note.Signer {
	s, err := ledger.NewSigner(secretOf(name))
	if err != nil {
		panic(err)
	}
	return s
}

// vkeyOf is what verifies the signatures of whoever has this name.
func vkeyOf(name string) string {
	_, public, err := ledger.NewKey(name, rand.NewChaCha8(sha256.Sum256([]byte(name))))
	if err != nil {
		panic(err)
	}
	return public
}

// trusted is whom the tests trust.
var trusted = func() ledger.Policy {
	v, err := ledger.NewVerifier(vkeyOf(origin))
	if err != nil {
		panic(err)
	}
	return ledger.Policy{Ledgers: []note.Verifier{v}}
}()

// A world is the ledger of which the corpus is made.
type world struct {
	t       *testing.T
	dir     string
	entries [][]byte
	store   *ledger.Memory
}

// newWorld lets three people decide something, in a folder.
func newWorld(t *testing.T) *world {
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "ledger"), store: new(ledger.Memory)}
	ctx, now, n := context.Background(), noon, 0
	store, err := filestore.Open(w.dir)
	require.NoError(t, err)
	engine, err := consent.Open(ctx, consent.Config{Store: store, Vault: store,
		Now:  func() time.Time { now = now.Add(time.Minute); return now },
		IDs:  func() string { n++; return fmt.Sprint("c", n) },
		Salt: func() [32]byte { n++; return sha256.Sum256(fmt.Append(nil, n)) }})
	require.NoError(t, err)
	for _, c := range []struct {
		by  circle.PersonID
		cmd consent.Command
	}{
		{"ana", circle.Found{ID: "bakery", Aim: circle.Say("Bread"), Members: []circle.PersonID{"ana", "ben", "cia"}}},
		{"ana", proposal.Submit{ID: "rest", Circle: "bakery", Text: circle.Say("We rest on Mondays"), Term: circle.MustPeriod("3m")}},
		{"ana", consent.OpenRound{Proposal: "rest", Round: consent.ConsentRound}},
		{"ana", consent.Respond{Proposal: "rest", Answer: consent.Consents}},
		{"cia", objection.Raise{ID: "o1", Proposal: "rest", Aim: circle.WholeAim, Argument: circle.Say("Mondays are busy")}},
		{"cia", objection.Withdraw{Objection: "o1"}},
	} {
		_, err := engine.Do(ctx, circle.Actor{By: c.by}, c.cmd)
		require.NoError(t, err)
	}
	for entry, err := range store.Read(ctx, 0) {
		require.NoError(t, err)
		w.entries = append(w.entries, bytes.Clone(entry))
	}
	require.NoError(t, w.store.Append(ctx, 0, w.entries))
	require.NoError(t, store.KeepSigned(ctx, nil, w.signed(w.entries, origin)))
	require.NoError(t, store.Close())
	return w
}

func rootOf(entries [][]byte) (tree ledger.Tree) {
	for _, e := range entries {
		tree.Append(e)
	}
	return tree
}

// signed is the checkpoint of entries, signed by somebody.
func (w *world) signed(entries [][]byte, by ...string) []byte {
	tree := rootOf(entries)
	return w.note(ledger.Checkpoint{Origin: origin, Size: tree.Size(), Root: tree.Root()}.Text(), by...)
}

// note signs a text.
func (w *world) note(text string, by ...string) []byte {
	var keys []note.Signer
	for _, name := range by {
		keys = append(keys, signerOf(name))
	}
	b, err := note.Sign(&note.Note{Text: text}, keys...)
	require.NoError(w.t, err)
	return b
}

// A change is something that was done to one text or file.
type change struct {
	says  string
	do    func(b []byte) []byte
	wants string
}

func replace(old, with string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.Replace(bytes.Clone(b), []byte(old), []byte(with), 1) }
}

func flip(at int) func([]byte) []byte {
	return func(b []byte) []byte {
		b = bytes.Clone(b)
		b[(at+len(b))%len(b)] ^= 1
		return b
	}
}

func cut(n int) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.Clone(b[:len(b)-n]) }
}
func add(s string) func([]byte) []byte {
	return func(b []byte) []byte { return append(bytes.Clone(b), s...) }
}
func become(b []byte) func([]byte) []byte { return func([]byte) []byte { return b } }

// cases are those that changes of one file make, after the original.
func cases(of, file string, files map[string][]byte, changes ...change) []hostile {
	list := []hostile{{says: "the original, with which nothing is wrong", of: of, wants: "nothing", files: files}}
	for _, c := range changes {
		h := hostile{says: c.says, of: of, wants: c.wants, files: maps.Clone(files)}
		h.files[file] = c.do(files[file])
		list = append(list, h)
	}
	return list
}

// TestMakeCorpus makes the corpus anew, where that is asked for.
func TestMakeCorpus(t *testing.T) {
	if !*update {
		t.Skip("the corpus stays as it is: -update makes it anew")
	}
	w := newWorld(t)
	var list []hostile
	for _, more := range [][]hostile{w.checkpoints(), w.policies(), w.keys(), w.receipts(), w.changes(), w.refusals(), w.growth(), w.inclusion(), w.requests(), w.exports(), w.ofEntries(), w.ledgers()} {
		list = append(list, more...)
	}
	old, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	require.NoError(t, err)
	for _, name := range old {
		require.NoError(t, os.Remove(name))
	}
	require.NoError(t, os.MkdirAll("testdata", 0o755))
	count := map[string]int{}
	for _, h := range list {
		name := fmt.Sprintf("%s-%02d.txt", strings.ReplaceAll(h.of, " ", "-"), count[h.of])
		count[h.of]++
		require.NoError(t, os.WriteFile(filepath.Join("testdata", name), h.bytes(), 0o644))
	}
}

const (
	badCheckpoint = "ledger.ErrBadCheckpoint"
	signature     = "ledger.ErrSignature"
	wrongProof    = "ledger.ErrProof"
)

func (w *world) checkpoints() []hostile {
	good := w.signed(w.entries, origin)
	root := rootOf(w.entries)
	text := func(s string) func([]byte) []byte { return become(w.note(s, origin)) }
	return cases("checkpoint", "checkpoint", map[string][]byte{"checkpoint": good},
		change{"another size", replace("\n6\n", "\n7\n"), signature},
		change{"another root", replace("\n6\n", "\n6\nA"), signature},
		change{"another name", replace(origin, "other.example/x"), signature},
		change{"a byte of the signature", replace(string(good[len(good)-12:len(good)-8]), "AAAA"), signature},
		change{"no signature", become([]byte(strings.SplitAfter(string(good), "\n\n")[0])), badCheckpoint},
		change{"nothing", become(nil), badCheckpoint},
		change{"no empty line", replace("\n\n", "\n"), badCheckpoint},
		change{"a text behind it", add("hello\n"), badCheckpoint},
		change{"signed by another", become(w.signed(w.entries, "else.example")), signature},
		change{"signed, and has a fourth line", text(origin + "\n6\n" + root.Root().String() + "\nmore\n"), badCheckpoint},
		change{"signed, and has two lines", text(origin + "\n6\n"), badCheckpoint},
		change{"signed, with a zero before its size", text(origin + "\n06\n" + root.Root().String() + "\n"), badCheckpoint},
		change{"signed, with a negative size", text(origin + "\n-6\n" + root.Root().String() + "\n"), badCheckpoint},
		change{"signed, with a size beyond any ledger", text(origin + "\n9223372036854775807\n" + root.Root().String() + "\n"), badCheckpoint},
		change{"signed, with a short root", text(origin + "\n6\n" + root.Root().String()[4:] + "\n"), badCheckpoint},
		change{"signed, with a root that is written in another way", text(origin + "\n6\n" + strings.TrimRight(root.Root().String(), "=") + "\n"), badCheckpoint},
		change{"signed, without entries, with a root", text(origin + "\n0\n" + root.Root().String() + "\n"), badCheckpoint},
		change{"signed, of a name with a space", text("two words\n6\n" + root.Root().String() + "\n"), badCheckpoint},
		change{"larger than any", become(bytes.Repeat([]byte("a"), ledger.MaxNote+1)), "ledger.ErrTooLarge"},
	)
}

func (w *world) policies() []hostile {
	witness, err := ledger.NewCosigner(secretOf("witness.example/w"), nil)
	require.NoError(w.t, err)
	line := "witness W " + witness.Verifier() + "\n"
	good := "log " + vkeyOf(origin) + "\n" + line + "group G all W\nquorum G\n"
	const bad = "ledger.ErrBadPolicy"
	return cases("policy", "policy", map[string][]byte{"policy": []byte(good)},
		change{"no quorum", replace("quorum G\n", ""), bad},
		change{"two quorums", add("quorum W\n"), bad},
		change{"a quorum of nobody", replace("quorum G", "quorum H"), bad},
		change{"a group that names itself", replace("group G all W", "group G all G"), bad},
		change{"a group of two of one", replace("all W", "2 W"), bad},
		change{"a group of none of one", replace("all W", "0 W"), bad},
		change{"a group with one twice", replace("all W", "any W W"), bad},
		change{"one key under two names", replace("group", "witness V "+witness.Verifier()+"\ngroup"), bad},
		change{"a name that is taken", replace("group G", "group W"), bad},
		change{"a key that is none", replace("log ", "log x"), bad},
		change{"a line that is none", add("trust everybody\n"), bad},
		change{"larger than any", become(bytes.Repeat([]byte("#\n"), ledger.MaxPolicy/2+1)), "ledger.ErrTooLarge"},
	)
}

func (w *world) keys() []hostile {
	good := vkeyOf(origin)
	const bad = "ledger.ErrBadKey"
	return cases("key", "key", map[string][]byte{"key": []byte(good)},
		change{"another name", replace("bakery", "bakers"), bad},
		change{"one bit of the key", flip(-5), bad},
		change{"another kind", replace("+A", "+B"), bad},
		change{"cut off", cut(4), bad},
		change{"the secret one", become([]byte(secretOf(origin))), bad},
		change{"nothing", become(nil), bad},
	)
}

func (w *world) receipts() []hostile {
	r, err := ledger.Issue(context.Background(), w.store, trusted, w.signed(w.entries, origin), 4)
	require.NoError(w.t, err)
	with := func(change func(*ledger.Receipt)) func([]byte) []byte {
		other := r
		other.Proof = append(ledger.Proof(nil), r.Proof...)
		change(&other)
		return become(other.Text())
	}
	const bad = "ledger.ErrBadReceipt"
	return cases("receipt", "receipt", map[string][]byte{"receipt": r.Text()},
		change{"another entry", with(func(r *ledger.Receipt) { r.Entry = w.entries[3] }), wrongProof},
		change{"an entry that was changed", with(func(r *ledger.Receipt) { r.Entry = flip(20)(r.Entry) }), wrongProof},
		change{"another place", with(func(r *ledger.Receipt) { r.Index = 3 }), wrongProof},
		change{"a place behind the end", with(func(r *ledger.Receipt) { r.Index = 6 }), "ledger.ErrNoEntry"},
		change{"a hash too few", with(func(r *ledger.Receipt) { r.Proof = r.Proof[1:] }), wrongProof},
		change{"a hash too many", with(func(r *ledger.Receipt) { r.Proof = append(r.Proof, r.Proof[0]) }), wrongProof},
		change{"hashes in another order", with(func(r *ledger.Receipt) { r.Proof[0], r.Proof[1] = r.Proof[1], r.Proof[0] }), wrongProof},
		change{"an older checkpoint", with(func(r *ledger.Receipt) { r.Checkpoint = w.signed(w.entries[:5], origin) }), wrongProof},
		change{"a checkpoint that another signed", with(func(r *ledger.Receipt) { r.Checkpoint = w.signed(w.entries, "else.example") }), signature},
		change{"a checkpoint that was changed", replace("\n6\n", "\n8\n"), signature},
		change{"a newer form", replace("@v1", "@v2"), bad},
		change{"no place", replace("index 4\n", ""), bad},
		change{"a zero before its place", replace("index 4", "index 04"), bad},
		change{"a hash that is none", replace(r.Proof[0].String(), "hello"), bad},
		change{"more hashes than any proof has", replace(r.Proof[0].String(), strings.Repeat(r.Proof[0].String()+"\n", 64)+r.Proof[0].String()), bad},
		change{"no empty line", replace("\n\n", "\n"), bad},
		change{"other ends of lines", replace("\n", "\r\n"), bad},
		change{"larger than any", become(bytes.Repeat([]byte("a"), ledger.MaxReceipt+1)), "ledger.ErrTooLarge"},
	)
}

func (w *world) changes() []hostile {
	next := "bakery.example/ledger"
	_, public, err := ledger.NewKey(next, rand.NewChaCha8(sha256.Sum256([]byte("the next key"))))
	require.NoError(w.t, err)
	secret, _, err := ledger.NewKey(next, rand.NewChaCha8(sha256.Sum256([]byte("the next key"))))
	require.NoError(w.t, err)
	with, err := ledger.NewSigner(secret)
	require.NoError(w.t, err)
	good, err := ledger.ChangeKey(signerOf(origin), with, public)
	require.NoError(w.t, err)
	text := string(good[:bytes.Index(good, []byte("\n\n"))+1])
	alone, err := note.Sign(&note.Note{Text: text}, with)
	require.NoError(w.t, err)
	return cases("change of keys", "change", map[string][]byte{"change": good},
		change{"signed by the old key only", become(w.note(text, origin)), signature},
		change{"signed by the new key only", become(alone), signature},
		change{"another key put in", replace(public, vkeyOf(origin)), signature},
		change{"one bit of a signature", flip(-4), signature},
		change{"the key of another ledger", replace(public, vkeyOf("else.example")), "ledger.ErrBadKey"},
		change{"a checkpoint", become(w.signed(w.entries, origin)), "ledger.ErrBadKey"},
		change{"nothing", become(nil), "ledger.ErrBadKey"},
	)
}

func (w *world) refusals() []hostile {
	r := ledger.Refused{Origin: origin, Command: ledger.LeafHash([]byte("what was sent")), Code: "not-your-turn", At: noon, Size: 6}
	good, err := r.Sign(signerOf(origin))
	require.NoError(w.t, err)
	const bad = "ledger.ErrBadReceipt"
	return cases("refusal", "refusal", map[string][]byte{"refusal": good},
		change{"another reason", replace("not-your-turn", "not-a-member"), signature},
		change{"another time", replace("1772", "1773"), signature},
		change{"signed by another", become(w.note(r.Text(), "else.example")), signature},
		change{"a checkpoint", become(w.signed(w.entries, origin)), bad},
		change{"signed, with a line too many", become(w.note(r.Text()+"more\n", origin)), bad},
		change{"signed, with a size that is none", become(w.note(strings.Replace(r.Text(), "\n6\n", "\n06\n", 1), origin)), bad},
		change{"nothing", become(nil), signature},
	)
}

// treeText is a size and a root.
func treeText(entries [][]byte) []byte {
	tree := rootOf(entries)
	return fmt.Appendf(nil, "%d\n%s\n", tree.Size(), tree.Root())
}

func proofText(p ledger.Proof) []byte {
	var b []byte
	for _, h := range p {
		b = append(b, h.String()+"\n"...)
	}
	return b
}

func (w *world) growth() []hostile {
	p, err := ledger.ProveGrowth(context.Background(), w.store, 3, 6)
	require.NoError(w.t, err)
	files := map[string][]byte{"old": treeText(w.entries[:3]), "new": treeText(w.entries), "proof": proofText(p)}
	list := cases("growth", "proof", files,
		change{"a hash too few", become(proofText(p[1:])), wrongProof},
		change{"a hash too many", become(proofText(append(p[:len(p):len(p)], p[0]))), wrongProof},
		change{"no proof", become(nil), wrongProof},
		change{"the proof of another size", become(proofText(w.growthFrom(2))), wrongProof},
	)
	list = append(list, cases("growth", "old", files,
		change{"an older tree that was another", become(treeText(w.entries[1:4])), wrongProof},
		change{"the empty tree shows nothing", become(treeText(nil)), "ledger.ErrGrowth"},
		change{"an older tree that is larger", become(treeText(append(w.entries, w.entries[0]))), "ledger.ErrGrowth"},
	)[1:]...)
	return append(list, cases("growth", "new", files,
		change{"a tree that was rewritten", become(treeText(append([][]byte{w.entries[1]}, w.entries[1:]...))), wrongProof},
		change{"a size beyond any ledger", become([]byte("9223372036854775807\n" + p[0].String() + "\n")), "ledger.ErrGrowth"},
	)[1:]...)
}

func (w *world) growthFrom(old uint64) ledger.Proof {
	p, err := ledger.ProveGrowth(context.Background(), w.store, old, 6)
	require.NoError(w.t, err)
	return p
}

func (w *world) inclusion() []hostile {
	p, err := ledger.Prove(context.Background(), w.store, 6, 2)
	require.NoError(w.t, err)
	files := map[string][]byte{"tree": treeText(w.entries), "index": []byte("2"), "entry": w.entries[2], "proof": proofText(p)}
	list := cases("inclusion", "proof", files,
		change{"a hash too few", become(proofText(p[1:])), wrongProof},
		change{"a hash too many", become(proofText(append(p[:len(p):len(p)], p[0]))), wrongProof},
		change{"no proof", become(nil), wrongProof})
	list = append(list, cases("inclusion", "index", files,
		change{"another place", become([]byte("3")), wrongProof},
		change{"behind the end", become([]byte("6")), "ledger.ErrNoEntry"},
		change{"far behind the end", become([]byte("18446744073709551615")), "ledger.ErrNoEntry"})[1:]...)
	list = append(list, cases("inclusion", "entry", files, change{"another entry", become(w.entries[1]), wrongProof})[1:]...)
	return append(list, cases("inclusion", "tree", files,
		change{"another tree", become(treeText(w.entries[1:])), wrongProof},
		change{"the empty tree has no entries", become(treeText(nil)), "ledger.ErrNoEntry"})[1:]...)
}

// request is what is posted to a witness.
func (w *world) request(old, size int, signed []byte) []byte {
	p, err := ledger.ProveGrowth(context.Background(), w.store, uint64(old), uint64(size))
	require.NoError(w.t, err)
	return append(append(fmt.Appendf(nil, "old %d\n", old), proofText(p)...), append([]byte("\n"), signed...)...)
}

func (w *world) requests() []hostile {
	files := map[string][]byte{"seen": w.request(0, 3, w.signed(w.entries[:3], origin)), "request": w.request(3, 6, w.signed(w.entries, origin))}
	rewritten := append([][]byte{w.entries[1]}, w.entries[1:]...)
	whole := rootOf(w.entries)
	foreign := ledger.Checkpoint{Origin: "else.example", Size: 6, Root: whole.Root()}
	return cases("request", "request", files,
		change{"a stale size", become(w.request(2, 6, w.signed(w.entries, origin))), "witness: 409"},
		change{"a size that was never seen", become(w.request(4, 6, w.signed(w.entries, origin))), "witness: 409"},
		change{"a ledger that was rewritten", become(w.request(3, 6, w.signed(rewritten, origin))), "witness: 422"},
		change{"another root for what was seen", become(w.request(3, 3, w.signed(rewritten[:3], origin))), "witness: 422"},
		change{"no proof", become(append([]byte("old 3\n\n"), w.signed(w.entries, origin)...)), "witness: 422"},
		change{"a checkpoint that another signed", become(w.request(3, 6, w.signed(w.entries, "else.example"))), "witness: 403"},
		change{"a checkpoint that was changed", replace("\n6\n", "\n7\n"), "witness: 403"},
		change{"another ledger", become(w.request(3, 6, w.note(foreign.Text(), "else.example"))), "witness: 404"},
		change{"an old size beyond the checkpoint", replace("old 3", "old 9"), "witness: 400"},
		change{"a zero before the old size", replace("old 3", "old 03"), "witness: 400"},
		change{"no old size", replace("old 3\n", ""), "witness: 400"},
		change{"nothing", become(nil), "witness: 400"},
	)
}

func (w *world) exports() []hostile {
	dir := filepath.Join(w.t.TempDir(), "export")
	require.NoError(w.t, tiles.Export(context.Background(), w.store, w.signed(w.entries, origin), trusted, dir))
	files := map[string][]byte{}
	require.NoError(w.t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[name], err = os.ReadFile(filepath.Join(dir, name))
		}
		return err
	}))
	const bundle, leaves, tile = "tile/entries/000.p/6", "tile/0/000.p/6", "tiles.ErrTile"
	list := cases("export", "checkpoint", files,
		change{"a checkpoint of more than there is", become(w.signed(append(w.entries, w.entries[0]), origin)), tile},
		change{"a checkpoint of other entries", become(w.signed(append([][]byte{w.entries[1]}, w.entries[1:]...), origin)), "ledger.ErrOtherRoot"},
		change{"a checkpoint that another signed", become(w.signed(w.entries, "else.example")), signature},
		change{"a checkpoint that was changed", replace("\n6\n", "\n5\n"), signature},
		change{"no checkpoint in the file", become(nil), badCheckpoint},
		change{"a checkpoint larger than any", become(make([]byte, ledger.MaxNote+1)), tile})
	for _, name := range []string{bundle, leaves} {
		list = append(list, cases("export", name, files,
			change{name + " is empty", become(nil), tile},
			change{name + " is cut off", cut(1), tile},
			change{name + " is longer", add("x"), tile},
			change{name + " has another first byte", flip(0), tile},
			change{name + " has another byte", flip(100), tile},
			change{name + " has another last byte", flip(-1), tile})[1:]...)
	}
	for _, name := range []string{"checkpoint", bundle, leaves} {
		h := hostile{says: name + " is missing", of: "export", wants: tile, files: maps.Clone(files)}
		delete(h.files, name)
		list = append(list, h)
	}
	swapped := hostile{says: "two entries have changed places, and their hashes too", of: "export", wants: "ledger.ErrOtherRoot", files: maps.Clone(files)}
	swapped.files[bundle], swapped.files[leaves] = bundleOf(w.entries[1], w.entries[0], w.entries[2:]...)
	return append(list, swapped)
}

// bundleOf writes entries as a bundle, and their hashes.
func bundleOf(one, two []byte, rest ...[]byte) (bundle, leaves []byte) {
	for _, e := range append([][]byte{one, two}, rest...) {
		bundle = append(append(bundle, byte(len(e)>>8), byte(len(e))), e...)
		h := ledger.LeafHash(e)
		leaves = append(leaves, h[:]...)
	}
	return bundle, leaves
}

func (w *world) ofEntries() []hostile {
	good := w.entries[1]
	const bad, newer = "consent.ErrNotCanonical", "consent.ErrNewer"
	return cases("entry", "entry", map[string][]byte{"entry": good},
		change{"a key twice", replace(`"type":"act"`, `"type":"act","type":"act"`), bad},
		change{"keys in another order", replace(`"type":"act","v":1}`, `"v":1,"type":"act"}`), bad},
		change{"a key in other letters", replace(`"type"`, `"Type"`), bad},
		change{"a field that nobody knows", replace(`"type":"act"`, `"type":"act","u":1`), newer},
		change{"a field missing", replace(`"v":1`, `"w":1`), bad},
		change{"null", replace(`"by":{"by":"ana"}`, `"by":null`), bad},
		change{"a number with a zero before it", replace(`"v":1`, `"v":01`), bad},
		change{"a fraction", replace(`"v":1`, `"v":1.0`), bad},
		change{"a number beyond what all can read", replace(`"at":`, `"at":9007199254740993,"x":`), bad},
		change{"minus nothing", replace(`"v":1`, `"v":-0`), bad},
		change{"an escaped letter", replace(`"act"`, `"\u0061ct"`), bad},
		change{"half a letter", replace(`"act"`, `"\ud800"`), bad},
		change{"bytes that are no text", replace(`"act"`, "\"a\xff\""), bad},
		change{"letters that are not composed", replace(`"ana"`, "\"ana\u0308\""), bad},
		change{"a control character", replace(`"ana"`, "\"an\u0007\""), bad},
		change{"a space", replace(`{`, `{ `), bad},
		change{"something behind it", add("{}"), bad},
		change{"cut off", cut(1), bad},
		change{"nothing in it", become([]byte("{}")), bad},
		change{"a commitment that is none", replace(`"c":"`, `"c":"x`), "ledger.ErrBadCommitment"},
		change{"a newer format", replace("sayround/1", "sayround/2"), newer},
		change{"an event that nobody knows", replace("proposal.submitted", "proposal.sublimated"), newer},
		change{"larger than any", become(bytes.Repeat([]byte("a"), ledger.MaxEntry+1)), "ledger.ErrTooLarge"},
	)
}

func (w *world) ledgers() []hostile {
	files := map[string][]byte{}
	for _, name := range []string{"entries", "parts", "mark", "signed"} {
		var err error
		files[name], err = os.ReadFile(filepath.Join(w.dir, name))
		require.NoError(w.t, err)
	}
	const corrupt, other = "ledger.ErrCorrupt", "ledger.ErrOtherRoot"
	list := cases("ledger", "entries", files,
		change{"a byte of the first entry", flip(60), corrupt},
		change{"a byte of the last entry", flip(-20), corrupt},
		change{"a byte of a length", flip(35), corrupt},
		change{"entries cut off in the middle", cut(500), corrupt},
		change{"entries without an end", cut(10), corrupt},
		change{"no entries", become(files["entries"][:32]), corrupt},
		change{"another name at its beginning", replace("sayround/entries", "somebody/entries"), "ledger.ErrNotLedger"},
		change{"the nonce of another ledger", flip(21), corrupt},
		change{"nothing", become(nil), corrupt})
	list = append(list, cases("ledger", "parts", files,
		change{"a byte of what somebody said", replace("busy", "idle"), corrupt},
		change{"words cut off", cut(5), corrupt},
		change{"no words", become(files["parts"][:32]), corrupt})[1:]...)
	list = append(list, cases("ledger", "signed", files,
		change{"the checkpoint of a longer ledger", become(w.signed(append(w.entries, w.entries[0]), origin)), "ledger.ErrShort"},
		change{"the checkpoint of another ledger", become(w.signed(append([][]byte{w.entries[1]}, w.entries[1:]...), origin)), other},
		change{"a checkpoint that another signed", become(w.signed(w.entries, "else.example")), signature},
		change{"an empty checkpoint", become(nil), corrupt})[1:]...)
	return append(list, w.rewritten(files)...)
}

// rewritten are ledgers that somebody wrote anew, with every checksum right.
func (w *world) rewritten(files map[string][]byte) (list []hostile) {
	write := func(entries [][]byte) []byte {
		dir := filepath.Join(w.t.TempDir(), "again")
		store, err := filestore.Open(dir)
		require.NoError(w.t, err)
		require.NoError(w.t, store.Append(context.Background(), 0, entries))
		require.NoError(w.t, store.Close())
		b, err := os.ReadFile(filepath.Join(dir, "entries"))
		require.NoError(w.t, err)
		return b
	}
	changed := append([][]byte{}, w.entries...)
	changed[3] = bytes.Replace(changed[3], []byte(`"ana"`), []byte(`"ben"`), -1)
	swapped := append([][]byte{}, w.entries...)
	swapped[2], swapped[3] = swapped[3], swapped[2]
	for _, c := range []struct {
		says    string
		entries [][]byte
		signed  bool
		wants   string
	}{
		{"another who consented, under the checkpoint", changed, true, "ledger.ErrOtherRoot"},
		{"entries in another order, under the checkpoint", swapped, true, "ledger.ErrOtherRoot"},
		{"the first entry left out, under no checkpoint", w.entries[1:], false, "consent.ErrSenseless"},
		{"an answer to a question that was never put, under no checkpoint", append(append([][]byte{}, w.entries[:2]...), w.entries[3:]...), false, "consent.ErrSenseless"},
		{"an entry of something else, under no checkpoint", append(append([][]byte{}, w.entries...), []byte("hello")), false, "consent.ErrNotCanonical"},
	} {
		h := hostile{says: c.says, of: "ledger", wants: c.wants, files: maps.Clone(files)}
		h.files["entries"] = write(c.entries)
		delete(h.files, "mark") // it is of the other file
		if !c.signed {
			delete(h.files, "signed")
		}
		list = append(list, h)
	}
	return list
}
