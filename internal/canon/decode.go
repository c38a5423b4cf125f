package canon

import (
	"encoding"
	"encoding/binary"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// MaxDepth is how deep objects and arrays may stand in one another.
const MaxDepth = 12

// Types knows which type stands behind each wire name and version.
type Types map[string][]known

// known is one version of a wire name.
type known struct {
	version int64
	wire    string
	head    []byte // what stands before the data of such a thing
	plan    *plan
	passing bool // it is Passing
}

// Add registers the types of values under their wire names and versions.
func (t Types) Add(values ...Named) {
	for _, v := range values {
		rt := reflect.TypeOf(v)
		if rt.Kind() == reflect.Pointer {
			rt = rt.Elem()
		}
		_, passes := v.(Passing)
		p := planOf(rt)
		head := fmt.Appendf(nil, `{"type":"%s","v":%d,"with":`, v.Wire(), versionOf(v))
		t[v.Wire()] = append(t[v.Wire()], known{int64(versionOf(v)), v.Wire(), head, p, passes && p.shape == shapeStruct})
	}
}

// Names holds texts that come again and again, so that each is kept once, as a rule.
// Its size is bounded.
type Names struct {
	held     []string   // each where placeOf says
	last     []string   // the text that each field had last, by the field's number
	latest   string     // the text that was looked up last, for whatever field
	passages []passages // what fields tagged canon:"again" held, by their number

	things [8]struct { // types that were read lately
		known *known
		next  int // which of them came after it
	}
	thing   int             // the one that was read last
	oldest  int             // the one that makes way
	room    *room           // the room that was used last
	rooms   map[*plan]*room // for things that are not kept
	texts   int             // how many were begun to be scanned
	short   strings.Builder // where short texts that nobody keeps for long lie side by side
	scanner Scanner         // of the text that is scanned
}

// lastOf is the text that a field had last.
func (n *Names) lastOf(no int) string {
	if no < len(n.last) {
		return n.last[no]
	}
	return ""
}

// fresh returns the text of b, which stands in a field where another one stood
// last.
func (n *Names) fresh(no int, b []byte) string {
	if no >= len(n.last) {
		n.last = append(n.last, make([]string, no+1-len(n.last))...)
	}
	if n.latest != string(b) { // who acts is mostly who the event names
		n.latest = n.of(b)
	}
	n.last[no] = n.latest
	return n.latest
}

// heldMost is how many texts are held, a power of two, and heldLongest how long they
// may be: digests, which are longer, seldom come again. nameLongest is the longest wire
// name.
const (
	heldMost    = 1 << heldBits
	heldBits    = 13
	heldLongest = 48
	nameLongest = 64
)

// of returns the text of b, the one that is held where there is one. Where another
// text lies in its place, that one makes way: it is kept twice if it comes again.
func (n *Names) of(b []byte) string {
	if n == nil || len(b) > heldLongest {
		return string(b)
	}
	if n.held == nil {
		n.held = make([]string, heldMost)
	}
	at := &n.held[placeOf(b)]
	if *at != string(b) {
		*at = string(b)
	}
	return *at
}

// placeOf is where a text is held. Its beginning and its end tell most names apart;
// whoever chooses names that meet gains nothing, and makes none slower to find.
func placeOf(b []byte) uint64 {
	var begins, ends [8]byte
	copy(begins[:], b)
	copy(ends[:], b[max(0, len(b)-8):])
	x := binary.LittleEndian.Uint64(begins[:])*0x9e3779b97f4a7c15 ^ binary.LittleEndian.Uint64(ends[:])
	return (x ^ x>>32) * 0x9e3779b97f4a7c15 >> (64 - heldBits)
}

// Fault says what is wrong with a text.
type Fault uint8

// The faults that a text can have.
const (
	Malformed    Fault = 1 + iota // not of the form at all
	NotCanonical                  // readable, but not the one way to write it
	Unknown                       // a key, type or value nobody knows
	Newer                         // a known type in a version of the future
	Twice                         // a key given twice
	WrongKind                     // text where a number is wanted, and the like
)

// An Error says what is wrong with a text, and where.
type Error struct {
	Fault  Fault
	Path   string // the field, as "events[0].by"; empty at the top
	Offset int
	What   string
}

func (e *Error) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("%s (at byte %d)", e.What, e.Offset)
	}
	return fmt.Sprintf("%s: %s (at byte %d)", e.Path, e.What, e.Offset)
}

