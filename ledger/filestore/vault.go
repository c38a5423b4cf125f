package filestore

import (
	"context"

	"github.com/sayround/sayround/ledger"
)

// Put implements [ledger.Vault]. The parts survive the end of the process and
// of power once it has returned nil.
func (s *Store) Put(ctx context.Context, parts []ledger.Part) error {
	if err := ledger.CheckParts(parts); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.mayWrite(ctx); err != nil {
		return err
	}
	fresh, err := s.fresh(parts)
	if err != nil || len(fresh) == 0 {
		return err
	}
	return s.writeParts(fresh)
}

// fresh returns those of the parts that the vault does not hold, each once. A
// part that is held with other labels is an error.
func (s *Store) fresh(parts []ledger.Part) ([]ledger.Part, error) {
	var fresh []ledger.Part
	seen := make(map[ledger.Commitment]ledger.Part, len(parts))
	for _, p := range parts {
		c := p.Commitment()
		held, ok := seen[c]
		if at, stored := s.index[c]; stored && !ok {
			var err error
			if held, err = s.part(c, at); err != nil {
				return nil, err
			}
			ok = true
		}
		if ok && !held.Equal(p) {
			return nil, ledger.ErrOtherPart
		}
		if !ok {
			fresh = append(fresh, p)
		}
		seen[c] = p
	}
	return fresh, nil
}

// Get implements [ledger.Vault]. A part that is damaged is an error of its own
// and leaves the store usable: deciding never needs what was said.
func (s *Store) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if err := s.usable(); err != nil {
		return ledger.Part{}, err
	}
	if err := ctx.Err(); err != nil {
		return ledger.Part{}, err
	}
	s.mu.RLock()
	at, ok := s.index[c]
	s.mu.RUnlock()
	if !ok {
		return ledger.Part{}, ledger.ErrNoPart
	}
	return s.part(c, at)
}

// part reads the part at a spot, which must be the one committed to.
func (s *Store) part(c ledger.Commitment, at spot) (ledger.Part, error) {
	damaged := func(wrong string) (ledger.Part, error) {
		return ledger.Part{}, &ledger.CorruptError{Part: c.String(), What: wrong}
	}
	s.mu.RLock()
	end := s.parts.end.offset
	s.mu.RUnlock()
	w := newWindow(s.parts.f, at.offset, end, frameHead+maxPartBody)
	fr, wrong, err := s.parts.read(w, at.offset, at.position)
	if err != nil {
		return ledger.Part{}, s.fail(err)
	}
	if wrong != "" {
		return damaged(wrong)
	}
	p, ok := parsePart(fr.body)
	if !ok {
		return damaged("its labels cannot be read")
	}
	p.Content, err = partContent(s.parts.f, at.offset, fr)
	if err != nil {
		return ledger.Part{}, s.fail(err)
	}
	if err := p.Check(c); err != nil {
		return ledger.Part{}, err
	}
	return p, nil
}
