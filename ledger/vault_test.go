package ledger_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/ledger"
)

func salt(b byte) (s [32]byte) {
	for i := range s {
		s[i] = b
	}
	return s
}

// The bytes are written out here as doc.go says them.
func TestCommitHashesWhatItSays(t *testing.T) {
	s := salt('s')
	want := sha256.Sum256([]byte("sayround/part/v1\x00" + string(s[:]) + "\x00\x00\x00\x00\x00\x00\x00\x05hello"))
	require.Equal(t, ledger.Commitment(want), ledger.Commit(s, []byte("hello")))
	require.Equal(t, ledger.Commit(s, nil), ledger.Commit(s, []byte{}))
}

// These never change: entries hold them. They were made by another program.
func TestCommitmentVectors(t *testing.T) {
	for _, c := range []struct {
		salt    [32]byte
		content string
		want    string
	}{
		{salt(0), "", "eiqWLaMaz9klfuI47FKUFzOElh2yhKrd1Ih6zHiHdHA"},
		{salt(1), "Nobody is left to bake.", "mOTEtSsvQBNqTV3piFzgpU51VDUzm03zkHFtVtglvJ4"},
		{salt(0xff), strings.Repeat("x", 1000), "n1WKJ7-0uZ-i5eh0QRRj49DgYTci8jSIsjWDlXjvaHY"},
	} {
		require.Equal(t, c.want, ledger.Commit(c.salt, []byte(c.content)).String())
	}
}

func TestCommitmentTellsPartsApart(t *testing.T) {
	seen := map[ledger.Commitment]bool{}
	for _, s := range []byte{0, 1, 255} {
		for _, content := range []string{"", "\x00", "a", "ab", "a\x00"} {
			seen[ledger.Commit(salt(s), []byte(content))] = true
		}
	}
	require.Len(t, seen, 15)
}

func TestPartCheck(t *testing.T) {
	p := ledger.Part{Of: "command", No: 1, Salt: salt(7), Content: []byte("what was said")}
	c := p.Commitment()
	require.NoError(t, p.Check(c))
	p.Kind = "reason" // labels are not committed to
	require.NoError(t, p.Check(c))
	p.Content[0]++
	err := p.Check(c)
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	var damage *ledger.CorruptError
	require.ErrorAs(t, err, &damage)
	require.Equal(t, c.String(), damage.Part)
	require.NotContains(t, err.Error(), "said")
}

func TestPartEqual(t *testing.T) {
	a := ledger.Part{Of: "o", No: 1, Kind: "k", About: []string{"x"}, Class: "c", Salt: salt(1), Content: []byte("w")}
	require.True(t, a.Equal(a))
	for says, change := range map[string]func(*ledger.Part){
		"Of":      func(p *ledger.Part) { p.Of = "" },
		"No":      func(p *ledger.Part) { p.No++ },
		"Kind":    func(p *ledger.Part) { p.Kind = "" },
		"About":   func(p *ledger.Part) { p.About = nil },
		"Class":   func(p *ledger.Part) { p.Class = "" },
		"Salt":    func(p *ledger.Part) { p.Salt = salt(2) },
		"Content": func(p *ledger.Part) { p.Content = nil },
	} {
		b := a
		change(&b)
		require.False(t, a.Equal(b), says)
	}
}

func TestCommitmentTextGoesBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := ledger.Commitment(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "commitment"))
		got, err := ledger.ParseCommitment(c.String())
		require.NoError(t, err)
		require.Equal(t, c, got)
	})
}

func TestParseCommitmentIsStrict(t *testing.T) {
	good := ledger.Commit(salt(3), []byte("x")).String()
	require.Len(t, good, 43)
	last := strings.Repeat("A", 42)
	for _, s := range []string{
		"", good[:42], good + "=", good + "A", " " + good[1:], good[:42] + "\n", good[:20] + "\r\n" + good[22:],
		last + "B", last + "_", strings.Repeat("+", 42) + "A", strings.Repeat("/", 42) + "A", strings.Repeat("ä", 21) + "A",
	} {
		_, err := ledger.ParseCommitment(s)
		require.ErrorIs(t, err, ledger.ErrBadCommitment, "%q", s)
	}
	c, err := ledger.ParseCommitment(last + "A")
	require.NoError(t, err)
	require.Equal(t, ledger.Commitment{}, c)
}

func FuzzParseCommitment(f *testing.F) {
	f.Add("")
	f.Add(strings.Repeat("A", 43))
	f.Add(strings.Repeat("_", 42) + "8")
	f.Add(ledger.Commit(salt(1), []byte("seed")).String())
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ledger.ParseCommitment(s)
		if err == nil && c.String() != s {
			t.Fatalf("%q is accepted, but is written %q", s, c)
		}
		if err != nil && c != (ledger.Commitment{}) {
			t.Fatalf("%q is refused, but gives %q", s, c)
		}
	})
}
