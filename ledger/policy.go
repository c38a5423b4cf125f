package ledger

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Policy says whose checkpoints somebody trusts: which ledgers, by which keys,
// and which witnesses must have seen them.
type Policy struct {
	// Ledgers are the keys of the ledgers. The name of a key is the origin of its
	// ledger. A ledger may have several, since keys change: one is enough.
	Ledgers []note.Verifier
	// Quorum says who must have seen a checkpoint. Its zero value: nobody, and then
	// an operator can show different ledgers to different people.
	Quorum Quorum
}

// A Quorum is a witness, or so many of several quorums.
type Quorum struct {
	Witness note.Verifier
	Least   int // how many of them
	Of      []Quorum
}

// Seen says that a witness has seen a checkpoint, and when.
type Seen struct {
	Witness string
	At      time.Time
}

// The limits of a note. What crosses one is refused before it is read.
const (
	// MaxNote is the largest number of bytes in a signed checkpoint.
	MaxNote = 16 << 10
	// MaxSignatures is the largest number of signatures on one.
	MaxSignatures = 16
	// MaxPolicy is the largest number of bytes in the text of a policy.
	MaxPolicy = 64 << 10
	// MaxReceipt is the largest number of bytes in a receipt.
	MaxReceipt = 128 << 10
)

// Open reads a signed checkpoint. It returns it when one of the trusted ledgers has
// signed it and the quorum of witnesses has seen it; and then also who has seen it,
// for a checkpoint may be old although everybody has signed it. Signatures of others
// are passed over, as the form asks for.
//
// Otherwise the error is a [FormError] of [ErrBadCheckpoint], a [LimitError], an
// [OriginError], [ErrSignature] or [ErrWitnesses].
func (p Policy) Open(signed []byte) (Checkpoint, []Seen, error) {
	n, err := p.verified(signed)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	if !slices.ContainsFunc(n.Sigs, func(s note.Signature) bool { return s.Name == c.Origin && isKey(p.Ledgers, s) }) {
		return Checkpoint{}, nil, p.notSigned(c)
	}
	seen, ok := p.Quorum.seen(n.Sigs)
	if !ok {
		return Checkpoint{}, nil, ErrWitnesses
	}
	return c, seen, nil
}

// verified opens the note. A note of which no signature is known is told apart from
// a text that is no note, so that the right error can be given.
func (p Policy) verified(signed []byte) (*note.Note, error) {
	if len(signed) > MaxNote {
		return nil, &LimitError{What: "bytes in one signed checkpoint", Size: len(signed), Limit: MaxNote}
	}
	n, err := note.Open(signed, note.VerifierList(p.keys()...))
	var unknown *note.UnverifiedNoteError
	var forged *note.InvalidSignatureError
	switch {
	case asError(err, &unknown):
		n = unknown.Note
		c, err := ParseCheckpoint(n.Text)
		if err != nil {
			return nil, err
		}
		return nil, p.notSigned(c)
	case asError(err, &forged):
		return nil, fmt.Errorf("%w: that of %s is forged", ErrSignature, forged.Name)
	case err != nil:
		return nil, badCheckpoint("it is not a signed note")
	}
	if len(n.Sigs)+len(n.UnverifiedSigs) > MaxSignatures {
		return nil, &LimitError{What: "signatures on one checkpoint", Size: len(n.Sigs) + len(n.UnverifiedSigs), Limit: MaxSignatures}
	}
	return n, nil
}

// notSigned says why a checkpoint that no trusted ledger has signed is refused.
func (p Policy) notSigned(c Checkpoint) error {
	for _, k := range p.Ledgers {
		if k.Name() == c.Origin {
			return fmt.Errorf("%w: no key of %s that is trusted has signed it", ErrSignature, c.Origin)
		}
	}
	want := ""
	if len(p.Ledgers) > 0 {
		want = p.Ledgers[0].Name()
	}
	return &OriginError{Got: c.Origin, Want: want}
}

// keys lists every key that the policy knows.
func (p Policy) keys() []note.Verifier {
	keys := slices.Clone(p.Ledgers)
	p.Quorum.each(func(w note.Verifier) { keys = append(keys, w) })
	return keys
}

func isKey(keys []note.Verifier, s note.Signature) bool {
	return slices.ContainsFunc(keys, func(k note.Verifier) bool { return k.Name() == s.Name && k.KeyHash() == s.Hash })
}

func (q Quorum) each(do func(note.Verifier)) {
	if q.Witness != nil {
		do(q.Witness)
	}
	for _, of := range q.Of {
		of.each(do)
	}
}

