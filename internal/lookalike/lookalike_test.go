package lookalike_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/sayround/sayround/internal/lookalike"
)

// TestAlike: reliability §5.3, threat 26: what looks the same is alike, whatever it is
// written with; what people tell apart is not.
func TestAlike(t *testing.T) {
	for _, c := range []struct{ why, a, b string }{
		{"nothing differs", "Ana Costa", "Ana Costa"},
		{"a Cyrillic a", "Ana", "\u0410n\u0430"},
		{"a whole name in Cyrillic", "Copa", "\u0421\u043e\u0440\u0430"},
		{"a Greek O and a zero", "Otto", "\u039ftt0"},
		{"an Armenian o", "Noa", "N\u0585a"},
		{"full-width letters", "Ana", "\uff21\uff4e\uff41"},
		{"letters of mathematics", "Ana", "\U0001d400\U0001d427\U0001d41a"},
		{"a ligature", "Steffi", "Ste\ufb03"},
		{"capital i, small l and one", "Ilse", "1lse"},
		{"capital i and small l", "Ian", "lan"},
		{"rn and m", "Burn", "Bum"},
		{"two v", "Wim", "VVim"},
		{"a character without width", "Ana", "A\u200bna"},
		{"a soft hyphen", "Anna", "An\u00adna"},
		{"a variation selector", "Ana", "Ana\ufe0f"},
		{"capitals", "ana costa", "ANA Costa"},
		{"white space", "Ana  Costa ", "\u00a0Ana Costa"},
		{"dashes and apostrophes", "O'Neil-Ray", "O\u2019Neil\u2013Ray"},
		{"an accent in two characters", "Zo\u00eb", "Zoe\u0308"},
		{"an accent on a Cyrillic letter", "Zo\u00eb", "Zo\u0451"},
	} {
		require.True(t, lookalike.Alike(c.a, c.b), c.why)
		require.True(t, lookalike.Alike(c.b, c.a), c.why)
		require.True(t, lookalike.Alike(c.a, norm.NFC.String(c.b)), c.why)
	}
	for _, c := range [][2]string{
		{"Ana", "Anna"}, {"Ana", "Ann"}, {"Jos\u00e9", "Jose"}, {"Ana C", "Ana B"}, {"Team 2", "Team 3"}, {"Kim", "Tim"},
		{"\u0418\u0432\u0430\u043d", "\u0418\u0432\u0430"}, {"Ana Costa", "AnaCosta"}, {"b", "d"},
	} {
		require.False(t, lookalike.Alike(c[0], c[1]), "%q and %q", c[0], c[1])
	}
}

// FuzzForms: a name is alike to itself in every form that Unicode calls the same.
func FuzzForms(f *testing.F) {
	f.Add("Ana \u0410\uff21\ufb03")
	f.Fuzz(func(t *testing.T, name string) {
		require.True(t, lookalike.Alike(name, name))
		for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
			require.Equal(t, lookalike.Forms(name), lookalike.Forms(form.String(name)))
		}
	})
}
