package consent

import (
	"reflect"
	"slices"
	"sync"
	"time"
	"unsafe"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A world goes on from one state in many ways, so states are copied. This is a
// deep copy of whatever a State holds, by its type and not by a list of fields,
// so that a field that is added is copied without anybody thinking of it. What
// events are known to leave alone is shared with the original.

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

// A worldMemo remembers which pointer became which, so that two pointers to one
// thing are two pointers to one copy; and the copies of states that were looked at and
// not taken in, nine of ten, whose room the next ones use again.
type worldMemo struct {
	old, copied []unsafe.Pointer
	made        []worldMade   // copies that are in use, in the order in which they were made
	free        [][]worldMade // those that are not, by their sort
}

// A worldMade is a copy of a sort: one for each type that is copied.
type worldMade struct {
	sort int
	at   unsafe.Pointer
}

// worldSorts is how many sorts there are.
var worldSorts int

func newWorldSort() int {
	worldSorts++
	return worldSorts - 1
}

// room is that of a copy nobody needs any more, nil if there is none.
func (m *worldMemo) room(sort int) (at unsafe.Pointer) {
	if sort >= len(m.free) {
		m.free = append(m.free, make([][]worldMade, sort+1-len(m.free))...)
	}
	if list := m.free[sort]; len(list) > 0 {
		at, m.free[sort] = list[len(list)-1].at, list[:len(list)-1]
	}
	return at
}

func (m *worldMemo) makes(sort int, at unsafe.Pointer) { m.made = append(m.made, worldMade{sort, at}) }

// drop says that the copies made since there were so many are needed no more.
func (m *worldMemo) drop(since int) {
	for _, c := range m.made[since:] {
		m.free[c.sort] = append(m.free[c.sort], c)
	}
	m.made = m.made[:since]
}

// keep says that they stay.
func (m *worldMemo) keep(since int) { m.made = m.made[:since] }

// A worldFix makes a shallow copy that lies at p a deep one.
type worldFix func(p unsafe.Pointer, m *worldMemo)

// worldFixers are made once, for every type that a State leads to.
var worldFixers = sync.OnceValue(func() []worldField {
	made := map[reflect.Type]*worldFix{}
	return worldFixed(reflect.TypeFor[State](), 0, 0, made)
})

// A worldField is a pointer, a list or a map, so far from where a struct begins; those
// of the structs within it are its own.
type worldField struct {
	at   uintptr
	fix  *worldFix
	room worldRoom
}

// to fixes the field of what lies at p. Each of these that is nil begins with a nil.
func (f *worldField) to(p unsafe.Pointer, m *worldMemo) {
	if at := unsafe.Add(p, f.at); *(*unsafe.Pointer)(at) != nil {
		(*f.fix)(at, m)
	}
}

func worldFixed(t reflect.Type, begin uintptr, room worldRoom, made map[reflect.Type]*worldFix) (out []worldField) {
	for i := range t.NumField() {
		f := t.Field(i)
		at, in := begin+f.Offset, room|worldRoomOf(f.Type)
		if t == reflect.TypeFor[State]() && in == 0 {
			in = worldBeside
			if slices.Contains([]string{"processes", "meetings", "timers", "last"}, f.Name) {
				in = worldAlways
			}
		}
		if f.Type.Kind() == reflect.Struct && !worldShared[f.Type] {
			out = append(out, worldFixed(f.Type, at, in, made)...)
		} else if fix := worldFixer(f.Type, made); fix != nil {
			out = append(out, worldField{at, fix, in})
		}
	}
	return out
}

// A worldRoom is a set of the rooms of a State.
type worldRoom uint8

const (
	worldOrg worldRoom = 1 << iota
	worldMatters
	worldObjections
	worldAlways // what as good as every event changes
	worldBeside // whatever else a State holds
	worldAll    = worldOrg | worldMatters | worldObjections | worldAlways | worldBeside
)

func worldRoomOf(t reflect.Type) worldRoom {
	switch t {
	case reflect.TypeFor[circle.Organisation]():
		return worldOrg
	case reflect.TypeFor[proposal.Matters]():
		return worldMatters
	case reflect.TypeFor[objection.Objections]():
		return worldObjections
	}
	return 0
}

// worldTouches says which rooms events may change. Those that are not known to
// leave a room alone may change it, the organisation apart. Whether this is so is
// tested: see worldKept.
func worldTouches(events []Event) (out worldRoom) {
	for _, e := range events {
		switch e := e.(type) {
		case circle.Event:
			out |= worldAll
		case objection.Event:
			out |= worldObjections
		case *RoundOpened, *Responded, *Spoken, *Passed, *Deferred, *Skipped, *Signalled, *CardCleared, *Arrived:
		case *MeetingCalled, *MeetingOpened, *MeetingClosed:
			out |= worldBeside
		case *Judged:
			if e.Outcome == ResultNotAdopted {
				out |= worldMatters | worldObjections | worldBeside
			}
		default:
			out |= worldMatters | worldObjections | worldBeside
		}
	}
	return out
}

// worldForked copies a state. The rooms that nothing is about to change are
// shared with the original. The order of the timers is not copied: a world asks
// for all of them.
func (m *worldMemo) forked(s *State, touched worldRoom) *State {
	out := (*State)(worldStates(unsafe.Pointer(s), m))
	out.timers.queue = nil
	m.parted(out, worldAlways|touched)
	return out
}

var worldStates = worldFreshOf[State]()

// parted gives a shallow copy of a state these rooms of its own.
func (m *worldMemo) parted(s *State, rooms worldRoom) {
	if rooms == 0 {
		return
	}
	for _, f := range worldFixers() {
		if f.room&rooms != 0 {
			f.to(unsafe.Pointer(s), m)
		}
	}
	clear(m.old)
	clear(m.copied)
	m.old, m.copied = m.old[:0], m.copied[:0]
}

// worldKept says later whether a state is in all that it holds what it is now,
// whatever was made of it in between.
func worldKept(s *State) func() bool {
	now := new(worldMemo).forked(s, worldAll).image()
	return func() bool { return reflect.DeepEqual(now, s.image()) }
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
	fresh := func(p unsafe.Pointer, _ *worldMemo) unsafe.Pointer {
		n := reflect.New(elem)
		n.Elem().Set(reflect.NewAt(elem, p).Elem())
		return n.UnsafePointer()
	}
	if of := worldFresh[elem]; of != nil {
		fresh = of()
	}
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
		n := fresh(*at, m)
		m.old, m.copied = append(m.old, *at), append(m.copied, n)
		*at = n
		if inner != nil {
			(*inner)(*at, m)
		}
	}
}