// Decode reads the one canonical text b of the given entry into v, a pointer.
// Names may be nil.
func Decode(b []byte, v any, entry uint64, types Types, names *Names) error {
	return decode(b, v, &decoder{b: b, strict: true, entry: entry, types: types, names: names})
}

// Read reads the JSON of a command, as a person or a program gives it.
func Read(b []byte, v any, types Types) error {
	return decode(b, v, &decoder{b: b, types: types})
}

func decode(b []byte, v any, d *decoder) error {
	rv := reflect.ValueOf(v).Elem()
	if err := d.value(planOf(rv.Type()), rv, 0); err != nil {
		return err
	}
	d.space()
	if d.i != len(b) {
		return d.fault(Malformed, "something follows the end")
	}
	return nil
}

type decoder struct {
	b      []byte
	i      int
	strict bool
	entry  uint64
	types  Types
	names  *Names
}

func (d *decoder) fault(f Fault, format string, args ...any) *Error {
	return &Error{Fault: f, Offset: d.i, What: fmt.Sprintf(format, args...)}
}

func (d *decoder) space() {
	if d.strict {
		return
	}
	for d.i < len(d.b) && strings.IndexByte(" \t\r\n", d.b[d.i]) >= 0 {
		d.i++
	}
}

// peek returns the next byte that matters, 0 at the end.
func (d *decoder) peek() byte {
	d.space()
	if d.i < len(d.b) {
		return d.b[d.i]
	}
	return 0
}

func (d *decoder) expect(c byte) error {
	if d.peek() != c {
		return d.fault(Malformed, "%q is wanted here", string(c))
	}
	d.i++
	return nil
}

func (d *decoder) value(p *plan, v reflect.Value, depth int) error {
	if depth > MaxDepth {
		return d.fault(Malformed, "nested deeper than %d", MaxDepth)
	}
	switch p.shape {
	case shapeString:
		names := d.names
		if !p.common {
			names = nil
		}
		s, err := d.textOf(names)
		if err == nil {
			v.SetString(s)
		}
		return orNil(err)
	case shapeInt:
		return d.int(v)
	case shapeUint:
		return d.uint(v)
	case shapeBool:
		return d.bool(v)
	case shapeTime:
		return d.time(v)
	case shapeText:
		return d.marshaled(v)
	case shapeSaid:
		return d.said(v)
	case shapePointer:
		v.Set(reflect.New(p.elem.typ))
		return d.value(p.elem, v.Elem(), depth)
	case shapeNamed:
		return d.named(p, v, depth)
	case shapeSlice:
		return d.list(p, v, depth)
	case shapeArray:
		return d.fixed(p, v, depth)
	case shapeStruct:
		if d.strict {
			return d.structure(p, v, depth)
		}
		return d.anyOrder(p, v, depth)
	}
	return d.fault(WrongKind, "%s has no form", p.typ)
}

func orNil(e *Error) error {
	if e == nil {
		return nil
	}
	return e
}

func (d *decoder) whole() (int64, error) {
	d.space()
	start := d.i
	if d.i < len(d.b) && d.b[d.i] == '-' {
		d.i++
	}
	digits, x := d.i, int64(0)
	for ; d.i < len(d.b) && d.b[d.i] >= '0' && d.b[d.i] <= '9'; d.i++ {
		x = x*10 + int64(d.b[d.i]-'0') // of too many digits x is not looked at
	}
	n := d.i - digits
	switch {
	case n == 0:
		d.i = start
		return 0, d.fault(WrongKind, "a whole number is wanted here")
	case n > 1 && d.b[digits] == '0', d.b[start] == '-' && d.b[digits] == '0':
		return 0, d.fault(NotCanonical, "a number has one form only: no leading zero, no -0")
	case n > 16:
		return 0, d.fault(Malformed, "the number is over 2^53-1")
	case d.i < len(d.b) && (d.b[d.i] == '.' || d.b[d.i] == 'e' || d.b[d.i] == 'E'):
		return 0, d.fault(WrongKind, "a whole number is wanted here, not a fraction")
	case x > MaxInt:
		return 0, d.fault(Malformed, "the number is over 2^53-1")
	}
	if d.b[start] == '-' {
		x = -x
	}
	return x, nil
}

