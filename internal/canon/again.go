package canon

import (
	"reflect"
	"slices"
	"strings"
)

// Passing is a thing that nobody keeps: they copy what its fields hold. So a
// Scanner reads the next of its type into the same room.
type Passing interface{ Passing() }

// roomFor gives the room for a thing that nobody keeps: the last one's, if it stood in
// another text.
func (n *Names) roomFor(k *known) *room {
	r := n.room
	if r == nil || r.plan != k.plan {
		r = n.rooms[k.plan]
	}
	if r == nil || r.text == n.texts {
		if n.rooms == nil {
			n.rooms = map[*plan]*room{}
		}
		r = k.plan.newRoom(reflect.New(k.plan.typ).Elem())
		n.rooms[k.plan] = r
	} else {
		r.value.SetZero()
	}
	n.room, r.text = r, n.texts
	return r
}

// passages are what a field held lately that is often the same as before: as it
// was written, and as it was read. A list or an object ends where its last bracket
// stands, so what begins with a passage is that passage.
type passages struct {
	recent []passage // the one that was met last stands first
}

type passage struct {
	text  string
	depth int // how deep it stood
	value reflect.Value
}

// passagesMost is how many passages of a field are held, and passageLongest how
// long they may be.
const (
	passagesMost   = 4
	passageLongest = 2048
)

// find returns the passage with which b begins.
func (p *passages) find(b []byte, depth int) (passage, bool) {
	for i := range p.recent {
		if was := p.recent[i]; depth <= was.depth && len(b) >= len(was.text) && string(b[:len(was.text)]) == was.text {
			if i > 0 {
				copy(p.recent[1:i+1], p.recent[:i])
				p.recent[0] = was
			}
			return was, true
		}
	}
	return passage{}, false
}

// keep holds what was read. Its lists have no room behind their ends, so that who
// adds to one gets a list of their own.
func (p *passages) keep(text []byte, depth int, v reflect.Value) {
	if len(text) > passageLongest {
		return
	}
	own := reflect.New(v.Type()).Elem()
	own.Set(v)
	if v.Kind() == reflect.Slice {
		own.Set(v.Slice3(0, v.Len(), v.Len()))
		v.Set(own)
	}
	if len(p.recent) == passagesMost {
		p.recent = p.recent[:passagesMost-1]
	}
	p.recent = slices.Insert(p.recent, 0, passage{string(text), depth, own})
}

// passage reads the value of a field that is often the same as before.
func (d *decoder) passage(f *field, v reflect.Value, depth int) error {
	n := d.names
	if f.no >= len(n.passages) {
		n.passages = append(n.passages, make([]passages, f.no+1-len(n.passages))...)
	}
	if was, ok := n.passages[f.no].find(d.b[d.i:], depth); ok {
		d.i += len(was.text)
		v.Set(was.value)
		return nil
	}
	start := d.i
	if err := d.value(f.plan, v, depth); err != nil {
		return err
	}
	n.passages[f.no].keep(d.b[start:d.i], depth, v)
	return nil
}

// aside returns the text of b, which lies beside other short texts: for those that
// nobody keeps for long.
func (n *Names) aside(b []byte) string {
	if n == nil {
		return string(b)
	}
	if n.short.Cap()-n.short.Len() < len(b) {
		n.short = strings.Builder{}
		n.short.Grow(max(asideRoom, len(b)))
	}
	from := n.short.Len()
	n.short.Write(b)
	return n.short.String()[from:]
}

// asideRoom is how many bytes of short texts lie together.
const asideRoom = 4096
