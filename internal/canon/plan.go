package canon

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
)

// Said is something a person said, kept outside the encoded text. Its pointer
// type carries the methods.
type Said interface {
	// Words returns what was said, while it is still at hand.
	Words() (string, bool)
	// Place returns the entry and the 1-based number of the part that holds
	// the words; part 0 means that nothing was said.
	Place() (entry uint64, part int)
	// Bind replaces the words by their place.
	Bind(entry uint64, part int)
	// Say sets the words.
	Say(words string)
}

// Named is a value that can stand where any command or event may stand: it
// tells its wire name, under which its type is registered.
type Named interface{ Wire() string }

type shape uint8

const (
	shapeString shape = 1 + iota
	shapeInt
	shapeUint
	shapeBool
	shapeSlice
	shapeArray
	shapeStruct
	shapePointer
	shapeTime
	shapeText
	shapeSaid
	shapeNamed
	shapeMap
)

// A plan is what is known of one type: how each of its fields is written.
type plan struct {
	shape  shape
	typ    reflect.Type
	elem   *plan
	fields []field
	fits   sync.Map  // of an interface: which types can stand there, *plan → bool
	rooms  sync.Pool // *room, empty ones
	making bool      // its fields are not all known yet: a type that stands in itself
	deep   bool      // it holds lists or pointers, which a copy must not share
	common bool      // a text of a type with a name of its own: few of them, coming again and again
	sealed bool      // it holds words or times, which Seal must look at
	checks bool      // its pointers are Checkers
}

type field struct {
	no       int // every field of every type has a number of its own
	name     string
	key      string // `,"name":`
	index    int
	optional bool
	again    bool   // it is often the same as before, see passages
	words    string // what its tag says of the words in it, see Sayings
	plan     *plan
}

var (
	saidType        = reflect.TypeFor[Said]()
	namedType       = reflect.TypeFor[Named]()
	checkerType     = reflect.TypeFor[Checker]()
	timeType        = reflect.TypeFor[time.Time]()
	marshalerType   = reflect.TypeFor[encoding.TextMarshaler]()
	unmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

var (
	plansMu sync.Mutex
	numbers = Places // those below are a scanner's
	plans   = map[reflect.Type]*plan{}
	ready   sync.Map // reflect.Type → *plan, finished ones only
)

func planOf(t reflect.Type) *plan {
	if p, ok := ready.Load(t); ok {
		return p.(*plan)
	}
	plansMu.Lock()
	defer plansMu.Unlock()
	p := makePlan(t)
	ready.Store(t, p)
	return p
}

func makePlan(t reflect.Type) *plan {
	if p, ok := plans[t]; ok {
		return p
	}
	p := &plan{typ: t, making: true, checks: reflect.PointerTo(t).Implements(checkerType)}
	plans[t] = p
	made := false
	defer func() {
		if p.making = false; !made { // what has no form has none when it is asked for again, either
			delete(plans, t)
		}
	}()
	switch {
	case reflect.PointerTo(t).Implements(saidType) && t.Kind() == reflect.Struct:
		p.shape, p.sealed = shapeSaid, true
	case t == timeType:
		p.shape, p.sealed = shapeTime, true
	case t.Implements(marshalerType) && reflect.PointerTo(t).Implements(unmarshalerType):
		p.shape = shapeText
	default:
		planKind(p, t)
	}
	made = true
	return p
}

func planKind(p *plan, t reflect.Type) {
	switch t.Kind() {
	case reflect.String:
		p.shape, p.common = shapeString, t.PkgPath() != ""
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		p.shape = shapeInt
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		p.shape = shapeUint
	case reflect.Bool:
		p.shape = shapeBool
	case reflect.Slice:
		p.shape, p.elem, p.deep = shapeSlice, makePlan(t.Elem()), true
		p.sealed = p.elem.sealed || p.elem.making
	case reflect.Array:
		p.shape, p.elem, p.deep = shapeArray, makePlan(t.Elem()), true
		p.sealed = p.elem.sealed || p.elem.making
	case reflect.Map:
		p.shape, p.elem = shapeMap, makePlan(t.Elem())
	case reflect.Pointer:
		p.shape, p.elem, p.deep = shapePointer, makePlan(t.Elem()), true
		p.sealed = p.elem.sealed || p.elem.making
	case reflect.Interface:
		if !t.Implements(namedType) {
			panic("canon: interface " + t.String() + " has no wire names")
		}
		p.shape, p.sealed, p.deep = shapeNamed, true, true
	case reflect.Struct:
		p.shape = shapeStruct
		planFields(p, t)
	default:
		panic("canon: no form for type " + t.String())
	}
}

func planFields(p *plan, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("json")
		if !ok || tag == "-" || !f.IsExported() {
			continue
		}
		name, rest, _ := strings.Cut(tag, ",")
		fp := makePlan(f.Type)
		numbers++
		p.fields = append(p.fields, field{
			no: numbers, name: name, key: `,"` + name + `":`, index: i,
			optional: rest == "omitempty", again: f.Tag.Get("canon") == "again",
			words: f.Tag.Get("words"), plan: fp,
		})
		if p.fields[len(p.fields)-1].again && !fp.closes() {
			panic("canon: " + t.String() + "." + f.Name + " cannot be read as it was before")
		}
		p.sealed = p.sealed || fp.sealed || fp.making
		p.deep = p.deep || fp.deep || fp.making
	}
	slices.SortFunc(p.fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
}

// closes says that the text of a value shows by itself where it ends, and means the
// same in every entry.
func (p *plan) closes() bool {
	switch p.shape {
	case shapeSlice, shapeArray, shapeStruct, shapeText:
		return !p.sealed && !p.making
	case shapePointer:
		return p.elem.closes()
	}
	return false
}
