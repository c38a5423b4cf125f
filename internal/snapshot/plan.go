package snapshot

import (
	"crypto/sha256"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sayround/sayround/internal/canon"
)

type shape uint8

const (
	shapeBool shape = 1 + iota
	shapeInt
	shapeUint
	shapeString
	shapeBytes
	shapeSlice
	shapeArray
	shapeMap
	shapeStruct
	shapePointer
	shapeTime
	shapeSaid
	shapeNamed
	shapeShelf
)

// A plan is what is known of one type.
type plan struct {
	shape     shape
	typ       reflect.Type
	key, elem *plan
	fields    []field
	least     int // bytes that a value takes at least
	no        int // its number among the types of a form
}

type field struct {
	name     string
	index    int
	exported bool
	plan     *plan
}

// of is the field of a struct, to be read and set whether it is exported or not. The
// struct must be addressable.
func (f *field) of(v reflect.Value) reflect.Value {
	fv := v.Field(f.index)
	if f.exported {
		return fv
	}
	return reflect.NewAt(fv.Type(), fv.Addr().UnsafePointer()).Elem()
}

var (
	timeType  = reflect.TypeFor[time.Time]()
	saidType  = reflect.TypeFor[canon.Said]()
	namedType = reflect.TypeFor[canon.Named]()
	shelfType = reflect.TypeFor[shelf]()
)

// A Form is the way to write the values of one type.
type Form struct {
	root  *plan
	plans map[reflect.Type]*plan
	named map[string]*plan        // by wire name
	wires map[reflect.Type]string // of a type, and of pointers to it
	hash  [sha256.Size]byte
}

// NewForm makes the form of the values of a type. Where several types may stand, it is
// one of those listed, or a pointer to one.
func NewForm(t reflect.Type, named []canon.Named) *Form {
	f := &Form{plans: map[reflect.Type]*plan{}, named: map[string]*plan{}, wires: map[reflect.Type]string{}}
	f.root = f.planOf(t)
	for _, n := range slices.SortedFunc(slices.Values(named), func(a, b canon.Named) int { return strings.Compare(a.Wire(), b.Wire()) }) {
		t := reflect.TypeOf(n)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		f.named[n.Wire()] = f.planOf(t)
		f.wires[t], f.wires[reflect.PointerTo(t)] = n.Wire(), n.Wire()
	}
	for again := true; again; { // until what is least in one is known in all
		again = false
		for _, p := range f.plans {
			if n := p.leastBytes(); n != p.least {
				p.least, again = n, true
			}
		}
	}
	f.check()
	f.hash = sha256.Sum256(f.describe())
	return f
}

// Hash stands for everything that the form depends on: the types that are written, with
// the names and types of their fields. Bytes of a form with another hash must not be
// read.
func (f *Form) Hash() [sha256.Size]byte { return f.hash }

func (f *Form) planOf(t reflect.Type) *plan {
	if p := f.plans[t]; p != nil {
		return p
	}
	p := &plan{typ: t, no: len(f.plans)}
	f.plans[t] = p
	switch {
	case reflect.PointerTo(t).Implements(shelfType):
		p.shape = shapeShelf
		p.elem = f.planOf(reflect.New(t).Interface().(shelf).holds())
	case t == timeType:
		p.shape = shapeTime
	case t.Kind() == reflect.Struct && reflect.PointerTo(t).Implements(saidType):
		p.shape = shapeSaid
	default:
		f.planKind(p, t)
	}
	return p
}

func (f *Form) planKind(p *plan, t reflect.Type) {
	switch t.Kind() {
	case reflect.Bool:
		p.shape = shapeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.shape = shapeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		p.shape = shapeUint
	case reflect.String:
		p.shape = shapeString
	case reflect.Slice:
		p.shape = shapeSlice
		if p.elem = f.planOf(t.Elem()); t.Elem().Kind() == reflect.Uint8 {
			p.shape = shapeBytes
		}
	case reflect.Array:
		p.shape, p.elem = shapeArray, f.planOf(t.Elem())
	case reflect.Map:
		p.shape, p.key, p.elem = shapeMap, f.planOf(t.Key()), f.planOf(t.Elem())
	case reflect.Pointer:
		p.shape, p.elem = shapePointer, f.planOf(t.Elem())
	case reflect.Struct:
		p.shape = shapeStruct
		f.planFields(p, t)
	case reflect.Interface:
		if !t.Implements(namedType) {
			panic("snapshot: interface " + t.String() + " has no wire names")
		}
		p.shape = shapeNamed
	default:
		panic("snapshot: no form for type " + t.String())
	}
}

func (f *Form) planFields(p *plan, t reflect.Type) {
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Tag.Get("snapshot") == "-" {
			continue
		}
		p.fields = append(p.fields, field{name: sf.Name, index: i, exported: sf.IsExported(), plan: f.planOf(sf.Type)})
	}
}

// leastBytes is the least that a value of the type takes, as far as the least of what
// it holds is known.
func (p *plan) leastBytes() int {
	switch p.shape {
	case shapeStruct:
		n := 0
		for i := range p.fields {
			n += p.fields[i].plan.least
		}
		return min(n, 1<<10)
	case shapeArray:
		return min(p.typ.Len()*p.elem.least, 1<<10)
	case shapeSaid:
		return 2
	}
	return 1
}

// check refuses lists of nothing, which could be longer than their bytes.
func (f *Form) check() {
	for _, p := range f.plans {
		if p.shape == shapeSlice && p.elem.least == 0 {
			panic("snapshot: " + p.typ.String() + " is a list of nothing")
		}
	}
}

// describe tells what the form depends on.
func (f *Form) describe() []byte {
	list := make([]*plan, len(f.plans))
	for _, p := range f.plans {
		list[p.no] = p
	}
	var b []byte
	for _, p := range list {
		b = strconv.AppendQuote(b, p.typ.String())
		b = append(b, ' ', byte(p.typ.Kind()), byte(p.shape))
		for _, in := range []*plan{p.key, p.elem} {
			if in != nil {
				b = strconv.AppendInt(append(b, ' '), int64(in.no), 10)
			}
		}
		if p.shape == shapeArray {
			b = strconv.AppendInt(append(b, '['), int64(p.typ.Len()), 10)
		}
		for i := range p.fields {
			b = append(append(b, ' '), p.fields[i].name...)
			b = strconv.AppendInt(append(b, ':'), int64(p.fields[i].plan.no), 10)
		}
		b = append(b, '\n')
	}
	for _, wire := range slices.Sorted(maps.Keys(f.named)) {
		b = strconv.AppendInt(append(append(b, wire...), '='), int64(f.named[wire].no), 10)
		b = append(b, '\n')
	}
	return b
}
