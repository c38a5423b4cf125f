package consent

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A worldRun explores a world: from the state in which it begins, breadth
// first, every move of its alphabet, refused ones too, until there is no new
// state or the bound is reached. The states beyond the bound are unknown, and
// are counted.
type worldRun struct {
	world *world
	bound int
	key   worldKey
	memo  worldMemo
	fixed []worldMove
	room  []worldMove
	begun *State

	index  map[worldName]uint32
	nodes  []worldNode
	states []worldState // nil once it was gone on from
	edges  []worldEdge
	rules  *circle.Rules // of the case
	method *Method

	asked     worldAnswers
	told      map[worldStride]int
	terminals map[Stage]int
	print     uint64 // fingerprint of every transition and every refusal
	refused   int
	again     int // how often a known state was come to
	cut       int // transitions to states beyond the bound
	twins     []worldTwin
	stood     map[uint32]*State // the way to them was gone again, while dead ends are looked for
	dropped   map[worldTry]bool // whether the case was dropped, likewise
	broken    []string
	enough    int            // that many broken promises end the exploration
	seen      map[string]int // how often a promise was broken in the same words
}

// A worldNode is a state that is known.
type worldNode struct {
	name  worldName
	from  uint32 // the state that it was first come to from, by this move
	move  uint16
	stage Stage // of the case
	row   uint64
	edges uint32 // where its edges begin
}

type worldState struct {
	*State
	org []byte // what names hold of its organisation
}

// A worldEdge leads to another state, when these people take part.
type worldEdge struct {
	to  uint32
	who uint8
}

// worldBeyond stands for all states beyond the bound.
const worldBeyond = ^uint32(0)

// A worldTwin is a state that was known already, how it goes on, and how it was
// come to: by this move from that state.
type worldTwin struct {
	node uint32
	row  uint64
	from uint32
	move int
}

// A worldStride is a line of the record: from this stage by this move to that
// stage, or to a refusal.
type worldStride struct {
	from    Stage
	on      string
	to      Stage
	refused string // "" it was not
}

func newWorldRun(w *world, bound int) (*worldRun, error) {
	s, err := w.begun()
	if err != nil {
		return nil, err
	}
	x := &worldRun{world: w, bound: bound, begun: s, enough: 10, fixed: w.fixed(), index: map[worldName]uint32{}, told: map[worldStride]int{}, terminals: map[Stage]int{}}
	x.key.world = w
	x.method, x.rules = s.processes[worldCase].Method, s.processes[worldCase].Rules
	org := x.key.org(s)
	x.add(worldState{s, org}, x.key.nameOf(s, org), 0, 0)
	return x, nil
}

// explore goes on from every state.
func (x *worldRun) explore() {
	for i := 0; i < len(x.nodes) && len(x.broken) < x.enough; i++ {
		x.nodes[i].edges = uint32(len(x.edges))
		s := x.states[i]
		x.states[i] = worldState{}
		x.nodes[i].row = x.goOn(uint32(i), s, true)
		x.print = x.print*1099511628211 ^ x.nodes[i].row
	}
	for _, t := range x.twins {
		if row := x.nodes[t.node].row; row != t.row && row != 0 {
			x.breaks(t.node, nil, "the naming of states", fmt.Sprintf("another state of the same name goes on in another way: %s; move %d", x.path(t.from), t.move))
		}
	}
}

// add takes a state in, and says where it stands.
func (x *worldRun) add(s worldState, name worldName, from uint32, move int) uint32 {
	if at, ok := x.index[name]; ok {
		x.again++
		if x.again%x.sample() == 0 {
			twin := x.goOn(at, s, false)
			x.twins = append(x.twins, worldTwin{at, twin, from, move})
		}
		return at
	}
	if len(x.nodes) >= x.bound {
		x.cut++
		return worldBeyond
	}
	at := uint32(len(x.nodes))
	x.index[name] = at
	x.nodes = append(x.nodes, worldNode{name: name, from: from, move: uint16(move), stage: s.Process(worldCase).Stage})
	x.states = append(x.states, s)
	return at
}

// sample is how many known states are come to for one that is looked at again.
func (x *worldRun) sample() int { return 97 }

