package ledger_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/ledger"
)

const origin = "care.example/ledger"

// chance is repeatable.
func chance(seed byte) io.Reader { return rand.NewChaCha8(sha256.Sum256([]byte{seed})) }

// newKey makes the key of a ledger, and what verifies it.
func newKey(t require.TestingT, name string, seed byte) (note.Signer, note.Verifier, string) {
	secret, public, err := ledger.NewKey(name, chance(seed))
	require.NoError(t, err)
	s, err := ledger.NewSigner(secret)
	require.NoError(t, err)
	v, err := ledger.NewVerifier(public)
	require.NoError(t, err)
	return s, v, public
}

// newWitness makes a witness who signs at one moment.
func newWitness(t require.TestingT, name string, seed byte, at time.Time) (*ledger.Cosigner, note.Verifier) {
	secret, _, err := ledger.NewKey(name, chance(seed))
	require.NoError(t, err)
	w, err := ledger.NewCosigner(secret, func() time.Time { return at })
	require.NoError(t, err)
	v, err := ledger.NewVerifier(w.Verifier())
	require.NoError(t, err)
	return w, v
}

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

func TestCheckpointIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := ledger.Checkpoint{Origin: rapid.StringMatching(`[a-zé./]{1,40}`).Draw(t, "origin"), Size: rapid.Uint64Range(1, ledger.MaxSize).Draw(t, "size")}
		copy(c.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		got, err := ledger.ParseCheckpoint(c.Text())
		require.NoError(t, err)
		require.Equal(t, c, got)
	})
}

func TestCheckpointForms(t *testing.T) {
	root := ledger.LeafHash([]byte("x")).String()
	empty := new(ledger.Tree).Root().String()
	_, err := ledger.ParseCheckpoint(origin + "\n0\n" + empty + "\n")
	require.NoError(t, err)
	for _, c := range []struct{ text, says string }{
		{"", "three lines"},
		{origin + "\n1\n" + root, "three lines"},
		{origin + "\n1\n" + root + "\nan extension\n", "three lines"},
		{"\n1\n" + root + "\n", "no name"},
		{"two words\n1\n" + root + "\n", "space"},
		{"a+b\n1\n" + root + "\n", "plus"},
		{"a\xff\n1\n" + root + "\n", "a space, a plus"},
		{strings.Repeat("o", ledger.MaxOrigin+1) + "\n1\n" + root + "\n", "256 bytes"},
		{origin + "\n01\n" + root + "\n", "number"},
		{origin + "\n+1\n" + root + "\n", "number"},
		{origin + "\n-1\n" + root + "\n", "number"},
		{origin + "\n4611686018427387904\n" + root + "\n", "number"},
		{origin + "\n\n" + root + "\n", "number"},
		{origin + "\n1\n" + root[1:] + "\n", "hash"},
		{origin + "\n1\n" + root[:43] + "x\n", "hash"},
		{origin + "\n1\n" + strings.Repeat("A", 42) + "B=\n", "hash"},
		{origin + "\r\n1\n" + root + "\n", "space"},
		{origin + "\n0\n" + root + "\n", "without entries"},
	} {
		_, err := ledger.ParseCheckpoint(c.text)
		require.ErrorIs(t, err, ledger.ErrBadCheckpoint, c.text)
		require.ErrorContains(t, err, c.says)
	}
}

