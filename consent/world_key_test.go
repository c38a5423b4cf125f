package consent

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// The name of a state, under which it is known again. Two states have one name
// when they go on alike. What is passed over, on purpose:
//
//   - places in the ledger, words, and what is only told and never asked;
//   - absolute times: those ahead count by how far ahead they are, those behind
//     are passed over, or count by how far behind as far as the world's horizon;
//   - the numbers of versions and rounds: a version counts by how far it lies
//     behind the newest one, a round only where it turns the order of speaking;
//   - what has ended: questions, meetings and objections that nothing leads to
//     any more; and the names of all of these, which are given by their order;
//   - orders that nobody sees: of a round without turns, of answers, of cards.
//
// Everything else counts, by its type: a field that is added to the state is
// part of the name until it is passed over here. Whether this goes too far is
// tested: of the states that are known again, some are gone on from all the
// same, and must go on alike (see the exploration).

// worldName is the name of a state.
type worldName [16]byte

// A worldKey writes the name of a state.
type worldKey struct {
	world   *world
	s       *State
	buf     []byte
	latest  int64
	newest  int // version of the proposal that is written about
	objects []objection.ID
	held    []MeetingID
	short   [sha256.Size]byte
}

// A worldWrite writes what lies at p; what holds nothing writes nothing.
type worldWrite func(k *worldKey, p unsafe.Pointer)

// worldPassed are fields that are passed over.
var worldPassed = map[string]bool{
	"Process.Trail": true, "Meeting.Trail": true, "Round.No": true, "Round.Marks": true,
	"Objection.Version": true, "Objection.Tools": true, "Proposal.Numbered": true, "Organisation.people": true,
	"Holding.Case":      true,
	"Organisation.past": true, "Organisation.index": true, // derived
}

// worldBehind are times that lie behind and are passed over, unless a world
// lets them count.
var worldBehind = map[string]bool{
	"Process.Opened": true, "Round.Opened": true, "Answer.At": true, "Meeting.Opened": true, "Meeting.Closed": true,
	"Version.At": true, "Holding.Since": true, "Aside.Since": true,
}

// worldOwn are fields with a way of writing of their own.
var worldOwn map[string]worldWrite

func init() {
	worldOwn = map[string]worldWrite{
		"Process.Rounds":     worldTurns,
		"Meeting.Rounds":     worldTurns,
		"Process.Judged":     func(k *worldKey, p unsafe.Pointer) { k.judged(*(**Judged)(p)) },
		"Round.Version":      worldVersion,
		"Question.Version":   worldVersion,
		"Answer.Version":     worldVersion,
		"Objection.In":       worldVersion,
		"Objection.Accepted": worldVersion,
		"Trial.For":          worldPeople,
		"Trial.Against":      worldPeople,
		"Version.N":          worldVersion,
		"Round.Stops":        worldPeople,
		"Process.Waiting":    worldPeople,
		"Meeting.Present":    worldPeople,
		"Meeting.Asked":      func(k *worldKey, p unsafe.Pointer) { k.asked(*(*[]proposal.ID)(p)) },
		"Proposal.Versions":  func(k *worldKey, p unsafe.Pointer) { k.versions(*(*[]proposal.Version)(p)) },
	}
}

func worldVersion(k *worldKey, p unsafe.Pointer) {
	if n := *(*int)(p); n != 0 {
		k.whole(int64(min(k.newest-n, 2)) + 1)
	}
}

// worldTurns: how many rounds were held turns the order of speaking, and of one
// to three people it comes round after six.
func worldTurns(k *worldKey, p unsafe.Pointer) {
	if k.world.turns {
		k.whole(int64(*(*int)(p) % 6))
	}
}

func worldPeople(k *worldKey, p unsafe.Pointer) {
	var room [8]circle.PersonID
	list := append(room[:0], *(*[]circle.PersonID)(p)...)
	slices.Sort(list)
	for _, who := range list {
		k.word(string(who))
	}
}

func (k *worldKey) judged(j *Judged) {
	if j != nil {
		k.word(string(j.Outcome))
		if k.world.ages {
			k.time(j.At)
		}
	}
}

func (k *worldKey) asked(list []proposal.ID) {
	for _, id := range list {
		if k.s.processes[id] != nil {
			k.word(k.proposal(id))
		}
	}
}

// versions: the newest one alone is spoken of, and whether it is the first.
func (k *worldKey) versions(list []proposal.Version) {
	if len(list) > 0 {
		v := &list[len(list)-1]
		k.whole(int64(min(v.N, 2)))
		worldRooms().version(k, unsafe.Pointer(v))
	}
}

