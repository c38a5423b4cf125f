package consent

import (
	"iter"
	"math/bits"
	"slices"
)

// seen remembers which command ids stand in the ledger, and where, in some
// nine bytes each. It is derived from the entries. A match is a hint: the
// entry itself is read before it counts, and of many millions of ids now and
// then one is looked up in vain. It holds the first four thousand million
// entries of a ledger; ids beyond are remembered as long as they are recent.
type seen struct {
	secret secret
	fresh  []command // what was added and is not in order yet
	recent []command // a table of slots, found by hash; pos is one more than the position, 0 a free slot
	held   int       // slots that are taken
	runs   []run     // each at least twice as long as the next
}

// A command is an id's hash and where it stands, in 32 bits each.
type command struct{ hash, pos uint32 }

// A run is a sorted list, with the place where each range of hashes begins, so
// that a search touches few lines of memory.
type run struct {
	commands []command
	begins   []uint32
	shift    uint
}

// recentSlots is the size of the table; half of it is used at most.
const (
	recentSlots = 1 << (32 - slotShift)
	slotShift   = 19 // a slot is found by a hash's leading bits
)

func (s *seen) hash(id string) uint32 { return uint32(s.secret.hash(id)) }

func (s *seen) begin(under secret) { s.secret, s.recent = under, make([]command, recentSlots) }

// add remembers an id. It is found from now on, and faster once order was called: where
// many are added on end, they are put in order together.
func (s *seen) add(id string, pos uint64) {
	if s.recent == nil {
		s.begin(newSecret())
	}
	if s.fresh = append(s.fresh, command{s.hash(id), uint32(pos)}); len(s.fresh) == freshMost {
		s.order()
	}
}

// freshMost is how many ids are put in order together.
const freshMost = 1 << 16

// order puts fresh ids where they are found.
func (s *seen) order() {
	if s.held+len(s.fresh) < recentSlots/2 {
		for _, c := range s.fresh {
			s.put(c)
		}
	} else {
		list := append(s.recentList(), s.fresh...)
		clear(s.recent)
		s.held = 0
		s.push(sortByHash(list))
	}
	s.fresh = s.fresh[:0]
}

// settle is order after a ledger was read: who gives commands one by one needs no room
// for so many.
func (s *seen) settle() {
	s.order()
	s.fresh = nil
}

// put puts a command into a free slot.
func (s *seen) put(c command) {
	i := c.hash >> slotShift
	for s.recent[i].pos != 0 {
		i = (i + 1) % recentSlots
	}
	s.recent[i] = command{c.hash, c.pos + 1}
	s.held++
}

// recentList lists the commands of the table, with room for the fresh ones.
func (s *seen) recentList() commands {
	list := make(commands, 0, s.held+len(s.fresh))
	for _, c := range s.recent {
		if c.pos != 0 {
			list = append(list, command{c.hash, c.pos - 1})
		}
	}
	return list
}

// push adds a sorted list and merges runs of like length, so that there are few.
func (s *seen) push(list []command) {
	for n := len(s.runs); n > 0 && len(s.runs[n-1].commands) < 2*len(list); n = len(s.runs) {
		list = merge(s.runs[n-1].commands, list)
		s.runs = s.runs[:n-1]
	}
	s.runs = append(s.runs, index(list))
}

// sortByHash sorts a list by eight bits of the hash after the other, from the last
// ones on: the hashes are as good as drawn by chance. What it returns has no room to
// spare, the list is used up.
func sortByHash(list []command) []command {
	out := make([]command, len(list))
	for shift := 0; shift < 32; shift += 8 {
		var ends [1 << 8]int
		for _, c := range list {
			ends[uint8(c.hash>>shift)]++
		}
		next := 0
		for i, n := range ends {
			ends[i], next = next, next+n
		}
		for _, c := range list {
			at := &ends[uint8(c.hash>>shift)]
			out[*at] = c
			*at++
		}
		list, out = out, list
	}
	return slices.Clip(list)
}

// merge merges two sorted lists.
func merge(a, b []command) []command {
	out := make([]command, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].hash <= b[0].hash {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// index notes where the hashes of each leading pattern of bits begin, for some
// sixteen commands a pattern.
func index(list []command) run {
	width := max(1, bits.Len(uint(len(list)/16)))
	r := run{commands: list, begins: make([]uint32, 1<<width+1), shift: uint(32 - width)}
	next := 0
	for i := range r.begins {
		for next < len(list) && list[next].hash>>r.shift < uint32(i) {
			next++
		}
		r.begins[i] = uint32(next)
	}
	return r
}

// find yields where a command with this id may stand.
func (s *seen) find(id string) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		if s.recent == nil {
			return
		}
		hash := s.hash(id)
		for _, c := range s.fresh {
			if c.hash == hash && !yield(uint64(c.pos)) {
				return
			}
		}
		for i := hash >> slotShift; s.recent[i].pos != 0; i = (i + 1) % recentSlots {
			if s.recent[i].hash == hash && !yield(uint64(s.recent[i].pos-1)) {
				return
			}
		}
		for _, r := range s.runs {
			pattern := hash >> r.shift
			for _, c := range r.commands[r.begins[pattern]:r.begins[pattern+1]] {
				if c.hash == hash && !yield(uint64(c.pos)) {
					return
				}
			}
		}
	}
}