// goOn tries every move in a state, and gives a fingerprint of all that came
// of it. In earnest, it looks whether the promises hold, and takes the states
// that it comes to in.
func (x *worldRun) goOn(at uint32, s worldState, earnest bool) uint64 {
	h := fnv.New64a()
	untouched := func() bool { return true }
	if earnest && int(at)%x.sample() == 0 {
		untouched = worldKept(s.State)
	}
	stage := x.nodes[at].stage // of all states of one name
	moves := x.now(s.State)
	x.room = nil // a twin within needs its own
	if earnest {
		x.asked.reset()
	}
	for i := range moves {
		m, made := &moves[i], len(x.memo.made)
		after, events, who, err := x.make(s.State, m)
		h.Write([]byte(m.on))
		h.Write([]byte(m.by))
		h.Write([]byte(m.detail))
		if err != nil {
			code := x.code(at, m, err)
			h.Write([]byte(code))
			if earnest {
				x.refused++
				x.told[worldStride{from: stage, on: m.on, refused: code}]++
				x.asked.no(m, worldRefusal(err))
			}
			x.memo.drop(made)
			continue
		}
		org := s.org
		if worldTouches(events)&worldOrg != 0 || m.clock { // a name tells how far off times are
			org = x.key.org(after)
		}
		to := x.key.nameOf(after, org)
		h.Write(to[:])
		if earnest {
			x.asked.yes(m)
			if x.happened(at, s, i, m, events, worldState{after, org}, to, who) {
				x.memo.keep(made)
			}
		}
		x.memo.drop(made)
	}
	if earnest {
		x.keeps(at, s.State, moves)
	}
	if x.key.nameOf(s.State, s.org) != x.nodes[at].name || !untouched() {
		x.breaks(at, nil, "S5", "trying moves, or asking what may be done, changed the state")
	}
	x.room = moves
	return h.Sum64()
}

// happened looks at one transition and takes it in; it says whether it leads to a new
// state.
func (x *worldRun) happened(at uint32, s worldState, i int, m *worldMove, events []Event, after worldState, to worldName, who uint8) (isNew bool) {
	from, next := x.nodes[at].stage, after.Process(worldCase).Stage
	x.told[worldStride{from: from, on: m.on, to: next}]++
	x.holds(at, s.State, m, events, after.State)
	if from.Terminal() {
		return false // what has ended is not gone on from, only tried
	}
	known := len(x.nodes)
	node := x.add(after, to, at, i)
	if next.Terminal() {
		x.terminals[next]++
	}
	if node != at {
		x.edges = append(x.edges, worldEdge{node, who})
	}
	return len(x.nodes) > known
}

// code names what refused a move; what is no refusal is a mistake.
func (x *worldRun) code(at uint32, m *worldMove, err error) string {
	if no := worldRefusal(err); no != nil {
		if no.Code == BadField || no.Code == MissingField {
			x.breaks(at, m, "the alphabet", "a move that can never be made tests nothing: "+no.Error())
		}
		return no.Code.ID
	}
	if !errors.Is(err, errWorldNothing) {
		x.breaks(at, m, "the table of moves", err.Error())
	}
	return err.Error()
}

// worldRefusal is the refusal that an error is, nil if it is none.
func worldRefusal(err error) *circle.Refusal {
	if no, ok := err.(*circle.Refusal); ok {
		return no
	}
	var no *circle.Refusal
	errors.As(err, &no)
	return no
}

// breaks notes that a promise was broken, with the shortest way to it.
func (x *worldRun) breaks(at uint32, m *worldMove, promise, what string) {
	if x.seen == nil {
		x.seen = map[string]int{}
	}
	if x.seen[promise+what]++; x.seen[promise+what] > 1 {
		return
	}
	where := x.path(at)
	if m != nil {
		where += "; then " + m.String()
	}
	x.broken = append(x.broken, fmt.Sprintf("%s: %s\n  after: %s", promise, what, where))
}

// steps are the moves by which a state was first come to.
func (x *worldRun) steps(at uint32) []int {
	var out []int
	for ; at != 0; at = x.nodes[at].from {
		out = append(out, int(x.nodes[at].move))
	}
	slices.Reverse(out)
	return out
}

// walk goes the way to a state again.
func (x *worldRun) walk(at uint32) (*State, []string) {
	s := x.begun
	var told []string
	for _, i := range x.steps(at) {
		m := x.now(s)[i]
		told = append(told, m.String())
		s, _, _, _ = x.make(s, &m)
	}
	return s, told
}

func (x *worldRun) path(at uint32) string {
	_, told := x.walk(at)
	if told == nil {
		return "the beginning"
	}
	return strings.Join(told, "; ")
}

// make makes a move, if it may be made: the state afterwards, what happened,
// and who took part.
func (x *worldRun) make(s *State, m *worldMove) (*State, []Event, uint8, error) {
	if m.chain != nil {
		return m.chain(x, s)
	}
	after, events, err := x.do(s, m.by, m.cmd)
	return after, events, worldBit(m.by) | m.there, err
}

// do gives a command. The state is left as it is.
func (x *worldRun) do(s *State, by circle.PersonID, cmd Command) (*State, []Event, error) {
	way := worldWay{run: x, State: s}
	events, err := way.do(by, cmd)
	return way.State, events, err
}

