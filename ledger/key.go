package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The kinds of keys that there are, as the first byte of what a key says of itself
// (C2SP signed-note).
const (
	keyOfLedger  = 1 // signs checkpoints
	keyOfWitness = 4 // signs that it has seen a checkpoint, and when
)

// NewKey makes a key: the secret one, which signs, and the one that verifies, which
// everybody may have. The name is that of the ledger, or of the witness whose key
// it is. Chance is crypto/rand's where random is nil.
//
// The secret key is a line of text. Whoever has it can sign in that name.
func NewKey(name string, random io.Reader) (secret, verifier string, err error) {
	if err := CheckOrigin(name); err != nil {
		return "", "", err
	}
	if random == nil {
		random = rand.Reader
	}
	return note.GenerateKey(random, name)
}

// NewSigner reads the secret key of a ledger. A text that is none is [ErrBadKey].
func NewSigner(secret string) (note.Signer, error) {
	s, err := note.NewSigner(secret)
	if err != nil {
		return nil, ErrBadKey
	}
	return s, nil
}

// NewVerifier reads a verifier key, of a ledger or of a witness: "name+hash+key". A
// text that is none, or one of a kind that is not known here, is [ErrBadKey].
func NewVerifier(key string) (note.Verifier, error) {
	if v, err := note.NewVerifier(key); err == nil {
		return v, nil
	}
	name, _, _ := strings.Cut(key, "+")
	b := material(key)
	if len(b) != 1+ed25519.PublicKeySize || b[0] != keyOfWitness || CheckOrigin(name) != nil {
		return nil, ErrBadKey
	}
	v := &witnessKey{name: name, public: b[1:]}
	if key != v.String() {
		return nil, ErrBadKey
	}
	return v, nil
}

// material is what a key says behind its name and hash: its kind, and the key
// itself. It is nil where there is none.
func material(key string) []byte {
	parts := strings.SplitN(key, "+", 3) // base64 has a plus too
	if len(parts) < 3 {
		return nil
	}
	b, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil {
		return nil
	}
	return b
}

// A Cosigner signs that it has seen a checkpoint, and when: a cosignature. It is for
// [note.Sign], and keeps nothing: package ledger/witness remembers what was signed.
//
// Source: C2SP tlog-cosignature, the kind of Ed25519.
type Cosigner struct {
	key witnessKey
	own ed25519.PrivateKey
	now func() time.Time
}

// NewCosigner reads the secret key of a witness, as [NewKey] makes it. A text that is
// none is [ErrBadKey].
func NewCosigner(secret string, now func() time.Time) (*Cosigner, error) {
	s, err := note.NewSigner(secret)
	b := material(strings.TrimPrefix(secret, "PRIVATE+KEY+"))
	if err != nil || len(b) != 1+ed25519.SeedSize {
		return nil, ErrBadKey
	}
	own := ed25519.NewKeyFromSeed(b[1:])
	return &Cosigner{key: witnessKey{name: s.Name(), public: own.Public().(ed25519.PublicKey)}, own: own, now: now}, nil
}

// Name is the name of the witness.
func (w *Cosigner) Name() string { return w.key.name }

// KeyHash is the number by which the key is told from others of that name.
func (w *Cosigner) KeyHash() uint32 { return w.key.KeyHash() }

// Verifier is the key by which others verify what the witness has signed.
func (w *Cosigner) Verifier() string { return w.key.String() }

// Sign signs the text of a checkpoint, with the time.
func (w *Cosigner) Sign(text []byte) ([]byte, error) {
	if _, err := ParseCheckpoint(string(text)); err != nil {
		return nil, err
	}
	at := w.now().Unix()
	if at < 0 {
		return nil, fmt.Errorf("ledger: a witness does not sign for a time before 1970")
	}
	sig := binary.BigEndian.AppendUint64(nil, uint64(at))
	return append(sig, ed25519.Sign(w.own, cosigned(uint64(at), text))...), nil
}

// cosigned is what a witness signs.
func cosigned(at uint64, text []byte) []byte {
	return append([]byte("cosignature/v1\ntime "+strconv.FormatUint(at, 10)+"\n"), text...)
}

// A witnessKey verifies cosignatures.
type witnessKey struct {
	name   string
	public ed25519.PublicKey
}

func (k *witnessKey) Name() string { return k.name }

func (k *witnessKey) KeyHash() uint32 {
	h := sha256.New()
	h.Write([]byte(k.name + "\n"))
	h.Write(k.material())
	return binary.BigEndian.Uint32(h.Sum(nil))
}

func (k *witnessKey) material() []byte { return append([]byte{keyOfWitness}, k.public...) }

func (k *witnessKey) String() string {
	return fmt.Sprintf("%s+%08x+%s", k.name, k.KeyHash(), base64.StdEncoding.EncodeToString(k.material()))
}

func (k *witnessKey) Verify(text, sig []byte) bool {
	at, ok := cosignedAt(sig)
	return ok && ed25519.Verify(k.public, cosigned(uint64(at.Unix()), text), sig[8:])
}

// cosignedAt reads the time in a cosignature.
func cosignedAt(sig []byte) (time.Time, bool) {
	if len(sig) != 8+ed25519.SignatureSize {
		return time.Time{}, false
	}
	at := binary.BigEndian.Uint64(sig)
	return time.Unix(int64(at), 0).UTC(), at < 1<<63
}
