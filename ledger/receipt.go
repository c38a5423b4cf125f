package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// A Receipt shows that an entry is in a ledger, with nothing else at hand but the
// keys that one trusts: the entry, its proof, and the signed checkpoint. Its text
// can be kept, printed and checked on any machine.
//
// Source: C2SP tlog-proof.
type Receipt struct {
	Entry      []byte // as extra data; empty where whoever checks has the entry
	Index      uint64
	Proof      Proof
	Checkpoint []byte // signed, as it was issued
}

// receiptForm is the first line of a receipt.
const receiptForm = "c2sp.org/tlog-proof@v1"

// maxProof is the largest number of hashes in a proof.
const maxProof = 63

// Issue makes the receipt for the entry at position index under a signed checkpoint
// of the store. It reads the entries up to the checkpoint.
func Issue(ctx context.Context, store Store, p Policy, signed []byte, index uint64) (Receipt, error) {
	c, _, err := p.Open(signed)
	if err != nil {
		return Receipt{}, err
	}
	proof, err := Prove(ctx, store, c.Size, index)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Index: index, Proof: proof, Checkpoint: signed}
	for entry, err := range store.Read(ctx, index) {
		if err != nil {
			return Receipt{}, err
		}
		r.Entry = bytes.Clone(entry)
		break
	}
	if _, _, err := r.Check(p, r.Entry); err != nil { // what is given to a member holds
		return Receipt{}, err
	}
	return r, nil
}

// Text returns the receipt as text.
func (r Receipt) Text() []byte {
	var b strings.Builder
	b.WriteString(receiptForm + "\n")
	if len(r.Entry) > 0 {
		b.WriteString("extra " + base64.StdEncoding.EncodeToString(r.Entry) + "\n")
	}
	fmt.Fprintf(&b, "index %d\n", r.Index)
	for _, h := range r.Proof {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n")
	b.Write(r.Checkpoint)
	return []byte(b.String())
}

// ParseReceipt reads a receipt. It accepts nothing but what Text returns; anything
// else is a [FormError] of [ErrBadReceipt], or a [LimitError]. It does not look at
// the checkpoint, and nothing in it can be trusted before Check.
func ParseReceipt(text []byte) (Receipt, error) {
	if len(text) > MaxReceipt {
		return Receipt{}, &LimitError{What: "bytes in one receipt", Size: len(text), Limit: MaxReceipt}
	}
	head, checkpoint, ok := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || lines[0] != receiptForm {
		return Receipt{}, badReceipt("it does not begin with " + receiptForm)
	}
	lines = lines[1:]
	r := Receipt{Checkpoint: checkpoint}
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		var err error
		r.Entry, err = base64.StdEncoding.Strict().DecodeString(lines[0][len("extra "):])
		if err != nil || len(r.Entry) == 0 {
			return Receipt{}, badReceipt("its extra data cannot be read")
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return Receipt{}, badReceipt("it does not say which entry it is about")
	}
	if r.Index, ok = parseCount(lines[0][len("index "):]); !ok {
		return Receipt{}, badReceipt("it does not say which entry it is about")
	}
	if r.Proof, ok = parseProof(lines[1:]); !ok {
		return Receipt{}, badReceipt("its proof cannot be read")
	}
	if !bytes.Equal(r.Text(), text) {
		return Receipt{}, badReceipt("it is written in another way than it should be")
	}
	return r, nil
}

func badReceipt(why string) error { return &FormError{Of: ErrBadReceipt, Why: why} }

// parseProof reads the hashes of a proof, one a line.
func parseProof(lines []string) (Proof, bool) {
	if len(lines) > maxProof {
		return nil, false
	}
	var p Proof
	for _, line := range lines {
		h, ok := parseHash(line)
		if !ok {
			return nil, false
		}
		p = append(p, h)
	}
	return p, true
}

// Check returns the checkpoint of the receipt, and who has seen it, when it shows
// that the entry is in a ledger that the policy trusts. The entry is the one given,
// or that of the receipt where none is given.
//
// Otherwise the error is what [Policy.Open] says of the checkpoint, [ErrProof], or
// a [RangeError].
func (r Receipt) Check(p Policy, entry []byte) (Checkpoint, []Seen, error) {
	if entry == nil {
		entry = r.Entry
	}
	if len(entry) == 0 {
		return Checkpoint{}, nil, &EmptyEntryError{}
	}
	c, seen, err := p.Open(r.Checkpoint)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	if err := Check(r.Proof, c.Size, r.Index, c.Root, LeafHash(entry)); err != nil {
		return Checkpoint{}, nil, err
	}
	return c, seen, nil
}

// asError is errors.As, for a switch.
func asError[T error](err error, target *T) bool { return errors.As(err, target) }
