package ledger

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// A Checkpoint names a state of a ledger: which ledger, how many entries, and the
// root that stands for them. Signed, it is what people keep ([Policy.Open]).
//
// Source: C2SP tlog-checkpoint.
type Checkpoint struct {
	// Origin is the name of the ledger, unlike that of any other: a URL without its
	// scheme, as "care.example/ledger".
	Origin string
	Size   uint64
	Root   tlog.Hash
}

// MaxOrigin is the largest number of bytes in the name of a ledger.
const MaxOrigin = 255

// CheckOrigin says whether a ledger can have this name: it is text of at most
// [MaxOrigin] bytes, without spaces, without plus and without control characters.
// Otherwise the error is a [FormError] of [ErrBadCheckpoint].
func CheckOrigin(origin string) error {
	switch {
	case origin == "":
		return badCheckpoint("the ledger has no name")
	case len(origin) > MaxOrigin:
		return badCheckpoint(fmt.Sprintf("the name of the ledger has %d bytes, and at most %d are allowed", len(origin), MaxOrigin))
	case !utf8.ValidString(origin), strings.ContainsFunc(origin, notInName):
		return badCheckpoint("the name of the ledger has a space, a plus or a control character")
	}
	return nil
}

func notInName(r rune) bool { return r == '+' || unicode.IsSpace(r) || unicode.IsControl(r) }

// Text returns the three lines that are signed.
func (c Checkpoint) Text() string {
	return c.Origin + "\n" + strconv.FormatUint(c.Size, 10) + "\n" + c.Root.String() + "\n"
}

// ParseCheckpoint is the inverse of Text. It accepts nothing but what Text returns:
// no further lines, no other way to write a number, no tree without entries that
// has a root of its own. Otherwise the error is a [FormError] of
// [ErrBadCheckpoint].
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return Checkpoint{}, badCheckpoint("it has three lines: the ledger, the number of entries, the root")
	}
	c := Checkpoint{Origin: lines[0]}
	if err := CheckOrigin(c.Origin); err != nil {
		return Checkpoint{}, err
	}
	var ok bool
	if c.Size, ok = parseCount(lines[1]); !ok {
		return Checkpoint{}, badCheckpoint("its second line is not a number of entries")
	}
	if c.Root, ok = parseHash(lines[2]); !ok {
		return Checkpoint{}, badCheckpoint("its third line is not a hash")
	}
	if c.Size == 0 && c.Root != emptyRoot {
		return Checkpoint{}, badCheckpoint("a ledger without entries has another root")
	}
	return c, nil
}

func badCheckpoint(why string) error { return &FormError{Of: ErrBadCheckpoint, Why: why} }

// parseCount reads a number of entries as a checkpoint has it: decimal, without
// zeros before it, at most [MaxSize].
func parseCount(s string) (uint64, bool) {
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil && n <= MaxSize && strconv.FormatUint(n, 10) == s
}

// parseHash reads a hash in base64, and no other way to write it.
func parseHash(s string) (h tlog.Hash, ok bool) {
	if len(s) != base64.StdEncoding.EncodedLen(len(h)) {
		return tlog.Hash{}, false
	}
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	return h, err == nil && copy(h[:], b) == len(h) && h.String() == s
}
