package snapshot

import (
	"cmp"
	"encoding/binary"
	"iter"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
)

// A Shelf is a map for many things of which few are looked at. One that was read from
// a snapshot makes each of them when it is first asked for: so a snapshot with many is
// opened as fast as one with few. Otherwise it is a map. The zero value is empty.
//
// As with a map, several may read at once, and whoever changes it must be alone.
type Shelf[K ~string, V any] struct {
	fresh map[K]V
	old   *stored[V]
}

// A stored part of a shelf lies there as it was written: a list of places, and the
// rows, in the order of their keys.
type stored[V any] struct {
	places, rows string
	made         []atomic.Pointer[V] // what was looked at
	none         V                   // what a row that was taken out points to
	out          int                 // rows that were taken out
	read         func(row string) V
}

// Get returns what has this key; ok is false when nothing has.
func (s *Shelf[K, V]) Get(key K) (v V, ok bool) {
	if v, ok = s.fresh[key]; ok || s.old == nil {
		return v, ok
	}
	return s.old.get(string(key))
}

// Of returns what has this key, the zero value when nothing has.
func (s *Shelf[K, V]) Of(key K) V {
	v, _ := s.Get(key)
	return v
}

// Set puts something under a key, in place of what was there.
func (s *Shelf[K, V]) Set(key K, v V) {
	if s.old != nil {
		s.old.take(string(key))
	}
	if s.fresh == nil {
		s.fresh = map[K]V{}
	}
	s.fresh[key] = v
}

// Delete takes away what has this key.
func (s *Shelf[K, V]) Delete(key K) {
	delete(s.fresh, key)
	if s.old != nil {
		s.old.take(string(key))
	}
}

// Len is how many things there are.
func (s *Shelf[K, V]) Len() int {
	n := len(s.fresh)
	if s.old != nil {
		n += len(s.old.made) - s.old.out
	}
	return n
}

// All yields everything, in no order. It may be changed meanwhile as a map may.
func (s *Shelf[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range s.fresh {
			if !yield(k, v) {
				return
			}
		}
		if s.old == nil {
			return
		}
		for i := range s.old.made {
			if v, ok := s.old.at(i); ok && !yield(K(s.old.key(i)), v) {
				return
			}
		}
	}
}

// Map returns everything as a map, which must not be changed.
func (s *Shelf[K, V]) Map() map[K]V {
	if s.old == nil {
		return s.fresh
	}
	m := make(map[K]V, s.Len())
	for k, v := range s.All() {
		m[k] = v
	}
	return m
}

// Fetch makes what has one of these keys, if it was not looked at yet, and keeps it
// where it is found at once.
func (s *Shelf[K, V]) Fetch(keys iter.Seq[K]) {
	if s.old == nil {
		return
	}
	for key := range keys {
		if v, ok := s.old.get(string(key)); ok {
			s.Set(key, v)
		}
	}
}

// key is the key of a row, and value what stands behind it.
func (o *stored[V]) key(i int) string {
	key, _ := o.row(i)
	return key
}

func (o *stored[V]) row(i int) (key, value string) {
	r := reader{b: o.rows, i: int(binary.LittleEndian.Uint32([]byte(o.places[4*i : 4*i+4])))}
	key = r.text()
	return key, o.rows[r.i:]
}

