package ledger

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"slices"
	"sync"
)

// Memory is a [Store], a [Vault], a [Waiter], a [Signed] and a [Snapshotter] in the
// memory of this process. It survives nothing: it is for tests, for examples and for what needs no
// tomorrow. The zero value is empty and ready; a Memory may be used by several
// goroutines at once and must not be copied.
type Memory struct {
	mu      sync.Mutex
	entries [][]byte
	room    []byte // where the next entries go; what is in it never moves
	parts   map[Commitment]Part
	signed  []byte

	snapshot []byte
	grown    chan struct{} // closed when an entry comes; nil while nobody waits
}

// Rooms begin small, so that a Memory of few entries is, and grow up to a size
// at which making one costs next to nothing an entry.
const (
	minRoom = 1 << 10
	maxRoom = 64 << 10
)

// Append implements [Store].
func (m *Memory) Append(ctx context.Context, size uint64, entries [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckEntries(entries); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if held := uint64(len(m.entries)); size != held {
		return &ConflictError{Size: size, Held: held}
	}
	for _, entry := range entries {
		m.entries = append(m.entries, m.keep(entry))
	}
	if m.grown != nil {
		close(m.grown)
		m.grown = nil
	}
	return nil
}

// keep copies an entry to where it stays. Many entries share one room, so that
// an Append seldom allocates.
func (m *Memory) keep(entry []byte) []byte {
	if cap(m.room)-len(m.room) < len(entry) {
		m.room = make([]byte, 0, max(min(max(2*cap(m.room), minRoom), maxRoom), len(entry)))
	}
	at := len(m.room)
	m.room = append(m.room, entry...)
	return m.room[at:len(m.room):len(m.room)]
}

// Read implements [Store]. It yields the entries that were there when the
// iteration began and holds no lock meanwhile.
func (m *Memory) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		m.mu.Lock()
		entries := m.entries // what lies in it is never changed, only more put behind
		m.mu.Unlock()
		for i := from; i < uint64(len(entries)); i++ {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(entries[i], nil) {
				return
			}
		}
	}
}

// Wait implements [Waiter].
func (m *Memory) Wait(ctx context.Context, size uint64) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		grown := m.growth(size)
		if grown == nil {
			return nil
		}
		select {
		case <-grown:
		case <-ctx.Done():
		}
	}
}

// growth returns nil if there are more than size entries, or else what is
// closed when the next one comes.
func (m *Memory) growth(size uint64) <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if uint64(len(m.entries)) > size {
		return nil
	}
	if m.grown == nil {
		m.grown = make(chan struct{})
	}
	return m.grown
}

// Put implements [Vault].
func (m *Memory) Put(ctx context.Context, parts []Part) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckParts(parts); err != nil {
		return err
	}
	fresh := make(map[Commitment]Part, len(parts))
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, part := range parts {
		c := part.Commitment()
		held, ok := m.parts[c]
		if !ok {
			held, ok = fresh[c]
		}
		if ok && !held.Equal(part) {
			return ErrOtherPart
		}
		if !ok {
			fresh[c] = part.clone()
		}
	}
	if m.parts == nil {
		m.parts = fresh
	} else {
		maps.Copy(m.parts, fresh)
	}
	return nil
}

// Get implements [Vault].
func (m *Memory) Get(ctx context.Context, c Commitment) (Part, error) {
	if err := ctx.Err(); err != nil {
		return Part{}, err
	}
	m.mu.Lock()
	part, ok := m.parts[c]
	m.mu.Unlock()
	if !ok {
		return Part{}, ErrNoPart
	}
	if err := part.Check(c); err != nil {
		return Part{}, err
	}
	return part.clone(), nil
}

// clone copies what a part points to.
func (p Part) clone() Part {
	p.About = slices.Clone(p.About)
	p.Content = slices.Clone(p.Content)
	return p
}

// LastSigned implements [Signed].
func (m *Memory) LastSigned(ctx context.Context) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.signed), ctx.Err()
}

// KeepSigned implements [Signed].
func (m *Memory) KeepSigned(ctx context.Context, old, signed []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !bytes.Equal(m.signed, old) {
		return ErrConflict
	}
	m.signed = bytes.Clone(signed)
	return nil
}