// The key and the note that C2SP signed-note prints are verified by ours.
func TestKeyOfTheStandard(t *testing.T) {
	v, err := ledger.NewVerifier("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
	require.NoError(t, err)
	require.Equal(t, "example.com/foo", v.Name())
}

func TestKeysThatAreNone(t *testing.T) {
	secret, public, err := ledger.NewKey("w.example", chance(1))
	require.NoError(t, err)
	w, err := ledger.NewCosigner(secret, nil)
	require.NoError(t, err)
	good := w.Verifier()
	_, err = ledger.NewVerifier(good)
	require.NoError(t, err)
	for _, bad := range []string{"", "w.example", secret, good[1:], good + "A", good[:len(good)-4], public[:len(public)-1],
		strings.Replace(good, "w.example+", "w.example+0", 1), strings.Replace(good, "w.example", "", 1), "a b" + good, "w.example+00000000+" + good[len("w.example+00000000+"):]} {
		_, err := ledger.NewVerifier(bad)
		require.ErrorIs(t, err, ledger.ErrBadKey, bad)
		_, err = ledger.NewSigner(bad[min(1, len(bad)):])
		require.ErrorIs(t, err, ledger.ErrBadKey, bad)
		_, err = ledger.NewCosigner(bad[min(1, len(bad)):], nil)
		require.ErrorIs(t, err, ledger.ErrBadKey, bad)
	}
	_, _, err = ledger.NewKey("two words", nil)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
	a, _, err := ledger.NewKey("w.example", nil)
	require.NoError(t, err)
	b, _, err := ledger.NewKey("w.example", nil)
	require.NoError(t, err)
	require.NotEqual(t, a, b)
}

// signedOf signs a checkpoint of a tree.
func signedOf(t require.TestingT, tree ledger.Tree, keys ...note.Signer) []byte {
	c := ledger.Checkpoint{Origin: origin, Size: tree.Size(), Root: tree.Root()}
	b, err := note.Sign(&note.Note{Text: c.Text()}, keys...)
	require.NoError(t, err)
	return b
}

func TestPolicy(t *testing.T) {
	_, tree := memoryOf(t, 5)
	key, verifier, _ := newKey(t, origin, 1)
	other, otherVerifier, _ := newKey(t, origin, 2)
	foreign, foreignVerifier, _ := newKey(t, "else.example", 3)
	w1, v1 := newWitness(t, "w1.example", 4, noon)
	w2, v2 := newWitness(t, "w2.example", 5, noon.Add(time.Hour))
	_, v3 := newWitness(t, "w3.example", 6, noon)
	two := ledger.Quorum{Least: 2, Of: []ledger.Quorum{{Witness: v1}, {Witness: v2}, {Witness: v3}}}
	signed := signedOf(t, tree, key, foreign, w1, w2)
	want := ledger.Checkpoint{Origin: origin, Size: 5, Root: tree.Root()}

	for _, c := range []struct {
		says   string
		policy ledger.Policy
		signed []byte
		err    error
		seen   []ledger.Seen
	}{
		{"its key signed it", ledger.Policy{Ledgers: []note.Verifier{verifier}}, signed, nil, nil},
		{"one of two keys signed it", ledger.Policy{Ledgers: []note.Verifier{otherVerifier, verifier}}, signed, nil, nil},
		{"two of three witnesses saw it", ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: two}, signed, nil,
			[]ledger.Seen{{Witness: "w1.example", At: noon}, {Witness: "w2.example", At: noon.Add(time.Hour)}}},
		{"one of three did", ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: two}, signedOf(t, tree, key, w1), ledger.ErrWitnesses, nil},
		{"the same one twice is one", ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: two}, signedOf(t, tree, key, w1, w1), ledger.ErrWitnesses, nil},
		{"another key signed it", ledger.Policy{Ledgers: []note.Verifier{otherVerifier}}, signed, ledger.ErrSignature, nil},
		{"the key of another ledger signed it", ledger.Policy{Ledgers: []note.Verifier{foreignVerifier}}, signed, ledger.ErrOrigin, nil},
		{"a witness is no ledger", ledger.Policy{Ledgers: []note.Verifier{v1}}, signed, ledger.ErrOrigin, nil},
		{"nobody is trusted", ledger.Policy{}, signed, ledger.ErrOrigin, nil},
		{"it was changed", ledger.Policy{Ledgers: []note.Verifier{verifier}}, []byte(strings.Replace(string(signed), "\n5\n", "\n6\n", 1)), ledger.ErrSignature, nil},
		{"a witness is forged", ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: two}, forge(t, signed, "w1.example"), ledger.ErrSignature, nil},
		{"it is no note", ledger.Policy{Ledgers: []note.Verifier{verifier}}, []byte("hello\n"), ledger.ErrBadCheckpoint, nil},
		{"it is empty", ledger.Policy{Ledgers: []note.Verifier{verifier}}, nil, ledger.ErrBadCheckpoint, nil},
		{"it is too large", ledger.Policy{Ledgers: []note.Verifier{verifier}}, make([]byte, ledger.MaxNote+1), ledger.ErrTooLarge, nil},
		{"it has too many signatures", ledger.Policy{Ledgers: []note.Verifier{verifier}}, crowded(t, tree, key), ledger.ErrTooLarge, nil},
		{"another key alone", ledger.Policy{Ledgers: []note.Verifier{verifier}}, signedOf(t, tree, other), ledger.ErrSignature, nil},
	} {
		t.Run(c.says, func(t *testing.T) {
			got, seen, err := c.policy.Open(c.signed)
			require.ErrorIs(t, err, c.err)
			if c.err == nil {
				require.Equal(t, want, got)
			}
			if other := (*ledger.OriginError)(nil); errors.As(err, &other) {
				trusted := ""
				for _, k := range c.policy.Ledgers {
					trusted = k.Name()
				}
				require.Equal(t, ledger.OriginError{Got: origin, Want: trusted}, *other)
			}
			require.Equal(t, c.seen, seen)
		})
	}
}

