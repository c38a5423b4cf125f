package ledger

import (
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// changeForm is the first line of a change of keys. No checkpoint begins with it,
// for no ledger has a name with spaces.
const changeForm = "sayround change of keys v1"

// ChangeKey says that a ledger goes on with another key: a note signed by the old
// one, which could sign until now, and by the new one, whose owner so agrees. It
// belongs into the ledger, as an entry, and then whoever trusts the old key may
// trust the new one ([FollowKey]).
func ChangeKey(old, with note.Signer, verifier string) ([]byte, error) {
	v, err := NewVerifier(verifier)
	if err != nil {
		return nil, err
	}
	if v.Name() != old.Name() || with.Name() != old.Name() || v.KeyHash() != with.KeyHash() {
		return nil, ErrBadKey
	}
	return note.Sign(&note.Note{Text: changeForm + "\n" + old.Name() + "\n" + verifier + "\n"}, old, with)
}

// FollowKey returns the new verifier key of a change of keys. One of the keys that are
// trusted must have signed it, and the new one too; otherwise the error is
// [ErrSignature], or [ErrBadKey] for what is no change of keys.
func FollowKey(change []byte, trusted ...note.Verifier) (verifier string, err error) {
	if len(change) > MaxNote {
		return "", &LimitError{What: "bytes in one change of keys", Size: len(change), Limit: MaxNote}
	}
	text, _, _ := strings.Cut(string(change), "\n\n")
	lines := strings.Split(text, "\n")
	if len(lines) != 3 || lines[0] != changeForm {
		return "", ErrBadKey
	}
	with, err := NewVerifier(lines[2])
	if err != nil || with.Name() != lines[1] {
		return "", ErrBadKey
	}
	for _, old := range trusted {
		if old.Name() == lines[1] && signedBy(change, old) && signedBy(change, with) {
			return lines[2], nil
		}
	}
	return "", ErrSignature
}

// signedBy says whether a key has signed a note.
func signedBy(signed []byte, key note.Verifier) bool {
	_, err := note.Open(signed, note.VerifierList(key))
	return err == nil
}
