package consent

import (
	"bufio"
	"io"
	"sync"

	"github.com/google/uuid"
)

// An idMaker makes random UUIDs. It reads the chance for several of them at once, since
// to ask the system costs more than all else about an id.
type idMaker struct {
	mu     sync.Mutex
	chance *bufio.Reader
}

// idsDrawn is for how many ids chance is read at once.
const idsDrawn = 16

func newIDMaker(chance io.Reader) *idMaker {
	return &idMaker{chance: bufio.NewReaderSize(chance, idsDrawn*len(uuid.UUID{}))}
}

func (m *idMaker) next() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return uuid.Must(uuid.NewRandomFromReader(m.chance)).String()
}