// whole writes a number, zero as nothing.
func (k *worldKey) whole(n int64) {
	if n != 0 {
		k.buf = binary.AppendVarint(k.buf, n)
	}
}

// word writes a word, an empty one as nothing.
func (k *worldKey) word(s string) {
	if s != "" {
		k.buf = append(append(k.buf, byte(len(s))), s...)
	}
}

// proposal names a proposal: the case, or the question beside it.
func (k *worldKey) proposal(id proposal.ID) string {
	if id == worldCase || id == "" {
		return string(id)
	}
	return "q"
}

// time writes how far ahead an instant lies, or how far behind as far as the
// horizon.
func (k *worldKey) time(t time.Time) {
	if t.IsZero() {
		return
	}
	d := t.Unix() - k.latest
	k.buf = binary.AppendVarint(k.buf, max(d, -int64(k.world.horizon/time.Second)))
}

// nameOf names a state. Org is what worldOrg wrote of its organisation.
func (k *worldKey) nameOf(s *State, org []byte) worldName {
	k.s, k.latest, k.buf = s, s.latest.Unix(), append(k.buf[:0], org...)
	k.collect()
	plans := worldRooms()
	for _, id := range [...]proposal.ID{worldCase, worldAsked(s)} {
		if s.processes[id] == nil {
			continue
		}
		k.newest = s.Matters.Proposal(id).Numbered
		k.field("p", plans.process, unsafe.Pointer(s.processes[id]))
		k.field("t", plans.proposal, unsafe.Pointer(s.Matters.Proposal(id)))
		for _, o := range s.Objections.Standing(id) {
			k.field("o", plans.objection, unsafe.Pointer(o))
		}
	}
	if e, ok := s.ended.Get(worldCase); ok {
		k.word(e.Stage.String())
	}
	for _, id := range k.held {
		k.field("m", plans.meeting, unsafe.Pointer(s.meetings[id]))
	}
	for _, q := range s.timers.all() {
		if e, ok := s.ended.Get(proposal.ID(q.timer.Of)); !ok || !e.Stage.Terminal() {
			part := q.timer.Part
			if q.timer.Kind == AcknowledgementEnds {
				part = fmt.Sprint(slices.Index(k.objects, objection.ID(part)))
			}
			k.word(q.timer.Kind.String() + k.proposal(proposal.ID(q.timer.Of)) + part)
			k.buf = binary.AppendVarint(k.buf, q.at-k.latest)
		}
	}
	rest := worldRest()
	for i := range rest {
		rest[i].to(k, unsafe.Pointer(s))
	}
	k.short = sha256.Sum256(k.buf)
	return worldName(k.short[:16])
}

// collect finds the meetings that anything still leads to, in the order in
// which they were called, and the objections that stand.
func (k *worldKey) collect() {
	k.held, k.objects = k.held[:0], k.objects[:0]
	for id, m := range k.s.meetings {
		led := m.Status != StatusOver
		for _, p := range k.s.processes {
			led = led || p.Meeting == id
		}
		if led {
			k.held = append(k.held, id)
		}
	}
	slices.Sort(k.held)
	for _, id := range []proposal.ID{worldCase, worldAsked(k.s)} {
		for _, o := range k.s.Objections.Standing(id) {
			k.objects = append(k.objects, o.ID)
		}
	}
}

// worldAsked is the question that is open beside the case, "" if none is.
func worldAsked(s *State) proposal.ID {
	for id := range s.processes {
		if id != worldCase {
			return id
		}
	}
	return ""
}

// org writes what a name holds of the organisation.
func (k *worldKey) org(s *State) []byte {
	k.s, k.latest, k.buf = s, s.latest.Unix(), k.buf[:0]
	worldPlan(reflect.TypeFor[circle.Organisation]())(k, unsafe.Pointer(&s.Org))
	return bytes.Clone(k.buf)
}

// field writes a field by its tag, nothing where it holds nothing.
func (k *worldKey) field(tag string, write worldWrite, p unsafe.Pointer) {
	at := len(k.buf)
	k.buf = append(k.buf, tag...)
	full := len(k.buf)
	write(k, p)
	if len(k.buf) == full {
		k.buf = k.buf[:at]
		return
	}
	k.buf = append(k.buf, 0xff)
}

// worldTag is the short form of a name.
func worldTag(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return string(h.Sum(nil)[:3])
}

// A worldPart is a field and how it is written.
type worldPart struct {
	name, tag string
	at, size  uintptr
	write     worldWrite
}

