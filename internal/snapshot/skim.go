package snapshot

import (
	"math"
	"reflect"
	"strings"
)

// skim passes over a value and judges it as value does, without making it: what was
// skimmed can be read without fail.
func (r *reader) skim(p *plan) {
	switch p.shape {
	case shapeBool:
		r.flag(1)
	case shapeInt:
		if n := r.signed(); p.overflows(n) {
			r.fail("a number is too large")
		}
	case shapeUint:
		if n := r.count(); bits(p) < 64 && n>>bits(p) != 0 {
			r.fail("a number is too large")
		}
	case shapeString:
		r.text()
	case shapeTime:
		r.time()
	case shapeSaid:
		r.count()
		r.flag(math.MaxInt32)
	case shapeStruct:
		for i := range p.fields {
			r.skim(p.fields[i].plan)
		}
	case shapeArray:
		for range p.typ.Len() {
			r.skim(p.elem)
		}
	case shapeShelf:
		r.fail("a shelf stands on a shelf")
	default:
		r.skimOptional(p)
	}
}

func bits(p *plan) int { return 8 * int(p.typ.Size()) }

func (p *plan) overflows(n int64) bool {
	spare := 64 - bits(p)
	return n<<spare>>spare != n
}

// skimOptional skims what may be nil.
func (r *reader) skimOptional(p *plan) {
	if r.deeper() {
		r.skimSome(p)
	}
	r.depth--
}

func (r *reader) skimSome(p *plan) {
	switch p.shape {
	case shapeBytes:
		if n, some := r.lengthOrNone(1); some {
			r.take(n)
		}
	case shapeSlice:
		n, _ := r.lengthOrNone(p.elem.least)
		for i := 0; i < n && r.why == ""; i++ {
			r.skim(p.elem)
		}
	case shapePointer:
		if r.flag(1) == 1 {
			r.skim(p.elem)
		}
	case shapeMap:
		r.skimTable(p)
	case shapeNamed:
		r.skimNamed(p)
	}
}

func (r *reader) skimTable(p *plan) {
	n, _ := r.lengthOrNone(p.key.least + p.elem.least)
	before := ""
	for i := 0; i < n && r.why == ""; i++ {
		from := r.i
		if r.skim(p.key); r.why != "" {
			return
		}
		written := r.b[from:r.i]
		if before != "" && strings.Compare(before, written) >= 0 {
			r.fail("keys are not in order")
			return
		}
		before = written
		r.skim(p.elem)
	}
}

func (r *reader) skimNamed(in *plan) {
	kind := r.flag(2)
	if kind == 0 {
		return
	}
	p := r.namedPlan()
	if p == nil {
		return
	}
	switch ok := reflect.PointerTo(p.typ).AssignableTo(in.typ); {
	case !ok, kind == 1 && !p.typ.AssignableTo(in.typ):
		r.fail("a type stands where it cannot")
		return
	}
	r.skim(p)
}
