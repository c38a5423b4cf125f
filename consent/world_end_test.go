package consent

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A worldAbsence is what the search for dead ends came to when one person does
// nothing any more.
type worldAbsence struct {
	Who     circle.PersonID // "" nobody is away
	Open    int             // states in which the case is open
	Near    int             // those from which an explored state in which it has ended is reached without them
	Meeting int             // those from which the others can end it in a meeting of their own
	Unknown int             // those from which only states beyond the bound are reached
	Dead    []uint32        // all others
}

// withoutAnyone looks from every state whether somebody present can bring the
// case to an end (L1): while nobody is away, and while one person is, whoever
// they are. Moves in which they take part are not used; time goes on.
func (x *worldRun) withoutAnyone() []worldAbsence {
	back := x.backward()
	x.stood, x.dropped = map[uint32]*State{}, map[worldTry]bool{}
	var out []worldAbsence
	for _, who := range append([]circle.PersonID{""}, worldEverybody...) {
		out = append(out, x.without(who, back))
	}
	x.stood, x.dropped = nil, nil
	return out
}

// A worldBack is the graph with its edges turned round: who leads to a state.
type worldBack struct {
	begins []uint32
	from   []uint32
	who    []uint8
}

func (x *worldRun) backward() worldBack {
	b := worldBack{begins: make([]uint32, len(x.nodes)+1), from: make([]uint32, len(x.edges)), who: make([]uint8, len(x.edges))}
	for _, e := range x.edges {
		if e.to != worldBeyond {
			b.begins[e.to+1]++
		}
	}
	for i := range x.nodes {
		b.begins[i+1] += b.begins[i]
	}
	next := slices.Clone(b.begins)
	for i := range x.nodes {
		for _, e := range x.leading(uint32(i)) {
			if e.to != worldBeyond {
				b.from[next[e.to]], b.who[next[e.to]] = uint32(i), e.who
				next[e.to]++
			}
		}
	}
	return b
}

// leading are the edges of a state.
func (x *worldRun) leading(at uint32) []worldEdge {
	end := len(x.edges)
	if int(at)+1 < len(x.nodes) {
		end = int(x.nodes[at+1].edges)
	}
	return x.edges[x.nodes[at].edges:end]
}

func (x *worldRun) without(who circle.PersonID, back worldBack) worldAbsence {
	a := worldAbsence{Who: who}
	away := worldBit(who)
	reached := make([]bool, len(x.nodes))
	var open []uint32
	for i := range x.nodes {
		if x.nodes[i].stage.Terminal() {
			open = append(open, uint32(i))
		} else {
			a.Open++
		}
	}
	spread := func(list []uint32) int {
		n := 0
		for _, i := range list {
			reached[i] = true
		}
		for len(list) > 0 {
			at := list[len(list)-1]
			list = list[:len(list)-1]
			for i := back.begins[at]; i < back.begins[at+1]; i++ {
				if from := back.from[i]; back.who[i]&away == 0 && !reached[from] {
					reached[from] = true
					n++
					list = append(list, from)
				}
			}
		}
		return n
	}
	a.Near = spread(open)
	for i := range slices.Backward(x.nodes) { // from what was found last, most of the others are reached
		if !reached[i] && x.meetsAndDrops(uint32(i), who) {
			a.Meeting += 1 + spread([]uint32{uint32(i)})
		}
	}
	beyond := x.leadsBeyond(away, back)
	for i := range x.nodes {
		switch {
		case reached[i]:
		case beyond[i]:
			a.Unknown++
		default:
			a.Dead = append(a.Dead, uint32(i))
		}
	}
	return a
}

// leadsBeyond says of which states one beyond the bound is reached.
func (x *worldRun) leadsBeyond(away uint8, back worldBack) []bool {
	out := make([]bool, len(x.nodes))
	var list []uint32
	for i := range x.nodes {
		if slices.ContainsFunc(x.leading(uint32(i)), func(e worldEdge) bool { return e.to == worldBeyond && e.who&away == 0 }) {
			out[i] = true
			list = append(list, uint32(i))
		}
	}
	for len(list) > 0 {
		at := list[len(list)-1]
		list = list[:len(list)-1]
		for i := back.begins[at]; i < back.begins[at+1]; i++ {
			if from := back.from[i]; back.who[i]&away == 0 && !out[from] {
				out[from] = true
				list = append(list, from)
			}
		}
	}
	return out
}

// meetsAndDrops tries in earnest whether all but one can meet and drop the
// case by consent: the way out that is always to be there. It is asked where
// the explored part of the graph shows none.
func (x *worldRun) meetsAndDrops(at uint32, away circle.PersonID) bool {
	s := x.stand(at)
	x.memo.keep(0)
	full := s.Org.FullIn(worldDen)
	if !slices.Contains(full, away) {
		away = "" // nobody is missing of those who try, and that was asked before
	}
	drops, asked := x.dropped[worldTry{at, away}]
	if !asked {
		drops = x.dropsWith(s, slices.DeleteFunc(full, func(who circle.PersonID) bool { return who == away }))
		x.memo.drop(0)
		x.dropped[worldTry{at, away}] = drops
	}
	return drops
}

// A worldTry is a state in which all but one tried to drop the case.
type worldTry struct {
	at   uint32
	away circle.PersonID
}

// dropsWith tries it with these people.
func (x *worldRun) dropsWith(s *State, there []circle.PersonID) bool {
	if len(there) == 0 {
		return false
	}
	way := worldWay{run: x, State: s}
	if m := way.openMeeting(worldDen); m != nil {
		for _, who := range there {
			if _, no := way.do(who, CloseMeeting{Meeting: m.ID}); no == nil {
				break
			}
		}
	}
	id := worldNext(way.State)
	if _, err := way.do(there[0], CallMeeting{ID: id, Circle: worldDen, At: way.latest}); err != nil {
		return false
	}
	if _, err := way.do(there[0], OpenMeeting{Meeting: id, Present: there}); err != nil {
		return false
	}
	_, _, err := way.consented(proposal.Drop{Proposal: worldCase, Reason: worldSay()})
	return err == nil && way.Process(worldCase).Stage.Terminal()
}

// stand goes the way to a state again, from where it was gone already.
func (x *worldRun) stand(at uint32) *State {
	if at == 0 {
		return x.begun
	}
	s := x.stood[at]
	if s == nil {
		from := x.stand(x.nodes[at].from)
		s, _, _, _ = x.make(from, &x.now(from)[x.nodes[at].move])
		x.stood[at] = s
	}
	return s
}

// deadEnds says what the search found, and breaks L1 for each dead end.
func (x *worldRun) deadEnds() []worldAbsence {
	list := x.withoutAnyone()
	for _, a := range list {
		for i, at := range a.Dead {
			if i == 3 {
				break
			}
			x.breaks(at, nil, "L1", fmt.Sprintf("nobody can end the case without %q: one of %d dead ends", a.Who, len(a.Dead)))
		}
	}
	return list
}
