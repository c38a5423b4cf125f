package canon

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxInt is the largest whole number that the form holds: every JSON reader
// there is can hold it exactly.
const MaxInt = 1<<53 - 1

// Append writes v, a struct or a pointer to one, behind dst, as it stands in
// the given entry of a ledger. What people said
// in it must have been sealed before (see Seal); unsealed words are an error,
// so that they can never slip into a ledger.
func Append(dst []byte, v any, entry uint64) ([]byte, error) {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	e := encoder{entry: entry}
	return e.value(dst, planOf(rv.Type()), rv, 0)
}

// AppendNamed writes v behind dst with its wire name and version, as it stands
// where any command or event may stand.
func AppendNamed(dst []byte, v Named, entry uint64) ([]byte, error) {
	return encoder{entry: entry}.thing(dst, v, 0)
}

// AppendText writes a text in quotation marks behind dst.
func AppendText(dst []byte, text string) ([]byte, error) { return appendString(dst, text) }

// AppendWhole writes a whole number behind dst.
func AppendWhole(dst []byte, n int64) ([]byte, error) { return appendInt(dst, n) }

// maxPart is the highest number that a part of an entry can have.
const maxPart = 1<<16 - 1

// An encoder knows the entry it writes, so that a part of that entry can be
// named by its number alone.
type encoder struct {
	entry   uint64
	control bool // words are passed over
}

// AppendControl writes the control data of v behind dst: everything but what
// people said, of which only that it was said is told.
func AppendControl(dst []byte, v any) ([]byte, error) {
	rv := reflect.Indirect(reflect.ValueOf(v))
	return encoder{control: true}.value(dst, planOf(rv.Type()), rv, 0)
}

func (e encoder) value(dst []byte, p *plan, v reflect.Value, depth int) ([]byte, error) {
	if depth > MaxDepth {
		return dst, fmt.Errorf("canon: nested deeper than %d", MaxDepth)
	}
	switch p.shape {
	case shapeString:
		return appendString(dst, v.String())
	case shapeInt:
		return appendInt(dst, v.Int())
	case shapeUint:
		if v.Uint() > MaxInt {
			return dst, fmt.Errorf("canon: %d is over 2^53-1", v.Uint())
		}
		return strconv.AppendUint(dst, v.Uint(), 10), nil
	case shapeBool:
		return strconv.AppendBool(dst, v.Bool()), nil
	case shapeTime:
		return appendInt(dst, v.Interface().(time.Time).Unix())
	case shapeText:
		text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return dst, err
		}
		return appendString(dst, string(text))
	case shapeSaid:
		return e.said(dst, saidOf(v))
	case shapePointer:
		if v.IsNil() {
			return dst, fmt.Errorf("canon: a required %s is missing", p.typ)
		}
		return e.value(dst, p.elem, v.Elem(), depth)
	case shapeNamed:
		return e.named(dst, v, depth)
	case shapeSlice, shapeArray:
		return e.list(dst, p, v, depth)
	case shapeStruct:
		return e.structure(dst, p, v, depth)
	}
	return dst, fmt.Errorf("canon: %s has no form in the ledger", p.typ)
}

func appendInt(dst []byte, n int64) ([]byte, error) {
	if n > MaxInt || n < -MaxInt {
		return dst, fmt.Errorf("canon: %d does not fit in 53 bits", n)
	}
	return strconv.AppendInt(dst, n, 10), nil
}

