package snapshot

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/sayround/sayround/internal/canon"
)

// ErrMalformed: the bytes are not what is written for any value of the form.
var ErrMalformed = errors.New("these are not the bytes of a value of this form")

// deepest is how deep what holds others of its kind may nest.
const deepest = 200

// Read makes a value anew from what Append wrote for it, and puts it where v points.
// What is read keeps b, in parts: the caller must not change it any more. If it
// fails, what v points to is not to be used.
func (f *Form) Read(b string, v any) error {
	return f.read(&reader{form: f, b: b}, v)
}

// ReadOwn is Read of bytes that are known to be what Append has written, and nobody
// else: what stands on a [Shelf] is not looked at before it is asked for. If it is
// something else after all, asking for it panics.
func (f *Form) ReadOwn(b string, v any) error {
	return f.read(&reader{form: f, b: b, own: true}, v)
}

func (f *Form) read(r *reader, v any) error {
	r.value(f.root, reflect.ValueOf(v).Elem())
	if r.why == "" && r.i < len(r.b) {
		r.fail("something stands behind the end")
	}
	if r.why != "" {
		return fmt.Errorf("%w: at byte %d, %s", ErrMalformed, r.at, r.why)
	}
	return nil
}

// A reader reads one value after the other. When it has failed, all that it reads is
// zero.
type reader struct {
	form  *Form
	b     string
	i     int
	depth int
	own   bool   // it was written by ourselves
	why   string // what is wrong
	at    int    // and where
}

func (r *reader) fail(why string) {
	if r.why == "" {
		r.why, r.at = why, r.i
	}
	r.b, r.i = "", 0
}

// count reads a number in the fewest bytes.
func (r *reader) count() uint64 {
	var n uint64
	for shift := uint(0); r.i < len(r.b); shift += 7 {
		c := r.b[r.i]
		if shift == 63 && c > 1 {
			r.fail("a number is too large")
			return 0
		}
		r.i++
		if n |= uint64(c&0x7f) << shift; c < 0x80 {
			if c == 0 && shift > 0 {
				r.fail("a number is written in more bytes than it needs")
				return 0
			}
			return n
		}
	}
	r.fail("it ends too early")
	return 0
}

// flag reads a number that is at most this.
func (r *reader) flag(most uint64) uint64 {
	n := r.count()
	if n > most {
		r.fail("a mark is none of those that there are")
		return 0
	}
	return n
}

// length reads how many of something follow, each of which takes so many bytes at least.
func (r *reader) length(least int) int {
	n := r.count()
	if n > uint64(len(r.b)-r.i)/uint64(max(least, 1)) {
		r.fail("it says that more follows than there is")
		return 0
	}
	return int(n)
}

// lengthOrNone reads one more than a length; 0 is none at all.
func (r *reader) lengthOrNone(least int) (n int, some bool) {
	more := r.count()
	if more == 0 {
		return 0, false
	}
	if more-1 > uint64(len(r.b)-r.i)/uint64(max(least, 1)) {
		r.fail("it says that more follows than there is")
		return 0, false
	}
	return int(more - 1), true
}

func (r *reader) take(n int) string {
	s := r.b[r.i : r.i+n]
	r.i += n
	return s
}

func (r *reader) text() string { return r.take(r.length(1)) }

func (r *reader) signed() int64 {
	n := r.count()
	return int64(n>>1) ^ -int64(n&1)
}