func worldSlice(t reflect.Type, made map[reflect.Type]*worldFix) worldFix {
	inner := worldFixer(t.Elem(), made)
	if of := worldSlices[t.Elem()]; of != nil {
		return of(inner)
	}
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

// worldFresh and worldSlices copy what is copied most without reflection: what a
// pointer leads to, and lists.
var (
	worldFresh = map[reflect.Type]func() worldCopy{
		reflect.TypeFor[[len(timerNames)]int](): worldFreshOf[[len(timerNames)]int],
		reflect.TypeFor[Selection]():            worldFreshOf[Selection],
		reflect.TypeFor[Question]():             worldFreshOf[Question],
		reflect.TypeFor[Plan]():                 worldFreshOf[Plan],
		reflect.TypeFor[Process]():              worldFreshOf[Process],
		reflect.TypeFor[Round]():                worldFreshOf[Round],
		reflect.TypeFor[Meeting]():              worldFreshOf[Meeting],
		reflect.TypeFor[Aside]():                worldFreshOf[Aside],
		reflect.TypeFor[proposal.Proposal]():    worldFreshOf[proposal.Proposal],
		reflect.TypeFor[objection.Objection]():  worldFreshOf[objection.Objection],
		reflect.TypeFor[objection.Trial]():      worldFreshOf[objection.Trial],
		reflect.TypeFor[circle.Person]():        worldFreshOf[circle.Person],
		reflect.TypeFor[circle.Circle]():        worldFreshOf[circle.Circle],
		reflect.TypeFor[circle.Role]():          worldFreshOf[circle.Role],
	}
	worldSlices = map[reflect.Type]func(*worldFix) worldFix{
		reflect.TypeFor[byte]():               worldSliceOf[byte],
		reflect.TypeFor[int]():                worldSliceOf[int],
		reflect.TypeFor[int16]():              worldSliceOf[int16],
		reflect.TypeFor[mark]():               worldSliceOf[mark],
		reflect.TypeFor[circle.PersonID]():    worldSliceOf[circle.PersonID],
		reflect.TypeFor[circle.Tool]():        worldSliceOf[circle.Tool],
		reflect.TypeFor[proposal.ID]():        worldSliceOf[proposal.ID],
		reflect.TypeFor[objection.ID]():       worldSliceOf[objection.ID],
		reflect.TypeFor[Seat]():               worldSliceOf[Seat],
		reflect.TypeFor[Answer]():             worldSliceOf[Answer],
		reflect.TypeFor[proposal.Version]():   worldSliceOf[proposal.Version],
		reflect.TypeFor[Name]():               worldSliceOf[Name],
		reflect.TypeFor[circle.ID]():          worldSliceOf[circle.ID],
		reflect.TypeFor[circle.Deed]():        worldSliceOf[circle.Deed],
		reflect.TypeFor[circle.Holding]():     worldSliceOf[circle.Holding],
		reflect.TypeFor[circle.Participant](): worldSliceOf[circle.Participant],
		reflect.TypeFor[Nomination]():         worldSliceOf[Nomination],
		reflect.TypeFor[circle.RoleID]():      worldSliceOf[circle.RoleID],
		reflect.TypeFor[circle.Item]():        worldSliceOf[circle.Item],
	}
)

// A worldCopy copies what lies somewhere.
type worldCopy func(p unsafe.Pointer, m *worldMemo) unsafe.Pointer

func worldFreshOf[T any]() worldCopy {
	sort := newWorldSort()
	return func(p unsafe.Pointer, m *worldMemo) unsafe.Pointer {
		n := (*T)(m.room(sort))
		if n == nil {
			n = new(T)
		}
		*n = *(*T)(p)
		m.makes(sort, unsafe.Pointer(n))
		return unsafe.Pointer(n)
	}
}

func worldSliceOf[T any](inner *worldFix) worldFix {
	return func(p unsafe.Pointer, m *worldMemo) {
		at := (*[]T)(p)
		if *at == nil {
			return
		}
		c := make([]T, len(*at))
		copy(c, *at)
		*at = c
		if inner != nil {
			for i := range c {
				(*inner)(unsafe.Pointer(&c[i]), m)
			}
		}
	}
}

// worldMaps are the maps to other things than pointers that are copied most; they
// are copied without reflection.
var worldMaps = map[reflect.Type]func(*worldFix) worldFix{
	reflect.TypeFor[map[proposal.ID]ended]():          worldMapOf[proposal.ID, ended],
	reflect.TypeFor[map[Timer]int64]():                worldMapOf[Timer, int64],
	reflect.TypeFor[map[circle.ID]MeetingID]():        worldMapOf[circle.ID, MeetingID],
	reflect.TypeFor[map[proposal.ID][]objection.ID](): worldMapOf[proposal.ID, []objection.ID],
	reflect.TypeFor[map[objection.ID]proposal.ID]():   worldMapOf[objection.ID, proposal.ID],
	reflect.TypeFor[map[circle.ID]time.Time]():        worldMapOf[circle.ID, time.Time],
	reflect.TypeFor[map[circle.ID][]circle.ID]():      worldMapOf[circle.ID, []circle.ID],
	reflect.TypeFor[map[circle.ItemID][]circle.ID]():  worldMapOf[circle.ItemID, []circle.ID],
	reflect.TypeFor[map[circle.ItemID]circle.ID]():    worldMapOf[circle.ItemID, circle.ID],
}

func worldMapOf[K comparable, V any](inner *worldFix) worldFix {
	sort := newWorldSort()
	return func(p unsafe.Pointer, m *worldMemo) {
		at := (*map[K]V)(p)
		if *at == nil {
			return
		}
		room := m.room(sort)
		c := *(*map[K]V)(unsafe.Pointer(&room)) // a map is a pointer
		if c == nil {
			c = make(map[K]V, len(*at))
		}
		clear(c)
		for k, v := range *at {
			if inner != nil {
				(*inner)(unsafe.Pointer(&v), m)
			}
			c[k] = v
		}
		*at = c
		m.makes(sort, *(*unsafe.Pointer)(unsafe.Pointer(&c)))
	}
}

func worldMap(t reflect.Type, made map[reflect.Type]*worldFix) worldFix {
	inner := worldFixer(t.Elem(), made)
	if of := worldMaps[t]; of != nil {
		return of(inner)
	}
	if t.Key().Kind() == reflect.String && t.Elem().Kind() == reflect.Pointer { // they all lie in memory alike
		return worldMapOf[string, unsafe.Pointer](inner)
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
	fields := worldFixed(t, 0, 0, made)
	if fields == nil {
		return nil
	}
	return func(p unsafe.Pointer, m *worldMemo) {
		for i := range fields {
			fields[i].to(p, m)
		}
	}
}