func (e encoder) list(dst []byte, p *plan, v reflect.Value, depth int) ([]byte, error) {
	dst = append(dst, '[')
	var err error
	for i := range v.Len() {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = e.value(dst, p.elem, v.Index(i), depth+1); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

// structure writes an object out of its room.
func (e encoder) structure(dst []byte, p *plan, v reflect.Value, depth int) ([]byte, error) {
	r := p.enter()
	defer r.leave()
	r.value.Set(v)
	return e.pour(dst, r, depth)
}

// pour writes an object that lies in its room.
func (e encoder) pour(dst []byte, r *room, depth int) ([]byte, error) {
	dst = append(dst, '{')
	skip := 1 // no comma stands before the first key
	var err error
	for i := range r.slots {
		s := &r.slots[i]
		if s.optional && s.empty() {
			continue
		}
		dst = append(dst, s.key[skip:]...)
		skip = 0
		if dst, err = e.slot(dst, s, depth+1); err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

// slot writes the value of a field.
func (e encoder) slot(dst []byte, s *slot, depth int) ([]byte, error) {
	switch {
	case depth > MaxDepth: // is told below
	case s.text != nil:
		return appendString(dst, *s.text)
	case s.whole != nil:
		return appendInt(dst, int64(*s.whole))
	case s.time != nil:
		return appendInt(dst, s.time.Unix())
	case s.said != nil:
		return e.said(dst, s.said)
	case s.inner != nil:
		return e.pour(dst, s.inner, depth)
	}
	return e.value(dst, s.plan, s.value, depth)
}

// isZero says whether an optional field is left out.
func isZero(p *plan, v reflect.Value) bool {
	switch p.shape {
	case shapeString:
		return v.Len() == 0
	case shapeSlice, shapeMap:
		return v.Len() == 0
	case shapeInt:
		return v.Int() == 0
	case shapeTime:
		return v.Interface().(time.Time).IsZero()
	case shapeStruct:
		return isEmpty(p, v)
	}
	return v.IsZero()
}

// isEmpty says whether nothing in an object is set. An empty list is no more
// than one that was not given.
func isEmpty(p *plan, v reflect.Value) bool {
	for i := range p.fields {
		if !isZero(p.fields[i].plan, v.Field(p.fields[i].index)) {
			return false
		}
	}
	return true
}

func (e encoder) named(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	if v.IsNil() {
		return dst, fmt.Errorf("canon: a value without a type")
	}
	return e.thing(dst, v.Interface().(Named), depth)
}

func (e encoder) thing(dst []byte, n Named, depth int) ([]byte, error) {
	inner := reflect.Indirect(reflect.ValueOf(n))
	if !inner.IsValid() {
		return dst, fmt.Errorf("canon: the address of nothing")
	}
	dst = append(dst, `{"type":"`...)
	dst = append(dst, n.Wire()...)
	dst = append(dst, `","v":`...)
	dst = strconv.AppendInt(dst, int64(versionOf(n)), 10)
	dst = append(dst, `,"with":`...)
	dst, err := e.value(dst, planOf(inner.Type()), inner, depth+1)
	if err != nil {
		return dst, err
	}
	return append(dst, '}'), nil
}

// said writes where the words of a saying lie, which must have been sealed: a part of the
// same entry is written as its number, a part of an earlier one as "entry.part".
func (e encoder) said(dst []byte, s Said) ([]byte, error) {
	if e.control {
		return append(dst, '0'), nil
	}
	if _, open := s.Words(); open {
		return dst, fmt.Errorf("canon: words that were not sealed")
	}
	entry, part := s.Place()
	if part < 1 || part > maxPart || entry > e.entry {
		return dst, fmt.Errorf("canon: there are no words in part %d of entry %d", part, entry)
	}
	if entry == e.entry {
		return strconv.AppendInt(dst, int64(part), 10), nil
	}
	dst = append(dst, '"')
	dst = strconv.AppendUint(dst, entry, 10)
	dst = append(dst, '.')
	dst = strconv.AppendInt(dst, int64(part), 10)
	return append(dst, '"'), nil
}

func saidOf(v reflect.Value) Said {
	if !v.CanAddr() {
		c := reflect.New(v.Type())
		c.Elem().Set(v)
		v = c.Elem()
	}
	return v.Addr().Interface().(Said)
}

func appendString(dst []byte, s string) ([]byte, error) {
	dst = append(dst, '"')
	if plainRun(s) == len(s) { // as names and numbers are
		return append(append(dst, s...), '"'), nil
	}
	ascii := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0x20 || c == 0x7f:
			return dst, fmt.Errorf("canon: control character %#02x in a string", c)
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		default:
			ascii = ascii && c < utf8.RuneSelf
			dst = append(dst, c)
		}
	}
	if !ascii {
		if err := checkUnicode(s); err != nil {
			return dst, err
		}
	}
	return append(dst, '"'), nil
}

func checkUnicode(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("canon: a string that is not UTF-8")
	}
	for _, r := range s {
		if r >= 0x80 && r < 0xa0 {
			return fmt.Errorf("canon: control character %U in a string", r)
		}
	}
	if !norm.NFC.IsNormalString(s) {
		return fmt.Errorf("canon: a string that is not in NFC")
	}
	return nil
}

// Versioned is a Named value whose stored form is not the first one.
type Versioned interface{ WireVersion() int }

func versionOf(n Named) int {
	if v, ok := n.(Versioned); ok {
		return v.WireVersion()
	}
	return 1
}
