package ledger_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// What is as large as it may be is not refused as too large, whatever else it is refused
// for (reliability §7: memory is bounded on any input, and the bounds are those written).
func TestLimitsAreReached(t *testing.T) {
	_, verifier, public := newKey(t, origin, 1)
	full := make([]byte, ledger.MaxNote)
	_, _, err := ledger.Policy{Ledgers: []note.Verifier{verifier}}.Open(full)
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)
	_, err = ledger.FollowKey(full, verifier)
	require.ErrorIs(t, err, ledger.ErrBadKey)
	_, err = ledger.OpenRefused(full, verifier)
	require.ErrorIs(t, err, ledger.ErrSignature)
	_, err = ledger.ParseReceipt(make([]byte, ledger.MaxReceipt))
	require.ErrorIs(t, err, ledger.ErrBadReceipt)
	head := "log " + public + "\nquorum none\n"
	_, err = ledger.ParsePolicy(head + strings.Repeat("#", ledger.MaxPolicy-len(head)))
	require.NoError(t, err)

	require.NoError(t, ledger.CheckOrigin(strings.Repeat("o", ledger.MaxOrigin)))
	require.Error(t, ledger.CheckOrigin(strings.Repeat("o", ledger.MaxOrigin+1)))
	_, tree := memoryOf(t, 1)
	largest := ledger.Checkpoint{Origin: origin, Size: ledger.MaxSize, Root: tree.Root()}
	got, err := ledger.ParseCheckpoint(largest.Text())
	require.NoError(t, err)
	require.Equal(t, largest, got)
	largest.Size++
	_, err = ledger.ParseCheckpoint(largest.Text())
	require.ErrorIs(t, err, ledger.ErrBadCheckpoint)

	require.ErrorIs(t, ledger.CheckGrowth(nil, ledger.MaxSize-1, tlog.Hash{}, ledger.MaxSize, tlog.Hash{1}), ledger.ErrProof)
	require.ErrorIs(t, ledger.CheckGrowth(nil, ledger.MaxSize, tlog.Hash{}, ledger.MaxSize+1, tlog.Hash{1}), ledger.ErrGrowth)
	require.Contains(t, (&ledger.GrowthError{Size: 5}).Error(), "shows nothing")
	require.NotContains(t, (&ledger.GrowthError{Old: ledger.MaxSize + 1, Size: ledger.MaxSize}).Error(), "at most")

	r := ledger.Receipt{Index: 1, Proof: make(ledger.Proof, 63), Checkpoint: []byte("x\n")}
	_, err = ledger.ParseReceipt(r.Text())
	require.NoError(t, err, "a proof in the largest tree has 62 hashes, and what is one longer can be read")
	r.Proof = append(r.Proof, tlog.Hash{})
	_, err = ledger.ParseReceipt(r.Text())
	require.ErrorIs(t, err, ledger.ErrBadReceipt)
}

// So many may sign, and who reads of one more is told how many there are.
func TestAsManySignaturesAsMayBe(t *testing.T) {
	_, tree := memoryOf(t, 3)
	key, verifier, _ := newKey(t, origin, 1)
	policy := ledger.Policy{Ledgers: []note.Verifier{verifier}}
	signed := crowded(t, tree, key)
	_, _, err := policy.Open(signed)
	var limit *ledger.LimitError
	require.ErrorAs(t, err, &limit)
	require.Equal(t, ledger.MaxSignatures+1, limit.Size)
	_, _, err = policy.Open(signed[:bytes.LastIndexByte(signed[:len(signed)-1], '\n')+1])
	require.NoError(t, err)
}

// A witness with the name of the ledger does not speak for it: a key is a name and what
// is behind it (C2SP signed-note).
func TestNamesakeOfTheLedger(t *testing.T) {
	_, tree := memoryOf(t, 3)
	_, verifier, _ := newKey(t, origin, 1)
	namesake, seen := newWitness(t, origin, 2, noon)
	_, _, err := ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: ledger.Quorum{Witness: seen}}.Open(signedOf(t, tree, namesake))
	require.ErrorIs(t, err, ledger.ErrSignature)
}