// find is where the row with this key stands.
func (o *stored[V]) find(key string) (int, bool) {
	lo, hi := 0, len(o.made)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		switch c := cmp.Compare(o.key(mid), key); {
		case c == 0:
			return mid, o.made[mid].Load() != &o.none
		case c < 0:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0, false
}

func (o *stored[V]) get(key string) (v V, ok bool) {
	if i, there := o.find(key); there {
		return o.at(i)
	}
	return v, false
}

// at is what stands in a row, made when it is looked at first; ok is false when it was
// taken out.
func (o *stored[V]) at(i int) (V, bool) {
	p := o.made[i].Load()
	if p == nil {
		_, value := o.row(i)
		mine := o.read(value)
		if p = &mine; !o.made[i].CompareAndSwap(nil, p) {
			p = o.made[i].Load() // somebody else was faster; there is one of each
		}
	}
	return *p, p != &o.none
}

// take takes a row out, if it is there.
func (o *stored[V]) take(key string) {
	if i, there := o.find(key); there {
		o.made[i].Store(&o.none)
		o.out++
	}
}

// shelf is what a form must know of a Shelf.
type shelf interface {
	// holds is the type of what stands on it.
	holds() reflect.Type
	// rows lists everything in the order of the keys.
	rows() []row
	// adopt takes over what was stored.
	adopt(places, rows string, n int, read func(row string, v reflect.Value))
}

// A row is one thing on a shelf: as it was written, or itself where it was looked at.
type row struct {
	key     string
	written string
	value   reflect.Value
}

func (s *Shelf[K, V]) holds() reflect.Type { return reflect.TypeFor[V]() }

func (s *Shelf[K, V]) rows() []row {
	list := make([]row, 0, s.Len())
	for k := range s.fresh {
		list = append(list, newRow(string(k), s.fresh[k]))
	}
	if s.old != nil {
		list = s.old.list(list)
	}
	slices.SortFunc(list, func(a, b row) int { return strings.Compare(a.key, b.key) })
	return list
}

func newRow[V any](key string, v V) row {
	return row{key: key, value: reflect.ValueOf(&v).Elem()}
}

// list adds the rows that were not taken out.
func (o *stored[V]) list(list []row) []row {
	for i := range o.made {
		switch p := o.made[i].Load(); p {
		case nil:
			key, value := o.row(i)
			end := len(o.rows)
			if i+1 < len(o.made) {
				end = int(binary.LittleEndian.Uint32([]byte(o.places[4*i+4 : 4*i+8])))
			}
			list = append(list, row{key: key, written: value[:end-(len(o.rows)-len(value))]})
		case &o.none:
		default:
			list = append(list, newRow(o.key(i), *p))
		}
	}
	return list
}

func (s *Shelf[K, V]) adopt(places, rows string, n int, read func(row string, v reflect.Value)) {
	s.old = &stored[V]{places: places, rows: rows, made: make([]atomic.Pointer[V], n), read: func(row string) (v V) {
		read(row, reflect.ValueOf(&v).Elem())
		return v
	}}
}

// shelf writes how many things there are, how many bytes their rows have, where each
// row begins, in four bytes, and the rows: each key and what has it.
func (w *writer) shelf(p *plan, s shelf) {
	list := s.rows()
	rows := &writer{form: w.form}
	places := make([]byte, 0, 4*len(list))
	for _, r := range list {
		places = binary.LittleEndian.AppendUint32(places, uint32(len(rows.b)))
		rows.text(r.key)
		if r.value.IsValid() {
			rows.value(p.elem, r.value)
		} else {
			rows.b = append(rows.b, r.written...)
		}
	}
	w.fail(rows.err)
	if uint64(len(rows.b)) > math.MaxUint32 {
		w.fail(errTooMuch)
	}
	w.count(uint64(len(list)))
	w.count(uint64(len(rows.b)))
	w.b = append(append(w.b, places...), rows.b...)
}

// shelf judges all rows, so that each can be read later without fail, and leaves them
// as they are. Those that were written by ourselves it does not judge.
func (r *reader) shelf(p *plan, s shelf) {
	n := r.length(4)
	length := r.length(1)
	places := r.take(4 * min(n, (len(r.b)-r.i)/4))
	if len(places) < 4*n || length > len(r.b)-r.i {
		r.fail("it says that more follows than there is")
		return
	}
	rows := r.take(length)
	if !r.own {
		r.skimRows(p, places, rows)
	}
	if form := r.form; n > 0 && r.why == "" {
		s.adopt(places, rows, n, func(row string, v reflect.Value) {
			one := reader{form: form, b: row}
			if one.value(p.elem, v); one.why != "" {
				panic("snapshot: a row was not written by ourselves")
			}
		})
	}
}

// skimRows judges the rows of a shelf.
func (r *reader) skimRows(p *plan, places, rows string) {
	n, in := len(places)/4, reader{form: r.form, b: rows}
	for i, before := 0, ""; i < n && in.why == ""; i++ {
		if at := in.i; at != int(binary.LittleEndian.Uint32([]byte(places[4*i:4*i+4]))) {
			in.fail("a row does not begin where it should")
			break
		}
		key := in.text()
		if in.why == "" && i > 0 && before >= key {
			in.fail("keys are not in order")
		}
		before = key
		in.skim(p.elem)
	}
	if in.why == "" && in.i < len(rows) {
		in.fail("something stands behind the last row")
	}
	if in.why != "" {
		r.fail(in.why)
	}
}
