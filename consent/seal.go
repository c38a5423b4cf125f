package consent

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"golang.org/x/mod/sumdb/tlog"
)

// A claim is a command that says something of the ledger itself, which the law
// cannot check, as it reads no entries.
type claim interface {
	truly(context.Context, *Engine) error
}

// ErrSeal: what the ledger tells of a meeting is not what its minutes were
// drawn from.
var ErrSeal = errors.New("what is recorded of the meeting is not what its minutes were drawn from")

// SealMinutes is the digest over what is recorded of a meeting: SHA-256 over
// the leaf hashes of its entries, in their order. Whoever presents or adopts
// minutes names it.
func (e *Engine) SealMinutes(ctx context.Context, id MeetingID) (Seal, error) {
	return e.sealed(ctx, id, -1)
}

// CheckMinutes compares the minutes that lie before a circle, or that it has
// adopted, with what the ledger tells of the meeting now. It returns ErrSeal
// where they are not the same, and nil where no minutes were presented.
func (e *Engine) CheckMinutes(ctx context.Context, id MeetingID) error {
	var stands Minutes
	e.Look(func(s *State) {
		if m := s.Meeting(id); m != nil {
			stands = *m.minutes()
		}
	})
	if stands.Seal == "" {
		return nil
	}
	is, err := e.sealed(ctx, id, stands.Entries)
	if err == nil && is != stands.Seal {
		err = ErrSeal
	}
	return err
}

// sealed is the digest over the first entries of a meeting's trail; over all of
// them if most is negative.
func (e *Engine) sealed(ctx context.Context, id MeetingID, most int) (Seal, error) {
	var positions []uint64
	var err error
	e.Look(func(s *State) { positions, err = s.toldOf(id) })
	if err != nil {
		return "", err
	}
	if most >= 0 {
		positions = positions[:min(most, len(positions))]
	}
	return digestOver(ctx, positions, e.Leaf)
}

// toldOf lists where a meeting is told.
func (s *State) toldOf(id MeetingID) ([]uint64, error) {
	m, err := s.meeting(id)
	if err != nil {
		return nil, err
	}
	return m.Trail.Positions(), nil
}

func digestOver(ctx context.Context, positions []uint64, leafAt func(context.Context, uint64) (tlog.Hash, error)) (Seal, error) {
	h := sha256.New()
	for _, pos := range positions {
		leaf, err := leafAt(ctx, pos)
		if err != nil {
			return "", err
		}
		h.Write(leaf[:])
	}
	return Seal(base64.RawURLEncoding.EncodeToString(h.Sum(nil))), nil
}

// truly asks whether the seal is that of what was recorded.
func (c PresentMinutes) truly(ctx context.Context, e *Engine) error {
	positions, err := e.state.toldOf(c.Meeting)
	if err != nil {
		return err
	}
	is, err := digestOver(ctx, positions, e.storedLeaf)
	if err == nil && is != c.Seal {
		err = OtherSeal.Refuse("meeting", c.Meeting)
	}
	return err
}
