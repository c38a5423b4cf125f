package consent

import (
	"sync"

	"github.com/google/uuid"
)

// An idMaker makes random UUIDs, as package uuid does. It draws the chance for several
// of them at once, since to ask the system costs more than all else about an id; what
// was used is wiped.
type idMaker struct {
	draw func([]byte) // fills a room by chance
	mu   sync.Mutex
	left int // of the ids that were drawn
	room [idsDrawn * len(uuid.UUID{})]byte
}

// idsDrawn is for how many ids chance is drawn at once.
const idsDrawn = 16

func (m *idMaker) next() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.left == 0 {
		m.draw(m.room[:])
		m.left = idsDrawn
	}
	m.left--
	var id uuid.UUID
	drawn := m.room[m.left*len(id):][:len(id)]
	copy(id[:], drawn)
	clear(drawn)
	id[6] = id[6]&0x0f | 0x40 // version 4: made by chance
	id[8] = id[8]&0x3f | 0x80 // in the form of RFC 9562
	return id.String()
}