// One of a group, said as a number, is enough.
func TestOneOfAGroup(t *testing.T) {
	_, tree := memoryOf(t, 3)
	key, _, public := newKey(t, origin, 1)
	a, _ := newWitness(t, "a.example", 2, noon)
	b, _ := newWitness(t, "b.example", 3, noon)
	p, err := ledger.ParsePolicy("log " + public + "\nwitness A " + a.Verifier() + "\nwitness B " + b.Verifier() + "\ngroup G 1 A B\nquorum G\n")
	require.NoError(t, err)
	_, _, err = p.Open(signedOf(t, tree, key, b))
	require.NoError(t, err)
	_, _, err = p.Open(signedOf(t, tree, key))
	require.ErrorIs(t, err, ledger.ErrWitnesses)
}

// The chance that is given makes the key, so that a test of somebody can have the same one again.
func TestKeyOfChance(t *testing.T) {
	one, _, err := ledger.NewKey("w.example", chance(1))
	require.NoError(t, err)
	again, _, err := ledger.NewKey("w.example", chance(1))
	require.NoError(t, err)
	require.Equal(t, one, again)
}

// A key of a witness whose name cannot stand in a note is none, though all else is right.
func TestWitnessWithoutAProperName(t *testing.T) {
	w, _ := newWitness(t, "w.example", 2, noon)
	material, err := base64.StdEncoding.DecodeString(strings.SplitN(w.Verifier(), "+", 3)[2])
	require.NoError(t, err)
	named := func(name string) string {
		h := sha256.Sum256([]byte(name + "\n" + string(material)))
		return fmt.Sprintf("%s+%x+%s", name, h[:4], base64.StdEncoding.EncodeToString(material))
	}
	_, err = ledger.NewVerifier(named("w.example"))
	require.NoError(t, err)
	_, err = ledger.NewVerifier(named("two words"))
	require.ErrorIs(t, err, ledger.ErrBadKey)
}

// 1970 has begun with its first second.
func TestWitnessOfTheFirstSecond(t *testing.T) {
	_, tree := memoryOf(t, 1)
	key, verifier, _ := newKey(t, origin, 1)
	w, seen := newWitness(t, "w.example", 2, time.Unix(0, 0))
	_, list, err := ledger.Policy{Ledgers: []note.Verifier{verifier}, Quorum: ledger.Quorum{Witness: seen}}.Open(signedOf(t, tree, key, w))
	require.NoError(t, err)
	require.Equal(t, []ledger.Seen{{Witness: "w.example", At: time.Unix(0, 0).UTC()}}, list)
}

// A text that ends before it should is refused, and nothing is read beyond its end.
func TestTextsThatEndEarly(t *testing.T) {
	key, verifier, public := newKey(t, origin, 1)
	change, err := ledger.ChangeKey(key, key, public)
	require.NoError(t, err)
	refusal := ledger.Refused{Origin: origin, Code: "c", At: noon}.Text()
	receipt := string(ledger.Receipt{Index: 1, Checkpoint: []byte("x\n")}.Text())
	for n := range 7 {
		cut := func(text string) []byte {
			lines := strings.SplitAfter(text, "\n")
			return []byte(strings.Join(lines[:min(n, len(lines)-1)], ""))
		}
		if n < 3 {
			_, err = ledger.FollowKey(append(cut(string(change)), '\n'), verifier)
			require.ErrorIs(t, err, ledger.ErrBadKey, "%d lines", n)
		}
		if n > 0 && n < 6 {
			signed, err := note.Sign(&note.Note{Text: string(cut(refusal))}, key)
			require.NoError(t, err)
			_, err = ledger.OpenRefused(signed, verifier)
			require.ErrorIs(t, err, ledger.ErrBadReceipt, "%d lines", n)
		}
		if n < 2 {
			_, err = ledger.ParseReceipt(append(cut(receipt), "\n\n"...))
			require.ErrorIs(t, err, ledger.ErrBadReceipt, "%d lines", n)
		}
	}
	_, err = ledger.ParseReceipt([]byte(strings.SplitAfter(receipt, "\n")[0] + "\n"))
	require.ErrorIs(t, err, ledger.ErrBadReceipt)
	require.ErrorContains(t, err, "which entry")
	_, err = ledger.ParseReceipt([]byte(receipt[1:]))
	require.ErrorContains(t, err, "does not begin with")
	_, err = ledger.ParseReceipt([]byte(strings.Replace(receipt, "index", "extra AAAA!\nindex", 1)))
	require.ErrorContains(t, err, "extra data")
}

