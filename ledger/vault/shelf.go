package vault

import (
	"cmp"
	"slices"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// A shelf is the file of texts, and where in it everything is.
type shelf struct {
	journal
	index  map[ledger.Commitment]spot
	groups []group
	known  map[string]uint32 // the groups by whom and what they are
}

// A spot tells where in the file a row is, and to which group it belongs.
type spot struct {
	offset int64
	size   uint32 // of its frame
	group  uint32 // its place among the groups
}

// A group is the people whom some parts are about. Most parts are about few people,
// and many about the same: so a spot stays small.
type group struct {
	form   form
	people []string
}

func newShelf(f osfile.File, vault ID) *shelf {
	return &shelf{journal: newJournal(f, vault), index: map[ledger.Commitment]spot{}, known: map[string]uint32{}}
}

// note remembers where a row is.
func (s *shelf) note(r row, offset int64, size uint32) {
	s.index[r.c] = spot{offset, size, s.group(r)}
}

// group returns the place of the group of a row.
func (s *shelf) group(r row) uint32 {
	g := group{form: r.form}
	if r.form != erased {
		g.people = people(r.part)
	}
	name := []byte{byte(g.form)}
	for _, id := range g.people {
		name = appendText(name, id)
	}
	at, there := s.known[string(name)]
	if !there {
		at = uint32(len(s.groups))
		s.groups = append(s.groups, g)
		s.known[string(name)] = at
	}
	return at
}

// of returns the group of the row at a spot.
func (s *shelf) of(at spot) group { return s.groups[at.group] }

// which returns the commitments of those parts whose group is one of the wanted, in
// the order in which they were put.
func (s *shelf) which(wanted func(c ledger.Commitment, of group) bool) []ledger.Commitment {
	var list []ledger.Commitment
	for c, at := range s.index {
		if wanted(c, s.of(at)) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b ledger.Commitment) int {
		return cmp.Compare(s.index[a].offset, s.index[b].offset)
	})
	return list
}

// An edition is a file of texts that is being made, to take the place of another.
type edition struct {
	*shelf
	buf []byte // frames that are not written yet
}

// add puts a row at the end.
func (e *edition) add(r row) error {
	offset, before := e.end+int64(len(e.buf)), len(e.buf)
	e.buf = e.append(e.buf, e.frame(e.count, 0, 0, r))
	e.note(r, offset, uint32(len(e.buf)-before))
	e.count++
	if len(e.buf) < flushAt {
		return nil
	}
	return e.flush()
}

// flushAt is how much an edition writes at once.
const flushAt = 1 << 20

// flush writes what is not written yet. It is not durable before the file is synced.
func (e *edition) flush() error {
	_, err := e.f.WriteAt(e.buf, e.end)
	e.end += int64(len(e.buf))
	e.buf = e.buf[:0]
	return err
}