// to writes the part of what lies at p, nothing where it holds nothing.
func (f *worldPart) to(k *worldKey, p unsafe.Pointer) {
	if p = unsafe.Add(p, f.at); !worldEmpty(p, f.size) {
		k.field(f.tag, f.write, p)
	}
}

// worldEmpty says whether nothing is set in so many bytes.
func worldEmpty(p unsafe.Pointer, size uintptr) bool {
	at := uintptr(0)
	for ; at+8 <= size; at += 8 {
		if *(*uint64)(unsafe.Add(p, at)) != 0 {
			return false
		}
	}
	for ; at < size; at++ {
		if *(*byte)(unsafe.Add(p, at)) != 0 {
			return false
		}
	}
	return true
}

// worldKnown are the fields of a State that nameOf writes itself, or that hold
// nothing which counts.
var worldKnown = []string{"Org", "Matters", "Objections", "processes", "ended", "needs", "meetings", "timers", "sitting", "latest",
	"last", "kinds", "methods", "eyes"}

// worldRest are all other fields of a State: those that somebody has added.
var worldRest = sync.OnceValue(func() []worldPart {
	var out []worldPart
	for _, p := range worldParts(reflect.TypeFor[State]()) {
		if !slices.Contains(worldKnown, p.name) {
			out = append(out, p)
		}
	}
	return out
})

// worldRooms are the plans that are looked up most.
var worldRooms = sync.OnceValue(func() (out struct {
	process, proposal, objection, meeting, version worldWrite
}) {
	out.process, out.meeting = worldPlan(reflect.TypeFor[Process]()), worldPlan(reflect.TypeFor[Meeting]())
	out.proposal, out.version = worldPlan(reflect.TypeFor[proposal.Proposal]()), worldPlan(reflect.TypeFor[proposal.Version]())
	out.objection = worldPlan(reflect.TypeFor[objection.Objection]())
	return out
})

var worldPlans sync.Map // reflect.Type → worldWrite

// worldPlan is how a type is written.
func worldPlan(t reflect.Type) worldWrite {
	if w, ok := worldPlans.Load(t); ok {
		return w.(worldWrite)
	}
	w := worldPlanned(t)
	worldPlans.Store(t, w)
	return w
}

func worldPlanned(t reflect.Type) worldWrite {
	switch t {
	case reflect.TypeFor[circle.Text]():
		return func(*worldKey, unsafe.Pointer) {}
	case reflect.TypeFor[time.Time]():
		return func(k *worldKey, p unsafe.Pointer) { k.time(*(*time.Time)(p)) }
	case reflect.TypeFor[proposal.ID]():
		return func(k *worldKey, p unsafe.Pointer) { k.word(k.proposal(*(*proposal.ID)(p))) }
	case reflect.TypeFor[MeetingID]():
		return func(k *worldKey, p unsafe.Pointer) { k.whole(int64(slices.Index(k.held, *(*MeetingID)(p)) + 1)) }
	case reflect.TypeFor[objection.ID]():
		return func(k *worldKey, p unsafe.Pointer) { k.whole(int64(slices.Index(k.objects, *(*objection.ID)(p)) + 1)) }
	case reflect.TypeFor[*Method]():
		return func(k *worldKey, p unsafe.Pointer) {
			if m := *(**Method)(p); m != nil {
				k.word(m.Name)
			}
		}
	case reflect.TypeFor[Round]():
		return worldRound(t)
	}
	return worldByKind(t)
}

func worldByKind(t reflect.Type) worldWrite {
	switch t.Kind() {
	case reflect.String:
		return func(k *worldKey, p unsafe.Pointer) { k.word(*(*string)(p)) }
	case reflect.Pointer:
		inner := sync.OnceValue(func() worldWrite { return worldPlan(t.Elem()) })
		return func(k *worldKey, p unsafe.Pointer) {
			if to := *(*unsafe.Pointer)(p); to != nil {
				inner()(k, to)
			}
		}
	case reflect.Struct:
		return worldFields(t)
	case reflect.Slice:
		inner, size := sync.OnceValue(func() worldWrite { return worldPlan(t.Elem()) }), t.Elem().Size()
		return func(k *worldKey, p unsafe.Pointer) {
			v, write := *(*[]struct{})(p), inner() // of a list of any type, this gives the place and the length
			for i := range len(v) {
				write(k, unsafe.Add(unsafe.Pointer(unsafe.SliceData(v)), uintptr(i)*size))
				k.buf = append(k.buf, 0xfe)
			}
		}
	case reflect.Map:
		return worldMapped(t)
	case reflect.Interface:
		return func(k *worldKey, p unsafe.Pointer) {
			if v := reflect.NewAt(t, p).Elem(); !v.IsNil() {
				k.word(v.Elem().Type().String())
			}
		}
	}
	return worldNumber(t)
}