func (d *decoder) int(v reflect.Value) error {
	n, err := d.whole()
	if err != nil {
		return err
	}
	if v.OverflowInt(n) {
		return d.fault(WrongKind, "the number %d is too large here", n)
	}
	v.SetInt(n)
	return nil
}

func (d *decoder) uint(v reflect.Value) error {
	n, err := d.whole()
	if err != nil {
		return err
	}
	if n < 0 || v.OverflowUint(uint64(n)) {
		return d.fault(WrongKind, "the number %d does not fit here", n)
	}
	v.SetUint(uint64(n))
	return nil
}

func (d *decoder) bool(v reflect.Value) error {
	d.space()
	rest := d.b[d.i:]
	switch {
	case len(rest) >= 4 && string(rest[:4]) == "true":
		d.i += 4
		v.SetBool(true)
	case len(rest) >= 5 && string(rest[:5]) == "false":
		d.i += 5
		v.SetBool(false)
	default:
		return d.fault(WrongKind, "true or false is wanted here")
	}
	return nil
}

// A time is whole seconds; a command may also write it as people do.
func (d *decoder) time(v reflect.Value) error {
	if !d.strict && d.peek() == '"' {
		s, err := d.text()
		if err != nil {
			return err
		}
		t, bad := time.Parse(time.RFC3339, s)
		if bad != nil {
			return d.fault(WrongKind, "a time is wanted here, as 2026-03-02T10:00:00Z")
		}
		*v.Addr().Interface().(*time.Time) = t.UTC().Truncate(time.Second)
		return nil
	}
	n, err := d.whole()
	if err != nil {
		return err
	}
	*v.Addr().Interface().(*time.Time) = time.Unix(n, 0).UTC()
	return nil
}

func (d *decoder) marshaled(v reflect.Value) error {
	s, err := d.text()
	if err != nil {
		return err
	}
	if bad := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)); bad != nil {
		return d.fault(WrongKind, "%s", bad)
	}
	if !d.strict {
		return nil
	}
	back, bad := v.Interface().(encoding.TextMarshaler).MarshalText()
	if bad != nil || string(back) != s {
		return d.fault(NotCanonical, "%q has another form", s)
	}
	return nil
}

func (d *decoder) said(v reflect.Value) error {
	s := v.Addr().Interface().(Said)
	if !d.strict {
		words, err := d.text()
		if err != nil {
			return err
		}
		s.Say(words)
		return nil
	}
	return d.bound(s)
}

// bound reads where the words of a saying lie.
func (d *decoder) bound(s Said) error {
	if d.peek() == '"' {
		return d.farPart(s)
	}
	return d.bindHere(s)
}

// bindHere reads the number of a part of this entry.
func (d *decoder) bindHere(s Said) error {
	n, err := d.whole()
	if err != nil {
		return err
	}
	if n < 1 || n > maxPart {
		return d.fault(Malformed, "there is no part %d", n)
	}
	s.Bind(d.entry, int(n))
	return nil
}

func (d *decoder) farPart(s Said) error {
	text, err := d.text()
	if err != nil {
		return err
	}
	left, right, _ := strings.Cut(text, ".")
	entry, err1 := strconv.ParseUint(left, 10, 53)
	part, err2 := strconv.ParseUint(right, 10, 16)
	if err1 != nil || err2 != nil || part == 0 || fmt.Sprintf("%d.%d", entry, part) != text {
		return d.fault(Malformed, "%q is not a part of an entry", text)
	}
	if entry >= d.entry {
		return d.fault(Malformed, "part %q lies in the future", text)
	}
	s.Bind(entry, int(part))
	return nil
}