// A worldWay goes several steps on from a state, which is left as it is. The states
// in between are nobody else's, so they are changed where they stand.
type worldWay struct {
	*State
	run *worldRun
	own worldRoom // the rooms that are not shared with where it began
	on  bool      // it is on its way
}

// do gives a command; a refusal leaves the way where it is.
func (w *worldWay) do(by circle.PersonID, cmd Command) ([]Event, error) {
	events, err := w.run.decide(w.State, by, cmd)
	if err != nil {
		return nil, err
	}
	touched := worldTouches(events)
	if !w.on || w.run.world.happen != nil {
		w.State, w.own, w.on = w.run.apply(w.State, w.latest, events), touched, true
		return events, nil
	}
	w.run.memo.parted(w.State, touched&^w.own)
	w.own |= touched
	w.Apply(1, w.latest, events)
	return events, nil
}

func (x *worldRun) decide(s *State, by circle.PersonID, cmd Command) ([]Event, error) {
	cmd = worldWith(s, circle.Actor{By: by}, cmd)
	if x.world.decide != nil {
		return x.world.decide(s, circle.Actor{By: by}, s.latest, cmd)
	}
	return s.Decide(circle.Actor{By: by}, s.latest, cmd)
}

func (x *worldRun) apply(s *State, at time.Time, events []Event) *State {
	after := x.memo.forked(s, worldTouches(events))
	after.Apply(1, at, events)
	if x.world.happen != nil {
		x.world.happen(s, after, events)
	}
	return after
}

// errWorldNothing: the move has no place here, and no law was asked.
var errWorldNothing = errors.New("nothing to do")

// consented asks a question, and everybody who is asked consents.
func (x *worldRun) consented(s *State, deed circle.Deed) (*State, []Event, uint8, error) {
	way := worldWay{run: x, State: s}
	all, who, err := way.consented(deed)
	return way.State, all, who, err
}

func (w *worldWay) consented(deed circle.Deed) ([]Event, uint8, error) {
	there := w.Org.FullIn(worldDen)
	if m := w.openMeeting(worldDen); m != nil {
		there = w.attending(there, m)
	}
	if len(there) == 0 {
		return nil, 0, errWorldNothing
	}
	id := worldQuestion(w.State)
	if worldAsked(w.State) == id {
		id += "-b"
	}
	all, err := w.do(there[0], Ask{ID: id, Circle: worldDen, Question: worldSay(), Enacts: []circle.Deed{deed}})
	if err != nil {
		return nil, 0, err
	}
	var who uint8
	seated := w.processes[id].Round.Seated // whom it is about has no seat in it
	for _, p := range slices.DeleteFunc(there, func(p circle.PersonID) bool { return !seated(p) }) {
		events, err := w.do(p, Respond{Proposal: id, Answer: Consents})
		if err != nil {
			return nil, 0, err
		}
		who |= worldBit(p)
		all = append(all, events...)
	}
	if w.processes[id] != nil {
		return nil, 0, errWorldNothing
	}
	return all, who, nil
}

// timeGoesOn lets time go on by a step, or to what is due within it.
func (x *worldRun) timeGoesOn(s *State) (*State, []Event, uint8, error) {
	next := s.latest.Add(x.world.step)
	if due, ok := worldFirst(s); ok && due.at <= next.Unix() {
		return x.fires(s, due)
	}
	return x.apply(s, next, nil), nil, 0, nil
}

// nextTimer lets time go on to the next timer, where that is farther than a
// step.
func (x *worldRun) nextTimer(s *State) (*State, []Event, uint8, error) {
	due, ok := worldFirst(s)
	if !ok || due.at <= s.latest.Add(x.world.step).Unix() {
		return nil, nil, 0, errWorldNothing
	}
	return x.fires(s, due)
}

// worldFirst is the timer that fires first.
func worldFirst(s *State) (out queued, ok bool) {
	for timer, at := range s.timers.at {
		if !ok || at < out.at || at == out.at && timer.compare(out.timer) < 0 {
			out, ok = queued{timer, at}, true
		}
	}
	return out, ok
}

func (x *worldRun) fires(s *State, q queued) (*State, []Event, uint8, error) {
	at := time.Unix(q.at, 0).UTC()
	events, err := s.fire(q.timer, at, worldOpened(s.opensAt(q.timer)))
	if err != nil {
		return nil, nil, 0, fmt.Errorf("L2: the timer %s of %s cannot fire: %s", q.timer.Kind, q.timer.Of, err)
	}
	if at.Before(s.latest) {
		at = s.latest
	}
	return x.apply(s, at, events), events, 0, nil
}

// worldOn says whether an event is about the case.
func worldOn(e Event) bool {
	about, ok := e.(interface{ On() proposal.ID })
	return ok && about.On() == worldCase
}
