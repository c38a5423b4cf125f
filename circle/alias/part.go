package alias

import (
	"encoding/base32"
	"fmt"
	"io"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

const (
	besideAlias = ledger.Beside + "alias" // no person's id: those have no slash
	form        = 1

	idBytes = 16
	idSize  = (idBytes*8 + 4) / 5
)

// letters leave out the digits that are mixed up with letters: 0, 1, 8 and 9.
var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// draw makes an id that nobody has or had, and the parts that keep it.
func (s *shared) draw(scope, handle string) (*gift, error) {
	var drawn struct {
		id    [idBytes]byte
		salts [2][32]byte
	}
	for range 8 { // one is enough, where chance is chance
		for _, b := range [][]byte{drawn.id[:], drawn.salts[0][:], drawn.salts[1][:]} {
			if _, err := io.ReadFull(s.rand, b); err != nil {
				return nil, fmt.Errorf("alias: %w", err)
			}
		}
		id := circle.PersonID(letters.EncodeToString(drawn.id[:]))
		s.mu.RLock()
		_, taken := s.byID[id]
		s.mu.RUnlock()
		if taken {
			continue
		}
		is := ledger.Part{Of: besideAlias, No: 1, Kind: "handle", About: []string{string(id)}, Salt: drawn.salts[0], Content: []byte(handle)}
		g := &gift{given: given{is.Commitment(), scope}, id: id}
		g.parts = []ledger.Part{is, {Of: besideAlias, No: 2, Kind: "alias", About: []string{besideAlias}, Salt: drawn.salts[1], Content: g.content()}}
		return g, nil
	}
	return nil, ErrNoChance
}

// content is what the second part says: see the documentation of the package.
func (g *gift) content() []byte {
	b := append([]byte{form}, g.handle[:]...)
	b = append(b, g.id...)
	return append(b, g.scope...)
}

// parse reads what content writes, and nothing else.
func parse(p ledger.Part) (gift, error) {
	const head = 1 + len(ledger.Commitment{})
	b := p.Content
	if len(b) > 0 && b[0] != form {
		return gift{}, fmt.Errorf("%w: an alias of version %d, where this program knows %d", ledger.ErrNewerFormat, b[0], form)
	}
	if len(b) < head+idSize {
		return gift{}, noAlias(p.Commitment(), "it is too short for an alias")
	}
	id := circle.PersonID(b[head : head+idSize])
	if err := id.Check(); err != nil {
		return gift{}, noAlias(p.Commitment(), "what it says is no id")
	}
	return gift{given: given{ledger.Commitment(b[1:head]), string(b[head+idSize:])}, id: id, alias: p.Commitment()}, nil
}

// noAlias says that a part of the register cannot be trusted.
func noAlias(c ledger.Commitment, wrong string) error {
	return &ledger.CorruptError{Part: c.String(), What: wrong}
}