// A signed text that is no checkpoint is refused, whoever signed it.
func TestSignedTextThatIsNoCheckpoint(t *testing.T) {
	key, verifier, _ := newKey(t, origin, 1)
	b, err := note.Sign(&note.Note{Text: "hello\n"}, key)
	require.NoError(t, err)
	_, _, err = ledger.Policy{Ledgers: []note.Verifier{verifier}}.Open(b)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
	w, _ := newWitness(t, "w.example", 2, noon)
	_, err = w.Sign([]byte("hello\n"))
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint, "a witness signs checkpoints and nothing else")
	_, tree := memoryOf(t, 1)
	early, _ := newWitness(t, "w.example", 2, time.Unix(-1, 0))
	_, err = early.Sign([]byte(ledger.Checkpoint{Origin: origin, Size: 1, Root: tree.Root()}.Text()))
	require.Error(t, err)
}

// forge changes a bit of one signature.
func forge(t *testing.T, signed []byte, name string) []byte {
	lines := strings.Split(string(signed), "\n")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, "— "+name+" "); ok {
			b, err := base64.StdEncoding.DecodeString(rest)
			require.NoError(t, err)
			b[len(b)-1] ^= 1
			lines[i] = "— " + name + " " + base64.StdEncoding.EncodeToString(b)
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// crowded is signed by more than may sign.
func crowded(t *testing.T, tree ledger.Tree, key note.Signer) []byte {
	keys := []note.Signer{key}
	for i := range ledger.MaxSignatures {
		w, _ := newWitness(t, fmt.Sprintf("w%d.example", i), byte(10+i), noon)
		keys = append(keys, w)
	}
	return signedOf(t, tree, keys...)
}

func TestParsePolicy(t *testing.T) {
	_, tree := memoryOf(t, 5)
	key, _, public := newKey(t, origin, 1)
	witness := make([]*ledger.Cosigner, 4)
	for i := range witness {
		witness[i], _ = newWitness(t, fmt.Sprintf("w%d.example", i), byte(10+i), noon)
	}
	text := "# who is trusted\n\nlog " + public + " https://care.example/\n" +
		"witness X1 " + witness[0].Verifier() + "\n  witness\tX2 " + witness[1].Verifier() + " https://w1.example/\n" +
		"group X any X1 X2\n" +
		"witness Y1 " + witness[2].Verifier() + "\nwitness Y2 " + witness[3].Verifier() + "\n" +
		"group Y 2 Y1 Y2\ngroup both all X Y\nquorum both\n"
	p, err := ledger.ParsePolicy(text)
	require.NoError(t, err)
	for _, c := range []struct {
		by  []note.Signer
		err error
	}{
		{[]note.Signer{witness[0], witness[2], witness[3]}, nil},
		{[]note.Signer{witness[1], witness[2], witness[3]}, nil},
		{[]note.Signer{witness[0], witness[1], witness[2]}, ledger.ErrWitnesses},
		{[]note.Signer{witness[2], witness[3]}, ledger.ErrWitnesses},
		{nil, ledger.ErrWitnesses},
	} {
		_, _, err := p.Open(signedOf(t, tree, append([]note.Signer{key}, c.by...)...))
		require.ErrorIs(t, err, c.err)
	}
	none, err := ledger.ParsePolicy("log " + public + "\nquorum none\n")
	require.NoError(t, err)
	_, _, err = none.Open(signedOf(t, tree, key))
	require.NoError(t, err)
}

func TestPoliciesThatAreNone(t *testing.T) {
	_, _, public := newKey(t, origin, 1)
	w, _ := newWitness(t, "w.example", 2, noon)
	witness := "witness W " + w.Verifier() + "\n"
	for _, c := range []struct{ text, says string }{
		{"", "no quorum"},
		{"log " + public + "\n", "no quorum"},
		{"quorum W\n", "line 1: nobody of this name"},
		{"quorum none\nquorum none\n", "line 2: it is not a line"},
		{"hello\n", "line 1: it is not a line"},
		{"log x\nquorum none\n", "no key that can be read"},
		{"log " + public + "\nlog " + public + "\nquorum none\n", "this key was there before"},
		{witness + "witness V " + w.Verifier() + "\nquorum W\n", "this key was there before"},
		{witness + strings.Replace(witness, "w.example", "w.example", 1), "line 2"},
		{"witness none " + w.Verifier() + "\n", "this name is taken"},
		{witness + "group G all W W\n", "each once"},
		{witness + "group G all W\ngroup H all W\n", "each once"},
		{witness + "group G 2 W\n", "how many"},
		{witness + "group G 0 W\n", "how many"},
		{witness + "group G 01 W\n", "how many"},
		{witness + "group G all V\n", "stand before it"},
		{witness + "group W all W\n", "taken"},
		{witness + "group G all\n", "not a line"},
	} {
		_, err := ledger.ParsePolicy(c.text)
		require.ErrorIs(t, err, ledger.ErrBadPolicy, c.text)
		require.ErrorContains(t, err, c.says, c.text)
	}
	_, err := ledger.ParsePolicy(strings.Repeat("#\n", ledger.MaxPolicy))
	require.ErrorIs(t, err, ledger.ErrTooLarge)
}

// A change of keys is followed by who trusts the old key, and by nobody else.
func TestChangeOfKeys(t *testing.T) {
	old, oldVerifier, oldKey := newKey(t, origin, 1)
	with, _, public := newKey(t, origin, 2)
	stranger, strangerVerifier, strangerKey := newKey(t, origin, 3)
	foreign, _, foreignKey := newKey(t, "else.example", 4)
	change, err := ledger.ChangeKey(old, with, public)
	require.NoError(t, err)
	got, err := ledger.FollowKey(change, strangerVerifier, oldVerifier)
	require.NoError(t, err)
	require.Equal(t, public, got)

	_, err = ledger.FollowKey(change, strangerVerifier)
	require.ErrorIs(t, err, ledger.ErrSignature)
	alone, err := note.Sign(&note.Note{Text: strings.SplitAfter(string(change), "\n\n")[0][:strings.Index(string(change), "\n\n")+1]}, old)
	require.NoError(t, err)
	_, err = ledger.FollowKey(alone, oldVerifier)
	require.ErrorIs(t, err, ledger.ErrSignature, "the new key has not signed")
	_, err = ledger.FollowKey([]byte(strings.Replace(string(change), public, strangerKey, 1)), oldVerifier)
	require.ErrorIs(t, err, ledger.ErrSignature)
	_, tree := memoryOf(t, 2)
	for _, bad := range [][]byte{nil, []byte("hello"), signedOf(t, tree, old), []byte(strings.Replace(string(change), public, "x", 1))} {
		_, err = ledger.FollowKey(bad, oldVerifier)
		require.ErrorIs(t, err, ledger.ErrBadKey)
	}
	_, err = ledger.FollowKey(make([]byte, ledger.MaxNote+1), oldVerifier)
	require.ErrorIs(t, err, ledger.ErrTooLarge)

	for _, c := range []struct {
		with note.Signer
		key  string
	}{{foreign, foreignKey}, {with, oldKey}, {stranger, public}, {with, "x"}} {
		_, err = ledger.ChangeKey(old, c.with, c.key)
		require.ErrorIs(t, err, ledger.ErrBadKey)
	}
	_, _, err = ledger.Policy{Ledgers: []note.Verifier{oldVerifier}}.Open(change)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint, "a change of keys is no checkpoint")
}

