package canon

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

func (d *decoder) list(p *plan, v reflect.Value, depth int) error {
	if err := d.expect('['); err != nil {
		return err
	}
	if d.peek() == ']' {
		d.i++
		v.Set(reflect.MakeSlice(p.typ, 0, 0))
		return nil
	}
	if v.Cap() == 0 {
		v.Grow(d.guess())
	}
	for n := 0; ; n++ {
		if n == v.Cap() {
			v.Grow(n)
		}
		v.SetLen(n + 1)
		v.Index(n).SetZero()
		if err := d.value(p.elem, v.Index(n), depth+1); err != nil {
			return at(err, fmt.Sprintf("[%d]", n))
		}
		if d.peek() == ']' {
			d.i++
			return nil
		}
		if err := d.expect(','); err != nil {
			return err
		}
	}
}

// guess counts the commas of a flat list, or the objects of a list of flat
// objects, so that most lists are made once. It is a hint; memory stays bounded
// by the text.
func (d *decoder) guess() int {
	if d.peek() == '{' {
		return d.count('{', d.i, 1024)
	}
	return 1 + d.count(',', d.i, 256)
}

// count counts a byte from a place on, up to the end of a list.
func (d *decoder) count(what byte, from, most int) int {
	ahead := d.b[from:min(len(d.b), from+most)]
	if end := bytes.IndexByte(ahead, ']'); end >= 0 {
		ahead = ahead[:end]
	}
	return bytes.Count(ahead, []byte{what})
}

func (d *decoder) fixed(p *plan, v reflect.Value, depth int) error {
	if err := d.expect('['); err != nil {
		return err
	}
	for n := range v.Len() {
		if n > 0 {
			if err := d.expect(','); err != nil {
				return err
			}
		}
		if err := d.value(p.elem, v.Index(n), depth+1); err != nil {
			return at(err, fmt.Sprintf("[%d]", n))
		}
	}
	return d.expect(']')
}

// structure reads an object in its room.
func (d *decoder) structure(p *plan, v reflect.Value, depth int) error {
	r := p.enter()
	defer r.leave()
	err := d.fill(r, depth)
	v.Set(r.value)
	return err
}

// same passes over the text that a field had last, if it stands here again.
func (d *decoder) same(no int) (string, bool) {
	last := d.names.lastOf(no)
	end := d.i + 1 + len(last)
	if end >= len(d.b) || d.b[d.i] != '"' || d.b[end] != '"' || string(d.b[d.i+1:end]) != last {
		return "", false
	}
	d.i = end + 1
	return last, true
}

// plain passes over a text of ASCII without escapes.
func (d *decoder) plain() ([]byte, bool) {
	if d.i >= len(d.b) || d.b[d.i] != '"' {
		return nil, false
	}
	start := d.i + 1
	end := start + plainRun(d.b[start:])
	if end >= len(d.b) || d.b[end] != '"' {
		return nil, false
	}
	d.i = end + 1
	return d.b[start:end], true
}

// strangeKey says what is wrong with a key that did not stand where it should.
func (d *decoder) strangeKey(p *plan, first bool) error {
	if !first {
		if err := d.expect(','); err != nil {
			return err
		}
	}
	key, err := d.text()
	if err != nil {
		return err
	}
	for i := range p.fields {
		if p.fields[i].name == key {
			return at(d.fault(NotCanonical, "the key stands twice or out of order, or one before it is missing"), key)
		}
	}
	return at(d.fault(Unknown, "nobody knows this key"), key)
}

func (d *decoder) anyOrder(p *plan, v reflect.Value, depth int) error {
	if err := d.expect('{'); err != nil {
		return err
	}
	seen := make([]bool, len(p.fields))
	for first := true; d.peek() != '}'; first = false {
		if !first {
			if err := d.expect(','); err != nil {
				return err
			}
		}
		key, err := d.text()
		if err != nil {
			return err
		}
		n := slices.IndexFunc(p.fields, func(f field) bool { return f.name == key })
		if n < 0 {
			return at(d.fault(Unknown, "there is no such field; the fields are %s", names(p)), key)
		}
		if seen[n] {
			return at(d.fault(Twice, "it is given twice"), key)
		}
		seen[n] = true
		if err := d.expect(':'); err != nil {
			return at(err, key)
		}
		if err := d.value(p.fields[n].plan, v.Field(p.fields[n].index), depth+1); err != nil {
			return at(err, key)
		}
	}
	d.i++
	return nil
}

