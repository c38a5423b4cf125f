package ledger

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// refusedForm is the first line of a refusal. No checkpoint begins with it, for no
// ledger has a name with spaces.
const refusedForm = "sayround refusal v1"

// A Refused is the ledger's own word for a command that it did not take in, and
// says which command, why, when, and how much had been recorded by then. Signed,
// it tells a command that was refused from one that was kept back, and a member who
// was refused from one who only says so.
type Refused struct {
	Origin  string    // the ledger
	Command tlog.Hash // what was sent: a hash that whoever sent it can make again
	Code    string    // the name of the refusal, as "not-your-turn"
	At      time.Time // in whole seconds
	Size    uint64    // how many entries there were
}

// Text returns the lines that are signed.
func (r Refused) Text() string {
	return strings.Join([]string{refusedForm, r.Origin, r.Command.String(), r.Code,
		strconv.FormatInt(r.At.Unix(), 10), strconv.FormatUint(r.Size, 10), ""}, "\n")
}

// Sign signs the refusal with a key of the ledger.
func (r Refused) Sign(key note.Signer) ([]byte, error) {
	if key.Name() != r.Origin {
		return nil, &OriginError{Got: key.Name(), Want: r.Origin}
	}
	if _, err := parseRefused(r.Text()); err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: r.Text()}, key)
}

// OpenRefused reads a signed refusal. One of the keys must have signed it; otherwise
// the error is [ErrSignature], or a [FormError] of [ErrBadReceipt].
func OpenRefused(signed []byte, keys ...note.Verifier) (Refused, error) {
	if len(signed) > MaxNote {
		return Refused{}, &LimitError{What: "bytes in one refusal", Size: len(signed), Limit: MaxNote}
	}
	n, err := note.Open(signed, note.VerifierList(keys...))
	if err != nil {
		return Refused{}, ErrSignature
	}
	r, err := parseRefused(n.Text)
	if err == nil && n.Sigs[0].Name != r.Origin {
		err = ErrSignature
	}
	return r, err
}

// parseRefused is the inverse of Text.
func parseRefused(text string) (Refused, error) {
	wrong := badReceipt("it is not that of a command that was refused")
	lines := strings.Split(text, "\n")
	if len(lines) != 7 || lines[0] != refusedForm || CheckOrigin(lines[1]) != nil || CheckOrigin(lines[3]) != nil {
		return Refused{}, wrong
	}
	r := Refused{Origin: lines[1], Code: lines[3]}
	var ok bool
	if r.Command, ok = parseHash(lines[2]); !ok {
		return Refused{}, wrong
	}
	at, err := strconv.ParseInt(lines[4], 10, 64)
	if err != nil {
		return Refused{}, wrong
	}
	r.At = time.Unix(at, 0).UTC()
	if r.Size, ok = parseCount(lines[5]); !ok || r.Text() != text {
		return Refused{}, wrong
	}
	return r, nil
}
