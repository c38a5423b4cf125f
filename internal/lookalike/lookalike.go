// Package lookalike tells names that people could take for one another: that differ in
// characters which look the same or cannot be seen, or in nothing but capitals.
//
// It is a small table, and says so: of the letters of Latin, Cyrillic, Greek and Armenian
// it knows those that look alike in most fonts; with the compatibility forms of Unicode
// it sees through full-width letters, ligatures and letters of mathematics; and it knows
// the digits and pairs of letters that are mixed up most. It does not know other scripts,
// nor what one font makes alike, nor accents that are easy to miss: a name with another
// accent is another name. The tables of Unicode change with its versions, so whatever
// rests on this is asked when something is said, and never when a ledger is read.
package lookalike

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Alike says whether people could take one name for the other.
func Alike(a, b string) bool {
	of, other := Forms(a), Forms(b)
	return of[0] == other[0] || of[1] == other[1]
}

// Forms are a name as it is read aloud and as it is seen. Two names are alike if either
// is the same.
func Forms(name string) [2]string {
	plain := visible(norm.NFKD.String(name))
	return [2]string{strings.ToLower(plain), seen(plain)}
}

// visible leaves out what cannot be seen, and makes all that stands between words one
// kind of thing.
func visible(name string) string {
	words := strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		return r
	}, name), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	return strings.Join(words, " ")
}

// seen is a name as the eye takes it.
func seen(plain string) string {
	eye := func(r rune) rune {
		if to, ok := same[r]; ok {
			return to
		}
		return r
	}
	lower := strings.ToLower(strings.Map(eye, plain))
	return pairs.Replace(strings.Map(eye, lower))
}

// pairs are letters that look like two.
var pairs = strings.NewReplacer("m", "rn", "w", "vv")

// same leads from a character to the Latin one that it looks like. Those that look like
// it stand here by their numbers, for in a source nobody could tell them apart.
var same = func() map[rune]rune {
	out := map[rune]rune{}
	for to, from := range map[rune]string{
		'A':  "\u0391\u0410",                      // Greek, Cyrillic
		'B':  "\u0392\u0412",                      // Greek, Cyrillic
		'C':  "\u03f9\u0421",                      // Greek, Cyrillic
		'E':  "\u0395\u0415",                      // Greek, Cyrillic
		'H':  "\u0397\u041d",                      // Greek, Cyrillic
		'J':  "\u037f\u0408",                      // Greek, Cyrillic
		'K':  "\u039a\u041a",                      // Greek, Cyrillic
		'M':  "\u039c\u041c",                      // Greek, Cyrillic
		'N':  "\u039d",                            // Greek
		'O':  "\u039f\u041e\u0555",                // Greek, Cyrillic, Armenian
		'P':  "\u03a1\u0420",                      // Greek, Cyrillic
		'Q':  "\u051a",                            // Cyrillic
		'S':  "\u0405\u054f",                      // Cyrillic, Armenian
		'T':  "\u03a4\u0422",                      // Greek, Cyrillic
		'U':  "\u054d",                            // Armenian
		'W':  "\u051c",                            // Cyrillic
		'X':  "\u03a7\u0425",                      // Greek, Cyrillic
		'Y':  "\u03a5\u04ae",                      // Greek, Cyrillic
		'Z':  "\u0396",                            // Greek
		'a':  "\u0251\u03b1\u0430",                // Latin alpha, Greek, Cyrillic
		'b':  "\u042c\u044c",                      // the soft sign
		'c':  "\u03f2\u0441",                      // Greek, Cyrillic
		'd':  "\u0501",                            // Cyrillic
		'e':  "\u0435",                            // Cyrillic
		'g':  "\u0261\u0581",                      // Latin script g, Armenian
		'h':  "\u04bb\u0570",                      // Cyrillic, Armenian
		'i':  "\u0131\u03b9\u0456",                // dotless, Greek, Cyrillic
		'j':  "\u0237\u03f3\u0458",                // dotless, Greek, Cyrillic
		'k':  "\u03ba\u043a",                      // Greek, Cyrillic
		'l':  "I1|\u0399\u0406\u01c0\u04c0\u04cf", // capital i, one, bar; Greek, Cyrillic, click, palochka
		'n':  "\u0578",                            // Armenian
		'o':  "0\u03bf\u03c3\u043e\u0585",         // zero; Greek, Cyrillic, Armenian
		'p':  "\u03c1\u0440",                      // Greek, Cyrillic
		'q':  "\u051b",                            // Cyrillic
		's':  "\u0455",                            // Cyrillic
		'u':  "\u03c5\u057d",                      // Greek, Armenian
		'v':  "\u03bd\u0475",                      // Greek, Cyrillic
		'w':  "\u051d",                            // Cyrillic
		'x':  "\u03c7\u0445",                      // Greek, Cyrillic
		'y':  "\u03b3\u0443\u04af",                // Greek, Cyrillic
		'3':  "\u0417\u0437",                      // Cyrillic
		'-':  "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
		'\'': "\u2018\u2019\u02bc\u02b9`\u00b4",
	} {
		for _, r := range from {
			out[r] = to
		}
	}
	return out
}()