func worldNumber(t reflect.Type) worldWrite {
	switch size, kind := t.Size(), t.Kind(); {
	case kind < reflect.Bool || kind > reflect.Uint64:
		panic(fmt.Sprintf("no name can be given to a %s: say in world_key_test.go what of it counts", t))
	case size == 1:
		return func(k *worldKey, p unsafe.Pointer) { k.whole(int64(*(*uint8)(p))) }
	case size == 2:
		return func(k *worldKey, p unsafe.Pointer) { k.whole(int64(*(*uint16)(p))) }
	case size == 4:
		return func(k *worldKey, p unsafe.Pointer) { k.whole(int64(*(*uint32)(p))) }
	}
	return func(k *worldKey, p unsafe.Pointer) { k.whole(int64(*(*uint64)(p))) }
}

func worldMapped(t reflect.Type) worldWrite {
	return func(k *worldKey, p unsafe.Pointer) {
		v := reflect.NewAt(t, p).Elem()
		begin := len(k.buf)
		var list []string
		key, value := reflect.New(t.Key()), reflect.New(t.Elem())
		for i := v.MapRange(); i.Next(); {
			key.Elem().Set(i.Key())
			value.Elem().Set(i.Value())
			worldPlan(t.Key())(k, key.UnsafePointer())
			k.buf = append(k.buf, 0xfd)
			worldPlan(t.Elem())(k, value.UnsafePointer())
			list = append(list, string(k.buf[begin:])+"\xfe")
			k.buf = k.buf[:begin]
		}
		slices.Sort(list)
		k.buf = append(k.buf, strings.Join(list, "")...)
	}
}

// worldParts are the fields of a type that count.
func worldParts(t reflect.Type) []worldPart {
	var out []worldPart
	for i := range t.NumField() {
		f := t.Field(i)
		name := t.Name() + "." + f.Name
		if f.Tag.Get("canon") == "-" || worldPassed[name] {
			continue
		}
		part := worldPart{name: f.Name, tag: worldTag(f.Name), at: f.Offset, size: f.Type.Size()}
		if own, ok := worldOwn[name]; ok {
			part.write = own
		} else if t != reflect.TypeFor[State]() || !slices.Contains(worldKnown, f.Name) {
			part.write = worldPlan(f.Type)
		}
		if worldBehind[name] {
			inner := part.write
			part.write = func(k *worldKey, p unsafe.Pointer) {
				if k.world.ages {
					inner(k, p)
				}
			}
		}
		out = append(out, part)
	}
	return out
}

func worldFields(t reflect.Type) worldWrite {
	parts := worldParts(t)
	return func(k *worldKey, p unsafe.Pointer) {
		for i := range parts {
			parts[i].to(k, p)
		}
	}
}

// worldRound writes a round: in turn its order counts, otherwise who has
// spoken; and of each seat the last answer.
func worldRound(t reflect.Type) worldWrite {
	parts := slices.DeleteFunc(worldParts(t), func(p worldPart) bool {
		return slices.Contains([]string{"Order", "Seats", "Answers", "Turn"}, p.name)
	})
	seat, answer := worldPlan(reflect.TypeFor[Seat]()), worldPlan(reflect.TypeFor[Answer]())
	return func(k *worldKey, p unsafe.Pointer) {
		for i := range parts {
			parts[i].to(k, p)
		}
		r := (*Round)(p)
		var room [8]int
		order := room[:0]
		for i := range r.Order {
			order = append(order, i)
		}
		if !r.InTurn {
			slices.SortFunc(order, func(a, b int) int { return cmp.Compare(r.Order[a], r.Order[b]) })
		}
		for _, i := range order {
			k.word(string(r.Order[i]))
			k.buf = append(k.buf, byte(r.Marks[i]))
		}
		k.buf = append(k.buf, 0xfc)
		order = order[:0]
		for i := range r.Seats {
			order = append(order, i)
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(r.Seats[a].Person, r.Seats[b].Person) })
		for _, i := range order {
			seat(k, unsafe.Pointer(&r.Seats[i]))
			if last := r.last[i]; last >= 0 {
				answer(k, unsafe.Pointer(&r.Answers[last]))
			}
			k.buf = append(k.buf, 0xfb)
		}
	}
}
