package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math"
	"slices"
)

// The limits of one Put. Crossing one is a [LimitError] that names it, and
// nothing is kept.
const (
	// MaxPart is the largest number of bytes of content in one part.
	MaxPart = 256 << 10
	// MaxParts is the largest number of parts in one Put.
	MaxParts = 16
	// MaxLabels is the largest number of bytes that Of, Kind, Class and About
	// of one part take together, each string counting four bytes more than it
	// has.
	MaxLabels = 4 << 10
)

// A Part is something that somebody said: a reason, a text, a name, an
// attachment. Its content is personal, so it lives in a [Vault] beside the
// ledger, where it can be erased; the entry holds its [Commitment] only.
//
// Of, No, Kind, About and Class are labels: the vault keeps them and does not
// read them. They are opaque ids and names, never what was said.
type Part struct {
	Of      string   // id of the command it was said in, or what begins with Beside
	No      int      // its place among the parts of that command, from 1 to 2^31-1
	Kind    string   // what sort of thing it is, as "reason"
	About   []string // opaque ids of the people whom it is about
	Class   string   // retention class; empty is the default one
	Salt    [32]byte // random, and used for this part alone
	Content []byte   // what was said
}

// Commitment returns the commitment to the part's salt and content. Its labels
// are not committed to.
func (p Part) Commitment() Commitment { return Commit(p.Salt, p.Content) }

// Check returns nil if c is the commitment to this part, and a [CorruptError]
// if it is not.
func (p Part) Check(c Commitment) error {
	if p.Commitment() != c {
		return &CorruptError{Part: c.String(), What: "its salt and content do not match its commitment"}
	}
	return nil
}

// Equal tells whether two parts are the same in everything. No people at all
// and an empty list of them are the same.
func (p Part) Equal(q Part) bool {
	return p.Of == q.Of && p.No == q.No && p.Kind == q.Kind && p.Class == q.Class &&
		slices.Equal(p.About, q.About) && p.Salt == q.Salt && bytes.Equal(p.Content, q.Content)
}

// labels counts the bytes that the labels take, as [MaxLabels] says.
func (p Part) labels() int {
	n := 3*4 + len(p.Of) + len(p.Kind) + len(p.Class)
	for _, id := range p.About {
		n += 4 + len(id)
	}
	return n
}

// Beside is what Of begins with in a part that was said in no command, and is bound by no
// entry: what somebody keeps about people in the same vault, such as whose an id is
// (package circle/alias), or the host something of its own. It is erased with the person
// whom it is about, and shown to them when they ask what is kept about them. No id of a
// command begins so.
const Beside = "beside/"

// A Commitment binds an entry to a part without telling anything about it:
// whoever lacks the salt cannot even test a guess. Once salt and content are
// erased, the commitment says only that there was a part.
type Commitment [32]byte

// commitmentDomain keeps commitments apart from every other hash.
const commitmentDomain = "sayround/part/v1\x00"

// Commit returns the commitment to content under salt:
//
//	SHA-256("sayround/part/v1" ‖ 0x00 ‖ salt ‖ length ‖ content)
//
// where length is that of the content, in bytes, as 64 bits big-endian.
func Commit(salt [32]byte, content []byte) Commitment {
	var head [len(commitmentDomain) + len(salt) + 8]byte
	n := copy(head[:], commitmentDomain)
	n += copy(head[n:], salt[:])
	binary.BigEndian.PutUint64(head[n:], uint64(len(content)))
	h := sha256.New()
	h.Write(head[:])
	h.Write(content)
	var c Commitment
	h.Sum(c[:0])
	return c
}

// String returns the commitment as 43 characters of unpadded base64url.
func (c Commitment) String() string { return base64.RawURLEncoding.EncodeToString(c[:]) }

// ParseCommitment is the inverse of String. It accepts nothing but what String
// returns; anything else is [ErrBadCommitment].
func ParseCommitment(s string) (Commitment, error) {
	var c Commitment
	var text [(len(c)*8 + 5) / 6]byte
	if len(s) != len(text) {
		return Commitment{}, ErrBadCommitment
	}
	copy(text[:], s)
	if n, err := oneBase64.Decode(c[:], text[:]); err != nil || n != len(c) { // line ends are passed over, and then n is less
		return Commitment{}, ErrBadCommitment
	}
	return c, nil
}

// oneBase64 knows one text only for the same bytes.
var oneBase64 = base64.RawURLEncoding.Strict()

// A Vault keeps what people say, beside the ledger and by commitment. It may
// be used by several goroutines at once.
//
// The order of things makes it safe: the parts of a command are put first,
// durably, and the entry that binds them is appended after. If the entry never
// comes, the parts are orphans: nobody knows their commitments, so they do no
// harm.
type Vault interface {
	// Put keeps parts durably and all or none. A part that is there already is
	// not put again; one whose commitment is there with other labels is refused
	// with [ErrOtherPart]. Put of no parts does nothing.
	//
	// The vault keeps nothing of the caller's: the slices may be used again as
	// soon as Put returns.
	//
	// What [CheckParts] refuses is refused, and so is a context that has
	// already ended, with its error; in both cases nothing has been kept.
	Put(ctx context.Context, parts []Part) error

	// Get returns the part that a commitment stands for, verified against it:
	// if the bytes kept are no longer those committed to, the error is a
	// [CorruptError]. A commitment that the vault does not know is [ErrNoPart],
	// and one whose part was erased is [ErrErased], where the vault erases. What is
	// returned is the caller's.
	Get(ctx context.Context, c Commitment) (Part, error)
}

// CheckParts says whether parts may be given to a Put: there are at most
// [MaxParts], each names its command and its place there, and none crosses
// [MaxPart] or [MaxLabels]. Otherwise the error is [ErrBadPart] or a
// [LimitError]. Drivers call it first, so that all refuse alike.
func CheckParts(parts []Part) error {
	if len(parts) > MaxParts {
		return &LimitError{What: "parts in one put", Size: len(parts), Limit: MaxParts}
	}
	for i, p := range parts {
		if p.Of == "" || p.No < 1 || p.No > math.MaxInt32 {
			return ErrBadPart
		}
		if len(p.Content) > MaxPart {
			return &LimitError{What: "bytes in one part", Index: i, Size: len(p.Content), Limit: MaxPart}
		}
		if n := p.labels(); n > MaxLabels {
			return &LimitError{What: "bytes in the labels of one part", Index: i, Size: n, Limit: MaxLabels}
		}
	}
	return nil
}