func TestRefused(t *testing.T) {
	key, verifier, _ := newKey(t, origin, 1)
	_, stranger, _ := newKey(t, origin, 2)
	foreign, foreignVerifier, _ := newKey(t, "else.example", 3)
	r := ledger.Refused{Origin: origin, Command: ledger.LeafHash([]byte("what was sent")), Code: "not-your-turn", At: noon, Size: 7}
	signed, err := r.Sign(key)
	require.NoError(t, err)
	got, err := ledger.OpenRefused(signed, stranger, verifier)
	require.NoError(t, err)
	require.Equal(t, r, got)

	_, err = ledger.OpenRefused(signed, stranger)
	require.ErrorIs(t, err, ledger.ErrSignature)
	_, err = ledger.OpenRefused([]byte(strings.Replace(string(signed), "\n7\n", "\n8\n", 1)), verifier)
	require.ErrorIs(t, err, ledger.ErrSignature)
	_, err = ledger.OpenRefused(make([]byte, ledger.MaxNote+1), verifier)
	require.ErrorIs(t, err, ledger.ErrTooLarge)
	_, err = r.Sign(foreign)
	require.ErrorIs(t, err, ledger.ErrOrigin)
	theirs, err := note.Sign(&note.Note{Text: r.Text()}, foreign)
	require.NoError(t, err)
	_, err = ledger.OpenRefused(theirs, foreignVerifier)
	require.ErrorIs(t, err, ledger.ErrSignature, "the key of one ledger does not speak for another")

	_, tree := memoryOf(t, 2)
	_, err = ledger.OpenRefused(signedOf(t, tree, key), verifier)
	require.ErrorIs(t, err, ledger.ErrBadReceipt, "a checkpoint is no refusal")
	r.Code = "two words"
	_, err = r.Sign(key)
	require.ErrorIs(t, err, ledger.ErrBadReceipt)
	for _, text := range []string{"\n", strings.Replace(ledger.Refused{Origin: origin, Code: "c", At: noon}.Text(), "\n0\n", "\n00\n", 1),
		strings.Replace(ledger.Refused{Origin: origin, Code: "c", At: noon}.Text(), "=\n", "\n", 1),
		strings.Replace(ledger.Refused{Origin: origin, Code: "c", At: noon}.Text(), "\n1", "\n+1", 1),
		strings.Replace(ledger.Refused{Origin: origin, Code: "c", At: noon}.Text(), "\n1", "\nx1", 1)} {
		b, err := note.Sign(&note.Note{Text: text}, key)
		require.NoError(t, err)
		_, err = ledger.OpenRefused(b, verifier)
		require.ErrorIs(t, err, ledger.ErrBadReceipt)
	}
}