// A leaf is hashed as RFC 6962 says, whichever way its size takes.
func TestLeafHashOfEverySize(t *testing.T) {
	for _, n := range []int{0, 1, 1021, 1022, 1023, 1024, 1025, 5000, ledger.MaxEntry} {
		entry := bytes.Repeat([]byte{7}, n)
		require.Equal(t, tlog.Hash(sha256.Sum256(append([]byte{0}, entry...))), ledger.LeafHash(entry), "%d bytes", n)
	}
}

// A hash is asked for where there is one to ask for, and only then.
func TestNothingIsAskedForNothing(t *testing.T) {
	ctx := context.Background()
	m, _ := memoryOf(t, 8)
	k := &knower{Memory: m, give: func(_ int64, right tlog.Hash) (tlog.Hash, error) { return right, nil }}
	for _, old := range []uint64{0, 8} {
		p, err := ledger.ProveGrowth(ctx, k, old, 8)
		require.NoError(t, err)
		require.Empty(t, p)
	}
	require.Zero(t, k.asked, "there is nothing to prove")
	for old := range uint64(8) {
		_, err := ledger.ProveGrowth(ctx, k, old, 8)
		require.NoError(t, err)
	}
	require.False(t, k.empty)
}

// Labels count as the limit says: each of them, and four bytes for each number beside them.
func TestLabelsAreCounted(t *testing.T) {
	const room = ledger.MaxLabels - 3*4
	long := func(n int) string { return strings.Repeat("x", n) }
	for says, p := range map[string]ledger.Part{
		"Of":    {Of: long(room), No: 1},
		"Kind":  {Of: "o", No: 1, Kind: long(room - 1)},
		"Class": {Of: "o", No: 1, Class: long(room - 1)},
		"About": {Of: "o", No: 1, About: []string{long(10), long(room - 1 - 4 - 10 - 4)}},
	} {
		require.NoError(t, ledger.CheckParts([]ledger.Part{p}), says)
		p.Class += "x"
		require.ErrorIs(t, ledger.CheckParts([]ledger.Part{p}), ledger.ErrTooLarge, says)
	}
	last := ledger.Part{Of: "o", No: math.MaxInt32}
	require.NoError(t, ledger.CheckParts([]ledger.Part{last}))
	last.No++
	require.ErrorIs(t, ledger.CheckParts([]ledger.Part{last}), ledger.ErrBadPart)
}

// A checkpoint that is kept and that no key of the ledger has signed is not gone on from.
func TestSignerDoesNotBelieveWhatIsForged(t *testing.T) {
	ctx := context.Background()
	store, tree := memoryOf(t, 3)
	key, _, _ := newKey(t, origin, 1)
	require.NoError(t, store.KeepSigned(ctx, nil, forge(t, signedOf(t, tree, key), origin)))
	s, err := ledger.NewSignerOf(origin, store, nil, key)
	require.NoError(t, err)
	_, _, err = s.Last(ctx)
	require.ErrorIs(t, err, ledger.ErrSignature)
	_, err = s.SignStore(ctx, store, 3)
	require.ErrorIs(t, err, ledger.ErrSignature)
}

// What was signed already by all keys is given out again, and nothing is kept anew.
func TestSignedOnceIsKeptOnce(t *testing.T) {
	ctx := context.Background()
	store, _ := memoryOf(t, 3)
	key, _, _ := newKey(t, origin, 1)
	broken := false
	u := &unsteady{fails: func() (bool, bool) { return broken, false }}
	s, err := ledger.NewSignerOf(origin, u, nil, key)
	require.NoError(t, err)
	signed, err := s.SignStore(ctx, store, 3)
	require.NoError(t, err)
	broken = true
	again, err := s.SignStore(ctx, store, 3)
	require.NoError(t, err)
	require.True(t, slices.Equal(signed, again))
}
