package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"github.com/sayround/sayround/ledger"
)

// keySize is the length of every key.
const keySize = 32

// sealing is what sealing adds: a nonce of 12 bytes, and a tag of 16.
const sealing = 12 + 16

// wrapSize is the length of a key that is sealed.
const wrapSize = keySize + sealing

// newKey draws a key by chance.
func newKey() []byte {
	key := make([]byte, keySize)
	rand.Read(key) // never fails
	return key
}

// aead is AES-256-GCM under a key. Each sealing draws a nonce, which stands in front.
func aead(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("vault: every key has 32 bytes") // the types of all callers see to it
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("vault: this is AES") // what it is that the call asks for
	}
	return gcm
}

// seal encrypts bytes under a key, bound to a label.
func seal(key, plain, label []byte) []byte { return aead(key).Seal(nil, nil, plain, label) }

// unseal is the inverse of seal; ok is false if key or label are others, or a bit is.
func unseal(key, sealed, label []byte) (plain []byte, ok bool) {
	plain, err := aead(key).Open(nil, nil, sealed, label)
	return plain, err == nil
}

// What keys are derived for, so that none serves two ends.
const (
	textUse = "sayround/vault/text/v1\x00"
	wrapUse = "sayround/vault/wrap/v1\x00"
)

// derive makes the key for one part out of the secrets of people.
func derive(secret []byte, use string, c ledger.Commitment) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, use+string(c[:]), keySize)
	if err != nil {
		panic("vault: HKDF gives 32 bytes of SHA-256") // it can give 8,160
	}
	return key
}

// textLabel is the associated data of a part: the command it was said in and its
// place there, in this ledger, with all that is said about it and never changes.
func textLabel(origin string, of form, p ledger.Part) []byte {
	b := append([]byte(textUse), byte(of))
	b = appendText(b, origin)
	b = appendText(b, p.Of)
	b = binary.BigEndian.AppendUint32(b, uint32(p.No))
	b = appendText(b, p.Kind)
	return appendText(b, p.Class)
}

// wrapLabel is the associated data of the key of a part, wrapped for one of those
// whom it is about.
func wrapLabel(c ledger.Commitment, person string) []byte {
	return append(append([]byte(wrapUse), c[:]...), person...)
}

// personLabel is the associated data of a person's key in the table of keys.
func personLabel(vault ID, epoch uint64, person string) []byte {
	b := append([]byte("sayround/vault/person/v1\x00"), vault[:]...)
	b = binary.BigEndian.AppendUint64(b, epoch)
	return append(b, person...)
}