func names(p *plan) string {
	var out []string
	for _, f := range p.fields {
		out = append(out, f.name)
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

// named reads {"type":"…","v":n,"with":{…}}: what stands before its data tells
// how to read it. A command may write the keys in any order and leave v out.
func (d *decoder) named(p *plan, v reflect.Value, depth int) error {
	h, err := d.head(depth)
	if err != nil {
		return err
	}
	k, err := d.typeOf(d.types, h)
	if err != nil {
		return err
	}
	out := reflect.New(k.plan.typ)
	end := d.i
	d.i = h.with
	if err := d.value(k.plan, out.Elem(), depth+1); err != nil {
		return at(err, k.wire)
	}
	if d.strict {
		if err := d.expect('}'); err != nil {
			return err
		}
	} else {
		if d.space(); d.i != h.behind {
			return d.fault(Malformed, "something stands behind the data of %s", k.wire)
		}
		d.i = end
	}
	if !p.takes(k.plan) {
		return d.fault(WrongKind, "%s cannot stand here", k.wire)
	}
	v.Set(out)
	return nil
}

// takes says whether a pointer to a type can stand where p stands.
func (p *plan) takes(inner *plan) bool {
	if ok, known := p.fits.Load(inner); known {
		return ok.(bool)
	}
	ok := reflect.PointerTo(inner.typ).AssignableTo(p.typ)
	p.fits.Store(inner, ok)
	return ok
}

type namedHead struct {
	with    int // where the data begins
	behind  int // and what stands behind it
	wire    []byte
	version int64
}

func (d *decoder) head(depth int) (namedHead, error) {
	if d.strict {
		return d.strictHead()
	}
	h := namedHead{with: -1}
	if err := d.expect('{'); err != nil {
		return h, err
	}
	for first := true; d.peek() != '}'; first = false {
		if !first {
			if err := d.expect(','); err != nil {
				return h, err
			}
		}
		key, err := d.text()
		if err != nil {
			return h, err
		}
		if err := d.expect(':'); err != nil {
			return h, err
		}
		if err := d.headField(key, &h, depth); err != nil {
			return h, err
		}
	}
	d.i++
	if h.version == 0 {
		h.version = 1
	}
	if h.with < 0 || h.wire == nil {
		return h, d.fault(Malformed, "a type is wanted here, and with what")
	}
	return h, nil
}

func (d *decoder) strictHead() (namedHead, error) {
	h := namedHead{}
	if err := d.literal(`{"type":`); err != nil {
		return h, err
	}
	var err error
	if h.wire, err = d.wireName(); err != nil {
		return h, err
	}
	if err := d.literal(`,"v":`); err != nil {
		return h, err
	}
	if h.version, err = d.whole(); err != nil {
		return h, err
	}
	if err := d.literal(`,"with":`); err != nil {
		return h, err
	}
	h.with = d.i
	return h, nil
}

func (d *decoder) literal(s string) error {
	if len(d.b)-d.i < len(s) || string(d.b[d.i:d.i+len(s)]) != s {
		return d.fault(NotCanonical, "%s is wanted here", s)
	}
	d.i += len(s)
	return nil
}

func (d *decoder) headField(key string, h *namedHead, depth int) error {
	switch {
	case key == "with" && h.with < 0:
		d.space()
		h.with = d.i
		err := d.skip(depth + 1)
		h.behind = d.i
		return err
	case key == "type" && h.wire == nil:
		var err error
		h.wire, err = d.wireName()
		return err
	case key == "v" && h.version == 0:
		n, err := d.whole()
		if err == nil && n < 1 {
			err = d.fault(Unknown, "versions are counted from 1 on")
		}
		h.version = n
		return err
	}
	return d.fault(Unknown, "%q: type, v and with are wanted here, each once", key)
}

// wireName reads a wire name, which is plain and short, where it stands.
func (d *decoder) wireName() ([]byte, error) {
	if d.peek() != '"' {
		return nil, d.fault(WrongKind, "a text is wanted here")
	}
	start := d.i + 1
	end := bytes.IndexByte(d.b[start:min(len(d.b), start+nameLongest)], '"')
	if end < 0 && len(d.b) < start+nameLongest {
		return nil, d.fault(Malformed, "a text does not end")
	}
	if end < 0 {
		return nil, d.fault(Unknown, "a name of at most %d characters is wanted here", nameLongest)
	}
	d.i = start + end + 1
	return d.b[start : start+end], nil
}

func (d *decoder) typeOf(of Types, h namedHead) (*known, error) {
	versions, ok := of[string(h.wire)]
	if !ok {
		return nil, d.fault(Unknown, "nobody knows the type %q", h.wire)
	}
	for i := range versions {
		if versions[i].version == h.version {
			return &versions[i], nil
		}
	}
	return nil, d.fault(Newer, "type %q in version %d is not known here", h.wire, h.version)
}

// skip passes over one value without reading it; what it passes over is read,
// and judged, afterwards.
func (d *decoder) skip(depth int) error {
	nest := 0
	for d.i < len(d.b) {
		switch c := d.b[d.i]; c {
		case '"':
			if _, err := d.text(); err != nil {
				return err
			}
			d.i--
		case '{', '[':
			if nest++; nest+depth > MaxDepth {
				return d.fault(Malformed, "nested deeper than %d", MaxDepth)
			}
		case '}', ']':
			nest--
		}
		d.i++
		if nest <= 0 && (d.i >= len(d.b) || strings.IndexByte(",}]", d.b[d.i]) >= 0) {
			return nil
		}
	}
	return d.fault(Malformed, "the text ends too early")
}

// at puts the name of the field before the place of a fault.
func at(err error, name string) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Path == "":
		e.Path = name
	case e.Path[0] == '[':
		e.Path = name + e.Path
	default:
		e.Path = name + "." + e.Path
	}
	return e
}