// seen lists the witnesses of the quorum who signed, and says whether they are
// enough.
func (q Quorum) seen(sigs []note.Signature) (by []Seen, enough bool) {
	if q.Witness != nil {
		for _, s := range sigs {
			if isKey([]note.Verifier{q.Witness}, s) {
				return append(by, Seen{s.Name, signedAt(s)}), true
			}
		}
		return nil, false
	}
	n := 0
	for _, of := range q.Of {
		who, ok := of.seen(sigs)
		by = append(by, who...)
		if ok {
			n++
		}
	}
	return by, n >= q.Least
}

// signedAt reads when a witness signed; the zero time where its signature does not
// say.
func signedAt(s note.Signature) time.Time {
	b, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(b) < 4 {
		return time.Time{}
	}
	at, _ := cosignedAt(b[4:])
	return at
}

// ParsePolicy reads a policy from its text: a line for each ledger, witness and
// group of witnesses, and one for the quorum.
//
//	log <verifier key>
//	witness <name> <verifier key>
//	group <name> all|any|<number> <name> …
//	quorum <name>|none
//
// A group names what stands before it, and nothing twice. URLs behind keys are
// passed over, as are empty lines and those that begin with #. Anything else is a
// [FormError] of [ErrBadPolicy] that names the line, or a [LimitError].
//
// Source: C2SP tlog-policy.
func ParsePolicy(text string) (Policy, error) {
	if len(text) > MaxPolicy {
		return Policy{}, &LimitError{What: "bytes in one policy", Size: len(text), Limit: MaxPolicy}
	}
	r := policyReader{named: map[string]Quorum{}, used: map[string]bool{}}
	at := 0
	for line := range strings.Lines(text) {
		at++
		words := strings.FieldsFunc(strings.TrimSuffix(line, "\n"), func(c rune) bool { return c == ' ' || c == '\t' })
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if why := r.take(words); why != "" {
			return Policy{}, &FormError{Of: ErrBadPolicy, Why: fmt.Sprintf("line %d: %s", at, why)}
		}
	}
	if !r.decided {
		return Policy{}, &FormError{Of: ErrBadPolicy, Why: "it has no quorum; where no witness is needed it says: quorum none"}
	}
	return r.policy, nil
}

// A policyReader is how far a policy has been read.
type policyReader struct {
	policy  Policy
	named   map[string]Quorum
	used    map[string]bool // who is in a group already
	keys    []string        // key material, so that nobody counts twice
	decided bool
}

// take reads a line, and says what is wrong with it.
func (r *policyReader) take(words []string) (why string) {
	switch sort, words := words[0], words[1:]; {
	case sort == "log" && (len(words) == 1 || len(words) == 2):
		k, why := r.key(words[0])
		if why == "" {
			r.policy.Ledgers = append(r.policy.Ledgers, k)
		}
		return why
	case sort == "witness" && (len(words) == 2 || len(words) == 3):
		k, why := r.key(words[1])
		if why == "" {
			why = r.name(words[0], Quorum{Witness: k})
		}
		return why
	case sort == "group" && len(words) >= 3:
		return r.group(words[0], words[1], words[2:])
	case sort == "quorum" && len(words) == 1 && !r.decided:
		q, known := r.named[words[0]]
		r.policy.Quorum, r.decided = q, true
		if !known && words[0] != "none" {
			return "nobody of this name stands before it"
		}
		return ""
	}
	return "it is not a line that a policy can have"
}

// key reads a key, once.
func (r *policyReader) key(text string) (note.Verifier, string) {
	k, err := NewVerifier(text)
	if err != nil {
		return nil, "it has no key that can be read"
	}
	// Behind the kind stands the key itself: under two names it is the same.
	if key := string(material(text)[1:]); !slices.Contains(r.keys, key) {
		r.keys = append(r.keys, key)
		return k, ""
	}
	return nil, "this key was there before"
}

func (r *policyReader) name(name string, q Quorum) string {
	if _, taken := r.named[name]; taken || name == "none" {
		return "this name is taken"
	}
	r.named[name] = q
	return ""
}

func (r *policyReader) group(name, least string, of []string) string {
	q := Quorum{}
	for _, member := range of {
		m, known := r.named[member]
		if !known || r.used[member] {
			return "a group names witnesses and groups that stand before it, each once"
		}
		r.used[member] = true
		q.Of = append(q.Of, m)
	}
	switch least {
	case "all":
		q.Least = len(of)
	case "any":
		q.Least = 1
	default:
		n, err := strconv.Atoi(least)
		if err != nil || n < 1 || n > len(of) || strconv.Itoa(n) != least {
			return "it does not say how many of the group are needed: all, any, or a number of them"
		}
		q.Least = n
	}
	return r.name(name, q)
}
