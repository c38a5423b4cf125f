package consent

import (
	"hash/maphash"
	"slices"
)

// seen remembers which command ids stand in the ledger, and where, in sixteen
// bytes each. It is derived from the entries. A match is a hint: the entry
// itself is read before it counts.
type seen struct {
	seed   maphash.Seed
	recent map[uint64]uint64
	runs   [][]command // sorted, each at least twice as long as the next
}

type command struct{ hash, pos uint64 }

const recentMost = 4096

func (s *seen) add(id string, pos uint64) {
	if s.recent == nil {
		s.seed, s.recent = maphash.MakeSeed(), make(map[uint64]uint64)
	}
	s.recent[maphash.String(s.seed, id)] = pos
	if len(s.recent) < recentMost {
		return
	}
	run := make([]command, 0, len(s.recent))
	for hash, pos := range s.recent {
		run = append(run, command{hash, pos})
	}
	clear(s.recent)
	s.push(run)
}

// push adds a run and merges runs of like length, so that there are few.
func (s *seen) push(run []command) {
	for n := len(s.runs); n > 0 && len(s.runs[n-1]) < 2*len(run); n = len(s.runs) {
		run = append(run, s.runs[n-1]...)
		s.runs = s.runs[:n-1]
	}
	slices.SortFunc(run, byHash)
	s.runs = append(s.runs, slices.Clip(run))
}

func byHash(a, b command) int {
	switch {
	case a.hash < b.hash:
		return -1
	case a.hash > b.hash:
		return 1
	}
	return 0
}

// find returns where a command with this id may stand.
func (s *seen) find(id string) (pos uint64, ok bool) {
	if s.recent == nil {
		return 0, false
	}
	hash := maphash.String(s.seed, id)
	if pos, ok := s.recent[hash]; ok {
		return pos, true
	}
	for _, run := range s.runs {
		if i, ok := slices.BinarySearchFunc(run, command{hash: hash}, byHash); ok {
			return run[i].pos, true
		}
	}
	return 0, false
}