func TestGrowthOfEverySmallTree(t *testing.T) {
	const most = 17
	ctx := context.Background()
	store, _ := memoryOf(t, most)
	for size := range uint64(most + 1) {
		_, tree := memoryOf(t, int(size))
		for old := range size + 1 {
			_, before := memoryOf(t, int(old))
			p, err := ledger.ProveGrowth(ctx, store, old, size)
			require.NoError(t, err)
			if old == 0 {
				require.Empty(t, p)
				require.ErrorIs(t, ledger.CheckGrowth(p, old, before.Root(), size, tree.Root()), ledger.ErrGrowth)
				continue
			}
			require.NoError(t, ledger.CheckGrowth(p, old, before.Root(), size, tree.Root()))

			wrong := ledger.LeafHash([]byte("wrong"))
			require.ErrorIs(t, ledger.CheckGrowth(append(p, wrong), old, before.Root(), size, tree.Root()), ledger.ErrProof)
			require.ErrorIs(t, ledger.CheckGrowth(p, old, wrong, size, tree.Root()), ledger.ErrProof)
			require.ErrorIs(t, ledger.CheckGrowth(p, old, before.Root(), size, wrong), ledger.ErrProof)
			if old < size {
				require.ErrorIs(t, ledger.CheckGrowth(p[:len(p)-1], old, before.Root(), size, tree.Root()), ledger.ErrProof)
			}
		}
	}
	_, err := ledger.ProveGrowth(ctx, store, 4, most+1)
	require.ErrorIs(t, err, ledger.ErrShort)
	_, err = ledger.ProveGrowth(ctx, store, most+1, most+1)
	require.ErrorIs(t, err, ledger.ErrShort)
	for _, c := range [][2]uint64{{2, 1}, {1, 1 << 62}, {1 << 62, 1 << 62}} {
		_, err = ledger.ProveGrowth(ctx, store, c[0], c[1])
		require.Equal(t, &ledger.GrowthError{Old: c[0], Size: c[1]}, err)
		require.ErrorIs(t, ledger.CheckGrowth(nil, c[0], tlog.Hash{}, c[1], tlog.Hash{}), ledger.ErrGrowth)
		require.ErrorContains(t, err, fmt.Sprint(min(c[1], ledger.MaxSize)))
	}
}

