package circle

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the most that one text may hold, in bytes of UTF-8.
const MaxText = 64 << 10

// A Text is something a person said. While it is on its way into the ledger
// it holds the words; in the ledger, and in every state built from it, it
// holds only the place of the words: the entry, and the number of the part
// beside it. So words can be erased and the record still verifies. The zero
// Text means that nothing was said.
type Text struct {
	entry uint64
	part  int32
	words *string
}

// Say returns a Text with these words.
func Say(words string) Text { return Text{words: &words} }

// Say sets the words.
func (t *Text) Say(words string) { *t = Say(words) }

// Words returns the words while they are at hand: before the text has entered
// a ledger.
func (t *Text) Words() (string, bool) {
	if t.words == nil {
		return "", false
	}
	return *t.words, true
}

// Place returns the position of the entry and the 1-based number of the part
// that holds the words. Part 0 means that no words are kept.
func (t *Text) Place() (entry uint64, part int) { return t.entry, int(t.part) }

// Bind replaces the words by their place. The engine calls it when it seals an
// entry; nobody else has a reason to.
func (t *Text) Bind(entry uint64, part int) { *t = Text{entry: entry, part: int32(part)} }

// IsZero says that nothing was said.
func (t Text) IsZero() bool { return t == Text{} }

// Kind says what a text holds, for lists of commands.
func (t *Text) Kind() string { return "words" }

// Check refuses words that are empty, too long, not UTF-8, or that hold
// characters which would make them read as something else than was written:
// control characters and overrides of the direction of writing.
func (t *Text) Check() error {
	if t.words == nil {
		return nil
	}
	w := *t.words
	switch {
	case strings.TrimSpace(w) == "":
		return errors.New("no words were given")
	case len(w) > MaxText:
		return fmt.Errorf("%d bytes are more than the %d that a text may have", len(w), MaxText)
	case !utf8.ValidString(w):
		return errors.New("the words are not UTF-8")
	}
	for _, r := range w {
		if (unicode.IsControl(r) && r != '\n' && r != '\t') || isOverride(r) {
			return fmt.Errorf("the character %U has no place in a text", r)
		}
	}
	return nil
}

// LooksAlike refuses a name that people could take for another. It says whose the other
// is by the id, and not by the name. The words of names are not in a state, so it is
// asked where commands are given and documents checked, and is none of this room's
// [Codes].
var LooksAlike = &Code{ID: "looks-alike", Kind: ErrTaken, Rule: "CP-4", Stands: InEngine,
	Says: "This name looks like that of {other}, so people could take one for the other. Nothing was done. Take a name that looks different: a second name or a place behind it will do."}

// isOverride says that r turns the direction of the letters around it.
func isOverride(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
