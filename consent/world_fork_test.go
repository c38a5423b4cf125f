package consent

import (
	"reflect"
	"sync"
	"time"
	"unsafe"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A world goes on from one state in many ways, so states are copied. This is a
// deep copy of whatever a State holds, by its type and not by a list of fields,
// so that a field that is added is copied without anybody thinking of it.

// worldShared are the types that nothing changes once they are made.
var worldShared = map[reflect.Type]bool{
	reflect.TypeFor[*Method]():            true,
	reflect.TypeFor[*circle.Rules]():      true,
	reflect.TypeFor[*Judged]():            true,
	reflect.TypeFor[Kinds]():              true,
	reflect.TypeFor[map[string]*Method](): true,
	reflect.TypeFor[circle.Text]():        true,
	reflect.TypeFor[time.Time]():          true,
}

// worldMemo remembers which pointer became which, so that two pointers to one
// thing are two pointers to one copy.
type worldMemo struct{ old, copied []unsafe.Pointer }

// A worldFix makes a shallow copy that lies at p a deep one.
type worldFix func(p unsafe.Pointer, m *worldMemo)

// worldFixers are made once, for every type that a State leads to.
var worldFixers = sync.OnceValue(func() []worldField {
	made := map[reflect.Type]*worldFix{}
	t := reflect.TypeFor[State]()
	var out []worldField
	for i := range t.NumField() {
		f := t.Field(i)
		if fix := worldFixer(f.Type, made); fix != nil {
			out = append(out, worldField{f.Offset, fix, f.Type == reflect.TypeFor[circle.Organisation]()})
		}
	}
	return out
})

type worldField struct {
	at  uintptr
	fix *worldFix
	org bool
}

// worldForked copies a state. The organisation is shared with the original
// unless an event is about to change it.
func worldForked(s *State, withOrg bool) *State {
	out := new(State)
	*out = *s
	var room [8]unsafe.Pointer
	m := &worldMemo{old: room[:0:4], copied: room[4:4:8]}
	for _, f := range worldFixers() {
		if withOrg || !f.org {
			(*f.fix)(unsafe.Add(unsafe.Pointer(out), f.at), m)
		}
	}
	return out
}

// worldFixer makes the fixer of a type, nil where a shallow copy is a deep one.
func worldFixer(t reflect.Type, made map[reflect.Type]*worldFix) *worldFix {
	if fix, ok := made[t]; ok {
		return fix
	}
	if worldShared[t] {
		return nil
	}
	fix := new(worldFix)
	switch t.Kind() {
	case reflect.Pointer:
		made[t] = fix // a type may lead back to itself
		*fix = worldPointer(t.Elem(), made)
	case reflect.Slice:
		made[t] = fix
		*fix = worldSlice(t, made)
	case reflect.Map:
		made[t] = fix
		*fix = worldMap(t, made)
	case reflect.Struct:
		if *fix = worldStruct(t, made); *fix == nil {
			fix = nil
		}
		made[t] = fix
	default:
		fix = nil
	}
	return fix
}

func worldPointer(elem reflect.Type, made map[reflect.Type]*worldFix) worldFix {
	inner := worldFixer(elem, made)
	return func(p unsafe.Pointer, m *worldMemo) {
		at := (*unsafe.Pointer)(p)
		if *at == nil {
			return
		}
		for i, old := range m.old {
			if old == *at {
				*at = m.copied[i]
				return
			}
		}
		n := reflect.New(elem)
		n.Elem().Set(reflect.NewAt(elem, *at).Elem())
		m.old, m.copied = append(m.old, *at), append(m.copied, n.UnsafePointer())
		*at = n.UnsafePointer()
		if inner != nil {
			(*inner)(*at, m)
		}
	}
}

func worldSlice(t reflect.Type, made map[reflect.Type]*worldFix) worldFix {
	inner := worldFixer(t.Elem(), made)
	size := t.Elem().Size()
	return func(p unsafe.Pointer, m *worldMemo) {
		v := reflect.NewAt(t, p).Elem()
		if v.IsNil() {
			return
		}
		n := v.Len()
		c := reflect.MakeSlice(t, n, n)
		reflect.Copy(c, v)
		v.Set(c)
		if inner == nil {
			return
		}
		for i := range n {
			(*inner)(unsafe.Add(c.UnsafePointer(), uintptr(i)*size), m)
		}
	}
}

// worldMaps are the maps that are copied most; they are copied without
// reflection.
var worldMaps = map[reflect.Type]func(*worldFix) worldFix{
	reflect.TypeFor[map[proposal.ID]*Process]():              worldMapOf[proposal.ID, *Process],
	reflect.TypeFor[map[proposal.ID]ended]():                 worldMapOf[proposal.ID, ended],
	reflect.TypeFor[map[MeetingID]*Meeting]():                worldMapOf[MeetingID, *Meeting],
	reflect.TypeFor[map[Timer]int64]():                       worldMapOf[Timer, int64],
	reflect.TypeFor[map[circle.ID]MeetingID]():               worldMapOf[circle.ID, MeetingID],
	reflect.TypeFor[map[proposal.ID]*proposal.Proposal]():    worldMapOf[proposal.ID, *proposal.Proposal],
	reflect.TypeFor[map[objection.ID]*objection.Objection](): worldMapOf[objection.ID, *objection.Objection],
	reflect.TypeFor[map[proposal.ID][]objection.ID]():        worldMapOf[proposal.ID, []objection.ID],
	reflect.TypeFor[map[objection.ID]proposal.ID]():          worldMapOf[objection.ID, proposal.ID],
}

func worldMapOf[K comparable, V any](inner *worldFix) worldFix {
	return func(p unsafe.Pointer, m *worldMemo) {
		at := (*map[K]V)(p)
		if *at == nil {
			return
		}
		c := make(map[K]V, len(*at))
		for k, v := range *at {
			if inner != nil {
				(*inner)(unsafe.Pointer(&v), m)
			}
			c[k] = v
		}
		*at = c
	}
}

func worldMap(t reflect.Type, made map[reflect.Type]*worldFix) worldFix {
	inner := worldFixer(t.Elem(), made)
	if of := worldMaps[t]; of != nil {
		return of(inner)
	}
	return func(p unsafe.Pointer, m *worldMemo) {
		v := reflect.NewAt(t, p).Elem()
		if v.IsNil() {
			return
		}
		c := reflect.MakeMapWithSize(t, v.Len())
		value := reflect.New(t.Elem())
		for i := v.MapRange(); i.Next(); {
			value.Elem().Set(i.Value())
			if inner != nil {
				(*inner)(value.UnsafePointer(), m)
			}
			c.SetMapIndex(i.Key(), value.Elem())
		}
		v.Set(c)
	}
}

func worldStruct(t reflect.Type, made map[reflect.Type]*worldFix) worldFix {
	var fields []worldField
	for i := range t.NumField() {
		if fix := worldFixer(t.Field(i).Type, made); fix != nil {
			fields = append(fields, worldField{t.Field(i).Offset, fix, false})
		}
	}
	if fields == nil {
		return nil
	}
	return func(p unsafe.Pointer, m *worldMemo) {
		for _, f := range fields {
			(*f.fix)(unsafe.Add(p, f.at), m)
		}
	}
}