// A growthVector is a proof of growth, right or wrong.
type growthVector struct {
	Size1, Size2 uint64
	Root1, Root2 []byte
	Proof        [][]byte
	Desc         string
	WantErr      bool
}

// TestGrowthVectors checks the proofs of github.com/transparency-dev/merkle: our
// own selection, and all of them where they lie beside the checkout.
func TestGrowthVectors(t *testing.T) {
	t.Run("selection", func(t *testing.T) {
		require.Equal(t, 21, checkGrowthVectors(t, filepath.Join("testdata", "consistency")))
	})
	t.Run("all", func(t *testing.T) {
		require.Equal(t, 98, checkGrowthVectors(t, allVectors(t, "consistency")))
	})
}

func checkGrowthVectors(t *testing.T, dir string) int {
	t.Helper()
	return eachVector(t, dir, func(path string, b []byte) {
		var v growthVector
		require.NoError(t, json.Unmarshal(b, &v))
		require.Equal(t, v.WantErr, v.check() != nil, "%s: %v", path, v.check())
	})
}

func (v growthVector) check() error {
	var p ledger.Proof
	for _, b := range v.Proof {
		if len(b) != tlog.HashSize {
			return errors.New("a hash has another length")
		}
		p = append(p, tlog.Hash(b))
	}
	var one, two tlog.Hash // some vectors have a word where a root should be
	copy(one[:], v.Root1)
	copy(two[:], v.Root2)
	return ledger.CheckGrowth(p, v.Size1, one, v.Size2, two)
}