// value reads a value into v, which is zero.
func (r *reader) value(p *plan, v reflect.Value) {
	switch p.shape {
	case shapeBool:
		v.SetBool(r.flag(1) == 1)
	case shapeInt:
		if n := r.signed(); v.OverflowInt(n) {
			r.fail("a number is too large")
		} else {
			v.SetInt(n)
		}
	case shapeUint:
		if n := r.count(); v.OverflowUint(n) {
			r.fail("a number is too large")
		} else {
			v.SetUint(n)
		}
	case shapeString:
		v.SetString(r.text())
	case shapeTime:
		if t := r.time(); !t.IsZero() {
			v.Set(reflect.ValueOf(t))
		}
	case shapeSaid:
		if entry, part := r.said(); part > 0 || entry > 0 {
			v.Addr().Interface().(canon.Said).Bind(entry, part)
		}
	case shapeStruct:
		for i := range p.fields {
			r.value(p.fields[i].plan, p.fields[i].of(v))
		}
	case shapeArray:
		for i := range v.Len() {
			r.value(p.elem, v.Index(i))
		}
	case shapeShelf:
		r.shelf(p, v.Addr().Interface().(shelf))
	default:
		r.optional(p, v)
	}
}

// deeper says whether what follows may nest deeper still.
func (r *reader) deeper() bool {
	if r.depth++; r.depth > deepest {
		r.fail("it is nested too deep")
	}
	return r.why == ""
}

// optional reads what may be nil.
func (r *reader) optional(p *plan, v reflect.Value) {
	defer func() { r.depth-- }()
	if !r.deeper() {
		return
	}
	switch p.shape {
	case shapeBytes:
		if n, some := r.lengthOrNone(1); some {
			v.SetBytes([]byte(r.take(n)))
		}
	case shapeSlice:
		if n, some := r.lengthOrNone(p.elem.least); some {
			list := reflect.MakeSlice(p.typ, n, n)
			for i := 0; i < n && r.why == ""; i++ {
				r.value(p.elem, list.Index(i))
			}
			v.Set(list)
		}
	case shapePointer:
		if r.flag(1) == 1 {
			to := reflect.New(p.elem.typ)
			r.value(p.elem, to.Elem())
			v.Set(to.Convert(p.typ))
		}
	case shapeMap:
		if n, some := r.lengthOrNone(p.key.least + p.elem.least); some {
			r.table(p, v, n)
		}
	case shapeNamed:
		r.named(v)
	}
}

func (r *reader) time() time.Time {
	n := r.count()
	if n == 0 {
		return time.Time{}
	}
	n--
	t := time.Unix(int64(n>>1)^-int64(n&1), int64(r.flag(999_999_999))).UTC()
	if t.IsZero() {
		r.fail("the zero time is written as another")
	}
	return t
}

func (r *reader) said() (entry uint64, part int) {
	return r.count(), int(r.flag(math.MaxInt32))
}

// table reads a map whose keys stand in the order of their bytes.
func (r *reader) table(p *plan, v reflect.Value, n int) {
	v.Set(reflect.MakeMapWithSize(p.typ, n))
	before := ""
	for range n {
		key, value := reflect.New(p.key.typ).Elem(), reflect.New(p.elem.typ).Elem()
		from := r.i
		r.value(p.key, key)
		if r.why != "" {
			return
		}
		written := r.b[from:r.i]
		if before != "" && strings.Compare(before, written) >= 0 {
			r.fail("keys are not in order")
			return
		}
		before = written
		if r.value(p.elem, value); r.why != "" {
			return
		}
		v.SetMapIndex(key, value)
	}
}

// named reads a value that stands where several types may.
func (r *reader) named(v reflect.Value) {
	kind := r.flag(2)
	if kind == 0 {
		return
	}
	p := r.namedPlan()
	if p == nil {
		return
	}
	to := reflect.New(p.typ)
	switch ok := to.Type().AssignableTo(v.Type()); {
	case !ok, kind == 1 && !p.typ.AssignableTo(v.Type()):
		r.fail("a type stands where it cannot")
		return
	}
	r.value(p, to.Elem())
	if kind == 1 {
		to = to.Elem()
	}
	v.Set(to)
}

func (r *reader) namedPlan() *plan {
	p := r.form.named[r.text()]
	if p == nil {
		r.fail("nobody knows a type of this name")
	}
	return p
}