func TestReceipt(t *testing.T) {
	ctx := context.Background()
	store, tree := memoryOf(t, 9)
	key, verifier, _ := newKey(t, origin, 1)
	policy := ledger.Policy{Ledgers: []note.Verifier{verifier}}
	signed := signedOf(t, tree, key)
	for index := range uint64(9) {
		r, err := ledger.Issue(ctx, store, policy, signed, index)
		require.NoError(t, err)
		again, err := ledger.ParseReceipt(r.Text())
		require.NoError(t, err)
		require.Equal(t, r, again)
		c, _, err := again.Check(policy, nil)
		require.NoError(t, err)
		require.Equal(t, ledger.Checkpoint{Origin: origin, Size: 9, Root: tree.Root()}, c)
		require.Equal(t, []byte{byte(index), 0, 'e'}, again.Entry)

		_, _, err = again.Check(policy, []byte("something else"))
		require.ErrorIs(t, err, ledger.ErrProof)
		again.Index++
		_, _, err = again.Check(policy, nil)
		require.Error(t, err)
		again = r
		again.Entry = nil
		bare, err := ledger.ParseReceipt(again.Text())
		require.NoError(t, err)
		_, _, err = bare.Check(policy, nil)
		require.ErrorIs(t, err, ledger.ErrEmptyEntry)
		_, _, err = bare.Check(policy, r.Entry)
		require.NoError(t, err)
	}
	_, err := ledger.Issue(ctx, store, policy, signed, 9)
	require.ErrorIs(t, err, ledger.ErrNoEntry)
	_, err = ledger.Issue(ctx, store, ledger.Policy{}, signed, 0)
	require.ErrorIs(t, err, ledger.ErrOrigin)
	short, _ := memoryOf(t, 8)
	_, err = ledger.Issue(ctx, short, policy, signed, 0)
	require.ErrorIs(t, err, ledger.ErrShort)
	var m ledger.Memory
	require.NoError(t, m.Append(ctx, 0, slices.Repeat([][]byte{{1}}, 9)))
	_, err = ledger.Issue(ctx, &m, policy, signed, 0)
	require.ErrorIs(t, err, ledger.ErrProof, "no receipt is issued for a ledger that was rewritten")
}

func TestReceiptsThatAreNone(t *testing.T) {
	store, tree := memoryOf(t, 3)
	key, verifier, _ := newKey(t, origin, 1)
	r, err := ledger.Issue(context.Background(), store, ledger.Policy{Ledgers: []note.Verifier{verifier}}, signedOf(t, tree, key), 1)
	require.NoError(t, err)
	text := string(r.Text())
	hash := r.Proof[0].String() + "\n"
	for _, bad := range []string{"", "hello", text[1:], strings.Replace(text, "@v1", "@v2", 1), strings.Replace(text, "\n\n", "\n", 1),
		strings.Replace(text, "index 1", "index 01", 1), strings.Replace(text, "index 1", "at 1", 1), strings.Replace(text, "extra ", "extra !", 1),
		strings.Replace(text, "index 1\n", "index 1\nextra AA==\n", 1), strings.Replace(text, hash, hash+"x\n", 1),
		strings.Replace(text, hash, strings.Repeat(hash, 64), 1), strings.Replace(text, "extra "+base64.StdEncoding.EncodeToString(r.Entry), "extra ", 1),
		strings.Replace(text, "index 1\n", "index 1\r\n", 1)} {
		_, err := ledger.ParseReceipt([]byte(bad))
		require.ErrorIs(t, err, ledger.ErrBadReceipt, bad)
	}
	_, err = ledger.ParseReceipt(make([]byte, ledger.MaxReceipt+1))
	require.ErrorIs(t, err, ledger.ErrTooLarge)
}
